//! What is being typed in a field, from the moment in which it gets the keyboard until the document has it.

use egui::{Id, Ui};

use crate::gui::editing::new_gesture;

/// A text that the document does not have yet, or not any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// As typed.
    pub text: String,
    /// What the document had when this was kept: another value there makes the draft void.
    pub base: String,
    /// Why the document does not take it.
    pub refusal: Option<String>,
    /// Everything typed in one go is one step of undo.
    pub gesture: u64,
    /// Whether anything was typed since the field got the keyboard.
    pub touched: bool,
    /// Whether the field had the keyboard in the last frame.
    pub held: bool,
    /// Which row of the list of suggestions is chosen.
    pub chosen: usize,
    /// Whether the list is closed until something is typed.
    pub quiet: bool,
}

impl Draft {
    /// One that begins with a text.
    pub(super) fn new(text: &str, base: &str) -> Self {
        Self { text: text.to_owned(), base: base.to_owned(), gesture: new_gesture(), held: true, ..Self::default() }
    }

    /// That of a field, as long as the document still has what it had then, or somebody is typing.
    pub(super) fn of(ui: &Ui, field: Id, base: &str) -> Option<Self> {
        let is_typed = ui.memory(|memory| memory.has_focus(field));
        ui.data(|data| data.get_temp::<Self>(field)).filter(|draft| is_typed || draft.held || draft.base == base)
    }

    /// Keeps it for the next frame.
    pub(super) fn keep(self, ui: &Ui, field: Id) {
        ui.data_mut(|data| data.insert_temp(field, self));
    }

    /// Lets it go.
    pub(super) fn drop(ui: &Ui, field: Id) {
        ui.data_mut(|data| data.remove::<Self>(field));
    }
}
