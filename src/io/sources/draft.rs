//! An item on its way in: CSL-JSON members, before it has an id of its own.

use serde_json::{Map, Value};

/// The item types of CSL 1.0.2.
const CSL_TYPES: [&str; 45] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// The most names that one role keeps.
pub const MAX_NAMES: usize = 1_000;

/// Whether CSL 1.0.2 has a type of this name.
pub fn is_csl_type(word: &str) -> bool {
    CSL_TYPES.binary_search(&word).is_ok()
}

/// One item that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The key or id of the file; empty where it has none.
    pub key: String,
    /// Where it begins, as problems name it: `line 12`, `item 3`.
    pub place: String,
    /// The CSL-JSON members without `id`.
    pub csl: Map<String, Value>,
}

impl Draft {
    /// An item without members.
    pub fn new(key: &str, place: String) -> Self {
        Self { key: key.trim().to_owned(), place, csl: Map::new() }
    }

    /// Sets a text member, unless the text is empty or the member is there already.
    pub fn set(&mut self, member: &str, text: &str) {
        if !text.trim().is_empty() {
            self.set_value(member, Some(Value::from(text.trim())));
        }
    }

    /// Sets a member, unless there is nothing to set or the member is there already.
    pub fn set_value(&mut self, member: &str, value: Option<Value>) {
        if let Some(value) = value.filter(|_| !self.csl.contains_key(member)) {
            self.csl.insert(member.to_owned(), value);
        }
    }

    /// Adds a name to a role (`author`, `editor`), up to [`MAX_NAMES`].
    pub fn add_name(&mut self, role: &str, name: Option<Value>) {
        let Some(name) = name else { return };
        let list = self.csl.entry(role.to_owned()).or_insert_with(|| Value::Array(Vec::new())).as_array_mut();
        if let Some(list) = list.filter(|list| list.len() < MAX_NAMES) {
            list.push(name);
        }
    }

    /// A text member; empty where there is none.
    pub fn text(&self, member: &str) -> &str {
        self.csl.get(member).and_then(Value::as_str).unwrap_or_default()
    }
}

/// A body: never taken apart. `None` for an empty text.
pub fn body(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| serde_json::json!({ "literal": text }))
}

/// A person; the small words before a family name (`de`, `von der`) become its particle. `None` where nothing is given.
pub fn person(family: &str, given: &str, suffix: &str) -> Option<Value> {
    let (particle, family) = particle(family.trim());
    let mut name = Map::new();
    for (member, text) in [("non-dropping-particle", particle), ("family", family), ("given", given.trim()), ("suffix", suffix.trim())] {
        if !text.is_empty() {
            name.insert(member.to_owned(), text.into());
        }
    }
    (!name.is_empty()).then_some(Value::Object(name))
}

/// A name of a list: `Family, Given`, `Family, Given, Suffix`; without a comma it is a body, as lists of references have it.
pub fn listed(text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [family, given] => person(family, given, ""),
        [family, given, suffix] => person(family, given, suffix),
        _ => body(text),
    }
}

/// The words in small letters at the start of a family name, and the rest. A name of small letters alone is all family.
fn particle(family: &str) -> (&str, &str) {
    let is_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let mut at = 0;
    for word in family.split_inclusive(char::is_whitespace) {
        if !is_small(word.trim()) {
            return (family[..at].trim(), &family[at..]);
        }
        at += word.len();
    }
    ("", family)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_are_in_the_order_that_their_search_needs() {
        assert!(CSL_TYPES.is_sorted());
        assert!(is_csl_type("treaty") && !is_csl_type("misc"));
    }

    #[test]
    fn names_keep_their_particles_and_bodies_stay_whole() {
        assert_eq!(listed("de Waal, Thomas").unwrap(), json!({"non-dropping-particle": "de", "family": "Waal", "given": "Thomas"}));
        assert_eq!(listed("von der Heydte, F. A., Jr.").unwrap()["non-dropping-particle"], "von der");
        assert_eq!(listed("О'Нил, Анна").unwrap(), json!({"family": "О'Нил", "given": "Анна"}));
        assert_eq!(listed("Ministry of War").unwrap(), json!({"literal": "Ministry of War"}));
        assert_eq!(listed("A, B, C, and D").unwrap(), json!({"literal": "A, B, C, and D"}));
        assert_eq!(listed("bell hooks,").unwrap(), json!({"family": "bell hooks"}));
        assert_eq!(listed(" , "), None);
    }
}
