//! Closing a story or the window: nothing that is not saved goes unasked.

use eframe::egui;

use super::App;
use crate::{
    gui::{
        actions::Action,
        editing::Editing,
        jobs::Kind,
        keeping::{CloseAnswer, Closing, DocumentKey, KeepBox, recovery::RecoveryAnswer},
        session::Selection,
        today,
    },
    io::keep::Ending,
};

impl App {
    /// The window is about to go: it stays while something is not saved and nobody said that it may.
    pub(super) fn hear_close_request(&mut self, ctx: &egui::Context) {
        if self.keep.may_go || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.unsaved(Closing::Window).is_some() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.session.keep_box = Some(KeepBox::Close(Closing::Window));
        } else {
            self.keep.may_go = true;
        }
    }

    /// The first document of what is about to be closed that is not saved.
    fn unsaved(&self, closing: Closing) -> Option<DocumentKey> {
        let is_meant = |editing: &&Editing| closing == Closing::Window || closing == Closing::Document(editing.key);
        self.library.edited.values().filter(is_meant).find(|editing| editing.is_unsaved()).map(|editing| editing.key)
    }

    pub(super) fn close_story(&mut self, ctx: &egui::Context) {
        match self.session.document.and_then(|index| self.library.edited.get(&index)).map(|editing| editing.key) {
            None => self.session.close_document(today()),
            Some(key) if self.unsaved(Closing::Document(key)).is_some() => {
                self.session.keep_box = Some(KeepBox::Close(Closing::Document(key)));
            }
            Some(key) => self.finish_closing(ctx, Closing::Document(key)),
        }
    }

    pub(super) fn answer_close(&mut self, ctx: &egui::Context, answer: CloseAnswer) {
        let Some(KeepBox::Close(closing)) = self.session.keep_box.take() else { return };
        match answer {
            CloseAnswer::Save => {
                self.keep.closing = Some(closing);
                self.go_on_closing(ctx);
            }
            CloseAnswer::Leave => self.finish_closing(ctx, closing),
            CloseAnswer::Stay => {}
        }
    }

    /// Closes the box of ours; what waited to be closed for a name stays open.
    pub(super) fn dismiss(&mut self) {
        (self.session.keep_box, self.keep.closing) = (None, None);
    }

    /// Escape is the answer that changes nothing.
    pub(super) fn escape_box(&mut self, ctx: &egui::Context) {
        match self.session.keep_box {
            Some(KeepBox::Recovery) => self.answer_recovery(ctx, 0, RecoveryAnswer::NotNow),
            _ => self.dismiss(),
        }
    }

    /// Saves the next document of what is to be closed; when all are saved it is closed.
    pub(super) fn go_on_closing(&mut self, ctx: &egui::Context) {
        let Some(closing) = self.keep.closing else { return };
        let Some(key) = self.unsaved(closing) else { return self.finish_closing(ctx, closing) };
        let Some((_, editing)) = self.library.of_key(key) else { return };
        match (&editing.path, &editing.read_only) {
            (Some(path), None) => {
                let path = path.clone();
                self.start_save(ctx, key, path, false);
            }
            (_, why) => {
                let why = why.clone().unwrap_or_default();
                self.ask_for_name(Some(key), why);
            }
        }
    }

    fn finish_closing(&mut self, ctx: &egui::Context, closing: Closing) {
        self.keep.closing = None;
        match closing {
            Closing::Window => {
                self.keep.may_go = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Closing::Document(key) => {
                if let Some((index, _)) = self.library.of_key(key) {
                    self.discard(ctx, index);
                }
            }
        }
    }

    /// Takes a document out of the window, saved or not; what is not saved is laid aside for seven days.
    pub(super) fn discard(&mut self, ctx: &egui::Context, index: usize) {
        let Some(mut editing) = self.library.remove(index) else { return };
        let ending = if editing.is_unsaved() { Ending::SetAside } else { Ending::Saved };
        if let Some(journal) = editing.take_journal() {
            self.jobs.start(ctx, Kind::Writes, "Closing the journal".to_owned(), move |_| {
                journal.end(ending).err().map(|error| Action::Trouble(error.to_string())).into_iter().collect()
            });
        }
        if self.session.document == Some(index) {
            self.session.close_document(today());
        }
        let moved = |place: usize| if place > index { place - 1 } else { place };
        self.session.document = self.session.document.map(moved);
        self.session.selection = self.session.selection.take().and_then(|selection| {
            Some(match selection {
                Selection::Event(place, _)
                | Selection::Region(place, _)
                | Selection::Line(place, _)
                | Selection::Place(place, _)
                | Selection::Annotation(place, _)
                    if place == index =>
                {
                    return None;
                }
                Selection::Event(place, own) => Selection::Event(moved(place), own),
                Selection::Region(place, own) => Selection::Region(moved(place), own),
                Selection::Line(place, own) => Selection::Line(moved(place), own),
                Selection::Place(place, own) => Selection::Place(moved(place), own),
                Selection::Annotation(place, own) => Selection::Annotation(moved(place), own),
                other => other,
            })
        });
        self.derived.forget_search();
    }

    /// Ends all journals, before the window goes. Without a word from the person they stay as they are, and their edits are offered at the next start.
    pub(super) fn end_journals(&mut self) {
        for editing in self.library.edited.values_mut() {
            let ending = match (editing.is_unsaved(), self.keep.may_go) {
                (false, _) => Ending::Saved,
                (true, true) => Ending::SetAside,
                (true, false) => continue,
            };
            if let Some(journal) = editing.take_journal() {
                // A journal that cannot be marked is offered once more: nobody is there to be told.
                let _ = journal.end(ending);
            }
        }
    }
}
