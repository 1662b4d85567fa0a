//! A name with its land, and where on it the name stands in a picture: where it stood, along its land, level in the best room, or in what is seen.

use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Labelling,
    setting::{Asked, MOVES, Setting, Spot, broken, height},
};
use crate::{
    geometry::{Camera, Projection, Ring, Topology, WorldPoint},
    scene::{
        bent::Bent,
        copies::COPIES,
        crowd::Crowd,
        item::{CurvedText, Item, Rect},
        names::{Lettering, Name, Named},
        territory::{Piece, Room},
    },
};

/// Land smaller than this many square points has no name, unless it leads; disputed areas that the talk is not about need more.
const LEAST_AREA: f32 = 60.0;
const LEAST_AREA_OF_DISPUTE: f32 = 700.0;
/// Very long land has its name along it where it is so many times as high as the letters ask for.
const FITS_ALONG: f32 = 0.75;
/// And so many times as high as a level name would have it: land with a compact head, like Norway's south, is named there.
const VERY_LONG_GAIN: f32 = 1.6;
/// A name has all of its words where its land is so many times as high as they ask for, else the short form, if there is one.
const ROOM_FOR_ALL: f64 = 0.8;
/// What the talk is about and finds no room where it belongs is tried further away, so much smaller.
const FAR_SHARE: f32 = 0.55;
/// A piece that reaches out of the picture by no more than so many points has its name where it would stand if it were seen whole.
const NEARLY_WHOLE: f32 = 40.0;
/// A name that stood in the last picture stays down to this share of what it needs to come in.
const STAYING: f32 = 0.85;
/// Land counts so many times as large while its name stands, so that neighbours do not take turns.
const STANDING_WEIGHT: f64 = 3.0;
/// So many searches for room are remembered of a name: of a map that is dragged none comes again.
const MOST_SEEN: usize = 256;

/// A name with its land, worked out once.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) signature: u64,
    pieces: Vec<Piece>,
    /// Those of the full name, on one line and on two, then that of the short one.
    settings: Vec<Setting>,
    /// How many of them are of the full name.
    full: usize,
    /// Of each piece: the name along it, where it is long.
    bent: Vec<Option<Bent>>,
    /// Where a partly seen piece last had its name, in each copy of the world: see [`Kept`].
    kept: [Option<Kept>; COPIES],
    /// How the name stood in the last picture, in each copy of the world: what stands is moved only where it must be.
    stood: [Option<Stand>; COPIES],
    /// What room there is on partly seen pieces: a search of a millisecond, most often in vain, which is done once for all clones.
    seen: Arc<SeenRooms>,
}

/// From where a piece is seen: through which camera, in which part of the picture, for a text how many times as wide as high.
#[derive(Clone, Copy, Debug, PartialEq)]
struct SeenFrom {
    camera: Camera,
    piece: usize,
    part: Rect,
    aspect: f64,
}

/// What was found from where.
type SeenRooms = Mutex<Vec<(SeenFrom, Option<Room>)>>;

/// Where a partly seen piece had its name.
#[derive(Clone, Copy, Debug)]
struct Kept {
    at: WorldPoint,
    points_per_unit: f64,
    /// Of the room for it, in world units.
    half_height: f64,
    /// Position in [`Placed::settings`].
    setting: usize,
}

/// How a name stands on a piece that is seen whole, or that it stands on one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// Along its land.
    Bent,
    /// Lines and move: positions in [`Placed::settings`] and [`MOVES`].
    Whole {
        setting: usize,
        step: usize,
    },
    Part,
}

impl Placed {
    pub(super) fn new(topology: &Topology, projection: Projection, name: &Name, signature: u64, rings: &[Ring]) -> Self {
        let pieces = Piece::largest(topology, rings, projection, 3);
        let full = broken(&name.text);
        let count = full.len();
        let ways = full.into_iter().chain(name.short.iter().flat_map(|short| broken(short)));
        let settings = ways.map(|lines| Setting::new(lines, name.lettering, &pieces)).collect();
        let capitals = matches!(name.lettering, Lettering::Sovereign | Lettering::Lesser) && name.also.is_empty();
        let bent = |piece: &Piece| capitals.then(|| Bent::new(piece, &name.text, name.lettering))?;
        let bent = pieces.iter().map(bent).collect();
        Self { signature, pieces, settings, full: count, bent, kept: [None; COPIES], stood: [None; COPIES], seen: Arc::default() }
    }

    /// What decides who comes first: the area, or how small it is (for areas of which all are to be named: the smaller, the fewer places it has). That of
    /// a name that stands counts more.
    pub(super) fn weight(&self, copy: usize, smallest_first: bool) -> f64 {
        let area = self.area();
        let weight = if smallest_first { 1.0 / area.max(f64::MIN_POSITIVE) } else { area };
        weight * if self.stood[copy].is_some() { STANDING_WEIGHT } else { 1.0 }
    }

    fn area(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.area).sum()
    }

    pub(super) fn spot(&mut self, labelling: &Labelling, name: &Name, taken: &Crowd) -> Option<Spot> {
        let camera = &labelling.camera;
        let screen = Rect::new(0.0, 0.0, camera.size_points[0] as f32, camera.size_points[1] as f32).grown(-4.0);
        let area_points = (self.area() * camera.points_per_unit * camera.points_per_unit) as f32;
        let least = if matches!(name.of, Named::Dispute(_)) { LEAST_AREA_OF_DISPUTE } else { LEAST_AREA };
        let stood = self.stood[labelling.copy].take();
        let slack = if stood.is_some() { STAYING } else { 1.0 };
        if !name.leads && area_points < least * slack {
            return None;
        }
        // A name that finds no room together with what parties call it besides stands alone; what the talk is about rather small than not at all.
        let ways = [(true, true, 1.0), (false, !name.also.is_empty(), 1.0), (false, name.leads, 0.75), (false, name.leads, FAR_SHARE)];
        let mut ways = ways.into_iter().filter(|(_, makes_sense, _)| *makes_sense);
        let found = ways.find_map(|(others, _, share)| {
            let asked = Asked { labelling, name, area_points, taken, screen, slack, others, share, goes_far: share == FAR_SHARE };
            self.anywhere(&asked, stood)
        });
        self.stood[labelling.copy] = found.as_ref().map(|(_, stand)| *stand);
        found.map(|(spot, _)| spot)
    }

    /// The name on the first of its pieces that has room for it.
    fn anywhere(&mut self, asked: &Asked, stood: Option<Stand>) -> Option<(Spot, Stand)> {
        let (camera, screen) = (&asked.labelling.camera, asked.screen);
        let found = (0..self.pieces.len()).find_map(|piece| {
            let bounds = self.pieces[piece].on_screen(camera)?;
            let whole = || screen.grown(NEARLY_WHOLE).encloses(&bounds).then(|| self.whole(asked, piece, stood));
            match () {
                () if !bounds.overlaps(&screen) => None,
                () if screen.encloses(&bounds) => self.whole(asked, piece, stood),
                // Where the edge takes the place of a piece that is nearly whole, there may be another in what is seen.
                () => whole().flatten().or_else(|| self.part(asked, piece).map(|spot| (spot, Stand::Part))),
            }
        });
        // What the talk is about gives way to no panel as long as something of its land lies beside it.
        let beside = Asked { screen: asked.labelling.free, ..*asked };
        let is_covered = asked.name.leads && !beside.screen.encloses(&screen);
        found.or_else(|| {
            let mut pieces = 0..if is_covered { self.pieces.len() } else { 0 };
            pieces.find_map(|piece| self.part(&beside, piece)).map(|spot| (spot, Stand::Part))
        })
    }

    /// A piece that is seen whole: its name stands where it stood, else at the place worked out once, or a line higher or lower.
    fn whole(&self, asked: &Asked, piece: usize, stood: Option<Stand>) -> Option<(Spot, Stand)> {
        let camera = &asked.labelling.camera;
        let on_screen = |setting: &Setting| {
            let room = setting.rooms[piece]?;
            let (middle, share) = self.pieces[piece].seen(camera, room.middle)?;
            Some((middle, (room.half_height * camera.points_per_unit) as f32 * share))
        };
        if let Some(spot) = self.bent_spot(asked, piece, stood) {
            return Some((spot, Stand::Bent));
        }
        let again = stood.and_then(|stand| {
            let Stand::Whole { setting, step } = stand else { return None };
            let own = self.settings.get(setting)?;
            let (middle, half_height) = on_screen(own)?;
            Some((own.moved(asked, middle, half_height, MOVES[step])?, stand))
        });
        again.or_else(|| {
            self.in_order(asked, piece).find_map(|(index, setting)| {
                let (middle, half_height) = on_screen(setting)?;
                let (spot, step) = setting.near(asked, middle, half_height)?;
                Some((spot, Stand::Whole { setting: index, step }))
            })
        })
    }

    /// The ways to set the name, best first: two lines where they make it larger by a good part, and the short name where there is no room for all of it.
    fn in_order(&self, asked: &Asked, piece: usize) -> impl Iterator<Item = (usize, &Setting)> {
        let size = |index: usize| {
            let own = &self.settings[index];
            own.rooms[piece].map_or(0.0, |room| room.half_height / f64::from(height(own.lines.len())))
        };
        let by_size = move |first: usize, end: usize| {
            let split = end > first + 1 && size(first + 1) > 1.15 * size(first);
            let order = if split { [first + 1, first] } else { [first, first + 1] };
            order.into_iter().filter(move |index| *index < end)
        };
        let (full, short) = (|| by_size(0, self.full), || by_size(self.full, self.settings.len()));
        let wanted = f64::from(asked.wanted() / 2.0) / asked.labelling.camera.points_per_unit;
        let is_tight = full().next().is_none_or(|best| size(best) < ROOM_FOR_ALL * wanted);
        let order = short().filter(move |_| is_tight).chain(full()).chain(short().filter(move |_| !is_tight));
        order.map(|index| (index, &self.settings[index]))
    }

    /// The name along its land, where that reads clearly better than a level one.
    fn bent_spot(&self, asked: &Asked, piece: usize, stood: Option<Stand>) -> Option<Spot> {
        let bent = self.bent[piece].as_ref()?;
        let (camera, lettering) = (&asked.labelling.camera, asked.name.lettering);
        let wanted = asked.wanted();
        let level = |setting: &Setting| {
            let half_height = setting.rooms[piece].map_or(0.0, |room| (room.half_height * camera.points_per_unit) as f32);
            half_height / (wanted * height(setting.lines.len()) / 2.0)
        };
        let level = self.settings.iter().map(level).fold(0.0, f32::max);
        // What stands along its land stays there a little longer; steep text needs more reason.
        let [enough, better] = if stood == Some(Stand::Bent) { [1.0, 1.25] } else { [0.85, 1.5] };
        let better = if bent.is_steep() { better * 1.3 } else { better };
        let along = bent.fits(camera, wanted);
        // How much more room there is along the land than across does not depend on the scale.
        let very_long = bent.is_very_long && along >= FITS_ALONG * asked.slack && along >= level * VERY_LONG_GAIN * asked.slack;
        let preferred = very_long || level < enough && along >= level * better;
        if !preferred {
            return None;
        }
        let size = asked.size(|size| bent.fits(camera, size))?;
        let (letters, rects) = bent.letters(camera, size, lettering)?;
        if !rects.iter().all(|rect| asked.screen.encloses(rect) && asked.taken.is_free(rect)) {
            return None;
        }
        let Labelling { halo, opacity, .. } = asked.labelling;
        let (color, halo) = (asked.name.color.faded(*opacity), Some(halo.faded(0.55 * opacity)));
        let text = CurvedText { text: asked.name.text.clone(), letters, face: lettering.face(), size_points: size, color, halo };
        Some(Spot { items: vec![Item::Curved(text)], rects })
    }

    /// A piece that reaches out of the picture: the best place in what is seen of it, kept while it stays good.
    fn part(&mut self, asked: &Asked, piece: usize) -> Option<Spot> {
        let Labelling { camera, copy, .. } = asked.labelling;
        if let Some(kept) = self.kept[*copy]
            && (0.8..1.25).contains(&(camera.points_per_unit / kept.points_per_unit))
        {
            let middle = camera.screen_from_world(kept.at).map(|value| value as f32);
            // Turned behind the globe it stands nowhere.
            let half_height = if camera.faces(kept.at) { 1.0 } else { 0.0 } * (kept.half_height * camera.points_per_unit) as f32;
            let spot = self.settings.get(kept.setting).and_then(|setting| setting.exactly(asked, middle, half_height));
            if spot.is_some() {
                return spot;
            }
        }
        (0..self.settings.len()).find_map(|index| {
            let room = self.room_seen(asked, piece, self.settings[index].aspect)?;
            let setting = &self.settings[index];
            let (spot, _) = setting.near(asked, room.middle.map(|value| value as f32), room.half_height as f32)?;
            let at = spot.rects[0].middle().map(f64::from);
            let half_height = room.half_height / camera.points_per_unit;
            self.kept[*copy] =
                Some(Kept { at: camera.world_from_screen(at), points_per_unit: camera.points_per_unit, half_height, setting: index });
            Some(spot)
        })
    }

    /// The best place in what is seen of a piece, as found before if anybody asked from here.
    fn room_seen(&self, asked: &Asked, piece: usize, aspect: f64) -> Option<Room> {
        let Labelling { atlas, camera, level, .. } = asked.labelling;
        let from = SeenFrom { camera: *camera, piece, part: asked.screen, aspect };
        let known = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, room)) = known().iter().find(|(other, _)| *other == from) {
            return *room;
        }
        let room = self.pieces[piece].room_on_screen(&atlas.partition.topology, (camera, asked.screen), level + 1, aspect);
        let mut known = known();
        if known.len() >= MOST_SEEN {
            known.clear();
        }
        known.push((from, room));
        room
    }
}
