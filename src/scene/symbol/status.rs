//! Changes of status, on a tile.

use super::{Part, pen::*};

/// A body of land with a gap, and the piece that goes there.
pub fn piece_put_in() -> Vec<Part> {
    let mut parts = vec![area(rect(-0.66, -0.66, -0.18, 0.66)), area(rect(-0.66, 0.18, 0.66, 0.66)), area(rect(0.24, -0.66, 0.66, -0.24))];
    parts.extend(arrow([0.40, -0.40], [-0.04, 0.04], 0.14, 0.2));
    parts
}

pub fn flag_on_land() -> Vec<Part> {
    let mut parts = vec![
        area(bow([0.0, 0.70], [0.68, 0.34], 180.0, 360.0)),
        line([[-0.26, 0.50], [-0.26, -0.60]], 0.16),
        area(rect(-0.26, -0.68, 0.62, -0.02)),
    ];
    parts.extend(star([0.20, -0.33], &[0.25; 5], 0.11).iter().map(cut_out));
    parts
}

pub fn flag_with_tick() -> Vec<Part> {
    let mut parts = vec![line([[-0.56, -0.62], [-0.56, 0.66]], 0.15), area(rect(-0.56, -0.66, 0.66, 0.30))];
    parts.extend(tick_hole([0.06, -0.16], 0.30));
    parts
}

pub fn ballot_box() -> Vec<Part> {
    let mut parts = vec![area(rect(-0.66, 0.02, 0.66, 0.68)), hole(rect(-0.44, 0.08, 0.44, 0.20)), area(rect(-0.30, -0.68, 0.30, 0.14))];
    parts.extend(tick_hole([0.0, -0.32], 0.2));
    parts
}

pub fn columns() -> Vec<Part> {
    let mut parts = vec![area([[0.0, -0.72], [0.68, -0.30], [-0.68, -0.30]]), area(rect(-0.68, 0.48, 0.68, 0.68))];
    parts.extend([-0.46, 0.0, 0.46].map(|x| area(rect(x - 0.11, -0.20, x + 0.11, 0.40))));
    parts
}
