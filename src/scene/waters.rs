//! Names of waters: spaced italics along a curve, under all other names. A name keeps its place on its water while the map is dragged, and gives way to
//! whatever is placed before it.

use super::{
    SceneInput,
    crowd::Crowd,
    curve::{Curve, Spread, smoothed},
    fonts,
    item::{Anchor, At, CurvedText, Face, Item, Letter, Rect, Text},
    notes::POINT_METRES,
    shaping::{letter_advances, stands_apart},
    style::{Rgba, Style},
};
use crate::{
    geometry::{Camera, LonLat, Projection, WorldPoint},
    model::{View, Water, water::WaterKind},
};

/// Where along its curve a name is tried, the best place first.
const STOPS: [f32; 9] = [0.5, 0.375, 0.625, 0.25, 0.75, 0.125, 0.875, 0.4375, 0.5625];
/// The share of its curve that a name fills where it can.
const FILLED: f32 = 0.86;
/// Sizes go in steps of so many points: a window draws each letter of each size once and keeps it.
const SIZE_STEP: f32 = 0.5;
/// How far from the edge of the picture.
const EDGE: f32 = 6.0;
/// A name that stands stays until its scale is past the limits by this factor, so that it does not come and go at a limit.
const STAYING: f64 = 1.12;

/// How the names of one kind of water are set.
struct Setting {
    /// Smallest and largest size, in points.
    sizes: [f32; 2],
    /// Least and largest room between letters, as shares of the size.
    spacing: [f32; 2],
    /// How much longer than its curve a name may be.
    overhang: f32,
}

fn setting(kind: WaterKind) -> Setting {
    let (sizes, spacing, overhang) = match kind {
        WaterKind::Ocean => ([12.0, 24.0], [0.18, 0.9], 1.1),
        WaterKind::Sea => ([8.5, 19.0], [0.08, 0.7], 1.2),
        WaterKind::Gulf => ([8.5, 14.0], [0.05, 0.45], 1.25),
        WaterKind::Strait => ([8.0, 11.0], [0.03, 0.3], 1.9),
        WaterKind::Lake => ([8.0, 11.5], [0.03, 0.3], 1.7),
    };
    Setting { sizes, spacing, overhang }
}

/// One way to write a name.
#[derive(Debug)]
struct Words {
    text: String,
    /// Of each letter at size 1; empty where the letters must not be pulled apart.
    advances: Vec<f32>,
    /// Of the whole at size 1.
    width: f32,
}

impl Words {
    fn new(text: String) -> Self {
        let advances = if stands_apart(&text) { letter_advances(&text, Face::Italic) } else { Vec::new() };
        let width = if advances.is_empty() { fonts::text_width(&text, Face::Italic, 1.0, 0.0) } else { advances.iter().sum() };
        Self { text, advances, width }
    }
}

/// What placing names of waters keeps from picture to picture.
#[derive(Debug, Default)]
pub struct WaterCache {
    key: Option<(Projection, View)>,
    /// Of each water: its curve in world units.
    curves: Vec<Vec<WorldPoint>>,
    /// Of each water: what may be written, the fullest first.
    words: Vec<Vec<Words>>,
    /// Which names stood in the last picture and where along their curves, by copy of the world and water.
    stood: Vec<(usize, usize, f32)>,
    /// By copy of the world: how each water lies on the screen of a camera.
    on_screen: Vec<Option<OnScreen>>,
    standing: Vec<(usize, usize, f32)>,
    crowd: Crowd,
}

/// How the waters lie on the screen: changes with the camera alone.
#[derive(Debug)]
struct OnScreen {
    camera: Camera,
    /// Of each water the millions of its scale, and its curve; `None` where nothing of it is seen or its scale is far off.
    waters: Vec<(f64, Option<Curve>)>,
}

impl OnScreen {
    fn new(camera: Camera, waters: &[Water], curves: &[Vec<WorldPoint>], screen: &Rect) -> Self {
        let lying = |(water, curve): (&Water, &Vec<WorldPoint>)| {
            let million = scale_at(&camera, water);
            (million, is_in_scale(million, water, true).then(|| curve_on(&camera, curve, screen)).flatten())
        };
        Self { camera, waters: waters.iter().zip(curves).map(lying).collect() }
    }
}

impl WaterCache {
    /// Begins a picture: call once before [`Self::place`].
    pub fn begin(&mut self) {
        self.stood = std::mem::take(&mut self.standing);
    }

    /// Places the names of one copy of the world, clear of `taken`; what they cover is added to it.
    pub fn place(&mut self, input: &SceneInput, copy: usize, style: &Style, taken: &mut Vec<Rect>) -> Vec<Item> {
        let layer = input.look.layers.waters;
        if !layer.visible {
            return Vec::new();
        }
        self.refresh(input);
        let [width, height] = input.camera.size_points.map(|side| side as f32);
        self.crowd.reset(input.camera.size_points, taken);
        let screen = Rect::new(0.0, 0.0, width, height).grown(-EDGE);
        self.on_screen.resize_with(self.on_screen.len().max(copy + 1), || None);
        let lying = match &mut self.on_screen[copy] {
            Some(lying) if lying.camera == input.camera => lying,
            other => other.insert(OnScreen::new(input.camera, &input.atlas.waters, &self.curves, &screen)),
        };
        let mut items = Vec::new();
        let mut setter = Setter { input, style, strength: layer.strength(), screen, crowd: &mut self.crowd };
        // What stood stands first, so that two names that want one place do not take turns.
        let stood: Vec<(usize, f32)> = self.stood.iter().filter(|it| it.0 == copy).map(|it| (it.1, it.2)).collect();
        let others = (0..input.atlas.waters.len()).filter(|index| stood.iter().all(|it| it.0 != *index)).map(|index| (index, None));
        let mut named: Vec<&str> = Vec::new();
        for (index, stood) in stood.iter().map(|it| (it.0, Some(it.1))).chain(others) {
            let water = &input.atlas.waters[index];
            // A great water has several places for its one name.
            let (million, curve) = &lying.waters[index];
            let Some(curve) = curve.as_ref().filter(|_| is_in_scale(*million, water, stood.is_some())) else { continue };
            if named.contains(&water.name.as_str()) {
                continue;
            }
            let found = setter.name(water, &self.words[index], curve, stood);
            if let Some((item, share)) = found {
                items.push(item);
                named.push(&water.name);
                self.standing.push((copy, index, share));
            }
        }
        taken.append(&mut self.crowd.added);
        items
    }

    fn refresh(&mut self, input: &SceneInput) {
        let (projection, view) = (input.camera.projection, &input.state.view);
        if self.key.as_ref().is_some_and(|key| key.0 == projection && key.1 == *view) && self.curves.len() == input.atlas.waters.len() {
            return;
        }
        let curve = |water: &Water| {
            let places: Vec<[f64; 2]> = water.curve.iter().map(|at| [at.lon_deg, at.lat_deg]).collect();
            smoothed(&places).into_iter().map(|[lon, lat]| projection.project(LonLat::new(lon, lat))).collect()
        };
        self.curves = input.atlas.waters.iter().map(curve).collect();
        self.on_screen.clear();
        self.words = input.atlas.waters.iter().map(|water| water.words(view).into_iter().map(Words::new).collect()).collect();
        self.key = Some((projection, view.clone()));
    }
}

/// The millions of the map's scale at the water.
fn scale_at(camera: &Camera, water: &Water) -> f64 {
    camera.metres_per_point(water.curve[water.curve.len() / 2]) / POINT_METRES / 1e6
}

/// A curve on the screen; `None` where none of it is seen.
fn curve_on(camera: &Camera, points: &[WorldPoint], screen: &Rect) -> Option<Curve> {
    if !points.iter().all(|point| camera.faces(*point)) {
        return None;
    }
    let points: Vec<At> = points.iter().map(|point| camera.screen_from_world(*point).map(|value| value as f32)).collect();
    let bounds = points.iter().fold([[f32::MAX; 2], [f32::MIN; 2]], |[low, high], at| {
        [[low[0].min(at[0]), low[1].min(at[1])], [high[0].max(at[0]), high[1].max(at[1])]]
    });
    Rect { min: bounds[0], max: bounds[1] }.overlaps(screen).then(|| Curve::new(points))?
}

/// Whether a scale is one at which the water is named.
fn is_in_scale(million: f64, water: &Water, stood: bool) -> bool {
    let slack = if stood { STAYING } else { 1.0 };
    (water.closest_million / slack..=water.furthest_million * slack).contains(&million)
}

/// Sets the names of one picture.
struct Setter<'a> {
    input: &'a SceneInput<'a>,
    style: &'a Style,
    strength: f32,
    screen: Rect,
    crowd: &'a mut Crowd,
}

impl Setter<'_> {
    /// The fullest form that finds room, and how far along the curve it stands.
    fn name(&mut self, water: &Water, words: &[Words], curve: &Curve, stood: Option<f32>) -> Option<(Item, f32)> {
        let setting = setting(water.kind);
        let setting = Setting { sizes: setting.sizes.map(|size| self.input.letters(size)), ..setting };
        words.iter().find_map(|words| {
            let (size, spacing, width) = fitted(words, &setting, curve.length())?;
            let reach = width.min(curve.length()) / 2.0 / curve.length();
            let on_curve = |share: &f32| *share == 0.5 || (reach..=1.0 - reach).contains(share);
            let stops = stood.into_iter().chain(STOPS).filter(on_curve);
            stops.into_iter().find_map(|share| Some((self.at(water, words, curve, (size, spacing, share))?, share)))
        })
    }

    fn at(&mut self, water: &Water, words: &Words, curve: &Curve, (size_points, spacing_points, share): (f32, f32, f32)) -> Option<Item> {
        let middle = curve.length() * share;
        if words.advances.is_empty() {
            return self.level(water, words, curve, (size_points, middle));
        }
        let spread = Spread { advances: &words.advances, size_points, spacing_points };
        let (letters, boxes) = curve.letters(&spread, middle)?;
        self.takes(&boxes)?;
        Some(self.item(water, words, letters, size_points))
    }

    /// A text whose letters must stay together stands level on the middle of its place.
    fn level(&mut self, water: &Water, words: &Words, curve: &Curve, (size_points, middle): (f32, f32)) -> Option<Item> {
        let (_, boxes) = curve.letters(&Spread { advances: &[0.0], size_points, spacing_points: 0.0 }, middle)?;
        let at = boxes[0].middle();
        self.takes(&[Rect::around(at, words.width * size_points, size_points * 1.2)])?;
        Some(Item::Text(Text {
            at,
            anchor: Anchor::Middle,
            text: words.text.clone(),
            face: Face::Italic,
            size_points,
            color: self.color(),
            halo: self.halo(water),
            letter_spacing_points: 0.0,
            angle_rad: 0.0,
        }))
    }

    /// Takes the boxes if all of them are seen and free.
    fn takes(&mut self, boxes: &[Rect]) -> Option<()> {
        let free = boxes.iter().all(|rect| self.screen.encloses(rect) && self.crowd.is_free(rect));
        free.then(|| boxes.iter().for_each(|rect| self.crowd.take(*rect)))
    }

    fn item(&self, water: &Water, words: &Words, letters: Vec<Letter>, size_points: f32) -> Item {
        let (color, halo) = (self.color(), self.halo(water));
        Item::Curved(CurvedText { text: words.text.clone(), letters, face: Face::Italic, size_points, color, halo })
    }

    fn color(&self) -> Rgba {
        self.style.water_ink.faded(self.strength)
    }

    /// Names on the sea need no halo; those of lakes and straits reach over land.
    fn halo(&self, water: &Water) -> Option<Rgba> {
        matches!(water.kind, WaterKind::Lake | WaterKind::Strait).then(|| self.style.halo.faded(0.6 * self.strength))
    }
}

/// Size, room between letters and width of a name on a curve of this length; `None` where even the smallest is too long.
fn fitted(words: &Words, setting: &Setting, length: f32) -> Option<(f32, f32, f32)> {
    let gaps = words.advances.len().saturating_sub(1) as f32;
    let room = length * FILLED;
    let [least, most] = setting.sizes;
    let [tight, loose] = setting.spacing;
    let size = (room / (words.width + gaps * (tight + loose) / 2.0)).clamp(least, most);
    let size = (size / SIZE_STEP).floor() * SIZE_STEP;
    let spacing = ((room - words.width * size) / gaps.max(1.0)).clamp(tight * size, loose * size);
    let width = words.width * size + gaps * spacing;
    (width <= length * setting.overhang).then_some((size, spacing, width))
}
