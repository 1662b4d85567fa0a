//! The symbols of events: one drawing a family, white on a disc of the family's colour, made of a few convex areas and lines so that it can
//! be read at 16 points and painted by anything.

use std::f32::consts::TAU;

use super::item::At;
use crate::model::{EventKind, event::EventFamily};

/// One part of a drawing, in a square from -1 to 1, `y` down. All parts are white.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A convex area.
    Area(Vec<At>),
    /// A line with round ends, this wide.
    Line {
        /// At least two points.
        points: Vec<At>,
        /// Width, in the units of the square.
        width: f32,
    },
    /// A ring: a circle that is not filled.
    Ring {
        /// Its middle.
        middle: At,
        /// Its radius to the middle of the line.
        radius: f32,
        /// Width of the line.
        width: f32,
    },
}

/// The outline of the ground: a disc for most; a square on its tip for force, so that it stands out in grey too. Convex.
pub fn ground(family: EventFamily) -> Vec<At> {
    match family {
        EventFamily::Force => vec![[0.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]],
        EventFamily::Military => vec![[-0.84, -0.84], [0.84, -0.84], [0.84, 0.2], [0.0, 1.0], [-0.84, 0.2]],
        _ => circle([0.0, 0.0], 0.94, 28),
    }
}

/// The drawing of a kind: that of its family, with a variant where a family holds opposites.
pub fn drawing(family: EventFamily, kind: EventKind) -> Vec<Part> {
    match family {
        EventFamily::Force => vec![line(&[[-0.34, -0.34], [0.34, 0.34]], 0.22), line(&[[0.34, -0.34], [-0.34, 0.34]], 0.22)],
        EventFamily::Status => flag(),
        EventFamily::Agreement if matches!(kind, EventKind::Ceasefire | EventKind::Armistice) => pause(),
        EventFamily::Agreement => document(),
        EventFamily::Diplomacy => speech(),
        EventFamily::Military => chevrons(),
        EventFamily::Alliance => rings(),
        EventFamily::Society => people(),
    }
}

fn line(points: &[At], width: f32) -> Part {
    Part::Line { points: points.to_vec(), width }
}

fn circle(middle: At, radius: f32, steps: u32) -> Vec<At> {
    let at = |step: u32| {
        let (sin, cos) = (step as f32 / steps as f32 * TAU).sin_cos();
        [middle[0] + radius * cos, middle[1] + radius * sin]
    };
    (0..steps).map(at).collect()
}

fn flag() -> Vec<Part> {
    vec![line(&[[-0.32, -0.52], [-0.32, 0.56]], 0.18), Part::Area(vec![[-0.32, -0.56], [0.50, -0.26], [-0.32, 0.08]])]
}

/// Two upright bars: fighting pauses.
fn pause() -> Vec<Part> {
    vec![line(&[[-0.22, -0.38], [-0.22, 0.38]], 0.24), line(&[[0.22, -0.38], [0.22, 0.38]], 0.24)]
}

/// A sheet with two lines and a signature.
fn document() -> Vec<Part> {
    vec![
        line(&[[-0.36, -0.54], [0.36, -0.54], [0.36, 0.54], [-0.36, 0.54], [-0.36, -0.54]], 0.15),
        line(&[[-0.12, -0.2], [0.12, -0.2]], 0.13),
        line(&[[-0.12, 0.12], [0.12, 0.12]], 0.13),
    ]
}

fn speech() -> Vec<Part> {
    vec![
        Part::Area(vec![[-0.52, -0.42], [0.52, -0.42], [0.52, 0.22], [-0.52, 0.22]]),
        Part::Area(vec![[-0.30, 0.20], [0.06, 0.20], [-0.28, 0.58]]),
    ]
}

fn chevrons() -> Vec<Part> {
    vec![line(&[[-0.42, -0.14], [0.0, -0.46], [0.42, -0.14]], 0.2), line(&[[-0.42, 0.32], [0.0, 0.0], [0.42, 0.32]], 0.2)]
}

fn rings() -> Vec<Part> {
    let ring = |x: f32| Part::Ring { middle: [x, 0.0], radius: 0.34, width: 0.16 };
    vec![ring(-0.24), ring(0.24)]
}

fn people() -> Vec<Part> {
    vec![
        Part::Area(circle([0.0, -0.32], 0.22, 14)),
        Part::Area(vec![[-0.46, 0.50], [-0.42, 0.20], [-0.22, 0.02], [0.22, 0.02], [0.42, 0.20], [0.46, 0.50]]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_stays_on_its_ground() {
        for kind in EventKind::ALL {
            let parts = drawing(kind.family(), *kind);
            assert!(!parts.is_empty());
            for part in parts {
                let (points, width) = match part {
                    Part::Area(points) => (points, 0.0),
                    Part::Line { points, width } => (points, width),
                    Part::Ring { middle, radius, width } => (circle(middle, radius, 16), width),
                };
                assert!(points.iter().all(|[x, y]| x.hypot(*y) + width / 2.0 < 0.9), "{}", kind.id());
            }
        }
    }
}
