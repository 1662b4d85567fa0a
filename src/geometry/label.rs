//! A good place for a name: the point of a polygon that is furthest from its outline.

use super::LonLat;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The search stops when no place can be better by more than this share of the polygon's smaller side.
const PRECISION: f64 = 0.02;

/// The place inside a polygon that is furthest from all its edges, by the quadtree search of mapbox/polylabel.
///
/// `rings` are `[lon, lat]` points, the outline first, then the holes, first points repeated or not; degrees of longitude count as
/// long as they are at the polygon's middle latitude. `None` for no rings or an empty outline.
pub fn label_point(rings: &[Vec<[f64; 2]>]) -> Option<LonLat> {
    label_point_within(rings, PRECISION)
}

/// The same, as soon as no place can be better by more than `precision`, a share of the polygon's smaller side: a tenth takes a fraction of the time.
pub fn label_point_within(rings: &[Vec<[f64; 2]>], precision: f64) -> Option<LonLat> {
    let outline = rings.first().filter(|ring| !ring.is_empty())?;
    let (south, north) = extent(outline, 1);
    let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.05);
    let flat: Vec<Vec<[f64; 2]>> = rings.iter().map(|ring| ring.iter().map(|&[lon, lat]| [lon * squeeze, lat]).collect()).collect();
    let best = furthest_inside(&flat, precision);
    Some(LonLat::new(best[0] / squeeze, best[1]))
}

/// A square that may hold the best place; ordered by the best that it could hold.
struct Square {
    center: [f64; 2],
    half: f64,
    distance: f64,
}

impl Square {
    fn new(center: [f64; 2], half: f64, rings: &[Vec<[f64; 2]>]) -> Self {
        Self { center, half, distance: signed_distance(rings, center) }
    }

    fn potential(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Square {}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.potential().total_cmp(&other.potential())
    }
}

fn furthest_inside(rings: &[Vec<[f64; 2]>], precision: f64) -> [f64; 2] {
    let ((west, east), (south, north)) = (extent(&rings[0], 0), extent(&rings[0], 1));
    let side = (east - west).min(north - south);
    let middle = [(west + east) / 2.0, (south + north) / 2.0];
    let mut best = Square::new(middle, 0.0, rings);
    if side <= 0.0 {
        return middle;
    }
    let mut queue = BinaryHeap::new();
    let (columns, rows) = (((east - west) / side).ceil() as u32, ((north - south) / side).ceil() as u32);
    for (column, row) in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))) {
        let center = [west + side * (f64::from(column) + 0.5), south + side * (f64::from(row) + 0.5)];
        queue.push(Square::new(center, side / 2.0, rings));
    }
    while let Some(square) = queue.pop() {
        if square.potential() - best.distance <= side * precision {
            break;
        }
        let half = square.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            queue.push(Square::new([square.center[0] + dx, square.center[1] + dy], half, rings));
        }
        if square.distance > best.distance {
            best = square;
        }
    }
    best.center
}

fn extent(ring: &[[f64; 2]], axis: usize) -> (f64, f64) {
    ring.iter().fold((f64::MAX, f64::MIN), |(low, high), point| (low.min(point[axis]), high.max(point[axis])))
}

/// Distance to the nearest edge: positive inside, negative outside.
fn signed_distance(rings: &[Vec<[f64; 2]>], point: [f64; 2]) -> f64 {
    let (mut inside, mut nearest) = (false, f64::MAX);
    for ring in rings {
        for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a[1] > point[1]) != (b[1] > point[1]) && point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0] {
                inside = !inside;
            }
            nearest = nearest.min(squared_distance_to_edge(point, a, b));
        }
    }
    if inside { nearest.sqrt() } else { -nearest.sqrt() }
}

fn squared_distance_to_edge(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ox, oy) = (a[0] + along * dx - point[0], a[1] + along * dy - point[1]);
    ox * ox + oy * oy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_named_in_its_middle() {
        let place = label_point(&[vec![[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]]).unwrap();
        assert!((place.lon_deg - 1.0).abs() < 0.05 && (place.lat_deg - 1.0).abs() < 0.05);
    }

    #[test]
    fn a_horseshoe_is_named_on_its_iron() {
        let horseshoe = vec![[0.0, 0.0], [12.0, 0.0], [12.0, 9.0], [10.0, 9.0], [10.0, 2.0], [2.0, 2.0], [2.0, 9.0], [0.0, 9.0]];
        let place = label_point(&[horseshoe]).unwrap();
        assert!(!(place.lat_deg > 2.0 && (2.0..=10.0).contains(&place.lon_deg)), "{place:?}");
    }

    #[test]
    fn holes_are_avoided() {
        let outer = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 4.0], [0.0, 4.0]];
        let hole = vec![[2.0, 0.5], [2.0, 3.5], [8.0, 3.5], [8.0, 0.5]];
        let place = label_point(&[outer, hole]).unwrap();
        assert!(place.lon_deg < 2.0 || place.lon_deg > 8.0, "{place:?}");
    }

    #[test]
    fn nothing_has_no_place() {
        assert_eq!(label_point(&[]), None);
        assert_eq!(label_point(&[vec![]]), None);
    }
}
