//! The geometry of one level of detail in one projection, as plain numbers ready for the GPU.

use std::{f32, ops::Range, sync::Arc};

use crate::{
    geometry::{LonLat, Projection, Topology, topology::Level, triangulate::WorldMesh},
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

/// The triangles and lines of a level.
#[derive(Clone, Debug)]
pub(super) struct GroundMesh {
    projection: Projection,
    /// x, y (as bits) and unit of each corner; the last two units are the water and the page.
    pub corners: Vec<[u32; 3]>,
    pub indices: Vec<u32>,
    /// By unit; then the water, then the page.
    pub units: Vec<Part>,
    /// x, y, distance along the arc (as bits) and arc of each point; one more at the beginning and two more at the end, which belong to none.
    pub points: Vec<[u32; 4]>,
    /// In the order of the buffer.
    pub arcs: Vec<ArcPart>,
    /// The length of each arc in world units, by its number.
    pub arc_lengths: Vec<f32>,
}

/// Marks a point that is only there to be a neighbour; as in `map.wgsl`.
const GHOST: u32 = 0x8000_0000;
const NO_POINT: [u32; 4] = [0, 0, 0, u32::MAX];
/// How far the page reaches from the middle of the map, in world units: beyond the screen at the furthest look.
const PAGE_UNITS: f32 = 40.0;
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

impl GroundMesh {
    /// Lays the triangles of `mesh` and the arcs flat. `mesh` is of the same level.
    pub fn new(ground: &Ground, order: &[u32], mesh: &WorldMesh, projection: Projection, level: Level) -> Self {
        let mut it = Self::empty(projection, order.len(), mesh);
        it.add_units(mesh);
        it.add_sheet();
        for &ix in order {
            let arc = &ground.topology().arcs()[ix as usize];
            if !arc.seam {
                it.add_arc(ix, arc.at_level(level).map(|point| flat(projection, point)));
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
        Self {
            projection,
            corners: Vec::with_capacity(mesh.positions.len() + 256),
            indices: Vec::with_capacity(mesh.indices.len() + 1024),
            units: Vec::with_capacity(mesh.unit_ranges.len() + 1),
            points: vec![NO_POINT],
            arcs: Vec::with_capacity(arc_count + 1),
            arc_lengths: vec![0.0; arc_count + 1],
        }
    }

    /// Bytes that the buffers take on the GPU.
    pub fn byte_count(&self) -> usize {
        size_of_val(&*self.corners) + size_of_val(&*self.indices) + size_of_val(&*self.points)
    }

    fn add_units(&mut self, mesh: &WorldMesh) {
        let (projection, mut flat_corners) = (self.projection, Vec::with_capacity(mesh.positions.len()));
        for (&[lon, lat], &unit) in mesh.positions.iter().zip(&mesh.units) {
            let [x, y] = flat(projection, [f64::from(lon), f64::from(lat)]).map(|number| number as f32);
            self.corners.push([x.to_bits(), y.to_bits(), unit]);
            flat_corners.push([x, y]);
        }
        self.indices.extend_from_slice(&mesh.indices);
        for range in &mesh.unit_ranges {
            let mut bounds = Bounds::NONE;
            mesh.indices[range.start as usize..range.end as usize].iter().for_each(|&corner| bounds.add(flat_corners[corner as usize]));
            self.units.push(Part { range: range.clone(), bounds });
        }
    }

    /// Water and page as two more units: the whole map, and what is beyond it.
    fn add_sheet(&mut self) {
        let outline: Vec<[f32; 2]> = self.projection.outline().iter().map(|point| [point.x as f32, point.y as f32]).collect();
        self.add_fan(&outline);
        let far = PAGE_UNITS;
        self.add_fan(&[[-far, -far], [far, -far], [far, far], [-far, far]]);
    }

    /// One more unit, of a convex outline.
    fn add_fan(&mut self, ring: &[[f32; 2]]) {
        let (unit, first, start) = (self.units.len() as u32, self.corners.len() as u32, self.indices.len() as u32);
        let mut bounds = Bounds::NONE;
        for &[x, y] in ring {
            bounds.add([x, y]);
            self.corners.push([x.to_bits(), y.to_bits(), unit]);
        }
        self.indices.extend((1..ring.len() as u32 - 1).flat_map(|ix| [first, first + ix, first + ix + 1]));
        self.units.push(Part { range: start..self.indices.len() as u32, bounds });
    }

    fn add_outline(&mut self, arc: u32) {
        let outline = self.projection.outline();
        let closed = outline.iter().chain(outline.first()).map(|point| [point.x, point.y]);
        self.add_arc(arc, closed);
        self.points.extend([NO_POINT; 2]);
    }

    fn add_arc(&mut self, arc: u32, line: impl Iterator<Item = [f64; 2]>) {
        let start = self.points.len();
        let (mut bounds, mut along, mut last): (Bounds, f64, Option<[f64; 2]>) = (Bounds::NONE, 0.0, None);
        for [x, y] in line {
            let rounded = [x as f32, y as f32];
            if last.is_some_and(|last| last.map(|number| number as f32) == rounded) {
                continue;
            }
            along += last.map_or(0.0, |last| (x - last[0]).hypot(y - last[1]));
            bounds.add(rounded);
            self.points.push([rounded[0].to_bits(), rounded[1].to_bits(), (along as f32).to_bits(), arc]);
            last = Some([x, y]);
        }
        if self.points.len() < start + 2 {
            self.points.truncate(start);
            return;
        }
        self.close(start);
        self.arc_lengths[arc as usize] = along as f32;
        let range = start as u32 - 1..self.points.len() as u32 - 2;
        self.arcs.push(ArcPart { arc, part: Part { range, bounds } });
    }

    /// Gives a closed arc its neighbours beyond both ends, so that it is joined there like everywhere.
    fn close(&mut self, start: usize) {
        let arc = &self.points[start..];
        let same_place = |a: &[u32; 4], b: &[u32; 4]| a[..2] == b[..2];
        if arc.len() < 4 || !same_place(&arc[0], &arc[arc.len() - 1]) {
            return;
        }
        let ghost = |[x, y, along, arc]: [u32; 4]| [x, y, along, arc | GHOST];
        let (before, after) = (ghost(arc[arc.len() - 2]), ghost(arc[1]));
        self.points.insert(start, before);
        self.points.push(after);
    }
}

/// Where a place lies on the map. Rounds the degrees first, as the triangles have them, so that lines lie exactly on the edges of fills.
fn flat(projection: Projection, [lon, lat]: [f64; 2]) -> [f64; 2] {
    let point = projection.project(LonLat::new(f64::from(lon as f32), f64::from(lat as f32)));
    [point.x, point.y]
}
