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

    const SIDE: i32 = 3;

    /// A square of nine units, `3 * row + column` from the south-west. Arcs 0 to 11 run east, row by row; 12 to 23 run north, column by
    /// column.
    fn nine_squares(change: impl Fn(&mut Vec<RawUnit>)) -> Result<Topology, TopologyError> {
        let east = |row: i32, column: i32| ArcRef(SIDE * row + column);
        let north = |row: i32, column: i32| ArcRef(SIDE * (SIDE + 1) + SIDE * column + row);
        let arc = |from: [i32; 2], to: [i32; 2]| RawArc {
            points: vec![from.map(f64::from), to.map(f64::from)],
            ranks: vec![5; 2],
            seam: false,
            approximate: false,
        };
        let places = || (0..=SIDE).flat_map(|line| (0..SIDE).map(move |step| (line, step)));
        let arcs = places().map(|(line, step)| arc([step, line], [step + 1, line]));
        let arcs = arcs.chain(places().map(|(line, step)| arc([line, step], [line, step + 1]))).collect();
        let square = |ix: i32| {
            let (row, column) = (ix / SIDE, ix % SIDE);
            let outer = Ring(vec![east(row, column), north(row, column + 1), !east(row + 1, column), !north(row, column)]);
            RawUnit { polygons: vec![Polygon { outer, holes: vec![] }], area_km2: 1.0, label_point: LonLat::default() }
        };
        let mut units = (0..SIDE * SIDE).map(square).collect();
        change(&mut units);
        Topology::new(arcs, units)
    }

    /// For each polygon the number of arcs in its outline and in each hole.
    fn dissolved(units: &[u32]) -> Vec<(usize, Vec<usize>)> {
        let set: UnitSet = units.iter().map(|&unit| UnitIx(unit)).collect();
        let polygons = nine_squares(|_| ()).unwrap().dissolve(&set);
        polygons.iter().map(|it| (it.outer.0.len(), it.holes.iter().map(|hole| hole.0.len()).collect())).collect()
    }

    #[test]
    fn neighbours_become_one() {
        assert_eq!(dissolved(&[0, 1]), [(6, vec![])]);
        assert_eq!(dissolved(&[0, 1, 3]), [(8, vec![])]);
        assert_eq!(dissolved(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), [(12, vec![])]);
        assert!(dissolved(&[]).is_empty() && dissolved(&[77]).is_empty());
    }

    #[test]
    fn what_is_missing_inside_is_a_hole() {
        assert_eq!(dissolved(&[0, 1, 2, 3, 5, 6, 7, 8]), [(12, vec![4])]);
    }

    #[test]
    fn what_touches_in_points_stays_apart() {
        assert_eq!(dissolved(&[0, 4]), [(4, vec![]), (4, vec![])]);
        assert_eq!(dissolved(&[1, 3, 5, 7]), vec![(4, vec![]); 4]);
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let error = |change: fn(&mut Vec<RawUnit>)| nine_squares(change).err();
        assert_eq!(error(|units| units[1] = units[0].clone()), Some(TopologyError::SideTaken { unit: 1, arc: 0 }));
        assert_eq!(error(|units| units[0].polygons[0].outer.0.truncate(2)), Some(TopologyError::Open(0)));
        assert_eq!(error(|units| units[2].polygons[0].outer.0[0] = ArcRef(99)), Some(TopologyError::NoSuchArc { unit: 2, arc: 99 }));
        assert_eq!(error(|units| units[3].polygons[0].outer.0.clear()), Some(TopologyError::Open(3)));
    }

    #[test]
    fn chains_run_on_to_the_next_fork() {
        let topology = nine_squares(|_| ()).unwrap();
        let chains = |arcs: &[u32]| topology.chains(&arcs.iter().map(|&arc| ArcIx(arc)).collect::<Vec<_>>());
        assert_eq!(chains(&[1, 0]), [[ArcRef(0), ArcRef(1)]]);
        assert_eq!(chains(&[0, 1, 15]).len(), 3);
        let round = chains(&[0, 15, 3, 12]);
        assert_eq!(round.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
        let points = topology.chain_points(&round[0]);
        assert_eq!((points.len(), points[0]), (5, points[4]));
        assert!(measure::signed_ring_area_km2(&points) > 0.0);
    }
}
