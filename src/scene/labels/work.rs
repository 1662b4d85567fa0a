//! Working out the land of names: milliseconds of searching, which a window gives to another thread.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::placed::Placed;
use crate::{
    geometry::{Projection, Ring, Topology, UnitIx},
    scene::{
        names::{Lettering, Name, Named},
        outline::outlines,
    },
};

/// From so many names on, a second thread pays.
const MANY: usize = 24;

/// Names whose land has still to be worked out: milliseconds of searching that a window gives to another thread.
#[derive(Debug)]
pub struct LabelWork {
    pub(super) projection: Projection,
    pub(super) names: Vec<(Name, u64)>,
}

/// Names whose land is worked out.
#[derive(Debug)]
pub struct LabelPlaces {
    pub(super) projection: Projection,
    pub(super) placed: Vec<(Named, Placed)>,
}

impl LabelWork {
    /// Does the work.
    pub fn done(&self, topology: &Topology) -> LabelPlaces {
        let names: Vec<(&Name, u64)> = self.names.iter().map(|(name, signature)| (name, *signature)).collect();
        LabelPlaces { projection: self.projection, placed: places(topology, self.projection, &names) }
    }
}

/// The land of names, worked out once for several caches: it hangs on neither camera nor theme. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct SharedLand(Arc<Mutex<FxHashMap<LandKey, Placed>>>);

/// All that [`Placed::new`] makes the land of a name from, apart from the atlas.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct LandKey {
    projection: Projection,
    of: Named,
    text: String,
    short: Option<String>,
    is_alone: bool,
    lettering: Lettering,
    units: Vec<UnitIx>,
}

impl LandKey {
    fn new(projection: Projection, name: &Name) -> Self {
        let Name { of, text, short, also, lettering, units, .. } = name;
        let (text, short, units) = (text.clone(), short.clone(), units.clone());
        Self { projection, of: *of, text, short, is_alone: also.is_empty(), lettering: *lettering, units }
    }
}

impl SharedLand {
    /// The land of names, of which only that is worked out which nobody asked for yet.
    pub(super) fn places(&self, topology: &Topology, projection: Projection, names: &[(&Name, u64)]) -> Vec<(Named, Placed)> {
        let keys: Vec<LandKey> = names.iter().map(|(name, _)| LandKey::new(projection, name)).collect();
        let store = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<(&Name, u64)> = {
            let known = store();
            names.iter().zip(&keys).filter(|(_, key)| !known.contains_key(key)).map(|(name, _)| *name).collect()
        };
        let found: FxHashMap<Named, Placed> = places(topology, projection, &missing).into_iter().collect();
        let mut known = store();
        let kept = keys.into_iter().filter_map(|key| {
            if let Some(placed) = found.get(&key.of) {
                known.entry(key.clone()).or_insert_with(|| placed.clone());
            }
            known.get(&key).map(|placed| (key.of, placed.clone()))
        });
        kept.collect()
    }
}

/// The land of names of every sort.
pub(super) fn places(topology: &Topology, projection: Projection, names: &[(&Name, u64)]) -> Vec<(Named, Placed)> {
    let mut found = Vec::with_capacity(names.len());
    // Disputes, holders and parts lie over each other: each kind has its own outlines.
    for kind in 0..3 {
        let own: Vec<&(&Name, u64)> = names.iter().filter(|(name, _)| kind_of(name.of) == kind).collect();
        for group in disjoint(&own, topology.units().len()) {
            let rings = outlines(topology, group.names.len(), |unit| group.key(unit));
            found.extend(worked_out(topology, projection, &group.names, &rings));
        }
    }
    found
}

/// The land of some names, on two threads where there are many: each place is a search of its own.
fn worked_out(topology: &Topology, projection: Projection, names: &[(&Name, u64)], rings: &[Vec<Ring>]) -> Vec<(Named, Placed)> {
    let one =
        |((name, signature), rings): (&(&Name, u64), &Vec<Ring>)| (name.of, Placed::new(topology, projection, name, *signature, rings));
    if names.len() < MANY {
        return names.iter().zip(rings).map(one).collect();
    }
    // Large and small lands are mixed in the list: every other one is about half of the work.
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| names.iter().zip(rings).skip(1).step_by(2).map(one).collect::<Vec<_>>());
        let mut found: Vec<_> = names.iter().zip(rings).step_by(2).map(one).collect();
        found.extend(odd.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found
    })
}

fn kind_of(named: Named) -> usize {
    match named {
        Named::Dispute(_) => 0,
        Named::Polity(_) => 1,
        Named::Part(_) => 2,
    }
}

/// FNV-1a over what the place of a name depends on.
pub(super) fn signature(name: &Name) -> u64 {
    let words = name.text.bytes().map(u64::from);
    let units = name.units.iter().map(|unit| u64::from(unit.0) | 1 << 40);
    words.chain(units).fold(0xcbf2_9ce4_8422_2325, |hash, value| (hash ^ value).wrapping_mul(0x0100_0000_01b3))
}

/// Names whose land does not overlap, with the name of each unit.
struct Disjoint<'a> {
    names: Vec<(&'a Name, u64)>,
    of_unit: Vec<u16>,
}

impl Disjoint<'_> {
    fn key(&self, unit: UnitIx) -> Option<usize> {
        let key = self.of_unit[unit.index()];
        (key != u16::MAX).then_some(usize::from(key))
    }
}

/// Splits names into as few groups as need be so that no unit is in two names of a group; mostly one.
fn disjoint<'a>(names: &[&(&'a Name, u64)], unit_count: usize) -> Vec<Disjoint<'a>> {
    let mut groups: Vec<Disjoint> = Vec::new();
    for &&(name, signature) in names {
        let free = |group: &Disjoint| name.units.iter().all(|unit| group.of_unit[unit.index()] == u16::MAX);
        let at = groups.iter().position(free).unwrap_or_else(|| {
            groups.push(Disjoint { names: Vec::new(), of_unit: vec![u16::MAX; unit_count] });
            groups.len() - 1
        });
        let group = &mut groups[at];
        name.units.iter().for_each(|unit| group.of_unit[unit.index()] = group.names.len() as u16);
        group.names.push((name, signature));
    }
    groups
}
