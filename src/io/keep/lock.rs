//! One window saves a document: the second one, in this process or another, opens it read-only.
//!
//! The lock is a file of the state directory, named by a hash of the document's canonical path, not the document itself: a save
//! puts a new file in the document's place, and a lock on the old one would guard nothing. So that two names of one document through links
//! count as one, the path is resolved first. Two machines on one share do not see each other's locks; there the look before every save
//! ([`super::SaveError::ChangedOutside`]) keeps either from overwriting the other.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::{
    disk::{Disk, Held, make_folders},
    fingerprint::hash_of,
    save::resolve,
};

/// Why it cannot be known whether a document is open elsewhere.
#[derive(Debug, Error)]
#[error(
    "{file}: it cannot be known whether it is open in another window ({source}). Edit it in one window only; changes by others are noticed when you save."
)]
pub struct LockError {
    /// The document.
    pub file: String,
    /// What the system said.
    pub source: io::Error,
}

/// The right to save a document, as long as this value lives.
pub struct DocumentLock {
    file: PathBuf,
    _held: Held,
}

impl std::fmt::Debug for DocumentLock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DocumentLock").field("file", &self.file).finish_non_exhaustive()
    }
}

impl DocumentLock {
    /// Takes the right to save a document; `None` when another window has it. `locks` is the folder of lock files, made when it is missing.
    /// A lock file stays when the lock goes, empty: taking it away could let two windows in.
    ///
    /// # Errors
    /// [`LockError`] when the folder cannot be written or its file system knows no locks.
    pub fn take(disk: &dyn Disk, locks: &Path, document: &Path) -> Result<Option<Self>, LockError> {
        let taken = resolve(disk, document).and_then(|file| {
            make_folders(disk, locks)?;
            let name = format!("{:016x}.lock", hash_of(file.as_os_str().as_encoded_bytes()));
            Ok(disk.try_lock(&locks.join(name))?.map(|held| Self { file, _held: held }))
        });
        taken.map_err(|source| LockError { file: document.display().to_string(), source })
    }

    /// The document's file, without links.
    pub fn file(&self) -> &Path {
        &self.file
    }
}
