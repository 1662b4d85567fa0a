//! Lines of text one below the other in a column of a sheet.

use crate::scene::{
    Face, Item, Rgba, Text,
    fonts::{LINE_HEIGHT, wrapped},
};

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) face: Face,
    pub(super) size_points: f32,
    pub(super) color: Rgba,
    /// The most lines: the last one then ends in an ellipsis.
    pub(super) most_lines: usize,
}

impl Setting {
    pub(super) fn new(face: Face, size_points: f32, color: Rgba) -> Self {
        Self { face, size_points, color, most_lines: usize::MAX }
    }

    pub(super) fn at_most(self, most_lines: usize) -> Self {
        Self { most_lines, ..self }
    }

    /// From one line to the next, in points.
    pub(super) fn line_height(self) -> f32 {
        self.size_points * LINE_HEIGHT
    }

    /// The lines of a text in a column so wide; words that are wider than it are cut.
    pub(super) fn lines(self, text: &str, width: f32) -> Vec<String> {
        let most = self.most_lines.min(text.len() + 1);
        broken(text, self, width).map_or_else(
            || wrapped(text, self.face, self.size_points, width, most),
            |text| wrapped(&text, self.face, self.size_points, width, most),
        )
    }
}

/// A text with blanks in its longest words, so that each part fits the column; `None` where every word does.
fn broken(text: &str, setting: Setting, width: f32) -> Option<String> {
    let width_of = |part: &str| crate::scene::fonts::text_width(part, setting.face, setting.size_points, 0.0);
    if text.split_whitespace().all(|word| width_of(word) <= width) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut part = String::new();
        for letter in word.chars() {
            part.push(letter);
            if width_of(&part) > width && part.chars().count() > 1 {
                part.pop();
                out.push_str(&part);
                out.push(' ');
                part = letter.to_string();
            }
        }
        out.push_str(&part);
    }
    Some(out)
}

/// A column that is filled from the top down.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) left: f32,
    pub(super) width: f32,
    /// Where the next line begins.
    pub(super) y: f32,
    pub(super) items: Vec<Item>,
}

impl Column {
    pub(super) fn new(left: f32, top: f32, width: f32) -> Self {
        Self { left, width, y: top, items: Vec::new() }
    }

    /// A paragraph; nothing for an empty text.
    pub(super) fn block(&mut self, text: &str, setting: Setting) {
        setting.lines(text, self.width).iter().for_each(|line| self.line(line, setting));
    }

    /// A line that is set as it stands.
    pub(super) fn line(&mut self, line: &str, setting: Setting) {
        let at = [self.left, self.y + setting.line_height() / 2.0];
        self.items.push(Item::Text(Text::line(line, at, setting.face, setting.size_points, setting.color)));
        self.y += setting.line_height();
    }

    /// Leaves room.
    pub(super) fn skip(&mut self, points: f32) {
        self.y += points;
    }
}

/// The paragraphs of a text that are divided by line breaks, without blanks round them; none of them empty.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::fonts::text_width;

    #[test]
    fn no_line_is_wider_than_its_column() {
        let setting = Setting::new(Face::Regular, 10.0, Rgba::rgb(0, 0, 0));
        let long = format!("See https://example.org/{} and on", "a-very-long-name/".repeat(20));
        let lines = setting.lines(&long, 120.0);
        assert!(lines.len() > 10);
        assert!(lines.iter().all(|line| text_width(line, Face::Regular, 10.0, 0.0) <= 121.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), long.replace(' ', ""), "nothing is lost");
    }
}
