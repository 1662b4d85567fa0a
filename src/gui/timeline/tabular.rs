//! Text whose digits all have one width, so that a running date does not tremble. The window's text layout knows no tabular figures.

use std::sync::Arc;

use eframe::egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Vec2, vec2};

/// A cell as a share of the widest digit, whose own sides are empty: numbers in large type stay together.
const CELL_SHARE: f32 = 0.955;

/// A line of text as runs, each with its place from the left: a single digit in the middle of its cell, or whatever stands between digits.
struct Runs {
    placed: Vec<(f32, Arc<Galley>)>,
    size: Vec2,
}

/// The size that [`paint`] takes.
pub fn size(painter: &Painter, text: &str, font: &FontId) -> Vec2 {
    runs(painter, text, font).size
}

/// Paints a line of text with its place in `align` at `at`; gives back where it stands.
pub fn paint(painter: &Painter, at: Pos2, align: Align2, text: &str, font: &FontId, color: Color32) -> Rect {
    let runs = runs(painter, text, font);
    let rect = align.anchor_size(at, runs.size);
    for (x, galley) in runs.placed {
        painter.galley(rect.min + vec2(x, 0.0), galley, color);
    }
    rect
}

/// Sets each run once: this is done in every frame while time runs.
fn runs(painter: &Painter, text: &str, font: &FontId) -> Runs {
    let set = |part: &str| painter.layout_no_wrap(part.to_owned(), font.clone(), Color32::PLACEHOLDER);
    let widest = set("0").size();
    let cell = widest.x * CELL_SHARE;
    let mut runs = Runs { placed: Vec::new(), size: vec2(0.0, widest.y) };
    for run in text.split_inclusive(|letter: char| letter.is_ascii_digit()) {
        let digit_at = run.len() - usize::from(run.ends_with(|letter: char| letter.is_ascii_digit()));
        let (between, digit) = run.split_at(digit_at);
        if !between.is_empty() {
            let galley = set(between);
            let width = galley.size().x;
            runs.placed.push((runs.size.x, galley));
            runs.size.x += width;
        }
        if !digit.is_empty() {
            let galley = set(digit);
            runs.placed.push((runs.size.x + (cell - galley.size().x) * 0.5, galley));
            runs.size.x += cell;
        }
    }
    runs
}
