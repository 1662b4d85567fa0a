//! A sheet as one SVG document, of several pictures or of paper: each picture is a group of its own, cut to its place, with its layers named after it.

use std::fmt::Write as _;

use super::{
    shapes::LandShapes,
    sheet::{self as paper, Block, Picture},
    svg::{Writer, svg},
    svg_items::{write_item, write_items},
    svg_text::{Reader, escaped, number},
};
use crate::{
    geometry::topology,
    model::Atlas,
    scene::{
        Rect, Scene,
        item::At,
        sheet::{Pane, Sheet},
    },
};

/// Paper shows so many times finer detail than a screen of a pixel a point.
const PAPER_PIXELS: f64 = 1.6;

/// The document. Sizes are in points (CSS pixels); `scale` multiplies the size at which it is shown and printed, not what is drawn.
pub fn sheet_svg(atlas: &Atlas, sheet: &Sheet, scale: f64) -> String {
    if let Some(scene) = sheet.only() {
        return svg(atlas, scene, scale);
    }
    let mut writer = Writer::titled(sheet.size_points, scale, &sheet.title, &sheet.description);
    let [width, height] = sheet.size_points.map(|side| number(side as f32));
    let _ = writeln!(writer.out, "<rect id=\"page\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", sheet.page.hex());
    for (index, pane) in sheet.panes.iter().enumerate() {
        let land = LandShapes::new(atlas, &pane.scene, pane.scene.level);
        write_picture(&mut writer, index + 1, (&pane.clip, pane.origin, 1.0), &pane.scene, &land);
    }
    write_over(&mut writer, sheet);
    writer.finish()
}

/// A picture as the group `picture-{id}`, cut at a box, its corner at a place and a point of it so large.
fn write_picture(writer: &mut Writer, id: usize, (cut, origin, scale): (&Rect, At, f32), scene: &Scene, land: &LandShapes) {
    let [x, y, width, height] = [cut.min[0], cut.min[1], cut.width(), cut.height()].map(number);
    let _ = writeln!(
        writer.out,
        "<defs><clipPath id=\"cut-{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath></defs>"
    );
    let [left, top] = origin.map(number);
    let larger = if scale == 1.0 { String::new() } else { format!(" scale({scale})") };
    let _ = writeln!(writer.out, "<g id=\"picture-{id}\" clip-path=\"url(#cut-{id})\">\n<g transform=\"translate({left} {top}){larger}\">");
    writer.prefix = format!("picture-{id}-");
    let [width, height] = scene.size_points.map(|side| number(side as f32));
    let page = scene.world.style.page.hex();
    let _ = writeln!(writer.out, "<rect id=\"picture-{id}-page\" width=\"{width}\" height=\"{height}\" fill=\"{page}\"/>");
    writer.land(scene, land);
    write_items(writer, scene);
    writer.out.push_str("</g>\n</g>\n");
    writer.prefix.clear();
}

/// A sheet of paper as one SVG document that is as large as the paper.
pub fn paper_svg(atlas: &Atlas, sheet: &paper::Sheet) -> String {
    written(atlas, sheet, (Reader::Any, PAPER_PIXELS))
}

/// The same for our own PNG of so many pixels a point.
pub(super) fn svg_of_paper(atlas: &Atlas, sheet: &paper::Sheet, pixels_a_point: f64) -> String {
    written(atlas, sheet, (Reader::Ours, pixels_a_point))
}

fn written(atlas: &Atlas, sheet: &paper::Sheet, (reader, pixels): (Reader, f64)) -> String {
    let mut writer = Writer::titled(sheet.size_points, sheet.scale, &sheet.title, "");
    writer.reader = reader;
    let [width, height] = sheet.size_points.map(|side| number(side as f32));
    let _ = writeln!(writer.out, "<rect id=\"page\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", sheet.paper.hex());
    let mut pictures = 0;
    for block in &sheet.blocks {
        match block {
            Block::Picture(picture) => {
                let Picture { rect, panes, .. } = &**picture;
                let scale = rect.width() / panes.size_points[0] as f32;
                for Pane { origin, clip, scene } in &panes.panes {
                    pictures += 1;
                    let level = topology::level_for(scene.camera.degrees_per_point() / (pixels * f64::from(scale.max(0.25))));
                    let land = LandShapes::new(atlas, scene, usize::from(level));
                    let place = |at: At| [rect.min[0] + at[0] * scale, rect.min[1] + at[1] * scale];
                    let cut = Rect { min: place(clip.min), max: place(clip.max) };
                    write_picture(&mut writer, pictures, (&cut, place(*origin), scale), scene, &land);
                }
                if panes.only().is_none() {
                    let [left, top] = rect.min.map(number);
                    let _ = writeln!(writer.out, "<g transform=\"translate({left} {top}) scale({scale})\">");
                    panes.over().for_each(|item| write_item(&mut writer, item));
                    writer.out.push_str("</g>\n");
                }
            }
            Block::Items { items, .. } => items.iter().for_each(|item| write_item(&mut writer, item)),
            Block::Link { rect: Rect { min: [x, y], max: [right, bottom] }, address } => {
                let [x, y, width, height] = [*x, *y, right - x, bottom - y].map(number);
                let place = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill-opacity=\"0\"/>");
                let _ = writeln!(writer.out, "<a href=\"{}\">{place}</a>", escaped(address));
            }
        }
    }
    writer.finish()
}

/// What lies over the pictures, on nothing.
pub(super) fn svg_over_panes(sheet: &Sheet) -> String {
    let mut writer = Writer::titled(sheet.size_points, 1.0, &sheet.title, &sheet.description);
    writer.reader = Reader::Ours;
    write_over(&mut writer, sheet);
    writer.finish()
}

fn write_over(writer: &mut Writer, sheet: &Sheet) {
    if !sheet.divider.is_empty() {
        writer.open("divider");
        sheet.divider.iter().for_each(|item| write_item(writer, item));
        writer.close();
    }
    for (layer, items) in &sheet.told {
        writer.open(layer.id());
        items.iter().for_each(|item| write_item(writer, item));
        writer.close();
    }
    writer.open("furniture");
    sheet.items.iter().for_each(|item| write_item(writer, item));
    writer.close();
}
