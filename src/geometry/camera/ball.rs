//! The camera of the globe: the same questions as of a flat map, answered on a ball.

use super::{Camera, MAX_POINTS_PER_UNIT};
use crate::geometry::{BoundingBox, Globe, LonLat, Projection, WorldPoint, globe::wrapped};
use std::f64::consts::{FRAC_PI_2, PI};

/// Points round the edge of the ball.
const EDGE_POINTS: u32 = 180;
/// Samples along each side of the screen, and of a box that is to be fitted.
const STEPS: u32 = 16;
/// The whole ball leaves this share of the screen's smaller side free.
const FREE_SHARE: f64 = 0.06;
/// Nearer to a pole a drag across turns the ball no faster than here: the cosine of the latitude.
const LEAST_COSINE: f64 = 0.2;

impl Camera {
    /// The ball as this camera sees it; of a flat map, what it would be.
    pub fn globe(&self) -> Globe {
        Globe::facing(self.center)
    }

    pub(super) fn whole_ball(size_points: [f64; 2]) -> Self {
        let scale = size_points[0].min(size_points[1]) * (1.0 - FREE_SHARE) / 2.0;
        // Europe, Africa and western Asia: most of what the atlas tells about.
        let center = WorldPoint::new(25_f64.to_radians(), 25_f64.to_radians());
        Self { projection: Projection::Globe, center, points_per_unit: scale, size_points }.clamped()
    }

    pub(super) fn fit_on_ball(bbox: BoundingBox, size_points: [f64; 2], margin_points: f64) -> Self {
        let mut center = Projection::Globe.project(bbox.center());
        let mut half = [1.0_f64; 2];
        // Twice: a box is not seen about the middle of its latitudes.
        for _ in 0..2 {
            let Some([low, high]) = extent(&Globe::facing(center), &bbox) else {
                half = [1.0; 2];
                break;
            };
            half = [0, 1].map(|axis| ((high[axis] - low[axis]) / 2.0).max(1e-9));
            center = Globe::facing(center).under((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0);
        }
        let room = size_points.map(|side| (side - 2.0 * margin_points).max(side * 0.1) / 2.0);
        let scale = (room[0] / half[0]).min(room[1] / half[1]).min(MAX_POINTS_PER_UNIT / 6.0);
        Self { projection: Projection::Globe, center, points_per_unit: scale, size_points }.clamped()
    }

    /// Radii right of the middle and above it, of a screen position.
    pub(super) fn radii(&self, screen: [f64; 2]) -> [f64; 2] {
        [(screen[0] - self.size_points[0] / 2.0) / self.points_per_unit, (self.size_points[1] / 2.0 - screen[1]) / self.points_per_unit]
    }

    /// Where on the screen it is, so many radii of the globe right of its middle and above it.
    pub fn screen_from_radii(&self, right: f64, up: f64) -> [f64; 2] {
        [right * self.points_per_unit + self.size_points[0] / 2.0, self.size_points[1] / 2.0 - up * self.points_per_unit]
    }

    pub(super) fn zoomed_on_ball(self, screen: [f64; 2], points_per_unit: f64) -> Self {
        let [right, up] = self.radii(screen);
        let zoomed = Self { points_per_unit, ..self };
        if right.hypot(up) > 0.95 {
            // Beside the ball, or at its very edge, there is nothing to hold.
            return zoomed.clamped();
        }
        let held = self.globe().under(right, up);
        let [right, up] = zoomed.radii(screen);
        Self { center: self.globe().turned_so_that(held, right, up).center(), ..zoomed }.clamped()
    }

    pub(super) fn turned(self, dx: f64, dy: f64) -> Self {
        let (lat, radius) = (self.center.y, self.points_per_unit);
        let center = WorldPoint::new(self.center.x - dx / radius / lat.cos().max(LEAST_COSINE), lat + dy / radius);
        Self { center, ..self }.clamped()
    }

    pub(super) fn clamped_on_ball(self) -> Self {
        let finite = |number: f64| if number.is_finite() { number } else { 0.0 };
        let center = WorldPoint::new(wrapped(finite(self.center.x)), finite(self.center.y).clamp(-FRAC_PI_2, FRAC_PI_2));
        Self { center, ..self }
    }

    /// Everything where the screen reaches beyond the ball, but not what lies behind the pole that is not seen.
    pub(super) fn visible_on_ball(&self) -> BoundingBox {
        let globe = self.globe();
        let [width, height] = self.size_points;
        let (mut west, mut east, mut south, mut north) = (0.0_f64, 0.0_f64, FRAC_PI_2, -FRAC_PI_2);
        let mut all_around = false;
        for step in 0..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let sides = [[share * width, 0.0], [share * width, height], [0.0, share * height], [width, share * height]];
            for [right, up] in sides.map(|at| self.radii(at)) {
                all_around |= right.hypot(up) > 1.0;
                let place = globe.under(right, up);
                let turn = wrapped(place.x - self.center.x);
                (west, east) = (west.min(turn), east.max(turn));
                (south, north) = (south.min(place.y), north.max(place.y));
            }
        }
        let pole = |lat: f64| self.shows(globe.turned(WorldPoint::new(0.0, lat)));
        let (south_pole, north_pole) = (pole(-FRAC_PI_2), pole(FRAC_PI_2));
        if all_around {
            let lat = self.center.y;
            (south, north) = ((lat - FRAC_PI_2).max(-FRAC_PI_2), (lat + FRAC_PI_2).min(FRAC_PI_2));
        }
        let south = if south_pole { -90.0 } else { south.to_degrees() };
        let north = if north_pole { 90.0 } else { north.to_degrees() };
        let (from, to) = (self.center.x + west, self.center.x + east);
        // The box may not cross the antimeridian: then it goes all the way round.
        if all_around || south_pole || north_pole || from < -PI || to > PI {
            return BoundingBox::new(-180.0, south, 180.0, north);
        }
        BoundingBox::new(from.to_degrees(), south, to.to_degrees(), north)
    }

    fn shows(&self, [right, up, towards]: [f64; 3]) -> bool {
        let [x, y] = self.screen_from_radii(right, up);
        towards >= 0.0 && (0.0..=self.size_points[0]).contains(&x) && (0.0..=self.size_points[1]).contains(&y)
    }

    pub(super) fn edge_of_ball(&self) -> Vec<[f64; 2]> {
        let angle = |step: u32| f64::from(step) / f64::from(EDGE_POINTS) * 2.0 * PI;
        (0..EDGE_POINTS).map(|step| self.screen_from_radii(angle(step).cos(), angle(step).sin())).collect()
    }
}

/// The smallest and largest `[right, up]` of a box as the ball is turned, in radii; `None` where a part of it is behind.
fn extent(globe: &Globe, bbox: &BoundingBox) -> Option<[[f64; 2]; 2]> {
    let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
    for column in 0..=STEPS {
        for row in 0..=STEPS {
            let share = |step: u32| f64::from(step) / f64::from(STEPS);
            let place = LonLat::new(bbox.west + bbox.width_deg() * share(column), bbox.south + bbox.height_deg() * share(row));
            let [right, up, towards] = globe.turned(Projection::Globe.project(place));
            if towards < 0.0 {
                return None;
            }
            low = [low[0].min(right), low[1].min(up)];
            high = [high[0].max(right), high[1].max(up)];
        }
    }
    Some([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: [f64; 2] = [1200.0, 800.0];

    proptest! {
        #[test]
        fn what_is_on_the_screen_is_in_the_visible_box(lon in -180.0_f64..180.0, lat in -85.0_f64..85.0, zoom in 0.0_f64..9.0, at in (0.0_f64..1200.0, 0.0_f64..800.0)) {
            let center = Projection::Globe.project(LonLat::new(lon, lat));
            let camera = Camera { center, points_per_unit: 350.0 * zoom.exp(), ..Camera::whole_world(Projection::Globe, SIZE) }.clamped();
            let seen = camera.visible_lonlat().padded(1e-6);
            if let Some(place) = camera.lonlat_from_screen([at.0, at.1]) {
                prop_assert!(seen.contains(place), "{place:?} outside {seen:?}");
            }
        }

        #[test]
        fn a_fitted_box_is_seen_whole(west in -180.0_f64..180.0, south in -80.0_f64..60.0, width in 0.5_f64..60.0, height in 0.5_f64..20.0) {
            let east = if west + width > 180.0 { west + width - 360.0 } else { west + width };
            let bbox = BoundingBox::new(west, south, east, south + height);
            let camera = Camera::fit(Projection::Globe, bbox, SIZE, 30.0);
            for lon in [west, east, west + width / 2.0] {
                for lat in [south, south + height] {
                    let at = camera.seen_at(LonLat::new(lon, lat));
                    prop_assert!(at.is_some_and(|[x, y]| (20.0..=1180.0).contains(&x) && (20.0..=780.0).contains(&y)), "{lon} {lat} {at:?}");
                }
            }
        }
    }

    #[test]
    fn beside_the_ball_is_nowhere_and_behind_it_nothing_is_seen() {
        let camera = Camera::whole_world(Projection::Globe, SIZE);
        assert_eq!(camera.lonlat_from_screen([2.0, 2.0]), None);
        assert!(camera.lonlat_from_screen([600.0, 400.0]).is_some());
        assert_eq!(camera.seen_at(LonLat::new(-155.0, -25.0)), None);
        assert!(camera.seen_at(LonLat::new(25.0, 25.0)).is_some());
    }

    #[test]
    fn turning_goes_round_and_never_over_a_pole() {
        let camera = Camera::whole_world(Projection::Globe, SIZE);
        let round = (0..200).fold(camera, |camera, _| camera.panned(-40.0, 0.0));
        assert!((-PI..=PI).contains(&round.center.x));
        assert_eq!(camera.panned(0.0, 1e9).center.y, FRAC_PI_2);
    }
}
