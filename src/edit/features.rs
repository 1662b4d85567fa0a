//! Changes of features.

use std::{collections::HashMap, sync::Arc};

use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use super::{
    Ids, Refusal,
    ids::{base_of, free_of, fresh_id, taken},
    path,
};
use crate::model::{Document, document::Feature};

type Features = Vec<Arc<Feature>>;

/// Adds a feature before another one, or at the end.
pub(super) fn add(document: &Document, feature: &Value, before: Option<&str>) -> Result<Document, Refusal> {
    let mut value = feature.clone();
    let properties = properties_of(&mut value)?;
    let id = properties.get("id").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    if id.is_empty() {
        properties.insert("id".to_owned(), fresh_id(document, &base_of(properties)).into());
    } else if document.position(&id).is_some() {
        return Err(Refusal::Taken(id));
    }
    let at = place_before(document, before)?;
    let mut features = document.features().to_vec();
    let feature = Feature::of_value(&value).map_err(|problem| Refusal::WouldBreak(Box::new(problem)))?;
    check_lock(document, &value, feature.id())?;
    features.insert(at, Arc::new(feature));
    Ok(document.with_features(features))
}

/// Adds features at the end; ids that are taken become new ones, also where the features name each other.
pub(super) fn paste(document: &Document, pasted: &[Value]) -> Result<Document, Refusal> {
    if pasted.is_empty() {
        return Err(Refusal::Nothing("there are no features to paste.".to_owned()));
    }
    let mut new_ids: HashMap<String, String> = HashMap::new();
    let mut taken = taken(document);
    let mut features = document.features().to_vec();
    for value in pasted {
        let mut value = value.clone();
        let properties = properties_of(&mut value)?;
        let old = properties.get("id").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let base = if old.is_empty() { base_of(properties) } else { old.clone() };
        let id = free_of(&taken, &base);
        taken.insert(id.clone());
        properties.insert("id".to_owned(), id.as_str().into());
        if let Some(subject) = properties.get("subject").and_then(Value::as_str).and_then(|subject| new_ids.get(subject)) {
            properties.insert("subject".to_owned(), subject.as_str().into());
        }
        new_ids.insert(old, id);
        let feature = Feature::of_value(&value).map_err(|problem| Refusal::WouldBreak(Box::new(problem)))?;
        check_lock(document, &value, feature.id())?;
        features.push(Arc::new(feature));
    }
    Ok(document.with_features(features))
}

/// Takes features away.
pub(super) fn remove(document: &Document, ids: &Ids) -> Result<Document, Refusal> {
    let wanted = known(document, ids)?;
    for feature in document.features().iter().filter(|feature| wanted.contains(feature.id())) {
        check_lock(document, &feature.value(), feature.id())?;
    }
    let left: Features = document.features().iter().filter(|feature| !wanted.contains(feature.id())).cloned().collect();
    Ok(document.with_features(left))
}

/// Sets a property of features.
pub(super) fn set(document: &Document, ids: &Ids, at: &str, value: &Value) -> Result<Document, Refusal> {
    if at == "id" {
        return Err(Refusal::Path { path: at.to_owned(), why: "an id is changed by the command `rename`".to_owned() });
    }
    // A lock must be opened before anything in the layer can change, so moving things out of it is no way round.
    changed(document, ids, |feature| path::set(properties_of(feature)?, at, value.clone()))
}

/// Gives a feature another geometry.
pub(super) fn set_geometry(document: &Document, id: &str, geometry: &Value) -> Result<Document, Refusal> {
    changed(document, &id.into(), |feature| {
        if let Value::Object(feature) = feature {
            feature.insert("geometry".to_owned(), geometry.clone());
        }
        Ok(())
    })
}

/// Moves a feature to another place in the list.
pub(super) fn order(document: &Document, id: &str, before: Option<&str>) -> Result<Document, Refusal> {
    let from = document.position(id).ok_or_else(|| Refusal::Missing(id.to_owned()))?;
    let mut features = document.features().to_vec();
    let feature = features.remove(from);
    let without = document.with_features(features.clone());
    let at = if before == Some(id) { from } else { place_before(&without, before)? };
    features.insert(at, feature);
    Ok(document.with_features(features))
}

/// Copies features, with other dates if any are given.
pub(super) fn duplicate(document: &Document, ids: &Ids, start: Option<&str>, end: Option<&str>) -> Result<Document, Refusal> {
    let wanted = known(document, ids)?;
    let mut copies = Vec::new();
    for feature in document.features().iter().filter(|feature| wanted.contains(feature.id())) {
        let mut value = feature.value();
        let properties = properties_of(&mut value)?;
        for (key, date) in [("start", start), ("end", end)] {
            match date {
                Some("") => drop(properties.shift_remove(key)),
                Some(date) => drop(properties.insert(key.to_owned(), date.into())),
                None => {}
            }
        }
        copies.push(value);
    }
    paste(document, &copies)
}

/// The document with some features changed; `change` is given each as a tree. A sound feature must stay sound.
pub(super) fn changed(
    document: &Document,
    ids: &Ids,
    mut change: impl FnMut(&mut Value) -> Result<(), Refusal>,
) -> Result<Document, Refusal> {
    let wanted = known(document, ids)?;
    let mut features = document.features().to_vec();
    for feature in features.iter_mut().filter(|feature| wanted.contains(feature.id())) {
        let mut value = feature.value();
        check_lock(document, &value, feature.id())?;
        change(&mut value)?;
        let next = Feature::of_value(&value);
        match next {
            Ok(next) => *feature = Arc::new(next),
            // What could not be understood before may be mended step by step.
            Err(_) if feature.thing().is_err() => *feature = Arc::new(Feature::unread(&value)),
            Err(problem) => return Err(Refusal::WouldBreak(Box::new(problem))),
        }
    }
    Ok(document.with_features(features))
}

/// The ids as a set.
pub(super) fn known<'a>(document: &Document, ids: &'a Ids) -> Result<FxHashSet<&'a str>, Refusal> {
    let wanted: FxHashSet<&str> = ids.iter().collect();
    if wanted.is_empty() {
        return Err(Refusal::Nothing("no ids are named.".to_owned()));
    }
    let there: FxHashSet<&str> = document.features().iter().map(|feature| feature.id()).filter(|id| wanted.contains(id)).collect();
    match ids.iter().find(|id| !there.contains(id)) {
        Some(missing) => Err(Refusal::Missing(missing.to_owned())),
        None => Ok(wanted),
    }
}

fn place_before(document: &Document, before: Option<&str>) -> Result<usize, Refusal> {
    match before {
        None => Ok(document.features().len()),
        Some(id) => document.position(id).ok_or_else(|| Refusal::Missing(id.to_owned())),
    }
}

/// The properties of a feature's tree.
pub(super) fn properties_of(feature: &mut Value) -> Result<&mut Map<String, Value>, Refusal> {
    feature
        .get_mut("properties")
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Refusal::Value("the feature has no properties; see RFC 7946, section 3.2.".to_owned()))
}

/// Refuses what a locked layer holds.
pub(super) fn check_lock(document: &Document, feature: &Value, id: &str) -> Result<(), Refusal> {
    let Some(layer) = feature.pointer("/properties/layer").and_then(Value::as_str) else { return Ok(()) };
    let layers = document.header().get("layers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let own = layers.iter().find(|own| own.get("id").and_then(Value::as_str) == Some(layer));
    let is_locked = own.and_then(|own| own.get("locked")).and_then(Value::as_bool).unwrap_or(false);
    if is_locked { Err(Refusal::Locked { id: id.to_owned(), layer: layer.to_owned() }) } else { Ok(()) }
}
