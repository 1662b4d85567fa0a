//! Changing shapes point by point, as handles on the map do.

use super::linework::Linework;
use crate::geometry::LonLat;
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

/// Which point of a shape. A part is a polygon or a line; ring 0 of a polygon is its outline, the others its holes; lines have only ring 0. The repeated point
/// at the end of a ring is no point of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VertexIx {
    /// The polygon or line, from 0.
    pub part: usize,
    /// The ring, from 0.
    pub ring: usize,
    /// The point, from 0.
    pub vertex: usize,
}

/// Why a shape was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VertexError {
    /// The shape has no such point.
    #[error("there is no such point")]
    NoSuchVertex,
    /// Without it a line would have less than two points, a ring less than three.
    #[error("a line needs at least two points and an area at least three")]
    TooFew,
    /// A coordinate that is no number.
    #[error("that is no place")]
    NoPlace,
}

/// Shapes whose points can be changed one by one.
pub trait Vertices: Sized + Clone {
    /// One ring or line of the shape; `None` where there is none.
    fn ring(&self, part: usize, ring: usize) -> Option<&LineString>;

    /// The same shape with one ring or line replaced, rings closed; unchanged where there is none.
    fn with_ring(&self, part: usize, ring: usize, line: LineString) -> Self;

    /// True where rings are closed.
    const CLOSED: bool;
}

impl Vertices for MultiPolygon {
    const CLOSED: bool = true;

    fn ring(&self, part: usize, ring: usize) -> Option<&LineString> {
        let polygon = self.0.get(part)?;
        if ring == 0 { Some(polygon.exterior()) } else { polygon.interiors().get(ring - 1) }
    }

    fn with_ring(&self, part: usize, ring: usize, line: LineString) -> Self {
        let mut changed = self.clone();
        if let Some(polygon) = changed.0.get_mut(part) {
            let (mut outer, mut holes) = std::mem::replace(polygon, Polygon::empty()).into_inner();
            match ring.checked_sub(1) {
                None => outer = line,
                Some(hole) => holes.get_mut(hole).into_iter().for_each(|it| *it = line.clone()),
            }
            *polygon = Polygon::new(outer, holes);
        }
        changed
    }
}

impl Vertices for MultiLineString {
    const CLOSED: bool = false;

    fn ring(&self, part: usize, ring: usize) -> Option<&LineString> {
        self.0.get(part).filter(|_| ring == 0)
    }

    fn with_ring(&self, part: usize, ring: usize, line: LineString) -> Self {
        let mut changed = self.clone();
        if let (Some(it), 0) = (changed.0.get_mut(part), ring) {
            *it = line;
        }
        changed
    }
}

/// The place of a point.
///
/// # Errors
/// Where there is no such point.
pub fn vertex<S: Vertices>(shape: &S, at: VertexIx) -> Result<LonLat, VertexError> {
    let point = points_of(shape, at)?.get(at.vertex).copied().ok_or(VertexError::NoSuchVertex)?;
    Ok(LonLat::new(point.x, point.y))
}

/// The shape with a point moved.
///
/// # Errors
/// Where there is no such point, or the place is none.
pub fn vertex_moved<S: Vertices>(shape: &S, at: VertexIx, to: LonLat) -> Result<S, VertexError> {
    let mut points = points_of(shape, at)?;
    *points.get_mut(at.vertex).ok_or(VertexError::NoSuchVertex)? = checked(to)?;
    Ok(put_back(shape, at, points))
}

/// The shape with a new point that takes this number; those from there on count one more. One past the last continues a line, and lies on the closing edge of
/// a ring.
///
/// # Errors
/// Where there is no such ring or the number is larger, or the place is none.
pub fn vertex_inserted<S: Vertices>(shape: &S, at: VertexIx, place: LonLat) -> Result<S, VertexError> {
    let mut points = points_of(shape, at)?;
    if at.vertex > points.len() {
        return Err(VertexError::NoSuchVertex);
    }
    points.insert(at.vertex, checked(place)?);
    Ok(put_back(shape, at, points))
}

/// The shape without a point.
///
/// # Errors
/// Where there is no such point or too few would be left.
pub fn vertex_deleted<S: Vertices>(shape: &S, at: VertexIx) -> Result<S, VertexError> {
    let mut points = points_of(shape, at)?;
    let least = if S::CLOSED { 3 } else { 2 };
    if at.vertex >= points.len() {
        return Err(VertexError::NoSuchVertex);
    }
    if points.len() <= least {
        return Err(VertexError::TooFew);
    }
    points.remove(at.vertex);
    Ok(put_back(shape, at, points))
}

/// The shape with every line and ring run the other way.
pub fn reversed<S: Linework>(shape: &S) -> S {
    shape.with_lines(&mut |line| line.iter().rev().copied().collect())
}

/// A line as the outline of an area, closed by its shortest way.
///
/// # Errors
/// Where it has fewer than three different points.
pub fn closed(line: &LineString) -> Result<Polygon, VertexError> {
    let mut points = line.0.clone();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 { Err(VertexError::TooFew) } else { Ok(Polygon::new(LineString(points), vec![])) }
}

/// The points of a ring or line, without the repeated one of a ring.
fn points_of<S: Vertices>(shape: &S, at: VertexIx) -> Result<Vec<Coord>, VertexError> {
    let mut points = shape.ring(at.part, at.ring).ok_or(VertexError::NoSuchVertex)?.0.clone();
    if S::CLOSED && points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    Ok(points)
}

/// Rings are closed again where they become a polygon's.
fn put_back<S: Vertices>(shape: &S, at: VertexIx, points: Vec<Coord>) -> S {
    shape.with_ring(at.part, at.ring, LineString(points))
}

fn checked(place: LonLat) -> Result<Coord, VertexError> {
    let is_place = place.lon_deg.is_finite() && (-90.0..=90.0).contains(&place.lat_deg);
    if is_place { Ok(Coord::from(place.to_array())) } else { Err(VertexError::NoPlace) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    fn holed() -> MultiPolygon {
        let mut shape = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)];
        shape.interiors_push(LineString::from(vec![(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (1.0, 1.0)]));
        MultiPolygon(vec![shape])
    }

    const fn ix(ring: usize, vertex: usize) -> VertexIx {
        VertexIx { part: 0, ring, vertex }
    }

    #[test]
    fn the_first_point_of_a_ring_takes_its_repetition_along() {
        let moved = vertex_moved(&holed(), ix(0, 0), LonLat::new(-1.0, -1.0)).unwrap();
        let ring = &moved.0[0].exterior().0;
        assert_eq!((ring.len(), ring[0], ring[4]), (5, (-1.0, -1.0).into(), (-1.0, -1.0).into()));
        let deleted = vertex_deleted(&holed(), ix(0, 0)).unwrap();
        let ring = &deleted.0[0].exterior().0;
        assert_eq!((ring.len(), ring[0], ring[3]), (4, (9.0, 0.0).into(), (9.0, 0.0).into()));
        assert_eq!(deleted.0[0].interiors(), holed().0[0].interiors());
    }

    #[test]
    fn what_is_put_in_can_be_taken_out_again() {
        for at in [ix(0, 0), ix(0, 2), ix(0, 4), ix(1, 1)] {
            let more = vertex_inserted(&holed(), at, LonLat::new(4.0, 5.0)).unwrap();
            assert_eq!(vertex(&more, at), Ok(LonLat::new(4.0, 5.0)));
            assert_eq!(vertex_deleted(&more, at).unwrap(), holed());
        }
        let line = MultiLineString(vec![LineString::from(vec![(0.0, 0.0), (1.0, 1.0)])]);
        let longer = vertex_inserted(&line, ix(0, 2), LonLat::new(2.0, 1.0)).unwrap();
        assert_eq!(longer.0[0].0[2], (2.0, 1.0).into());
    }

    #[test]
    fn what_is_not_there_or_would_be_too_little_is_refused() {
        assert_eq!(vertex(&holed(), ix(0, 4)), Err(VertexError::NoSuchVertex));
        assert_eq!(vertex_moved(&holed(), ix(2, 0), LonLat::default()), Err(VertexError::NoSuchVertex));
        assert_eq!(vertex_moved(&holed(), ix(0, 0), LonLat::new(f64::NAN, 0.0)), Err(VertexError::NoPlace));
        assert_eq!(vertex_inserted(&holed(), ix(0, 5), LonLat::default()), Err(VertexError::NoSuchVertex));
        assert_eq!(vertex_deleted(&holed(), ix(1, 0)), Err(VertexError::TooFew));
        let line = MultiLineString(vec![LineString::from(vec![(0.0, 0.0), (1.0, 1.0)])]);
        assert_eq!(vertex_deleted(&line, ix(0, 1)), Err(VertexError::TooFew));
        assert_eq!(vertex(&line, ix(1, 0)), Err(VertexError::NoSuchVertex));
    }

    #[test]
    fn lines_turn_round_and_close() {
        let line = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]);
        assert_eq!(reversed(&line).0[0], (1.0, 1.0).into());
        assert_eq!(closed(&line).unwrap().exterior().0.len(), 4);
        assert_eq!(closed(&LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)])), Err(VertexError::TooFew));
    }
}
