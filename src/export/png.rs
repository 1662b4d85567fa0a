//! The picture as PNG: the land painted straight, the rest through its SVG, with the program's own fonts and no others, so that the same scene gives the
//! same bytes on every machine.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree, fontdb},
};
use thiserror::Error;

use super::{
    raster::{in_bands, paint_land},
    shapes::LandShapes,
    sheet as paper,
    svg::svg_over_land,
    svg_sheet::{svg_of_paper, svg_over_panes},
};
use crate::{
    geometry::topology,
    model::Atlas,
    scene::{
        Scene,
        fonts::{FACES, FALLBACKS},
        sheet::Sheet,
    },
};

/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// A point is a pixel of CSS: 1/96 inch.
const POINTS_PER_INCH: f64 = 96.0;
const METRES_PER_INCH: f64 = 0.0254;

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum PngError {
    /// A side is zero or too long.
    #[error("a picture of {width} x {height} pixels cannot be made; sides are 1 to {MAX_SIDE} pixels")]
    Size {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// Our own SVG was refused: a fault of the program.
    #[error("the drawing was refused: {0}. This is a fault of the program, please report it")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture could not be packed: a fault of the program.
    #[error("the picture could not be packed: {0}. This is a fault of the program, please report it")]
    Png(#[from] png::EncodingError),
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    FACES.iter().chain(&FALLBACKS).for_each(|file| fonts.load_font_data(file.bytes.to_vec()));
    fonts.set_sans_serif_family("Inter");
    Arc::new(fonts)
});

/// The picture with `scale` pixels a point; opaque, but for the ground of a scene that has none ([`Scene::without_ground`]).
///
/// # Errors
/// [`PngError::Size`] for a picture too large or empty; the others are faults of the program.
pub fn png(atlas: &Atlas, scene: &Scene, scale: f64) -> Result<Vec<u8>, PngError> {
    let mut pixmap = empty_picture(scene.size_points, scale)?;
    // What lies over the land is read on another thread while the land is painted.
    let over = std::thread::scope(|scope| {
        let over = scope.spawn(|| tree(&svg_over_land(scene, 1.0)));
        // As fine as pixels, not points, can show.
        let level = topology::level_for(scene.camera.degrees_per_point() / scale.max(1.0));
        paint_land(&mut pixmap, scene, &LandShapes::new(atlas, scene, usize::from(level)), ([0; 2], scale as f32));
        // A panic over there is carried on here.
        over.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    draw_over(&mut pixmap, &over, ([0; 2], scale));
    Ok(if scene.has_no_ground() { encoded_with_alpha(&pixmap)? } else { encoded(&pixmap)? })
}

/// A picture of an SVG document of ours that covers all of its `size_points`, with `scale` pixels a point.
pub(super) fn png_of_svg(svg: &str, size_points: [f64; 2], scale: f64) -> Result<Vec<u8>, PngError> {
    let mut pixmap = empty_picture(size_points, scale)?;
    draw_over(&mut pixmap, &tree(svg)?, ([0; 2], scale));
    Ok(encoded(&pixmap)?)
}

/// The sheet with `scale` pixels a point, opaque.
///
/// # Errors
/// As [`png()`].
pub fn sheet_png(atlas: &Atlas, sheet: &Sheet, scale: f64) -> Result<Vec<u8>, PngError> {
    if let Some(scene) = sheet.only() {
        return png(atlas, scene, scale);
    }
    let mut pixmap = empty_picture(sheet.size_points, scale)?;
    let [red, green, blue, _] = sheet.page.0;
    pixmap.fill(Color::from_rgba8(red, green, blue, 255));
    for pane in &sheet.panes {
        let [left, top, right, bottom] = [pane.clip.min[0], pane.clip.min[1], pane.clip.max[0], pane.clip.max[1]];
        let pixels = |points: f32| (f64::from(points) * scale).round().max(0.0) as u32;
        let (x, y) = (pixels(left), pixels(top));
        let (width, height) = (pixels(right).min(pixmap.width()).saturating_sub(x), pixels(bottom).min(pixmap.height()).saturating_sub(y));
        // Nothing of it is on the sheet.
        let Some(mut part) = Pixmap::new(width, height) else { continue };
        let corner =
            [x as i32 - (f64::from(pane.origin[0]) * scale).round() as i32, y as i32 - (f64::from(pane.origin[1]) * scale).round() as i32];
        paint_part(&mut part, atlas, &pane.scene, (corner, scale))?;
        lay(&mut pixmap, &part, [x, y]);
    }
    draw_over(&mut pixmap, &tree(&svg_over_panes(sheet))?, ([0; 2], scale));
    Ok(encoded(&pixmap)?)
}

/// The sheet of paper with so many pixels an inch, opaque, as large in print as the paper.
///
/// # Errors
/// As [`png()`].
pub fn paper_png(atlas: &Atlas, sheet: &paper::Sheet, dots_per_inch: f64) -> Result<Vec<u8>, PngError> {
    let scale = sheet.scale * dots_per_inch / POINTS_PER_INCH;
    let mut pixmap = empty_picture(sheet.size_points, scale)?;
    draw_over(&mut pixmap, &tree(&svg_of_paper(atlas, sheet, scale))?, ([0; 2], scale));
    let per_metre = (dots_per_inch / METRES_PER_INCH).round() as u32;
    let density = png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter };
    Ok(packed(&pixmap, png::ColorType::Rgb, &rgb(&pixmap), Some(density))?)
}

/// Paints what lies of a scene from a corner on, which is so many pixels from its own.
fn paint_part(part: &mut Pixmap, atlas: &Atlas, scene: &Scene, (corner, scale): ([i32; 2], f64)) -> Result<(), PngError> {
    let level = topology::level_for(scene.camera.degrees_per_point() / scale.max(1.0));
    let over = std::thread::scope(|scope| {
        let over = scope.spawn(|| tree(&svg_over_land(scene, 1.0)));
        paint_land(part, scene, &LandShapes::new(atlas, scene, usize::from(level)), (corner, scale as f32));
        over.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    draw_over(part, &over, (corner, scale));
    Ok(())
}

/// Lays opaque pixels over others, with their top left corner at a place; all of them fit.
fn lay(pixmap: &mut Pixmap, part: &Pixmap, [x, y]: [u32; 2]) {
    let (width, row) = (pixmap.width() as usize * 4, part.width() as usize * 4);
    for (line, pixels) in part.data().chunks_exact(row).enumerate() {
        let start = (y as usize + line) * width + x as usize * 4;
        pixmap.data_mut()[start..start + row].copy_from_slice(pixels);
    }
}

pub(super) fn empty_picture(size_points: [f64; 2], scale: f64) -> Result<Pixmap, PngError> {
    let [width, height] = size_points.map(|side| (side * scale).round().clamp(0.0, f64::from(u32::MAX)) as u32);
    let fits = width <= MAX_SIDE && height <= MAX_SIDE;
    fits.then(|| Pixmap::new(width, height)).flatten().ok_or(PngError::Size { width, height })
}

/// Draws a document, of which what lies so many pixels from its own corner comes to lie at the picture's.
fn draw_over(pixmap: &mut Pixmap, over: &Tree, ([left, top], scale): ([i32; 2], f64)) {
    let to_pixels = Transform::from_scale(scale as f32, scale as f32).post_translate(-left as f32, -top as f32);
    in_bands(pixmap, |mut band, top| resvg::render(over, to_pixels.post_translate(0.0, -(top as f32)), &mut band));
}

/// Reads our SVG: with our fonts, and with no file or address ever opened.
pub(super) fn tree(svg: &str) -> Result<Tree, resvg::usvg::Error> {
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: "Inter".to_owned(), image_href_resolver: nothing, ..Options::default() };
    Tree::from_str(svg, &options)
}

/// Packs opaque pixels as RGB.
pub(super) fn encoded(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    packed(pixmap, png::ColorType::Rgb, &rgb(pixmap), None)
}

fn rgb(pixmap: &Pixmap) -> Vec<u8> {
    let mut rgb = vec![0; pixmap.data().len() / 4 * 3];
    for (packed, pixel) in rgb.chunks_exact_mut(3).zip(pixmap.data().chunks_exact(4)) {
        packed.copy_from_slice(&pixel[..3]);
    }
    rgb
}

/// Packs pixels as RGBA.
fn encoded_with_alpha(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let straight = pixmap.pixels().iter().map(|pixel| pixel.demultiply());
    let rgba: Vec<u8> = straight.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect();
    packed(pixmap, png::ColorType::Rgba, &rgba, None)
}

fn packed(
    pixmap: &Pixmap,
    colors: png::ColorType,
    pixels: &[u8],
    density: Option<png::PixelDimensions>,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(pixels.len() / 8);
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(colors);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_pixel_dims(density);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}
