//! Lines of our own, `maps/cuts.geojson`: where a border or a front of history runs through a province and the source has no line for it.
//!
//! They cut exactly as the source's disputed lines do. What differs is how well they are known: each says how far it may be off, and
//! the arcs that come of it are listed in the file as approximate.

use crate::grid::Point;
use crate::lines::Piece;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A line of our own.
pub struct Cut {
    pub id: String,
    /// At least two, in the order of walking.
    pub points: Vec<Point>,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Vec<[f64; 2]>,
}

/// What every line has to say of itself.
#[derive(Deserialize)]
struct Properties {
    id: String,
    name: String,
    sources: Vec<String>,
    precision_km: f64,
    note: String,
}

/// Reads the text of `cuts.geojson`.
///
/// # Errors
/// Names the line that is no line of two points or more, that stands twice, or that does not say what it rests on and how far it may be off.
pub fn cuts_from(text: &str) -> Result<Vec<Cut>> {
    let collection: Collection = serde_json::from_str(text).context("cuts.geojson cannot be read")?;
    let cuts = collection.features.into_iter().map(cut_from).collect::<Result<Vec<_>>>()?;
    let mut seen = BTreeSet::new();
    let twice = cuts.iter().find(|cut| !seen.insert(cut.id.as_str()));
    ensure!(twice.is_none(), "cuts.geojson: `{}` is there twice", twice.map_or("", |cut| &cut.id));
    Ok(cuts)
}

fn cut_from(Feature { geometry, properties }: Feature) -> Result<Cut> {
    let id = properties.id;
    ensure!(geometry.kind == "LineString" && geometry.coordinates.len() > 1, "cuts.geojson: `{id}` is no line");
    let is_said = |text: &String| !text.trim().is_empty();
    ensure!(is_said(&id) && is_said(&properties.name), "cuts.geojson: `{id}` needs an id and a name");
    ensure!(properties.sources.iter().any(is_said), "cuts.geojson: `{id}` needs a source");
    ensure!(properties.precision_km > 0.0, "cuts.geojson: `{id}` has to say how far it may be off");
    ensure!(is_said(&properties.note), "cuts.geojson: `{id}` has to say how it was drawn");
    let points = geometry.coordinates.iter().map(|&[lon, lat]| Point::from_degrees(lon, lat)).collect();
    Ok(Cut { id, points })
}

/// Their pieces, in order.
pub fn pieces_of(cuts: &[Cut]) -> Vec<Piece> {
    cuts.iter().flat_map(|cut| cut.points.windows(2)).map(|ends| [ends[0], ends[1]]).filter(|[a, b]| a != b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn collection(change: impl Fn(&mut Value)) -> String {
        let properties = json!({ "id": "front", "name": "Front", "sources": ["a-2022-b"], "precision_km": 15, "note": "Drawn by hand." });
        let line = json!({ "type": "LineString", "coordinates": [[34.0, 47.0], [34.5, 47.2], [35.0, 47.0]] });
        let mut feature = json!({ "type": "Feature", "properties": properties, "geometry": line });
        change(&mut feature);
        json!({ "type": "FeatureCollection", "features": [feature] }).to_string()
    }

    #[test]
    fn a_line_gives_its_pieces() {
        let cuts = cuts_from(&collection(|_| ())).unwrap();
        let middle = Point::from_degrees(34.5, 47.2);
        assert_eq!(pieces_of(&cuts), [[Point::from_degrees(34.0, 47.0), middle], [middle, Point::from_degrees(35.0, 47.0)]]);
    }

    #[test]
    fn a_line_that_does_not_account_for_itself_is_refused() {
        let silent = |member: &'static str, value: Value| collection(move |feature| feature["properties"][member] = value.clone());
        for (text, reason) in [
            (silent("sources", json!([])), "needs a source"),
            (silent("precision_km", json!(0)), "how far"),
            (silent("note", json!(" ")), "how it was drawn"),
            (silent("name", json!("")), "a name"),
            (collection(|feature| feature["geometry"]["coordinates"] = json!([[34.0, 47.0]])), "no line"),
        ] {
            let error = cuts_from(&text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(reason), "{reason}: {error}");
        }
    }

    #[test]
    fn a_line_stands_once() {
        let mut twice: Value = serde_json::from_str(&collection(|_| ())).unwrap();
        let again = twice["features"][0].clone();
        twice["features"].as_array_mut().unwrap().push(again);
        assert!(cuts_from(&twice.to_string()).err().is_some_and(|error| error.to_string().contains("twice")));
    }
}
