//! Callouts: what happened, beside where it happened. Laid out so that no box covers a place, a symbol or another box, each with a line to its
//! place.

use super::{
    Callout, SceneInput,
    fonts::{self, LINE_HEIGHT},
    item::{Anchor, At, Face, Fill, Item, Rect, Text},
    overlay::Marker,
    style::{Rgba, Stroke, Style},
};
use crate::model::{Atlas, Event};

const WIDTH: f32 = 264.0;
const INSET: f32 = 10.0;
const TITLE_SIZE: f32 = 14.0;
const DATE_SIZE: f32 = 11.5;
const TEXT_SIZE: f32 = 12.0;
const PARTIES_SIZE: f32 = 11.0;
/// How far from its place a box may stand, in points, nearest first.
const DISTANCES: [f32; 6] = [28.0, 60.0, 100.0, 150.0, 210.0, 280.0];
/// Directions in which a box is tried.
const DIRECTIONS: u32 = 16;
/// A callout for each so many square points of picture, at most.
const POINTS_PER_CALLOUT: f64 = 330_000.0;
const MOST_CALLOUTS: usize = 5;

/// Chooses the events that get a callout and lays these out clear of `taken` and of every marker; their boxes are added to `taken`. The selected event
/// comes first, then the most important, then the latest. Boxes stay off what the picture is `about` if they can.
pub fn layout(input: &SceneInput, markers: &[Marker], about: &[Rect], taken: &mut Vec<Rect>) -> Vec<Callout> {
    let Some(project) = input.project else { return Vec::new() };
    let room = (input.camera.size_points[0] * input.camera.size_points[1] / POINTS_PER_CALLOUT).ceil() as usize;
    let worth =
        |marker: &&Marker| input.selected_event == Some(marker.event) || !marker.standing && project.events[marker.event].importance <= 2;
    let mut keep_clear: Vec<Rect> = markers.iter().map(|marker| marker.rect().grown(3.0)).collect();
    keep_clear.extend(markers.iter().map(|marker| Rect::around(marker.place, 8.0, 8.0)));
    let mut callouts: Vec<Callout> = Vec::new();
    for marker in markers.iter().filter(worth) {
        if callouts.len() >= room.min(MOST_CALLOUTS) {
            break;
        }
        let mut callout = written(input.atlas, &project.events[marker.event], marker);
        let size = [callout.rect.width(), callout.rect.height()];
        if let Some(rect) = place(&Ground { input, about, taken, clear: &keep_clear, others: &callouts }, marker, size) {
            callout.rect = rect;
            callout.leader = vec![marker.at, nearest_on(&rect, marker.at)];
            taken.push(rect.grown(4.0));
            callouts.push(callout);
        }
    }
    callouts
}

/// The callout with its words broken into lines, its box at the origin.
fn written(atlas: &Atlas, event: &Event, marker: &Marker) -> Callout {
    let width = WIDTH - 2.0 * INSET;
    let wrap = |text: &str, face, size, lines| fonts::wrapped(text, face, size, width, lines);
    let title = wrap(&event.title, Face::SemiBold, TITLE_SIZE, 3);
    let date = [event.when(), event.place.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let date = wrap(&date, Face::Medium, DATE_SIZE, 1).pop().unwrap_or_default();
    let text = wrap(&event.text, Face::Regular, TEXT_SIZE, if event.importance == 1 { 5 } else { 3 });
    let parties = wrap(&parties(atlas, event), Face::Regular, PARTIES_SIZE, 2);
    let height = [(title.len(), TITLE_SIZE), (1, DATE_SIZE), (text.len(), TEXT_SIZE), (parties.len(), PARTIES_SIZE)];
    let height: f32 = height.iter().map(|(lines, size)| *lines as f32 * size * LINE_HEIGHT).sum();
    let gaps = 2.0 + if text.is_empty() { 0.0 } else { 5.0 } + if parties.is_empty() { 0.0 } else { 4.0 };
    let rect = Rect::new(0.0, 0.0, WIDTH, height + gaps + 2.0 * INSET - 3.0);
    Callout {
        event: marker.event,
        anchor: marker.place,
        rect,
        leader: Vec::new(),
        title,
        date,
        text,
        parties,
        opacity: marker.opacity.max(0.85),
    }
}

fn parties(atlas: &Atlas, event: &Event) -> String {
    let sources = match event.sources.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    let accounts = (!event.accounts.is_empty()).then(|| "accounts differ".to_owned());
    let names = event.parties.iter().map(|id| atlas.polities.name(id).to_owned());
    names.chain(accounts).chain([sources]).collect::<Vec<_>>().join(" · ")
}

/// What a box has to reckon with.
struct Ground<'a> {
    input: &'a SceneInput<'a>,
    about: &'a [Rect],
    taken: &'a [Rect],
    clear: &'a [Rect],
    others: &'a [Callout],
}

/// The cheapest free place for a box: near its place, off what the picture is about, outward rather than inward.
fn place(ground: &Ground, marker: &Marker, size: [f32; 2]) -> Option<Rect> {
    let angles = (0..DIRECTIONS).map(|direction| (direction as f32 / DIRECTIONS as f32 * std::f32::consts::TAU).sin_cos());
    let tries = DISTANCES.into_iter().flat_map(|distance| angles.clone().map(move |turn| (distance, turn)));
    let boxes = tries.map(|(distance, (sin, cos))| {
        let reach = [size[0] / 2.0 + distance, size[1] / 2.0 + distance];
        Rect::around([marker.at[0] + cos * reach[0], marker.at[1] + sin * reach[1]], size[0], size[1])
    });
    let priced = boxes.filter(|rect| ground.is_free(rect, marker.at)).map(|rect| (ground.cost(&rect, marker.at), rect));
    priced.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rect)| rect)
}

impl Ground<'_> {
    fn screen(&self) -> Rect {
        let [width, height] = self.input.camera.size_points.map(|side| side as f32);
        Rect::new(0.0, 0.0, width, height).grown(-8.0)
    }

    fn is_free(&self, rect: &Rect, at: At) -> bool {
        let end = nearest_on(rect, at);
        let crosses = |other: &Callout| crosses_box(at, end, &other.rect) || crosses_box(other.leader[0], other.leader[1], rect);
        self.screen().encloses(rect)
            && self.taken.iter().chain(self.clear).all(|other| !other.overlaps(rect))
            && !self.others.iter().any(crosses)
    }

    fn cost(&self, rect: &Rect, at: At) -> f32 {
        let (end, middle, own) = (nearest_on(rect, at), self.screen().middle(), rect.middle());
        let shared = |other: &Rect| {
            let side = |axis: usize| (rect.max[axis].min(other.max[axis]) - rect.min[axis].max(other.min[axis])).max(0.0);
            side(0) * side(1) / (rect.width() * rect.height())
        };
        let covered: f32 = self.about.iter().map(shared).sum();
        let outward = (own[0] - middle[0]).hypot(own[1] - middle[1]);
        (end[0] - at[0]).hypot(end[1] - at[1]) - 0.15 * outward + 260.0 * covered
    }
}

fn nearest_on(rect: &Rect, at: At) -> At {
    [at[0].clamp(rect.min[0], rect.max[0]), at[1].clamp(rect.min[1], rect.max[1])]
}

/// Whether a stretch runs through a box, tried at steps of a few points.
fn crosses_box(from: At, to: At, rect: &Rect) -> bool {
    let steps = ((to[0] - from[0]).hypot(to[1] - from[1]) / 4.0).ceil().max(1.0) as u32;
    (0..=steps).any(|step| {
        let share = step as f32 / steps as f32;
        rect.contains([0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share))
    })
}

/// The leader lines: drawn under the symbols.
pub fn leaders(callouts: &[Callout], style: &Style) -> Vec<Item> {
    let strokes = [Stroke::solid(style.halo.faded(0.7), 3.0), Stroke::solid(style.ink, 1.0)];
    let lines = callouts.iter().flat_map(|callout| strokes.map(|stroke| (callout, stroke)));
    lines.map(|(callout, stroke)| Item::Polyline { points: callout.leader.clone(), stroke, soft: false }).collect()
}

/// The boxes with their words.
pub fn boxes(callouts: &[Callout], style: &Style, family_color: impl Fn(usize) -> Rgba) -> Vec<Item> {
    callouts.iter().flat_map(|callout| callout_box(callout, style, family_color(callout.event))).collect()
}

fn callout_box(callout: &Callout, style: &Style, color: Rgba) -> Vec<Item> {
    let rect = callout.rect;
    let edge = Stroke::solid(style.panel_edge.faded(callout.opacity), 0.75);
    let fill = Fill::plain(style.panel.faded(0.96 * callout.opacity.max(0.8)));
    let mark = Rect::new(rect.min[0] + INSET, rect.min[1], 26.0, 2.5);
    let mut items = vec![
        Item::Box { rect, radius_points: 3.0, fill, stroke: Some(edge) },
        Item::Box { rect: mark, radius_points: 0.0, fill: Fill::plain(color.faded(callout.opacity)), stroke: None },
    ];
    let mut y = rect.min[1] + INSET;
    let mut rows = |lines: &[String], face: Face, size: f32, color: Rgba, gap: f32| {
        if lines.is_empty() {
            return;
        }
        y += gap;
        for line in lines {
            let at = [rect.min[0] + INSET, y + size * LINE_HEIGHT / 2.0];
            let color = color.faded(callout.opacity);
            let text = line.clone();
            items.push(Item::Text(Text {
                at,
                anchor: Anchor::Start,
                text,
                face,
                size_points: size,
                color,
                halo: None,
                letter_spacing_points: 0.0,
                angle_rad: 0.0,
            }));
            y += size * LINE_HEIGHT;
        }
    };
    rows(&callout.title, Face::SemiBold, TITLE_SIZE, style.ink, 0.0);
    rows(std::slice::from_ref(&callout.date), Face::Medium, DATE_SIZE, style.quiet_ink, 2.0);
    rows(&callout.text, Face::Regular, TEXT_SIZE, style.ink, 5.0);
    rows(&callout.parties, Face::Regular, PARTIES_SIZE, style.quiet_ink, 4.0);
    items
}
