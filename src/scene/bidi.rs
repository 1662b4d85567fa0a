//! Lines with words that run from right to left, for painters that only set one stretch after the other from left to right.
//!
//! The order follows the Unicode Bidirectional Algorithm (UAX #9); the base direction is that of the first letter that has one. SVG readers do all of it
//! themselves, once they are told the base direction: see [`runs_from_right`].

use std::{borrow::Cow, ops::Range};

use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// Breaks a word without being seen: what stands before and after it does not join.
const NON_JOINER: char = '\u{200c}';

/// Whether a line's base direction is from right to left.
pub fn runs_from_right(text: &str) -> bool {
    has_from_right(text) && BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// Whether anything in a text runs from right to left: only that needs to be looked at more closely, and hardly any name does.
pub fn has_from_right(text: &str) -> bool {
    text.chars().any(|letter| letter >= '\u{590}' && matches!(bidi_class(letter), BidiClass::R | BidiClass::AL | BidiClass::AN))
}

/// The pieces of a line in the order in which they stand from left to right. Each piece is to be shaped by itself, and is in reading order; together they hold every letter, brackets mirrored where they stand among words from right to left. One piece for most lines; empty for an
/// empty one.
pub fn visual_pieces(text: &str) -> Vec<Cow<'_, str>> {
    visual_line(text, 0..text.len())
}

/// The same for one line, in bytes, of a paragraph that was broken into several: the base direction is that of the paragraph.
pub fn visual_line(paragraph: &str, line: Range<usize>) -> Vec<Cow<'_, str>> {
    placed_line(paragraph, line).into_iter().map(|(_, piece)| piece).collect()
}

/// The same, each piece with the place in the paragraph at which it begins, in bytes.
pub fn placed_line(paragraph: &str, line: Range<usize>) -> Vec<(usize, Cow<'_, str>)> {
    if !has_from_right(paragraph) {
        return if line.is_empty() { Vec::new() } else { vec![(line.start, Cow::Borrowed(&paragraph[line]))] };
    }
    let (text, info) = (paragraph, BidiInfo::new(paragraph, None));
    let mut pieces = Vec::new();
    for paragraph in &info.paragraphs {
        let range = paragraph.range.start.max(line.start)..paragraph.range.end.min(line.end);
        if range.is_empty() {
            continue;
        }
        let (levels, runs) = info.visual_runs(paragraph, range);
        for run in runs {
            let stretch = &text[run.clone()];
            let placed = |(at, piece): (usize, _)| (run.start + at, piece);
            if levels[run.start].is_rtl() {
                pieces.extend(from_right(stretch).into_iter().map(placed))
            } else {
                pieces.push((run.start, stretch.into()))
            }
        }
    }
    pieces
}

/// A stretch from right to left as words and what stands between them, the last first. A painter may take what stands between words from another font, so that
/// each word must be a piece of its own.
fn from_right(stretch: &str) -> Vec<(usize, Cow<'_, str>)> {
    let of_word = |letter: char| matches!(bidi_class(letter), BidiClass::R | BidiClass::AL | BidiClass::NSM);
    let mut pieces: Vec<(usize, Cow<str>)> = Vec::new();
    let mut rest = stretch;
    while let Some(first) = rest.chars().next() {
        let at = stretch.len() - rest.len();
        let length = if of_word(first) { rest.find(|letter| !of_word(letter)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (piece, after) = rest.split_at(length);
        match mirrored(first) {
            Some(other) => pieces.push((at, other.to_string().into())),
            None if first == NON_JOINER => {}
            None => pieces.push((at, piece.into())),
        }
        rest = after;
    }
    pieces.reverse();
    pieces
}

/// A piece for a shaper that goes by the script alone: digits that belong to the Arabic script would be turned round with it, and are turned beforehand.
pub fn for_shaper_by_script(piece: Cow<'_, str>) -> Cow<'_, str> {
    let arabic = |letter: char| ('\u{6f0}'..='\u{6f9}').contains(&letter);
    if piece.chars().all(arabic) { piece.chars().rev().collect::<String>().into() } else { piece }
}

/// What a sign becomes among words from right to left (Bidi_Mirroring_Glyph of the Unicode Character Database, as far as names have them).
fn mirrored(letter: char) -> Option<char> {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    PAIRS.iter().find_map(|&(open, close)| match letter {
        _ if letter == open => Some(close),
        _ if letter == close => Some(open),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_lines_are_one_piece() {
        for text in ["Kyiv (Kiev)", "Ադրբեջան", "中印 2020", "1948"] {
            assert_eq!(visual_pieces(text), [text]);
            assert!(!runs_from_right(text));
        }
        assert!(visual_pieces("").is_empty());
    }

    #[test]
    fn numbers_stand_to_the_left_of_the_word_before_them_and_read_from_left_to_right() {
        assert_eq!(visual_pieces("القدس 1948"), ["1948", " ", "القدس"]);
        assert_eq!(visual_pieces("ירושלים 1948"), ["1948", " ", "ירושלים"]);
        assert_eq!(visual_pieces("سنة ١٩٤٨"), ["١٩٤٨", " ", "سنة"]);
        assert_eq!(visual_pieces("سال ۱۳۲۷"), ["۱۳۲۷", " ", "سال"]);
        assert_eq!(for_shaper_by_script("۱۳۲۷".into()), "۷۲۳۱");
        assert_eq!(for_shaper_by_script("١٩٤٨".into()), "١٩٤٨");
    }

    #[test]
    fn words_follow_each_other_to_the_left_and_brackets_open_to_the_right_side() {
        assert_eq!(visual_pieces("תל אביב (יפו)"), ["(", "יפו", ")", " ", "אביב", " ", "תל"]);
        assert_eq!(visual_pieces("نمی\u{200c}خواهم"), ["خواهم", "نمی"]);
    }

    #[test]
    fn a_line_has_the_direction_of_its_paragraph() {
        let paragraph = "القدس Jerusalem, القدس 1948";
        let line = paragraph.find('J').unwrap()..paragraph.len();
        assert_eq!(visual_line(paragraph, line), ["1948", " ", "القدس", " ", ",", "Jerusalem"]);
    }

    #[test]
    fn words_within_a_latin_line_keep_its_direction() {
        assert_eq!(visual_pieces("Jerusalem (القدس الشريف), 1948"), ["Jerusalem (", "الشريف", " ", "القدس", "), ", "1948"]);
        assert!(!runs_from_right("Jerusalem (القدس)") && runs_from_right("القدس (Jerusalem)"));
        assert_eq!(visual_pieces("القدس (Jerusalem)"), ["(", "Jerusalem", ")", " ", "القدس"]);
    }
}
