//! Meridians and parallels: how far apart they are, and where they meet the frame of a map on paper.

use super::item::At;
use crate::geometry::Camera;

/// About so many lines cross a map.
const LINES: f64 = 9.0;
/// Samples along a side of the frame.
const SAMPLES: u32 = 240;
/// Two marks on a side are at least so many points apart.
const LEAST_APART: f32 = 48.0;

/// A round step between two lines, in degrees.
pub fn step_deg(camera: &Camera) -> f64 {
    let seen = camera.visible_lonlat();
    let wanted = seen.width_deg().max(seen.height_deg()) / LINES;
    [1.0, 2.0, 5.0, 10.0, 15.0, 30.0].into_iter().find(|step| *step >= wanted).unwrap_or(30.0)
}

/// A side of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Its upper edge.
    Top,
    /// Its lower edge.
    Bottom,
    /// Its left edge.
    Left,
    /// Its right edge.
    Right,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 4] = [Self::Top, Self::Bottom, Self::Left, Self::Right];

    /// Whether meridians are marked here; parallels are on the others.
    pub const fn has_meridians(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }
}

/// Where a line of the graticule meets the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameMark {
    /// On which side.
    pub side: Side,
    /// Where, on the edge of the picture.
    pub at: At,
    /// Which line: `30° E`, `0°`, `45° N`.
    pub label: String,
}

/// The marks along the frame: meridians at top and bottom, parallels at both sides, as far as the edge lies on the earth. Some are left out where they are close
/// together.
pub fn frame_marks(camera: &Camera) -> Vec<FrameMark> {
    let step = step_deg(camera);
    Side::ALL.into_iter().flat_map(|side| side_marks(camera, side, step)).collect()
}

fn side_marks(camera: &Camera, side: Side, step: f64) -> Vec<FrameMark> {
    let [width, height] = camera.size_points;
    let at = |share: f64| match side {
        Side::Top => [share * width, 0.0],
        Side::Bottom => [share * width, height],
        Side::Left => [0.0, share * height],
        Side::Right => [width, share * height],
    };
    let degrees = |share: f64| {
        let place = camera.lonlat_from_screen(at(share))?;
        Some(if side.has_meridians() { place.lon_deg } else { place.lat_deg })
    };
    let mut marks: Vec<FrameMark> = Vec::new();
    for sample in 0..SAMPLES {
        let [from, to] = [sample, sample + 1].map(|sample| f64::from(sample) / f64::from(SAMPLES));
        let (Some(before), Some(after)) = (degrees(from), degrees(to)) else { continue };
        // Over the antimeridian degrees go on counting.
        let after = if side.has_meridians() { before + (after - before + 540.0).rem_euclid(360.0) - 180.0 } else { after };
        let line = (before.max(after) / step).floor() * step;
        if after == before || line < before.min(after) {
            continue;
        }
        let crossing = at(from + (to - from) * (line - before) / (after - before)).map(|value| value as f32);
        let apart = |last: &FrameMark| (last.at[0] - crossing[0]).abs() + (last.at[1] - crossing[1]).abs();
        if marks.last().is_none_or(|last| apart(last) >= LEAST_APART) {
            marks.push(FrameMark { side, at: crossing, label: label(line, side.has_meridians()) });
        }
    }
    marks
}

fn label(degrees: f64, is_meridian: bool) -> String {
    let degrees = if is_meridian { (degrees + 180.0).rem_euclid(360.0) - 180.0 } else { degrees };
    let letter = match (is_meridian, degrees) {
        (_, degrees) if degrees == 0.0 || degrees.abs() == 180.0 => "",
        (true, degrees) if degrees > 0.0 => " E",
        (true, _) => " W",
        (false, degrees) if degrees > 0.0 => " N",
        (false, _) => " S",
    };
    format!("{}°{letter}", degrees.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{BoundingBox, Projection};

    #[test]
    fn marks_stand_where_their_line_meets_the_frame() {
        for projection in Projection::ALL {
            let camera = Camera::fit(projection, BoundingBox::new(26.0, 44.0, 42.0, 53.0), [900.0, 600.0], 10.0);
            let marks = frame_marks(&camera);
            for side in Side::ALL {
                assert!(marks.iter().filter(|mark| mark.side == side).count() >= 2, "{projection:?} {side:?}: {marks:?}");
            }
            for mark in marks {
                let place = camera.lonlat_from_screen(mark.at.map(f64::from)).unwrap();
                let degrees = if mark.side.has_meridians() { place.lon_deg } else { place.lat_deg };
                let told: f64 = mark.label.split('°').next().unwrap().parse().unwrap();
                assert!((degrees - told).abs() < 0.05, "{projection:?} {mark:?} is at {degrees}");
            }
        }
    }

    #[test]
    fn lines_have_their_names() {
        let names = [(30.0, true), (-30.0, true), (0.0, true), (180.0, true), (190.0, true), (45.0, false), (-45.0, false)];
        assert_eq!(
            names.map(|(degrees, is_meridian)| label(degrees, is_meridian)),
            ["30° E", "30° W", "0°", "180°", "170° W", "45° N", "45° S"]
        );
    }
}
