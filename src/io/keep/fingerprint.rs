//! How a file is known again: whether others changed it since we read or wrote it.

use std::{io, path::Path, time::SystemTime};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Facts};
use crate::io::text_file::MAX_FILE_BYTES;

/// What a document's file was when we last read or wrote it. Two are equal in content when size and hash are: a file that was merely
/// touched or copied over itself is no change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written; `None` where the system does not tell.
    pub modified: Option<SystemTime>,
    /// Hash of its content: [`hash_of`].
    pub hash: u64,
}

/// What others did to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideChange {
    /// Its content is another.
    Changed,
    /// It was deleted, renamed or moved away.
    Gone,
    /// There was none, and now there is.
    Appeared,
}

impl Fingerprint {
    /// Of bytes that were just read from a file or written to it.
    pub fn of_bytes(bytes: &[u8], facts: &Facts) -> Self {
        Self { bytes: bytes.len() as u64, modified: facts.modified, hash: hash_of(bytes) }
    }

    /// Of a file as it is now; `None` when there is none.
    ///
    /// # Errors
    /// What the system says; a file over 256 MiB is `FileTooLarge`, since no document of ours is, and `InvalidInput` is what is no plain file: a pipe
    /// would be waited for, and some devices have no end.
    pub fn of_file(disk: &dyn Disk, path: &Path) -> io::Result<Option<Self>> {
        let facts = match disk.facts(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            facts => facts?,
        };
        if !facts.plain {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a folder, pipe or device, no plain file"));
        }
        if facts.bytes > MAX_FILE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Some(Self::of_bytes(&disk.read(path)?, &facts)))
    }
}

/// What others did to a file since `known` was taken; `known` is `None` when there was no file. The content is read and compared:
/// for the moment before a save.
///
/// # Errors
/// What the system says.
pub fn outside_change(disk: &dyn Disk, path: &Path, known: Option<&Fingerprint>) -> io::Result<Option<OutsideChange>> {
    let facts = match disk.facts(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(known.map(|_| OutsideChange::Gone)),
        facts => facts?,
    };
    let Some(known) = known else { return Ok(Some(OutsideChange::Appeared)) };
    // A file of another size need not be read, however large it became.
    let same = facts.bytes == known.bytes && hash_of(&disk.read(path)?) == known.hash;
    Ok((!same).then_some(OutsideChange::Changed))
}

/// The same question asked often and cheaply: a file of the same size and time is taken to be the same and not read. For looking now and
/// then while a document is open; [`super::save()`] looks thoroughly.
///
/// # Errors
/// What the system says.
pub fn outside_change_at_a_glance(disk: &dyn Disk, path: &Path, known: &Fingerprint) -> io::Result<Option<OutsideChange>> {
    match disk.facts(path) {
        Ok(facts) if facts.bytes == known.bytes && facts.modified == known.modified && facts.modified.is_some() => Ok(None),
        _ => outside_change(disk, path, Some(known)),
    }
}

/// A hash of 64 bits that stays the same on every machine and in every version, since it is written down. It guards against chance, not
/// against attackers. Source: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub fn hash_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((hash_of(b""), hash_of(b"foobar")), (0xcbf2_9ce4_8422_2325, 0x8594_4171_f739_67e8));
    }
}
