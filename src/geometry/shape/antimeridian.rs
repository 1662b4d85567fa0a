//! Cutting shapes at 180 degrees east and west, as GeoJSON asks (RFC 7946, section 3.1.9).
//!
//! A shape crosses where an edge leaps by more than half a turn (179 to -179), and where longitudes run on past 180 (179 to 181). Where an edge crosses, it
//! is cut as it is drawn: straight in degrees.

use super::linework::{Linework, extent, shifted_east};
use super::ops::intersection;
use super::sphere::lon_near;
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon, Rect};

/// True where any part of a shape leaps over the antimeridian or lies past it.
pub fn crosses_antimeridian(shape: &impl Linework) -> bool {
    let mut found = false;
    shape.each_line(&mut |line| {
        found |= line.iter().any(|at| at.x.abs() > 180.0) || line.windows(2).any(|edge| leaps(edge[0], edge[1]));
    });
    found
}

/// An edge along a pole is no leap: both its ends are the same place. Nor is one from 180 to -180.
pub(super) fn leaps(from: Coord, to: Coord) -> bool {
    (from.x - to.x).abs() > 180.0 && !is_along_pole(from, to)
}

fn is_along_pole(from: Coord, to: Coord) -> bool {
    from.y.abs() >= 90.0 && to.y == from.y
}

/// The area with every part between 180 west and 180 east; as it is where nothing crosses. A ring around a pole is closed by way of the pole that is on its
/// side of the equator. Coordinates must be finite.
pub fn cut_at_antimeridian(area: &MultiPolygon) -> MultiPolygon {
    let cut = area.0.iter().flat_map(|polygon| if crosses_antimeridian(polygon) { cut_polygon(polygon) } else { vec![polygon.clone()] });
    MultiPolygon(cut.collect())
}

/// The lines with every part between 180 west and 180 east; as they are where nothing crosses. Coordinates must be finite.
pub fn cut_lines_at_antimeridian(lines: &MultiLineString) -> MultiLineString {
    let cut = lines.0.iter().flat_map(|line| if crosses_antimeridian(line) { cut_line(line) } else { vec![line.clone()] });
    MultiLineString(cut.collect())
}

/// Longitudes that run on instead of leaping.
pub(super) fn running_on(line: &[Coord]) -> Vec<Coord> {
    let mut found: Vec<Coord> = Vec::with_capacity(line.len());
    for (ix, &at) in line.iter().enumerate() {
        let x = match found.last() {
            Some(before) if !is_along_pole(line[ix - 1], at) => lon_near(at.x, before.x),
            Some(before) => before.x + (at.x - line[ix - 1].x),
            None => at.x,
        };
        found.push(Coord { x, y: at.y });
    }
    found
}

fn cut_polygon(polygon: &Polygon) -> Vec<Polygon> {
    let mut outer = running_on(&polygon.exterior().0);
    let (Some(&first), Some(&last)) = (outer.first(), outer.last()) else { return Vec::new() };
    if (first.x - last.x).abs() > 180.0 {
        let north: f64 = outer.iter().map(|at| at.y).sum();
        let pole = if north < 0.0 { -90.0 } else { 90.0 };
        outer.extend([Coord { x: last.x, y: pole }, Coord { x: first.x, y: pole }, first]);
    }
    let outer = LineString(outer);
    let Some([west, _, east, _]) = extent(&outer) else { return Vec::new() };
    let holes = polygon.interiors().iter().map(|hole| LineString(beside(running_on(&hole.0), west, east)));
    let whole = MultiPolygon(vec![Polygon::new(outer.clone(), holes.collect())]);
    let (first_turn, last_turn) = (turn_of(west), turn_of(east - 1e-12));
    (first_turn..=last_turn).flat_map(|turn| world_part(&whole, turn)).collect()
}

/// How many whole turns a longitude lies away from the world between 180 west and 180 east.
fn turn_of(lon: f64) -> i32 {
    ((lon + 180.0) / 360.0).floor() as i32
}

/// What lies in one of the copies of the world, brought home.
fn world_part(whole: &MultiPolygon, turn: i32) -> Vec<Polygon> {
    let east = f64::from(turn) * 360.0;
    let world = Rect::new((east - 180.0, -90.0), (east + 180.0, 90.0)).to_polygon();
    // A point of the input that lies past the edge by less than can be told is put onto it.
    let home = |at: &Coord| Coord { x: (at.x - east).clamp(-180.0, 180.0), y: at.y };
    intersection(whole, &MultiPolygon(vec![world])).with_lines(&mut |line| line.iter().map(home).collect()).0
}

/// A hole moved by whole turns to where its outline is.
fn beside(hole: Vec<Coord>, west: f64, east: f64) -> Vec<Coord> {
    let Some([hole_west, _, hole_east, _]) = extent(&LineString(hole.clone())) else { return hole };
    let shift = lon_near((hole_west + hole_east) / 2.0, (west + east) / 2.0) - (hole_west + hole_east) / 2.0;
    hole.into_iter().map(|at| Coord { x: at.x + shift, y: at.y }).collect()
}

fn cut_line(line: &LineString) -> Vec<LineString> {
    let points = running_on(&line.0);
    let mut parts: Vec<(i32, Vec<Coord>)> = Vec::new();
    for pair in points.windows(2) {
        for (turn, from, to) in edge_parts(pair[0], pair[1]) {
            match parts.last_mut() {
                Some((last_turn, part)) if *last_turn == turn => part.push(to),
                _ => parts.push((turn, vec![from, to])),
            }
        }
    }
    let home = |(turn, part): (i32, Vec<Coord>)| shifted_east(&LineString(part), f64::from(-turn) * 360.0);
    parts.into_iter().map(home).collect()
}

/// An edge cut at each antimeridian that it crosses, with the turn that each part lies in.
fn edge_parts(from: Coord, to: Coord) -> Vec<(i32, Coord, Coord)> {
    let (low, high) = (from.x.min(to.x), from.x.max(to.x));
    let meridians = (turn_of(low)..=turn_of(high)).map(|turn| f64::from(turn) * 360.0 + 180.0);
    let mut cuts: Vec<Coord> = meridians
        .filter(|&lon| lon > low && lon < high)
        .map(|lon| Coord { x: lon, y: from.y + (lon - from.x) / (to.x - from.x) * (to.y - from.y) })
        .collect();
    if from.x > to.x {
        cuts.reverse();
    }
    let ends: Vec<Coord> = std::iter::once(from).chain(cuts).chain([to]).collect();
    let turn = |pair: &[Coord]| turn_of((pair[0].x + pair[1].x) / 2.0);
    ends.windows(2).map(|pair| (turn(pair), pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, polygon};

    fn widths(area: &MultiPolygon) -> Vec<[f64; 4]> {
        let mut found: Vec<[f64; 4]> = area.0.iter().filter_map(extent).collect();
        found.sort_by(|a, b| a[0].total_cmp(&b[0]));
        found
    }

    #[test]
    fn a_leap_and_a_longitude_past_180_are_cut_alike() {
        let leaping = polygon![(x: 178.0, y: -20.0), (x: -178.0, y: -20.0), (x: -178.0, y: -16.0), (x: 178.0, y: -16.0)];
        let running = polygon![(x: 178.0, y: -20.0), (x: 182.0, y: -20.0), (x: 182.0, y: -16.0), (x: 178.0, y: -16.0)];
        for shape in [leaping, running] {
            assert!(crosses_antimeridian(&shape));
            let cut = cut_at_antimeridian(&MultiPolygon(vec![shape]));
            assert_eq!(widths(&cut), [[-180.0, -20.0, -178.0, -16.0], [178.0, -20.0, 180.0, -16.0]]);
            assert_eq!(cut.unsigned_area(), 16.0);
            assert!(!crosses_antimeridian(&cut));
        }
    }

    #[test]
    fn holes_go_with_their_side() {
        let mut shape = polygon![(x: 170.0, y: 0.0), (x: -170.0, y: 0.0), (x: -170.0, y: 9.0), (x: 170.0, y: 9.0)];
        shape.interiors_push(LineString::from(vec![(-178.0, 3.0), (-178.0, 6.0), (-175.0, 6.0), (-178.0, 3.0)]));
        shape.interiors_push(LineString::from(vec![(179.0, 7.0), (-179.0, 7.0), (-179.0, 8.0), (179.0, 8.0), (179.0, 7.0)]));
        let cut = cut_at_antimeridian(&MultiPolygon(vec![shape]));
        assert!((cut.unsigned_area() - (180.0 - 4.5 - 2.0)).abs() < 1e-6, "{cut:?}");
    }

    #[test]
    fn a_ring_around_a_pole_takes_the_pole_in() {
        let ring = |lat: f64| polygon![(x: -120.0, y: lat), (x: 0.0, y: lat), (x: 120.0, y: lat)];
        for (lat, south, north) in [(-70.0, -90.0, -70.0), (80.0, 80.0, 90.0)] {
            let cut = cut_at_antimeridian(&MultiPolygon(vec![ring(lat)]));
            assert_eq!(cut.unsigned_area(), 360.0 * (north - south), "{cut:?}");
            assert!(widths(&cut).iter().all(|it| it[1] == south && it[3] == north && it[0] >= -180.0 && it[2] <= 180.0));
        }
    }

    #[test]
    fn what_ends_at_the_edge_of_the_map_stays() {
        let antarctic =
            polygon![(x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: -80.0), (x: 0.0, y: -70.0), (x: -180.0, y: -80.0)];
        let area = MultiPolygon(vec![antarctic]);
        assert_eq!(cut_at_antimeridian(&area), area);
    }

    #[test]
    fn lines_are_cut_where_they_cross() {
        let line = LineString::from(vec![(170.0, 0.0), (-170.0, 10.0), (170.0, 20.0)]);
        let cut = cut_lines_at_antimeridian(&MultiLineString(vec![line]));
        let expected =
            [vec![(170.0, 0.0), (180.0, 5.0)], vec![(-180.0, 5.0), (-170.0, 10.0), (-180.0, 15.0)], vec![(180.0, 15.0), (170.0, 20.0)]];
        assert_eq!(cut.0, expected.map(LineString::from));
        let round = LineString::from(vec![(0.0, 0.0), (360.0, 0.0)]);
        assert_eq!(cut_lines_at_antimeridian(&MultiLineString(vec![round])).0.len(), 1, "ends a whole turn apart are one place");
    }
}
