//! Asks where sources go that were dropped while no document is open that can be changed.

use egui::{Key, RichText};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        app::SourcesAction,
        theme::{dialog, font, size},
        words::words_ui,
    },
    scene::Face,
};

/// Draws the box over everything, while sources wait.
pub fn sources_box_ui(ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(waiting) = &ctx.session.waiting_sources else { return };
    let modal = dialog("sources-wait", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(460.0_f32.min(ctx_egui.content_rect().width() - 64.0));
        let count = waiting.items.len();
        let heading = if count == 1 { "1 source".to_owned() } else { format!("{count} sources") };
        words_ui(ui, RichText::new(format!("{heading} of {}", waiting.from)).font(font(Face::SemiBold, size::HEADING)));
        let why = match ctx.document() {
            Some(project) => format!("{} is built in and stays as it is. Where do they go?", project.title),
            None => "No document is open that could take them. Where do they go?".to_owned(),
        };
        words_ui(ui, RichText::new(why).color(ctx.palette.quiet));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let has_story = ctx.document().is_some();
            let first = ui
                .add(egui::Button::new(if has_story { "Into a copy of the story" } else { "Into a new document" }).shortcut_text("Enter"));
            if ui.memory(|memory| memory.focused().is_none()) {
                first.request_focus();
            }
            if first.clicked() {
                out.push(Action::Sources(if has_story { SourcesAction::IntoCopy } else { SourcesAction::IntoNew }));
            }
            let pressed = ui.input(|input| input.key_pressed(Key::N));
            if has_story && (ui.add(egui::Button::new("Into a new document").shortcut_text("N")).clicked() || pressed) {
                out.push(Action::Sources(SourcesAction::IntoNew));
            }
            if ui.button("Cancel").on_hover_text("Takes nothing in  Esc").clicked() {
                out.push(Action::Sources(SourcesAction::LetGo));
            }
        });
    });
    if modal.should_close() {
        out.push(Action::Sources(SourcesAction::LetGo));
    }
}
