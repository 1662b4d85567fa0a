//! A place on the earth.

use serde::{Deserialize, Serialize};

/// A place on the WGS84 ellipsoid. Longitude always comes before latitude, and only in here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    /// Degrees east of Greenwich, -180 to 180 in everything this program makes.
    pub lon_deg: f64,
    /// Degrees north of the equator, -90 to 90.
    pub lat_deg: f64,
}

impl LonLat {
    /// A place from degrees east and degrees north, taken as given. See [`LonLat::checked`] for values from a file or a person.
    pub const fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg }
    }

    /// The place, or `None` unless both numbers are finite, the longitude within -180..=180 and the latitude within -90..=90.
    pub fn checked(lon_deg: f64, lat_deg: f64) -> Option<Self> {
        let inside = (-180.0..=180.0).contains(&lon_deg) && (-90.0..=90.0).contains(&lat_deg);
        inside.then_some(Self { lon_deg, lat_deg })
    }

    /// The same place with its longitude wrapped into -180..180 and its latitude clamped to -90..=90.
    pub fn wrapped(self) -> Self {
        let lon_deg = (self.lon_deg + 180.0).rem_euclid(360.0) - 180.0;
        Self { lon_deg, lat_deg: self.lat_deg.clamp(-90.0, 90.0) }
    }

    /// `[longitude, latitude]` in degrees, the order of GeoJSON.
    pub const fn to_array(self) -> [f64; 2] {
        [self.lon_deg, self.lat_deg]
    }
}

impl From<[f64; 2]> for LonLat {
    /// From `[longitude, latitude]` in degrees, the order of GeoJSON.
    fn from([lon_deg, lat_deg]: [f64; 2]) -> Self {
        Self { lon_deg, lat_deg }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_longitudes_and_clamps_latitudes() {
        assert_eq!(LonLat::new(190.0, 95.0).wrapped(), LonLat::new(-170.0, 90.0));
        assert_eq!(LonLat::new(-540.0, -10.0).wrapped(), LonLat::new(-180.0, -10.0));
    }

    #[test]
    fn checks_ranges_and_rejects_what_is_not_a_number() {
        assert!(LonLat::checked(180.0, -90.0).is_some());
        assert!(LonLat::checked(180.1, 0.0).is_none());
        assert!(LonLat::checked(f64::NAN, 0.0).is_none());
    }
}
