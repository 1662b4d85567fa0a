//! The symbols of events, as they come out at 16 pixels: every kind can be told from every other without its colour.

use border_atlas::{
    export::symbol_svg,
    model::{EventKind, event::EventFamily},
    scene::{Rgba, Style, Theme},
};
use resvg::{
    tiny_skia::{Color, IntSize, Pixmap, PixmapPaint, Transform},
    usvg::{Options, Tree},
};

/// Dark enough for the white drawing, and no family's colour.
const GREY: Rgba = Rgba::rgb(80, 80, 80);
const SIZE: f32 = 16.0;

fn painted(kind: EventKind, color: Rgba, size: f32) -> Pixmap {
    let tree = Tree::from_str(&symbol_svg(kind, color, size), &Options::default()).expect("our own SVG");
    let side = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(side.width(), side.height()).expect("a size");
    resvg::render(&tree, Transform::default(), &mut pixmap.as_mut());
    pixmap
}

/// What is seen of a symbol without colour: lightness of each pixel, 0 to 1, on mid-grey land.
fn seen(kind: EventKind) -> Vec<f32> {
    let pixels = painted(kind, GREY, SIZE);
    pixels.pixels().iter().map(|pixel| (f32::from(pixel.green()) + 0.6 * (255.0 - f32::from(pixel.alpha()))) / 255.0).collect()
}

/// How many whole pixels of black against white two pictures differ by.
fn difference(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}

#[test]
fn no_two_kinds_look_alike_without_colour() {
    let pictures: Vec<(EventKind, Vec<f32>)> = EventKind::ALL.iter().map(|kind| (*kind, seen(*kind))).collect();
    let mut nearest: Vec<(f32, &str, &str)> = Vec::new();
    for (index, (kind, picture)) in pictures.iter().enumerate() {
        for (other, other_picture) in &pictures[..index] {
            nearest.push((difference(picture, other_picture), kind.id(), other.id()));
        }
    }
    nearest.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(nearest[0].0 >= 12.0, "{:?}", &nearest[..4]);
}

/// The pixels that the ground of a family covers with its edge, 0 to 1.
fn covered(family: EventFamily) -> Vec<f32> {
    let kind = EventKind::ALL.iter().copied().find(|kind| kind.family() == family).expect("a kind of each family");
    painted(kind, GREY, SIZE).pixels().iter().map(|pixel| f32::from(pixel.alpha()) / 255.0).collect()
}

#[test]
fn families_are_told_by_their_grounds_alone() {
    // Each covers what the other leaves free: one shape in two sizes would not do.
    let beyond = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b).max(0.0)).sum::<f32>();
    for family in EventFamily::ALL {
        for other in EventFamily::ALL.into_iter().filter(|other| *other != family) {
            let apart = beyond(&covered(family), &covered(other));
            assert!(apart >= 9.0, "{family:?} beyond {other:?}: {apart} pixels");
        }
    }
}

#[test]
fn drawings_are_neither_thread_nor_blot() {
    for kind in EventKind::ALL {
        let pixels = painted(*kind, Rgba::rgb(0, 0, 0), SIZE);
        let middle = |index: &usize| {
            let (x, y) = (index % pixels.width() as usize, index / pixels.width() as usize);
            (5..15).contains(&x) && (5..15).contains(&y)
        };
        let white: f32 = (0..pixels.pixels().len()).filter(middle).map(|at| f32::from(pixels.pixels()[at].green()) / 255.0).sum();
        assert!((20.0..85.0).contains(&white), "{}: {white} of 100 pixels are white", kind.id());
    }
}

/// Draws all symbols at 16, 24 and 48 pixels, light, dark and grey, to look at:
/// `cargo test --no-default-features --test symbols -- --ignored` writes `symbols.png` into the folder for temporary files of the build.
#[test]
#[ignore = "a picture for people"]
fn contact_sheet() {
    let (columns, cell) = (7, [120.0, 64.0]);
    let mut kinds: Vec<EventKind> = EventKind::ALL.to_vec();
    kinds.sort_by_key(|kind| (kind.family(), *kind));
    let height = cell[1] * kinds.len().div_ceil(columns) as f32;
    let size = IntSize::from_wh((cell[0] * columns as f32) as u32, (height * 3.0) as u32).expect("a size");
    let mut sheet = Pixmap::new(size.width(), size.height()).expect("a size");
    for (row, (theme, is_grey)) in [(Theme::Light, false), (Theme::Dark, false), (Theme::Light, true)].into_iter().enumerate() {
        let style = Style::new(theme);
        let [red, green, blue, _] = style.land.0;
        let ground = resvg::tiny_skia::Rect::from_xywh(0.0, row as f32 * height, size.width() as f32, height).expect("a box");
        let mut paint = resvg::tiny_skia::Paint::default();
        paint.set_color(Color::from_rgba8(red, green, blue, 255));
        sheet.fill_rect(ground, &paint, Transform::default(), None);
        for (index, kind) in kinds.iter().enumerate() {
            let color = if is_grey { GREY } else { style.family(kind.family()) };
            let (x, y) = ((index % columns) as f32 * cell[0], row as f32 * height + (index / columns) as f32 * cell[1]);
            for (left, side) in [(2.0, 48.0), (62.0, 24.0), (94.0, 16.0)] {
                let symbol = painted(*kind, color, side);
                let middle = y + (cell[1] - symbol.height() as f32) / 2.0;
                sheet.draw_pixmap((x + left) as i32, middle as i32, symbol.as_ref(), &PixmapPaint::default(), Transform::default(), None);
            }
        }
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("symbols.png");
    std::fs::write(&path, sheet.encode_png().expect("a picture")).expect("a file");
    eprintln!("{}", path.display());
}
