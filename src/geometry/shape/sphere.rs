//! Places as directions from the middle of a ball, to turn shapes about it.

use super::linework::Linework;
use crate::geometry::LonLat;
use geo::Coord;

/// A direction from the middle of the earth: x towards 0 N 0 E, y towards 0 N 90 E, z to the north pole.
pub(super) type Direction = [f64; 3];

pub(super) fn direction(lon_deg: f64, lat_deg: f64) -> Direction {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (lon_deg.to_radians().sin_cos(), lat_deg.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The place that a direction of any length points at.
pub(super) fn place([x, y, z]: Direction) -> LonLat {
    LonLat::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
}

/// Three rows: where a turn takes the axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn([Direction; 3]);

impl Turn {
    /// About the axis of the earth, eastwards.
    pub(super) fn eastwards(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    }

    /// About the y axis: what lies at 0 E goes northwards.
    pub(super) fn northwards(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]])
    }

    /// About the x axis: what lies around 0 N 0 E turns counter-clockwise, as seen from above.
    pub(super) fn about_the_viewer(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self([[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]])
    }

    /// This turn and then another.
    pub(super) fn then(self, Self(next): Self) -> Self {
        let entry = |row: usize, column: usize| (0..3).map(|ix| next[row][ix] * self.0[ix][column]).sum();
        Self([0, 1, 2].map(|row| [0, 1, 2].map(|column| entry(row, column))))
    }

    pub(super) fn turned(&self, [x, y, z]: Direction) -> Direction {
        self.0.map(|[a, b, c]| a * x + b * y + c * z)
    }
}

/// The longitude, a number of whole turns away, that is nearest to another.
pub(super) fn lon_near(lon_deg: f64, near_deg: f64) -> f64 {
    lon_deg - ((lon_deg - near_deg) / 360.0).round() * 360.0
}

/// The shape with every point put through `change`. Longitudes run on past 180 rather than jump: each line begins nearest to `near_deg`, each point lies
/// nearest to the one before it.
pub(super) fn changed<S: Linework>(shape: &S, near_deg: f64, change: impl Fn(LonLat) -> LonLat) -> S {
    shape.with_lines(&mut |line| {
        let mut before = near_deg;
        let mut found: Vec<Coord> = Vec::with_capacity(line.len());
        for at in line {
            let to = change(LonLat::new(at.x, at.y));
            before = lon_near(to.lon_deg, before);
            found.push(Coord { x: before, y: to.lat_deg });
        }
        // A ring around a pole ends a turn away from where it began; it is closed as it was.
        if line.len() > 1 && line.first() == line.last() {
            let first = found[0];
            *found.last_mut().unwrap_or(&mut Coord::default()) = first;
        }
        found
    })
}
