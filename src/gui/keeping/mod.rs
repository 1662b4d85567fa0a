//! Keeping what people write: saving, the journal of what is not saved yet, changes by others. What may take long is done beside the frames;
//! what is asked for is carried out in `app::keeping` and `app::closing`.

pub mod looking;
pub mod recovery;
pub mod saving;
pub mod state;

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use recovery::{RecoveredWork, RecoveryAnswer};
use saving::SaveOutcome;

use crate::io::{
    folders::state_folder,
    keep::{Disk, FoundSession, OutsideChange, RealDisk, found_sessions},
};

/// A document that is edited, by a name that stays: positions in the library move when a document is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentKey(pub u64);

/// Where work is kept until it is saved.
#[derive(Clone)]
pub struct Keeping {
    /// The disk; tests put another one in its place.
    pub disk: Arc<dyn Disk>,
    /// The folder of journals and locks; `None` where nothing is kept, as in `perf` and in most tests.
    pub folder: Option<PathBuf>,
}

impl Keeping {
    /// Saves, and keeps nothing else.
    pub fn nothing() -> Self {
        Self { disk: Arc::new(RealDisk), folder: None }
    }

    /// In a folder.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::nothing() }
    }

    /// In the folder that the system has for it; nothing is kept where it names none.
    pub fn of_this_person() -> Self {
        Self { folder: state_folder(), ..Self::nothing() }
    }

    /// Below which every session has a folder of its own.
    pub fn sessions(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("sessions"))
    }

    /// Whether there is work of a session that died, about which nobody decided.
    pub fn has_lost_work(&self) -> bool {
        let found = self.sessions().and_then(|sessions| found_sessions(&self.disk, &sessions).ok()).unwrap_or_default();
        found.iter().any(|session| session.set_aside.is_none())
    }

    /// Where the locks of documents lie.
    pub fn locks(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("locks"))
    }
}

impl fmt::Debug for Keeping {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keeping").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// What one thread hands to another inside an action; taken out once.
pub struct Parcel<T>(Arc<Mutex<Option<T>>>);

impl<T> Parcel<T> {
    /// With this inside.
    pub fn new(content: T) -> Self {
        Self(Arc::new(Mutex::new(Some(content))))
    }

    /// What is inside; nothing the second time.
    pub fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T> Clone for Parcel<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Parcel<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Parcel")
    }
}

/// What is about to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The window, and with it all documents.
    Window,
    /// One document.
    Document(DocumentKey),
}

/// What a person says when something with unsaved changes is about to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseAnswer {
    /// Save, then close.
    Save,
    /// Close without saving.
    Leave,
    /// Do not close.
    Stay,
}

/// The box that stands over everything, if one of ours does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepBox {
    /// Under which name to save; `why` says why another name is needed, if one is.
    SaveAs {
        /// Which document.
        key: DocumentKey,
        /// Empty when the person asked for it.
        why: String,
    },
    /// Whether to replace a file.
    Replace {
        /// By which document.
        key: DocumentKey,
        /// Which file.
        path: PathBuf,
    },
    /// Whether to save first.
    Close(Closing),
    /// What to do with what was not saved before a crash.
    Recovery,
}

/// What is asked about keeping work.
#[derive(Clone, Debug)]
pub enum KeepAction {
    /// Saves the shown document.
    Save,
    /// Asks under which name to save it.
    SaveAs,
    /// Saves a document into a file; `replace` when a person chose to replace what is there.
    SaveAt {
        /// Which document.
        key: DocumentKey,
        /// Where.
        path: PathBuf,
        /// Whether the file that is there is to be replaced, whatever it is.
        replace: bool,
    },
    /// What came of saving.
    Saved(Box<SaveOutcome>),
    /// What others did to the file of a document.
    ChangedOutside(DocumentKey, OutsideChange),
    /// Reads the file of a document anew; what stands here is laid aside.
    TakeTheirs(DocumentKey),
    /// Goes on with a document as if its file had not been changed; it asks again before it saves.
    LeaveOutside(DocumentKey),
    /// Closes the story.
    CloseStory,
    /// Goes on with what is about to be closed, or not.
    Close(CloseAnswer),
    /// Closes the box of ours.
    Dismiss,
    /// Opens another window, in a process of its own.
    NewWindow,
    /// What was found of earlier sessions.
    Found(Parcel<Vec<FoundSession>>),
    /// Shows what is not saved of earlier sessions.
    ShowFound,
    /// What to do with one of them, by position.
    Answer(usize, RecoveryAnswer),
    /// What was brought back.
    Recovered(Parcel<RecoveredWork>),
}
