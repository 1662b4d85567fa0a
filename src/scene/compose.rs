//! Putting the picture together: what is placed first keeps its place, and what comes later keeps clear of it.

use std::sync::Arc;

use super::{
    Callout, Frame, Group, Item, ItemLayer, Legend, Look, Notes, Rect, Scene, SceneInput, WorldLayer,
    callouts::{self, CalloutPlaces},
    cities::CityCache,
    copies::copies,
    furniture,
    labels::{LabelCache, LabelPlaces, LabelWork, Labelling, SharedLand},
    legend::{InView, Seen},
    level_for,
    locator::{Locator, LocatorCache},
    names::{self, Name, NameWords},
    overlay::{FlatCache, Overlay, Shapes, Signs},
    stage::{self, Stage},
    style::Style,
    waters::WaterCache,
};
use crate::{
    geometry::Camera,
    model::{View, slide::SlideKind},
    time::Day,
};

/// What a window keeps between pictures so that the next one costs little. An empty one is always right, only slower.
#[derive(Debug, Default)]
pub struct SceneCache {
    labels: LabelCache,
    cities: CityCache,
    waters: WaterCache,
    locator: LocatorCache,
    names: Option<(NamesKey, Arc<Vec<Name>>)>,
    name_words: NameWords,
    in_view: Option<(Camera, InView)>,
    callouts: CalloutPlaces,
    /// What documents draw, for each of the worlds side by side by its number.
    flat: Vec<FlatCache>,
}

/// What the names depend on besides the atlas.
#[derive(Clone, Debug, PartialEq)]
struct NamesKey {
    day: Day,
    state_day: Day,
    view: View,
    look: Look,
}

/// Makes a picture from nothing, as exports do: the same input gives the same picture.
pub fn compose(input: &SceneInput) -> Scene {
    compose_with(input, &mut SceneCache::default(), None)
}

/// Makes a picture with what the last one left behind. `world` is the land if it has not changed; `None` to look it up.
pub fn compose_with(input: &SceneInput, cache: &mut SceneCache, world: Option<Arc<WorldLayer>>) -> Scene {
    let world = world.unwrap_or_else(|| Arc::new(WorldLayer::new(input.atlas, input.state, input.look)));
    let overlay = Overlay::new(input, &world.style);
    let signs = overlay.signs();
    let seen = Seen::new(cache.in_view(input), &world);
    let legend = Legend::new(input, &world, &seen, &signs.markers);
    let notes = Notes::new(input);
    let (card, mut taken) = frame(input, &notes, &legend, &world.style);
    let free = free_of(&input.camera, &taken);
    let of_signs: Vec<Rect> = signs.markers.iter().map(|marker| marker.rect().grown(2.0)).collect();
    let locator = cache.locator(input, &world.style, &mut taken, &of_signs);
    taken.extend(of_signs);
    let (list, callouts) = cache.draw(input, &world.style, &overlay, &signs, Surround { taken, free, card, locator });
    let List { items, groups } = list;
    let (size_points, camera, level) = (input.camera.size_points, input.camera, level_for(&input.camera));
    Scene { size_points, camera, level, world, items, groups, signs, callouts, legend, notes }
}

/// What has its place before anything of the map.
struct Surround {
    /// What nothing else may cover.
    taken: Vec<Rect>,
    /// What panels and card leave free.
    free: Rect,
    /// Of a print, with title, legend and notes.
    card: Vec<Item>,
    /// The small globe.
    locator: Vec<Item>,
}

/// What surrounds the map: the items of a card, and the boxes that nothing else may cover.
fn frame(input: &SceneInput, notes: &Notes, legend: &Legend, style: &Style) -> (Vec<Item>, Vec<Rect>) {
    match input.frame {
        Frame::Window { covered } | Frame::Pane { covered } => (Vec::new(), covered.to_vec()),
        Frame::Sheet => (Vec::new(), Vec::new()),
        Frame::Stage if is_veiled(input) => (Vec::new(), Vec::new()),
        Frame::Stage => {
            let Stage { items, covered, .. } = Stage::new(notes, legend, input.telling.words.as_ref(), input.camera.size_points, style);
            (items, covered)
        }
        Frame::Print => {
            let (items, rect) = furniture::card(notes, legend, &input.camera, style);
            (items, vec![rect.grown(8.0)])
        }
    }
}

/// Whether words stand over all of the map.
fn is_veiled(input: &SceneInput) -> bool {
    let kind = input.telling.words.as_ref().map(|words| words.kind);
    matches!(kind, Some(SlideKind::Title | SlideKind::Text | SlideKind::Black))
}

/// What panels and cards along the sides, and notes along the edges, leave free of a picture.
pub(super) fn free_of(camera: &Camera, covered: &[Rect]) -> Rect {
    let [width, height] = camera.size_points.map(|side| side as f32);
    let mut free = Rect::new(0.0, 0.0, width, height);
    for rect in covered {
        match () {
            () if rect.width() > width * 0.8 && rect.middle()[1] > height / 2.0 => free.max[1] = free.max[1].min(rect.min[1]),
            () if rect.width() > width * 0.8 => free.min[1] = free.min[1].max(rect.max[1]),
            () if rect.middle()[0] < width / 2.0 => free.min[0] = free.min[0].max(rect.max[0]),
            () => free.max[0] = free.max[0].min(rect.min[0]),
        }
    }
    Rect { min: free.min, max: [free.max[0].max(free.min[0]), free.max[1].max(free.min[1])] }
}

impl SceneCache {
    /// A cache for a window: names that are new are worked out elsewhere and come with a later picture.
    pub fn with_names_later() -> Self {
        Self { labels: LabelCache::working_elsewhere(), ..Self::default() }
    }

    /// A cache whose names stand on land that is worked out once for all that share it: the same pictures, sooner.
    pub fn sharing(land: SharedLand) -> Self {
        Self { labels: LabelCache::sharing(land), ..Self::default() }
    }

    /// The names that the last picture missed; `None` where it missed none.
    pub fn wanted_names(&mut self) -> Option<LabelWork> {
        self.labels.wanted()
    }

    /// Takes in what has become of [`Self::wanted_names`], for the next picture.
    pub fn take_in(&mut self, places: LabelPlaces) {
        self.labels.take_in(places);
    }

    fn in_view(&mut self, input: &SceneInput) -> &InView {
        let (_, in_view) = match self.in_view.take() {
            Some((camera, in_view)) if camera == input.camera => self.in_view.insert((camera, in_view)),
            _ => self.in_view.insert((input.camera, InView::new(input.atlas, &input.camera))),
        };
        in_view
    }

    /// The small globe, its place added to what is taken. In a window it stands still whatever happens, and signs are drawn over it; in a print it
    /// keeps clear of them.
    fn locator(&mut self, input: &SceneInput, style: &Style, taken: &mut Vec<Rect>, signs: &[Rect]) -> Vec<Item> {
        let found = match input.frame {
            Frame::Window { .. } => Locator::new(input, taken),
            Frame::Stage if is_veiled(input) => None,
            // A sheet has no other place for it: rather over a sign than not at all.
            Frame::Sheet => Locator::new(input, signs).or_else(|| Locator::new(input, &[])),
            Frame::Print | Frame::Stage | Frame::Pane { .. } => Locator::new(input, &[taken.as_slice(), signs].concat()),
        };
        let Some(locator) = found else { return Vec::new() };
        taken.push(locator.rect());
        locator.items(input, style, &mut self.locator)
    }

    /// Places everything in the order of its importance and lists it in the order of painting.
    fn draw(&mut self, input: &SceneInput, style: &Style, overlay: &Overlay, signs: &Signs, surround: Surround) -> (List, Vec<Callout>) {
        let Surround { mut taken, free, card, locator } = surround;
        let markers = &signs.markers[..];
        let names = if input.look.layers.labels.visible { self.names(input) } else { Arc::default() };
        self.labels.refresh(&input.atlas.partition.topology, input.camera.projection, &names);
        // Events stand in one world; names, places and lines in each that is seen.
        let worlds = copies(input);
        let overlays: Vec<Overlay> = worlds.iter().map(|(_, world)| Overlay::new(world, style)).collect();
        let flat = self.flatten(&worlds);
        let shapes: Vec<Shapes> = worlds.iter().zip(&overlays).map(|((copy, _), overlay)| Shapes::new(overlay, &flat[*copy])).collect();
        let annotations: Vec<Item> = overlays.iter().flat_map(|overlay| overlay.annotations(&mut taken)).collect();
        let leading = self.place_names(&worlds, style, (&names, true, free), &mut taken);
        let region_names: Vec<Item> = shapes.iter().flat_map(|shapes| shapes.region_names(&mut taken)).collect();
        let callouts = callouts::layout(input, markers, &overlay.about(), &mut taken, &mut self.callouts);
        let places = overlays.iter().flat_map(|overlay| overlay.places(&mut taken)).collect();
        let line_names: Vec<Item> = shapes.iter().flat_map(|shapes| shapes.line_names(&mut taken)).collect();
        let others = self.place_names(&worlds, style, (&names, false, free), &mut taken);
        self.cities.begin();
        self.waters.begin();
        let cities = worlds.iter().flat_map(|(copy, world)| self.cities.place(world, *copy, style, &mut taken)).collect();
        let waters = worlds.iter().flat_map(|(copy, world)| self.waters.place(world, *copy, style, &mut taken)).collect();
        let family_color = |event: usize| input.project.map_or(style.accent, |project| style.family(project.events[event].kind.family()));

        let mut list = List::default();
        list.add(ItemLayer::Graticule, overlays.iter().flat_map(Overlay::graticule).collect());
        list.add(ItemLayer::Regions, shapes.iter().flat_map(Shapes::regions).collect());
        list.add(ItemLayer::Lines, shapes.iter().flat_map(Shapes::lines).collect());
        list.add(ItemLayer::Selection, overlay.selection(markers));
        list.add(ItemLayer::Waters, waters);
        list.add(ItemLayer::Cities, cities);
        list.add(ItemLayer::Labels, others.into_iter().chain(line_names).chain(region_names).chain(leading).collect());
        list.add(ItemLayer::Places, places);
        list.add(ItemLayer::Annotations, annotations);
        list.add(ItemLayer::Locator, locator);
        list.add(ItemLayer::Callouts, callouts::leaders(&callouts, style));
        list.add(ItemLayer::Events, overlay.symbols(markers));
        list.add(ItemLayer::Callouts, callouts::boxes(&callouts, style, family_color));
        list.add(ItemLayer::Furniture, card);
        if let (Frame::Stage, Some(words)) = (input.frame, &input.telling.words) {
            list.add(ItemLayer::Furniture, stage::veil(words, input.camera.size_points, style));
        }
        self.flat = flat;
        (list, callouts)
    }

    /// The shapes of the document in each world, by its number; taken out for the picture that is made.
    fn flatten(&mut self, worlds: &[(usize, SceneInput)]) -> Vec<FlatCache> {
        let mut flat = std::mem::take(&mut self.flat);
        for (copy, input) in worlds {
            flat.resize_with(flat.len().max(copy + 1), FlatCache::default);
            flat[*copy].refresh(input);
        }
        flat
    }

    /// Places those of the names that lead (what the talk is about) or the others, given what panels leave free.
    fn place_names(
        &mut self,
        worlds: &[(usize, SceneInput)],
        style: &Style,
        (names, leading, free): (&[Name], bool, Rect),
        taken: &mut Vec<Rect>,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        for (copy, input) in worlds {
            let (camera, level, opacity) = (input.camera, level_for(&input.camera), input.look.layers.labels.strength());
            let smallest_letters = input.smallest_letters();
            let labelling = Labelling { atlas: input.atlas, camera, copy: *copy, level, free, halo: style.halo, opacity, smallest_letters };
            items.extend(self.labels.place(&labelling, names, |name| name.leads == leading, taken));
        }
        items
    }

    fn names(&mut self, input: &SceneInput) -> Arc<Vec<Name>> {
        let key = NamesKey { day: input.day, state_day: input.state.day, view: input.state.view.clone(), look: input.look.clone() };
        match &self.names {
            Some((known, names)) if *known == key => Arc::clone(names),
            _ => {
                let names = Arc::new(names::names(input.atlas, input.state, input.day, input.look, input.project, &mut self.name_words));
                self.names = Some((key, Arc::clone(&names)));
                names
            }
        }
    }
}

/// Items with their groups.
#[derive(Default)]
struct List {
    items: Vec<Item>,
    groups: Vec<Group>,
}

impl List {
    fn add(&mut self, layer: ItemLayer, items: Vec<Item>) {
        if !items.is_empty() {
            let start = self.items.len();
            self.items.extend(items);
            self.groups.push(Group { layer, items: start..self.items.len() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Projection;

    #[test]
    fn panels_and_notes_leave_the_middle_free() {
        let covered = [Rect::new(0.0, 750.0, 1200.0, 50.0), Rect::new(12.0, 12.0, 260.0, 500.0), Rect::new(830.0, 12.0, 360.0, 300.0)];
        let free = free_of(&Camera::whole_world(Projection::EqualEarth, [1200.0, 800.0]), &covered);
        assert_eq!((free.min, free.max), ([272.0, 0.0], [830.0, 750.0]));
    }
}
