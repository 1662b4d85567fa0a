//! Find and replace: what people wrote in the document, where it stands, and what takes its place, as one step.

use eframe::egui::{self, RichText};

use crate::{
    edit::{Command, Ids, TextPlace, text_places},
    gui::{
        actions::Action,
        app::apply,
        panels::Ctx,
        theme::{font, size},
        words,
    },
    scene::Face,
};

/// So many places are listed; the rest is counted.
const LISTED: usize = 200;

/// What is looked for, and where it was found.
#[derive(Default)]
pub struct FindState {
    find: String,
    with: String,
    match_case: bool,
    /// Only in what is chosen or selected.
    in_selected: bool,
    found: Option<(Key, Vec<TextPlace>)>,
    /// The row that the list is at.
    at: Option<usize>,
    /// Whether the panel was there in the last frame: the field has the keyboard when it opens.
    was_open: bool,
}

/// What the places depend on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    stamp: u64,
    find: String,
    match_case: bool,
    ids: Option<Ids>,
}

impl FindState {
    /// Notes that the panel is not to be seen.
    pub fn closed(&mut self) {
        self.was_open = false;
    }

    /// Looks again if anything changed that the places depend on.
    fn refresh(&mut self, ctx: &Ctx) {
        let Some(editing) = ctx.editing() else { return };
        let ids = self.in_selected.then(|| targets(ctx));
        let key = Key { stamp: editing.history.stamp(), find: self.find.clone(), match_case: self.match_case, ids };
        if self.found.as_ref().is_none_or(|(own, _)| *own != key) {
            let places = text_places(editing.history.document(), &key.find, key.match_case, key.ids.as_ref());
            (self.found, self.at) = (Some((key, places)), None);
        }
    }

    fn command(&self, ctx: &Ctx) -> Command {
        let id = self.in_selected.then(|| targets(ctx));
        Command::ReplaceText { find: self.find.clone(), with: self.with.clone(), match_case: self.match_case, id }
    }
}

/// What is chosen, else what is selected.
fn targets(ctx: &Ctx) -> Ids {
    let selected = || ctx.session.selection.as_ref().and_then(|selection| ctx.library.id_of(selection)).map(|(_, id)| id.to_owned());
    Ids::Many(if ctx.session.chosen.is_empty() { selected().into_iter().collect() } else { ctx.session.chosen.clone() })
}

/// Draws the panel.
pub fn find_ui(ui: &mut egui::Ui, ctx: &Ctx, state: &mut FindState, out: &mut Vec<Action>) {
    ui.label(RichText::new("Find and replace").font(font(Face::SemiBold, size::TITLE)));
    let Some(editing) = ctx.editing() else {
        ui.label(
            RichText::new("Open a document that can be changed, or make a copy of this story (Ctrl+Shift+N).").color(ctx.palette.quiet),
        );
        return;
    };
    ui.add_space(4.0);
    let field = field_ui(ui, "Find", &mut state.find);
    if !std::mem::replace(&mut state.was_open, true) {
        field.request_focus();
    }
    field_ui(ui, "Replace with", &mut state.with);
    ui.horizontal(|ui| {
        ui.checkbox(&mut state.match_case, "Capitals count");
        ui.checkbox(&mut state.in_selected, "Only in what is selected");
    });
    state.refresh(ctx);
    let places = state.found.as_ref().map_or(&[][..], |(_, places)| places);
    ui.horizontal(|ui| {
        let can = !places.is_empty() && editing.read_only.is_none() && state.find != state.with;
        if ui.add_enabled(can, egui::Button::new("Replace all")).on_hover_text("All places at once; Ctrl+Z takes it back").clicked() {
            out.push(apply(state.command(ctx)));
        }
        ui.label(RichText::new(count_text(&state.find, places.len())).color(ctx.palette.quiet));
    });
    ui.add_space(4.0);
    let clicked = list_ui(ui, ctx, places, state.at);
    if let Some(row) = clicked {
        out.extend(show(ctx, &places[row]));
        state.at = Some(row);
    }
}

fn field_ui(ui: &mut egui::Ui, label: &str, text: &mut String) -> egui::Response {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(84.0, 22.0), egui::Sense::hover());
        ui.painter().text(
            rect.left_center(),
            egui::Align2::LEFT_CENTER,
            label,
            font(Face::Regular, size::SMALL),
            ui.visuals().text_color(),
        );
        let field = ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
        field
    })
    .inner
}

fn count_text(find: &str, count: usize) -> String {
    match count {
        _ if find.is_empty() => String::new(),
        0 => "nowhere".to_owned(),
        1 => "1 place".to_owned(),
        count if count > LISTED => format!("{count} places, the first {LISTED} listed"),
        count => format!("{count} places"),
    }
}

/// Each place with what stands round it, under the name of the feature; gives the row that was clicked.
fn list_ui(ui: &mut egui::Ui, ctx: &Ctx, places: &[TextPlace], at: Option<usize>) -> Option<usize> {
    let mut clicked = None;
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        let mut last: Option<&Option<String>> = None;
        for (row, place) in places.iter().take(LISTED).enumerate() {
            if last != Some(&place.feature) {
                let name = place.feature.as_deref().map_or("The document".to_owned(), |id| name_of(ctx, id));
                words::words_ui(ui, RichText::new(name).font(font(Face::SemiBold, size::SMALL)));
                last = Some(&place.feature);
            }
            if row_ui(ui, ctx, place, at == Some(row)).clicked() {
                clicked = Some(row);
            }
        }
    });
    clicked
}

fn row_ui(ui: &mut egui::Ui, ctx: &Ctx, place: &TextPlace, is_at: bool) -> egui::Response {
    let (quiet, strong) = (ctx.palette.quiet, ctx.palette.ink);
    let format = |face: Face, color| egui::TextFormat { font_id: font(face, size::SMALL), color, ..Default::default() };
    let mut text = egui::text::LayoutJob::default();
    let before: String = place.before.chars().rev().take(18).collect::<Vec<_>>().into_iter().rev().collect();
    words::append(&mut text, &before, &format(Face::Regular, quiet));
    words::append(&mut text, &place.found, &format(Face::SemiBold, strong));
    words::append(&mut text, &place.after, &format(Face::Regular, quiet));
    let row = egui::Button::selectable(is_at, text).truncate().min_size(egui::vec2(ui.available_width(), 22.0));
    let words = format!("{}{}{}", place.before, place.found, place.after);
    words::named(ui.add(row), words.trim()).on_hover_text(place.path.replace('/', " "))
}

/// What a feature is called; its id where it has no name that can be read.
pub fn name_of(ctx: &Ctx, id: &str) -> String {
    let feature = ctx.editing().and_then(|editing| editing.history.document().feature(id));
    let name = feature.and_then(|feature| feature.thing().ok()).map(|thing| thing.name().to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
}

/// Goes to where a text stands.
fn show(ctx: &Ctx, place: &TextPlace) -> Option<Action> {
    place.feature.as_deref().and_then(|id| go_to(ctx, id))
}

/// Selects a feature, brings it to where it can be seen, and goes to a day on which it is there; the panel stays.
pub fn go_to(ctx: &Ctx, id: &str) -> Option<Action> {
    let index = ctx.session.document?;
    let selection = ctx.library.selection_of(index, id)?;
    Some(Action::Document(crate::gui::app::DocumentAction::Show(selection)))
}
