//! The panel of sources: a list with search, each with its form, a box that takes bibliographies, and the way out.

use std::sync::Arc;

use egui::{Context, Id, RichText, TextEdit, Ui};
use serde_json::Value;

use super::{
    FIELD_POINTS, Form, Target,
    cite::new_source,
    source_form::source_form_ui,
    styled_list::{Shown, entry_ui, export_ui, style_ui},
};
use crate::{
    edit::Command,
    gui::{
        actions::Action,
        app::{EditAction, SourcesAction},
        editing::{Editing, citing, sources_in::SourcesIn},
        manners,
        panels::{Ctx, action_button_ui, layers::heading_ui, top_bar::shortened},
        theme::size,
        words::{self, line, words_ui},
    },
    model::{Source, search::folded},
};

/// How many rows are listed at most; the search finds the rest.
const ROWS: usize = 60;
/// How high the box for pasted text grows before it scrolls.
const PASTED_POINTS: f32 = 150.0;

/// Opens the form of a source in the panel, or closes it.
pub(super) fn open_source(ctx: &Context, id: Option<String>) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("open source"), id));
}

/// Has the panel of sources open with this source alone, ready to be mended; its search says how to see the others.
pub fn show_source(ctx: &Context, id: &str) {
    open_source(ctx, Some(id.to_owned()));
    ctx.data_mut(|data| data.insert_temp(Id::unique("search among sources"), id.to_owned()));
}

/// The panel of the shown document's sources.
pub fn sources_panel_ui(ui: &mut Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let Some(project) = ctx.document() else {
        heading_ui(ui, "Sources");
        ui.label(RichText::new("No story is open.").size(size::SMALL).color(ctx.palette.quiet));
        return;
    };
    let editing = ctx.editing().filter(|editing| editing.read_only.is_none());
    let key = citing::wanted(ctx.library, ctx.session);
    let shown = Shown {
        sources: citing::listed(ctx.library, ctx.session, project),
        styled: ctx.session.citing.current(key.as_ref()).map(|list| list.entries.as_slice()),
    };
    ui.horizontal(|ui| {
        heading_ui(ui, &format!("Sources · {}", shown.sources.len()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| export_ui(ui, ctx, project, &shown, out));
    });
    style_ui(ui, ctx, project, out);
    let search = search_ui(ui);
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        if let Some(editing) = editing {
            add_ui(ui, ctx, editing, out);
        }
        report_ui(ui, ctx, out);
        if editing.is_some() && project.sources.is_empty() {
            let how = "No sources yet. Write one, paste BibTeX, RIS, CSL-JSON, DOIs or web addresses, or take in a file. Every event, row and claim can cite them.";
            words_ui(ui, RichText::new(how).size(size::SMALL).color(ctx.palette.quiet));
        }
        list_ui(ui, ctx, (&shown, &folded(&search)), out);
    });
}

/// What became of the sources that were taken in last, line by line, until it is closed.
fn report_ui(ui: &mut Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(report) = &ctx.session.sources_report else { return };
    egui::Frame::new().fill(ctx.palette.accent.gamma_multiply(0.08)).inner_margin(8.0).corner_radius(4.0).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
                if super::sign_button_ui(ui, "×", "Close the report of sources") {
                    out.push(Action::Sources(SourcesAction::CloseReport));
                }
                ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                    words_ui(ui, RichText::new(&report.heading).size(size::SMALL).strong());
                });
            });
        });
        for line in &report.lines {
            let place = if line.place.is_empty() { String::new() } else { format!("{} · ", line.place) };
            words_ui(ui, RichText::new(format!("{place}{}", line.what)).size(size::SMALL));
            if !line.next.is_empty() {
                words_ui(ui, RichText::new(&line.next).size(size::SMALL).color(ctx.palette.quiet));
            }
        }
        if report.more > 0 {
            ui.label(RichText::new(format!("and {} more", report.more)).size(size::SMALL).color(ctx.palette.quiet));
        }
    });
}

fn search_ui(ui: &mut Ui) -> String {
    let slot = Id::unique("search among sources");
    let mut text: String = ui.data(|data| data.get_temp(slot)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text).id(slot).hint_text("Search among the sources").desired_width(ui.available_width());
    let response = ui.add(edit).accessible_name("Search among the sources");
    manners::keep_escape(&response);
    ui.data_mut(|data| data.insert_temp(slot, text.clone()));
    text
}

/// A new source by its id, and many at once from text.
fn add_ui(ui: &mut Ui, ctx: &Ctx, editing: &Editing, out: &mut Vec<Action>) {
    let (mut is_pasting, mut opens) = (false, false);
    ui.horizontal(|ui| {
        if ui.button("New source").clicked() {
            let id = free_id(editing);
            open_source(ui.ctx(), Some(id.clone()));
            out.push(apply(Command::AddSource { source: new_source(&id) }));
        }
        let slot = Id::unique("pasting sources");
        is_pasting = ui.data(|data| data.get_temp(slot)).unwrap_or(false);
        if ui.add(egui::Button::new("Paste …").selected(is_pasting)).on_hover_text("BibTeX, RIS, CSL-JSON, DOIs or addresses").clicked() {
            is_pasting = !is_pasting;
            opens = is_pasting;
            ui.data_mut(|data| data.insert_temp(slot, is_pasting));
        }
        action_button_ui(ui, "From a file …", "Add sources from a file", out);
    });
    if is_pasting {
        paste_ui(ui, ctx, opens, out);
    }
}

/// A box for text of sources. Once it `opens` it has the keyboard: the click that opened it was beside it, and would take the keyboard away before.
fn paste_ui(ui: &mut Ui, ctx: &Ctx, opens: bool, out: &mut Vec<Action>) {
    let (slot, told) = (Id::unique("pasted sources"), Id::unique("what became of pasted sources"));
    let mut text: String = ui.data(|data| data.get_temp(slot)).unwrap_or_default();
    let edit = TextEdit::multiline(&mut text).id(slot).desired_rows(5).desired_width(ui.available_width());
    let edit = edit.hint_text("BibTeX, RIS, CSL-JSON, DOIs or web addresses");
    let field = |ui: &mut Ui| ui.add(edit).accessible_name("Text of sources");
    // A long text scrolls in its box, so that the button below stays in sight.
    let area = egui::ScrollArea::vertical().id_salt(slot).max_height(PASTED_POINTS).auto_shrink([false, true]);
    let response = area.show(ui, field).inner;
    manners::keep_escape(&response);
    if opens {
        response.request_focus();
    }
    if ui.add_enabled(!text.trim().is_empty(), egui::Button::new("Take in")).clicked() {
        let read = SourcesIn::read("The text", &text, Some(ctx.session.today));
        let news = read.complaint().unwrap_or_default();
        // What nothing could be made of stays to be mended.
        if news.is_empty() {
            text.clear();
            // What was taken in stands below, where the box was in the way.
            ui.data_mut(|data| data.insert_temp(Id::unique("pasting sources"), false));
            out.push(Action::Sources(SourcesAction::Take(Arc::new(read))));
        }
        ui.data_mut(|data| data.insert_temp(told, news));
    }
    let news: String = ui.data(|data| data.get_temp(told)).unwrap_or_default();
    if !news.is_empty() {
        words_ui(ui, RichText::new(news).size(size::SMALL).color(ctx.palette.accent));
    }
    ui.data_mut(|data| data.insert_temp(slot, text));
}

fn list_ui(ui: &mut Ui, ctx: &Ctx, (shown, search): (&Shown, &str), out: &mut Vec<Action>) {
    let open: Option<String> = ui.data(|data| data.get_temp(Id::unique("open source"))).unwrap_or_default();
    let is_asked = |id: &str, words: &str| search.is_empty() || folded(words).contains(search) || folded(id).contains(search);
    let mut rows = Rows { left: ROWS, more: 0 };
    match shown.styled {
        Some(entries) => {
            for entry in entries {
                let words = entry.plain();
                if is_asked(entry.id.as_str(), &words) && rows.take() {
                    let is_open = open.as_deref() == Some(entry.id.as_str());
                    if entry_ui(ui, ctx, (entry, &words), is_open) {
                        open_source(ui.ctx(), (!is_open).then(|| entry.id.to_string()));
                    }
                    let source = shown.sources.iter().find(|source| source.id == entry.id);
                    source.filter(|_| is_open).into_iter().for_each(|source| open_form_ui(ui, ctx, source, out));
                }
            }
        }
        None => {
            for source in &shown.sources {
                if is_asked(source.id.as_str(), &source.line()) && rows.take() {
                    let is_open = open.as_deref() == Some(source.id.as_str());
                    row_ui(ui, source, is_open);
                    if is_open {
                        open_form_ui(ui, ctx, source, out);
                    }
                }
            }
        }
    }
    if rows.more > 0 {
        ui.label(RichText::new(format!("{} more: search for them.", rows.more)).size(size::SMALL).color(ctx.palette.quiet));
    }
}

/// How many rows there is room for, and how many have none.
struct Rows {
    left: usize,
    more: usize,
}

impl Rows {
    fn take(&mut self) -> bool {
        let has_room = self.left > 0;
        if has_room {
            self.left -= 1
        } else {
            self.more += 1
        }
        has_room
    }
}

/// The form of a source below its row; its address where it cannot be changed.
fn open_form_ui(ui: &mut Ui, ctx: &Ctx, source: &Source, out: &mut Vec<Action>) {
    let frame = egui::Frame::new().inner_margin(egui::Margin { left: 8, right: 0, top: 4, bottom: 8 });
    frame.show(ui, |ui| match Form::open(ui, ctx, Target::Source(source.id.to_string())) {
        Some(_) => source_form_ui(ui, ctx, source.id.as_str(), out),
        None => drop(words_ui(ui, RichText::new(source.url().unwrap_or_default()).size(size::SMALL).color(ctx.palette.quiet))),
    });
}

fn row_ui(ui: &mut Ui, source: &Source, is_open: bool) {
    let words = source.line();
    let text = line(ui, RichText::new(shortened(&words, 60)).size(size::SMALL));
    let row = egui::Button::selectable(is_open, text).wrap_mode(egui::TextWrapMode::Truncate);
    let response = ui.add(row.min_size(egui::vec2(ui.available_width(), FIELD_POINTS))).accessible_name(words.as_str());
    if words::tip_ui(response, || words).clicked() {
        open_source(ui.ctx(), (!is_open).then(|| source.id.to_string()));
    }
}

fn free_id(editing: &Editing) -> String {
    let list = editing.history.document().header().get("sources").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_taken = |id: &str| list.iter().any(|source| source.get("id").and_then(Value::as_str) == Some(id));
    (1..).map(|number| format!("source-{number}")).find(|id| !is_taken(id)).unwrap_or_default()
}

fn apply(command: Command) -> Action {
    Action::Edit(EditAction::Apply(Box::new(command), None))
}
