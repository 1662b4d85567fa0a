// Egui's triangles where software draws them: the colour of a corner times the texture, and nothing to choose. See `software.rs`.

@group(0) @binding(0) var<uniform> screen_points: vec4f;
@group(1) @binding(0) var pixels: texture_2d<f32>;
@group(1) @binding(1) var pixel_sampler: sampler;

struct Corner {
    @builtin(position) position: vec4f,
    @location(0) texture_at: vec2f,
    // Premultiplied, as egui gives it.
    @location(1) color: vec4f,
}

@vertex
fn vs(@location(0) at: vec2f, @location(1) texture_at: vec2f, @location(2) color: vec4f) -> Corner {
    let unit = at / screen_points.xy * 2.0 - 1.0;
    return Corner(vec4f(unit.x, -unit.y, 0.0, 1.0), texture_at, color);
}

@fragment
fn fs(corner: Corner) -> @location(0) vec4f {
    return corner.color * textureSample(pixels, pixel_sampler, corner.texture_at);
}
