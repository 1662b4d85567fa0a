//! The sheet of keys: the table of actions, by group.

use egui::RichText;

use super::Ctx;
use crate::gui::{
    actions::{Action, TABLE, shortcut_text},
    theme::{font, size},
};
use crate::scene::Face;

/// Draws the sheet over everything.
pub fn key_sheet_ui(ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
    let response = egui::Modal::new(egui::Id::unique("key-sheet")).show(ctx_egui, |ui| {
        ui.set_width(760.0);
        ui.label(RichText::new("Keys").font(font(Face::SemiBold, size::HEADING)));
        ui.add_space(8.0);
        egui::ScrollArea::vertical().max_height(560.0).show(ui, |ui| {
            ui.columns(3, |columns| {
                for (column, group) in columns.iter_mut().zip(["Time", "Map", "Window"]) {
                    group_ui(column, ctx, group);
                }
            });
        });
        ui.add_space(8.0);
        ui.label(
            RichText::new("Wheel zooms to the pointer, drag pans, Shift+drag zooms to a box, double click zooms in, right click asks.")
                .color(ctx.palette.quiet),
        );
    });
    if response.should_close() {
        out.push(Action::ToggleKeySheet);
    }
}

fn group_ui(ui: &mut egui::Ui, ctx: &Ctx, group: &str) {
    ui.label(RichText::new(group).font(font(Face::SemiBold, size::BODY)));
    egui::Grid::new(group).num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        for entry in TABLE.iter().filter(|entry| entry.group == group) {
            let keys: Vec<String> = entry.keys.iter().map(shortcut_text).collect();
            ui.label(RichText::new(keys.join(", ")).size(size::SMALL).color(ctx.palette.quiet));
            ui.label(entry.label).on_hover_text(entry.hint);
            ui.end_row();
        }
    });
}
