//! Pictures as people bring them: read under limits, made small enough for a document, and opened again to be shown. Bytes of any kind give a picture or an error.

mod packing;
mod traces;

use std::{fs::File, io::Cursor, io::Read, path::Path};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use thiserror::Error;

use super::{
    progress::{Cancelled, Progress},
    text_file::read_pieces,
};
use crate::model::picture::{LONGEST_SIDE_PX, MOST_BYTES, Media, bytes_of};

/// The largest file that is read, in bytes.
const MOST_FILE_BYTES: u64 = 128 * 1024 * 1024;
/// The most pixels of a picture that is taken in: those of good cameras, which open in some 200 MB.
const MOST_PIXELS: u64 = 50_000_000;
/// The most bytes that its pixels may take.
const MOST_PIXEL_BYTES: u64 = 4 * MOST_PIXELS;
/// The most pixels of a picture that stands in a document already: more than twice each side of what we put into one.
const MOST_SHOWN_PIXELS: u64 = 4 * (LONGEST_SIDE_PX as u64) * (LONGEST_SIDE_PX as u64);

/// Why a picture cannot be had.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The system would not give it.
    #[error("{file}: cannot be read: {source}. Check the path and that you may read it.")]
    Unreadable {
        /// The file as named.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not a plain file.
    #[error("{file}: is no plain file. Name a PNG or JPEG.")]
    NotAFile {
        /// The file as named.
        file: String,
    },
    /// The file is too large to be read at all.
    #[error(
        "{file}: has {bytes} bytes; pictures of up to 134217728 bytes (128 MiB) are read. Scale it down in a program for pictures and add it again."
    )]
    TooLarge {
        /// The file as named.
        file: String,
        /// Its size.
        bytes: u64,
    },
    /// Something else than a PNG or JPEG.
    #[error("{file}: is {what}, and pictures are PNG or JPEG. Save it as one of these and add that.")]
    OtherKind {
        /// The file as named.
        file: String,
        /// What it seems to be.
        what: &'static str,
    },
    /// Too many pixels.
    #[error(
        "{file}: has {width} × {height} pixels; pictures of up to {most} million pixels are opened. Scale it down in a program for pictures and add it again."
    )]
    TooManyPixels {
        /// The file as named.
        file: String,
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// The limit, in millions.
        most: u64,
    },
    /// It breaks off, or is not what it begins as.
    #[error("{file}: this {kind} cannot be opened: {what}. Open it in a program for pictures, save it anew and add that.")]
    Broken {
        /// The file as named.
        file: String,
        /// PNG or JPEG.
        kind: &'static str,
        /// What the reader said.
        what: String,
    },
    /// Nobody wants it any more.
    #[error("{file}: reading was called off.")]
    Cancelled {
        /// The file as named.
        file: String,
    },
}

/// A picture that a document can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// The file: the very bytes that came, where these were small enough.
    pub bytes: Vec<u8>,
    /// What they are.
    pub media: Media,
    /// Width and height in pixels, as it is shown.
    pub size: [u32; 2],
    /// Width, height and bytes before it was made smaller; `None` where it was not.
    pub was: Option<([u32; 2], usize)>,
}

/// The pixels of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width and height.
    pub size: [usize; 2],
    /// Red, green, blue and opacity of each pixel, row by row; colours are not multiplied by opacity.
    pub rgba: Vec<u8>,
}

/// Reads a picture from a file and makes it small enough for a document.
///
/// # Errors
/// [`PictureError`], naming the file and what to do.
pub fn read_picture(path: &Path, progress: &Progress) -> Result<TakenIn, PictureError> {
    let file = path.display().to_string();
    let unreadable = |source| PictureError::Unreadable { file: file.clone(), source };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(PictureError::NotAFile { file });
    }
    if metadata.len() > MOST_FILE_BYTES {
        return Err(PictureError::TooLarge { file, bytes: metadata.len() });
    }
    let source = File::open(path).map_err(unreadable)?.take(MOST_FILE_BYTES);
    let bytes = read_pieces(source, metadata.len(), progress).map_err(unreadable)?;
    let bytes = bytes.map_err(|Cancelled| PictureError::Cancelled { file: file.clone() })?;
    take_in(&file, bytes, progress)
}

/// Makes a picture small enough for a document: at most [`LONGEST_SIDE_PX`] and [`MOST_BYTES`]. One that is keeps its pixels as
/// they are packed, so that taking in what was taken in changes nothing; what it says of place, time and camera goes, how it is to be turned stays. `file` is what errors call it.
///
/// # Errors
/// [`PictureError`], for everything that is no whole PNG or JPEG.
pub fn take_in(file: &str, bytes: Vec<u8>, progress: &Progress) -> Result<TakenIn, PictureError> {
    let opened = open(file, &bytes, MOST_PIXELS)?;
    let size = [opened.image.width(), opened.image.height()];
    if size.iter().all(|side| *side <= LONGEST_SIDE_PX) && bytes.len() <= MOST_BYTES {
        let turned = opened.turned.map_or(1, image::metadata::Orientation::to_exif);
        if let Some(bytes) = traces::without_traces(&bytes, opened.media, turned).filter(|bytes| open(file, bytes, MOST_PIXELS).is_ok()) {
            return Ok(TakenIn { bytes, media: opened.media, size, was: None });
        }
    }
    let was = Some((size, bytes.len()));
    drop(bytes);
    let packed = packing::packed(opened, progress).map_err(|stopped| match stopped {
        packing::Stopped::Cancelled => PictureError::Cancelled { file: file.to_owned() },
        packing::Stopped::Failed(what) => broken(file, Media::Png, what),
    })?;
    Ok(TakenIn { bytes: packed.bytes, media: packed.media, size: packed.size, was })
}

/// The pixels of a picture of a document, by its base64, scaled down where a side is longer than `longest` pixels. Some tens of milliseconds: work for a thread beside the frames.
///
/// # Errors
/// [`PictureError`]; what cannot be opened is told in the place of the picture.
pub fn pixels(data: &str, longest: u32) -> Result<Pixels, PictureError> {
    const FILE: &str = "The picture";
    let bytes = bytes_of(data).ok_or_else(|| PictureError::OtherKind { file: FILE.to_owned(), what: "no base64" })?;
    let image = packing::scaled(open(FILE, &bytes, MOST_SHOWN_PIXELS)?.image, longest).into_rgba8();
    let size = [image.width() as usize, image.height() as usize];
    Ok(Pixels { size, rgba: image.into_raw() })
}

/// A picture as it is seen, of eight bits a colour.
struct Opened {
    media: Media,
    image: DynamicImage,
    /// How it was turned to be upright; `None` where it does not say.
    turned: Option<image::metadata::Orientation>,
    /// How its colours are meant; empty where it does not say or the profile is not for these colours.
    profile: Vec<u8>,
}

fn open(file: &str, bytes: &[u8], most_pixels: u64) -> Result<Opened, PictureError> {
    let media = Media::of_bytes(bytes).ok_or_else(|| PictureError::OtherKind { file: file.to_owned(), what: likely(bytes) })?;
    let format = match media {
        Media::Png => ImageFormat::Png,
        Media::Jpeg => ImageFormat::Jpeg,
    };
    let failed = |error: image::ImageError| broken(file, media, error.to_string());
    // The reader fills up what is missing of a JPEG with grey.
    if media == Media::Jpeg && !jpeg_ends(bytes) {
        return Err(broken(file, media, "its end is missing".to_owned()));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXEL_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > most_pixels || decoder.total_bytes() > MOST_PIXEL_BYTES {
        return Err(PictureError::TooManyPixels { file: file.to_owned(), width, height, most: most_pixels / 1_000_000 });
    }
    // Without either the picture is still one.
    let turned = decoder.orientation().ok();
    let profile = decoder.icc_profile().ok().flatten().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(failed)?;
    let is_clear = image.color().has_alpha();
    let mut image = if is_clear { DynamicImage::ImageRgba8(image.into_rgba8()) } else { DynamicImage::ImageRgb8(image.into_rgb8()) };
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    let is_for_rgb = profile.get(16..20) == Some(b"RGB ") && profile.len() <= packing::MOST_PROFILE_BYTES;
    Ok(Opened { media, image, turned, profile: if is_for_rgb { profile } else { Vec::new() } })
}

fn broken(file: &str, media: Media, what: String) -> PictureError {
    let what = what.trim_end_matches('.').to_owned();
    PictureError::Broken { file: file.to_owned(), kind: media.label(), what }
}

/// What a file that is neither seems to be.
fn likely(bytes: &[u8]) -> &'static str {
    let starts = |at: usize, sign: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(sign));
    let head = &bytes[..bytes.len().min(512)];
    let has = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    match () {
        () if bytes.is_empty() => "an empty file",
        () if starts(0, b"GIF8") => "a GIF",
        () if starts(0, b"RIFF") && starts(8, b"WEBP") => "a WebP",
        () if starts(4, b"ftypavi") => "an AVIF",
        () if starts(4, b"ftyphe") || starts(4, b"ftypmif") => "a HEIC",
        () if starts(0, b"II*\0") || starts(0, b"MM\0*") => "a TIFF",
        () if starts(0, b"BM") => "a BMP",
        () if starts(0, b"%PDF") => "a PDF",
        () if has(b"<svg") => "an SVG",
        () => "no picture that is known here",
    }
}

/// Whether the markers of a JPEG lead to the one that ends it.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let is_stuffed = |after: u8| after == 0 || (0xd0..=0xd7).contains(&after);
    let mut at = 2;
    loop {
        // Between markers there may be filling.
        let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) else { return false };
        at += found;
        while bytes.get(at) == Some(&0xff) {
            at += 1;
        }
        let Some(marker) = bytes.get(at) else { return false };
        at += 1;
        match *marker {
            0xd9 => return true,
            0x01 => {}
            marker if is_stuffed(marker) => {}
            _ => {
                let Some(&[high, low]) = bytes.get(at..at + 2) else { return false };
                at += usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}
