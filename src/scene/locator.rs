//! Where on earth it is: a small globe in a corner of a map that shows a region, with the part in view marked on it.
//!
//! It is drawn of the same items as all else, under the signs of events and clear of names and callouts. Its land is found once, as places on a ball
//! of radius 1; a picture turns them with nine multiplications a point.

use std::sync::Arc;

use super::{
    Frame, SceneInput,
    compose::free_of,
    horizon::{Radii, lines_in_front, ring_in_front},
    item::{At, Fill, Item, Rect},
    outline::outlines,
    style::{Rgba, Stroke, Style},
};
use crate::geometry::{
    Camera, Globe, LonLat, Projection, Topology, WorldPoint,
    globe::{Turned, on_ball},
    simplify::COARSEST,
};

/// The radius of the small globe, in points.
const RADIUS: f32 = 54.0;
/// Between the globe and the edges of what is free for it, in points.
const MARGIN: f32 = 20.0;
/// Round the globe, in points: names and callouts come no nearer.
const CLEAR: f32 = 10.0;
/// What is free must be so many times as wide and as high as the globe: in a small window it would be in the way.
const LEAST_ROOM: f32 = 4.0;
/// Nobody moves a map on paper, so that it may stand closer there.
const LEAST_ROOM_ON_SHEET: f32 = 2.6;
/// A map whose corners are all within so many radians of its middle shows a region; a wider one says itself where it is.
const REGION_RAD: f64 = 0.62;
/// Points of coasts are at least so far apart, in radii: less than that cannot be seen.
const LEAST_STEP: f64 = 0.024;
/// Coasts that reach less far, in radii, are left out.
const LEAST_REACH: f64 = 0.055;
/// The globe leans towards the equator from what it shows, by this share of the latitude: continents are known by how they look from there.
const LEANING: f64 = 0.72;
/// A marked part smaller than so many points has a box of that size round it, to be found at a glance.
const LEAST_MARK: f32 = 9.0;
/// Points along each side of the map's frame.
const SIDE_POINTS: u32 = 6;
/// Between meridians and between parallels, in degrees.
const GRATICULE_DEG: usize = 30;

/// A coast, as places on a ball of radius 1.
#[derive(Clone, Debug)]
struct Coast {
    points: Vec<Turned>,
    /// Whether water lies inside.
    is_lake: bool,
}

/// What small globes keep from picture to picture: all coasts, found when the first is drawn.
#[derive(Debug, Default)]
pub struct LocatorCache {
    coasts: Option<Vec<Coast>>,
}

/// A globe that has its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locator {
    middle: At,
    globe: Globe,
}

impl Locator {
    /// The globe for a picture, in the first corner that is free of `taken`; `None` where it is not wanted, where the map shows more than a region,
    /// or where there is no room.
    pub fn new(input: &SceneInput, taken: &[Rect]) -> Option<Self> {
        if input.look.layers.locator.strength() <= 0.0 || !is_region(&input.camera) {
            return None;
        }
        let [width, height] = input.camera.size_points.map(|side| side as f32);
        let free = match input.frame {
            Frame::Window { covered } | Frame::Pane { covered } => free_of(&input.camera, covered),
            Frame::Print | Frame::Stage | Frame::Sheet => Rect::new(0.0, 0.0, width, height),
        };
        let least_room = if input.frame == Frame::Sheet { LEAST_ROOM_ON_SHEET } else { LEAST_ROOM };
        if free.width().min(free.height()) < least_room * 2.0 * RADIUS {
            return None;
        }
        let inner = free.grown(-MARGIN - RADIUS);
        let corners = [inner.max, [inner.min[0], inner.max[1]], [inner.max[0], inner.min[1]]];
        let middle = corners.into_iter().find(|middle| taken.iter().all(|rect| !rect.overlaps(&around(*middle))))?;
        let at = place_on_globe(&input.camera)?;
        Some(Self { middle, globe: Globe::facing(WorldPoint::new(at.x, at.y * LEANING)) })
    }

    /// What it takes of the picture.
    pub fn rect(&self) -> Rect {
        around(self.middle)
    }

    /// The globe, its land and the mark.
    pub fn items(&self, input: &SceneInput, style: &Style, cache: &mut LocatorCache) -> Vec<Item> {
        let coasts = cache.coasts.get_or_insert_with(|| coasts(&input.atlas.partition.topology));
        let opacity = input.look.layers.locator.strength();
        let mut items = vec![
            self.disc(RADIUS + 3.0, style.halo.faded(0.7 * opacity), Stroke::solid(Rgba([0; 4]), 0.0)),
            self.disc(RADIUS, style.water.faded(opacity), Stroke::solid(style.quiet_ink.faded(0.55 * opacity), 0.75)),
        ];
        items.extend(self.graticule(style, opacity));
        items.extend(self.land(coasts, style, opacity));
        items.extend(self.mark(&input.camera, style, opacity));
        items
    }

    fn disc(&self, radius_points: f32, color: Rgba, stroke: Stroke) -> Item {
        Item::Dot { at: self.middle, radius_points, color, stroke }
    }

    fn at(&self, [right, up]: Radii) -> At {
        [self.middle[0] + right as f32 * RADIUS, self.middle[1] - up as f32 * RADIUS]
    }

    fn land(&self, coasts: &[Coast], style: &Style, opacity: f32) -> Vec<Item> {
        let rows = self.globe.rows();
        let ground = style.land.mixed(style.quiet_ink, if style.theme.is_dark() { 0.20 } else { 0.26 });
        let seen = |coast: &Coast| {
            let turned: Vec<Turned> = coast.points.iter().map(|point| turned(&rows, point)).collect();
            let ring: Vec<At> = ring_in_front(&turned).into_iter().map(|at| self.at(at)).collect();
            let color = if coast.is_lake { style.water } else { ground };
            let stroke = Stroke::solid(color, 0.6);
            (ring.len() > 2).then(|| Item::Polygon {
                rings: Arc::new(vec![ring]),
                fill: Some(Fill::plain(color)),
                stroke: Some(stroke),
                opacity,
            })
        };
        coasts.iter().filter_map(seen).collect()
    }

    fn graticule(&self, style: &Style, opacity: f32) -> Vec<Item> {
        let stroke = Stroke::solid(style.graticule.faded(opacity), 0.5);
        let line = |places: &mut dyn Iterator<Item = [f64; 2]>| {
            let turned: Vec<Turned> =
                places.map(|[lon, lat]| self.globe.turned(Projection::Globe.project(LonLat::new(lon, lat)))).collect();
            let pieces = lines_in_front(&turned).into_iter();
            pieces
                .map(|piece| Item::Polyline { points: piece.into_iter().map(|at| self.at(at)).collect(), stroke, soft: false })
                .collect::<Vec<_>>()
        };
        let meridians =
            (-180..180).step_by(GRATICULE_DEG).map(|lon| line(&mut (-10..=10).map(|step| [f64::from(lon), f64::from(step * 9)])));
        let parallels =
            (-60..=60).step_by(GRATICULE_DEG).map(|lat| line(&mut (-24..=24).map(|step| [f64::from(step) * 7.5, f64::from(lat)])));
        meridians.chain(parallels).flatten().collect()
    }

    /// What is in view: its frame, or where that is tiny a box round it.
    fn mark(&self, camera: &Camera, style: &Style, opacity: f32) -> Vec<Item> {
        let on_globe = |place: LonLat| {
            let [right, up, _] = self.globe.turned(Projection::Globe.project(place));
            self.at([right, up])
        };
        let ring: Vec<At> = frame_of(camera).filter_map(|at| camera.lonlat_from_screen(at)).map(on_globe).collect();
        let Some(first) = ring.first() else { return Vec::new() };
        let bounds = ring.iter().fold(Rect { min: *first, max: *first }, |all, at| all.union(&Rect { min: *at, max: *at }));
        let (inside, edge) = (style.accent.faded(0.22 * opacity), style.accent.faded(opacity));
        let [cased, stroke] = [Stroke::solid(style.halo.faded(0.8 * opacity), 3.0), Stroke::solid(edge, 1.5)];
        if bounds.width().max(bounds.height()) < LEAST_MARK {
            let boxed = |grown: f32, fill: Rgba, stroke: Stroke| {
                let rect = Rect::around(bounds.middle(), LEAST_MARK + grown, LEAST_MARK + grown);
                Item::Box { rect, radius_points: 0.0, fill: Fill::plain(fill), stroke: Some(stroke) }
            };
            return vec![boxed(1.5, inside, cased), boxed(0.0, inside, stroke)];
        }
        let rings = Arc::new(vec![ring]);
        let polygon =
            |fill: Option<Fill>, stroke: Option<Stroke>, opacity: f32| Item::Polygon { rings: Arc::clone(&rings), fill, stroke, opacity };
        let ground = polygon(Some(Fill::plain(style.accent)), None, 0.22 * opacity);
        vec![polygon(None, Some(cased), 1.0), ground, polygon(None, Some(stroke), 1.0)]
    }
}

/// The box that a globe with this middle takes.
fn around(middle: At) -> Rect {
    Rect::around(middle, 2.0 * (RADIUS + CLEAR), 2.0 * (RADIUS + CLEAR))
}

/// The place in the middle of the map, as the globe has it; `None` beside the outline of the world.
fn place_on_globe(camera: &Camera) -> Option<WorldPoint> {
    let middle = camera.lonlat_from_screen(camera.size_points.map(|side| side / 2.0))?;
    Some(Projection::Globe.project(middle))
}

/// Whether the map shows a region: all of its corners are on the map and none is far from its middle.
fn is_region(camera: &Camera) -> bool {
    let Some(middle) = place_on_globe(camera) else { return false };
    let globe = Globe::facing(middle);
    let [width, height] = camera.size_points;
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let is_near = |place: LonLat| globe.away(Projection::Globe.project(place)) <= REGION_RAD;
    corners.into_iter().all(|at| camera.lonlat_from_screen(at).is_some_and(is_near))
}

/// Points round the edge of the picture, on the screen.
fn frame_of(camera: &Camera) -> impl Iterator<Item = [f64; 2]> {
    let [width, height] = camera.size_points;
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height], [0.0, 0.0]];
    (0..4).flat_map(move |side| {
        (0..SIDE_POINTS).map(move |step| {
            let share = f64::from(step) / f64::from(SIDE_POINTS);
            [0, 1].map(|axis| corners[side][axis] + (corners[side + 1][axis] - corners[side][axis]) * share)
        })
    })
}

/// All coasts that matter on a small globe, with land before the lakes in it.
fn coasts(topology: &Topology) -> Vec<Coast> {
    let rings = outlines(topology, 1, |_| Some(0)).into_iter().flatten();
    let mut coasts: Vec<Coast> = rings.filter_map(|ring| coast(&topology.ring_points(&ring, COARSEST))).collect();
    coasts.sort_by_key(|coast| coast.is_lake);
    coasts
}

/// A ring of `[lon, lat]` with the points that can be told apart; `None` for what is too small to be seen.
fn coast(ring: &[[f64; 2]]) -> Option<Coast> {
    let mut points: Vec<Turned> = Vec::new();
    let apart = |a: &Turned, b: &Turned| [0, 1, 2].map(|axis| (a[axis] - b[axis]).powi(2)).iter().sum::<f64>().sqrt();
    for place in ring {
        let point = on_ball(WorldPoint::new(place[0].to_radians(), place[1].to_radians()));
        if points.last().is_none_or(|last| apart(last, &point) >= LEAST_STEP) {
            points.push(point);
        }
    }
    let reach = points.iter().map(|point| apart(point, &points[0])).fold(0.0, f64::max);
    let doubled: f64 = ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum();
    (points.len() > 2 && reach >= LEAST_REACH).then_some(Coast { points, is_lake: doubled < 0.0 })
}

fn turned(rows: &[Turned; 3], point: &Turned) -> Turned {
    rows.map(|row| row[0] * point[0] + row[1] * point[1] + row[2] * point[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::BoundingBox;

    const SIZE: [f64; 2] = [1200.0, 800.0];

    #[test]
    fn a_region_is_marked_and_the_world_is_not() {
        for projection in Projection::ALL {
            assert!(!is_region(&Camera::whole_world(projection, SIZE)), "{projection:?}");
            assert!(is_region(&Camera::fit(projection, BoundingBox::new(32.0, 44.0, 37.0, 46.5), SIZE, 0.0)), "{projection:?}");
        }
    }
}
