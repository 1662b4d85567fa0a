//! From half edges to faces: connected pieces with an outline and holes.

use crate::edges::HalfEdge;
use crate::grid::{Bounds, Point, cross, dot, doubled_area, edges_of, ring_length};
use std::cmp::Ordering;
use std::collections::HashMap;

/// A connected piece of what has one label.
#[derive(Clone, Debug)]
pub struct Face {
    pub label: u32,
    /// Counter-clockwise; first points are not repeated.
    pub outer: Vec<Point>,
    /// Clockwise.
    pub holes: Vec<Vec<Point>>,
    pub bounds: Bounds,
}

impl Face {
    /// The outline and then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<Point>> {
        std::iter::once(&self.outer).chain(&self.holes)
    }

    /// Twice the area in square steps, holes taken off.
    pub fn doubled_area(&self) -> i64 {
        self.rings().map(|ring| doubled_area(ring)).sum()
    }

    /// The mean width in steps: what a long thin face measures across.
    pub fn mean_width(&self) -> f64 {
        self.doubled_area() as f64 / self.rings().map(|ring| ring_length(ring)).sum::<f64>()
    }

    /// True where the point, in half steps, lies inside.
    pub fn holds_doubled(&self, point: [i64; 2]) -> bool {
        self.bounds.holds_doubled(point) && self.rings().filter(|ring| ring_holds_doubled(ring, point)).count() % 2 == 1
    }

    /// The half edges of all rings.
    pub fn halves(&self) -> impl Iterator<Item = HalfEdge> + '_ {
        self.rings().flat_map(|ring| edges_of(ring)).map(|(from, to)| HalfEdge { label: self.label, from, to })
    }
}

/// The faces of every label, in the order of labels and of their outlines' first half edges.
pub fn faces(halves: impl IntoIterator<Item = HalfEdge>) -> Vec<Face> {
    let mut halves: Vec<HalfEdge> = halves.into_iter().collect();
    halves.sort_unstable();
    halves.dedup();
    halves.chunk_by(|one, other| one.label == other.label).flat_map(faces_of_label).collect()
}

fn faces_of_label(halves: &[HalfEdge]) -> Vec<Face> {
    let label = halves[0].label;
    let (outers, holes): (Vec<_>, Vec<_>) = rings(halves).into_iter().partition(|ring| doubled_area(ring) > 0);
    let mut faces: Vec<Face> =
        outers.into_iter().map(|outer| Face { label, bounds: Bounds::of(outer.iter().copied()), outer, holes: Vec::new() }).collect();
    for hole in holes {
        let size = -doubled_area(&hole);
        let middle = [i64::from(hole[0].x) + i64::from(hole[1].x), i64::from(hole[0].y) + i64::from(hole[1].y)];
        // What fills a hole may share its edges, but it is never larger than the hole.
        let around = faces.iter_mut().filter(|face| {
            face.bounds.holds_doubled(middle) && doubled_area(&face.outer) > size && ring_holds_doubled(&face.outer, middle)
        });
        if let Some(face) = around.min_by_key(|face| doubled_area(&face.outer)) {
            face.holes.push(hole);
        }
    }
    faces
}

/// The simple rings of half edges with one label, which are sorted by their beginnings.
fn rings(halves: &[HalfEdge]) -> Vec<Vec<Point>> {
    let mut used = vec![false; halves.len()];
    let mut rings = Vec::new();
    for first in 0..halves.len() {
        let mut walk = Vec::new();
        let mut at = first;
        while !used[at] {
            used[at] = true;
            walk.push(halves[at].from);
            match next(halves, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        cut_into_simple(walk, &mut rings);
    }
    rings
}

/// The half edge that goes on from where this one ends: the first one clockwise from where it came, so that the land between belongs to
/// the same face.
fn next(halves: &[HalfEdge], at: usize) -> Option<usize> {
    let HalfEdge { from, to, .. } = halves[at];
    let start = halves.partition_point(|half| half.from < to);
    let back = to.to(from);
    let leaving = (start..halves.len()).take_while(|&ix| halves[ix].from == to);
    leaving.min_by(|&one, &other| clockwise(back, to.to(halves[one].to), to.to(halves[other].to)))
}

/// Which of two directions is met first when turning clockwise from `back`; `back` itself is met last.
fn clockwise(back: [i64; 2], one: [i64; 2], other: [i64; 2]) -> Ordering {
    let half_turn = |way: [i64; 2]| match (cross(back, way).signum(), dot(back, way).signum()) {
        (-1, _) => 0,
        (0, -1) => 1,
        (1, _) => 2,
        _ => 3,
    };
    half_turn(one).cmp(&half_turn(other)).then_with(|| cross(one, other).cmp(&0))
}

/// Cuts a closed walk into rings that pass each point once; what has no area (a dead end walked both ways) is left out.
fn cut_into_simple(walk: Vec<Point>, rings: &mut Vec<Vec<Point>>) {
    let mut open: Vec<Point> = Vec::new();
    let mut place: HashMap<Point, usize> = HashMap::new();
    let mut close = |ring: Vec<Point>| {
        if ring.len() >= 3 && doubled_area(&ring) != 0 {
            rings.push(ring);
        }
    };
    for point in walk {
        if let Some(&at) = place.get(&point) {
            let ring = open.split_off(at);
            ring.iter().for_each(|point| {
                place.remove(point);
            });
            close(ring);
        }
        place.insert(point, open.len());
        open.push(point);
    }
    close(open);
}

/// True where the point, in half steps, lies inside the ring; exact.
pub fn ring_holds_doubled(ring: &[Point], [x, y]: [i64; 2]) -> bool {
    let doubled = |point: Point| [2 * i64::from(point.x) - x, 2 * i64::from(point.y) - y];
    let mut inside = false;
    for (a, b) in edges_of(ring) {
        let (a, b) = (doubled(a), doubled(b));
        if (a[1] > 0) != (b[1] > 0) {
            // The edge passes to the east of the point where the turn around it agrees with the edge's direction.
            let turn = i128::from(a[0]) * i128::from(b[1]) - i128::from(a[1]) * i128::from(b[0]);
            inside ^= (turn > 0) == (b[1] > 0);
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(label: u32, ring: &[(i32, i32)]) -> Vec<HalfEdge> {
        let points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
        edges_of(&points).map(|(from, to)| HalfEdge { label, from, to }).collect()
    }

    #[test]
    fn a_hole_goes_to_the_outline_around_it() {
        let outline = halves(7, &[(0, 0), (10, 0), (10, 10), (0, 10)]);
        let hole = halves(7, &[(2, 2), (2, 8), (8, 8), (8, 2)]);
        let island = halves(7, &[(4, 4), (6, 4), (6, 6), (4, 6)]);
        let faces = faces([outline, hole, island].concat());
        assert_eq!(faces.iter().map(|face| (face.holes.len(), face.doubled_area())).collect::<Vec<_>>(), [(1, 128), (0, 8)]);
        assert!(faces[0].holds_doubled([2, 2]) && !faces[0].holds_doubled([6, 6]));
    }

    #[test]
    fn pieces_that_touch_in_a_point_stay_two() {
        let (one, other) = (halves(0, &[(0, 0), (2, 0), (2, 2)]), halves(0, &[(2, 2), (4, 2), (4, 4)]));
        assert_eq!(faces([one, other].concat()).len(), 2);
    }

    #[test]
    fn a_hole_that_touches_the_outline_is_no_part_of_it() {
        let outline = halves(0, &[(0, 0), (5, 0), (10, 0), (10, 10), (0, 10)]);
        let hole = halves(0, &[(5, 0), (4, 5), (6, 5)]);
        let faces = faces([outline, hole].concat());
        assert_eq!((faces.len(), faces[0].outer.len(), faces[0].holes.len()), (1, 5, 1));
    }

    #[test]
    fn a_cut_makes_two_and_a_dead_end_none() {
        let outline = halves(0, &[(0, 0), (5, 0), (10, 0), (10, 10), (5, 10), (0, 10)]);
        let [bottom, top, inside] = [Point::new(5, 0), Point::new(5, 10), Point::new(5, 5)];
        let both_ways = |a: Point, b: Point| vec![HalfEdge { label: 0, from: a, to: b }, HalfEdge { label: 0, from: b, to: a }];
        assert_eq!(faces([outline.clone(), both_ways(bottom, top)].concat()).len(), 2);
        let uncut = faces([outline, both_ways(bottom, inside)].concat());
        assert_eq!((uncut.len(), uncut[0].outer.len()), (1, 6));
    }
}
