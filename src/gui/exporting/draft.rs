//! What stands in the box: choices, what is typed, and what would be written.

use std::path::{Path, PathBuf};

use super::{
    choices::{Choices, Subject},
    order::{Order, REST_SECS, Work},
};
use crate::{
    export::{
        animation::{LONGEST_SECS, SHORTEST_SECS},
        bibliography::CitationStyle,
        png::MAX_SIDE,
    },
    gui::{jobs::work::name_of, panels::open_file::path_of},
    model::Project,
    publish::{PictureFormat, days_shown, pixels_of},
    time::{Date, Day, Stride},
};

/// Endings that a typed name may have and that another format takes away.
const ENDINGS: [&str; 9] = ["png", "svg", "gif", "apng", "mp4", "html", "htm", "pdf", "webp"];
/// A film is offered with a step that makes no more pictures than these.
const HANDY_PICTURES: usize = 200;

/// The box as it is filled in.
#[derive(Default)]
pub struct Draft {
    /// What is chosen.
    pub choices: Choices,
    /// The scene, by position.
    pub scene: usize,
    /// The first day of a film, as typed.
    pub from: String,
    /// The last day of a film, as typed.
    pub to: String,
    /// How sources are cited; `None` for short lines, which a handout does not have.
    pub style: Option<CitationStyle>,
    /// How far it is from picture to picture, as typed.
    pub stride: String,
    /// The path, as typed.
    pub path: String,
    /// The path that was offered; what differs from it was typed.
    offered: String,
    /// The path that the system's box gave: it has asked whether to replace what is there.
    chosen: Option<PathBuf>,
    /// Whether the system's box for files is open.
    pub is_asking: bool,
    /// Whether the system turned out to have no such box.
    pub has_no_box: bool,
}

/// What would be written.
pub struct Plan {
    /// The order.
    pub order: Order,
    /// What it is, in a sentence.
    pub sentence: String,
}

impl Draft {
    /// Begins with what was chosen last. `days` are those of a film, `folder` where to write if nothing was written yet.
    pub fn begin(&mut self, choices: &Choices, (scene, days): (usize, (Day, Day)), project: Option<&Project>, folder: &Path) {
        self.choices = choices.clone();
        let has_lecture = project.is_some_and(|project| !project.slides.is_empty());
        if self.choices.subject.needs_lecture() && !has_lecture {
            self.choices.subject = Subject::Map;
        }
        if self.choices.folder.is_empty() {
            self.choices.folder = folder.display().to_string();
        }
        self.scene = scene;
        (self.from, self.to) = (days.0.to_string(), days.1.to_string());
        let is_handy = |stride: &Stride| days_shown(*stride, days.0, days.1).is_ok_and(|days| days.len() <= HANDY_PICTURES);
        self.stride = Stride::OFFERED.into_iter().find(is_handy).unwrap_or(Stride::OFFERED[Stride::OFFERED.len() - 1]).to_string();
        (self.path, self.offered, self.chosen) = (String::new(), String::new(), None);
    }

    /// The ending of what is written; `None` for a folder.
    pub fn ending(&self) -> Option<&'static str> {
        match self.choices.subject {
            Subject::Map | Subject::Scene => Some(self.choices.picture.ending()),
            Subject::Scenes => None,
            Subject::Html => Some("html"),
            Subject::Handout | Subject::Slides => Some("pdf"),
            Subject::Moving => self.choices.moving.ending(),
        }
    }

    /// Offers a path for what is chosen now. What was typed stays, but for the ending of another format.
    pub fn offer_path(&mut self, project: Option<&Project>, day: Day) {
        let name = with_ending(&self.stem(project, day), self.ending());
        let offer = Path::new(&self.choices.folder).join(name).display().to_string();
        if self.path == self.offered {
            self.path.clone_from(&offer);
        }
        self.offered = offer;
    }

    /// Takes the path that the system's box gave: a file, or the folder in which a folder is made.
    pub fn take_path(&mut self, path: &Path) {
        let path = if self.ending().is_some() { path.to_owned() } else { path.join(name_of(Path::new(&self.offered))) };
        self.path = path.display().to_string();
        self.chosen = Some(path);
    }

    fn stem(&self, project: Option<&Project>, day: Day) -> String {
        let story = project.map_or("world", |project| project.id.as_str());
        match self.choices.subject {
            Subject::Map => format!("{story}-{day}"),
            Subject::Scene => format!("{story}-scene-{:02}", self.scene + 1),
            Subject::Scenes => format!("{story}-scenes"),
            Subject::Html => story.to_owned(),
            Subject::Handout => format!("{story}-handout"),
            Subject::Slides => format!("{story}-slides"),
            Subject::Moving => format!("{story}-film"),
        }
    }

    /// Where it goes; `None` while no name is typed.
    pub fn target(&self) -> Option<PathBuf> {
        let typed = path_of(&self.path);
        let has_name = !typed.is_empty() && !typed.ends_with(['/', std::path::MAIN_SEPARATOR]);
        has_name.then(|| PathBuf::from(with_ending(typed, self.ending())))
    }

    /// What would be written, or what is wrong in a sentence.
    ///
    /// # Errors
    /// The sentence.
    pub fn plan(&self, project: Option<&Project>, compares: bool) -> Result<Plan, String> {
        let (work, what) = self.work(project, compares)?;
        let path = self.target().ok_or("Type where to write it.")?;
        let name = name_of(&path);
        let sentence = if self.ending().is_some() { format!("{name}: {what}") } else { format!("The folder {name}: {what}") };
        let replace = self.chosen.as_ref() == Some(&path);
        Ok(Plan { order: Order { work, theme: self.choices.theme, path, replace }, sentence })
    }

    /// What is made, and what it is in words.
    fn work(&self, project: Option<&Project>, compares: bool) -> Result<(Work, String), String> {
        let choices = &self.choices;
        let slides = project.map_or(&[][..], |project| &project.slides);
        if choices.subject.needs_lecture() && slides.is_empty() {
            return Err("This story has no scenes. Keep what you see as a scene first: Shift+K.".to_owned());
        }
        Ok(match choices.subject {
            Subject::Map => {
                let (pixels, size) = self.pixels()?;
                if compares && choices.picture == PictureFormat::Pdf {
                    return Err("A comparison is written as PNG or SVG.".to_owned());
                }
                // A comparison and a PDF stand on sheets of their own.
                let transparent = choices.transparent && !compares && choices.picture != PictureFormat::Pdf;
                let what = format!(
                    "{} as {}, {size}",
                    if compares { "the comparison" } else { "the map" },
                    choices.picture.ending().to_uppercase()
                );
                (Work::Map { format: choices.picture, pixels, transparent }, what)
            }
            Subject::Scene => {
                let (pixels, size) = self.pixels()?;
                let title = slides.get(self.scene).map_or("", |slide| slide.title.as_str());
                let what = format!("scene {} ({title}) as {}, {size}", self.scene + 1, choices.picture.ending().to_uppercase());
                (Work::Scene { slide: self.scene, format: choices.picture, pixels }, what)
            }
            Subject::Scenes => {
                let (pixels, size) = self.pixels()?;
                let count: usize = slides.iter().map(|slide| slide.picture_count()).sum();
                (Work::Scenes(pixels), format!("{count} pictures of {} scenes as PNG, {size}", slides.len()))
            }
            Subject::Html => {
                let notes = if choices.notes { "with" } else { "without" };
                let what = format!("{} scenes that any browser plays without a network, {notes} speaker's notes", slides.len());
                (Work::Html { notes: choices.notes }, what)
            }
            Subject::Handout => {
                let notes = if choices.notes { ", a scene a page with speaker's notes" } else { ", two scenes a page" };
                let work = Work::Handout { notes: choices.notes, style: self.style.unwrap_or(CitationStyle::ChicagoNotes) };
                (work, format!("{} scenes with captions and sources on A4 paper{notes}", slides.len()))
            }
            Subject::Slides => {
                let count: usize = slides.iter().map(|slide| slide.picture_count()).sum();
                (Work::Slides, format!("{count} pages of {} scenes, a page for each step, 16:9", slides.len()))
            }
            Subject::Moving => self.film()?,
        })
    }

    fn film(&self) -> Result<(Work, String), String> {
        let (pixels, size) = self.pixels()?;
        let (from, to) = (day_of(&self.from, false)?, day_of(&self.to, true)?);
        if to < from {
            return Err("The last date lies before the first.".to_owned());
        }
        let stride: Stride = self.stride.trim().parse().map_err(|error| format!("Step: {error}."))?;
        let days = days_shown(stride, from, to).map_err(|too_many| {
            let advice = too_many
                .long_enough
                .map_or_else(|| "Take a shorter time".to_owned(), |stride| format!("A step of {stride} is long enough"));
            format!("That would be {too_many}. {advice}.")
        })?;
        let secs = self.choices.secs.trim().parse().ok().filter(|secs| (SHORTEST_SECS..=LONGEST_SECS).contains(secs));
        let secs: f64 = secs.ok_or_else(|| format!("A picture stands {SHORTEST_SECS} to {LONGEST_SECS} seconds."))?;
        let lasts = days.len() as f64 * secs + REST_SECS;
        let count = if days.len() == 1 { "1 picture".to_owned() } else { format!("{} pictures", days.len()) };
        let what = match self.choices.moving.ending() {
            Some(_) => format!("{count} in {lasts:.0} seconds, {size}"),
            None => format!("{count} as PNG, {size}"),
        };
        Ok((Work::Moving { format: self.choices.moving, pixels, days, stride, secs }, what))
    }

    fn pixels(&self) -> Result<([f64; 2], String), String> {
        let [width, height] = pixels_of(&self.choices.size)
            .ok_or_else(|| format!("Size: write width x height in pixels, each 1 to {MAX_SIDE}, as in 1920x1080."))?;
        Ok(([width, height], format!("{width} × {height} pixels")))
    }
}

/// A typed date: the first day that it may mean, or the last.
fn day_of(text: &str, is_last: bool) -> Result<Day, String> {
    let date = Date::parse(text).map_err(|error| format!("“{text}” is no date: {}.", error.fault))?;
    let (day, other) = if is_last { (date.latest, date.earliest) } else { (date.earliest, date.latest) };
    Ok(if day == Day::MIN || day == Day::MAX { other } else { day })
}

/// A name with an ending, in the place of that of another format.
fn with_ending(name: &str, ending: Option<&str>) -> String {
    let own = Path::new(name).extension().map(|own| own.to_string_lossy().into_owned());
    let known = own.filter(|own| ENDINGS.contains(&own.to_ascii_lowercase().as_str()));
    let bare = known.as_ref().map_or(name, |own| &name[..name.len() - own.len() - 1]);
    match ending {
        Some(ending) if known.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(ending)) => name.to_owned(),
        Some(ending) => format!("{bare}.{ending}"),
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::MovingFormat;

    fn draft(subject: Subject) -> Draft {
        let mut draft = Draft::default();
        let days = (day_of("2014", false).unwrap(), day_of("2015", true).unwrap());
        draft.begin(&Choices { subject, ..Choices::default() }, (0, days), None, Path::new("/maps"));
        draft.choices.subject = subject;
        draft.offer_path(None, days.0);
        draft
    }

    #[test]
    fn names_get_the_ending_of_what_is_written() {
        assert_eq!(with_ending("/a/map", Some("png")), "/a/map.png");
        assert_eq!(with_ending("/a/map.PNG", Some("png")), "/a/map.PNG");
        assert_eq!(with_ending("/a/map.svg", Some("png")), "/a/map.png");
        assert_eq!(with_ending("/a/map.v2", Some("png")), "/a/map.v2.png");
        assert_eq!(with_ending("/a/film.gif", None), "/a/film");
    }

    #[test]
    fn a_path_follows_the_choice_until_one_is_typed() {
        let mut draft = draft(Subject::Map);
        assert_eq!(draft.path, "/maps/world-2014-01-01.png");
        draft.choices.picture = PictureFormat::Svg;
        draft.offer_path(None, Day::new(0));
        assert!(draft.path.ends_with(".svg"));
        draft.path = "/mine.svg".to_owned();
        draft.choices.subject = Subject::Moving;
        draft.offer_path(None, Day::new(0));
        assert_eq!((draft.path.as_str(), draft.target()), ("/mine.svg", Some("/mine.gif".into())));
        draft.choices.moving = MovingFormat::Frames;
        assert_eq!(draft.target(), Some("/mine".into()));
        draft.path = "/maps/".to_owned();
        assert!(draft.plan(None, false).is_err_and(|why| why == "Type where to write it."));
    }

    #[test]
    fn only_what_the_systems_box_gave_is_replaced() {
        let mut draft = draft(Subject::Map);
        assert!(!draft.plan(None, false).unwrap().order.replace);
        draft.take_path(Path::new("/maps/old.png"));
        assert!(draft.plan(None, false).unwrap().order.replace);
        draft.path = "/maps/other.png".to_owned();
        assert!(!draft.plan(None, false).unwrap().order.replace);
    }

    #[test]
    fn a_film_has_both_its_dates_and_says_how_long_it_is() {
        let mut draft = draft(Subject::Moving);
        assert_eq!(draft.stride, "1w");
        draft.stride = "1y".to_owned();
        let plan = draft.plan(None, false).unwrap();
        assert_eq!(plan.sentence, "world-film.gif: 3 pictures in 3 seconds, 1920 × 1080 pixels");
        let Work::Moving { days, .. } = plan.order.work else { panic!("a film") };
        assert_eq!((days[0].to_string(), days[2].to_string()), ("2014-01-01".to_owned(), "2015-12-31".to_owned()));
        let wrong = |change: &dyn Fn(&mut Draft)| {
            let mut wrong = self::draft(Subject::Moving);
            change(&mut wrong);
            wrong.plan(None, false).err().unwrap_or_default()
        };
        assert_eq!(wrong(&|draft| draft.to = "2013".to_owned()), "The last date lies before the first.");
        assert!(wrong(&|draft| draft.from = "soon".to_owned()).starts_with("“soon” is no date"));
        assert!(wrong(&|draft| draft.stride = "1".to_owned()).contains("is no step"));
        assert!(wrong(&|draft| draft.choices.secs = "0".to_owned()).contains("seconds"));
        assert!(wrong(&|draft| draft.choices.size = "big".to_owned()).contains("1920x1080"));
        let too_many = wrong(&|draft| (draft.from, draft.stride) = ("1900".to_owned(), "1d".to_owned()));
        assert_eq!(too_many, "That would be more than 3000 pictures. A step of 1m is long enough.");
    }
}
