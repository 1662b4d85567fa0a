//! The five pipelines of a ground, flat or ball. They share one shader and one layout.

use eframe::wgpu;

use super::{ground::Shape, view::VIEW_FLOATS};

/// Bytes of a number of the buffers.
const WORD: u64 = 4;

/// Bytes of a corner of a triangle: its coordinates, unit.
const fn corner_bytes(shape: Shape) -> u64 {
    (shape.axes() as u64 + 1) * WORD
}

/// Bytes of a point of a line: its coordinates, distance along, arc.
pub(super) const fn point_bytes(shape: Shape) -> u64 {
    (shape.axes() as u64 + 2) * WORD
}

/// How the map is drawn, back to front.
pub(super) struct Pipelines {
    pub fills: wgpu::RenderPipeline,
    pub hatches: wgpu::RenderPipeline,
    pub soft: wgpu::RenderPipeline,
    pub quiet: wgpu::RenderPipeline,
    pub strong: wgpu::RenderPipeline,
}

/// How the places of the ground come to the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surface {
    Flat,
    Globe,
    /// The ball, laid out by two projections at once.
    Morph,
}

/// What the shaders are bound to, the same for every ground.
pub(super) struct Layouts {
    pub view: wgpu::BindGroupLayout,
    pub style: wgpu::BindGroupLayout,
}

impl Layouts {
    pub fn new(device: &wgpu::Device) -> Self {
        Self { view: view_layout(device), style: style_layout(device) }
    }
}

impl Pipelines {
    /// Those of a surface; round ones draw nothing outside of the view's circle, which whole maps do not pay for.
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat, layouts: &Layouts, (surface, is_round): (Surface, bool)) -> Self {
        let (ground, shape) = match surface {
            Surface::Flat => (include_str!("flat.wgsl"), Shape::Flat),
            Surface::Globe => (include_str!("globe.wgsl"), Shape::Ball),
            Surface::Morph => (include_str!("morph.wgsl"), Shape::Ball),
        };
        let source = format!("{ground}\n{}", include_str!("map.wgsl"));
        let module = device
            .create_shader_module(wgpu::ShaderModuleDescriptor { label: Some("map"), source: wgpu::ShaderSource::Wgsl(source.into()) });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("map"),
            bind_group_layouts: &[Some(&layouts.view), Some(&layouts.style), Some(&layouts.style)],
            immediate_size: 0,
        });
        let press = Press { device, module: &module, layout: &layout, target, shape, is_round };
        Self {
            fills: press.triangles("vs_fill", "fs_fill"),
            hatches: press.triangles("vs_hatch", "fs_hatch"),
            soft: press.lines("vs_soft", "fs_soft"),
            quiet: press.lines("vs_quiet", "fs_quiet"),
            strong: press.lines("vs_strong", "fs_line"),
        }
    }
}

/// What all pipelines have in common.
struct Press<'a> {
    device: &'a wgpu::Device,
    module: &'a wgpu::ShaderModule,
    layout: &'a wgpu::PipelineLayout,
    target: wgpu::TextureFormat,
    shape: Shape,
    is_round: bool,
}

impl Press<'_> {
    fn triangles(&self, vertex: &str, fragment: &str) -> wgpu::RenderPipeline {
        let (format, unit_at) = (self.coordinates(), self.shape.axes() as u64 * WORD);
        let attributes = [attribute(0, 0, format), attribute(1, unit_at, wgpu::VertexFormat::Uint32)];
        let array_stride = corner_bytes(self.shape);
        let buffer = wgpu::VertexBufferLayout { array_stride, step_mode: wgpu::VertexStepMode::Vertex, attributes: &attributes };
        // Fills are opaque: the scene mixes opacities into their colours.
        self.pipeline([vertex, fragment], &[Some(buffer)], wgpu::PrimitiveTopology::TriangleList, None)
    }

    /// One point buffer four times, each one point further on: see `Segment` in the shader.
    fn lines(&self, vertex: &str, fragment: &str) -> wgpu::RenderPipeline {
        let along_at = self.shape.axes() as u64 * WORD;
        let point =
            |location| [attribute(location, 0, self.coordinates()), attribute(location + 1, along_at + WORD, wgpu::VertexFormat::Uint32)];
        let [coordinates, arc] = point(2);
        let from = [coordinates, arc, attribute(8, along_at, wgpu::VertexFormat::Float32)];
        let (before, to, after) = (point(0), point(4), point(6));
        let array_stride = point_bytes(self.shape);
        let buffers = [&before[..], &from, &to, &after]
            .map(|attributes| Some(wgpu::VertexBufferLayout { array_stride, step_mode: wgpu::VertexStepMode::Instance, attributes }));
        self.pipeline(
            [vertex, fragment],
            &buffers,
            wgpu::PrimitiveTopology::TriangleStrip,
            Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
        )
    }

    fn coordinates(&self) -> wgpu::VertexFormat {
        match self.shape {
            Shape::Flat => wgpu::VertexFormat::Float32x2,
            Shape::Ball => wgpu::VertexFormat::Float32x3,
        }
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
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &[("is_round", f64::from(u8::from(self.is_round)))],
                    ..Default::default()
                },
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
