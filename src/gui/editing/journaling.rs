//! The journal of a document that is edited: everything that is done to it, so that doing it again gives the same document and the same steps back.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use eframe::egui;

use super::Editing;
use crate::{
    edit::Command,
    edit::{Entry, Refusal},
    gui::keeping::Keeping,
    io::keep::{Meta, Recorder, recorder::MakeSnapshot},
    model::Document,
};

/// The edits since a document was opened or saved last, on their way to the disk.
#[derive(Default)]
pub struct Journaling {
    recorder: Option<Recorder>,
    /// How many steps back, and how many forward again, can be made from what the journal holds: it knows nothing of what was before it began.
    back: usize,
    forward: usize,
    /// What was said already of what went wrong.
    said: Option<String>,
}

impl fmt::Debug for Journaling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Journaling").field("is_kept", &self.recorder.is_some()).finish_non_exhaustive()
    }
}

impl Journaling {
    fn append(&self, entry: &Entry) {
        if let (Some(recorder), Ok(line)) = (&self.recorder, serde_json::to_string(entry)) {
            recorder.append(line);
        }
    }

    /// From now on it begins with this state.
    fn snapshot(&mut self, document: &Document) {
        (self.back, self.forward) = (0, 0);
        if let Some(recorder) = &self.recorder {
            recorder.snapshot(snapshot_of(document));
        }
    }
}

impl Editing {
    /// Changes the document and keeps what was done.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(&mut self, command: &Command, gesture: Option<u64>, keeping: &Keeping, wake: &egui::Context) -> Result<(), Refusal> {
        let (before, steps) = (self.base(keeping), self.steps());
        self.history.apply(command, gesture)?;
        self.begin(before, keeping, wake);
        self.journal.forward = 0;
        self.journal.back += usize::from(self.steps() > steps);
        self.journal.append(&Entry::Apply(command.clone(), gesture));
        Ok(())
    }

    /// One step back or forward; gives what was undone or done again.
    pub fn step(&mut self, back: bool, keeping: &Keeping, wake: &egui::Context) -> Option<String> {
        let before = self.base(keeping);
        let label = if back { self.history.undo() } else { self.history.redo() }?;
        self.begin(before, keeping, wake);
        let journal = &mut self.journal;
        match (back, journal.back, journal.forward) {
            (true, 1.., _) => {
                (journal.back, journal.forward) = (journal.back - 1, journal.forward + 1);
                journal.append(&Entry::Undo);
            }
            (false, _, 1..) => {
                (journal.back, journal.forward) = (journal.back + 1, journal.forward - 1);
                journal.append(&Entry::Redo);
            }
            // It leads to a state from before the journal began.
            _ => journal.snapshot(self.history.document()),
        }
        Some(label)
    }

    /// Takes up a journal for work that was brought back: the entries lead from its first state to the present one.
    pub fn take_up(&mut self, first: Document, entries: &[Entry], keeping: &Keeping, wake: &egui::Context) {
        self.begin(keeping.folder.is_some().then_some(first), keeping, wake);
        for entry in entries {
            self.journal.append(entry);
        }
        let (back, forward) = (self.steps(), self.history.steps_forward());
        (self.journal.back, self.journal.forward) = (back, forward);
    }

    /// What the journal wants is given to it. Gives what went wrong since the last call, if anything did.
    pub fn tend_journal(&mut self) -> Option<String> {
        let recorder = self.journal.recorder.as_ref()?;
        let status = recorder.status();
        if status.wants_snapshot {
            self.journal.snapshot(self.history.document());
        }
        let news = status.trouble.clone().filter(|_| status.trouble != self.journal.said);
        self.journal.said = status.trouble;
        news
    }

    /// Gives up the journal, so that it can be ended beside the frames.
    pub fn take_journal(&mut self) -> Option<Recorder> {
        (self.journal.back, self.journal.forward) = (0, 0);
        self.journal.recorder.take()
    }

    /// The journal, to wait for it.
    pub fn recorder(&self) -> Option<&Recorder> {
        self.journal.recorder.as_ref()
    }

    /// Begins the journal anew with the present state: after a save that others edits overtook.
    pub fn begin_anew(&mut self, keeping: &Keeping, wake: &egui::Context) {
        let before = self.base(keeping);
        self.begin(before, keeping, wake);
    }

    fn steps(&self) -> usize {
        self.history.past().count()
    }

    /// The state that a journal would begin with, where one is to begin.
    fn base(&self, keeping: &Keeping) -> Option<Document> {
        (keeping.folder.is_some() && self.journal.recorder.is_none()).then(|| self.history.document().clone())
    }

    fn begin(&mut self, base: Option<Document>, keeping: &Keeping, wake: &egui::Context) {
        let (Some(base), Some(sessions)) = (base, keeping.sessions()) else { return };
        let meta = Meta {
            document: self.path.clone(),
            known: self.file.known,
            title: base.title().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            started: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        };
        let wake = wake.clone();
        let wake = Box::new(move || wake.request_repaint());
        match Recorder::begin(keeping.disk.clone(), sessions, meta, snapshot_of(&base), wake) {
            Ok(recorder) => self.journal = Journaling { recorder: Some(recorder), ..Journaling::default() },
            // Without a thread nothing else works either; the next edit tries again.
            Err(_) => self.journal = Journaling::default(),
        }
    }
}

fn snapshot_of(document: &Document) -> MakeSnapshot {
    let document = document.clone();
    Box::new(move || Ok(document.to_text().into_bytes()))
}
