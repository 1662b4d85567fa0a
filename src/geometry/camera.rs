//! What part of the map is seen, and where on the screen. Pure arithmetic, shared by the window and every export.

mod ball;

use super::{BoundingBox, LonLat, Projection, WorldBox, WorldPoint, measure};

/// The closest look, in screen points for one world unit: about 3 metres a point, well past what the outlines can bear.
pub const MAX_POINTS_PER_UNIT: f64 = 2.0e6;
/// The furthest look: the whole world takes this share of the screen's smaller side.
const MIN_WORLD_SHARE: f64 = 0.4;
/// From so many degrees a point on, a view is one of the whole world.
const WORLDWIDE_DEG_PER_POINT: f64 = 0.12;
/// Samples along each side of a box when its shape on the map is measured.
const FIT_STEPS: u32 = 16;

/// A view on the map, or on the ball. Screen positions are `[x, y]` in points, `y` down, the origin at the top left of the map's area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// How the earth is laid flat.
    pub projection: Projection,
    /// The point of the map in the middle of the screen, within the projection's bounds; of the globe the place that faces the viewer.
    pub center: WorldPoint,
    /// Scale: screen points for one world unit (one radian at the equator of Mercator; the radius of the globe).
    pub points_per_unit: f64,
    /// Width and height of the map's area in points, each at least 1.
    pub size_points: [f64; 2],
}

impl Camera {
    /// The whole world in a map area of this size.
    pub fn whole_world(projection: Projection, size_points: [f64; 2]) -> Self {
        let bounds = projection.bounds();
        let size_points = size_points.map(|side| side.max(1.0));
        if projection == Projection::Globe {
            return Self::whole_ball(size_points);
        }
        let scale = (size_points[0] / bounds.width()).min(size_points[1] / bounds.height());
        Self { projection, center: WorldPoint::default(), points_per_unit: scale, size_points }.clamped()
    }

    /// The closest view that shows all of `bbox` with `margin_points` free on each side.
    ///
    /// A flat map does not repeat itself, so of a box that crosses the antimeridian the wider half is shown; the globe shows all of it. A box
    /// without any extent is shown at about 20 metres a point.
    pub fn fit(projection: Projection, bbox: BoundingBox, size_points: [f64; 2], margin_points: f64) -> Self {
        let size_points = size_points.map(|side| side.max(1.0));
        if projection == Projection::Globe {
            return Self::fit_on_ball(bbox, size_points, margin_points);
        }
        let wider = bbox.unwrapped().max_by(|a, b| a.width_deg().total_cmp(&b.width_deg())).unwrap_or(bbox);
        let drawn = world_box_of(projection, &wider);
        let room = size_points.map(|side| (side - 2.0 * margin_points).max(side * 0.1));
        let scale = (room[0] / drawn.width()).min(room[1] / drawn.height()).min(MAX_POINTS_PER_UNIT / 6.0);
        let center = WorldPoint::new((drawn.min.x + drawn.max.x) / 2.0, (drawn.min.y + drawn.max.y) / 2.0);
        Self { projection, center, points_per_unit: scale, size_points }.clamped()
    }

    /// The same place in the middle, in another projection and at the same scale on the ground; of what is nearly the whole world the whole world.
    pub fn in_projection(self, projection: Projection) -> Self {
        let middle = self.projection.unproject(self.center).unwrap_or(LonLat::new(0.0, 0.0));
        let whole = Self::whole_world(projection, self.size_points);
        if self.degrees_per_point() >= WORLDWIDE_DEG_PER_POINT {
            let is_moved = self.center != Self::whole_world(self.projection, self.size_points).center;
            let center = if projection == Projection::Globe && is_moved { projection.project(middle) } else { whole.center };
            return Self { center, ..whole }.clamped();
        }
        let moved = Self { projection, center: projection.project(middle), ..self };
        let ratio = moved.metres_per_point(middle) / self.metres_per_point(middle);
        Self { points_per_unit: self.points_per_unit * ratio, ..moved }.clamped()
    }

    /// The same view in a map area of another size: center and scale stay.
    pub fn resized(self, size_points: [f64; 2]) -> Self {
        Self { size_points: size_points.map(|side| side.max(1.0)), ..self }.clamped()
    }

    /// Where a point of the map is on the screen; also off its edges, and of the globe also what is behind: see [`Self::faces`].
    pub fn screen_from_world(&self, point: WorldPoint) -> [f64; 2] {
        if self.projection == Projection::Globe {
            let [right, up, _] = self.globe().turned(point);
            return self.screen_from_radii(right, up);
        }
        [
            (point.x - self.center.x) * self.points_per_unit + self.size_points[0] / 2.0,
            (self.center.y - point.y) * self.points_per_unit + self.size_points[1] / 2.0,
        ]
    }

    /// The point of the map under a screen position; also beyond the outline. Beside the globe the nearest point of its edge.
    pub fn world_from_screen(&self, screen: [f64; 2]) -> WorldPoint {
        if self.projection == Projection::Globe {
            let [right, up] = self.radii(screen);
            return self.globe().under(right, up);
        }
        WorldPoint::new(
            self.center.x + (screen[0] - self.size_points[0] / 2.0) / self.points_per_unit,
            self.center.y - (screen[1] - self.size_points[1] / 2.0) / self.points_per_unit,
        )
    }

    /// Whether a point of the map is on the side that is seen: of a flat map each is.
    pub fn faces(&self, point: WorldPoint) -> bool {
        self.projection != Projection::Globe || self.globe().turned(point)[2] >= 0.0
    }

    /// Where a place is on the screen, also off its edges; `None` for what is behind the globe.
    pub fn seen_at(&self, place: LonLat) -> Option<[f64; 2]> {
        let point = self.projection.project(place);
        self.faces(point).then(|| self.screen_from_world(point))
    }

    /// The edge of the map on the screen as a closed ring (first point not repeated): of the globe a circle.
    pub fn outline(&self) -> Vec<[f64; 2]> {
        match self.projection {
            Projection::Globe => self.edge_of_ball(),
            _ => self.projection.outline().into_iter().map(|point| self.screen_from_world(point)).collect(),
        }
    }

    /// Where a place is on the screen; also off its edges.
    pub fn screen_from_lonlat(&self, place: LonLat) -> [f64; 2] {
        self.screen_from_world(self.projection.project(place))
    }

    /// The place under a screen position; `None` outside the map's outline.
    pub fn lonlat_from_screen(&self, screen: [f64; 2]) -> Option<LonLat> {
        let [right, up] = self.radii(screen);
        if self.projection == Projection::Globe && right.hypot(up) > 1.0 {
            return None;
        }
        self.projection.unproject(self.world_from_screen(screen))
    }

    /// The view `factor` times closer (below 1: further away) with the point under `screen` staying where it is, within limits.
    /// A factor that is not a positive number changes nothing.
    pub fn zoomed_at(self, screen: [f64; 2], factor: f64) -> Self {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let scale = self.limited_scale(self.points_per_unit * factor);
        if self.projection == Projection::Globe {
            return self.zoomed_on_ball(screen, scale);
        }
        let held = self.world_from_screen(screen);
        let mut next = Self { points_per_unit: scale, ..self };
        let moved = next.world_from_screen(screen);
        next.center.x += held.x - moved.x;
        next.center.y += held.y - moved.y;
        next.clamped()
    }

    /// The view after the map was dragged by `dx`, `dy` points (right and down are positive), within limits.
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        if self.projection == Projection::Globe {
            return self.turned(dx, dy);
        }
        let center = WorldPoint::new(self.center.x - dx / self.points_per_unit, self.center.y + dy / self.points_per_unit);
        Self { center, ..self }.clamped()
    }

    /// The smallest box of longitudes and latitudes that holds everything on the screen; never crosses the antimeridian.
    pub fn visible_lonlat(&self) -> BoundingBox {
        if self.projection == Projection::Globe {
            return self.visible_on_ball();
        }
        let bounds = self.projection.bounds();
        let (top_left, bottom_right) = (self.world_from_screen([0.0, 0.0]), self.world_from_screen(self.size_points));
        let (north, south) = (top_left.y.clamp(bounds.min.y, bounds.max.y), bottom_right.y.clamp(bounds.min.y, bounds.max.y));
        // Longitudes spread furthest on the rows nearest to and furthest from the equator that are seen.
        let nearest = 0.0_f64.clamp(south.min(north), north.max(south));
        let rows = [north, south, nearest].map(|y| self.visible_row(y, top_left.x, bottom_right.x));
        let west = rows.iter().map(|row| row.0).fold(180.0, f64::min);
        let east = rows.iter().map(|row| row.1).fold(-180.0, f64::max);
        BoundingBox::new(west, self.latitude_of(south), east, self.latitude_of(north))
    }

    /// Metres on the ground, along the parallel, for one screen point at this place.
    pub fn metres_per_point(&self, at: LonLat) -> f64 {
        let per_unit = measure::EARTH_RADIUS_KM * 1000.0 / self.projection.parallel_scale(at.lat_deg);
        per_unit / self.points_per_unit
    }

    /// Degrees of longitude at the equator for one screen point: what a level of detail is chosen by.
    pub fn degrees_per_point(&self) -> f64 {
        let units_per_degree = self.projection.bounds().width() / 360.0;
        1.0 / (self.points_per_unit * units_per_degree)
    }

    /// The view with its center on the map and its scale within the limits.
    pub fn clamped(self) -> Self {
        let points_per_unit = self.limited_scale(self.points_per_unit);
        match self.projection {
            Projection::Globe => Self { points_per_unit, ..self }.clamped_on_ball(),
            _ => Self { center: self.projection.bounds().clamp(self.center), points_per_unit, ..self },
        }
    }

    fn limited_scale(&self, points_per_unit: f64) -> f64 {
        let width = if self.projection == Projection::Globe { 2.0 } else { self.projection.bounds().width() };
        let smaller = self.size_points[0].min(self.size_points[1]);
        let min = (smaller * MIN_WORLD_SHARE / width).min(MAX_POINTS_PER_UNIT);
        if points_per_unit.is_nan() { min } else { points_per_unit.clamp(min, MAX_POINTS_PER_UNIT) }
    }

    fn latitude_of(&self, y: f64) -> f64 {
        self.projection.unproject(WorldPoint::new(0.0, y)).map_or(self.projection.limit_deg().copysign(y), |it| it.lat_deg)
    }

    /// West and east longitude seen on the row at `y`, with the screen's sides at `left` and `right` in world units.
    fn visible_row(&self, y: f64, left: f64, right: f64) -> (f64, f64) {
        let lat = self.latitude_of(y);
        let units_per_degree = self.projection.project(LonLat::new(180.0, lat)).x / 180.0;
        ((left / units_per_degree).clamp(-180.0, 180.0), (right / units_per_degree).clamp(-180.0, 180.0))
    }
}

/// The box on the map around a box of degrees that does not cross the antimeridian; never without extent.
fn world_box_of(projection: Projection, bbox: &BoundingBox) -> WorldBox {
    let (mut min, mut max) = (WorldPoint::new(f64::MAX, f64::MAX), WorldPoint::new(f64::MIN, f64::MIN));
    for step in 0..=FIT_STEPS {
        let lat = bbox.south + bbox.height_deg() * f64::from(step) / f64::from(FIT_STEPS);
        for lon in [bbox.west, bbox.east] {
            let point = projection.project(LonLat::new(lon, lat));
            min = WorldPoint::new(min.x.min(point.x), min.y.min(point.y));
            max = WorldPoint::new(max.x.max(point.x), max.y.max(point.y));
        }
    }
    let smallest = 1e-9;
    WorldBox { min, max: WorldPoint::new(max.x.max(min.x + smallest), max.y.max(min.y + smallest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [f64; 2] = [1200.0, 800.0];

    fn near(a: [f64; 2], b: [f64; 2]) -> bool {
        (a[0] - b[0]).abs() < 1e-6 && (a[1] - b[1]).abs() < 1e-6
    }

    #[test]
    fn fitting_shows_the_whole_box_inside_the_margin() {
        let bbox = BoundingBox::new(32.0, 44.0, 37.0, 46.5);
        for projection in Projection::ALL {
            let camera = Camera::fit(projection, bbox, SIZE, 40.0);
            for corner in [LonLat::new(32.0, 44.0), LonLat::new(37.0, 46.5), LonLat::new(32.0, 46.5), LonLat::new(37.0, 44.0)] {
                let [x, y] = camera.screen_from_lonlat(corner);
                assert!((39.9..=1160.1).contains(&x) && (39.9..=760.1).contains(&y), "{projection:?} {x} {y}");
            }
        }
    }

    #[test]
    fn zooming_holds_the_place_under_the_pointer() {
        let camera = Camera::fit(Projection::EqualEarth, BoundingBox::new(60.0, 20.0, 90.0, 40.0), SIZE, 0.0);
        let pointer = [300.0, 200.0];
        let before = camera.lonlat_from_screen(pointer).unwrap();
        let after = camera.zoomed_at(pointer, 3.0).screen_from_lonlat(before);
        assert!(near(after, pointer), "{after:?}");
    }

    #[test]
    fn another_projection_shows_the_same_place_at_the_same_scale() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(32.0, 44.0, 37.0, 46.5), SIZE, 0.0);
        let place = camera.lonlat_from_screen([600.0, 400.0]).unwrap();
        for projection in Projection::ALL {
            let other = camera.in_projection(projection);
            assert!(near(other.screen_from_lonlat(place), [600.0, 400.0]));
            assert!((other.metres_per_point(place) / camera.metres_per_point(place) - 1.0).abs() < 1e-6);
        }
        assert_eq!(
            Camera::whole_world(Projection::Globe, SIZE).in_projection(Projection::Mercator),
            Camera::whole_world(Projection::Mercator, SIZE)
        );
    }

    #[test]
    fn dragging_moves_the_map_with_the_hand() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(0.0, 0.0, 10.0, 10.0), SIZE, 0.0);
        let place = camera.lonlat_from_screen([600.0, 400.0]).unwrap();
        assert!(near(camera.panned(50.0, -20.0).screen_from_lonlat(place), [650.0, 380.0]));
    }

    #[test]
    fn limits_hold_for_any_request() {
        let world = Camera::whole_world(Projection::Mercator, [0.0, f64::NAN]);
        assert!(world.points_per_unit.is_finite() && world.points_per_unit > 0.0);
        let close = Camera::whole_world(Projection::Mercator, SIZE).zoomed_at([0.0, 0.0], 1e30);
        assert_eq!(close.points_per_unit, MAX_POINTS_PER_UNIT);
        let far = close.panned(1e12, -1e12);
        assert_eq!(far.center, far.projection.bounds().clamp(far.center));
        assert_eq!(close.zoomed_at([0.0, 0.0], f64::NAN), close);
    }

    #[test]
    fn the_visible_box_of_the_world_is_the_world() {
        let camera = Camera::whole_world(Projection::EqualEarth, SIZE);
        assert_eq!(camera.visible_lonlat(), BoundingBox::WORLD);
    }

    #[test]
    fn the_visible_box_holds_what_the_corners_show() {
        let camera = Camera::fit(Projection::EqualEarth, BoundingBox::new(100.0, -20.0, 140.0, 60.0), SIZE, 0.0);
        let seen = camera.visible_lonlat().padded(1e-6);
        for screen in [[0.0, 0.0], [1200.0, 0.0], [0.0, 800.0], [1200.0, 800.0], [600.0, 400.0], [0.0, 400.0]] {
            if let Some(place) = camera.lonlat_from_screen(screen) {
                assert!(seen.contains(place), "{place:?} outside {seen:?}");
            }
        }
    }

    #[test]
    fn a_box_across_the_antimeridian_shows_its_wider_half() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(130.0, 40.0, -175.0, 60.0), SIZE, 0.0);
        assert!(camera.center.x > 0.0);
    }

    #[test]
    fn scale_follows_the_parallel() {
        let camera = Camera::whole_world(Projection::Mercator, SIZE);
        let ratio = camera.metres_per_point(LonLat::new(0.0, 0.0)) / camera.metres_per_point(LonLat::new(0.0, 60.0));
        assert!((ratio - 2.0).abs() < 1e-6);
    }
}
