//! `render`: a map as a PNG, SVG or PDF file, without a screen or graphics card.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::{
    day_argument, known_argument,
    page::{PageArguments, warn_of_lacking},
    view_argument,
};
use crate::{
    export::{
        self, About, Paper,
        lacking::{lacking_in_scene, lacking_on_paper},
    },
    geometry::{BoundingBox, Projection},
    io::{read_project, write_beside},
    model::{Atlas, Project, Slide, View, slide_line},
    publish::{EVENT_DAYS, PictureFormat, PublishError, Shot, all_scenes, map_size, pixels_of, staged},
    scene::{
        Coloring, Frame, Look, Scene, SceneInput, Staging, Telling, Theme, compose,
        furniture::{print_camera, sheet_camera},
    },
    time::{Date, Day},
};

/// What a picture shows and how, whatever its dates and views: shared by the commands that draw maps.
#[derive(clap::Args, Clone, Debug)]
pub struct PictureArguments {
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON); without one the bare world.
    #[arg(value_name = "CASE|FILE")]
    pub what: Option<String>,
    /// Colour the members of this alliance; may stand several times. Without one those of the case.
    #[arg(long, value_name = "ID")]
    pub alliance: Vec<String>,
    /// equal-earth, globe or mercator. Without one that of the case, else the globe for a box of up to 60 degrees and equal-earth for more.
    #[arg(long)]
    pub projection: Option<Projection>,
    /// What to fit, in degrees: west,south,east,north. Without one that of the case, else the whole world.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub bbox: Option<String>,
    /// Width and height in pixels, up to 16384 each.
    #[arg(long, value_name = "WxH", default_value = "1920x1080")]
    pub size: String,
    /// light, dark, high-contrast or print.
    #[arg(long, default_value = "light")]
    pub theme: Theme,
    /// What the colours tell: story, political, alliances or disputes.
    #[arg(long, default_value = "story")]
    pub coloring: Coloring,
    /// Draw meridians and parallels.
    #[arg(long)]
    pub graticule: bool,
    /// Draw today's borders, thin and grey, under those of the date.
    #[arg(long)]
    pub today: bool,
    /// Leave out the small globe that shows where on earth a region is.
    #[arg(long)]
    pub no_locator: bool,
}

/// Draws a map to a PNG, SVG or PDF file, or to a page for print.
#[derive(clap::Args, Clone, Debug)]
pub struct RenderArguments {
    /// What is shown and how.
    #[command(flatten)]
    pub picture: PictureArguments,
    /// The date: 2020-06-15, 1914, 1783-04. Without one that of the case, else 2020-01-01.
    #[arg(long, value_name = "DATE")]
    pub at: Option<String>,
    /// Show events from this date on. Without one those of the year before.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// The point of view: de-facto, un, or a party's id (ukr). Without one that of the case, else de-facto.
    #[arg(long)]
    pub view: Option<String>,
    /// Draw a scene of the lecture: its number (1 is the first) or its id. Date, view and everything else are the scene's.
    #[arg(long, value_name = "N", conflicts_with_all = ["at", "since", "view", "bbox", "alliance", "projection"])]
    pub scene: Option<String>,
    /// Draw every picture of the lecture into a new folder, `-o`, as 01-0.png and so on: the number of the scene, and the step.
    #[arg(long, conflicts_with_all = ["scene", "step", "at", "since", "view", "bbox", "alliance", "projection"])]
    pub all_scenes: bool,
    /// The step of the scene: 0 is its first picture, and the last one is drawn where this is left out.
    #[arg(long, value_name = "K", requires = "scene")]
    pub step: Option<usize>,
    /// Of a page for print.
    #[command(flatten)]
    pub page: PageArguments,
    /// The file to write; its ending, .png, .svg or .pdf, says what is written. With --all-scenes a folder.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// What a picture is written as, as the ending of its file says.
pub(super) fn format_of(output: &Path) -> anyhow::Result<PictureFormat> {
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let format = ending.and_then(|ending| PictureFormat::of_ending(&ending));
    format.with_context(|| format!("-o {}: the name must end in .png, .svg or .pdf, which says what is written", output.display()))
}

impl PictureArguments {
    /// The case or document, if one is named.
    pub fn project(&self, atlas: &Atlas) -> anyhow::Result<Option<Project>> {
        self.what.as_deref().map(|what| project_argument(atlas, what)).transpose()
    }

    /// The size in points, and how many pixels a point has.
    pub fn size(&self) -> anyhow::Result<([f64; 2], f64)> {
        Ok(map_size(size_argument(&self.size)?))
    }

    /// The projection and the box that is fitted; `None` is the whole world.
    pub fn place(&self, project: Option<&Project>) -> anyhow::Result<(Projection, Option<BoundingBox>)> {
        let opening = project.map(|project| &project.opening);
        let bbox = match &self.bbox {
            Some(text) => Some(bbox_argument(text)?),
            None => opening.and_then(|opening| opening.bbox),
        };
        let fitting = || opening.filter(|_| self.bbox.is_none()).map_or_else(|| Projection::fitting(bbox), |opening| opening.projection);
        Ok((self.projection.unwrap_or_else(fitting), bbox))
    }

    /// Finds everything that is named, or says what there is instead.
    pub fn shot<'a>(
        &self,
        atlas: &'a Atlas,
        project: Option<&'a Project>,
        view: Option<&str>,
        size_points: [f64; 2],
    ) -> anyhow::Result<Shot<'a>> {
        let (projection, bbox) = self.place(project)?;
        let view = view_or_opening(atlas, view, project)?;
        let (look, camera) = (self.look(atlas, project)?, print_camera(projection, bbox, size_points));
        Ok(Shot { atlas, project, view, look, camera, telling: Telling::default(), selected_event: None })
    }

    /// Theme, layers, alliances; what the coloring adds on a day is for [`Look::colored`].
    pub fn look(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<Look> {
        let mut look = Look { theme: self.theme, ..Look::default() };
        if let Some(project) = project {
            look = Look::of_project(atlas, project, self.theme);
        }
        if !self.alliance.is_empty() {
            let known = |id: &String| {
                let all = atlas.alliances.iter().map(|alliance| alliance.id.as_str());
                known_argument("--alliance", id, atlas.alliance(id), all).map(|alliance| alliance.id.clone())
            };
            look.alliances = self.alliance.iter().map(known).collect::<Result<_, _>>()?;
        }
        look.layers.graticule.visible = self.graticule;
        look.layers.today.visible = self.today;
        look.layers.locator.visible = !self.no_locator;
        look.coloring = self.coloring;
        Ok(look)
    }
}

/// A date, else that with which a project opens, else that of the bare world.
pub(super) fn day_or_opening(text: Option<&str>, project: Option<&Project>) -> anyhow::Result<Day> {
    match text {
        Some(text) => day_argument("--at", text),
        None => Ok(project.map_or_else(default_day, |project| project.opening_day(default_day()))),
    }
}

/// A view, else that with which a project opens, else the de facto one.
pub(super) fn view_or_opening(atlas: &Atlas, id: Option<&str>, project: Option<&Project>) -> anyhow::Result<View> {
    match id {
        Some(id) => view_argument(atlas, id),
        None => Ok(project.map_or(View::DeFacto, |project| project.opening.view.clone())),
    }
}

impl RenderArguments {
    /// Draws and writes the file; nothing is left behind where it fails.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        if self.all_scenes {
            let project = self.picture.project(atlas)?.with_context(|| "--all-scenes: name the case or document whose lecture it is")?;
            return self.all_scenes(atlas, &project);
        }
        let format = format_of(&self.output)?;
        if let Some(paper) = self.page.paper() {
            return write_output(&self.output, &self.page_bytes(atlas, &paper, format)?);
        }
        let (size_points, scale) = self.picture.size()?;
        if let Some(line) = self.picture.what.as_deref().filter(|what| slide_line::is_line(what)) {
            let (document, slide) = slide_line::scene_of(line)?;
            let project = project_argument(atlas, &document)?;
            let scene = Staging::new(atlas, &project, &slide, 0, self.picture.theme).scene(atlas, &project, size_points, Frame::Print);
            return self.write(atlas, &scene, format, scale);
        }
        let project = self.picture.project(atlas)?;
        match (&self.scene, &project) {
            (Some(_), None) => bail!("--scene: name the case or document whose lecture it is"),
            (Some(number), Some(project)) => self.draw_scene(atlas, (project, number), format),
            (None, project) => {
                let scene = self.picture(atlas, project.as_ref(), size_points, Frame::Print, compose)?;
                self.write(atlas, &scene, format, scale)
            }
        }
    }

    /// Draws a scene of a lecture as the audience sees it.
    fn draw_scene(&self, atlas: &Atlas, (project, number): (&Project, &str), format: PictureFormat) -> anyhow::Result<()> {
        let slide = slide_argument(project, number)?;
        let step = self.step.unwrap_or(slide.picture_count() - 1);
        write_output(&self.output, &self.stage(atlas, project, (slide, step), format)?)
    }

    /// The map, or the map of a scene, as a page for print.
    fn page_bytes(&self, atlas: &Atlas, paper: &Paper, format: PictureFormat) -> anyhow::Result<Vec<u8>> {
        let project = self.picture.project(atlas)?;
        let mut words = self.page.words();
        let sheet = match (&self.scene, &project) {
            (Some(_), None) => bail!("--scene: name the case or document whose lecture it is"),
            (Some(number), Some(project)) => {
                let slide = slide_argument(project, number)?;
                let step = self.step.unwrap_or(slide.picture_count() - 1);
                let staging = Staging::new(atlas, project, slide, step, self.picture.theme);
                let said = staging.telling.words.as_ref();
                words.title = words.title.or_else(|| said.map(|said| said.title.clone()).filter(|title| !title.is_empty()));
                if let (true, Some(said)) = (words.caption.is_empty(), said) {
                    words.caption.clone_from(&said.caption);
                }
                export::page(paper, &words, |size| anyhow::Ok(staging.scene(atlas, project, size, Frame::Sheet)))?
            }
            (None, project) => export::page(paper, &words, |size| self.picture(atlas, project.as_ref(), size, Frame::Sheet, compose))?,
        };
        let lacking = lacking_on_paper(std::slice::from_ref(&sheet));
        Ok(match format {
            PictureFormat::Svg => export::paper_svg(atlas, &sheet).into_bytes(),
            PictureFormat::Png => {
                warn_of_lacking(&lacking);
                export::paper_png(atlas, &sheet, self.page.dots_per_inch())?
            }
            PictureFormat::Pdf => {
                warn_of_lacking(&lacking);
                let about = self.page.about_sheet(&sheet)?;
                export::pdf_of_sheets(atlas, &[sheet], &about)?
            }
        })
    }

    /// One picture of a scene.
    fn stage(&self, atlas: &Atlas, project: &Project, picture: (&Slide, usize), format: PictureFormat) -> anyhow::Result<Vec<u8>> {
        let (sheet, scale) = staged((atlas, project), picture, self.picture.theme, size_argument(&self.picture.size)?);
        Ok(format.sheet_bytes(atlas, &sheet, scale, &self.page.about(About::of_panes(&sheet))?)?)
    }

    /// Every picture of every scene, all of them or none.
    fn all_scenes(&self, atlas: &Atlas, project: &Project) -> anyhow::Result<()> {
        let pixels = size_argument(&self.picture.size)?;
        all_scenes((atlas, project), self.picture.theme, pixels, &self.output, &|_| Ok(())).map_err(|error| match error {
            PublishError::NoScenes(_) => anyhow!("--all-scenes: {error}"),
            error => anyhow!("{}: {error}", self.output.display()),
        })
    }

    fn bytes(&self, atlas: &Atlas, scene: &Scene, format: PictureFormat, scale: f64) -> anyhow::Result<Vec<u8>> {
        if format != PictureFormat::Svg {
            warn_of_lacking(&lacking_in_scene(scene));
        }
        Ok(format.bytes(atlas, scene, scale, &self.page.about(About::of_notes(&scene.notes))?)?)
    }

    fn write(&self, atlas: &Atlas, scene: &Scene, format: PictureFormat, scale: f64) -> anyhow::Result<()> {
        write_output(&self.output, &self.bytes(atlas, scene, format, scale)?)
    }

    /// Gives what the picture is made of to `show`.
    pub(super) fn picture<T>(
        &self,
        atlas: &Atlas,
        project: Option<&Project>,
        size_points: [f64; 2],
        frame: Frame,
        show: impl FnOnce(&SceneInput) -> T,
    ) -> anyhow::Result<T> {
        let day = day_or_opening(self.at.as_deref(), project)?;
        let since = match &self.since {
            Some(text) => day_argument("--since", text)?.min(day),
            None => day.plus_days(-EVENT_DAYS),
        };
        let mut shot = self.picture.shot(atlas, project, self.view.as_deref(), size_points)?;
        if frame == Frame::Sheet {
            let (projection, bbox) = self.picture.place(project)?;
            shot.camera = sheet_camera(projection, bbox, size_points);
        }
        Ok(shot.show(day, since, frame, show))
    }
}

/// `CASE|FILE`: the case with this id, else the document at this path. What is wrong in the document goes to the standard error stream.
pub(super) fn project_argument(atlas: &Atlas, what: &str) -> anyhow::Result<Project> {
    if let Some(case) = atlas.case(what) {
        return Ok(case.clone());
    }
    let path = Path::new(what);
    if !path.exists() && path.extension().is_none() {
        let cases: Vec<&str> = atlas.cases.iter().map(|case| case.id.as_str()).collect();
        bail!("{what}: no such case study, and no such file. Cases: {}", cases.join(", "));
    }
    let (project, problems) = read_project(path)?;
    for problem in problems {
        eprintln!("border-atlas: {problem}");
    }
    Ok(project)
}

/// The scene of this number, counted from 1, or of this id.
pub(super) fn slide_argument<'a>(project: &'a Project, number: &str) -> anyhow::Result<&'a Slide> {
    let by_number = number.parse::<usize>().ok().and_then(|number| project.slides.get(number.checked_sub(1)?));
    let found = by_number.or_else(|| project.slides.iter().find(|slide| slide.id == number));
    found.with_context(|| match project.slides.len() {
        0 => format!("--scene {number}: {} has no scenes", project.title),
        count => format!("--scene {number}: no such scene. {} has {count} of them", project.title),
    })
}

/// Writes what `-o` names, whole or not at all.
pub(super) fn write_output(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_beside(path, bytes)
        .with_context(|| format!("{}: cannot be written. Check that the folder exists and that you may write to it", path.display()))
}

fn default_day() -> Day {
    Date::parse("2020-01-01").map_or_else(|_| Day::new(0), |date| date.earliest)
}

/// `1920x1080`, in pixels.
pub(super) fn size_argument(text: &str) -> anyhow::Result<[f64; 2]> {
    let most = export::png::MAX_SIDE;
    pixels_of(text).with_context(|| format!("--size {text}: write width x height in pixels, each 1 to {most}, as in 1920x1080"))
}

/// `west,south,east,north`, in degrees.
fn bbox_argument(text: &str) -> anyhow::Result<BoundingBox> {
    let sides: Vec<f64> = text.split(',').filter_map(|side| side.trim().parse().ok()).collect();
    let [west, south, east, north] = match sides.as_slice() {
        &[west, south, east, north] if text.split(',').count() == 4 => [west, south, east, north],
        _ => bail!("--bbox {text}: write west,south,east,north in degrees, as in 32,44,37,46.5"),
    };
    if ![west, east].iter().all(|lon| (-180.0..=180.0).contains(lon)) || ![south, north].iter().all(|lat| (-90.0..=90.0).contains(lat)) {
        bail!("--bbox {text}: longitudes are -180 to 180 and latitudes -90 to 90, in the order west,south,east,north");
    }
    if south >= north || west == east {
        bail!("--bbox {text}: the box is empty; the order is west,south,east,north, and south must lie below north");
    }
    Ok(BoundingBox::new(west, south, east, north))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_boxes_are_read_or_explained() {
        assert_eq!(size_argument("3840x2160").unwrap(), [3840.0, 2160.0]);
        for bad in ["", "1920", "0x10", "10x20x30", "99999x5", "axb"] {
            assert!(size_argument(bad).unwrap_err().to_string().contains("1920x1080"), "{bad}");
        }
        assert_eq!(bbox_argument("-10, 35,40,60").unwrap(), BoundingBox::new(-10.0, 35.0, 40.0, 60.0));
        for bad in ["", "1,2,3", "1,2,3,4,5", "10,50,20,40", "0,0,400,10", "a,b,c,d", "nan,0,1,1"] {
            assert!(bbox_argument(bad).is_err(), "{bad}");
        }
    }
}
