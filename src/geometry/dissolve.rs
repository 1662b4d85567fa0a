//! The outline of a set of units, by following the arcs between the set and what is not in it. Exact: no point is computed, so
//! the outline of a country is made of the very points of its provinces.

use super::chain::node_key;
use super::topology::{ArcIx, ArcRef, Polygon, Ring, Topology};
use super::unit_set::UnitSet;
use std::collections::HashMap;

/// A node, by the bits of its coordinates.
type NodeKey = [u64; 2];

impl Topology {
    /// The polygons that the units of a set cover together: outer rings counter-clockwise, each with its holes, which run clockwise.
    /// Rings touch themselves nowhere. Empty for an empty set; units of another partition are passed over.
    pub fn dissolve(&self, units: &UnitSet) -> Vec<Polygon> {
        let (outers, holes) = self.outline_rings(units).into_iter().partition(|ring| self.doubled_area(ring) > 0.0);
        self.polygons_from_rings(outers, holes)
    }

    /// The arcs that have a unit of the set on exactly one side, walked with the set on the left.
    pub fn outline_arcs(&self, units: &UnitSet) -> impl Iterator<Item = ArcRef> {
        let holds = |side: Option<_>| side.is_some_and(|unit| units.contains(unit));
        self.arc_ixs().filter_map(move |ix: ArcIx| {
            let arc = self.arc(ix);
            match (holds(arc.left), holds(arc.right)) {
                (true, false) => Some(ArcRef::forward(ix)),
                (false, true) => Some(ArcRef::forward(ix).reversed()),
                _ => None,
            }
        })
    }

    fn outline_rings(&self, units: &UnitSet) -> Vec<Ring> {
        let walks: Vec<ArcRef> = self.outline_arcs(units).collect();
        let mut leaving: HashMap<NodeKey, Vec<ArcRef>> = HashMap::new();
        for &walk in &walks {
            leaving.entry(node_key(self.start_of(walk))).or_default().push(walk);
        }
        let mut rings = Vec::new();
        for &first in &walks {
            if take(&mut leaving, node_key(self.start_of(first)), first) {
                self.follow(first, &mut leaving, &mut rings);
            }
        }
        rings
    }

    /// Walks on from `first` until it is closed, each time turning so as to stay on the same piece of land, and cuts the walk into
    /// rings wherever it comes by a node again.
    fn follow(&self, first: ArcRef, leaving: &mut HashMap<NodeKey, Vec<ArcRef>>, rings: &mut Vec<Ring>) {
        let mut walked = vec![first];
        loop {
            let end = self.end_of(walked[walked.len() - 1]);
            if let Some(at) = walked.iter().position(|&walk| self.start_of(walk) == end) {
                rings.push(Ring(walked.split_off(at)));
            }
            let Some(&last) = walked.last() else { return };
            let key = node_key(self.end_of(last));
            let choice = leaving.get(&key).and_then(|choices| self.sharpest_right(last, choices));
            // Every node has as many outline arcs coming in as going out, so there is always a way on.
            let Some(next) = choice else { return };
            take(leaving, key, next);
            walked.push(next);
        }
    }

    /// Of the arcs leaving the end of `last`, the first one clockwise from where `last` came: what lies between is land of the set.
    fn sharpest_right(&self, last: ArcRef, choices: &[ArcRef]) -> Option<ArcRef> {
        let back = self.heading(last.reversed());
        let turn = |walk: &ArcRef| (back - self.heading(*walk)).rem_euclid(std::f64::consts::TAU);
        choices.iter().copied().min_by(|a, b| turn(a).total_cmp(&turn(b)))
    }

    /// The direction in which an arc leaves its first point, radians counter-clockwise from east.
    fn heading(&self, walk: ArcRef) -> f64 {
        let points = &self.arc(walk.arc()).points;
        let (from, to) = if walk.is_reversed() { (points[points.len() - 1], points[points.len() - 2]) } else { (points[0], points[1]) };
        (to[1] - from[1]).atan2(to[0] - from[0])
    }

    pub(super) fn start_of(&self, walk: ArcRef) -> [f64; 2] {
        let points = &self.arc(walk.arc()).points;
        if walk.is_reversed() { points[points.len() - 1] } else { points[0] }
    }

    fn end_of(&self, walk: ArcRef) -> [f64; 2] {
        self.start_of(walk.reversed())
    }

    /// Twice the area in square degrees that a ring runs around: positive where counter-clockwise.
    pub(super) fn doubled_area(&self, ring: &Ring) -> f64 {
        let origin = ring.0.first().map_or([0.0, 0.0], |&walk| self.start_of(walk));
        let cross = |a: [f64; 2], b: [f64; 2]| (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
        let arc_sum = |walk: &ArcRef| {
            let sum: f64 = self.arc(walk.arc()).points.windows(2).map(|edge| cross(edge[0], edge[1])).sum();
            if walk.is_reversed() { -sum } else { sum }
        };
        ring.0.iter().map(arc_sum).sum()
    }

    /// Gives every hole to the smallest outer ring around it.
    fn polygons_from_rings(&self, outers: Vec<Ring>, holes: Vec<Ring>) -> Vec<Polygon> {
        let sizes: Vec<f64> = outers.iter().map(|ring| self.doubled_area(ring)).collect();
        let mut polygons: Vec<Polygon> = outers.into_iter().map(|outer| Polygon { outer, holes: Vec::new() }).collect();
        for hole in holes {
            // The middle of an edge: unlike a node it never lies on another ring of the same outline.
            let [a, b] = [0, 1].map(|ix| self.arc(hole.0[0].arc()).points[ix]);
            let inside = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
            let around = (0..polygons.len()).filter(|&ix| self.ring_contains(&polygons[ix].outer, inside));
            if let Some(ix) = around.min_by(|&a, &b| sizes[a].total_cmp(&sizes[b])) {
                polygons[ix].holes.push(hole);
            }
        }
        polygons
    }

    fn ring_contains(&self, ring: &Ring, point: [f64; 2]) -> bool {
        let walks = ring.0.iter();
        walks.map(|walk| super::hit::crossings_of(self.arc(walk.arc()), point.into())).sum::<usize>() % 2 == 1
    }
}

/// Takes an arc from those that leave a node; false where it was taken before.
fn take(leaving: &mut HashMap<NodeKey, Vec<ArcRef>>, key: NodeKey, walk: ArcRef) -> bool {
    let Some(choices) = leaving.get_mut(&key) else { return false };
    let Some(at) = choices.iter().position(|&it| it == walk) else { return false };
    choices.remove(at);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::topology::{RawArc, RawUnit, TopologyError};
    use crate::geometry::{LonLat, UnitIx, measure};

    /// Four squares around the origin, numbered counter-clockwise from the north-east. Arcs 0 to 3 are the spokes to the east, north,
    /// west and south; arc 4 + n is the corner of square n.
    fn four_squares(mut change: impl FnMut(&mut Vec<RawUnit>)) -> Result<Topology, TopologyError> {
        let tips = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
        let corners = [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]];
        let arc = |points: Vec<[f64; 2]>| RawArc { ranks: vec![5; points.len()], points, seam: false };
        let spokes = tips.iter().map(|&tip| arc(vec![[0.0, 0.0], tip]));
        let outer = (0..4).map(|ix| arc(vec![tips[ix], corners[ix], tips[(ix + 1) % 4]]));
        let square = |ix: i32| {
            let outer = Ring(vec![ArcRef(ix), ArcRef(4 + ix), !ArcRef((ix + 1) % 4)]);
            RawUnit { polygons: vec![Polygon { outer, holes: vec![] }], area_km2: 1.0, label_point: LonLat::default() }
        };
        let mut units = (0..4).map(square).collect();
        change(&mut units);
        Topology::new(spokes.chain(outer).collect(), units)
    }

    fn dissolved(units: &[u32]) -> Vec<Polygon> {
        let set: UnitSet = units.iter().map(|&unit| UnitIx(unit)).collect();
        four_squares(|_| ()).unwrap().dissolve(&set)
    }

    #[test]
    fn neighbours_become_one_and_what_touches_in_a_point_stays_two() {
        assert_eq!(dissolved(&[0, 1]).iter().map(|it| it.outer.0.len()).collect::<Vec<_>>(), [4]);
        assert_eq!(dissolved(&[0, 2]).len(), 2);
        assert_eq!(dissolved(&[0, 1, 2, 3]).iter().map(|it| it.outer.0.len()).collect::<Vec<_>>(), [4]);
        assert!(dissolved(&[]).is_empty() && dissolved(&[77]).is_empty());
    }

    #[test]
    fn an_inner_corner_is_followed() {
        let three = dissolved(&[0, 1, 2]);
        assert_eq!((three.len(), three[0].outer.0.len(), three[0].holes.len()), (1, 5, 0));
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let error = |change: fn(&mut Vec<RawUnit>)| four_squares(change).err();
        assert_eq!(error(|units| units[1] = units[0].clone()), Some(TopologyError::SideTaken { unit: 1, arc: 0 }));
        assert_eq!(error(|units| units[0].polygons[0].outer.0.truncate(2)), Some(TopologyError::Open(0)));
        assert_eq!(error(|units| units[2].polygons[0].outer.0[0] = ArcRef(99)), Some(TopologyError::NoSuchArc { unit: 2, arc: 99 }));
        assert_eq!(error(|units| units[3].polygons[0].outer.0.clear()), Some(TopologyError::Open(3)));
    }

    #[test]
    fn chains_run_on_to_the_next_fork() {
        let topology = four_squares(|_| ()).unwrap();
        let chains = |arcs: &[u32]| topology.chains(&arcs.iter().map(|&arc| ArcIx(arc)).collect::<Vec<_>>());
        assert_eq!(chains(&[0, 2]), [[!ArcRef(2), ArcRef(0)]]);
        assert_eq!(chains(&[0, 1, 2]).len(), 3);
        let round = chains(&[4, 5, 6, 7]);
        assert_eq!(round.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
        let points = topology.chain_points(&round[0]);
        assert_eq!((points.len(), points[0]), (9, points[8]));
        assert!(measure::signed_ring_area_km2(&points) > 0.0);
    }
}
