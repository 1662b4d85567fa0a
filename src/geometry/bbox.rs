//! Boxes of longitude and latitude, also across the antimeridian.

use super::LonLat;
use serde::{Deserialize, Serialize};

/// A box of longitudes and latitudes in degrees, edges included. `west > east` means that it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundingBox {
    /// Western edge, -180 to 180.
    pub west: f64,
    /// Southern edge, -90 to 90, not above `north`.
    pub south: f64,
    /// Eastern edge, -180 to 180; smaller than `west` where the box crosses the antimeridian.
    pub east: f64,
    /// Northern edge, -90 to 90.
    pub north: f64,
}

impl BoundingBox {
    /// The whole earth.
    pub const WORLD: Self = Self::new(-180.0, -90.0, 180.0, 90.0);

    /// A box from its edges in degrees, in the order of GeoJSON's `bbox`.
    pub const fn new(west: f64, south: f64, east: f64, north: f64) -> Self {
        Self { west, south, east, north }
    }

    /// The smallest box, not crossing the antimeridian, around `[lon, lat]` points; `None` for no points.
    pub fn of_points(points: impl IntoIterator<Item = [f64; 2]>) -> Option<Self> {
        points.into_iter().fold(None, |found: Option<Self>, [lon, lat]| {
            let point = Self::new(lon, lat, lon, lat);
            Some(found.map_or(point, |it| it.spanning(point)))
        })
    }

    /// True where the box runs over 180 degrees east into the western longitudes.
    pub fn crosses_antimeridian(&self) -> bool {
        self.west > self.east
    }

    /// Degrees of longitude from west to east, 0 to 360.
    pub fn width_deg(&self) -> f64 {
        let width = self.east - self.west;
        if width < 0.0 { width + 360.0 } else { width }
    }

    /// Degrees of latitude from south to north.
    pub fn height_deg(&self) -> f64 {
        self.north - self.south
    }

    /// The middle of the box in degrees (not its middle on the map).
    pub fn center(&self) -> LonLat {
        LonLat::new(wrapped_deg(self.west + self.width_deg() / 2.0), (self.south + self.north) / 2.0)
    }

    /// True where the place lies in the box or on its edge.
    pub fn contains(&self, place: LonLat) -> bool {
        self.contains_lon(place.lon_deg) && (self.south..=self.north).contains(&place.lat_deg)
    }

    /// True where the two boxes share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        let lat_overlap = self.south <= other.north && other.south <= self.north;
        lat_overlap && (self.contains_lon(other.west) || other.contains_lon(self.west))
    }

    /// The narrowest box around both; it crosses the antimeridian where that is the shorter way round.
    pub fn union(&self, other: &Self) -> Self {
        let (south, north) = (self.south.min(other.south), self.north.max(other.north));
        let candidates = [(self.west, other.east), (other.west, self.east), (self.west, self.east), (other.west, other.east)];
        candidates
            .into_iter()
            .map(|(west, east)| Self::new(west, south, east, north))
            .filter(|it| it.spans_lons_of(self) && it.spans_lons_of(other))
            .min_by(|a, b| a.width_deg().total_cmp(&b.width_deg()))
            .unwrap_or(Self::new(-180.0, south, 180.0, north))
    }

    /// The box with `degrees` more on each side, at most the world.
    pub fn padded(&self, degrees: f64) -> Self {
        let (south, north) = ((self.south - degrees).max(-90.0), (self.north + degrees).min(90.0));
        if self.width_deg() + 2.0 * degrees >= 360.0 {
            return Self::new(-180.0, south, 180.0, north);
        }
        Self::new(wrapped_deg(self.west - degrees), south, wrapped_deg(self.east + degrees), north)
    }

    /// The one or two boxes, none of them crossing the antimeridian, that cover the same ground.
    pub fn unwrapped(&self) -> impl Iterator<Item = Self> {
        let halves = if self.crosses_antimeridian() {
            [Some(Self { east: 180.0, ..*self }), Some(Self { west: -180.0, ..*self })]
        } else {
            [Some(*self), None]
        };
        halves.into_iter().flatten()
    }

    /// The box around both, taken as plain numbers: neither may cross the antimeridian.
    pub(crate) fn spanning(&self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn contains_lon(&self, lon: f64) -> bool {
        if self.crosses_antimeridian() { lon >= self.west || lon <= self.east } else { (self.west..=self.east).contains(&lon) }
    }

    fn spans_lons_of(&self, other: &Self) -> bool {
        let offset = (other.west - self.west).rem_euclid(360.0);
        self.contains_lon(other.west) && offset + other.width_deg() <= self.width_deg() + 1e-9
    }
}

/// A longitude brought into -180..=180; 180 stays 180.
fn wrapped_deg(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIJI: BoundingBox = BoundingBox::new(177.0, -19.0, -179.0, -16.0);

    #[test]
    fn a_box_over_the_antimeridian_contains_both_sides_and_nothing_else() {
        assert!(FIJI.crosses_antimeridian());
        assert!(FIJI.contains(LonLat::new(179.9, -17.0)) && FIJI.contains(LonLat::new(-179.5, -17.0)));
        assert!(!FIJI.contains(LonLat::new(0.0, -17.0)));
        assert_eq!(FIJI.width_deg(), 4.0);
        assert_eq!(FIJI.center().lon_deg, 179.0);
        assert_eq!(FIJI.unwrapped().count(), 2);
    }

    #[test]
    fn a_union_takes_the_shorter_way_round() {
        let tonga = BoundingBox::new(-176.0, -22.0, -174.0, -15.0);
        let both = FIJI.union(&tonga);
        assert_eq!((both.west, both.east), (177.0, -174.0));
        let europe = BoundingBox::new(-10.0, 35.0, 40.0, 60.0).union(&BoundingBox::new(30.0, 30.0, 50.0, 40.0));
        assert_eq!(europe, BoundingBox::new(-10.0, 30.0, 50.0, 60.0));
    }

    #[test]
    fn a_union_with_the_world_is_the_world() {
        assert_eq!(BoundingBox::WORLD.union(&FIJI).width_deg(), 360.0);
    }

    #[test]
    fn boxes_meet_across_the_antimeridian() {
        assert!(FIJI.intersects(&BoundingBox::new(-179.5, -18.0, -170.0, -17.0)));
        assert!(!FIJI.intersects(&BoundingBox::new(-178.0, -18.0, 176.0, -17.0)));
    }

    #[test]
    fn no_points_have_no_box() {
        assert_eq!(BoundingBox::of_points([]), None);
    }
}
