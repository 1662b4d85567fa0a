//! A scene of a lecture made ready to be drawn: date, view, look, camera and telling of one of its pictures.

use std::collections::BTreeSet;

use super::{
    Frame, Look, Scene, SceneInput, SlideWords, Telling, Theme,
    compare::{Divider, Layout, OtherSide, staged_sheet},
    compose,
    furniture::{print_camera, sheet_camera},
    sheet::Sheet,
    stage::{self, Reserved},
};
use crate::{
    geometry::{BoundingBox, Camera, Projection},
    model::{
        Atlas, Project, Slide, View, WorldState,
        event::EventFilter,
        slide::{CalloutsShown, LAYER_PREFIX, SlideKind},
    },
    time::Day,
};

/// Events are shown for so many days after they happened where a scene does not say since when.
const EVENT_DAYS: i64 = 365;

/// One picture of a scene, before anything is drawn.
#[derive(Clone, Debug)]
pub struct Staging {
    /// The day.
    pub day: Day,
    /// The first and the last day whose events are shown.
    pub shown: (Day, Day),
    /// Whose picture of the world.
    pub view: View,
    /// Theme, layers, alliances, focus; not yet coloured for the day: see [`Look::colored`].
    pub look: Look,
    /// What to fit; `None` for the whole world.
    pub bbox: Option<BoundingBox>,
    /// How the globe is flattened.
    pub projection: Projection,
    /// What is said, and what is not told yet.
    pub telling: Telling,
    /// What the scene says in each of its pictures: the map leaves room for all of it.
    pub said: Vec<SlideWords>,
    /// What it is compared with; `None` for one map.
    pub other: Option<OtherSide>,
}

impl Staging {
    /// The picture of a scene after so many of its steps (0 for the first). `theme` is for scenes that do not name their own. Words that nobody
    /// knows count as if they were not there; the rules of content report them.
    pub fn new(atlas: &Atlas, project: &Project, slide: &Slide, step: usize, theme: Theme) -> Self {
        let opening = &project.opening;
        // A document that does not say when it opens is shown as its last event left it.
        let last = project.events.last().map_or(Day::new(0), |event| event.span.first_day());
        // What began within a month or year that a scene names has begun: its last day stands for it.
        let day = slide.date_at(step).map_or_else(|| opening.day.unwrap_or(last), |date| date.latest);
        let since = slide.since.as_ref().map_or_else(|| day.plus_days(-EVENT_DAYS), |since| since.earliest.min(day));
        let bbox = slide.bbox.or(opening.bbox);
        let fitting = || if slide.bbox.is_some() { Projection::fitting(bbox) } else { opening.projection };
        let view = slide.view.as_ref().unwrap_or(&opening.view);
        Self {
            day,
            shown: (since, day),
            view: view.clone(),
            look: look(atlas, project, slide, step, theme),
            bbox,
            projection: slide.projection.unwrap_or_else(fitting),
            telling: telling(project, slide, step, day),
            said: (0..slide.picture_count()).map(|step| words(slide, step, day)).collect(),
            other: other_side(slide, step, (day, view)),
        }
    }

    /// The camera of a picture of this size: what the scene is about lies beside what surrounds the map.
    pub fn camera(&self, size_points: [f64; 2], frame: Frame) -> Camera {
        match frame {
            Frame::Stage if self.other.as_ref().is_some_and(|other| other.layout == Layout::Side) => {
                let reserved = Reserved::new(&self.said, [2.0 * size_points[0], size_points[1]], true);
                stage::pane_camera(self.projection, self.bbox, size_points, reserved)
            }
            Frame::Stage => {
                let names_sides = self.other.as_ref().is_some_and(|other| other.layout == Layout::Swipe);
                let free = [size_points[0] - f64::from(stage::strip_points(size_points)), size_points[1]];
                stage::camera(self.projection, self.bbox, size_points, Reserved::new(&self.said, free, names_sides))
            }
            Frame::Sheet => sheet_camera(self.projection, self.bbox, size_points),
            Frame::Print | Frame::Window { .. } | Frame::Pane { .. } => print_camera(self.projection, self.bbox, size_points),
        }
    }

    /// The picture of a lecture, as large as `size_points`: one map, or both sides of a comparison.
    pub fn sheet(&self, atlas: &Atlas, project: &Project, size_points: [f64; 2]) -> Sheet {
        match &self.other {
            Some(other) => staged_sheet((atlas, project), (self, other), (size_points, Divider::Stands)),
            None => Sheet::of_scene(self.scene(atlas, project, size_points, Frame::Stage)),
        }
    }

    /// The same for where a hand can move the divider: names stand on both sides of it. `None` where nothing is compared.
    pub fn sheet_to_swipe(&self, atlas: &Atlas, project: &Project, size_points: [f64; 2]) -> Option<Sheet> {
        let other = self.other.as_ref()?;
        Some(staged_sheet((atlas, project), (self, other), (size_points, Divider::Moves)))
    }

    /// Composes the picture of its own side for `frame`, as large as `size_points`.
    pub fn scene(&self, atlas: &Atlas, project: &Project, size_points: [f64; 2], frame: Frame) -> Scene {
        let state = WorldState::at(atlas, self.day, &self.view);
        let look = self.look.colored(atlas, Some(project), &state);
        compose(&SceneInput {
            atlas,
            state: &state,
            day: self.day,
            shown: self.shown,
            project: Some(project),
            look: &look,
            camera: self.camera(size_points, frame),
            selected_event: None,
            telling: &self.telling,
            frame,
        })
    }
}

fn look(atlas: &Atlas, project: &Project, slide: &Slide, step: usize, theme: Theme) -> Look {
    let mut look = Look::of_project(atlas, project, slide.theme.parse().unwrap_or(theme));
    look.coloring = slide.coloring.parse().unwrap_or_default();
    look.events = EventFilter::from_id(&slide.events).unwrap_or_default();
    if let Some(alliances) = &slide.alliances {
        look.alliances.clone_from(alliances);
    }
    let polities: Vec<_> = slide.highlight.iter().filter_map(|id| atlas.polities.find(id)).collect();
    if !polities.is_empty() {
        look.focus = polities;
        look.focus.sort_unstable();
        look.focus.dedup();
    }
    for (name, opacity) in &slide.layers {
        if let Some(layer) = look.layers.named_mut(name) {
            (layer.visible, layer.opacity) = (*opacity > 0.0, if *opacity > 0.0 { *opacity } else { 1.0 });
        }
    }
    for name in slide.hidden_at(step).filter_map(|id| id.strip_prefix(LAYER_PREFIX)) {
        look.layers.named_mut(name).into_iter().for_each(|layer| layer.visible = false);
    }
    // Names would give the answer away.
    if slide.kind == SlideKind::Quiz && !slide.is_answered(step) {
        look.layers.labels.visible = false;
    }
    if matches!(slide.kind, SlideKind::Title | SlideKind::Text | SlideKind::Black) {
        for layer in
            [&mut look.layers.labels, &mut look.layers.events, &mut look.layers.cities, &mut look.layers.places, &mut look.layers.waters]
        {
            layer.visible = false;
        }
    }
    look
}

/// What a scene is compared with: a map, or the answer of a quiz, which it would give away before.
fn other_side(slide: &Slide, step: usize, (day, view): (Day, &View)) -> Option<OtherSide> {
    let compare = slide.compare.as_ref()?;
    let shows = match slide.kind {
        SlideKind::Map => true,
        SlideKind::Quiz => slide.is_answered(step),
        SlideKind::Title | SlideKind::Text | SlideKind::Black => false,
    };
    shows.then(|| OtherSide {
        day: compare.at.as_ref().map_or(day, |date| date.latest),
        view: compare.view.clone().unwrap_or_else(|| view.clone()),
        layout: compare.layout.parse().unwrap_or(Layout::Swipe),
    })
}

fn telling(project: &Project, slide: &Slide, step: usize, day: Day) -> Telling {
    let untold: BTreeSet<String> = slide.hidden_at(step).filter(|id| !id.starts_with(LAYER_PREFIX)).map(str::to_owned).collect();
    let pinned = slide.pinned.iter().filter(|id| !untold.contains(*id));
    let position = |id: &String| project.events.iter().position(|event| event.id == *id);
    Telling {
        pinned: pinned.filter_map(position).collect(),
        all_folded: slide.callouts == CalloutsShown::Folded,
        only_pinned: slide.callouts == CalloutsShown::Pinned,
        highlighted: slide.highlight.iter().filter(|id| !untold.contains(*id)).cloned().collect(),
        fresh: step
            .checked_sub(1)
            .and_then(|last| slide.steps.get(last))
            .map_or_else(Vec::new, |last| last.show.iter().filter_map(position).collect()),
        untold,
        words: Some(words(slide, step, day)),
        ..Telling::default()
    }
}

/// What a scene says in one of its pictures, whose day is `day`.
fn words(slide: &Slide, step: usize, day: Day) -> SlideWords {
    SlideWords {
        kind: slide.kind,
        title: slide.title.clone(),
        caption: slide.caption_at(step).to_owned(),
        text: slide.text.clone(),
        when: slide.date_at(step).map(|date| (day, date.label())),
        question: slide.question.clone(),
        answer: slide.is_answered(step).then(|| slide.answer.clone()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::slide::{COLORINGS, LAYERS, THEMES},
        scene::{Coloring, Layer, Layers, Theme},
    };

    #[test]
    fn the_words_of_scenes_are_ours() {
        assert_eq!(Theme::ALL.map(Theme::id), THEMES);
        assert_eq!(Coloring::ALL.map(Coloring::id), COLORINGS);
        let mut layers = Layers::default();
        for name in LAYERS {
            *layers.named_mut(name).unwrap() = Layer { visible: true, opacity: 0.5 };
        }
        assert!(layers.all().iter().all(|layer| layer.opacity == 0.5), "each name is another layer");
        assert!(layers.named_mut("polity").is_none());
    }
}
