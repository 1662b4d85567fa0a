//! The bibliography: CSL-JSON items, and the places where facts cite them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Problem, SourceId};

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
        let parts = self.csl.get("issued")?.get("date-parts")?.get(0)?;
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

    /// One line for a person: who, year, title, number, container.
    pub fn line(&self) -> String {
        let mut line = self.authors();
        if let Some(year) = self.year() {
            line.push_str(&format!("{}({year})", if line.is_empty() { "" } else { " " }));
        }
        if !line.is_empty() {
            line.push_str(". ");
        }
        line.push_str(self.title());
        for key in ["number", "container-title", "volume", "page"] {
            if let Some(more) = self.text(key).filter(|more| !line.contains(*more)) {
                line.push_str(", ");
                line.push_str(more);
            }
        }
        line
    }
}

impl Name {
    fn from_csl(name: &Value) -> Option<Self> {
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

/// A fact's reference to a source, with the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Which item of the bibliography.
    pub source: SourceId,
    /// Where in it (`art. 5`, `p. 112`); empty for the whole.
    pub locator: String,
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
        Some(Self { source: SourceId::from(id), locator: locator.trim().to_owned() })
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
    fn a_source_says_who_when_and_what() {
        let source: Source = serde_json::from_str(
            r#"{"id":"waal-2003","type":"book","title":"Black Garden","author":[{"family":"de Waal","given":"Thomas"}],"issued":{"date-parts":[[2003]]}}"#,
        )
        .unwrap();
        assert_eq!(source.line(), "de Waal (2003). Black Garden");
    }
}
