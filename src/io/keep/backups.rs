//! The last versions of a document, kept beside it.
//!
//! They are hidden files of the same folder (`.war.geojson.backup-7`), not files of the state directory: they go where the folder goes (a
//! memory stick, a share), a second name costs no space and no time, and whoever looks for an older version finds it where the document is.
//! The numbers only grow and no backup is ever renamed or written to, so that no loss of power can mix them up; the highest is the latest.

use std::{
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{
    beside::{Beside, all_beside, beside},
    disk::{Disk, folder_of},
};

/// How many earlier versions are kept.
pub const BACKUPS: usize = 3;
const ENDING: &str = ".backup-";

/// An earlier version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its number; later ones are higher.
    pub number: u64,
    /// Where it is.
    pub path: PathBuf,
    /// When this version was saved; `None` where the system does not tell.
    pub modified: Option<SystemTime>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The earlier versions of a document, the latest first; empty when there are none.
///
/// # Errors
/// What the system says of the folder.
pub fn backups_of(disk: &dyn Disk, document: &Path) -> io::Result<Vec<Backup>> {
    let mut found = Vec::new();
    for (ending, path) in all_beside(disk, document)? {
        let Some(number) = ending.strip_prefix(ENDING).and_then(|number| number.parse().ok()) else { continue };
        // A backup that is there and cannot be looked at is an error: left out, its number would be given again and its file replaced.
        let facts = disk.facts(&path)?;
        found.push(Backup { number, path, modified: facts.modified, bytes: facts.bytes });
    }
    found.sort_by_key(|backup| std::cmp::Reverse(backup.number));
    Ok(found)
}

/// Keeps the document as it is now as the latest backup, on the disk. A second name where the file system has that, else a copy. When the
/// latest backup is this version already (a save that failed after this step), it is not kept twice: failing again and again pushes nothing out.
pub(super) fn keep(disk: &dyn Disk, document: &Path) -> io::Result<()> {
    let latest = backups_of(disk, document)?.into_iter().next();
    if !latest.as_ref().is_some_and(|latest| same(disk, document, latest)) {
        let number = latest.map_or(1, |latest| latest.number + 1);
        let path = beside(document, &format!("{ENDING}{number}"));
        // Some file systems have no second names, some systems allow them for one's own files only; whatever it is, a copy will do.
        if disk.hard_link(document, &path).is_err() {
            Beside::write(disk, document, Some(document), &disk.read(document)?)?.take_place(&path)?;
        }
    }
    disk.sync_folder(folder_of(document))
}

fn same(disk: &dyn Disk, document: &Path, backup: &Backup) -> bool {
    disk.facts(document).is_ok_and(|facts| facts.bytes == backup.bytes)
        && matches!((disk.read(document), disk.read(&backup.path)), (Ok(document), Ok(backup)) if document == backup)
}

/// Takes the oldest away. What cannot be removed stays: the document is saved all the same.
pub(super) fn prune(disk: &dyn Disk, document: &Path) {
    for old in backups_of(disk, document).unwrap_or_default().into_iter().skip(BACKUPS) {
        let _ = disk.remove(&old.path);
    }
}
