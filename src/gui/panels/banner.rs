//! A strip over the map about the document that is shown: why it cannot be saved, or that others changed its file. It blocks nothing and stays until
//! somebody decides.

use egui::{Pos2, RichText};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        app::EditAction,
        editing::Editing,
        keeping::KeepAction,
        theme::{font, overlay_frame, size},
        words::words_ui,
    },
    io::keep::OutsideChange,
    scene::Face,
};

/// The widest that it gets, in points.
const WIDTH_POINTS: f32 = 560.0;
/// What it needs at least, in points.
const LEAST_POINTS: f32 = 240.0;

/// What it says: a headline, a sentence, and what can be done, each with a hint.
struct Says {
    headline: String,
    text: &'static str,
    choices: Vec<(&'static str, &'static str, Action)>,
}

/// Draws the strip under a place, in so much room; nothing while there is nothing to say.
pub fn banner_ui(ctx_egui: &egui::Context, ctx: &Ctx, (middle, room): (Pos2, f32), out: &mut Vec<Action>) {
    let Some(says) = ctx.editing().and_then(says) else { return };
    let area = egui::Area::new(egui::Id::unique("banner")).pivot(egui::Align2::CENTER_TOP).fixed_pos(middle);
    area.order(egui::Order::Middle).show(ctx_egui, |ui| {
        let frame = overlay_frame(ctx.palette).fill(ctx.palette.surface).stroke(egui::Stroke::new(2.0, ctx.palette.accent));
        frame.show(ui, |ui| {
            ui.set_width(WIDTH_POINTS.min(room - 48.0).max(LEAST_POINTS));
            words_ui(ui, RichText::new(says.headline).font(font(Face::SemiBold, size::BODY)));
            words_ui(ui, RichText::new(says.text).color(ctx.palette.quiet));
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                for (label, hint, action) in says.choices {
                    if ui.button(label).on_hover_text(hint).clicked() {
                        out.push(action);
                    }
                }
            });
        });
    });
}

fn says(editing: &Editing) -> Option<Says> {
    if let Some(change) = editing.outside {
        return Some(changed(editing, change));
    }
    let why = editing.read_only.clone()?;
    let copy = ("Make a copy", "Opens a copy that you can change and save", Action::Edit(EditAction::Copy));
    Some(Says { headline: format!("Read only: {}", editing.name()), text: why_text(editing), choices: vec![copy] })
        .filter(|_| !why.is_empty())
}

/// The two reasons, as short as the strip has room for.
fn why_text(editing: &Editing) -> &'static str {
    if editing.history.document().is_newer() {
        "It was written by a newer Border Atlas, and parts of it may not be shown. So that none is lost it cannot be changed here."
    } else {
        "It is open in another window. Change and save it there, or work on a copy here."
    }
}

fn changed(editing: &Editing, change: OutsideChange) -> Says {
    let (key, name) = (editing.key, editing.name());
    let path = editing.path.clone().unwrap_or_default();
    let keep = |replace| Action::Keep(KeepAction::SaveAt { key, path: path.clone(), replace });
    let save_copy = ("Save as a copy", "Saves what is here under another name", Action::Keep(KeepAction::SaveAs));
    let leave = ("Not now", "Goes on with what is here; saving asks again", Action::Keep(KeepAction::LeaveOutside(key)));
    match (change, editing.is_unsaved()) {
        (OutsideChange::Gone, _) => Says {
            headline: format!("{name} was deleted, renamed or moved by another program"),
            text: "What is here is all there. Save it to bring the file back.",
            choices: vec![("Save here again", "Writes the file anew in its place", keep(true)), save_copy, leave],
        },
        (_, false) => Says {
            headline: format!("{name} was changed by another program"),
            text: "Nothing was changed here since it was opened or saved.",
            choices: vec![("Reload", "Reads the file anew", Action::Keep(KeepAction::TakeTheirs(key))), leave],
        },
        (_, true) => Says {
            headline: format!("{name} was changed by another program, and here too"),
            text: "Nothing is lost either way: the other version stays beside the file, or yours under “Unsaved work” for seven days.",
            choices: vec![
                ("Keep mine", "Saves what is here; the other version is kept as a backup", keep(true)),
                ("Take theirs", "Reads the file anew; your edits are laid aside for seven days", Action::Keep(KeepAction::TakeTheirs(key))),
                save_copy,
                leave,
            ],
        },
    }
}
