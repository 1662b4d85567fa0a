//! Looking whether others changed a file, and taking the right to save it: beside the frames.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{DocumentKey, KeepAction, Keeping};
use crate::{
    gui::actions::Action,
    io::keep::{DocumentLock, Fingerprint, disk::Facts, fingerprint::outside_change_at_a_glance},
};

/// What is known of the file of a document.
#[derive(Clone, Debug, Default)]
pub struct FileState {
    /// The file as we last read or wrote it; `None` when there is none.
    pub known: Option<Fingerprint>,
    /// The right to save it; `None` where there are no locks.
    pub lock: Option<Arc<DocumentLock>>,
    /// Whether another window has that right.
    pub is_open_elsewhere: bool,
    /// Whether a person knows that others changed it and goes on all the same: it is looked at again when it is saved.
    pub is_left: bool,
}

impl FileState {
    /// Of a file that is about to be read: takes the right to save it, and gives what is known without reading it. Says nothing of what is no plain
    /// file; reading does.
    pub fn before_reading(keeping: &Keeping, path: &Path) -> (Self, Option<Facts>) {
        let disk = &*keeping.disk;
        let Some(facts) = disk.facts(path).ok().filter(|facts| facts.plain) else { return (Self::default(), None) };
        // Without a lock, saving still looks whether others changed the file.
        let taken = keeping.locks().and_then(|locks| DocumentLock::take(disk, &locks, path).ok());
        let state = Self { is_open_elsewhere: matches!(taken, Some(None)), lock: taken.flatten().map(Arc::new), ..Self::default() };
        (state, Some(facts))
    }

    /// Of the file that was read now, which was so before: from here on what others change is noticed.
    pub fn after_reading(&mut self, keeping: &Keeping, path: &Path, before: Option<Facts>) {
        let now = Fingerprint::of_file(&*keeping.disk, path).ok().flatten();
        self.known = before.zip(now).map(|(before, now)| {
            let is_same = (before.bytes, before.modified) == (now.bytes, now.modified);
            // Nobody knows which of the two was read: no content is the one that is known, so that saving asks.
            if is_same { now } else { Fingerprint { bytes: before.bytes, modified: before.modified, hash: !now.hash } }
        });
    }
}

/// Looks what others did to the files of these documents.
pub fn look(keeping: &Keeping, files: &[(DocumentKey, PathBuf, Fingerprint)]) -> Vec<Action> {
    let change = |(key, path, known): &(DocumentKey, PathBuf, Fingerprint)| {
        // A disk that does not answer is heard of when something is saved.
        let change = outside_change_at_a_glance(&*keeping.disk, path, known).ok()??;
        Some(Action::Keep(KeepAction::ChangedOutside(*key, change)))
    };
    files.iter().filter_map(change).collect()
}
