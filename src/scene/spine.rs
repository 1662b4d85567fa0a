//! The medial line of long and bent land: where a name can run along Chile, Norway, Italy or Japan.
//!
//! Land is cut across its longer axis, and a cubic is laid through the middles of the cuts: gentle by construction, as a name asks for.

/// How many cuts.
const CUTS: usize = 17;
/// Land must be so many times as long as it is wide on average.
const LEAST_ELONGATION: f64 = 4.6;
/// The name keeps to this share of the length, from either end.
const ENDS: f64 = 0.1;
/// The share of the cuts that may be narrower than what is taken for the width: a strait or a bay is no reason to do without.
const NARROW_SHARE: f64 = 0.45;

/// A gentle line along a piece of land, in the plane of its rings.
#[derive(Clone, Debug, PartialEq)]
pub struct Spine {
    /// Points along it, at least two.
    pub points: Vec<[f64; 2]>,
    /// Half the height that a text along it may have: most of the line is at least so far from the edges of the land.
    pub half_height: f64,
    /// How many times as long as wide the land is on average.
    pub elongation: f64,
}

/// The line along the land within some rings (outline first, then holes); `None` where the land is not long, or bends so much that a gentle line leaves it.
pub fn spine(rings: &[Vec<[f64; 2]>]) -> Option<Spine> {
    let outline = rings.first().filter(|ring| ring.len() > 3)?;
    let frame = Frame::new(outline)?;
    let (low, high) = outline.iter().map(|at| frame.along(at)[0]).fold((f64::MAX, f64::MIN), |(low, high), t| (low.min(t), high.max(t)));
    let length = high - low;
    let elongation = length * length / frame.area;
    if elongation < LEAST_ELONGATION {
        return None;
    }
    let at = |share: f64| low + length * share;
    let shares = (0..CUTS).map(|cut| ENDS + (1.0 - 2.0 * ENDS) * cut as f64 / (CUTS - 1) as f64);
    let cuts: Vec<Cut> = shares.filter_map(|share| widest_cut(rings, &frame, at(share))).collect();
    let middles: Vec<[f64; 3]> =
        cuts.iter().map(|cut| [(cut.t - low) / length - 0.5, (cut.from + cut.to) / 2.0, cut.to - cut.from]).collect();
    let [a, b, c, d] = cubic(&middles)?;
    let across = |t: f64| {
        let s = (t - low) / length - 0.5;
        a + s * (b + s * (c + s * d))
    };
    let mut clear: Vec<f64> = cuts.iter().map(|cut| (across(cut.t) - cut.from).min(cut.to - across(cut.t))).collect();
    clear.sort_by(f64::total_cmp);
    let half_height = *clear.get((clear.len() as f64 * NARROW_SHARE) as usize)?;
    let steps = 24;
    let points = (0..=steps).map(|step| {
        let t = at(ENDS + (1.0 - 2.0 * ENDS) * f64::from(step) / f64::from(steps));
        frame.back([t, across(t)])
    });
    (half_height > 0.0).then(|| Spine { points: points.collect(), half_height, elongation })
}

/// The middle of some land, its longer axis, and its area.
struct Frame {
    middle: [f64; 2],
    axis: [f64; 2],
    area: f64,
}

impl Frame {
    /// From the moments of area of a ring (Green's theorem); `None` for a ring without area.
    fn new(ring: &[[f64; 2]]) -> Option<Self> {
        // Near the ring, so that large coordinates do not eat the digits.
        let origin = ring[0];
        let (mut area, mut first, mut second) = (0.0, [0.0; 2], [0.0; 3]);
        for index in 0..ring.len() {
            let [p, q] = [ring[index], ring[(index + 1) % ring.len()]].map(|at| [at[0] - origin[0], at[1] - origin[1]]);
            let cross = p[0] * q[1] - q[0] * p[1];
            area += cross / 2.0;
            (0..2).for_each(|axis| first[axis] += (p[axis] + q[axis]) * cross / 6.0);
            second[0] += (p[0] * p[0] + p[0] * q[0] + q[0] * q[0]) * cross / 12.0;
            second[1] += (p[1] * p[1] + p[1] * q[1] + q[1] * q[1]) * cross / 12.0;
            second[2] += (2.0 * p[0] * p[1] + p[0] * q[1] + q[0] * p[1] + 2.0 * q[0] * q[1]) * cross / 24.0;
        }
        if area.abs() < 1e-18 {
            return None;
        }
        let [x, y] = first.map(|moment| moment / area);
        let [xx, yy, xy] = [second[0] / area - x * x, second[1] / area - y * y, second[2] / area - x * y];
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
        Some(Self { middle: [x + origin[0], y + origin[1]], axis: [angle.cos(), angle.sin()], area: area.abs() })
    }

    /// How far along the axis a point lies, and how far to its left.
    fn along(&self, at: &[f64; 2]) -> [f64; 2] {
        let [x, y] = [at[0] - self.middle[0], at[1] - self.middle[1]];
        [x * self.axis[0] + y * self.axis[1], y * self.axis[0] - x * self.axis[1]]
    }

    fn back(&self, [t, across]: [f64; 2]) -> [f64; 2] {
        [self.middle[0] + t * self.axis[0] - across * self.axis[1], self.middle[1] + t * self.axis[1] + across * self.axis[0]]
    }
}

/// The widest stretch of land on a line across the axis.
struct Cut {
    t: f64,
    from: f64,
    to: f64,
}

fn widest_cut(rings: &[Vec<[f64; 2]>], frame: &Frame, t: f64) -> Option<Cut> {
    let mut crossings: Vec<f64> = Vec::new();
    for ring in rings {
        for index in 0..ring.len() {
            let [p, q] = [frame.along(&ring[index]), frame.along(&ring[(index + 1) % ring.len()])];
            if (p[0] < t) != (q[0] < t) {
                crossings.push(p[1] + (q[1] - p[1]) * (t - p[0]) / (q[0] - p[0]));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2).map(|pair| Cut { t, from: pair[0], to: pair[1] });
    stretches.max_by(|a, b| (a.to - a.from).total_cmp(&(b.to - b.from)))
}

/// The cubic `c[0] + c[1] s + c[2] s² + c[3] s³` nearest to some `[s, value, weight]` (weighted least squares); `None` for fewer than six.
fn cubic(samples: &[[f64; 3]]) -> Option<[f64; 4]> {
    if samples.len() < 6 {
        return None;
    }
    let moment = |power: i32| samples.iter().map(|[s, _, weight]| weight * s.powi(power)).sum::<f64>();
    let target = |power: i32| samples.iter().map(|[s, value, weight]| weight * value * s.powi(power)).sum::<f64>();
    let row = |row: i32| [moment(row), moment(row + 1), moment(row + 2), moment(row + 3), target(row)];
    solved([0, 1, 2, 3].map(row))
}

/// Four equations by Gauss's elimination; the last column is the right side. `None` where they leave something open.
fn solved(mut rows: [[f64; 5]; 4]) -> Option<[f64; 4]> {
    for column in 0..4 {
        let best = (column..4).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, best);
        let pivot = rows[column];
        for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != column) {
            let share = row[column] / pivot[column];
            row.iter_mut().zip(pivot).for_each(|(value, own)| *value -= share * own);
        }
    }
    let found = [0, 1, 2, 3].map(|index| rows[index][4] / rows[index][index]);
    found.iter().all(|value| value.is_finite()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A band of the given width along an arc of a circle of radius 10.
    fn band(degrees: f64, width: f64) -> Vec<[f64; 2]> {
        let at = |radius: f64, share: f64| {
            let angle = (degrees * (share - 0.5)).to_radians();
            [radius * angle.sin(), radius * angle.cos()]
        };
        let shares = (0..=60).map(|step| f64::from(step) / 60.0);
        let outer = shares.clone().map(|share| at(10.0 + width / 2.0, share));
        outer.rev().chain(shares.map(|share| at(10.0 - width / 2.0, share))).collect()
    }

    #[test]
    fn the_line_follows_the_land() {
        let spine = spine(&[band(60.0, 1.0)]).unwrap();
        assert!(spine.points.iter().all(|at| (at[0].hypot(at[1]) - 10.0).abs() < 0.2), "{spine:?}");
        assert!((0.35..=0.56).contains(&spine.half_height), "{}", spine.half_height);
        // It does not depend on where the land lies, nor on the direction in which its ring runs.
        let far: Vec<[f64; 2]> = band(60.0, 1.0).into_iter().rev().map(|at| [at[0] + 500.0, at[1] - 700.0]).collect();
        let moved = super::spine(&[far]).unwrap();
        assert!((moved.half_height - spine.half_height).abs() < 1e-6);
    }

    #[test]
    fn compact_land_and_land_that_bends_too_much_have_none() {
        assert_eq!(spine(&[vec![[0.0, 0.0], [4.0, 0.0], [4.0, 3.0], [0.0, 3.0]]]), None);
        assert_eq!(spine(&[band(300.0, 0.5)]), None);
        assert_eq!(spine(&[]), None);
        assert_eq!(spine(&[vec![[1.0, 1.0]; 5]]), None);
    }
}
