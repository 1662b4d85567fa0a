//! A field that finds: some letters, a list of what they may mean, Enter or a click takes one.

use std::sync::Arc;

use egui::{Id, Key, Response, RichText, TextEdit, Ui};

use super::draft::Draft;
use crate::gui::{
    manners,
    panels::{Ctx, top_bar::shortened},
    theme::{overlay_frame, size},
    words,
};

/// How many rows a list has at most.
pub(super) const LIMIT: usize = 8;
/// How far a list stays from the edge of the window, in points.
const MARGIN_POINTS: f32 = 12.0;
/// How wide a list is at least, in points.
const LIST_POINTS: f32 = 280.0;

/// Something that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What documents call it.
    pub id: String,
    /// What people read.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// A field that finds.
pub(super) struct Pick<'a> {
    pub id: Id,
    /// What those hear who do not see it.
    pub name: &'a str,
    /// What is taken now; empty for nothing.
    pub shown: &'a str,
    /// What an empty field shows.
    pub hint: &'a str,
    /// The state of the document: with it the list is found anew.
    pub stamp: u64,
}

/// What a list was found for, and the list.
#[derive(Clone)]
struct Found(String, u64, Arc<Vec<Choice>>);

/// Draws the field; gives the id of what was taken.
pub(super) fn pick_ui(ui: &mut Ui, ctx: &Ctx, pick: &Pick, find: &dyn Fn(&str) -> Vec<Choice>) -> Option<String> {
    let mut draft = ui.data(|data| data.get_temp::<Draft>(pick.id));
    let mut text = draft.as_ref().map_or(pick.shown, |draft| &draft.text).to_owned();
    let keeps_shown = draft.is_some() && !pick.shown.is_empty();
    let hint = shortened(if keeps_shown { pick.shown } else { pick.hint }, 40);
    let width = ui.available_width();
    let edit = TextEdit::singleline(&mut text).id(pick.id).hint_text(hint).desired_width(width);
    let quiet = ui.visuals().weak_text_color;
    if keeps_shown {
        // What is taken looks as what is there, though the next letter replaces it.
        ui.visuals_mut().weak_text_color = Some(ctx.palette.ink);
    }
    let response = ui.add(edit).accessible_name(pick.name);
    ui.visuals_mut().weak_text_color = quiet;
    manners::keep_escape(&response);
    if response.has_focus() && draft.as_ref().is_none_or(|draft| draft.text.is_empty()) && !response.changed() {
        manners::leave_undo(&response);
    } else if response.has_focus() {
        manners::keep_undo(&response);
    }
    if response.has_focus() && draft.is_none() {
        // What is typed next replaces what is there.
        let typed = if response.changed() { text.as_str() } else { "" };
        draft = Some(Draft::new(typed, pick.shown));
    }
    let mut draft = draft?;
    if response.changed() {
        (draft.text, draft.chosen, draft.quiet) = (text, 0, false);
    }
    let confirmed = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !(response.has_focus() || confirmed || is_over_list(ui, pick.id)) {
        Draft::drop(ui, pick.id);
        return None;
    }
    let list = if draft.quiet { Arc::default() } else { found(ui, pick, &draft.text, find) };
    move_choice(ui, &mut draft, list.len());
    let clicked = if list.is_empty() && draft.text.is_empty() { None } else { list_ui(ui, ctx, (pick, &response), &list, draft.chosen) };
    let taken = clicked.or_else(|| (confirmed && !draft.text.is_empty()).then_some(draft.chosen)).and_then(|row| list.get(row));
    if confirmed || taken.is_some() {
        response.request_focus();
        (draft.text, draft.quiet) = (String::new(), true);
    }
    draft.keep(ui, pick.id);
    taken.map(|choice| choice.id.clone())
}

/// The list of what a text may mean, kept as long as both stay.
fn found(ui: &Ui, pick: &Pick, typed: &str, find: &dyn Fn(&str) -> Vec<Choice>) -> Arc<Vec<Choice>> {
    let slot = pick.id.with("found");
    let kept = ui.data(|data| data.get_temp::<Found>(slot)).filter(|kept| kept.0 == typed && kept.1 == pick.stamp);
    kept.map_or_else(
        || {
            let list = Arc::new(find(typed));
            ui.data_mut(|data| data.insert_temp(slot, Found(typed.to_owned(), pick.stamp, list.clone())));
            list
        },
        |kept| kept.2,
    )
}

fn is_over_list(ui: &Ui, field: Id) -> bool {
    let area = ui.ctx().memory(|memory| memory.area_rect(field.with("list")));
    area.is_some_and(|rect| ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| rect.contains(at)))
}

fn move_choice(ui: &Ui, draft: &mut Draft, count: usize) {
    let (down, up) = ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp)));
    draft.chosen = (draft.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(count.saturating_sub(1));
}

fn list_ui(ui: &Ui, ctx: &Ctx, (pick, field): (&Pick, &Response), list: &[Choice], chosen: usize) -> Option<usize> {
    let mut clicked = None;
    // As far from the edge of the window as the panels are.
    let room = ui.ctx().content_rect().shrink(MARGIN_POINTS);
    let area = egui::Area::new(pick.id.with("list")).order(egui::Order::Foreground).constrain_to(room);
    area.fixed_pos(field.rect.left_bottom() + egui::vec2(0.0, 4.0)).show(ui.ctx(), |ui| {
        overlay_frame(ctx.palette).show(ui, |ui| {
            ui.set_width(field.rect.width().max(LIST_POINTS));
            if list.is_empty() {
                ui.label(RichText::new("Nothing found. Try fewer letters.").size(size::SMALL).color(ctx.palette.quiet));
            }
            for (row, choice) in list.iter().enumerate() {
                if choice_ui(ui, ctx, choice, row == chosen).clicked() {
                    clicked = Some(row);
                }
            }
        });
    });
    clicked
}

fn choice_ui(ui: &mut Ui, ctx: &Ctx, choice: &Choice, is_chosen: bool) -> Response {
    let format = |style: egui::TextStyle, color| egui::TextFormat { font_id: style.resolve(ui.style()), color, ..Default::default() };
    let mut text = egui::text::LayoutJob::default();
    words::append(&mut text, &choice.title, &format(egui::TextStyle::Body, ctx.palette.ink));
    if !choice.detail.is_empty() {
        words::append(&mut text, &format!("   {}", choice.detail), &format(egui::TextStyle::Small, ctx.palette.quiet));
    }
    text.wrap.max_rows = 1;
    let row = egui::Button::selectable(is_chosen, text).wrap_mode(egui::TextWrapMode::Truncate);
    ui.add(row.min_size(egui::vec2(ui.available_width(), 26.0))).accessible_name(choice.title.as_str())
}
