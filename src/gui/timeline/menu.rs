//! The menu of a right click on the score: what can be done on that day.

use eframe::egui::{Button, Popup, Response, RichText, Ui, vec2};

use super::{TimelineAction, TimelineInput, TimelineState, bars::TimeEdit};
use crate::time::Day;

/// How wide the menu is, in points.
const WIDTH_POINTS: f32 = 224.0;

/// Opens with a right click and stays until something is chosen.
pub(super) fn menu_ui(response: &Response, input: &TimelineInput, state: &TimelineState, out: &mut Vec<TimelineAction>) {
    let Some(day) = state.menu_day else { return };
    Popup::context_menu(response).show(|ui| {
        ui.set_width(WIDTH_POINTS);
        ui.label(RichText::new(day.label()).font(input.palette.strong(14.0)));
        ui.separator();
        row_ui(ui, "Go here", TimelineAction::GoTo(day), out);
        rows_of_document_ui(ui, input, day, out);
    });
}

/// What changes the document; nothing where it cannot be changed.
fn rows_of_document_ui(ui: &mut Ui, input: &TimelineInput, day: Day, out: &mut Vec<TimelineAction>) {
    let Some(editable) = input.editable else { return };
    ui.separator();
    row_ui(ui, "Add event here", TimelineAction::Edit(TimeEdit::AddEvent(day)), out);
    if editable.has_region {
        row_ui(ui, "Record control from here", TimelineAction::Edit(TimeEdit::RecordControl(day)), out);
    }
    if editable.has_selection {
        row_ui(ui, "Set start of the selection here", TimelineAction::Edit(TimeEdit::SetStart(day)), out);
        row_ui(ui, "Set end of the selection here", TimelineAction::Edit(TimeEdit::SetEnd(day)), out);
    }
}

fn row_ui(ui: &mut Ui, label: &str, action: TimelineAction, out: &mut Vec<TimelineAction>) {
    if ui.add(Button::new(label).min_size(vec2(ui.available_width(), 0.0))).clicked() {
        out.push(action);
        ui.close();
    }
}
