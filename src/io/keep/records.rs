//! The file of a journal, as bytes: records one after the other, each a length, a checksum and a JSON text. What can be read ends where the
//! first record is not whole; nothing after it counts.
//!
//! A record is its text's length (32 bits, little-endian), a CRC-32 (the same) and the text with a line feed, which makes the file readable to
//! the eye. The checksum covers the generation and the position of the record too: what a disk left there of an older file never counts as ours.

use serde::{Deserialize, Serialize};

/// The bytes before the text.
const HEAD: usize = 8;
/// The version of the format.
const FORMAT: u32 = 1;

/// The first record of a journal: what it goes on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    format: u32,
    /// How many commands the snapshot holds already.
    pub(super) before: u64,
    /// The snapshot's size in bytes.
    snapshot_bytes: u64,
    /// The snapshot's CRC-32.
    snapshot_crc32: u32,
}

impl Header {
    /// Of a journal that goes on from a snapshot.
    pub(super) fn of(before: u64, snapshot: &[u8]) -> Self {
        let (snapshot_bytes, snapshot_crc32) = (snapshot.len() as u64, crc32fast::hash(snapshot));
        Self { format: FORMAT, before, snapshot_bytes, snapshot_crc32 }
    }

    /// Whether bytes are the snapshot that it names, whole.
    pub(super) fn names(&self, snapshot: &[u8]) -> bool {
        *self == Self::of(self.before, snapshot)
    }
}

/// What can be read of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) header: Header,
    pub(super) lines: Vec<String>,
    /// Bytes at the end that are no whole record.
    pub(super) cut: usize,
}

/// A text as the record at a position of a generation. The text must be shorter than 4 GiB, which every document is.
pub(super) fn record(generation: u64, position: u64, text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() + 1).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEAD + text.len() + 1);
    bytes.extend(length.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(text.as_bytes());
    bytes.push(b'\n');
    let checksum = checksum(generation, position, &bytes[HEAD..]);
    bytes[4..HEAD].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Reads a journal up to its last whole record; `None` when not even the header is whole, or a newer program wrote it.
pub(super) fn read(generation: u64, bytes: &[u8]) -> Option<Read> {
    let (header, mut rest) = first(generation, 0, bytes)?;
    let header: Header = serde_json::from_str(header).ok().filter(|header: &Header| header.format == FORMAT)?;
    let mut lines = Vec::new();
    while let Some((text, after)) = first(generation, lines.len() as u64 + 1, rest) {
        lines.push(text.to_owned());
        rest = after;
    }
    Some(Read { header, lines, cut: rest.len() })
}

/// The text of the first record, when it is whole, and what follows it.
fn first(generation: u64, position: u64, bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (expected, rest) = rest.split_first_chunk::<4>()?;
    let (text, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let whole = checksum(generation, position, text) == u32::from_le_bytes(*expected);
    let text = std::str::from_utf8(text.strip_suffix(b"\n")?).ok()?;
    whole.then_some((text, rest))
}

fn checksum(generation: u64, position: u64, text: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&generation.to_le_bytes());
    hasher.update(&position.to_le_bytes());
    hasher.update(text);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 4] = [r#"{"rename":"Krim"}"#, "{}", r#"{"text":"line\nfeed ü"}"#, ""];

    fn journal(generation: u64) -> (Vec<u8>, Vec<usize>) {
        let header = serde_json::to_string(&Header::of(7, b"snapshot")).unwrap();
        let texts = std::iter::once(header.as_str()).chain(LINES);
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for (position, text) in texts.enumerate() {
            bytes.extend(record(generation, position as u64, text));
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    #[test]
    fn a_journal_cut_anywhere_gives_every_whole_record_and_no_other() {
        let (bytes, ends) = journal(3);
        for end in 0..=bytes.len() {
            let whole = ends.iter().filter(|own| **own <= end).count();
            match read(3, &bytes[..end]) {
                None => assert_eq!(whole, 0),
                Some(read) => {
                    assert_eq!(read.lines, LINES[..whole - 1]);
                    assert_eq!((read.cut, read.header.before), (end - ends[whole - 1], 7));
                }
            }
        }
    }

    #[test]
    fn a_changed_byte_ends_what_is_read_and_never_changes_it() {
        let (bytes, ends) = journal(3);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            let before = ends.iter().filter(|end| **end <= at).count();
            assert_eq!(read(3, &changed).map_or(0, |read| read.lines.len() + 1), before, "byte {at}");
        }
    }

    #[test]
    fn zeros_and_records_of_another_generation_are_no_records() {
        let (mut bytes, ends) = journal(3);
        assert_eq!(read(4, &bytes), None);
        let (other, _) = journal(4);
        bytes.extend(&other[ends[0]..]);
        bytes.extend([0; 64]);
        assert_eq!(read(3, &bytes).map(|read| read.lines.len()), Some(LINES.len()));
        // A record that was left out, or stands twice, ends the reading as well.
        let (bytes, ends) = journal(3);
        let without_second: Vec<u8> = [&bytes[..ends[1]], &bytes[ends[2]..]].concat();
        assert_eq!(read(3, &without_second).map(|read| read.lines.len()), Some(1));
    }

    #[test]
    fn a_snapshot_is_known_again_or_refused() {
        let header = Header::of(7, b"snapshot");
        assert!(header.names(b"snapshot") && !header.names(b"snapshos") && !header.names(b"snapsho") && !header.names(b""));
    }
}
