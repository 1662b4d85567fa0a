//! The panel "Checks": what is wrong in the document or could be better, with a way there and, where there is one, what puts it right.

use std::sync::Arc;

use eframe::egui::{self, RichText};

use super::find::{go_to, name_of};
use crate::{
    edit::Finding,
    gui::{
        actions::Action,
        app::{DocumentAction, SourcesAction, apply},
        editing::forms,
        panels::{Ctx, top_bar::shortened},
        session::Panel,
        theme::{font, size},
        words::{line, words_ui},
    },
    model::{PolityId, problem::Severity},
    scene::Face,
};

/// So many findings of one weight are listed; the rest is counted.
const LISTED: usize = 100;

/// How many letters of a name are shown.
const LETTERS: usize = 34;

/// Draws the panel. `found` is `None` until the first check is done.
pub fn checks_ui(ui: &mut egui::Ui, ctx: &Ctx, found: Option<&Arc<Vec<Finding>>>, out: &mut Vec<Action>) {
    ui.label(RichText::new("Checks").font(font(Face::SemiBold, size::TITLE)));
    let quiet = |ui: &mut egui::Ui, text: &str| drop(words_ui(ui, RichText::new(text).color(ctx.palette.quiet)));
    let Some(editing) = ctx.editing() else {
        return quiet(ui, "Open a document that can be changed, or make a copy of this story (Ctrl+Shift+N).");
    };
    let Some(found) = found else { return quiet(ui, "Checking …") };
    if found.is_empty() {
        return quiet(ui, "Nothing is wrong. Dates, names, sources, control and shapes agree with each other and with the atlas.");
    }
    let mends = found.iter().filter(|finding| finding.mend.is_some()).count();
    let can_change = editing.read_only.is_none();
    ui.horizontal(|ui| {
        ui.label(RichText::new(summary(found)).size(size::SMALL).color(ctx.palette.quiet));
        if mends > 0 && can_change {
            let all = ui.button("Mend all safe ones").on_hover_text("All that changes nothing else, as one step; Ctrl+Z takes it back");
            if all.clicked() {
                out.push(Action::Document(DocumentAction::MendAll));
            }
        }
    });
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for (severity, heading) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Advice, "Advice")] {
            let own: Vec<&Finding> = found.iter().filter(|finding| finding.severity == severity).collect();
            group_ui(ui, ctx, (heading, &own, can_change), out);
        }
    });
}

fn summary(found: &[Finding]) -> String {
    let count = |severity: Severity| found.iter().filter(|finding| finding.severity == severity).count();
    let text = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        text(count(Severity::Error), "error", "errors"),
        text(count(Severity::Warning), "warning", "warnings"),
        text(count(Severity::Advice), "piece of advice", "pieces of advice"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn group_ui(ui: &mut egui::Ui, ctx: &Ctx, (heading, findings, can_change): (&str, &[&Finding], bool), out: &mut Vec<Action>) {
    if findings.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new(format!("{heading} ({})", findings.len())).font(font(Face::SemiBold, size::BODY)));
    for (place, finding) in findings.iter().take(LISTED).enumerate() {
        ui.separator();
        // All of it leads there; what stands on it comes first.
        let block = egui::UiBuilder::new().id_salt((heading, place)).sense(egui::Sense::click());
        let response = ui.scope_builder(block, |ui| finding_ui(ui, ctx, (finding, can_change), out)).response;
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            lead_to(ui, ctx, finding, out);
        }
    }
    if findings.len() > LISTED {
        ui.label(RichText::new(format!("and {} more", findings.len() - LISTED)).size(size::SMALL).color(ctx.palette.quiet));
    }
}

fn finding_ui(ui: &mut egui::Ui, ctx: &Ctx, (finding, can_change): (&Finding, bool), out: &mut Vec<Action>) {
    ui.set_width(ui.available_width());
    ui.horizontal(|ui| {
        let name = match (&finding.feature, &finding.source) {
            (Some(id), _) => name_of(ctx, id),
            (None, Some(source)) => format!("Source {source}"),
            (None, None) => "The document".to_owned(),
        };
        let link = ui.add(egui::Link::new(line(ui, shortened(&name, LETTERS)))).on_hover_text("Goes there and opens its form");
        if link.accessible_name(format!("Show {name}")).clicked() {
            lead_to(ui, ctx, finding, out);
        }
        ui.label(RichText::new(part_of(ctx, &finding.place)).size(size::SMALL).color(ctx.palette.quiet));
        if let Some(mend) = finding.mend.as_ref().filter(|_| can_change) {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = ui.small_button("Mend").on_hover_text(format!("{}; Ctrl+Z takes it back", mend.label()));
                if button.accessible_name(format!("Mend {}", finding.what)).clicked() {
                    out.push(apply(mend.clone()));
                }
            });
        }
    });
    words_ui(ui, RichText::new(capital(&finding.what)));
    if !finding.hint.is_empty() {
        words_ui(ui, RichText::new(capital(&finding.hint)).size(size::SMALL).color(ctx.palette.quiet));
    }
}

/// Which part of its feature a finding is about: `control of Sudan`; empty for all of it.
fn part_of(ctx: &Ctx, place: &str) -> String {
    let Some((_, part)) = place.strip_prefix("feature ").and_then(|rest| rest.split_once(": ")) else { return String::new() };
    match part.split_once(" of ") {
        Some((word, id)) => format!("{word} of {}", ctx.library.atlas.polities.name(&PolityId::from(id))),
        None => part.to_owned(),
    }
}

/// The way to what a finding is about: the map goes there, and its form opens. The list comes back with the count at the top.
fn lead_to(ui: &egui::Ui, ctx: &Ctx, finding: &Finding, out: &mut Vec<Action>) {
    match (&finding.feature, &finding.source) {
        (Some(id), _) => {
            out.extend(go_to(ctx, id));
            out.push(Action::TogglePanel(Panel::Inspector));
        }
        (None, Some(source)) => {
            forms::show_source(ui.ctx(), source);
            out.push(Action::Sources(SourcesAction::OfSelection(false)));
            out.push(Action::TogglePanel(Panel::Sources));
        }
        (None, None) => out.push(Action::TogglePanel(Panel::Document)),
    }
}

/// A sentence that begins with a capital; what begins with a sign stays as it is.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
