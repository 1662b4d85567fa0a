//! First, previous event, back, play, next event, last.

use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder};

use super::{
    TimelineAction, TimelinePalette,
    icons::{Icon, IconButton},
};
use crate::time::{Clock, Direction};

/// Width and height of the quiet buttons, and of the play button, in points.
const BUTTON: f32 = 28.0;
const PLAY_BUTTON: f32 = 34.0;

/// The width of the row, with the buttons to both ends or without them.
pub(super) fn width(with_ends: bool) -> f32 {
    let quiet = if with_ends { 5.0 } else { 3.0 };
    quiet * BUTTON + PLAY_BUTTON + (quiet + 1.0) * 2.0
}

/// The row of buttons, at the left of `rect`.
pub(super) fn transport_ui(ui: &mut Ui, rect: Rect, with_ends: bool, palette: &TimelinePalette, clock: &Clock) -> Option<TimelineAction> {
    let mut row = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    row.spacing_mut().item_spacing.x = 2.0;
    let mut asked = None;
    let mut button = |row: &mut Ui, icon, name, tip, action| {
        let on = (icon == Icon::PlayBackward).then_some(clock.playing == Some(Direction::Backward));
        if (IconButton { icon, name, tip, on, size_points: BUTTON }).show_ui(row, palette).clicked() {
            asked = Some(action);
        }
    };
    if with_ends {
        button(&mut row, Icon::First, "First day", "First day (Home)", TimelineAction::First);
    }
    button(&mut row, Icon::PreviousEvent, "Previous event", "Previous event (,)", TimelineAction::PreviousEvent);
    button(&mut row, Icon::PlayBackward, "Play backward", "Play backward (Shift+Space)", TimelineAction::PlayBackward);
    let (icon, name, tip) = match clock.playing {
        Some(_) => (Icon::Pause, "Pause", "Pause (Space)"),
        None => (Icon::Play, "Play", "Play (Space)"),
    };
    if (IconButton { icon, name, tip, on: None, size_points: PLAY_BUTTON }).show_filled_ui(&mut row, palette).clicked() {
        asked = Some(TimelineAction::TogglePlay);
    }
    let mut button = |row: &mut Ui, icon, name, tip, action| {
        if (IconButton { icon, name, tip, on: None, size_points: BUTTON }).show_ui(row, palette).clicked() {
            asked = Some(action);
        }
    };
    button(&mut row, Icon::NextEvent, "Next event", "Next event (.)", TimelineAction::NextEvent);
    if with_ends {
        button(&mut row, Icon::Last, "Last day", "Last day (End)", TimelineAction::Last);
    }
    asked
}
