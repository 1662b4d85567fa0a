//! Egui's triangles on a machine without a GPU.
//!
//! egui-wgpu's shader can sample a texture in two ways, one of them with integer divisions for every texel, and chooses by a branch. A GPU skips
//! what is not chosen; software GL computes both for every pixel, and that took a third of a frame. Here the same triangles go through a shader
//! that does what is chosen and no more. Machines with a GPU keep egui-wgpu's own renderer.

use std::{collections::HashMap, mem, ops::Range};

use eframe::{
    egui::{
        self, Rect, TextureId,
        epaint::{
            ClippedPrimitive, ClippedShape, ImageData, ImageDelta, Primitive, Vertex,
            textures::{TextureFilter, TextureOptions, TextureWrapMode, TexturesDelta},
        },
    },
    egui_wgpu::{self, CallbackResources, CallbackTrait, RenderState, ScreenDescriptor},
    wgpu,
};

/// Bytes of a corner: position and texture position as floats, four bytes of colour.
const VERTEX_BYTES: u64 = mem::size_of::<Vertex>() as u64;
/// Bytes of the uniform block: width and height of the window in points, and what fills up its sixteen.
const SCREEN_BYTES: u64 = 16;

/// Whether software draws here, in a way that this module knows.
pub fn is_wanted(render_state: &RenderState) -> bool {
    // On a target that encodes sRGB by itself egui converts colours, which this does not.
    render_state.adapter.get_info().device_type == wgpu::DeviceType::Cpu && !render_state.target_format.is_srgb()
}

/// Lets egui's triangles go through the lean shader from now on. Call it before the first frame: textures come once.
pub fn install(ctx: &egui::Context, render_state: &RenderState) {
    ctx.add_plugin(SoftwareUi::new(render_state));
}

/// Takes egui's shapes and textures at the end of each frame and leaves paint callbacks in their place.
struct SoftwareUi {
    device: wgpu::Device,
    queue: wgpu::Queue,
    pipeline: wgpu::RenderPipeline,
    texture_layout: wgpu::BindGroupLayout,
    screen: wgpu::Buffer,
    screen_group: wgpu::BindGroup,
    textures: HashMap<TextureId, Texture>,
    vertices: GrowingBuffer,
    indices: GrowingBuffer,
}

struct Texture {
    texture: wgpu::Texture,
    group: wgpu::BindGroup,
}

/// Triangles between two callbacks of egui's list, painted as one callback.
struct Batch {
    pipeline: wgpu::RenderPipeline,
    screen: wgpu::Buffer,
    screen_group: wgpu::BindGroup,
    vertices: wgpu::Buffer,
    indices: wgpu::Buffer,
    draws: Vec<Draw>,
}

struct Draw {
    clip: Rect,
    texture: wgpu::BindGroup,
    indices: Range<u32>,
    first_vertex: i32,
}

impl SoftwareUi {
    fn new(RenderState { device, queue, target_format, .. }: &RenderState) -> Self {
        let (screen_layout, texture_layout) = (screen_layout(device), texture_layout(device));
        let screen = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("window size"),
            size: SCREEN_BYTES,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let screen_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("window size"),
            layout: &screen_layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: screen.as_entire_binding() }],
        });
        Self {
            device: device.clone(),
            queue: queue.clone(),
            pipeline: pipeline(device, *target_format, [&screen_layout, &texture_layout]),
            texture_layout,
            screen,
            screen_group,
            textures: HashMap::new(),
            vertices: GrowingBuffer::new(device, wgpu::BufferUsages::VERTEX),
            indices: GrowingBuffer::new(device, wgpu::BufferUsages::INDEX),
        }
    }

    /// Writes new and changed textures and forgets the freed ones. What is drawn in this frame holds on to its own.
    fn take_textures(&mut self, delta: &mut TexturesDelta) {
        for (id, image) in delta.set.drain().flat_map(|(id, images)| images.into_iter().map(move |image| (id, image))) {
            if image.pos.is_none() {
                let texture = self.new_texture(&image);
                self.textures.insert(id, texture);
            }
            if let Some(Texture { texture, .. }) = self.textures.get(&id) {
                write_texture(&self.queue, texture, &image);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn new_texture(&self, image: &ImageDelta) -> Texture {
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("texture of the window"),
            size: extent(image),
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let (view, sampler) = (texture.create_view(&Default::default()), sampler(&self.device, image.options));
        let group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("texture of the window"),
            layout: &self.texture_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&sampler) },
            ],
        });
        Texture { texture, group }
    }

    /// Sends a frame's triangles to the driver and gives the callbacks that paint them, between those that were among them.
    fn callbacks(&mut self, primitives: Vec<ClippedPrimitive>, screen: Rect) -> Vec<ClippedShape> {
        let (mut vertices, mut indices, mut draws) = (Vec::<Vertex>::new(), Vec::<u32>::new(), Vec::new());
        // Draws up to each callback, and the callback.
        let mut parts = Vec::new();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            match primitive {
                Primitive::Mesh(mesh) => {
                    let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
                    let (first_vertex, first_index) = (vertices.len() as i32, indices.len() as u32);
                    vertices.extend(mesh.vertices);
                    indices.extend(mesh.indices);
                    let indices = first_index..indices.len() as u32;
                    draws.push(Draw { clip: clip_rect, texture: texture.group.clone(), indices, first_vertex });
                }
                Primitive::Callback(callback) => {
                    parts.push((mem::take(&mut draws), Some(ClippedShape::new(clip_rect, callback))));
                }
            }
        }
        parts.push((draws, None));
        self.vertices.write(&self.device, &self.queue, bytemuck::cast_slice(&vertices));
        self.indices.write(&self.device, &self.queue, bytemuck::cast_slice(&indices));
        parts.into_iter().flat_map(|(draws, callback)| self.batch(draws, screen).into_iter().chain(callback)).collect()
    }

    /// Draws as one callback; `None` for no draws.
    fn batch(&self, draws: Vec<Draw>, screen: Rect) -> Option<ClippedShape> {
        if draws.is_empty() {
            return None;
        }
        let batch = Batch {
            pipeline: self.pipeline.clone(),
            screen: self.screen.clone(),
            screen_group: self.screen_group.clone(),
            vertices: self.vertices.buffer.clone(),
            indices: self.indices.buffer.clone(),
            draws,
        };
        Some(ClippedShape::new(screen, egui_wgpu::Callback::new_paint_callback(screen, batch)))
    }
}

impl egui::Plugin for SoftwareUi {
    fn debug_name(&self) -> &'static str {
        "egui without a GPU"
    }

    fn output_hook(&mut self, ctx: &egui::Context, output: &mut egui::FullOutput) {
        self.take_textures(&mut output.textures_delta);
        let primitives = ctx.tessellate(mem::take(&mut output.shapes), output.pixels_per_point);
        output.shapes = self.callbacks(primitives, ctx.viewport_rect());
    }
}

impl CallbackTrait for Batch {
    fn prepare(
        &self,
        _device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        _resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let [width, height] = screen.size_in_pixels.map(|pixels| pixels as f32 / screen.pixels_per_point);
        queue.write_buffer(&self.screen, 0, bytemuck::bytes_of(&[width, height, 0.0, 0.0]));
        Vec::new()
    }

    fn paint(&self, info: egui::PaintCallbackInfo, pass: &mut wgpu::RenderPass<'static>, _resources: &CallbackResources) {
        let [width, height] = info.screen_size_px;
        pass.set_viewport(0.0, 0.0, width as f32, height as f32, 0.0, 1.0);
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.screen_group, &[]);
        pass.set_vertex_buffer(0, self.vertices.slice(..));
        pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint32);
        for draw in &self.draws {
            let Some([x, y, width, height]) = scissor(draw.clip, info.pixels_per_point, info.screen_size_px) else { continue };
            pass.set_scissor_rect(x, y, width, height);
            pass.set_bind_group(1, &draw.texture, &[]);
            pass.draw_indexed(draw.indices.clone(), draw.first_vertex, 0..1);
        }
    }
}

/// The pixels of a clip rectangle as x, y, width, height; `None` where there are none on the screen.
fn scissor(clip: Rect, pixels_per_point: f32, [width, height]: [u32; 2]) -> Option<[u32; 4]> {
    let pixel = |points: f32, most: u32| ((points * pixels_per_point).round().max(0.0) as u32).min(most);
    let [left, right] = [clip.left(), clip.right()].map(|x| pixel(x, width));
    let [top, bottom] = [clip.top(), clip.bottom()].map(|y| pixel(y, height));
    (left < right && top < bottom).then(|| [left, top, right - left, bottom - top])
}

/// A buffer that is replaced by a larger one when a frame does not fit.
struct GrowingBuffer {
    buffer: wgpu::Buffer,
    usage: wgpu::BufferUsages,
}

impl GrowingBuffer {
    fn new(device: &wgpu::Device, usage: wgpu::BufferUsages) -> Self {
        const FIRST_BYTES: u64 = 1 << 18;
        Self { buffer: buffer(device, usage, FIRST_BYTES), usage }
    }

    fn write(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, bytes: &[u8]) {
        let wanted = bytes.len() as u64;
        if wanted > self.buffer.size() {
            self.buffer = buffer(device, self.usage, wanted.next_power_of_two());
        }
        queue.write_buffer(&self.buffer, 0, bytes);
    }
}

fn buffer(device: &wgpu::Device, usage: wgpu::BufferUsages, size: u64) -> wgpu::Buffer {
    let usage = usage | wgpu::BufferUsages::COPY_DST;
    device.create_buffer(&wgpu::BufferDescriptor { label: Some("triangles of the window"), size, usage, mapped_at_creation: false })
}

fn extent(image: &ImageDelta) -> wgpu::Extent3d {
    let [width, height] = image.image.size().map(|size| size as u32);
    wgpu::Extent3d { width, height, depth_or_array_layers: 1 }
}

fn write_texture(queue: &wgpu::Queue, texture: &wgpu::Texture, image: &ImageDelta) {
    let ImageData::Color(pixels) = &image.image;
    let [x, y] = image.pos.unwrap_or_default().map(|at| at as u32);
    let (size, origin) = (extent(image), wgpu::Origin3d { x, y, z: 0 });
    let target = wgpu::TexelCopyTextureInfo { texture, mip_level: 0, origin, aspect: wgpu::TextureAspect::All };
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * size.width), rows_per_image: Some(size.height) };
    queue.write_texture(target, bytemuck::cast_slice(&pixels.pixels), layout, size);
}

fn sampler(device: &wgpu::Device, options: TextureOptions) -> wgpu::Sampler {
    let filter = |filter| match filter {
        TextureFilter::Nearest => wgpu::FilterMode::Nearest,
        TextureFilter::Linear => wgpu::FilterMode::Linear,
    };
    let address = match options.wrap_mode {
        TextureWrapMode::ClampToEdge => wgpu::AddressMode::ClampToEdge,
        TextureWrapMode::Repeat => wgpu::AddressMode::Repeat,
        TextureWrapMode::MirroredRepeat => wgpu::AddressMode::MirrorRepeat,
    };
    device.create_sampler(&wgpu::SamplerDescriptor {
        label: Some("texture of the window"),
        address_mode_u: address,
        address_mode_v: address,
        mag_filter: filter(options.magnification),
        min_filter: filter(options.minification),
        ..Default::default()
    })
}

fn screen_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: wgpu::BufferSize::new(SCREEN_BYTES),
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("window size"),
        entries: &[wgpu::BindGroupLayoutEntry { binding: 0, visibility: wgpu::ShaderStages::VERTEX, ty, count: None }],
    })
}

fn texture_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let texture = wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable: true },
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    };
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::FRAGMENT, ty, count: None };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("texture of the window"),
        entries: &[entry(0, texture), entry(1, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering))],
    })
}

fn pipeline(device: &wgpu::Device, target: wgpu::TextureFormat, layouts: [&wgpu::BindGroupLayout; 2]) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::include_wgsl!("software.wgsl"));
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("window"),
        bind_group_layouts: &layouts.map(Some),
        immediate_size: 0,
    });
    let attributes = wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Unorm8x4];
    let buffer = wgpu::VertexBufferLayout { array_stride: VERTEX_BYTES, step_mode: wgpu::VertexStepMode::Vertex, attributes: &attributes };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("window"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("vs"),
            compilation_options: Default::default(),
            buffers: &[Some(buffer)],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fs"),
            compilation_options: Default::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format: target,
                blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{pos2, vec2};

    #[test]
    fn a_scissor_stays_on_the_screen_and_rounds_to_pixels() {
        let rect = |x, y, width, height| Rect::from_min_size(pos2(x, y), vec2(width, height));
        assert_eq!(scissor(rect(10.2, 20.6, 30.0, 40.0), 1.0, [100, 100]), Some([10, 21, 30, 40]));
        assert_eq!(scissor(rect(10.0, 20.0, 30.0, 40.0), 1.5, [100, 100]), Some([15, 30, 45, 60]));
        assert_eq!(scissor(rect(-50.0, 90.0, 500.0, 500.0), 1.0, [100, 80]), None);
        assert_eq!(scissor(Rect::EVERYTHING, 2.0, [100, 80]), Some([0, 0, 100, 80]));
        assert_eq!(scissor(Rect::NOTHING, 1.0, [100, 80]), None);
    }
}
