//! Finding and replacing what people wrote.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Ids, Refusal, features, header};
use crate::model::{Document, document::Feature};

/// Properties that hold words of people, wherever they stand in a feature.
const WORDS: [&str; 6] = ["name", "title", "text", "note", "place", "credit"];
/// Members whose every text is words of people.
const LISTS_OF_WORDS: [&str; 2] = ["names", "tags"];

/// What to look for.
struct Search<'a> {
    find: &'a str,
    with: &'a str,
    match_case: bool,
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

    /// The text with every place replaced, and how many there were. Case is folded letter by letter.
    fn replaced(&self, text: &str) -> (String, usize) {
        if self.match_case {
            return (text.replace(self.find, self.with), text.matches(self.find).count());
        }
        let fold = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
        let wanted: Vec<char> = self.find.chars().map(fold).collect();
        let letters: Vec<char> = text.chars().collect();
        let (mut out, mut count, mut at) = (String::with_capacity(text.len()), 0, 0);
        while at < letters.len() {
            let here = letters[at..].iter().map(|letter| fold(*letter));
            if letters.len() - at >= wanted.len() && here.take(wanted.len()).eq(wanted.iter().copied()) {
                out.push_str(self.with);
                (count, at) = (count + 1, at + wanted.len());
            } else {
                out.push(letters[at]);
                at += 1;
            }
        }
        (out, count)
    }
}
