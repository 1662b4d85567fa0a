//! The sheet of keys: the table of actions, by group, and what the pointer does.

use egui::{Color32, RichText, vec2};

use super::Ctx;
use crate::gui::{
    actions::{Action, Entry, TABLE, shortcut_text},
    theme::{dialog, font, size},
};
use crate::scene::Face;

/// The groups of each column, from left to right.
const COLUMNS: [&[&str]; 3] =
    [&["Time", "Document", "Drawing"], &["Map", "Measuring", "Comparing", "Editing"], &["Window", "Lecture", "Magnifier", "First screen"]];
/// What the pointer does on the map, as the keys are listed.
const POINTER: [(&str, &str); 7] = [
    ("Wheel", "Zoom to the pointer"),
    ("Drag", "Pan"),
    ("Shift+drag", "Zoom to a box"),
    ("Double click", "Zoom in; with Shift out"),
    ("Click", "Select; again: what else is there"),
    ("Right click", "What is here, coordinates, measure"),
    ("Drop a file", "Open it"),
];
/// The least room for three columns, in points; in less they stand under one another.
const COLUMN_POINTS: f32 = 264.0;
/// The width of the keys in a column, in points.
const KEYS_POINTS: f32 = 104.0;

/// Draws the sheet over everything.
pub fn key_sheet_ui(ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
    let room = ctx_egui.content_rect().size() - vec2(96.0, 96.0);
    let columns = if room.x >= 3.0 * COLUMN_POINTS { 3 } else { 1 };
    let response = dialog("key-sheet", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width((columns as f32 * COLUMN_POINTS).min(room.x));
        ui.set_max_height(room.y);
        ui.label(RichText::new("Keys").font(font(Face::SemiBold, size::HEADING)));
        ui.add_space(8.0);
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.columns(columns, |parts| {
                for (index, groups) in COLUMNS.iter().enumerate() {
                    let part = &mut parts[index.min(columns - 1)];
                    groups.iter().for_each(|group| group_ui(part, ctx, group));
                    if index == 1 {
                        pointer_ui(part, ctx);
                    }
                }
            });
        });
    });
    if response.should_close() {
        out.push(Action::ToggleKeySheet);
    }
}

fn heading_ui(ui: &mut egui::Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(text).font(font(Face::SemiBold, size::BODY)));
}

fn group_ui(ui: &mut egui::Ui, ctx: &Ctx, group: &str) {
    heading_ui(ui, group);
    // What has no key is in the palette.
    for entry in TABLE.iter().filter(|entry| entry.group == group && !entry.keys.is_empty()) {
        row_ui(ui, &keys_text(entry), entry.label, ctx.palette.quiet).on_hover_text(entry.hint);
    }
    ui.add_space(8.0);
}

fn pointer_ui(ui: &mut egui::Ui, ctx: &Ctx) {
    heading_ui(ui, "Pointer on the map");
    POINTER.iter().for_each(|(keys, label)| drop(row_ui(ui, keys, label, ctx.palette.quiet)));
}

/// All keys of an action.
fn keys_text(entry: &Entry) -> String {
    entry.keys.iter().map(shortcut_text).collect::<Vec<_>>().join(", ")
}

fn row_ui(ui: &mut egui::Ui, keys: &str, label: &str, quiet: Color32) -> egui::Response {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let text = egui::Label::new(RichText::new(keys).size(size::SMALL).color(quiet));
        ui.allocate_ui_with_layout(vec2(KEYS_POINTS, 20.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_width(KEYS_POINTS);
            ui.add(text)
        });
        ui.add(egui::Label::new(label).wrap())
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_on_the_sheet() {
        for entry in TABLE.iter().filter(|entry| !entry.keys.is_empty()) {
            assert!(COLUMNS.iter().any(|groups| groups.contains(&entry.group)), "{} of {}", entry.label, entry.group);
        }
    }
}
