//! The items of a scene as SVG elements.

use std::fmt::Write as _;

use super::{
    shapes::soft_under,
    svg::{Writer, color_attributes, stroke_attributes},
    svg_symbol::write_symbol,
    svg_text::{curved_element, number, text_element},
};
use crate::scene::{Item, MOST_SOFT_POINTS, Scene};

/// Writes all items, a group a layer. A layer that comes twice has a number in its second id.
pub(super) fn write_items(writer: &mut Writer, scene: &Scene) {
    for (index, group) in scene.groups.iter().enumerate() {
        let earlier = scene.groups[..index].iter().filter(|other| other.layer == group.layer).count();
        let id = if earlier == 0 { group.layer.id().to_owned() } else { format!("{}-{}", group.layer.id(), earlier + 1) };
        writer.open(&id);
        scene.items[group.items.clone()].iter().for_each(|item| write_item(writer, item));
        writer.close();
    }
}

/// Writes one item.
pub(super) fn write_item(writer: &mut Writer, item: &Item) {
    match item {
        Item::Polygon { rings, fill, stroke, opacity } => {
            let fill = fill.as_ref().map_or("fill=\"none\"".to_owned(), |fill| writer.paint(fill));
            let stroke =
                stroke.as_ref().map_or(String::new(), |stroke| format!(" {} stroke-linejoin=\"round\"", stroke_attributes(stroke)));
            let _ = write!(writer.out, "<path fill-rule=\"evenodd\" {fill}{stroke}{} d=\"", opacity_attribute(*opacity));
            rings.iter().for_each(|ring| writer.ring(ring));
            writer.out.push_str("\"/>\n");
        }
        Item::Polyline { points, stroke, soft } => {
            let under = soft.then(|| soft_under(*stroke, MOST_SOFT_POINTS));
            for stroke in under.iter().flatten().chain([stroke]) {
                let _ = write!(writer.out, "<path fill=\"none\" stroke-linejoin=\"round\" {} d=\"", stroke_attributes(stroke));
                writer.polyline(points);
                writer.out.push_str("\"/>\n");
            }
        }
        Item::Symbol { at, size_points, family, kind, color, opacity, .. } => {
            write_symbol(&mut writer.out, *at, *size_points, (*family, *kind), *color, *opacity);
        }
        Item::Dot { at, radius_points, color, stroke } => {
            let (x, y, radius) = (number(at[0]), number(at[1]), number(*radius_points));
            let _ = writeln!(
                writer.out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {} {}/>",
                color_attributes("fill", *color),
                stroke_attributes(stroke)
            );
        }
        Item::Text(text) => writer.out.push_str(&text_element(text, writer.reader)),
        Item::Curved(text) => writer.out.push_str(&curved_element(text)),
        Item::Box { rect, radius_points, fill, stroke } => {
            let fill = writer.paint(fill);
            let stroke = stroke.as_ref().map_or(String::new(), |stroke| format!(" {}", stroke_attributes(stroke)));
            let radius = if *radius_points > 0.0 { format!(" rx=\"{}\"", number(*radius_points)) } else { String::new() };
            let [x, y, width, height] = [rect.min[0], rect.min[1], rect.width(), rect.height()].map(number);
            let _ = writeln!(writer.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{radius} {fill}{stroke}/>");
        }
    }
}

pub(super) fn opacity_attribute(opacity: f32) -> String {
    if opacity >= 1.0 { String::new() } else { format!(" opacity=\"{}\"", number(opacity)) }
}
