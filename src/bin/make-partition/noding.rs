//! Lays lines over outlines: wherever two of them meet there is a point of the grid, and both pass through it.
//!
//! Iterated snap rounding on the grid: crossings are rounded to the nearest grid point, and a point closer than one step to an edge
//! counts as lying on it; again, until nothing changes.

use crate::edges::{Edge, HalfEdge, Side, join};
use crate::grid::{Bounds, CellIndex, Point, cross, dot};
use anyhow::{Result, bail};
use std::collections::{BTreeSet, HashSet};

/// Points nearer than this to an edge, in steps, lie on it.
const HOT: f64 = 0.75;
const MAX_ROUNDS: usize = 30;

/// Outlines and lines that meet only in common points.
pub struct Noded {
    pub outlines: Vec<Edge>,
    /// Ends of each piece of a line that does not run along an outline, the lesser first; in order, none twice.
    pub cuts: Vec<[Point; 2]>,
}

#[derive(Clone, Copy)]
struct Segment {
    a: Point,
    b: Point,
    /// `None` for a piece of a line.
    sides: Option<(Side, Side)>,
}

impl Segment {
    fn bounds(&self) -> Bounds {
        Bounds::of([self.a, self.b]).grown(1)
    }
}

/// Nodes `lines` with the outlines and with each other.
///
/// # Errors
/// Where the process does not settle, or outlines come to overlap.
pub fn node(outlines: &[Edge], lines: &[[Point; 2]]) -> Result<Noded> {
    let reach = CellIndex::new(lines.iter().map(|line| Bounds::of(*line).grown(2)));
    let (near, far): (Vec<&Edge>, Vec<&Edge>) = outlines.iter().partition(|edge| reach.touches(&Bounds::of([edge.a, edge.b])));
    let mut segments: Vec<Segment> =
        near.iter().map(|edge| Segment { a: edge.a, b: edge.b, sides: Some((edge.left, edge.right)) }).collect();
    segments.extend(unique(lines.iter().copied()).into_iter().map(|[a, b]| Segment { a, b, sides: None }));
    for _ in 0..MAX_ROUNDS {
        let splits = splits(&segments);
        if splits.iter().all(Vec::is_empty) {
            return finish(&segments, &far);
        }
        segments = split(&segments, splits);
    }
    bail!("the lines do not settle on the grid")
}

fn unique(lines: impl IntoIterator<Item = [Point; 2]>) -> BTreeSet<[Point; 2]> {
    lines.into_iter().filter(|[a, b]| a != b).map(|[a, b]| [a.min(b), a.max(b)]).collect()
}

fn finish(segments: &[Segment], far: &[&Edge]) -> Result<Noded> {
    let noded = segments.iter().filter_map(|it| it.sides.map(|(left, right)| Edge { a: it.a, b: it.b, left, right }));
    let halves = noded.flat_map(|edge| {
        let left = edge.left.map(|label| HalfEdge { label, from: edge.a, to: edge.b });
        let right = edge.right.map(|label| HalfEdge { label, from: edge.b, to: edge.a });
        left.into_iter().chain(right)
    });
    let outlines = join(halves.chain(far.iter().flat_map(|edge| edge.halves())))?;
    let taken: HashSet<[Point; 2]> = outlines.iter().map(|edge| [edge.a, edge.b]).collect();
    let cuts = unique(segments.iter().filter(|it| it.sides.is_none()).map(|it| [it.a, it.b]));
    Ok(Noded { outlines, cuts: cuts.into_iter().filter(|cut| !taken.contains(cut)).collect() })
}

/// For each segment the points at which it has to be split: those where a line is involved.
fn splits(segments: &[Segment]) -> Vec<Vec<Point>> {
    let index = CellIndex::new(segments.iter().map(Segment::bounds));
    let mut splits: Vec<Vec<Point>> = vec![Vec::new(); segments.len()];
    for (line, segment) in segments.iter().enumerate().filter(|(_, it)| it.sides.is_none()) {
        let bounds = segment.bounds();
        for other in index.near(&bounds).into_iter().filter(|&other| other != line && segments[other].bounds().meets(&bounds)) {
            meet(&segments[line], &segments[other], |point, on_line| splits[if on_line { line } else { other }].push(point));
        }
    }
    splits
}

/// Reports the points at which two segments have to be split, and whether it is the first that has to be.
fn meet(one: &Segment, other: &Segment, mut report: impl FnMut(Point, bool)) {
    let mut touching = false;
    for (segment, ends, is_one) in [(one, [other.a, other.b], true), (other, [one.a, one.b], false)] {
        for end in ends {
            if end == segment.a || end == segment.b {
                touching = true;
            } else if lies_on(end, segment) {
                touching = true;
                report(end, is_one);
            }
        }
    }
    if touching {
        return;
    }
    if let Some(point) = crossing(one, other) {
        for (segment, is_one) in [(one, true), (other, false)] {
            if point != segment.a && point != segment.b {
                report(point, is_one);
            }
        }
    }
}

fn lies_on(point: Point, segment: &Segment) -> bool {
    let (ab, ap) = (segment.a.to(segment.b), segment.a.to(point));
    let (along, length) = (dot(ab, ap), dot(ab, ab));
    along > 0 && along < length && (cross(ab, ap).abs() as f64) < HOT * (length as f64).sqrt()
}

/// Where two segments cross, rounded to the grid; `None` where they do not.
fn crossing(one: &Segment, other: &Segment) -> Option<Point> {
    let (r, s, between) = (one.a.to(one.b), other.a.to(other.b), one.a.to(other.a));
    let turn = cross(r, s);
    if turn == 0 {
        return None;
    }
    let (t, u) = (cross(between, s) as f64 / turn as f64, cross(between, r) as f64 / turn as f64);
    let inside = (0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u);
    inside.then(|| Point::new(one.a.x + (t * r[0] as f64).round() as i32, one.a.y + (t * r[1] as f64).round() as i32))
}

fn split(segments: &[Segment], splits: Vec<Vec<Point>>) -> Vec<Segment> {
    let mut pieces = Vec::with_capacity(segments.len());
    let mut lines = Vec::new();
    for (segment, mut points) in segments.iter().zip(splits) {
        let way = segment.a.to(segment.b);
        points.sort_unstable_by_key(|&point| dot(way, segment.a.to(point)));
        points.insert(0, segment.a);
        points.push(segment.b);
        points.dedup();
        match segment.sides {
            Some(_) => pieces.extend(points.windows(2).map(|ends| Segment { a: ends[0], b: ends[1], ..*segment })),
            None => lines.extend(points.windows(2).map(|ends| [ends[0], ends[1]])),
        }
    }
    pieces.extend(unique(lines).into_iter().map(|[a, b]| Segment { a, b, sides: None }));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: (i32, i32), b: (i32, i32)) -> Edge {
        Edge { a: Point::new(a.0, a.1), b: Point::new(b.0, b.1), left: Some(1), right: None }
    }

    fn line(a: (i32, i32), b: (i32, i32)) -> [Point; 2] {
        [Point::new(a.0, a.1), Point::new(b.0, b.1)]
    }

    #[test]
    fn a_crossing_becomes_a_point_of_both() {
        let noded = node(&[edge((0, 0), (100, 0))], &[line((50, -30), (51, 30))]).unwrap();
        assert_eq!((noded.outlines.len(), noded.cuts.len()), (2, 2));
        let middle = noded.outlines[0].b;
        assert_eq!(middle.y, 0);
        assert!(noded.cuts.iter().all(|cut| cut.contains(&middle)));
        assert!(noded.outlines.iter().all(|edge| (edge.left, edge.right) == (Some(1), None)));
    }

    #[test]
    fn an_end_on_an_outline_splits_it() {
        let noded = node(&[edge((0, 0), (1000, 1))], &[line((500, 0), (500, 300))]).unwrap();
        assert_eq!((noded.outlines.len(), noded.cuts.len()), (2, 1));
    }

    #[test]
    fn a_line_along_an_outline_is_no_cut() {
        let noded = node(&[edge((0, 0), (1000, 0))], &[line((200, 0), (800, 0))]).unwrap();
        assert_eq!((noded.outlines.len(), noded.cuts.len()), (3, 0));
    }

    #[test]
    fn what_is_far_away_stays_as_it_is() {
        let far = edge((900_000, 900_000), (900_100, 900_007));
        let noded = node(&[far], &[line((0, 0), (100, 0))]).unwrap();
        assert_eq!((noded.outlines, noded.cuts.len()), (vec![far], 1));
    }
}
