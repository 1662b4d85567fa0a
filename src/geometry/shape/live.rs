//! The numbers that are shown while a line or an area is drawn, measured on the ellipsoid.

use crate::geometry::{LonLat, measure};
use geo::{Bearing, Geodesic, Point};

/// A line as far as it is drawn; its last point is mostly the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LineSoFar {
    /// Along all of it, kilometres; 0 for fewer than two points.
    pub length_km: f64,
    /// The last segment, kilometres; `None` for fewer than two points.
    pub last_km: Option<f64>,
    /// The direction in which the last segment sets out, degrees clockwise from north, 0 to below 360; `None` where it has no length.
    pub last_bearing_deg: Option<f64>,
    /// The angle between the last two segments at the point where they meet, 0 (back on itself) to 180 (straight on); `None` for fewer than three points.
    pub angle_deg: Option<f64>,
}

/// An area as far as it is drawn, closed by its shortest way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AreaSoFar {
    /// Square kilometres; 0 for fewer than three points. Parts that are run around twice the other way count against each other, so that a figure of
    /// eight measures the difference of its loops.
    pub area_km2: f64,
    /// The way round, with the edge that closes it, kilometres.
    pub perimeter_km: f64,
}

/// Measures a line. A point that repeats the one before it, as a double click leaves it, counts as one.
pub fn line_so_far(points: &[LonLat]) -> LineSoFar {
    let mut points = points.to_vec();
    points.dedup();
    let segments: Vec<f64> = points.windows(2).map(|pair| measure::distance_km(pair[0], pair[1])).collect();
    LineSoFar {
        length_km: segments.iter().sum(),
        last_km: segments.last().copied(),
        last_bearing_deg: if let [.., from, to] = points[..] { Some(bearing_deg(from, to)) } else { None },
        angle_deg: if let [.., before, at, after] = points[..] { Some(angle_deg(before, at, after)) } else { None },
    }
}

/// Measures an area by its outline, first point repeated or not.
pub fn area_so_far(points: &[LonLat]) -> AreaSoFar {
    let mut ring: Vec<[f64; 2]> = points.iter().map(|at| at.to_array()).collect();
    ring.extend(ring.first().copied());
    let area_km2 = if points.len() < 3 { 0.0 } else { measure::signed_ring_area_km2(&ring).abs() };
    AreaSoFar { area_km2, perimeter_km: measure::line_length_km(&ring) }
}

/// The direction from one place to another along the ground, degrees clockwise from north, 0 to below 360.
pub fn bearing_deg(from: LonLat, to: LonLat) -> f64 {
    Geodesic.bearing(Point::from(from.to_array()), Point::from(to.to_array())).rem_euclid(360.0) % 360.0
}

/// The angle at a place between the ways to two others, 0 to 180 degrees.
pub fn angle_deg(before: LonLat, at: LonLat, after: LonLat) -> f64 {
    let turn = (bearing_deg(at, before) - bearing_deg(at, after)).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat)
    }

    #[test]
    fn a_line_is_measured_as_it_grows() {
        assert_eq!(line_so_far(&[]), LineSoFar::default());
        assert_eq!(line_so_far(&[at(1.0, 1.0), at(1.0, 1.0)]), LineSoFar::default());
        let one = line_so_far(&[at(0.0, 0.0), at(0.0, 1.0)]);
        assert!((one.length_km - 110.574).abs() < 0.001 && one.last_km == Some(one.length_km));
        assert_eq!((one.last_bearing_deg, one.angle_deg), (Some(0.0), None));
        let two = line_so_far(&[at(0.0, 0.0), at(0.0, 1.0), at(-1.0, 1.0), at(-1.0, 1.0)]);
        assert!((two.angle_deg.unwrap() - 90.0).abs() < 0.1 && (two.last_bearing_deg.unwrap() - 270.0).abs() < 0.1, "{two:?}");
        assert!(two.length_km > one.length_km + 110.0);
    }

    #[test]
    fn an_area_is_closed_before_it_is_measured() {
        assert_eq!(area_so_far(&[]), AreaSoFar::default());
        let two = area_so_far(&[at(0.0, 0.0), at(0.0, 1.0)]);
        assert_eq!(two.area_km2, 0.0);
        assert!((two.perimeter_km - 2.0 * 110.574).abs() < 0.01);
        let square = [at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
        let open = area_so_far(&square);
        assert!((open.area_km2 - 12_308.8).abs() < 1.0 && (open.perimeter_km - 443.8).abs() < 0.2, "{open:?}");
        let closed = area_so_far(&[&square[..], &square[..1]].concat());
        assert!((closed.area_km2 - open.area_km2).abs() < 1e-6 && (closed.perimeter_km - open.perimeter_km).abs() < 1e-9);
    }
}
