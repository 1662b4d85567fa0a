//! Documents are saved, read anew and looked after: what was asked for is started here, and what came of it is taken in.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::App;
use crate::{
    edit::{Command, ids_after_names},
    gui::{
        editing::Editing,
        jobs::Kind,
        keeping::{
            DocumentKey, KeepAction, KeepBox, Keeping, looking,
            saving::{self, Expected, NotSaved, SaveOrder, SaveOutcome, Written},
            state::suggested_path,
        },
        remember,
    },
    io::{
        keep::{Ending, OutsideChange, Recorder},
        process::start_again,
    },
};

impl App {
    /// From now on work is kept there until it is saved. What an earlier session left there is offered, unless it is to be left alone.
    pub fn keep_work_in(&mut self, keeping: Keeping, leaves_found: bool) {
        (self.library.keeping, self.keep.leaves_found) = (keeping, leaves_found);
    }

    pub(super) fn keep_work(&mut self, ctx: &egui::Context, action: KeepAction) {
        match action {
            KeepAction::Save => self.save_shown(ctx),
            KeepAction::SaveAs => self.ask_for_name(self.shown_key(), String::new()),
            KeepAction::SaveAt { key, path, replace } => self.save_at(ctx, key, path, replace),
            KeepAction::Saved(outcome) => self.saved(ctx, *outcome),
            KeepAction::ChangedOutside(key, change) => self.changed_outside(key, change),
            KeepAction::TakeTheirs(key) => self.take_theirs(ctx, key),
            KeepAction::LeaveOutside(key) => {
                if let Some((_, editing)) = self.library.of_key(key) {
                    (editing.outside, editing.file.is_left) = (None, true);
                }
            }
            KeepAction::CloseStory => self.close_story(ctx),
            KeepAction::Close(answer) => self.answer_close(ctx, answer),
            KeepAction::Dismiss => self.dismiss(),
            KeepAction::NewWindow => self.new_window(),
            KeepAction::Found(parcel) => self.take_in_found(parcel.take().unwrap_or_default()),
            KeepAction::ShowFound => self.session.keep_box = Some(KeepBox::Recovery),
            KeepAction::Answer(index, answer) => self.answer_recovery(ctx, index, answer),
            KeepAction::Recovered(parcel) => {
                if let Some(work) = parcel.take() {
                    self.take_in_recovered(ctx, work);
                }
            }
        }
    }

    /// What comes of itself: somebody closes the window, comes back to it, or the journal wants something.
    pub(super) fn tend_documents(&mut self, ctx: &egui::Context) {
        if !self.keep.has_looked {
            self.keep.has_looked = true;
            self.find_lost_work(ctx);
        }
        self.hear_close_request(ctx);
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.look_outside(ctx);
        }
        let troubles: Vec<String> = self.library.edited.values_mut().filter_map(Editing::tend_journal).collect();
        troubles.into_iter().for_each(|text| self.trouble(text));
        if let Some(title) = self.keep.new_title(&self.library, &self.session) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    fn shown_key(&self) -> Option<DocumentKey> {
        Some(self.session.document.and_then(|index| self.library.edited.get(&index))?.key)
    }

    fn save_shown(&mut self, ctx: &egui::Context) {
        let Some(key) = self.shown_key() else { return self.nothing_to_save() };
        let Some((_, editing)) = self.library.of_key(key) else { return };
        match (&editing.path, editing.is_unsaved(), &editing.read_only) {
            (_, _, Some(why)) => {
                let why = format!("{why} Save a copy under another name.");
                self.ask_for_name(Some(key), why);
            }
            (None, _, None) => self.ask_for_name(Some(key), String::new()),
            (Some(_), false, None) if editing.outside.is_none() => self.toasts.news("All of it is saved already"),
            (Some(path), _, None) => {
                let path = path.clone();
                self.start_save(ctx, key, path, false);
            }
        }
    }

    fn nothing_to_save(&mut self) {
        let text = match self.session.document {
            Some(_) => "A built-in story is always there and need not be saved. Make a copy of it to change it (Ctrl+Shift+N).",
            None => "There is no document to save. Make a new one (Ctrl+N) or open one (Ctrl+O).",
        };
        self.toasts.news(text);
    }

    /// Shows the box for a name; `why` another one is needed, if one is.
    pub(super) fn ask_for_name(&mut self, key: Option<DocumentKey>, why: String) {
        let Some((key, (_, editing))) = key.and_then(|key| Some((key, self.library.of_key(key)?))) else { return self.nothing_to_save() };
        let path = editing.path.clone().unwrap_or_else(|| suggested_path(editing.history.document().title(), &self.session));
        self.keep.save_box.begin(&path);
        self.session.keep_box = Some(KeepBox::SaveAs { key, why });
    }

    fn save_at(&mut self, ctx: &egui::Context, key: DocumentKey, path: PathBuf, replace: bool) {
        self.name_ids(ctx, key);
        self.session.keep_box = None;
        let path = std::path::absolute(&path).unwrap_or(path);
        self.start_save(ctx, key, path, replace);
    }

    /// Saves a document beside the frames. What is in its own file must be what was read or written last, in any other there must be nothing,
    /// unless it is to be replaced whatever it is.
    pub(super) fn start_save(&mut self, ctx: &egui::Context, key: DocumentKey, path: PathBuf, replace: bool) {
        self.name_ids(ctx, key);
        let keeping = self.library.keeping.clone();
        let Some((_, editing)) = self.library.of_key(key) else { return };
        if editing.saving.is_some_and(|id| self.jobs.is_running(id)) {
            self.keep.again.push(key);
            return;
        }
        let known = editing.file.known.filter(|_| editing.path.as_deref() == Some(&*path));
        let expected = if replace { Expected::Anything } else { Expected::Known(known) };
        let (document, stamp, lock) = (editing.history.document().clone(), editing.history.stamp(), editing.file.lock.clone());
        let title = format!("Saving {}", crate::gui::jobs::work::name_of(&path));
        let order = SaveOrder { key, document, stamp, path, expected, lock, keeping };
        editing.saving = Some(self.jobs.start(ctx, Kind::Writes, title, move |_| saving::save(order)));
    }

    /// What still has the id that it was drawn with is called as its name says, so that files don't speak of `new-event-2`. Not before it is saved: undo
    /// would meet a change that nobody made. Not while somebody types: the field that they write in belongs to the id.
    fn name_ids(&mut self, ctx: &egui::Context, key: DocumentKey) {
        let Some((index, editing)) = self.library.of_key(key) else { return };
        let is_written = ctx.text_edit_focused() && self.session.keep_box.is_none();
        let Some(command) = ids_after_names(editing.history.document()).filter(|_| !is_written) else { return };
        let Command::Group { commands, .. } = &command else { return };
        let renamed = |id: String| {
            let to = commands.iter().find_map(|command| match command {
                Command::Rename { id: from, to } if *from == id => Some(to.clone()),
                _ => None,
            });
            to.unwrap_or(id)
        };
        let is_shown = self.session.document == Some(index);
        let selected = self.selected_id().filter(|_| is_shown);
        // Refused where the document can't be changed: a copy of it is saved with the ids that it has.
        if self.library.edit(index, &command, None).is_ok() && is_shown {
            self.session.chosen = std::mem::take(&mut self.session.chosen).into_iter().map(&renamed).collect();
            self.follow(index, selected.map(renamed));
        }
    }

    fn saved(&mut self, ctx: &egui::Context, outcome: SaveOutcome) {
        let SaveOutcome { key, stamp, path, result } = outcome;
        let Some((index, editing)) = self.library.of_key(key) else { return };
        editing.saving = None;
        let written = match result {
            Ok(written) => written,
            Err(why) => return self.not_saved(ctx, (key, index), path, why),
        };
        self.written(ctx, index, stamp, &path, written);
        let again = self.keep.again.contains(&key);
        self.keep.again.retain(|other| *other != key);
        match () {
            () if self.keep.closing.is_some() => self.go_on_closing(ctx),
            () if again && self.library.edited[&index].is_unsaved() => self.start_save(ctx, key, path, false),
            () => {}
        }
    }

    fn written(&mut self, ctx: &egui::Context, index: usize, stamp: u64, path: &Path, written: Written) {
        let Some(editing) = self.library.edited.get_mut(&index) else { return };
        editing.history.saved(stamp);
        editing.file = looking::FileState { known: Some(written.fingerprint), lock: written.lock, ..Default::default() };
        (editing.path, editing.outside) = (Some(path.to_owned()), None);
        if !editing.history.document().is_newer() {
            editing.read_only = None;
        }
        let journal = editing.take_journal();
        let overtaken = editing.is_unsaved();
        if overtaken {
            editing.begin_anew(&self.library.keeping, &self.library.wake);
        }
        let synced = editing.recorder().map(Recorder::syncing);
        if let Some(journal) = journal {
            self.jobs.start(ctx, Kind::Writes, "Tidying the journal".to_owned(), move |_| {
                // The new journal is on the disk before the old one goes.
                let is_kept = synced.is_none_or(|synced| synced().is_ok());
                let ending = if is_kept { Ending::Saved } else { Ending::SetAside };
                journal.end(ending).err().map(|error| crate::gui::actions::Action::Trouble(error.to_string())).into_iter().collect()
            });
        }
        remember::note_recent(&mut self.session.recents, path.to_owned());
        let others = if written.other_names { ". It stands under other names too (hard links); those keep the old content" } else { "" };
        self.toasts.news(format!("Saved {}{others}", path.display()));
    }

    /// Nothing was written: what is asked next says why. What was to be closed stays open.
    fn not_saved(&mut self, ctx: &egui::Context, (key, index): (DocumentKey, usize), path: PathBuf, why: NotSaved) {
        self.keep.again.retain(|other| *other != key);
        let is_own = |app: &Self| app.library.edited.get(&index).is_some_and(|editing| editing.path.as_deref() == Some(&*path));
        match why {
            NotSaved::ChangedOutside(OutsideChange::Appeared) => self.session.keep_box = Some(KeepBox::Replace { key, path }),
            NotSaved::ChangedOutside(change) if is_own(self) => {
                self.keep.closing = None;
                if self.session.document != Some(index) {
                    self.open_document(index);
                }
                if let Some((_, editing)) = self.library.of_key(key) {
                    editing.outside = Some(change);
                }
                ctx.request_repaint();
            }
            NotSaved::ChangedOutside(_) => self.session.keep_box = Some(KeepBox::Replace { key, path }),
            NotSaved::OtherName(text) => self.ask_for_name(Some(key), text),
            NotSaved::Unsynced(now, text) => {
                self.keep.closing = None;
                if let Some((_, editing)) = self.library.of_key(key) {
                    (editing.file.known, editing.path) = (Some(now), Some(path));
                }
                self.trouble(text);
            }
            NotSaved::Failed(text) => {
                self.keep.closing = None;
                self.trouble(text);
            }
        }
    }

    /// Looks beside the frames whether others changed what is open here.
    fn look_outside(&mut self, ctx: &egui::Context) {
        let file = |editing: &Editing| {
            let is_watched = editing.saving.is_none() && editing.outside.is_none() && !editing.file.is_left;
            Some((editing.key, editing.path.clone()?, editing.file.known?)).filter(|_| is_watched)
        };
        let files: Vec<_> = self.library.edited.values().filter_map(file).collect();
        if !files.is_empty() {
            let keeping = self.library.keeping.clone();
            self.jobs.start(ctx, Kind::Quiet, "Looking for changes by others".to_owned(), move |_| looking::look(&keeping, &files));
        }
    }

    fn changed_outside(&mut self, key: DocumentKey, change: OutsideChange) {
        // What was looked at before a save began says nothing of the file as it is now.
        if let Some((_, editing)) = self.library.of_key(key)
            && editing.saving.is_none()
        {
            editing.outside = Some(change);
        }
    }

    /// Closes the document as it stands here and reads its file anew; edits that were not saved are laid aside for seven days.
    fn take_theirs(&mut self, ctx: &egui::Context, key: DocumentKey) {
        let Some((index, editing)) = self.library.of_key(key) else { return };
        let Some(path) = editing.path.clone() else { return };
        if editing.is_unsaved() && self.library.keeping.folder.is_some() {
            self.toasts.news("Your edits are laid aside for seven days: “Unsaved work” on the first screen");
        }
        self.discard(ctx, index);
        self.open_files(ctx, vec![path]);
    }

    fn new_window(&mut self) {
        // The story that is shown here would only be locked there.
        if let Err(error) = start_again(&[std::ffi::OsStr::new("--new")]) {
            self.trouble(format!("No other window could be opened ({error}). Start the program once more by hand."));
        }
    }
}
