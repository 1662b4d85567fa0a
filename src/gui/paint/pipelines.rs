//! The five pipelines of the map. They share one shader and one layout.

use eframe::wgpu;

use super::view::VIEW_FLOATS;

/// Bytes of a corner of a triangle: x, y, unit.
const CORNER_BYTES: u64 = 12;
/// Bytes of a point of a line: x, y, distance along, arc.
pub(super) const POINT_BYTES: u64 = 16;

/// How the map is drawn, back to front.
pub(super) struct Pipelines {
    pub fills: wgpu::RenderPipeline,
    pub hatches: wgpu::RenderPipeline,
    pub soft: wgpu::RenderPipeline,
    pub quiet: wgpu::RenderPipeline,
    pub strong: wgpu::RenderPipeline,
    pub view_layout: wgpu::BindGroupLayout,
    pub style_layout: wgpu::BindGroupLayout,
}

impl Pipelines {
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let module = device.create_shader_module(wgpu::include_wgsl!("map.wgsl"));
        let (view_layout, style_layout) = (view_layout(device), style_layout(device));
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("map"),
            bind_group_layouts: &[Some(&view_layout), Some(&style_layout), Some(&style_layout)],
            immediate_size: 0,
        });
        let press = Press { device, module: &module, layout: &layout, target };
        Self {
            fills: press.triangles("vs_fill", "fs_fill"),
            hatches: press.triangles("vs_hatch", "fs_hatch"),
            soft: press.lines("vs_soft", "fs_soft"),
            quiet: press.lines("vs_quiet", "fs_quiet"),
            strong: press.lines("vs_strong", "fs_line"),
            view_layout,
            style_layout,
        }
    }
}

/// What all pipelines have in common.
struct Press<'a> {
    device: &'a wgpu::Device,
    module: &'a wgpu::ShaderModule,
    layout: &'a wgpu::PipelineLayout,
    target: wgpu::TextureFormat,
}

impl Press<'_> {
    fn triangles(&self, vertex: &str, fragment: &str) -> wgpu::RenderPipeline {
        let attributes = wgpu::vertex_attr_array![0 => Float32x2, 1 => Uint32];
        let buffer =
            wgpu::VertexBufferLayout { array_stride: CORNER_BYTES, step_mode: wgpu::VertexStepMode::Vertex, attributes: &attributes };
        // Fills are opaque: the scene mixes opacities into their colours.
        self.pipeline([vertex, fragment], &[Some(buffer)], wgpu::PrimitiveTopology::TriangleList, None)
    }

    /// One point buffer four times, each one point further on: see `Segment` in the shader.
    fn lines(&self, vertex: &str, fragment: &str) -> wgpu::RenderPipeline {
        let neighbour =
            |location| [attribute(location, 0, wgpu::VertexFormat::Float32x2), attribute(location + 1, 12, wgpu::VertexFormat::Uint32)];
        let from = [attribute(2, 0, wgpu::VertexFormat::Float32x3), attribute(3, 12, wgpu::VertexFormat::Uint32)];
        let attributes = [neighbour(0), from, neighbour(4), neighbour(6)];
        let buffers = attributes.each_ref().map(|attributes| {
            Some(wgpu::VertexBufferLayout { array_stride: POINT_BYTES, step_mode: wgpu::VertexStepMode::Instance, attributes })
        });
        self.pipeline(
            [vertex, fragment],
            &buffers,
            wgpu::PrimitiveTopology::TriangleStrip,
            Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
        )
    }

    fn pipeline(
        &self,
        [vertex, fragment]: [&str; 2],
        buffers: &[Option<wgpu::VertexBufferLayout>],
        topology: wgpu::PrimitiveTopology,
        blend: Option<wgpu::BlendState>,
    ) -> wgpu::RenderPipeline {
        self.device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(fragment),
            layout: Some(self.layout),
            vertex: wgpu::VertexState {
                module: self.module,
                entry_point: Some(vertex),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers,
            },
            primitive: wgpu::PrimitiveState { topology, ..Default::default() },
            depth_stencil: None,
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module: self.module,
                entry_point: Some(fragment),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(wgpu::ColorTargetState { format: self.target, blend, write_mask: wgpu::ColorWrites::ALL })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}

const fn attribute(shader_location: u32, offset: u64, format: wgpu::VertexFormat) -> wgpu::VertexAttribute {
    wgpu::VertexAttribute { format, offset, shader_location }
}

fn view_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("map view"),
        entries: &[wgpu::BindGroupLayoutEntry {
            binding: 0,
            visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
            ty: wgpu::BindingType::Buffer {
                ty: wgpu::BufferBindingType::Uniform,
                has_dynamic_offset: true,
                min_binding_size: std::num::NonZeroU64::new(VIEW_FLOATS as u64 * 4),
            },
            count: None,
        }],
    })
}

fn style_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let numbers = wgpu::TextureSampleType::Uint;
    let colors = wgpu::TextureSampleType::Float { filterable: false };
    let entry = |(binding, sample_type)| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Texture { sample_type, view_dimension: wgpu::TextureViewDimension::D2, multisampled: false },
        count: None,
    };
    let entries: Vec<wgpu::BindGroupLayoutEntry> = (0..).zip([numbers, colors, numbers]).map(entry).collect();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some("map style"), entries: &entries })
}
