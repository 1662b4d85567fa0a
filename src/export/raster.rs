//! The land painted straight into pixels: the same shapes as in the SVG, without the detour over its text.

use resvg::tiny_skia::{
    Color, FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pattern, Pixmap, PixmapMut, Shader, SpreadMode,
    Stroke as SkiaStroke, StrokeDash, Transform,
};

use super::shapes::{FilledShape, LandShapes, soft_under};
use crate::scene::{
    Dash, Fill, Rgba, Scene, Stroke,
    item::{At, STRIPE_POINTS},
};

/// Into how many bands a picture is cut: they are worked on side by side and meet at whole pixels, so without a seam.
const BANDS: u32 = 4;

/// Works on every band of a picture on a thread of its own. `work` gets the pixels of a band and its first row.
pub(super) fn in_bands(pixmap: &mut Pixmap, work: impl Fn(PixmapMut, u32) + Sync) {
    let (width, rows) = (pixmap.width(), pixmap.height().div_ceil(BANDS));
    let bytes_a_row = width as usize * 4;
    let work = &work;
    std::thread::scope(|scope| {
        for (tops, pixels) in (0..).zip(pixmap.data_mut().chunks_mut(bytes_a_row * rows as usize)) {
            let height = (pixels.len() / bytes_a_row) as u32;
            if let Some(band) = PixmapMut::from_bytes(pixels, width, height) {
                scope.spawn(move || work(band, tops * rows));
            }
        }
    });
}

/// Paints page, water, land and borders, `scale` pixels a point, of the part of the scene that begins so many pixels right of and below its corner.
pub(super) fn paint_land(pixmap: &mut Pixmap, scene: &Scene, land: &LandShapes, ([left, top], scale): ([i32; 2], f32)) {
    in_bands(pixmap, |band, row| Band::new(band, [left, top + row as i32], scale).paint(scene, land));
}

/// A band of the picture: all of its width, some of its rows.
struct Band<'a> {
    pixmap: PixmapMut<'a>,
    to_pixels: Transform,
    scale: f32,
    /// First and last row in points, with room for the widest line.
    rows: [f32; 2],
}

impl<'a> Band<'a> {
    fn new(pixmap: PixmapMut<'a>, [left, top]: [i32; 2], scale: f32) -> Self {
        let to_pixels = Transform::from_scale(scale, scale).post_translate(-left as f32, -top as f32);
        let margin = 8.0;
        let rows = [top as f32 / scale - margin, (top + pixmap.height() as i32) as f32 / scale + margin];
        Self { pixmap, to_pixels, scale, rows }
    }

    fn paint(mut self, scene: &Scene, land: &LandShapes) {
        let style = &scene.world.style;
        self.pixmap.fill(color(style.page));
        self.fill(std::slice::from_ref(&land.outline), &Fill::plain(style.water));
        for FilledShape { fill, rings } in std::iter::once(&land.underlay).chain(&land.fills) {
            self.fill(rings, fill);
        }
        for shape in &land.lines {
            if let Some(reach) = shape.soft {
                soft_under(shape.stroke, reach).iter().for_each(|stroke| self.stroke(&shape.lines, stroke));
            }
            self.stroke(&shape.lines, &shape.stroke);
        }
    }

    fn fill(&mut self, rings: &[Vec<At>], fill: &Fill) {
        let Some(path) = self.path(rings, true) else { return };
        let tile = (fill.hatch_count > 0).then(|| stripe_tile(fill, self.scale)).flatten();
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.shader = match &tile {
            Some(tile) => {
                // The tile is as wide as its stripes and turned by 45 degrees, about the origin as in the SVG.
                let per_pixel = STRIPE_POINTS * fill.bands().len() as f32 / tile.width() as f32;
                let turned = Transform::from_rotate(45.0).pre_scale(per_pixel, per_pixel);
                Pattern::new(tile.as_ref(), SpreadMode::Repeat, FilterQuality::Bilinear, 1.0, turned)
            }
            None => Shader::SolidColor(color(fill.base)),
        };
        self.pixmap.fill_path(&path, &paint, FillRule::EvenOdd, self.to_pixels, None::<&Mask>);
    }

    fn stroke(&mut self, lines: &[Vec<At>], stroke: &Stroke) {
        let Some(path) = self.path(lines, false) else { return };
        let paint = Paint { shader: Shader::SolidColor(color(stroke.color)), anti_alias: true, ..Paint::default() };
        self.pixmap.stroke_path(&path, &paint, &skia_stroke(stroke), self.to_pixels, None);
    }

    /// The rings or lines that reach into the band, as one path.
    fn path(&self, lines: &[Vec<At>], closed: bool) -> Option<Path> {
        let mut builder = PathBuilder::new();
        for line in lines.iter().filter(|line| self.reaches(line)) {
            for (index, at) in line.iter().enumerate() {
                if index == 0 { builder.move_to(at[0], at[1]) } else { builder.line_to(at[0], at[1]) }
            }
            if closed {
                builder.close();
            }
        }
        builder.finish()
    }

    fn reaches(&self, line: &[At]) -> bool {
        let [top, bottom] = line.iter().fold([f32::MAX, f32::MIN], |rows, at| [rows[0].min(at[1]), rows[1].max(at[1])]);
        top <= self.rows[1] && bottom >= self.rows[0]
    }
}

/// One period of a hatch: stripes side by side, a few pixels high, at four pixels a screen pixel so that edges stay crisp when turned.
fn stripe_tile(fill: &Fill, scale: f32) -> Option<Pixmap> {
    let stripe = ((STRIPE_POINTS * scale * 2.0).round() as u32).max(2);
    let colors = fill.bands();
    let mut tile = Pixmap::new(stripe * colors.len() as u32, 4)?;
    let width = tile.width();
    for (index, pixel) in tile.pixels_mut().iter_mut().enumerate() {
        let stripe = (index as u32 % width / stripe) as usize;
        *pixel = color(colors[stripe]).premultiply().to_color_u8();
    }
    Some(tile)
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

fn color(color: Rgba) -> Color {
    let [red, green, blue, alpha] = color.0;
    Color::from_rgba8(red, green, blue, alpha)
}
