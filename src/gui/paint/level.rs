//! A level of detail on the GPU.

use eframe::wgpu::{self, util::DeviceExt as _};

use super::{
    ground::{ArcPart, GroundMesh, Part, SHEET_UNITS},
    status::PaintStatus,
    worker::{Finished, Wanted},
};

/// Stands for the level of a map without land: further from every level than they are from each other.
pub(super) const NO_LAND: u8 = u8::MAX;

/// The buffers of a level, and where everything is in them.
pub(super) struct LevelBuffers {
    pub wanted: Wanted,
    /// When it was drawn last, by the painter's clock.
    pub used: u64,
    /// What it takes on the GPU.
    pub byte_count: usize,
    pub corners: wgpu::Buffer,
    pub indices: wgpu::Buffer,
    /// By unit; then the water, then the page.
    units: Vec<Part>,
    pub points: wgpu::Buffer,
    pub arcs: Vec<ArcPart>,
    /// World units by arc; the edge of the map last.
    pub arc_lengths: Vec<f32>,
}

/// A level on its way to the GPU. A large one goes there a buffer a frame: until a frame is over, the driver holds all that it was handed once more.
pub(super) struct Arriving {
    pub wanted: Wanted,
    byte_count: usize,
    mesh: GroundMesh,
    corners: Option<wgpu::Buffer>,
    indices: Option<wgpu::Buffer>,
}

/// A level that takes no more than this goes to the GPU at once.
const SMALL_BYTES: usize = 4 << 20;

impl Arriving {
    pub fn new(status: &PaintStatus, Finished { wanted, mesh }: Finished) -> Box<Self> {
        let byte_count = mesh.byte_count();
        status.count_geometry(byte_count);
        Box::new(Self { wanted, byte_count, mesh, corners: None, indices: None })
    }

    /// All of it.
    pub fn at_once(mut self: Box<Self>, device: &wgpu::Device) -> LevelBuffers {
        loop {
            match self.step(device) {
                Ok(level) => return level,
                Err(rest) => self = rest,
            }
        }
    }

    /// Hands over the next buffer, or all of a small level; what is left of it otherwise.
    pub fn step(mut self: Box<Self>, device: &wgpu::Device) -> Result<LevelBuffers, Box<Self>> {
        let is_small = self.byte_count <= SMALL_BYTES;
        let filled = |label, contents: Vec<u32>, usage| {
            let contents = bytemuck::cast_slice(&contents);
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage })
        };
        let corners = match self.corners.take() {
            Some(corners) => corners,
            None => {
                let corners = filled("map corners", std::mem::take(&mut self.mesh.corners), wgpu::BufferUsages::VERTEX);
                if !is_small {
                    self.corners = Some(corners);
                    return Err(self);
                }
                corners
            }
        };
        let indices = match self.indices.take() {
            Some(indices) => indices,
            None => {
                let indices = filled("map triangles", std::mem::take(&mut self.mesh.indices), wgpu::BufferUsages::INDEX);
                if !is_small {
                    (self.corners, self.indices) = (Some(corners), Some(indices));
                    return Err(self);
                }
                indices
            }
        };
        let Self { wanted, byte_count, mesh, .. } = *self;
        Ok(LevelBuffers {
            wanted,
            used: 0,
            byte_count,
            corners,
            indices,
            units: mesh.units,
            points: filled("map lines", mesh.points, wgpu::BufferUsages::VERTEX),
            arcs: mesh.arcs,
            arc_lengths: mesh.arc_lengths,
        })
    }
}

impl LevelBuffers {
    /// The units of land, by number.
    pub fn land(&self) -> &[Part] {
        &self.units[..self.units.len() - SHEET_UNITS]
    }

    /// The water of the whole map.
    pub fn water(&self) -> &Part {
        &self.units[self.units.len() - 2]
    }

    /// What lies beyond the map.
    pub fn page(&self) -> &Part {
        &self.units[self.units.len() - 1]
    }

    /// The number of the arc that is the edge of the map.
    pub fn outline(&self) -> u32 {
        self.arc_lengths.len() as u32 - 1
    }
}
