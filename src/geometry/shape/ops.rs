//! Joining, subtracting and overlapping areas, on the flat map of degrees.
//!
//! The clipping itself (the `i_overlay` crate behind `geo`) works on a grid of integers over the extent of its input and drops points on straight edges.
//! So every point of a result that came from an input is put back exactly, and input points on edges of the result are put in again: what an
//! operation does not touch keeps its coordinates, and with them the borders that it shares with others.

use super::linework::{Linework, extent};
use geo::orient::{Direction, Orient};
use geo::{BooleanOps, Coord, LineString, MultiPolygon, OpType, Polygon};

/// Points nearer to each other than this are the same, however small the shape; degrees.
const SAME_POINT_DEG: f64 = 1e-9;

/// What either covers.
pub fn union(one: &MultiPolygon, other: &MultiPolygon) -> MultiPolygon {
    combined(one, other, OpType::Union)
}

/// What both cover; empty where they only touch.
pub fn intersection(one: &MultiPolygon, other: &MultiPolygon) -> MultiPolygon {
    combined(one, other, OpType::Intersection)
}

/// What `one` covers and `other` does not.
pub fn difference(one: &MultiPolygon, other: &MultiPolygon) -> MultiPolygon {
    combined(one, other, OpType::Difference)
}

/// What all cover together; empty for none.
pub fn union_of_all(shapes: &[MultiPolygon]) -> MultiPolygon {
    let originals = Originals::new(shapes);
    // The clipping tells land from holes by the way round.
    let oriented: Vec<MultiPolygon> = shapes.iter().map(|shape| shape.orient(Direction::Default)).collect();
    originals.restored(&geo::unary_union(&oriented))
}

fn combined(one: &MultiPolygon, other: &MultiPolygon, op: OpType) -> MultiPolygon {
    // The clipping crate is not asked where the answer is plain: nothing is moved then.
    match (one.0.is_empty(), other.0.is_empty()) {
        (_, true) if op != OpType::Intersection => return one.clone(),
        (true, _) if op == OpType::Union => return other.clone(),
        (true, _) | (_, true) => return MultiPolygon(Vec::new()),
        _ => {}
    }
    let originals = Originals::new(&[one.clone(), other.clone()]);
    originals.restored(&one.boolean_op(other, op))
}

/// The points of the input, from west to east, to put those of a result back onto.
pub(super) struct Originals {
    points: Vec<Coord>,
    tolerance: f64,
}

impl Originals {
    /// From the shapes that go into an operation.
    pub(super) fn new(shapes: &[MultiPolygon]) -> Self {
        let mut points = Vec::new();
        shapes.iter().for_each(|shape| shape.each_line(&mut |line| points.extend_from_slice(line)));
        points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        points.dedup();
        let [west, south, east, north] = extent(&LineString(points.clone())).unwrap_or_default();
        let half = (east - west).max(north - south) / 2.0;
        // The grid of the clipping has 2^29 steps or more from the middle to the edge; a point may be off by some.
        Self { points, tolerance: (half * 4.0 / f64::from(1_u32 << 29)).max(SAME_POINT_DEG) }
    }

    /// The result with the points of the input where they were. Rings that have less than three points left are dropped.
    pub(super) fn restored(&self, found: &MultiPolygon) -> MultiPolygon {
        let polygons = found.0.iter().filter_map(|polygon| {
            let outer = self.ring(polygon.exterior())?;
            Some(Polygon::new(outer, polygon.interiors().iter().filter_map(|ring| self.ring(ring)).collect()))
        });
        MultiPolygon(polygons.collect())
    }

    fn ring(&self, ring: &LineString) -> Option<LineString> {
        let line = self.line(&ring.0);
        (line.len() >= 4).then_some(LineString(line))
    }

    fn line(&self, line: &[Coord]) -> Vec<Coord> {
        let mut snapped: Vec<Coord> = line.iter().map(|&at| self.nearest(at)).collect();
        snapped.dedup();
        let mut dense: Vec<Coord> = Vec::new();
        for &at in &snapped {
            if let Some(&before) = dense.last() {
                dense.extend(self.between(before, at));
            }
            dense.push(at);
        }
        dense
    }

    fn nearest(&self, at: Coord) -> Coord {
        let distance = |it: &Coord| (it.x - at.x).hypot(it.y - at.y);
        let near = self.in_columns(at.x, at.x).filter(|it| distance(it) <= self.tolerance);
        near.min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(at)
    }

    /// The points of the input that lie on an edge, in its order, without its ends.
    fn between(&self, from: Coord, to: Coord) -> Vec<Coord> {
        let along = to - from;
        let length = along.x.hypot(along.y);
        let share = |it: Coord| ((it.x - from.x) * along.x + (it.y - from.y) * along.y) / (length * length);
        let off = |it: Coord| ((it.x - from.x) * along.y - (it.y - from.y) * along.x).abs() / length;
        let (south, north) = (from.y.min(to.y) - self.tolerance, from.y.max(to.y) + self.tolerance);
        let on_edge = |it: &Coord| {
            (south..=north).contains(&it.y) && *it != from && *it != to && (0.0..=1.0).contains(&share(*it)) && off(*it) <= self.tolerance
        };
        let mut found: Vec<Coord> = self.in_columns(from.x.min(to.x), from.x.max(to.x)).filter(on_edge).collect();
        found.sort_by(|a, b| share(*a).total_cmp(&share(*b)));
        found
    }

    fn in_columns(&self, west: f64, east: f64) -> impl Iterator<Item = Coord> {
        let start = self.points.partition_point(|it| it.x < west - self.tolerance);
        self.points[start..].iter().copied().take_while(move |it| it.x <= east + self.tolerance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::shape::wkt::from_wkt;
    use geo::Area;

    fn area(text: &str) -> MultiPolygon {
        match from_wkt(text).unwrap().geometry {
            geo::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            other => MultiPolygon::try_from(other).unwrap(),
        }
    }

    fn points(shape: &MultiPolygon) -> Vec<Coord> {
        let mut points = Vec::new();
        shape.each_line(&mut |line| points.extend_from_slice(line));
        points
    }

    #[test]
    fn untouched_points_stay_to_the_last_bit_even_on_straight_edges() {
        let west = area("POLYGON((0.1 0.1, 3.3 0.1, 7.1234567890123 0.1, 7.1234567890123 5, 0.1 5.7, 0.1 0.1))");
        let east = area("POLYGON((6 2, 12.000000000001 2, 12.000000000001 4, 6 4, 6 2))");
        for result in [union(&west, &east), difference(&west, &east)] {
            let found = points(&result);
            for kept in [(0.1, 0.1), (3.3, 0.1), (7.1234567890123, 0.1), (0.1, 5.7)] {
                assert!(found.contains(&kept.into()), "{kept:?} is not in {result:?}");
            }
        }
        assert!(points(&union(&west, &east)).contains(&(12.000000000001, 4.0).into()));
    }

    #[test]
    fn neighbours_become_one_and_what_only_touches_has_nothing_in_common() {
        let west = area("POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))");
        let east = area("POLYGON((1 0, 2 0, 2 1, 1 1, 1 0))");
        let both = union(&west, &east);
        assert_eq!((both.0.len(), both.unsigned_area()), (1, 2.0));
        assert!(intersection(&west, &east).0.is_empty());
        assert_eq!(difference(&west, &east).unsigned_area(), 1.0);
        assert_eq!(union_of_all(&[west.clone(), east]).unsigned_area(), 2.0);
        let clockwise = area("POLYGON((1 0, 1 1, 2 1, 2 0, 1 0))");
        assert_eq!(union_of_all(&[west, clockwise]).unsigned_area(), 2.0);
    }

    #[test]
    fn nothing_changes_nothing() {
        let (some, none) = (area("POLYGON((0 0, 1 0, 1 1, 0 0))"), MultiPolygon(vec![]));
        assert_eq!((union(&some, &none), union(&none, &some), difference(&some, &none)), (some.clone(), some.clone(), some.clone()));
        assert!(intersection(&some, &none).0.is_empty() && difference(&none, &some).0.is_empty() && union_of_all(&[]).0.is_empty());
    }

    #[test]
    fn what_is_cut_out_inside_is_a_hole() {
        let ring = difference(&area("POLYGON((0 0, 9 0, 9 9, 0 9, 0 0))"), &area("POLYGON((3 3, 6 3, 6 6, 3 6, 3 3))"));
        assert_eq!((ring.0.len(), ring.0[0].interiors().len(), ring.unsigned_area()), (1, 1, 72.0));
    }
}
