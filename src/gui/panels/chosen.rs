//! Several events that were chosen together: what can be done to all of them, as one step.

use egui::RichText;

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        app::{DocumentAction, Question},
        theme::{font, size},
        words::{line, named},
    },
    scene::Face,
};

/// What importance is called; 1 is the most.
const IMPORTANCE: [(i64, &str); 3] = [(1, "1 · leads"), (2, "2 · usual"), (3, "3 · detail")];

/// Draws the bar; nothing while nothing is chosen.
pub fn chosen_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let count = ctx.session.chosen.len();
    if count == 0 {
        return;
    }
    ui.horizontal(|ui| {
        let text = if count == 1 { "1 event chosen".to_owned() } else { format!("{count} events chosen") };
        ui.label(RichText::new(text).font(font(Face::SemiBold, size::BODY)));
        if ui.small_button("×").on_hover_text("Chooses nothing").accessible_name("Choose nothing").clicked() {
            out.push(Action::Document(DocumentAction::ChooseNone));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.menu_button("Importance", |ui| {
            for (importance, label) in IMPORTANCE {
                row_ui(ui, label, DocumentAction::SetForAll("importance", importance.into()), out);
            }
        });
        ui.menu_button("Dispute", |ui| disputes_ui(ui, ctx, out));
        for (label, action) in
            [("Add tag", DocumentAction::Ask(Question::Tag)), ("Duplicate", DocumentAction::Ask(Question::Dates)), ("Delete", DocumentAction::Remove)]
        {
            if ui.button(label).accessible_name(format!("{label} for all chosen")).clicked() {
                out.push(Action::Document(action));
            }
        }
    });
    ui.separator();
}

/// The disputes of the document, and none.
fn disputes_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    for id in ctx.document().into_iter().flat_map(|project| &project.disputes) {
        let name = ctx.library.atlas.dispute(id.as_str()).map_or(id.as_str(), |dispute| dispute.name.as_str());
        row_ui(ui, name, DocumentAction::SetForAll("dispute", id.as_str().into()), out);
    }
    // An empty text is no dispute, also for those that had none to take away.
    row_ui(ui, "None", DocumentAction::SetForAll("dispute", "".into()), out);
}

fn row_ui(ui: &mut egui::Ui, label: &str, action: DocumentAction, out: &mut Vec<Action>) {
    if named(ui.button(line(ui, label)), label).clicked() {
        out.push(Action::Document(action));
        ui.close();
    }
}
