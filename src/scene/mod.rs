//! The one picture: `(Atlas, Project, WorldState, Look)` and a camera become plain values that the window, SVG and PNG all paint.
//!
//! Three parts change at three paces, and each is cached by a small key of its own:
//!
//! - [`WorldLayer`]: the fill of every unit and the class of every arc; changes with the era, the view and the look;
//! - [`Scene::items`]: what lies over the land, in screen points, back to front; changes with camera, day and selection;
//! - [`Legend`] and [`Notes`]: what the picture says of itself.
//!
//! [`compose`] makes all of it; a window that makes many pictures keeps a [`SceneCache`] and calls [`compose_with`].

pub mod annotations;
mod bent;
pub mod bidi;
mod blend;
pub mod callouts;
pub mod chart;
pub mod cities;
pub mod color;
pub mod compare;
mod compose;
pub mod copies;
mod crowd;
pub mod curve;
pub mod flat;
pub mod fonts;
pub mod furniture;
pub mod glyphs;
pub mod graticule;
mod horizon;
pub mod hues;
pub mod item;
pub mod labels;
pub mod legend;
mod locator;
pub mod look;
pub mod markers;
pub mod names;
pub mod notes;
pub mod outline;
pub mod overlay;
pub mod scripts;
pub mod shaping;
pub mod sheet;
pub mod spine;
mod stage;
pub mod staging;
pub mod style;
pub mod symbol;
pub mod telling;
pub mod territory;
pub mod tint;
pub mod twin;
pub mod waters;
pub mod world;

use std::sync::Arc;

pub use compose::{SceneCache, compose, compose_with};
pub use item::{Anchor, Face, Fill, Group, Item, ItemLayer, Rect, Text};
pub use labels::{LabelPlaces, LabelWork};
pub use legend::Legend;
pub use look::{Coloring, Layer, Layers, Look};
pub use notes::Notes;
pub use overlay::Signs;
pub use stage::{SMALLEST_POINTS, STAGE_POINTS, strip_points};
pub use staging::Staging;
pub use style::{Dash, Rgba, Stroke, Style, Theme};
pub use telling::{SlideWords, Telling};
pub use twin::Twin;
pub use world::WorldLayer;

use crate::{
    geometry::{Camera, measure::EARTH_RADIUS_KM, topology},
    model::{
        Annotation, Atlas, Project, WorldState,
        project::{Common, Line, Place, Region},
    },
    time::Day,
};

/// Everything that a picture is made of.
#[derive(Clone, Debug)]
pub struct SceneInput<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The world on the day, in the view. Its own `day` may be another one of the same era, in which nothing changes.
    pub state: &'a WorldState,
    /// The day that is shown: names, regions, lines and the date in the notes are of this day.
    pub day: Day,
    /// The first and the last day whose events are shown; both the same day for "as of", see `time::TimeMode`.
    pub shown: (Day, Day),
    /// The project over it, if any.
    pub project: Option<&'a Project>,
    /// What the person chose.
    pub look: &'a Look,
    /// Where it looks.
    pub camera: Camera,
    /// The event that is selected: its position in [`Project::events`].
    pub selected_event: Option<usize>,
    /// What was done by hand with callouts and piles; the default in exports.
    pub telling: &'a Telling,
    /// What surrounds the map.
    pub frame: Frame<'a>,
}

impl<'a> SceneInput<'a> {
    /// The smallest letters of the picture, in points; 0 where nothing is asked of them. On the stage of a lecture the last row is to read all of it:
    /// rather fewer names than smaller ones.
    pub fn smallest_letters(&self) -> f32 {
        let is_staged = match self.frame {
            Frame::Stage => true,
            Frame::Pane { .. } => self.telling.words.is_some(),
            Frame::Window { .. } | Frame::Sheet | Frame::Print => false,
        };
        if is_staged { SMALLEST_POINTS } else { 0.0 }
    }

    /// The size of letters that a map elsewhere sets in so many points.
    pub fn letters(&self, points: f32) -> f32 {
        points.max(self.smallest_letters())
    }

    /// The regions of the project that are told of, if their layer is shown, on whatever day.
    pub fn regions(&self) -> impl Iterator<Item = &'a Region> + use<'a> {
        let project = self.project.filter(|_| self.look.layers.regions.visible);
        told((self.telling, self.project), project.map_or(&[][..], |project| &project.regions), |region| &region.common)
    }

    /// Whether a feature is told of: neither held back for a later step nor in a hidden layer of the author.
    pub fn is_told(&self, common: &Common) -> bool {
        is_told((self.telling, self.project), common)
    }

    /// The lines, likewise.
    pub fn lines(&self) -> impl Iterator<Item = &'a Line> + use<'a> {
        let project = self.project.filter(|_| self.look.layers.lines.visible);
        told((self.telling, self.project), project.map_or(&[][..], |project| &project.lines), |line| &line.common)
    }

    /// Arrows, texts and callouts, likewise.
    pub fn annotations(&self) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let project = self.project.filter(|_| self.look.layers.annotations.visible);
        told((self.telling, self.project), project.map_or(&[][..], |project| &project.annotations), |annotation| &annotation.common)
    }

    /// The places, likewise.
    pub fn places(&self) -> impl Iterator<Item = &'a Place> + use<'a> {
        let project = self.project.filter(|_| self.look.layers.places.visible);
        told((self.telling, self.project), project.map_or(&[][..], |project| &project.places), |place| &place.common)
    }
}

fn told<'a, T>(
    (telling, project): (&'a Telling, Option<&'a Project>),
    all: &'a [Arc<T>],
    common: impl Fn(&'a T) -> &'a Common,
) -> impl Iterator<Item = &'a T> {
    all.iter().map(Arc::as_ref).filter(move |thing| is_told((telling, project), common(thing)))
}

fn is_told((telling, project): (&Telling, Option<&Project>), common: &Common) -> bool {
    telling.tells(&common.id) && project.is_none_or(|project| project.draws_layer(&common.layer))
}

/// What surrounds the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frame<'a> {
    /// A window with panels of its own over these boxes: names and callouts keep clear of them.
    Window {
        /// Boxes in screen points; may be empty.
        covered: &'a [Rect],
    },
    /// The picture of a lecture's scene, as high as [`STAGE_POINTS`]: date, view, legend, scale and notes in few large words, with what the scene says.
    Stage,
    /// The picture on a sheet of paper: the map alone, as title, date, legend, scale and notes stand beside it.
    Sheet,
    /// A picture that stands alone: title, date, legend, scale and notes are drawn into it, as [`ItemLayer::Furniture`].
    Print,
    /// A part of a [`sheet::Sheet`]: as a print, but what a print says of itself is said by the sheet, over these boxes or beside the part.
    Pane {
        /// Boxes in screen points; may be empty.
        covered: &'a [Rect],
    },
}

/// One callout: laid out here so that it covers neither its place nor another. The window may draw `rect` with its own text widgets.
#[derive(Clone, Debug, PartialEq)]
pub struct Callout {
    /// Position of the event in [`Project::events`].
    pub event: usize,
    /// The place of the event on the screen.
    pub anchor: [f32; 2],
    /// The box of the callout.
    pub rect: Rect,
    /// The line from the place to the edge of the box, by way of the symbol where that stands beside the place; two or three points.
    pub leader: Vec<[f32; 2]>,
    /// The title, broken into lines.
    pub title: Vec<String>,
    /// The date as the source gives it and, where it fits, the place: `15 June 2020 · Galwan Valley`.
    pub date: String,
    /// What happened, broken into lines, shortened to what fits; empty for a callout of little importance.
    pub text: Vec<String>,
    /// In a print the other events of its pile, broken into lines; else empty.
    pub also: Vec<String>,
    /// Names of the parties and the number of sources, broken into lines: `India · China · 3 sources`.
    pub parties: Vec<String>,
    /// The row that says that accounts differ; `None` where they do not, or where the callout is folded.
    pub accounts: Option<Rect>,
    /// Whether it stays, whatever the date.
    pub pinned: bool,
    /// Whether it is folded to its title: the other words are empty.
    pub folded: bool,
    /// Alpha, 0 to 1: fades with the certainty of the date.
    pub opacity: f32,
    /// None of its letters is smaller, in points: see [`SceneInput::smallest_letters`].
    pub smallest_letters: f32,
}

/// The whole picture.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width and height of the picture in points.
    pub size_points: [f64; 2],
    /// Where it looks.
    pub camera: Camera,
    /// The level of detail of arcs and rings: see [`level_for`].
    pub level: usize,
    /// The land.
    pub world: Arc<WorldLayer>,
    /// What lies over it, back to front. Callouts are here too, as boxes and texts of [`ItemLayer::Callouts`]: whoever draws
    /// [`Scene::callouts`] with widgets leaves that group out.
    pub items: Vec<Item>,
    /// Which items belong to which layer, in order; together all of them.
    pub groups: Vec<Group>,
    /// The signs of events, as they are among the items.
    pub signs: Signs,
    /// The callouts.
    pub callouts: Vec<Callout>,
    /// What the signs mean: only of what is to be seen.
    pub legend: Legend,
    /// What every map says of itself.
    pub notes: Notes,
}

impl Scene {
    /// The same without page and water, so that the land lies on whatever it is put on.
    #[must_use]
    pub fn without_ground(mut self) -> Self {
        let style = &mut Arc::make_mut(&mut self.world).style;
        (style.page, style.water) = (style.page.faded(0.0), style.water.faded(0.0));
        self
    }

    /// What surrounds the map: title, date, legend, scale, notes, in a lecture what the scene says. Empty in a window.
    pub fn furniture(&self) -> &[Item] {
        let group = self.groups.iter().find(|group| group.layer == ItemLayer::Furniture);
        group.map_or(&[], |group| &self.items[group.items.clone()])
    }

    /// Whether page and water are left out.
    pub fn has_no_ground(&self) -> bool {
        self.world.style.page.opacity() == 0.0
    }
}

/// The coarsest level of detail that shows nothing coarser than half a point.
pub fn level_for(camera: &Camera) -> usize {
    usize::from(topology::level_for(camera.degrees_per_point()))
}

/// How far borders that are marked as approximate may be off.
const APPROXIMATE_KM: f64 = 25.0;
/// The furthest that a soft edge reaches beyond its line, in points: still a line, not a band.
pub const MOST_SOFT_POINTS: f32 = 5.0;
/// The nearest: less cannot be seen, and from far away it would be dirt.
const LEAST_SOFT_POINTS: f32 = 0.8;

/// How far the soft edge of an approximate border reaches beyond its line, in points: no further than the border may be off at this scale.
pub fn soft_points(camera: &Camera) -> f32 {
    let km_per_point = camera.degrees_per_point() * KM_PER_DEGREE;
    ((APPROXIMATE_KM / km_per_point) as f32).clamp(LEAST_SOFT_POINTS, MOST_SOFT_POINTS)
}

/// Kilometres in a degree of a great circle.
const KM_PER_DEGREE: f64 = EARTH_RADIUS_KM * std::f64::consts::PI / 180.0;
