//! What leaves as files: maps, scenes of a lecture, moving pictures. Made by [`crate::export`] and put where a person said by [`crate::io`], whole or not at all: command line and window
//! both write through here, so that the same choice gives the same bytes.

mod moving;
mod picture;
mod scenes;

use std::io;

use thiserror::Error;

use crate::{
    export::{PdfError, PngError, animation::AnimationError},
    io::{Cancelled, VideoError},
};

pub use moving::{MOST_PICTURES, Moving, MovingFormat, STEP_SECS, TooManyPictures, days_shown};
pub use picture::{EVENT_DAYS, PictureFormat, Shot, map_size, pixels_of, stage_size};
pub use scenes::{all_scenes, staged};

/// Asked after each picture, with how many are done: whether to go on.
pub type Tell<'a> = &'a dyn Fn(usize) -> Result<(), Cancelled>;

/// Why nothing was written. What stood there before stands there still.
#[derive(Debug, Error)]
pub enum PublishError {
    /// It was called off.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A picture cannot be made.
    #[error(transparent)]
    Picture(#[from] PngError),
    /// A PDF cannot be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The bibliography of a handout cannot be set.
    #[error("the bibliography cannot be set. This is a fault of the program, please report it")]
    Bibliography,
    /// A moving picture cannot be packed.
    #[error(transparent)]
    Animation(#[from] AnimationError),
    /// A video cannot be packed.
    #[error(transparent)]
    Video(#[from] VideoError),
    /// A folder cannot be begun there.
    #[error("{what} go into a new or empty folder, so that they never mix with others. Give another name, or empty it: {error}")]
    Folder {
        /// What was to go there: `frames`.
        what: &'static str,
        /// What the system says.
        error: io::Error,
    },
    /// A lecture was asked for of a document that has none.
    #[error("{0} has no scenes")]
    NoScenes(String),
    /// What the system says.
    #[error(transparent)]
    Io(#[from] io::Error),
}
