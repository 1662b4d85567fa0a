//! Fields that choose: one of a few words, one thing by search, a list of things, a list of words.

use egui::{Button, ComboBox, RichText, Ui};
use serde_json::Value;

use super::{
    At, Form, labelled_ui,
    names::Kind,
    note_ui,
    pick::{Pick, pick_ui},
};
use crate::gui::{actions::Action, editing::new_gesture, panels::top_bar::shortened, theme::size, words};

/// Says what is wrong with a word.
type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

impl Form<'_> {
    /// One of a few words. `none` is the row that takes the member away; empty where it must be there.
    pub(super) fn choice_ui(&self, ui: &mut Ui, at: At, (words, none): (&[(&str, &str)], &str), out: &mut Vec<Action>) {
        let now = self.text(at.path);
        let shown = words.iter().find(|(id, _)| *id == now).map_or(if now.is_empty() { none } else { now }, |(_, label)| label);
        let chosen = labelled_ui(ui, self.ctx, at.label, |ui| {
            let mut chosen = None;
            let width = ui.available_width() - 8.0;
            let shown = ComboBox::from_id_salt(self.id(at.path)).selected_text(shown).width(width).truncate().show_ui(ui, |ui| {
                if !none.is_empty() && ui.selectable_label(now.is_empty(), none).clicked() {
                    chosen = Some("");
                }
                for (id, label) in words {
                    if ui.selectable_label(*id == now, *label).clicked() {
                        chosen = Some(*id);
                    }
                }
            });
            let name = at.name();
            shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
            chosen
        });
        if let Some(command) = chosen.and_then(|id| self.set_text(at.path, id)) {
            self.ask_once(command, out);
        }
    }

    /// Yes or no; no takes the member away.
    pub(super) fn flag_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        let mut is_set = self.value(at.path).and_then(Value::as_bool).unwrap_or(false);
        if ui.checkbox(&mut is_set, at.label).changed() {
            self.ask_once(self.set(at.path, if is_set { true.into() } else { Value::Null }), out);
        }
    }

    /// Whether something is hidden: the file says only that it is not visible, and nothing of what is.
    pub(super) fn hidden_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        let mut is_hidden = self.value(at.path).and_then(Value::as_bool) == Some(false);
        if ui.checkbox(&mut is_hidden, at.label).changed() {
            self.ask_once(self.set(at.path, if is_hidden { false.into() } else { Value::Null }), out);
        }
    }

    /// One thing by search. Where it may be missing, `clear` is the hint of the button that takes it away.
    pub(super) fn thing_ui(&self, ui: &mut Ui, at: At, (kind, clear): (Kind, &str), out: &mut Vec<Action>) {
        let now = self.text(at.path);
        let shown = if now.is_empty() { String::new() } else { kind.label(self.ctx, now) };
        let (taken, cleared) = labelled_ui(ui, self.ctx, at.label, |ui| {
            let has_clear = !clear.is_empty() && !now.is_empty();
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let cleared = has_clear && super::sign_button_ui(ui, "×", clear);
                (self.pick(ui, (at, kind), &shown, "type to search"), cleared)
            })
            .inner
        });
        if let Some(command) = if cleared { self.set_text(at.path, "") } else { taken.and_then(|id| self.set_text(at.path, &id)) } {
            self.ask_once(command, out);
        }
    }

    /// A list of things by search.
    pub(super) fn things_ui(&self, ui: &mut Ui, at: At, (kind, hint): (Kind, &str), out: &mut Vec<Action>) {
        let ids: Vec<&str> = self.list(at.path).iter().filter_map(Value::as_str).collect();
        let taken = labelled_ui(ui, self.ctx, at.label, |ui| self.pick(ui, (at, kind), "", hint));
        let labels: Vec<String> = ids.iter().map(|id| kind.label(self.ctx, id)).collect();
        self.chips_ui(ui, at, &labels, out);
        if let Some(id) = taken.filter(|id| !ids.contains(&id.as_str())) {
            self.ask_once(self.set(&format!("{}/-", at.path), id.into()), out);
        }
    }

    /// A list of words. `check` says what is wrong with one.
    pub(super) fn word_list_ui(&self, ui: &mut Ui, at: At, (hint, check): (&str, Check), out: &mut Vec<Action>) {
        let words: Vec<String> = self.list(at.path).iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let slot = self.id(at.path).with("new");
        let mut text: String = ui.data(|data| data.get_temp(slot)).unwrap_or_default();
        let response = labelled_ui(ui, self.ctx, at.label, |ui| {
            let width = ui.available_width();
            let edit = egui::TextEdit::singleline(&mut text).id(slot).hint_text(hint).desired_width(width);
            ui.add(edit).accessible_name(at.name())
        });
        crate::gui::manners::keep_escape(&response);
        let word = text.trim().to_owned();
        let wrong = if word.is_empty() { None } else { check(&word).err() };
        if response.lost_focus() && wrong.is_none() {
            if !word.is_empty() && !words.contains(&word) {
                let path = format!("{}/-", at.path);
                let refused = self.ask(self.set(&path, word.into()), new_gesture(), out).is_err();
                text = if refused { text } else { String::new() };
            }
            if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                response.request_focus();
            }
        }
        let is_held = response.has_focus();
        ui.data_mut(|data| data.insert_temp(slot, text));
        note_ui(ui, &wrong.unwrap_or_default(), if is_held { self.ctx.palette.quiet } else { self.ctx.palette.accent });
        self.chips_ui(ui, at, &words, out);
    }

    /// What a list holds, each with a cross that takes it out.
    fn chips_ui(&self, ui: &mut Ui, at: At, labels: &[String], out: &mut Vec<Action>) {
        if labels.is_empty() {
            return;
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(super::LABEL_POINTS + 4.0);
            ui.allocate_ui(egui::vec2(ui.available_width(), 0.0), |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                    for (index, label) in labels.iter().enumerate() {
                        let shown = format!("{}  ×", shortened(label, 30));
                        let text = words::line(ui, RichText::new(shown).size(size::SMALL));
                        let name = format!("Take {label} out of {}", at.name());
                        if ui.add(Button::new(text)).on_hover_text("Takes it out").accessible_name(name).clicked() {
                            self.ask_once(self.set(&format!("{}/{index}", at.path), Value::Null), out);
                        }
                    }
                });
            });
        });
    }

    fn pick(&self, ui: &mut Ui, (at, kind): (At, Kind), shown: &str, hint: &str) -> Option<String> {
        let name = at.name();
        let pick = Pick { id: self.id(at.path), name: &name, shown, hint, stamp: self.editing.history.stamp() };
        pick_ui(ui, self.ctx, &pick, &|typed| kind.find(self.ctx, typed))
    }
}
