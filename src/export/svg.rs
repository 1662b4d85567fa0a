//! The picture as one SVG document: groups named by layer, real text, patterns for hatches. Opens in browsers and Inkscape as it stands, and the same scene
//! always gives the same bytes.

use std::fmt::Write as _;

use super::{
    shapes::{FilledShape, LandShapes, LineShape, soft_under},
    svg_items::write_items,
    svg_text::{Reader, escaped, number},
};
use crate::{
    model::Atlas,
    scene::{
        Dash, Fill, Rgba, Scene, Stroke,
        item::{At, STRIPE_POINTS},
    },
};

/// The document. Sizes are in points (CSS pixels); `scale` multiplies the size at which it is shown and printed, not what is drawn.
pub fn svg(atlas: &Atlas, scene: &Scene, scale: f64) -> String {
    let land = LandShapes::new(atlas, scene, scene.level);
    let mut writer = Writer::new(scene, scale, Reader::Any);
    let [width, height] = scene.size_points.map(|side| number(side as f32));
    if !scene.has_no_ground() {
        let _ = writeln!(writer.out, "<rect id=\"page\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", scene.world.style.page.hex());
    }
    writer.land(scene, &land);
    write_items(&mut writer, scene);
    writer.finish()
}

/// Everything over the land, on nothing: what a painter that has drawn the land already lays over it.
pub(super) fn svg_over_land(scene: &Scene, scale: f64) -> String {
    let mut writer = Writer::new(scene, scale, Reader::Ours);
    write_items(&mut writer, scene);
    writer.finish()
}

/// The same for browsers, which order and shape the letters themselves.
pub(super) fn svg_over_land_in_browser(scene: &Scene) -> String {
    let mut writer = Writer::new(scene, 1.0, Reader::Any);
    write_items(&mut writer, scene);
    writer.finish()
}

/// Writes the document from its head down. Patterns are defined where they are first used.
pub(super) struct Writer {
    pub(super) out: String,
    /// For whom it is written.
    pub(super) reader: Reader,
    /// Stands before the ids of what follows: of several pictures in one document each has its own. Empty for one picture.
    pub(super) prefix: String,
    patterns: Vec<Fill>,
}

impl Writer {
    fn new(scene: &Scene, scale: f64, reader: Reader) -> Self {
        Self { reader, ..Self::titled(scene.size_points, scale, &scene.notes.heading(), &scene.notes.description()) }
    }

    /// A document of this size for any reader, with a title and a description for whoever reads it aloud.
    pub(super) fn titled([width, height]: [f64; 2], scale: f64, title: &str, description: &str) -> Self {
        let mut out = String::with_capacity(1 << 20);
        let _ = write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
             font-family=\"Inter, Roboto, Arial, 'Liberation Sans', 'Noto Sans', sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n",
            number((width * scale) as f32),
            number((height * scale) as f32),
            number(width as f32),
            number(height as f32),
            escaped(title),
            escaped(description),
        );
        Self { out, reader: Reader::Any, prefix: String::new(), patterns: Vec::new() }
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    pub(super) fn open(&mut self, id: &str) {
        let _ = writeln!(self.out, "<g id=\"{}{}\">", self.prefix, escaped(id));
    }

    pub(super) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    pub(super) fn land(&mut self, scene: &Scene, land: &LandShapes) {
        let style = &scene.world.style;
        if !scene.has_no_ground() {
            let _ = write!(self.out, "<path id=\"{}water\" fill=\"{}\" d=\"", self.prefix, style.water.hex());
            self.ring(&land.outline);
            self.out.push_str("\"/>\n");
        }
        self.open("land");
        self.filled(&land.underlay, None);
        for (index, shape) in land.fills.iter().enumerate() {
            self.filled(shape, Some(index));
        }
        self.close();
        self.open("borders");
        for shape in &land.lines {
            self.lines(shape);
        }
        self.close();
    }

    fn filled(&mut self, shape: &FilledShape, index: Option<usize>) {
        let paint = self.paint(&shape.fill);
        let id = index.map_or("underlay".to_owned(), |index| format!("fill-{index}"));
        let _ = write!(self.out, "<path id=\"{}{id}\" fill-rule=\"evenodd\" {paint} d=\"", self.prefix);
        shape.rings.iter().for_each(|ring| self.ring(ring));
        self.out.push_str("\"/>\n");
    }

    fn lines(&mut self, shape: &LineShape) {
        let id = shape.class.id();
        let suffix = if shape.soft.is_some() { "-approximate" } else { "" };
        let _ = writeln!(self.out, "<g id=\"{}line-{id}{suffix}\" fill=\"none\" stroke-linejoin=\"round\">", self.prefix);
        if let Some(reach) = shape.soft {
            soft_under(shape.stroke, reach).into_iter().for_each(|stroke| self.stroked(&shape.lines, stroke));
        }
        self.stroked(&shape.lines, shape.stroke);
        self.close();
    }

    fn stroked(&mut self, lines: &[Vec<At>], stroke: Stroke) {
        let _ = write!(self.out, "<path {} d=\"", stroke_attributes(&stroke));
        lines.iter().for_each(|line| self.polyline(line));
        self.out.push_str("\"/>\n");
    }

    /// One closed ring as path data.
    pub(super) fn ring(&mut self, ring: &[At]) {
        self.polyline(ring);
        self.out.push('Z');
    }

    /// One line as path data: absolute, then relative steps in tenths of a point without drift.
    pub(super) fn polyline(&mut self, points: &[At]) {
        // Points that fall together are written once: the letters stand before the first and the second of those that are written.
        let mut written = 0;
        let mut last = [0_i64; 2];
        for point in points {
            let at = point.map(|value| (f64::from(value) * 10.0).round() as i64);
            let step = [at[0] - last[0], at[1] - last[1]];
            if written > 0 && step == [0, 0] {
                continue;
            }
            self.out.push_str(match written {
                0 => "M",
                1 => "l",
                _ => "",
            });
            push_tenths(&mut self.out, step[0], written < 2);
            push_tenths(&mut self.out, step[1], false);
            (last, written) = (at, written + 1);
        }
    }

    /// The `fill` attributes of a fill; a hatch is defined as a pattern where it is first needed.
    pub(super) fn paint(&mut self, fill: &Fill) -> String {
        if fill.hatch_count == 0 {
            return color_attributes("fill", fill.base);
        }
        let plain = Fill { soft: false, ..*fill };
        let known = self.patterns.iter().position(|pattern| *pattern == plain);
        let index = known.unwrap_or_else(|| {
            self.patterns.push(plain);
            self.pattern(&plain, self.patterns.len() - 1);
            self.patterns.len() - 1
        });
        format!("fill=\"url(#hatch-{index})\"")
    }

    fn pattern(&mut self, fill: &Fill, index: usize) {
        let colors = fill.bands();
        let width = STRIPE_POINTS * colors.len() as f32;
        let _ = write!(
            self.out,
            "<defs><pattern id=\"hatch-{index}\" patternUnits=\"userSpaceOnUse\" width=\"{0}\" height=\"{0}\" patternTransform=\"rotate(45)\">",
            number(width)
        );
        for (stripe, color) in colors.iter().enumerate() {
            let x = number(STRIPE_POINTS * stripe as f32);
            let _ = write!(
                self.out,
                "<rect x=\"{x}\" width=\"{}\" height=\"{}\" {}/>",
                number(STRIPE_POINTS),
                number(width),
                color_attributes("fill", *color)
            );
        }
        self.out.push_str("</pattern></defs>\n");
    }
}

/// A number of tenths, as short as it can be; a blank before it only where it would run into the one before.
fn push_tenths(out: &mut String, tenths: i64, first: bool) {
    if !first && tenths >= 0 {
        out.push(' ');
    }
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    let _ = match size % 10 {
        0 => write!(out, "{sign}{}", size / 10),
        rest if size < 10 => write!(out, "{sign}.{rest}"),
        rest => write!(out, "{sign}{}.{rest}", size / 10),
    };
}

/// `fill="#rrggbb"`, with its opacity where it is not opaque.
pub(super) fn color_attributes(what: &str, color: Rgba) -> String {
    let opacity = if color.0[3] == 255 { String::new() } else { format!(" {what}-opacity=\"{}\"", number(color.opacity())) };
    format!("{what}=\"{}\"{opacity}", color.hex())
}

/// The `stroke` attributes of a stroke. Dots are round caps on next to nothing.
pub(super) fn stroke_attributes(stroke: &Stroke) -> String {
    let mut text = color_attributes("stroke", stroke.color);
    let _ = write!(text, " stroke-width=\"{}\"", number(stroke.width_points));
    let pattern = stroke.dash.pattern(stroke.width_points);
    if !pattern.is_empty() {
        let (lengths, cap) = if stroke.dash == Dash::Dots {
            (vec![0.01, pattern[0] + pattern[1]], " stroke-linecap=\"round\"")
        } else {
            (pattern.to_vec(), "")
        };
        let lengths: Vec<String> = lengths.into_iter().map(number).collect();
        let _ = write!(text, " stroke-dasharray=\"{}\"{cap}", lengths.join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[At]) -> String {
        let mut writer = Writer { out: String::new(), reader: Reader::Any, prefix: String::new(), patterns: Vec::new() };
        writer.polyline(points);
        writer.out
    }

    #[test]
    fn points_that_fall_together_are_written_once() {
        assert_eq!(path(&[[10.0, 10.0], [12.0, 10.0], [12.0, 8.5]]), "M10 10l2 0 0-1.5");
        assert_eq!(path(&[[10.0, 10.0], [10.01, 10.0], [12.0, 10.0], [12.0, 10.02], [12.0, 8.5]]), "M10 10l2 0 0-1.5");
    }
}
