//! The colours that a scene names: what fills areas and letters, as against what lies between two of them along their edges.

use crate::scene::{Fill, Item, Rgba, Scene, Stroke};

/// Every opaque colour of a scene, `0xRRGGBB`, sorted, each once.
pub(super) fn flat_colors(scene: &Scene) -> Vec<u32> {
    let mut colors = Vec::new();
    let style = &scene.world.style;
    let of_style = [style.page, style.water, style.land, style.unknown_land, style.undetermined_land, style.coast];
    of_style.into_iter().for_each(|color| add(&mut colors, color));
    scene.world.fills.iter().for_each(|fill| add_fill(&mut colors, fill));
    scene.items.iter().for_each(|item| add_item(&mut colors, item));
    colors.sort_unstable();
    colors.dedup();
    colors
}

fn add(colors: &mut Vec<u32>, color: Rgba) {
    let [red, green, blue, alpha] = color.0;
    if alpha == 255 {
        colors.push(u32::from_be_bytes([0, red, green, blue]));
    }
}

fn add_fill(colors: &mut Vec<u32>, fill: &Fill) {
    std::iter::once(&fill.base).chain(fill.stripes()).for_each(|color| add(colors, *color));
}

fn add_stroke(colors: &mut Vec<u32>, stroke: Option<&Stroke>) {
    stroke.iter().for_each(|stroke| add(colors, stroke.color));
}

fn add_item(colors: &mut Vec<u32>, item: &Item) {
    match item {
        Item::Polygon { fill, stroke, .. } => {
            fill.iter().for_each(|fill| add_fill(colors, fill));
            add_stroke(colors, stroke.as_ref());
        }
        Item::Polyline { stroke, .. } => add_stroke(colors, Some(stroke)),
        Item::Symbol { color, .. } => [*color, Rgba::rgb(255, 255, 255)].into_iter().for_each(|color| add(colors, color)),
        Item::Dot { color, stroke, .. } => {
            add(colors, *color);
            add_stroke(colors, Some(stroke));
        }
        Item::Text(text) => text.halo.into_iter().chain([text.color]).for_each(|color| add(colors, color)),
        Item::Curved(text) => text.halo.into_iter().chain([text.color]).for_each(|color| add(colors, color)),
        Item::Box { fill, stroke, .. } => {
            add_fill(colors, fill);
            add_stroke(colors, stroke.as_ref());
        }
    }
}
