//! Sessions that ended without an end: what a crash left in the recovery folder, and how it is taken up, laid aside and swept.
//!
//! A session that is done with has a file `done`. Edits that a person laid aside stay for seven days; edits that nobody decided about stay
//! for ever, since no one may have started the program meanwhile.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use super::{
    beside::replace,
    disk::{Disk, Held},
    journal::{JOURNAL, JournalError, LOCK, META, Meta, journal_path, snapshot_path},
    records,
};

/// How long edits stay that a person laid aside.
pub const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);
const DONE: &str = "done";

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// All of it is in the document's file: nothing need be kept.
    Saved,
    /// A person chose not to save, or not to recover now. Kept for [`KEPT_FOR`], and found meanwhile.
    SetAside,
    /// A person does not want it, or it goes on in another session that is on the disk. Never offered again, and yet kept for [`KEPT_FOR`].
    Discarded,
}

#[derive(Serialize, Deserialize)]
struct Done {
    ending: Ending,
    /// Seconds since 1970-01-01 UTC.
    at: u64,
}

/// A session whose process is dead. It is ours to take up as long as this value lives: no other window finds it meanwhile.
pub struct FoundSession {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    _held: Held,
    /// What it was about; `None` when that cannot be read.
    pub meta: Option<Meta>,
    /// How many commands were made since the document was opened or saved.
    pub commands: u64,
    /// When the last of them was written; `None` where the system does not tell.
    pub last_edit: Option<SystemTime>,
    /// When it was laid aside; `None` while nobody decided about it, which is when it should be offered.
    pub set_aside: Option<SystemTime>,
}

/// What can be recovered of a session: the document is the snapshot with each command carried out after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// A whole document.
    pub snapshot: Vec<u8>,
    /// The commands after it, in order, each a JSON text.
    pub commands: Vec<String>,
    /// Bytes at the end that are no whole command: the crash came while they were written.
    pub cut: usize,
}

/// One generation that is whole.
struct Generation {
    number: u64,
    before: u64,
    recovered: Recovered,
}

impl Generation {
    fn commands(&self) -> u64 {
        self.before + self.recovered.commands.len() as u64
    }
}

/// The dead sessions below a folder, the latest edit first; those laid aside less than [`KEPT_FOR`] ago too. Empty when the folder is not there.
/// Sessions that are alive, or of which nothing can be read, are left out.
///
/// # Errors
/// [`JournalError::NotRead`] when the folder itself cannot be read.
pub fn found_sessions(disk: &Arc<dyn Disk>, sessions: &Path) -> Result<Vec<FoundSession>, JournalError> {
    let folders = folders(&**disk, sessions).map_err(|source| JournalError::NotRead { folder: sessions.to_owned(), source })?;
    let mut found: Vec<FoundSession> = folders.into_iter().filter_map(|folder| look(disk, folder)).collect();
    found.sort_by_key(|session| std::cmp::Reverse(session.last_edit));
    Ok(found)
}

fn folders(disk: &dyn Disk, sessions: &Path) -> io::Result<Vec<PathBuf>> {
    match disk.list(sessions) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        names => Ok(names?.into_iter().map(|name| sessions.join(name)).collect()),
    }
}

fn look(disk: &Arc<dyn Disk>, folder: PathBuf) -> Option<FoundSession> {
    let held = claim(&**disk, &folder)?;
    let done = done(&**disk, &folder);
    if done.as_ref().is_some_and(|done| done.ending != Ending::SetAside) {
        return None;
    }
    let generation = latest(&**disk, &folder).ok()??;
    let meta = disk.read(&folder.join(META)).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let last_edit = disk.facts(&journal_path(&folder, generation.number)).ok().and_then(|facts| facts.modified);
    let set_aside = done.map(|done| UNIX_EPOCH + Duration::from_secs(done.at));
    Some(FoundSession { disk: disk.clone(), _held: held, meta, commands: generation.commands(), last_edit, set_aside, folder })
}

/// The lock of a session that has one and is dead.
fn claim(disk: &dyn Disk, folder: &Path) -> Option<Held> {
    let has_lock = disk.list(folder).ok()?.iter().any(|name| name == LOCK);
    if has_lock { disk.try_lock(&folder.join(LOCK)).ok()? } else { None }
}

fn done(disk: &dyn Disk, folder: &Path) -> Option<Done> {
    serde_json::from_slice(&disk.read(&folder.join(DONE)).ok()?).ok()
}

/// The whole generation that goes furthest, of two that go as far the later. An error of the disk is one only when no other is whole.
fn latest(disk: &dyn Disk, folder: &Path) -> io::Result<Option<Generation>> {
    let number = |name: &OsString| name.to_str()?.strip_prefix(JOURNAL)?.parse().ok();
    let mut numbers: Vec<u64> = disk.list(folder)?.iter().filter_map(number).collect();
    numbers.sort_unstable();
    let (mut best, mut failed): (Option<Generation>, _) = (None, None);
    for number in numbers {
        match generation(disk, folder, number) {
            Ok(Some(own)) if best.as_ref().is_none_or(|best| best.commands() <= own.commands()) => best = Some(own),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => failed = Some(error),
        }
    }
    match (best, failed) {
        (None, Some(error)) => Err(error),
        (best, _) => Ok(best),
    }
}

fn generation(disk: &dyn Disk, folder: &Path, number: u64) -> io::Result<Option<Generation>> {
    let Some(read) = records::read(number, &disk.read(&journal_path(folder, number))?) else { return Ok(None) };
    let snapshot = disk.read(&snapshot_path(folder, number))?;
    let is_whole = read.header.names(&snapshot);
    let recovered = Recovered { snapshot, commands: read.lines, cut: read.cut };
    Ok(is_whole.then_some(Generation { number, before: read.header.before, recovered }))
}

impl FoundSession {
    /// Where it is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads what can be recovered. To take it up: open it, begin a session for it ([`super::Journal::begin`]), and only then
    /// [`FoundSession::discard`], so that no crash in between loses it.
    ///
    /// # Errors
    /// [`JournalError::NotRead`].
    pub fn recover(&self) -> Result<Recovered, JournalError> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no snapshot is whole");
        let generation = latest(&*self.disk, &self.folder).and_then(|generation| generation.ok_or_else(missing));
        let not_read = |source| JournalError::NotRead { folder: self.folder.clone(), source };
        generation.map(|generation| generation.recovered).map_err(not_read)
    }

    /// Lays it aside: not offered again, and swept after [`KEPT_FOR`].
    ///
    /// # Errors
    /// [`JournalError::NotMarked`].
    pub fn set_aside(self) -> Result<(), JournalError> {
        self.setting_aside()()
    }

    /// Lays it aside, on whatever thread that is called, while it stays ours: see [`FoundSession::set_aside`].
    pub fn setting_aside(&self) -> impl FnOnce() -> Result<(), JournalError> + Send + use<> {
        let (disk, folder) = (self.disk.clone(), self.folder.clone());
        move || mark(&*disk, &folder, Ending::SetAside).map_err(|source| JournalError::NotMarked { folder, source })
    }

    /// Done with: not found again, and swept after [`KEPT_FOR`].
    ///
    /// # Errors
    /// [`JournalError::NotMarked`].
    pub fn discard(self) -> Result<(), JournalError> {
        self.end(Ending::Discarded)
    }

    fn end(self, ending: Ending) -> Result<(), JournalError> {
        mark(&*self.disk, &self.folder, ending).map_err(|source| JournalError::NotMarked { folder: self.folder.clone(), source })
    }
}

impl std::fmt::Debug for FoundSession {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FoundSession").field("folder", &self.folder).field("commands", &self.commands).finish_non_exhaustive()
    }
}

/// Marks a session as done with; when this returns, the mark is on the disk.
pub(super) fn mark(disk: &dyn Disk, folder: &Path, ending: Ending) -> io::Result<()> {
    let at = seconds(disk.now());
    let text = serde_json::to_vec(&Done { ending, at }).map_err(io::Error::other)?;
    replace(disk, &folder.join(DONE), &text)
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Takes a session away. The mark goes last, and only when all else is gone for certain: without it the rest would be offered again.
pub(super) fn remove(disk: &dyn Disk, folder: &Path, held: Held) -> io::Result<()> {
    for name in disk.list(folder)?.iter().filter(|name| *name != LOCK && *name != DONE) {
        disk.remove(&folder.join(name))?;
    }
    disk.sync_folder(folder)?;
    // Some systems take no file away that is open.
    drop(held);
    for name in disk.list(folder)? {
        disk.remove(&folder.join(name))?;
    }
    disk.remove_folder(folder)
}

/// Takes away dead sessions that were saved, that were laid aside [`KEPT_FOR`] ago, and of which nothing was readable all that time. To be
/// called at the start of the program. What cannot be removed stays.
pub fn sweep_sessions(disk: &dyn Disk, sessions: &Path) {
    for folder in folders(disk, sessions).unwrap_or_default() {
        if let Some(held) = claim(disk, &folder)
            && is_over(disk, &folder)
        {
            let _ = remove(disk, &folder, held);
        }
    }
}

fn is_over(disk: &dyn Disk, folder: &Path) -> bool {
    let is_old = |time: SystemTime| disk.now().duration_since(time).is_ok_and(|age| age >= KEPT_FOR);
    match done(disk, folder) {
        Some(Done { ending: Ending::Saved, .. }) => true,
        Some(Done { ending: Ending::SetAside | Ending::Discarded, at }) => is_old(UNIX_EPOCH + Duration::from_secs(at)),
        // Only what was read for certain to hold nothing, and has not been touched since: an error of the disk is no reason.
        None => matches!(latest(disk, folder), Ok(None)) && untouched_since(disk, folder).is_some_and(is_old),
    }
}

/// When anything in a folder was last written.
fn untouched_since(disk: &dyn Disk, folder: &Path) -> Option<SystemTime> {
    let names = disk.list(folder).ok()?;
    names.iter().map(|name| disk.facts(&folder.join(name)).ok()?.modified).collect::<Option<Vec<_>>>()?.into_iter().max()
}
