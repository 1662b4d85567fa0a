//! Placing names so that none covers another: the largest and the leading first, each where its land has most room for it, or not at all.
//!
//! Places are found in world units and kept, so that names stand still while the map is dragged and while time runs over changes elsewhere.

use std::collections::HashMap;

use super::{
    bent::Bent,
    copies::COPIES,
    crowd::Crowd,
    fonts::{self, CAP_HEIGHT},
    item::{Anchor, At, CurvedText, Item, Rect, Text},
    names::{Lettering, Name, Named},
    outline::outlines,
    style::Rgba,
    territory::{Piece, Room},
};
use crate::{
    geometry::{Camera, Projection, Ring, Topology, UnitIx, WorldPoint},
    model::Atlas,
};

/// How much of a text's height may stick out over its land, as a share: names of small states do, in every atlas.
const LEAST_FIT: f32 = 0.36;
/// Land smaller than this many square points has no name, unless it leads; disputed areas that the talk is not about need more.
const LEAST_AREA: f32 = 60.0;
const LEAST_AREA_OF_DISPUTE: f32 = 700.0;
/// Very long land has its name along it where it is so many times as high as the letters ask for.
const FITS_ALONG: f32 = 0.75;
/// And so many times as high as a level name would have it: land with a compact head, like Norway's south, is named there.
const VERY_LONG_GAIN: f32 = 1.6;
/// A piece that reaches out of the picture by no more than so many points has its name where it would stand if it were seen whole.
const NEARLY_WHOLE: f32 = 40.0;
/// A name that stood in the last picture stays down to this share of what it needs to come in.
const STAYING: f32 = 0.85;
/// Land counts so many times as large while its name stands, so that neighbours do not take turns.
const STANDING_WEIGHT: f64 = 3.0;
/// Land smaller than this many square points has no second names, unless it leads.
const LEAST_AREA_FOR_MORE: f32 = 9_000.0;
/// Sizes of names go in steps of so many points: a window draws each letter of each size once and keeps it.
const SIZE_STEP: f32 = 0.25;
/// At most so many second names, none wider than so many points or what the land has room for.
const MOST_SECOND: usize = 2;
const WIDEST_SECOND: f32 = 170.0;
/// Room kept free round every name, in points.
const PADDING: f32 = 2.0;
/// The size of a second name as a share of the first.
const ALSO_SHARE: f32 = 0.78;

/// One way to break a name into lines, with its best place on each piece of land.
#[derive(Clone, Debug)]
struct Setting {
    lines: Vec<String>,
    /// Width at size 1 without letter spacing, of the widest line, and its letters.
    width: f32,
    letters: usize,
    aspect: f64,
    rooms: Vec<Option<Room>>,
}

/// A name with its land, worked out once.
#[derive(Clone, Debug)]
struct Placed {
    signature: u64,
    pieces: Vec<Piece>,
    settings: Vec<Setting>,
    /// Of each piece: the name along it, where it is long.
    bent: Vec<Option<Bent>>,
    /// Where a partly seen piece last had its name, in each copy of the world: see [`Kept`].
    kept: [Option<Kept>; COPIES],
    /// How the name stood in the last picture, in each copy of the world: what stands is moved only where it must be.
    stood: [Option<Stand>; COPIES],
}

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

/// What placing names keeps from picture to picture.
#[derive(Debug, Default)]
pub struct LabelCache {
    projection: Option<Projection>,
    placed: HashMap<Named, Placed>,
    /// Whether somebody else works out new names, see [`LabelWork`]: until then these are missing, or stand where they stood.
    elsewhere: bool,
    wanted: Option<LabelWork>,
    /// What is taken in the picture that is being made.
    crowd: Crowd,
}

/// Names whose land has still to be worked out: milliseconds of searching that a window gives to another thread.
#[derive(Debug)]
pub struct LabelWork {
    projection: Projection,
    names: Vec<(Name, u64)>,
}

/// Names whose land is worked out.
#[derive(Debug)]
pub struct LabelPlaces {
    projection: Projection,
    placed: Vec<(Named, Placed)>,
}

impl LabelWork {
    /// Does the work.
    pub fn done(&self, topology: &Topology) -> LabelPlaces {
        let names: Vec<(&Name, u64)> = self.names.iter().map(|(name, signature)| (name, *signature)).collect();
        LabelPlaces { projection: self.projection, placed: places(topology, self.projection, &names) }
    }
}

/// What is to be placed where.
pub struct Labelling<'a> {
    /// The atlas.
    pub atlas: &'a Atlas,
    /// Where the map looks.
    pub camera: Camera,
    /// Which copy of the world it is: 0 for the one in the middle; at most four.
    pub copy: usize,
    /// The level of detail for what is seen.
    pub level: usize,
    /// Round the letters.
    pub halo: Rgba,
    /// Alpha over all names, 0 to 1.
    pub opacity: f32,
}

impl LabelCache {
    /// A cache that leaves new names to somebody else: see [`Self::wanted`].
    pub fn working_elsewhere() -> Self {
        Self { elsewhere: true, ..Self::default() }
    }

    /// The names that the last picture missed, to be worked out and brought back; `None` where it missed none.
    pub fn wanted(&mut self) -> Option<LabelWork> {
        self.wanted.take()
    }

    /// Takes in what was worked out. Places of another projection are too late and are let go.
    pub fn take_in(&mut self, places: LabelPlaces) {
        if self.projection == Some(places.projection) {
            self.placed.extend(places.placed);
        }
    }

    /// Works out the land of names that are new or have changed, before any of a picture is placed. Names that are gone are forgotten.
    pub fn refresh(&mut self, topology: &Topology, projection: Projection, names: &[Name]) {
        if self.projection != Some(projection) {
            self.placed.clear();
            self.projection = Some(projection);
        }
        let changed: Vec<(&Name, u64)> = names
            .iter()
            .map(|name| (name, signature(name)))
            .filter(|(name, now)| self.placed.get(&name.of).is_none_or(|old| old.signature != *now))
            .collect();
        if self.elsewhere {
            let names: Vec<(Name, u64)> = changed.into_iter().map(|(name, signature)| (name.clone(), signature)).collect();
            self.wanted = (!names.is_empty()).then_some(LabelWork { projection, names });
        } else {
            self.placed.extend(places(topology, projection, &changed));
        }
        if self.placed.len() > names.len() * 2 + 64 {
            let alive: std::collections::HashSet<Named> = names.iter().map(|name| name.of).collect();
            self.placed.retain(|of, _| alive.contains(of));
        }
    }

    /// Places those of the names of the last [`Self::refresh`] that are `wanted`, clear of `taken` and of each other; what they cover is added to `taken`.
    pub fn place(&mut self, labelling: &Labelling, names: &[Name], wanted: impl Fn(&Name) -> bool, taken: &mut Vec<Rect>) -> Vec<Item> {
        let mut order: Vec<(&Name, f64)> = names
            .iter()
            .filter(|name| wanted(name))
            .filter_map(|name| Some((name, self.placed.get(&name.of)?.weight(labelling.copy))))
            .collect();
        order.sort_by(|(a, a_area), (b, b_area)| rank(b).cmp(&rank(a)).then(b_area.total_cmp(a_area)).then(a.of.cmp(&b.of)));
        let mut items = Vec::new();
        self.crowd.reset(labelling.camera.size_points, taken);
        for (name, _) in order {
            let Some(placed) = self.placed.get_mut(&name.of) else { continue };
            if let Some(spot) = placed.spot(labelling, name, &self.crowd) {
                spot.rects.iter().for_each(|rect| self.crowd.take(*rect));
                items.extend(spot.items);
            }
        }
        taken.append(&mut self.crowd.added);
        items
    }
}

/// The land of names of every sort.
fn places(topology: &Topology, projection: Projection, names: &[(&Name, u64)]) -> Vec<(Named, Placed)> {
    let mut found = Vec::with_capacity(names.len());
    // Disputes, holders and parts lie over each other: each kind has its own outlines.
    for kind in 0..3 {
        let own: Vec<&(&Name, u64)> = names.iter().filter(|(name, _)| kind_of(name.of) == kind).collect();
        for group in disjoint(&own, topology.units().len()) {
            let rings = outlines(topology, group.names.len(), |unit| group.key(unit));
            found.extend(worked_out(topology, projection, &group.names, &rings));
        }
    }
    found
}

/// The land of some names, on two threads where there are many: each place is a search of its own.
fn worked_out(topology: &Topology, projection: Projection, names: &[(&Name, u64)], rings: &[Vec<Ring>]) -> Vec<(Named, Placed)> {
    let one =
        |((name, signature), rings): (&(&Name, u64), &Vec<Ring>)| (name.of, Placed::new(topology, projection, name, *signature, rings));
    if names.len() < MANY {
        return names.iter().zip(rings).map(one).collect();
    }
    // Large and small lands are mixed in the list: every other one is about half of the work.
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| names.iter().zip(rings).skip(1).step_by(2).map(one).collect::<Vec<_>>());
        let mut found: Vec<_> = names.iter().zip(rings).step_by(2).map(one).collect();
        found.extend(odd.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found
    })
}

/// From so many names on, a second thread pays.
const MANY: usize = 24;

/// Leading disputes first, then leading polities, then the rest.
fn rank(name: &Name) -> u8 {
    match (name.leads, name.of) {
        (true, Named::Dispute(_)) => 3,
        (true, _) => 2,
        (false, Named::Polity(_)) => 1,
        (false, _) => 0,
    }
}

fn kind_of(named: Named) -> usize {
    match named {
        Named::Dispute(_) => 0,
        Named::Polity(_) => 1,
        Named::Part(_) => 2,
    }
}

/// FNV-1a over what the place of a name depends on.
fn signature(name: &Name) -> u64 {
    let words = name.text.bytes().map(u64::from);
    let units = name.units.iter().map(|unit| u64::from(unit.0) | 1 << 40);
    words.chain(units).fold(0xcbf2_9ce4_8422_2325, |hash, value| (hash ^ value).wrapping_mul(0x0100_0000_01b3))
}

/// Names whose land does not overlap, with the name of each unit.
struct Disjoint<'a> {
    names: Vec<(&'a Name, u64)>,
    of_unit: Vec<u16>,
}

impl Disjoint<'_> {
    fn key(&self, unit: UnitIx) -> Option<usize> {
        let key = self.of_unit[unit.index()];
        (key != u16::MAX).then_some(usize::from(key))
    }
}

/// Splits names into as few groups as need be so that no unit is in two names of a group; mostly one.
fn disjoint<'a>(names: &[&(&'a Name, u64)], unit_count: usize) -> Vec<Disjoint<'a>> {
    let mut groups: Vec<Disjoint> = Vec::new();
    for &&(name, signature) in names {
        let free = |group: &Disjoint| name.units.iter().all(|unit| group.of_unit[unit.index()] == u16::MAX);
        let at = groups.iter().position(free).unwrap_or_else(|| {
            groups.push(Disjoint { names: Vec::new(), of_unit: vec![u16::MAX; unit_count] });
            groups.len() - 1
        });
        let group = &mut groups[at];
        name.units.iter().for_each(|unit| group.of_unit[unit.index()] = group.names.len() as u16);
        group.names.push((name, signature));
    }
    groups
}

/// A name that asks for a place in a picture.
struct Asked<'a> {
    labelling: &'a Labelling<'a>,
    name: &'a Name,
    /// Of all its land, on the screen.
    area_points: f32,
    taken: &'a Crowd,
    screen: Rect,
    /// Less than 1 for a name that stood in the last picture: it is held to a little less.
    slack: f32,
    /// Whether what parties call it besides is asked for too.
    others: bool,
}

/// Where a name is tried round its best place, across and down, in steps.
const MOVES: [At; 15] = [
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
];

/// A name on the screen.
struct Spot {
    items: Vec<Item>,
    rects: Vec<Rect>,
}

impl Placed {
    fn new(topology: &Topology, projection: Projection, name: &Name, signature: u64, rings: &[Ring]) -> Self {
        let pieces = Piece::largest(topology, rings, projection, 3);
        let settings = broken(name).into_iter().map(|lines| Setting::new(lines, name.lettering, &pieces)).collect();
        let capitals = matches!(name.lettering, Lettering::Sovereign | Lettering::Lesser) && name.also.is_empty();
        let bent = |piece: &Piece| capitals.then(|| Bent::new(piece, &name.text, name.lettering))?;
        let bent = pieces.iter().map(bent).collect();
        Self { signature, pieces, settings, bent, kept: [None; COPIES], stood: [None; COPIES] }
    }

    /// What decides who comes first: the area, that of a name that stands counting more.
    fn weight(&self, copy: usize) -> f64 {
        self.area() * if self.stood[copy].is_some() { STANDING_WEIGHT } else { 1.0 }
    }

    fn area(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.area).sum()
    }

    fn spot(&mut self, labelling: &Labelling, name: &Name, taken: &Crowd) -> Option<Spot> {
        let camera = &labelling.camera;
        let screen = Rect::new(0.0, 0.0, camera.size_points[0] as f32, camera.size_points[1] as f32).grown(-4.0);
        let area_points = (self.area() * camera.points_per_unit * camera.points_per_unit) as f32;
        let least = if matches!(name.of, Named::Dispute(_)) { LEAST_AREA_OF_DISPUTE } else { LEAST_AREA };
        let stood = self.stood[labelling.copy].take();
        let slack = if stood.is_some() { STAYING } else { 1.0 };
        if !name.leads && area_points < least * slack {
            return None;
        }
        let with_others = Asked { labelling, name, area_points, taken, screen, slack, others: true };
        // A name that finds no room together with what parties call it besides stands alone.
        let found = self.anywhere(&with_others, stood).or_else(|| {
            let alone = Asked { others: false, ..with_others };
            (!name.also.is_empty()).then(|| self.anywhere(&alone, stood)).flatten()
        });
        self.stood[labelling.copy] = found.as_ref().map(|(_, stand)| *stand);
        found.map(|(spot, _)| spot)
    }

    /// The name on the first of its pieces that has room for it.
    fn anywhere(&mut self, asked: &Asked, stood: Option<Stand>) -> Option<(Spot, Stand)> {
        let (camera, screen) = (&asked.labelling.camera, asked.screen);
        (0..self.pieces.len()).find_map(|piece| {
            let bounds = self.pieces[piece].on_screen(camera)?;
            let whole = || screen.grown(NEARLY_WHOLE).encloses(&bounds).then(|| self.whole(asked, piece, stood));
            match () {
                () if !bounds.overlaps(&screen) => None,
                () if screen.encloses(&bounds) => self.whole(asked, piece, stood),
                // Where the edge takes the place of a piece that is nearly whole, there may be another in what is seen.
                () => whole().flatten().or_else(|| self.part(asked, piece).map(|spot| (spot, Stand::Part))),
            }
        })
    }

    /// A piece that is seen whole: its name stands where it stood, else at the place worked out once, or a line higher or lower.
    fn whole(&self, asked: &Asked, piece: usize, stood: Option<Stand>) -> Option<(Spot, Stand)> {
        let camera = &asked.labelling.camera;
        // Two lines where they make the name larger by a good part, else one.
        let size = |setting: &Setting| setting.rooms[piece].map_or(0.0, |room| room.half_height / f64::from(height(setting.lines.len())));
        let split = self.settings.len() > 1 && size(&self.settings[1]) > 1.15 * size(&self.settings[0]);
        let settings = if split { [1, 0].as_slice() } else { [0, 1].as_slice() };
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
            settings.iter().filter_map(|index| Some((*index, self.settings.get(*index)?))).find_map(|(index, setting)| {
                let (middle, half_height) = on_screen(setting)?;
                let (spot, step) = setting.near(asked, middle, half_height)?;
                Some((spot, Stand::Whole { setting: index, step }))
            })
        })
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
        let Labelling { atlas, camera, copy, level, .. } = asked.labelling;
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
        self.settings.iter().enumerate().find_map(|(index, setting)| {
            let room = self.pieces[piece].room_on_screen(&atlas.partition.topology, camera, level + 1, setting.aspect)?;
            let (spot, _) = setting.near(asked, room.middle.map(|value| value as f32), room.half_height as f32)?;
            let at = spot.rects[0].middle().map(f64::from);
            let half_height = room.half_height / camera.points_per_unit;
            self.kept[*copy] =
                Some(Kept { at: camera.world_from_screen(at), points_per_unit: camera.points_per_unit, half_height, setting: index });
            Some(spot)
        })
    }
}

/// The name on one line, and on two if it has a blank.
fn broken(name: &Name) -> Vec<Vec<String>> {
    let mut ways = vec![vec![name.text.clone()]];
    let middle = name.text.len() / 2;
    if let Some((at, _)) = name.text.match_indices(' ').min_by_key(|(at, _)| at.abs_diff(middle)) {
        ways.push(vec![name.text[..at].to_owned(), name.text[at + 1..].to_owned()]);
    }
    ways
}

impl Setting {
    fn new(lines: Vec<String>, lettering: Lettering, pieces: &[Piece]) -> Self {
        let widths = lines.iter().map(|line| fonts::text_width(line, lettering.face(), 1.0, 0.0));
        let (width, letters) =
            widths.zip(lines.iter().map(|line| line.chars().count())).fold((0.0_f32, 1), |a, b| if b.0 > a.0 { b } else { a });
        let full = width + lettering.spacing().0 * letters as f32;
        let aspect = f64::from(full / height(lines.len()));
        let rooms = pieces.iter().map(|piece| piece.room(aspect)).collect();
        Self { lines, width, letters, aspect, rooms }
    }

    /// The name at a middle, or moved a little where that is taken: up and down first, then to the sides; with the position of the move.
    fn near(&self, asked: &Asked, middle: At, half_height: f32) -> Option<(Spot, usize)> {
        let mut moves = MOVES.iter().enumerate();
        moves.find_map(|(index, step)| Some((self.moved(asked, middle, half_height, *step)?, index)))
    }

    fn moved(&self, asked: &Asked, middle: At, half_height: f32, [across, down]: At) -> Option<Spot> {
        let step = [(half_height * self.aspect as f32 * 0.3).max(6.0), (half_height * 0.35).max(3.0)];
        let at = [middle[0] + across * step[0], middle[1] + down * step[1]];
        // What the land gives shrinks on the way out of its middle.
        self.exactly(asked, at, half_height * (1.0 - 0.2 * across.hypot(down)))
    }

    /// The name at a middle, as large as its land asks for and has room for; `None` where even the smallest is too large or in the way.
    fn exactly(&self, asked: &Asked, middle: At, half_height: f32) -> Option<Spot> {
        let size = asked.size(|size| half_height / (size * height(self.lines.len()) / 2.0))?;
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
        let second = ((size * ALSO_SHARE / SIZE_STEP).floor() * SIZE_STEP).max(7.0);
        let mut y = first + step * (self.lines.len() - 1) as f32 + size * 0.5 + second * 0.8;
        for other in asked.second_names(room, second) {
            spot.add(asked, &other, super::Face::Regular, [middle[0], y], second, 0.0)?;
            y += second * 1.2;
        }
        Some(spot)
    }
}

impl Asked<'_> {
    /// The size that the land asks for, in points.
    fn wanted(&self) -> f32 {
        let (least, largest, growth) = self.name.lettering.sizes();
        (4.5 + growth * self.area_points.max(0.0).sqrt()).clamp(least, largest)
    }

    /// The size that the land asks for and has room for, as `fits` says of a size; `None` where even the smallest sticks out too far.
    fn size(&self, fits: impl Fn(f32) -> f32) -> Option<f32> {
        let (wanted, (least, ..)) = (self.wanted(), self.name.lettering.sizes());
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
        lines.filter(|line| fonts::text_width(line, super::Face::Regular, size, 0.0) <= widest).take(MOST_SECOND).collect()
    }
}

impl Spot {
    /// One more line; `None` where something is in its way. Most places that are tried are taken, so that is asked first.
    fn add(&mut self, asked: &Asked, text: &str, face: super::Face, at: At, size_points: f32, letter_spacing_points: f32) -> Option<()> {
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
fn height(lines: usize) -> f32 {
    CAP_HEIGHT + 1.18 * (lines as f32 - 1.0)
}
