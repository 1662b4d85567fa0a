//! What is done to whole shapes of a document: pure, from values to commands.

use geo::LineString;
use serde_json::Value;

use super::{made::fresh_name, shape::FeatureShape};
use crate::{
    edit::{Command, fresh_id},
    geometry::shape::{
        buffer, ops,
        split::{Side, split},
    },
    gui::session::Selection,
    model::{Document, document::Thing},
};

/// What a person does with the shape that is selected, and with the clipboard.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeStep {
    /// Gives it another shape.
    Reshape(FeatureShape),
    /// Moves it so many points of the screen to the right and down.
    Nudge(f32, f32),
    /// Takes the point that was clicked out of it, or it out of the document.
    Delete,
    /// Makes a copy of it in the document.
    Duplicate,
    /// Puts it on the clipboard as GeoJSON.
    Copy,
    /// The same, and takes it out of the document.
    Cut,
    /// Puts shapes or features of a text into the document.
    Paste(String),
    /// Makes a region wider by so many kilometres; of a line or place it makes a region around it.
    Widen(f64),
    /// Joins a region to it, which is gone then.
    Join(Selection),
    /// Takes the ground of a region out of it.
    Subtract(Selection),
}

/// The command that gives a feature another shape. With `from`, a date, it has that shape from then on and keeps the old one before; `to` is then the id of
/// what begins.
pub fn reshaped(document: &Document, id: &str, shape: &FeatureShape, from: Option<(&str, &str)>) -> Command {
    let geometry = shape.geojson();
    let thing = document.feature(id).and_then(|feature| feature.thing().ok());
    match (from, thing) {
        (Some((from, to)), Some(Thing::Region(_) | Thing::Line(_))) => {
            Command::RecordShape { id: id.to_owned(), from: from.to_owned(), geometry, to: Some(to.to_owned()) }
        }
        // A shape that was changed is no built-in area any more.
        (_, Some(Thing::Region(region))) if !region.area.is_empty() => Command::Group {
            label: format!("shape of {id}"),
            commands: vec![
                Command::SetGeometry { id: id.to_owned(), geometry },
                Command::Set { id: id.into(), path: "area".to_owned(), value: Value::Null },
            ],
        },
        _ => Command::SetGeometry { id: id.to_owned(), geometry },
    }
}

/// The command that cuts a region along a line: what lies to the left of it stays, what lies to the right becomes a region of its own, whose id comes with it.
///
/// # Errors
/// Why it cannot be cut, in a sentence.
pub fn split_region(document: &Document, id: &str, line: &FeatureShape) -> Result<(Command, String), String> {
    let region = region(document, id)?;
    let FeatureShape::Line(lines) = line else { return Err("A region is cut along a line.".to_owned()) };
    let empty = LineString::new(Vec::new());
    let pieces = split(&region.shape, lines.0.first().unwrap_or(&empty)).map_err(|error| format!("Nothing was cut: {error}."))?;
    let (right, left): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.side == Some(Side::Right));
    let area = |pieces: Vec<crate::geometry::shape::split::Piece>| {
        FeatureShape::Area(geo::MultiPolygon(pieces.into_iter().map(|piece| piece.polygon).collect()))
    };
    let mut other = document.feature(id).map(|feature| feature.value()).unwrap_or_default();
    let new_id = fresh_id(document, id);
    let name = fresh_name(document, &region.common.name);
    let rest = area(right);
    other["geometry"] = rest.geojson();
    if let Some(properties) = other.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("id".to_owned(), new_id.as_str().into());
        properties.insert("name".to_owned(), name.into());
        // It is a subject of its own, and drawn.
        properties.shift_remove("subject");
        properties.shift_remove("area");
    }
    let commands = vec![reshaped(document, id, &area(left), None), Command::Add { feature: other, before: None }];
    Ok((Command::Group { label: format!("cutting of {id}"), commands }, new_id))
}

/// The command that joins another region to one.
///
/// # Errors
/// Where one of them is none.
pub fn joined(document: &Document, id: &str, other: &str) -> Result<Command, String> {
    let shape = FeatureShape::Area(ops::union(&region(document, id)?.shape, &region(document, other)?.shape));
    let commands = vec![reshaped(document, id, &shape, None), Command::Remove { id: other.into() }];
    Ok(Command::Group { label: format!("joining of {other} to {id}"), commands })
}

/// The shape of a region without the ground of another one.
///
/// # Errors
/// Where one of them is none, or nothing would be left or changed.
pub fn without(document: &Document, id: &str, other: &str) -> Result<FeatureShape, String> {
    let (own, taken) = (region(document, id)?, region(document, other)?);
    let left = ops::difference(&own.shape, &taken.shape);
    if left.0.is_empty() {
        return Err(format!("Nothing of {} would be left.", own.common.name));
    }
    if left == own.shape || ops::intersection(&own.shape, &taken.shape).0.is_empty() {
        return Err(format!("{} covers nothing of {}.", taken.common.name, own.common.name));
    }
    Ok(FeatureShape::Area(left))
}

/// A shape wider by so many kilometres: of a region, or around a line or place.
///
/// # Errors
/// Why it cannot be, in a sentence.
pub fn widened(shape: &FeatureShape, km: f64) -> Result<FeatureShape, String> {
    let wide = match shape {
        FeatureShape::Area(area) => buffer::area_widened(area, km),
        FeatureShape::Line(line) => buffer::along_lines(line, km),
        FeatureShape::Point(at) => buffer::circle(*at, km),
    };
    let wide = wide.map_err(|error| format!("Nothing was widened: {error}."))?;
    if wide.0.is_empty() {
        return Err("Nothing of the region would be left.".to_owned());
    }
    Ok(FeatureShape::Area(wide))
}

fn region<'a>(document: &'a Document, id: &str) -> Result<&'a crate::model::project::Region, String> {
    match document.feature(id).and_then(|feature| feature.thing().ok()) {
        Some(Thing::Region(region)) => Ok(region),
        _ => Err("That is no region. Click a region of the document.".to_owned()),
    }
}
