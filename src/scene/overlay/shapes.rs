//! The regions and lines that a document draws itself. They are laid flat once for each camera and kept, so that an edit among thousands of them lays one.

use std::{cell::OnceCell, sync::Arc};

use super::{FAINTEST, Overlay, length};
use crate::{
    geometry::{BoundingBox, Camera},
    model::{
        PolityIx,
        borders::LineClass,
        project::{Line, Region},
        same_ends::same_ends,
    },
    scene::{
        Look, SceneInput,
        flat::{Flattener, unwrapped},
        fonts,
        item::{Anchor, At, Face, Fill, Item, Rect, Text},
        style::{Dash, Stroke},
    },
    time::Day,
};

/// How much wider the casing of a line is than the line.
const CASING_POINTS: f32 = 1.8;
/// A region smaller than this in the picture has no name, in points.
const SMALLEST_NAMED_POINTS: f32 = 28.0;

/// Regions and lines as one camera sees them, from picture to picture. An empty one is always right, only slower.
#[derive(Debug, Default)]
pub struct FlatCache {
    camera: Option<Camera>,
    /// The day and the look that items were made for.
    made_for: Option<(Day, Look)>,
    regions: Vec<(Arc<Region>, FlatRegion)>,
    lines: Vec<(Arc<Line>, FlatLine)>,
}

/// The stretches of a line that are seen.
type FlatLine = OnceCell<Vec<Vec<At>>>;

/// What is found of a region when it is asked for.
#[derive(Debug, Default)]
struct FlatRegion {
    /// Empty where nothing of it is seen.
    rings: OnceCell<Arc<Vec<Vec<At>>>>,
    /// As it is drawn on the day; `None` where it is not.
    item: OnceCell<Option<Item>>,
    /// Where its name would stand; `None` where it is too small for one.
    named_at: OnceCell<Option<At>>,
}

impl FlatCache {
    /// Brings it up to date with a picture.
    pub fn refresh(&mut self, input: &SceneInput) {
        if self.camera != Some(input.camera) {
            *self = Self { camera: Some(input.camera), ..Self::default() };
        }
        let made_for = (input.day, input.look.clone());
        if self.made_for.as_ref() != Some(&made_for) {
            self.regions.iter_mut().for_each(|(_, flat)| flat.item = OnceCell::new());
            self.made_for = Some(made_for);
        }
        renew(&mut self.regions, input.project.map_or(&[], |project| &project.regions));
        renew(&mut self.lines, input.project.map_or(&[], |project| &project.lines));
    }
}

/// Takes over what was found of the features that are still the same.
fn renew<T, F: Default>(kept: &mut Vec<(Arc<T>, F)>, now: &[Arc<T>]) {
    let (before, behind) = same_ends(kept.len(), now, |index| &kept[index].0);
    let end = kept.len() - behind;
    kept.splice(before..end, now[before..now.len() - behind].iter().map(|feature| (feature.clone(), F::default())));
}

/// The regions and lines of one picture.
#[derive(Clone, Copy)]
pub struct Shapes<'a> {
    overlay: &'a Overlay<'a>,
    flat: &'a FlatCache,
}

impl<'a> Shapes<'a> {
    /// For an overlay, with a cache that was refreshed for its picture.
    pub fn new(overlay: &'a Overlay<'a>, flat: &'a FlatCache) -> Self {
        Self { overlay, flat }
    }

    /// The shapes that the project draws itself. A region that is a named area of the atlas is in the land already.
    pub fn regions(&self) -> Vec<Item> {
        let layer = self.overlay.input.look.layers.regions;
        let item =
            |(region, flat): (&Region, &'a FlatRegion)| flat.item.get_or_init(|| self.region(region, flat, layer.strength())).clone();
        self.drawn_regions().filter_map(item).collect()
    }

    /// Those that are no named area, in sight, in the order of the document. Dates are asked later: a region fades in.
    fn drawn_regions(&self) -> impl Iterator<Item = (&'a Region, &'a FlatRegion)> {
        let Overlay { input, flattener, .. } = self.overlay;
        let all = self.flat.regions.iter().filter(|_| input.look.layers.regions.visible).map(|(region, flat)| (&**region, flat));
        let drawn = all.filter(|(region, _)| region.area.is_empty() && input.is_told(&region.common));
        drawn.filter(|(region, _)| region.extent().is_some_and(|extent| flattener.sees(&extent)))
    }

    fn region(&self, region: &Region, flat: &FlatRegion, strength: f32) -> Option<Item> {
        let presence = region.common.span.presence(self.overlay.input.day);
        if presence == 0.0 {
            return None;
        }
        let rings = flat.rings.get_or_init(|| Arc::new(rings_of(region, &self.overlay.flattener)));
        if rings.is_empty() {
            return None;
        }
        let mut fill = self.region_fill(region);
        fill.soft = region.common.approximate;
        let dash = if fill.soft { Dash::Short } else { Dash::Solid };
        let stroke = Stroke { color: self.overlay.style.quiet_ink, width_points: 0.75, dash };
        Some(Item::Polygon { rings: Arc::clone(rings), fill: Some(fill), stroke: Some(stroke), opacity: presence * strength * 0.9 })
    }

    fn region_fill(&self, region: &Region) -> Fill {
        let on_day = |spans: &[crate::model::project::Control]| -> Vec<PolityIx> {
            let found = spans.iter().filter(|it| it.span.contains(self.overlay.input.day)).filter_map(|it| self.overlay.polity(&it.holder));
            found.collect()
        };
        let holders = on_day(&region.control);
        let holder = holders.last().map(|holder| self.overlay.tints.of(*holder));
        let mut fill = Fill { ground_stripes: 2, ..Fill::plain(holder.unwrap_or(self.overlay.style.undetermined_land)) };
        let mut claimants = on_day(&region.claims);
        claimants.sort_unstable();
        for color in claimants.into_iter().map(|claimant| self.overlay.tints.of(claimant)).filter(|color| Some(*color) != holder).take(3) {
            fill.hatch[usize::from(fill.hatch_count)] = color;
            fill.hatch_count += 1;
        }
        fill
    }

    /// The lines of the project.
    pub fn lines(&self) -> Vec<Item> {
        let layer = self.overlay.input.look.layers.lines;
        self.drawn_lines().flat_map(|(line, flat)| self.line(line, flat, layer.strength())).collect()
    }

    /// Those in sight, in the order of the document, with their stretches on the screen.
    fn drawn_lines(&self) -> impl Iterator<Item = (&'a Line, &'a FlatLine)> {
        let Overlay { input, flattener, .. } = self.overlay;
        let all = self.flat.lines.iter().filter(|_| input.look.layers.lines.visible).map(|(line, flat)| (&**line, flat));
        all.filter(|(line, _)| input.is_told(&line.common) && line.extent().is_some_and(|extent| flattener.sees(&extent)))
    }

    fn line(&self, line: &Line, flat: &FlatLine, strength: f32) -> Vec<Item> {
        let presence = line.common.span.presence(self.overlay.input.day);
        let Some(mut stroke) = self.overlay.style.stroke(line.class).filter(|_| presence > 0.0) else { return Vec::new() };
        // The line that the talk is about is the strongest on the map.
        stroke.width_points *= if line.class == LineClass::Road { 1.0 } else { 1.35 };
        stroke.color = stroke.color.faded(presence * strength);
        let soft = line.common.approximate;
        // A casing, so that a border of the atlas along the same line does not fill the gaps between the dashes.
        let casing = Stroke::solid(self.overlay.style.halo.faded(0.9 * presence * strength), stroke.width_points + CASING_POINTS);
        let casing = (line.class != LineClass::Road).then_some((casing, false));
        let shapes = flat.get_or_init(|| self.overlay.line_shapes(line));
        let strokes = casing.into_iter().chain([(stroke, soft)]);
        let drawn =
            |(stroke, soft): (Stroke, bool)| shapes.iter().map(move |points| Item::Polyline { points: points.clone(), stroke, soft });
        strokes.flat_map(drawn).collect()
    }

    /// The names of the regions that the project draws itself, inside them or close by, clear of `taken`. One too small to be seen has none.
    pub fn region_names(&self, taken: &mut Vec<Rect>) -> Vec<Item> {
        if !self.overlay.input.look.layers.labels.visible {
            return Vec::new();
        }
        let standing = self
            .drawn_regions()
            .filter(|(region, flat)| self.named_at(region, flat).is_some() && region.common.span.contains(self.overlay.input.day));
        standing.filter_map(|(region, flat)| self.region_name(region, flat, taken)).map(Item::Text).collect()
    }

    /// Whether the corners of its box say already that it is too small to be named.
    fn is_tiny(&self, region: &Region) -> bool {
        let Some(BoundingBox { west, south, east, north }) = region.extent() else { return true };
        let corners = [[west, south], [east, south], [east, north], [west, north]].map(|corner| self.overlay.flattener.at(corner.into()));
        let rects: Vec<Rect> = corners.into_iter().flatten().map(|at| Rect { min: at, max: at }).collect();
        let around = rects.iter().copied().reduce(|a, b| a.union(&b));
        rects.len() == corners.len() && around.is_some_and(|around| around.width().max(around.height()) < SMALLEST_NAMED_POINTS)
    }

    /// Where the name of a region stands unless that is taken; `None` where the region is too small to be named.
    fn named_at(&self, region: &Region, flat: &FlatRegion) -> Option<At> {
        *flat.named_at.get_or_init(|| self.room_in(region))
    }

    fn room_in(&self, region: &Region) -> Option<At> {
        if self.is_tiny(region) {
            return None;
        }
        let (largest, inside) = region.inside()?;
        let at = self.overlay.flattener.at(inside)?;
        let ring: Vec<[f64; 2]> = largest.exterior().coords().map(|point| [point.x, point.y]).collect();
        let around = self.overlay.flattener.ring(&ring).into_iter().map(|at| Rect { min: at, max: at }).reduce(|a, b| a.union(&b))?;
        (around.width().max(around.height()) >= SMALLEST_NAMED_POINTS).then_some(at)
    }

    fn region_name(&self, region: &Region, flat: &FlatRegion, taken: &mut Vec<Rect>) -> Option<Text> {
        let at = self.named_at(region, flat)?;
        let (size_points, spacing) = (13.0, 0.3);
        let text = region.common.name_in(&self.overlay.input.state.view);
        let width = fonts::text_width(text, Face::Italic, size_points, spacing);
        let screen = self.overlay.screen();
        let rect = |step: f32| Rect::around([at[0], at[1] + step * size_points * 1.3], width + 6.0, size_points * 1.2);
        let is_free = |rect: &Rect| screen.encloses(rect) && taken.iter().all(|other| !other.overlaps(rect));
        let step = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0].into_iter().find(|step| is_free(&rect(*step)))?;
        taken.push(rect(step));
        let presence = region.common.span.presence(self.overlay.input.day).max(FAINTEST);
        Some(Text {
            at: [at[0], at[1] + step * size_points * 1.3],
            anchor: Anchor::Middle,
            text: text.to_owned(),
            face: Face::Italic,
            size_points,
            color: self.overlay.style.ink.faded(presence),
            halo: Some(self.overlay.style.halo.faded(0.8 * presence)),
            letter_spacing_points: spacing,
            angle_rad: 0.0,
        })
    }

    /// The names of the project's lines, laid along them, clear of `taken`.
    pub fn line_names(&self, taken: &mut Vec<Rect>) -> Vec<Item> {
        if !self.overlay.input.look.layers.labels.visible {
            return Vec::new();
        }
        let mut named: Vec<&str> = Vec::new();
        let mut items = Vec::new();
        for (line, flat) in self.drawn_lines().filter(|(line, _)| line.common.span.contains(self.overlay.input.day)) {
            let name = line.common.name_in(&self.overlay.input.state.view);
            if named.contains(&name) {
                continue;
            }
            let stretches = flat.get_or_init(|| self.overlay.line_shapes(line));
            let longest = stretches.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
            let Some(mut text) = longest.and_then(|points| self.overlay.along(name, points, taken)) else {
                continue;
            };
            text.color = text.color.faded(line.common.span.presence(self.overlay.input.day).max(FAINTEST));
            named.push(name);
            items.push(Item::Text(text));
        }
        items
    }
}

/// The rings of a region on the screen, cut to what is seen.
fn rings_of(region: &Region, flattener: &Flattener) -> Vec<Vec<At>> {
    let points = |ring: &geo::LineString| ring.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>();
    let rings = region.shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).map(points);
    let pieces = rings.flat_map(|ring| unwrapped(&ring, true));
    pieces.map(|ring| flattener.ring(&ring)).filter(|ring| !ring.is_empty()).collect()
}
