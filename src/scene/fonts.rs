//! The letters: the font files that everything is set in, and how wide a text is in them.

use std::{collections::HashMap, sync::LazyLock};

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};

use super::{item::Face, shaping::is_joined};

/// A font file that the program carries.
#[derive(Clone, Copy, Debug)]
pub struct FontFile {
    /// The name of the file without its ending; unique.
    pub name: &'static str,
    /// The family that it belongs to, as SVG names it.
    pub family: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! font {
    ($file:literal, $family:literal) => {
        FontFile { name: $file, family: $family, bytes: include_bytes!(concat!("../../assets/fonts/", $file)) }
    };
}

/// The four cuts, in the order of [`Face::ALL`].
pub const FACES: [FontFile; 4] = [
    font!("Inter-Regular.otf", "Inter"),
    font!("Inter-Medium.otf", "Inter"),
    font!("Inter-SemiBold.otf", "Inter"),
    font!("Inter-Italic.otf", "Inter"),
];

/// Where letters come from that the cuts lack, in this order.
pub const FALLBACKS: [FontFile; 6] = [
    font!("NotoSansArmenian.ttf", "Noto Sans Armenian"),
    font!("NotoSansGeorgian.ttf", "Noto Sans Georgian"),
    font!("NotoSansHebrew.ttf", "Noto Sans Hebrew"),
    font!("NotoSansArabic.ttf", "Noto Sans Arabic"),
    font!("NotoSansDevanagari.ttf", "Noto Sans Devanagari"),
    font!("NotoSansCJK.otf", "Noto Sans CJK SC"),
];

/// The height of Inter's capitals as a share of the size.
pub const CAP_HEIGHT: f32 = 0.727;
/// From one line to the next as a share of the size.
pub const LINE_HEIGHT: f32 = 1.32;

/// Advances as shares of the size: of every letter below U+0530 in each cut, and of all others in the fallbacks.
struct Advances {
    faces: [Vec<f32>; 4],
    others: HashMap<char, f32>,
}

const DENSE: u32 = 0x530;
/// What is assumed of a letter that no font has: a box about as wide as a capital.
const UNKNOWN_ADVANCE: f32 = 0.7;

static ADVANCES: LazyLock<Advances> = LazyLock::new(|| Advances {
    faces: FACES.map(|file| {
        let mut dense = vec![UNKNOWN_ADVANCE; DENSE as usize];
        advances(file).filter(|(letter, _)| (*letter as u32) < DENSE).for_each(|(letter, advance)| dense[letter as usize] = advance);
        dense
    }),
    others: FALLBACKS
        .iter()
        .rev()
        .chain([&FACES[0]])
        .flat_map(|file| advances(*file))
        .filter(|(letter, _)| *letter as u32 >= DENSE)
        .collect(),
});

fn advances(file: FontFile) -> impl Iterator<Item = (char, f32)> {
    let font = FontRef::new(file.bytes).ok();
    font.into_iter().flat_map(|font| {
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let charmap = font.charmap();
        charmap.mappings().filter_map(|(code, glyph)| Some((char::from_u32(code)?, metrics.advance_width(glyph)?))).collect::<Vec<_>>()
    })
}

/// Whether any of the fonts holds a letter.
pub fn has(letter: char) -> bool {
    let known = |file: &FontFile| FontRef::new(file.bytes).is_ok_and(|font| font.charmap().map(letter).is_some());
    FACES.iter().take(1).chain(&FALLBACKS).any(known)
}

/// How wide a text is in points, from advances alone: without kerning, so a hair too wide rather than too narrow.
/// Room after the last letter does not count, and scripts whose letters join get none.
pub fn text_width(text: &str, face: Face, size_points: f32, letter_spacing_points: f32) -> f32 {
    let advances = &*ADVANCES;
    let dense = &advances.faces[face as usize];
    let mut letters = 0_u32;
    let width: f32 = text
        .chars()
        .map(|letter| {
            letters += 1;
            dense.get(letter as usize).or_else(|| advances.others.get(&letter)).copied().unwrap_or(UNKNOWN_ADVANCE)
        })
        .sum();
    let spacing = if letter_spacing_points == 0.0 || is_joined(text) { 0.0 } else { letter_spacing_points };
    width * size_points + letters.saturating_sub(1) as f32 * spacing
}

/// Breaks a text at blanks into lines of at most `width_points`; a word that is longer stands alone. At most `max_lines`, the last of which
/// then ends in an ellipsis. Empty for an empty text.
pub fn wrapped(text: &str, face: Face, size_points: f32, width_points: f32, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|longer| text_width(longer, face, size_points, 0.0) <= width_points) {
            Some(longer) => *lines.last_mut().expect("`longer` was made from the last line") = longer,
            None if lines.len() == max_lines => return shortened(lines, face, size_points, width_points),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same lines, the last one cut so that an ellipsis fits.
fn shortened(mut lines: Vec<String>, face: Face, size_points: f32, width_points: f32) -> Vec<String> {
    if let Some(last) = lines.last_mut() {
        while let Some(at) = last.rfind(' ')
            && text_width(last, face, size_points, 0.0) + size_points > width_points
        {
            last.truncate(at);
        }
        let kept = last.trim_end_matches([',', ';', ':', '.', ' ']).len();
        last.truncate(kept);
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_of_the_atlas_has_letters() {
        for text in ["Artsakh Արցախ", "Սուշի", "საქართველო", "ישראל", "فلسطين", "भारत", "中印加勒万", "Крым", "Șușa ə ğ"]
        {
            for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
                let known = (letter as u32) < DENSE || ADVANCES.others.contains_key(&letter);
                assert!(known, "no font has {letter} of {text}");
            }
        }
    }

    #[test]
    fn widths_grow_with_size_weight_and_spacing() {
        let width = |face, size, spacing| text_width("UKRAINE", face, size, spacing);
        assert!((width(Face::Regular, 20.0, 0.0) - 2.0 * width(Face::Regular, 10.0, 0.0)).abs() < 1e-3);
        assert!(width(Face::SemiBold, 10.0, 0.0) > width(Face::Regular, 10.0, 0.0));
        assert!((width(Face::Regular, 10.0, 2.0) - width(Face::Regular, 10.0, 0.0) - 12.0).abs() < 1e-3);
    }

    #[test]
    fn lines_fit_and_the_last_one_says_that_there_is_more() {
        let text = "The line of actual control has never been delimited, and both armies patrol up to where each believes it to run.";
        let lines = wrapped(text, Face::Regular, 12.0, 160.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| text_width(line, Face::Regular, 12.0, 0.0) <= 161.0), "{lines:?}");
        assert!(lines[2].ends_with('…'));
        assert!(wrapped("", Face::Regular, 12.0, 160.0, 3).is_empty());
    }
}
