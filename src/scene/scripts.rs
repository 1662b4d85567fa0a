//! Letters and the scripts that they belong to.

/// The script that a letter belongs to, as people call it.
pub fn script(letter: char) -> &'static str {
    let code = letter as u32;
    let place = SCRIPTS.partition_point(|(_, last, _)| *last < code);
    SCRIPTS.get(place).filter(|(first, ..)| *first <= code).map_or(OTHER, |(.., name)| name)
}

/// The name of what is in none of the ranges.
const OTHER: &str = "some signs";

/// Scripts by their ranges. Source: Unicode 17, Blocks.txt, the main blocks of the scripts that are written today.
const SCRIPTS: &[(u32, u32, &str)] = &[
    (0x0000, 0x024F, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"),
    (0x0780, 0x07BF, "Thaana"),
    (0x07C0, 0x07FF, "NKo"),
    (0x0860, 0x086F, "Syriac"),
    (0x0870, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Odia"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Burmese"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Korean"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x13A0, 0x13FF, "Cherokee"),
    (0x1400, 0x167F, "Canadian Aboriginal"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x2D00, 0x2D2F, "Georgian"),
    (0x2D30, 0x2D7F, "Tifinagh"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0x2DE0, 0x2DFF, "Cyrillic"),
    (0x2E80, 0x303F, "Chinese characters"),
    (0x3040, 0x30FF, "Japanese kana"),
    (0x3100, 0x312F, "Bopomofo"),
    (0x3130, 0x318F, "Korean"),
    (0x3190, 0x9FFF, "Chinese characters"),
    (0xA000, 0xA4CF, "Yi"),
    (0xAC00, 0xD7FF, "Korean"),
    (0xF900, 0xFAFF, "Chinese characters"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
    (0x1F000, 0x1FAFF, "pictographs"),
    (0x20000, 0x3FFFF, "Chinese characters"),
];

/// Whether a letter has a shape of its own: not blanks, marks of direction, joiners, variation selectors, letters for private use.
pub fn is_drawn(letter: char) -> bool {
    let unseen = [
        0xAD..=0xAD,
        0x200B..=0x200F,
        0x202A..=0x202E,
        0x2060..=0x206F,
        0xE000..=0xF8FF,
        0xFE00..=0xFE0F,
        0xFEFF..=0xFFFF,
        0xE0000..=0x10FFFF,
    ];
    !letter.is_control() && !letter.is_whitespace() && !unseen.iter().any(|range| range.contains(&(letter as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_belong_to_scripts() {
        assert!(SCRIPTS.is_sorted_by(|one, other| one.1 < other.0) && SCRIPTS.iter().all(|(first, last, _)| first < last));
        assert_eq!(['a', 'я', '\u{E01}', '\u{10FFFF}'].map(script), ["Latin", "Cyrillic", "Thai", OTHER]);
        assert_eq!("a\u{200D} \u{E01}".chars().filter(|letter| is_drawn(*letter)).count(), 2);
    }
}
