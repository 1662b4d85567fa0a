//! Shapes that people paste: GeoJSON (geometry, feature or collection), well-known text, or typed coordinates.

use super::{coordinates, coordinates::CoordinateError, wkt, wkt::WktError};
use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde_json::Value;

/// How deep collections may lie in collections.
const DEEPEST: usize = 32;

/// What a pasted text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// The shapes in the order of the text; never empty. Features without a geometry are passed over.
    pub geometries: Vec<Geometry>,
    /// What to tell the person, in full words; empty where all is clear.
    pub notices: Vec<String>,
}

/// Why nothing can be made of a pasted text.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PasteError {
    /// Coordinates that are no place.
    #[error("{0}")]
    Coordinates(#[from] CoordinateError),
    /// Well-known text that cannot be read.
    #[error("{0}")]
    Wkt(#[from] WktError),
    /// JSON with a mistake; line and column are in the message.
    #[error("the JSON cannot be read: {0}")]
    Json(String),
    /// JSON, but no GeoJSON.
    #[error("`{0}` is no kind of GeoJSON object")]
    Kind(String),
    /// A geometry whose coordinates are not the lists of numbers that its kind needs.
    #[error("the coordinates of a {0} are not as GeoJSON has them")]
    Malformed(&'static str),
    /// A number past the range of longitudes (a full turn either way is let through) or latitudes.
    #[error("{lon} {lat} is no longitude and latitude; numbers of a projected map (metres) cannot be read")]
    OutOfRange {
        /// The first number.
        lon: f64,
        /// The second.
        lat: f64,
    },
    /// Collections in collections in collections.
    #[error("collections lie more than {DEEPEST} deep in each other")]
    TooDeep,
    /// A collection of nothing.
    #[error("there is no shape in it")]
    Nothing,
}

/// Reads whatever people paste: what begins with `{` is GeoJSON, what begins with the name of a shape is well-known text, the rest coordinates.
///
/// # Errors
/// Where it is none of them, with the reason.
pub fn read(text: &str) -> Result<Pasted, PasteError> {
    let text = text.trim();
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("").to_ascii_uppercase();
    let is_wkt = ["SRID", "POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION"].iter().any(|kind| word.starts_with(kind));
    if text.starts_with('{') {
        geojson(text)
    } else if is_wkt {
        let read = wkt::from_wkt(text)?;
        let notice = read.dropped_heights.then(|| "heights are left out".to_owned());
        Ok(Pasted { geometries: vec![read.geometry], notices: notice.into_iter().collect() })
    } else {
        let typed = coordinates::read(text)?;
        let point = Point::from(typed.place.to_array());
        Ok(Pasted { geometries: vec![point.into()], notices: typed.notice().map(str::to_owned).into_iter().collect() })
    }
}

/// Reads a GeoJSON geometry, feature or feature collection (RFC 7946). Heights are left out, with a notice.
///
/// # Errors
/// Where it is no GeoJSON or holds no shape.
pub fn geojson(text: &str) -> Result<Pasted, PasteError> {
    let value: Value = serde_json::from_str(text).map_err(|error| PasteError::Json(error.to_string()))?;
    let mut reader = Reader::default();
    let mut geometries = Vec::new();
    match kind(&value) {
        "FeatureCollection" => {
            for feature in value["features"].as_array().ok_or(PasteError::Malformed("FeatureCollection"))? {
                geometries.extend(reader.feature(feature)?);
            }
        }
        "Feature" => geometries.extend(reader.feature(&value)?),
        _ => geometries.push(reader.geometry(&value, 0)?),
    }
    if geometries.is_empty() {
        return Err(PasteError::Nothing);
    }
    let notice = reader.dropped_heights.then(|| "heights are left out".to_owned());
    Ok(Pasted { geometries, notices: notice.into_iter().collect() })
}

fn kind(value: &Value) -> &str {
    value["type"].as_str().unwrap_or("")
}

#[derive(Default)]
struct Reader {
    dropped_heights: bool,
}

impl Reader {
    fn feature(&mut self, feature: &Value) -> Result<Option<Geometry>, PasteError> {
        match (kind(feature), &feature["geometry"]) {
            ("Feature", Value::Null) => Ok(None),
            ("Feature", geometry) => self.geometry(geometry, 0).map(Some),
            (other, _) => Err(PasteError::Kind(shortened(other))),
        }
    }

    fn geometry(&mut self, value: &Value, depth: usize) -> Result<Geometry, PasteError> {
        if depth > DEEPEST {
            return Err(PasteError::TooDeep);
        }
        let at = &value["coordinates"];
        Ok(match kind(value) {
            "Point" => Point(self.coordinate(at, "Point")?).into(),
            "MultiPoint" => MultiPoint(self.line(at, "MultiPoint")?.into_iter().map(Point).collect()).into(),
            "LineString" => LineString(self.line(at, "LineString")?).into(),
            "MultiLineString" => MultiLineString(self.lines(at, "MultiLineString")?).into(),
            "Polygon" => self.polygon(at, "Polygon")?.into(),
            "MultiPolygon" => {
                let polygons = items(at, "MultiPolygon")?.iter().map(|it| self.polygon(it, "MultiPolygon"));
                MultiPolygon(polygons.collect::<Result<_, _>>()?).into()
            }
            "GeometryCollection" => {
                let members = items(&value["geometries"], "GeometryCollection")?.iter().map(|it| self.geometry(it, depth + 1));
                Geometry::GeometryCollection(GeometryCollection(members.collect::<Result<_, _>>()?))
            }
            other => return Err(PasteError::Kind(shortened(other))),
        })
    }

    fn polygon(&mut self, value: &Value, kind: &'static str) -> Result<Polygon, PasteError> {
        let mut rings = self.lines(value, kind)?.into_iter();
        let outer = rings.next().unwrap_or_else(LineString::empty);
        Ok(Polygon::new(outer, rings.collect()))
    }

    fn lines(&mut self, value: &Value, kind: &'static str) -> Result<Vec<LineString>, PasteError> {
        items(value, kind)?.iter().map(|it| self.line(it, kind).map(LineString)).collect()
    }

    fn line(&mut self, value: &Value, kind: &'static str) -> Result<Vec<Coord>, PasteError> {
        items(value, kind)?.iter().map(|it| self.coordinate(it, kind)).collect()
    }

    fn coordinate(&mut self, value: &Value, kind: &'static str) -> Result<Coord, PasteError> {
        let numbers = items(value, kind)?;
        let number = |ix: usize| numbers.get(ix).and_then(Value::as_f64).ok_or(PasteError::Malformed(kind));
        let (lon, lat) = (number(0)?, number(1)?);
        self.dropped_heights |= numbers.len() > 2;
        let inside = (-360.0..=360.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if inside { Ok(Coord { x: lon, y: lat }) } else { Err(PasteError::OutOfRange { lon, lat }) }
    }
}

fn items<'a>(value: &'a Value, kind: &'static str) -> Result<&'a [Value], PasteError> {
    value.as_array().map(Vec::as_slice).ok_or(PasteError::Malformed(kind))
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wkts(text: &str) -> Vec<String> {
        read(text).unwrap_or_else(|error| panic!("{text}: {error}")).geometries.iter().map(wkt::to_wkt).collect()
    }

    #[test]
    fn each_kind_of_text_is_known_by_its_beginning() {
        assert_eq!(wkts("44.95N 34.1E"), ["POINT (34.1 44.95)"]);
        assert_eq!(wkts("point(34.1 44.95)"), ["POINT (34.1 44.95)"]);
        assert_eq!(wkts(r#"{"type":"Point","coordinates":[34.1,44.95]}"#), ["POINT (34.1 44.95)"]);
    }

    #[test]
    fn features_give_their_shapes() {
        let line = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4,500]]}}"#;
        let none = r#"{"type":"Feature","properties":{},"geometry":null}"#;
        let all = format!(r#"{{"type":"FeatureCollection","features":[{line},{none}]}}"#);
        assert_eq!(wkts(&all), ["LINESTRING (1 2, 3 4)"]);
        assert_eq!(read(&all).unwrap().notices, ["heights are left out"]);
        assert_eq!(geojson(none), Err(PasteError::Nothing));
        let polygon = r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[2,1],[3,1],[3,2],[2,1]]]}"#;
        assert_eq!(wkts(polygon), ["POLYGON ((0 0, 9 0, 9 9, 0 0), (2 1, 3 1, 3 2, 2 1))"]);
        let many = format!(r#"{{"type":"GeometryCollection","geometries":[{{"type":"MultiPoint","coordinates":[[1,2]]}},{polygon}]}}"#);
        assert!(wkts(&many)[0].starts_with("GEOMETRYCOLLECTION (MULTIPOINT ((1 2)), POLYGON"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |text: &str| read(text).unwrap_err();
        assert!(matches!(error("{"), PasteError::Json(_)));
        assert_eq!(error("{}"), PasteError::Kind(String::new()));
        assert_eq!(error(r#"{"type":"Point","coordinates":[1]}"#), PasteError::Malformed("Point"));
        assert_eq!(error(r#"{"type":"Point","coordinates":["a",2]}"#), PasteError::Malformed("Point"));
        assert_eq!(error(r#"{"type":"Point","coordinates":[1,2000]}"#), PasteError::OutOfRange { lon: 1.0, lat: 2000.0 });
        assert!(matches!(error("POINT(1"), PasteError::Wkt(_)));
        assert!(matches!(error("Kyiv"), PasteError::Coordinates(_)));
        let nested = |depth: usize| format!("{}{}", r#"{"type":"GeometryCollection","geometries":["#.repeat(depth), "]}".repeat(depth));
        assert_eq!(error(&nested(50)), PasteError::TooDeep);
        assert!(matches!(error(&nested(5000)), PasteError::Json(_)));
    }
}
