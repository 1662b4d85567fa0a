//! Mercator's world repeats itself from left to right: the cameras that see each repetition.

use super::{Frame, SceneInput};
use crate::geometry::Projection;

/// At most so many worlds stand side by side: as many as a window paints, and as are named.
pub const COPIES: usize = 5;

/// The picture once for each world that is seen, the one in the middle first; with it its number, which it keeps while the map moves. Pictures that stand
/// alone and other projections have one world.
pub fn copies<'a>(input: &SceneInput<'a>) -> Vec<(usize, SceneInput<'a>)> {
    let camera = input.camera;
    if camera.projection != Projection::Mercator || !matches!(input.frame, Frame::Window { .. }) {
        return vec![(0, input.clone())];
    }
    let bounds = camera.projection.bounds();
    let half = camera.size_points[0] / 2.0 / camera.points_per_unit;
    let shifted = [0.0, -1.0, 1.0, -2.0, 2.0].map(|copy| camera.center.x - copy * bounds.width());
    let seen = |x: &f64| x + half > bounds.min.x && x - half < bounds.max.x;
    let numbered = shifted.into_iter().enumerate().filter(|(copy, x)| *copy == 0 || seen(x));
    let world = |(copy, x): (usize, f64)| {
        let mut own = input.clone();
        own.camera.center.x = x;
        (copy, own)
    };
    numbered.map(world).collect()
}
