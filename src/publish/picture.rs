//! One picture of the map: its size, what it shows, its bytes.

use super::PublishError;
use crate::{
    export::{self, About},
    geometry::Camera,
    model::{Atlas, Project, View, WorldState},
    scene::{Frame, Look, STAGE_POINTS, Scene, SceneInput, Telling, sheet::Sheet},
    time::Day,
};

/// The shorter side of a picture in points: letters and lines keep their share of the picture at every size in pixels.
const SHORTER_SIDE_POINTS: f64 = 1080.0;
/// Events are shown for so many days after they happened, unless somebody says otherwise.
pub const EVENT_DAYS: i64 = 365;

/// What a picture is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureFormat {
    /// Pixels.
    #[default]
    Png,
    /// Shapes.
    Svg,
    /// Shapes and text on a page.
    Pdf,
}

impl PictureFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// The format of files with this ending, in small letters.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// The bytes of a picture with `scale` pixels a point. `about` is what a PDF says of itself.
    ///
    /// # Errors
    /// As [`export::png()`] and [`export::pdf()`].
    pub fn bytes(self, atlas: &Atlas, scene: &Scene, scale: f64, about: &About) -> Result<Vec<u8>, PublishError> {
        Ok(match self {
            Self::Png => export::png(atlas, scene, scale)?,
            Self::Svg => export::svg(atlas, scene, scale).into_bytes(),
            Self::Pdf => export::pdf(atlas, scene, scale, about)?,
        })
    }

    /// The bytes of a picture of several pictures. `about` is what a PDF says of itself.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    pub fn sheet_bytes(self, atlas: &Atlas, sheet: &Sheet, scale: f64, about: &About) -> Result<Vec<u8>, PublishError> {
        Ok(match self {
            Self::Png => export::sheet_png(atlas, sheet, scale)?,
            Self::Svg => export::sheet_svg(atlas, sheet, scale).into_bytes(),
            Self::Pdf => export::pdf_of_panes(atlas, sheet, scale, about)?,
        })
    }
}

/// The size in points of a map of so many pixels, and how many pixels a point has.
pub fn map_size(pixels: [f64; 2]) -> ([f64; 2], f64) {
    let scale = (pixels[0].min(pixels[1]) / SHORTER_SIDE_POINTS).max(1.0);
    (pixels.map(|side| side / scale), scale)
}

/// The same for a scene of a lecture, which is always as high for the eye.
pub fn stage_size(pixels: [f64; 2]) -> ([f64; 2], f64) {
    let scale = pixels[0].min(pixels[1]) / STAGE_POINTS;
    (pixels.map(|side| side / scale), scale)
}

/// Width and height in pixels, as in `1920x1080`; `None` where a side is missing, zero or longer than [`export::png::MAX_SIDE`].
pub fn pixels_of(text: &str) -> Option<[f64; 2]> {
    let sides: Vec<Option<u32>> = text.split(['x', 'X', '×']).map(|side| side.trim().parse().ok()).collect();
    let fits = |side: u32| (1..=export::png::MAX_SIDE).contains(&side);
    match sides.as_slice() {
        &[Some(width), Some(height)] if fits(width) && fits(height) => Some([f64::from(width), f64::from(height)]),
        _ => None,
    }
}

/// A place, a look and a view that were asked for and found good: what a picture needs besides its day.
#[derive(Clone, Debug)]
pub struct Shot<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The document over them, if any.
    pub project: Option<&'a Project>,
    /// Whose picture of the world.
    pub view: View,
    /// As it was chosen; each day makes its own of it, see [`Look::colored`].
    pub look: Look,
    /// Where it looks, in a picture of its own size.
    pub camera: Camera,
    /// What was done by hand with callouts; the default where nothing was.
    pub telling: Telling,
    /// The event that is selected, by its position in the document.
    pub selected_event: Option<usize>,
}

impl Shot<'_> {
    /// Gives what the picture of a day is made of to `show`, with the events since a day.
    pub fn show<T>(&self, day: Day, since: Day, frame: Frame, show: impl FnOnce(&SceneInput) -> T) -> T {
        let state = WorldState::at(self.atlas, day, &self.view);
        let look = self.look.colored(self.atlas, self.project, &state);
        show(&SceneInput {
            atlas: self.atlas,
            state: &state,
            day,
            shown: (since, day),
            project: self.project,
            look: &look,
            camera: self.camera,
            selected_event: self.selected_event,
            telling: &self.telling,
            frame,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_two_sides_that_can_be_made() {
        assert_eq!(pixels_of("3840x2160"), Some([3840.0, 2160.0]));
        assert_eq!(pixels_of(" 1200 × 900 "), Some([1200.0, 900.0]));
        for bad in ["", "1920", "0x10", "10x20x30", "99999x5", "axb", "10x20xb"] {
            assert_eq!(pixels_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn letters_keep_their_share_of_large_pictures() {
        assert_eq!(map_size([3840.0, 2160.0]), ([1920.0, 1080.0], 2.0));
        assert_eq!(map_size([640.0, 360.0]), ([640.0, 360.0], 1.0));
        assert_eq!(stage_size([1920.0, 1080.0]), ([960.0, 540.0], 2.0));
    }
}
