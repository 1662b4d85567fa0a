//! The TopoJSON text as a partition.

use super::{Partition, PartitionError, UnitInfo};
use crate::geometry::LonLat;
use crate::geometry::topology::{ArcIx, ArcRef, Polygon, RawArc, RawUnit, Ring, Topology, UnitIx};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File<'a> {
    transform: Transform,
    #[serde(borrow)]
    objects: Objects<'a>,
    arcs: Vec<Vec<[i32; 2]>>,
    #[serde(borrow)]
    border_atlas: Detail<'a>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects<'a> {
    #[serde(borrow)]
    units: Collection<Unit<'a>>,
    #[serde(borrow)]
    lines: Collection<Line<'a>>,
}

#[derive(Deserialize)]
struct Collection<T> {
    geometries: Vec<T>,
}

#[derive(Deserialize)]
struct Unit<'a> {
    id: String,
    arcs: Vec<Vec<Vec<i32>>>,
    #[serde(borrow)]
    properties: UnitProperties<'a>,
}

#[derive(Deserialize)]
struct UnitProperties<'a> {
    name: String,
    country: String,
    iso_a2: String,
    area_km2: f64,
    label: [f64; 2],
    #[serde(borrow, default)]
    areas: Vec<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    arcs: Vec<Vec<i32>>,
}

/// What TopoJSON has no place for.
#[derive(Deserialize)]
struct Detail<'a> {
    /// One digit a point, one string an arc.
    #[serde(borrow)]
    ranks: Vec<Cow<'a, str>>,
    /// Numbers of the arcs that are the edge of the map.
    seams: Vec<u32>,
    /// Numbers of the arcs that come of lines of our own.
    #[serde(default)]
    approximate: Vec<u32>,
}

pub(super) fn partition_from_topojson(text: &str) -> Result<Partition, PartitionError> {
    let file: File = serde_json::from_str(text)?;
    let arcs = raw_arcs(&file)?;
    let area_lines = lines_from(&file.objects.lines.geometries, arcs.len())?;
    let (mut units, mut shapes) = (Vec::new(), Vec::new());
    let (mut areas, mut countries) = (BTreeMap::<String, Vec<UnitIx>>::new(), BTreeMap::<String, Vec<UnitIx>>::new());
    for (ix, unit) in (0..).map(UnitIx).zip(file.objects.units.geometries) {
        if units.last().is_some_and(|before: &UnitInfo| before.id >= unit.id) {
            return Err(PartitionError::UnitOrder(unit.id));
        }
        let properties = unit.properties;
        for area in properties.areas {
            areas.entry(area.into_owned()).or_default().push(ix);
        }
        countries.entry(properties.country.clone()).or_default().push(ix);
        let polygons = unit.arcs.into_iter().map(polygon_from).collect();
        shapes.push(RawUnit { polygons, area_km2: properties.area_km2, label_point: LonLat::from(properties.label) });
        units.push(UnitInfo { id: unit.id, name: properties.name, country: properties.country, iso_a2: properties.iso_a2 });
    }
    Ok(Partition { topology: Topology::new(arcs, shapes)?, units, areas, area_lines, countries })
}

fn raw_arcs(file: &File) -> Result<Vec<RawArc>, PartitionError> {
    let lines = file.arcs.iter().zip(&file.border_atlas.ranks);
    let mut arcs = Vec::with_capacity(file.arcs.len());
    for (ix, (deltas, digits)) in lines.enumerate() {
        if digits.len() != deltas.len() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(PartitionError::Ranks(ix));
        }
        let ranks = digits.bytes().map(|digit| digit - b'0').collect();
        arcs.push(RawArc { points: points_from(deltas, &file.transform), ranks, seam: false, approximate: false });
    }
    if arcs.len() < file.arcs.len() {
        return Err(PartitionError::Ranks(arcs.len()));
    }
    for &seam in &file.border_atlas.seams {
        if let Some(arc) = arcs.get_mut(seam as usize) {
            arc.seam = true;
        }
    }
    for &approximate in &file.border_atlas.approximate {
        if let Some(arc) = arcs.get_mut(approximate as usize) {
            arc.approximate = true;
        }
    }
    Ok(arcs)
}

/// Degrees from delta-coded grid steps. Divides by the whole number of steps in a degree, which gives the nearest number to
/// the decimal one (180 and not 180.00000000000003).
fn points_from(deltas: &[[i32; 2]], transform: &Transform) -> Vec<[f64; 2]> {
    let steps = transform.scale.map(|scale| (1.0 / scale).round());
    let mut at = [0, 1].map(|axis| (transform.translate[axis] * steps[axis]).round() as i64);
    let walk = deltas.iter().map(|delta| {
        [0, 1].map(|axis| {
            at[axis] += i64::from(delta[axis]);
            at[axis] as f64 / steps[axis]
        })
    });
    walk.collect()
}

fn polygon_from(rings: Vec<Vec<i32>>) -> Polygon {
    let mut rings = rings.into_iter().map(|arcs| Ring(arcs.into_iter().map(ArcRef).collect()));
    Polygon { outer: rings.next().unwrap_or_default(), holes: rings.collect() }
}

fn lines_from(lines: &[Line], arc_count: usize) -> Result<BTreeMap<String, Vec<ArcIx>>, PartitionError> {
    let mut found = BTreeMap::new();
    for line in lines {
        let arcs: Vec<ArcIx> = line.arcs.iter().flatten().map(|&walk| ArcRef(walk).arc()).collect();
        if arcs.iter().any(|arc| arc.index() >= arc_count) {
            return Err(PartitionError::Line(line.id.to_string()));
        }
        found.insert(line.id.to_string(), arcs);
    }
    Ok(found)
}
