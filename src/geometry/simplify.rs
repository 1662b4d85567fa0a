//! Levels of detail: which points of a line still stand when it is drawn small.
//!
//! Visvalingam and Whyatt, "Line generalisation by repeated elimination of points", The Cartographic Journal 30:1 (1993): the point
//! whose triangle with its neighbours is smallest goes first. A point never counts for less than one that went before it, so
//! a coarser level's points are always among the finer level's.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A level of detail, from 0 (every point) to [`COARSEST`].
pub type Level = u8;

/// The tolerance of each level in degrees: what is smaller than a square of this side has gone.
pub const LEVELS: [f64; 6] = [0.0, 0.02, 0.05, 0.1, 0.25, 0.5];

/// The last level.
pub const COARSEST: Level = LEVELS.len() as Level - 1;

/// How large, in screen points, what a level loses may be: the side of a square of the same area. Smaller ones cost time and cannot be seen.
const LARGEST_LOSS_POINTS: f64 = 1.0;

/// The coarsest level that loses nothing larger than a square of one screen point.
///
/// `degrees_per_point` as [`crate::geometry::Camera::degrees_per_point`] gives it.
pub fn level_for(degrees_per_point: f64) -> Level {
    let finer_than = |tolerance: &&f64| **tolerance <= degrees_per_point * LARGEST_LOSS_POINTS;
    LEVELS.iter().filter(finer_than).count().max(1) as Level - 1
}

/// For each point of a line the coarsest level at which it still stands. The two ends stand at every level.
///
/// `points` are `[lon, lat]` in degrees; an empty line gives an empty list.
pub fn ranks(points: &[[f64; 2]]) -> Vec<u8> {
    effective_areas(points).into_iter().map(rank_of).collect()
}

fn rank_of(area: f64) -> u8 {
    LEVELS.iter().filter(|&&tolerance| area >= tolerance * tolerance).count() as u8 - 1
}

/// For each point the area in square degrees that is lost when it goes, never less than that of any point that went before it;
/// infinite for the two ends.
pub fn effective_areas(points: &[[f64; 2]]) -> Vec<f64> {
    let mut line = Line::new(points);
    let mut queue: BinaryHeap<Reverse<Candidate>> = (1..line.last).map(|ix| Reverse(line.candidate(ix))).collect();
    let mut largest_so_far = 0.0_f64;
    while let Some(Reverse(Candidate { area, ix })) = queue.pop() {
        // An entry is stale once a neighbour's going has changed the triangle.
        if line.gone[ix] || area != line.areas[ix] {
            continue;
        }
        largest_so_far = largest_so_far.max(area);
        line.areas[ix] = largest_so_far;
        for neighbour in line.take_out(ix) {
            if neighbour != 0 && neighbour != line.last {
                queue.push(Reverse(line.candidate(neighbour)));
            }
        }
    }
    line.areas
}

/// A line that loses its points one by one.
struct Line<'a> {
    points: &'a [[f64; 2]],
    /// The nearest points on either side that are still there.
    before: Vec<usize>,
    after: Vec<usize>,
    gone: Vec<bool>,
    areas: Vec<f64>,
    /// The number of the last point; 0 for a line without points.
    last: usize,
}

impl<'a> Line<'a> {
    fn new(points: &'a [[f64; 2]]) -> Self {
        let last = points.len().saturating_sub(1);
        let before = (0..points.len()).map(|ix| ix.saturating_sub(1)).collect();
        let after = (0..points.len()).map(|ix| (ix + 1).min(last)).collect();
        Self { points, before, after, gone: vec![false; points.len()], areas: vec![f64::INFINITY; points.len()], last }
    }

    /// Measures the triangle of a point with its neighbours of now.
    fn candidate(&mut self, ix: usize) -> Candidate {
        let area = triangle_area(self.points[self.before[ix]], self.points[ix], self.points[self.after[ix]]);
        self.areas[ix] = area;
        Candidate { area, ix }
    }

    /// Takes a point out and gives its two neighbours.
    fn take_out(&mut self, ix: usize) -> [usize; 2] {
        let (left, right) = (self.before[ix], self.after[ix]);
        self.gone[ix] = true;
        (self.after[left], self.before[right]) = (right, left);
        [left, right]
    }
}

/// Ordered by area, then by place in the line, so that the result never depends on chance.
#[derive(PartialEq)]
struct Candidate {
    area: f64,
    ix: usize,
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.area.total_cmp(&other.area).then(self.ix.cmp(&other.ix))
    }
}

fn triangle_area(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_keeps_only_its_ends_once_simplified() {
        let line: Vec<[f64; 2]> = (0..10).map(|step| [f64::from(step), 0.0]).collect();
        let ranks = ranks(&line);
        assert_eq!((ranks[0], ranks[9]), (COARSEST, COARSEST));
        assert!(ranks[1..9].iter().all(|&rank| rank == 0));
    }

    #[test]
    fn large_spikes_outlive_small_ones() {
        let ranks = ranks(&[[0.0, 0.0], [1.0, 0.001], [2.0, 0.0], [3.0, 5.0], [4.0, 0.0]]);
        assert_eq!(ranks[3], COARSEST);
        assert!(ranks[1] < COARSEST);
    }

    #[test]
    fn short_lines_have_ranks_too() {
        assert!(ranks(&[]).is_empty());
        assert_eq!(ranks(&[[0.0, 0.0]]), [COARSEST]);
        assert_eq!(ranks(&[[0.0, 0.0], [1.0, 1.0]]), [COARSEST, COARSEST]);
    }

    #[test]
    fn levels_follow_the_scale() {
        assert_eq!(level_for(1e-6), 0);
        assert_eq!(level_for(0.049), 1);
        assert_eq!(level_for(0.05), 2);
        assert_eq!(level_for(10.0), COARSEST);
    }
}
