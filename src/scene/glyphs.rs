//! A line of text as glyphs with places, for painters that set no text themselves.
//!
//! Runs follow the Unicode Bidirectional Algorithm (UAX #9) and keep which bytes of the text each glyph stands for, so that what is copied from such a
//! picture reads as it was written.

use std::ops::Range;

use harfrust::Direction;
use unicode_bidi::BidiInfo;

use super::{
    bidi::has_from_right,
    fonts::FontFile,
    item::Face,
    shaping::{SHAPERS, Shaper, one_glyph_a_letter},
};

/// One glyph. All lengths are shares of the size.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font; 0 for a letter that no font has.
    pub id: u32,
    /// The bytes of the run's text that it stands for; several glyphs may stand for the same.
    pub bytes: Range<usize>,
    /// From its origin to that of the next one, with the room after a letter.
    pub advance: f32,
    /// How far right of its origin and above the base line it is drawn.
    pub offset: [f32; 2],
}

/// A stretch in one font and one direction.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// The font that its glyphs are of.
    pub font: FontFile,
    /// Its text in reading order. Never empty.
    pub text: String,
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    /// Where it begins, from the left end of the line, as a share of the size.
    pub x: f32,
}

/// A line.
#[derive(Clone, Debug)]
pub struct GlyphLine {
    /// In reading order; empty for an empty text.
    pub runs: Vec<GlyphRun>,
    /// From its left end to its right end as a share of the size, without room after the last letter.
    pub width: f32,
}

/// The glyphs of a line with `spacing` (a share of the size) after each letter; with any, no letters are joined to one glyph. Base direction is that of the
/// first letter that has one. Letters that no font has are glyph 0 of the face.
pub fn glyph_line(text: &str, face: Face, spacing: f32) -> GlyphLine {
    let Some(own) = SHAPERS.0[face as usize].as_ref() else { return GlyphLine { runs: Vec::new(), width: 0.0 } };
    let mut x = 0.0;
    let mut runs: Vec<(usize, GlyphRun)> = Vec::new();
    for (stretch, direction) in directed(text) {
        let mut fonts = in_fonts(text, stretch, own);
        if direction == Direction::RightToLeft {
            fonts.reverse();
        }
        for (shaper, bytes) in fonts {
            let run = run(shaper, &text[bytes.clone()], direction, (x, spacing));
            x += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
            runs.push((bytes.start, run));
        }
    }
    runs.sort_by_key(|(start, _)| *start);
    let width = if runs.is_empty() { 0.0 } else { x - spacing };
    GlyphLine { runs: runs.into_iter().map(|(_, run)| run).collect(), width }
}

/// The stretches of one direction in the order in which they stand from left to right.
fn directed(text: &str) -> Vec<(Range<usize>, Direction)> {
    if text.is_empty() {
        return Vec::new();
    }
    if !has_from_right(text) {
        return vec![(0..text.len(), Direction::LeftToRight)];
    }
    let info = BidiInfo::new(text, None);
    let mut stretches = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        let towards = |run: &Range<usize>| if levels[run.start].is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
        stretches.extend(runs.into_iter().map(|run| (run.clone(), towards(&run))));
    }
    stretches
}

/// A stretch cut where the font changes, in reading order. A sign or a mark that the font of its word has as well stays with the word.
fn in_fonts<'a>(text: &str, stretch: Range<usize>, own: &'a Shaper) -> Vec<(&'a Shaper, Range<usize>)> {
    let of = |letter: char| if own.has(letter) { own } else { SHAPERS.1.iter().find(|other| other.has(letter)).unwrap_or(own) };
    let mut cut: Vec<(&Shaper, Range<usize>)> = Vec::new();
    for (at, letter) in text[stretch.clone()].char_indices() {
        let bytes = stretch.start + at..stretch.start + at + letter.len_utf8();
        match cut.last_mut() {
            Some((shaper, run))
                if std::ptr::eq(*shaper, of(letter)) || is_joiner(letter) || !letter.is_alphanumeric() && shaper.has(letter) =>
            {
                run.end = bytes.end;
            }
            _ => cut.push((of(letter), bytes)),
        }
    }
    cut
}

/// Whether a letter only says how its neighbours are written: it has no look of its own, and no font needs to have it.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn run(shaper: &Shaper, text: &str, direction: Direction, (x, spacing): (f32, f32)) -> GlyphRun {
    let apart = one_glyph_a_letter();
    let features = if spacing == 0.0 { &[][..] } else { &apart[..] };
    let shaped = shaper.shaped_towards(Some(direction), text, features);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|glyph| glyph.cluster as usize).collect();
    starts.sort_unstable();
    let end_of = |start: usize| starts.iter().copied().find(|other| *other > start).unwrap_or(text.len());
    let share = |units: i32| units as f32 / shaper.units_per_em;
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(glyph, position)| {
        let start = glyph.cluster as usize;
        // A mark over a letter takes no room of its own.
        let room = if position.x_advance == 0 { 0.0 } else { spacing };
        Glyph {
            id: glyph.glyph_id,
            bytes: start..end_of(start),
            advance: share(position.x_advance) + room,
            offset: [share(position.x_offset), share(position.y_offset)],
        }
    });
    GlyphRun { font: shaper.file, text: text.to_owned(), glyphs: glyphs.collect(), x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::fonts::text_width;

    fn texts(text: &str) -> Vec<(String, &'static str)> {
        glyph_line(text, Face::Regular, 0.0).runs.into_iter().map(|run| (run.text, run.font.family)).collect()
    }

    #[test]
    fn a_line_is_as_wide_as_its_letters_and_the_room_between_them() {
        let plain = glyph_line("UKRAINE", Face::Medium, 0.0);
        assert!((plain.width - text_width("UKRAINE", Face::Medium, 1.0, 0.0)).abs() < 0.1, "{}", plain.width);
        let spaced = glyph_line("UKRAINE", Face::Medium, 0.5);
        assert!((spaced.width - plain.width - 3.0).abs() < 1e-3);
        assert_eq!(glyph_line("", Face::Medium, 0.5).width, 0.0);
    }

    #[test]
    fn every_byte_stands_behind_a_glyph() {
        for text in ["Kyiv / Київ", "Haifa / حيفا 1948", "תל אביב (יפו)", "कश्मीर", "office fi", "e\u{301}\u{1F600}x", "نمی\u{200c}خواهم"]
        {
            let line = glyph_line(text, Face::Regular, 0.0);
            assert_eq!(line.runs.iter().map(|run| run.text.as_str()).collect::<String>(), text, "in reading order");
            for run in &line.runs {
                let mut bytes: Vec<_> = run.glyphs.iter().map(|glyph| (glyph.bytes.start, glyph.bytes.end)).collect();
                bytes.sort_unstable();
                bytes.dedup();
                assert_eq!((bytes[0].0, bytes[bytes.len() - 1].1), (0, run.text.len()), "{text}");
                assert!(bytes.windows(2).all(|pair| pair[0].1 == pair[1].0), "{text}: {bytes:?}");
            }
        }
    }

    #[test]
    fn words_from_right_to_left_stand_where_they_are_read() {
        let line = glyph_line("القدس 1948", Face::Regular, 0.0);
        let x_of = |text: &str| line.runs.iter().find(|run| run.text.trim() == text).expect("a run").x;
        assert!(x_of("1948") < x_of("القدس"), "a line from right to left begins at the right");
        let hebrew = glyph_line("המלח", Face::Italic, 0.0);
        assert_eq!(hebrew.runs.len(), 1, "{:?}", texts("המלח"));
        assert!(hebrew.runs[0].glyphs[0].bytes.start > hebrew.runs[0].glyphs[1].bytes.start, "the last letter is leftmost");
    }
}
