//! The panel of sources: a list with search, each with its form, a box that takes bibliographies, and the way out.

use egui::{Context, Id, RichText, TextEdit, Ui};
use serde_json::Value;

use super::{FIELD_POINTS, Form, Target, cite::new_source, paste, source_form::source_form_ui};
use crate::{
    edit::Command,
    export::bibliography,
    gui::{
        actions::Action,
        app::EditAction,
        editing::Editing,
        manners,
        panels::{Ctx, layers::heading_ui, top_bar::shortened},
        theme::size,
        words::{self, line, words_ui},
    },
    model::{Project, Source, search::folded},
};

/// How many rows are listed at most; the search finds the rest.
const ROWS: usize = 60;

/// Opens the form of a source in the panel, or closes it.
pub(super) fn open_source(ctx: &Context, id: Option<String>) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("open source"), id));
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
    ui.horizontal(|ui| {
        heading_ui(ui, &format!("Sources · {}", project.sources.len()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| copy_menu_ui(ui, project, out));
    });
    let search = search_ui(ui);
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        if let Some(editing) = editing {
            add_ui(ui, ctx, editing, out);
        }
        list_ui(ui, ctx, (project, &folded(&search)), out);
    });
}

/// The whole bibliography as text.
fn copy_menu_ui(ui: &mut Ui, project: &Project, out: &mut Vec<Action>) {
    let menu = ui.menu_button("Copy as", |ui| {
        let sources: Vec<&Source> = project.sources.iter().collect();
        for name in ["BibTeX", "RIS", "CSL-JSON", "List"] {
            if ui.button(name).clicked() {
                let text = match name {
                    "BibTeX" => Ok(bibliography::bibtex(&sources)),
                    "RIS" => Ok(bibliography::ris(&sources)),
                    "CSL-JSON" => bibliography::csl_json(&sources).map_err(|error| error.to_string()),
                    _ => Ok(bibliography::list(&sources)),
                };
                out.push(text.map_or_else(Action::Trouble, Action::Copy));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("Puts all sources on the clipboard");
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
    let mut is_pasting = false;
    ui.horizontal(|ui| {
        if ui.button("New source").clicked() {
            let id = free_id(editing);
            open_source(ui.ctx(), Some(id.clone()));
            out.push(apply(Command::AddSource { source: new_source(&id) }));
        }
        let slot = Id::unique("pasting sources");
        is_pasting = ui.data(|data| data.get_temp(slot)).unwrap_or(false);
        if ui.selectable_label(is_pasting, "Paste …").on_hover_text("BibTeX, RIS, CSL-JSON, DOIs or addresses").clicked() {
            is_pasting = !is_pasting;
            ui.data_mut(|data| data.insert_temp(slot, is_pasting));
        }
    });
    if is_pasting {
        paste_ui(ui, ctx, editing, out);
    }
}

fn paste_ui(ui: &mut Ui, ctx: &Ctx, editing: &Editing, out: &mut Vec<Action>) {
    let (slot, told) = (Id::unique("pasted sources"), Id::unique("what became of pasted sources"));
    let mut text: String = ui.data(|data| data.get_temp(slot)).unwrap_or_default();
    let edit = TextEdit::multiline(&mut text).id(slot).desired_rows(5).desired_width(ui.available_width());
    let response = ui.add(edit.hint_text("BibTeX, RIS, CSL-JSON, DOIs or web addresses")).accessible_name("Text of sources");
    manners::keep_escape(&response);
    if ui.add_enabled(!text.trim().is_empty(), egui::Button::new("Take in")).clicked() {
        let read = paste::command_of(&text, editing.history.document(), ctx.session.today);
        let news = match read {
            Err(why) => why,
            Ok((command, problems)) => {
                out.push(apply(command));
                text.clear();
                problems
                    .iter()
                    .map(|problem| format!("{}: {} {}", problem.place, problem.what, problem.hint))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        };
        ui.data_mut(|data| data.insert_temp(told, news));
    }
    let news: String = ui.data(|data| data.get_temp(told)).unwrap_or_default();
    if !news.is_empty() {
        words_ui(ui, RichText::new(news).size(size::SMALL).color(ctx.palette.accent));
    }
    ui.data_mut(|data| data.insert_temp(slot, text));
}

fn list_ui(ui: &mut Ui, ctx: &Ctx, (project, search): (&Project, &str), out: &mut Vec<Action>) {
    let open: Option<String> = ui.data(|data| data.get_temp(Id::unique("open source"))).unwrap_or_default();
    let is_asked =
        |source: &&Source| search.is_empty() || folded(&source.line()).contains(search) || folded(source.id.as_str()).contains(search);
    let mut rest = 0;
    for (count, source) in project.sources.iter().filter(is_asked).enumerate() {
        if count >= ROWS {
            rest += 1;
            continue;
        }
        let is_open = open.as_deref() == Some(source.id.as_str());
        row_ui(ui, source, is_open);
        if is_open {
            let frame = egui::Frame::new().inner_margin(egui::Margin { left: 8, right: 0, top: 4, bottom: 8 });
            frame.show(ui, |ui| match Form::open(ui, ctx, Target::Source(source.id.to_string())) {
                Some(_) => source_form_ui(ui, ctx, source.id.as_str(), out),
                None => drop(words_ui(ui, RichText::new(source.url().unwrap_or_default()).size(size::SMALL).color(ctx.palette.quiet))),
            });
        }
    }
    if rest > 0 {
        ui.label(RichText::new(format!("{rest} more: search for them.")).size(size::SMALL).color(ctx.palette.quiet));
    }
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
