//! The parts of the map in a comparison: where each lies, what it is called, and the divider between them.

use egui::{EventFilter, Key, Pos2, Rect, Sense, WidgetInfo, accesskit, pos2, vec2};

use super::{CompareStep, Comparing, Layout};
use crate::{
    gui::{actions::Action, manners, paint::items::paint_items, theme::color32},
    model::{Atlas, WorldState},
    scene::{
        self, Item, SlideWords, Style,
        compare::{Label, PANE_GAP_POINTS, divider_items, fitting_plate, plate, staged_labels},
    },
    time::Day,
};

/// The strip round the divider that takes the pointer, in points to each side.
const REACH_POINTS: f32 = 9.0;
/// One step of the divider by a key, as a share of the width.
pub const STEP: f32 = 0.05;
/// What dates keep clear of the upper edge of the map, in points.
pub const TOP_POINTS: f32 = 12.0;
/// What plates keep clear of the edges of their room, both sides together, in points.
const PLATE_MARGINS_POINTS: f32 = 24.0;

/// One part of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Where its map lies, as large as the camera's.
    pub area: Rect,
    /// What of it is seen.
    pub clip: Rect,
    /// Whether it shows the kept side.
    pub is_kept: bool,
}

/// The parts of the map, the one that shows the kept side first; a single one where nothing is compared.
pub fn parts(map: Rect, comparing: Option<&Comparing>) -> Vec<Part> {
    let whole = |is_kept| Part { area: map, clip: map, is_kept };
    let Some(comparing) = comparing else { return vec![whole(false)] };
    match comparing.layout {
        Layout::Difference => vec![whole(false)],
        Layout::Flip => vec![whole(comparing.shows_kept)],
        Layout::Swipe => {
            let x = divider_x(map, comparing);
            let (left, right) = (map.with_max_x(x), map.with_min_x(x));
            vec![Part { area: map, clip: left, is_kept: true }, Part { area: map, clip: right, is_kept: false }]
        }
        Layout::Side => {
            let width = ((map.width() - PANE_GAP_POINTS) / 2.0).floor();
            let left = Rect::from_min_size(map.min, vec2(width, map.height()));
            let right = left.translate(vec2(map.width() - width, 0.0));
            vec![Part { area: left, clip: left, is_kept: true }, Part { area: right, clip: right, is_kept: false }]
        }
    }
}

fn divider_x(map: Rect, comparing: &Comparing) -> f32 {
    (map.left() + map.width() * comparing.divider).round()
}

/// Where plates have room: the middle of its upper edge, and how wide it is.
pub type Room = (Pos2, f32);

/// Both sides, as those who look see them.
pub struct Sides<'a> {
    /// How they are compared, with the first side.
    pub comparing: &'a Comparing,
    /// The facts.
    pub atlas: &'a Atlas,
    /// The world on the second side, and the day.
    pub now: &'a WorldState,
    /// See `now`.
    pub day: Day,
    /// What a scene of a lecture says, whose heading has both dates; `None` outside lectures.
    pub words: Option<&'a SlideWords>,
}

/// What a part is called, with its place.
struct PlacedPlate {
    part: usize,
    label: Label,
    corner: Pos2,
    letters: f32,
}

/// What the parts are called, each with its place.
fn placed_plates(sides: &Sides, (map, parts, (top, room)): (Rect, &[Part], Room), style: &Style) -> Vec<PlacedPlate> {
    let Sides { comparing, atlas, now, day, words } = *sides;
    let mut names = staged_labels(atlas, &[(&comparing.kept.state, comparing.kept.day), (now, day)], words).into_iter();
    let (Some(kept), Some(now)) = (names.next(), names.next()) else { return Vec::new() };
    let centred = |part: usize, label: Label, (top, room): Room| {
        let letters = fitting_plate(&label, room - PLATE_MARGINS_POINTS, style);
        let width = plate(&label, [0.0; 2], letters, style).1.width();
        PlacedPlate { part, label, corner: pos2(top.x - width / 2.0, top.y), letters }
    };
    match comparing.layout {
        Layout::Swipe => {
            let x = divider_x(map, comparing);
            let beside = |(part, label): (usize, Label)| {
                // As large wherever the divider stands.
                let letters = fitting_plate(&label, room / 2.0 - PLATE_MARGINS_POINTS, style);
                let width = plate(&label, [0.0; 2], letters, style).1.width();
                PlacedPlate { part, label, corner: pos2(if part == 0 { x - 12.0 - width } else { x + 12.0 }, top.y), letters }
            };
            [kept, now].into_iter().enumerate().map(beside).collect()
        }
        Layout::Side => {
            let over = |(part, label): (usize, Label)| {
                let clip = parts[part].clip;
                centred(part, label, (pos2(clip.center().x, top.y), clip.width()))
            };
            [kept, now].into_iter().enumerate().map(over).collect()
        }
        Layout::Flip => vec![centred(0, if comparing.shows_kept { kept } else { now }, (top, room))],
        Layout::Difference if words.is_some() => Vec::new(),
        Layout::Difference => {
            let second = if kept.second == now.second { now.second } else { format!("{} → {}", kept.second, now.second) };
            vec![centred(0, Label { main: format!("{} → {}", kept.main, now.main), second }, (top, room))]
        }
    }
}
impl PlacedPlate {
    /// What it is drawn with, in the part's own points, and what it covers there.
    fn drawn(&self, part: &Part, style: &Style) -> (Vec<Item>, scene::Rect) {
        let corner = self.corner - part.area.min;
        plate(&self.label, [corner.x, corner.y], self.letters, style)
    }

    fn show_ui(&self, ui: &egui::Ui, part: &Part, style: &Style) {
        let (items, rect) = self.drawn(part, style);
        paint_items(&ui.painter_at(part.clip), part.area, &items);
        let place = Rect::from_min_size(self.corner, vec2(rect.width(), rect.height())).intersect(part.clip);
        let side = if part.is_kept { "first side" } else { "second side" };
        let words = format!("{side}: {}, {}", self.label.main, self.label.second);
        ui.interact(place, ui.scope_id().with(("compared", part.is_kept)), Sense::hover())
            .widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    }
}

/// What plates cover of the map, in the points of one of its parts.
pub fn plates_covered(sides: &Sides, place: (Rect, &[Part], Room), own: &Part, style: &Style) -> Vec<scene::Rect> {
    placed_plates(sides, place, style).iter().map(|plate| plate.drawn(own, style).1).collect()
}

/// Draws what lies over the parts: the line between them, and what each is called.
pub fn over_parts_ui(ui: &mut egui::Ui, sides: &Sides, place: (Rect, &[Part], Room), style: &Style, out: &mut Vec<Action>) {
    let (map, parts, _) = place;
    match sides.comparing.layout {
        Layout::Swipe => divider_ui(ui, sides.comparing, (map, style), out),
        Layout::Side => {
            let between = Rect::from_min_max(pos2(parts[0].clip.right(), map.top()), pos2(parts[1].clip.left(), map.bottom()));
            ui.painter().rect_filled(between, 0.0, color32(style.ink));
        }
        Layout::Difference | Layout::Flip => {}
    }
    for plate in placed_plates(sides, place, style) {
        plate.show_ui(ui, &parts[plate.part], style);
    }
}

/// The line that is dragged; arrows move it while it has the keyboard, and so can assistive technology.
fn divider_ui(ui: &mut egui::Ui, comparing: &Comparing, (map, style): (Rect, &Style), out: &mut Vec<Action>) {
    let x = divider_x(map, comparing);
    let strip = Rect::from_x_y_ranges(x - REACH_POINTS..=x + REACH_POINTS, map.y_range());
    let response = ui.interact(strip, ui.scope_id().with("divider"), Sense::CLICK | Sense::DRAG | Sense::FOCUSABLE);
    paint_items(&ui.painter_at(map), map, &divider_items(x - map.left(), map.height(), style));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
    }
    let mut share = comparing.divider;
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        share = (at.x - map.left()) / map.width().max(1.0);
    }
    if response.has_focus() {
        manners::keep_arrows(&response);
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(response.id, EventFilter { horizontal_arrows: true, ..EventFilter::default() })
        });
        let presses = ui.input(|input| input.num_presses(Key::ArrowRight) as f32 - input.num_presses(Key::ArrowLeft) as f32);
        share += presses * STEP;
        let grip = scene::Rect::around([x - map.left(), map.height() / 2.0], 34.0, 34.0);
        let ring = Rect::from_min_max(map.min + vec2(grip.min[0], grip.min[1]), map.min + vec2(grip.max[0], grip.max[1]));
        ui.painter().rect_stroke(ring, 17.0, egui::Stroke::new(2.0, color32(style.accent)), egui::StrokeKind::Inside);
    }
    share += asked_steps(ui, response.id) * STEP;
    share = asked_value(ui, response.id).unwrap_or(share).clamp(0.0, 1.0);
    let percent = f64::from(comparing.divider * 100.0).round();
    response.widget_info(|| WidgetInfo::slider(true, percent, "Divider between the two dates"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value_step(f64::from(STEP) * 100.0);
        [accesskit::Action::SetValue, accesskit::Action::Increment, accesskit::Action::Decrement]
            .into_iter()
            .for_each(|action| node.add_action(action));
    });
    if share != comparing.divider {
        out.push(Action::Compare(CompareStep::Divider(share)));
    }
}

fn asked_steps(ui: &egui::Ui, id: egui::Id) -> f32 {
    ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(id, action) as f32;
        count(accesskit::Action::Increment) - count(accesskit::Action::Decrement)
    })
}

/// The share that assistive technology asks for; it speaks of percent.
fn asked_value(ui: &egui::Ui, id: egui::Id) -> Option<f32> {
    ui.input(|input| {
        let asked = input.accesskit_action_requests(id, accesskit::Action::SetValue).filter_map(|request| match request.data {
            Some(accesskit::ActionData::NumericValue(percent)) => Some(percent as f32 / 100.0),
            _ => None,
        });
        asked.last()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        gui::{comparing::Kept, session::Panels},
        model::View,
    };

    fn comparing(atlas: &Atlas, layout: Layout, divider: f32) -> Comparing {
        let kept = Kept { day: Day::new(0), state: Arc::new(WorldState::at(atlas, Day::new(0), &View::DeFacto)) };
        Comparing { layout, divider, ..Comparing::new(kept, Panels::from_names(std::iter::empty())) }
    }

    #[test]
    fn parts_cover_the_map_once() {
        let atlas = crate::io::built_in_atlas().unwrap().0;
        let map = Rect::from_min_size(pos2(10.0, 44.0), vec2(1001.0, 600.0));
        for layout in [Layout::Swipe, Layout::Side, Layout::Difference, Layout::Flip] {
            for divider in [0.0, 0.3, 1.0] {
                let parts = parts(map, Some(&comparing(&atlas, layout, divider)));
                let seen: f32 = parts.iter().map(|part| part.clip.width()).sum();
                assert!(map.width() - seen <= PANE_GAP_POINTS + 1.0 && seen <= map.width(), "{layout:?} {divider}: {parts:?}");
                assert!(parts.iter().all(|part| part.area.contains_rect(part.clip)), "{layout:?} {divider}: {parts:?}");
                assert!(parts.windows(2).all(|pair| pair[0].area.size() == pair[1].area.size()), "both have the same camera");
            }
        }
    }
}
