//! Features that are made in the window: sound from the start, with all that their kind needs.

use serde_json::{Value, json};

use super::shape::FeatureShape;
use crate::{edit::fresh_id, model::Document};

/// A sound feature with all that its kind needs, and a name that is not taken.
pub fn new_feature(document: &Document, kind: &str, shape: &FeatureShape, (start, precision_km): (&str, Option<f64>)) -> Value {
    let name = fresh_name(document, &format!("New {kind}"));
    let mut properties = json!({"id": fresh_id(document, &name), "kind": kind, "name": name, "start": start});
    match kind {
        "event" => properties["event"] = "negotiation".into(),
        "line" => properties["class"] = "de-facto".into(),
        _ => {}
    }
    if let Some(km) = precision_km {
        properties["precision_km"] = km.into();
    }
    json!({"type": "Feature", "geometry": shape.geojson(), "properties": properties})
}

/// A name that nothing in the document has: `New region`, then `New region 2`.
pub fn fresh_name(document: &Document, base: &str) -> String {
    let is_taken = |name: &str| document.features().iter().any(|feature| feature.thing().is_ok_and(|thing| thing.name() == name));
    let numbered = (2..).map(|number| format!("{base} {number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_else(|| base.to_owned())
}
