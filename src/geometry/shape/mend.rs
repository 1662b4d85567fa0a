//! Putting right what can be put right without asking: nothing that a person meant is changed.

use super::antimeridian::{crosses_antimeridian, cut_at_antimeridian, cut_lines_at_antimeridian, running_on};
use super::validity::{Drawn, Fault, LEAST_AREA, doubled_area, faults_of, line_faults, spikes};
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use std::fmt;

/// What was put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mend {
    /// Rings that were open are closed.
    Closed,
    /// Points twice in a row stand once.
    DuplicatesDropped,
    /// What ran out and back the same way is gone.
    SpikesDropped,
    /// Holes around nothing are gone.
    EmptyHolesDropped,
    /// Outlines run counter-clockwise and holes clockwise (RFC 7946, section 3.1.6).
    Turned,
    /// Cut at 180 degrees.
    CutAtAntimeridian,
}

impl fmt::Display for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the outline was closed",
            Self::DuplicatesDropped => "points that stood twice in a row were dropped",
            Self::SpikesDropped => "what ran out and back the same way was dropped",
            Self::EmptyHolesDropped => "holes around nothing were dropped",
            Self::Turned => "rings were turned to run the right way round",
            Self::CutAtAntimeridian => "the shape was cut at 180 degrees",
        })
    }
}

/// A shape after mending.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended<S> {
    /// The shape.
    pub shape: S,
    /// What was done, each once, in order; empty where nothing needed it.
    pub mends: Vec<Mend>,
    /// What is still wrong and needs a person.
    pub faults: Vec<Fault>,
}

/// Mends an area as it is drawn. A shape with coordinates that are no numbers or beyond a pole comes back as it is.
pub fn mended_area(parts: &Drawn) -> Mended<MultiPolygon> {
    let mut mends = Vec::new();
    let is_on_earth = parts.iter().flatten().flatten().all(|[lon, lat]| lon.is_finite() && lat.abs() <= 90.0);
    let mut shape = MultiPolygon(parts.iter().map(|rings| polygon(rings, is_on_earth, &mut mends)).collect());
    if is_on_earth {
        if crosses_antimeridian(&shape) {
            shape = cut_at_antimeridian(&shape);
            mends.push(Mend::CutAtAntimeridian);
        }
        shape = MultiPolygon(shape.0.into_iter().map(|polygon| turned(polygon, &mut Vec::new())).collect());
    }
    mends.sort_unstable();
    mends.dedup();
    let faults = faults_of(&shape);
    Mended { shape, mends, faults }
}

/// Mends lines: points twice in a row, and the antimeridian.
pub fn mended_lines(lines: &MultiLineString) -> Mended<MultiLineString> {
    let mut mends = Vec::new();
    let single = lines.0.iter().map(|line| {
        let mut points = line.0.clone();
        points.dedup();
        note(&mut mends, points.len() < line.0.len(), Mend::DuplicatesDropped);
        LineString(points)
    });
    let mut shape = MultiLineString(single.collect());
    let is_finite = shape.0.iter().flat_map(|line| &line.0).all(|at| at.x.is_finite() && at.y.is_finite());
    if is_finite && crosses_antimeridian(&shape) {
        shape = cut_lines_at_antimeridian(&shape);
        mends.push(Mend::CutAtAntimeridian);
    }
    let faults = line_faults(&shape);
    mends.sort_unstable();
    mends.dedup();
    Mended { shape, mends, faults }
}

fn note(mends: &mut Vec<Mend>, is_done: bool, mend: Mend) {
    if is_done {
        mends.push(mend);
    }
}

fn polygon(rings: &[Vec<[f64; 2]>], is_on_earth: bool, mends: &mut Vec<Mend>) -> Polygon {
    let ring = |ring: &Vec<[f64; 2]>| LineString(ring.iter().map(|&at| Coord::from(at)).collect());
    let mut rings = rings.iter().map(ring);
    let outer = rings.next().unwrap_or_else(LineString::empty);
    if !is_on_earth {
        return Polygon::new(outer, rings.collect());
    }
    let outer = mended_ring(outer, mends);
    let (holes, empty): (Vec<LineString>, Vec<LineString>) = rings
        .map(|hole| mended_ring(hole, mends))
        .partition(|hole| hole.0.len() >= 4 && doubled_area(&running_on(&hole.0)).abs() >= LEAST_AREA);
    note(mends, !empty.is_empty(), Mend::EmptyHolesDropped);
    turned(Polygon::new(outer, holes), mends)
}

fn mended_ring(ring: LineString, mends: &mut Vec<Mend>) -> LineString {
    let mut points = ring.0;
    let is_open = points.first() != points.last() || points.len() == 1;
    note(mends, is_open, Mend::Closed);
    if is_open {
        points.extend(points.first().copied());
    }
    let before = points.len();
    points.dedup();
    note(mends, points.len() < before, Mend::DuplicatesDropped);
    // Where a spike goes, its foot stands twice, and the next spike may begin; a shape that is nothing but spikes is left for a person.
    while points.len() > 4 {
        let Some(&spike) = spikes(&running_on(&points)).first() else { break };
        points.pop();
        points.remove(spike);
        points.dedup();
        points.extend(points.first().copied());
        points.dedup();
        mends.push(Mend::SpikesDropped);
    }
    LineString(points)
}

fn turned(polygon: Polygon, mends: &mut Vec<Mend>) -> Polygon {
    let (outer, holes) = polygon.into_inner();
    let mut turn = |ring: LineString, is_outer: bool| {
        let area = doubled_area(&running_on(&ring.0));
        let is_wrong = area != 0.0 && (area > 0.0) != is_outer;
        note(mends, is_wrong, Mend::Turned);
        if is_wrong { LineString(ring.0.into_iter().rev().collect()) } else { ring }
    };
    let outer = turn(outer, true);
    let holes = holes.into_iter().map(|hole| turn(hole, false)).collect();
    Polygon::new(outer, holes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::shape::validity::{FaultKind, area_faults};

    #[test]
    fn what_can_be_mended_is_and_is_said() {
        let open = vec![[9.0, 0.0], [0.0, 0.0], [0.0, 9.0], [0.0, 9.0], [9.0, 9.0], [9.0, 12.0], [9.0, 9.0]];
        let hole = vec![[1.0, 1.0], [2.0, 1.0], [1.0, 1.0]];
        let parts = [vec![open, hole]];
        let mended = mended_area(&parts);
        assert_eq!(mended.mends, [Mend::Closed, Mend::DuplicatesDropped, Mend::SpikesDropped, Mend::EmptyHolesDropped, Mend::Turned]);
        assert!(mended.faults.is_empty(), "{:?}", mended.faults);
        assert_eq!(mended.shape.0[0].exterior().0.len(), 5);
        assert!(mended.shape.0[0].interiors().is_empty());
    }

    #[test]
    fn what_is_right_stays_to_the_bit() {
        let parts = [vec![vec![[0.1, 0.2], [9.3, 0.2], [9.3, 9.7], [0.1, 0.2]]]];
        let mended = mended_area(&parts);
        assert!(mended.mends.is_empty() && mended.faults.is_empty());
        assert_eq!(super::super::region::rings_from_polygon(&mended.shape.0[0]), parts[0]);
    }

    #[test]
    fn a_shape_over_the_antimeridian_is_cut() {
        let parts = [vec![vec![[178.0, 0.0], [-178.0, 0.0], [-178.0, 3.0], [178.0, 3.0], [178.0, 0.0]]]];
        let mended = mended_area(&parts);
        assert_eq!((mended.mends, mended.shape.0.len(), mended.faults), (vec![Mend::CutAtAntimeridian], 2, vec![]));
        let line = MultiLineString(vec![LineString::from(vec![(178.0, 0.0), (178.0, 0.0), (-178.0, 0.0)])]);
        let mended = mended_lines(&line);
        assert_eq!((mended.mends, mended.shape.0.len()), (vec![Mend::DuplicatesDropped, Mend::CutAtAntimeridian], 2));
        assert!(mended.faults.is_empty());
    }

    #[test]
    fn what_needs_a_person_is_left_to_one() {
        let bow = [vec![vec![[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 3.0], [0.0, 0.0]]]];
        assert!(mended_area(&bow).faults.iter().any(|fault| fault.kind == FaultKind::CrossesItself));
        let nowhere = [vec![vec![[0.0, 0.0], [4.0, 94.0], [f64::NAN, 0.0]]]];
        let kinds: Vec<FaultKind> = mended_area(&nowhere).faults.iter().map(|fault| fault.kind).collect();
        assert!(kinds.contains(&FaultKind::NotANumber) && kinds.contains(&FaultKind::LatitudePast90), "{kinds:?}");
        for nothing in [vec![], vec![vec![]], vec![vec![], vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]]]] {
            assert!(!area_faults(std::slice::from_ref(&nothing)).is_empty());
            assert_eq!(mended_area(&[nothing]).faults[0].kind, FaultKind::TooFewPoints);
        }
    }
}
