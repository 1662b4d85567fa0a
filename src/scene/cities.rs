//! Cities for orientation: a dot and a name in plain text, a ring for a capital. They come after all other names and keep clear of everything.

use rustc_hash::FxHashMap;

use super::{
    SceneInput,
    crowd::Crowd,
    fonts,
    item::{Anchor, At, Face, Item, Rect, Text},
    style::{Rgba, Stroke, Style},
};
use crate::{
    geometry::{Camera, LonLat, Projection, WorldPoint, measure::EARTH_RADIUS_KM},
    model::{
        Atlas, City,
        city::{Forms, Rule},
        project::Place,
    },
};

/// For each rank, from the first: kilometres to a point up to which its cities are shown.
const KM_PER_POINT: [f64; 5] = [15.0, 6.5, 2.6, 1.15, 0.45];
/// For each rank, the size of its names in points; past its own scale a name grows by a step.
const SIZES: [f32; 5] = [10.5, 10.0, 9.5, 9.0, 8.5];
/// At most so many cities in a picture of a million square points, and never more than [`MOST`].
const PER_MILLION_POINTS: f64 = 45.0;
/// And so many on the stage of a lecture, where each takes more room and fewer are read.
const PER_MILLION_POINTS_STAGED: f64 = 28.0;
const MOST: usize = 70;
/// At most so many are tried: where all room is taken, the rest would not find any either.
const MOST_TRIED: usize = 260;
/// Names that parties use besides are written where the map is so many times closer than the city's own scale asks for.
const CLOSE: f64 = 3.0;
/// Cities of lands that the story is not about are shown as if the map were so many times further away: few, for orientation.
const ASIDE: f64 = 2.5;
/// A place of the document as near as this is the same town; with the same name it may be further, where either is only roughly placed.
const SAME_TOWN_KM: f64 = 7.0;
const SAME_NAME_KM: f64 = 40.0;
/// Room kept free round dot and name.
const PADDING: f32 = 1.5;
/// At how many sides of its dot a name is tried.
const SIDES: usize = 4;
/// How far from the edge of the picture.
const EDGE: f32 = 6.0;

/// What placing cities keeps from picture to picture.
#[derive(Debug, Default)]
pub struct CityCache {
    projection: Option<Projection>,
    /// Of each city, in the order of the table.
    points: Vec<WorldPoint>,
    crowd: Crowd,
    /// Where the names of the last picture stood: copy of the world, city, words and side.
    stood: FxHashMap<(usize, usize), Stand>,
    standing: FxHashMap<(usize, usize), Stand>,
}

/// Which of its words a city had at which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stand {
    words: usize,
    side: usize,
}

impl CityCache {
    /// Begins a picture: call once before [`Self::place`].
    pub fn begin(&mut self) {
        std::mem::swap(&mut self.stood, &mut self.standing);
        self.standing.clear();
    }

    /// Places the cities of one copy of the world clear of `taken`; what they cover is added to it.
    pub fn place(&mut self, input: &SceneInput, copy: usize, style: &Style, taken: &mut Vec<Rect>) -> Vec<Item> {
        let layer = input.look.layers.cities;
        let Some(km_per_point) = km_per_point(&input.camera).filter(|_| layer.visible) else { return Vec::new() };
        self.refresh(input.atlas, input.camera.projection);
        let [width, height] = input.camera.size_points;
        let per_million = if input.smallest_letters() > 0.0 { PER_MILLION_POINTS_STAGED } else { PER_MILLION_POINTS };
        let most = ((width * height / 1e6 * per_million) as usize).clamp(6, MOST);
        let setter =
            Setter { input, style, strength: layer.strength(), km_per_point, screen: Rect::new(0.0, 0.0, width as f32, height as f32) };
        let places = setter.places();
        self.crowd.reset(input.camera.size_points, taken);
        let mut items = Vec::new();
        let (mut tried, mut found) = (0, 0);
        for (index, ((_, city), point)) in input.atlas.cities.iter().zip(&self.points).enumerate() {
            if found >= most + most / 4 || tried >= MOST_TRIED || km_per_point > KM_PER_POINT[usize::from(city.rank) - 1] {
                break;
            }
            let at = input.camera.screen_from_world(*point).map(|value| value as f32);
            if !input.camera.faces(*point) || !setter.screen.grown(-EDGE).contains(at) || places.iter().any(|place| is_same(place, city)) {
                continue;
            }
            if km_per_point * ASIDE > KM_PER_POINT[usize::from(city.rank) - 1] && setter.is_aside(city) {
                continue;
            }
            let stood = self.stood.get(&(copy, index)).copied();
            // A city more somewhere is no reason for another to go that stands.
            if found >= most && stood.is_none() {
                continue;
            }
            tried += 1;
            if let Some((placed, stand)) = setter.city(city, at, stood, &mut self.crowd) {
                found += 1;
                items.extend(placed);
                self.standing.insert((copy, index), stand);
            }
        }
        taken.append(&mut self.crowd.added);
        items
    }

    fn refresh(&mut self, atlas: &Atlas, projection: Projection) {
        if self.projection != Some(projection) || self.points.len() != atlas.cities.iter().len() {
            self.points = atlas.cities.iter().map(|(_, city)| projection.project(city.at)).collect();
            self.projection = Some(projection);
        }
    }
}

/// The scale on the ground at the middle of the map, or nearest to it on the earth.
fn km_per_point(camera: &Camera) -> Option<f64> {
    let middle = camera.projection.unproject(camera.center).unwrap_or(LonLat::new(0.0, 0.0));
    let km = camera.metres_per_point(middle) / 1000.0;
    km.is_finite().then_some(km)
}

/// Sets the cities of one picture.
struct Setter<'a> {
    input: &'a SceneInput<'a>,
    style: &'a Style,
    strength: f32,
    km_per_point: f64,
    screen: Rect,
}

/// A name at one side of its dot.
struct Side {
    at: At,
    anchor: Anchor,
    rect: Rect,
}

impl Setter<'_> {
    /// The places of the document that stand in the picture in their own right.
    fn places(&self) -> Vec<&Place> {
        self.input.places().filter(|place| place.common.span.contains(self.input.day)).collect()
    }

    /// Dot and name, or nothing where there is no room for both: a dot without name tells nothing. A name stays at its side as long as it can.
    fn city(&self, city: &City, at: At, stood: Option<Stand>, crowd: &mut Crowd) -> Option<(Vec<Item>, Stand)> {
        let rule = city.unit.map_or(Rule::None, |unit| city.rule_on(self.input.day, self.input.state.holding(unit)));
        let radius = radius(rule, city.rank);
        let dot = Rect::around(at, 2.0 * (radius + PADDING), 2.0 * (radius + PADDING));
        if !crowd.is_free(&dot) {
            return None;
        }
        let forms = city.name_at(self.input.day, &self.input.state.view)?;
        let size = self.size(city.rank);
        let words = self.words(city, &forms);
        let anew = (0..words.len()).flat_map(|words| (0..SIDES).map(move |side| Stand { words, side }));
        let (stand, side) = stood.into_iter().chain(anew).find_map(|stand| {
            let side = self.side(words.get(stand.words)?, at, radius, size, stand.side);
            self.is_free(&side.rect, crowd).then_some((stand, side))
        })?;
        let text = words[stand.words].clone();
        crowd.take(side.rect);
        crowd.take(dot);
        let mut items = self.dot(rule, at, radius);
        items.push(Item::Text(Text {
            at: side.at,
            anchor: side.anchor,
            text,
            face: if rule == Rule::Holder { Face::Medium } else { Face::Regular },
            size_points: size,
            color: self.ink(),
            halo: Some(self.style.halo.faded(0.75 * self.strength)),
            letter_spacing_points: 0.0,
            angle_rad: 0.0,
        }));
        Some((items, stand))
    }

    /// Whether somebody is in focus, and neither who holds the city nor who has the title to it is.
    fn is_aside(&self, city: &City) -> bool {
        let focus = &self.input.look.focus;
        let of_the_story = |unit| {
            let holding = self.input.state.holding(unit);
            [holding.holder, holding.title].into_iter().flatten().any(|polity| focus.contains(&polity))
        };
        !focus.is_empty() && !city.unit.is_some_and(of_the_story)
    }

    fn ink(&self) -> Rgba {
        self.style.ink.mixed(self.style.quiet_ink, 0.35).faded(self.strength)
    }

    /// How many times closer the map is than the rank asks for; at least 1.
    fn closeness(&self, rank: u8) -> f64 {
        KM_PER_POINT[usize::from(rank) - 1] / self.km_per_point
    }

    fn size(&self, rank: u8) -> f32 {
        self.input.letters(SIZES[usize::from(rank) - 1] + if self.closeness(rank) >= CLOSE { 0.5 } else { 0.0 })
    }

    /// What may be written, the fullest first.
    fn words(&self, city: &City, forms: &Forms) -> Vec<String> {
        let mut words = vec![forms.first.to_owned()];
        if !forms.others.is_empty() && self.closeness(city.rank) >= CLOSE {
            words.insert(0, format!("{} ({})", forms.first, forms.others.join(", ")));
        }
        words
    }

    fn is_free(&self, rect: &Rect, crowd: &Crowd) -> bool {
        self.screen.grown(-EDGE).encloses(rect) && crowd.is_free(rect)
    }

    /// One of the sides, in the order in which they are tried: right, left, then above and below.
    fn side(&self, text: &str, at: At, radius: f32, size: f32, side: usize) -> Side {
        let (width, height) = (fonts::text_width(text, Face::Medium, size, 0.0), size * 1.1);
        let (across, down) = (radius + 3.5, radius + 1.5 + height / 2.0);
        let beside = |anchor, dx: f32, dy: f32, middle: f32| {
            let text_at = [at[0] + dx, at[1] + dy];
            let rect = Rect::around([text_at[0] + middle, text_at[1]], width + 2.0 * PADDING, height);
            Side { at: text_at, anchor, rect }
        };
        match side {
            0 => beside(Anchor::Start, across, 0.0, width / 2.0),
            1 => beside(Anchor::End, -across, 0.0, -width / 2.0),
            2 => beside(Anchor::Middle, 0.0, -down, 0.0),
            _ => beside(Anchor::Middle, 0.0, down, 0.0),
        }
    }

    /// A plain dot; round the dot of a capital a ring; for the capital of a republic the ring alone.
    fn dot(&self, rule: Rule, at: At, radius_points: f32) -> Vec<Item> {
        let (ink, halo) = (self.ink(), self.style.halo.faded(0.9 * self.strength));
        let dot = |radius_points, color, stroke| Item::Dot { at, radius_points, color, stroke };
        match rule {
            Rule::None => vec![dot(radius_points, ink, Stroke::solid(halo, 0.8))],
            Rule::Part => vec![dot(radius_points, halo, Stroke::solid(ink, 1.0))],
            Rule::Holder => {
                vec![dot(radius_points, halo, Stroke::solid(ink, 1.0)), dot(radius_points * 0.42, ink, Stroke::solid(ink.faded(0.0), 0.0))]
            }
        }
    }
}

fn radius(rule: Rule, rank: u8) -> f32 {
    match rule {
        Rule::Holder => 3.4,
        Rule::Part => 2.6,
        Rule::None if rank <= 2 => 2.0,
        Rule::None => 1.7,
    }
}

/// Whether a place of a document is this city.
fn is_same(place: &Place, city: &City) -> bool {
    // Far away for sure: nothing to measure.
    if (place.at.lat_deg - city.at.lat_deg).abs() > 0.5 {
        return false;
    }
    let km = rough_km(place.at, city.at);
    let near = SAME_TOWN_KM.max(place.common.precision_km.unwrap_or(0.0).min(SAME_NAME_KM));
    km <= near || km <= SAME_NAME_KM && shares_name(place, city)
}

fn shares_name(place: &Place, city: &City) -> bool {
    let common = &place.common;
    let dated = || place.names_by_date.iter().map(|dated| dated.name.as_str());
    let forms = || common.name.split(" / ").chain(common.names.iter().map(|(_, name)| name.as_str())).chain(dated());
    let own = city.name.split(" / ").chain(city.names.iter().filter_map(|name| name.name.as_deref()));
    own.into_iter().any(|name| forms().any(|form| form == name))
}

/// The distance on a plane that touches the earth: good for a few kilometres.
fn rough_km(from: LonLat, to: LonLat) -> f64 {
    let across = (to.lon_deg - from.lon_deg) * from.lat_deg.to_radians().cos();
    across.hypot(to.lat_deg - from.lat_deg).to_radians() * EARTH_RADIUS_KM
}
