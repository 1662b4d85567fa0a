//! Fields of text: words, dates, numbers. They take what is typed while it is typed, or, where half a word would mean something else, when they are left.

use egui::{Key, Response, TextEdit, Ui};
use serde_json::Value;

use super::{At, Form, draft::Draft, labelled_ui, marking, note_ui, value};
use crate::{
    edit::Command,
    gui::{actions::Action, manners, rich_words, words::words_ui},
    scene::bidi::has_from_right,
};

/// How high a field of several lines grows at most, in points.
const PARAGRAPHS_POINTS: f32 = 152.0;

/// A text field.
pub(super) struct Written<'a> {
    /// What the document has.
    pub shown: &'a str,
    /// What an empty field shows.
    pub hint: &'a str,
    /// How many lines; 1 for a field that Enter leaves.
    pub rows: usize,
    /// Whether each letter changes the document; else leaving the field does.
    pub live: bool,
}

/// What a text would change, `None` for nothing; or what is wrong with it.
pub(super) type Understood = Result<Option<Command>, String>;

impl Form<'_> {
    /// A field of one line.
    pub(super) fn line_ui(&self, ui: &mut Ui, at: At, hint: &str, out: &mut Vec<Action>) {
        let written = Written { shown: self.text(at.path), hint, rows: 1, live: true };
        self.written_ui(ui, at, &written, &|text| Ok(self.set_text(at.path, text)), out);
    }

    /// A field of several lines.
    pub(super) fn words_ui(&self, ui: &mut Ui, at: At, hint: &str, out: &mut Vec<Action>) {
        let written = Written { shown: self.text(at.path), hint, rows: 3, live: true };
        self.written_ui(ui, at, &written, &|text| Ok(self.set_text(at.path, text)), out);
    }

    /// A field for a date as people write it. What it is understood as stands below.
    pub(super) fn date_ui(&self, ui: &mut Ui, at: At, hint: &str, out: &mut Vec<Action>) {
        let written = Written { shown: self.text(at.path), hint, rows: 1, live: false };
        let understand = |text: &str| value::date(text).map(|date| self.set_text(at.path, &date));
        let typed = self.written_ui(ui, at, &written, &understand, out);
        if typed.refusal.is_none() {
            note_ui(ui, &value::date_note(&typed.text, self.text(at.path)), self.ctx.palette.quiet);
        }
    }

    /// A field for a number from `least` to `most`; an empty one takes it away.
    pub(super) fn number_ui(&self, ui: &mut Ui, at: At, (least, most): (f64, f64), out: &mut Vec<Action>) {
        let now = self.value(at.path).and_then(Value::as_f64);
        let shown = now.map_or_else(String::new, |number| number.to_string());
        let written = Written { shown: &shown, hint: "not said", rows: 1, live: false };
        let understand = |text: &str| match (text.trim(), text.trim().replace(',', ".").parse::<f64>()) {
            ("", _) => Ok(now.map(|_| self.set(at.path, Value::Null))),
            (_, Ok(number)) if (least..=most).contains(&number) => {
                Ok((now != Some(number)).then(|| self.set(at.path, value::number(number))))
            }
            (text, _) => Err(format!("“{text}” is no number from {least} to {most}.")),
        };
        self.written_ui(ui, at, &written, &understand, out);
    }

    /// A text field that understands what is typed in its own way; gives what stands in it.
    pub(super) fn written_ui(
        &self,
        ui: &mut Ui,
        at: At,
        written: &Written,
        understand: &dyn Fn(&str) -> Understood,
        out: &mut Vec<Action>,
    ) -> Typed {
        let typed = match written.rows {
            1 => labelled_ui(ui, self.ctx, at.label, |ui| self.bare_ui(ui, at, written, understand, out)),
            _ => self.paragraphs_ui(ui, at, written, understand, out),
        };
        if let Some(refusal) = &typed.refusal {
            note_ui(ui, refusal, if typed.is_held { self.ctx.palette.quiet } else { self.ctx.palette.accent });
        } else if self.is_told(at.path) && rich_words::has_marks(ui.ctx(), &typed.text) {
            marking::preview_ui(ui, self.ctx, &typed.text);
        } else if !typed.is_held && has_from_right(written.shown) {
            // The field sets letters as they are stored; below they stand as they are read.
            words_ui(ui, written.shown);
        }
        typed
    }

    /// A field of several lines has its label above it and the whole width; a long text scrolls in it, so that the fields below stay near.
    fn paragraphs_ui(
        &self,
        ui: &mut Ui,
        at: At,
        written: &Written,
        understand: &dyn Fn(&str) -> Understood,
        out: &mut Vec<Action>,
    ) -> Typed {
        labelled_ui(ui, self.ctx, at.label, |ui| {
            if self.is_told(at.path) {
                marking::bar_ui(ui, self.id(at.path), &at.name());
            }
        });
        let area = egui::ScrollArea::vertical().id_salt(self.id(at.path)).max_height(PARAGRAPHS_POINTS).auto_shrink([false, true]);
        area.show(ui, |ui| self.bare_ui(ui, at, written, understand, out)).inner
    }

    /// The field alone, without label and note.
    pub(super) fn bare_ui(
        &self,
        ui: &mut Ui,
        at: At,
        written: &Written,
        understand: &dyn Fn(&str) -> Understood,
        out: &mut Vec<Action>,
    ) -> Typed {
        let id = self.id(at.path);
        let mut draft = Draft::of(ui, id, written.shown);
        let mut text = draft.as_ref().map_or(written.shown, |draft| &draft.text).to_owned();
        let is_marked = written.rows > 1 && self.is_told(at.path) && marking::hear(ui, id, &mut text);
        let response = edit_ui(ui, (id, &at.name()), &mut text, written);
        manners::keep_escape(&response);
        let holds = response.has_focus();
        if holds && draft.as_ref().is_none_or(|draft| !draft.held) {
            let refusal = draft.take().and_then(|draft| draft.refusal);
            draft = Some(Draft { refusal, ..Draft::new(&text, written.shown) });
        }
        let Some(mut draft) = draft else { return Typed { text, refusal: None, is_held: false } };
        draft.touched |= response.changed() || is_marked;
        if holds && !draft.touched && draft.refusal.is_none() {
            // Undo may have changed what stands here.
            written.shown.clone_into(&mut text);
            manners::leave_undo(&response);
        } else if holds {
            manners::keep_undo(&response);
        }
        let leaves = draft.held && !holds;
        // What the document never took goes with Escape; what it took stays, and undo takes it back.
        if leaves && draft.refusal.is_some() && ui.input(|input| input.key_pressed(Key::Escape)) {
            Draft::drop(ui, id);
            return Typed { text: written.shown.to_owned(), refusal: None, is_held: false };
        }
        draft.text = if leaves { text.trim().to_owned() } else { text };
        if response.changed() || leaves || is_marked {
            draft.refusal = self.taken(&draft, (written.live || leaves, understand), out).err();
        }
        (draft.held, draft.base) = (holds, written.shown.to_owned());
        let typed = Typed { text: draft.text.clone(), refusal: draft.refusal.clone(), is_held: holds };
        if holds || draft.refusal.is_some() {
            draft.keep(ui, id)
        } else {
            Draft::drop(ui, id)
        }
        typed
    }

    /// Whether what stands at a path is told with its marks: the texts of features and of the accounts in them.
    fn is_told(&self, path: &str) -> bool {
        matches!(self.target, super::Target::Feature(_)) && (path == "text" || path.ends_with("/text"))
    }

    /// Asks for what a text means; where it is not time yet, only whether it could be had.
    fn taken(&self, draft: &Draft, (now, understand): (bool, &dyn Fn(&str) -> Understood), out: &mut Vec<Action>) -> Result<(), String> {
        match understand(&draft.text)? {
            None => Ok(()),
            Some(command) if now => self.ask(command, draft.gesture, out),
            Some(command) => self.ask(command, draft.gesture, &mut Vec::new()),
        }
    }
}

/// What stands in a field.
pub(super) struct Typed {
    /// As typed, or as the document has it.
    pub text: String,
    /// Why the document does not take it.
    pub refusal: Option<String>,
    /// Whether somebody is typing.
    pub is_held: bool,
}

fn edit_ui(ui: &mut Ui, (id, name): (egui::Id, &str), text: &mut String, written: &Written) -> Response {
    let edit = match written.rows {
        1 => TextEdit::singleline(text),
        rows => TextEdit::multiline(text).desired_rows(rows),
    };
    let width = ui.available_width();
    ui.add(edit.id(id).hint_text(written.hint).desired_width(width)).accessible_name(name)
}
