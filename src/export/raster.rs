//! The land painted straight into pixels: the same shapes as in the SVG, without the detour over its text.

use resvg::tiny_skia::{
    Color, FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pattern, Pixmap, Shader, SpreadMode, StrokeDash, Stroke as SkiaStroke, Transform,
};

use super::shapes::{FilledShape, LandShapes, soft_under};
use crate::scene::{Dash, Fill, Rgba, Scene, Stroke, item::{At, STRIPE_POINTS}};

/// Paints page, water, land and borders over the whole of `pixmap`, `scale` pixels a point.
pub(super) fn paint_land(pixmap: &mut Pixmap, scene: &Scene, land: &LandShapes, scale: f32) {
    let style = &scene.world.style;
    let to_pixels = Transform::from_scale(scale, scale);
    pixmap.fill(color(style.page));
    fill_rings(pixmap, std::slice::from_ref(&land.outline), &Fill::plain(style.water), to_pixels, scale);
    for FilledShape { fill, rings } in std::iter::once(&land.underlay).chain(&land.fills) {
        fill_rings(pixmap, rings, fill, to_pixels, scale);
    }
    for shape in &land.lines {
        if shape.soft {
            stroke_lines(pixmap, &shape.lines, &soft_under(shape.stroke), to_pixels);
        }
        stroke_lines(pixmap, &shape.lines, &shape.stroke, to_pixels);
    }
}

fn fill_rings(pixmap: &mut Pixmap, rings: &[Vec<At>], fill: &Fill, to_pixels: Transform, scale: f32) {
    let Some(path) = path(rings, true) else { return };
    let tile = (fill.hatch_count > 0).then(|| stripe_tile(fill, scale)).flatten();
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.shader = match &tile {
        Some(tile) => {
            // The tile is as wide as its stripes and turned by 45 degrees, about the origin as in the SVG.
            let per_pixel = STRIPE_POINTS * (1 + fill.stripes().len()) as f32 / tile.width() as f32;
            Pattern::new(tile.as_ref(), SpreadMode::Repeat, FilterQuality::Bilinear, 1.0, Transform::from_rotate(45.0).pre_scale(per_pixel, per_pixel))
        }
        None => Shader::SolidColor(color(fill.base)),
    };
    pixmap.fill_path(&path, &paint, FillRule::EvenOdd, to_pixels, None::<&Mask>);
}

/// One period of a hatch: stripes side by side, a few pixels high, at four pixels a screen pixel so that edges stay crisp when turned.
fn stripe_tile(fill: &Fill, scale: f32) -> Option<Pixmap> {
    let stripe = ((STRIPE_POINTS * scale * 2.0).round() as u32).max(2);
    let colors: Vec<Rgba> = std::iter::once(fill.base).chain(fill.stripes().iter().copied()).collect();
    let mut tile = Pixmap::new(stripe * colors.len() as u32, 4)?;
    let width = tile.width();
    for (index, pixel) in tile.pixels_mut().iter_mut().enumerate() {
        let stripe = (index as u32 % width / stripe) as usize;
        *pixel = color(colors[stripe]).premultiply().to_color_u8();
    }
    Some(tile)
}

fn stroke_lines(pixmap: &mut Pixmap, lines: &[Vec<At>], stroke: &Stroke, to_pixels: Transform) {
    let Some(path) = path(lines, false) else { return };
    let paint = Paint { shader: Shader::SolidColor(color(stroke.color)), anti_alias: true, ..Paint::default() };
    pixmap.stroke_path(&path, &paint, &skia_stroke(stroke), to_pixels, None);
}

fn skia_stroke(stroke: &Stroke) -> SkiaStroke {
    let pattern = stroke.dash.pattern(stroke.width_points);
    let is_dots = stroke.dash == Dash::Dots;
    let lengths = if is_dots { vec![0.01, pattern[0] + pattern[1]] } else { pattern.to_vec() };
    SkiaStroke {
        width: stroke.width_points,
        line_cap: if is_dots { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: if lengths.is_empty() { None } else { StrokeDash::new(lengths, 0.0) },
        ..SkiaStroke::default()
    }
}

fn path(lines: &[Vec<At>], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for line in lines {
        for (index, at) in line.iter().enumerate() {
            if index == 0 { builder.move_to(at[0], at[1]) } else { builder.line_to(at[0], at[1]) }
        }
        if closed {
            builder.close();
        }
    }
    builder.finish()
}

fn color(color: Rgba) -> Color {
    let [red, green, blue, alpha] = color.0;
    Color::from_rgba8(red, green, blue, alpha)
}
