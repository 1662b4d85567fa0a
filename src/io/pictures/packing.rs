//! Making a picture smaller: fewer pixels, and packed again.

use image::{
    DynamicImage, ImageEncoder,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::Opened;
use crate::{
    io::Progress,
    model::picture::{LONGEST_SIDE_PX, MOST_BYTES, Media},
};

/// A profile of colours that is longer is left out.
pub(super) const MOST_PROFILE_BYTES: usize = 64 * 1024;
/// How well a JPEG is packed, from what nobody can tell from the original to what still looks well.
const QUALITIES: [u8; 3] = [90, 82, 74];

/// A picture that is small enough.
pub(super) struct Packed {
    pub bytes: Vec<u8>,
    pub media: Media,
    pub size: [u32; 2],
}

/// Why there is none.
pub(super) enum Stopped {
    Cancelled,
    Failed(String),
}

/// The largest and best that has room: a JPEG stays one; a PNG becomes a JPEG where it is too large and nothing can be seen through it.
pub(super) fn packed(opened: Opened, progress: &Progress) -> Result<Packed, Stopped> {
    let Opened { media, image, profile, .. } = opened;
    let mut image = scaled(image, LONGEST_SIDE_PX);
    let is_opaque = image.as_rgba8().is_none_or(|pixels| pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX));
    let as_jpeg = if is_opaque { &QUALITIES[..] } else { &[] };
    loop {
        let size = [image.width(), image.height()];
        let ways = (media == Media::Png).then_some(None).into_iter().chain(as_jpeg.iter().copied().map(Some));
        for quality in ways {
            progress.check().map_err(|_| Stopped::Cancelled)?;
            let bytes = pack(&image, quality, &profile).map_err(|error| Stopped::Failed(error.to_string()))?;
            if bytes.len() <= MOST_BYTES {
                let media = if quality.is_some() { Media::Jpeg } else { Media::Png };
                return Ok(Packed { bytes, media, size });
            }
        }
        // A picture of a few pixels always has room.
        image = scaled(image, size[0].max(size[1]) * 3 / 4);
    }
}

/// The picture with no side longer than so many pixels, and none shorter than one.
pub(super) fn scaled(image: DynamicImage, longest: u32) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    if width.max(height) <= longest {
        return image;
    }
    let share = f64::from(longest) / f64::from(width.max(height));
    let side = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
    // Each new pixel is the mean of all that it covers; slower ways need many times the room of a large picture.
    image.thumbnail_exact(side(width), side(height))
}

/// As a JPEG of a quality, else as a PNG.
fn pack(image: &DynamicImage, quality: Option<u8>, profile: &[u8]) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match quality {
        Some(quality) => write(JpegEncoder::new_with_quality(&mut bytes, quality), &DynamicImage::ImageRgb8(image.to_rgb8()), profile)?,
        None => {
            write(PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive), image, profile)?;
        }
    }
    Ok(bytes)
}

fn write(mut encoder: impl ImageEncoder, image: &DynamicImage, profile: &[u8]) -> image::ImageResult<()> {
    if !profile.is_empty() {
        // Both formats have a place for it.
        encoder.set_icc_profile(profile.to_vec()).map_err(image::ImageError::Unsupported)?;
    }
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
}
