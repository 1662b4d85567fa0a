//! Text as glyphs of the program's own fonts, so that it stands as on the screen, prints sharp, and is copied as it was written.

use std::{collections::HashMap, sync::LazyLock};

use krilla::{
    geom::{Path, PathBuilder, Point, Transform},
    text::{Font, GlyphId, KrillaGlyph},
};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

use super::{
    clean,
    painter::{Painter, fill},
};
use crate::scene::{
    Anchor, Rgba, Stroke, Text,
    bidi::has_from_right,
    fonts::{CAP_HEIGHT, FACES, FALLBACKS, FontFile},
    glyphs::{GlyphLine, GlyphRun, glyph_line},
    item::{At, CurvedText},
};

/// Every font of the program by the name of its file.
static FONTS: LazyLock<HashMap<&'static str, Font>> = LazyLock::new(|| {
    let font = |file: &FontFile| Some((file.name, Font::new(file.bytes.into(), 0)?));
    FACES.iter().chain(&FALLBACKS).filter_map(font).collect()
});

/// Draws a line of text.
pub(super) fn draw_text(painter: &mut Painter, text: &Text) {
    let words = clean(&text.text);
    let spacing = text.spacing_points() / text.size_points;
    let line = glyph_line(&words, text.face, spacing);
    let left = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -line.width / 2.0,
        Anchor::End => -line.width,
    } * text.size_points;
    let set = Set {
        line: &line,
        at: [left, text.size_points * CAP_HEIGHT / 2.0],
        turned: Turned::new(text.at, text.angle_rad),
        size: text.size_points,
    };
    if let Some(halo) = text.halo {
        draw_halo(painter, &[set], halo, text.size_points);
    }
    // Letters with room between them would be read as words of one letter. Readers put words from right to left in order themselves, and turn round those that
    // they are told.
    if spacing != 0.0 && !has_from_right(&words) {
        painter.reading(&words, |painter| set.draw(painter, text.color));
    } else {
        set.draw(painter, text.color);
    }
}

/// Draws a text along a curve, letter by letter; it reads as one.
pub(super) fn draw_curved(painter: &mut Painter, text: &CurvedText) {
    let lines: Vec<GlyphLine> =
        text.text.chars().map(|letter| glyph_line(&clean(letter.encode_utf8(&mut [0; 4])), text.face, 0.0)).collect();
    let place = |(line, letter): (_, &crate::scene::item::Letter)| Set {
        line,
        at: [0.0, 0.0],
        turned: Turned::new(letter.at, letter.angle_rad),
        size: text.size_points,
    };
    let sets: Vec<Set> = lines.iter().zip(&text.letters).map(place).collect();
    if let Some(halo) = text.halo {
        draw_halo(painter, &sets, halo, text.size_points);
    }
    painter.reading(&clean(&text.text), |painter| sets.iter().for_each(|set| set.draw(painter, text.color)));
}

/// A turn about a place.
#[derive(Clone, Copy)]
struct Turned {
    about: At,
    angle_rad: f32,
}

impl Turned {
    fn new(about: At, angle_rad: f32) -> Self {
        Self { about, angle_rad }
    }

    /// What is so far right of and below the place, on the page.
    fn on_page(self, [right, down]: At) -> At {
        let (sin, cos) = self.angle_rad.sin_cos();
        [self.about[0] + right * cos - down * sin, self.about[1] + right * sin + down * cos]
    }

    fn transform(self) -> Transform {
        let (sin, cos) = self.angle_rad.sin_cos();
        Transform::from_row(cos, sin, -sin, cos, self.about[0], self.about[1])
    }
}

/// A line that has its place: the left end of its base line, as seen from what it is turned about.
#[derive(Clone, Copy)]
struct Set<'a> {
    line: &'a GlyphLine,
    at: At,
    turned: Turned,
    size: f32,
}

impl Set<'_> {
    fn draw(&self, painter: &mut Painter, color: Rgba) {
        painter.begin();
        painter.surface.set_stroke(None);
        painter.surface.set_fill(Some(fill(color)));
        let is_turned = self.turned.angle_rad != 0.0;
        if is_turned {
            painter.surface.push_transform(&self.turned.transform());
        }
        let origin = if is_turned { [0.0, 0.0] } else { self.turned.about };
        for run in &self.line.runs {
            let Some(font) = FONTS.get(run.font.name) else { continue };
            let start = Point::from_xy(origin[0] + self.at[0] + run.x * self.size, origin[1] + self.at[1]);
            painter.surface.draw_glyphs(start, &glyphs(run), font.clone(), &run.text, self.size, false);
        }
        if is_turned {
            painter.surface.pop();
        }
    }
}

fn glyphs(run: &GlyphRun) -> Vec<KrillaGlyph> {
    let glyph = |glyph: &crate::scene::glyphs::Glyph| {
        let [right, up] = glyph.offset;
        KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, right, up, 0.0, glyph.bytes.clone(), None)
    };
    run.glyphs.iter().map(glyph).collect()
}

/// The edge round letters, a sixth of the size on each side: their outlines as paths, which are no text, so that nothing is read or copied twice.
fn draw_halo(painter: &mut Painter, sets: &[Set], color: Rgba, size_points: f32) {
    let mut pen = Pen { builder: PathBuilder::new(), turned: Turned::new([0.0, 0.0], 0.0), at: [0.0, 0.0] };
    sets.iter().for_each(|set| outline(&mut pen, set));
    let path: Option<Path> = pen.builder.finish();
    painter.stroked(&path, &Stroke::solid(color, size_points / 3.0));
}

fn outline(pen: &mut Pen, set: &Set) {
    pen.turned = set.turned;
    for run in &set.line.runs {
        let Ok(font) = FontRef::new(run.font.bytes) else { continue };
        let outlines = font.outline_glyphs();
        let mut x = set.at[0] + run.x * set.size;
        for glyph in &run.glyphs {
            pen.at = [x + glyph.offset[0] * set.size, set.at[1] - glyph.offset[1] * set.size];
            x += glyph.advance * set.size;
            let settings = DrawSettings::unhinted(Size::new(set.size), LocationRef::default());
            // A glyph without an outline, such as a blank, has no edge either.
            let _ = outlines.get(skrifa::GlyphId::new(glyph.id)).map(|outline| outline.draw(settings, pen));
        }
    }
}

/// Draws outlines, whose y points up, onto the page.
struct Pen {
    builder: PathBuilder,
    turned: Turned,
    at: At,
}

impl Pen {
    fn on_page(&self, x: f32, y: f32) -> At {
        // A tenth of a point is finer than an edge can be seen.
        self.turned.on_page([self.at[0] + x, self.at[1] - y]).map(|value| (value * 10.0).round() / 10.0)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let [x, y] = self.on_page(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let [x, y] = self.on_page(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let [[cx0, cy0], [x, y]] = [self.on_page(cx0, cy0), self.on_page(x, y)];
        self.builder.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let [[cx0, cy0], [cx1, cy1], [x, y]] = [self.on_page(cx0, cy0), self.on_page(cx1, cy1), self.on_page(x, y)];
        self.builder.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
