//! What the map maker drew to explain the map: arrows, texts, and texts that lead to a place. They stand where they were put; names make room for them.

use std::sync::Arc;

use geo::MultiLineString;

use super::{
    callouts,
    flat::{Flattener, unwrapped},
    fonts::{self, LINE_HEIGHT},
    item::{Anchor, At, Face, Fill, Item, Rect, Text},
    style::{Dash, Rgba, Stroke, Style},
};
use crate::{
    geometry::LonLat,
    model::{Annotation, View, annotation::Mark},
};

/// The size of the letters of a text, and of the words of a callout.
const TEXT_POINTS: f32 = 14.0;
const CALLOUT_POINTS: f32 = 12.5;
/// Words are broken into lines no wider than this, in points.
const WIDEST_POINTS: f32 = 190.0;
/// More lines than these are cut with an ellipsis: an essay belongs beside the map.
const MOST_LINES: usize = 6;
/// Between the end of a leader and the words, in points.
const GAP_POINTS: f32 = 4.0;
/// How wide the shaft of an arrow is, and how long and wide its head, in points.
const SHAFT_POINTS: f32 = 3.0;
const HEAD_POINTS: [f32; 2] = [15.0, 13.0];
/// How much wider the ground of an arrow is than the arrow, on each side.
const CASING_POINTS: f32 = 1.6;
/// Letters on a map need at least this contrast with what keeps them off the land.
const LEAST_CONTRAST: f32 = 4.5;

/// The words of an annotation in their place.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// From the top down.
    pub lines: Vec<String>,
    /// The box around them.
    pub rect: Rect,
    face: Face,
    size_points: f32,
    anchor: Anchor,
}

impl Words {
    /// The words of a text or callout as they stand on the screen; `None` for an arrow, and where the place is not to be seen.
    pub fn of(annotation: &Annotation, view: &View, flattener: &Flattener) -> Option<Self> {
        let text = annotation.common.name_in(view);
        match &annotation.mark {
            Mark::Arrow(_) => None,
            Mark::Text(at) => Some(Self::around(text, flattener.at(*at)?)),
            Mark::Callout { place, words } => Some(Self::beyond(text, flattener.at(*place), flattener.at(*words)?)),
        }
    }

    /// Words with their middle at a place.
    fn around(text: &str, middle: At) -> Self {
        let (face, size_points) = (Face::SemiBold, TEXT_POINTS);
        let lines = fonts::wrapped(text, face, size_points, WIDEST_POINTS, MOST_LINES);
        let [width, height] = extent(&lines, face, size_points);
        Self { rect: Rect::around(middle, width, height), lines, face, size_points, anchor: Anchor::Middle }
    }

    /// Words that go on from the end of a leader, away from its place.
    fn beyond(text: &str, place: Option<At>, end: At) -> Self {
        let (face, size_points) = (Face::Medium, CALLOUT_POINTS);
        let lines = fonts::wrapped(text, face, size_points, WIDEST_POINTS, MOST_LINES);
        let [width, height] = extent(&lines, face, size_points);
        let off = place.map_or([0.0, -1.0], |place| [end[0] - place[0], end[1] - place[1]]);
        let length = off[0].hypot(off[1]).max(0.001);
        let way = [off[0] / length, off[1] / length];
        // As far along the leader as the box reaches, so that the line ends at its edge.
        let reach = (width / 2.0 / way[0].abs().max(0.001)).min(height / 2.0 / way[1].abs().max(0.001)) + GAP_POINTS;
        let middle = [end[0] + way[0] * reach, end[1] + way[1] * reach];
        let anchor = match way[0] {
            across if across > 0.5 => Anchor::Start,
            across if across < -0.5 => Anchor::End,
            _ => Anchor::Middle,
        };
        Self { rect: Rect::around(middle, width, height), lines, face, size_points, anchor }
    }

    fn items(&self, color: Rgba, halo: Rgba) -> Vec<Item> {
        let x = match self.anchor {
            Anchor::Start => self.rect.min[0],
            Anchor::End => self.rect.max[0],
            Anchor::Middle => self.rect.middle()[0],
        };
        let step = self.size_points * LINE_HEIGHT;
        let text = |(row, line): (usize, &String)| {
            Item::Text(Text {
                at: [x, self.rect.min[1] + step * (row as f32 + 0.5)],
                anchor: self.anchor,
                text: line.clone(),
                face: self.face,
                size_points: self.size_points,
                color,
                halo: Some(halo),
                letter_spacing_points: 0.0,
                angle_rad: 0.0,
            })
        };
        self.lines.iter().enumerate().map(text).collect()
    }
}

fn extent(lines: &[String], face: Face, size_points: f32) -> [f32; 2] {
    let width = lines.iter().map(|line| fonts::text_width(line, face, size_points, 0.0)).fold(0.0, f32::max);
    [width, lines.len() as f32 * size_points * LINE_HEIGHT]
}

/// How one annotation is drawn.
pub struct Drawing<'a> {
    /// Where places are on the screen.
    pub flattener: &'a Flattener,
    /// The theme.
    pub style: &'a Style,
    /// Whose names are written.
    pub view: &'a View,
    /// The colour of its party, if it has one that the atlas knows.
    pub party: Option<Rgba>,
    /// Alpha over everything, 0 to 1.
    pub strength: f32,
}

impl Drawing<'_> {
    /// The items of an annotation, and the boxes that its words cover.
    pub fn of(&self, annotation: &Annotation) -> (Vec<Item>, Vec<Rect>) {
        let words = Words::of(annotation, self.view, self.flattener);
        let boxes = words.iter().map(|words| words.rect.grown(2.0)).collect();
        let halo = self.style.halo.faded(0.9 * self.strength);
        let mut items = match &annotation.mark {
            Mark::Arrow(lines) => self.arrow(lines, annotation.common.approximate),
            Mark::Text(_) => Vec::new(),
            Mark::Callout { place, words } => self.leader(*place, *words),
        };
        items.extend(words.iter().flat_map(|words| words.items(self.ink().faded(self.strength), halo)));
        (items, boxes)
    }

    /// The lines of an arrow on the screen.
    pub fn shafts(&self, lines: &MultiLineString) -> Vec<Vec<At>> {
        let parts = lines.iter().map(|part| part.coords().map(|point| [point.x, point.y]).collect::<Vec<_>>());
        parts.flat_map(|part| unwrapped(&part, false)).flat_map(|part| self.flattener.line(&part)).collect()
    }

    fn arrow(&self, lines: &MultiLineString, approximate: bool) -> Vec<Item> {
        let shafts = self.shafts(lines);
        let tip = lines.0.last().and_then(|line| line.0.last()).and_then(|at| self.flattener.at(LonLat::new(at.x, at.y)));
        let (ink, halo) = (self.ink().faded(self.strength), self.style.halo.faded(0.9 * self.strength));
        let dash = if approximate { Dash::Long } else { Dash::Solid };
        let (mut ground, mut drawn) = (Vec::new(), Vec::new());
        for shaft in shafts {
            // A line that leaves the picture has its end elsewhere.
            let ends_here = tip.filter(|tip| shaft.last().is_some_and(|end| (end[0] - tip[0]).hypot(end[1] - tip[1]) < 1.0));
            let (points, head) = match ends_here {
                Some(tip) => headed(shaft, tip),
                None => (shaft, None),
            };
            let casing = Stroke::solid(halo, SHAFT_POINTS + 2.0 * CASING_POINTS);
            if points.len() > 1 {
                ground.push(Item::Polyline { points: points.clone(), stroke: casing, soft: false });
                drawn.push(Item::Polyline { points, stroke: Stroke { color: ink, width_points: SHAFT_POINTS, dash }, soft: false });
            }
            if let Some(head) = head {
                let filled = |color: Rgba, stroke: Option<Stroke>| Item::Polygon {
                    rings: Arc::new(vec![head.to_vec()]),
                    fill: Some(Fill::plain(color)),
                    stroke,
                    opacity: self.strength,
                };
                ground.push(filled(self.style.halo, Some(Stroke::solid(self.style.halo, 2.0 * CASING_POINTS))));
                drawn.push(filled(self.ink(), None));
            }
        }
        ground.into_iter().chain(drawn).collect()
    }

    /// The thin line of a callout. One whose place is behind the globe has none.
    fn leader(&self, place: LonLat, words: LonLat) -> Vec<Item> {
        let ends = self.flattener.at(place).zip(self.flattener.at(words));
        ends.map_or_else(Vec::new, |(place, words)| callouts::leader(&[place, words], self.style, self.strength))
    }

    /// The colour of letters and arrows: the party's as far as it can be read, else that of the text of the map.
    fn ink(&self) -> Rgba {
        let Some(party) = self.party else { return self.style.ink };
        let shades = (0..=10).map(|step| party.mixed(self.style.ink, step as f32 / 10.0));
        shades.into_iter().find(|shade| shade.contrast(self.style.halo) >= LEAST_CONTRAST).unwrap_or(self.style.ink)
    }
}

/// A shaft that ends inside its head, and the head: tip, left, right. A line too short for a head keeps it at the whole length.
fn headed(mut shaft: Vec<At>, tip: At) -> (Vec<At>, Option<[At; 3]>) {
    let [length, width] = HEAD_POINTS;
    let off = |at: &At| (tip[0] - at[0]).hypot(tip[1] - at[1]);
    // The way that the line comes from as far back as the head reaches: the last step of a freehand line may point anywhere.
    let Some(from) = shaft.iter().rev().find(|at| off(at) >= length).or(shaft.first()).copied() else { return (shaft, None) };
    let far = off(&from);
    if far <= 0.0 {
        return (shaft, None);
    }
    let way = [(tip[0] - from[0]) / far, (tip[1] - from[1]) / far];
    let back = [tip[0] - way[0] * length, tip[1] - way[1] * length];
    let side = [-way[1] * width / 2.0, way[0] * width / 2.0];
    while shaft.len() > 1 && shaft.last().is_some_and(|at| off(at) < length * 0.8) {
        shaft.pop();
    }
    shaft.push([tip[0] - way[0] * length * 0.8, tip[1] - way[1] * length * 0.8]);
    (shaft, Some([tip, [back[0] + side[0], back[1] + side[1]], [back[0] - side[0], back[1] - side[1]]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_points_where_its_line_goes() {
        let (shaft, head) = headed(vec![[0.0, 0.0], [100.0, 0.0]], [100.0, 0.0]);
        let [tip, left, right] = head.unwrap();
        assert_eq!((tip, left[0], right[0]), ([100.0, 0.0], 85.0, 85.0));
        assert_eq!((left[1] + right[1], (left[1] - right[1]).abs()), (0.0, 13.0));
        assert_eq!(shaft, [[0.0, 0.0], [88.0, 0.0]], "the shaft ends inside the head");
    }

    #[test]
    fn a_shaking_end_does_not_turn_the_head() {
        let (shaft, head) = headed(vec![[0.0, 0.0], [97.0, 0.0], [98.0, 1.0], [100.0, 0.0]], [100.0, 0.0]);
        let [_, left, right] = head.unwrap();
        assert_eq!((left[0], right[0]), (85.0, 85.0));
        assert_eq!(shaft, [[0.0, 0.0], [88.0, 0.0]]);
    }

    #[test]
    fn words_lie_beyond_the_end_of_their_leader() {
        let right = Words::beyond("Pass", Some([0.0, 0.0]), [50.0, 0.0]);
        assert!(right.rect.min[0] >= 50.0 && right.rect.middle()[1] == 0.0 && right.anchor == Anchor::Start, "{right:?}");
        let up = Words::beyond("Pass", Some([0.0, 0.0]), [0.0, -50.0]);
        assert!(up.rect.max[1] <= -50.0 && up.anchor == Anchor::Middle, "{up:?}");
        let left = Words::beyond("Pass", Some([0.0, 0.0]), [-50.0, 0.0]);
        assert!(left.rect.max[0] <= -50.0 && left.anchor == Anchor::End, "{left:?}");
    }
}
