//! The shapes that tell the families apart where colour fails.

use super::pen;
use crate::{model::event::EventFamily, scene::item::At};

/// The outline of the ground of a family, no two alike: convex, about equally large, hardly beyond the square from -1 to 1.
pub fn ground(family: EventFamily) -> Vec<At> {
    match family {
        // A warning sign on its tip.
        EventFamily::Force => rounded(&[[0.0, -1.24], [1.24, 0.0], [0.0, 1.24], [-1.24, 0.0]], 0.34),
        // A plain tile.
        EventFamily::Status => rounded(&pen::rect(-0.87, -0.87, 0.87, 0.87), 0.06),
        // A sheet of paper with its corner cut.
        EventFamily::Agreement => rounded(&[[-0.78, -1.0], [0.38, -1.0], [0.78, -0.6], [0.78, 1.0], [-0.78, 1.0]], 0.06),
        EventFamily::Diplomacy => pen::disc([0.0, 0.0], 0.97),
        // A shield.
        EventFamily::Military => {
            let mut outline = vec![[-0.88, -0.9], [0.88, -0.9]];
            outline.extend(pen::bow([0.0, 0.06], [0.88, 1.0], 0.0, 180.0));
            outline
        }
        // A link of a chain.
        EventFamily::Alliance => {
            let mut outline = pen::bow([-0.31, 0.0], [0.77, 0.77], 90.0, 270.0);
            outline.extend(pen::bow([0.31, 0.0], [0.77, 0.77], -90.0, 90.0));
            outline
        }
        // A house.
        EventFamily::Society => rounded(&[[0.0, -1.1], [0.94, -0.38], [0.94, 0.9], [-0.94, 0.9], [-0.94, -0.38]], 0.1),
    }
}

/// The corners, each cut back by `cut` along its sides and bent.
fn rounded(corners: &[At], cut: f32) -> Vec<At> {
    let count = corners.len();
    let toward = |from: At, to: At| {
        let share = cut / (to[0] - from[0]).hypot(to[1] - from[1]);
        [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    };
    let bend = |index: usize| {
        let corner = corners[index];
        let (from, to) = (toward(corner, corners[(index + count - 1) % count]), toward(corner, corners[(index + 1) % count]));
        // A parabola with the corner as its pull.
        let at = move |t: f32| [0, 1].map(|axis| from[axis] * (1.0 - t).powi(2) + corner[axis] * 2.0 * t * (1.0 - t) + to[axis] * t * t);
        [0.0, 0.33, 0.67, 1.0].map(at)
    };
    (0..count).flat_map(bend).collect()
}
