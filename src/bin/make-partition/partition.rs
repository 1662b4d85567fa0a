//! The way from the source to the partition, step by step.

use crate::arcs::Arcs;
use crate::areas::{AreaRow, CountryFaces, How, Region};
use crate::assemble::{self, Unit};
use crate::cut::cut;
use crate::cuts::{self, Cut};
use crate::edges::{Edge, HalfEdge, join};
use crate::faces::{Face, faces};
use crate::grid::{Point, edges_of};
use crate::lines::{Outlines, Piece, is_beside, with_ends_tied, without_retraced};
use crate::source::{Source, SourceUnit};
use crate::write::Document;
use anyhow::{Context, Result, ensure};
use border_atlas::geometry::{ArcIx, Polygon, UnitIx, UnitSet};
use border_atlas::model::Partition;
use border_atlas::model::units::{NamedSets, UnitExpr};
use std::collections::{BTreeMap, BTreeSet};

/// The text of `world.topo.json`.
///
/// # Errors
/// Where the source, the cuts or the table cannot be followed.
pub fn topojson_from(source: &Source, cuts: &[Cut], rows: &[AreaRow]) -> Result<String> {
    let outlines = province_edges(&source.units)?;
    let own = cuts::pieces_of(cuts);
    let pieces = [pieces_of(source), own.clone()].concat();
    let countries = country_numbers(&source.units);
    let country_faces = CountryFaces::new(&outlines, &pieces, |unit| countries[unit as usize])?;
    let (names, regions) = regions_from(rows, &country_faces)?;
    let faces = province_faces(&outlines, &pieces)?;
    let units = assemble::units_from(faces, &assemble::province_ids(&source.units), &countries, &regions);
    let document = document_from(&source.units, &units, &own)?;
    let mut areas: Vec<Vec<String>> = units.iter().map(|unit| unit.regions.iter().map(|&ix| names[ix].clone()).collect()).collect();
    // The sets of units in the table are looked up in the partition as it is so far.
    let partition = partition_from(&document, &areas)?;
    add_unit_areas(&mut areas, rows, &partition)?;
    let partition = partition_from(&document, &areas)?;
    document.to_topojson(&areas, &named_lines(rows, &partition)?)
}

fn partition_from(document: &Document, areas: &[Vec<String>]) -> Result<Partition> {
    Ok(Partition::from_topojson(&document.to_topojson(areas, &BTreeMap::new())?)?)
}

/// The edges between provinces, labelled with their numbers.
fn province_edges(provinces: &[SourceUnit]) -> Result<Vec<Edge>> {
    let halves = (0..).zip(provinces).flat_map(|(label, province)| {
        let edges = province.rings.iter().flat_map(|ring| edges_of(ring));
        edges.map(move |(from, to)| HalfEdge { label, from, to })
    });
    join(halves)
}

fn pieces_of(source: &Source) -> Vec<Piece> {
    let ends = source.lines.iter().flat_map(|line| line.windows(2)).map(|ends| [ends[0], ends[1]]);
    ends.filter(|[a, b]| a != b).collect()
}

/// For each province the number of its country.
fn country_numbers(provinces: &[SourceUnit]) -> Vec<u32> {
    let codes: BTreeSet<&str> = provinces.iter().map(|province| province.country.as_str()).collect();
    let numbers: BTreeMap<&str, u32> = codes.into_iter().zip(0..).collect();
    provinces.iter().map(|province| numbers[province.country.as_str()]).collect()
}

/// The provinces cut along every line that does not merely retrace an outline.
fn province_faces(outlines: &[Edge], pieces: &[Piece]) -> Result<Vec<Face>> {
    let index = Outlines::new(outlines);
    let free = without_retraced(&with_ends_tied(pieces, &index), &index);
    cut(outlines, &with_ends_tied(&free, &index))
}

fn regions_from(rows: &[AreaRow], faces: &CountryFaces) -> Result<(Vec<String>, Vec<Region>)> {
    let mut found = (Vec::new(), Vec::new());
    for row in rows {
        if let How::Faces { seeds, within } = &row.how {
            let region = faces.region(seeds, within).with_context(|| format!("area {}", row.name))?;
            eprintln!("{:24} {:12.1} km2 between outlines and lines", row.name, region.area_km2());
            found.0.push(row.name.clone());
            found.1.push(region);
        }
    }
    Ok(found)
}

/// Puts the units together from their faces, so that cuts that no unit needed are gone, and follows their arcs.
fn document_from<'a>(provinces: &'a [SourceUnit], units: &'a [Unit], own: &[Piece]) -> Result<Document<'a>> {
    let halves =
        (0..).zip(units).flat_map(|(label, unit)| unit.faces.iter().flat_map(Face::halves).map(move |half| HalfEdge { label, ..half }));
    let edges = join(halves)?;
    let arcs = Arcs::new(&edges);
    let mut polygons: Vec<Vec<Polygon>> = vec![Vec::new(); units.len()];
    for face in faces(edges.iter().flat_map(Edge::halves)) {
        let polygon = arcs.polygon(&face).with_context(|| format!("unit {}", units[face.label as usize].id))?;
        polygons[face.label as usize].push(polygon);
    }
    let empty = polygons.iter().position(Vec::is_empty);
    ensure!(empty.is_none(), "{} has no land", units[empty.unwrap_or_default()].id);
    let approximate = approximate_arcs(&edges, units, own, &arcs);
    Ok(Document { provinces, units, polygons, arcs, approximate })
}

/// The arcs that come of lines of our own: between two parts of one province, and all along beside such a line. They lie beside it rather
/// than on it where an end was led to an outline.
fn approximate_arcs(edges: &[Edge], units: &[Unit], own: &[Piece], arcs: &Arcs) -> Vec<bool> {
    let province = |side: Option<u32>| side.map(|unit| units[unit as usize].province);
    let within_one = edges.iter().filter(|edge| edge.left.is_some() && province(edge.left) == province(edge.right));
    let inner: BTreeSet<Piece> = within_one.map(|edge| [edge.a, edge.b]).collect();
    let of_one_province = |arc: &[Point]| inner.contains(&[arc[0].min(arc[1]), arc[0].max(arc[1])]);
    arcs.arcs.iter().map(|arc| of_one_province(arc) && arc.iter().all(|&point| is_beside(point, own))).collect()
}

fn add_unit_areas(areas: &mut [Vec<String>], rows: &[AreaRow], partition: &Partition) -> Result<()> {
    for row in rows {
        if let How::Units(text) = &row.how {
            for unit in resolved(text, partition).with_context(|| format!("area {}", row.name))?.iter() {
                areas[unit.index()].push(row.name.clone());
            }
        }
    }
    areas.iter_mut().for_each(|names| names.sort());
    Ok(())
}

fn named_lines(rows: &[AreaRow], partition: &Partition) -> Result<BTreeMap<String, Vec<ArcIx>>> {
    let mut lines = BTreeMap::new();
    for row in rows {
        let arcs = match &row.how {
            How::Outline(units) => outline(partition, &resolved(units, partition)?),
            How::Between(one, other) => between(partition, &resolved(one, partition)?, &resolved(other, partition)?),
            How::Faces { .. } | How::Units(_) => continue,
        };
        ensure!(!arcs.is_empty(), "the line {} is empty", row.name);
        lines.insert(row.name.clone(), arcs);
    }
    Ok(lines)
}

fn outline(partition: &Partition, units: &UnitSet) -> Vec<ArcIx> {
    partition.topology.outline_arcs(units).map(|walk| walk.arc()).filter(|&arc| !partition.topology.arc(arc).seam).collect()
}

fn between(partition: &Partition, one: &UnitSet, other: &UnitSet) -> Vec<ArcIx> {
    let side = |unit: UnitIx| (one.contains(unit), other.contains(unit));
    let runs_between = |arc: &ArcIx| {
        let arc = partition.topology.arc(*arc);
        let sides = [arc.left, arc.right].map(|it| it.map(side));
        matches!(sides, [Some((true, _)), Some((_, true))] | [Some((_, true)), Some((true, _))])
    };
    partition.topology.arc_ixs().filter(runs_between).collect()
}

fn resolved(text: &str, partition: &Partition) -> Result<UnitSet> {
    Ok(UnitExpr::parse(text)?.resolve(partition, &NamedSets::new())?.into_iter().collect())
}
