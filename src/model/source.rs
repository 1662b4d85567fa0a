//! The bibliography: CSL-JSON items, and the places where facts cite them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Problem, SourceId};

/// The members of an item that hold dates.
///
/// Standard: CSL 1.0.2, appendix IV, "Date variables".
pub const DATE_MEMBERS: [&str; 6] = ["issued", "accessed", "available-date", "event-date", "original-date", "submitted"];

/// The members of an item that hold names of people and bodies, as far as works in our fields have them.
///
/// Standard: CSL 1.0.2, appendix IV, "Name variables".
pub const NAME_MEMBERS: [&str; 10] = [
    "author",
    "chair",
    "collection-editor",
    "container-author",
    "director",
    "editor",
    "interviewer",
    "original-author",
    "recipient",
    "translator",
];

/// One item of a bibliography, in CSL-JSON, kept whole.
///
/// Standard: Citation Style Language, CSL-JSON schema 1.0.2.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Unique in its bibliography.
    pub id: SourceId,
    /// Every other member of the item as it stands in the file.
    #[serde(flatten)]
    pub csl: Map<String, Value>,
}

/// Who made a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person; either part may be empty, but not both.
    Person {
        /// The family name, with its particles.
        family: String,
        /// The given names.
        given: String,
    },
    /// A body: a ministry, a court, a council. Never to be taken apart.
    Body(String),
}

/// When a work was issued, as finely as the item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Astronomical.
    pub year: i64,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; never without a month.
    pub day: Option<u8>,
}

impl Source {
    /// A member that is a text, trimmed; `None` where it is missing, empty or no text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.csl.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// A member that is a text or a number, as people read it.
    pub fn field(&self, key: &str) -> Option<String> {
        match self.csl.get(key)? {
            Value::Number(number) => Some(number.to_string()),
            _ => self.text(key).map(str::to_owned),
        }
    }

    /// The CSL type (`book`, `treaty`); `document` where the item has none.
    pub fn kind(&self) -> &str {
        self.text("type").unwrap_or("document")
    }

    /// The title, or the id where the item has none.
    pub fn title(&self) -> &str {
        self.text("title").unwrap_or(self.id.as_str())
    }

    /// The address on the web, if the item names one.
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// When it was issued, if the item says so in numbers.
    pub fn issued(&self) -> Option<Issued> {
        self.date("issued")
    }

    /// The day on which whoever cites it read it, if the item says so in numbers.
    pub fn accessed(&self) -> Option<Issued> {
        self.date("accessed")
    }

    /// The language that it is written in, as a code of BCP 47 (`uk`, `en-GB`) in most items.
    pub fn language(&self) -> Option<&str> {
        self.text("language")
    }

    /// The address of a copy in an archive of the web, if the item names one: CSL keeps it in `archive_location`.
    pub fn archived(&self) -> Option<&str> {
        self.text("archive_location").filter(|place| place.starts_with("https://") || place.starts_with("http://"))
    }

    /// The first date of a date member, if it has numbers.
    fn date(&self, member: &str) -> Option<Issued> {
        let parts = self.csl.get(member)?.get("date-parts")?.get(0)?;
        let number = |index: usize| parts.get(index).and_then(|part| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok()));
        let small = |index: usize, most: i64| number(index).filter(|part| (1..=most).contains(part)).map(|part| part as u8);
        let month = small(1, 12);
        Some(Issued { year: number(0)?, month, day: month.and_then(|_| small(2, 31)) })
    }

    /// The year of issue, if the item has one.
    pub fn year(&self) -> Option<i64> {
        self.issued().map(|issued| issued.year)
    }

    /// The names of a role (`author`, `editor`), in the order of the item.
    pub fn names(&self, role: &str) -> Vec<Name> {
        let list = self.csl.get(role).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(Name::from_csl).collect()
    }

    /// Who made it: the authors' family names or bodies, else the authority or publisher; empty when nobody is named.
    pub fn authors(&self) -> String {
        let named = ["author", "editor"].iter().map(|role| self.names(role)).find(|names| !names.is_empty()).unwrap_or_default();
        let names: Vec<&str> = named.iter().map(Name::short).collect();
        match names.as_slice() {
            [] => self.text("authority").or_else(|| self.text("publisher")).unwrap_or_default().to_owned(),
            [one] => (*one).to_owned(),
            [one, two] => format!("{one} and {two}"),
            [one, ..] => format!("{one} et al."),
        }
    }

    /// One line for a person: who, year, title, container with volume and issue, number, pages. A work that names nobody begins with its title, and its
    /// publisher comes last; nothing stands twice.
    pub fn line(&self) -> String {
        let who = if self.names_a_maker() { self.authors() } else { String::new() };
        let year = self.year().map_or_else(String::new, |year| format!(" ({year})"));
        let mut line = match who.as_str() {
            "" => format!("{}{year}", self.title()),
            who if year.is_empty() => format!("{}. {}", who.trim_end_matches('.'), self.title()),
            who => format!("{who}{year}. {}", self.title()),
        };
        for more in self.whereabouts() {
            line.push_str(if line.ends_with(['.', '?', '!', ',']) { " " } else { ", " });
            line.push_str(&more);
        }
        line
    }

    /// Whether somebody made it, other than who only published it.
    fn names_a_maker(&self) -> bool {
        ["author", "editor"].iter().any(|role| !self.names(role).is_empty()) || self.text("authority").is_some()
    }

    /// Where a work is found: what follows its title, without what the title says itself.
    fn whereabouts(&self) -> Vec<String> {
        let is_new = |text: &String| !self.title().contains(text.as_str());
        let volume = self.field("volume").unwrap_or_default();
        let issue = self.field("issue").map_or_else(String::new, |issue| format!("({issue})"));
        let container = match (self.text("container-title"), volume.as_str()) {
            (Some(container), "") => Some(format!("{container}{}{issue}", if issue.is_empty() { "" } else { " " })),
            (Some(container), volume) => Some(format!("{container} {volume}{issue}")),
            (None, "") => None,
            (None, volume) => Some(format!("vol. {volume}")),
        };
        let is_bare = |number: &str| number.chars().all(|letter| letter.is_ascii_digit());
        let number = self.field("number").filter(is_new).map(|number| if is_bare(&number) { format!("no. {number}") } else { number });
        let pages = self.field("page").map(|page| format!("{} {page}", if page.contains(['-', '–', ',']) { "pp." } else { "p." }));
        let publisher = self.text("publisher").filter(|_| !self.names_a_maker() && self.text("container-title").is_none());
        [container.filter(is_new), number, pages, publisher.map(str::to_owned).filter(is_new)].into_iter().flatten().collect()
    }
}

impl Name {
    /// A name of a CSL item; `None` for one without any words.
    pub fn from_csl(name: &Value) -> Option<Self> {
        let text = |key: &str| name.get(key).and_then(Value::as_str).map_or("", str::trim);
        if !text("literal").is_empty() {
            return Some(Self::Body(text("literal").to_owned()));
        }
        let family = ["dropping-particle", "non-dropping-particle", "family"].map(text).join(" ").trim().to_owned();
        let given = [text("given"), text("suffix")].join(" ").trim().to_owned();
        (!family.is_empty() || !given.is_empty()).then_some(Self::Person { family, given })
    }

    /// The family name, the only name, or the body.
    pub fn short(&self) -> &str {
        match self {
            Self::Person { family, given } if family.is_empty() => given,
            Self::Person { family, .. } => family,
            Self::Body(body) => body,
        }
    }

    /// As bibliographies list it: `de Waal, Thomas`; a body as it stands.
    pub fn listed(&self) -> String {
        match self {
            Self::Person { family, given } if !family.is_empty() && !given.is_empty() => format!("{family}, {given}"),
            name => name.short().to_owned(),
        }
    }
}

/// Reads a bibliography: an array of CSL-JSON items.
///
/// # Errors
/// One problem for a file that is no such array.
pub fn sources_from_json(text: &str) -> Result<Vec<Source>, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::error(format!("line {}", error.line()), "bad-json", format!("{error}.")))
}

/// A fact's reference to a source, with the place in it and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Which item of the bibliography.
    pub source: SourceId,
    /// Where in it (`art. 5`, `p. 112`); empty for the whole.
    pub locator: String,
    /// The words of the source, in its language and without quotation marks; empty where none are quoted.
    pub quote: String,
    /// What whoever cites it adds (`in translation`); empty for nothing.
    pub note: String,
}

impl Citation {
    /// Reads `id` or `id (locator)`; `None` for an empty text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (id, locator) = match text.split_once('(') {
            Some((id, rest)) => (id, rest.strip_suffix(')').unwrap_or(rest)),
            None => (text, ""),
        };
        if id.trim().is_empty() {
            return None;
        }
        let locator = locator.trim().to_owned();
        Some(Self { source: SourceId::from(id), locator, quote: String::new(), note: String::new() })
    }

    /// Reads several, divided by `;` outside parentheses. Empty text gives an empty list.
    pub fn parse_list(text: &str) -> Vec<Self> {
        let mut depth = 0_i32;
        let parts = text.split(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            letter == ';' && depth <= 0
        });
        parts.filter_map(Self::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_keep_their_locators_apart() {
        let found = Citation::parse_list("nato-1949 (art. 5; art. 6); un-2014 ;");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].source.as_str(), found[0].locator.as_str()), ("nato-1949", "art. 5; art. 6"));
        assert_eq!((found[1].source.as_str(), found[1].locator.as_str()), ("un-2014", ""));
    }

    #[test]
    fn a_source_says_when_it_was_read_and_where_a_copy_lies() {
        let source = |place: &str| -> Source {
            let text = format!(r#"{{"id":"a","accessed":{{"date-parts":[["2026",11,22]]}},"language":"uk","archive_location":"{place}"}}"#);
            serde_json::from_str(&text).unwrap()
        };
        let copy = source("https://web.archive.org/web/2022/https://mid.ru");
        assert_eq!(copy.accessed(), Some(Issued { year: 2026, month: Some(11), day: Some(22) }));
        assert_eq!((copy.language(), copy.archived()), (Some("uk"), Some("https://web.archive.org/web/2022/https://mid.ru")));
        assert_eq!(source("Box 12, folder 3").archived(), None);
    }

    #[test]
    fn a_source_says_who_when_and_what() {
        let source: Source = serde_json::from_str(
            r#"{"id":"waal-2003","type":"book","title":"Black Garden","author":[{"family":"de Waal","given":"Thomas"}],"issued":{"date-parts":[[2003]]}}"#,
        )
        .unwrap();
        assert_eq!(source.line(), "de Waal (2003). Black Garden");
    }

    #[test]
    fn a_work_without_an_author_begins_with_its_title() {
        let line = |json: &str| serde_json::from_str::<Source>(json).unwrap().line();
        let treaty = r#"{"id":"anzus","title":"Security Treaty, San Francisco","issued":{"date-parts":[[1951,9,1]]},"container-title":"UNTS","volume":"19","number":"No. 1736","page":"83"}"#;
        assert_eq!(line(treaty), "Security Treaty, San Francisco (1951), UNTS 19, No. 1736, p. 83");
        let entry =
            r#"{"id":"almaty","title":"Almaty","container-title":"Encyclopædia Britannica","publisher":"Encyclopædia Britannica, Inc."}"#;
        assert_eq!(line(entry), "Almaty, Encyclopædia Britannica");
        let page = r#"{"id":"asean","title":"Why Did They Join?","publisher":"ASEAN Secretariat"}"#;
        assert_eq!(line(page), "Why Did They Join? ASEAN Secretariat");
        let resolution = r#"{"id":"un","title":"Question of Palestine","authority":"UN General Assembly","issued":{"date-parts":[[1947]]},"number":"A/RES/181(II)"}"#;
        assert_eq!(line(resolution), "UN General Assembly (1947). Question of Palestine, A/RES/181(II)");
        let article = r#"{"id":"k","title":"Gift","author":[{"family":"Kramer"}],"container-title":"CWIHP","volume":"10","issue":"3","number":47,"page":"1-8"}"#;
        assert_eq!(line(article), "Kramer. Gift, CWIHP 10(3), no. 47, pp. 1-8");
    }

    #[test]
    fn an_author_that_ends_with_a_full_stop_needs_no_other() {
        let source: Source = serde_json::from_str(r#"{"id":"h","title":"Claims","author":[{"literal":"Stimson Co."}]}"#).unwrap();
        assert_eq!(source.line(), "Stimson Co. Claims");
    }
}
