//! What a change needs to know before it can be made.

use eframe::egui;

use crate::{
    edit::Command,
    gui::{
        actions::Action,
        app::{DocumentAction, Question, apply},
        keeping::DocumentKey,
        panels::Ctx,
        theme::{dialog, font, size},
    },
    scene::Face,
    time::{Day, End, Span},
};

/// How wide the box is, in points.
const WIDTH_POINTS: f32 = 340.0;

/// The question that is asked, and what was typed.
#[derive(Default)]
pub struct QuestionState {
    asked: Option<Question>,
    /// The document that it is asked for.
    about: Option<DocumentKey>,
    text: String,
    end: String,
    /// Whether the field has had the keyboard: it gets it once.
    was_focused: bool,
}

impl QuestionState {
    /// Asks for a document; `day` is the date shown.
    pub fn ask(&mut self, question: Question, about: DocumentKey, day: Day) {
        let text = if question == Question::Dates { day.to_string() } else { String::new() };
        *self = Self { asked: Some(question), about: Some(about), text, ..Self::default() };
    }

    /// Asks no longer.
    pub fn close(&mut self) {
        self.asked = None;
    }

    /// Whether something is asked.
    pub fn is_open(&self) -> bool {
        self.asked.is_some()
    }

    /// Why the answer will not do; `None` where it will.
    fn fault(&self) -> Option<String> {
        match self.asked? {
            Question::Dates => match (self.text.trim(), End::parse(&self.end)) {
                ("", _) => Some("When the copies begin must be said.".to_owned()),
                (start, Ok(_)) => Span::parse(start, &self.end).err().map(|error| format!("{error}.")),
                (_, Err(error)) => Some(format!("{error}.")),
            },
            Question::Branch if self.text.trim().is_empty() => Some("Say what it asks: What if the referendum had been held?".to_owned()),
            Question::Tag if self.text.trim().is_empty() => Some("Say which tag.".to_owned()),
            Question::Branch | Question::Tag => None,
        }
    }

    fn answer(&self) -> Option<Action> {
        let text = self.text.trim().to_owned();
        Some(match self.asked? {
            Question::Dates => Action::Document(DocumentAction::Duplicate(Some(text), Some(self.end.trim().to_owned()))),
            Question::Branch => apply(Command::Branch { name: text }),
            Question::Tag => Action::Document(DocumentAction::AddTag(text)),
        })
    }
}

/// Draws the box over everything while something is asked.
pub fn questions_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut QuestionState, out: &mut Vec<Action>) {
    // What was asked for one document is not asked for another.
    if ctx.editing().map(|editing| editing.key) != state.about {
        state.close();
    }
    let Some(asked) = state.asked else { return };
    let response = dialog("question", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(WIDTH_POINTS);
        let (title, label, yes) = match asked {
            Question::Dates => ("Duplicate with new dates", "Start", "Duplicate"),
            Question::Branch => ("Make a what-if branch", "What if …?", "Make the branch"),
            Question::Tag => ("Add a tag", "Tag", "Add"),
        };
        ui.label(egui::RichText::new(title).font(font(Face::SemiBold, size::TITLE)));
        ui.add_space(6.0);
        field_ui(ui, label, &mut state.text, Some(&mut state.was_focused));
        if asked == Question::Dates {
            field_ui(ui, "End (empty for none)", &mut state.end, None);
        }
        let fault = state.fault();
        // What is still empty is no fault to be told of in red.
        let text = fault.as_deref().unwrap_or(if asked == Question::Dates { "1914, 1914-06, 1914-06-28, c. 1914" } else { "" });
        ui.label(egui::RichText::new(text).size(size::SMALL).color(ctx.palette.quiet));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
            let agreed = ui.add_enabled(fault.is_none(), egui::Button::new(yes)).clicked() || (enter && fault.is_none());
            let called_off = ui.button("Cancel").clicked();
            if agreed {
                out.extend(state.answer());
            }
            agreed || called_off
        })
        .inner
    });
    if response.inner || response.should_close() {
        out.push(Action::Document(DocumentAction::AskNothing));
    }
}

fn field_ui(ui: &mut egui::Ui, label: &str, text: &mut String, was_focused: Option<&mut bool>) {
    ui.label(egui::RichText::new(label).size(size::SMALL));
    let field = ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    if let Some(was_focused) = was_focused
        && !std::mem::replace(was_focused, true)
    {
        field.request_focus();
    }
}
