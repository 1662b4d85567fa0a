//! The shape of a feature as it is edited, and how it goes into a document.

use geo::{Coord, LineString, MultiLineString, MultiPolygon};
use serde_json::{Value, json};

use crate::{
    geometry::{
        LonLat,
        shape::{
            antimeridian, linework,
            linework::Linework,
            mend, placing,
            validity::{self, Fault, FaultKind},
            vertex::{self, VertexError, VertexIx},
        },
    },
    gui::session::Selection,
    model::{Project, annotation::Mark},
};

/// The shape of a region, a line, a place or an event.
#[derive(Clone, Debug, PartialEq)]
pub enum FeatureShape {
    /// Of a region.
    Area(MultiPolygon),
    /// Of a line.
    Line(MultiLineString),
    /// Of a place or event.
    Point(LonLat),
}

impl FeatureShape {
    /// The shape of what is selected, where that is a feature of this document.
    pub fn of(project: &Project, selection: &Selection) -> Option<Self> {
        Some(match *selection {
            Selection::Region(_, index) => Self::Area(project.regions.get(index)?.shape.clone()),
            Selection::Line(_, index) => Self::Line(project.lines.get(index)?.shape.clone()),
            Selection::Place(_, index) => Self::Point(project.places.get(index)?.at),
            Selection::Annotation(_, index) => match &project.annotations.get(index)?.mark {
                Mark::Text(at) => Self::Point(*at),
                mark => Self::Line(mark.lines()),
            },
            Selection::Event(_, index) => Self::Point(project.events.get(index)?.at),
            Selection::Unit(_) | Selection::Polity(_) | Selection::Dispute(_) | Selection::Alliance(_) => return None,
        })
    }

    /// Its GeoJSON geometry: simple where it has one part.
    pub fn geojson(&self) -> Value {
        let rings = |polygon: &geo::Polygon| -> Vec<Vec<[f64; 2]>> {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| pairs(&ring.0)).collect()
        };
        match self {
            Self::Area(MultiPolygon(parts)) if parts.len() == 1 => json!({"type": "Polygon", "coordinates": rings(&parts[0])}),
            Self::Area(MultiPolygon(parts)) => {
                json!({"type": "MultiPolygon", "coordinates": parts.iter().map(rings).collect::<Vec<_>>()})
            }
            Self::Line(MultiLineString(parts)) if parts.len() == 1 => json!({"type": "LineString", "coordinates": pairs(&parts[0].0)}),
            Self::Line(MultiLineString(parts)) => {
                json!({"type": "MultiLineString", "coordinates": parts.iter().map(|part| pairs(&part.0)).collect::<Vec<_>>()})
            }
            Self::Point(at) => json!({"type": "Point", "coordinates": at.to_array()}),
        }
    }

    /// Every line and ring as `[lon, lat]`, rings closed; a point is a list of one.
    pub fn lines(&self) -> Vec<Vec<[f64; 2]>> {
        match self {
            Self::Area(area) => linework::lines_of(area),
            Self::Line(line) => linework::lines_of(line),
            Self::Point(at) => vec![vec![at.to_array()]],
        }
    }

    /// Its points by number; the repeated one of a ring is none.
    pub fn vertices(&self) -> Vec<(VertexIx, LonLat)> {
        let numbered = |part: usize, ring: usize, line: &LineString, is_ring: bool| {
            let count = line.0.len() - usize::from(is_ring && line.0.len() > 1 && line.0.first() == line.0.last());
            let at = |vertex: usize| (VertexIx { part, ring, vertex }, LonLat::new(line.0[vertex].x, line.0[vertex].y));
            (0..count).map(at).collect::<Vec<_>>()
        };
        match self {
            Self::Area(area) => {
                let rings = area.0.iter().enumerate().flat_map(|(part, polygon)| {
                    std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate().map(move |(ring, line)| (part, ring, line))
                });
                rings.flat_map(|(part, ring, line)| numbered(part, ring, line, true)).collect()
            }
            Self::Line(lines) => lines.0.iter().enumerate().flat_map(|(part, line)| numbered(part, 0, line, false)).collect(),
            Self::Point(at) => vec![(VertexIx::default(), *at)],
        }
    }

    /// Whether the first point of a line follows its last one.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Area(_))
    }

    /// The shape with a point elsewhere.
    ///
    /// # Errors
    /// Where there is no such point, or the place is none.
    pub fn with_vertex(&self, at: VertexIx, to: LonLat) -> Result<Self, VertexError> {
        Ok(match self {
            Self::Area(area) => Self::Area(vertex::vertex_moved(area, at, to)?),
            Self::Line(line) => Self::Line(vertex::vertex_moved(line, at, to)?),
            Self::Point(_) => Self::Point(to),
        })
    }

    /// The shape with a new point of this number.
    ///
    /// # Errors
    /// As [`Self::with_vertex`]; a point has room for one place only.
    pub fn with_new_vertex(&self, at: VertexIx, place: LonLat) -> Result<Self, VertexError> {
        Ok(match self {
            Self::Area(area) => Self::Area(vertex::vertex_inserted(area, at, place)?),
            Self::Line(line) => Self::Line(vertex::vertex_inserted(line, at, place)?),
            Self::Point(_) => return Err(VertexError::NoSuchVertex),
        })
    }

    /// The shape without a point.
    ///
    /// # Errors
    /// Where too few would be left.
    pub fn without_vertex(&self, at: VertexIx) -> Result<Self, VertexError> {
        Ok(match self {
            Self::Area(area) => Self::Area(vertex::vertex_deleted(area, at)?),
            Self::Line(line) => Self::Line(vertex::vertex_deleted(line, at)?),
            Self::Point(_) => return Err(VertexError::TooFew),
        })
    }

    /// The whole dragged from one place to another, over the ball.
    pub fn moved(&self, from: LonLat, to: LonLat) -> Self {
        match self {
            Self::Area(area) => Self::Area(placing::moved(area, from, to)),
            Self::Line(line) => Self::Line(placing::moved(line, from, to)),
            Self::Point(at) => {
                let line = MultiLineString(vec![vec![at.to_array()].into()]);
                let turned = placing::moved(&line, from, to);
                Self::Point(turned.0.first().and_then(|line| line.0.first()).map_or(*at, |at| LonLat::new(at.x, at.y)))
            }
        }
    }

    /// The whole turned about a place, counter-clockwise, and every distance from there multiplied.
    pub fn turned(&self, about: LonLat, degrees: f64, factor: f64) -> Self {
        fn both<S: Linework>(shape: &S, about: LonLat, degrees: f64, factor: f64) -> S {
            placing::scaled(&placing::rotated(shape, about, degrees), about, factor)
        }
        match self {
            Self::Area(area) => Self::Area(both(area, about, degrees, factor)),
            Self::Line(line) => Self::Line(both(line, about, degrees, factor)),
            Self::Point(at) => Self::Point(*at),
        }
    }

    /// Its middle on the ball; `None` for a shape without one.
    pub fn middle(&self) -> Option<LonLat> {
        match self {
            Self::Area(area) => placing::middle(area),
            Self::Line(line) => placing::middle(line),
            Self::Point(at) => Some(*at),
        }
    }

    /// The shape as a document may hold it: between 180 west and 180 east.
    pub fn let_go(self) -> Self {
        match self {
            Self::Area(area) => Self::Area(antimeridian::cut_at_antimeridian(&area)),
            Self::Line(line) => Self::Line(antimeridian::cut_lines_at_antimeridian(&line)),
            Self::Point(at) => Self::Point(at.wrapped()),
        }
    }

    /// What is wrong with it and cannot be put right without asking; an outline that touches itself in a point may stand.
    pub fn fault(&self) -> Option<Fault> {
        let faults = match self {
            Self::Area(area) => validity::faults_of(area),
            Self::Line(line) => validity::line_faults(line),
            Self::Point(_) => Vec::new(),
        };
        first_grave(faults)
    }
}

/// An outline as an area that a document can hold.
///
/// # Errors
/// What is wrong with it, in words.
pub fn sound_area(parts: &validity::Drawn) -> Result<FeatureShape, String> {
    let mended = mend::mended_area(parts);
    match first_grave(mended.faults) {
        Some(fault) => Err(format!("This is no area yet: {fault}.")),
        None => Ok(FeatureShape::Area(mended.shape)),
    }
}

/// Lines that a document can hold.
///
/// # Errors
/// As [`sound_area`].
pub fn sound_lines(lines: &MultiLineString) -> Result<FeatureShape, String> {
    let mended = mend::mended_lines(lines);
    match first_grave(mended.faults) {
        Some(fault) => Err(format!("This is no line yet: {fault}.")),
        None => Ok(FeatureShape::Line(mended.shape)),
    }
}

/// The first fault that needs a person.
pub fn first_grave(faults: Vec<Fault>) -> Option<Fault> {
    faults.into_iter().find(|fault| !fault.is_mendable() && fault.kind != FaultKind::TouchesItself)
}

fn pairs(line: &[Coord]) -> Vec<[f64; 2]> {
    line.iter().map(|at| [at.x, at.y]).collect()
}
