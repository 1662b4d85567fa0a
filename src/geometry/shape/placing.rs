//! Moving, turning and growing shapes on the ball, so that they keep their size and form wherever they go.
//!
//! A shape is turned about the middle of the earth as a whole: dragged to Greenland it looks larger on Mercator's map, as it should, and covers as much ground
//! as before (on the ellipsoid to within half a per cent). Longitudes of the result run on past 180 where the shape does: cut it
//! ([`super::antimeridian`]) when it is let go, not while it is dragged, and moving it back gives the same shape.

use super::linework::Linework;
use super::sphere::{Direction, Turn, changed, direction, place};
use crate::geometry::LonLat;

/// The middle of a shape on the ball: that of its lines, each piece counting by its length. It moves and turns with the shape. `None` for a shape without
/// points or one so spread around the ball that it has no middle.
pub fn middle(shape: &impl Linework) -> Option<LonLat> {
    let (mut of_lines, mut of_points): (Direction, Direction) = ([0.0; 3], [0.0; 3]);
    shape.each_line(&mut |line| {
        let directions: Vec<Direction> = line.iter().map(|at| direction(at.x, at.y)).collect();
        directions.iter().for_each(|it| add(&mut of_points, *it, 1.0));
        for pair in directions.windows(2) {
            let length = (0..3).map(|ix| (pair[1][ix] - pair[0][ix]).powi(2)).sum::<f64>().sqrt();
            pair.iter().for_each(|it| add(&mut of_lines, *it, length));
        }
    });
    let size = |it: Direction| it.iter().map(|part| part * part).sum::<f64>();
    // Points alone, or lines without length, have the middle of their points.
    let sum = if size(of_lines) > 0.0 { of_lines } else { of_points };
    (size(sum) > 1e-18).then(|| place(sum))
}

fn add(sum: &mut Direction, it: Direction, weight: f64) {
    (0..3).for_each(|ix| sum[ix] += it[ix] * weight);
}

/// The shape dragged so that what was at `from` comes to lie at `to`; north stays up there. Size and form stay.
pub fn moved<S: Linework>(shape: &S, from: LonLat, to: LonLat) -> S {
    let turn = Turn::eastwards(-from.lon_deg).then(Turn::northwards(to.lat_deg - from.lat_deg)).then(Turn::eastwards(to.lon_deg));
    turned(shape, turn, to.lon_deg)
}

/// The shape moved so that its middle lies so many degrees further east and north, at most at a pole. Moving back by the same gives the same shape, but for
/// rounding and where a pole stopped it.
pub fn moved_by<S: Linework>(shape: &S, east_deg: f64, north_deg: f64) -> S {
    let from = middle(shape).unwrap_or_default();
    let to = LonLat::new(from.lon_deg + east_deg, (from.lat_deg + north_deg).clamp(-90.0, 90.0));
    moved(shape, from, to)
}

/// The shape turned about a place, counter-clockwise as seen on the map.
pub fn rotated<S: Linework>(shape: &S, about: LonLat, degrees: f64) -> S {
    let to_viewer = Turn::eastwards(-about.lon_deg).then(Turn::northwards(-about.lat_deg));
    let back = Turn::northwards(about.lat_deg).then(Turn::eastwards(about.lon_deg));
    turned(shape, to_viewer.then(Turn::about_the_viewer(degrees)).then(back), about.lon_deg)
}

/// The shape with every distance from a place multiplied; directions from there stay. Distances end at the far side of the ball. A factor that is not
/// above 0 changes nothing.
pub fn scaled<S: Linework>(shape: &S, about: LonLat, factor: f64) -> S {
    let factor = if factor > 0.0 { factor } else { 1.0 };
    let to_viewer = Turn::eastwards(-about.lon_deg).then(Turn::northwards(-about.lat_deg));
    let back = Turn::northwards(about.lat_deg).then(Turn::eastwards(about.lon_deg));
    changed(shape, about.lon_deg, |at| {
        let [x, y, z] = to_viewer.turned(direction(at.lon_deg, at.lat_deg));
        let (aside, angle) = (y.hypot(z), y.hypot(z).atan2(x));
        if aside == 0.0 {
            return at;
        }
        let (sin, cos) = (angle * factor).min(std::f64::consts::PI).sin_cos();
        place(back.turned([cos, y / aside * sin, z / aside * sin]))
    })
}

fn turned<S: Linework>(shape: &S, turn: Turn, near_deg: f64) -> S {
    changed(shape, near_deg, |at| place(turn.turned(direction(at.lon_deg, at.lat_deg))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{measure, shape::region::rings_from_polygon};
    use geo::{Point, Polygon, polygon};

    fn square() -> Polygon {
        polygon![(x: 30.0, y: 44.0), (x: 36.0, y: 44.0), (x: 36.0, y: 47.0), (x: 30.0, y: 47.0)]
    }

    fn area(shape: &Polygon) -> f64 {
        measure::area_km2(&rings_from_polygon(shape))
    }

    #[test]
    fn a_shape_dragged_north_keeps_its_size() {
        let moved = moved(&square(), LonLat::new(33.0, 45.0), LonLat::new(-40.0, 75.0));
        assert!((area(&moved) / area(&square()) - 1.0).abs() < 0.006, "{}", area(&moved) / area(&square()));
        let width = |shape: &Polygon| super::super::linework::extent(shape).map(|[west, _, east, _]| east - west).unwrap();
        assert!(width(&moved) > 12.0, "it looks wider there: {}", width(&moved));
    }

    #[test]
    fn what_is_grabbed_follows_the_pointer() {
        let (from, to) = (LonLat::new(33.0, 45.0), LonLat::new(179.0, -20.0));
        let point = moved(&Point::from(from.to_array()), from, to);
        assert!((point.x() - 179.0).abs() < 1e-9 && (point.y() + 20.0).abs() < 1e-9);
        let over = moved(&square(), from, to);
        assert!(over.exterior().0.iter().any(|at| at.x > 180.0) && over.exterior().0.iter().all(|at| at.x > 170.0), "{over:?}");
    }

    #[test]
    fn a_quarter_turn_stands_a_shape_on_its_side_counter_clockwise() {
        let about = LonLat::new(0.0, 0.0);
        let east = Point::new(10.0, 0.0);
        let north = rotated(&east, about, 90.0);
        assert!(north.x().abs() < 1e-9 && (north.y() - 10.0).abs() < 1e-9, "{north:?}");
    }

    #[test]
    fn twice_as_large_is_four_times_the_area() {
        let about = middle(&square()).unwrap();
        let large = scaled(&square(), about, 2.0);
        assert!((area(&large) / area(&square()) - 4.0).abs() < 0.05);
        assert_eq!(scaled(&square(), about, f64::NAN), scaled(&square(), about, 1.0));
        let at_once = scaled(&Point::from(about.to_array()), about, 3.0);
        assert!((at_once.x() - about.lon_deg).abs() < 1e-9);
    }

    #[test]
    fn the_middle_is_where_it_looks() {
        let found = middle(&square()).unwrap();
        assert!((found.lon_deg - 33.0).abs() < 1e-9 && (found.lat_deg - 45.5).abs() < 0.2, "{found:?}");
        assert_eq!(middle(&geo::MultiPoint(vec![])), None);
        assert!(middle(&Point::new(7.0, 8.0)).is_some_and(|at| (at.lon_deg - 7.0).abs() < 1e-9));
    }
}
