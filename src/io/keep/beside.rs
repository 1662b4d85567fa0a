//! A file that is written whole beside its place before it takes it: the one way in which this program replaces files.

use std::{
    ffi::{OsStr, OsString},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    disk::{Disk, folder_of},
    fingerprint::hash_of,
};

/// How many names are tried before giving up.
const MOST_TRIES: u32 = 999;
/// How old an unfinished file must be before it is swept: no save takes so long, not even from another machine over a slow share.
pub const UNFINISHED_AFTER: Duration = Duration::from_secs(600);
/// The ending of unfinished files.
const UNFINISHED: &str = ".part";
/// Longer names are shortened in the names of what stands beside: file systems allow some 255 bytes.
const LONGEST_NAME: usize = 180;

/// A file that is whole and on the disk, under a name of its own beside the place that it is for. Dropped, it is taken away again.
pub(crate) struct Beside<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    placed: bool,
}

impl<'d> Beside<'d> {
    /// Writes a file beside a place, to the disk. With `like`, it gets the mode of that file before the first byte is written, so that
    /// nothing private is readable meanwhile.
    pub(crate) fn write(disk: &'d dyn Disk, target: &Path, like: Option<&Path>, bytes: &[u8]) -> io::Result<Self> {
        let mut tried = 0;
        let (path, mut file) = loop {
            // With the number of the process: two windows closed at once do not write into one file. A file left by a kill may bear our number.
            let path = beside(target, &format!(".{}-{tried}{UNFINISHED}", std::process::id()));
            match disk.create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < MOST_TRIES => tried += 1,
                created => break (path, created?),
            }
        };
        // From here on whatever fails takes the begun file away.
        let beside = Self { disk, path, placed: false };
        if let Some(like) = like {
            disk.copy_mode(like, &beside.path)?;
        }
        file.write_all(bytes)?;
        file.sync()?;
        Ok(beside)
    }

    /// Where it stands now.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes a place in the same folder in one step. The new name is on the disk only after [`Disk::sync_folder`].
    pub(crate) fn take_place(mut self, place: &Path) -> io::Result<()> {
        self.disk.rename(&self.path, place)?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        if !self.placed {
            // Nothing more can be done about a file that cannot be removed either; it is swept one day.
            let _ = self.disk.remove(&self.path);
        }
    }
}

/// Writes a file beside its place and moves it there when it is whole and on the disk: settings, marks, exports. Keeps no backup.
///
/// # Errors
/// What the system says; then the place holds what it held, or, where the folder could not be synced, perhaps the new content.
pub fn replace(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> io::Result<()> {
    Beside::write(disk, target, None, bytes)?.take_place(target)?;
    disk.sync_folder(folder_of(target))
}

/// The hidden name beside a file with an ending: `.war.geojson.backup-3`.
pub(crate) fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = prefix(target);
    name.push(ending);
    target.with_file_name(name)
}

/// What the names of all hidden files beside a file begin with.
fn prefix(target: &Path) -> OsString {
    let name = target.file_name().unwrap_or_default();
    let mut prefix = OsString::from(".");
    if name.len() <= LONGEST_NAME {
        prefix.push(name);
    } else {
        prefix.push(format!("{:016x}", hash_of(name.as_encoded_bytes())));
    }
    prefix
}

/// The hidden files beside a file: what follows the common beginning of their names, and their paths. Names that are no text are not ours.
pub(crate) fn all_beside(disk: &dyn Disk, target: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let prefix = prefix(target);
    let ending = |name: &OsStr| name.to_str()?.strip_prefix(prefix.to_str()?).map(str::to_owned);
    let names = disk.list(folder_of(target))?;
    Ok(names.iter().filter_map(|name| Some((ending(name)?, target.with_file_name(name)))).collect())
}

/// Takes away the unfinished files that killed processes left beside a document, once they are [`UNFINISHED_AFTER`] old. What cannot be
/// removed stays: it harms nothing.
pub fn sweep_unfinished(disk: &dyn Disk, document: &Path) {
    let now = disk.now();
    let is_old = |path: &Path| {
        let modified = disk.facts(path).ok().and_then(|facts| facts.modified);
        modified.and_then(|modified| now.duration_since(modified).ok()).is_some_and(|age| age >= UNFINISHED_AFTER)
    };
    let all = all_beside(disk, document).unwrap_or_default();
    let is_ours = |ending: &str| {
        let number = ending.strip_prefix('.').and_then(|ending| ending.strip_suffix(UNFINISHED));
        number.is_some_and(|number| !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit() || letter == '-'))
    };
    for (_, path) in all.iter().filter(|(ending, path)| is_ours(ending) && is_old(path)) {
        let _ = disk.remove(path);
    }
}
