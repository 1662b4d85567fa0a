//! Snapping: the nearest node, point or edge of many lines, found fast enough for every movement of the pointer.

use crate::geometry::{LonLat, Topology};

/// No snap reaches further, however far the map is zoomed out; degrees of a great circle.
pub const FURTHEST_DEG: f64 = 2.5;

/// So many edges are indexed together: smaller pieces find no faster and take more memory.
const PIECE_EDGES: usize = 16;
const CELL_DEG: f64 = 1.0;
const COLUMNS: i32 = 360;
const ROWS: i32 = 180;
/// Close to the poles a degree of longitude counts no less than this share of one of latitude.
const NARROWEST: f64 = 0.02;

/// Lines that can be snapped to: the arcs of the partition, or the outlines and lines of a document.
pub trait Lines {
    /// How many lines there are.
    fn count(&self) -> usize;

    /// The points of a line as `[lon, lat]` in degrees; a closed one repeats its first point at the end.
    fn line(&self, ix: usize) -> &[[f64; 2]];
}

impl Lines for Topology {
    fn count(&self) -> usize {
        self.arcs().len()
    }

    fn line(&self, ix: usize) -> &[[f64; 2]] {
        &self.arcs()[ix].points
    }
}

impl Lines for [Vec<[f64; 2]>] {
    fn count(&self) -> usize {
        self.len()
    }

    fn line(&self, ix: usize) -> &[[f64; 2]] {
        &self[ix]
    }
}

/// What was snapped to; the first is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SnapKind {
    /// An end of a line that is not closed: where arcs meet.
    Node,
    /// Another point of a line.
    Vertex,
    /// A place between two points.
    Edge,
}

/// A place on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The place; exactly the point of the line for a node or vertex.
    pub at: LonLat,
    /// The number of the line; for the partition that of its arc.
    pub line: u32,
    /// The point of the line at or before the place, from 0.
    pub point: u32,
    /// How far the place lies from that point to the next, 0 to below 1; 0 for a node or vertex.
    pub along: f64,
    /// What it is.
    pub kind: SnapKind,
}

impl Snap {
    /// A point of a line as if it had been snapped to. Panics for a line or point that is not there.
    pub fn at_point<L: Lines + ?Sized>(lines: &L, line: u32, point: u32) -> Self {
        let points = lines.line(line as usize);
        let is_end = point == 0 || point as usize == points.len() - 1;
        let is_node = is_end && points.first() != points.last();
        let kind = if is_node { SnapKind::Node } else { SnapKind::Vertex };
        Self { at: points[point as usize].into(), line, point, along: 0.0, kind }
    }
}

/// A stretch of a line with the box around it.
#[derive(Clone, Copy, Debug)]
struct Piece {
    line: u32,
    first: u32,
    /// West, south, east, north.
    bounds: [f32; 4],
}

/// An index of lines by place. It holds no points: the same lines must be given again when it is asked.
#[derive(Clone, Debug)]
pub struct SnapIndex {
    pieces: Vec<Piece>,
    /// `entries[starts[cell]..starts[cell + 1]]` are the pieces in a cell; cells run eastwards, then northwards.
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl SnapIndex {
    /// Indexes lines: some milliseconds for all arcs of the world. Longitudes past 180 are found only there.
    pub fn new<L: Lines + ?Sized>(lines: &L) -> Self {
        let pieces: Vec<Piece> = (0..lines.count()).flat_map(|ix| pieces(ix as u32, lines.line(ix))).collect();
        let mut placed: Vec<(u32, u32)> = Vec::with_capacity(pieces.len() * 2);
        for (ix, piece) in (0..).zip(&pieces) {
            placed.extend(cells(piece.bounds.map(f64::from)).map(|cell| (cell, ix)));
        }
        placed.sort_unstable();
        let mut starts = vec![0_u32; (COLUMNS * ROWS) as usize + 1];
        placed.iter().for_each(|(cell, _)| starts[*cell as usize + 1] += 1);
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        Self { pieces, starts, entries: placed.into_iter().map(|(_, piece)| piece).collect() }
    }

    /// The nearest node within a tolerance, else the nearest vertex, else the nearest place on an edge; `None` where nothing is near.
    ///
    /// `tolerance_deg` is in degrees of a great circle (of latitude), at most [`FURTHEST_DEG`]: on the ground it reaches equally far in every direction.
    pub fn snap<L: Lines + ?Sized>(&self, lines: &L, place: LonLat, tolerance_deg: f64) -> Option<Snap> {
        self.snap_among(lines, place, tolerance_deg, |_| true)
    }

    /// The same, only to lines that `wanted` accepts by their number.
    pub fn snap_among<L: Lines + ?Sized>(
        &self,
        lines: &L,
        place: LonLat,
        tolerance_deg: f64,
        wanted: impl Fn(u32) -> bool,
    ) -> Option<Snap> {
        let tolerance = tolerance_deg.min(FURTHEST_DEG);
        if !(tolerance_deg >= 0.0 && place.lon_deg.is_finite() && place.lat_deg.is_finite()) {
            return None;
        }
        // Where the map is zoomed out a node is mostly close by, and one that is found near ends the search.
        let mut near = [tolerance / 8.0, tolerance / 3.0].into_iter().filter_map(|near| self.best(lines, place, near, &wanted));
        near.find(|snap| snap.kind == SnapKind::Node).or_else(|| self.best(lines, place, tolerance, &wanted))
    }

    fn best<L: Lines + ?Sized>(&self, lines: &L, place: LonLat, tolerance: f64, wanted: &impl Fn(u32) -> bool) -> Option<Snap> {
        let mut search = Search::new(place, tolerance);
        for cell in cells(search.bounds) {
            let range = self.starts[cell as usize] as usize..self.starts[cell as usize + 1] as usize;
            for &entry in &self.entries[range] {
                let piece = &self.pieces[entry as usize];
                if search.reaches(piece.bounds) && wanted(piece.line) {
                    search.look_along(piece, lines.line(piece.line as usize));
                }
            }
        }
        search.best.into_iter().flatten().next().map(|(_, snap)| snap)
    }
}

fn pieces(line: u32, points: &[[f64; 2]]) -> impl Iterator<Item = Piece> {
    let last = points.len().saturating_sub(1);
    (0..last.max(points.len().min(1))).step_by(PIECE_EDGES).map(move |first| {
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for &[lon, lat] in &points[first..=(first + PIECE_EDGES).min(last)] {
            // Rounded outwards, so that no point is lost.
            let (lon_low, lat_low) = ((lon as f32).next_down(), (lat as f32).next_down());
            let (lon_high, lat_high) = ((lon as f32).next_up(), (lat as f32).next_up());
            bounds = [bounds[0].min(lon_low), bounds[1].min(lat_low), bounds[2].max(lon_high), bounds[3].max(lat_high)];
        }
        Piece { line, first: first as u32, bounds }
    })
}

fn cells([west, south, east, north]: [f64; 4]) -> impl Iterator<Item = u32> {
    let column = |lon: f64| (((lon + 180.0) / CELL_DEG) as i32).clamp(0, COLUMNS - 1);
    let row = |lat: f64| (((lat + 90.0) / CELL_DEG) as i32).clamp(0, ROWS - 1);
    let columns = column(west)..=column(east);
    (row(south)..=row(north)).flat_map(move |row| columns.clone().map(move |column| (row * COLUMNS + column) as u32))
}

/// The best of each kind so far.
struct Search {
    place: [f64; 2],
    /// How long a degree of longitude is, measured in degrees of latitude.
    narrow: f64,
    bounds: [f64; 4],
    /// Squared distance and snap, by [`SnapKind`].
    best: [Option<(f64, Snap)>; 3],
    furthest: f64,
}

impl Search {
    fn new(place: LonLat, tolerance: f64) -> Self {
        let LonLat { lon_deg: lon, lat_deg: lat } = place;
        let narrow = lat.to_radians().cos().max(NARROWEST);
        let bounds = [lon - tolerance / narrow, lat - tolerance, lon + tolerance / narrow, lat + tolerance];
        Self { place: place.to_array(), narrow, bounds, best: [None; 3], furthest: tolerance * tolerance }
    }

    fn reaches(&self, [west, south, east, north]: [f32; 4]) -> bool {
        let [w, s, e, n] = self.bounds;
        f64::from(west) <= e && f64::from(east) >= w && f64::from(south) <= n && f64::from(north) >= s
    }

    /// The point in a plane around the place where both axes are equally long.
    fn flat(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [(lon - self.place[0]) * self.narrow, lat - self.place[1]]
    }

    fn look_along(&mut self, piece: &Piece, points: &[[f64; 2]]) {
        let last = points.len() - 1;
        let is_closed = points[0] == points[last];
        let (first, end) = (piece.first as usize, (piece.first as usize + PIECE_EDGES).min(last));
        for ix in first..=end {
            let kind = if (ix == 0 || ix == last) && !is_closed { SnapKind::Node } else { SnapKind::Vertex };
            let [x, y] = self.flat(points[ix]);
            let at = Snap { at: points[ix].into(), line: piece.line, point: ix as u32, along: 0.0, kind };
            self.offer(x * x + y * y, at);
            if ix < end {
                self.look_at_edge(piece.line, ix, [points[ix], points[ix + 1]]);
            }
        }
    }

    fn look_at_edge(&mut self, line: u32, ix: usize, [from, to]: [[f64; 2]; 2]) {
        let ([ax, ay], [bx, by]) = (self.flat(from), self.flat(to));
        let (dx, dy) = (bx - ax, by - ay);
        let along = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
        // At its ends the edge is no nearer than its points; a point (0 / 0) has no inside.
        if along > 0.0 && along < 1.0 {
            let (x, y) = (ax + along * dx, ay + along * dy);
            let at = LonLat::new(from[0] + along * (to[0] - from[0]), from[1] + along * (to[1] - from[1]));
            self.offer(x * x + y * y, Snap { at, line, point: ix as u32, along, kind: SnapKind::Edge });
        }
    }

    fn offer(&mut self, distance: f64, snap: Snap) {
        let best = &mut self.best[snap.kind as usize];
        if distance <= self.furthest && best.is_none_or(|(nearest, _)| distance < nearest) {
            *best = Some((distance, snap));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Vec<[f64; 2]>> {
        let long = (0..=40).map(|step| [f64::from(step) * 0.5, 50.0]).collect();
        vec![long, vec![[5.0, 10.0], [6.0, 10.0], [6.0, 11.0], [5.0, 10.0]], vec![[-179.9, -89.9]]]
    }

    fn snap(lon: f64, lat: f64, tolerance: f64) -> Option<Snap> {
        let lines = lines();
        SnapIndex::new(&lines[..]).snap(&lines[..], LonLat::new(lon, lat), tolerance)
    }

    #[test]
    fn nodes_come_before_vertices_and_vertices_before_edges() {
        let node = snap(0.3, 50.01, 0.25).unwrap();
        assert_eq!((node.kind, node.at, node.line, node.point), (SnapKind::Node, LonLat::new(0.0, 50.0), 0, 0));
        let vertex = snap(7.6, 50.01, 0.2).unwrap();
        assert_eq!((vertex.kind, vertex.at, vertex.point), (SnapKind::Vertex, LonLat::new(7.5, 50.0), 15));
        let edge = snap(7.25, 50.01, 0.1).unwrap();
        assert_eq!((edge.kind, edge.point, edge.along), (SnapKind::Edge, 14, 0.5));
        assert_eq!(snap(7.25, 50.2, 0.1), None);
        assert_eq!(snap(20.1, 50.0, 0.1).unwrap().point, 40);
    }

    #[test]
    fn a_closed_line_has_no_node() {
        let corner = snap(5.0, 10.0, 0.1).unwrap();
        assert_eq!((corner.kind, corner.line), (SnapKind::Vertex, 1));
        let lines = lines();
        assert_eq!(Snap::at_point(&lines[..], 1, 0).kind, SnapKind::Vertex);
        assert_eq!(Snap::at_point(&lines[..], 0, 40).kind, SnapKind::Node);
    }

    #[test]
    fn the_tolerance_is_a_circle_on_the_ground() {
        // At 50 degrees north 0.15 degrees of longitude are less than 0.1 of latitude.
        assert!(snap(20.15, 50.0, 0.1).is_some() && snap(20.16, 50.0, 0.1).is_none());
        assert!(snap(-179.9, -89.9, 0.0).is_some(), "a point at a corner of the world");
        assert_eq!((snap(f64::NAN, 0.0, 1.0), snap(0.0, 50.0, f64::NAN), snap(0.0, 50.0, -1.0)), (None, None, None));
    }

    #[test]
    fn only_wanted_lines_hold() {
        let lines = lines();
        let index = SnapIndex::new(&lines[..]);
        assert_eq!(index.snap_among(&lines[..], LonLat::new(5.5, 10.0), 0.1, |line| line != 1), None);
    }
}
