//! The geometry of one level of detail in one projection, as plain numbers ready for the GPU.

use std::{f32, ops::Range, sync::Arc};

use crate::{
    geometry::{
        LonLat, Projection, Topology, densify,
        globe::on_ball,
        topology::{self, Level},
        triangulate::WorldMesh,
    },
    model::Atlas,
};

/// Where the units and arcs come from.
#[derive(Clone, Debug)]
pub enum Ground {
    /// The whole atlas: arcs between countries are kept together, which saves draw calls.
    Atlas(Arc<Atlas>),
    /// Shapes alone.
    Topology(Arc<Topology>),
}

impl Ground {
    /// The shapes.
    pub fn topology(&self) -> &Topology {
        match self {
            Self::Atlas(atlas) => &atlas.partition.topology,
            Self::Topology(topology) => topology,
        }
    }

    /// True where an arc lies within one country of today: rarely drawn.
    fn is_inner(&self, left: Option<usize>, right: Option<usize>) -> bool {
        match (self, left, right) {
            (Self::Atlas(atlas), Some(left), Some(right)) => atlas.partition.units[left].country == atlas.partition.units[right].country,
            (Self::Topology(_), left, right) => left.is_some() && right.is_some(),
            _ => false,
        }
    }
}

impl From<Arc<Atlas>> for Ground {
    fn from(atlas: Arc<Atlas>) -> Self {
        Self::Atlas(atlas)
    }
}

impl From<Arc<Topology>> for Ground {
    fn from(topology: Arc<Topology>) -> Self {
        Self::Topology(topology)
    }
}

/// A box in world units: west, south, east, north. Nothing lies in [`Bounds::NONE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds(pub [f32; 4]);

impl Bounds {
    /// Around everything.
    pub const ALL: Self = Self([f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY]);
    pub const NONE: Self = Self([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY]);

    fn add(&mut self, [x, y]: [f32; 2]) {
        let [west, south, east, north] = self.0;
        self.0 = [west.min(x), south.min(y), east.max(x), north.max(y)];
    }

    /// The longer side.
    pub fn extent(&self) -> f32 {
        let [west, south, east, north] = self.0;
        (east - west).max(north - south)
    }

    pub fn meets(&self, other: &Self) -> bool {
        let ([west, south, east, north], [other_west, other_south, other_east, other_north]) = (self.0, other.0);
        west <= other_east && other_west <= east && south <= other_north && other_south <= north
    }
}

/// A unit or an arc in its buffer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// Indices of triangles, or instances of segments.
    pub range: Range<u32>,
    pub bounds: Bounds,
}

/// An arc in its buffer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ArcPart {
    /// Its number in the topology; one past the last is the outline of the world.
    pub arc: u32,
    pub part: Part,
}

/// What the ground is: a sheet, laid out once, or a ball that the shader turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Flat,
    Ball,
}

impl Shape {
    pub const fn of(projection: Projection) -> Self {
        match projection {
            Projection::Globe => Self::Ball,
            Projection::Mercator | Projection::EqualEarth => Self::Flat,
        }
    }

    /// Coordinates of a place in the buffers.
    pub const fn axes(self) -> usize {
        match self {
            Self::Flat => 2,
            Self::Ball => 3,
        }
    }
}

/// The triangles and lines of a level.
#[derive(Clone, Debug)]
pub(super) struct GroundMesh {
    projection: Projection,
    shape: Shape,
    /// Coordinates (as bits) and unit of each corner, one after the other; the last two units are the water and the page, without any where the
    /// ground is a ball.
    pub corners: Vec<u32>,
    pub indices: Vec<u32>,
    /// By unit; then the water, then the page.
    pub units: Vec<Part>,
    /// Coordinates, distance along the arc (as bits) and arc of each point, one after the other; one more at the beginning and two more at the end,
    /// which belong to none.
    pub points: Vec<u32>,
    /// In the order of the buffer.
    pub arcs: Vec<ArcPart>,
    /// The length of each arc in world units, by its number.
    pub arc_lengths: Vec<f32>,
}

/// Marks a point that is only there to be a neighbour; as in `map.wgsl`.
const GHOST: u32 = 0x8000_0000;
/// How far the page reaches from the middle of the map, in world units: beyond the screen at the furthest look.
const PAGE_UNITS: f64 = 40.0;
/// Points beside those of the arcs, at most: of the edge of the map, and neighbours of closed arcs.
const SPARE_POINTS: usize = 4096;
/// Units beside the land: water and page.
pub(super) const SHEET_UNITS: usize = 2;

/// The arcs in the order in which the buffers hold them: coasts and borders between countries before arcs within countries, and each lot along
/// a curve that keeps what is near together, so that what is seen makes few runs.
pub(super) fn drawing_order(ground: &Ground) -> Vec<u32> {
    let arcs = ground.topology().arcs();
    let mut order: Vec<(bool, u64, u32)> = Vec::with_capacity(arcs.len());
    for (ix, arc) in arcs.iter().enumerate() {
        let (lon, lat) = ((arc.bbox.west + arc.bbox.east) / 2.0, (arc.bbox.south + arc.bbox.north) / 2.0);
        let cell = |degrees: f64| ((degrees + 180.0) / 360.0 * 4095.0).clamp(0.0, 4095.0) as u64;
        let inner = ground.is_inner(arc.left.map(|unit| unit.index()), arc.right.map(|unit| unit.index()));
        order.push((inner, spread(cell(lon)) | spread(cell(lat)) << 1, ix as u32));
    }
    order.sort_unstable();
    order.into_iter().map(|(.., ix)| ix).collect()
}

/// Puts a zero between each two of the lowest 16 bits.
fn spread(bits: u64) -> u64 {
    (0..16).map(|bit| (bits >> bit & 1) << (2 * bit)).sum()
}

/// A place as it goes into the buffers.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// As many as the shape has axes.
    coordinates: [f64; 3],
    /// World units: what bounds are made of.
    world: [f32; 2],
}

impl Spot {
    /// Of a place in degrees, which are rounded as the triangles have them, so that lines lie exactly on the edges of fills.
    fn new(projection: Projection, [lon, lat]: [f32; 2]) -> Self {
        let point = projection.project(LonLat::new(f64::from(lon), f64::from(lat)));
        let coordinates = match Shape::of(projection) {
            Shape::Flat => [point.x, point.y, 0.0],
            Shape::Ball => on_ball(point),
        };
        Self { coordinates, world: [point.x as f32, point.y as f32] }
    }

    /// Of a place of a flat map.
    fn flat(x: f64, y: f64) -> Self {
        Self { coordinates: [x, y, 0.0], world: [x as f32, y as f32] }
    }

    fn words(&self, shape: Shape) -> impl Iterator<Item = u32> {
        self.coordinates.into_iter().take(shape.axes()).map(|number| (number as f32).to_bits())
    }

    fn distance(&self, other: &Self) -> f64 {
        (0..3).map(|axis| (self.coordinates[axis] - other.coordinates[axis]).powi(2)).sum::<f64>().sqrt()
    }

    fn is_at(&self, other: &Self) -> bool {
        self.coordinates.map(|number| number as f32) == other.coordinates.map(|number| number as f32)
    }
}

/// The points of an arc as the triangles have them.
fn degrees(arc: &topology::Arc, level: Level) -> impl Iterator<Item = [f32; 2]> {
    arc.at_level(level).map(|point| point.map(|degrees| degrees as f32))
}

impl GroundMesh {
    /// Lays out the triangles of `mesh` and the arcs. `mesh` is of the same level, and used up: the finest level is the most that the program ever
    /// holds, so that nothing of it is there twice.
    pub fn new(ground: &Ground, order: &[u32], mesh: WorldMesh, projection: Projection, level: Level) -> Self {
        let mesh = if Shape::of(projection) == Shape::Ball { densify::mesh(mesh) } else { mesh };
        let mut it = Self::empty(projection, order.len(), &mesh);
        it.add_units(mesh);
        it.add_sheet();
        let arcs = || order.iter().map(|&ix| (ix, &ground.topology().arcs()[ix as usize])).filter(|(_, arc)| !arc.seam);
        let points_of = |arc: &topology::Arc| match it.shape {
            Shape::Flat => degrees(arc, level).count(),
            Shape::Ball => densify::line(degrees(arc, level)).len(),
        };
        let point_count: usize = arcs().map(|(_, arc)| points_of(arc)).sum();
        it.points.reserve_exact((point_count + SPARE_POINTS) * it.point_words());
        for (ix, arc) in arcs() {
            match it.shape {
                Shape::Flat => it.add_arc(ix, degrees(arc, level).map(|point| Spot::new(projection, point))),
                Shape::Ball => it.add_arc(ix, densify::line(degrees(arc, level)).into_iter().map(|point| Spot::new(projection, point))),
            }
        }
        it.add_outline(order.len() as u32);
        it
    }

    /// Page, water and the edge of the map, without any land: what there is to see until the first level is ready. Costs next to nothing.
    pub fn without_land(ground: &Ground, projection: Projection) -> Self {
        let (unit_count, arc_count) = (ground.topology().units().len(), ground.topology().arcs().len());
        let mut it = Self::empty(projection, arc_count, &WorldMesh::default());
        it.units.resize(unit_count, Part { range: 0..0, bounds: Bounds::NONE });
        it.add_sheet();
        it.add_outline(arc_count as u32);
        it
    }

    fn empty(projection: Projection, arc_count: usize, mesh: &WorldMesh) -> Self {
        let shape = Shape::of(projection);
        let mut it = Self {
            projection,
            shape,
            corners: Vec::with_capacity((mesh.positions.len() + 256) * (shape.axes() + 1)),
            indices: Vec::new(),
            units: Vec::with_capacity(mesh.unit_ranges.len() + SHEET_UNITS),
            points: Vec::new(),
            arcs: Vec::with_capacity(arc_count + 1),
            arc_lengths: vec![0.0; arc_count + 1],
        };
        it.add_no_point();
        it
    }

    /// Bytes that the buffers take on the GPU.
    pub fn byte_count(&self) -> usize {
        size_of_val(&*self.corners) + size_of_val(&*self.indices) + size_of_val(&*self.points)
    }

    fn add_units(&mut self, mesh: WorldMesh) {
        let WorldMesh { mut positions, units, indices, unit_ranges } = mesh;
        for (place, &unit) in positions.iter_mut().zip(&units) {
            let spot = Spot::new(self.projection, *place);
            self.add_corner(&spot, unit);
            *place = spot.world;
        }
        for range in unit_ranges {
            let mut bounds = Bounds::NONE;
            indices[range.start as usize..range.end as usize].iter().for_each(|&corner| bounds.add(positions[corner as usize]));
            self.units.push(Part { range, bounds });
        }
        self.indices = indices;
    }

    fn add_corner(&mut self, spot: &Spot, unit: u32) {
        self.corners.extend(spot.words(self.shape));
        self.corners.push(unit);
    }

    /// Water and page as two more units: the whole map, and what is beyond it. Those of a ball are empty: its edge is not a place of the earth.
    fn add_sheet(&mut self) {
        if self.shape == Shape::Ball {
            let end = self.indices.len() as u32;
            self.units.extend([(); SHEET_UNITS].map(|()| Part { range: end..end, bounds: Bounds::NONE }));
            return;
        }
        let outline: Vec<Spot> = self.projection.outline().iter().map(|point| Spot::flat(point.x, point.y)).collect();
        self.add_fan(&outline);
        let far = PAGE_UNITS;
        self.add_fan(&[[-far, -far], [far, -far], [far, far], [-far, far]].map(|[x, y]| Spot::flat(x, y)));
    }

    /// One more unit, of a convex outline.
    fn add_fan(&mut self, ring: &[Spot]) {
        let (unit, start) = (self.units.len() as u32, self.indices.len() as u32);
        let first = (self.corners.len() / (self.shape.axes() + 1)) as u32;
        let mut bounds = Bounds::NONE;
        for spot in ring {
            bounds.add(spot.world);
            self.add_corner(spot, unit);
        }
        self.indices.extend((1..ring.len() as u32 - 1).flat_map(|ix| [first, first + ix, first + ix + 1]));
        self.units.push(Part { range: start..self.indices.len() as u32, bounds });
    }

    /// The edge of the map as one more arc. Mercator repeats itself, and no line stands where one world ends and the next begins.
    fn add_outline(&mut self, arc: u32) {
        if self.projection == Projection::EqualEarth {
            let outline = self.projection.outline();
            let closed: Vec<Spot> = outline.iter().chain(outline.first()).map(|point| Spot::flat(point.x, point.y)).collect();
            self.add_arc(arc, closed.into_iter());
        }
        self.add_no_point();
        self.add_no_point();
    }

    fn add_arc(&mut self, arc: u32, line: impl Iterator<Item = Spot>) {
        let start = self.point_count();
        let (mut bounds, mut along, mut last): (Bounds, f64, Option<Spot>) = (Bounds::NONE, 0.0, None);
        for spot in line {
            if last.is_some_and(|last| last.is_at(&spot)) {
                continue;
            }
            along += last.map_or(0.0, |last| last.distance(&spot));
            bounds.add(spot.world);
            self.points.extend(spot.words(self.shape));
            self.points.extend([(along as f32).to_bits(), arc]);
            last = Some(spot);
        }
        if self.point_count() < start + 2 {
            self.points.truncate(start * self.point_words());
            return;
        }
        self.close(start);
        self.arc_lengths[arc as usize] = along as f32;
        let range = start as u32 - 1..self.point_count() as u32 - 2;
        self.arcs.push(ArcPart { arc, part: Part { range, bounds } });
    }

    /// Words of a point in the buffer.
    const fn point_words(&self) -> usize {
        self.shape.axes() + 2
    }

    fn point_count(&self) -> usize {
        self.points.len() / self.point_words()
    }

    /// A point that belongs to no arc.
    fn add_no_point(&mut self) {
        self.points.extend(std::iter::repeat_n(0, self.point_words() - 1));
        self.points.push(u32::MAX);
    }

    /// Gives a closed arc its neighbours beyond both ends, so that it is joined there like everywhere.
    fn close(&mut self, start: usize) {
        let (words, axes, count) = (self.point_words(), self.shape.axes(), self.point_count() - start);
        let point = |at: usize| &self.points[(start + at) * words..(start + at + 1) * words];
        if count < 4 || point(0)[..axes] != point(count - 1)[..axes] {
            return;
        }
        let ghost = |at: usize| {
            let mut ghost = point(at).to_vec();
            ghost[words - 1] |= GHOST;
            ghost
        };
        let (before, after) = (ghost(count - 2), ghost(1));
        self.points.splice(start * words..start * words, before);
        self.points.extend(after);
    }
}
