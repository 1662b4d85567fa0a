//! A polity's name along its land, where the land is long and a level name would stick out of it.

use super::{
    curve::{Curve, Spread},
    fonts::CAP_HEIGHT,
    item::{At, Letter, Rect},
    names::Lettering,
    shaping::{letter_advances, stands_apart},
    spine::spine,
    territory::Piece,
};
use crate::geometry::{Camera, WorldPoint};

/// The share of its line that a name may fill, and that it fills where it can.
const MOST_FILLED: f32 = 0.94;
const FILLED: f32 = 0.74;
/// From so many times as long as wide on, a name belongs along the land wherever it has room there.
const VERY_LONG: f64 = 7.0;
/// Letters of a bent name stand further apart than those of a level one, by this factor at most.
const LOOSER: f32 = 1.6;

/// A name with the line along one piece of its land.
#[derive(Clone, Debug)]
pub struct Bent {
    points: Vec<WorldPoint>,
    /// Half the height that the land has for it, in world units.
    pub half_height: f64,
    /// Whether the land is so long that a level name could stand anywhere along it.
    pub is_very_long: bool,
    advances: Vec<f32>,
}

impl Bent {
    /// `None` where the land is not long, or the letters must not be pulled apart.
    pub fn new(piece: &Piece, text: &str, lettering: Lettering) -> Option<Self> {
        let spine = stands_apart(text).then(|| spine(&piece.rings)).flatten()?;
        let points = spine.points.iter().map(|at| piece.world(*at)).collect();
        Some(Self {
            points,
            half_height: spine.half_height,
            is_very_long: spine.elongation >= VERY_LONG,
            advances: letter_advances(text, lettering.face()),
        })
    }

    /// Whether it climbs more than it goes on: harder to read, so that there must be more reason for it.
    pub fn is_steep(&self) -> bool {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        (last.y - first.y).abs() > (last.x - first.x).abs()
    }

    /// How many times the land is as high as letters of a size, at this scale.
    pub fn fits(&self, camera: &Camera, size_points: f32) -> f32 {
        (self.half_height * camera.points_per_unit) as f32 / (size_points * CAP_HEIGHT / 2.0)
    }

    /// The letters and what each covers; `None` where the name is too long for its land.
    pub fn letters(&self, camera: &Camera, size_points: f32, lettering: Lettering) -> Option<(Vec<Letter>, Vec<Rect>)> {
        if !self.points.iter().all(|point| camera.faces(*point)) {
            return None;
        }
        let points: Vec<At> = self.points.iter().map(|point| camera.screen_from_world(*point).map(|value| value as f32)).collect();
        let curve = Curve::new(points)?;
        let (tight, loose) = lettering.spacing();
        let width = self.advances.iter().sum::<f32>() * size_points;
        let gaps = self.advances.len().saturating_sub(1).max(1) as f32;
        let room = (curve.length() * FILLED - width) / gaps;
        let spacing_points = room.clamp(tight * size_points, loose * LOOSER * size_points);
        let spread = Spread { advances: &self.advances, size_points, spacing_points };
        (spread.width() <= curve.length() * MOST_FILLED).then(|| curve.letters(&spread, curve.length() / 2.0))?
    }
}
