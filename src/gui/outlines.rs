//! The outline of what is hovered or selected, as rings in degrees, kept until that changes.

use crate::{
    geometry::{
        Camera,
        topology::{Topology, UnitIx},
        unit_set::UnitSet,
    },
    scene::{Item, Stroke, flat::Flattener},
};

/// What an outline was made of.
#[derive(Clone, PartialEq, Eq)]
struct Key {
    units: Vec<UnitIx>,
    level: usize,
}

/// One outline with its cache.
#[derive(Default)]
pub struct Outline {
    key: Option<Key>,
    rings: Vec<Vec<[f64; 2]>>,
}

impl Outline {
    /// The outline of some units as lines on the screen. Empty for no units.
    pub fn items(&mut self, topology: &Topology, units: &[UnitIx], camera: &Camera, level: usize, stroke: Stroke) -> Vec<Item> {
        let key = Key { units: units.to_vec(), level };
        if self.key.as_ref() != Some(&key) {
            self.rings = rings_of(topology, units, level);
            self.key = Some(key);
        }
        let flattener = Flattener::new(*camera);
        let lines = self.rings.iter().flat_map(|ring| flattener.line(ring));
        lines.map(|points| Item::Polyline { points, stroke, soft: false }).collect()
    }
}

fn rings_of(topology: &Topology, units: &[UnitIx], level: usize) -> Vec<Vec<[f64; 2]>> {
    let mut set = UnitSet::new();
    for unit in units {
        set.insert(*unit);
    }
    let polygons = topology.dissolve(&set);
    let level = u8::try_from(level).unwrap_or(u8::MAX);
    polygons.iter().flat_map(|polygon| topology.polygon_points(polygon, level)).collect()
}
