//! Reading text files: under a size cap, in pieces that can be called off, and with errors that say what to do.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use thiserror::Error;

use super::progress::{Cancelled, Progress};

/// The largest file that is read whole.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;
/// So much is read between two looks at whether it is still wanted: a slow network share gives it in less than a fifth of a second.
const PIECE_BYTES: usize = 256 * 1024;

/// Why a file cannot be read at all.
#[derive(Debug, Error)]
pub enum FileError {
    /// The system would not give it.
    #[error("{file}: cannot be read: {source}. Check the path and that you may read it.")]
    Unreadable {
        /// The file as named.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// Too large.
    #[error("{file}: has {bytes} bytes; documents of up to 268435456 bytes (256 MiB) are read.")]
    TooLarge {
        /// The file as named.
        file: String,
        /// Its size.
        bytes: u64,
    },
    /// Not a plain file.
    #[error("{file}: is no plain file. Name a file of text.")]
    NotAFile {
        /// The file as named.
        file: String,
    },
    /// Not UTF-8.
    #[error("{file}: is no UTF-8 text (first bad byte at {at}). Convert it to UTF-8, for example with iconv.")]
    NotText {
        /// The file as named.
        file: String,
        /// Offset of the first bad byte.
        at: usize,
    },
    /// No GeoJSON document at all.
    #[error("{file}: {what}")]
    NotADocument {
        /// The file as named.
        file: String,
        /// What, where, and what next.
        what: String,
    },
    /// Nobody wants it any more.
    #[error("{file}: reading was called off.")]
    Cancelled {
        /// The file as named.
        file: String,
    },
}

/// Reads a text file under the size cap; a byte-order mark is taken off.
///
/// # Errors
/// [`FileError`], naming the file and what to do.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    read_text_with(path, &Progress::default())
}

/// As [`read_text`], for work that can be called off. It reports nothing: how far reading has come says little of the work on the text.
///
/// # Errors
/// [`FileError`], naming the file and what to do.
pub fn read_text_with(path: &Path, progress: &Progress) -> Result<String, FileError> {
    let file = path.display().to_string();
    let unreadable = |source| FileError::Unreadable { file: file.clone(), source };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile { file });
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { file, bytes: metadata.len() });
    }
    // One more than the cap, so that a file that grew since is seen to be too large.
    let source = File::open(path).map_err(unreadable)?.take(MAX_FILE_BYTES + 1);
    let bytes = read_pieces(source, metadata.len(), progress).map_err(unreadable)?;
    let bytes = bytes.map_err(|_| FileError::Cancelled { file: file.clone() })?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { file, bytes: bytes.len() as u64 });
    }
    let mut text =
        String::from_utf8(bytes).map_err(|error| FileError::NotText { file: file.clone(), at: error.utf8_error().valid_up_to() })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Reads to the end, piece by piece, as long as it is wanted.
pub(super) fn read_pieces(mut source: impl Read, expected: u64, progress: &Progress) -> io::Result<Result<Vec<u8>, Cancelled>> {
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    loop {
        if progress.check().is_err() {
            return Ok(Err(Cancelled));
        }
        let read = source.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut bytes)?;
        if read == 0 {
            return Ok(Ok(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_taken_off_and_long_files_come_whole() {
        let folder = std::env::temp_dir().join(format!("border-atlas-text-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("long.txt");
        let long = "été ".repeat(PIECE_BYTES / 2);
        std::fs::write(&path, format!("\u{feff}{long}")).unwrap();
        assert!(read_text(&path).unwrap() == long, "every letter once, and no mark before them");
        let called_off = Progress::default();
        called_off.cancel();
        assert!(matches!(read_text_with(&path, &called_off), Err(FileError::Cancelled { .. })));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
