//! The few strokes that all symbols are drawn with.

use std::f32::consts::TAU;

use super::Part;
use crate::scene::item::At;

/// How many corners a full circle has: enough at the size of a slide.
const CIRCLE_STEPS: f32 = 48.0;

/// A white area inside these corners, which must be convex.
pub fn area(corners: impl Into<Vec<At>>) -> Part {
    Part::Area(corners.into())
}

/// A hole in what was drawn before; convex.
pub fn hole(corners: impl Into<Vec<At>>) -> Part {
    Part::Hole(corners.into())
}

/// An area as a hole; anything else as it is.
pub fn cut_out(part: &Part) -> Part {
    match part {
        Part::Area(corners) => Part::Hole(corners.clone()),
        other => other.clone(),
    }
}

/// A line with round ends.
pub fn line(points: impl Into<Vec<At>>, width: f32) -> Part {
    Part::Line { points: points.into(), width }
}

/// A circle that is not filled.
pub fn ring(middle: At, radius: f32, width: f32) -> Part {
    Part::Ring { middle, radius, width }
}

/// A part of a circle as a line, from one angle to another in degrees; 0 is to the right, 90 down.
pub fn arc(middle: At, radius: f32, from_deg: f32, to_deg: f32, width: f32) -> Part {
    line(bow(middle, [radius, radius], from_deg, to_deg), width)
}

/// The point of an ellipse with these half widths at an angle in degrees; 0 is to the right, 90 down.
pub fn at_angle(middle: At, radii: At, angle_deg: f32) -> At {
    let (sin, cos) = (angle_deg / 360.0 * TAU).sin_cos();
    [middle[0] + radii[0] * cos, middle[1] + radii[1] * sin]
}

/// The corners of a filled circle.
pub fn disc(middle: At, radius: f32) -> Vec<At> {
    let steps = CIRCLE_STEPS as usize;
    (0..steps).map(|step| at_angle(middle, [radius, radius], step as f32 / CIRCLE_STEPS * 360.0)).collect()
}

/// Points along a part of an ellipse with these half widths, both ends among them. Filled, they are what its chord cuts off.
pub fn bow(middle: At, radii: At, from_deg: f32, to_deg: f32) -> Vec<At> {
    let steps = ((to_deg - from_deg).abs() / 360.0 * CIRCLE_STEPS).ceil().max(2.0);
    (0..=steps as usize).map(|step| at_angle(middle, radii, from_deg + (to_deg - from_deg) * step as f32 / steps)).collect()
}

/// The corners of an upright box.
pub fn rect(left: f32, top: f32, right: f32, bottom: f32) -> [At; 4] {
    [[left, top], [right, top], [right, bottom], [left, bottom]]
}

/// The corners of a straight bar with square ends: a slit, where it is a hole.
pub fn bar(from: At, to: At, width: f32) -> [At; 4] {
    let length = (to[0] - from[0]).hypot(to[1] - from[1]);
    let (across_x, across_y) = ((from[1] - to[1]) / length * width / 2.0, (to[0] - from[0]) / length * width / 2.0);
    [
        [from[0] + across_x, from[1] + across_y],
        [to[0] + across_x, to[1] + across_y],
        [to[0] - across_x, to[1] - across_y],
        [from[0] - across_x, from[1] - across_y],
    ]
}

/// An arrow: a line of this width, and a filled head as long as it is wide to each side.
pub fn arrow(from: At, to: At, width: f32, head: f32) -> [Part; 2] {
    let length = (to[0] - from[0]).hypot(to[1] - from[1]);
    let along = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    let neck = [to[0] - along[0] * head, to[1] - along[1] * head];
    let side = |turn: f32| [neck[0] - along[1] * head * turn, neck[1] + along[0] * head * turn];
    [line([from, neck], width), area([to, side(1.0), side(-1.0)])]
}

/// A bolt of lightning, this high to each side of its middle: two pointed areas.
pub fn bolt(middle: At, half_height: f32) -> [[At; 3]; 2] {
    let place = |x: f32, y: f32| [middle[0] + x * half_height, middle[1] + y * half_height];
    [[place(0.28, -1.0), place(-0.62, 0.2), place(0.16, 0.2)], [place(-0.28, 1.0), place(0.62, -0.2), place(-0.16, -0.2)]]
}

/// A tick as a hole, this wide to each side of its middle.
pub fn tick_hole(middle: At, half_width: f32) -> [Part; 2] {
    let place = |x: f32, y: f32| [middle[0] + x * half_width, middle[1] + y * half_width];
    // The strokes run past each other, so that the corner is square.
    [hole(bar(place(-1.0, 0.0), place(-0.1, 0.9), half_width * 0.55)), hole(bar(place(-0.5, 0.9), place(1.0, -0.75), half_width * 0.55))]
}

/// A star or burst with one tip for each length, the first upward, then clockwise; `core` is how far the valleys lie from the middle.
pub fn star(middle: At, tips: &[f32], core: f32) -> Vec<Part> {
    let step_deg = 360.0 / tips.len() as f32;
    let at = |radius: f32, step: f32| at_angle(middle, [radius, radius], step * step_deg - 90.0);
    let valleys: Vec<At> = (0..tips.len()).map(|tip| at(core, tip as f32 + 0.5)).collect();
    let tip = |(index, length): (usize, &f32)| {
        let place = index as f32;
        area([middle, at(core, place - 0.5), at(*length, place), at(core, place + 0.5)])
    };
    std::iter::once(area(valleys)).chain(tips.iter().enumerate().map(tip)).collect()
}

/// Head and shoulders of a person, this high from the shoulders' foot to the crown.
pub fn person(foot: At, height: f32) -> [Part; 2] {
    let head = [foot[0], foot[1] - height * 0.74];
    let shoulders = bow(foot, [height * 0.44, height * 0.44], 180.0, 360.0);
    [area(disc(head, height * 0.26)), area(shoulders)]
}

/// The same on the other side of the upright through the middle.
pub fn mirrored(part: &Part) -> Part {
    let flip = |points: &[At]| points.iter().map(|[x, y]| [-x, *y]).collect();
    match part {
        Part::Area(corners) => Part::Area(flip(corners)),
        Part::Hole(corners) => Part::Hole(flip(corners)),
        Part::Line { points, width } => Part::Line { points: flip(points), width: *width },
        Part::Ring { middle, radius, width } => Part::Ring { middle: [-middle[0], middle[1]], radius: *radius, width: *width },
    }
}

/// These parts, and the same on the other side.
pub fn both_sides(parts: impl Into<Vec<Part>>) -> Vec<Part> {
    let mut parts = parts.into();
    let others: Vec<Part> = parts.iter().map(mirrored).collect();
    parts.extend(others);
    parts
}
