//! Use of force, on a square that stands on its tip.

use super::{Part, pen::*};

pub fn crossed_swords() -> Vec<Part> {
    both_sides([line([[0.50, -0.52], [-0.50, 0.50]], 0.17), line([[-0.50, 0.16], [-0.18, 0.48]], 0.16)])
}

pub fn burst() -> Vec<Part> {
    star([0.0, 0.0], &[0.98, 0.66, 0.88, 0.62, 0.86, 0.80, 0.62, 0.90, 0.62], 0.34)
}

pub fn boot() -> Vec<Part> {
    vec![
        area([[-0.30, -0.62], [0.10, -0.62], [0.10, 0.30], [-0.34, 0.30]]),
        area([[-0.34, -0.06], [0.08, -0.06], [0.46, 0.12], [0.52, 0.30], [-0.34, 0.30]]),
        line([[-0.36, 0.50], [0.46, 0.50]], 0.14),
    ]
}

/// Force in the name of those who are to be protected.
pub fn umbrella_over_person() -> Vec<Part> {
    let mut parts = vec![area(bow([0.0, -0.14], [0.66, 0.52], 180.0, 360.0)), line([[0.0, -0.70], [0.0, -0.60]], 0.12)];
    parts.extend([-0.33, 0.0, 0.33].map(|x| hole(disc([x, -0.12], 0.13))));
    parts.extend(person([0.0, 0.66], 0.62));
    parts
}

pub fn chip_with_bolt() -> Vec<Part> {
    let mut parts = vec![area(rect(-0.44, -0.44, 0.44, 0.44))];
    for along in [-0.24, 0.0, 0.24] {
        parts.push(line([[along, -0.62], [along, 0.62]], 0.12));
        parts.push(line([[-0.62, along], [0.62, along]], 0.12));
    }
    parts.extend(bolt([0.0, 0.0], 0.42).map(hole));
    parts
}
