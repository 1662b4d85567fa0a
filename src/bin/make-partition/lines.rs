//! The disputed lines made ready to cut with: loose ends tied, and what merely retraces an outline left out.
//!
//! Natural Earth's lines are as surveyed while the packagers generalised the provinces, so a line that means an existing outline
//! runs beside it, up to a kilometre off. Cutting along such a stretch would make slivers.

use crate::edges::Edge;
use crate::grid::{Bounds, CellIndex, Point, STEPS_PER_DEGREE, foot};
use std::collections::{BTreeMap, BTreeSet};

/// A loose end within 0.01 degrees of an outline or of another line belongs to it.
const END_REACH: i32 = STEPS_PER_DEGREE / 100;
/// A stretch that runs this near to an outline retraces it.
const RETRACED_WIDTH: i32 = STEPS_PER_DEGREE * 7 / 1000;
/// Along a stretch that retraces an outline the distance is measured this often, in steps.
const SAMPLE: f64 = 200.0;
/// It retraces it if it is at least this long, in steps; shorter ones cross it.
const RETRACED_LENGTH: f64 = 0.04 * STEPS_PER_DEGREE as f64;

/// A piece of a line.
pub type Piece = [Point; 2];

/// A set of outlines in which the nearest point is found.
pub struct Outlines<'a> {
    edges: &'a [Edge],
    index: CellIndex,
}

impl<'a> Outlines<'a> {
    pub fn new(edges: &'a [Edge]) -> Self {
        Self { edges, index: CellIndex::new(edges.iter().map(|edge| Bounds::of([edge.a, edge.b]))) }
    }

    /// The nearest point of an outline within reach, and how far it is in steps.
    fn nearest(&self, point: Point, reach: i32) -> Option<(Point, f64)> {
        let near = self.index.near(&Bounds::of([point]).grown(reach));
        nearest(point, near.into_iter().map(|ix| [self.edges[ix].a, self.edges[ix].b]), reach)
    }
}

fn nearest(point: Point, pieces: impl Iterator<Item = Piece>, reach: i32) -> Option<(Point, f64)> {
    let feet = pieces.map(|[a, b]| foot(point, a, b)).map(|foot| (foot, point.distance(foot)));
    feet.filter(|(_, distance)| *distance <= f64::from(reach)).min_by(|one, other| one.1.total_cmp(&other.1))
}

/// Whether a point lies as near to one of the pieces as an end may that was led elsewhere.
pub fn is_beside(point: Point, pieces: &[Piece]) -> bool {
    nearest(point, pieces.iter().copied(), END_REACH).is_some()
}

/// The pieces, and for each loose end a piece more that leads to the nearest outline or other line within reach. Ends without
/// any stay loose.
pub fn with_ends_tied(pieces: &[Piece], outlines: &Outlines) -> Vec<Piece> {
    let ways = ways_from(pieces);
    let mut tied = pieces.to_vec();
    for (&end, others) in ways.iter().filter(|(_, others)| others.len() == 1) {
        let own = chain_from(&ways, end, others[0]);
        let lines = pieces.iter().copied().filter(|[a, b]| !own.contains(a) || !own.contains(b));
        let choices = [outlines.nearest(end, END_REACH), nearest(end, lines, END_REACH)];
        let best = choices.into_iter().flatten().min_by(|one, other| one.1.total_cmp(&other.1));
        tied.extend(best.filter(|(foot, _)| *foot != end).map(|(foot, _)| [end, foot]));
    }
    tied
}

/// The pieces without the stretches that retrace an outline; where one is left out, what remains is led to the outline there.
pub fn without_retraced(pieces: &[Piece], outlines: &Outlines) -> Vec<Piece> {
    chains(pieces).iter().flat_map(|chain| free_stretches(chain, outlines)).collect()
}

/// A place on a chain, and the foot on an outline if there is one within reach.
struct Sample {
    at: Point,
    foot: Option<Point>,
    /// True for a point of the chain itself, false for one in between.
    is_vertex: bool,
}

fn free_stretches(chain: &[Point], outlines: &Outlines) -> Vec<Piece> {
    let samples = sampled(chain, outlines);
    let mut pieces = Vec::new();
    let mut trail: Vec<Point> = Vec::new();
    let whole = samples.iter().all(|sample| sample.foot.is_some());
    for run in samples.chunk_by(|one, other| one.foot.is_some() == other.foot.is_some()) {
        let length: f64 = run.windows(2).map(|pair| pair[0].at.distance(pair[1].at)).sum();
        if run[0].foot.is_some() && (whole || length >= RETRACED_LENGTH) {
            trail.extend(run[0].foot.filter(|_| !trail.is_empty()));
            pieces.extend(trail.windows(2).map(|ends| [ends[0], ends[1]]));
            trail = run[run.len() - 1].foot.into_iter().collect();
        } else {
            trail.extend(run.iter().filter(|sample| sample.is_vertex).map(|sample| sample.at));
        }
    }
    pieces.extend(trail.windows(2).map(|ends| [ends[0], ends[1]]));
    pieces
}

fn sampled(chain: &[Point], outlines: &Outlines) -> Vec<Sample> {
    let sample = |at: Point, is_vertex| Sample { at, foot: outlines.nearest(at, RETRACED_WIDTH).map(|(foot, _)| foot), is_vertex };
    let mut samples = Vec::new();
    for ends in chain.windows(2) {
        samples.push(sample(ends[0], true));
        let steps = (ends[0].distance(ends[1]) / SAMPLE).ceil().max(1.0) as i64;
        let [dx, dy] = ends[0].to(ends[1]);
        let between = (1..steps).map(|ix| Point::new(ends[0].x + (dx * ix / steps) as i32, ends[0].y + (dy * ix / steps) as i32));
        samples.extend(between.map(|at| sample(at, false)));
    }
    samples.extend(chain.last().map(|&at| sample(at, true)));
    samples
}

type Ways = BTreeMap<Point, Vec<Point>>;

/// For each point where the pieces lead from there, each way once.
fn ways_from(pieces: &[Piece]) -> Ways {
    let unique: BTreeSet<Piece> = pieces.iter().filter(|[a, b]| a != b).map(|[a, b]| [*a.min(b), *a.max(b)]).collect();
    let mut ways = Ways::new();
    for [a, b] in unique {
        ways.entry(a).or_default().push(b);
        ways.entry(b).or_default().push(a);
    }
    ways
}

/// The points from `start` by way of `second` up to the next fork, loose end, or `start` again.
fn chain_from(ways: &Ways, start: Point, second: Point) -> Vec<Point> {
    let mut chain = vec![start, second];
    while let [before, at] = chain[chain.len() - 2..] {
        let ahead = &ways[&at];
        if ahead.len() != 2 || at == start {
            break;
        }
        chain.push(if ahead[0] == before { ahead[1] } else { ahead[0] });
    }
    chain
}

/// All pieces as chains between forks and loose ends; closed ones begin anywhere. None twice.
fn chains(pieces: &[Piece]) -> Vec<Vec<Point>> {
    let ways = ways_from(pieces);
    let mut walked: BTreeSet<Piece> = BTreeSet::new();
    let mut chains = Vec::new();
    let ends_first = ways.iter().filter(|(_, to)| to.len() != 2).chain(ways.iter().filter(|(_, to)| to.len() == 2));
    for (&start, seconds) in ends_first {
        for &second in seconds {
            if walked.contains(&[start, second]) {
                continue;
            }
            let chain = chain_from(&ways, start, second);
            walked.extend(chain.windows(2).flat_map(|ends| [[ends[0], ends[1]], [ends[1], ends[0]]]));
            chains.push(chain);
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLINE: [Edge; 1] = [Edge { a: Point::new(0, 0), b: Point::new(100_000, 0), left: Some(0), right: None }];

    fn pieces(points: &[(i32, i32)]) -> Vec<Piece> {
        points.windows(2).map(|ends| [Point::new(ends[0].0, ends[0].1), Point::new(ends[1].0, ends[1].1)]).collect()
    }

    #[test]
    fn a_loose_end_is_led_to_the_outline_and_no_further() {
        let near = with_ends_tied(&pieces(&[(50_000, 900), (50_000, 40_000)]), &Outlines::new(&OUTLINE));
        assert_eq!(near[1..], pieces(&[(50_000, 900), (50_000, 0)]));
        let far = pieces(&[(50_000, 1_100), (50_000, 40_000)]);
        assert_eq!(with_ends_tied(&far, &Outlines::new(&OUTLINE)), far);
    }

    #[test]
    fn loose_ends_of_two_lines_are_led_together() {
        let lines = [pieces(&[(0, 50_000), (40_000, 50_000)]), pieces(&[(40_500, 50_000), (90_000, 50_000)])].concat();
        let tied = with_ends_tied(&lines, &Outlines::new(&OUTLINE));
        assert!(tied.contains(&[Point::new(40_000, 50_000), Point::new(40_500, 50_000)]));
    }

    #[test]
    fn what_retraces_an_outline_is_left_out() {
        let beside = pieces(&[(10_000, 300), (50_000, -200), (90_000, 300)]);
        assert!(without_retraced(&beside, &Outlines::new(&OUTLINE)).is_empty());
        let leaving = without_retraced(&pieces(&[(10_000, 300), (60_000, 300), (60_000, 30_000)]), &Outlines::new(&OUTLINE));
        assert_eq!(leaving[0][0].y, 0, "the rest is led to the outline");
        assert_eq!(leaving[leaving.len() - 1][1], Point::new(60_000, 30_000));
    }

    #[test]
    fn what_crosses_an_outline_is_kept() {
        let across = pieces(&[(50_000, -30_000), (50_000, 30_000)]);
        assert_eq!(without_retraced(&across, &Outlines::new(&OUTLINE)), across);
    }
}
