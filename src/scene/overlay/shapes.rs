//! The regions and lines that a document draws itself. They are laid flat once for each camera and kept, so that an edit among thousands of them lays one.

use std::{cell::OnceCell, sync::Arc};

use super::{FAINTEST, Overlay, length};
use crate::{
    geometry::{BoundingBox, Camera},
    model::{
        PolityIx,
        borders::LineClass,
        project::{Control, Line, Region},
        same_ends::same_ends,
    },
    scene::{
        Look, SceneInput,
        flat::{Flattener, unwrapped},
        fonts,
        item::{Anchor, At, Face, Fill, GROUND_STRIPES, Item, Rect, Text},
        labels::broken,
        style::{Dash, Stroke, Style},
        tint::Tints,
    },
    time::Day,
};

/// How much wider the casing of a line is than the line.
const CASING_POINTS: f32 = 1.8;
/// A region smaller than this in the picture has no name, in points.
const SMALLEST_NAMED_POINTS: f32 = 28.0;
/// One narrower than this is named in smaller letters.
const SMALL_REGION_POINTS: f32 = 90.0;
/// A name no wider than this stands on one line in any region.
const SHORT_NAME_POINTS: f32 = 120.0;

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
    /// What its name has; `None` where it is too small for one.
    room: OnceCell<Option<NameRoom>>,
}

/// What the name of a region has.
#[derive(Clone, Copy, Debug)]
struct NameRoom {
    /// Where it stands unless that is taken.
    at: At,
    /// How wide the region is there, in points.
    width: f32,
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
        let mut fill = Hands::of(region, self.overlay.input).fill(&self.overlay.tints, self.overlay.style);
        fill.soft = region.common.approximate;
        let dash = if fill.soft { Dash::Short } else { Dash::Solid };
        let stroke = Stroke { color: self.overlay.style.ink.faded(0.8), width_points: 1.1, dash };
        Some(Item::Polygon { rings: Arc::clone(rings), fill: Some(fill), stroke: Some(stroke), opacity: presence * strength * 0.9 })
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
            .filter(|(region, flat)| self.room(region, flat).is_some() && region.common.span.contains(self.overlay.input.day));
        standing.filter_map(|(region, flat)| self.region_name(region, flat, taken)).flatten().map(Item::Text).collect()
    }

    /// Whether the corners of its box say already that it is too small to be named.
    fn is_tiny(&self, region: &Region) -> bool {
        let Some(BoundingBox { west, south, east, north }) = region.extent() else { return true };
        let corners = [[west, south], [east, south], [east, north], [west, north]].map(|corner| self.overlay.flattener.at(corner.into()));
        let rects: Vec<Rect> = corners.into_iter().flatten().map(|at| Rect { min: at, max: at }).collect();
        let around = rects.iter().copied().reduce(|a, b| a.union(&b));
        rects.len() == corners.len() && around.is_some_and(|around| around.width().max(around.height()) < SMALLEST_NAMED_POINTS)
    }

    /// What the name of a region has; `None` where the region is too small to be named.
    fn room(&self, region: &Region, flat: &FlatRegion) -> Option<NameRoom> {
        *flat.room.get_or_init(|| self.room_in(region))
    }

    fn room_in(&self, region: &Region) -> Option<NameRoom> {
        if self.is_tiny(region) {
            return None;
        }
        let (largest, inside) = region.inside()?;
        let at = self.overlay.flattener.at(inside)?;
        let ring: Vec<[f64; 2]> = largest.exterior().coords().map(|point| [point.x, point.y]).collect();
        let around = self.overlay.flattener.ring(&ring).into_iter().map(|at| Rect { min: at, max: at }).reduce(|a, b| a.union(&b))?;
        (around.width().max(around.height()) >= SMALLEST_NAMED_POINTS).then_some(NameRoom { at, width: around.width() })
    }

    /// A name on one line where its region is wide enough, else on two if it has a blank, in smaller letters in a small region. One item for each line.
    fn region_name(&self, region: &Region, flat: &FlatRegion, taken: &mut Vec<Rect>) -> Option<Vec<Text>> {
        let NameRoom { at, width: room } = self.room(region, flat)?;
        let name = region.common.name_in(&self.overlay.input.state.view);
        let (size_points, spacing) = (self.overlay.input.letters(if room < SMALL_REGION_POINTS { 11.0 } else { 13.0 }), 0.3);
        let width_of = |lines: &[String]| {
            let widths = lines.iter().map(|line| fonts::text_width(line, Face::Italic, size_points, spacing));
            widths.fold(0.0, f32::max)
        };
        let mut ways = broken(name);
        // The first that is no wider than the region, else the narrowest.
        let fitting = ways.iter().position(|lines| width_of(lines) <= room.max(SHORT_NAME_POINTS)).unwrap_or(ways.len() - 1);
        ways.swap(0, fitting);
        let line_points = size_points * 1.2;
        let screen = self.overlay.screen();
        let (lines, middle, rect) = ways.into_iter().find_map(|lines| {
            let (width, height) = (width_of(&lines) + 6.0, line_points * lines.len() as f32);
            let steps = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0].into_iter().map(|step| [at[0], at[1] + step * size_points * 1.3]);
            let mut tried = steps.map(|middle| (middle, Rect::around(middle, width, height)));
            let (middle, rect) = tried.find(|(_, rect)| screen.encloses(rect) && taken.iter().all(|other| !other.overlaps(rect)))?;
            Some((lines, middle, rect))
        })?;
        taken.push(rect);
        let presence = region.common.span.presence(self.overlay.input.day).max(FAINTEST);
        let above = (lines.len() as f32 - 1.0) / 2.0;
        let text = |(index, text): (usize, String)| Text {
            at: [middle[0], middle[1] + (index as f32 - above) * line_points],
            anchor: Anchor::Middle,
            text,
            face: Face::Italic,
            size_points,
            color: self.overlay.style.ink.faded(presence),
            halo: Some(self.overlay.style.halo.faded(0.8 * presence)),
            letter_spacing_points: spacing,
            angle_rad: 0.0,
        };
        Some(lines.into_iter().enumerate().map(text).collect())
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

/// In whose hands a region is that a document draws itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    /// Who controls it; `None` where the document names nobody.
    pub holder: Option<PolityIx>,
    /// Who claims it besides, in the order of the atlas.
    pub claimants: Vec<PolityIx>,
}

impl Hands {
    /// Of a region on the day of a picture.
    pub fn of(region: &Region, input: &SceneInput) -> Self {
        let on_day = |spans: &[Control]| -> Vec<PolityIx> {
            let found =
                spans.iter().filter(|it| it.span.contains(input.day)).filter_map(|it| input.atlas.polities.find(it.holder.as_str()));
            found.collect()
        };
        let holder = on_day(&region.control).last().copied();
        let mut claimants = on_day(&region.claims);
        claimants.retain(|claimant| Some(*claimant) != holder);
        claimants.sort_unstable();
        claimants.dedup();
        Self { holder, claimants }
    }

    /// How it is painted: like contested land of the atlas.
    pub fn fill(&self, tints: &Tints, style: &Style) -> Fill {
        let ground = |holder| if self.claimants.is_empty() { tints.of(holder) } else { tints.contested_ground(holder) };
        let mut fill = Fill { ground_stripes: GROUND_STRIPES, ..Fill::plain(self.holder.map_or(style.undetermined_land, ground)) };
        for (stripe, claimant) in fill.hatch.iter_mut().zip(&self.claimants) {
            *stripe = tints.contested_stripe(*claimant);
            fill.hatch_count += 1;
        }
        fill
    }
}

/// The rings of a region on the screen, cut to what is seen.
fn rings_of(region: &Region, flattener: &Flattener) -> Vec<Vec<At>> {
    let points = |ring: &geo::LineString| ring.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>();
    let rings = region.shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).map(points);
    let pieces = rings.flat_map(|ring| unwrapped(&ring, true));
    pieces.map(|ring| flattener.ring(&ring)).filter(|ring| !ring.is_empty()).collect()
}
