//! The items of a scene as SVG elements.

use std::fmt::Write as _;

use super::{
    shapes::soft_under,
    svg::{Writer, color_attributes, stroke_attributes},
    svg_text::{number, text_element},
};
use crate::scene::{
    Item, Rgba, Scene,
    item::At,
    symbol::{self, Part},
};

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

fn write_item(writer: &mut Writer, item: &Item) {
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
            let under = soft.then(|| soft_under(*stroke));
            for stroke in under.iter().chain([stroke]) {
                let _ = write!(writer.out, "<path fill=\"none\" stroke-linejoin=\"round\" {} d=\"", stroke_attributes(stroke));
                writer.polyline(points);
                writer.out.push_str("\"/>\n");
            }
        }
        Item::Symbol { at, size_points, family, kind, color, opacity, .. } => {
            let parts = symbol::drawing(*family, *kind);
            write_symbol(writer, *at, *size_points / 2.0, &symbol::ground(*family), &parts, *color, *opacity);
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
        Item::Text(text) => writer.out.push_str(&text_element(text)),
        Item::Box { rect, radius_points, fill, stroke } => {
            let fill = writer.paint(fill);
            let stroke = stroke.as_ref().map_or(String::new(), |stroke| format!(" {}", stroke_attributes(stroke)));
            let radius = if *radius_points > 0.0 { format!(" rx=\"{}\"", number(*radius_points)) } else { String::new() };
            let [x, y, width, height] = [rect.min[0], rect.min[1], rect.width(), rect.height()].map(number);
            let _ = writeln!(writer.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{radius} {fill}{stroke}/>");
        }
    }
}

fn opacity_attribute(opacity: f32) -> String {
    if opacity >= 1.0 { String::new() } else { format!(" opacity=\"{}\"", number(opacity)) }
}

/// A symbol at its own scale: a white edge, the ground, the drawing.
fn write_symbol(writer: &mut Writer, at: At, half: f32, ground: &[At], parts: &[Part], color: Rgba, opacity: f32) {
    let white = Rgba::rgb(255, 255, 255);
    let place = format!("transform=\"translate({} {}) scale({})\"", number(at[0]), number(at[1]), number(half));
    let _ = writeln!(writer.out, "<g {place}{} stroke-linejoin=\"round\" stroke-linecap=\"round\">", opacity_attribute(opacity));
    let _ = writeln!(
        writer.out,
        "<path {} stroke=\"{}\" stroke-width=\"0.22\" paint-order=\"stroke\" d=\"{}\"/>",
        color_attributes("fill", color),
        white.hex(),
        unit_path(ground, true)
    );
    for part in parts {
        let _ = match part {
            Part::Area(points) => writeln!(writer.out, "<path fill=\"{}\" d=\"{}\"/>", white.hex(), unit_path(points, true)),
            Part::Line { points, width } => {
                writeln!(
                    writer.out,
                    "<path fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" d=\"{}\"/>",
                    white.hex(),
                    number(*width),
                    unit_path(points, false)
                )
            }
            Part::Ring { middle, radius, width } => writeln!(
                writer.out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>",
                number(middle[0]),
                number(middle[1]),
                number(*radius),
                white.hex(),
                number(*width)
            ),
        };
    }
    writer.close();
}

fn unit_path(points: &[At], closed: bool) -> String {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { "M" } else { "L" }, number(point[0]), number(point[1]));
    }
    if closed {
        path.push('Z');
    }
    path
}
