//! Changes of documents: carried out through their histories; what is shown follows.

use eframe::egui;

use super::App;
use crate::{
    edit::Command,
    io::{Progress, project_file::parse_document},
    model::Document,
};

/// What is asked of a document that is edited.
#[derive(Clone, Debug)]
pub enum EditAction {
    /// Changes the shown document; commands of one gesture are one step.
    Apply(Box<Command>, Option<u64>),
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Opens an empty document.
    New,
    /// Opens a copy of the shown document, that can be changed.
    Copy,
}

impl App {
    pub(super) fn edit(&mut self, ctx: &egui::Context, action: EditAction) {
        match action {
            EditAction::Apply(command, gesture) => drop(self.apply(&command, gesture)),
            EditAction::Undo => self.step_back(true),
            EditAction::Redo => self.step_back(false),
            EditAction::New => self.take_in_new(ctx, Document::empty("Untitled")),
            EditAction::Copy => self.copy_of_shown(ctx),
        }
    }

    /// Changes the shown document; false where it was refused, which the person is told.
    pub(super) fn apply(&mut self, command: &Command, gesture: Option<u64>) -> bool {
        let Some(index) = self.session.document else {
            self.trouble("There is no story to change. Make a new one (Ctrl+N) or open one (Ctrl+O).");
            return false;
        };
        let selected = self.selected_id();
        match self.library.edit(index, command, gesture) {
            Ok(()) => {
                let renamed = match command {
                    Command::Rename { id, to } if selected.as_deref() == Some(id) => Some(to.clone()),
                    _ => None,
                };
                self.follow(index, renamed.or(selected));
                true
            }
            Err(why) => {
                self.trouble(why);
                false
            }
        }
    }

    fn step_back(&mut self, back: bool) {
        let Some(index) = self.session.document else { return };
        let selected = self.selected_id();
        let done = if back { self.library.undo(index) } else { self.library.redo(index) };
        match (done, back) {
            (Ok(Some(label)), true) => self.toasts.news(format!("Undone: {label}")),
            (Ok(Some(label)), false) => self.toasts.news(format!("Done again: {label}")),
            (Ok(None), true) => self.toasts.news("There is nothing to undo"),
            (Ok(None), false) => self.toasts.news("There is nothing to do again"),
            (Err(why), _) => return self.trouble(why),
        }
        self.follow(index, selected);
    }

    pub(super) fn selected_id(&self) -> Option<String> {
        let selection = self.session.selection.as_ref()?;
        self.library.id_of(selection).map(|(_, id)| id.to_owned())
    }

    /// What is selected stands elsewhere in a changed document, or is gone; piles and pins of callouts are known by position and are let go.
    pub(super) fn follow(&mut self, index: usize, selected: Option<String>) {
        if let Some(id) = selected {
            self.session.selection = self.library.selection_of(index, &id);
        }
        self.session.telling = Default::default();
        self.session.follow_document(&self.library);
        self.derived.forget_search();
    }

    /// A copy that can be changed: a built-in story as its file has it, another document as it stands now.
    fn copy_of_shown(&mut self, ctx: &egui::Context) {
        let Some(index) = self.session.document else {
            self.trouble("There is no story to copy. Open one first.");
            return;
        };
        let copied = match self.library.edited.get(&index) {
            Some(editing) => Ok(editing.history.document().clone()),
            None => built_in(self.library.documents[index].id.as_str()),
        };
        match copied {
            Ok(document) => self.take_in_new(ctx, renamed(&document)),
            Err(text) => self.trouble(text),
        }
    }

    fn take_in_new(&mut self, ctx: &egui::Context, document: Document) {
        let index = self.library.add(document, None);
        self.derived.forget_search();
        self.open_document(index);
        // Who makes a document wants to change it.
        self.session.tools.on = true;
        ctx.request_repaint();
    }
}

/// A built-in story as a document.
fn built_in(id: &str) -> Result<Document, String> {
    let text = crate::io::atlas_files::case_text(id).ok_or_else(|| format!("The story {id} is not built in."))?;
    parse_document(id, id, text, &Progress::default()).map_err(|error| error.to_string())
}

/// The document under another id and title.
fn renamed(document: &Document) -> Document {
    let mut header = document.header().clone();
    for key in ["title", "id"] {
        if let Some(text) = header.get(key).and_then(|text| text.as_str()) {
            let text = if key == "id" { format!("{text}-copy") } else { format!("{text} (copy)") };
            header.insert(key.to_owned(), text.into());
        }
    }
    document.with_header(header)
}
