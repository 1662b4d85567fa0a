//! Well-known text, in and out: what people copy from databases and GIS programs.
//!
//! OGC 06-103r4, with the `SRID=` of PostGIS in front. Heights and measures are read and left out, with a notice. Curves are refused.

mod read;

use geo::{Coord, Geometry, LineString, Polygon};

pub use read::from_wkt;

/// How deep collections may lie in collections.
pub const DEEPEST: usize = 32;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The shape; an empty one (`POINT EMPTY`) is an empty collection or list. Rings are closed where the text leaves them open.
    pub geometry: Geometry,
    /// True where heights or measures were left out, which is worth saying.
    pub dropped_heights: bool,
}

/// Why a text is no well-known text. Places count characters from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WktError {
    /// Nothing but spaces.
    #[error("there is nothing to read")]
    Empty,
    /// Another coordinate system than longitude and latitude on WGS84.
    #[error("the shape is in the coordinate system {0}; only 4326 (longitude and latitude) can be read")]
    Srid(String),
    /// A curve, surface or misspelt word.
    #[error("`{0}` is no kind of shape that can be read: POINT, LINESTRING, POLYGON, their MULTI forms, GEOMETRYCOLLECTION")]
    Kind(String),
    /// Something else was to come here.
    #[error("at character {at} `{found}` stands where {wanted} should")]
    Expected {
        /// The character, from 1.
        at: usize,
        /// What should stand there.
        wanted: &'static str,
        /// What does; `the end` where the text ends.
        found: String,
    },
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
}

/// The shape as well-known text, longitude first, every coordinate in full: reading it back gives the same numbers.
pub fn to_wkt(geometry: &Geometry) -> String {
    let mut text = String::new();
    write(&mut text, geometry);
    text
}

fn write(text: &mut String, geometry: &Geometry) {
    match geometry {
        Geometry::Point(it) => tagged(text, "POINT", false, |text| list(text, &[it.0], coordinate)),
        Geometry::Line(it) => write(text, &LineString(vec![it.start, it.end]).into()),
        Geometry::LineString(it) => tagged(text, "LINESTRING", it.0.is_empty(), |text| line(text, it)),
        Geometry::Polygon(it) => tagged(text, "POLYGON", it.exterior().0.is_empty(), |text| polygon(text, it)),
        Geometry::MultiPoint(it) => {
            tagged(text, "MULTIPOINT", it.0.is_empty(), |text| list(text, &it.0, |text, point| list(text, &[point.0], coordinate)));
        }
        Geometry::MultiLineString(it) => tagged(text, "MULTILINESTRING", it.0.is_empty(), |text| list(text, &it.0, line_or_empty)),
        Geometry::MultiPolygon(it) => tagged(text, "MULTIPOLYGON", it.0.is_empty(), |text| list(text, &it.0, polygon_or_empty)),
        Geometry::GeometryCollection(it) => tagged(text, "GEOMETRYCOLLECTION", it.0.is_empty(), |text| list(text, &it.0, write)),
        Geometry::Rect(it) => write(text, &it.to_polygon().into()),
        Geometry::Triangle(it) => write(text, &it.to_polygon().into()),
    }
}

fn tagged(text: &mut String, tag: &str, is_empty: bool, body: impl FnOnce(&mut String)) {
    text.push_str(tag);
    text.push(' ');
    if is_empty { text.push_str("EMPTY") } else { body(text) }
}

fn list<T>(text: &mut String, items: &[T], mut one: impl FnMut(&mut String, &T)) {
    text.push('(');
    for (ix, item) in items.iter().enumerate() {
        if ix > 0 {
            text.push_str(", ");
        }
        one(text, item);
    }
    text.push(')');
}

fn coordinate(text: &mut String, at: &Coord) {
    text.push_str(&format!("{} {}", at.x, at.y));
}

fn line(text: &mut String, line: &LineString) {
    list(text, &line.0, coordinate);
}

fn line_or_empty(text: &mut String, it: &LineString) {
    if it.0.is_empty() { text.push_str("EMPTY") } else { line(text, it) }
}

fn polygon(text: &mut String, polygon: &Polygon) {
    let rings: Vec<&LineString> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    list(text, &rings, |text, ring| line_or_empty(text, ring));
}

fn polygon_or_empty(text: &mut String, it: &Polygon) {
    if it.exterior().0.is_empty() { text.push_str("EMPTY") } else { polygon(text, it) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Geometry {
        from_wkt(text).unwrap_or_else(|error| panic!("{text}: {error}")).geometry
    }

    #[test]
    fn every_kind_comes_in_and_goes_out() {
        let texts = [
            "POINT (34.1 44.95)",
            "LINESTRING (30 10, 10 30, 40 40)",
            "LINESTRING EMPTY",
            "POLYGON ((30 10, 40 40, 20 40, 30 10), (31 30, 33 31, 30 35, 31 30))",
            "MULTIPOINT ((10 40), (40 30))",
            "MULTILINESTRING ((10 10, 20 20), EMPTY, (40 40, 30 30))",
            "MULTIPOLYGON (((30 20, 45 40, 10 40, 30 20)), ((15 5, 40 10, 10 20, 15 5)))",
            "GEOMETRYCOLLECTION (POINT (40 10), GEOMETRYCOLLECTION (LINESTRING (10 10, 20 20)), POLYGON EMPTY)",
            "GEOMETRYCOLLECTION EMPTY",
        ];
        for text in texts {
            assert_eq!(to_wkt(&read(text)), text);
        }
    }

    #[test]
    fn loose_spellings_are_read() {
        assert_eq!(to_wkt(&read(" srid=4326; point( -1.5e1   +2.5 ) ")), "POINT (-15 2.5)");
        assert_eq!(to_wkt(&read("MULTIPOINT(1 2,3 4)")), "MULTIPOINT ((1 2), (3 4))");
        assert_eq!(to_wkt(&read("POLYGON((0 0,1 0,1 1))")), "POLYGON ((0 0, 1 0, 1 1, 0 0))");
        assert_eq!(to_wkt(&read("POINT EMPTY")), "MULTIPOINT EMPTY");
        for text in ["POINT Z (1 2 3)", "POINTZ(1 2 3)", "POINT M (1 2 3)", "POINT ZM (1 2 3 4)", "POINT (1 2 3)"] {
            let read = from_wkt(text).unwrap();
            assert!(read.dropped_heights, "{text}");
            assert_eq!(to_wkt(&read.geometry), "POINT (1 2)");
        }
        assert!(!from_wkt("POINT (1 2)").unwrap().dropped_heights);
    }

    #[test]
    fn what_cannot_be_read_says_where_and_why() {
        let error = |text: &str| from_wkt(text).unwrap_err();
        assert_eq!(error(""), WktError::Empty);
        assert_eq!(error("SRID=3857;POINT(1 2)"), WktError::Srid("3857".into()));
        assert_eq!(error("CIRCULARSTRING(0 0, 1 1, 2 0)"), WktError::Kind("CIRCULARSTRING".into()));
        assert_eq!(error("POINT(4000000 5500000)"), WktError::OutOfRange { lon: 4e6, lat: 5.5e6 });
        assert!(matches!(error("POINT(1)"), WktError::Expected { at: 8, wanted: "a number", .. }));
        assert!(matches!(error("POINT(1 2"), WktError::Expected { ref found, .. } if found == "the end"));
        assert!(matches!(error("POINT(1 2) x"), WktError::Expected { wanted: "the end", .. }));
        assert!(matches!(error("POINT(nan 2)"), WktError::Expected { wanted: "a number", .. }));
        let deep = "GEOMETRYCOLLECTION(".repeat(40_000);
        assert_eq!(error(&deep), WktError::TooDeep);
    }
}
