//! The style tables of one land on the GPU. A change of date rewrites only the rows that differ from what is there.

use std::sync::Arc;

use bytemuck::Pod;
use eframe::wgpu;

use super::{
    chains::Nodes,
    ground::SHEET_UNITS,
    level::LevelBuffers,
    status::PaintStatus,
    tables::{self, TABLE_WIDTH},
    worker::Wanted,
};
use crate::scene::WorldLayer;

/// A table on the GPU with a copy of what it holds.
struct Table<T> {
    texture: wgpu::Texture,
    held: Vec<T>,
}

impl<T: Pod + PartialEq + Default> Table<T> {
    /// A table of zeros with room for so many texels.
    fn new(device: &wgpu::Device, label: &str, format: wgpu::TextureFormat, texels: usize) -> Self {
        let rows = texels.div_ceil(TABLE_WIDTH).max(1);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some(label),
            size: wgpu::Extent3d { width: TABLE_WIDTH as u32, height: rows as u32, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        Self { texture, held: vec![T::default(); rows * TABLE_WIDTH] }
    }

    fn has_room_for(&self, texels: usize) -> bool {
        texels <= self.held.len()
    }

    /// Sends the rows that differ and gives the number of bytes.
    fn write(&mut self, queue: &wgpu::Queue, texels: &[T]) -> usize {
        let mut sent = 0;
        for (row, (new, held)) in texels.chunks_exact(TABLE_WIDTH).zip(self.held.chunks_exact_mut(TABLE_WIDTH)).enumerate() {
            if new != held {
                held.copy_from_slice(new);
                sent += send_row(queue, &self.texture, row as u32, bytemuck::cast_slice(new));
            }
        }
        sent
    }

    fn view(&self) -> wgpu::TextureView {
        self.texture.create_view(&wgpu::TextureViewDescriptor::default())
    }
}

fn send_row(queue: &wgpu::Queue, texture: &wgpu::Texture, row: u32, bytes: &[u8]) -> usize {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d { x: 0, y: row, z: 0 },
            aspect: wgpu::TextureAspect::All,
        },
        bytes,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(bytes.len() as u32), rows_per_image: None },
        wgpu::Extent3d { width: TABLE_WIDTH as u32, height: 1, depth_or_array_layers: 1 },
    );
    bytes.len()
}

/// The tables of one land, with the bind group that shows them to the shaders.
pub(super) struct StyleSet {
    /// Kept alive, so that no other land can come to lie at the same address.
    pub layer: Arc<WorldLayer>,
    /// The lengths of arcs differ from level to level, and with them the places of dashes.
    of: Wanted,
    units: Table<u16>,
    palette: Table<[u8; 4]>,
    arcs: Table<u32>,
    pub bind_group: wgpu::BindGroup,
    /// When it was last used, for choosing which one to overwrite.
    pub used: u64,
}

/// What a set is written with.
pub(super) struct Writer<'a> {
    pub device: &'a wgpu::Device,
    pub queue: &'a wgpu::Queue,
    pub layout: &'a wgpu::BindGroupLayout,
    pub status: &'a PaintStatus,
    pub level: &'a LevelBuffers,
    pub nodes: &'a Nodes,
}

impl Writer<'_> {
    fn arcs(&self, layer: &WorldLayer) -> Vec<u32> {
        tables::arcs(layer, self.level, self.nodes)
    }
}

impl StyleSet {
    pub fn new(writer: &Writer, layer: Arc<WorldLayer>) -> Self {
        let device = writer.device;
        let units = Table::new(device, "map units", wgpu::TextureFormat::R16Uint, writer.level.land().len() + SHEET_UNITS);
        let palette = Table::new(device, "map palette", wgpu::TextureFormat::Rgba8Unorm, tables::palette(&layer).len());
        let arcs = Table::new(device, "map arcs", wgpu::TextureFormat::R32Uint, writer.level.arc_lengths.len());
        let bind_group = bind(writer, &units, &palette, &arcs);
        let mut it = Self { layer, of: writer.level.wanted, units, palette, arcs, bind_group, used: 0 };
        it.send(writer);
        it
    }

    pub fn shows(&self, layer: &Arc<WorldLayer>) -> bool {
        Arc::ptr_eq(&self.layer, layer)
    }

    /// Puts another land in its place.
    pub fn overwrite(&mut self, writer: &Writer, layer: Arc<WorldLayer>) {
        (self.layer, self.of) = (layer, writer.level.wanted);
        self.send(writer);
    }

    /// Moves the dashes to where they are at the level that is drawn.
    pub fn follow_level(&mut self, writer: &Writer) {
        if self.of != writer.level.wanted {
            self.of = writer.level.wanted;
            writer.status.count_style(self.arcs.write(writer.queue, &writer.arcs(&self.layer)));
        }
    }

    fn send(&mut self, writer: &Writer) {
        let palette = tables::palette(&self.layer);
        if !self.palette.has_room_for(palette.len()) {
            self.palette = Table::new(writer.device, "map palette", wgpu::TextureFormat::Rgba8Unorm, palette.len());
            self.bind_group = bind(writer, &self.units, &self.palette, &self.arcs);
        }
        let sent = self.units.write(writer.queue, &tables::units(&self.layer, writer.level.land().len()))
            + self.palette.write(writer.queue, &palette)
            + self.arcs.write(writer.queue, &writer.arcs(&self.layer));
        writer.status.count_style(sent);
    }
}

fn bind(writer: &Writer, units: &Table<u16>, palette: &Table<[u8; 4]>, arcs: &Table<u32>) -> wgpu::BindGroup {
    let views = [units.view(), palette.view(), arcs.view()];
    let entry = |(binding, view)| wgpu::BindGroupEntry { binding, resource: wgpu::BindingResource::TextureView(view) };
    let entries: Vec<wgpu::BindGroupEntry> = (0..).zip(&views).map(entry).collect();
    writer.device.create_bind_group(&wgpu::BindGroupDescriptor { label: Some("map style"), layout: writer.layout, entries: &entries })
}
