//! Map projections, both on the unit sphere.

use super::{BoundingBox, LonLat};
use serde::{Deserialize, Serialize};
use std::f64::consts::{FRAC_PI_4, PI};
use std::str::FromStr;

/// The latitude, north and south, at which the Mercator map ends: a square world, as web maps have it.
pub const MERCATOR_LIMIT_DEG: f64 = 85.06;

/// Equal Earth polynomial, Šavrič, Patterson and Jenny, "The Equal Earth map projection", IJGIS 33:3 (2019).
const EQUAL_EARTH: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
const SQRT_3: f64 = 1.732_050_807_568_877_2;

/// What is no wider and no higher than so many degrees is shown on the globe: at its edges lengths towards the middle are 13 per cent short.
const LOCAL_DEG: f64 = 60.0;

/// A place on the flat map: world units, which are radians on the unit sphere. `y` grows northwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorldPoint {
    /// East of the central meridian (Greenwich), negative in the west.
    pub x: f64,
    /// North of the equator, negative in the south.
    pub y: f64,
}

impl WorldPoint {
    /// A point from its two world units.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A box on the flat map in world units; `min` is its south-western corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorldBox {
    /// South-western corner.
    pub min: WorldPoint,
    /// North-eastern corner.
    pub max: WorldPoint,
}

impl WorldBox {
    /// World units from west to east.
    pub fn width(&self) -> f64 {
        self.max.x - self.min.x
    }

    /// World units from south to north.
    pub fn height(&self) -> f64 {
        self.max.y - self.min.y
    }

    /// The nearest point of the box.
    pub fn clamp(&self, point: WorldPoint) -> WorldPoint {
        WorldPoint::new(point.x.clamp(self.min.x, self.max.x), point.y.clamp(self.min.y, self.max.y))
    }
}

/// How the round earth becomes a flat map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Projection {
    /// Keeps shapes and compass directions; clamped to 85.06 degrees north and south.
    #[default]
    Mercator,
    /// Keeps areas; the whole earth with its poles as lines.
    EqualEarth,
    /// The earth as a ball that turns under the hand: one half of it, true to scale in the middle. Its world units are longitude and latitude in
    /// radians; the camera lays them on the ball, see [`super::Globe`].
    Globe,
}

/// A projection was named that the program does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no projection is called `{0}`; there are `mercator`, `equal-earth` and `globe`")]
pub struct UnknownProjection(pub String);

impl FromStr for Projection {
    type Err = UnknownProjection;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.id() == text).ok_or_else(|| UnknownProjection(text.to_owned()))
    }
}

impl Projection {
    /// Every projection, in the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::EqualEarth, Self::Globe, Self::Mercator];

    /// The name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mercator => "mercator",
            Self::EqualEarth => "equal-earth",
            Self::Globe => "globe",
        }
    }

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mercator => "Mercator",
            Self::EqualEarth => "Equal Earth",
            Self::Globe => "Globe",
        }
    }

    /// The one after it in [`Self::ALL`], after the last the first.
    pub fn next(self) -> Self {
        let now = Self::ALL.iter().position(|it| *it == self).unwrap_or_default();
        Self::ALL[(now + 1) % Self::ALL.len()]
    }

    /// The one that fits what is to be seen: the whole world where areas compare, anything smaller on the globe, which is true to shape and scale
    /// about its middle wherever that is.
    pub fn fitting(bbox: Option<BoundingBox>) -> Self {
        match bbox {
            Some(bbox) if bbox.width_deg() <= LOCAL_DEG && bbox.height_deg() <= LOCAL_DEG => Self::Globe,
            _ => Self::EqualEarth,
        }
    }

    /// Whether a straight line of longitudes and latitudes is drawn as a curve: `[along parallels, along meridians and between]`.
    pub const fn bends(self) -> [bool; 2] {
        match self {
            Self::Mercator => [false, false],
            Self::EqualEarth => [false, true],
            Self::Globe => [true, true],
        }
    }

    /// Where a place falls on the map. Total: latitudes beyond the map's end fall on its edge.
    pub fn project(self, place: LonLat) -> WorldPoint {
        let lambda = place.lon_deg.to_radians();
        match self {
            Self::Mercator => {
                let phi = place.lat_deg.clamp(-MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG).to_radians();
                WorldPoint::new(lambda, (FRAC_PI_4 + phi / 2.0).tan().ln())
            }
            Self::EqualEarth => {
                let theta = (SQRT_3 / 2.0 * place.lat_deg.clamp(-90.0, 90.0).to_radians().sin()).asin();
                WorldPoint::new(lambda * equal_earth_row_width(theta), equal_earth_y(theta))
            }
            Self::Globe => WorldPoint::new(lambda, place.lat_deg.clamp(-90.0, 90.0).to_radians()),
        }
    }

    /// The place that falls on a point of the map; `None` beyond the map's outline.
    pub fn unproject(self, point: WorldPoint) -> Option<LonLat> {
        let (lambda, phi) = match self {
            Self::Mercator => (point.x, 2.0 * point.y.exp().atan() - 2.0 * FRAC_PI_4),
            Self::EqualEarth => {
                let theta = equal_earth_theta(point.y)?;
                (point.x / equal_earth_row_width(theta), (2.0 / SQRT_3 * theta.sin()).clamp(-1.0, 1.0).asin())
            }
            Self::Globe => (point.x, point.y),
        };
        // A hair of slack, so that points on the very outline come back.
        let (lon, lat) = (lambda.to_degrees(), phi.to_degrees());
        let inside = lon.abs() <= 180.0 + 1e-9 && lat.abs() <= self.limit_deg() + 1e-9;
        inside.then(|| LonLat::new(lon.clamp(-180.0, 180.0), lat.clamp(-90.0, 90.0)))
    }

    /// The northernmost and, negated, southernmost latitude on the map, degrees.
    pub const fn limit_deg(self) -> f64 {
        match self {
            Self::Mercator => MERCATOR_LIMIT_DEG,
            Self::EqualEarth | Self::Globe => 90.0,
        }
    }

    /// The box of the whole map.
    pub fn bounds(self) -> WorldBox {
        let x = self.project(LonLat::new(180.0, 0.0)).x;
        let y = self.project(LonLat::new(0.0, 90.0)).y;
        WorldBox { min: WorldPoint::new(-x, -y), max: WorldPoint::new(x, y) }
    }

    /// The edge of the map as a closed ring (first point not repeated), counter-clockwise from the south-western corner. Of the globe, whose edge
    /// turns with it, the longitudes and latitudes that there are: see [`super::Camera::outline`] for what is seen.
    pub fn outline(self) -> Vec<WorldPoint> {
        let limit = self.limit_deg();
        let steps = if self == Self::EqualEarth { 90 } else { 1 };
        let lat_at = |step: i32| limit * (2.0 * f64::from(step) / f64::from(steps) - 1.0);
        let east = (0..=steps).map(|step| LonLat::new(180.0, lat_at(step)));
        let west = (0..=steps).rev().map(|step| LonLat::new(-180.0, lat_at(step)));
        let mut ring: Vec<WorldPoint> = east.chain(west).map(|place| self.project(place)).collect();
        ring.rotate_right(1);
        ring
    }

    /// How much longer a short stretch along the parallel is drawn than at the equator of a globe of the same world unit.
    /// 1 at the equator of Mercator, 2 at 60 degrees; 1 in the middle of the globe, wherever that is. Used for scale bars.
    pub fn parallel_scale(self, lat_deg: f64) -> f64 {
        if self == Self::Globe {
            return 1.0;
        }
        let lat = lat_deg.clamp(-89.9, 89.9);
        let step_deg = 0.5;
        let drawn = self.project(LonLat::new(step_deg, lat)).x;
        drawn / (step_deg.to_radians() * lat.to_radians().cos())
    }
}

fn equal_earth_y(theta: f64) -> f64 {
    let [a1, a2, a3, a4] = EQUAL_EARTH;
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
}

/// World units of x for each radian of longitude.
fn equal_earth_row_width(theta: f64) -> f64 {
    2.0 * SQRT_3 * theta.cos() / (3.0 * equal_earth_slope(theta))
}

/// The derivative of [`equal_earth_y`].
fn equal_earth_slope(theta: f64) -> f64 {
    let [a1, a2, a3, a4] = EQUAL_EARTH;
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    a1 + 3.0 * a2 * t2 + t6 * (7.0 * a3 + 9.0 * a4 * t2)
}

/// The inverse of [`equal_earth_y`] by Newton's method; `None` beyond the poles. The curve is monotone, so it always settles.
fn equal_earth_theta(y: f64) -> Option<f64> {
    let pole = PI / 3.0;
    if y.is_nan() || y.abs() > equal_earth_y(pole) + 1e-12 {
        return None;
    }
    let mut theta = y;
    for _ in 0..12 {
        let step = (equal_earth_y(theta) - y) / equal_earth_slope(theta);
        theta -= step;
        if step.abs() < 1e-14 {
            break;
        }
    }
    Some(theta.clamp(-pole, pole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for projection in Projection::ALL {
            assert_eq!(projection.id().parse(), Ok(projection));
        }
        assert!("Mercator".parse::<Projection>().is_err());
    }

    #[test]
    fn the_world_is_flat_and_a_region_round() {
        assert_eq!(Projection::fitting(None), Projection::EqualEarth);
        assert_eq!(Projection::fitting(Some(BoundingBox::WORLD)), Projection::EqualEarth);
        assert_eq!(Projection::fitting(Some(BoundingBox::new(32.0, 44.0, 37.0, 47.0))), Projection::Globe);
    }

    #[test]
    fn known_points_fall_where_the_papers_put_them() {
        let mercator = Projection::Mercator.project(LonLat::new(90.0, 60.0));
        assert!((mercator.x - PI / 2.0).abs() < 1e-12 && (mercator.y - 1.316_957_896_924_816_6).abs() < 1e-12);
        // The published extent of Equal Earth on the unit sphere: 2.70663 wide and 1.31737 high on each side.
        let bounds = Projection::EqualEarth.bounds();
        assert!((bounds.max.x - 2.706_629_7).abs() < 1e-6, "{bounds:?}");
        assert!((bounds.max.y - 1.317_362_8).abs() < 1e-6, "{bounds:?}");
    }

    #[test]
    fn outside_the_outline_is_nowhere() {
        for projection in Projection::ALL {
            let bounds = projection.bounds();
            assert_eq!(projection.unproject(WorldPoint::new(bounds.max.x * 1.01, 0.0)), None);
            assert_eq!(projection.unproject(WorldPoint::new(0.0, bounds.max.y * 1.01)), None);
        }
        assert_eq!(Projection::EqualEarth.unproject(WorldPoint::new(2.6, 1.2)), None);
    }

    #[test]
    fn outlines_run_counter_clockwise_from_the_south_west() {
        for projection in Projection::ALL {
            let ring = projection.outline();
            let next = ring.iter().cycle().skip(1);
            let doubled: f64 = ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
            assert!(doubled > 0.0);
            assert!(ring[0].x < 0.0 && (ring[0].y - projection.bounds().min.y).abs() < 1e-12);
        }
    }

    #[test]
    fn mercator_doubles_lengths_at_sixty_degrees() {
        assert!((Projection::Mercator.parallel_scale(60.0) - 2.0).abs() < 1e-9);
    }
}
