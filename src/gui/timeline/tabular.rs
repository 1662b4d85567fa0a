//! Text whose digits all have one width, so that a running date does not tremble. The window's text layout knows no tabular figures.

use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Vec2, pos2};

/// A cell as a share of the widest digit, whose own sides are empty: numbers in large type stay together.
const CELL_SHARE: f32 = 0.955;

/// The size that [`paint`] takes.
pub fn size(painter: &Painter, text: &str, font: &FontId) -> Vec2 {
    walk(painter, text, font, |_, _, _| {})
}

/// Paints a line of text with its place in `align` at `at`; gives back where it stands.
pub fn paint(painter: &Painter, at: Pos2, align: Align2, text: &str, font: &FontId, color: Color32) -> Rect {
    let rect = align.anchor_size(at, size(painter, text, font));
    walk(painter, text, font, |x, part, align| {
        painter.text(pos2(rect.left() + x, rect.top()), align, part, font.clone(), color);
    });
    rect
}

/// Calls `each` with the place of every run: a single digit in the middle of its cell, or whatever stands between digits.
fn walk(painter: &Painter, text: &str, font: &FontId, mut each: impl FnMut(f32, &str, Align2)) -> Vec2 {
    let width_of = |part: &str| painter.layout_no_wrap(part.to_owned(), font.clone(), Color32::PLACEHOLDER).size();
    let widest = width_of("0");
    let cell = Vec2::new(widest.x * CELL_SHARE, widest.y);
    let mut x = 0.0;
    for run in text.split_inclusive(|letter: char| letter.is_ascii_digit()) {
        let digit_at = run.len() - usize::from(run.ends_with(|letter: char| letter.is_ascii_digit()));
        let (between, digit) = run.split_at(digit_at);
        if !between.is_empty() {
            each(x, between, Align2::LEFT_TOP);
            x += width_of(between).x;
        }
        if !digit.is_empty() {
            each(x + cell.x * 0.5, digit, Align2::CENTER_TOP);
            x += cell.x;
        }
    }
    Vec2::new(x, cell.y)
}
