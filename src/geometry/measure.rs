//! Lengths and areas on the WGS84 ellipsoid, by Karney's geodesics (the `geo` crate).

use super::LonLat;
use geo::{Distance, Geodesic, GeodesicArea, LineString, Point};

/// Mean radius of the earth, kilometres (IUGG); for scales on the map only, never for measuring.
pub const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// The shortest way between two places along the ground, kilometres.
pub fn distance_km(from: LonLat, to: LonLat) -> f64 {
    Geodesic.distance(Point::from(from.to_array()), Point::from(to.to_array())) / 1000.0
}

/// The length of a line through `[lon, lat]` points, kilometres; 0 for fewer than two points.
pub fn line_length_km(points: &[[f64; 2]]) -> f64 {
    points.windows(2).map(|pair| distance_km(pair[0].into(), pair[1].into())).sum()
}

/// The area of a polygon with holes, square kilometres, never negative.
///
/// `rings` are `[lon, lat]` points, the outer ring first, in either direction, the first point repeated or not. Edges are geodesics.
/// Empty rings count nothing. A ring around more than half the earth measures what it leaves out.
pub fn area_km2(rings: &[Vec<[f64; 2]>]) -> f64 {
    let areas = rings.iter().map(|ring| signed_ring_area_km2(ring).abs());
    let mut total = 0.0;
    for (ix, area) in areas.enumerate() {
        total += if ix == 0 { area } else { -area };
    }
    f64::max(total, 0.0)
}

/// The area inside one ring, square kilometres: positive where it runs counter-clockwise, negative where clockwise.
pub fn signed_ring_area_km2(ring: &[[f64; 2]]) -> f64 {
    let outline: LineString = ring.iter().map(|&point| geo::Coord::from(point)).collect();
    geo::Polygon::new(outline, vec![]).geodesic_area_signed() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_at_the_equator() {
        let degree = distance_km(LonLat::new(0.0, 0.0), LonLat::new(0.0, 1.0));
        assert!((degree - 110.574).abs() < 0.001, "{degree}");
    }

    #[test]
    fn the_short_way_runs_over_the_antimeridian() {
        assert!(distance_km(LonLat::new(179.5, 0.0), LonLat::new(-179.5, 0.0)) < 112.0);
    }

    #[test]
    fn a_square_degree_with_and_without_a_hole() {
        let outer = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let hole = vec![[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]];
        let whole = area_km2(std::slice::from_ref(&outer));
        assert!((whole - 12_308.8).abs() < 1.0, "{whole}");
        assert!((area_km2(&[outer, hole]) / whole - 0.75).abs() < 0.001);
        assert_eq!(area_km2(&[]), 0.0);
    }

    #[test]
    fn a_line_of_one_point_has_no_length() {
        assert_eq!(line_length_km(&[[3.0, 4.0]]), 0.0);
    }
}
