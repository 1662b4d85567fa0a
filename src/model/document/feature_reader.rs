//! One GeoJSON feature's members, read with errors that name the field.

use geo::{Geometry, MultiLineString, MultiPolygon};
use serde_json::{Map, Value};

use crate::{
    geometry::LonLat,
    model::{Citation, PolityId, Problem, project::Common},
    time::{Date, Span},
};

/// The properties of one feature, with the name that problems give it.
pub struct FeatureReader<'a> {
    /// `feature ID`; empty for one without id.
    pub place: String,
    /// Its `properties`.
    pub properties: &'a Map<String, Value>,
    geometry: Option<&'a Value>,
}

impl<'a> FeatureReader<'a> {
    /// Opens a feature. Problems name it by its id; those of one without have no place.
    ///
    /// # Errors
    /// When it is no feature with properties.
    pub fn open(feature: &'a Value) -> Result<Self, Problem> {
        if feature.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(
                Problem::error("", "not-a-feature", "this member of `features` is no GeoJSON Feature.").hint("see RFC 7946, section 3.2.")
            );
        }
        let Some(properties) = feature.get("properties").and_then(Value::as_object) else {
            return Err(Problem::error("", "no-properties", "the feature has no properties, so nothing says what it is."));
        };
        let id = properties.get("id").and_then(Value::as_str).filter(|id| !id.trim().is_empty());
        let place = id.map_or_else(String::new, |id| format!("feature {id}"));
        Ok(Self { place, properties, geometry: feature.get("geometry").filter(|geometry| !geometry.is_null()) })
    }

    /// A problem with this feature.
    pub fn problem(&self, rule: &'static str, what: impl Into<String>) -> Problem {
        Problem::error(self.place.as_str(), rule, what)
    }

    /// A text property; empty when missing or no text.
    pub fn text(&self, key: &str) -> &'a str {
        self.properties.get(key).and_then(Value::as_str).map_or("", str::trim)
    }

    /// A text property that must be there.
    ///
    /// # Errors
    /// When it is missing or empty.
    pub fn required(&self, key: &'static str) -> Result<&'a str, Problem> {
        match self.text(key) {
            "" => Err(self.problem("missing-property", format!("`{key}` is missing or empty."))),
            text => Ok(text),
        }
    }

    /// A number property, if it is there and finite.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.properties.get(key).and_then(Value::as_f64).filter(|number| number.is_finite())
    }

    /// A list of objects or texts; empty when missing.
    pub fn list(&self, key: &str) -> &'a [Value] {
        self.properties.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The polities of a list property.
    pub fn polities(&self, key: &str) -> Vec<PolityId> {
        self.list(key).iter().filter_map(Value::as_str).map(PolityId::from).collect()
    }

    /// The citations of `sources`.
    pub fn sources(&self) -> Vec<Citation> {
        citations(self.properties.get("sources"))
    }

    /// The span of `start` and `end`.
    ///
    /// # Errors
    /// When either is no date, or the end comes first.
    pub fn span(&self) -> Result<Span, Problem> {
        Span::parse(self.text("start"), self.text("end")).map_err(|error| self.bad_date(&error.to_string()))
    }

    /// A date property.
    ///
    /// # Errors
    /// When it is missing or no date.
    pub fn date(&self, key: &'static str) -> Result<Date, Problem> {
        Date::parse(self.required(key)?).map_err(|error| self.bad_date(&error.to_string()))
    }

    fn bad_date(&self, error: &str) -> Problem {
        self.problem("bad-date", format!("{error}.")).hint("dates are EDTF: 1914, 1914-06, 1914-06-28, 1914~, 191X.")
    }

    /// What regions, lines and places have in common.
    ///
    /// # Errors
    /// When the id or name is missing or a date cannot be read.
    pub fn common(&self) -> Result<Common, Problem> {
        Ok(Common {
            id: self.required("id")?.to_owned(),
            name: self.required("name")?.to_owned(),
            names: names(self.properties.get("names")),
            span: self.span()?,
            text: self.text("text").to_owned(),
            precision_km: self.number("precision_km"),
            approximate: self.properties.get("approximate").and_then(Value::as_bool).unwrap_or(false),
            sources: self.sources(),
            note: self.text("note").to_owned(),
            layer: self.text("layer").to_owned(),
        })
    }

    fn geometry(&self) -> Result<Geometry, Problem> {
        let value = self.geometry.ok_or_else(|| self.problem("no-geometry", "the feature has no geometry."))?;
        let bad = |what: String| self.problem("bad-geometry", what).hint("see RFC 7946, section 3.1; longitude comes before latitude.");
        let read = serde_json::from_value::<geojson::Geometry>(value.clone()).map_err(|error| bad(format!("{error}.")))?;
        let geometry = Geometry::try_from(read).map_err(|error| bad(format!("{error}.")))?;
        check_coordinates(&geometry).map_err(bad)?;
        Ok(geometry)
    }

    /// The point of an event or place.
    ///
    /// # Errors
    /// When the geometry is missing, bad, or no point.
    pub fn point(&self) -> Result<LonLat, Problem> {
        match self.geometry()? {
            Geometry::Point(point) => Ok(LonLat { lon_deg: point.x(), lat_deg: point.y() }),
            other => Err(self.wrong_geometry("a Point", &other)),
        }
    }

    /// The lines of a line feature.
    ///
    /// # Errors
    /// When the geometry is missing, bad, or no line.
    pub fn lines(&self) -> Result<MultiLineString, Problem> {
        match self.geometry()? {
            Geometry::LineString(line) => Ok(MultiLineString(vec![line])),
            Geometry::MultiLineString(lines) => Ok(lines),
            other => Err(self.wrong_geometry("a LineString or MultiLineString", &other)),
        }
    }

    /// The polygons of a region.
    ///
    /// # Errors
    /// When the geometry is missing, bad, or no polygon.
    pub fn polygons(&self) -> Result<MultiPolygon, Problem> {
        let shape = match self.geometry()? {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            Geometry::MultiPolygon(polygons) => polygons,
            other => return Err(self.wrong_geometry("a Polygon or MultiPolygon", &other)),
        };
        if shape.0.is_empty() {
            return Err(self.problem("bad-ring", "the geometry has no rings at all."));
        }
        let short =
            shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).find(|ring| ring.0.len() < 4);
        match short {
            Some(ring) => Err(self.problem("bad-ring", format!("a ring has {} points; a closed ring has at least four.", ring.0.len()))),
            None => Ok(shape),
        }
    }

    fn wrong_geometry(&self, wanted: &str, found: &Geometry) -> Problem {
        let kind = match found {
            Geometry::Point(_) => "Point",
            Geometry::MultiPoint(_) => "MultiPoint",
            Geometry::Line(_) | Geometry::LineString(_) => "LineString",
            Geometry::MultiLineString(_) => "MultiLineString",
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
            Geometry::MultiPolygon(_) => "MultiPolygon",
            Geometry::GeometryCollection(_) => "GeometryCollection",
        };
        self.problem("wrong-geometry", format!("a {kind} stands where {wanted} is wanted."))
    }
}

fn check_coordinates(geometry: &Geometry) -> Result<(), String> {
    use geo::CoordsIter;
    for coord in geometry.coords_iter() {
        if coord.y.abs() > 90.0 {
            return Err(format!("latitude {} is outside -90 to 90.", coord.y));
        }
        if coord.x.abs() > 180.0 {
            return Err(format!("longitude {} is outside -180 to 180.", coord.x));
        }
    }
    Ok(())
}

/// The citations of a `sources` member: texts `id` or `id (locator)`, or objects `{id, locator | page, quote, note}`.
pub fn citations(value: Option<&Value>) -> Vec<Citation> {
    let list = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter_map(|item| match item {
            Value::String(text) => Citation::parse(text),
            Value::Object(members) => citation(members),
            _ => None,
        })
        .collect()
}

/// A citation with members of its own; `None` without an id. A `locator` goes before a `page`, and both before what stands in the id.
fn citation(members: &Map<String, Value>) -> Option<Citation> {
    let text = |key: &str| members.get(key).and_then(Value::as_str).map_or("", str::trim);
    let mut citation = Citation::parse(text("id"))?;
    let page = match members.get("page") {
        Some(Value::Number(page)) => page.to_string(),
        _ => text("page").to_owned(),
    };
    if !text("locator").is_empty() {
        citation.locator = text("locator").to_owned();
    } else if !page.is_empty() {
        citation.locator = format!("{} {page}", if page.contains(['-', '–', ',']) { "pp." } else { "p." });
    }
    citation.quote = text("quote").to_owned();
    citation.note = text("note").to_owned();
    Some(citation)
}

/// The names of a `names` member: `{party: name}`.
pub fn names(value: Option<&Value>) -> Vec<(PolityId, String)> {
    let map = value.and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(party, name)| Some((PolityId::from(party.as_str()), name.as_str()?.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_citation_is_a_text_or_says_place_quote_and_note() {
        let list = json!([
            "un-2014 (para. 5)",
            {"id": "waal-2003", "page": 112, "quote": " the first shots ", "note": "in translation"},
            {"id": "waal-2003", "page": "112-114"},
            {"id": "nato-1949 (art. 6)", "locator": "art. 5", "page": 3},
            {"id": "nato-1949 (art. 6)"},
            {"quote": "of nothing"},
            7
        ]);
        let read = citations(Some(&list));
        let places: Vec<(&str, &str)> = read.iter().map(|citation| (citation.source.as_str(), citation.locator.as_str())).collect();
        let wanted = [
            ("un-2014", "para. 5"),
            ("waal-2003", "p. 112"),
            ("waal-2003", "pp. 112-114"),
            ("nato-1949", "art. 5"),
            ("nato-1949", "art. 6"),
        ];
        assert_eq!(places, wanted);
        assert_eq!((read[1].quote.as_str(), read[1].note.as_str()), ("the first shots", "in translation"));
    }
}
