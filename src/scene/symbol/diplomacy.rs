//! Diplomacy and courts, on a disc.

use super::{At, Part, pen::*};

pub fn two_bubbles() -> Vec<Part> {
    vec![
        area(rect(-0.68, -0.52, 0.20, 0.04)),
        area([[-0.56, 0.0], [-0.24, 0.0], [-0.54, 0.32]]),
        hole(rect(-0.18, -0.22, 0.80, 0.48)),
        area(rect(-0.06, -0.10, 0.70, 0.38)),
        area([[0.56, 0.34], [0.24, 0.34], [0.52, 0.66]]),
    ]
}

pub fn two_at_a_table() -> Vec<Part> {
    let mut parts = both_sides(person([-0.42, 0.14], 0.62));
    parts.extend([hole(rect(-0.9, 0.04, 0.9, 0.2)), line([[-0.64, 0.22], [0.64, 0.22]], 0.16), area(rect(-0.12, 0.22, 0.12, 0.60))]);
    parts.push(line([[-0.26, 0.60], [0.26, 0.60]], 0.14));
    parts
}

pub fn third_between_two() -> Vec<Part> {
    let mut parts = both_sides([line([[-0.50, 0.36], [0.0, -0.40]], 0.13), area(disc([-0.50, 0.36], 0.23))]);
    parts.extend([hole(disc([0.0, -0.38], 0.30)), ring([0.0, -0.38], 0.24, 0.15)]);
    parts
}

pub fn bridge() -> Vec<Part> {
    let mut parts = both_sides([
        line([[-0.42, -0.56], [-0.42, 0.54]], 0.17),
        line([[-0.78, 0.12], [-0.42, -0.54]], 0.12),
        line(bow([0.0, -0.54], [0.42, 0.44], 90.0, 180.0), 0.13),
    ]);
    parts.push(line([[-0.76, 0.20], [0.76, 0.20]], 0.2));
    parts
}

pub fn scales() -> Vec<Part> {
    let mut parts = both_sides([
        line([[-0.48, -0.40], [-0.70, 0.10]], 0.09),
        line([[-0.48, -0.40], [-0.26, 0.10]], 0.09),
        area(bow([-0.48, 0.10], [0.26, 0.22], 0.0, 180.0)),
    ]);
    parts.extend([
        line([[-0.50, -0.42], [0.50, -0.42]], 0.14),
        line([[0.0, -0.62], [0.0, 0.56]], 0.14),
        line([[-0.28, 0.60], [0.28, 0.60]], 0.16),
    ]);
    parts
}

pub fn eye() -> Vec<Part> {
    let mut lids = bow([0.0, 0.42], [0.94, 0.94], 212.0, 328.0);
    lids.extend(bow([0.0, -0.42], [0.94, 0.94], 32.0, 148.0));
    vec![area(lids), hole(disc([0.0, 0.0], 0.34)), area(disc([0.0, 0.0], 0.18))]
}

pub fn magnifier() -> Vec<Part> {
    vec![ring([-0.14, -0.14], 0.42, 0.18), line([[0.22, 0.22], [0.54, 0.54]], 0.26)]
}

pub fn out_of_document() -> Vec<Part> {
    let mut parts = vec![
        line([[0.14, -0.34], [0.14, -0.62], [-0.52, -0.62], [-0.52, 0.62], [0.14, 0.62], [0.14, 0.34]], 0.15),
        line([[-0.28, -0.34], [-0.10, -0.34]], 0.12),
        line([[-0.28, 0.34], [-0.10, 0.34]], 0.12),
    ];
    parts.extend(arrow([-0.20, 0.0], [0.80, 0.0], 0.19, 0.3));
    parts
}

pub fn globe_in_laurel() -> Vec<Part> {
    let leaf = |angle_deg: f32| {
        let at = |radius: f32, angle_deg: f32| at_angle([0.0, -0.06], [radius, radius], angle_deg);
        line([at(0.60, angle_deg), at(0.78, angle_deg + 26.0)], 0.17)
    };
    let globe = [0.0, -0.12];
    // Slits are straight: a few make the curve.
    let meridian: Vec<At> = bow(globe, [0.18, 0.44], 90.0, 270.0).into_iter().step_by(4).collect();
    let mut parts = vec![area(disc(globe, 0.44)), hole(bar([-0.44, -0.12], [0.44, -0.12], 0.09))];
    parts.extend(both_sides(meridian.windows(2).map(|ends| hole(bar(ends[0], ends[1], 0.09))).collect::<Vec<_>>()));
    parts.extend(both_sides([78.0, 108.0, 138.0, 168.0].map(leaf)));
    parts
}

pub fn megaphone() -> Vec<Part> {
    vec![
        area([[-0.22, -0.18], [0.30, -0.54], [0.30, 0.42], [-0.22, 0.10]]),
        area(rect(-0.64, -0.18, -0.16, 0.10)),
        area([[-0.53, 0.0], [-0.27, 0.0], [-0.14, 0.54], [-0.40, 0.54]]),
        arc([0.26, -0.06], 0.36, -50.0, 50.0, 0.14),
    ]
}
