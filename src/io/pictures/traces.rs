//! Taking out of a picture what it says besides what is to be seen: where it was taken, when, by whom, with which camera, and previews of what was cut off.
//! The pixels stay as they are packed; how the picture is to be turned and how its colours are meant stay too.

use crate::model::picture::Media;

/// The picture without them; `None` where its parts cannot be told apart, so that it has to be packed anew. What comes out comes out of itself unchanged.
/// `turned` is its orientation as Exif counts it, 1 to 8.
pub(super) fn without_traces(bytes: &[u8], media: Media, turned: u8) -> Option<Vec<u8>> {
    match media {
        Media::Jpeg => jpeg(bytes, turned),
        Media::Png => png(bytes, turned),
    }
}

/// Exif that says nothing but the orientation: one entry (tag 0x0112, one short) of one directory, big-endian (TIFF 6.0, section 2).
fn exif(turned: u8) -> Vec<u8> {
    [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[turned], &b"\0\0\0\0\0\0"[..]].concat()
}

/// Segment by segment (ITU T.81, annex B). Of those of applications JFIF, profiles of colours and Adobe's transform stay, and nothing after the end.
fn jpeg(bytes: &[u8], turned: u8) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut at = 2;
    let mut is_told = turned <= 1;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let body = bytes.get(at + 2..at + length)?;
        at += length;
        let stays = match marker {
            0xe0 | 0xee => true,
            0xe2 => body.starts_with(b"ICC_PROFILE\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        // Exif comes before everything else but JFIF.
        if !is_told && marker != 0xe0 {
            let own = [&b"Exif\0\0"[..], &exif(turned)].concat();
            out.extend(segment(0xe1, &own)?);
            is_told = true;
        }
        if stays {
            out.extend(segment(marker, body)?);
        }
        if marker == 0xda {
            let end = scan_end(bytes, at)?;
            out.extend(&bytes[at..end]);
            at = end;
        }
    }
}

fn segment(marker: u8, body: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(body.len() + 2).ok()?.to_be_bytes();
    Some([&[0xff, marker], &length[..], body].concat())
}

/// Where the packed pixels of a scan end: at the next marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let pairs = bytes.get(from..)?.windows(2);
    pairs.enumerate().find(|(_, pair)| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff)).map(|(place, _)| from + place)
}

/// Chunk by chunk (PNG, third edition, section 5). What only tells of the picture goes, and so does everything after the end.
fn png(bytes: &[u8], turned: u8) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let (kind, whole) = (bytes.get(at + 4..at + 8)?, bytes.get(at..end)?);
        // The pixels come after what says how they are to be turned.
        if kind == b"IHDR" {
            out.extend(whole);
            if turned > 1 {
                out.extend(chunk(*b"eXIf", &exif(turned)));
            }
        } else if STAYS.contains(&kind) {
            out.extend(whole);
        }
        at = end;
        if kind == b"IEND" {
            return Some(out);
        }
    }
}

/// The chunks that say what is to be seen.
const STAYS: [&[u8]; 15] =
    [b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"sPLT"];

fn chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [&kind[..], body].concat();
    let length = u32::try_from(body.len()).unwrap_or(0).to_be_bytes();
    [&length[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat()
}
