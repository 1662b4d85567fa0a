//! The parts of the map in a comparison: where each lies, what it is called, and the divider between them.

use egui::{EventFilter, Key, Rect, Sense, WidgetInfo, accesskit, pos2, vec2};

use super::{CompareStep, Comparing, Layout};
use crate::{
    gui::{actions::Action, manners, paint::items::paint_items, session::Session, theme::color32},
    model::{Atlas, WorldState},
    scene::{
        self, Style,
        compare::{Label, divider_items, labels, plate},
    },
};

/// Between two maps side by side, in points.
pub const GAP_POINTS: f32 = 4.0;
/// The strip round the divider that takes the pointer, in points to each side.
const REACH_POINTS: f32 = 9.0;
/// Letters of the dates over the maps, in points: on a wide map, and on a narrow one.
const LETTERS: [f32; 2] = [26.0, 19.0];
/// A part of the map narrower than this has the smaller letters, in points.
const NARROW_POINTS: f32 = 420.0;
/// One step of the divider by a key, as a share of the width.
pub const STEP: f32 = 0.05;
/// What dates keep clear of the upper edge of the map, in points.
const TOP_POINTS: f32 = 12.0;

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
            let width = ((map.width() - GAP_POINTS) / 2.0).floor();
            let left = Rect::from_min_size(map.min, vec2(width, map.height()));
            let right = left.translate(vec2(map.width() - width, 0.0));
            vec![Part { area: left, clip: left, is_kept: true }, Part { area: right, clip: right, is_kept: false }]
        }
    }
}

fn divider_x(map: Rect, comparing: &Comparing) -> f32 {
    (map.left() + map.width() * comparing.divider).round()
}

/// Draws what lies over the parts: the line between them, and what each is called.
/// `middle` is where free room has its middle, `now` the world on the second side.
pub fn over_parts_ui(
    ui: &mut egui::Ui,
    (session, atlas): (&Session, &Atlas),
    (map, parts, middle): (Rect, &[Part], f32),
    (style, now): (&Style, &WorldState),
    out: &mut Vec<Action>,
) {
    let Some(comparing) = &session.comparing else { return };
    let names = labels(atlas, &[(&comparing.kept.state, comparing.kept.day), (now, session.day())]);
    match comparing.layout {
        Layout::Swipe => {
            divider_ui(ui, comparing, (map, style), out);
            let x = divider_x(map, comparing);
            for (part, label) in parts.iter().zip(&names) {
                let letters = letters(map.width() / 2.0);
                let width = plate(label, [0.0; 2], letters, style).1.width();
                let left = if part.is_kept { x - 12.0 - width } else { x + 12.0 };
                plate_ui(ui, (label, left, letters), part, style);
            }
        }
        Layout::Side => {
            ui.painter().rect_filled(
                Rect::from_min_max(pos2(parts[0].clip.right(), map.top()), pos2(parts[1].clip.left(), map.bottom())),
                0.0,
                color32(style.ink),
            );
            for (part, label) in parts.iter().zip(&names) {
                centred_ui(ui, label, (part, part.clip.center().x), style);
            }
        }
        Layout::Flip => centred_ui(ui, &names[usize::from(!comparing.shows_kept)], (&parts[0], middle), style),
        Layout::Difference => {
            let both = Label { main: format!("{} → {}", names[0].main, names[1].main), second: joined(&names) };
            centred_ui(ui, &both, (&parts[0], middle), style);
        }
    }
}

fn joined(names: &[Label]) -> String {
    let mut seconds: Vec<&str> = names.iter().map(|label| label.second.as_str()).collect();
    seconds.dedup();
    seconds.join(" → ")
}

fn letters(width: f32) -> f32 {
    LETTERS[usize::from(width < NARROW_POINTS)]
}

fn centred_ui(ui: &egui::Ui, label: &Label, (part, middle): (&Part, f32), style: &Style) {
    let letters = letters(part.clip.width());
    let width = plate(label, [0.0; 2], letters, style).1.width();
    plate_ui(ui, (label, middle - width / 2.0, letters), part, style);
}

/// What a part is called, on a plate that begins at `left`.
fn plate_ui(ui: &egui::Ui, (label, left, letters): (&Label, f32, f32), part: &Part, style: &Style) {
    let (items, rect) = plate(label, [left - part.area.left(), TOP_POINTS], letters, style);
    paint_items(&ui.painter_at(part.clip), part.area, &items);
    let place = Rect::from_min_size(part.area.min + vec2(rect.min[0], rect.min[1]), vec2(rect.width(), rect.height())).intersect(part.clip);
    let side = if part.is_kept { "first side" } else { "second side" };
    let words = format!("{side}: {}, {}", label.main, label.second);
    ui.interact(place, ui.scope_id().with(("compared", part.is_kept)), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
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
        time::Day,
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
                assert!(map.width() - seen <= GAP_POINTS + 1.0 && seen <= map.width(), "{layout:?} {divider}: {parts:?}");
                assert!(parts.iter().all(|part| part.area.contains_rect(part.clip)), "{layout:?} {divider}: {parts:?}");
                assert!(parts.windows(2).all(|pair| pair[0].area.size() == pair[1].area.size()), "both have the same camera");
            }
        }
    }
}
