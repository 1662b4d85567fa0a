//! What a project lays over the land: regions, lines, places and events valid on the day; and the graticule.

mod shapes;

use std::sync::Arc;

pub use shapes::{FlatCache, Hands, Shapes};

use super::{
    SceneInput,
    annotations::Drawing,
    callouts,
    flat::{Flattener, unwrapped},
    fonts,
    graticule::step_deg,
    hues,
    item::{Anchor, At, Face, Fill, Item, Rect, Text},
    markers::{self, Fan, Marker, SYMBOL_POINTS, Spot},
    style::{Stroke, Style},
    tint::{Loudness, Tints},
};
use crate::{
    model::{
        Event, PolityId, PolityIx,
        annotation::Mark,
        project::{Common, Line, Place},
    },
    time::Day,
};

/// How strong what began long before and still stands is beside what happens.
const STANDING_STRENGTH: f32 = 0.6;
/// The least strength of a sign: an event whose date is that uncertain is still shown to be there.
const FAINTEST: f32 = 0.35;

/// Draws what lies over the land for one picture.
pub struct Overlay<'a> {
    input: &'a SceneInput<'a>,
    style: &'a Style,
    flattener: Flattener,
    tints: Tints<'a>,
}

/// The events on the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signs {
    /// Every sign, the most important first.
    pub markers: Vec<Marker>,
    /// The pile that is fanned out; never in a print.
    pub fan: Option<Fan>,
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
        let step = step_deg(&self.input.camera);
        let limit = self.input.camera.projection.limit_deg();
        let rounds =
            |from: f64, to: f64| ((from / step).ceil() as i32..=(to / step).floor() as i32).map(move |count| f64::from(count) * step);
        let meridians = rounds(seen.west, seen.east).map(|lon| [[lon, seen.south.max(-limit)], [lon, seen.north.min(limit)]]);
        let parallels = rounds(seen.south, seen.north).map(|lat| [[seen.west, lat], [seen.east, lat]]);
        let stroke = Stroke::solid(self.style.graticule.faded(layer.strength()), 0.5);
        let lines = meridians.chain(parallels).flat_map(|line| self.flattener.line(&line));
        lines.map(|points| Item::Polyline { points, stroke, soft: false }).collect()
    }

    fn polity(&self, id: &PolityId) -> Option<PolityIx> {
        self.input.atlas.polities.find(id.as_str())
    }

    fn line_shapes(&self, line: &Line) -> Vec<Vec<At>> {
        let parts = line.shape.iter().map(|part| part.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>());
        parts.flat_map(|part| unwrapped(&part, false)).flat_map(|part| self.flattener.line(&part)).collect()
    }

    /// Arrows, texts and callouts where they were put, and names of arrows where these find room; what they cover is added to `taken`.
    pub fn annotations(&self, taken: &mut Vec<Rect>) -> Vec<Item> {
        let layer = self.input.look.layers.annotations;
        let mut items = Vec::new();
        for annotation in self.input.annotations() {
            let presence = annotation.common.span.presence(self.input.day);
            if presence == 0.0 {
                continue;
            }
            let party = annotation.party.as_ref().and_then(|party| self.polity(party));
            let drawing = Drawing {
                flattener: &self.flattener,
                style: self.style,
                view: &self.input.state.view,
                party: party.map(|party| hues::color(&self.input.atlas.polities, party, self.style.theme, Loudness::Strong)),
                strength: presence.max(FAINTEST) * layer.strength(),
            };
            let (drawn, boxes) = drawing.of(annotation);
            items.extend(drawn);
            taken.extend(boxes);
            if let Mark::Arrow(lines) = &annotation.mark {
                let shafts = drawing.shafts(lines);
                let longest = shafts.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
                let name = annotation.common.name_in(&self.input.state.view);
                items.extend(longest.and_then(|points| self.along(name, points, taken)).map(Item::Text));
                taken.extend(shafts.iter().flat_map(|shaft| along_boxes(shaft)));
            }
        }
        items
    }

    /// A text beside a line, at the first of some places along it that is free.
    fn along(&self, name: &str, points: &[At], taken: &mut Vec<Rect>) -> Option<Text> {
        let size_points = self.input.letters(9.0);
        let width = fonts::text_width(name, Face::Italic, size_points, 0.2);
        let (screen, off, high) = (self.screen(), size_points * 0.9, size_points * 1.3);
        [0.5, 0.35, 0.65, 0.2, 0.8].into_iter().find_map(|share| {
            let (middle, angle) = chord(points, share, width)?;
            let at = [middle[0] + angle.sin() * off, middle[1] - angle.cos() * off];
            // The box round turned text is too large in the corners; small boxes along it are not.
            let steps = (width / 10.0).ceil() as i32;
            let boxes: Vec<Rect> = (-steps / 2..=steps / 2)
                .map(|step| Rect::around([at[0] + angle.cos() * step as f32 * 10.0, at[1] + angle.sin() * step as f32 * 10.0], high, high))
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
        let standing = self.input.places().filter(|place| place.common.span.contains(self.input.day));
        let strength = |place: &Place| layer.strength() * place.common.span.presence(self.input.day).max(FAINTEST);
        standing.flat_map(|place| self.place(place, strength(place), taken)).collect()
    }

    fn place(&self, place: &Place, strength: f32, taken: &mut Vec<Rect>) -> Vec<Item> {
        let size_points = self.input.letters(9.5);
        let Some(at) = self.flattener.at(place.at) else { return Vec::new() };
        let screen = self.screen();
        let is_free = |rect: &Rect| screen.encloses(rect) && taken.iter().all(|other| !other.overlaps(rect));
        let dot = Rect::around(at, 7.0, 7.0);
        if !is_free(&dot) {
            return Vec::new();
        }
        let name = place.name_at(self.input.day, &self.input.state.view);
        let name = name.as_ref();
        let (width, height) = (fonts::text_width(name, Face::Regular, size_points, 0.0), size_points * 1.1);
        let beside = [
            ([at[0] + 6.0, at[1]], Anchor::Start, [at[0] + 6.0 + width / 2.0, at[1]]),
            ([at[0] - 6.0, at[1]], Anchor::End, [at[0] - 6.0 - width / 2.0, at[1]]),
            ([at[0], at[1] - size_points], Anchor::Middle, [at[0], at[1] - size_points]),
            ([at[0], at[1] + size_points], Anchor::Middle, [at[0], at[1] + size_points]),
        ];
        let found = beside
            .into_iter()
            .map(|(text_at, anchor, middle)| (text_at, anchor, Rect::around(middle, width + 2.0, height)))
            .find(|(_, _, rect)| is_free(rect));
        let Some((text_at, anchor, rect)) = found else { return Vec::new() };
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

    /// The signs of the shown days that are in the picture, and the fan of the pile that is open. What was selected or pinned is there whatever
    /// the date.
    pub fn signs(&self) -> Signs {
        let screen = self.screen().grown(SYMBOL_POINTS);
        let spots = self.spots(&screen);
        // What a pile shows on top: what is selected, what has just been told, what is pinned.
        let telling = self.input.telling;
        let preferred: Vec<usize> =
            self.input.selected_event.into_iter().chain(telling.fresh.iter().chain(&telling.pinned).copied()).collect();
        let markers = markers::arrange(&spots, &preferred, &screen);
        let fan = self.input.telling.fanned.and_then(|event| markers::fan(&spots, &markers, event, &self.screen()));
        Signs { markers, fan: fan.map(|fan| Fan { items: self.fan(&fan), ..fan }) }
    }

    /// The events that are to be drawn, the most important first. The order does not hang on what is selected, so that signs stay where they are.
    fn spots(&self, screen: &Rect) -> Vec<Spot> {
        let layer = self.input.look.layers.events;
        let Some(project) = self.input.project.filter(|_| layer.visible) else { return Vec::new() };
        let (first, last) = self.input.shown;
        let asked = self.input.look.events;
        let by_hand = |index: usize| self.input.selected_event == Some(index) || self.input.telling.is_pinned(index);
        let shown = |event: &Event| {
            self.input.telling.tells(&event.id)
                && asked.asks_for(event.kind)
                && event.span.first_day() <= last
                && event.span.past_end() > first
        };
        let mut events: Vec<(usize, &Event)> = {
            let drawn = project.events.iter().map(Arc::as_ref).enumerate().filter(|(_, event)| project.draws_layer(&event.layer));
            drawn.filter(|(index, event)| shown(event) || by_hand(*index)).collect()
        };
        events.sort_by_key(|(_, event)| (event.stands_since_before(first), event.importance, -event.span.first_day().get()));
        let spot = |(index, event): (usize, &Event)| {
            let place = self.flattener.at(event.at).filter(|place| screen.contains(*place))?;
            let standing = event.stands_since_before(first) && !by_hand(index);
            let opacity = presence(event, first, last) * layer.strength() * if standing { STANDING_STRENGTH } else { 1.0 };
            Some(Spot { event: index, place, opacity, standing })
        };
        events.into_iter().filter_map(spot).collect()
    }

    /// The symbols of events, the most important on top; piles with their count.
    pub fn symbols(&self, markers: &[Marker]) -> Vec<Item> {
        markers.iter().rev().flat_map(|marker| self.symbol(marker)).collect()
    }

    fn symbol(&self, marker: &Marker) -> Vec<Item> {
        let Some(project) = self.input.project else { return Vec::new() };
        let kind = project.events[marker.event].kind;
        let family = kind.family();
        let symbol = Item::Symbol {
            at: marker.at,
            size_points: marker.size_points(),
            family,
            kind,
            color: self.style.family(family),
            opacity: marker.opacity,
            event: Some(marker.event),
        };
        std::iter::once(symbol).chain(self.count(marker)).collect()
    }

    /// How many events a sign stands for, at its upper right.
    fn count(&self, marker: &Marker) -> Vec<Item> {
        if marker.pile.is_empty() {
            return Vec::new();
        }
        let text = marker.pile.len().to_string();
        let (face, size_points) = (Face::SemiBold, self.input.letters(9.5));
        let height = size_points + 4.5;
        let width = (fonts::text_width(&text, face, size_points, 0.0) + 7.0).max(height);
        let reach = marker.size_points() * 0.42;
        let at = [marker.at[0] + reach + width / 2.0 - 4.0, marker.at[1] - reach - 2.0];
        let (rect, edge) = (Rect::around(at, width, height), Stroke::solid(self.style.halo, 1.0));
        let text = Text {
            at,
            anchor: Anchor::Middle,
            text,
            face,
            size_points,
            color: self.style.panel,
            halo: None,
            letter_spacing_points: 0.0,
            angle_rad: 0.0,
        };
        vec![Item::Box { rect, radius_points: height / 2.0, fill: Fill::plain(self.style.ink), stroke: Some(edge) }, Item::Text(text)]
    }

    /// A pile spread out: a quiet disc over the map, a line from the place to each symbol, and the symbols.
    fn fan(&self, fan: &Fan) -> Vec<Item> {
        let (color, stroke) = (self.style.panel.faded(0.9), Stroke::solid(self.style.panel_edge, 0.75));
        let disc = Item::Dot { at: fan.middle, radius_points: fan.radius_points, color, stroke };
        let lines = fan.markers.iter().flat_map(|marker| callouts::leader(&[fan.place, marker.at], self.style, 0.7));
        std::iter::once(disc).chain(lines).chain(self.symbols(&fan.markers)).collect()
    }

    /// A ring round the selected event.
    pub fn selection(&self, markers: &[Marker]) -> Vec<Item> {
        let lit = &self.input.telling.highlighted;
        let is_lit = |event: usize| self.input.project.is_some_and(|project| lit.contains(&project.events[event].id));
        let selected = markers.iter().filter(|marker| self.input.selected_event == Some(marker.event) || is_lit(marker.event));
        let none = self.style.accent.faded(0.0);
        let shapes = if lit.is_empty() { Vec::new() } else { self.highlighted() };
        let rings = selected.map(|marker| Item::Dot {
            at: marker.at,
            radius_points: marker.size_points() * 0.72,
            color: none,
            stroke: Stroke::solid(self.style.accent, 2.0),
        });
        shapes.into_iter().chain(rings).collect()
    }

    /// The outlines of the regions and lines of the day that a scene is about.
    fn highlighted(&self) -> Vec<Item> {
        let (lit, day) = (&self.input.telling.highlighted, self.input.day);
        let is_lit = |common: &Common| lit.contains(&common.id) && common.span.contains(day);
        let points = |ring: &geo::LineString| ring.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>();
        let polygons = self.input.regions().filter(|region| is_lit(&region.common)).flat_map(|region| &region.shape);
        let rings = polygons.flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let rings = rings.flat_map(|ring| unwrapped(&points(ring), false)).flat_map(|ring| self.flattener.line(&ring));
        let lines = self.input.lines().filter(|line| is_lit(&line.common)).flat_map(|line| self.line_shapes(line));
        let stroke = Stroke::solid(self.style.accent, 2.5);
        rings.chain(lines).map(|points| Item::Polyline { points, stroke, soft: false }).collect()
    }
}

/// How surely the event happened within the shown days: as surely as on the surest of them, and for a moment whose date is uncertain at least by
/// the share of its days that are shown.
fn presence(event: &Event, first: Day, last: Day) -> f32 {
    let certain = event.date.latest.max(first).min(last);
    let surest = [first, last, certain].into_iter().map(|day| event.span.presence(day)).fold(FAINTEST, f32::max);
    let days = |from: Day, to: Day| (to.get() - from.get() + 1).max(0) as f32;
    let (earliest, latest) = (event.date.earliest, event.date.latest);
    let share = days(earliest.max(first), latest.min(last)) / days(earliest, latest);
    if event.lasts { surest } else { surest.max(share) }
}

fn length(points: &[At]) -> f32 {
    points.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

/// Small boxes along an arrow, which names keep clear of.
fn along_boxes(points: &[At]) -> Vec<Rect> {
    let step_points = 8.0;
    let steps = (length(points) / step_points).floor() as i32;
    (0..=steps).filter_map(|step| point_at(points, step as f32 * step_points)).map(|at| Rect::around(at, 9.0, 9.0)).collect()
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
