//! Outlines of many sets of units at once, and long lines out of short arcs: what is painted is a few rings and lines, not thousands.

use std::collections::HashMap;

use crate::geometry::{ArcIx, ArcRef, Ring, Topology, UnitIx};

/// A node, by the bits of its coordinates.
type Node = [u64; 2];

/// For each key below `key_count` the rings around its units, in one pass over the arcs. Rings run with their land on the left; where they
/// touch themselves they may be cut differently than by [`Topology::dissolve`], so they are for the even-odd rule. Units without a key count
/// as sea.
pub fn outlines(topology: &Topology, key_count: usize, key: impl Fn(UnitIx) -> Option<usize>) -> Vec<Vec<Ring>> {
    let mut walks: Vec<Walk> = Vec::new();
    for ix in topology.arc_ixs() {
        let arc = topology.arc(ix);
        let (left, right) = (arc.left.and_then(&key), arc.right.and_then(&key));
        if left != right {
            walks.extend(left.map(|key| Walk::new(topology, key, ArcRef::forward(ix))));
            walks.extend(right.map(|key| Walk::new(topology, key, ArcRef::forward(ix).reversed())));
        }
    }
    walks.sort_unstable();
    let mut rings = vec![Vec::new(); key_count];
    let mut taken = vec![false; walks.len()];
    for first in 0..walks.len() {
        if !taken[first] {
            rings[walks[first].key].push(follow(topology, &walks, &mut taken, first));
        }
    }
    rings
}

/// One arc of an outline. Sorted by key, then by the node that it leaves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Walk {
    key: usize,
    start: Node,
    arc: ArcRef,
}

impl Walk {
    fn new(topology: &Topology, key: usize, arc: ArcRef) -> Self {
        Self { key, start: start_of(topology, arc), arc }
    }
}

/// Walks from arc to arc until the ring is closed. Every node has as many arcs of an outline coming in as going out, so there is always a way.
fn follow(topology: &Topology, walks: &[Walk], taken: &mut [bool], first: usize) -> Ring {
    let Walk { key, start, .. } = walks[first];
    let mut ring = Vec::new();
    let mut at = first;
    loop {
        taken[at] = true;
        ring.push(walks[at].arc);
        let end = start_of(topology, walks[at].arc.reversed());
        if end == start {
            return Ring(ring);
        }
        let from = walks.partition_point(|walk| (walk.key, walk.start) < (key, end));
        let leaving = walks[from..].iter().take_while(|walk| walk.key == key && walk.start == end).count();
        match (from..from + leaving).find(|next| !taken[*next]) {
            Some(next) => at = next,
            None => return Ring(ring),
        }
    }
}

/// Arcs joined to lines that are as long as possible: they end where they close, or where not exactly two of the arcs meet. So a dashed
/// border keeps its rhythm over the ends of its arcs.
pub fn chains(topology: &Topology, arcs: &[ArcIx]) -> Vec<Vec<ArcRef>> {
    let mut at_node: HashMap<Node, Vec<ArcRef>> = HashMap::new();
    for walk in arcs.iter().flat_map(|arc| [ArcRef::forward(*arc), ArcRef::forward(*arc).reversed()]) {
        at_node.entry(start_of(topology, walk)).or_default().push(walk);
    }
    let mut taken = vec![false; topology.arcs().len()];
    let mut lines = Vec::new();
    for arc in arcs {
        if !taken[arc.index()] {
            taken[arc.index()] = true;
            let mut line = vec![ArcRef::forward(*arc)];
            extend(topology, &at_node, &mut taken, &mut line);
            line = line.into_iter().rev().map(ArcRef::reversed).collect();
            extend(topology, &at_node, &mut taken, &mut line);
            lines.push(line);
        }
    }
    lines
}

/// Lengthens a line at its end as far as the way is clear.
fn extend(topology: &Topology, at_node: &HashMap<Node, Vec<ArcRef>>, taken: &mut [bool], line: &mut Vec<ArcRef>) {
    while let Some(last) = line.last() {
        let leaving = &at_node[&start_of(topology, last.reversed())];
        let next = leaving.iter().find(|walk| !taken[walk.arc().index()]);
        let Some(next) = next.filter(|_| leaving.len() == 2) else { return };
        taken[next.arc().index()] = true;
        line.push(*next);
    }
}

fn start_of(topology: &Topology, walk: ArcRef) -> Node {
    let points = &topology.arc(walk.arc()).points;
    let point = if walk.is_reversed() { points[points.len() - 1] } else { points[0] };
    // Adding zero makes the two zeros one.
    point.map(|value| (value + 0.0).to_bits())
}
