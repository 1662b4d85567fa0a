//! What goes to the clipboard and comes from it.

use eframe::egui::{Context, Event};
use geo::Geometry;
use serde_json::Value;

use super::{
    made::new_feature,
    shape::{FeatureShape, sound_area, sound_lines},
    shaping::ShapeStep,
};
use crate::{
    edit::Command,
    geometry::{LonLat, shape::pasted},
    gui::{actions::Action, presenting::scenes::SceneAction, session::Session},
    model::{Document, slide_line},
};

/// Copying, cutting and pasting while the map has the keyboard: no text field, no box.
pub fn from_clipboard(ctx: &Context, session: &Session) -> Vec<Action> {
    if ctx.text_edit_focused() || session.open_file || session.palette {
        return Vec::new();
    }
    let line = ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if slide_line::is_line(text) => Some(text.trim().to_owned()),
            _ => None,
        })
    });
    if let Some(line) = line {
        return vec![Action::Scene(SceneAction::OpenLine(line))];
    }
    if session.document.is_none() {
        return Vec::new();
    }
    let step = |event: &Event| match event {
        Event::Copy if session.tools.on && session.selection.is_some() => Some(ShapeStep::Copy),
        Event::Cut if session.tools.on && session.selection.is_some() => Some(ShapeStep::Cut),
        Event::Paste(text) => Some(ShapeStep::Paste(text.clone())),
        _ => None,
    };
    ctx.input(|input| input.events.iter().filter_map(step).map(Action::Shape).collect())
}

/// A feature of a document as GeoJSON that other programs read too.
pub fn copied(document: &Document, id: &str) -> Option<String> {
    let feature = document.feature(id)?.value();
    serde_json::to_string_pretty(&feature).ok()
}

/// The command that puts what a text holds into a document, with what there is to tell of it. Features of a document come as they are; any other shape
/// becomes a region, line or place that begins on a date.
///
/// # Errors
/// Why nothing can be made of the text, in a sentence.
pub fn pasting(document: &Document, text: &str, start: &str) -> Result<(Command, Vec<String>), String> {
    if let Some(features) = own_features(text) {
        return Ok((Command::Paste { features }, Vec::new()));
    }
    let read = pasted::read(text).map_err(|error| {
        let begun: String = text.trim().chars().take(24).filter(|letter| !letter.is_control()).collect();
        format!("“{begun}” cannot be pasted onto the map: {error}. GeoJSON, well-known text and coordinates can.")
    })?;
    let mut shapes = Vec::new();
    read.geometries.iter().try_for_each(|geometry| shapes_of(geometry, &mut shapes))?;
    if shapes.is_empty() {
        return Err("There is no shape in what was pasted.".to_owned());
    }
    let kind = |shape: &FeatureShape| match shape {
        FeatureShape::Area(_) => "region",
        FeatureShape::Line(_) => "line",
        FeatureShape::Point(_) => "place",
    };
    let features = shapes.iter().map(|shape| new_feature(document, kind(shape), shape, (start, None))).collect();
    Ok((Command::Paste { features }, read.notices))
}

/// The features of a text that say what they are to us; `None` where any of them does not.
fn own_features(text: &str) -> Option<Vec<Value>> {
    let value: Value = serde_json::from_str(text.trim()).ok()?;
    let features = match value.get("features").and_then(Value::as_array) {
        Some(features) => features.clone(),
        None => vec![value],
    };
    let is_ours = |feature: &Value| feature.pointer("/properties/kind").is_some_and(Value::is_string);
    (!features.is_empty() && features.iter().all(is_ours)).then_some(features)
}

fn shapes_of(geometry: &Geometry, found: &mut Vec<FeatureShape>) -> Result<(), String> {
    match geometry {
        Geometry::Point(point) => found.push(FeatureShape::Point(LonLat::new(point.x(), point.y()).wrapped())),
        Geometry::MultiPoint(points) => {
            found.extend(points.iter().map(|point| FeatureShape::Point(LonLat::new(point.x(), point.y()).wrapped())));
        }
        Geometry::LineString(line) => found.push(sound_lines(&geo::MultiLineString(vec![line.clone()]))?),
        Geometry::MultiLineString(lines) => found.push(sound_lines(lines)?),
        Geometry::Polygon(polygon) => found.push(area_of(std::slice::from_ref(polygon))?),
        Geometry::MultiPolygon(polygons) => found.push(area_of(&polygons.0)?),
        Geometry::GeometryCollection(members) => members.iter().try_for_each(|member| shapes_of(member, found))?,
        // Text holds none of these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
    Ok(())
}

fn area_of(polygons: &[geo::Polygon]) -> Result<FeatureShape, String> {
    sound_area(&polygons.iter().map(crate::geometry::shape::region::rings_from_polygon).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn any_shape_becomes_a_feature_of_its_kind() {
        let document = Document::empty("Test");
        let text = "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), POLYGON ((0 0, 9 0, 9 9, 0 0)))";
        let Ok((Command::Paste { features }, notices)) = pasting(&document, text, "1999-02") else { panic!("nothing pasted") };
        let kinds: Vec<&str> = features.iter().filter_map(|feature| feature["properties"]["kind"].as_str()).collect();
        assert_eq!((kinds, notices.len()), (vec!["place", "line", "region"], 0));
        assert!(features.iter().all(|feature| feature["properties"]["start"] == "1999-02"));
    }

    #[test]
    fn what_is_no_shape_says_what_would_be() {
        let document = Document::empty("Test");
        assert!(pasting(&document, "a shopping list", "1999").unwrap_err().contains("well-known text and coordinates can"));
        let crossed = "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))";
        assert!(pasting(&document, crossed, "1999").unwrap_err().contains("crosses itself"));
        assert!(own_features(&json!({"type": "FeatureCollection", "features": []}).to_string()).is_none());
    }
}
