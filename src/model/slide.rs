//! Scenes of a lecture: what is on the map, what is said, and what comes one by one. In code a scene is a *slide*, as `Scene` is the picture.

use super::{AllianceId, View};
use crate::{
    geometry::{BoundingBox, Projection},
    time::Date,
};

/// One scene of a lecture. What it leaves open (`None`, empty) is as the document opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slide {
    /// Unique among the scenes of the document.
    pub id: String,
    /// What it is called in lists, and the heading of title and text scenes. May be empty.
    pub title: String,
    /// The part of the lecture that it belongs to; empty for none. Scenes of one group stand together.
    pub group: String,
    /// What it is.
    pub kind: SlideKind,
    /// The date; that of the document's opening if `None`.
    pub at: Option<Date>,
    /// Events are shown from this date on; those of the year before `at` if `None`.
    pub since: Option<Date>,
    /// Whose picture of the world.
    pub view: Option<View>,
    /// What to fit.
    pub bbox: Option<BoundingBox>,
    /// How the globe is flattened.
    pub projection: Option<Projection>,
    /// The name of a theme; that of whoever presents if empty.
    pub theme: String,
    /// The name of what colours tell; the story if empty.
    pub coloring: String,
    /// Layers by their names with their opacity, 0 (hidden) to 1; the others are as they are by default.
    pub layers: Vec<(String, f32)>,
    /// The alliances that are coloured; those of the opening if `None`.
    pub alliances: Option<Vec<AllianceId>>,
    /// Which events are shown: `all`, or the name of a kind or family. All if empty.
    pub events: String,
    /// What it is about: ids of polities, which stand out in colour, and of features, which are outlined.
    pub highlight: Vec<String>,
    /// Events whose callouts stay, whatever the date.
    pub pinned: Vec<String>,
    /// Whether callouts are open, folded to their titles, or not there.
    pub callouts: CalloutsShown,
    /// One or two sentences below the map. May be empty.
    pub caption: String,
    /// The words of a title or text scene: paragraphs divided by blank lines, and lines that begin with `- `. May be empty.
    pub text: String,
    /// What the speaker alone sees. May be empty.
    pub notes: String,
    /// What is asked, in a quiz; empty elsewhere.
    pub question: String,
    /// What the next key tells, in a quiz.
    pub answer: String,
    /// How long it is planned to take, in seconds; `None` if nothing is planned.
    pub seconds: Option<f64>,
    /// How the map comes here from the scene before.
    pub transition: Transition,
    /// What comes one by one, each with a key.
    pub steps: Vec<SlideStep>,
    /// What the map is compared with; `None` for one map.
    pub compare: Option<Compared>,
}

/// What a scene is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SlideKind {
    /// A map.
    #[default]
    Map,
    /// A title over a map that recedes.
    Title,
    /// Text over a map that recedes.
    Text,
    /// A map with a question; the names that would give the answer away come with it.
    Quiz,
    /// Nothing: eyes on the speaker.
    Black,
}

impl SlideKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Map, Self::Title, Self::Text, Self::Quiz, Self::Black];

    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Title => "title",
            Self::Text => "text",
            Self::Quiz => "quiz",
            Self::Black => "black",
        }
    }

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Title => "Title",
            Self::Text => "Text",
            Self::Quiz => "Quiz",
            Self::Black => "Black",
        }
    }

    /// The kind of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// Which callouts a scene has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CalloutsShown {
    /// In full.
    #[default]
    Open,
    /// Titles alone.
    Folded,
    /// Only those of the events that the scene pins.
    Pinned,
}

impl CalloutsShown {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Open, Self::Folded, Self::Pinned];

    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Folded => "folded",
            Self::Pinned => "pinned",
        }
    }

    /// The one of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.id() == id)
    }
}

/// How the map comes from one scene to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Transition {
    /// At once.
    Cut,
    /// Camera and time glide for so many seconds.
    Glide(f64),
}

impl Transition {
    /// The longest glide, in seconds.
    pub const LONGEST_SECS: f64 = 10.0;
}

impl Default for Transition {
    fn default() -> Self {
        Self::Glide(1.2)
    }
}

/// Something that a key brings within a scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlideStep {
    /// Features that were not there before it, by id; and layers, as `layer:claims`.
    pub show: Vec<String>,
    /// The date from here on; that of before if `None`.
    pub at: Option<Date>,
    /// The caption from here on; that of before if `None`.
    pub caption: Option<String>,
}

/// The other side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its date; that of the scene if `None`.
    pub at: Option<Date>,
    /// Its view; that of the scene if `None`.
    pub view: Option<View>,
    /// `swipe`, `side` or `difference`.
    pub layout: String,
}

/// The names of themes, as scenes and the command line have them.
pub const THEMES: [&str; 4] = ["light", "dark", "high-contrast", "print"];
/// The names of what colours tell.
pub const COLORINGS: [&str; 4] = ["story", "political", "alliances", "disputes"];
/// The names of layers.
pub const LAYERS: [&str; 15] = [
    "polities",
    "claims",
    "alliances",
    "borders",
    "regions",
    "lines",
    "events",
    "places",
    "annotations",
    "cities",
    "waters",
    "labels",
    "locator",
    "graticule",
    "today",
];

/// What a step shows that is a layer and no feature.
pub const LAYER_PREFIX: &str = "layer:";

impl Slide {
    /// How many pictures it has, one key apart: the first, one for each step, and the answer of a quiz.
    pub fn picture_count(&self) -> usize {
        1 + self.steps.len() + usize::from(self.kind == SlideKind::Quiz)
    }

    /// Whether the answer of a quiz is there in the picture at `step` (0 is the first); never in other scenes.
    pub fn is_answered(&self, step: usize) -> bool {
        self.kind == SlideKind::Quiz && step > self.steps.len()
    }

    /// What is not there yet at `step`: features and layers that later steps show.
    pub fn hidden_at(&self, step: usize) -> impl Iterator<Item = &str> {
        let shown = self.steps.iter().take(step);
        let later = self.steps.iter().skip(step).flat_map(|later| &later.show);
        let is_shown = move |id: &&String| shown.clone().any(|earlier| earlier.show.contains(id));
        later.filter(move |id| !is_shown(id)).map(String::as_str)
    }

    /// The date at `step`; `None` if it is that of the opening.
    pub fn date_at(&self, step: usize) -> Option<&Date> {
        self.steps.iter().take(step).rev().find_map(|step| step.at.as_ref()).or(self.at.as_ref())
    }

    /// The caption at `step`. May be empty.
    pub fn caption_at(&self, step: usize) -> &str {
        self.steps.iter().take(step).rev().find_map(|step| step.caption.as_deref()).unwrap_or(&self.caption)
    }

    /// What lists call it: its title, else what it asks or says first. Empty only for a scene without any words.
    pub fn label(&self) -> &str {
        let words = [&self.title, &self.question, &self.caption];
        words.into_iter().find(|words| !words.is_empty()).map_or(self.kind.label(), |words| words.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(show: &[&str], at: Option<&str>, caption: Option<&str>) -> SlideStep {
        SlideStep {
            show: show.iter().map(|id| (*id).to_owned()).collect(),
            at: at.map(|at| Date::parse(at).unwrap()),
            caption: caption.map(str::to_owned),
        }
    }

    #[test]
    fn steps_show_one_by_one() {
        let steps = vec![step(&["a"], None, None), step(&["b", "layer:claims"], Some("2014"), Some("Then")), step(&["a"], None, None)];
        let slide = Slide { steps, caption: "First".to_owned(), ..Slide::default() };
        let hidden = |step| slide.hidden_at(step).collect::<Vec<_>>();
        assert_eq!(hidden(0), ["a", "b", "layer:claims", "a"]);
        assert_eq!(hidden(1), ["b", "layer:claims"]);
        assert_eq!((hidden(2).len(), hidden(3).len(), slide.picture_count()), (0, 0, 4));
        assert_eq!((slide.caption_at(1), slide.caption_at(2), slide.caption_at(3)), ("First", "Then", "Then"));
        assert_eq!((slide.date_at(1), slide.date_at(3).map(|date| date.text.as_str())), (None, Some("2014")));
    }

    #[test]
    fn a_quiz_answers_after_its_steps() {
        let quiz = Slide { kind: SlideKind::Quiz, steps: vec![SlideStep::default()], ..Slide::default() };
        assert_eq!((0..quiz.picture_count()).map(|step| quiz.is_answered(step)).collect::<Vec<_>>(), [false, false, true]);
        assert!(!Slide::default().is_answered(1));
    }
}
