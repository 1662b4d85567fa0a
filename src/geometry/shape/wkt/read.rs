//! The reading of well-known text: a small parser that never goes deeper than [`DEEPEST`].

use super::{DEEPEST, Read, WktError};
use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

/// Reads one shape in well-known text, longitude first.
///
/// # Errors
/// Where the text is no such shape, with the place and what should stand there.
pub fn from_wkt(text: &str) -> Result<Read, WktError> {
    if text.trim().is_empty() {
        return Err(WktError::Empty);
    }
    let mut reader = Reader { text, at: 0, dropped_heights: false };
    reader.srid()?;
    let geometry = reader.geometry(0)?;
    reader.skip_spaces();
    if reader.at < text.len() {
        return Err(reader.expected("the end"));
    }
    Ok(Read { geometry, dropped_heights: reader.dropped_heights })
}

struct Reader<'a> {
    text: &'a str,
    /// Bytes read so far; always at the start of a character.
    at: usize,
    dropped_heights: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_spaces();
        self.rest().chars().next()
    }

    /// Takes the next character if it is this one.
    fn took(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        if is_next {
            self.at += wanted.len_utf8();
        }
        is_next
    }

    fn expected(&self, wanted: &'static str) -> WktError {
        let rest = self.rest().trim_start();
        let found: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
        let at = self.text[..self.text.len() - rest.len()].chars().count() + 1;
        WktError::Expected { at, wanted, found: if found.is_empty() { "the end".into() } else { found } }
    }

    fn word(&mut self) -> String {
        self.skip_spaces();
        let length = self.rest().find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_ascii_uppercase();
        self.at += length;
        word
    }

    /// Passes over `SRID=4326;`.
    fn srid(&mut self) -> Result<(), WktError> {
        self.skip_spaces();
        let Some((head, _)) = self.rest().split_once(';') else { return Ok(()) };
        let Some((word, number)) = head.split_once('=') else { return Ok(()) };
        if !word.trim().eq_ignore_ascii_case("srid") {
            return Ok(());
        }
        if number.trim() != "4326" {
            return Err(WktError::Srid(number.trim().chars().take(20).collect()));
        }
        self.at += head.len() + 1;
        Ok(())
    }

    fn geometry(&mut self, depth: usize) -> Result<Geometry, WktError> {
        if depth > DEEPEST {
            return Err(WktError::TooDeep);
        }
        self.skip_spaces();
        let before = self.at;
        let word = self.word();
        let kind = without_dimension(&word);
        if kind.is_empty() {
            self.at = before;
            return Err(self.expected("a kind of shape"));
        }
        let empty = self.dimension_and_empty();
        Ok(match kind {
            "POINT" if empty => MultiPoint(Vec::new()).into(),
            "POINT" => self.point()?.into(),
            "LINESTRING" => self.unless(empty, Self::line)?.unwrap_or_else(LineString::empty).into(),
            "POLYGON" => self.unless(empty, Self::polygon)?.unwrap_or_else(Polygon::empty).into(),
            "MULTIPOINT" => MultiPoint(self.list_unless(empty, Self::loose_point)?).into(),
            "MULTILINESTRING" => MultiLineString(self.list_unless(empty, Self::line_or_empty)?).into(),
            "MULTIPOLYGON" => MultiPolygon(self.list_unless(empty, Self::polygon_or_empty)?).into(),
            "GEOMETRYCOLLECTION" => Geometry::GeometryCollection(GeometryCollection(self.list_unless(empty, |it| it.geometry(depth + 1))?)),
            _ => return Err(WktError::Kind(word.chars().take(40).collect())),
        })
    }

    /// Passes over `Z`, `M`, `ZM` after the kind; true where `EMPTY` follows.
    fn dimension_and_empty(&mut self) -> bool {
        self.skip_spaces();
        let before = self.at;
        let word = self.word();
        match word.as_str() {
            "EMPTY" => true,
            "Z" | "M" | "ZM" => self.took_empty(),
            _ => {
                self.at = before;
                false
            }
        }
    }

    fn took_empty(&mut self) -> bool {
        self.skip_spaces();
        let before = self.at;
        let is_empty = self.word() == "EMPTY";
        if !is_empty {
            self.at = before;
        }
        is_empty
    }

    fn unless<T>(&mut self, empty: bool, one: impl FnOnce(&mut Self) -> Result<T, WktError>) -> Result<Option<T>, WktError> {
        if empty { Ok(None) } else { one(self).map(Some) }
    }

    fn list_unless<T>(&mut self, empty: bool, one: impl FnMut(&mut Self) -> Result<T, WktError>) -> Result<Vec<T>, WktError> {
        if empty { Ok(Vec::new()) } else { self.list(one) }
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, WktError>) -> Result<Vec<T>, WktError> {
        if !self.took('(') {
            return Err(self.expected("`(`"));
        }
        let mut items = vec![one(self)?];
        while self.took(',') {
            items.push(one(self)?);
        }
        if self.took(')') { Ok(items) } else { Err(self.expected("`,` or `)`")) }
    }

    fn point(&mut self) -> Result<Point, WktError> {
        if !self.took('(') {
            return Err(self.expected("`(`"));
        }
        let at = self.coordinate()?;
        if self.took(')') { Ok(Point(at)) } else { Err(self.expected("`)`")) }
    }

    /// A point of a MULTIPOINT, with brackets of its own or without.
    fn loose_point(&mut self) -> Result<Point, WktError> {
        if self.peek() == Some('(') { self.point() } else { self.coordinate().map(Point) }
    }

    fn line(&mut self) -> Result<LineString, WktError> {
        self.list(Self::coordinate).map(LineString)
    }

    fn line_or_empty(&mut self) -> Result<LineString, WktError> {
        if self.took_empty() { Ok(LineString::empty()) } else { self.line() }
    }

    fn polygon(&mut self) -> Result<Polygon, WktError> {
        let mut rings = self.list(Self::line_or_empty)?.into_iter();
        let outer = rings.next().unwrap_or_else(LineString::empty);
        Ok(Polygon::new(outer, rings.collect()))
    }

    fn polygon_or_empty(&mut self) -> Result<Polygon, WktError> {
        if self.took_empty() { Ok(Polygon::empty()) } else { self.polygon() }
    }

    fn coordinate(&mut self) -> Result<Coord, WktError> {
        let (lon, lat) = (self.number()?, self.number()?);
        while !matches!(self.peek(), Some(',' | ')') | None) {
            self.number()?;
            self.dropped_heights = true;
        }
        // A shape drawn over the antimeridian may run on past 180; validity says so and mends it.
        let inside = (-360.0..=360.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if inside { Ok(Coord { x: lon, y: lat }) } else { Err(WktError::OutOfRange { lon, lat }) }
    }

    fn number(&mut self) -> Result<f64, WktError> {
        self.skip_spaces();
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
        let length = self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
        let number = self.rest()[..length].parse::<f64>().ok().filter(|number| number.is_finite());
        let number = number.ok_or_else(|| self.expected("a number"))?;
        self.at += length;
        Ok(number)
    }
}

/// `POINTZ` is `POINT`; no kind itself ends in Z or M.
fn without_dimension(word: &str) -> &str {
    word.trim_end_matches(['Z', 'M'])
}
