//! Why a document was not saved: what happened, where, and what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::fingerprint::{Fingerprint, OutsideChange};

/// Why a document was not saved. In every case but [`SaveError::Unsynced`] the file is as it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Others changed the file since we read or wrote it. Never overwritten without asking.
    #[error("{file}: not saved: {}. Keep yours (it replaces the file, whose version is kept as a backup), take theirs, or save yours as a copy.",
        said(*change))]
    ChangedOutside {
        /// The file.
        file: String,
        /// What others did.
        change: OutsideChange,
    },
    /// The file is marked as not to be written.
    #[error("{file}: not saved: the file is marked read-only. Save under another name, or allow writing in the file's properties.")]
    ReadOnly {
        /// The file.
        file: String,
    },
    /// The place cannot be written to.
    #[error(
        "{file}: not saved: nothing may be written in the folder {} ({source}). Save under another name, for example in your documents.", folder.display()
    )]
    Forbidden {
        /// The file.
        file: String,
        /// Its folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No space.
    #[error(
        "{file}: not saved: the disk is full; {bytes} bytes are needed ({source}). The file is as it was. Free some space and save again, or save on another disk."
    )]
    Full {
        /// The file.
        file: String,
        /// How much is to be written.
        bytes: usize,
        /// What the system said.
        source: io::Error,
    },
    /// The folder is not there.
    #[error("{file}: not saved: there is no folder {} (any more). Save under another name, or connect the disk again.", folder.display())]
    NoFolder {
        /// The file.
        file: String,
        /// Its folder.
        folder: PathBuf,
    },
    /// A folder, pipe or device.
    #[error("{file}: not saved: this is a folder or device, no plain file. Save under another name.")]
    NotAFile {
        /// The file.
        file: String,
    },
    /// What was written does not read back as the document.
    #[error(
        "{file}: not saved: what was written does not read back: {what}. The file is as it was. Save on another disk, and report this."
    )]
    NotReadBack {
        /// The file.
        file: String,
        /// What differs.
        what: String,
    },
    /// Anything else that the system said.
    #[error("{file}: not saved: {step} failed ({source}). The file is as it was. Save again, or save on another disk.")]
    Failed {
        /// The file.
        file: String,
        /// What was being done.
        step: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The new content is in its place, but the system could not say that it is on the disk. Not a finished save: the document stays unsaved,
    /// and the next save goes by `now`.
    #[error(
        "{file}: written, but the disk does not confirm it ({source}). It may be lost when the power fails. Save again, or save on another disk."
    )]
    Unsynced {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
        /// The file as it is now.
        now: Fingerprint,
    },
}

fn said(change: OutsideChange) -> &'static str {
    match change {
        OutsideChange::Changed => "another program changed the file since it was opened here",
        OutsideChange::Gone => "the file was deleted, renamed or moved since it was opened here",
        OutsideChange::Appeared => "there is a file of that name already",
    }
}

impl SaveError {
    /// What the system said while `step` was done for `file`.
    pub(super) fn at(step: &'static str, file: &Path, bytes: usize, source: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let (name, folder) = (file.display().to_string(), super::disk::folder_of(file).to_owned());
        match source.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full { file: name, bytes, source },
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::Forbidden { file: name, folder, source },
            Kind::NotFound => Self::NoFolder { file: name, folder },
            _ => Self::Failed { file: name, step, source },
        }
    }
}
