//! Letters that the program's own fonts lack: which ones a document holds, and where among the fonts of the system they are. The window alone
//! borrows them; exports keep to the fonts that the program carries.

use std::collections::BTreeSet;

use egui::{
    FontData, FontFamily,
    epaint::text::{FontInsert, FontPriority, InsertFontFamily},
};
use fontdb::{Database, FaceInfo, Stretch, Style};
use skrifa::{FontRef, MetadataProvider};

use super::paint::items::family;
use crate::{
    io::Progress,
    model::Project,
    scene::{
        Face, fonts,
        scripts::{is_drawn, script},
    },
};

/// No more fonts than this are borrowed for one document: each is held in memory.
const MOST_FONTS: usize = 4;

/// A font of the system.
#[derive(Clone)]
pub struct SystemFont {
    name: String,
    bytes: Vec<u8>,
    index: u32,
}

impl std::fmt::Debug for SystemFont {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// What was found for letters that our fonts lack.
#[derive(Clone, Debug, Default)]
pub struct FoundFonts {
    /// The fonts that have them, the one with most of them first.
    pub fonts: Vec<SystemFont>,
    /// The letters that no font has, rising.
    pub lacking: Vec<char>,
}

/// The letters of a document that none of our fonts has, rising.
pub fn missing_letters(project: &Project) -> Vec<char> {
    let mut letters = BTreeSet::new();
    project.each_text(&mut |text| {
        if !text.is_ascii() {
            letters.extend(text.chars().filter(|letter| !letter.is_ascii()));
        }
    });
    letters.into_iter().filter(|letter| is_drawn(*letter) && !fonts::has(*letter)).collect()
}

/// Looks for the fewest fonts that have the letters: always the one that has most of what is still missing; of equals the most ordinary one.
/// Nothing more is looked for once the work was called off.
pub fn find_fonts(installed: &Database, letters: &[char], progress: &Progress) -> FoundFonts {
    let mut found = FoundFonts { fonts: Vec::new(), lacking: letters.to_vec() };
    let mut candidates: Vec<(&FaceInfo, Vec<char>)> = Vec::new();
    for face in installed.faces().filter(|face| face.style == Style::Normal) {
        if progress.check().is_err() {
            return found;
        }
        let held = installed.with_face_data(face.id, |data, index| held_letters(data, index, letters)).unwrap_or_default();
        if !held.is_empty() {
            candidates.push((face, held));
        }
    }
    while found.fonts.len() < MOST_FONTS && !found.lacking.is_empty() {
        let gain = |held: &[char]| held.iter().filter(|letter| found.lacking.contains(letter)).count();
        let best = candidates.iter().max_by_key(|(face, held)| (gain(held), ordinariness(face)));
        let Some((face, held)) = best.filter(|(_, held)| gain(held) > 0) else { break };
        let bytes = installed.with_face_data(face.id, |data, index| (data.to_vec(), index));
        let Some((bytes, index)) = bytes else { break };
        found.lacking.retain(|letter| !held.contains(letter));
        found.fonts.push(SystemFont { name: face.post_script_name.clone(), bytes, index });
    }
    found
}

fn held_letters(data: &[u8], index: u32, letters: &[char]) -> Vec<char> {
    let Ok(font) = FontRef::from_index(data, index) else { return Vec::new() };
    // Letters without outlines (bitmaps, colour pictures) would be drawn as nothing.
    let (charmap, outlines) = (font.charmap(), font.outline_glyphs());
    letters.iter().copied().filter(|letter| charmap.map(*letter).is_some_and(|glyph| outlines.get(glyph).is_some())).collect()
}

/// Larger for what goes better with our own letters: without serifs, not of one width, not condensed, neither bold nor thin.
fn ordinariness(face: &FaceInfo) -> (bool, bool, bool, std::cmp::Reverse<u16>) {
    let is_sans = face.families.iter().any(|(name, _)| name.contains("Sans") || name.contains("Gothic"));
    (is_sans, !face.monospaced, face.stretch == Stretch::Normal, std::cmp::Reverse(face.weight.0.abs_diff(400)))
}

/// Lets everything in the window that is written fall back on these fonts, after all others.
pub fn borrow(ctx: &egui::Context, borrowed: Vec<SystemFont>) {
    for font in borrowed {
        let own = Face::ALL.into_iter().map(family).chain([FontFamily::Proportional, FontFamily::Monospace]);
        let families = own.map(|family| InsertFontFamily { family, priority: FontPriority::Lowest }).collect();
        let data = FontData { index: font.index, ..FontData::from_owned(font.bytes) };
        ctx.add_font(FontInsert::new(&format!("system {}", font.name), data, families));
    }
}

/// A sentence about letters that no font has; `None` when all are there.
pub fn complaint(title: &str, lacking: &[char]) -> Option<String> {
    let mut scripts: Vec<&str> = lacking.iter().map(|letter| script(*letter)).collect();
    scripts.sort_unstable();
    scripts.dedup();
    if scripts.is_empty() {
        return None;
    }
    let codes: Vec<String> = lacking.iter().take(3).map(|letter| format!("U+{:04X}", *letter as u32)).collect();
    let more = if lacking.len() > codes.len() { format!(" and {} more", lacking.len() - codes.len()) } else { String::new() };
    Some(format!(
        "{title}: no font on this computer has {} ({}{more}); boxes stand in place of these letters. Install a font for them (the Noto family has nearly all) and open the document again.",
        scripts.join(", "),
        codes.join(", "),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(files: &[&fonts::FontFile]) -> Database {
        let mut installed = Database::new();
        files.iter().for_each(|file| installed.load_font_data(file.bytes.to_vec()));
        installed
    }

    fn names(found: &FoundFonts) -> Vec<&str> {
        found.fonts.iter().map(|font| font.name.as_str()).collect()
    }

    #[test]
    fn fonts_are_chosen_by_what_they_have() {
        let all: Vec<&fonts::FontFile> = fonts::FACES.iter().chain(&fonts::FALLBACKS).collect();
        let letters: Vec<char> = "Արցախ\u{5E9}\u{E01}".chars().collect();
        let found = find_fonts(&installed(&all), &letters, &Progress::default());
        assert_eq!(found.fonts.len(), 2, "{found:?}");
        assert!(names(&found)[0].contains("Armenian") && names(&found)[1].contains("Hebrew"), "the one with more letters first: {found:?}");
        assert_eq!(found.lacking, ['\u{E01}']);
        assert!(find_fonts(&installed(&[]), &letters, &Progress::default()).fonts.is_empty());
    }

    #[test]
    fn of_fonts_with_the_same_letters_the_most_ordinary_is_taken() {
        let inter: Vec<&fonts::FontFile> = fonts::FACES.iter().rev().collect();
        let found = find_fonts(&installed(&inter), &['я'], &Progress::default());
        assert_eq!(names(&found), ["Inter-Regular"]);
    }

    #[test]
    fn only_letters_that_are_seen_and_that_no_font_has_are_missing() {
        let (atlas, _) = crate::io::built_in_atlas().unwrap();
        let mut project = atlas.cases[0].clone();
        assert!(missing_letters(&project).is_empty());
        std::sync::Arc::make_mut(&mut project.events[0]).note.push_str("\u{E44}\u{200D}\u{FE0F}\u{A0} a я \u{E01}");
        assert_eq!(missing_letters(&project), ['\u{E01}', '\u{E44}']);
    }

    #[test]
    fn the_complaint_names_each_script_once() {
        assert_eq!(complaint("X", &[]), None);
        let said = complaint("X", &['\u{E01}', '\u{E44}', '\u{AC00}', '\u{10FFFF}']).unwrap();
        assert!(said.starts_with("X: no font on this computer has Korean, Thai, some signs (U+0E01, U+0E44, U+AC00 and 1 more)"), "{said}");
    }
}
