//! Paths, colours and marks on one page. Everything that is drawn is marked as part of what is read out, or as decoration.

use krilla::{
    color::rgb,
    geom::{Path, PathBuilder, Rect as PdfRect, Transform},
    num::NormalizedF32,
    paint::{Fill as PdfFill, FillRule, LineCap, LineJoin, Stroke as PdfStroke, StrokeDash},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
};

use crate::scene::{Dash, Rect, Rgba, Stroke, item::At};

/// Coordinates are rounded to so many steps a point: finer than a printer can show, and half as long to write.
const STEPS: f32 = 20.0;

/// Draws on one page.
pub(super) struct Painter<'p, 's> {
    pub(super) surface: &'p mut Surface<'s>,
    marks: Vec<Identifier>,
    marking: Marking,
}

/// Under which mark things are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marking {
    /// Under none: the next thing begins one.
    Closed,
    /// Part of what is read out.
    Content,
    /// Decoration, until it is over.
    Decoration,
}

impl<'p, 's> Painter<'p, 's> {
    pub(super) fn new(surface: &'p mut Surface<'s>) -> Self {
        Self { surface, marks: Vec::new(), marking: Marking::Closed }
    }

    /// The ground of the whole page.
    pub(super) fn paper(&mut self, [width, height]: [f64; 2], color: Rgba) {
        let rect = Rect::new(0.0, 0.0, width as f32, height as f32);
        self.decoration(|painter| painter.filled(&rect_path(&rect), color));
    }

    /// Draws what is left out when the page is read out.
    pub(super) fn decoration(&mut self, draw: impl FnOnce(&mut Self)) {
        self.close();
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
        self.marking = Marking::Decoration;
        draw(self);
        self.surface.end_tagged();
        self.marking = Marking::Closed;
    }

    /// Draws letters that read as `text`, however they stand.
    pub(super) fn reading(&mut self, text: &str, draw: impl FnOnce(&mut Self)) {
        if self.marking == Marking::Decoration {
            return draw(self);
        }
        self.close();
        let mark = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(Some(text))));
        self.marks.push(mark);
        self.marking = Marking::Content;
        draw(self);
        self.close();
    }

    /// What was drawn since the last time, as marks for the tree of tags.
    pub(super) fn take_marks(&mut self) -> Vec<Identifier> {
        self.close();
        std::mem::take(&mut self.marks)
    }

    /// Cuts what is drawn at the edges of a box, and lays the origin to a place, a point `scale` times as large.
    pub(super) fn framed(&mut self, (cut, origin): (&Rect, At), scale: f32, draw: impl FnOnce(&mut Self)) {
        self.close();
        if let Some(path) = rect_path(cut) {
            self.surface.push_clip_path(&path, &FillRule::NonZero);
            self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, origin[0], origin[1]));
            draw(self);
            self.close();
            self.surface.pop();
            self.surface.pop();
        }
    }

    /// Draws things as one that is so opaque. They must hold no letters.
    pub(super) fn faded(&mut self, opacity: f32, draw: impl FnOnce(&mut Self)) {
        match NormalizedF32::new(opacity.clamp(0.0, 1.0)) {
            Some(opacity) if opacity != NormalizedF32::ONE => {
                self.begin();
                self.surface.push_opacity(opacity);
                draw(self);
                self.surface.pop();
            }
            _ => draw(self),
        }
    }

    /// Draws only inside a path, by the even-odd rule.
    pub(super) fn within(&mut self, path: &Path, draw: impl FnOnce(&mut Self)) {
        self.begin();
        self.surface.push_clip_path(path, &FillRule::EvenOdd);
        draw(self);
        self.surface.pop();
    }

    /// Fills a path by the even-odd rule; nothing for no path.
    pub(super) fn filled(&mut self, path: &Option<Path>, color: Rgba) {
        if let Some(path) = path.as_ref().filter(|_| color.0[3] > 0) {
            self.begin();
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(fill(color)));
            self.surface.draw_path(path);
        }
    }

    /// Strokes a path with round joins; nothing for no path.
    pub(super) fn stroked(&mut self, path: &Option<Path>, stroke: &Stroke) {
        if let Some(path) = path.as_ref().filter(|_| stroke.color.0[3] > 0 && stroke.width_points > 0.0) {
            self.begin();
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(pdf_stroke(stroke)));
            self.surface.draw_path(path);
        }
    }

    /// The same with round ends.
    pub(super) fn stroked_round(&mut self, path: &Option<Path>, stroke: &Stroke) {
        if let Some(path) = path {
            self.begin();
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(PdfStroke { line_cap: LineCap::Round, ..pdf_stroke(stroke) }));
            self.surface.draw_path(path);
        }
    }

    /// Whatever is drawn next is part of what is read out, if it is no decoration.
    pub(super) fn begin(&mut self) {
        if self.marking == Marking::Closed {
            self.marks.push(self.surface.start_tagged(ContentTag::Other));
            self.marking = Marking::Content;
        }
    }

    fn close(&mut self) {
        if self.marking == Marking::Content {
            self.surface.end_tagged();
            self.marking = Marking::Closed;
        }
    }
}

/// A fill in one colour.
pub(super) fn fill(color: Rgba) -> PdfFill {
    PdfFill { paint: paint(color), opacity: opacity(color), rule: FillRule::EvenOdd }
}

fn paint(color: Rgba) -> krilla::paint::Paint {
    let [red, green, blue, _] = color.0;
    rgb::Color::new(red, green, blue).into()
}

fn opacity(color: Rgba) -> NormalizedF32 {
    NormalizedF32::new(color.opacity()).unwrap_or(NormalizedF32::ONE)
}

/// Dots are round caps on next to nothing.
fn pdf_stroke(stroke: &Stroke) -> PdfStroke {
    let pattern = stroke.dash.pattern(stroke.width_points);
    let is_dots = stroke.dash == Dash::Dots;
    let array = if is_dots { vec![0.01, pattern[0] + pattern[1]] } else { pattern.to_vec() };
    PdfStroke {
        paint: paint(stroke.color),
        opacity: opacity(stroke.color),
        width: stroke.width_points,
        line_cap: if is_dots { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 }),
        ..PdfStroke::default()
    }
}

/// Lines or rings as one path, points that fall together written once; `None` where nothing is left of them, or where a number is none.
pub(super) fn path(lines: &[Vec<At>], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for line in lines {
        let mut last: Option<At> = None;
        for point in line {
            let at = point.map(|value| (value * STEPS).round() / STEPS);
            match last {
                None => builder.move_to(at[0], at[1]),
                Some(before) if before == at => continue,
                Some(_) => builder.line_to(at[0], at[1]),
            }
            last = Some(at);
        }
        if closed && last.is_some() {
            builder.close();
        }
    }
    builder.finish()
}

/// A box as a path; `None` for one without an inside.
pub(super) fn rect_path(rect: &Rect) -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.push_rect(PdfRect::from_ltrb(rect.min[0], rect.min[1], rect.max[0], rect.max[1])?);
    builder.finish()
}

/// What a circle's quarter takes of its radius for its handles as a Bézier curve.
const QUARTER: f32 = 0.552_285;

/// A box with rounded corners as a path; the radius is at most half of its sides.
pub(super) fn rounded_path(rect: &Rect, radius: f32) -> Option<Path> {
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius <= 0.0 {
        return rect_path(rect);
    }
    let ([left, top], [right, bottom], handle) = (rect.min, rect.max, radius * (1.0 - QUARTER));
    let mut builder = PathBuilder::new();
    builder.move_to(left + radius, top);
    builder.line_to(right - radius, top);
    builder.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    builder.line_to(right, bottom - radius);
    builder.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    builder.line_to(left + radius, bottom);
    builder.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    builder.line_to(left, top + radius);
    builder.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    builder.close();
    builder.finish()
}

/// A circle as a path.
pub(super) fn circle_path(middle: At, radius: f32) -> Option<Path> {
    rounded_path(&Rect::around(middle, 2.0 * radius, 2.0 * radius), radius)
}
