//! Where a ring meets itself, by a sweep from west to east.

use geo::{Coord, Line, LineIntersection, line_intersection::line_intersection};

/// More crossings than this of one ring are not told.
const MOST: usize = 20;

/// A place where a ring meets itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Crossing {
    /// The point before it.
    pub(in super::super) vertex: usize,
    /// Where.
    pub(in super::super) at: Coord,
    /// True where the two only meet in a point of theirs.
    pub(in super::super) touches: bool,
}

/// The first crossings of a closed ring, from west to east. Neighbouring edges that run back over each other are spikes and not among them.
pub(in super::super) fn crossings(ring: &[Coord]) -> Vec<Crossing> {
    let mut edges: Vec<(usize, Line)> = ring.windows(2).map(|edge| Line::new(edge[0], edge[1])).enumerate().collect();
    edges.retain(|(_, edge)| edge.start != edge.end);
    let count = edges.len();
    // Neighbours in the ring without its repeated points.
    let mut ranked: Vec<(usize, usize, Line)> = edges.into_iter().enumerate().map(|(rank, (ix, edge))| (rank, ix, edge)).collect();
    let west = |edge: &Line| edge.start.x.min(edge.end.x);
    ranked.sort_by(|a, b| west(&a.2).total_cmp(&west(&b.2)));
    let mut found: Vec<Crossing> = Vec::new();
    for (at, (rank, ix, edge)) in ranked.iter().enumerate() {
        let east = edge.start.x.max(edge.end.x);
        for (other_rank, other_ix, other) in ranked[at + 1..].iter().take_while(|(_, _, other)| west(other) <= east) {
            let apart = rank.abs_diff(*other_rank);
            let is_neighbour = apart == 1 || apart == count - 1;
            let meets = if is_neighbour { None } else { meeting(*edge, *other) };
            if let Some((place, touches)) = meets
                && !found.iter().any(|it| it.at == place)
            {
                found.push(Crossing { vertex: *ix.min(other_ix), at: place, touches });
            }
            if found.len() >= MOST {
                return found;
            }
        }
    }
    found
}

fn meeting(one: Line, other: Line) -> Option<(Coord, bool)> {
    let (south, north) = (one.start.y.min(one.end.y), one.start.y.max(one.end.y));
    if other.start.y.max(other.end.y) < south || other.start.y.min(other.end.y) > north {
        return None;
    }
    match line_intersection(one, other)? {
        LineIntersection::SinglePoint { intersection, is_proper } => Some((intersection, !is_proper)),
        LineIntersection::Collinear { intersection } => Some((intersection.start, intersection.start == intersection.end)),
    }
}
