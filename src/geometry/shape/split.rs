//! Cutting an area by a line that is drawn across it. Exact: no point of the area moves, and the pieces share the line point for point.
//!
//! The line is cut where it meets the outline; what runs inside from edge to edge becomes part of the outlines on both sides, and the outlines are walked
//! anew, keeping the land on the left.

mod faces;
mod meetings;

use geo::{LineString, MultiPolygon, Polygon};

/// One piece of an area that was cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its shape: outer ring counter-clockwise, holes clockwise.
    pub polygon: Polygon,
    /// Where it lies as one walks along the line; of a piece on both sides, the side that has more of its edge. `None` where the line does not touch it.
    pub side: Option<Side>,
}

/// A side of a line, as one walks along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Why an area was not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// Fewer than two different points, or a coordinate that is no number.
    #[error("a line to cut with needs two different points")]
    NoLine,
    /// The line runs through itself, so that its sides cannot be told.
    #[error("the line crosses itself")]
    CrossesItself,
    /// No part of the line runs through the area from edge to edge.
    #[error("the line does not cross the area from edge to edge: begin and end it outside")]
    DoesNotCross,
    /// It only joins the outline with a hole, or holes with each other.
    #[error("the line leaves the area in one piece, because it ends at a hole")]
    DoesNotDivide,
}

/// Cuts an area by a line, which may cross it several times; what of the line lies outside, or ends inside, plays no part. Polygons that the line does not
/// cut come as they are.
///
/// # Errors
/// Where the line cuts nothing. The area should be valid ([`super::validity`]).
pub fn split(area: &MultiPolygon, line: &LineString) -> Result<Vec<Piece>, SplitError> {
    let mut points = line.0.clone();
    points.dedup();
    if points.len() < 2 || points.iter().any(|at| !at.x.is_finite() || !at.y.is_finite()) {
        return Err(SplitError::NoLine);
    }
    if meetings::crosses_itself(&points) {
        return Err(SplitError::CrossesItself);
    }
    let (mut pieces, mut was_cut, mut is_crossed) = (Vec::new(), false, false);
    for polygon in &area.0 {
        let met = meetings::meetings(polygon, &points);
        is_crossed |= !met.cuts.is_empty();
        let found = if met.cuts.is_empty() { Vec::new() } else { faces::faces(&met) };
        if found.len() < 2 {
            pieces.push(Piece { polygon: polygon.clone(), side: None });
        } else {
            was_cut = true;
            pieces.extend(found);
        }
    }
    match (was_cut, is_crossed) {
        (true, _) => Ok(pieces),
        (false, true) => Err(SplitError::DoesNotDivide),
        (false, false) => Err(SplitError::DoesNotCross),
    }
}

#[cfg(test)]
mod tests;
