//! Where a name fits: the pieces of land that go by one name, and the best place in each for a text of a given shape.

use super::{
    flat::Flattener,
    item::{At, Rect},
};
use crate::geometry::{ArcRef, Camera, Globe, LonLat, Projection, Ring, Topology, WorldPoint, label::label_point_within, topology::LEVELS};

/// Land that is turned away further than this (the cosine of the angle) has no name.
const LEAST_TOWARDS: f64 = 0.3;

/// A place for a text of some shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The middle of the text, in the plane of the rings.
    pub middle: [f64; 2],
    /// Half the height of the largest ellipse of the text's shape around it that touches no edge, in the same plane.
    pub half_height: f64,
}

/// The flat plane in which room for a name is looked for.
#[derive(Clone, Copy, Debug)]
enum Plane {
    /// That of the map.
    Map(Projection),
    /// On the globe the one that touches it in the middle of the land: what is found there is right for however the globe is turned.
    Touching(Globe),
}

impl Plane {
    fn new(projection: Projection, [west, south, east, north]: [f64; 4]) -> Self {
        match projection {
            Projection::Globe => {
                let middle = LonLat::new((west + east) / 2.0, (south + north) / 2.0);
                Self::Touching(Globe::facing(projection.project(middle)))
            }
            Projection::Mercator | Projection::EqualEarth => Self::Map(projection),
        }
    }

    fn lay(&self, place: LonLat) -> [f64; 2] {
        match self {
            Self::Map(projection) => {
                let at = projection.project(place);
                [at.x, at.y]
            }
            Self::Touching(globe) => {
                let [right, up, _] = globe.turned(Projection::Globe.project(place));
                [right, up]
            }
        }
    }
}

/// One connected piece of land, as far as names go. Coordinates are world units of one projection, `y` northwards; on the globe radii in the plane that
/// touches it in the middle of the piece.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its outline, then its holes, simplified to about a twelfth of its height.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// The same, as arcs.
    arcs: Vec<Ring>,
    plane: Plane,
    /// Area in square world units, holes and all.
    pub area: f64,
    /// South-western corner.
    pub min: [f64; 2],
    /// North-eastern corner.
    pub max: [f64; 2],
}

impl Piece {
    /// The largest pieces that some rings make, largest first: at most `count`, none smaller than a tenth of the largest.
    pub fn largest(topology: &Topology, rings: &[Ring], projection: Projection, count: usize) -> Vec<Self> {
        let boxed = rings.iter().map(|ring| (ring, extent(topology, ring))).collect::<Vec<_>>();
        let mut by_size: Vec<usize> = (0..boxed.len()).collect();
        let size = |ix: usize| (boxed[ix].1[2] - boxed[ix].1[0]) * (boxed[ix].1[3] - boxed[ix].1[1]);
        by_size.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        // Only the few largest boxes are worth projecting.
        let mut pieces: Vec<Self> = Vec::new();
        for &ix in by_size.iter().take(count * 4) {
            let (ring, bounds) = &boxed[ix];
            let level = level_for_height(bounds[3] - bounds[1]);
            let plane = Plane::new(projection, *bounds);
            let outline = laid(&topology.ring_points(ring, level), &plane);
            let doubled = doubled_area(&outline);
            if doubled <= 0.0 {
                continue;
            }
            let arcs = vec![(*ring).clone()];
            let mut piece = Self { arcs, plane, area: doubled / 2.0, min: [f64::MAX; 2], max: [f64::MIN; 2], rings: Vec::new() };
            outline.iter().for_each(|point| {
                (0..2).for_each(|axis| {
                    piece.min[axis] = piece.min[axis].min(point[axis]);
                    piece.max[axis] = piece.max[axis].max(point[axis]);
                })
            });
            piece.rings.push(outline);
            pieces.push(piece);
        }
        pieces.sort_by(|a, b| b.area.total_cmp(&a.area));
        pieces.truncate(count);
        let least = pieces.first().map_or(0.0, |piece| piece.area * 0.1);
        pieces.retain(|piece| piece.area >= least);
        for piece in &mut pieces {
            piece.add_holes(topology, &boxed);
        }
        pieces
    }

    /// Takes in the holes that matter: those inside the piece's box that are not tiny.
    fn add_holes(&mut self, topology: &Topology, boxed: &[(&Ring, [f64; 4])]) {
        let outer = extent(topology, &self.arcs[0]);
        for (ring, bounds) in boxed {
            let inside = bounds[0] > outer[0] && bounds[1] > outer[1] && bounds[2] < outer[2] && bounds[3] < outer[3];
            if inside && bounds[3] - bounds[1] > (outer[3] - outer[1]) * 0.04 {
                let hole = laid(&topology.ring_points(ring, level_for_height(outer[3] - outer[1])), &self.plane);
                if doubled_area(&hole) < 0.0 {
                    self.rings.push(hole);
                    self.arcs.push((*ring).clone());
                }
            }
        }
    }

    /// The best place for a text `aspect` times as wide as high, anywhere in the piece.
    pub fn room(&self, aspect: f64) -> Option<Room> {
        best_room(&self.rings, aspect)
    }

    /// The best place in what a part of the picture shows of the piece, in screen points.
    pub fn room_on_screen(&self, topology: &Topology, (camera, part): (&Camera, Rect), level: usize, aspect: f64) -> Option<Room> {
        let flattener = Flattener::within(*camera, part);
        let level = level.min(LEVELS.len() - 1) as u8;
        let rings = self.arcs.iter().map(|ring| flattener.ring(&topology.ring_points(ring, level)));
        let rings: Vec<Vec<[f64; 2]>> =
            rings.filter(|ring| !ring.is_empty()).map(|ring| ring.iter().map(|at| at.map(f64::from)).collect()).collect();
        best_room(&rings, aspect)
    }

    /// The point of the map that a point of the piece's plane is.
    pub fn world(&self, at: [f64; 2]) -> WorldPoint {
        match &self.plane {
            Plane::Map(_) => WorldPoint::new(at[0], at[1]),
            Plane::Touching(globe) => globe.under(at[0], at[1]),
        }
    }

    /// Where a point of the piece's plane is on the screen, and by how much what lies there is foreshortened: 1 on flat maps and in the middle of the
    /// globe. `None` for what is behind the globe or so near to its edge that no name can be read there.
    pub fn seen(&self, camera: &Camera, at: [f64; 2]) -> Option<(At, f32)> {
        let world = self.world(at);
        let share = match &self.plane {
            Plane::Map(_) => 1.0,
            Plane::Touching(_) => camera.globe().turned(world)[2],
        };
        (share >= LEAST_TOWARDS).then(|| (camera.screen_from_world(world).map(|value| value as f32), share as f32))
    }

    /// The box of the piece on the screen; `None` where its middle is not well seen.
    pub fn on_screen(&self, camera: &Camera) -> Option<Rect> {
        let [west, south] = self.min;
        let [east, north] = self.max;
        let middle = [(west + east) / 2.0, (south + north) / 2.0];
        let corner = |at: [f64; 2]| camera.screen_from_world(self.world(at)).map(|value| value as f32);
        match &self.plane {
            Plane::Map(_) => Some(Rect { min: corner([west, north]), max: corner([east, south]) }),
            Plane::Touching(_) => {
                self.seen(camera, middle)?;
                let around =
                    [[west, south], [middle[0], south], [east, south], [east, middle[1]], [east, north], [middle[0], north], [west, north]];
                let at = corner([west, middle[1]]);
                let first = Rect { min: at, max: at };
                Some(around.into_iter().map(corner).fold(first, |all, at| all.union(&Rect { min: at, max: at })))
            }
        }
    }
}

/// West, south, east, north of a ring in degrees.
fn extent(topology: &Topology, ring: &Ring) -> [f64; 4] {
    let boxes = ring.0.iter().map(|walk: &ArcRef| topology.arc(walk.arc()).bbox);
    boxes.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |all, it| {
        [all[0].min(it.west), all[1].min(it.south), all[2].max(it.east), all[3].max(it.north)]
    })
}

/// The coarsest level at which a shape of this height in degrees keeps its form.
fn level_for_height(height_deg: f64) -> u8 {
    LEVELS.iter().filter(|tolerance| **tolerance * 12.0 <= height_deg).count().max(1) as u8 - 1
}

fn laid(points: &[[f64; 2]], plane: &Plane) -> Vec<[f64; 2]> {
    points.iter().map(|&point| plane.lay(point.into())).collect()
}

fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum()
}

/// A name may be smaller by this share of the piece's smaller side than the largest that would fit: found several times as fast.
const ROOM_PRECISION: f64 = 0.07;

/// The place furthest from all edges, sideways distances counting `aspect` times less: where the largest text of that shape fits.
fn best_room(rings: &[Vec<[f64; 2]>], aspect: f64) -> Option<Room> {
    let outline = rings.first().filter(|ring| ring.len() > 2)?;
    let aspect = aspect.clamp(1.0, 40.0);
    let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
    for point in outline {
        for axis in 0..2 {
            (low[axis], high[axis]) = (low[axis].min(point[axis]), high[axis].max(point[axis]));
        }
    }
    // `label_point` thinks in degrees and narrows longitudes by latitude: near the equator, within a degree, it does nothing of the sort.
    let middle = [0, 1].map(|axis| (low[axis] + high[axis]) / 2.0);
    let scale = 1.0 / (high[1] - low[1]).max((high[0] - low[0]) / aspect).max(1e-12);
    let squeezed = |point: &[f64; 2]| [(point[0] - middle[0]) * scale / aspect, (point[1] - middle[1]) * scale];
    let squeezed: Vec<Vec<[f64; 2]>> = rings.iter().map(|ring| ring.iter().map(squeezed).collect()).collect();
    let best = label_point_within(&squeezed, ROOM_PRECISION)?;
    let at = [best.lon_deg, best.lat_deg];
    let (at, clear) = pulled_to_middle(&squeezed, at);
    Some(Room { middle: [at[0] * aspect / scale + middle[0], at[1] / scale + middle[1]], half_height: clear / scale })
}

/// In land that is evenly wide all places along it are as good as each other: of those nearly as good as the best the one nearest to the middle of the
/// land, with its distance from the edges.
fn pulled_to_middle(rings: &[Vec<[f64; 2]>], best: [f64; 2]) -> ([f64; 2], f64) {
    let clear = |at: [f64; 2]| {
        let squared = rings.iter().flat_map(|ring| edges(ring)).map(|[from, to]| distance_squared(at, from, to)).fold(f64::MAX, f64::min);
        squared.sqrt()
    };
    let most = clear(best);
    let Some(middle) = centroid(&rings[0]) else { return (best, most) };
    // On the way, so that an edge between the two ends it.
    let mut found = (best, most);
    for step in 1..=PULL_STEPS {
        let share = f64::from(step) / f64::from(PULL_STEPS);
        let at = [0, 1].map(|axis| best[axis] + (middle[axis] - best[axis]) * share);
        let room = clear(at);
        if room < most * NEARLY_AS_GOOD {
            break;
        }
        found = (at, room);
    }
    found
}

const PULL_STEPS: u32 = 8;
const NEARLY_AS_GOOD: f64 = 0.9;

/// The middle of what a ring encloses; `None` where that is nothing.
fn centroid(ring: &[[f64; 2]]) -> Option<[f64; 2]> {
    let (mut doubled, mut sum) = (0.0, [0.0; 2]);
    for [from, to] in edges(ring) {
        let cross = from[0] * to[1] - to[0] * from[1];
        doubled += cross;
        (0..2).for_each(|axis| sum[axis] += (from[axis] + to[axis]) * cross);
    }
    (doubled.abs() > 1e-12).then(|| sum.map(|sum| sum / (3.0 * doubled)))
}

fn edges(ring: &[[f64; 2]]) -> impl Iterator<Item = [[f64; 2]; 2]> {
    (0..ring.len()).map(|ix| [ring[ix], ring[(ix + 1) % ring.len()]])
}

fn distance_squared(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let share =
        if length == 0.0 { 0.0 } else { ((point[0] - from[0]) * along[0] + (point[1] - from[1]) * along[1]) / length }.clamp(0.0, 1.0);
    let off = [from[0] + along[0] * share - point[0], from[1] + along[1] * share - point[1]];
    off[0] * off[0] + off[1] * off[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_texts_go_where_the_land_is_wide() {
        // A T: a wide bar above a tall stem.
        let ring = vec![[0.0, 8.0], [4.0, 8.0], [4.0, 0.0], [6.0, 0.0], [6.0, 8.0], [10.0, 8.0], [10.0, 10.0], [0.0, 10.0]];
        let room = best_room(&[ring], 5.0).unwrap();
        assert!(room.middle[1] > 8.0 && (room.middle[0] - 5.0).abs() < 1.5, "{room:?}");
        assert!(room.half_height > 0.8 && room.half_height <= 1.05, "{room:?}");
    }

    #[test]
    fn in_evenly_wide_land_a_name_stands_in_the_middle() {
        let room = best_room(&[vec![[0.0, 0.0], [4.0, 0.0], [4.0, 20.0], [0.0, 20.0]]], 2.0).unwrap();
        assert!((room.middle[0] - 2.0).abs() < 0.2 && (room.middle[1] - 10.0).abs() < 0.5, "{room:?}");
    }

    #[test]
    fn nothing_fits_into_nothing() {
        assert_eq!(best_room(&[], 3.0), None);
        assert_eq!(best_room(&[vec![]], 3.0), None);
    }
}
