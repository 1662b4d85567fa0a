//! A flight of the camera from one view to another.
//!
//! Method: Jarke J. van Wijk and Wim A. A. Nuij, "Smooth and efficient zooming and panning", IEEE Symposium on Information Visualization 2003:
//! the path that is shortest where a second of panning and a second of zooming feel equally long. It zooms out over far ways by itself.

use crate::geometry::{Camera, Projection, WorldPoint};

/// The weight of zooming against panning; the authors' own measure of what people like.
const RHO: f64 = 1.42;
/// The shortest and longest flight, in seconds.
const DURATION_SECS: (f64, f64) = (0.6, 1.2);
/// How much of the path's length is flown in a second before the limits.
const PATH_PER_SEC: f64 = 3.0;

/// A flight under way.
#[derive(Clone, Debug)]
pub struct Flight {
    from: Camera,
    to: Camera,
    path: Path,
    duration_secs: f64,
    gone_secs: f64,
}

/// The shape of the way: widths of view and ground covered along a parameter `s` from 0 to `length`.
#[derive(Clone, Copy, Debug)]
enum Path {
    /// Only the scale changes.
    Zoom { log_ratio: f64, length: f64 },
    /// The general case: parameters of the hyperbolic path.
    Curve { width: f64, distance: f64, r0: f64, length: f64 },
    /// No way at all.
    Cut,
}

impl Flight {
    /// A flight between two views. Between projections it is a cut: there is no way from one to the other.
    pub fn new(from: Camera, to: Camera) -> Self {
        if from.projection != to.projection {
            return Self::cut(to);
        }
        let path = Path::new(&from, &to);
        let duration_secs = (path.length() / PATH_PER_SEC).clamp(DURATION_SECS.0, DURATION_SECS.1);
        Self { from, to, path, duration_secs, gone_secs: 0.0 }
    }

    /// The same flight in so many seconds.
    #[must_use]
    pub fn lasting(self, secs: f64) -> Self {
        Self { duration_secs: secs.max(0.0), ..self }
    }

    /// A flight that is over at once.
    pub fn cut(to: Camera) -> Self {
        Self { from: to, to, path: Path::Cut, duration_secs: 0.0, gone_secs: 0.0 }
    }

    /// The camera so many seconds later.
    pub fn advance(&mut self, dt_secs: f64) -> Camera {
        self.gone_secs += dt_secs.max(0.0);
        if self.is_over() {
            return self.to;
        }
        let share = self.gone_secs / self.duration_secs;
        // Ease in and out: 3x^2 - 2x^3.
        self.path.camera(&self.from, &self.to, share * share * (3.0 - 2.0 * share))
    }

    /// Where it ends.
    pub fn target(&self) -> Camera {
        self.to
    }

    /// Whether the target is reached.
    pub fn is_over(&self) -> bool {
        self.gone_secs >= self.duration_secs
    }
}

impl Path {
    fn new(from: &Camera, to: &Camera) -> Self {
        let width_of = |camera: &Camera| camera.size_points[0] / camera.points_per_unit;
        let (w0, w1) = (width_of(from), width_of(to));
        let distance = distance(from, to);
        if distance < w0.min(w1) * 1e-4 {
            let log_ratio = (w1 / w0).ln();
            return Self::Zoom { log_ratio, length: log_ratio.abs() / RHO };
        }
        let rho2 = RHO * RHO;
        let b0 = (w1 * w1 - w0 * w0 + rho2 * rho2 * distance * distance) / (2.0 * w0 * rho2 * distance);
        let b1 = (w1 * w1 - w0 * w0 - rho2 * rho2 * distance * distance) / (2.0 * w1 * rho2 * distance);
        let r = |b: f64| ((b * b + 1.0).sqrt() - b).ln();
        let (r0, r1) = (r(b0), r(b1));
        Self::Curve { width: w0, distance, r0, length: (r1 - r0) / RHO }
    }

    fn length(self) -> f64 {
        match self {
            Self::Zoom { length, .. } | Self::Curve { length, .. } => length.abs(),
            Self::Cut => 0.0,
        }
    }

    /// The camera at a share of the way, 0 to 1.
    fn camera(self, from: &Camera, to: &Camera, share: f64) -> Camera {
        let (ground, zoom) = match self {
            Self::Cut => return *to,
            Self::Zoom { log_ratio, .. } => (share, (log_ratio * share).exp()),
            Self::Curve { width, distance, r0, length } => {
                let s = share * length;
                let covered = width / (RHO * RHO) * (r0.cosh() * (RHO * s + r0).tanh() - r0.sinh());
                (covered / distance, r0.cosh() / (RHO * s + r0).cosh())
            }
        };
        let center = between(from, to, ground);
        Camera { center, points_per_unit: from.points_per_unit / zoom, ..*from }.clamped()
    }
}

/// How far apart two views look, in world units: on the globe along the great circle.
fn distance(from: &Camera, to: &Camera) -> f64 {
    match from.projection {
        Projection::Globe => from.globe().away(to.center),
        Projection::Mercator | Projection::EqualEarth => (to.center.x - from.center.x).hypot(to.center.y - from.center.y),
    }
}

/// The middle of the view at a share of the way over the ground.
fn between(from: &Camera, to: &Camera, share: f64) -> WorldPoint {
    match from.projection {
        Projection::Globe => from.globe().on_the_way(to.center, share),
        Projection::Mercator | Projection::EqualEarth => {
            let between = |a: f64, b: f64| a + (b - a) * share;
            WorldPoint::new(between(from.center.x, to.center.x), between(from.center.y, to.center.y))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::BoundingBox;

    fn camera(lon: f64, lat: f64, degrees: f64) -> Camera {
        let bbox = BoundingBox { west: lon, south: lat, east: lon + degrees, north: lat + degrees };
        Camera::fit(Projection::Mercator, bbox, [1600.0, 900.0], 0.0)
    }

    proptest! {
        #[test]
        fn a_flight_begins_and_ends_where_it_should(a in (-100.0_f64..90.0, -50.0_f64..50.0, 0.1_f64..20.0), b in (-100.0_f64..90.0, -50.0_f64..50.0, 0.1_f64..20.0)) {
            let (from, to) = (camera(a.0, a.1, a.2), camera(b.0, b.1, b.2));
            let mut flight = Flight::new(from, to);
            let first = flight.advance(0.0);
            let error = (first.center.x - from.center.x).hypot(first.center.y - from.center.y) * from.points_per_unit;
            prop_assert!(error < 0.5, "begins {error} points off");
            let path = Path::new(&from, &to);
            let last = path.camera(&from, &to, 1.0);
            let error = (last.center.x - to.center.x).hypot(last.center.y - to.center.y) * to.points_per_unit;
            prop_assert!(error < 0.5, "ends {error} points off");
            prop_assert!((last.points_per_unit / to.points_per_unit - 1.0).abs() < 1e-3);
            for _ in 0..200 {
                let next = flight.advance(0.016);
                prop_assert!(next.center.x.is_finite() && next.points_per_unit.is_finite());
            }
            prop_assert!(flight.is_over());
        }
    }

    #[test]
    fn the_globe_turns_the_short_way_round() {
        let at =
            |lon: f64, lat: f64| Camera::fit(Projection::Globe, BoundingBox::new(lon, lat, lon + 1.0, lat + 1.0), [1600.0, 900.0], 0.0);
        let (from, to) = (at(170.0, 50.0), at(-171.0, 50.0));
        let middle = Path::new(&from, &to).camera(&from, &to, 0.5);
        assert!(middle.center.x.abs().to_degrees() > 169.0, "{middle:?}");
    }

    #[test]
    fn a_far_flight_zooms_out_on_its_way() {
        let (from, to) = (camera(30.0, 45.0, 1.0), camera(78.0, 34.0, 1.0));
        let middle = Path::new(&from, &to).camera(&from, &to, 0.5);
        assert!(middle.points_per_unit < from.points_per_unit / 4.0);
    }

    #[test]
    fn another_projection_is_a_cut() {
        let from = camera(30.0, 45.0, 1.0);
        let to = Camera::whole_world(Projection::EqualEarth, from.size_points);
        assert_eq!(Flight::new(from, to).advance(0.0), to);
    }
}
