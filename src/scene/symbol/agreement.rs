//! Ceasefires and treaties, on a sheet of paper.

use super::{Part, pen::*};

pub fn pause() -> Vec<Part> {
    both_sides([line([[-0.26, -0.42], [-0.26, 0.46]], 0.26)])
}

pub fn pause_on_line() -> Vec<Part> {
    let mut parts = both_sides([line([[-0.23, -0.54], [-0.23, 0.46]], 0.22)]);
    parts.push(line([[-0.56, 0.58], [0.56, 0.58]], 0.24));
    parts
}

pub fn olive_branch() -> Vec<Part> {
    let leaf = |at: [f32; 2], turn_deg: f32| {
        let (sin, cos) = turn_deg.to_radians().sin_cos();
        let shape = [[0.0, 0.0], [0.14, -0.13], [0.30, -0.14], [0.50, 0.0], [0.30, 0.14], [0.14, 0.13]];
        area(shape.map(|[x, y]| [at[0] + x * cos - y * sin, at[1] + x * sin + y * cos]))
    };
    vec![
        line([[-0.22, 0.76], [-0.10, 0.30], [0.02, -0.20]], 0.12),
        leaf([0.02, -0.26], -78.0),
        leaf([0.04, -0.02], -30.0),
        leaf([-0.02, 0.02], -150.0),
        leaf([-0.06, 0.40], -20.0),
        leaf([-0.10, 0.46], -158.0),
    ]
}

pub fn border_post() -> Vec<Part> {
    vec![
        area([[-0.25, -0.62], [0.0, -0.80], [0.25, -0.62], [0.25, 0.46], [-0.25, 0.46]]),
        hole(bar([-0.3, -0.22], [0.3, -0.44], 0.16)),
        hole(bar([-0.3, 0.18], [0.3, -0.04], 0.16)),
        line([[-0.50, 0.66], [-0.36, 0.66]], 0.16),
        line([[-0.07, 0.66], [0.07, 0.66]], 0.16),
        line([[0.36, 0.66], [0.50, 0.66]], 0.16),
    ]
}

pub fn shield_with_tick() -> Vec<Part> {
    let mut outline = vec![[-0.54, -0.52], [0.0, -0.70], [0.54, -0.52]];
    outline.extend(bow([0.0, 0.0], [0.54, 0.76], 0.0, 180.0));
    let mut parts = vec![area(outline)];
    parts.extend(tick_hole([0.0, -0.02], 0.3));
    parts
}

pub fn telephone() -> Vec<Part> {
    vec![
        arc([0.0, 0.06], 0.52, 205.0, 335.0, 0.22),
        area([[-0.20, -0.18], [0.20, -0.18], [0.54, 0.62], [-0.54, 0.62]]),
        hole(disc([0.0, 0.26], 0.17)),
    ]
}

pub fn missile_crossed_out() -> Vec<Part> {
    vec![
        area([[0.0, -0.86], [0.15, -0.68], [0.23, -0.42], [0.23, 0.62], [-0.23, 0.62], [-0.23, -0.42], [-0.15, -0.68]]),
        area([[-0.23, 0.20], [-0.23, 0.62], [-0.46, 0.80], [-0.46, 0.46]]),
        area([[0.23, 0.20], [0.23, 0.62], [0.46, 0.80], [0.46, 0.46]]),
        hole(bar([-0.5, 0.36], [0.5, -0.44], 0.40)),
        line([[-0.54, 0.39], [0.54, -0.47]], 0.18),
    ]
}
