//! What was edited since the last save, kept in a recovery folder as it happens: a snapshot of the document, and each command after it.
//!
//! A session is one folder, from the first edit after opening or saving until the next save:
//! - `lock`, held as long as the process lives: a folder whose lock can be taken is a dead session's;
//! - `meta.json`: [`Meta`];
//! - `snapshot-1.geojson`: the document before the first command, a file that any program can open, should ours fail;
//! - `journal-1`: the commands, as `records` lays them out;
//! - after a thousand commands or five minutes `snapshot-2.geojson` and `journal-2`, which replace the first two;
//! - `done`: see [`super::sessions`].
//!
//! A new generation counts once its snapshot and the header that names it are whole; before, the old one stands. Of two whole ones the one that
//! goes further counts, so that a snapshot that failed half-way never hides what was written after it.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    disk::{Disk, DiskFile, Held, make_folders},
    fingerprint::Fingerprint,
    records::{self, Header},
    sessions::{self, Ending},
};

/// After so many commands a snapshot is wanted: reading them again stays quick.
pub const SNAPSHOT_COMMANDS: u64 = 1_000;
/// After so long a snapshot is wanted, when there were commands.
pub const SNAPSHOT_EVERY: Duration = Duration::from_secs(300);
/// How many names of session folders are tried.
const MOST_TRIES: u32 = 999;

pub(super) const LOCK: &str = "lock";
pub(super) const META: &str = "meta.json";
/// What the names of journals begin with; their generation follows.
pub(super) const JOURNAL: &str = "journal-";

/// What a person needs to know a session again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The document's file; `None` when it was never saved, or when its path is no text.
    pub document: Option<PathBuf>,
    /// That file as we last read or wrote it; `None` like `document`.
    pub known: Option<Fingerprint>,
    /// The document's title.
    pub title: String,
    /// The version of the program.
    pub program: String,
    /// When the session began, in seconds since 1970-01-01 UTC.
    pub started: u64,
}

/// What could not be done with a session.
#[derive(Debug, Error)]
pub enum JournalError {
    /// Edits are not kept. They are all in the document still.
    #[error(
        "{}: edits since the last save are not protected against a crash ({step} failed: {source}). Save now; free some space if the disk is full.",
        folder.display()
    )]
    NotKept {
        /// The recovery folder.
        folder: PathBuf,
        /// What was being done.
        step: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A dead session cannot be read.
    #[error("{}: the edits kept there cannot be read ({source}). Nothing was deleted: try again, or keep a copy of the folder.", folder.display())]
    NotRead {
        /// The recovery folder.
        folder: PathBuf,
        /// What the system said, or what is missing.
        source: io::Error,
    },
    /// A session cannot be marked as done with.
    #[error("{}: cannot be marked as done with ({source}). These edits will be offered again at the next start.", folder.display())]
    NotMarked {
        /// The recovery folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The journal of a document that is being edited. Dropped without an ending it stays, as after a crash.
pub struct Journal {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    held: Held,
    /// The generation that is written, the first of which anything may be there, and the last whose names were ever used.
    generation: u64,
    oldest: u64,
    newest: u64,
    /// Where commands go; `None` after a failure: what a failed write or sync left behind cannot be known, so nothing is added to it.
    file: Option<Box<dyn DiskFile>>,
    /// Commands of this session, and how many of them the snapshot holds.
    commands: u64,
    before: u64,
    pending: Vec<u8>,
    snapshot_at: Instant,
}

impl Journal {
    /// Begins a session in a folder of its own below `sessions` (made when it is missing). `snapshot` is the document before the next
    /// command. When this returns, all of it is on the disk.
    ///
    /// # Errors
    /// [`JournalError::NotKept`]; nothing of it is left behind then, as far as the disk allows.
    pub fn begin(disk: Arc<dyn Disk>, sessions: &Path, meta: &Meta, snapshot: &[u8], now: Instant) -> Result<Self, JournalError> {
        let not_kept = |folder: &Path, step| {
            let folder = folder.to_owned();
            move |source| JournalError::NotKept { folder, step, source }
        };
        let (folder, held) = new_folder(&*disk, sessions).map_err(not_kept(sessions, "making a folder"))?;
        let begun = write_file(&*disk, &folder.join(META), &meta_text(meta))
            .and_then(|_| write_generation(&*disk, &folder, 1, &Header::of(0, snapshot), snapshot))
            .and_then(|file| disk.sync_folder(sessions).map(|()| file));
        match begun {
            Ok(file) => {
                let (file, pending) = (Some(file), Vec::new());
                Ok(Self {
                    disk,
                    folder,
                    held,
                    generation: 1,
                    oldest: 1,
                    newest: 1,
                    file,
                    commands: 0,
                    before: 0,
                    pending,
                    snapshot_at: now,
                })
            }
            Err(source) => {
                // What cannot be taken away now is swept in a week, or offered: it is a version of the document.
                let _ = sessions::remove(&*disk, &folder, held);
                Err(not_kept(&folder, "writing")(source))
            }
        }
    }

    /// Adds a command, as one JSON text. It is on the disk after the next [`Journal::sync`].
    pub fn append(&mut self, command: &str) {
        self.commands += 1;
        if self.file.is_some() {
            self.pending.extend(records::record(self.generation, self.commands - self.before, command));
        }
    }

    /// Returns when every command so far is on the disk.
    ///
    /// # Errors
    /// [`JournalError::NotKept`]. From then on nothing is kept until [`Journal::snapshot`] succeeds.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        let pending = std::mem::take(&mut self.pending);
        let synced = match &mut self.file {
            None => Err(io::Error::other("an earlier write failed")),
            Some(_) if pending.is_empty() => Ok(()),
            Some(file) => file.write_all(&pending).and_then(|()| file.sync()),
        };
        synced.map_err(|source| {
            self.file = None;
            self.not_kept("writing a command", source)
        })
    }

    /// Starts a new generation from the document as it is after the last command that was added, which it then holds. Mends a journal that
    /// failed.
    ///
    /// # Errors
    /// [`JournalError::NotKept`]. The old generation goes on, when it had not failed.
    pub fn snapshot(&mut self, document: &[u8], now: Instant) -> Result<(), JournalError> {
        // Whatever becomes of it, its names are used up.
        self.newest += 1;
        let generation = self.newest;
        let file = write_generation(&*self.disk, &self.folder, generation, &Header::of(self.commands, document), document);
        let file = file.map_err(|source| self.not_kept("writing a snapshot", source))?;
        self.pending.clear();
        (self.file, self.generation, self.before, self.snapshot_at) = (Some(file), generation, self.commands, now);
        for older in self.oldest..generation {
            // An old one that stays does no harm: the newer goes further.
            let _ = self.disk.remove(&journal_path(&self.folder, older));
            let _ = self.disk.remove(&snapshot_path(&self.folder, older));
        }
        self.oldest = generation;
        Ok(())
    }

    /// Whether a snapshot is due: after a failure, after [`SNAPSHOT_COMMANDS`], or after [`SNAPSHOT_EVERY`] with any command.
    pub fn wants_snapshot(&self, now: Instant) -> bool {
        let since = self.commands - self.before;
        let late = now.saturating_duration_since(self.snapshot_at) >= SNAPSHOT_EVERY;
        self.file.is_none() || since >= SNAPSHOT_COMMANDS || since > 0 && late
    }

    /// Whether commands are being kept: no write failed since the last snapshot.
    pub fn is_whole(&self) -> bool {
        self.file.is_some()
    }

    /// Ends the session. Edits that were saved are taken away; edits that a person chose not to save are kept for seven days.
    ///
    /// # Errors
    /// [`JournalError::NotMarked`].
    pub fn end(self, ending: Ending) -> Result<(), JournalError> {
        let Self { disk, folder, held, .. } = self;
        sessions::mark(&*disk, &folder, ending).map_err(|source| JournalError::NotMarked { folder: folder.clone(), source })?;
        if ending == Ending::Saved {
            // What stays is marked, and swept at the next start.
            let _ = sessions::remove(&*disk, &folder, held);
        }
        Ok(())
    }

    fn not_kept(&self, step: &'static str, source: io::Error) -> JournalError {
        JournalError::NotKept { folder: self.folder.clone(), step, source }
    }
}

/// A folder that nobody has, with its lock.
fn new_folder(disk: &dyn Disk, sessions: &Path) -> io::Result<(PathBuf, Held)> {
    make_folders(disk, sessions)?;
    let seconds = disk.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    for number in 0..MOST_TRIES {
        let folder = sessions.join(format!("{seconds}-{}-{number}", std::process::id()));
        match disk.make_folder(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        }
        // Another window that looks for dead sessions may have it for a moment; then the next will do.
        if let Some(held) = disk.try_lock(&folder.join(LOCK))? {
            return Ok((folder, held));
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn meta_text(meta: &Meta) -> Vec<u8> {
    // The one thing that JSON cannot hold is a path that is no text.
    let without_path = || Meta { document: None, known: None, ..meta.clone() };
    serde_json::to_vec_pretty(meta).or_else(|_| serde_json::to_vec_pretty(&without_path())).unwrap_or_default()
}

/// Writes a snapshot and the beginning of its journal, and both names; gives the journal to go on with.
fn write_generation(disk: &dyn Disk, folder: &Path, generation: u64, header: &Header, snapshot: &[u8]) -> io::Result<Box<dyn DiskFile>> {
    let (snapshot_path, journal_path) = (snapshot_path(folder, generation), journal_path(folder, generation));
    let header = serde_json::to_string(header).map_err(io::Error::other)?;
    let written = write_file(disk, &snapshot_path, snapshot)
        .and_then(|_| write_file(disk, &journal_path, &records::record(generation, 0, &header)))
        .and_then(|file| disk.sync_folder(folder).map(|()| file));
    if written.is_err() {
        // The journal first: without it the snapshot means nothing.
        let _ = disk.remove(&journal_path);
        let _ = disk.remove(&snapshot_path);
    }
    written
}

fn write_file(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<Box<dyn DiskFile>> {
    let mut file = disk.create(path)?;
    file.write_all(bytes)?;
    file.sync()?;
    Ok(file)
}

pub(super) fn journal_path(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("{JOURNAL}{generation}"))
}

pub(super) fn snapshot_path(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("snapshot-{generation}.geojson"))
}
