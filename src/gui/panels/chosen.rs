//! Several things of the document that were chosen together: what can be done to all of them, as one step.

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
        let what = match (is_all_events(ctx), count) {
            (true, 1) => "event",
            (true, _) => "events",
            (false, 1) => "thing",
            (false, _) => "things",
        };
        let text = format!("{count} {what} chosen");
        ui.label(RichText::new(text).font(font(Face::SemiBold, size::BODY)));
        if ui.small_button("×").on_hover_text("Chooses nothing").accessible_name("Choose nothing").clicked() {
            out.push(Action::Document(DocumentAction::ChooseNone));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if is_all_events(ctx) {
            ui.menu_button("Importance", |ui| {
                for (importance, label) in IMPORTANCE {
                    row_ui(ui, label, DocumentAction::SetForAll("importance", importance.into()), out);
                }
            });
            ui.menu_button("Dispute", |ui| disputes_ui(ui, ctx, out));
        }
        ui.menu_button("Party", |ui| parties_ui(ui, ctx, out));
        ui.menu_button("Dates", |ui| dates_ui(ui, ctx, out));
        ui.menu_button("Lock", |ui| {
            row_ui(ui, "Lock all chosen", DocumentAction::Lock(true), out);
            row_ui(ui, "Unlock their layers", DocumentAction::Lock(false), out);
        });
        for (label, action) in [
            ("Add tag", DocumentAction::Ask(Question::Tag)),
            ("Duplicate", DocumentAction::Ask(Question::Dates)),
            ("Delete", DocumentAction::Remove),
        ] {
            if ui.button(label).accessible_name(format!("{label} for all chosen")).clicked() {
                out.push(Action::Document(action));
            }
        }
    });
}

fn is_all_events(ctx: &Ctx) -> bool {
    let is_event = |id: &String| ctx.document().is_some_and(|project| project.events.iter().any(|event| event.id == *id));
    ctx.session.chosen.iter().all(is_event)
}

/// The parties of the document: whose claim lines are, whose colour arrows and texts have, who had a part in events.
fn parties_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let parties = ctx.document().map_or(&[][..], |project| &project.parties);
    if parties.is_empty() {
        ui.label("The document names no parties yet: About the document, Ctrl+Shift+I.");
    }
    for party in parties {
        let known = ctx.library.atlas.polities.find(party.polity.as_str());
        let name = known.map_or_else(|| party.polity.to_string(), |polity| ctx.library.atlas.polities.at(polity).name.clone());
        row_ui(ui, &name, DocumentAction::SetParty(party.polity.clone()), out);
    }
}

/// Start and end on the date shown, and no end.
fn dates_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let day = ctx.session.day();
    row_ui(ui, &format!("Begin on {}", day.label()), DocumentAction::SetForAll("start", day.to_string().into()), out);
    row_ui(ui, &format!("End on {}", day.label()), DocumentAction::SetForAll("end", day.to_string().into()), out);
    row_ui(ui, "No end", DocumentAction::SetForAll("end", "".into()), out);
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
