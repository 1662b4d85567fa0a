//! Pictures of two or more states of the world: side by side, cut at a divider, as a grid of dates, and as their difference.

mod card;
mod difference;
pub mod list;
mod staged;

use std::{str::FromStr, sync::Arc};

pub(in crate::scene) use difference::alike;
pub use difference::{difference_layer, difference_look};
pub use list::ChangeList;

pub use card::plate;
pub(in crate::scene) use staged::{Divider, staged_sheet};
pub use staged::{
    OtherSide, PANE_GAP_POINTS, Surround, first_divider, fitting_plate, note_both, staged_labels, staged_look, without_events,
};

use self::card::{Card, legend_beside_list};
use super::{
    Frame, Item, Layer, Legend, Look, Notes, Rect, Rgba, Scene, SceneCache, SceneInput, Style, Telling, WorldLayer, compose_with,
    furniture::{CARD_WIDTH, MARGIN, WIDE_ENOUGH, print_camera},
    item::Fill,
    legend::{LegendGroup, LegendRow, MANY_CLAIMS},
    notes::view_label,
    sheet::{Pane, Sheet, grid},
    style::Stroke,
};
use crate::{
    geometry::{BoundingBox, Camera, Projection},
    model::{Atlas, Comparison, Project, Sandbox, WorldState, comparison::membership_changes},
    time::Day,
};

/// How states are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One map, cut at a divider: on the left the one, on the right the other.
    Swipe,
    /// Two maps that show the same land.
    Side,
    /// One map of what differs.
    #[default]
    Difference,
    /// Four or nine maps in a grid.
    Multiples,
}

/// A layout was named that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no layout is called `{0}`; there are `swipe`, `side`, `difference` and `multiples`")]
pub struct UnknownLayout(pub String);

impl Layout {
    /// Every one, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Swipe, Self::Side, Self::Difference, Self::Multiples];

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Swipe => "swipe",
            Self::Side => "side",
            Self::Difference => "difference",
            Self::Multiples => "multiples",
        }
    }

    /// Whether it can show so many states.
    pub const fn takes(self, count: usize) -> bool {
        match self {
            Self::Swipe | Self::Side | Self::Difference => count == 2,
            Self::Multiples => count == 4 || count == 9,
        }
    }
}

impl FromStr for Layout {
    type Err = UnknownLayout;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.id() == text).ok_or_else(|| UnknownLayout(text.to_owned()))
    }
}

/// A state of the world as one side of a comparison.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The world; its own `day` may be another one of the same era.
    pub state: Arc<WorldState>,
    /// The day that is shown.
    pub day: Day,
}

/// What one side is called: what differs in large letters, what does not in small ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The date; where only views differ the view.
    pub main: String,
    /// The view; where only views differ the date.
    pub second: String,
}

/// What the sides of a comparison are called, in their order.
pub fn labels(atlas: &Atlas, sides: &[(&WorldState, Day)]) -> Vec<Label> {
    let same_day = sides.windows(2).all(|pair| pair[0].1 == pair[1].1) && sides.windows(2).any(|pair| pair[0].0.view != pair[1].0.view);
    let label = |(state, day): &(&WorldState, Day)| match same_day {
        true => Label { main: view_label(atlas, &state.view), second: day.label() },
        false => Label { main: day.label(), second: view_label(atlas, &state.view) },
    };
    sides.iter().map(label).collect()
}

/// Everything that a sheet of a comparison is made of.
#[derive(Clone, Debug)]
pub struct CompareInput<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The sides, in order; never empty.
    pub moments: &'a [Moment],
    /// The project over it, if any.
    pub project: Option<&'a Project>,
    /// What the person chose; focus and alliances of all sides are added.
    pub look: &'a Look,
    /// How the earth is laid flat.
    pub projection: Projection,
    /// What to show; `None` is the whole world.
    pub bbox: Option<BoundingBox>,
    /// Width and height of the sheet in points.
    pub size_points: [f64; 2],
}

/// The same look for every side, so that nobody changes colour from side to side: in focus is whoever is so on any of them. Events, which belong to single
/// days, are left out.
pub fn shared_look<'s>(atlas: &Atlas, project: Option<&Project>, look: &Look, states: impl IntoIterator<Item = &'s WorldState>) -> Look {
    let mut shared = look.clone();
    for state in states {
        let colored = look.colored(atlas, project, state);
        shared.focus.extend(colored.focus);
        let new = colored.alliances.into_iter().filter(|id| !shared.alliances.contains(id)).collect::<Vec<_>>();
        shared.alliances.extend(new);
    }
    if look.coloring == super::Coloring::Political || look.coloring == super::Coloring::Disputes {
        (shared.focus, shared.alliances) = (Vec::new(), Vec::new());
    }
    shared.focus.sort_unstable();
    shared.focus.dedup();
    shared.layers.events = Layer::HIDDEN;
    shared
}

/// Between pictures of a sheet, in points.
const GAP: f32 = 10.0;
/// Letters of the dates over pictures, in points: over one or two, and over many.
const LARGE_POINTS: f32 = 28.0;
const SMALL_POINTS: f32 = 19.0;
/// The grip of a divider, in points.
const GRIP_POINTS: f32 = 26.0;

/// Makes the sheet of a comparison from nothing: the same input gives the same sheet. `layout` must take as many sides as there are.
pub fn sheet(input: &CompareInput, layout: Layout) -> Sheet {
    let look = shared_look(input.atlas, input.project, input.look, input.moments.iter().map(|moment| &*moment.state));
    let maker = Maker { input, look, style: Style::new(input.look.theme) };
    match layout {
        Layout::Swipe => maker.swipe(),
        Layout::Side => maker.beside_each_other(),
        Layout::Multiples => maker.many(),
        Layout::Difference => maker.difference(),
    }
}

struct Maker<'a> {
    input: &'a CompareInput<'a>,
    look: Look,
    style: Style,
}

impl Maker<'_> {
    fn labels(&self) -> Vec<Label> {
        let sides: Vec<(&WorldState, Day)> = self.input.moments.iter().map(|moment| (&*moment.state, moment.day)).collect();
        labels(self.input.atlas, &sides)
    }

    /// One side as a picture. `land` is its land where that is not its own.
    fn scene(&self, moment: &Moment, (camera, look): (Camera, &Look), covered: &[Rect], land: Option<Arc<WorldLayer>>) -> Scene {
        let input = SceneInput {
            atlas: self.input.atlas,
            state: &moment.state,
            day: moment.day,
            shown: (moment.day, moment.day),
            project: self.input.project,
            look,
            camera,
            selected_event: None,
            telling: &Telling::default(),
            frame: Frame::Pane { covered },
        };
        compose_with(&input, &mut SceneCache::default(), land)
    }

    /// How wide the strip beside the pictures is in which the card stands; nothing on a narrow sheet, where it lies over them.
    fn strip(&self) -> f32 {
        let strip = CARD_WIDTH + MARGIN;
        if self.input.size_points[0] < f64::from(strip) * WIDE_ENOUGH { 0.0 } else { strip }
    }

    /// What is shown, fitted beside the card. The card of a comparison is high: also the whole world stands beside it.
    fn camera_beside_card(&self) -> Camera {
        let CompareInput { projection, bbox, size_points, .. } = *self.input;
        let strip = f64::from(self.strip());
        if strip == 0.0 || bbox.is_some_and(|bbox| bbox.width_deg() < 200.0) {
            return print_camera(projection, bbox, size_points);
        }
        let beside = Camera::whole_world(projection, [size_points[0] - strip, size_points[1]]);
        Camera { size_points, ..beside }.panned(strip / 2.0, 0.0)
    }

    fn whole(&self) -> Rect {
        let [width, height] = self.input.size_points.map(|side| side as f32);
        Rect::new(0.0, 0.0, width, height)
    }

    /// The notes of all sides: those of the first, with the most sources.
    fn notes(&self, scenes: &[&Scene]) -> Notes {
        let most = scenes.iter().map(|scene| &scene.notes).max_by_key(|notes| notes.source_count);
        Notes {
            what_if: self.input.project.and_then(|project| project.sandbox.as_ref()).map(Sandbox::mark),
            ..most.cloned().unwrap_or_default()
        }
    }

    fn finish(&self, panes: Vec<Pane>, items: Vec<Item>, notes: &Notes) -> Sheet {
        let labels = self.labels();
        let what = labels.iter().map(|label| label.main.as_str()).collect::<Vec<_>>().join(" – ");
        let titles = notes.what_if.iter().chain([&notes.title]).filter(|title| !title.is_empty());
        let title = titles.chain([&what]).map(String::as_str).collect::<Vec<_>>().join(", ");
        let mut seconds: Vec<&str> = labels.iter().map(|label| label.second.as_str()).collect();
        seconds.dedup();
        let description = format!("{}. {}. {} {}", seconds.join(" – "), notes.sources, notes.projection, notes.no_endorsement);
        Sheet {
            size_points: self.input.size_points,
            page: self.style.page,
            title,
            description,
            panes,
            divider: Vec::new(),
            told: Vec::new(),
            items,
        }
    }

    /// The small globe stands once on a sheet, on the last picture.
    fn with_locator(&self, is_last: bool, look: &Look) -> Look {
        let mut look = look.clone();
        look.layers.locator.visible &= is_last;
        look
    }

    /// One map under a divider. The names of each side keep to it.
    fn swipe(&self) -> Sheet {
        let [width, height] = self.input.size_points.map(|side| side as f32);
        let camera = self.camera_beside_card();
        let divider = self.strip() + (width - self.strip()) / 2.0;
        let halves = [Rect::new(0.0, 0.0, divider, height), Rect::new(divider, 0.0, width - divider, height)];
        let [first, second] = [0, 1].map(|side| &self.input.moments[side]);
        let draft = [first, second].map(|moment| self.scene(moment, (camera, &self.look), &[], None));
        let (notes, legend) = (self.notes(&[&draft[0], &draft[1]]), union_of_legends(&draft));
        let (card, covered) =
            Card { notes: &notes, labels: &[], list: None, legend: &legend }.items(&self.style, [MARGIN; 2], height - 2.0 * MARGIN);
        let labels = self.labels();
        let left_width = plate(&labels[0], [0.0; 2], LARGE_POINTS, &self.style).1.width();
        let left = plate(&labels[0], [divider - 14.0 - left_width, MARGIN], LARGE_POINTS, &self.style);
        let right = plate(&labels[1], [divider + 14.0, MARGIN], LARGE_POINTS, &self.style);
        let covered = [covered.grown(8.0), left.1.grown(6.0), right.1.grown(6.0)];
        let mut panes = Vec::new();
        for (moment, (own, other)) in [(first, (halves[0], halves[1])), (second, (halves[1], halves[0]))] {
            let taken: Vec<Rect> = covered.into_iter().chain([other.grown(3.0)]).collect();
            let look = self.with_locator(panes.len() == 1, &self.look);
            panes.push(Pane { origin: [0.0; 2], clip: own, scene: self.scene(moment, (camera, &look), &taken, None) });
        }
        let line = self.divider(divider).into_iter().chain(left.0).chain(right.0).collect();
        Sheet { divider: line, ..self.finish(panes, card, &notes) }
    }

    /// The line between the halves, with a grip that says that it can be moved.
    fn divider(&self, x: f32) -> Vec<Item> {
        let [_, height] = self.input.size_points.map(|side| side as f32);
        divider_items(x, height, &self.style)
    }

    fn beside_each_other(&self) -> Sheet {
        self.panes(LARGE_POINTS, &self.look)
    }

    /// Many small maps: only names and land, no more.
    fn many(&self) -> Sheet {
        let mut look = self.look.clone();
        let layers = &mut look.layers;
        (layers.cities, layers.waters, layers.locator) = (Layer::HIDDEN, Layer::HIDDEN, Layer::HIDDEN);
        self.panes(if self.input.moments.len() > 4 { SMALL_POINTS } else { LARGE_POINTS * 0.85 }, &look)
    }

    fn panes(&self, letters: f32, look: &Look) -> Sheet {
        let [width, height] = self.input.size_points.map(|side| side as f32);
        let strip = self.strip();
        let left = if strip > 0.0 { strip + MARGIN } else { GAP };
        let places = grid(self.input.moments.len(), Rect::new(left, GAP, width - left - GAP, height - 2.0 * GAP), GAP);
        let (mut panes, mut over) = (Vec::new(), Vec::new());
        for ((moment, place), label) in self.input.moments.iter().zip(&places).zip(&self.labels()) {
            // On whole points, so that pixels of the picture and of the sheet agree.
            let origin = place.min.map(f32::round);
            let clip = Rect { min: origin, max: place.max.map(f32::round) };
            let size = [clip.width(), clip.height()].map(f64::from);
            let camera = match self.input.bbox.filter(|bbox| bbox.width_deg() < 200.0) {
                Some(bbox) => Camera::fit(self.input.projection, bbox, size, 8.0),
                None => Camera::whole_world(self.input.projection, size),
            };
            let (items, _) = plate(label, [origin[0] + 8.0, origin[1] + 8.0], letters, &self.style);
            let (_, covered) = plate(label, [8.0, 8.0], letters, &self.style);
            let look = self.with_locator(panes.len() + 1 == places.len(), look);
            panes.push(Pane { origin, clip, scene: self.scene(moment, (camera, &look), &[covered.grown(6.0)], None) });
            over.push(Item::Box {
                rect: clip,
                radius_points: 0.0,
                fill: Fill::plain(Rgba([0; 4])),
                stroke: Some(Stroke::solid(self.style.panel_edge, 1.0)),
            });
            over.extend(items);
        }
        let scenes: Vec<&Scene> = panes.iter().map(|pane| &pane.scene).collect();
        let notes = self.notes(&scenes);
        let legend = union_of_legends(scenes.iter().copied());
        let (card, _) =
            Card { notes: &notes, labels: &[], list: None, legend: &legend }.items(&self.style, [MARGIN.min(left); 2], height - 2.0 * GAP);
        over.extend(card);
        self.finish(panes, over, &notes)
    }

    fn difference(&self) -> Sheet {
        let [first, second] = [0, 1].map(|side| &self.input.moments[side]);
        let comparison = Comparison::new(self.input.atlas, first.state.clone(), second.state.clone());
        let land = Arc::new(difference_layer(self.input.atlas, &comparison, self.input.look));
        let look = difference_look(self.input.look, &comparison.parties());
        let loud = Look { focus: comparison.parties(), ..look.clone() };
        let days = [first.day, second.day];
        let joined = membership_changes(self.input.atlas, days[0], days[1]);
        let list = ChangeList::new(self.input.atlas, &comparison, (&loud, &land), days);
        let list = list.with_memberships(self.input.atlas, &joined, &self.look, days[1]);
        let camera = self.camera_beside_card();
        let draft = self.scene(second, (camera, &look), &[], Some(land.clone()));
        let (notes, legend) = (self.notes(&[&draft]), legend_beside_list(&draft.legend));
        let labels = self.labels();
        let (card, covered) = Card { notes: &notes, labels: &labels, list: Some(&list), legend: &legend }.items(
            &self.style,
            [MARGIN; 2],
            self.whole().height() - 2.0 * MARGIN,
        );
        let scene = self.scene(second, (camera, &look), &[covered.grown(8.0)], Some(land));
        self.finish(vec![Pane { origin: [0.0; 2], clip: self.whole(), scene }], card, &notes)
    }
}

/// The line of a divider at `x`, so many points high, with a grip in its middle.
pub fn divider_items(x: f32, height: f32, style: &Style) -> Vec<Item> {
    let line =
        |color: Rgba, width: f32| Item::Polyline { points: vec![[x, 0.0], [x, height]], stroke: Stroke::solid(color, width), soft: false };
    let (middle, half) = (height / 2.0, GRIP_POINTS / 2.0);
    let grip = Item::Box {
        rect: Rect::around([x, middle], GRIP_POINTS, GRIP_POINTS),
        radius_points: half,
        fill: Fill::plain(style.panel),
        stroke: Some(Stroke::solid(style.ink, 1.25)),
    };
    let arrow = |side: f32| Item::Polyline {
        points: vec![[x + side * 3.5, middle - 4.0], [x + side * 7.5, middle], [x + side * 3.5, middle + 4.0]],
        stroke: Stroke::solid(style.ink, 1.5),
        soft: false,
    };
    vec![line(style.panel, 5.0), line(style.ink, 1.75), grip, arrow(-1.0), arrow(1.0)]
}

/// The rows of several legends, each once, those of one group together.
pub fn union_of_legends<'a>(scenes: impl IntoIterator<Item = &'a Scene>) -> Legend {
    let mut rows: Vec<LegendRow> = Vec::new();
    for row in scenes.into_iter().flat_map(|scene| &scene.legend.rows) {
        let same = |other: &LegendRow| other.group == row.group && other.label == row.label && other.sample == row.sample;
        if !rows.iter().any(same) {
            rows.push(row.clone());
        }
    }
    // What one side tells in general needs no row where another tells it in particular.
    if rows.iter().any(|row| row.group == LegendGroup::Claims && row.label != MANY_CLAIMS) {
        rows.retain(|row| row.label != MANY_CLAIMS);
    }
    rows.sort_by_key(|row| row.group);
    Legend { rows }
}
