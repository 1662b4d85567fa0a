//! A level of detail on the GPU.

use eframe::wgpu::{self, util::DeviceExt as _};

use super::{
    ground::{ArcPart, GroundMesh, Part, SHEET_UNITS},
    status::PaintStatus,
    worker::Wanted,
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

impl LevelBuffers {
    pub fn new(device: &wgpu::Device, status: &PaintStatus, wanted: Wanted, mesh: GroundMesh) -> Self {
        let byte_count = mesh.byte_count();
        status.count_geometry(byte_count);
        let buffer = |label, contents: &[u8], usage| {
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage })
        };
        Self {
            wanted,
            used: 0,
            byte_count,
            corners: buffer("map corners", bytemuck::cast_slice(&mesh.corners), wgpu::BufferUsages::VERTEX),
            indices: buffer("map triangles", bytemuck::cast_slice(&mesh.indices), wgpu::BufferUsages::INDEX),
            units: mesh.units,
            points: buffer("map lines", bytemuck::cast_slice(&mesh.points), wgpu::BufferUsages::VERTEX),
            arcs: mesh.arcs,
            arc_lengths: mesh.arc_lengths,
        }
    }

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
