//! What the audience sees of the map: one map, or both sides of a comparison with the words of their scene round them.

use std::sync::Arc;

use egui::{Painter, Rect, pos2};

use crate::{
    gui::{
        comparing::{
            Comparing, Layout,
            panes::{self, Part, Room},
        },
        paint::items::paint_items,
    },
    model::WorldState,
    scene::{ItemLayer, Scene, compare::Surround, strip_points},
    time::Day,
};

/// What the audience sees of the map.
#[derive(Clone, Debug)]
pub struct StagePicture {
    /// The map; in a comparison its second side.
    pub now: Arc<Scene>,
    /// What it is compared with.
    pub beside: Option<Beside>,
}

/// The rest of a compared picture.
#[derive(Clone, Debug)]
pub struct Beside {
    /// How the two are shown.
    pub comparing: Comparing,
    /// The first side; `None` where only what differs is shown.
    pub kept: Option<Arc<Scene>>,
    /// The world on the second side, and the day.
    pub state: Arc<WorldState>,
    /// See `state`.
    pub day: Day,
    /// What stands round both.
    pub surround: Arc<Surround>,
}

/// Whether what happened is drawn over both sides of a comparison with this day: where they are of one day and of one map.
pub fn tells_on_both(comparing: &Comparing, now: Day) -> bool {
    comparing.layout == Layout::Swipe && comparing.kept.day == now
}

/// Where the maps of a lecture have room: beside heading and legend where there are two of them, else everywhere.
pub fn map_rect(rect: Rect, comparing: Option<&Comparing>) -> Rect {
    match comparing {
        Some(comparing) if comparing.layout == Layout::Side => rect.with_min_x(rect.left() + strip(rect)),
        _ => rect,
    }
}

fn strip(rect: Rect) -> f32 {
    strip_points([f64::from(rect.width()), f64::from(rect.height())])
}

/// The parts of the picture.
pub fn stage_parts(rect: Rect, comparing: Option<&Comparing>) -> Vec<Part> {
    panes::parts(map_rect(rect, comparing), comparing)
}

/// Where plates have room, `top` points under the upper edge.
pub fn plate_room(rect: Rect, top: f32) -> Room {
    let free = rect.with_min_x(rect.left() + strip(rect));
    (pos2(free.center().x, rect.top() + top), free.width())
}

impl StagePicture {
    /// Paints what lies over the land of a part.
    pub fn paint_part(&self, painter: &Painter, part: &Part) {
        let Some(beside) = &self.beside else { return paint_items(painter, part.area, &self.now.items) };
        let shown = beside.kept.as_ref().filter(|_| part.is_kept).unwrap_or(&self.now);
        let is_sign = |layer: ItemLayer| matches!(layer, ItemLayer::Events | ItemLayer::Callouts);
        for group in shown.groups.iter().filter(|group| !(self.tells_on_both() && is_sign(group.layer))) {
            paint_items(painter, part.area, &shown.items[group.items.clone()]);
        }
    }

    /// Paints what lies over both parts: what happened, and the words of the scene.
    pub fn paint_over(&self, painter: &Painter, rect: Rect) {
        let Some(beside) = &self.beside else { return };
        if self.tells_on_both() {
            let signs = self.now.groups.iter().filter(|group| matches!(group.layer, ItemLayer::Events | ItemLayer::Callouts));
            signs.for_each(|group| paint_items(painter, rect, &self.now.items[group.items.clone()]));
        }
        paint_items(painter, rect, &beside.surround.items);
    }

    /// The parts of the picture with what each shows, and whether that is the first side.
    pub fn parts(&self, rect: Rect) -> impl Iterator<Item = (Part, &Arc<Scene>, bool)> {
        let beside = self.beside.as_ref();
        stage_parts(rect, beside.map(|beside| &beside.comparing)).into_iter().map(move |part| {
            let kept = beside.and_then(|beside| beside.kept.as_ref()).filter(|_| part.is_kept);
            (part, kept.unwrap_or(&self.now), kept.is_some())
        })
    }

    fn tells_on_both(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| tells_on_both(&beside.comparing, beside.day))
    }
}
