//! Saving a document, on a thread beside the frames.

use std::{path::PathBuf, sync::Arc};

use super::{DocumentKey, KeepAction, Keeping};
use crate::{
    gui::actions::Action,
    io::{
        document_file::{DocumentSaveError, save_document},
        keep::{DocumentLock, Fingerprint, OutsideChange, SaveError},
    },
    model::Document,
};

/// What must be in the file for it to be replaced.
#[derive(Clone, Copy, Debug)]
pub enum Expected {
    /// What was read from it or written to it last; `None` when there must be no file.
    Known(Option<Fingerprint>),
    /// Whatever is there: a person chose to replace it.
    Anything,
}

/// A document to be saved.
#[derive(Debug)]
pub struct SaveOrder {
    /// Which.
    pub key: DocumentKey,
    /// As it is now.
    pub document: Document,
    /// The state that this is.
    pub stamp: u64,
    /// Where to.
    pub path: PathBuf,
    /// What is to be replaced.
    pub expected: Expected,
    /// The lock that the document has already, on this file or on another.
    pub lock: Option<Arc<DocumentLock>>,
    /// Where locks are.
    pub keeping: Keeping,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct SaveOutcome {
    /// Which document.
    pub key: DocumentKey,
    /// The state that was to be saved.
    pub stamp: u64,
    /// Where to.
    pub path: PathBuf,
    /// Whether it is there.
    pub result: Result<Written, NotSaved>,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The file as it is now.
    pub fingerprint: Fingerprint,
    /// The lock on it; `None` where there are none.
    pub lock: Option<Arc<DocumentLock>>,
    /// Whether it stands under other names too, which keep the old content.
    pub other_names: bool,
}

/// Why a file was not written. Texts are whole sentences for the person.
#[derive(Clone, Debug)]
pub enum NotSaved {
    /// Others changed the file.
    ChangedOutside(OutsideChange),
    /// Another name is needed.
    OtherName(String),
    /// The file is there, but perhaps not for good.
    Unsynced(Fingerprint, String),
    /// Something else.
    Failed(String),
}

/// Saves, and says what came of it.
pub fn save(order: SaveOrder) -> Vec<Action> {
    let result = lock_for(&order).and_then(|lock| write(&order, lock));
    let SaveOrder { key, stamp, path, .. } = order;
    vec![Action::Keep(KeepAction::Saved(Box::new(SaveOutcome { key, stamp, path, result })))]
}

/// The lock on the file: the one that the document has, where it is on this file, else a new one.
fn lock_for(order: &SaveOrder) -> Result<Option<Arc<DocumentLock>>, NotSaved> {
    let disk = &*order.keeping.disk;
    let is_on_it = |lock: &&Arc<DocumentLock>| disk.canonical(&order.path).is_ok_and(|file| file == lock.file());
    if let Some(lock) = order.lock.as_ref().filter(is_on_it) {
        return Ok(Some(lock.clone()));
    }
    let Some(locks) = order.keeping.locks() else { return Ok(None) };
    match DocumentLock::take(disk, &locks, &order.path) {
        Ok(Some(lock)) => Ok(Some(Arc::new(lock))),
        Ok(None) => Err(NotSaved::OtherName(format!(
            "{}: not saved: it is open in another window. Close it there, or save under another name.",
            order.path.display()
        ))),
        // Saving itself looks whether others changed the file, and says better why a folder cannot be used.
        Err(_) => Ok(None),
    }
}

fn write(order: &SaveOrder, lock: Option<Arc<DocumentLock>>) -> Result<Written, NotSaved> {
    let disk = &*order.keeping.disk;
    let known = match order.expected {
        Expected::Known(known) => known,
        Expected::Anything => {
            let file = order.path.display();
            Fingerprint::of_file(disk, &order.path).map_err(|error| {
                NotSaved::OtherName(format!("{file}: not saved: what is there cannot be read ({error}). Save under another name."))
            })?
        }
    };
    let saved = save_document(disk, &order.path, &order.document, known.as_ref()).map_err(refused)?;
    Ok(Written { fingerprint: saved.fingerprint, lock, other_names: saved.other_names })
}

fn refused(error: DocumentSaveError) -> NotSaved {
    let text = error.to_string();
    match error {
        DocumentSaveError::Save(SaveError::ChangedOutside { change, .. }) => NotSaved::ChangedOutside(change),
        DocumentSaveError::Save(SaveError::Unsynced { now, .. }) => NotSaved::Unsynced(now, text),
        DocumentSaveError::Save(
            SaveError::ReadOnly { .. } | SaveError::NotAFile { .. } | SaveError::NoFolder { .. } | SaveError::Forbidden { .. },
        )
        | DocumentSaveError::Branch { .. }
        | DocumentSaveError::UnknownOld(_) => NotSaved::OtherName(text),
        DocumentSaveError::Save(_) => NotSaved::Failed(text),
    }
}
