//! The pieces of a way along arcs.

use super::ArcNetwork;
use crate::geometry::{ArcIx, ArcRef, LonLat, Topology, measure::EARTH_RADIUS_KM, shape::snap::Snap};

/// A place on an arc: the point at or before it, and the share of the way to the next one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Position {
    point: usize,
    along: f64,
    at: [f64; 2],
}

/// Where a way begins or ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// At a node.
    At(u32),
    /// Inside an arc.
    On { arc: ArcIx, at: Position, nodes: [u32; 2] },
}

/// A part of an arc that is walked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) arc: ArcIx,
    pub(super) from: Position,
    pub(super) to: Position,
}

/// The way from an end to a node: nothing, or a part of the end's arc towards its first (0) or last (1) point.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToNode {
    pub(super) node: u32,
    pub(super) length_km: f64,
    pub(super) side: Option<usize>,
    pub(super) stretch: Option<Stretch>,
}

/// A way that was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) length_km: f64,
    pub(super) stretches: Vec<Stretch>,
    /// The arcs that are walked as a whole.
    pub(super) arcs: Vec<ArcIx>,
    pub(super) first_side: Option<usize>,
    pub(super) last_side: Option<usize>,
    pub(super) is_direct: bool,
}

impl Found {
    /// True where it leads nowhere: from a node to itself.
    pub(super) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }
}

/// What another way may not use again.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    pub(super) direct: bool,
    pub(super) arcs: Vec<ArcIx>,
    pub(super) first_sides: Vec<usize>,
    pub(super) last_sides: Vec<usize>,
}

impl Taken {
    pub(super) fn by(found: &Found) -> Self {
        let mut taken = Self { direct: found.is_direct, arcs: found.arcs.clone(), ..Self::default() };
        taken.first_sides.extend(found.first_side);
        taken.last_sides.extend(found.last_side);
        if let ([stretch], true) = (&found.stretches[..], found.is_direct) {
            // Between two places on one arc the other way leaves both on their far sides.
            let forward = stretch.from.is_before(&stretch.to);
            taken.first_sides.push(usize::from(forward));
            taken.last_sides.push(usize::from(!forward));
        }
        taken
    }
}

impl Position {
    fn is_before(&self, other: &Self) -> bool {
        (self.point, self.along) < (other.point, other.along)
    }
}

impl End {
    /// `None` where the snap is none of this topology.
    pub(super) fn new(topology: &Topology, network: &ArcNetwork, snap: &Snap) -> Option<Self> {
        let arc = ArcIx(snap.line);
        let last = topology.arcs().get(arc.index())?.points.len() - 1;
        let (point, nodes) = (snap.point as usize, network.ends[arc.index()]);
        match (point, snap.along) {
            (0, 0.0) => Some(Self::At(nodes[0])),
            (point, 0.0) if point == last => Some(Self::At(nodes[1])),
            (point, _) if point >= last => None,
            _ => Some(Self::On { arc, at: Position { point, along: snap.along, at: snap.at.to_array() }, nodes }),
        }
    }

    /// The arc that it lies inside; no way leads over the whole of it.
    pub(super) const fn held_arc(&self) -> Option<ArcIx> {
        match self {
            Self::At(_) => None,
            Self::On { arc, .. } => Some(*arc),
        }
    }

    pub(super) fn ways_to_nodes(&self, topology: &Topology, taken_sides: &[usize]) -> Vec<ToNode> {
        match *self {
            Self::At(node) => vec![ToNode { node, length_km: 0.0, side: None, stretch: None }],
            Self::On { arc, at, nodes } => {
                let sides = (0..2).filter(|side| !taken_sides.contains(side));
                sides
                    .map(|side| {
                        let to = end_of(topology, arc, side);
                        let stretch = Stretch { arc, from: at, to };
                        let length_km = stretch.length_km(topology);
                        ToNode { node: nodes[side], length_km, side: Some(side), stretch: Some(stretch) }
                    })
                    .collect()
            }
        }
    }
}

fn end_of(topology: &Topology, arc: ArcIx, side: usize) -> Position {
    let points = &topology.arc(arc).points;
    let point = if side == 0 { 0 } else { points.len() - 1 };
    Position { point, along: 0.0, at: points[point] }
}

impl Stretch {
    pub(super) fn whole(topology: &Topology, walk: ArcRef) -> Self {
        let [first, last] = [0, 1].map(|side| end_of(topology, walk.arc(), side));
        let (from, to) = if walk.is_reversed() { (last, first) } else { (first, last) };
        Self { arc: walk.arc(), from, to }
    }

    pub(super) const fn reversed(self) -> Self {
        Self { arc: self.arc, from: self.to, to: self.from }
    }

    /// Every point from the one end to the other, both included.
    pub(super) fn points_between(self, topology: &Topology) -> Vec<LonLat> {
        let forward = self.from.is_before(&self.to);
        let (low, high) = if forward { (self.from, self.to) } else { (self.to, self.from) };
        let last = if high.along > 0.0 { high.point + 1 } else { high.point };
        let between = &topology.arc(self.arc).points[(low.point + 1).min(last)..last];
        let mut points: Vec<LonLat> = std::iter::once(low.at).chain(between.iter().copied()).chain([high.at]).map(LonLat::from).collect();
        if !forward {
            points.reverse();
        }
        points
    }

    pub(super) fn length_km(self, topology: &Topology) -> f64 {
        let points: Vec<[f64; 2]> = self.points_between(topology).into_iter().map(LonLat::to_array).collect();
        length_km(&points)
    }
}

/// The length of a line on a ball. Edges of the map along a pole have none; those that run round the world along a parallel count as they are drawn.
pub(super) fn length_km(points: &[[f64; 2]]) -> f64 {
    let edge = |pair: &[[f64; 2]]| {
        let [[a_lon, a_lat], [b_lon, b_lat]] = [pair[0], pair[1]].map(|point| point.map(f64::to_radians));
        let (across, up) = (((b_lon - a_lon) / 2.0).sin(), ((b_lat - a_lat) / 2.0).sin());
        let half = (up * up + a_lat.cos() * b_lat.cos() * across * across).sqrt().min(1.0);
        2.0 * half.asin() * EARTH_RADIUS_KM
    };
    points.windows(2).map(edge).sum()
}
