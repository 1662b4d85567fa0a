//! Something on its way to a file, and how it gets there.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use crate::{
    export::{
        self, About, Handout, HtmlOptions, Orientation, Paper,
        animation::Pace,
        bibliography::CitationStyle,
        html,
        lacking::{Lacking, lacking_in_panes, lacking_in_scene, lacking_on_paper},
        paper::Format,
        pdf_of_sheets,
    },
    geometry::{BoundingBox, Camera, Projection},
    gui::{actions::Action, jobs::work::name_of},
    io::{Progress, free_name, size_on_disk, write_beside, write_new},
    model::{Atlas, Project, View},
    publish::{Moving, MovingFormat, PictureFormat, PublishError, Shot, all_scenes, map_size, staged},
    scene::{
        Frame, Look, Scene, Telling, Theme,
        compare::{CompareInput, Layout, Moment, sheet},
        compose,
        furniture::{print_camera, print_camera_of},
        sheet::Sheet,
    },
    time::{Day, Stride},
};

/// What is to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// The map as it is shown.
    Map {
        /// As what.
        format: PictureFormat,
        /// Width and height.
        pixels: [f64; 2],
        /// Whether it has no ground.
        transparent: bool,
    },
    /// The last picture of a scene, by the scene's position.
    Scene {
        /// Which.
        slide: usize,
        /// As what.
        format: PictureFormat,
        /// Width and height.
        pixels: [f64; 2],
    },
    /// Every picture of every scene, of this width and height.
    Scenes([f64; 2]),
    /// The lecture for browsers.
    Html {
        /// With what the speaker alone sees.
        notes: bool,
    },
    /// The lecture on A4 paper.
    Handout {
        /// With what the speaker alone sees, a scene a page.
        notes: bool,
        /// How sources are cited.
        style: CitationStyle,
    },
    /// The lecture as pages of a projector, one a step.
    Slides,
    /// The map through time.
    Moving {
        /// As what.
        format: MovingFormat,
        /// Width and height.
        pixels: [f64; 2],
        /// The days of the pictures.
        days: Vec<Day>,
        /// How far it is from one to the next.
        stride: Stride,
        /// How long each stands.
        secs: f64,
    },
}

/// What, and where to.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What.
    pub work: Work,
    /// The theme; `None` for the one that is shown, and for a page of whoever opens it.
    pub theme: Option<Theme>,
    /// Where; a folder for what is many files.
    pub path: PathBuf,
    /// Whether a person said that what is there is to be replaced; else it stays, and this gets a number.
    pub replace: bool,
}

/// What the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A box as a story opens with it, or the whole world.
    Box(Projection, Option<BoundingBox>),
    /// Whatever this camera shows, which looks at no more than what no panel covers.
    Seen(Camera),
}

/// Everything that the window shows, for a thread.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The document.
    pub project: Option<Project>,
    /// Whose picture of the world.
    pub view: View,
    /// Theme, layers, alliances, focus.
    pub look: Look,
    /// What the map shows.
    pub place: Place,
    /// What was done by hand with callouts.
    pub telling: Telling,
    /// The selected event.
    pub selected_event: Option<usize>,
    /// The day.
    pub day: Day,
    /// The first day whose events are shown.
    pub since: Day,
    /// The two sides of a comparison and how they are shown.
    pub compared: Option<([Moment; 2], Layout)>,
}

/// What stays white on each side of a handout, in millimetres: room to hold and to punch.
pub const HANDOUT_MARGIN_MM: f64 = 15.0;
/// So many scenes stand on a page of a handout without notes.
pub const HANDOUT_PER_PAGE: usize = 2;
/// How much longer the last picture stands, in seconds.
pub const REST_SECS: f64 = 2.0;

/// Writes it, and says where it is and how large; or that it was called off, or why it could not be written.
pub fn carry_out(order: &Order, atlas: &Atlas, mut shown: Shown, progress: &Progress) -> Vec<Action> {
    let theme = order.theme.unwrap_or(shown.look.theme);
    shown.look.theme = theme;
    let writing = Writing { order, atlas, shown: &shown, theme, progress, lacking: RefCell::default() };
    let written = writing.write();
    vec![match written {
        Ok(path) => {
            let wrote = format!("Wrote {}, {}", path.display(), size_on_disk(&path).map_or_else(|_| String::new(), size_label));
            match writing.lacking.take().as_slice() {
                [] => Action::News(wrote),
                [first, rest @ ..] => Action::Trouble(format!("{wrote}. But {first}{}", and_more(rest.len()))),
            }
        }
        Err(PublishError::Cancelled(_)) => Action::News(format!("{} was not written", name_of(&order.path))),
        Err(error @ PublishError::Io(_)) => {
            Action::Trouble(format!("{}: {error}. Check that the folder exists and that you may write to it", order.path.display()))
        }
        Err(error) => Action::Trouble(format!("{}: {error}", order.path.display())),
    }]
}

/// How many more texts lack letters.
fn and_more(texts: usize) -> String {
    match texts {
        0 => ".".to_owned(),
        1 => ". So it is with one more text.".to_owned(),
        more => format!(". So it is with {more} more texts."),
    }
}

/// What the PDF of a lecture says of itself.
fn about(project: &Project) -> About {
    About { title: project.title.clone(), ..About::default() }
}

/// `812 kB`, `3.4 MB`.
fn size_label(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

struct Writing<'a> {
    order: &'a Order,
    atlas: &'a Atlas,
    shown: &'a Shown,
    theme: Theme,
    progress: &'a Progress,
    /// The texts of what was written that lack letters.
    lacking: RefCell<Vec<Lacking>>,
}

impl Writing<'_> {
    /// Gives where it is.
    fn write(&self) -> Result<PathBuf, PublishError> {
        self.progress.set(0, 0)?;
        match (&self.order.work, &self.shown.project) {
            (Work::Map { format, pixels, transparent }, _) => self.put(&self.map(*format, *pixels, *transparent)?),
            (Work::Moving { format, pixels, days, stride, secs }, _) => {
                let (size_points, scale) = map_size(*pixels);
                let pace = Pace { pictures: days.len(), step_secs: *secs, rest_secs: REST_SECS, loops: 0 };
                let moving = Moving { shot: self.shot(size_points), days: days.clone(), stride: *stride, scale, pace };
                let path = self.place()?;
                moving.write(*format, &path, &|done| self.progress.set(done as u64, days.len() as u64))?;
                Ok(path)
            }
            (Work::Scene { slide, format, pixels }, Some(project)) => {
                let none = || PublishError::NoScenes(project.title.clone());
                let slide = project.slides.get(*slide).ok_or_else(none)?;
                let (sheet, scale) = staged((self.atlas, project), (slide, slide.picture_count() - 1), self.theme, *pixels);
                self.put(&self.sheet_bytes(*format, &sheet, scale)?)
            }
            (Work::Scenes(pixels), Some(project)) => {
                let (path, total) = (self.place()?, project.slides.iter().map(|slide| slide.picture_count() as u64).sum());
                all_scenes((self.atlas, project), self.theme, *pixels, &path, &|done| self.progress.set(done as u64, total))?;
                Ok(path)
            }
            (Work::Html { notes }, Some(project)) => {
                self.put(html(self.atlas, project, HtmlOptions { notes: *notes, theme: self.order.theme }).as_bytes())
            }
            (Work::Handout { notes, style }, Some(project)) => {
                let paper = Paper { format: Format::A4, orientation: Orientation::Portrait, margin_mm: HANDOUT_MARGIN_MM };
                // Paper is white, whatever the window shows.
                let theme = self.order.theme.unwrap_or(Theme::Print);
                let (about, per_page) = (about(project), if *notes { 1 } else { HANDOUT_PER_PAGE });
                let handout = Handout { paper, per_page, with_notes: *notes, theme, style: *style };
                let sheets = export::handout(self.atlas, project, &handout, &about).ok_or(PublishError::Bibliography)?;
                self.lacking.replace(lacking_on_paper(&sheets));
                self.put(&pdf_of_sheets(self.atlas, &sheets, &about)?)
            }
            (Work::Slides, Some(project)) => {
                let sheets = export::slides(self.atlas, project, self.theme, true);
                self.lacking.replace(lacking_on_paper(&sheets));
                self.put(&pdf_of_sheets(self.atlas, &sheets, &about(project))?)
            }
            (_, None) => Err(PublishError::NoScenes("The whole world".to_owned())),
        }
    }

    fn bytes(&self, format: PictureFormat, scene: &Scene, scale: f64) -> Result<Vec<u8>, PublishError> {
        if format != PictureFormat::Svg {
            self.lacking.replace(lacking_in_scene(scene));
        }
        format.bytes(self.atlas, scene, scale, &About::of_notes(&scene.notes))
    }

    fn sheet_bytes(&self, format: PictureFormat, sheet: &Sheet, scale: f64) -> Result<Vec<u8>, PublishError> {
        if format != PictureFormat::Svg {
            self.lacking.replace(lacking_in_panes(sheet));
        }
        format.sheet_bytes(self.atlas, sheet, scale, &About::of_panes(sheet))
    }

    /// Writes a file that is whole in memory.
    fn put(&self, bytes: &[u8]) -> Result<PathBuf, PublishError> {
        self.progress.check()?;
        let path = &self.order.path;
        if self.order.replace { Ok(write_beside(path, bytes).map(|()| path.clone())?) } else { Ok(write_new(path, bytes)?) }
    }

    /// Where to put what is moved there when it is whole.
    fn place(&self) -> Result<PathBuf, PublishError> {
        let path: &Path = &self.order.path;
        if self.order.replace { Ok(path.to_owned()) } else { Ok(free_name(path)?) }
    }

    fn shot(&self, size_points: [f64; 2]) -> Shot<'_> {
        let shown = self.shown;
        let camera = match &shown.place {
            Place::Box(projection, bbox) => print_camera(*projection, *bbox, size_points),
            Place::Seen(seen) => print_camera_of(seen, size_points),
        };
        Shot {
            atlas: self.atlas,
            project: shown.project.as_ref(),
            view: shown.view.clone(),
            look: shown.look.clone(),
            camera,
            telling: shown.telling.clone(),
            selected_event: shown.selected_event,
        }
    }

    fn map(&self, format: PictureFormat, pixels: [f64; 2], transparent: bool) -> Result<Vec<u8>, PublishError> {
        let ((size_points, scale), shown) = (map_size(pixels), self.shown);
        if let Some((moments, layout)) = &shown.compared {
            let (projection, bbox) = match &shown.place {
                Place::Box(projection, bbox) => (*projection, *bbox),
                Place::Seen(seen) => (seen.projection, Some(seen.visible_lonlat())),
            };
            let input = CompareInput {
                atlas: self.atlas,
                moments,
                project: shown.project.as_ref(),
                look: &shown.look,
                projection,
                bbox,
                size_points,
            };
            return self.sheet_bytes(format, &sheet(&input, *layout), scale);
        }
        let scene = self.shot(size_points).show(shown.day, shown.since, Frame::Print, compose);
        self.bytes(format, &if transparent { scene.without_ground() } else { scene }, scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_two_or_three_figures() {
        assert_eq!([0, 812_400, 3_449_000].map(size_label), ["0 bytes", "812 kB", "3.4 MB"]);
    }
}
