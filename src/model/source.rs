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

impl Source {
    fn text(&self, key: &str) -> Option<&str> {
        self.csl.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The title, or the id where the item has none.
    pub fn title(&self) -> &str {
        self.text("title").unwrap_or(self.id.as_str())
    }

    /// The address on the web, if the item names one.
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// The year of issue, if the item has one.
    pub fn year(&self) -> Option<i64> {
        let parts = self.csl.get("issued")?.get("date-parts")?.get(0)?.get(0)?;
        parts.as_i64().or_else(|| parts.as_str()?.parse().ok())
    }

    /// Who made it: the authors' family names or bodies, else the authority or publisher; empty when nobody is named.
    pub fn authors(&self) -> String {
        let names: Vec<&str> = ["author", "editor"]
            .iter()
            .find_map(|key| self.csl.get(*key)?.as_array())
            .into_iter()
            .flatten()
            .filter_map(author_name)
            .collect();
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

fn author_name(author: &Value) -> Option<&str> {
    ["family", "literal", "given"].iter().find_map(|key| author.get(*key)?.as_str())
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
