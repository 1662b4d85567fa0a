//! Arcs joined end to end, so that dashes run on and a file holds few long lines instead of many short ones.

use super::topology::{ArcIx, ArcRef, Topology};
use std::collections::BTreeMap;

impl Topology {
    /// The arcs as long lines: two arcs are joined where no third one of them meets them. Each arc comes once; lines come in the order
    /// of their first arcs. Empty for no arcs.
    pub fn chains(&self, arcs: &[ArcIx]) -> Vec<Vec<ArcRef>> {
        let walks = arcs.iter().map(|&arc| ArcRef::forward(arc)).flat_map(|walk| [walk, walk.reversed()]);
        let mut leaving: BTreeMap<[u64; 2], Vec<ArcRef>> = BTreeMap::new();
        walks.for_each(|walk| leaving.entry(node_key(self.start_of(walk))).or_default().push(walk));
        let mut joined: Vec<bool> = vec![false; self.arcs().len()];
        let mut chains = Vec::new();
        for &arc in arcs {
            if !joined[arc.index()] {
                chains.push(self.chain_through(ArcRef::forward(arc), &leaving, &mut joined));
            }
        }
        chains
    }

    /// `[lon, lat]` along a chain at full detail, each common end once.
    pub fn chain_points(&self, chain: &[ArcRef]) -> Vec<[f64; 2]> {
        let mut points: Vec<[f64; 2]> = Vec::new();
        for walk in chain {
            points.pop();
            let along = &self.arc(walk.arc()).points;
            if walk.is_reversed() { points.extend(along.iter().rev()) } else { points.extend(along) }
        }
        points
    }

    fn chain_through(&self, first: ArcRef, leaving: &BTreeMap<[u64; 2], Vec<ArcRef>>, joined: &mut [bool]) -> Vec<ArcRef> {
        joined[first.arc().index()] = true;
        let ahead = self.chain_ahead(first, leaving, joined);
        let behind = self.chain_ahead(first.reversed(), leaving, joined);
        let before = behind.into_iter().rev().map(ArcRef::reversed);
        before.chain(std::iter::once(first)).chain(ahead).collect()
    }

    /// What follows after the end of `walk`, up to a fork, a loose end, or where the chain closes.
    fn chain_ahead(&self, walk: ArcRef, leaving: &BTreeMap<[u64; 2], Vec<ArcRef>>, joined: &mut [bool]) -> Vec<ArcRef> {
        let mut ahead = Vec::new();
        let mut at = walk;
        while let [one, other] = leaving[&node_key(self.start_of(at.reversed()))][..] {
            at = if one == at.reversed() { other } else { one };
            if std::mem::replace(&mut joined[at.arc().index()], true) {
                break;
            }
            ahead.push(at);
        }
        ahead
    }
}

/// A node by the bits of its coordinates. Adding zero makes the two zeros one.
pub(super) fn node_key(point: [f64; 2]) -> [u64; 2] {
    point.map(|degrees| (degrees + 0.0).to_bits())
}
