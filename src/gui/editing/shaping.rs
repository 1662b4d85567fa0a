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

/// The command that cuts a region along a line: what lies to the left of it stays, what lies to the right becomes a region of its own.
///
/// # Errors
/// Why it cannot be cut, in a sentence.
pub fn split_region(document: &Document, id: &str, line: &FeatureShape) -> Result<Command, String> {
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
        properties.insert("id".to_owned(), new_id.into());
        properties.insert("name".to_owned(), name.into());
        // It is a subject of its own, and drawn.
        properties.shift_remove("subject");
        properties.shift_remove("area");
    }
    let commands = vec![reshaped(document, id, &area(left), None), Command::Add { feature: other, before: None }];
    Ok(Command::Group { label: format!("cutting of {id}"), commands })
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::History;

    fn square(west: f64) -> Value {
        let ring = [[west, 0.0], [west + 4.0, 0.0], [west + 4.0, 4.0], [west, 4.0], [west, 0.0]];
        json!({"type": "Polygon", "coordinates": [ring]})
    }

    fn area(west: f64) -> FeatureShape {
        let ring = [[west, 0.0], [west + 4.0, 0.0], [west + 4.0, 4.0], [west, 4.0], [west, 0.0]];
        FeatureShape::Area(geo::MultiPolygon(vec![geo::Polygon::new(ring.map(geo::Coord::from).to_vec().into(), Vec::new())]))
    }

    /// A document with two regions side by side, the first from 2000 on.
    fn history() -> History {
        let mut history = History::new(Document::empty("Test"));
        for (id, west) in [("one", 0.0), ("two", 2.0), ("far", 40.0)] {
            let properties = json!({"id": id, "kind": "region", "name": id, "start": "2000-01-01", "area": "unit:xyz"});
            let feature = json!({"type": "Feature", "geometry": square(west), "properties": properties});
            history.apply(&Command::Add { feature, before: None }, None).unwrap();
        }
        history
    }

    fn region_of(history: &History, id: &str) -> crate::model::project::Region {
        region(history.document(), id).unwrap().clone()
    }

    #[test]
    fn a_changed_shape_is_no_built_in_area_any_more() {
        let mut history = history();
        let command = reshaped(history.document(), "one", &area(10.0), None);
        history.apply(&command, None).unwrap();
        let one = region_of(&history, "one");
        assert_eq!((FeatureShape::Area(one.shape), one.area.as_str()), (area(10.0), ""));
        assert_eq!(history.past().count(), 4, "it is one step");
    }

    #[test]
    fn recording_keeps_what_was_before_the_date() {
        let mut history = history();
        let command = reshaped(history.document(), "one", &area(10.0), Some(("2010-05-01", "one-later")));
        history.apply(&command, None).unwrap();
        let (before, after) = (region_of(&history, "one"), region_of(&history, "one-later"));
        assert_eq!(FeatureShape::Area(before.shape), area(0.0));
        assert_eq!((FeatureShape::Area(after.shape), after.subject.as_str()), (area(10.0), "one"));
        assert_eq!(before.common.span.past_end(), after.common.span.first_day());
    }

    #[test]
    fn what_is_joined_is_gone_and_what_is_subtracted_stays() {
        let mut history = history();
        let rest = without(history.document(), "one", "two").unwrap();
        assert_eq!(rest.lines()[0].iter().map(|at| at[0]).fold(0.0, f64::max), 2.0);
        assert!(without(history.document(), "one", "far").unwrap_err().contains("covers nothing of one"));
        assert!(without(history.document(), "one", "one").unwrap_err().contains("Nothing of one would be left"));
        let command = joined(history.document(), "one", "two").unwrap();
        history.apply(&command, None).unwrap();
        assert!(history.document().feature("two").is_none());
        assert_eq!(region_of(&history, "one").shape.0.len(), 1);
    }

    #[test]
    fn a_cut_leaves_two_regions_of_their_own_names() {
        let mut history = history();
        let line = |points: [[f64; 2]; 2]| FeatureShape::Line(geo::MultiLineString(vec![points.map(geo::Coord::from).to_vec().into()]));
        let command = split_region(history.document(), "one", &line([[2.0, -1.0], [2.0, 5.0]])).unwrap();
        history.apply(&command, None).unwrap();
        let (left, right) = (region_of(&history, "one"), region_of(&history, "one-2"));
        assert_eq!((left.common.name.as_str(), right.common.name.as_str(), right.subject.as_str()), ("one", "one 2", "one-2"));
        let west_of = |region: &crate::model::project::Region| region.shape.0[0].exterior().coords().all(|at| at.x <= 2.0);
        assert!(west_of(&left) && !west_of(&right));
        let beside = split_region(history.document(), "far", &line([[2.0, -1.0], [2.0, 5.0]]));
        assert!(beside.unwrap_err().contains("does not cross"));
    }

    #[test]
    fn nothing_is_made_narrower_than_nothing() {
        assert!(matches!(widened(&FeatureShape::Point(crate::geometry::LonLat::new(1.0, 2.0)), 10.0), Ok(FeatureShape::Area(_))));
        assert!(widened(&area(0.0), -900.0).unwrap_err().contains("Nothing of the region"));
        assert!(widened(&area(0.0), 5000.0).unwrap_err().contains("up to 1000"));
    }
}
