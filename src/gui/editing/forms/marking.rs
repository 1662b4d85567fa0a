//! The small bar over a text that is told with marks, its keys, and how the text will look.

use egui::{Frame, Id, Key, Modifiers, RichText, Stroke, Ui, text::CCursor, text_edit::TextEditState};

use super::marks::{Mark, marked};
use crate::{
    gui::{
        panels::Ctx,
        rich_words::rich_words_ui,
        theme::{RADIUS, font, size},
    },
    scene::Face,
};

/// The buttons of the bar: what stands on each, what it is called, and what it does.
const BUTTONS: [(&str, &str, &str, Mark); 5] = [
    ("B", "Bold", "Bold (Ctrl+B)", Mark::Strong),
    ("I", "Italic", "Italic (Ctrl+I)", Mark::Emphasis),
    ("•", "List", "Makes each line an item of a list", Mark::List),
    ("“ ”", "Quote", "Makes the lines somebody else's words", Mark::Quote),
    ("Link", "Link", "Makes the words a link: put in where it leads", Mark::Link),
];

/// The bar over the field `id`, which is called `of`. What is asked for is done when the field is drawn.
pub(super) fn bar_ui(ui: &mut Ui, id: Id, of: &str) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (sign, name, hint, mark) in BUTTONS.into_iter().rev() {
            let face = if mark == Mark::Strong { Face::SemiBold } else { Face::Regular };
            let sign = RichText::new(sign).font(font(face, size::SMALL));
            let sign = if mark == Mark::Emphasis { sign.italics() } else { sign };
            let button = egui::Button::new(sign).frame_when_inactive(false).min_size(egui::vec2(super::FIELD_POINTS, super::FIELD_POINTS));
            if ui.add(button).on_hover_text(hint).accessible_name(format!("{of}: {name}")).clicked() {
                ui.data_mut(|data| data.insert_temp(slot(id), mark));
            }
        }
    });
}

fn slot(field: Id) -> Id {
    field.with("mark that is asked for")
}

/// Does to the selected words of a field what its bar or a key asked for, before the field is drawn; says whether anything was asked.
pub(super) fn hear(ui: &Ui, id: Id, text: &mut String) -> bool {
    let Some(mark) = ui.data_mut(|data| data.remove_temp::<Mark>(slot(id))).or_else(|| key(ui, id)) else { return false };
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = text.chars().count();
    let selected = state.cursor.char_range().map_or(end..end, |range| {
        let range = range.as_sorted_char_range();
        range.start.0..range.end.0
    });
    let (new, selected) = marked(text, selected, mark);
    *text = new;
    let range = egui::text::CCursorRange::two(CCursor::new(selected.start), CCursor::new(selected.end));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
    true
}

fn key(ui: &Ui, id: Id) -> Option<Mark> {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    let pressed = |key| ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::COMMAND, key));
    [(Key::B, Mark::Strong), (Key::I, Mark::Emphasis)].into_iter().find_map(|(key, mark)| pressed(key).then_some(mark))
}

/// How the text of a field will look.
pub(super) fn preview_ui(ui: &mut Ui, ctx: &Ctx, text: &str) {
    let frame = Frame::new().stroke(Stroke::new(1.0, ctx.palette.edge)).corner_radius(RADIUS).inner_margin(8);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("Preview").size(size::SMALL).color(ctx.palette.quiet));
        rich_words_ui(ui, text);
    });
}
