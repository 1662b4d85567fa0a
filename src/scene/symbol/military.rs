//! Military measures short of force, on a shield.

use super::{Part, pen::*};

pub fn chevrons_on_target() -> Vec<Part> {
    let mut parts = both_sides([line([[-0.64, -0.42], [-0.36, 0.0], [-0.64, 0.42]], 0.2)]);
    parts.push(area(disc([0.0, 0.0], 0.15)));
    parts
}

pub fn person_with_star() -> Vec<Part> {
    let mut parts = Vec::from(person([-0.20, 0.60], 0.96));
    parts.extend(star([0.40, -0.38], &[0.40; 5], 0.17));
    parts
}

pub fn fort() -> Vec<Part> {
    let mut parts = vec![area(rect(-0.50, -0.16, 0.50, 0.56)), hole(rect(-0.15, 0.26, 0.15, 0.60)), hole(disc([0.0, 0.26], 0.15))];
    parts.extend([-0.50, 0.0, 0.50].map(|x| area(rect(x - 0.15, -0.50, x + 0.15, -0.12))));
    parts
}

pub fn shells_on_the_way() -> Vec<Part> {
    let shell = |x: f32| {
        let mut outline = bow([x + 0.32, -0.24], [0.50, 0.62], 180.0, 229.0);
        outline.extend(bow([x - 0.32, -0.24], [0.50, 0.62], 311.0, 360.0));
        outline.extend([[x + 0.18, 0.20], [x - 0.18, 0.20]]);
        area(outline)
    };
    let mut parts = vec![shell(-0.32), shell(0.32), hole(rect(-0.6, -0.02, 0.6, 0.07))];
    parts.extend(arrow([-0.46, 0.50], [0.50, 0.50], 0.18, 0.26));
    parts
}

pub fn tank() -> Vec<Part> {
    let mut tracks = bow([-0.46, 0.26], [0.20, 0.20], 90.0, 270.0);
    tracks.extend(bow([0.46, 0.26], [0.20, 0.20], -90.0, 90.0));
    vec![
        area([[-0.34, -0.42], [0.12, -0.42], [0.24, -0.14], [-0.44, -0.14]]),
        line([[0.10, -0.30], [0.72, -0.42]], 0.14),
        area(tracks),
        area([[-0.62, -0.08], [0.50, -0.08], [0.68, 0.10], [-0.68, 0.10]]),
        hole(rect(-0.46, 0.22, 0.46, 0.32)),
    ]
}

pub fn helmet() -> Vec<Part> {
    vec![
        area(bow([0.0, 0.02], [0.28, 0.30], 0.0, 180.0)),
        area(bow([0.0, -0.16], [0.40, 0.46], 180.0, 360.0)),
        area([[-0.40, -0.20], [0.40, -0.20], [0.54, -0.06], [-0.54, -0.06]]),
        area([[-0.56, 0.60], [-0.50, 0.46], [-0.28, 0.38], [0.28, 0.38], [0.50, 0.46], [0.56, 0.60], [0.36, 0.74], [-0.36, 0.74]]),
    ]
}
