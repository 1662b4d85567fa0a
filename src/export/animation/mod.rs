//! Moving pictures: a row of scenes as GIF, APNG, or one picture after another for whoever else packs them. The same scenes give the same bytes.
//!
//! [`each_picture`] makes the pictures, on all processors; [`GifWriter`] and [`ApngWriter`] pack them as they come, so that no more than a few are held at a time.

mod apng;
mod changed;
mod flat_colors;
mod gif;
mod median_cut;
mod palette;
mod pictures;

use thiserror::Error;

pub use apng::ApngWriter;
pub use gif::GifWriter;
pub use pictures::{Picture, each_picture};

use super::png::PngError;

/// The shortest time that a picture may stand, in seconds: browsers show what is shorter ten times as long.
pub const SHORTEST_SECS: f64 = 0.02;
/// The longest, in seconds.
pub const LONGEST_SECS: f64 = 600.0;

/// Why there is no moving picture.
#[derive(Debug, Error)]
pub enum AnimationError {
    /// One of its pictures cannot be made.
    #[error(transparent)]
    Picture(#[from] PngError),
    /// It could not be packed or written as GIF.
    #[error("the GIF could not be written: {0}")]
    Gif(#[from] ::gif::EncodingError),
    /// It could not be packed or written as APNG.
    #[error("the APNG could not be written: {0}")]
    Apng(#[from] png::EncodingError),
}

/// How fast a row of pictures is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// How many there are.
    pub pictures: usize,
    /// How long each stands, in seconds, [`SHORTEST_SECS`] to [`LONGEST_SECS`].
    pub step_secs: f64,
    /// How much longer the last one stands, in seconds.
    pub rest_secs: f64,
    /// How often it is shown; 0 for without end.
    pub loops: u16,
}

impl Pace {
    /// How long the picture at a position stands, in hundredths of a second. What rounding takes from one it gives to the next.
    pub fn hundredths(&self, index: usize) -> u16 {
        let until = |pictures: usize| (pictures as f64 * self.step_secs * 100.0).round();
        let rest = if index + 1 == self.pictures { (self.rest_secs * 100.0).round() } else { 0.0 };
        (until(index + 1) - until(index) + rest).clamp(1.0, f64::from(u16::MAX)) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_does_not_add_up_and_the_last_picture_rests() {
        let pace = Pace { pictures: 30, step_secs: 1.0 / 30.0, rest_secs: 2.0, loops: 0 };
        let times: Vec<u16> = (0..30).map(|index| pace.hundredths(index)).collect();
        assert_eq!(times[..4], [3, 4, 3, 3]);
        assert_eq!(times.iter().map(|time| u32::from(*time)).sum::<u32>(), 300);
    }
}
