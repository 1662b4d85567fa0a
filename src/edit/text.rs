//! Finding and replacing what people wrote.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Ids, Refusal, features, header};
use crate::model::{Document, document::Feature};

/// Properties that hold words of people, wherever they stand in a feature.
const WORDS: [&str; 10] = ["name", "title", "text", "note", "place", "credit", "caption", "alt", "what", "unit"];
/// Members whose every text is words of people.
const LISTS_OF_WORDS: [&str; 2] = ["names", "tags"];

/// What to look for.
struct Search<'a> {
    find: &'a str,
    with: &'a str,
    match_case: bool,
}

/// A place where a text stands that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// In which feature; `None` for the title and the summary of the document.
    pub feature: Option<String>,
    /// In which of its properties or members, as a path.
    pub path: String,
    /// What stands before it on its line, as far as fits into a list.
    pub before: String,
    /// The text as it stands there.
    pub found: String,
    /// What stands behind it.
    pub after: String,
}

/// So many letters round a place are given with it.
const ROUND_LETTERS: usize = 32;

/// Where a text stands that people wrote: all that [`super::Command::ReplaceText`] would replace, in the order of the document. Empty for an empty text.
pub fn text_places(document: &Document, find: &str, match_case: bool, ids: Option<&Ids>) -> Vec<TextPlace> {
    let search = Search { find, with: "", match_case };
    let mut places = Vec::new();
    if find.is_empty() {
        return places;
    }
    if ids.is_none() {
        for key in ["title", "summary"] {
            let text = document.header().get(key).and_then(Value::as_str).unwrap_or_default();
            search.places_in(text, None, key, &mut places);
        }
    }
    let asked = |feature: &&Arc<Feature>| !feature.id().is_empty() && ids.is_none_or(|ids| ids.iter().any(|own| own == feature.id()));
    for feature in document.features().iter().filter(asked) {
        let value = feature.value();
        let is_locked = ids.is_none() && features::check_lock(document, &value, feature.id()).is_err();
        if let Some(properties) = value.get("properties").filter(|_| !is_locked) {
            search.places_in_tree(properties, (feature.id(), String::new()), (false, false), &mut places);
        }
    }
    places
}

/// Replaces a text in some features, or in all and in the document's title and summary.
pub(super) fn replace(document: &Document, find: &str, with: &str, match_case: bool, ids: Option<&Ids>) -> Result<Document, Refusal> {
    if find.is_empty() {
        return Err(Refusal::Value("there is nothing to look for.".to_owned()));
    }
    let search = Search { find, with, match_case };
    // Everywhere means wherever it may be changed; a locked thing that is named is refused.
    let asked = |feature: &Feature| match ids {
        Some(ids) => ids.iter().any(|own| own == feature.id()),
        None => features::check_lock(document, &feature.value(), feature.id()).is_ok(),
    };
    let holds = |feature: &&Arc<Feature>| !feature.id().is_empty() && asked(feature) && search.in_tree(&mut feature.value()) > 0;
    let found: Vec<String> = document.features().iter().filter(holds).map(|feature| feature.id().to_owned()).collect();
    let mut changed = document.clone();
    let mut is_changed = false;
    if ids.is_none() {
        for key in ["title", "summary"] {
            let text = document.header().get(key).and_then(Value::as_str).unwrap_or_default();
            let (text, count) = search.replaced(text);
            if count > 0 {
                changed = header::set(&changed, key, &text.into())?;
                is_changed = true;
            }
        }
    }
    if !found.is_empty() {
        changed = features::changed(&changed, &Ids::Many(found), |feature| {
            search.in_tree(feature);
            Ok(())
        })?;
        is_changed = true;
    }
    if is_changed { Ok(changed) } else { Err(Refusal::Nothing(format!("“{find}” stands nowhere."))) }
}

impl Search<'_> {
    /// Replaces in a feature; gives how often.
    fn in_tree(&self, feature: &mut Value) -> usize {
        feature.get_mut("properties").and_then(Value::as_object_mut).map_or(0, |properties| self.in_map(properties))
    }

    fn in_map(&self, map: &mut Map<String, Value>) -> usize {
        map.iter_mut().map(|(key, value)| self.in_value(value, WORDS.contains(&key.as_str()), LISTS_OF_WORDS.contains(&key.as_str()))).sum()
    }

    fn in_value(&self, value: &mut Value, is_words: bool, holds_words: bool) -> usize {
        match value {
            Value::String(text) if is_words => {
                let (replaced, count) = self.replaced(text);
                *text = replaced;
                count
            }
            Value::Object(map) if holds_words => map.values_mut().map(|value| self.in_value(value, true, false)).sum(),
            Value::Object(map) => self.in_map(map),
            Value::Array(list) => list.iter_mut().map(|value| self.in_value(value, holds_words, false)).sum(),
            _ => 0,
        }
    }

    /// The places in a value; `is_words` and `holds_words` say what stands there, as in `in_value`.
    fn places_in_tree(
        &self,
        value: &Value,
        (id, path): (&str, String),
        (is_words, holds_words): (bool, bool),
        places: &mut Vec<TextPlace>,
    ) {
        let below =
            |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")) };
        match value {
            Value::String(text) if is_words => self.places_in(text, Some(id), &path, places),
            Value::Object(map) if holds_words => {
                map.iter().for_each(|(key, value)| self.places_in_tree(value, (id, below(key)), (true, false), places));
            }
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                let kind = (WORDS.contains(&key.as_str()), LISTS_OF_WORDS.contains(&key.as_str()));
                self.places_in_tree(value, (id, below(key)), kind, places);
            }),
            Value::Array(list) => list.iter().enumerate().for_each(|(place, value)| {
                self.places_in_tree(value, (id, below(&place.to_string())), (holds_words, false), places);
            }),
            _ => {}
        }
    }

    fn places_in(&self, text: &str, feature: Option<&str>, path: &str, places: &mut Vec<TextPlace>) {
        let letters: Vec<char> = text.chars().collect();
        let count = self.find.chars().count();
        for at in self.starts(&letters) {
            let cut =
                |letters: &[char]| letters.iter().map(|letter| if letter.is_whitespace() { ' ' } else { *letter }).collect::<String>();
            places.push(TextPlace {
                feature: feature.map(str::to_owned),
                path: path.to_owned(),
                before: cut(&letters[at.saturating_sub(ROUND_LETTERS)..at]),
                found: cut(&letters[at..at + count]),
                after: cut(&letters[at + count..(at + count + ROUND_LETTERS).min(letters.len())]),
            });
        }
    }

    /// Where it begins in a text, letter by letter; places never overlap.
    fn starts(&self, letters: &[char]) -> Vec<usize> {
        let fold = |letter: char| if self.match_case { letter } else { letter.to_lowercase().next().unwrap_or(letter) };
        let wanted: Vec<char> = self.find.chars().map(fold).collect();
        let (mut starts, mut at) = (Vec::new(), 0);
        while at + wanted.len() <= letters.len() {
            let is_here = letters[at..].iter().zip(&wanted).all(|(letter, wanted)| fold(*letter) == *wanted);
            if is_here {
                starts.push(at);
            }
            at += if is_here { wanted.len() } else { 1 };
        }
        starts
    }

    /// The text with every place replaced, and how many there were. Case is folded letter by letter.
    fn replaced(&self, text: &str) -> (String, usize) {
        if self.match_case {
            return (text.replace(self.find, self.with), text.matches(self.find).count());
        }
        let letters: Vec<char> = text.chars().collect();
        let (starts, wanted) = (self.starts(&letters), self.find.chars().count());
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        for start in &starts {
            out.extend(&letters[at..*start]);
            out.push_str(self.with);
            at = start + wanted;
        }
        out.extend(&letters[at..]);
        (out, starts.len())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::{Command, History};

    /// What is listed is what is replaced, also in names and tags, and never in ids.
    #[test]
    fn every_place_that_is_listed_is_replaced() {
        let mut history = History::new(Document::empty("The Old bridge"));
        let properties = json!({"kind": "place", "id": "old", "name": "Old bridge", "names": {"ind": "old"}, "tags": ["bold"], "text": "An old, OLD\nbridge"});
        let feature = json!({"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [1, 2]}});
        history.apply(&Command::Add { feature, before: None }, None).unwrap();
        let listed = |history: &History, case: bool| text_places(history.document(), "old", case, None);
        let found = listed(&history, false);
        let paths: Vec<&str> = found.iter().map(|place| place.path.as_str()).collect();
        assert_eq!(paths, ["title", "name", "names/ind", "tags/0", "text", "text"]);
        assert_eq!((found[5].before.as_str(), found[5].found.as_str(), found[5].after.as_str()), ("An old, ", "OLD", " bridge"));
        assert_eq!(listed(&history, true).len(), 3);
        assert!(text_places(history.document(), "", false, None).is_empty());
        let command = Command::ReplaceText { find: "old".to_owned(), with: "new".to_owned(), match_case: false, id: None };
        history.apply(&command, None).unwrap();
        assert!(listed(&history, false).is_empty());
        assert_eq!(text_places(history.document(), "new", true, None).len(), 6);
        assert!(history.document().feature("old").is_some());
    }
}
