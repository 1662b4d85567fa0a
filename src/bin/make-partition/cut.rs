//! Lays lines over outlines and gives the faces between them.

use crate::edges::{Edge, HalfEdge};
use crate::faces::{Face, faces};
use crate::grid::Point;
use crate::lines::Piece;
use crate::noding::{Noded, node};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};

/// Cuts everything that the outlines enclose along the lines. Parts of lines that end inside a face, or run at sea, cut nothing.
pub fn cut(outlines: &[Edge], lines: &[Piece]) -> Result<Vec<Face>> {
    let Noded { outlines, cuts } = node(outlines, lines)?;
    let cuts = without_dead_ends(&outlines, cuts);
    let within = Within::new(&outlines);
    let cut_halves = cuts.into_iter().filter_map(|[a, b]| within.label_at(a, b).map(|label| (label, a, b)));
    let both_ways = cut_halves.flat_map(|(label, a, b)| [HalfEdge { label, from: a, to: b }, HalfEdge { label, from: b, to: a }]);
    Ok(faces(outlines.iter().flat_map(Edge::halves).chain(both_ways)))
}

/// Takes off, again and again, the pieces that lead nowhere.
fn without_dead_ends(outlines: &[Edge], mut cuts: Vec<Piece>) -> Vec<Piece> {
    let mut meeting: HashMap<Point, usize> = cuts.iter().flatten().map(|&point| (point, 0)).collect();
    for point in cuts.iter().copied().chain(outlines.iter().map(|edge| [edge.a, edge.b])).flatten() {
        meeting.entry(point).and_modify(|count| *count += 1);
    }
    loop {
        let before = cuts.len();
        cuts.retain(|cut| {
            let is_loose = cut.iter().any(|end| meeting[end] == 1);
            if is_loose {
                cut.iter().for_each(|end| *meeting.entry(*end).or_default() -= 1);
            }
            !is_loose
        });
        if cuts.len() == before {
            return cuts;
        }
    }
}

/// Finds the label of what a piece of a line runs through.
struct Within<'a> {
    edges: &'a [Edge],
    /// Edges by the rows of the grid of cells that they pass.
    rows: BTreeMap<i32, Vec<usize>>,
}

impl<'a> Within<'a> {
    const ROW: i32 = 5_000;

    fn new(edges: &'a [Edge]) -> Self {
        let mut rows: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (ix, edge) in edges.iter().enumerate() {
            for row in edge.a.y.min(edge.b.y).div_euclid(Self::ROW)..=edge.a.y.max(edge.b.y).div_euclid(Self::ROW) {
                rows.entry(row).or_default().push(ix);
            }
        }
        Self { edges, rows }
    }

    /// The label around the middle of a piece; `None` at sea. The nearest edge to the east decides: what lies on its western side.
    fn label_at(&self, a: Point, b: Point) -> Option<u32> {
        let [x, y] = [i64::from(a.x) + i64::from(b.x), i64::from(a.y) + i64::from(b.y)];
        let row = y.div_euclid(2 * i64::from(Self::ROW)) as i32;
        let mut nearest: Option<(f64, Option<u32>)> = None;
        for &ix in self.rows.get(&row)? {
            let edge = &self.edges[ix];
            let (low, high, west) = if edge.a.y < edge.b.y { (edge.a, edge.b, edge.left) } else { (edge.b, edge.a, edge.right) };
            let (low_y, high_y) = (2 * i64::from(low.y), 2 * i64::from(high.y));
            if low_y > y || high_y <= y {
                continue;
            }
            let along = (y - low_y) as f64 / (high_y - low_y) as f64;
            let east = 2.0 * (f64::from(low.x) + along * (f64::from(high.x) - f64::from(low.x))) - x as f64;
            if east > 0.0 && nearest.is_none_or(|(distance, _)| east < distance) {
                nearest = Some((east, west));
            }
        }
        nearest.and_then(|(_, label)| label)
    }
}
