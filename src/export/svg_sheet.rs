//! A sheet of several pictures as one SVG document: each picture is a group of its own, cut to its place, with its layers named after it.

use std::fmt::Write as _;

use super::{
    shapes::LandShapes,
    svg::Writer,
    svg_items::{write_item, write_items},
    svg_text::{Reader, number},
};
use crate::{model::Atlas, scene::sheet::Sheet};

/// The document. Sizes are in points (CSS pixels); `scale` multiplies the size at which it is shown and printed, not what is drawn.
pub fn sheet_svg(atlas: &Atlas, sheet: &Sheet, scale: f64) -> String {
    let mut writer = Writer::titled(sheet.size_points, scale, &sheet.title, &sheet.description);
    let [width, height] = sheet.size_points.map(|side| number(side as f32));
    let _ = writeln!(writer.out, "<rect id=\"page\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", sheet.page.hex());
    for (index, pane) in sheet.panes.iter().enumerate() {
        let (clip, id) = (pane.clip, index + 1);
        let [x, y, width, height] = [clip.min[0], clip.min[1], clip.width(), clip.height()].map(number);
        let _ = writeln!(
            writer.out,
            "<defs><clipPath id=\"cut-{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath></defs>"
        );
        let [left, top] = pane.origin.map(number);
        let _ = writeln!(writer.out, "<g id=\"picture-{id}\" clip-path=\"url(#cut-{id})\">\n<g transform=\"translate({left} {top})\">");
        writer.prefix = format!("picture-{id}-");
        let [width, height] = pane.scene.size_points.map(|side| number(side as f32));
        let page = pane.scene.world.style.page.hex();
        let _ = writeln!(writer.out, "<rect id=\"picture-{id}-page\" width=\"{width}\" height=\"{height}\" fill=\"{page}\"/>");
        writer.land(&pane.scene, &LandShapes::new(atlas, &pane.scene, pane.scene.level));
        write_items(&mut writer, &pane.scene);
        writer.out.push_str("</g>\n</g>\n");
    }
    writer.prefix.clear();
    write_over(&mut writer, sheet);
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
    writer.open("furniture");
    sheet.items.iter().for_each(|item| write_item(writer, item));
    writer.close();
}
