//! Where a name fits: the pieces of land that go by one name, and the best place in each for a text of a given shape.

use super::{
    flat::Flattener,
    item::{At, Rect},
};
use crate::geometry::{ArcRef, Camera, Projection, Ring, Topology, label::label_point_within, topology::LEVELS};

/// A place for a text of some shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The middle of the text, in the plane of the rings.
    pub middle: [f64; 2],
    /// Half the height of the largest ellipse of the text's shape around it that touches no edge, in the same plane.
    pub half_height: f64,
}

/// One connected piece of land, as far as names go. Coordinates are world units of one projection, `y` northwards.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its outline, then its holes, simplified to about a twelfth of its height.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// The same, as arcs.
    arcs: Vec<Ring>,
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
            let outline = project(&topology.ring_points(ring, level), projection);
            let doubled = doubled_area(&outline);
            if doubled <= 0.0 {
                continue;
            }
            let mut piece =
                Self { arcs: vec![(*ring).clone()], area: doubled / 2.0, min: [f64::MAX; 2], max: [f64::MIN; 2], rings: Vec::new() };
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
            piece.add_holes(topology, &boxed, projection);
        }
        pieces
    }

    /// Takes in the holes that matter: those inside the piece's box that are not tiny.
    fn add_holes(&mut self, topology: &Topology, boxed: &[(&Ring, [f64; 4])], projection: Projection) {
        let outer = extent(topology, &self.arcs[0]);
        for (ring, bounds) in boxed {
            let inside = bounds[0] > outer[0] && bounds[1] > outer[1] && bounds[2] < outer[2] && bounds[3] < outer[3];
            if inside && bounds[3] - bounds[1] > (outer[3] - outer[1]) * 0.04 {
                let hole = project(&topology.ring_points(ring, level_for_height(outer[3] - outer[1])), projection);
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

    /// The best place in the part of the piece that is seen, in screen points.
    pub fn room_on_screen(&self, topology: &Topology, camera: &Camera, level: usize, aspect: f64) -> Option<Room> {
        let flattener = Flattener::inside(*camera);
        let level = level.min(LEVELS.len() - 1) as u8;
        let rings = self.arcs.iter().map(|ring| flattener.ring(&topology.ring_points(ring, level)));
        let rings: Vec<Vec<[f64; 2]>> =
            rings.filter(|ring| !ring.is_empty()).map(|ring| ring.iter().map(|at| at.map(f64::from)).collect()).collect();
        best_room(&rings, aspect)
    }

    /// The box of the piece on the screen.
    pub fn on_screen(&self, camera: &Camera) -> Rect {
        let corner = |x: f64, y: f64| -> At { camera.screen_from_world(crate::geometry::WorldPoint::new(x, y)).map(|value| value as f32) };
        Rect { min: corner(self.min[0], self.max[1]), max: corner(self.max[0], self.min[1]) }
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

fn project(points: &[[f64; 2]], projection: Projection) -> Vec<[f64; 2]> {
    let world = points.iter().map(|&point| projection.project(point.into()));
    world.map(|at| [at.x, at.y]).collect()
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
    let nearest = squeezed.iter().flat_map(|ring| edges(ring)).map(|[from, to]| distance_squared(at, from, to)).fold(f64::MAX, f64::min);
    Some(Room { middle: [at[0] * aspect / scale + middle[0], at[1] / scale + middle[1]], half_height: nearest.sqrt() / scale })
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
    fn nothing_fits_into_nothing() {
        assert_eq!(best_room(&[], 3.0), None);
        assert_eq!(best_room(&[vec![]], 3.0), None);
    }
}
