//! Asks what a picture shows and whose it is, before it goes into its event.

use std::sync::Arc;

use egui::{Align2, RichText, Sense, TextEdit, vec2};

use super::{Ctx, pictures::picture_ui};
use crate::{
    gui::{
        actions::Action,
        manners,
        pictures::{Key, PictureAction, Waiting, Words},
        theme::{dialog, font, size},
        words::words_ui,
    },
    scene::Face,
};

/// How wide the box is, in points.
const WIDTH_POINTS: f32 = 460.0;
/// How high the picture in it may be, in points.
const PICTURE_POINTS: f32 = 220.0;

/// How high the label of a field is, in points.
const LABEL_POINTS: f32 = 18.0;

/// What was typed about the picture that waits.
#[derive(Default)]
pub struct PictureWords {
    of: Option<Arc<Waiting>>,
    words: Words,
    /// Whether the first field has had the keyboard: it gets it once.
    was_focused: bool,
}

/// Draws the box over everything, while a picture waits.
pub fn picture_box_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut PictureWords, out: &mut Vec<Action>) {
    let Some(waiting) = ctx.session.pictures.waiting.front() else {
        *state = PictureWords::default();
        return;
    };
    if !state.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, waiting)) {
        *state = PictureWords { of: Some(Arc::clone(waiting)), ..PictureWords::default() };
    }
    dialog("picture-words", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(WIDTH_POINTS.min(ctx_egui.content_rect().width() - 64.0));
        ui.spacing_mut().item_spacing.y = 4.0;
        words_ui(ui, RichText::new("Add a picture").font(font(Face::SemiBold, size::HEADING)));
        let quiet = |text: String| RichText::new(text).size(size::SMALL).color(ctx.palette.quiet);
        words_ui(ui, quiet(format!("{} · {}", waiting.name, waiting.size_text())));
        waiting.change_text().into_iter().for_each(|text| drop(words_ui(ui, quiet(text))));
        ui.add_space(6.0);
        ui.vertical_centered(|ui| {
            let room = vec2(ui.available_width(), PICTURE_POINTS.min(ctx_egui.content_rect().height() * 0.3));
            picture_ui(ui, ctx, (&Key::small(&waiting.data), "The picture to be added"), room);
        });
        ui.add_space(6.0);
        let words = &mut state.words;
        let first = field_ui(ui, ("What is to be seen", "for those who do not see it", 2), &mut words.alt);
        if !std::mem::replace(&mut state.was_focused, true) {
            first.request_focus();
        }
        field_ui(ui, ("Credit", "who made it, and where it is from", 1), &mut words.credit);
        field_ui(ui, ("Licence", "CC BY 4.0, public domain; may be empty", 1), &mut words.licence);
        field_ui(ui, ("Caption", "what stands below it; may be empty", 1), &mut words.caption);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.add_enabled(words.are_enough(), egui::Button::new("Add the picture")).clicked() {
                out.push(Action::Picture(PictureAction::Add(Arc::clone(waiting), words.clone())));
            }
            if ui.button("Cancel").on_hover_text("Adds nothing  Esc").clicked() {
                out.push(Action::Picture(PictureAction::LetGo(Arc::clone(waiting))));
            }
            let others = ctx.session.pictures.waiting.len() - 1;
            let note = match (words.are_enough(), others) {
                (false, _) => "Say what is to be seen, and whose it is.".to_owned(),
                (true, 0) => String::new(),
                (true, others) => format!("{others} more after this one"),
            };
            ui.label(quiet(note));
        });
    });
}

/// A field below its label, which it carries for those who do not see it.
fn field_ui(ui: &mut egui::Ui, (label, hint, rows): (&str, &str, usize), text: &mut String) -> egui::Response {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LABEL_POINTS), Sense::hover());
    ui.painter().text(rect.left_bottom(), Align2::LEFT_BOTTOM, label, font(Face::Regular, size::SMALL), ui.visuals().text_color());
    let edit = if rows == 1 { TextEdit::singleline(text) } else { TextEdit::multiline(text).desired_rows(rows) };
    let field = ui.add(edit.hint_text(hint).desired_width(f32::INFINITY)).accessible_name(label);
    manners::keep_escape(&field);
    field
}
