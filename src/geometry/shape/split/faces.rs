//! The pieces that outlines and cuts enclose.

use super::{Piece, Side, meetings::Meetings, meetings::key};
use geo::{Contains, Coord, LineString, Point, Polygon};
use std::collections::HashMap;

/// One direction of an edge, with the land on its left.
#[derive(Clone, Copy)]
struct Edge {
    from: Coord,
    to: Coord,
    /// On the line to cut with: the side of it that the land is on.
    side: Option<Side>,
    taken: bool,
}

/// A closed walk.
struct Face {
    ring: Vec<Coord>,
    doubled_area: f64,
    /// Length along the line with the face on the left, less that with it on the right.
    leaning: Option<f64>,
}

/// The pieces, each with its holes; one where the cuts divide nothing.
pub(super) fn faces(met: &Meetings) -> Vec<Piece> {
    let mut edges: Vec<Edge> = Vec::new();
    for ring in &met.rings {
        edges.extend((0..ring.len()).map(|ix| Edge { from: ring[ix], to: ring[(ix + 1) % ring.len()], side: None, taken: false }));
    }
    for pair in met.cuts.iter().flat_map(|cut| cut.windows(2)) {
        edges.push(Edge { from: pair[0], to: pair[1], side: Some(Side::Left), taken: false });
        edges.push(Edge { from: pair[1], to: pair[0], side: Some(Side::Right), taken: false });
    }
    let mut leaving: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
    edges.iter().enumerate().for_each(|(ix, edge)| leaving.entry(key(edge.from)).or_default().push(ix));
    let mut faces = Vec::new();
    for first in 0..edges.len() {
        if !edges[first].taken {
            walk(first, &mut edges, &leaving, &mut faces);
        }
    }
    pieces(faces)
}

/// Walks around the land on the left of an edge; where the walk comes by a point again, a ring is done.
fn walk(first: usize, edges: &mut [Edge], leaving: &HashMap<[u64; 2], Vec<usize>>, faces: &mut Vec<Face>) {
    let mut walked: Vec<usize> = Vec::new();
    let mut seen: HashMap<[u64; 2], usize> = HashMap::new();
    let mut next = Some(first);
    while let Some(ix) = next {
        edges[ix].taken = true;
        seen.insert(key(edges[ix].from), walked.len());
        walked.push(ix);
        if let Some(&start) = seen.get(&key(edges[ix].to)) {
            let ring = walked.split_off(start);
            ring.iter().for_each(|&ix| {
                seen.remove(&key(edges[ix].from));
            });
            faces.push(face(&ring, edges));
        }
        let Some(&last) = walked.last() else { return };
        let choices = leaving.get(&key(edges[last].to)).map_or(&[][..], Vec::as_slice);
        next = sharpest_right(edges[last], choices, edges);
    }
}

/// Of the edges that leave the end of `last`, the first clockwise from where it came: what lies between is the land on the left.
fn sharpest_right(last: Edge, choices: &[usize], edges: &[Edge]) -> Option<usize> {
    let heading = |from: Coord, to: Coord| (to.y - from.y).atan2(to.x - from.x);
    let back = heading(last.to, last.from);
    let turn = |ix: usize| {
        let turn = (back - heading(edges[ix].from, edges[ix].to)).rem_euclid(std::f64::consts::TAU);
        // Straight back is the last choice, not the first.
        if turn == 0.0 { std::f64::consts::TAU } else { turn }
    };
    choices.iter().copied().filter(|&ix| !edges[ix].taken).min_by(|&a, &b| turn(a).total_cmp(&turn(b)))
}

fn face(ring: &[usize], edges: &[Edge]) -> Face {
    let points: Vec<Coord> = ring.iter().map(|&ix| edges[ix].from).collect();
    let origin = points[0];
    let cross = |a: Coord, b: Coord| (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    let doubled_area = points.windows(2).map(|edge| cross(edge[0], edge[1])).sum();
    let mut leaning = None;
    for edge in ring.iter().map(|&ix| edges[ix]) {
        let length = (edge.to.x - edge.from.x).hypot(edge.to.y - edge.from.y);
        match edge.side {
            Some(Side::Left) => *leaning.get_or_insert(0.0) += length,
            Some(Side::Right) => *leaning.get_or_insert(0.0) -= length,
            None => {}
        }
    }
    Face { ring: points, doubled_area, leaning }
}

/// Gives every hole to the smallest outline around it.
fn pieces(faces: Vec<Face>) -> Vec<Piece> {
    let (outers, holes): (Vec<Face>, Vec<Face>) =
        faces.into_iter().filter(|it| it.doubled_area != 0.0).partition(|it| it.doubled_area > 0.0);
    let mut polygons: Vec<Polygon> = outers.iter().map(|outer| Polygon::new(LineString(outer.ring.clone()), vec![])).collect();
    let outlines = polygons.clone();
    for hole in holes {
        let inside = Point((hole.ring[0] + hole.ring[1]) / 2.0);
        let around = (0..outlines.len()).filter(|&ix| outlines[ix].contains(&inside));
        if let Some(ix) = around.min_by(|&a, &b| outers[a].doubled_area.total_cmp(&outers[b].doubled_area)) {
            polygons[ix].interiors_push(LineString(hole.ring));
        }
    }
    let side = |leaning: f64| if leaning < 0.0 { Side::Right } else { Side::Left };
    polygons.into_iter().zip(&outers).map(|(polygon, outer)| Piece { polygon, side: outer.leaning.map(side) }).collect()
}
