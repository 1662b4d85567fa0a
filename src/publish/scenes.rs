//! Scenes of a lecture as pictures.

use std::{fs, path::Path};

use super::{PublishError, Tell, stage_size};
use crate::{
    export,
    io::Unfinished,
    model::{Atlas, Project, Slide},
    scene::{Staging, Theme, sheet::Sheet},
};

/// One picture of a scene as the audience sees it, after so many of its steps, of so many pixels; and how many of them a point has. `theme` is for scenes that do
/// not name their own.
pub fn staged((atlas, project): (&Atlas, &Project), (slide, step): (&Slide, usize), theme: Theme, pixels: [f64; 2]) -> (Sheet, f64) {
    let (size_points, scale) = stage_size(pixels);
    (Staging::new(atlas, project, slide, step, theme).sheet(atlas, project, size_points), scale)
}

/// Writes every picture of every scene as PNG into a new folder, `01-0.png` and so on: the number of the scene, and the step. All of them or none.
///
/// # Errors
/// [`PublishError::NoScenes`], [`PublishError::Folder`] where the folder holds something, or why a picture could not be made or written.
pub fn all_scenes(
    (atlas, project): (&Atlas, &Project),
    theme: Theme,
    pixels: [f64; 2],
    folder: &Path,
    tell: Tell,
) -> Result<(), PublishError> {
    if project.slides.is_empty() {
        return Err(PublishError::NoScenes(project.title.clone()));
    }
    let folder = Unfinished::folder(folder).map_err(|error| PublishError::Folder { what: "pictures of scenes", error })?.watched();
    let mut done = 0;
    for (number, slide) in (1..).zip(&project.slides) {
        for step in 0..slide.picture_count() {
            tell(done)?;
            let (sheet, scale) = staged((atlas, project), (slide, step), theme, pixels);
            let png = export::sheet_png(atlas, &sheet, scale)?;
            fs::write(folder.path().join(format!("{number:02}-{step}.png")), png)?;
            done += 1;
        }
    }
    tell(done)?;
    Ok(folder.finish()?)
}
