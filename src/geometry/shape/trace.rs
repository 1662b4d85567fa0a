//! Tracing: the way along the arcs of the partition from one snapped place to another, point for point, so that what is drawn shares its border with the
//! world exactly.
//!
//! The shortest way by Dijkstra's algorithm over the nodes; and the other way round, which shares no stretch with it.

mod way;

use super::snap::{Snap, SnapIndex};
use crate::geometry::{ArcIx, ArcRef, LonLat, Topology, UnitSet, chain::node_key};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use way::{End, Found, Stretch, Taken};

/// Which arcs may be walked.
#[derive(Clone, Copy, Debug)]
pub enum Along<'a> {
    /// All: coasts, borders of units, the edge of the map.
    Everything,
    /// Only the outline of a set of units: the arcs with a unit of it on exactly one side.
    Outline(&'a UnitSet),
}

/// A way along arcs.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// From the first place to the last, both included, with every point of the arcs between them; one point where the two are the same.
    pub points: Vec<LonLat>,
    /// How long it is on a ball of the earth's mean radius, kilometres.
    pub length_km: f64,
}

/// The arcs as a network, with an index for snapping. Made once for a topology (tens of milliseconds for the world); every method must be given the same one.
#[derive(Clone, Debug)]
pub struct ArcNetwork {
    index: SnapIndex,
    /// For each arc its first and last node.
    ends: Vec<[u32; 2]>,
    /// For each node the arcs that leave it.
    leaving: Vec<Vec<ArcRef>>,
    lengths_km: Vec<f64>,
}

impl ArcNetwork {
    /// Indexes the arcs of a topology.
    pub fn new(topology: &Topology) -> Self {
        let mut nodes: HashMap<[u64; 2], u32> = HashMap::new();
        let mut leaving: Vec<Vec<ArcRef>> = Vec::new();
        let mut ends = Vec::with_capacity(topology.arcs().len());
        for (ix, arc) in topology.arc_ixs().zip(topology.arcs()) {
            let walk = ArcRef::forward(ix);
            ends.push([(arc.points[0], walk), (arc.points[arc.points.len() - 1], walk.reversed())].map(|(point, walk)| {
                let node = *nodes.entry(node_key(point)).or_insert(leaving.len() as u32);
                leaving.resize_with(leaving.len().max(node as usize + 1), Vec::new);
                leaving[node as usize].push(walk);
                node
            }));
        }
        let lengths_km = topology.arcs().iter().map(|arc| way::length_km(&arc.points)).collect();
        Self { index: SnapIndex::new(topology), ends, leaving, lengths_km }
    }

    /// The nearest node, point or edge of an arc: [`SnapIndex::snap`].
    pub fn snap(&self, topology: &Topology, place: LonLat, tolerance_deg: f64) -> Option<Snap> {
        self.index.snap(topology, place, tolerance_deg)
    }

    /// The shortest way from one place on the arcs to another; `None` where no arcs join them (two islands) or a snap is none of this topology.
    pub fn trace(&self, topology: &Topology, from: &Snap, to: &Snap, along: Along) -> Option<Way> {
        self.found(topology, [from, to], along, &Taken::default()).map(|found| self.way(topology, from, to, &found))
    }

    /// The shortest way and, where there is one, the shortest of those that share no stretch with it: the other way round. Empty where no arcs join the two.
    pub fn ways(&self, topology: &Topology, from: &Snap, to: &Snap, along: Along) -> Vec<Way> {
        let Some(first) = self.found(topology, [from, to], along, &Taken::default()) else { return Vec::new() };
        let other = self.found(topology, [from, to], along, &Taken::by(&first));
        let differs = |found: &Found| !found.is_empty();
        let found = std::iter::once(first).chain(other.filter(differs));
        found.map(|found| self.way(topology, from, to, &found)).collect()
    }

    fn found(&self, topology: &Topology, ends: [&Snap; 2], along: Along, taken: &Taken) -> Option<Found> {
        let [from, to] = ends.map(|snap| End::new(topology, self, snap));
        let (from, to) = (from?, to?);
        let direct = self.direct(topology, &from, &to, along).filter(|_| !taken.direct);
        let round = self.round(topology, [&from, &to], along, taken);
        match (direct, round) {
            (Some(direct), Some(round)) => Some(if direct.length_km <= round.length_km { direct } else { round }),
            (direct, round) => direct.or(round),
        }
    }

    /// The stretch between two places on one arc, if that is where they are.
    fn direct(&self, topology: &Topology, from: &End, to: &End, along: Along) -> Option<Found> {
        let (End::On { arc, at: first, .. }, End::On { arc: same, at: last, .. }) = (from, to) else { return None };
        (arc == same && along.allows(topology, *arc)).then(|| {
            let stretch = Stretch { arc: *arc, from: *first, to: *last };
            Found { length_km: stretch.length_km(topology), stretches: vec![stretch], is_direct: true, ..Found::default() }
        })
    }

    /// The shortest way over nodes.
    fn round(&self, topology: &Topology, [from, to]: [&End; 2], along: Along, taken: &Taken) -> Option<Found> {
        let starts = from.ways_to_nodes(topology, &taken.first_sides);
        let goals = to.ways_to_nodes(topology, &taken.last_sides);
        let held = [from, to].map(End::held_arc);
        let may_walk = |arc: ArcIx| !held.contains(&Some(arc)) && !taken.arcs.contains(&arc) && along.allows(topology, arc);
        let may_leave = |end: &End| end.held_arc().is_none_or(|arc| along.allows(topology, arc));
        if !may_leave(from) || !may_leave(to) {
            return None;
        }
        let mut distance = vec![f64::INFINITY; self.leaving.len()];
        let mut came_by: HashMap<u32, ArcRef> = HashMap::new();
        let mut queue = BinaryHeap::new();
        for start in &starts {
            if start.length_km < distance[start.node as usize] {
                distance[start.node as usize] = start.length_km;
                queue.push(Reverse((start.length_km.to_bits(), start.node)));
            }
        }
        let furthest_goal =
            |distance: &[f64]| goals.iter().map(|goal| distance[goal.node as usize] + goal.length_km).fold(f64::INFINITY, f64::min);
        while let Some(Reverse((bits, node))) = queue.pop() {
            // Lengths are never negative, so their bits are in the order of their sizes.
            let so_far = f64::from_bits(bits);
            if so_far >= furthest_goal(&distance) {
                break;
            }
            if so_far > distance[node as usize] {
                continue;
            }
            for &walk in self.leaving[node as usize].iter().filter(|walk| may_walk(walk.arc())) {
                let next = self.ends[walk.arc().index()][usize::from(!walk.is_reversed())];
                let there = so_far + self.lengths_km[walk.arc().index()];
                if there < distance[next as usize] {
                    distance[next as usize] = there;
                    came_by.insert(next, walk);
                    queue.push(Reverse((there.to_bits(), next)));
                }
            }
        }
        let total = |goal: &&way::ToNode| distance[goal.node as usize] + goal.length_km;
        let goal = goals.iter().min_by(|a, b| total(a).total_cmp(&total(b))).filter(|goal| total(goal).is_finite())?;
        Some(self.walked_back(topology, &starts, goal, (&came_by, total(&goal))))
    }

    /// Puts a way together from its end.
    fn walked_back(
        &self,
        topology: &Topology,
        starts: &[way::ToNode],
        goal: &way::ToNode,
        (came_by, length_km): (&HashMap<u32, ArcRef>, f64),
    ) -> Found {
        let mut found = Found { length_km, last_side: goal.side, ..Found::default() };
        found.stretches.extend(goal.stretch.map(Stretch::reversed));
        let mut node = goal.node;
        while let Some(&walk) = came_by.get(&node) {
            found.arcs.push(walk.arc());
            found.stretches.push(Stretch::whole(topology, walk));
            node = self.ends[walk.arc().index()][usize::from(walk.is_reversed())];
        }
        let shortest = |start: &&way::ToNode| start.node == node;
        let start = starts.iter().filter(shortest).min_by(|a, b| a.length_km.total_cmp(&b.length_km));
        if let Some(start) = start {
            found.first_side = start.side;
            found.stretches.extend(start.stretch);
        }
        found.stretches.reverse();
        found
    }

    fn way(&self, topology: &Topology, from: &Snap, to: &Snap, found: &Found) -> Way {
        let mut points = vec![from.at];
        let mut add = |at: LonLat| {
            if points.last() != Some(&at) {
                points.push(at);
            }
        };
        found.stretches.iter().flat_map(|stretch| stretch.points_between(topology)).for_each(&mut add);
        add(to.at);
        Way { points, length_km: found.length_km }
    }
}

impl Along<'_> {
    fn allows(&self, topology: &Topology, arc: ArcIx) -> bool {
        match self {
            Self::Everything => true,
            Self::Outline(units) => {
                let holds = |side: Option<_>| side.is_some_and(|unit| units.contains(unit));
                let arc = topology.arc(arc);
                holds(arc.left) != holds(arc.right)
            }
        }
    }
}
