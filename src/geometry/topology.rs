//! The arc-node topology: units that share their boundary arcs exactly (the model of TopoJSON).
//!
//! An outer ring runs counter-clockwise and a hole clockwise, so a unit always lies to the left of the arcs of its rings as the
//! rings run. Two neighbours name the same arc, one of them reversed: there can be no gap or overlap between them at any level.

use super::hit::HitGrid;
use super::simplify;
use super::{BoundingBox, LonLat};
use std::ops::Not;

pub use super::simplify::{LEVELS, Level, level_for};

/// The number of a unit in its partition, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(pub u32);

/// The number of an arc in its topology, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcIx(pub u32);

impl UnitIx {
    /// As an index into the lists of units.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ArcIx {
    /// As an index into the list of arcs.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An arc with the direction in which it is walked; as in TopoJSON, `!ix` is arc `ix` walked backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcRef(pub i32);

impl ArcRef {
    /// The arc from its first point to its last.
    pub const fn forward(arc: ArcIx) -> Self {
        Self(arc.0 as i32)
    }

    /// The same arc the other way.
    pub const fn reversed(self) -> Self {
        Self(!self.0)
    }

    /// True where the arc is walked from its last point to its first.
    pub const fn is_reversed(self) -> bool {
        self.0 < 0
    }

    /// The arc that is walked.
    pub const fn arc(self) -> ArcIx {
        ArcIx(if self.0 < 0 { !self.0 as u32 } else { self.0 as u32 })
    }
}

impl Not for ArcRef {
    type Output = Self;

    fn not(self) -> Self {
        self.reversed()
    }
}

/// A stretch of boundary between two nodes, or a closed one without nodes.
#[derive(Clone, Debug)]
pub struct Arc {
    /// `[lon, lat]` in degrees, at least two; the first equals the last where the arc is closed.
    pub points: Vec<[f64; 2]>,
    /// For each point the coarsest [`Level`] at which it still stands. Both ends stand at every level.
    pub ranks: Vec<u8>,
    /// The unit on the left when walking forward; `None` is sea, or the edge of the map.
    pub left: Option<UnitIx>,
    /// The unit on the right when walking forward; `None` is sea, or the edge of the map.
    pub right: Option<UnitIx>,
    /// True where the arc is no boundary on the ground but the edge of the map (180 degrees east or west, the south pole):
    /// never stroked, and no coast.
    pub seam: bool,
    /// True where the project drew the line by hand (`maps/cuts.geojson`): off by some kilometres, drawn soft.
    pub approximate: bool,
    /// The smallest box around the points; never crosses the antimeridian.
    pub bbox: BoundingBox,
}

impl Arc {
    /// The points that stand at this level, in order. Levels past the coarsest count as the coarsest.
    pub fn at_level(&self, level: Level) -> impl DoubleEndedIterator<Item = [f64; 2]> + '_ {
        let level = level.min(simplify::COARSEST);
        self.points.iter().zip(&self.ranks).filter(move |&(_, &rank)| rank >= level).map(|(&point, _)| point)
    }

    /// True where the arc ends where it begins.
    pub fn is_closed(&self) -> bool {
        self.points.first() == self.points.last()
    }

    /// The unit on the other side, as seen from `unit`; `None` is sea.
    pub fn across(&self, unit: UnitIx) -> Option<UnitIx> {
        if self.left == Some(unit) { self.right } else { self.left }
    }
}

/// A closed list of arcs, each beginning where the one before ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring(pub Vec<ArcRef>);

/// An outer ring, counter-clockwise, with its holes, clockwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polygon {
    /// The outline.
    pub outer: Ring,
    /// What is cut out of it; mostly empty.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// The outline and then each hole.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }
}

/// The shape of one unit.
#[derive(Clone, Debug)]
pub struct UnitShape {
    /// One polygon a piece of land, none overlapping; never empty.
    pub polygons: Vec<Polygon>,
    /// The box around all of them; crosses the antimeridian where that is narrower.
    pub bbox: BoundingBox,
    /// Geodesic area at full detail, square kilometres.
    pub area_km2: f64,
    /// A place well inside the largest piece, for a name or a symbol.
    pub label_point: LonLat,
}

/// An arc as it is given to [`Topology::new`]; its sides are found there.
#[derive(Clone, Debug)]
pub struct RawArc {
    /// See [`Arc::points`].
    pub points: Vec<[f64; 2]>,
    /// See [`Arc::ranks`].
    pub ranks: Vec<u8>,
    /// See [`Arc::seam`].
    pub seam: bool,
    /// See [`Arc::approximate`].
    pub approximate: bool,
}

/// A unit as it is given to [`Topology::new`]; its box is found there.
#[derive(Clone, Debug)]
pub struct RawUnit {
    /// See [`UnitShape::polygons`].
    pub polygons: Vec<Polygon>,
    /// See [`UnitShape::area_km2`].
    pub area_km2: f64,
    /// See [`UnitShape::label_point`].
    pub label_point: LonLat,
}

/// What is wrong with arcs and rings that do not make a topology. Numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopologyError {
    /// An arc has fewer than two points, or not one rank a point.
    #[error("arc {0} needs at least two points and one rank for each")]
    Arc(usize),
    /// A ring names an arc that is not there.
    #[error("unit {unit} names arc {arc}, which does not exist")]
    NoSuchArc {
        /// The unit whose ring it is.
        unit: usize,
        /// The arc that is not there.
        arc: usize,
    },
    /// Two rings claim the same side of an arc, so two units overlap.
    #[error("unit {unit} lies on a side of arc {arc} that another ring has taken")]
    SideTaken {
        /// The later of the two units.
        unit: usize,
        /// The arc between them.
        arc: usize,
    },
    /// A ring is empty, or an arc of it does not begin where the one before ends.
    #[error("a ring of unit {0} is not closed")]
    Open(usize),
}

/// Units, their arcs, and an index to find the unit at a place. Immutable once made.
#[derive(Clone, Debug)]
pub struct Topology {
    arcs: Vec<Arc>,
    units: Vec<UnitShape>,
    grid: HitGrid,
}

impl Topology {
    /// Puts arcs and units together, finds the two sides of every arc and indexes the units for [`Topology::unit_at`].
    ///
    /// # Errors
    /// Names the first arc or unit that breaks a rule of [`TopologyError`].
    pub fn new(arcs: Vec<RawArc>, units: Vec<RawUnit>) -> Result<Self, TopologyError> {
        let mut arcs: Vec<Arc> = arcs.into_iter().enumerate().map(|(ix, raw)| arc_from_raw(ix, raw)).collect::<Result<_, _>>()?;
        for (ix, unit) in units.iter().enumerate() {
            for ring in unit.polygons.iter().flat_map(Polygon::rings) {
                take_sides(&mut arcs, ix, ring)?;
            }
        }
        let units: Vec<UnitShape> = units.into_iter().map(|raw| shape_from_raw(&arcs, raw)).collect();
        let grid = HitGrid::new(&arcs, &units);
        Ok(Self { arcs, units, grid })
    }

    /// Every arc; an [`ArcIx`] is a place in this list.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// Every unit; a [`UnitIx`] is a place in this list.
    pub fn units(&self) -> &[UnitShape] {
        &self.units
    }

    /// One arc. Panics for a number from another topology.
    pub fn arc(&self, arc: ArcIx) -> &Arc {
        &self.arcs[arc.index()]
    }

    /// One unit's shape. Panics for a number from another topology.
    pub fn unit(&self, unit: UnitIx) -> &UnitShape {
        &self.units[unit.index()]
    }

    /// The numbers of all units, in order.
    pub fn unit_ixs(&self) -> impl Iterator<Item = UnitIx> + use<> {
        (0..self.units.len() as u32).map(UnitIx)
    }

    /// The numbers of all arcs, in order.
    pub fn arc_ixs(&self) -> impl Iterator<Item = ArcIx> + use<> {
        (0..self.arcs.len() as u32).map(ArcIx)
    }

    /// The unit to the left of an arc as it is walked; `None` is sea.
    pub fn left_of(&self, arc: ArcRef) -> Option<UnitIx> {
        let it = self.arc(arc.arc());
        if arc.is_reversed() { it.right } else { it.left }
    }

    /// The points of a ring that stand at a level: `[lon, lat]`, the first repeated at the end. Empty where fewer than three
    /// different ones are left, which means that the ring is too small to be seen at that level.
    pub fn ring_points(&self, ring: &Ring, level: Level) -> Vec<[f64; 2]> {
        let mut points: Vec<[f64; 2]> = Vec::new();
        for &walk in &ring.0 {
            points.pop();
            let at_level = self.arc(walk.arc()).at_level(level);
            if walk.is_reversed() { points.extend(at_level.rev()) } else { points.extend(at_level) }
        }
        if points.len() < 4 { Vec::new() } else { points }
    }

    /// The rings of a polygon at a level, the outline first, each as in [`Topology::ring_points`]; collapsed holes are left out,
    /// and all of it is empty where the outline collapsed.
    pub fn polygon_points(&self, polygon: &Polygon, level: Level) -> Vec<Vec<[f64; 2]>> {
        let outer = self.ring_points(&polygon.outer, level);
        if outer.is_empty() {
            return Vec::new();
        }
        let holes = polygon.holes.iter().map(|hole| self.ring_points(hole, level)).filter(|ring| !ring.is_empty());
        std::iter::once(outer).chain(holes).collect()
    }

    /// The polygons of a unit at a level, each as in [`Topology::polygon_points`]; those too small to be seen are left out.
    pub fn unit_rings_at_level(&self, unit: UnitIx, level: Level) -> Vec<Vec<Vec<[f64; 2]>>> {
        let polygons = self.unit(unit).polygons.iter();
        polygons.map(|polygon| self.polygon_points(polygon, level)).filter(|rings| !rings.is_empty()).collect()
    }

    /// The unit at a place, at full detail; `None` is sea. A place on a boundary belongs to exactly one side.
    pub fn unit_at(&self, place: LonLat) -> Option<UnitIx> {
        self.grid.unit_at(self, place)
    }

    /// The arcs between two units with different keys: the borders, when the key is the holder. Coasts and seams are not among them.
    pub fn border_arcs<K: PartialEq>(&self, key: impl Fn(UnitIx) -> K) -> impl Iterator<Item = ArcIx> {
        self.arc_ixs().filter(move |&ix| match (self.arc(ix).left, self.arc(ix).right) {
            (Some(left), Some(right)) => key(left) != key(right),
            _ => false,
        })
    }

    /// The arcs between a unit and the sea, without the edge of the map.
    pub fn coast_arcs(&self) -> impl Iterator<Item = ArcIx> {
        self.arc_ixs().filter(|&ix| {
            let arc = self.arc(ix);
            !arc.seam && arc.left.is_some() != arc.right.is_some()
        })
    }
}

fn arc_from_raw(ix: usize, raw: RawArc) -> Result<Arc, TopologyError> {
    let bbox = BoundingBox::of_points(raw.points.iter().copied());
    match bbox {
        Some(bbox) if raw.points.len() >= 2 && raw.ranks.len() == raw.points.len() => {
            Ok(Arc { points: raw.points, ranks: raw.ranks, left: None, right: None, seam: raw.seam, approximate: raw.approximate, bbox })
        }
        _ => Err(TopologyError::Arc(ix)),
    }
}

/// Writes `unit` onto the left sides of the ring's arcs and checks that they follow on each other.
fn take_sides(arcs: &mut [Arc], unit: usize, ring: &Ring) -> Result<(), TopologyError> {
    let mut end: Option<[f64; 2]> = ring.0.last().and_then(|&walk| last_point(arcs, walk));
    for &walk in &ring.0 {
        let ix = walk.arc().index();
        let arc = arcs.get_mut(ix).ok_or(TopologyError::NoSuchArc { unit, arc: ix })?;
        let side = if walk.is_reversed() { &mut arc.right } else { &mut arc.left };
        if side.replace(UnitIx(unit as u32)).is_some() {
            return Err(TopologyError::SideTaken { unit, arc: ix });
        }
        if end.is_none() || end != last_point(arcs, walk.reversed()) {
            return Err(TopologyError::Open(unit));
        }
        end = last_point(arcs, walk);
    }
    if end.is_none() { Err(TopologyError::Open(unit)) } else { Ok(()) }
}

fn last_point(arcs: &[Arc], walk: ArcRef) -> Option<[f64; 2]> {
    let points = &arcs.get(walk.arc().index())?.points;
    if walk.is_reversed() { points.first().copied() } else { points.last().copied() }
}

fn shape_from_raw(arcs: &[Arc], raw: RawUnit) -> UnitShape {
    let boxes = raw.polygons.iter().filter_map(|polygon| ring_bbox(arcs, &polygon.outer));
    let bbox = boxes.reduce(|a, b| a.union(&b)).unwrap_or(BoundingBox::new(0.0, 0.0, 0.0, 0.0));
    UnitShape { polygons: raw.polygons, bbox, area_km2: raw.area_km2, label_point: raw.label_point }
}

/// The box around a ring, from the boxes of its arcs; `None` for an empty ring.
pub(super) fn ring_bbox(arcs: &[Arc], ring: &Ring) -> Option<BoundingBox> {
    ring.0.iter().map(|walk| arcs[walk.arc().index()].bbox).reduce(|a, b| a.spanning(b))
}
