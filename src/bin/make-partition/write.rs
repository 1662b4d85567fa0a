//! The partition as TopoJSON text.

use crate::arcs::Arcs;
use crate::assemble::Unit;
use crate::faces::Face;
use crate::grid::{Point, STEPS_PER_DEGREE};
use crate::source::{SourceUnit, is_seam};
use anyhow::{Context, Result};
use border_atlas::geometry::simplify::{COARSEST, LEVELS, ranks};
use border_atlas::geometry::{ArcIx, Polygon, Ring, label};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Everything that goes into the file.
pub struct Document<'a> {
    pub provinces: &'a [SourceUnit],
    pub units: &'a [Unit],
    /// The outlines of each unit, from the same arcs.
    pub polygons: Vec<Vec<Polygon>>,
    pub arcs: Arcs,
    /// For each arc whether it comes of a line of our own.
    pub approximate: Vec<bool>,
}

impl Document<'_> {
    /// The text; `areas` are the names of the areas of each unit, `lines` the arcs of each named line.
    ///
    /// # Errors
    /// Where a unit has no land.
    pub fn to_topojson(&self, areas: &[Vec<String>], lines: &BTreeMap<String, Vec<ArcIx>>) -> Result<String> {
        let scale = format!("1e-{}", STEPS_PER_DEGREE.ilog10());
        let mut text = format!(
            "{{\"type\":\"Topology\",\"bbox\":[-180,-90,180,90],\"transform\":{{\"scale\":[{scale},{scale}],\"translate\":[0,0]}},\n\
             \"objects\":{{\"units\":{{\"type\":\"GeometryCollection\",\"geometries\":[\n"
        );
        let units = (0..self.units.len()).map(|ix| self.unit_text(ix, &areas[ix])).collect::<Result<Vec<_>>>()?;
        text += &units.join(",\n");
        text += "\n]},\"lines\":{\"type\":\"GeometryCollection\",\"geometries\":[\n";
        text += &lines.iter().map(|(name, arcs)| line_text(name, arcs)).collect::<Vec<_>>().join(",\n");
        text += "\n]}},\n\"arcs\":[\n";
        text += &self.arcs.arcs.iter().map(|arc| arc_text(arc)).collect::<Vec<_>>().join(",\n");
        let (seams, approximate) = (places_of(&self.arcs.seams), places_of(&self.approximate));
        let marks = format!("\"levels_deg\":{},\"seams\":{seams},\"approximate\":{approximate}", json!(LEVELS));
        write!(text, "\n],\n\"border_atlas\":{{{marks},\"ranks\":[\n")?;
        text += &self.arcs.arcs.iter().map(|arc| format!("\"{}\"", rank_digits(arc))).collect::<Vec<_>>().join(",\n");
        text += "\n]}}\n";
        Ok(text)
    }

    fn unit_text(&self, ix: usize, areas: &[String]) -> Result<String> {
        let (unit, polygons) = (&self.units[ix], &self.polygons[ix]);
        let province = &self.provinces[unit.province];
        let label = label_of(&unit.faces).with_context(|| format!("{} has no land", unit.id))?;
        let mut properties = json!({
            "name": province.name, "country": province.country, "iso_a2": province.iso_a2,
            "area_km2": rounded(unit.area_km2, 1e3), "label": label,
        });
        if !areas.is_empty() {
            properties["areas"] = json!(areas);
        }
        let rings: Vec<Vec<Vec<i32>>> = polygons.iter().map(|it| it.rings().map(numbers).collect()).collect();
        Ok(json!({ "type": "MultiPolygon", "id": unit.id, "properties": properties, "arcs": rings }).to_string())
    }
}

/// The places at which a mark stands, as a list of numbers.
fn places_of(marks: &[bool]) -> Value {
    marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(ix, _)| ix).collect()
}

fn numbers(ring: &Ring) -> Vec<i32> {
    ring.0.iter().map(|walk| walk.0).collect()
}

fn line_text(name: &str, arcs: &[ArcIx]) -> String {
    let parts: Vec<[u32; 1]> = arcs.iter().map(|arc| [arc.0]).collect();
    json!({ "type": "MultiLineString", "id": name, "properties": { "name": name }, "arcs": parts }).to_string()
}

/// The first point, and then the way from each point to the next.
fn arc_text(arc: &[Point]) -> String {
    let mut at = Point::new(0, 0);
    let mut text = String::from("[");
    for (ix, &point) in arc.iter().enumerate() {
        let [dx, dy] = at.to(point);
        let comma = if ix == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(text, "{comma}[{dx},{dy}]");
        at = point;
    }
    text + "]"
}

/// One digit a point. The edge of the map keeps all its points at every level: it is straight, and long edges would run round the world.
fn rank_digits(arc: &[Point]) -> String {
    if is_seam(arc[0], arc[1]) {
        return COARSEST.to_string().repeat(arc.len());
    }
    let degrees: Vec<[f64; 2]> = arc.iter().map(|point| point.to_degrees()).collect();
    ranks(&degrees).into_iter().map(|rank| rank.to_string()).collect()
}

/// A place for the name in the largest face, rounded to about 100 metres.
fn label_of(faces: &[Face]) -> Option<[f64; 2]> {
    let largest = faces.iter().max_by_key(|face| face.doubled_area())?;
    let rings: Vec<Vec<[f64; 2]>> = largest.rings().map(|ring| ring.iter().map(|point| point.to_degrees()).collect()).collect();
    let place = label::label_point(&rings)?;
    Some(place.to_array().map(|degrees| rounded(degrees, 1e3)))
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}
