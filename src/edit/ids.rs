//! Ids of features: made of words, and changed wherever they are named.

use std::{collections::HashSet, sync::Arc};

use serde_json::{Map, Value};

use super::{
    Command, Ids, Refusal,
    features::{changed, check_lock, known, properties_of},
    header,
};
use crate::model::{Document, document::Feature};

/// The members of a scene and of its steps that name features.
const NAMING: [&str; 3] = ["highlight", "pinned", "show"];

/// An id that is free, made of words: `clash-at-the-bridge`, then `clash-at-the-bridge-2`.
pub fn fresh_id(document: &Document, base: &str) -> String {
    free_of(&taken(document), base)
}

/// The command that calls each feature as its name says, of those that still have the id that they were drawn with (`new-event-2`); `None` where there are none.
/// What is in a locked layer stays as it is.
pub fn ids_after_names(document: &Document) -> Option<Command> {
    let mut renamed = document.clone();
    let mut commands = Vec::new();
    for feature in document.features().iter().filter(|feature| feature.id().starts_with("new-")) {
        let (Ok(thing), id) = (feature.thing(), feature.id()) else { continue };
        let value = feature.value();
        let made = format!("new-{}", value.pointer("/properties/kind").and_then(Value::as_str).unwrap_or_default());
        let is_made = |id: &str| id.strip_prefix(&made).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        if !is_made(id) || is_made(&slug(thing.name())) {
            continue;
        }
        let to = fresh_id(&renamed, thing.name());
        if let Ok(next) = rename(&renamed, id, &to) {
            renamed = next;
            commands.push(Command::Rename { id: id.to_owned(), to });
        }
    }
    (!commands.is_empty()).then(|| Command::Group { label: "ids after names".to_owned(), commands })
}

/// Gives a feature another id, and all that name it with it: shapes of the same subject and scenes.
pub(super) fn rename(document: &Document, id: &str, to: &str) -> Result<Document, Refusal> {
    let to = to.trim();
    known(document, &id.into())?;
    if to.is_empty() {
        return Err(Refusal::Value("an id cannot be empty.".to_owned()));
    }
    if document.position(to).is_some() {
        return Err(Refusal::Taken(to.to_owned()));
    }
    let names_it =
        |feature: &Feature| feature.id() == id || feature.mentions("\"subject\"") && subject_of(&feature.value()) == Some(id.to_owned());
    let ids: Vec<String> = document.features().iter().filter(|feature| names_it(feature)).map(|feature| feature.id().to_owned()).collect();
    let renamed = changed(document, &Ids::Many(ids), |feature| {
        let properties = properties_of(feature)?;
        for key in ["id", "subject"] {
            if properties.get(key).and_then(Value::as_str) == Some(id) {
                properties.insert(key.to_owned(), to.into());
            }
        }
        Ok(())
    })?;
    let mut header = document.header().clone();
    match header.get_mut("scenes").is_some_and(|scenes| is_renamed(scenes, id, to)) {
        true => header::with_header(&renamed, header),
        false => Ok(renamed),
    }
}

/// Changes an id wherever scenes name it; whether any does.
fn is_renamed(tree: &mut Value, id: &str, to: &str) -> bool {
    let in_scene = |(key, value): (&String, &mut Value)| match value {
        Value::Array(list) if NAMING.contains(&key.as_str()) => {
            let named: Vec<&mut Value> = list.iter_mut().filter(|item| item.as_str() == Some(id)).collect();
            let is_named = !named.is_empty();
            named.into_iter().for_each(|item| *item = to.into());
            is_named
        }
        value => is_renamed(value, id, to),
    };
    // Counted, since every one is to be changed, not the first alone.
    match tree {
        Value::Object(map) => map.iter_mut().map(in_scene).filter(|found| *found).count() > 0,
        Value::Array(list) => list.iter_mut().map(|item| is_renamed(item, id, to)).filter(|found| *found).count() > 0,
        _ => false,
    }
}

/// Gives each feature but the first that has an id an id of its own.
pub(super) fn own_ids(document: &Document, id: &str) -> Result<Document, Refusal> {
    let first = document.position(id).ok_or_else(|| Refusal::Missing(id.to_owned()))?;
    let mut taken = taken(document);
    let mut features = document.features().to_vec();
    for feature in features[first + 1..].iter_mut().filter(|feature| feature.id() == id) {
        let mut value = feature.value();
        check_lock(document, &value, id)?;
        let own = free_of(&taken, id);
        properties_of(&mut value)?.insert("id".to_owned(), own.as_str().into());
        taken.insert(own);
        *feature = Arc::new(Feature::unread(&value));
    }
    Ok(document.with_features(features))
}

/// The ids that features have.
pub(super) fn taken(document: &Document) -> HashSet<String> {
    document.features().iter().map(|feature| feature.id().to_owned()).collect()
}

/// An id made of words that is not among the taken ones.
pub(super) fn free_of(taken: &HashSet<String>, base: &str) -> String {
    let base = slug(base);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base)
}

/// What the id of a feature is made of: its name, or its kind where it has none.
pub(super) fn base_of(properties: &Map<String, Value>) -> String {
    let text = |key: &str| properties.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    text("name").or(text("kind")).unwrap_or_default().to_owned()
}

/// The letters and digits of a text in lower case, with hyphens for what is between them; at most 60 letters, `thing` for none.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase).take(60) {
        match letter {
            letter if letter.is_alphanumeric() => slug.push(letter),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "thing".to_owned() } else { slug.to_owned() }
}

fn subject_of(feature: &Value) -> Option<String> {
    feature.pointer("/properties/subject").and_then(Value::as_str).map(str::to_owned)
}
