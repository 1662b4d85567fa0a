//! The edge of the globe: what of a ring or a line is on the side that is seen.

use crate::geometry::globe::Turned;
use std::f64::consts::{PI, TAU};

/// A place on the globe as it is seen: radii right of its middle and above it.
pub type Radii = [f64; 2];

/// Steps along the edge of the globe, in radians.
const EDGE_STEP: f64 = 0.05;

/// The part of a ring that is seen, closed along the edge of the globe where it leaves and comes back, the shorter way round: right for all that is
/// smaller than half of the earth. Points are not repeated; empty where nothing is seen. Edges are taken as short.
pub fn ring_in_front(ring: &[Turned]) -> Vec<Radii> {
    let Some(first) = ring.iter().position(|point| point[2] >= 0.0) else { return Vec::new() };
    let mut seen = Vec::with_capacity(ring.len());
    let mut left_at: Option<f64> = None;
    // From a point that is seen, so that the ring is left before it comes back.
    for step in 0..ring.len() {
        let (from, to) = (ring[(first + step) % ring.len()], ring[(first + step + 1) % ring.len()]);
        if from[2] >= 0.0 {
            seen.push([from[0], from[1]]);
        }
        match (from[2] >= 0.0, to[2] >= 0.0) {
            (true, false) => {
                let angle = edge_angle(from, to);
                seen.push(on_edge(angle));
                left_at = Some(angle);
            }
            (false, true) => {
                let angle = edge_angle(from, to);
                if let Some(left) = left_at.take() {
                    along_edge(left, angle, &mut seen);
                }
                seen.push(on_edge(angle));
            }
            _ => {}
        }
    }
    seen
}

/// The stretches of a line that are seen, each of at least two points.
pub fn lines_in_front(line: &[Turned]) -> Vec<Vec<Radii>> {
    let mut pieces: Vec<Vec<Radii>> = Vec::new();
    let mut current: Vec<Radii> = Vec::new();
    for (index, point) in line.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| line[before]);
        let is_seen = point[2] >= 0.0;
        if let Some(before) = before.filter(|before| (before[2] >= 0.0) != is_seen) {
            current.push(on_edge(edge_angle(before, *point)));
        }
        if is_seen {
            current.push([point[0], point[1]]);
        } else if !current.is_empty() {
            pieces.push(std::mem::take(&mut current));
        }
    }
    pieces.push(current);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// Where an edge between the two sides crosses over: the angle on the edge of the globe, counter-clockwise from the right.
fn edge_angle(a: Turned, b: Turned) -> f64 {
    let share = a[2] / (a[2] - b[2]);
    (a[1] + (b[1] - a[1]) * share).atan2(a[0] + (b[0] - a[0]) * share)
}

fn on_edge(angle: f64) -> Radii {
    [angle.cos(), angle.sin()]
}

/// Points between two angles, without these, the shorter way round.
fn along_edge(from: f64, to: f64, seen: &mut Vec<Radii>) {
    let turn = (to - from + PI).rem_euclid(TAU) - PI;
    let steps = (turn.abs() / EDGE_STEP).ceil() as u32;
    seen.extend((1..steps).map(|step| on_edge(from + turn * f64::from(step) / f64::from(steps))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Globe, WorldPoint};

    fn turned(points: &[[f64; 2]]) -> Vec<Turned> {
        let globe = Globe::facing(WorldPoint::default());
        points.iter().map(|[lon, lat]| globe.turned(WorldPoint::new(lon.to_radians(), lat.to_radians()))).collect()
    }

    fn area(ring: &[Radii]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn what_is_behind_is_not_seen_and_what_is_in_front_stays_as_it_is() {
        assert!(ring_in_front(&turned(&[[170.0, 0.0], [175.0, 0.0], [175.0, 5.0]])).is_empty());
        assert_eq!(ring_in_front(&turned(&[[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]])).len(), 3);
        assert!(lines_in_front(&turned(&[[100.0, 0.0], [120.0, 0.0]])).is_empty());
    }

    #[test]
    fn a_ring_over_the_edge_is_closed_along_it() {
        // A band of 30 degrees on both sides of the equator, from 60 to 120 degrees east, in small steps: its front half is seen.
        let along =
            |lat: f64, east: bool| (0..=60).map(move |step| [if east { 60.0 + f64::from(step) } else { 120.0 - f64::from(step) }, lat]);
        let up = (0..=60).map(|step| [120.0, -30.0 + f64::from(step)]);
        let down = (0..=60).map(|step| [60.0, 30.0 - f64::from(step)]);
        let ring: Vec<[f64; 2]> = along(-30.0, true).chain(up).chain(along(30.0, false)).chain(down).collect();
        let seen = ring_in_front(&turned(&ring));
        // Between 60 and 90 degrees east the ball shows, at each height, the difference of the sines of both longitudes.
        let expected: f64 = (-3000..3000)
            .map(|step| (f64::from(step) / 100.0).to_radians())
            .map(|lat| lat.cos() * (1.0 - 60_f64.to_radians().sin()) * lat.cos())
            .sum::<f64>()
            * 0.01_f64.to_radians();
        assert!((area(&seen) - expected).abs() < 2e-3, "{} {expected}", area(&seen));
        assert!(seen.iter().all(|at| at[0].hypot(at[1]) <= 1.0 + 1e-9));
    }

    #[test]
    fn a_line_over_the_edge_comes_apart_there() {
        let round: Vec<[f64; 2]> = (0..=72).map(|step| [f64::from(step) * 5.0, 10.0]).collect();
        let pieces = lines_in_front(&turned(&round));
        assert_eq!(pieces.len(), 2);
        assert!((pieces[0].last().unwrap()[0].hypot(pieces[0].last().unwrap()[1]) - 1.0).abs() < 1e-9);
    }
}
