//! The map as text: what is to be seen as headings and lists that can be read aloud, selected and copied.

use egui::{Response, RichText, Role};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        theme::{font, size},
        words::words_ui,
    },
    scene::{
        Face, Twin,
        twin::{Row, Section},
    },
};

/// Draws the panel.
pub fn map_text_ui(ui: &mut egui::Ui, ctx: &Ctx, twin: &Twin, out: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let title = ui.label(RichText::new("Map as text").font(font(Face::SemiBold, size::TITLE)));
        announce(&title, Role::Heading, "Map as text");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Copy all").on_hover_text("Puts all of it on the clipboard, as Markdown").clicked() {
                out.push(Action::Copy(twin.markdown()));
            }
        });
    });
    ui.add_space(4.0);
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        let title = words_ui(ui, RichText::new(&twin.title).font(font(Face::SemiBold, size::HEADING)));
        announce(&title, Role::Heading, &twin.title);
        twin.lead.iter().for_each(|line| line_ui(ui, RichText::new(line).color(ctx.palette.quiet), line));
        twin.sections.iter().for_each(|section| section_ui(ui, ctx, section));
    });
}

fn section_ui(ui: &mut egui::Ui, ctx: &Ctx, section: &Section) {
    ui.add_space(10.0);
    let heading = words_ui(ui, RichText::new(&section.heading).font(font(Face::SemiBold, size::BODY)));
    announce(&heading, Role::Heading, &section.heading);
    section.rows.iter().for_each(|row| row_ui(ui, ctx, row));
}

fn row_ui(ui: &mut egui::Ui, ctx: &Ctx, row: &Row) {
    line_ui(ui, RichText::new(&row.text), &row.text);
    for detail in &row.details {
        ui.horizontal_top(|ui| {
            ui.add_space(10.0);
            ui.vertical(|ui| line_ui(ui, RichText::new(detail).size(size::SMALL).color(ctx.palette.quiet), detail));
        });
    }
}

fn line_ui(ui: &mut egui::Ui, text: RichText, words: &str) {
    let response = words_ui(ui, text);
    announce(&response, Role::ListItem, words);
}

/// What a line is for those who hear it: egui itself knows only labels.
fn announce(response: &Response, role: Role, words: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, words));
}
