//! Placing names so that none covers another: the largest and the leading first, each where its land has most room for it, or not at all.
//!
//! Places are found in world units and kept, so that names stand still while the map is dragged and while time runs over changes elsewhere.

mod placed;
mod setting;
mod work;

use rustc_hash::FxHashMap;

pub(in crate::scene) use setting::broken;
pub use work::{LabelPlaces, LabelWork, SharedLand};

use self::{
    placed::Placed,
    work::{places, signature},
};
use super::{
    crowd::Crowd,
    item::{Item, Rect},
    names::{Name, Named},
    style::Rgba,
};
use crate::{
    geometry::{Camera, Projection, Topology},
    model::Atlas,
};

/// What placing names keeps from picture to picture.
#[derive(Debug, Default)]
pub struct LabelCache {
    projection: Option<Projection>,
    placed: FxHashMap<Named, Placed>,
    /// Whether somebody else works out new names, see [`LabelWork`]: until then these are missing, or stand where they stood.
    elsewhere: bool,
    wanted: Option<LabelWork>,
    /// What other caches worked out, if it is shared.
    shared: Option<SharedLand>,
    /// What is taken in the picture that is being made.
    crowd: Crowd,
}

/// What is to be placed where.
pub struct Labelling<'a> {
    /// The atlas.
    pub atlas: &'a Atlas,
    /// Where the map looks.
    pub camera: Camera,
    /// Which copy of the world it is: 0 for the one in the middle; at most four.
    pub copy: usize,
    /// The level of detail for what is seen.
    pub level: usize,
    /// What of the picture panels and cards leave free.
    pub free: Rect,
    /// Round the letters.
    pub halo: Rgba,
    /// Alpha over all names, 0 to 1.
    pub opacity: f32,
    /// No name is smaller, in points; may be 0.
    pub smallest_letters: f32,
}

impl LabelCache {
    /// A cache that leaves new names to somebody else: see [`Self::wanted`].
    pub fn working_elsewhere() -> Self {
        Self { elsewhere: true, ..Self::default() }
    }

    /// A cache that shares the land of names with others.
    pub fn sharing(land: SharedLand) -> Self {
        Self { shared: Some(land), ..Self::default() }
    }

    /// The names that the last picture missed, to be worked out and brought back; `None` where it missed none.
    pub fn wanted(&mut self) -> Option<LabelWork> {
        self.wanted.take()
    }

    /// Takes in what was worked out. Places of another projection are too late and are let go.
    pub fn take_in(&mut self, places: LabelPlaces) {
        if self.projection == Some(places.projection) {
            self.placed.extend(places.placed);
        }
    }

    /// Works out the land of names that are new or have changed, before any of a picture is placed. Names that are gone are forgotten.
    pub fn refresh(&mut self, topology: &Topology, projection: Projection, names: &[Name]) {
        if self.projection != Some(projection) {
            self.placed.clear();
            self.projection = Some(projection);
        }
        let changed: Vec<(&Name, u64)> = names
            .iter()
            .map(|name| (name, signature(name)))
            .filter(|(name, now)| self.placed.get(&name.of).is_none_or(|old| old.signature != *now))
            .collect();
        if self.elsewhere {
            let names: Vec<(Name, u64)> = changed.into_iter().map(|(name, signature)| (name.clone(), signature)).collect();
            self.wanted = (!names.is_empty()).then_some(LabelWork { projection, names });
        } else if let Some(shared) = &self.shared {
            self.placed.extend(shared.places(topology, projection, &changed));
        } else {
            self.placed.extend(places(topology, projection, &changed));
        }
        if self.placed.len() > names.len() * 2 + 64 {
            let alive: std::collections::HashSet<Named> = names.iter().map(|name| name.of).collect();
            self.placed.retain(|of, _| alive.contains(of));
        }
    }

    /// Places those of the names of the last [`Self::refresh`] that are `wanted`, clear of `taken` and of each other; what they cover is added to `taken`.
    pub fn place(&mut self, labelling: &Labelling, names: &[Name], wanted: impl Fn(&Name) -> bool, taken: &mut Vec<Rect>) -> Vec<Item> {
        let mut order: Vec<(&Name, f64)> = names
            .iter()
            .filter(|name| wanted(name))
            .filter_map(|name| Some((name, self.placed.get(&name.of)?.weight(labelling.copy, rank(name) == LEADING_DISPUTE))))
            .collect();
        order.sort_by(|(a, a_area), (b, b_area)| rank(b).cmp(&rank(a)).then(b_area.total_cmp(a_area)).then(a.of.cmp(&b.of)));
        let mut items = Vec::new();
        self.crowd.reset(labelling.camera.size_points, taken);
        for (name, _) in order {
            let Some(placed) = self.placed.get_mut(&name.of) else { continue };
            if let Some(spot) = placed.spot(labelling, name, &self.crowd) {
                spot.rects.iter().for_each(|rect| self.crowd.take(*rect));
                items.extend(spot.items);
            }
        }
        taken.append(&mut self.crowd.added);
        items
    }
}

const LEADING_DISPUTE: u8 = 3;

/// Leading disputes first, then leading polities, then the rest.
fn rank(name: &Name) -> u8 {
    match (name.leads, name.of) {
        (true, Named::Dispute(_)) => LEADING_DISPUTE,
        (true, _) => 2,
        (false, Named::Polity(_)) => 1,
        (false, _) => 0,
    }
}
