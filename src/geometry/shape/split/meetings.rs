//! Where a line meets the outline of a polygon.

use geo::{
    Coord, CoordinatePosition, Line, LineIntersection, LineString, Polygon, coordinate_position::CoordPos,
    line_intersection::line_intersection,
};
use std::collections::HashSet;

/// An outline and a line, cut where they meet.
pub(super) struct Meetings {
    /// The rings with a point wherever the line meets them, each without its repeated point, the land on the left.
    pub(super) rings: Vec<Vec<Coord>>,
    /// The parts of the line that run inside from edge to edge.
    pub(super) cuts: Vec<Vec<Coord>>,
}

/// The bits of a point. Adding zero makes the two zeros one.
pub(super) fn key(at: Coord) -> [u64; 2] {
    [(at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()]
}

/// Whether two edges of a line meet other than where one follows the other.
pub(super) fn crosses_itself(line: &[Coord]) -> bool {
    let edges: Vec<Line> = line.windows(2).map(|edge| Line::new(edge[0], edge[1])).collect();
    let is_closed = line.first() == line.last();
    (0..edges.len()).any(|one| {
        (one + 1..edges.len()).any(|other| match line_intersection(edges[one], edges[other]) {
            None => false,
            Some(LineIntersection::Collinear { .. }) => true,
            Some(LineIntersection::SinglePoint { .. }) => other > one + 1 && !(is_closed && one == 0 && other == edges.len() - 1),
        })
    })
}

pub(super) fn meetings(polygon: &Polygon, line: &[Coord]) -> Meetings {
    let rings: Vec<Vec<Coord>> = std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .enumerate()
        .filter(|(_, ring)| ring.0.len() >= 4)
        .map(|(ix, ring)| with_land_left(ring, ix == 0))
        .collect();
    let (mut noded, mut line_meets) = (Vec::new(), vec![Vec::new(); line.len()]);
    for ring in &rings {
        noded.push(with_meetings(ring, line, &mut line_meets));
    }
    let nodes: HashSet<[u64; 2]> = noded.iter().flatten().map(|&at| key(at)).collect();
    let outline = Outline { polygon, edges: edge_keys(&noded) };
    let parts = parts_between(&with_points(line, &mut line_meets), &nodes);
    let cuts = parts.into_iter().filter(|part| outline.is_cut(part)).collect();
    Meetings { rings: noded, cuts }
}

fn with_land_left(ring: &LineString, is_outer: bool) -> Vec<Coord> {
    let mut points = ring.0.clone();
    points.pop();
    points.dedup();
    let origin = points[0];
    let cross = |a: Coord, b: Coord| (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    let doubled: f64 = points.windows(2).map(|edge| cross(edge[0], edge[1])).sum();
    if (doubled > 0.0) != is_outer {
        points.reverse();
    }
    points
}

/// A ring with points where the line meets it; the same points are noted for the edges of the line.
fn with_meetings(ring: &[Coord], line: &[Coord], line_meets: &mut [Vec<Coord>]) -> Vec<Coord> {
    let mut ring_meets: Vec<Vec<Coord>> = vec![Vec::new(); ring.len()];
    for (ix, edge) in line.windows(2).enumerate() {
        let across = Line::new(edge[0], edge[1]);
        let (west, east) = (across.start.x.min(across.end.x), across.start.x.max(across.end.x));
        for (ring_ix, meets) in ring_meets.iter_mut().enumerate() {
            let side = Line::new(ring[ring_ix], ring[(ring_ix + 1) % ring.len()]);
            if side.start.x.max(side.end.x) < west || side.start.x.min(side.end.x) > east {
                continue;
            }
            let found = match line_intersection(side, across) {
                None => continue,
                Some(LineIntersection::SinglePoint { intersection, .. }) => vec![intersection],
                Some(LineIntersection::Collinear { intersection }) => vec![intersection.start, intersection.end],
            };
            meets.extend(&found);
            line_meets[ix].extend(&found);
        }
    }
    let mut closed = ring.to_vec();
    closed.push(ring[0]);
    let mut noded = with_points(&closed, &mut ring_meets);
    noded.pop();
    noded
}

/// A line with more points on its edges: `meets[ix]` lie on the edge after point `ix`.
fn with_points(line: &[Coord], meets: &mut [Vec<Coord>]) -> Vec<Coord> {
    let mut dense: Vec<Coord> = Vec::new();
    for (ix, &at) in line.iter().enumerate() {
        dense.push(at);
        if let (Some(on_edge), true) = (meets.get_mut(ix), ix + 1 < line.len()) {
            let share = |it: &Coord| (it.x - at.x).powi(2) + (it.y - at.y).powi(2);
            on_edge.sort_by(|a, b| share(a).total_cmp(&share(b)));
            dense.extend(on_edge.iter());
        }
    }
    dense.dedup_by_key(|at| key(*at));
    dense
}

fn edge_keys(rings: &[Vec<Coord>]) -> HashSet<[[u64; 2]; 2]> {
    let edges = rings.iter().flat_map(|ring| (0..ring.len()).map(move |ix| [key(ring[ix]), key(ring[(ix + 1) % ring.len()])]));
    edges.flat_map(|[a, b]| [[a, b], [b, a]]).collect()
}

/// The parts of a line from node to node; what comes before the first and after the last node is left out.
fn parts_between(line: &[Coord], nodes: &HashSet<[u64; 2]>) -> Vec<Vec<Coord>> {
    let at: Vec<usize> = (0..line.len()).filter(|&ix| nodes.contains(&key(line[ix]))).collect();
    at.windows(2).map(|ends| line[ends[0]..=ends[1]].to_vec()).collect()
}

struct Outline<'a> {
    polygon: &'a Polygon,
    edges: HashSet<[[u64; 2]; 2]>,
}

impl Outline<'_> {
    /// True for a part between two nodes that runs inside and not along the edge.
    fn is_cut(&self, part: &[Coord]) -> bool {
        if part.len() == 2 && self.edges.contains(&[key(part[0]), key(part[1])]) {
            return false;
        }
        let middle = (part[0] + part[1]) / 2.0;
        self.polygon.coordinate_position(&middle) == CoordPos::Inside
    }
}
