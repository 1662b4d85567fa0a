//! Economy and people, on a house.

use super::{Part, pen::*};

/// Nothing may pass.
pub fn barred_circle() -> Vec<Part> {
    vec![ring([0.0, 0.14], 0.54, 0.2), line([[-0.38, 0.52], [0.38, -0.24]], 0.2)]
}

pub fn drop_of_water() -> Vec<Part> {
    let mut outline = bow([0.0, 0.26], [0.44, 0.44], -25.0, 205.0);
    outline.push([0.0, -0.70]);
    vec![area(outline), hole(disc([-0.14, 0.3], 0.12))]
}

pub fn cogwheel() -> Vec<Part> {
    let tooth = |step: u8| {
        let (sin, cos) = (f32::from(step) * 45.0).to_radians().sin_cos();
        area(bar([0.3 * cos, 0.12 + 0.3 * sin], [0.64 * cos, 0.12 + 0.64 * sin], 0.24))
    };
    (0..8).map(tooth).chain([area(disc([0.0, 0.12], 0.48)), hole(disc([0.0, 0.12], 0.2))]).collect()
}

pub fn walker_with_bundle() -> Vec<Part> {
    vec![
        area(disc([0.08, -0.50], 0.18)),
        line([[0.06, -0.20], [0.0, 0.20]], 0.26),
        line([[0.0, 0.24], [0.26, 0.46], [0.30, 0.70]], 0.16),
        line([[0.0, 0.24], [-0.16, 0.52], [-0.40, 0.68]], 0.16),
        line([[0.10, -0.16], [0.40, 0.08]], 0.13),
        area(disc([-0.36, -0.14], 0.26)),
    ]
}
