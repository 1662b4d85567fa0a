//! Something that is not saved is about to be closed: whether to save first. All of it goes by keyboard.

use egui::{Key, RichText};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        keeping::{CloseAnswer, Closing, KeepAction, KeepBox},
        theme::{dialog, font, size},
        words::words_ui,
    },
    scene::Face,
};

/// So many documents are named; the rest is counted.
const MOST_NAMED: usize = 6;

/// Draws the box, when it is asked for.
pub fn close_box_ui(ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(KeepBox::Close(closing)) = ctx.session.keep_box else { return };
    let names: Vec<String> = ctx
        .library
        .edited
        .values()
        .filter(|editing| editing.is_unsaved() && (closing == Closing::Window || closing == Closing::Document(editing.key)))
        .map(|editing| editing.history.document().title().to_owned())
        .collect();
    let modal = dialog("close", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(460.0_f32.min(ctx_egui.content_rect().width() - 64.0));
        words_ui(ui, RichText::new(question(&names)).font(font(Face::SemiBold, size::HEADING)));
        if names.len() > 1 {
            for name in names.iter().take(MOST_NAMED) {
                words_ui(ui, format!("• {name}"));
            }
            if names.len() > MOST_NAMED {
                ui.label(format!("and {} more", names.len() - MOST_NAMED));
            }
        }
        let kept = if ctx.library.keeping.folder.is_some() {
            "What you do not save stays for seven days under “Unsaved work” on the first screen."
        } else {
            "What you do not save is lost."
        };
        words_ui(ui, RichText::new(kept).color(ctx.palette.quiet));
        ui.add_space(12.0);
        if let Some(answer) = answers_ui(ui, names.len() > 1) {
            out.push(Action::Keep(KeepAction::Close(answer)));
        }
    });
    if modal.should_close() {
        out.push(Action::Keep(KeepAction::Close(CloseAnswer::Stay)));
    }
}

fn answers_ui(ui: &mut egui::Ui, are_many: bool) -> Option<CloseAnswer> {
    let pressed = |ui: &egui::Ui, key: Key| ui.input(|input| input.key_pressed(key));
    ui.horizontal(|ui| {
        let save = ui.add(egui::Button::new(if are_many { "Save all" } else { "Save" }).shortcut_text("Enter"));
        if ui.memory(|memory| memory.focused().is_none()) {
            save.request_focus();
        }
        let leave = ui.add(egui::Button::new("Don't save").shortcut_text("D"));
        let stay = ui.add(egui::Button::new("Cancel").shortcut_text("Esc"));
        match () {
            () if save.clicked() || pressed(ui, Key::S) => Some(CloseAnswer::Save),
            () if leave.clicked() || pressed(ui, Key::D) => Some(CloseAnswer::Leave),
            () if stay.clicked() => Some(CloseAnswer::Stay),
            () => None,
        }
    })
    .inner
}

fn question(names: &[String]) -> String {
    match names {
        [name] => format!("Save the changes of {name}?"),
        names => format!("Save the changes of {} documents?", names.len()),
    }
}
