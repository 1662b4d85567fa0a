//! Alliances, on a link of a chain.

use super::{Part, pen::*};

pub fn two_rings() -> Vec<Part> {
    both_sides([ring([-0.28, 0.0], 0.40, 0.18)])
}

pub fn ring_and_plus() -> Vec<Part> {
    vec![ring([-0.38, 0.0], 0.38, 0.18), line([[0.26, 0.0], [0.78, 0.0]], 0.2), line([[0.52, -0.26], [0.52, 0.26]], 0.2)]
}

pub fn out_of_ring() -> Vec<Part> {
    let mut parts = vec![arc([-0.34, 0.0], 0.42, 50.0, 310.0, 0.18)];
    parts.extend(arrow([-0.28, 0.0], [0.86, 0.0], 0.18, 0.3));
    parts
}

pub fn bolt_in_ring() -> Vec<Part> {
    let mut parts = both_sides([line([[-0.84, -0.12], [-0.84, 0.12]], 0.14)]);
    parts.push(ring([0.0, 0.0], 0.58, 0.16));
    parts.extend(bolt([0.0, 0.0], 0.44).map(area));
    parts
}
