//! Edges with a label on each side: the form in which outlines are taken apart and put together again.

use crate::grid::Point;
use anyhow::{Result, ensure};

/// What lies on one side: a number given by the caller; `None` is sea.
pub type Side = Option<u32>;

/// One edge of the outline of what lies to its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HalfEdge {
    pub label: u32,
    pub from: Point,
    pub to: Point,
}

/// An edge between two different sides; `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub a: Point,
    pub b: Point,
    /// What lies to the left when going from `a` to `b`.
    pub left: Side,
    pub right: Side,
}

impl Edge {
    /// The one or two half edges that the edge stands for.
    pub fn halves(&self) -> impl Iterator<Item = HalfEdge> + use<> {
        let left = self.left.map(|label| HalfEdge { label, from: self.a, to: self.b });
        let right = self.right.map(|label| HalfEdge { label, from: self.b, to: self.a });
        left.into_iter().chain(right)
    }
}

/// Joins half edges into edges, in order. Where both sides turn out to be the same there is no edge: that is how neighbours with one
/// label are dissolved, and how what has no width on the grid vanishes.
///
/// # Errors
/// Where two labels lie on the same side of an edge, which means that they overlap.
pub fn join(halves: impl IntoIterator<Item = HalfEdge>) -> Result<Vec<Edge>> {
    let mut halves: Vec<HalfEdge> = halves.into_iter().filter(|half| half.from != half.to).collect();
    let ends = |half: &HalfEdge| (half.from.min(half.to), half.from.max(half.to));
    halves.sort_unstable_by_key(|half| (ends(half), half.label));
    let mut edges = Vec::with_capacity(halves.len() / 2);
    for group in halves.chunk_by(|one, other| ends(one) == ends(other)) {
        let (a, b) = ends(&group[0]);
        let mut left: Vec<u32> = group.iter().filter(|half| half.from == a).map(|half| half.label).collect();
        let mut right: Vec<u32> = group.iter().filter(|half| half.from == b).map(|half| half.label).collect();
        cancel(&mut left, &mut right);
        ensure!(
            left.len() <= 1 && right.len() <= 1,
            "labels {left:?} and {right:?} overlap at {:?} to {:?}",
            a.to_degrees(),
            b.to_degrees()
        );
        if left != right {
            edges.push(Edge { a, b, left: left.first().copied(), right: right.first().copied() });
        }
    }
    Ok(edges)
}

/// Takes out, pair by pair, what is on both sides.
fn cancel(left: &mut Vec<u32>, right: &mut Vec<u32>) {
    left.retain(|label| match right.iter().position(|other| other == label) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
}

/// The edges that are left when labels are replaced and neighbours with the same new label are dissolved.
pub fn relabelled(edges: &[Edge], label: impl Fn(u32) -> u32) -> Result<Vec<Edge>> {
    join(edges.iter().flat_map(Edge::halves).map(|half| HalfEdge { label: label(half.label), ..half }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(label: u32, from: (i32, i32), to: (i32, i32)) -> HalfEdge {
        HalfEdge { label, from: Point::new(from.0, from.1), to: Point::new(to.0, to.1) }
    }

    #[test]
    fn neighbours_share_an_edge_and_one_label_has_none() {
        let shared = join([half(1, (0, 0), (1, 1)), half(2, (1, 1), (0, 0))]).unwrap();
        assert_eq!((shared.len(), shared[0].left, shared[0].right), (1, Some(1), Some(2)));
        assert!(relabelled(&shared, |_| 9).unwrap().is_empty());
    }

    #[test]
    fn what_lies_between_two_edges_that_fall_together_vanishes() {
        let edges = join([half(1, (0, 0), (1, 1)), half(2, (1, 1), (0, 0)), half(2, (0, 0), (1, 1)), half(3, (1, 1), (0, 0))]).unwrap();
        assert_eq!((edges.len(), edges[0].left, edges[0].right), (1, Some(1), Some(3)));
    }

    #[test]
    fn overlaps_are_refused() {
        assert!(join([half(1, (0, 0), (1, 1)), half(2, (0, 0), (1, 1))]).is_err());
    }
}
