//! How letters join and follow each other: the widths of letters with kerning, and which scripts must never be pulled apart.

use std::sync::LazyLock;

use harfrust::{Direction, Feature, FontRef, GlyphBuffer, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use skrifa::{
    MetadataProvider,
    instance::{LocationRef, Size},
};

use super::{
    bidi::visual_pieces,
    fonts::{FACES, FALLBACKS, FontFile, text_width},
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

/// A font with what shaping needs of it.
pub(super) struct Shaper {
    pub(super) file: FontFile,
    font: FontRef<'static>,
    data: ShaperData,
    pub(super) units_per_em: f32,
}

impl Shaper {
    fn new(file: FontFile) -> Option<Self> {
        let font = FontRef::new(file.bytes).ok()?;
        let units_per_em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some(Self { file, data: ShaperData::new(&font), font, units_per_em })
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.font.charmap().map(letter).is_some()
    }

    fn shaped(&self, text: &str, features: &[Feature]) -> GlyphBuffer {
        self.shaped_towards(None, text, features)
    }

    /// The glyphs of a text from left to right; `None` lets the text's own script say which way it runs.
    pub(super) fn shaped_towards(&self, direction: Option<Direction>, text: &str, features: &[Feature]) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        direction.into_iter().for_each(|direction| buffer.set_direction(direction));
        buffer.guess_segment_properties();
        self.data.shaper(&self.font).build().shape(buffer, ShapeOptions::new().features(features))
    }

    /// The width of a text at size 1.
    fn width(&self, text: &str) -> f32 {
        self.shaped(text, &[]).glyph_positions().iter().map(|position| position.x_advance as f32).sum::<f32>() / self.units_per_em
    }
}

/// The faces, then the fallbacks in their order. A font that cannot be read is left out.
pub(super) static SHAPERS: LazyLock<(Vec<Option<Shaper>>, Vec<Shaper>)> =
    LazyLock::new(|| (FACES.map(Shaper::new).into_iter().collect(), FALLBACKS.into_iter().filter_map(Shaper::new).collect()));

/// The width of each letter of a text that [`stands_apart`], at size 1, with the kerning towards the next: one number a character. Letters that the face
/// lacks are as wide as in the font that has them. Empty for an empty text.
pub fn letter_advances(text: &str, face: Face) -> Vec<f32> {
    let alone = || text.chars().map(|letter| text_width(letter.encode_utf8(&mut [0; 4]), face, 1.0, 0.0)).collect::<Vec<_>>();
    let Some(shaper) = &SHAPERS.0[face as usize] else { return alone() };
    let shaped = shaper.shaped(text, &one_glyph_a_letter());
    if shaped.len() != text.chars().count() || shaped.glyph_infos().iter().any(|glyph| glyph.glyph_id == 0) {
        return alone();
    }
    shaped.glyph_positions().iter().map(|position| position.x_advance as f32 / shaper.units_per_em).collect()
}

/// For whoever sets each letter by itself: none may become part of another.
pub(super) fn one_glyph_a_letter() -> [Feature; 4] {
    [b"liga", b"clig", b"calt", b"ccmp"].map(|tag| Feature::new(Tag::new(tag), 0, ..))
}

/// A stretch of a line in one font and one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct FontRun {
    /// Its text, in reading order.
    pub text: String,
    /// The family of its font; `None` for that of the face.
    pub family: Option<&'static str>,
    /// Its width at size 1.
    pub width: f32,
}

/// The stretches of a line from left to right, where it needs more than the font of its face; `None` for most lines, which do not. Letters that no font has count
/// to the face.
pub fn font_runs(text: &str, face: Face) -> Option<Vec<FontRun>> {
    let own = SHAPERS.0[face as usize].as_ref()?;
    if text.chars().all(|letter| own.has(letter)) {
        return None;
    }
    let shaper_of = |letter: char| if own.has(letter) { own } else { SHAPERS.1.iter().find(|other| other.has(letter)).unwrap_or(own) };
    let mut runs: Vec<(&Shaper, String)> = Vec::new();
    for piece in visual_pieces(text) {
        let mut begun = false;
        for letter in piece.chars() {
            match runs.last_mut() {
                // A sign or a mark that the font of its word has as well stays with the word.
                Some((shaper, run))
                    if begun
                        && (std::ptr::eq(*shaper, shaper_of(letter))
                            || !letter.is_alphanumeric() && letter != ' ' && shaper.has(letter)) =>
                {
                    run.push(letter);
                }
                _ => runs.push((shaper_of(letter), letter.to_string())),
            }
            begun = true;
        }
    }
    let run = |(shaper, text): (&Shaper, String)| {
        let family = (!std::ptr::eq(shaper, own)).then_some(shaper.file.family);
        FontRun { width: shaper.width(&text), text, family }
    };
    Some(runs.into_iter().map(run).collect())
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
    fn a_line_of_many_scripts_comes_apart_where_its_font_changes() {
        assert_eq!(font_runs("Kyiv / Київ", Face::Regular), None);
        let runs = |text: &str| font_runs(text, Face::Regular).expect("more than one font");
        let texts = |text: &str| runs(text).into_iter().map(|run| (run.text, run.family.unwrap_or("Inter"))).collect::<Vec<_>>();
        let own = |text: &str, family| (text.to_owned(), family);
        assert_eq!(
            texts("Haifa / حيفا 1948"),
            [own("Haifa / ", "Inter"), own("1948", "Inter"), own(" ", "Inter"), own("حيفا", "Noto Sans Arabic")]
        );
        assert_eq!(texts("कश्मीर"), [own("कश्मीर", "Noto Sans Devanagari")]);
        // Joined letters are narrower than the same letters alone.
        let alone: f32 = "حيفا".chars().map(|letter| runs(&letter.to_string())[0].width).sum();
        assert!(runs("حيفا")[0].width < alone * 0.9);
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
