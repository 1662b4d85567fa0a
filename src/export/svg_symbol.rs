//! The symbols of events as SVG.

use std::fmt::Write as _;

use super::{svg::color_attributes, svg_items::opacity_attribute, svg_text::number};
use crate::{
    model::{EventKind, event::EventFamily},
    scene::{
        Rgba,
        item::At,
        symbol::{self, Part},
    },
};

const WHITE: &str = "#ffffff";

/// One symbol as a document of its own, as wide and high as it stands on a map with its white edge; for manuals, slides and tests.
pub fn symbol_svg(kind: EventKind, color: Rgba, size_points: f32) -> String {
    // The square of the drawing, with room for tips that reach beyond it and for the edge.
    let side = number(size_points * 1.25);
    let middle = size_points * 1.25 / 2.0;
    let mut out = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 {side} {side}\">\n");
    write_symbol(&mut out, [middle, middle], size_points, (kind.family(), kind), color, 1.0);
    out.push_str("</svg>\n");
    out
}

/// A symbol at its own scale: a white edge, the ground, the drawing.
pub(super) fn write_symbol(
    out: &mut String,
    at: At,
    size_points: f32,
    (family, kind): (EventFamily, EventKind),
    color: Rgba,
    opacity: f32,
) {
    let place = format!("transform=\"translate({} {}) scale({})\"", number(at[0]), number(at[1]), number(size_points / 2.0));
    let _ = writeln!(out, "<g {place}{} stroke-linejoin=\"round\" stroke-linecap=\"round\">", opacity_attribute(opacity));
    let ground = color_attributes("fill", color);
    let outline = unit_path(&symbol::ground(family), true);
    let _ = writeln!(out, "<path {ground} stroke=\"{WHITE}\" stroke-width=\"0.22\" paint-order=\"stroke\" d=\"{outline}\"/>");
    for part in symbol::drawing(kind) {
        write_part(out, &part, &ground);
    }
    out.push_str("</g>\n");
}

fn write_part(out: &mut String, part: &Part, ground: &str) {
    let _ = match part {
        Part::Area(corners) => writeln!(out, "<path fill=\"{WHITE}\" d=\"{}\"/>", unit_path(corners, true)),
        Part::Hole(corners) => writeln!(out, "<path {ground} d=\"{}\"/>", unit_path(corners, true)),
        Part::Line { points, width } => {
            let (width, path) = (number(*width), unit_path(points, false));
            writeln!(out, "<path fill=\"none\" stroke=\"{WHITE}\" stroke-width=\"{width}\" d=\"{path}\"/>")
        }
        Part::Ring { middle, radius, width } => {
            let [x, y, radius, width] = [middle[0], middle[1], *radius, *width].map(number);
            writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{WHITE}\" stroke-width=\"{width}\"/>")
        }
    };
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
