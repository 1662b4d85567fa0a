//! What a map maker draws over the map to explain it: arrows, texts, and texts that lead to a place.

use geo::MultiLineString;

use super::{PolityId, project::Common};
use crate::geometry::LonLat;

/// An arrow, a text or a callout. Its neutral name is what is written on the map.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Words, time, sources.
    pub common: Common,
    /// Whose colour it has; `None` for that of the text of the map.
    pub party: Option<PolityId>,
    /// What is drawn, and where.
    pub mark: Mark,
}

/// What an annotation is, with its place in degrees.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line with a head at the end of its last part. Several parts are one arrow that was cut at the 180th meridian.
    Arrow(MultiLineString),
    /// Words with their middle at a place.
    Text(LonLat),
    /// Words at the end of a straight line from the place that they are about.
    Callout {
        /// What they are about.
        place: LonLat,
        /// Where they stand.
        words: LonLat,
    },
}

impl Mark {
    /// The word of its kind in files.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Arrow(_) => "arrow",
            Self::Text(_) => "text",
            Self::Callout { .. } => "callout",
        }
    }

    /// Its lines; a text has none.
    pub fn lines(&self) -> MultiLineString {
        match self {
            Self::Arrow(lines) => lines.clone(),
            Self::Text(_) => MultiLineString(Vec::new()),
            Self::Callout { place, words } => MultiLineString(vec![vec![place.to_array(), words.to_array()].into()]),
        }
    }

    /// Every point of it, in order.
    pub fn points(&self) -> Vec<LonLat> {
        match self {
            Self::Text(at) => vec![*at],
            _ => self.lines().iter().flat_map(|line| line.coords()).map(|at| LonLat::new(at.x, at.y)).collect(),
        }
    }
}
