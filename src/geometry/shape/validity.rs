//! What is wrong with a shape as it is drawn, in words and with the place.
//!
//! What can be put right without asking is [`Fault::is_mendable`] and done by [`super::mend`]; the rest needs a person. Two rings may touch in single points,
//! and parts may share edges.

mod crossings;

use super::antimeridian::{cut_at_antimeridian, leaps, running_on};
use super::linework::{Linework, extent};
use super::region::rings_from_polygon;
use super::vertex::VertexIx;
use super::{coordinates, ops};
use crate::geometry::LonLat;
use geo::{Area, Contains, Coord, InteriorPoint, Intersects, Line, LineString, LinesIter, MultiLineString, MultiPolygon, Polygon};
use std::fmt;

pub(super) use crossings::{Crossing, crossings};

/// An area as it is drawn: polygons, each a list of rings, the outline first; a ring as `[lon, lat]`, closed or not.
pub type Drawn = [Vec<Vec<[f64; 2]>>];

/// Overlaps smaller than this share of the smaller shape are rounding.
const LEAST_OVERLAP: f64 = 1e-7;
/// A ring around less than this, in square degrees, is a line.
pub(super) const LEAST_AREA: f64 = 1e-14;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Which part and ring, and the point where it is or begins.
    pub ix: VertexIx,
    /// Where; `None` where it is nowhere on the map.
    pub at: Option<LonLat>,
}

/// What may be wrong with a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A coordinate that is no number.
    NotANumber,
    /// Fewer than three different points in an area, two in a line.
    TooFewPoints,
    /// The last point of a ring is not its first.
    Unclosed,
    /// A point twice in a row.
    DuplicatePoint,
    /// The line goes out and back the same way.
    Spike,
    /// The outline runs through itself or along itself.
    CrossesItself,
    /// The outline comes by one of its points again.
    TouchesItself,
    /// A ring around nothing.
    NoArea,
    /// The outline runs clockwise, or a hole counter-clockwise.
    WrongWay,
    /// A hole that lies outside the outline, at least in part.
    HoleOutside,
    /// Two holes cover the same ground.
    HolesOverlap,
    /// Two parts cover the same ground.
    PartsOverlap,
    /// A latitude beyond a pole.
    LatitudePast90,
    /// A longitude beyond 180 degrees.
    LongitudePast180,
    /// An edge leaps over the antimeridian.
    CrossesAntimeridian,
}

impl FaultKind {
    /// True where [`super::mend`] puts it right.
    pub const fn is_mendable(self) -> bool {
        matches!(
            self,
            Self::Unclosed | Self::DuplicatePoint | Self::Spike | Self::WrongWay | Self::LongitudePast180 | Self::CrossesAntimeridian
        )
    }

    const fn words(self) -> &'static str {
        match self {
            Self::NotANumber => "a coordinate is no number",
            Self::TooFewPoints => "there are too few different points",
            Self::Unclosed => "the outline is not closed",
            Self::DuplicatePoint => "a point stands twice in a row",
            Self::Spike => "the line runs out and back the same way",
            Self::CrossesItself => "the outline crosses itself",
            Self::TouchesItself => "the outline touches itself",
            Self::NoArea => "the outline encloses nothing",
            Self::WrongWay => "the ring runs the wrong way round",
            Self::HoleOutside => "a hole lies outside its outline",
            Self::HolesOverlap => "two holes overlap",
            Self::PartsOverlap => "two parts overlap",
            Self::LatitudePast90 => "a latitude lies beyond a pole",
            Self::LongitudePast180 => "a longitude lies past 180 degrees",
            Self::CrossesAntimeridian => "the line crosses the antimeridian and must be cut there",
        }
    }
}

impl Fault {
    /// True where [`super::mend`] puts it right.
    pub const fn is_mendable(&self) -> bool {
        self.kind.is_mendable()
    }

    fn new(kind: FaultKind, ix: VertexIx, at: Coord) -> Self {
        let at = (at.x.is_finite() && at.y.is_finite()).then(|| LonLat::new(at.x, at.y));
        Self { kind, ix, at }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.words())?;
        match self.at {
            Some(at) => write!(f, ", at {}", coordinates::degrees_minutes_seconds(at, 0)),
            None => Ok(()),
        }
    }
}

/// What is wrong with an area as it is drawn, part by part; empty for a valid one, and for no parts.
pub fn area_faults(parts: &Drawn) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (part, rings) in parts.iter().enumerate() {
        if rings.is_empty() {
            faults.push(Fault { kind: FaultKind::TooFewPoints, ix: VertexIx { part, ..VertexIx::default() }, at: None });
        }
        for (ring, points) in rings.iter().enumerate() {
            ring_faults(&coords(points), VertexIx { part, ring, vertex: 0 }, &mut faults);
        }
    }
    // Rings that are broken themselves are not compared with each other.
    if faults.iter().all(|fault| fault.is_mendable() || fault.kind == FaultKind::TouchesItself) {
        let polygons: Vec<Polygon> = parts.iter().map(|rings| polygon(rings)).collect();
        polygons.iter().enumerate().for_each(|(part, polygon)| hole_faults(polygon, part, &mut faults));
        overlaps_of_parts(&polygons, &mut faults);
    }
    faults
}

/// The same for a shape of the `geo` crate.
pub fn faults_of(area: &MultiPolygon) -> Vec<Fault> {
    area_faults(&area.0.iter().map(rings_from_polygon).collect::<Vec<_>>())
}

/// What is wrong with lines. Lines may cross themselves and each other.
pub fn line_faults(lines: &MultiLineString) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (part, line) in lines.0.iter().enumerate() {
        let ix = VertexIx { part, ring: 0, vertex: 0 };
        if place_faults(&line.0, ix, &mut faults) {
            point_faults(&line.0, (ix, 2), &mut faults);
        }
    }
    faults
}

fn coords(points: &[[f64; 2]]) -> Vec<Coord> {
    points.iter().map(|&at| Coord::from(at)).collect()
}

fn ring_faults(points: &[Coord], ix: VertexIx, faults: &mut Vec<Fault>) {
    if !place_faults(points, ix, faults) {
        return;
    }
    let mut ring = points.to_vec();
    if let (Some(&first), Some(&last)) = (points.first(), points.last())
        && (first != last || points.len() == 1)
    {
        faults.push(Fault::new(FaultKind::Unclosed, VertexIx { vertex: points.len() - 1, ..ix }, last));
        ring.push(first);
    }
    if !point_faults(&ring, (ix, 4), faults) {
        return;
    }
    let flat = running_on(&ring);
    let is_around_pole = (flat[0].x - flat[flat.len() - 1].x).abs() > 180.0;
    let met = crossings(&flat);
    // A ring that runs through itself goes neither way round.
    let has_direction = !is_around_pole && met.iter().all(|it| it.touches);
    for Crossing { vertex, at, touches } in met {
        let kind = if touches { FaultKind::TouchesItself } else { FaultKind::CrossesItself };
        faults.push(Fault::new(kind, VertexIx { vertex, ..ix }, at));
    }
    let area = doubled_area(&flat);
    if has_direction && area.abs() < LEAST_AREA {
        faults.push(Fault::new(FaultKind::NoArea, ix, ring[0]));
    } else if has_direction && (area > 0.0) != (ix.ring == 0) {
        faults.push(Fault::new(FaultKind::WrongWay, ix, ring[0]));
    }
}

/// Twice the area that a closed ring runs around, positive where counter-clockwise.
pub(super) fn doubled_area(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    let cross = |a: Coord, b: Coord| (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    ring.windows(2).map(|edge| cross(edge[0], edge[1])).sum()
}

/// Numbers that are none or out of range; false where nothing more can be said.
fn place_faults(points: &[Coord], ix: VertexIx, faults: &mut Vec<Fault>) -> bool {
    for (vertex, &at) in points.iter().enumerate() {
        let kind = match at {
            _ if !(at.x.is_finite() && at.y.is_finite()) => FaultKind::NotANumber,
            _ if at.y.abs() > 90.0 => FaultKind::LatitudePast90,
            _ if at.x.abs() > 180.0 => FaultKind::LongitudePast180,
            _ => continue,
        };
        faults.push(Fault::new(kind, VertexIx { vertex, ..ix }, at));
    }
    points.iter().all(|at| at.x.is_finite() && at.y.is_finite())
}

/// Points twice in a row, spikes, leaps; false where fewer than `least` points are left (a ring repeats its first).
fn point_faults(points: &[Coord], (ix, least): (VertexIx, usize), faults: &mut Vec<Fault>) -> bool {
    for (vertex, edge) in points.windows(2).enumerate() {
        let ix = VertexIx { vertex, ..ix };
        if edge[0] == edge[1] {
            faults.push(Fault::new(FaultKind::DuplicatePoint, ix, edge[0]));
        } else if leaps(edge[0], edge[1]) {
            faults.push(Fault::new(FaultKind::CrossesAntimeridian, ix, edge[0]));
        }
    }
    let mut different = points.to_vec();
    different.dedup();
    if different.len() < least {
        faults.push(Fault::new(FaultKind::TooFewPoints, ix, points.first().copied().unwrap_or(Coord { x: f64::NAN, y: f64::NAN })));
        return false;
    }
    let flat = running_on(&different);
    if least > 2 {
        let spikes = spikes(&flat).into_iter().map(|vertex| Fault::new(FaultKind::Spike, VertexIx { vertex, ..ix }, different[vertex]));
        faults.extend(spikes);
    }
    true
}

/// The points of a closed ring where it turns straight back, by their numbers.
pub(super) fn spikes(ring: &[Coord]) -> Vec<usize> {
    let count = ring.len() - 1;
    let turns_back = |&ix: &usize| {
        let (before, after) = (ring[(ix + count - 1) % count] - ring[ix], ring[(ix + 1) % count] - ring[ix]);
        let (cross, dot) = (before.x * after.y - before.y * after.x, before.x * after.x + before.y * after.y);
        dot > 0.0 && cross.abs() <= 1e-12 * dot
    };
    (0..count).filter(turns_back).collect()
}

/// A polygon whose longitudes run on, from rings that are closed or not.
fn polygon(rings: &[Vec<[f64; 2]>]) -> Polygon {
    let mut rings = rings.iter().map(|ring| LineString(coords(ring)));
    Polygon::new(rings.next().unwrap_or_else(LineString::empty), rings.collect())
}

fn cut(polygon: &Polygon) -> MultiPolygon {
    cut_at_antimeridian(&MultiPolygon(vec![polygon.clone()]))
}

fn hole_faults(polygon: &Polygon, part: usize, faults: &mut Vec<Fault>) {
    let filled = |ring: &LineString| cut(&Polygon::new(ring.clone(), vec![]));
    let outer = if polygon.interiors().is_empty() { MultiPolygon(vec![]) } else { filled(polygon.exterior()) };
    let holes: Vec<MultiPolygon> = polygon.interiors().iter().map(filled).collect();
    for (hole, shape) in holes.iter().enumerate() {
        let ix = VertexIx { part, ring: hole + 1, vertex: 0 };
        faults.extend(found_overlap(&ops::difference(shape, &outer), shape).map(|at| Fault::new(FaultKind::HoleOutside, ix, at)));
        for other in holes[..hole].iter().filter(|other| boxes_meet(*other, shape)) {
            faults.extend(found_overlap(&ops::intersection(shape, other), shape).map(|at| Fault::new(FaultKind::HolesOverlap, ix, at)));
        }
    }
}

fn overlaps_of_parts(polygons: &[Polygon], faults: &mut Vec<Fault>) {
    if polygons.len() < 2 {
        return;
    }
    let parts: Vec<MultiPolygon> = polygons.iter().map(cut).collect();
    for (part, shape) in parts.iter().enumerate() {
        for other in parts[..part].iter().filter(|other| may_overlap(other, shape)) {
            let ix = VertexIx { part, ..VertexIx::default() };
            let smaller = if other.unsigned_area() < shape.unsigned_area() { other } else { shape };
            faults.extend(found_overlap(&ops::intersection(shape, other), smaller).map(|at| Fault::new(FaultKind::PartsOverlap, ix, at)));
        }
    }
}

fn boxes_meet(one: &impl Linework, other: &impl Linework) -> bool {
    match (extent(one), extent(other)) {
        (Some([w, s, e, n]), Some([west, south, east, north])) => w < east && west < e && s < north && south < n,
        _ => false,
    }
}

/// False where two areas surely cover no common ground: their outlines do not meet, and neither holds a point of the other. Cheaper by far than clipping,
/// for countries with hundreds of islands.
fn may_overlap(one: &MultiPolygon, other: &MultiPolygon) -> bool {
    let (Some([w, s, e, n]), Some([west, south, east, north])) = (extent(one), extent(other)) else { return false };
    let (west, south, east, north) = (w.max(west), s.max(south), e.min(east), n.min(north));
    if west >= east || south >= north {
        return false;
    }
    let edges = |shape: &MultiPolygon| -> Vec<Line> {
        let in_both = |edge: &Line| {
            let ((a, b), (c, d)) = ((edge.start.x, edge.end.x), (edge.start.y, edge.end.y));
            a.max(b) >= west && a.min(b) <= east && c.max(d) >= south && c.min(d) <= north
        };
        shape.lines_iter().filter(in_both).collect()
    };
    let (of_one, of_other) = (edges(one), edges(other));
    // Where the outlines do not meet, one point of each piece stands for all of it.
    let firsts = |of: &MultiPolygon| of.0.iter().filter_map(|piece| piece.exterior().0.first().copied()).collect::<Vec<Coord>>();
    let holds = |shape: &MultiPolygon, of: &MultiPolygon| firsts(of).iter().any(|at| shape.contains(at));
    of_one.iter().any(|edge| of_other.iter().any(|it| edge.intersects(it))) || holds(one, other) || holds(other, one)
}

/// A place inside what should be empty, where it is more than rounding.
fn found_overlap(overlap: &MultiPolygon, of: &MultiPolygon) -> Option<Coord> {
    let counts = overlap.unsigned_area() > of.unsigned_area() * LEAST_OVERLAP;
    counts.then(|| overlap.interior_point()).flatten().map(|at| at.0)
}

#[cfg(test)]
mod tests;
