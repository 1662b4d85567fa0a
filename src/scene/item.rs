//! The draw list over the world: plain values in screen points, back to front. The window, SVG and PNG paint the same list.

use std::{ops::Range, sync::Arc};

use super::{
    shaping::is_joined,
    style::{Rgba, Stroke},
};
use crate::model::{EventKind, event::EventFamily};

/// A position on the screen: `[x, y]` in points from the top left of the map's area, `y` down.
pub type At = [f32; 2];

/// An upright box on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Top left.
    pub min: At,
    /// Bottom right; nowhere less than `min`.
    pub max: At,
}

impl Rect {
    /// The box with this top left corner and size.
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { min: [left, top], max: [left + width, top + height] }
    }

    /// The box of this size around a middle.
    pub fn around(middle: At, width: f32, height: f32) -> Self {
        Self::new(middle[0] - width / 2.0, middle[1] - height / 2.0, width, height)
    }

    /// Points from left to right.
    pub fn width(&self) -> f32 {
        self.max[0] - self.min[0]
    }

    /// Points from top to bottom.
    pub fn height(&self) -> f32 {
        self.max[1] - self.min[1]
    }

    /// The middle.
    pub fn middle(&self) -> At {
        [(self.min[0] + self.max[0]) / 2.0, (self.min[1] + self.max[1]) / 2.0]
    }

    /// Whether the insides share a point; boxes that only touch do not.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min[0] < other.max[0] && other.min[0] < self.max[0] && self.min[1] < other.max[1] && other.min[1] < self.max[1]
    }

    /// Whether all of `other` lies inside.
    pub fn encloses(&self, other: &Self) -> bool {
        self.min[0] <= other.min[0] && self.min[1] <= other.min[1] && self.max[0] >= other.max[0] && self.max[1] >= other.max[1]
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, at: At) -> bool {
        (self.min[0]..=self.max[0]).contains(&at[0]) && (self.min[1]..=self.max[1]).contains(&at[1])
    }

    /// The smallest box round both.
    pub fn union(&self, other: &Self) -> Self {
        let (a, b) = (self, other);
        Self { min: [a.min[0].min(b.min[0]), a.min[1].min(b.min[1])], max: [a.max[0].max(b.max[0]), a.max[1].max(b.max[1])] }
    }

    /// The box so many points further to the right and down.
    pub fn moved(&self, [right, down]: At) -> Self {
        Self { min: [self.min[0] + right, self.min[1] + down], max: [self.max[0] + right, self.max[1] + down] }
    }

    /// The box with `points` more on each side (less where negative).
    pub fn grown(&self, points: f32) -> Self {
        Self { min: [self.min[0] - points, self.min[1] - points], max: [self.max[0] + points, self.max[1] + points] }
    }
}

/// How an area is painted: stripes of equal width at 45 degrees in the order base, hatch, ..., or one colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fill {
    /// Who controls it: the ground, and the first stripe.
    pub base: Rgba,
    /// The further stripes; only the first `hatch_count` count.
    pub hatch: [Rgba; 3],
    /// How many further stripes there are, 0 to 3; 0 is one plain colour.
    pub hatch_count: u8,
    /// How many stripes wide the ground is: 1 among equals (alliances), [`GROUND_STRIPES`] where it is the controller's under the stripes of claimants.
    pub ground_stripes: u8,
    /// True where the outline is approximate: drawn with a soft edge where whoever paints can.
    pub soft: bool,
}

impl Fill {
    /// One plain colour.
    pub const fn plain(base: Rgba) -> Self {
        Self { base, hatch: [Rgba([0; 4]); 3], hatch_count: 0, ground_stripes: 1, soft: false }
    }

    /// The further stripes.
    pub fn stripes(&self) -> &[Rgba] {
        &self.hatch[..usize::from(self.hatch_count.min(3))]
    }

    /// One period of the hatch, a colour for each width of a stripe; one colour where there is no hatch.
    pub fn bands(&self) -> Vec<Rgba> {
        let ground = std::iter::repeat_n(self.base, usize::from(self.ground_stripes.max(1)));
        if self.hatch_count == 0 { vec![self.base] } else { ground.chain(self.stripes().iter().copied()).collect() }
    }
}

/// The width of one stripe of a hatch, in points across the stripe.
pub const STRIPE_POINTS: f32 = 3.5;

/// How many stripes wide the ground of contested land is: so much that one sees at a glance who controls it and who claims it, and that a whole country
/// in two colours does not shimmer.
pub const GROUND_STRIPES: u8 = 3;

/// After so many stripes every hatch repeats: they have two to six.
pub const HATCH_REPEATS: u8 = 60;

/// Which cut of the letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    /// Plain text.
    #[default]
    Regular,
    /// Names of polities.
    Medium,
    /// Titles, the date.
    SemiBold,
    /// Disputed areas, waters.
    Italic,
}

impl Face {
    /// Every face.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Medium, Self::SemiBold, Self::Italic];
}

/// Which point of a text lies at its position. Vertically it is always the middle of the line's capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    #[default]
    Middle,
    /// The right end.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where its anchor is.
    pub at: At,
    /// Which point of it that is.
    pub anchor: Anchor,
    /// The text, in reading order; not escaped. Never empty.
    pub text: String,
    /// The cut.
    pub face: Face,
    /// Size of the letters in points.
    pub size_points: f32,
    /// Colour; alpha counts.
    pub color: Rgba,
    /// Colour of the edge round the letters; `None` for none. It is a sixth of the size wide on each side.
    pub halo: Option<Rgba>,
    /// Room added after each letter, in points; none is added where it would break words: see [`Self::spacing_points`].
    pub letter_spacing_points: f32,
    /// Turned clockwise round the anchor, in radians.
    pub angle_rad: f32,
}

impl Text {
    /// A level line that begins at a point, half of its height above and below it, without an edge: the text of cards and callouts.
    pub fn line(text: &str, at: At, face: Face, size_points: f32, color: Rgba) -> Self {
        let text = text.to_owned();
        Self { at, anchor: Anchor::Start, text, face, size_points, color, halo: None, letter_spacing_points: 0.0, angle_rad: 0.0 }
    }

    /// Room after each letter, in points: none in scripts whose letters join.
    pub fn spacing_points(&self) -> f32 {
        if self.letter_spacing_points == 0.0 || is_joined(&self.text) { 0.0 } else { self.letter_spacing_points }
    }
}

/// Where a letter of a [`CurvedText`] stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// The left end of its base line.
    pub at: At,
    /// Turned clockwise round that point, in radians.
    pub angle_rad: f32,
}

/// A text whose letters each have a place and an angle of their own: along a curve. Only of scripts whose letters stand apart, see
/// [`super::shaping::stands_apart`].
#[derive(Clone, Debug, PartialEq)]
pub struct CurvedText {
    /// The text, in reading order; not escaped.
    pub text: String,
    /// Of each of its characters, in the same order.
    pub letters: Vec<Letter>,
    /// The cut.
    pub face: Face,
    /// Size of the letters in points.
    pub size_points: f32,
    /// Colour; alpha counts.
    pub color: Rgba,
    /// Colour of the edge round the letters; `None` for none.
    pub halo: Option<Rgba>,
}

/// Which layer an item belongs to; exports group by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemLayer {
    /// Meridians and parallels.
    Graticule,
    /// Regions of the project.
    Regions,
    /// Lines of the project.
    Lines,
    /// Selection.
    Selection,
    /// Names of waters.
    Waters,
    /// Cities for orientation.
    Cities,
    /// Names of polities and areas.
    Labels,
    /// Places of the project.
    Places,
    /// Arrows, texts and callouts of the project.
    Annotations,
    /// The small globe that shows where on earth the map is.
    Locator,
    /// Events of the project.
    Events,
    /// Callouts with their leader lines.
    Callouts,
    /// Title, date, legend, scale, notes: of exports only.
    Furniture,
}

impl ItemLayer {
    /// The fixed name, used as the id of the group in SVG.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Graticule => "graticule",
            Self::Regions => "regions",
            Self::Lines => "lines",
            Self::Selection => "selection",
            Self::Waters => "waters",
            Self::Cities => "cities",
            Self::Labels => "labels",
            Self::Places => "places",
            Self::Annotations => "annotations",
            Self::Locator => "locator",
            Self::Events => "events",
            Self::Callouts => "callouts",
            Self::Furniture => "furniture",
        }
    }
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An area.
    Polygon {
        /// Rings by the even-odd rule, first points not repeated. Pictures of one camera share them: who draws keeps what it makes of them by their address.
        rings: Arc<Vec<Vec<At>>>,
        /// How it is filled; `None` for an outline alone.
        fill: Option<Fill>,
        /// How the rings are stroked; `None` for no outline.
        stroke: Option<Stroke>,
        /// Alpha over everything, 0 to 1.
        opacity: f32,
    },
    /// A line.
    Polyline {
        /// At least two points.
        points: Vec<At>,
        /// How it is drawn.
        stroke: Stroke,
        /// Drawn soft: approximate.
        soft: bool,
    },
    /// The symbol of an event: see [`super::symbol`].
    Symbol {
        /// Its middle.
        at: At,
        /// Width and height.
        size_points: f32,
        /// Decides the ground.
        family: EventFamily,
        /// Decides the drawing.
        kind: EventKind,
        /// The ground; the drawing on it is white.
        color: Rgba,
        /// Alpha, 0 to 1: events fade in and out over what is uncertain of their dates.
        opacity: f32,
        /// Position of the event in [`crate::model::Project::events`]; `None` in a legend.
        event: Option<usize>,
    },
    /// A dot for a place.
    Dot {
        /// Its middle.
        at: At,
        /// Radius in points.
        radius_points: f32,
        /// Colour inside.
        color: Rgba,
        /// The edge.
        stroke: Stroke,
    },
    /// A line of text.
    Text(Text),
    /// A text along a curve.
    Curved(CurvedText),
    /// An upright box with rounded corners.
    Box {
        /// Where.
        rect: Rect,
        /// Radius of the corners in points.
        radius_points: f32,
        /// How it is filled.
        fill: Fill,
        /// Its edge; `None` for none.
        stroke: Option<Stroke>,
    },
}

impl Item {
    /// The same, `scale` times as large about the origin, and then moved. The stripes of hatches keep their width.
    pub fn placed(self, scale: f32, by: At) -> Self {
        let at = |at: At| [at[0] * scale + by[0], at[1] * scale + by[1]];
        let line = |points: Vec<At>| points.into_iter().map(at).collect::<Vec<_>>();
        let scaled = |stroke: Stroke| Stroke { width_points: stroke.width_points * scale, ..stroke };
        match self {
            Self::Polygon { rings, fill, stroke, opacity } => {
                let rings = Arc::unwrap_or_clone(rings).into_iter().map(line).collect();
                Self::Polygon { rings: Arc::new(rings), fill, stroke: stroke.map(scaled), opacity }
            }
            Self::Polyline { points, stroke, soft } => Self::Polyline { points: line(points), stroke: scaled(stroke), soft },
            Self::Symbol { at: middle, size_points, family, kind, color, opacity, event } => {
                Self::Symbol { at: at(middle), size_points: size_points * scale, family, kind, color, opacity, event }
            }
            Self::Dot { at: middle, radius_points, color, stroke } => {
                Self::Dot { at: at(middle), radius_points: radius_points * scale, color, stroke: scaled(stroke) }
            }
            Self::Text(text) => Self::Text(Text {
                at: at(text.at),
                size_points: text.size_points * scale,
                letter_spacing_points: text.letter_spacing_points * scale,
                ..text
            }),
            Self::Curved(mut text) => {
                text.letters.iter_mut().for_each(|letter| letter.at = at(letter.at));
                text.size_points *= scale;
                Self::Curved(text)
            }
            Self::Box { rect, radius_points, fill, stroke } => Self::Box {
                rect: Rect { min: at(rect.min), max: at(rect.max) },
                radius_points: radius_points * scale,
                fill,
                stroke: stroke.map(scaled),
            },
        }
    }
}

/// The items of one layer: a stretch of [`super::Scene::items`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which layer.
    pub layer: ItemLayer,
    /// Positions of its items.
    pub items: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hatch_repeats_after_the_same_number_of_stripes() {
        for (ground, further) in (1..=GROUND_STRIPES).flat_map(|ground| (1..=3).map(move |further| (ground, further))) {
            assert_eq!(HATCH_REPEATS % (ground + further), 0, "{ground} stripes of ground, {further} further ones");
        }
    }
}
