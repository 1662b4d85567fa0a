//! The picture of a lecture's scene that compares: both sides under one heading, one legend and one caption.

use std::sync::Arc;

use super::{Label, Layout, divider_items, labels, plate, shared_look, union_of_legends};
use crate::{
    geometry::Camera,
    model::{Atlas, Comparison, Project, View, WorldState},
    scene::{
        Frame, Item, ItemLayer, Layer, Look, Notes, Rect, Scene, SceneCache, SceneInput, SlideWords, Staging, Style, WorldLayer,
        compare::{difference_layer, difference_look},
        compose_with,
        notes::view_label,
        sheet::{Pane, Sheet},
        stage::{self, Stage},
    },
    time::Day,
};

/// Between two maps side by side, in points.
pub const PANE_GAP_POINTS: f32 = 4.0;
/// What plates keep clear of the upper edge and of the divider, in points.
const PLATE_MARGIN: f32 = 12.0;
/// Letters of the plates, in points: the largest that fit.
const PLATE_LETTERS: [f32; 4] = [26.0, 22.0, 19.0, 16.0];
/// Room kept free round a plate, in points.
const PLATE_ROOM: f32 = 6.0;

/// The other side of a lecture's picture.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherSide {
    /// Its day.
    pub day: Day,
    /// Its view.
    pub view: View,
    /// How the two are shown: swiped, side by side, or as what differs.
    pub layout: Layout,
}

/// Whether the divider of a picture can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene) enum Divider {
    /// No name crosses it.
    Stands,
    /// Names stand as if it were not there.
    Moves,
}

/// What surrounds the compared maps of a lecture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surround {
    /// Heading, legend, scale, notes and what the scene says, back to front, in points of the whole picture.
    pub items: Vec<Item>,
    /// What they cover; may be empty.
    pub covered: Vec<Rect>,
    /// Where the plates that name the sides begin, in points from the upper edge.
    pub plates_top: f32,
}

impl Surround {
    /// The surround of the pictures of both sides, with the legend of both. `notes` speak of both.
    pub fn new(scenes: &[&Scene], notes: &Notes, words: Option<&SlideWords>, size_points: [f64; 2], style: &Style) -> Self {
        let legend = union_of_legends(scenes.iter().copied());
        let Stage { items, covered, question_bottom } = Stage::new(notes, &legend, words, size_points, style);
        Self { items, covered, plates_top: question_bottom.max(PLATE_MARGIN) }
    }

    /// What is covered as a part sees it whose own corner lies at `origin`.
    pub fn covered_from(&self, origin: [f32; 2]) -> Vec<Rect> {
        self.covered.iter().map(|rect| rect.moved([-origin[0], -origin[1]])).collect()
    }
}

/// Notes that speak of both sides, of those of the second one.
pub fn note_both(notes: &mut Notes, atlas: &Atlas, before: (Day, &View), now: Day) {
    let (day, view) = before;
    let view = view_label(atlas, view);
    if day != now {
        notes.date = format!("{} → {}", day.label(), notes.date);
    }
    if view != notes.view {
        notes.view = format!("{view} → {}", notes.view.trim_start_matches("View: "));
    }
}

/// The place of the divider at the beginning, as a share of the width: the middle of what heading and legend leave free.
pub fn first_divider(size_points: [f64; 2]) -> f32 {
    let strip = stage::strip_points(size_points) / size_points[0].max(1.0) as f32;
    (1.0 + strip) / 2.0
}

/// What the sides are called in a lecture: the date as its scene gives it, which may be a month or a year.
pub fn staged_labels(atlas: &Atlas, sides: &[(&WorldState, Day)], words: Option<&SlideWords>) -> Vec<Label> {
    let mut labels = labels(atlas, sides);
    if let Some((day, said)) = words.and_then(|words| words.when.as_ref()) {
        let exact = day.label();
        let dates = labels.iter_mut().flat_map(|label| [&mut label.main, &mut label.second]).filter(|text| **text == exact);
        dates.for_each(|text| text.clone_from(said));
    }
    labels
}

/// A plate with the name of a side in the largest letters that fit into so many points.
pub fn fitting_plate(label: &Label, room: f32, style: &Style) -> f32 {
    let fits = |size: &&f32| plate(label, [0.0; 2], **size, style).1.width() <= room;
    PLATE_LETTERS.iter().find(fits).copied().unwrap_or(PLATE_LETTERS[PLATE_LETTERS.len() - 1])
}

/// The look of both sides: nobody changes colour from side to side. Unlike in other comparisons the second side keeps its events, as the scene tells of them.
#[must_use]
pub fn staged_look<'s>(atlas: &Atlas, project: Option<&Project>, look: &Look, states: impl IntoIterator<Item = &'s WorldState>) -> Look {
    let mut shared = shared_look(atlas, project, look, states);
    shared.layers.events = look.layers.events;
    shared
}

/// The look of the first side, which has no events: those of the scene are on the second.
#[must_use]
pub fn without_events(look: &Look) -> Look {
    let mut look = look.clone();
    (look.layers.events, look.layers.locator) = (Layer::HIDDEN, Layer::HIDDEN);
    look
}

/// The sheet of a scene that compares with `other`.
pub(in crate::scene) fn staged_sheet(
    (atlas, project): (&Atlas, &Project),
    (staging, other): (&Staging, &OtherSide),
    (size_points, moves): ([f64; 2], Divider),
) -> Sheet {
    let states = [WorldState::at(atlas, other.day, &other.view), WorldState::at(atlas, staging.day, &staging.view)].map(Arc::new);
    let maker = Maker { atlas, project, staging, other, states, size_points, moves, style: Style::new(staging.look.theme) };
    match other.layout {
        Layout::Difference => maker.difference(),
        Layout::Side => maker.two(maker.side_by_side()),
        Layout::Swipe | Layout::Multiples => maker.two(maker.halves()),
    }
}

struct Maker<'a> {
    atlas: &'a Atlas,
    project: &'a Project,
    staging: &'a Staging,
    other: &'a OtherSide,
    /// The world on the other side, and on that of the scene.
    states: [Arc<WorldState>; 2],
    size_points: [f64; 2],
    moves: Divider,
    style: Style,
}

/// Two parts of a sheet: where their maps lie, what is seen of each, and where the divider is, if there is one.
struct Parts {
    origins: [[f32; 2]; 2],
    clips: [Rect; 2],
    camera: Camera,
    divider: Option<f32>,
}

impl Maker<'_> {
    fn size(&self) -> [f32; 2] {
        self.size_points.map(|side| side as f32)
    }

    fn halves(&self) -> Parts {
        let [width, height] = self.size();
        let divider = (first_divider(self.size_points) * width).round();
        Parts {
            origins: [[0.0; 2]; 2],
            clips: [Rect::new(0.0, 0.0, divider, height), Rect::new(divider, 0.0, width - divider, height)],
            camera: self.staging.camera(self.size_points, Frame::Stage),
            divider: Some(divider),
        }
    }

    fn side_by_side(&self) -> Parts {
        let [width, height] = self.size();
        let strip = stage::strip_points(self.size_points);
        let own = ((width - strip - PANE_GAP_POINTS) / 2.0).floor();
        let clips = [strip, width - own].map(|left| Rect::new(left, 0.0, own, height));
        let camera = self.staging.camera([f64::from(own), self.size_points[1]], Frame::Stage);
        Parts { origins: clips.map(|clip| clip.min), clips, camera, divider: None }
    }

    fn scene(&self, side: usize, (camera, look): (Camera, &Look), covered: &[Rect], land: Option<Arc<WorldLayer>>) -> Scene {
        let (day, shown) =
            if side == 0 { (self.other.day, (self.other.day, self.other.day)) } else { (self.staging.day, self.staging.shown) };
        let input = SceneInput {
            atlas: self.atlas,
            state: &self.states[side],
            day,
            shown,
            project: Some(self.project),
            look,
            camera,
            selected_event: None,
            telling: &self.staging.telling,
            frame: Frame::Pane { covered },
        };
        compose_with(&input, &mut SceneCache::default(), land)
    }

    fn surround(&self, scenes: &[&Scene]) -> (Notes, Surround) {
        let mut notes = scenes.last().map(|scene| scene.notes.clone()).unwrap_or_default();
        note_both(&mut notes, self.atlas, (self.other.day, &self.other.view), self.staging.day);
        let surround = Surround::new(scenes, &notes, self.staging.telling.words.as_ref(), self.size_points, &self.style);
        (notes, surround)
    }

    fn two(&self, Parts { origins, clips, camera, divider }: Parts) -> Sheet {
        let own = staged_look(self.atlas, Some(self.project), &self.staging.look, self.states.iter().map(|state| &**state));
        let looks = [without_events(&own), own];
        let drafts = [0, 1].map(|side| self.scene(side, (camera, &looks[side]), &[], None));
        let (notes, surround) = self.surround(&[&drafts[0], &drafts[1]]);
        let sides = [(&*self.states[0], self.other.day), (&*self.states[1], self.staging.day)];
        let names = staged_labels(self.atlas, &sides, self.staging.telling.words.as_ref());
        let plates = [0, 1].map(|side| self.plate(&names[side], &clips[side], (side, divider, surround.plates_top)));
        let covered = |side: usize| -> Vec<Rect> {
            let from = |rect: &Rect| rect.moved(origins[side].map(|at| -at));
            let words = surround.covered_from(origins[side]);
            words.into_iter().chain(plates.iter().map(|(_, rect)| from(rect).grown(PLATE_ROOM))).collect()
        };
        let within = |side: usize, told: &[Rect]| -> Vec<Rect> {
            let mut covered = covered(side);
            covered.extend((divider.is_some() && self.moves == Divider::Stands).then(|| clips[1 - side].grown(3.0)));
            covered.extend_from_slice(told);
            covered
        };
        // What happened is told over both halves of one day, and else on its own.
        let over_both = divider.is_some() && self.other.day == self.staging.day;
        let (told, signs) = if over_both { self.told((camera, &looks[1]), &covered(1)) } else { Default::default() };
        let first = self.scene(0, (camera, &looks[0]), &within(0, &told), None);
        let mut second_look = looks[1].clone();
        if over_both {
            second_look.layers.events = Layer::HIDDEN;
        }
        let second = self.scene(1, (camera, &second_look), &within(1, &told), None);
        let panes = [first, second].into_iter().zip(origins.into_iter().zip(clips));
        let panes = panes.map(|(scene, (origin, clip))| Pane { origin, clip, scene }).collect();
        let line = divider.map(|x| divider_items(x, self.size()[1], &self.style)).unwrap_or_default();
        let line = line.into_iter().chain(plates.into_iter().flat_map(|(items, _)| items)).collect();
        Sheet { divider: line, told: signs, ..Sheet::staged(self.size_points, panes, surround.items, &notes) }
    }

    /// The signs and callouts of what happened, back to front, and what they cover.
    fn told(&self, of: (Camera, &Look), covered: &[Rect]) -> (Vec<Rect>, Vec<(ItemLayer, Vec<Item>)>) {
        let scene = self.scene(1, of, covered, None);
        let groups = scene.groups.iter().filter(|group| matches!(group.layer, ItemLayer::Events | ItemLayer::Callouts));
        let signs = groups.map(|group| (group.layer, scene.items[group.items.clone()].to_vec())).collect();
        let boxes = scene.callouts.iter().map(|callout| callout.rect).chain(scene.signs.markers.iter().map(|marker| marker.rect()));
        (boxes.collect(), signs)
    }

    /// The plate of a side: at the divider, or over the middle of its map.
    fn plate(&self, label: &Label, clip: &Rect, (side, divider, top): (usize, Option<f32>, f32)) -> (Vec<Item>, Rect) {
        let strip = stage::strip_points(self.size_points);
        let room = clip.max[0] - clip.min[0].max(strip) - 2.0 * PLATE_MARGIN;
        let letters = fitting_plate(label, room, &self.style);
        let width = plate(label, [0.0; 2], letters, &self.style).1.width();
        let left = match divider {
            Some(x) if side == 0 => x - PLATE_MARGIN - width,
            Some(x) => x + PLATE_MARGIN,
            None => clip.middle()[0] - width / 2.0,
        };
        plate(label, [left, top], letters, &self.style)
    }

    fn difference(&self) -> Sheet {
        let comparison = Comparison::new(self.atlas, self.states[0].clone(), self.states[1].clone());
        let land = Arc::new(difference_layer(self.atlas, &comparison, &self.staging.look));
        let mut look = difference_look(&self.staging.look, &comparison.parties());
        look.layers.events = self.staging.look.layers.events;
        let camera = self.staging.camera(self.size_points, Frame::Stage);
        let draft = self.scene(1, (camera, &look), &[], Some(land.clone()));
        let (notes, surround) = self.surround(&[&draft]);
        let scene = self.scene(1, (camera, &look), &surround.covered, Some(land));
        let [width, height] = self.size();
        let pane = Pane { origin: [0.0; 2], clip: Rect::new(0.0, 0.0, width, height), scene };
        Sheet::staged(self.size_points, vec![pane], surround.items, &notes)
    }
}
