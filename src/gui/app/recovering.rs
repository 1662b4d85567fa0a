//! What was not saved when a window died is found, offered and brought back.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use crate::{
    edit::History,
    gui::{
        editing::Editing,
        jobs::Kind,
        keeping::{
            KeepBox,
            looking::FileState,
            recovery::{self, FoundView, RecoveredWork, RecoveryAnswer},
        },
    },
    io::keep::{FoundSession, Recorder},
};

impl App {
    /// Looks beside the frames for work of sessions that died.
    pub(super) fn find_lost_work(&mut self, ctx: &egui::Context) {
        if self.library.keeping.folder.is_some() && !self.keep.leaves_found {
            let keeping = self.library.keeping.clone();
            self.jobs.start(ctx, Kind::Quiet, "Looking for unsaved work".to_owned(), move |_| recovery::find(&keeping));
        }
    }

    /// What nobody decided about is offered at once; what was laid aside waits on the first screen.
    pub(super) fn take_in_found(&mut self, found: Vec<FoundSession>) {
        self.keep.views = found.iter().map(FoundView::of).collect();
        self.keep.found = found;
        if self.keep.views.iter().any(|view| !view.is_laid_aside) && self.session.keep_box.is_none() {
            self.session.keep_box = Some(KeepBox::Recovery);
        }
    }

    pub(super) fn answer_recovery(&mut self, ctx: &egui::Context, index: usize, answer: RecoveryAnswer) {
        if index >= self.keep.found.len() {
            return;
        }
        if answer == RecoveryAnswer::NotNow {
            return self.lay_all_aside(ctx);
        }
        let (session, view) = (self.keep.found.remove(index), self.keep.views.remove(index));
        match answer {
            RecoveryAnswer::Recover => {
                let (keeping, title) = (self.library.keeping.clone(), format!("Bringing back {}", view.title));
                self.jobs.start(ctx, Kind::Reads, title, move |_| recovery::recover(session, &keeping));
            }
            RecoveryAnswer::OpenSaved => {
                self.decide(ctx, session, false);
                self.open_files(ctx, view.path.into_iter().collect());
            }
            RecoveryAnswer::Discard => self.decide(ctx, session, true),
            RecoveryAnswer::NotNow => {}
        }
        if self.keep.found.is_empty() {
            self.session.keep_box = None;
        }
    }

    /// Closes the box; all that stands in it waits on the first screen. It is ours as long as this window is open, and found again by the next.
    fn lay_all_aside(&mut self, ctx: &egui::Context) {
        self.session.keep_box = None;
        for view in &mut self.keep.views {
            view.is_laid_aside = true;
        }
        for session in &self.keep.found {
            let aside = session.setting_aside();
            self.jobs.start(ctx, Kind::Writes, "Laying edits aside".to_owned(), move |_| recovery::said(aside()));
        }
    }

    fn decide(&mut self, ctx: &egui::Context, session: FoundSession, discard: bool) {
        self.jobs.start(ctx, Kind::Writes, "Laying edits aside".to_owned(), move |_| recovery::decide(session, discard));
    }

    /// Puts a document that was brought back into the place of the same one as it was saved, if that is open here; gives its position. Who has changed
    /// that one meanwhile goes on with both: what was brought back is then saved under another name.
    fn put_revived(&mut self, history: History, path: Option<PathBuf>, file: FileState) -> usize {
        let Some(index) = path.as_deref().and_then(|path| self.library.at_path(path)) else {
            return self.library.add_edited(Editing::with_history(history, path, file));
        };
        match self.library.edited.get(&index).filter(|saved| !saved.is_unsaved()).map(|saved| saved.file.clone()) {
            Some(saved) => {
                let file = FileState { known: file.known, ..saved };
                self.library.replace(index, Editing::with_history(history, path, file));
                index
            }
            None => self.library.add_edited(Editing::with_history(history, None, FileState::default())),
        }
    }

    /// Shows a document that was brought back, not saved yet; its old journal goes once the new one is on the disk.
    pub(super) fn take_in_recovered(&mut self, ctx: &egui::Context, work: RecoveredWork) {
        let RecoveredWork { session, result } = work;
        let revived = match result {
            Ok(revived) => revived,
            // The session is let go and offered again at the next start.
            Err(text) => return self.trouble(text),
        };
        let complaint = revived.complaint;
        let index = self.put_revived(revived.history, revived.path, revived.file);
        if let Some(editing) = self.library.edited.get_mut(&index) {
            editing.take_up(revived.first, &revived.entries, &self.library.keeping, &self.library.wake);
            if let Some(synced) = editing.recorder().map(Recorder::syncing) {
                let (title, keeps_old) = ("Keeping what was brought back".to_owned(), complaint.is_some());
                self.jobs.start(ctx, Kind::Writes, title, move |_| recovery::hand_over(session, keeps_old, synced));
            }
        }
        self.derived.forget_search();
        self.open_document(index);
        // The work goes on where it ended.
        self.session.tools.on = true;
        match complaint {
            Some(text) => self.trouble(text),
            None => self.toasts.news(format!("Brought back: {}. It is not saved yet", self.library.documents[index].title)),
        }
    }
}
