//! All that lies within so many kilometres of a shape, or further inside it than that.
//!
//! Done edge by edge: each, at most a degree long, is laid flat around its own middle, with true distances from there (azimuthal equidistant, by Karney's
//! geodesics), widened there and laid back; the pieces are joined on the map. So the distance is right within a hundredth however large the shape is.

use super::{antimeridian, linework::Linework, ops, placing, sphere::lon_near, thinning};
use crate::geometry::LonLat;
use geo::{Bearing, Buffer, Coord, Destination, Distance, Geodesic, LineString, MultiPolygon, Point};

/// The widest that is done: past this a flat piece of the earth is not true any more.
pub const WIDEST_KM: f64 = 1000.0;

/// Edges longer than this are given points between, so that they run in the plane as they do on the map.
const LONGEST_EDGE_DEG: f64 = 1.0;
/// What is finer than this share of the width cannot be seen in the result, and costs time.
const FINEST: f64 = 0.004;
const KM_PER_DEG: f64 = 110.5;

/// Why nothing was widened.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BufferError {
    /// Not a number, or too wide.
    #[error("the width must be a number of kilometres up to {WIDEST_KM}, not {0}")]
    Width(f64),
    /// The result would take in a pole.
    #[error("the result would reach over a pole, where it cannot be drawn flat")]
    Pole,
}

/// All within `km` of a point, line or area, and the area itself. Cut at the antimeridian. Empty for an empty shape.
///
/// # Errors
/// Where the width is not above 0 or too large, or the result would reach over a pole.
pub fn around(shape: &impl Linework, area: &MultiPolygon, km: f64) -> Result<MultiPolygon, BufferError> {
    if !(km > 0.0 && km <= WIDEST_KM) {
        return Err(BufferError::Width(km));
    }
    let near = placing::middle(shape).unwrap_or_default().lon_deg;
    let mut pieces = vec![beside(area, near)];
    let mut failed = None;
    shape.each_line(&mut |line| {
        let coarse = thinning::simplified(&LineString(line.to_vec()), km * FINEST);
        for piece in pieces_of(&beside(&coarse, near).0) {
            match widened(&piece, km) {
                Ok(wide) => pieces.push(wide),
                Err(error) => failed = Some(error),
            }
        }
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(antimeridian::cut_at_antimeridian(&ops::union_of_all(&pieces))),
    }
}

/// An area widened by `km` all around; where `km` is negative, made narrower: what lies further than that from its edge. Zero changes nothing.
///
/// # Errors
/// As [`around`].
pub fn area_widened(area: &MultiPolygon, km: f64) -> Result<MultiPolygon, BufferError> {
    if km == 0.0 {
        return Ok(area.clone());
    }
    if km > 0.0 {
        return around(area, area, km);
    }
    let edge = around(area, &MultiPolygon(Vec::new()), -km)?;
    Ok(ops::difference(area, &edge))
}

/// All within `km` of a line or of several.
///
/// # Errors
/// As [`around`].
pub fn along_lines(lines: &impl Linework, km: f64) -> Result<MultiPolygon, BufferError> {
    around(lines, &MultiPolygon(Vec::new()), km)
}

/// All within `km` of a place: a circle on the ground.
///
/// # Errors
/// As [`around`].
pub fn circle(place: LonLat, km: f64) -> Result<MultiPolygon, BufferError> {
    along_lines(&Point::from(place.to_array()), km)
}

/// The shape in the copy of the world that is nearest to a longitude, line by line.
fn beside<S: Linework>(shape: &S, near: f64) -> S {
    shape.with_lines(&mut |line| {
        let shift = line.first().map_or(0.0, |at| lon_near(at.x, near) - at.x);
        line.iter().map(|at| Coord { x: at.x + shift, y: at.y }).collect()
    })
}

/// The edges of a line, the long ones in several pieces; a line of one point gives that. Edge by edge, because widening a line that folds back sharply as
/// a whole leaves holes (`i_overlay` 4.5).
fn pieces_of(line: &[Coord]) -> Vec<Vec<Coord>> {
    if let [at] = line {
        return vec![vec![*at]];
    }
    let mut pieces = Vec::new();
    for edge in line.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        let steps = ((to.x - from.x).abs().max((to.y - from.y).abs()) / LONGEST_EDGE_DEG).ceil().max(1.0) as usize;
        let at = |step: usize| if step == steps { to } else { from + (to - from) * (step as f64 / steps as f64) };
        pieces.extend((0..steps).map(|step| vec![at(step), at(step + 1)]));
    }
    pieces
}

fn widened(piece: &[Coord], km: f64) -> Result<MultiPolygon, BufferError> {
    if piece.iter().any(|at| at.y.abs() * KM_PER_DEG + km > 90.0 * KM_PER_DEG) {
        return Err(BufferError::Pole);
    }
    let plane = Plane::around(piece);
    let mut flat: Vec<Coord> = piece.iter().map(|&at| plane.laid(at)).collect();
    flat.dedup();
    let wide = if flat.len() == 1 { Point(flat[0]).buffer(km) } else { LineString(flat).buffer(km) };
    Ok(wide.with_lines(&mut |line| line.iter().map(|&at| plane.raised(at)).collect()))
}

/// A plane that touches the ellipsoid: kilometres east and north, true from its middle.
struct Plane {
    middle: Point,
}

impl Plane {
    fn around(piece: &[Coord]) -> Self {
        let sum = piece.iter().fold(Coord::zero(), |sum, &at| sum + at);
        Self { middle: Point(sum / piece.len() as f64) }
    }

    fn laid(&self, at: Coord) -> Coord {
        let metres = Geodesic.distance(self.middle, Point(at));
        let (sin, cos) = Geodesic.bearing(self.middle, Point(at)).to_radians().sin_cos();
        Coord { x: sin, y: cos } * (metres / 1000.0)
    }

    fn raised(&self, at: Coord) -> Coord {
        let found = Geodesic.destination(self.middle, at.x.atan2(at.y).to_degrees(), at.x.hypot(at.y) * 1000.0);
        Coord { x: lon_near(found.x(), self.middle.x()), y: found.y() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{measure, shape::region::rings_from_polygon};
    use geo::polygon;

    fn km2(area: &MultiPolygon) -> f64 {
        area.0.iter().map(|polygon| measure::area_km2(&rings_from_polygon(polygon))).sum()
    }

    #[test]
    fn a_circle_is_round_on_the_ground_everywhere() {
        for place in [LonLat::new(0.0, 0.0), LonLat::new(34.0, 45.0), LonLat::new(-60.0, -80.0), LonLat::new(179.9, 70.0)] {
            let circle = circle(place, 200.0).unwrap();
            assert!((km2(&circle) / (std::f64::consts::PI * 40_000.0) - 1.0).abs() < 0.01, "{place:?} {}", km2(&circle));
            let near_180 = |at: &Coord| at.x.abs() > 180.0 - 1e-6;
            circle.each_line(&mut |line| {
                for at in line.iter().filter(|at| !near_180(at)) {
                    let km = measure::distance_km(place, LonLat::new(at.x, at.y));
                    assert!((km - 200.0).abs() < 0.5, "{place:?} {km}");
                }
            });
        }
        assert_eq!(circle(LonLat::new(179.9, 70.0), 200.0).unwrap().0.len(), 2);
    }

    #[test]
    fn a_long_line_is_equally_wide_along_all_of_it() {
        let line = LineString::from(vec![(-100.0, 30.0), (-20.0, 60.0)]);
        let wide = along_lines(&line, 100.0).unwrap();
        let mut furthest = 0.0_f64;
        wide.each_line(&mut |ring| {
            for at in ring {
                let nearest = (0..=800).map(|step| {
                    let share = f64::from(step) / 800.0;
                    measure::distance_km(LonLat::new(-100.0 + 80.0 * share, 30.0 + 30.0 * share), LonLat::new(at.x, at.y))
                });
                furthest = furthest.max((nearest.fold(f64::INFINITY, f64::min) - 100.0).abs());
            }
        });
        assert!(furthest < 2.0, "{furthest}");
    }

    #[test]
    fn an_area_grows_and_shrinks() {
        let square = MultiPolygon(vec![polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 2.0), (x: 0.0, y: 2.0)]]);
        let [small, same, large] = [-10.0, 0.0, 10.0].map(|km| area_widened(&square, km).unwrap());
        assert_eq!(same, square);
        let side = 222.0_f64;
        assert!((km2(&large) - (side * side + 4.0 * side * 10.0 + 314.0)).abs() < 400.0, "{}", km2(&large));
        assert!((km2(&small) - (side - 20.0).powi(2)).abs() < 400.0, "{}", km2(&small));
        assert_eq!((small.0.len(), large.0.len(), large.0[0].interiors().len()), (1, 1, 0));
        assert!(area_widened(&square, -150.0).unwrap().0.is_empty());
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        assert_eq!(circle(LonLat::new(0.0, 89.0), 200.0), Err(BufferError::Pole));
        assert_eq!(circle(LonLat::new(0.0, 0.0), 5000.0), Err(BufferError::Width(5000.0)));
        assert!(matches!(circle(LonLat::new(0.0, 0.0), f64::NAN), Err(BufferError::Width(_))));
        assert!(along_lines(&geo::MultiLineString(vec![]), 5.0).unwrap().0.is_empty());
    }
}
