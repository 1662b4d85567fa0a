//! The earth as a ball seen from far away: the orthographic projection, north up, whatever place it faces.
//!
//! World points of this projection are longitude and latitude in radians; only the camera turns them into a picture. Formulas: Snyder, "Map
//! Projections: A Working Manual", USGS Professional Paper 1395 (1987), chapter 20.

use super::WorldPoint;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// Where a place is as the ball is turned, in radii: `[right, up, towards]` of the viewer. What has a negative third number is behind.
pub type Turned = [f64; 3];

/// The ball turned so that one place faces the viewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Globe {
    center: WorldPoint,
    sin_lat: f64,
    cos_lat: f64,
}

impl Globe {
    /// Turned towards a place in radians.
    pub fn facing(center: WorldPoint) -> Self {
        let (sin_lat, cos_lat) = center.y.sin_cos();
        Self { center, sin_lat, cos_lat }
    }

    /// Where a place is now.
    pub fn turned(&self, place: WorldPoint) -> Turned {
        let (sin_lon, cos_lon) = (place.x - self.center.x).sin_cos();
        let (sin, cos) = place.y.sin_cos();
        [cos * sin_lon, self.cos_lat * sin - self.sin_lat * cos * cos_lon, self.sin_lat * sin + self.cos_lat * cos * cos_lon]
    }

    /// The rotation as rows that give right, up and towards from the `[x, y, z]` of [`on_ball`].
    pub fn rows(&self) -> [Turned; 3] {
        let (sin_lon, cos_lon) = self.center.x.sin_cos();
        let Self { sin_lat, cos_lat, .. } = *self;
        [[-sin_lon, cos_lon, 0.0], [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]]
    }

    /// The place seen so many radii right of the middle and above it; beside the ball the nearest place on its edge.
    pub fn under(&self, right: f64, up: f64) -> WorldPoint {
        let off = right.hypot(up);
        let (right, up) = if off > 1.0 { (right / off, up / off) } else { (right, up) };
        let towards = (1.0 - right * right - up * up).max(0.0).sqrt();
        let sin = (up * self.cos_lat + towards * self.sin_lat).clamp(-1.0, 1.0);
        let lon = self.center.x + right.atan2(towards * self.cos_lat - up * self.sin_lat);
        WorldPoint::new(wrapped(lon), sin.asin())
    }

    /// The ball turned so that `held` is seen so many radii right of the middle and above it. Of the two ways that there may be, the one that is
    /// nearer to how the ball is turned now; where north up allows none, it turns as far as it goes.
    pub fn turned_so_that(&self, held: WorldPoint, right: f64, up: f64) -> Self {
        let off = right.hypot(up);
        let (right, up) = if off > 1.0 { (right / off, up / off) } else { (right, up) };
        let towards = (1.0 - right * right - up * up).max(0.0).sqrt();
        // sin(lat of held) = up cos(lat) + towards sin(lat), solved for the latitude that faces the viewer.
        let (reach, tilt) = (up.hypot(towards).max(1e-12), up.atan2(towards));
        let turn = (held.y.sin() / reach).clamp(-1.0, 1.0).asin();
        let off = |lat: f64| (lat - self.center.y).abs() + if lat.abs() > FRAC_PI_2 { TAU } else { 0.0 };
        let ways = [turn - tilt, PI - turn - tilt].map(wrapped);
        let lat = if off(ways[0]) <= off(ways[1]) { ways[0] } else { ways[1] }.clamp(-FRAC_PI_2, FRAC_PI_2);
        let lon = held.x - right.atan2(towards * lat.cos() - up * lat.sin());
        Self::facing(WorldPoint::new(wrapped(lon), lat))
    }

    /// How far a place is from the one that faces the viewer, radians along the great circle.
    pub fn away(&self, place: WorldPoint) -> f64 {
        let [right, up, towards] = self.turned(place);
        right.hypot(up).atan2(towards)
    }

    /// The place that faces the viewer after a share of the way to another place, 0 to 1, along the great circle. Of the many ways to the
    /// antipode, the one over the equator's side.
    pub fn on_the_way(&self, to: WorldPoint, share: f64) -> WorldPoint {
        let (a, b, angle) = (on_ball(self.center), on_ball(to), self.away(to));
        if !(1e-9..PI - 1e-6).contains(&angle) {
            let turn = wrapped(to.x - self.center.x);
            return WorldPoint::new(wrapped(self.center.x + turn * share), self.center.y + (to.y - self.center.y) * share);
        }
        let (left, gone) = (((1.0 - share) * angle).sin() / angle.sin(), (share * angle).sin() / angle.sin());
        let [x, y, z] = [0, 1, 2].map(|axis| a[axis] * left + b[axis] * gone);
        WorldPoint::new(y.atan2(x), z.clamp(-1.0, 1.0).asin())
    }

    /// The place that faces the viewer, radians.
    pub fn center(&self) -> WorldPoint {
        self.center
    }
}

/// A place in radians on the ball of radius 1: `x` towards Greenwich on the equator, `y` towards 90 degrees east, `z` north.
pub fn on_ball(place: WorldPoint) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin, cos)) = (place.x.sin_cos(), place.y.sin_cos());
    [cos * cos_lon, cos * sin_lon, sin]
}

/// A longitude in radians brought into one turn about Greenwich.
pub fn wrapped(lon: f64) -> f64 {
    if (-PI..=PI).contains(&lon) { lon } else { (lon + PI).rem_euclid(TAU) - PI }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place() -> impl Strategy<Value = WorldPoint> {
        (-PI..PI, -1.5_f64..1.5).prop_map(|(x, y)| WorldPoint::new(x, y))
    }

    fn apart(a: WorldPoint, b: WorldPoint) -> f64 {
        let (a, b) = (on_ball(a), on_ball(b));
        (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum::<f64>().sqrt()
    }

    proptest! {
        #[test]
        fn a_place_is_found_again_where_it_is_seen(center in place(), offset in (-0.7_f64..0.7, -0.7_f64..0.7)) {
            let globe = Globe::facing(center);
            let [right, up, towards] = globe.turned(globe.under(offset.0, offset.1));
            prop_assert!(towards >= -1e-9 && (right - offset.0).abs() < 1e-9 && (up - offset.1).abs() < 1e-9);
        }

        #[test]
        fn rows_turn_as_the_formulas_do(center in place(), seen in place()) {
            let globe = Globe::facing(center);
            let ball = on_ball(seen);
            let by_rows = globe.rows().map(|row| (0..3).map(|axis| row[axis] * ball[axis]).sum::<f64>());
            let turned = globe.turned(seen);
            prop_assert!((0..3).all(|axis| (by_rows[axis] - turned[axis]).abs() < 1e-12));
        }

        #[test]
        fn halfway_is_as_far_from_both_ends(from in place(), to in place()) {
            prop_assume!(apart(from, to) < 1.99);
            let middle = Globe::facing(from).on_the_way(to, 0.5);
            prop_assert!((apart(middle, from) - apart(middle, to)).abs() < 1e-6 && apart(middle, from) <= apart(from, to));
            prop_assert!(apart(Globe::facing(from).on_the_way(to, 1.0), to) < 1e-6);
        }

        #[test]
        fn a_held_place_stays_under_the_hand(center in (-PI..PI, -0.9_f64..0.9), grip in (-0.4_f64..0.4, -0.4_f64..0.4), moved in (-0.2_f64..0.2, -0.2_f64..0.2)) {
            let globe = Globe::facing(WorldPoint::new(center.0, center.1));
            let held = globe.under(grip.0, grip.1);
            let to = (grip.0 + moved.0, grip.1 + moved.1);
            let after = globe.turned_so_that(held, to.0, to.1);
            // Near the poles north up does not allow every grip: then nothing turned about the axis brings the place so far to the side.
            prop_assume!(after.center().y.abs() < 1.5 && held.y.sin().abs() < (1.0 - to.0 * to.0).sqrt());
            prop_assert!(apart(after.under(to.0, to.1), held) < 1e-6);
        }
    }

    #[test]
    fn the_middle_faces_the_viewer_and_its_antipode_is_behind() {
        let globe = Globe::facing(WorldPoint::new(0.6, 0.8));
        let [right, up, towards] = globe.turned(WorldPoint::new(0.6, 0.8));
        assert!(right.abs() < 1e-12 && up.abs() < 1e-12 && (towards - 1.0).abs() < 1e-12);
        assert!(globe.turned(WorldPoint::new(0.6 - PI, -0.8))[2] < -0.999);
        // Up is north: a place to the north is seen above.
        assert!(globe.turned(WorldPoint::new(0.6, 0.9))[1] > 0.0 && globe.turned(WorldPoint::new(0.7, 0.8))[0] > 0.0);
    }
}
