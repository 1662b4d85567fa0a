//! The pictures of an event in its form: what each shows and whose it is, their order, and the way to more of them.

use egui::{RichText, Ui, vec2};
use serde_json::Value;

use super::{At, Form, Target, field::Written, labelled_ui, rows::Row, sign_button_ui};
use crate::{
    gui::{
        actions::Action,
        panels::pictures::picture_ui,
        pictures::{Key, PictureAction, Place, selected},
        system::Ask,
        theme::{RADIUS, font, size},
    },
    scene::Face,
};

/// The room of a picture in its row, in points.
const PICTURE_POINTS: [f32; 2] = [200.0, 112.0];

impl Form<'_> {
    /// A row for each picture, and the button that asks for a file.
    pub(super) fn pictures_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let count = self.list("pictures").len();
        for index in 0..count {
            let frame = egui::Frame::new().stroke(egui::Stroke::new(1.0, self.ctx.palette.edge)).corner_radius(RADIUS).inner_margin(8);
            frame.show(ui, |ui| self.picture_row_ui(ui, (index, count), out));
        }
        let Target::Feature(event) = &self.target else { return };
        ui.horizontal(|ui| {
            if ui.button("Add a picture…").on_hover_text("PNG or JPEG, from a file; or drop it on the window").clicked() {
                out.push(Action::Browse(Ask::Pictures(Place { key: self.editing.key, event: event.clone() })));
            }
        });
    }

    fn picture_row_ui(&self, ui: &mut Ui, (index, count): (usize, usize), out: &mut Vec<Action>) {
        let row = Row::new(format!("pictures/{index}"), format!("Picture {}", index + 1));
        self.picture_head_ui(ui, &row, (index, count), out);
        let picture = selected(self.ctx.library, self.ctx.session).and_then(|event| event.pictures.get(index));
        if let Some(picture) = picture {
            labelled_ui(ui, self.ctx, "", |ui| {
                let room = vec2(PICTURE_POINTS[0].min(ui.available_width()), PICTURE_POINTS[1]);
                let name = format!("{}: {}", row.name(), picture.alt);
                if picture_ui(ui, self.ctx, (&Key::small(&picture.data), &name), room).on_hover_text("Shows it large").clicked() {
                    out.push(Action::Picture(PictureAction::Enlarge(Some(picture.data.clone()))));
                }
            });
        }
        let why = "A picture needs words for those who do not see it.";
        self.needed_ui(ui, row.at("shows", &row.path("alt")), ("what is to be seen", why), out);
        self.line_ui(ui, row.at("caption", &row.path("caption")), "what stands below it", out);
        let why = "A picture needs a credit: who made it, and where it is from.";
        self.needed_ui(ui, row.at("credit", &row.path("credit")), ("whose it is", why), out);
        self.line_ui(ui, row.at("licence", &row.path("licence")), "CC BY 4.0, public domain", out);
        self.citations_ui(ui, row.at("cite", &row.path("sources")), out);
    }

    /// Which picture it is, and what can be done with it as a whole.
    fn picture_head_ui(&self, ui: &mut Ui, row: &Row, (index, count): (usize, usize), out: &mut Vec<Action>) {
        let of = row.name();
        ui.horizontal(|ui| {
            ui.label(RichText::new(of).font(font(Face::SemiBold, size::SMALL)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if sign_button_ui(ui, "×", &format!("Delete {of}")) {
                    self.ask_once(self.set(&format!("pictures/{index}"), Value::Null), out);
                }
                if index + 1 < count && sign_button_ui(ui, "↓", &format!("Move {of} down")) {
                    self.swap_pictures(index, out);
                }
                if index > 0 && sign_button_ui(ui, "↑", &format!("Move {of} up")) {
                    self.swap_pictures(index - 1, out);
                }
            });
        });
    }

    /// Gives a picture and the next one each other's place.
    fn swap_pictures(&self, index: usize, out: &mut Vec<Action>) {
        let mut list = self.list("pictures").to_vec();
        list.swap(index, index + 1);
        self.ask_once(self.set("pictures", Value::Array(list)), out);
    }

    /// A field of one line that cannot be left empty.
    fn needed_ui(&self, ui: &mut Ui, at: At, (hint, why): (&str, &str), out: &mut Vec<Action>) {
        let written = Written { shown: self.text(at.path), hint, rows: 1, live: true };
        let understand = |text: &str| if text.trim().is_empty() { Err(why.to_owned()) } else { Ok(self.set_text(at.path, text)) };
        self.written_ui(ui, at, &written, &understand, out);
    }
}
