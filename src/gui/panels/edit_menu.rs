//! The menu "Change": what can be done to the document, and the steps that can be taken back.

use egui::RichText;

use super::{Ctx, top_bar::shortened};
use crate::gui::{
    actions::{Action, TABLE, key_text},
    app::{DocumentAction, EditAction},
    words::{line, named},
};

/// So many steps are listed.
const STEPS: usize = 20;
/// How many letters of a step are shown.
const LETTERS: usize = 40;
/// How wide the menu is, in points.
const WIDTH_POINTS: f32 = 290.0;

/// A menu button; nothing while no document can be changed.
pub fn edit_menu_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    if ctx.editing().is_some() {
        ui.menu_button("Change", |ui| rows_ui(ui, ctx, out)).response.on_hover_text("Undo, redo, and all that changes the document");
    }
}

/// The rows of the menu.
pub fn rows_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(editing) = ctx.editing() else { return };
    ui.set_min_width(WIDTH_POINTS);
    let (undo, redo) = editing.history.next_labels();
    step_ui(ui, "Undo", undo, EditAction::Undo, out);
    step_ui(ui, "Redo", redo, EditAction::Redo, out);
    steps_ui(ui, editing.history.past().take(STEPS).collect(), out);
    ui.separator();
    for (text, label) in [("New document", "New document"), ("Copy of this document", "Copy of the story")] {
        row_ui(ui, (text, label, true), out);
    }
    ui.separator();
    let has_targets = !ctx.session.chosen.is_empty() || ctx.session.selection.as_ref().is_some_and(|own| ctx.library.id_of(own).is_some());
    row_ui(ui, ("Add an event", "Add an event", true), out);
    row_ui(ui, ("Duplicate with new dates …", "Duplicate with new dates", has_targets), out);
    row_ui(ui, ("Delete", "Delete what is selected", has_targets), out);
    ui.separator();
    for (text, label) in [
        ("Find and replace", "Find and replace"),
        ("Checks", "Checks"),
        ("Balance", "Balance"),
        (if ctx.session.recording { "Leave record mode" } else { "Record mode" }, "Record mode"),
        ("Make a what-if branch …", "Make a what-if branch"),
    ] {
        row_ui(ui, (text, label, true), out);
    }
}

/// Undo or redo with what it would do; grey where there is nothing.
fn step_ui(ui: &mut egui::Ui, word: &str, label: Option<&str>, action: EditAction, out: &mut Vec<Action>) {
    let text = label.map_or_else(|| word.to_owned(), |label| format!("{word} {}", shortened(label, LETTERS)));
    let button = egui::Button::new(line(ui, &text)).shortcut_text(key_text(word));
    if named(ui.add_enabled(label.is_some(), button), &text).clicked() {
        out.push(Action::Edit(action));
        ui.close();
    }
}

/// The last steps, the newest first: a click takes all of them back down to that one.
fn steps_ui(ui: &mut egui::Ui, past: Vec<&str>, out: &mut Vec<Action>) {
    if past.len() < 2 {
        return;
    }
    ui.menu_button("Back to before …", |ui| {
        ui.set_min_width(WIDTH_POINTS);
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (place, label) in past.iter().enumerate() {
                let text = format!("{}. {}", place + 1, shortened(label, LETTERS));
                if named(ui.button(line(ui, &text)), &text).clicked() {
                    out.push(Action::Document(DocumentAction::StepsBack(place + 1)));
                    ui.close();
                }
            }
        });
    });
}

/// A row that asks for something of the table, with its key.
fn row_ui(ui: &mut egui::Ui, (text, table_label, enabled): (&str, &str, bool), out: &mut Vec<Action>) {
    let Some(entry) = TABLE.iter().find(|entry| entry.label == table_label) else { return };
    let button = egui::Button::new(RichText::new(text)).shortcut_text(key_text(table_label));
    if ui.add_enabled(enabled, button).on_hover_text(entry.hint).clicked() {
        out.push((entry.make)());
        ui.close();
    }
}
