//! The layout of the dock.

use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, pos2};

use super::{
    TimelineAction, TimelineInput, TimelineState,
    date_entry::{DateSize, date_ui},
    icons::{Icon, IconButton},
    score::score_ui,
    settings::{settings_menu_ui, settings_ui},
    transport::{self, transport_ui},
};
use crate::time::Clock;

/// Empty space at the edges of the dock, in points.
const MARGIN: f32 = 12.0;
/// Lower than this it is one row.
const ONE_ROW: f32 = 72.0;
/// From this height on the settings stand open.
const OPEN_SETTINGS: f32 = 176.0;

/// Draws the dock into the whole of `ui`: give it the panel without inner margins, so that the playhead reaches the map's edge. It pushes what
/// a person asks for; `state` is all that it changes.
pub fn timeline_ui(ui: &mut Ui, input: &TimelineInput, state: &mut TimelineState, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, eframe::egui::Sense::hover());
    ui.spacing_mut().item_spacing = Vec2::splat(4.0);
    state.note_height(rect.height());
    state.refresh(ui.ctx(), input, clock);
    if rect.height() < ONE_ROW {
        one_row_ui(ui, rect, input, state, (clock, out));
        return;
    }
    let side_width = if rect.width() >= 1500.0 { 292.0 } else { 256.0 };
    let (side, score) = rect.split_left_right_at_x(rect.left() + MARGIN + side_width);
    side_ui(ui, Rect::from_min_max(pos2(side.left() + MARGIN, side.top() + 10.0), side.max), input, state, (clock, out));
    score_ui(ui, score.with_max_x(rect.right()), input, state, (clock, out));
    fold_button_ui(ui, pos2(side.right() - 26.0, rect.top() + 8.0), input, state);
}

/// Date, transport and settings under one another.
fn side_ui(ui: &mut Ui, rect: Rect, input: &TimelineInput, state: &mut TimelineState, (clock, out): (&Clock, &mut Vec<TimelineAction>)) {
    let is_open = rect.height() + 10.0 >= OPEN_SETTINGS;
    let date = Rect::from_min_size(rect.min, Vec2::new(rect.width() - 32.0, 62.0));
    date_ui(ui, (date, DateSize::Tall), input.palette, state, (clock, out));
    let row = Rect::from_min_size(date.left_bottom() - Vec2::new(4.0, 2.0), Vec2::new(transport::width(true), 36.0));
    out.extend(transport_ui(ui, row, true, input.palette, clock));
    if is_open {
        let settings = Rect::from_min_size(row.left_bottom() + Vec2::new(0.0, 4.0), Vec2::new(rect.width() + 4.0, 52.0));
        settings_ui(ui, settings, input, clock, out);
    } else {
        let place = Rect::from_min_size(row.right_top() + Vec2::new(4.0, 0.0), Vec2::new(28.0, row.height()));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
        settings_menu_ui(&mut child, input, clock, out);
    }
}

/// Everything in one row.
fn one_row_ui(ui: &mut Ui, rect: Rect, input: &TimelineInput, state: &mut TimelineState, (clock, out): (&Clock, &mut Vec<TimelineAction>)) {
    let date = Rect::from_min_size(pos2(rect.left() + MARGIN, rect.top()), Vec2::new(196.0, rect.height()));
    date_ui(ui, (date, DateSize::Line), input.palette, state, (clock, out));
    let row = Rect::from_min_size(date.right_top(), Vec2::new(transport::width(false), rect.height()));
    out.extend(transport_ui(ui, row, false, input.palette, clock));
    let place = Rect::from_min_size(row.right_top(), Vec2::new(30.0, rect.height()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
    settings_menu_ui(&mut child, input, clock, out);
    let score = Rect::from_min_max(pos2(place.right() + 32.0, rect.top()), rect.max);
    score_ui(ui, score, input, state, (clock, out));
    fold_button_ui(ui, pos2(place.right() + 2.0, rect.center().y - 12.0), input, state);
}

fn fold_button_ui(ui: &mut Ui, at: eframe::egui::Pos2, input: &TimelineInput, state: &mut TimelineState) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(Rect::from_min_size(at, Vec2::splat(24.0))));
    let (icon, name) = if state.collapsed { (Icon::Unfold, "Unfold the timeline") } else { (Icon::Fold, "Fold the timeline") };
    if (IconButton { icon, name, tip: name, on: None, size_points: 24.0 }).show_ui(&mut child, input.palette).clicked() {
        state.toggle_fold();
    }
}
