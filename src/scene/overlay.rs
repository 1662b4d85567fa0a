//! What a project lays over the land: regions, lines, places and events valid on the day; and the graticule.

use super::{
    SceneInput,
    flat::{Flattener, unwrapped},
    fonts,
    item::{Anchor, At, Face, Fill, Item, Rect, Text},
    style::{Dash, Stroke, Style},
    tint::Tints,
};
use crate::{
    model::{
        Event, PolityId, PolityIx,
        borders::LineClass,
        project::{Line, Place, Region},
    },
    time::Day,
};

/// Width and height of an event's symbol, in points.
pub const SYMBOL_POINTS: f32 = 19.0;
/// The same for what began long before and still stands, and how strong it is beside what happens.
const STANDING_POINTS: f32 = 13.0;
const STANDING_STRENGTH: f32 = 0.6;
/// How much wider the casing of a line is than the line.
const CASING_POINTS: f32 = 1.8;
/// More events than these are not drawn one by one: the most important come first.
const MOST_SYMBOLS: usize = 400;
/// How many symbols stand side by side at one place before the rest hide behind them.
const MOST_BESIDE: usize = 5;

/// Draws what lies over the land for one picture.
pub struct Overlay<'a> {
    input: &'a SceneInput<'a>,
    style: &'a Style,
    flattener: Flattener,
    tints: Tints<'a>,
}

/// An event on the screen.
#[derive(Clone, Debug)]
pub struct Marker {
    /// Position in [`crate::model::Project::events`].
    pub event: usize,
    /// The middle of its symbol, which may stand beside others at the same place.
    pub at: At,
    /// The place itself.
    pub place: At,
    /// Alpha, 0 to 1.
    pub opacity: f32,
    /// Whether it began long before what is shown and only goes on: see [`Event::stands_since_before`]. Smaller, and without a callout.
    pub standing: bool,
}

impl Marker {
    /// Width and height of the symbol, in points.
    pub fn size_points(&self) -> f32 {
        if self.standing { STANDING_POINTS } else { SYMBOL_POINTS }
    }

    /// What the symbol covers.
    pub fn rect(&self) -> Rect {
        Rect::around(self.at, self.size_points(), self.size_points())
    }
}

impl<'a> Overlay<'a> {
    /// For one picture.
    pub fn new(input: &'a SceneInput<'a>, style: &'a Style) -> Self {
        Self { input, style, flattener: Flattener::new(input.camera), tints: Tints::new(input.atlas, input.look) }
    }

    /// Meridians and parallels at round steps; empty while the layer is hidden.
    pub fn graticule(&self) -> Vec<Item> {
        let layer = self.input.look.layers.graticule;
        if !layer.visible {
            return Vec::new();
        }
        let seen = self.input.camera.visible_lonlat();
        let wanted = seen.width_deg().max(seen.height_deg()) / 9.0;
        let step = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0].into_iter().find(|step| *step >= wanted).unwrap_or(30.0);
        let limit = self.input.camera.projection.limit_deg();
        let rounds =
            |from: f64, to: f64| ((from / step).ceil() as i32..=(to / step).floor() as i32).map(move |count| f64::from(count) * step);
        let meridians = rounds(seen.west, seen.east).map(|lon| [[lon, seen.south.max(-limit)], [lon, seen.north.min(limit)]]);
        let parallels = rounds(seen.south, seen.north).map(|lat| [[seen.west, lat], [seen.east, lat]]);
        let stroke = Stroke::solid(self.style.graticule.faded(layer.strength()), 0.5);
        let lines = meridians.chain(parallels).flat_map(|line| self.flattener.line(&line));
        lines.map(|points| Item::Polyline { points, stroke, soft: false }).collect()
    }

    /// The shapes that the project draws itself. A region that is a named area of the atlas is in the land already.
    pub fn regions(&self) -> Vec<Item> {
        let layer = self.input.look.layers.regions;
        let regions = self.input.project.filter(|_| layer.visible).map_or(&[][..], |project| &project.regions);
        regions.iter().filter(|region| region.area.is_empty()).filter_map(|region| self.region(region, layer.strength())).collect()
    }

    fn region(&self, region: &Region, strength: f32) -> Option<Item> {
        let presence = region.common.span.presence(self.input.day);
        let points = |ring: &geo::LineString| ring.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>();
        let rings = region.shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).map(points);
        let pieces = rings.flat_map(|ring| unwrapped(&ring, true));
        let rings: Vec<Vec<At>> = pieces.map(|ring| self.flattener.ring(&ring)).filter(|ring| !ring.is_empty()).collect();
        if presence == 0.0 || rings.is_empty() {
            return None;
        }
        let mut fill = self.region_fill(region);
        fill.soft = region.common.approximate;
        let stroke = Stroke { color: self.style.quiet_ink, width_points: 0.75, dash: if fill.soft { Dash::Short } else { Dash::Solid } };
        Some(Item::Polygon { rings, fill: Some(fill), stroke: Some(stroke), opacity: presence * strength * 0.9 })
    }

    fn region_fill(&self, region: &Region) -> Fill {
        let on_day = |spans: &[crate::model::project::Control]| -> Vec<PolityIx> {
            let found = spans.iter().filter(|it| it.span.contains(self.input.day)).filter_map(|it| self.polity(&it.holder));
            found.collect()
        };
        let holders = on_day(&region.control);
        let holder = holders.last().map(|holder| self.tints.of(*holder));
        let mut fill = Fill { ground_stripes: 2, ..Fill::plain(holder.unwrap_or(self.style.undetermined_land)) };
        let mut claimants = on_day(&region.claims);
        claimants.sort_unstable();
        for color in claimants.into_iter().map(|claimant| self.tints.of(claimant)).filter(|color| Some(*color) != holder).take(3) {
            fill.hatch[usize::from(fill.hatch_count)] = color;
            fill.hatch_count += 1;
        }
        fill
    }

    fn polity(&self, id: &PolityId) -> Option<PolityIx> {
        self.input.atlas.polities.find(id.as_str())
    }

    /// The lines of the project, and their names where these find room.
    pub fn lines(&self) -> Vec<Item> {
        let layer = self.input.look.layers.lines;
        let lines = self.input.project.filter(|_| layer.visible).map_or(&[][..], |project| &project.lines);
        lines.iter().flat_map(|line| self.line(line, layer.strength())).collect()
    }

    fn line(&self, line: &Line, strength: f32) -> Vec<Item> {
        let presence = line.common.span.presence(self.input.day);
        let Some(mut stroke) = self.style.stroke(line.class).filter(|_| presence > 0.0) else { return Vec::new() };
        // The line that the talk is about is the strongest on the map.
        stroke.width_points *= if line.class == LineClass::Road { 1.0 } else { 1.35 };
        stroke.color = stroke.color.faded(presence * strength);
        let soft = line.common.approximate;
        // A casing, so that a border of the atlas along the same line does not fill the gaps between the dashes.
        let casing = Stroke::solid(self.style.halo.faded(0.9 * presence * strength), stroke.width_points + CASING_POINTS);
        let casing = (line.class != LineClass::Road).then_some((casing, false));
        let shapes = self.line_shapes(line);
        let strokes = casing.into_iter().chain([(stroke, soft)]);
        let drawn = |(stroke, soft): (Stroke, bool)| shapes.clone().into_iter().map(move |points| Item::Polyline { points, stroke, soft });
        strokes.flat_map(drawn).collect()
    }

    fn line_shapes(&self, line: &Line) -> Vec<Vec<At>> {
        let parts = line.shape.iter().map(|part| part.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>());
        parts.flat_map(|part| unwrapped(&part, false)).flat_map(|part| self.flattener.line(&part)).collect()
    }

    /// The names of the project's lines, laid along them, clear of `taken`.
    pub fn line_names(&self, taken: &mut Vec<Rect>) -> Vec<Item> {
        let layer = self.input.look.layers.lines;
        if !layer.visible || !self.input.look.layers.labels.visible {
            return Vec::new();
        }
        let lines = self.input.project.map_or(&[][..], |project| &project.lines);
        let mut named: Vec<&str> = Vec::new();
        let mut items = Vec::new();
        for line in lines.iter().filter(|line| line.common.span.contains(self.input.day)) {
            let name = line.common.name_in(&self.input.state.view);
            let longest = self.line_shapes(line).into_iter().max_by(|a, b| length(a).total_cmp(&length(b)));
            let Some(text) = longest.filter(|_| !named.contains(&name)).and_then(|points| self.along(name, &points, taken)) else {
                continue;
            };
            named.push(name);
            items.push(Item::Text(text));
        }
        items
    }

    /// A text beside a line, at the first of some places along it that is free.
    fn along(&self, name: &str, points: &[At], taken: &mut Vec<Rect>) -> Option<Text> {
        let size_points = 9.0;
        let width = fonts::text_width(name, Face::Italic, size_points, 0.2);
        let screen = self.screen();
        [0.5, 0.35, 0.65, 0.2, 0.8].into_iter().find_map(|share| {
            let (middle, angle) = chord(points, share, width)?;
            let at = [middle[0] + angle.sin() * 8.0, middle[1] - angle.cos() * 8.0];
            // The box round turned text is too large in the corners; small boxes along it are not.
            let steps = (width / 10.0).ceil() as i32;
            let boxes: Vec<Rect> = (-steps / 2..=steps / 2)
                .map(|step| Rect::around([at[0] + angle.cos() * step as f32 * 10.0, at[1] + angle.sin() * step as f32 * 10.0], 12.0, 12.0))
                .collect();
            let free = boxes.iter().all(|rect| screen.encloses(rect) && taken.iter().all(|other| !other.overlaps(rect)));
            free.then(|| {
                taken.extend(boxes);
                let halo = Some(self.style.halo.faded(0.7));
                let (text, color) = (name.to_owned(), self.style.ink);
                Text {
                    at,
                    anchor: Anchor::Middle,
                    text,
                    face: Face::Italic,
                    size_points,
                    color,
                    halo,
                    letter_spacing_points: 0.2,
                    angle_rad: angle,
                }
            })
        })
    }

    /// Boxes round the disputed areas that the project tells about, as far as they are small enough in the picture to be kept free.
    pub fn about(&self) -> Vec<Rect> {
        let topology = &self.input.atlas.partition.topology;
        let disputes = self.input.project.map_or(&[][..], |project| &project.disputes);
        let units = disputes.iter().filter_map(|id| self.input.atlas.dispute(id.as_str())).map(|dispute| &dispute.units);
        let boxes = units.filter_map(|units| units.iter().map(|unit| topology.unit(*unit).bbox).reduce(|a, b| a.union(&b)));
        let rects = boxes.filter_map(|bbox| {
            let edge = [[bbox.west, bbox.north], [bbox.east, bbox.north], [bbox.east, bbox.south], [bbox.west, bbox.south]];
            let around = self.flattener.ring(&edge).into_iter().map(|at| Rect { min: at, max: at });
            around.reduce(|a, b| a.union(&b))
        });
        let screen = self.screen();
        rects.filter(|rect| rect.width() * rect.height() < 0.3 * screen.width() * screen.height()).collect()
    }

    fn screen(&self) -> Rect {
        Rect::new(0.0, 0.0, self.input.camera.size_points[0] as f32, self.input.camera.size_points[1] as f32).grown(-4.0)
    }

    /// Places with their names, clear of `taken`. A place whose name finds no room is left out, dot and all: a dot without name tells nothing.
    pub fn places(&self, taken: &mut Vec<Rect>) -> Vec<Item> {
        let layer = self.input.look.layers.places;
        let places = self.input.project.filter(|_| layer.visible).map_or(&[][..], |project| &project.places);
        let standing = places.iter().filter(|place| place.common.span.contains(self.input.day));
        standing.flat_map(|place| self.place(place, layer.strength(), taken)).collect()
    }

    fn place(&self, place: &Place, strength: f32, taken: &mut Vec<Rect>) -> Vec<Item> {
        let size_points = 9.5;
        let Some(at) = self.flattener.at(place.at) else { return Vec::new() };
        let name = place.name_at(self.input.day, &self.input.state.view);
        let name = name.as_ref();
        let (width, height) = (fonts::text_width(name, Face::Regular, size_points, 0.0), size_points * 1.1);
        let dot = Rect::around(at, 7.0, 7.0);
        let beside = [
            ([at[0] + 6.0, at[1]], Anchor::Start, [at[0] + 6.0 + width / 2.0, at[1]]),
            ([at[0] - 6.0, at[1]], Anchor::End, [at[0] - 6.0 - width / 2.0, at[1]]),
            ([at[0], at[1] - 9.5], Anchor::Middle, [at[0], at[1] - 9.5]),
            ([at[0], at[1] + 9.5], Anchor::Middle, [at[0], at[1] + 9.5]),
        ];
        let screen = self.screen();
        let is_free = |rect: &Rect| screen.encloses(rect) && taken.iter().all(|other| !other.overlaps(rect));
        let found = beside
            .into_iter()
            .map(|(text_at, anchor, middle)| (text_at, anchor, Rect::around(middle, width + 2.0, height)))
            .find(|(_, _, rect)| is_free(rect));
        let Some((text_at, anchor, rect)) = found.filter(|_| is_free(&dot)) else { return Vec::new() };
        taken.extend([rect, dot]);
        let color = self.style.ink.faded(strength);
        let text = Text {
            at: text_at,
            anchor,
            text: name.to_owned(),
            face: Face::Regular,
            size_points,
            color,
            halo: Some(self.style.halo.faded(0.8 * strength)),
            letter_spacing_points: 0.0,
            angle_rad: 0.0,
        };
        vec![Item::Dot { at, radius_points: 2.2, color: self.style.halo, stroke: Stroke::solid(color, 1.1) }, Item::Text(text)]
    }

    /// The events of the shown days that are in the picture, the most important first; those at one place stand side by side.
    pub fn markers(&self) -> Vec<Marker> {
        let layer = self.input.look.layers.events;
        let Some(project) = self.input.project.filter(|_| layer.visible) else { return Vec::new() };
        let (first, last) = self.input.shown;
        let asked = self.input.look.events;
        let shown = |event: &Event| asked.asks_for(event.kind) && event.span.first_day() <= last && event.span.past_end() > first;
        let screen = self.screen().grown(SYMBOL_POINTS);
        let mut events: Vec<(usize, &Event)> =
            project.events.iter().enumerate().filter(|(index, event)| shown(event) || self.input.selected_event == Some(*index)).collect();
        let selected = |index: usize| self.input.selected_event == Some(index);
        let standing = |index: usize, event: &Event| event.stands_since_before(first) && !selected(index);
        events.sort_by_key(|(index, event)| (!selected(*index), standing(*index, event), event.importance, -event.span.first_day().get()));
        let mut markers: Vec<Marker> = Vec::new();
        for (event, it) in events {
            let Some(place) = self.flattener.at(it.at) else { continue };
            let standing = standing(event, it);
            let opacity = presence(it, first, last) * layer.strength() * if standing { STANDING_STRENGTH } else { 1.0 };
            let besides = (0..MOST_BESIDE).map(|step| [place[0] + step as f32 * (SYMBOL_POINTS + 1.0), place[1]]);
            let mut markers_beside = besides.map(|at| Marker { event, at, place, opacity, standing });
            let free = |marker: &Marker| markers.iter().all(|other| !other.rect().overlaps(&marker.rect()));
            if markers.len() < MOST_SYMBOLS
                && screen.contains(place)
                && let Some(marker) = markers_beside.find(free)
            {
                markers.push(marker);
            }
        }
        markers
    }

    /// The symbols of events, the most important on top.
    pub fn symbols(&self, markers: &[Marker]) -> Vec<Item> {
        let Some(project) = self.input.project else { return Vec::new() };
        let symbol = |marker: &Marker| {
            let kind = project.events[marker.event].kind;
            let (family, size_points) = (kind.family(), marker.size_points());
            Item::Symbol {
                at: marker.at,
                size_points,
                family,
                kind,
                color: self.style.family(family),
                opacity: marker.opacity,
                event: Some(marker.event),
            }
        };
        markers.iter().rev().map(symbol).collect()
    }

    /// A ring round the selected event.
    pub fn selection(&self, markers: &[Marker]) -> Vec<Item> {
        let selected = markers.iter().filter(|marker| self.input.selected_event == Some(marker.event));
        let none = self.style.accent.faded(0.0);
        selected
            .map(|marker| Item::Dot {
                at: marker.at,
                radius_points: marker.size_points() * 0.72,
                color: none,
                stroke: Stroke::solid(self.style.accent, 2.0),
            })
            .collect()
    }
}

/// How surely the event happened within the shown days: the surest of them.
fn presence(event: &Event, first: Day, last: Day) -> f32 {
    let certain = event.date.latest.max(first).min(last);
    [first, last, certain].into_iter().map(|day| event.span.presence(day)).fold(0.35, f32::max)
}

fn length(points: &[At]) -> f32 {
    points.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

/// The middle and the angle of a chord of this width at a share of a line's length, turned so that text on it reads from left to right; `None` where the
/// line is too short or too bent for a straight text.
fn chord(points: &[At], share: f32, width: f32) -> Option<(At, f32)> {
    let total = length(points);
    let (from, to) = (point_at(points, total * share - width / 2.0)?, point_at(points, total * share + width / 2.0)?);
    let (from, to) = if to[0] < from[0] { (to, from) } else { (from, to) };
    let reach = (to[0] - from[0]).hypot(to[1] - from[1]);
    let angle = (to[1] - from[1]).atan2(to[0] - from[0]);
    (reach > width * 0.85).then_some(([(from[0] + to[0]) / 2.0, (from[1] + to[1]) / 2.0], angle))
}

fn point_at(points: &[At], along: f32) -> Option<At> {
    let mut left = along;
    for pair in points.windows(2).filter(|_| along >= 0.0) {
        let step = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
        if left <= step && step > 0.0 {
            return Some([0, 1].map(|axis| pair[0][axis] + (pair[1][axis] - pair[0][axis]) * left / step));
        }
        left -= step;
    }
    None
}
