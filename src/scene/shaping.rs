//! How letters join and follow each other: the widths of letters with kerning, and which scripts must never be pulled apart.

use std::sync::LazyLock;

use harfrust::{Feature, FontRef, ShapeOptions, ShaperData, Tag, UnicodeBuffer};

use super::{
    fonts::{FACES, text_width},
    item::Face,
};

/// The letters of these ranges stand each on its own: Latin, Greek, Cyrillic, Armenian, Georgian, punctuation, Chinese, Japanese, Korean. Marks that combine,
/// signs that change the direction, and all scripts that join, stack or run from right to left are left out.
const APART: [(char, char); 13] = [
    (' ', '\u{2ff}'),
    ('\u{370}', '\u{482}'),
    ('\u{48a}', '\u{58f}'),
    ('\u{10a0}', '\u{10ff}'),
    ('\u{1c90}', '\u{1cbf}'),
    ('\u{1e00}', '\u{1fff}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{202f}', '\u{205f}'),
    ('\u{2d00}', '\u{2d2f}'),
    ('\u{3000}', '\u{3029}'),
    ('\u{3030}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
];

/// Scripts whose letters join, or stand on and under each other: room between them would break words.
const JOINED: [(char, char); 6] = [
    ('\u{600}', '\u{7ff}'),
    ('\u{840}', '\u{8ff}'),
    ('\u{900}', '\u{dff}'),
    ('\u{1800}', '\u{18af}'),
    ('\u{fb50}', '\u{fdff}'),
    ('\u{fe70}', '\u{feff}'),
];

fn within(ranges: &[(char, char)], letter: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Whether each letter of a text may have a place and an angle of its own. A text of which not all letters may is set in one piece.
pub fn stands_apart(text: &str) -> bool {
    text.chars().all(|letter| within(&APART, letter))
}

/// Whether room between the letters of a text would break its words.
pub fn is_joined(text: &str) -> bool {
    text.chars().any(|letter| within(&JOINED, letter))
}

/// The tables that kerning needs, of each face.
static SHAPERS: LazyLock<[Option<(FontRef<'static>, ShaperData, f32)>; 4]> = LazyLock::new(|| {
    FACES.map(|file| {
        let font = FontRef::new(file.bytes).ok()?;
        let units_per_em =
            skrifa::MetadataProvider::metrics(&font, skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        let data = ShaperData::new(&font);
        Some((font, data, f32::from(units_per_em.units_per_em)))
    })
});

/// The width of each letter of a text that [`stands_apart`], at size 1, with the kerning towards the next: one number a character. Letters that the face
/// lacks are as wide as in the font that has them. Empty for an empty text.
pub fn letter_advances(text: &str, face: Face) -> Vec<f32> {
    let alone = || text.chars().map(|letter| text_width(letter.encode_utf8(&mut [0; 4]), face, 1.0, 0.0)).collect::<Vec<_>>();
    let Some((font, data, units_per_em)) = &SHAPERS[face as usize] else { return alone() };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    // One glyph a letter: whoever draws sets each by itself, so that none may become part of another.
    let off = [b"liga", b"clig", b"calt", b"ccmp"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
    let shaped = data.shaper(font).build().shape(buffer, ShapeOptions::new().features(&off));
    if shaped.len() != text.chars().count() || shaped.glyph_infos().iter().any(|glyph| glyph.glyph_id == 0) {
        return alone();
    }
    shaped.glyph_positions().iter().map(|position| position.x_advance as f32 / units_per_em).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_join_are_never_pulled_apart() {
        for text in ["Black Sea", "Чёрное море", "Սևանա լիճ", "შავი ზღვა", "南中国海", "동해", "La Pérouse"]
        {
            assert!(stands_apart(text) && !is_joined(text), "{text}");
        }
        for text in ["الخليج العربي", "हिन्द महासागर"] {
            assert!(!stands_apart(text) && is_joined(text), "{text}");
        }
        for text in ["ים המלח", "e\u{301}", "\u{202e}abc"] {
            assert!(!stands_apart(text) && !is_joined(text), "{text}");
        }
    }

    #[test]
    fn every_letter_has_a_width_and_pairs_are_kerned() {
        assert_eq!(letter_advances("", Face::Italic), Vec::<f32>::new());
        for text in ["Gulf of Finland", "Սևանա լիճ", "La Pérouse Strait"] {
            assert_eq!(letter_advances(text, Face::Italic).len(), text.chars().count());
        }
        let sum = |text: &str| letter_advances(text, Face::Medium).iter().sum::<f32>();
        assert!(sum("AV") < sum("A") + sum("V") - 0.01, "{} {}", sum("AV"), sum("A") + sum("V"));
    }
}
