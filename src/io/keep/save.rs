//! Saving a document: at every instant, whatever dies, the old content is there whole or the new, and the last versions beside it.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    backups,
    beside::{Beside, sweep_unfinished},
    disk::{Disk, folder_of},
    fingerprint::{Fingerprint, outside_change},
    save_error::SaveError,
};

/// Links that point to links: more are a circle.
const MOST_LINKS: usize = 40;

/// What is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct SaveRequest<'a> {
    /// Where. A symbolic link stays one: what it points to is replaced.
    pub path: &'a Path,
    /// The whole document.
    pub bytes: &'a [u8],
    /// The file as we last read or wrote it; `None` when there must be no file yet. To replace a file that a person chose to replace, give
    /// what [`Fingerprint::of_file`] says of it then.
    pub known: Option<&'a Fingerprint>,
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file itself, without links.
    pub file: PathBuf,
    /// The file as it is now: `known` of the next save.
    pub fingerprint: Fingerprint,
    /// The old file stood under other names too (hard links). They keep the old content, which a person may want to know.
    pub other_names: bool,
}

/// Saves a document: writes it beside its place and to the disk, reads that back for `verify` (parse it and compare with the document),
/// keeps the old version as a backup, looks once more whether others changed the file, and lets the new file take its place. Mode bits
/// are kept; access lists and extended attributes are not. Only one window may save a document: hold its [`super::DocumentLock`].
///
/// # Errors
/// [`SaveError`], which says what to do. Only [`SaveError::Unsynced`] leaves anything but the old file behind.
pub fn save(disk: &dyn Disk, request: &SaveRequest<'_>, verify: impl Fn(&[u8]) -> Result<(), String>) -> Result<Saved, SaveError> {
    let failed = |step, error| SaveError::at(step, request.path, request.bytes.len(), error);
    let file = resolve(disk, request.path).map_err(|error| failed("finding the file", error))?;
    let old = look(disk, &file, request)?;
    let beside = Beside::write(disk, &file, old.is_some().then_some(&file), request.bytes).map_err(|error| failed("writing", error))?;
    let fingerprint = read_back(disk, beside.path(), request, verify)?;
    if old.is_some() {
        backups::keep(disk, &file).map_err(|error| failed("keeping the old version", error))?;
        look(disk, &file, request)?;
    }
    beside.take_place(&file).map_err(|error| failed("replacing the old file", error))?;
    if let Err(source) = disk.sync_folder(folder_of(&file)) {
        return Err(SaveError::Unsynced { file: request.path.display().to_string(), source, now: fingerprint });
    }
    // Only now: had the power failed before, all the old versions would still be wanted.
    backups::prune(disk, &file);
    sweep_unfinished(disk, &file);
    Ok(Saved { file, fingerprint, other_names: old.is_some_and(|other_names| other_names) })
}

/// Whether the file may be replaced: `None` when there is none, else whether it has other names.
fn look(disk: &dyn Disk, file: &Path, request: &SaveRequest<'_>) -> Result<Option<bool>, SaveError> {
    let name = || request.path.display().to_string();
    let failed = |error| SaveError::at("looking at the old file", request.path, request.bytes.len(), error);
    let facts = match disk.facts(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        facts => Some(facts.map_err(failed)?),
    };
    if facts.is_some_and(|facts| !facts.plain) {
        return Err(SaveError::NotAFile { file: name() });
    }
    if let Some(change) = outside_change(disk, file, request.known).map_err(failed)? {
        return Err(SaveError::ChangedOutside { file: name(), change });
    }
    // Replacing would work, since it is the folder that allows it; but someone said that this file is not to change.
    if facts.is_some_and(|facts| facts.read_only) {
        return Err(SaveError::ReadOnly { file: name() });
    }
    Ok(facts.map(|facts| facts.other_names))
}

fn read_back(
    disk: &dyn Disk,
    written: &Path,
    request: &SaveRequest<'_>,
    verify: impl Fn(&[u8]) -> Result<(), String>,
) -> Result<Fingerprint, SaveError> {
    let failed = |error| SaveError::at("reading back", request.path, request.bytes.len(), error);
    let facts = disk.facts(written).map_err(failed)?;
    let bytes = disk.read(written).map_err(failed)?;
    let same = if bytes == request.bytes { verify(&bytes) } else { Err("other bytes come back from the disk".to_owned()) };
    same.map_err(|what| SaveError::NotReadBack { file: request.path.display().to_string(), what })?;
    Ok(Fingerprint::of_bytes(&bytes, &facts))
}

/// The file that a path means, without links; it need not be there yet, its folder must be.
pub(super) fn resolve(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match disk.canonical(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        match disk.link_target(&path) {
            // A link whose file is not there yet: it is made where the link points.
            Ok(Some(target)) => path = folder_of(&path).join(target),
            _ => return Ok(disk.canonical(folder_of(&path))?.join(path.file_name().ok_or(io::ErrorKind::InvalidInput)?)),
        }
    }
    Err(io::Error::other("the links go in a circle"))
}
