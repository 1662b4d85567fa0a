//! Setting a name at a place: its lines, its size, what parties call it besides, and whether all of that is clear of what is taken.

use super::Labelling;
use crate::scene::{
    Face,
    crowd::Crowd,
    fonts::{self, CAP_HEIGHT},
    item::{Anchor, At, Item, Rect, Text},
    names::{Lettering, Name},
    territory::{Piece, Room},
};

/// How much of a text's height may stick out over its land, as a share: names of small states do, in every atlas.
const LEAST_FIT: f32 = 0.36;
/// Land smaller than this many square points has no second names, unless it leads.
const LEAST_AREA_FOR_MORE: f32 = 9_000.0;
/// Sizes of names go in steps of so many points: a window draws each letter of each size once and keeps it.
const SIZE_STEP: f32 = 0.25;
/// At most so many second names, none wider than so many points or what the land has room for.
const MOST_SECOND: usize = 2;
const WIDEST_SECOND: f32 = 170.0;
/// A leading name is kept at any size of its land as long as it is no longer than so many points, on whatever lines.
const WIDEST_KEPT: f32 = 170.0;
/// A longer one has to fit its land as well as this.
const FIT_OF_LONG: f32 = 0.7;
/// Room kept free round every name, in points.
const PADDING: f32 = 2.0;
/// The size of a second name as a share of the first.
const ALSO_SHARE: f32 = 0.78;

/// One way to break a name into lines, with its best place on each piece of land.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) lines: Vec<String>,
    /// Width at size 1 without letter spacing, of the widest line, and its letters.
    width: f32,
    letters: usize,
    pub(super) aspect: f64,
    pub(super) rooms: Vec<Option<Room>>,
}

/// A name that asks for a place in a picture.
pub(super) struct Asked<'a> {
    pub(super) labelling: &'a Labelling<'a>,
    pub(super) name: &'a Name,
    /// Of all its land, on the screen.
    pub(super) area_points: f32,
    pub(super) taken: &'a Crowd,
    pub(super) screen: Rect,
    /// Less than 1 for a name that stood in the last picture: it is held to a little less.
    pub(super) slack: f32,
    /// Whether what parties call it besides is asked for too.
    pub(super) others: bool,
    /// How large it is to be, as a share of what its land asks for.
    pub(super) share: f32,
    /// Whether it may stand further from its best place than other names.
    pub(super) goes_far: bool,
}

/// Where a name is tried round its best place, across and down, in steps; what the talk is about is tried at those after the first [`NEAR`] too.
pub(super) const MOVES: [At; 33] = [
    [0.0, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
    [-1.0, 0.0],
    [1.0, 0.0],
    [0.0, -2.0],
    [0.0, 2.0],
    [-1.0, -1.0],
    [1.0, -1.0],
    [-1.0, 1.0],
    [1.0, 1.0],
    [-2.0, 0.0],
    [2.0, 0.0],
    [-2.0, -1.0],
    [2.0, -1.0],
    [0.0, -3.0],
    [0.0, 3.0],
    [-1.0, -3.0],
    [1.0, -3.0],
    [-1.0, 3.0],
    [1.0, 3.0],
    [-2.0, -2.0],
    [2.0, -2.0],
    [-2.0, 2.0],
    [2.0, 2.0],
    [0.0, -4.0],
    [0.0, 4.0],
    [-3.0, 0.0],
    [3.0, 0.0],
    [-1.0, -4.0],
    [1.0, -4.0],
    [-1.0, 4.0],
    [1.0, 4.0],
];
const NEAR: usize = 15;

/// A name on the screen.
pub(super) struct Spot {
    pub(super) items: Vec<Item>,
    pub(super) rects: Vec<Rect>,
}

/// The name on one line, and on two if it has a blank.
pub(in crate::scene) fn broken(name: &str) -> Vec<Vec<String>> {
    let mut ways = vec![vec![name.to_owned()]];
    let middle = name.len() / 2;
    if let Some((at, _)) = name.match_indices(' ').min_by_key(|(at, _)| at.abs_diff(middle)) {
        ways.push(vec![name[..at].to_owned(), name[at + 1..].to_owned()]);
    }
    ways
}

impl Setting {
    pub(super) fn new(lines: Vec<String>, lettering: Lettering, pieces: &[Piece]) -> Self {
        let widths = lines.iter().map(|line| fonts::text_width(line, lettering.face(), 1.0, 0.0));
        let (width, letters) =
            widths.zip(lines.iter().map(|line| line.chars().count())).fold((0.0_f32, 1), |a, b| if b.0 > a.0 { b } else { a });
        let full = width + lettering.spacing().0 * letters as f32;
        let aspect = f64::from(full / height(lines.len()));
        let rooms = pieces.iter().map(|piece| piece.room(aspect)).collect();
        Self { lines, width, letters, aspect, rooms }
    }

    /// The name at a middle, or moved a little where that is taken: up and down first, then to the sides; with the position of the move.
    pub(super) fn near(&self, asked: &Asked, middle: At, half_height: f32) -> Option<(Spot, usize)> {
        let mut moves = MOVES.iter().enumerate().take(if asked.goes_far { MOVES.len() } else { NEAR });
        moves.find_map(|(index, step)| Some((self.moved(asked, middle, half_height, *step)?, index)))
    }

    pub(super) fn moved(&self, asked: &Asked, middle: At, half_height: f32, [across, down]: At) -> Option<Spot> {
        let step = [(half_height * self.aspect as f32 * 0.3).max(6.0), (half_height * 0.35).max(3.0)];
        let at = [middle[0] + across * step[0], middle[1] + down * step[1]];
        // What the land gives shrinks on the way out of its middle.
        self.exactly(asked, at, half_height * (1.0 - 0.2 * across.hypot(down)).max(0.1))
    }

    /// The name at a middle, as large as its land asks for and has room for; `None` where even the smallest is too large or in the way.
    pub(super) fn exactly(&self, asked: &Asked, middle: At, half_height: f32) -> Option<Spot> {
        let fits = |size: f32| half_height / (size * height(self.lines.len()) / 2.0);
        let size = asked.size(fits)?;
        // What describes an area rather than naming it stands only where there is room, even if it leads.
        if self.width * self.lines.len() as f32 * size > WIDEST_KEPT && fits(size) < FIT_OF_LONG * asked.slack {
            return None;
        }
        let (tight, loose) = asked.name.lettering.spacing();
        let room = half_height * 2.0 * self.aspect as f32 * 0.72;
        let spacing = ((room - self.width * size) / self.letters.max(2) as f32).clamp(tight * size, loose * size);
        self.spot(asked, middle, size, spacing, room)
    }

    fn spot(&self, asked: &Asked, middle: At, size: f32, spacing: f32, room: f32) -> Option<Spot> {
        let name = asked.name;
        let step = size * 1.18;
        let first = middle[1] - step * (self.lines.len() - 1) as f32 / 2.0;
        let mut spot = Spot { items: Vec::new(), rects: Vec::new() };
        for (row, line) in self.lines.iter().enumerate() {
            spot.add(asked, line, name.lettering.face(), [middle[0], first + row as f32 * step], size, spacing)?;
        }
        let second = ((size * ALSO_SHARE / SIZE_STEP).floor() * SIZE_STEP).max(asked.labelling.smallest_letters.max(7.0));
        let mut y = first + step * (self.lines.len() - 1) as f32 + size * 0.5 + second * 0.8;
        for other in asked.second_names(room, second) {
            spot.add(asked, &other, Face::Regular, [middle[0], y], second, 0.0)?;
            y += second * 1.2;
        }
        Some(spot)
    }
}

impl Asked<'_> {
    /// Smallest and largest size in points, and how much it grows, see [`crate::scene::names::Lettering::sizes`].
    fn sizes(&self) -> (f32, f32, f32) {
        let (least, largest, growth) = self.name.lettering.sizes();
        let smallest = self.labelling.smallest_letters;
        (least.max(smallest), largest.max(smallest), growth)
    }

    /// The size that the land asks for, in points.
    pub(super) fn wanted(&self) -> f32 {
        let (least, largest, growth) = self.sizes();
        ((4.5 + growth * self.area_points.max(0.0).sqrt()).clamp(least, largest) * self.share).max(least)
    }

    /// The size that the land asks for and has room for, as `fits` says of a size; `None` where even the smallest sticks out too far.
    pub(super) fn size(&self, fits: impl Fn(f32) -> f32) -> Option<f32> {
        let (wanted, (least, ..)) = (self.wanted(), self.sizes());
        let size = if fits(wanted) < 0.8 { (wanted * fits(wanted) / 0.8).max(least) } else { wanted };
        let size = (size / SIZE_STEP).floor() * SIZE_STEP;
        (self.name.leads || fits(size) >= LEAST_FIT * self.slack).then_some(size)
    }

    /// What else the area is called, in brackets, as far as it fits.
    fn second_names(&self, room: f32, size: f32) -> Vec<String> {
        if !self.others || !self.name.leads && self.area_points < LEAST_AREA_FOR_MORE {
            return Vec::new();
        }
        let widest = room.max(WIDEST_SECOND);
        // A name with brackets of its own gets none around it.
        let lines = self.name.also.iter().map(|other| if other.contains('(') { other.clone() } else { format!("({other})") });
        lines.filter(|line| fonts::text_width(line, Face::Regular, size, 0.0) <= widest).take(MOST_SECOND).collect()
    }
}

impl Spot {
    /// One more line; `None` where something is in its way. Most places that are tried are taken, so that is asked first.
    fn add(&mut self, asked: &Asked, text: &str, face: Face, at: At, size_points: f32, letter_spacing_points: f32) -> Option<()> {
        let width = fonts::text_width(text, face, size_points, letter_spacing_points);
        let rect = Rect::around(at, width + 2.0 * PADDING, size_points * (CAP_HEIGHT + 0.2) + 2.0 * PADDING);
        if !asked.screen.encloses(&rect) || !asked.taken.is_free(&rect) {
            return None;
        }
        self.rects.push(rect);
        let Labelling { halo, opacity, .. } = asked.labelling;
        let (color, halo, text) = (asked.name.color.faded(*opacity), Some(halo.faded(0.55 * opacity)), text.to_owned());
        let text = Text { at, anchor: Anchor::Middle, text, face, size_points, color, halo, letter_spacing_points, angle_rad: 0.0 };
        self.items.push(Item::Text(text));
        Some(())
    }
}

/// The height of some lines at size 1.
pub(super) fn height(lines: usize) -> f32 {
    CAP_HEIGHT + 1.18 * (lines as f32 - 1.0)
}
