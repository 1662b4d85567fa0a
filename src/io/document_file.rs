//! Saving a document: what [`super::keep`] makes sure of bytes, and what only who knows documents can say.

use std::path::Path;

use thiserror::Error;

use super::{
    FileError, Progress,
    keep::{Disk, Fingerprint, SaveError, SaveRequest, Saved, save},
    project_file::{parse_document, read_document},
};
use crate::model::{
    Document, Sandbox,
    sandbox::{BranchOverOriginal, may_replace},
};

/// Why a document was not saved.
#[derive(Debug, Error)]
pub enum DocumentSaveError {
    /// See there.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A what-if branch never takes the place of a document that is none.
    #[error("{file}: not saved: {source}")]
    Branch {
        /// The file.
        file: String,
        /// The rule.
        source: BranchOverOriginal,
    },
    /// It cannot be known what the branch would replace.
    #[error("{0} A what-if branch takes the place of branches alone: save it under another name.")]
    UnknownOld(FileError),
}

/// Saves a document, as [`save()`] does, and makes sure that what was written says the same. `known` is the file as it was when it was read; `None` where there
/// must be none yet.
///
/// # Errors
/// [`DocumentSaveError`]; the old file is as it was, with the one exception of [`SaveError::Unsynced`].
pub fn save_document(disk: &dyn Disk, path: &Path, document: &Document, known: Option<&Fingerprint>) -> Result<Saved, DocumentSaveError> {
    if known.is_some() {
        check_replacing(path, document)?;
    }
    let text = document.to_text();
    let verify = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let again = parse_document(&path.display().to_string(), document.name(), text, &Progress::default());
        let is_same = again.map_err(|error| error.to_string())?.to_text() == text;
        if is_same { Ok(()) } else { Err("it reads as another document".to_owned()) }
    };
    Ok(save(disk, &SaveRequest { path, bytes: text.as_bytes(), known }, verify)?)
}

/// Whether a document may take the place of the one in a file that is there.
///
/// # Errors
/// [`DocumentSaveError::Branch`], and [`DocumentSaveError::UnknownOld`] where a branch would replace what cannot be read.
pub fn check_replacing(path: &Path, document: &Document) -> Result<(), DocumentSaveError> {
    // Only branches are held back: for all others the old file need not be read.
    if Sandbox::of_header(document.header()).is_none() {
        return Ok(());
    }
    let old = read_document(path, &Progress::default()).map_err(DocumentSaveError::UnknownOld)?;
    may_replace(&old, document).map_err(|source| DocumentSaveError::Branch { file: path.display().to_string(), source })
}
