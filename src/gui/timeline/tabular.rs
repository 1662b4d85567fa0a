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

impl Runs {
    /// One more run, in the middle of so much width.
    fn add(&mut self, galley: Arc<Galley>, width: f32) {
        self.placed.push((self.size.x + (width - galley.size().x) * 0.5, galley));
        self.size.x += width;
    }
}

/// The digits.
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Asks for every digit and some words, so that they are at hand when the text runs on to them: the window forgets what one frame does not ask for, and setting
/// a word costs many times what it costs to ask for a known one.
pub fn keep(painter: &Painter, font: &FontId, words: &[&str]) {
    DIGITS.iter().chain(words).for_each(|part| drop(painter.layout_no_wrap((*part).to_owned(), font.clone(), Color32::PLACEHOLDER)));
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

/// Sets each run once, digit by digit and word by word: this is done in every frame while time runs.
fn runs(painter: &Painter, text: &str, font: &FontId) -> Runs {
    let set = |part: &str| painter.layout_no_wrap(part.to_owned(), font.clone(), Color32::PLACEHOLDER);
    let widest = set("0").size();
    let (cell, blank) = (widest.x * CELL_SHARE, set(" ").size().x);
    let mut runs = Runs { placed: Vec::new(), size: vec2(0.0, widest.y) };
    for word in text.split_inclusive(' ') {
        let letters = word.trim_end_matches(' ');
        for run in letters.split_inclusive(|letter: char| letter.is_ascii_digit()) {
            let digit_at = run.len() - usize::from(run.ends_with(|letter: char| letter.is_ascii_digit()));
            let (between, digit) = run.split_at(digit_at);
            if !between.is_empty() {
                let galley = set(between);
                let width = galley.size().x;
                runs.add(galley, width);
            }
            if !digit.is_empty() {
                runs.add(set(digit), cell);
            }
        }
        runs.size.x += blank * (word.len() - letters.len()) as f32;
    }
    runs
}
