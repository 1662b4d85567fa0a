//! The sources at the end: entries of a style of citing, italics and all, with addresses that can be clicked.

use super::flow::Flow;
use crate::{
    export::{bibliography::StyledEntry, sheet::Role, typeset::Setting},
    scene::{
        Face, Item, Rect, Text,
        fonts::{LINE_HEIGHT, text_width},
    },
};

const SIZE_POINTS: f32 = 9.5;
/// How far the lines of an entry after its first are set in.
const HANGING: f32 = 16.0;

/// A word, or as much of one as fits on a line.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    face: Face,
    /// Whether it goes on where the last one ended, without a blank.
    joined: bool,
    /// Where it leads.
    address: Option<String>,
}

/// Writes all entries under a heading; nothing where there are none.
pub(super) fn write(flow: &mut Flow, entries: &[StyledEntry]) {
    if entries.is_empty() {
        return;
    }
    let style = flow.style.clone();
    flow.keep_together(90.0);
    flow.block("Sources", Setting::new(Face::SemiBold, 16.0, style.ink), Role::Heading);
    flow.skip(6.0);
    for entry in entries {
        let width = flow.width();
        for (index, line) in set(&words(entry, width - HANGING), width).iter().enumerate() {
            let left = if index == 0 { 0.0 } else { HANGING };
            let (items, links) = placed(line, left, style.ink);
            flow.set_line(SIZE_POINTS * LINE_HEIGHT, items, links, Role::Reference);
        }
        flow.skip(3.5);
    }
}

/// The words of an entry; words wider than a line in as many parts as they need.
fn words(entry: &StyledEntry, width: f32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut blank_before = true;
    for piece in &entry.pieces {
        let face = if piece.is_italic { Face::Italic } else { Face::Regular };
        for (index, text) in piece.text.split(char::is_whitespace).enumerate() {
            blank_before |= index > 0;
            if text.is_empty() {
                continue;
            }
            let address = (text.starts_with("https://") || text.starts_with("http://"))
                .then(|| text.trim_end_matches(['.', ',', ';', ')']).to_owned());
            for (part, text) in fitting(text, face, width).into_iter().enumerate() {
                words.push(Word { text, face, joined: part > 0 || !blank_before, address: address.clone() });
            }
            blank_before = false;
        }
    }
    words
}

/// A word in parts that are no wider than a line.
fn fitting(word: &str, face: Face, width: f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        let last = parts.len() - 1;
        parts[last].push(letter);
        if text_width(&parts[last], face, SIZE_POINTS, 0.0) > width && parts[last].chars().count() > 1 {
            parts[last].pop();
            parts.push(letter.to_string());
        }
    }
    parts
}

/// Breaks words into lines, the first as wide as `width`, the others less by what they are set in.
fn set(words: &[Word], width: f32) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut x = 0.0;
    for word in words {
        let own = text_width(&word.text, word.face, SIZE_POINTS, 0.0);
        let gap = if word.joined { 0.0 } else { blank() };
        let room = if lines.len() < 2 { width } else { width - HANGING };
        match lines.last_mut() {
            Some(line) if x + gap + own <= room => {
                x += gap + own;
                line.push(word.clone());
            }
            _ => {
                x = own;
                lines.push(vec![word.clone()]);
            }
        }
    }
    lines
}

fn blank() -> f32 {
    text_width(" ", Face::Regular, SIZE_POINTS, 0.0)
}

/// A line as texts, one for each stretch in one face, from its left end and the middle of its height; and where its addresses stand.
fn placed(line: &[Word], left: f32, color: crate::scene::Rgba) -> (Vec<Item>, Vec<(Rect, String)>) {
    let (mut items, mut links, mut x) = (Vec::new(), Vec::new(), left);
    for (index, stretch) in line.chunk_by(|a, b| a.face == b.face && a.address == b.address).enumerate() {
        let mut text = String::new();
        for (word_index, word) in stretch.iter().enumerate() {
            if !word.joined && word_index > 0 {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        if index > 0 && !stretch[0].joined {
            x += blank();
        }
        let width = text_width(&text, stretch[0].face, SIZE_POINTS, 0.0);
        items.push(Item::Text(Text::line(&text, [x, 0.0], stretch[0].face, SIZE_POINTS, color)));
        if let Some(address) = &stretch[0].address {
            links.push((Rect::new(x, -SIZE_POINTS * 0.6, width, SIZE_POINTS * 1.2), address.clone()));
        }
        x += width;
    }
    (items, links)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::bibliography::Piece, model::SourceId};

    fn entry(pieces: &[(&str, bool)]) -> StyledEntry {
        let pieces = pieces.iter().map(|(text, is_italic)| Piece { text: (*text).to_owned(), is_italic: *is_italic }).collect();
        StyledEntry { id: SourceId::from("waal-2003"), pieces }
    }

    #[test]
    fn entries_keep_their_words_and_their_blanks() {
        let long = format!("https://example.org/{}.", "x".repeat(300));
        let entry = entry(&[("Waal, Thomas de. ", false), ("Black Garden", true), (". New York, ", false), (&long, false)]);
        let lines = set(&words(&entry, 284.0), 300.0);
        assert!(lines.len() > 3);
        let mut text = String::new();
        for (index, word) in lines.iter().flatten().enumerate() {
            text.push_str(if index == 0 || word.joined { "" } else { " " });
            text.push_str(&word.text);
        }
        assert_eq!(text, format!("Waal, Thomas de. Black Garden. New York, {long}"));
        let (_, links) = placed(lines.last().unwrap(), HANGING, crate::scene::Rgba::rgb(0, 0, 0));
        assert_eq!(links[0].1, long.trim_end_matches('.'), "all of the address, on each line");
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let entry = entry(&[(&"word ".repeat(80), false), (&"Title ".repeat(20), true)]);
        for (index, line) in set(&words(&entry, 284.0), 300.0).iter().enumerate() {
            let (items, _) = placed(line, if index == 0 { 0.0 } else { HANGING }, crate::scene::Rgba::rgb(0, 0, 0));
            for item in items {
                let Item::Text(text) = item else { panic!("only text") };
                assert!(text.at[0] + text_width(&text.text, text.face, SIZE_POINTS, 0.0) <= 302.0, "{text:?}");
            }
        }
    }
}
