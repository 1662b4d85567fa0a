//! Fewer points: for shapes with more detail than is wanted, and for lines drawn freehand.
//!
//! Douglas and Peucker, "Algorithms for the reduction of the number of points", Cartographica 10:2 (1973): no point that goes lies further than the
//! tolerance from what is left. The points that stay do not move.

use super::linework::Linework;
use crate::geometry::LonLat;
use geo::{Coord, LineString, SimplifyIdx};

/// Kilometres in a degree of latitude, on average.
const KM_PER_DEG: f64 = 111.195;

/// The shape without the points that lie nearer than `tolerance_km` to what is left. Ends of lines stay, and rings keep at least three corners; rings may
/// come to cross themselves where the tolerance is large for them ([`super::validity`] says so). A tolerance that is not above 0 changes nothing.
pub fn simplified<S: Linework>(shape: &S, tolerance_km: f64) -> S {
    shape.with_lines(&mut |line| thinned(line, tolerance_km / KM_PER_DEG))
}

/// A stroke of the pen as a line: without the shaking of the hand below `tolerance_deg` (degrees of latitude; some screen points). Both ends stay; a stroke
/// that never leaves its place gives one point, and no stroke none.
pub fn freehand(stroke: &[LonLat], tolerance_deg: f64) -> Vec<LonLat> {
    let mut line: Vec<Coord> = stroke.iter().map(|at| Coord::from(at.to_array())).collect();
    line.dedup();
    thinned(&line, tolerance_deg).into_iter().map(|at| LonLat::new(at.x, at.y)).collect()
}

fn thinned(line: &[Coord], tolerance_deg: f64) -> Vec<Coord> {
    if line.len() < 3 || tolerance_deg.is_nan() || tolerance_deg <= 0.0 {
        return line.to_vec();
    }
    let (south, north) = line.iter().fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at.y), high.max(at.y)));
    let narrow = ((south + north) / 2.0).to_radians().cos();
    let flat = |at: &Coord| Coord { x: at.x * narrow, y: at.y };
    let is_ring = line.len() >= 4 && line.first() == line.last();
    if !is_ring {
        let kept = LineString(line.iter().map(flat).collect()).simplify_idx(tolerance_deg);
        return kept.into_iter().map(|ix| line[ix]).collect();
    }
    // A ring is thinned as two lines between the points that are furthest apart, so that where it was begun does not matter much.
    let first = flat(&line[0]);
    let distance = |ix: usize| (flat(&line[ix]).x - first.x).hypot(line[ix].y - first.y);
    let far = (1..line.len() - 1).max_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(1);
    let half = |range: std::ops::Range<usize>| {
        let kept = LineString(line[range.clone()].iter().map(flat).collect()).simplify_idx(tolerance_deg);
        kept.into_iter().map(move |ix| line[range.start + ix])
    };
    let mut ring: Vec<Coord> = half(0..far + 1).chain(half(far..line.len()).skip(1)).collect();
    if ring.len() < 4 {
        // Nothing but there and back is left: the corner furthest from that line makes it a triangle.
        let (a, b) = (first, flat(&line[far]));
        let off = |ix: usize| ((flat(&line[ix]).x - a.x) * (b.y - a.y) - (line[ix].y - a.y) * (b.x - a.x)).abs();
        let corner = (1..line.len() - 1).filter(|&ix| ix != far).max_by(|&a, &b| off(a).total_cmp(&off(b)));
        ring.insert(if corner < Some(far) { 1 } else { 2 }, line[corner.unwrap_or(far)]);
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, Polygon};

    #[test]
    fn small_detail_goes_and_the_rest_does_not_move() {
        let line = LineString::from(vec![(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]);
        assert_eq!(simplified(&line, 1.0), LineString::from(vec![(0.0, 0.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]));
        assert_eq!(simplified(&line, 0.0), line);
        assert_eq!(simplified(&line, f64::NAN), line);
    }

    #[test]
    fn a_degree_of_longitude_counts_less_in_the_north() {
        let line = LineString::from(vec![(10.0, 69.0), (10.5, 70.0), (10.0, 71.0)]);
        assert_eq!(simplified(&line, 25.0).0.len(), 2, "half a degree is 19 km there");
        assert_eq!(simplified(&line, 15.0).0.len(), 3);
    }

    #[test]
    fn a_ring_stays_a_ring() {
        let ring: Vec<(f64, f64)> = (0..=90).map(|step| f64::from(step * 4).to_radians()).map(|turn| (turn.cos(), turn.sin())).collect();
        let mut ring = LineString::from(ring);
        ring.close();
        let round = Polygon::new(ring, vec![]);
        for km in [1.0, 20.0, 100.0, 1e6] {
            let thin = simplified(&round, km);
            assert!(thin.exterior().0.len() >= 4 && thin.exterior().is_closed(), "{km}: {thin:?}");
            assert!(thin.unsigned_area() > 0.1, "{km}: {thin:?}");
        }
        assert!(simplified(&round, 20.0).exterior().0.len() < 30);
    }

    #[test]
    fn a_stroke_loses_its_shaking() {
        let stroke: Vec<LonLat> = (0..200).map(|step| LonLat::new(f64::from(step) * 0.01, f64::from(step % 2) * 0.001)).collect();
        let line = freehand(&stroke, 0.01);
        assert_eq!((line.len(), line.first(), line.last()), (2, stroke.first(), stroke.last()));
        assert_eq!(freehand(&[stroke[0]; 5], 0.01), [stroke[0]]);
        assert!(freehand(&[], 0.01).is_empty());
    }
}
