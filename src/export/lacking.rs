//! Letters that none of the program's fonts has. Pictures and PDFs are made with those fonts alone, so that the same command gives the same bytes everywhere:
//! such letters are missing there, and whoever exports is told so.

use std::{collections::BTreeSet, fmt};

use super::sheet::{Block, Sheet};
use crate::scene::{
    Item, Scene, fonts,
    scripts::{is_drawn, script},
    sheet::Sheet as Panes,
};

/// So much of a text is quoted, in letters.
const QUOTED: usize = 60;

/// A text of a picture that cannot be written whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// What is missing, each letter once; never empty.
    pub letters: BTreeSet<char>,
    /// The text.
    pub text: String,
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scripts: BTreeSet<&str> = self.letters.iter().map(|letter| script(*letter)).collect();
        let scripts: Vec<&str> = scripts.into_iter().collect();
        let letters: String = self.letters.iter().collect();
        let mut text: String = self.text.chars().take(QUOTED).collect();
        if text.len() < self.text.len() {
            text.push('…');
        }
        write!(
            f,
            "no font of the program has {} ({letters}), which are missing in \"{text}\". SVG and HTML use the fonts of whoever opens them, PNG and PDF only ours",
            scripts.join(", ")
        )
    }
}

/// The texts of a picture that lack letters, each once, in the order of drawing.
pub fn lacking_in_scene(scene: &Scene) -> Vec<Lacking> {
    lacking(&scene.items)
}

/// The same of a picture of several pictures.
pub fn lacking_in_panes(sheet: &Panes) -> Vec<Lacking> {
    lacking(lists_of(sheet).into_iter().flatten())
}

fn lists_of(Panes { panes, divider, told, items, .. }: &Panes) -> Vec<&[Item]> {
    let told = told.iter().map(|(_, items)| &items[..]);
    panes.iter().map(|pane| &pane.scene.items[..]).chain(told).chain([&divider[..], &items[..]]).collect()
}

/// The same of sheets of paper.
pub fn lacking_on_paper(sheets: &[Sheet]) -> Vec<Lacking> {
    let lists = sheets.iter().flat_map(|sheet| &sheet.blocks).flat_map(|block| match block {
        Block::Picture(picture) => lists_of(&picture.panes),
        Block::Items { items, .. } => vec![&items[..]],
        Block::Link { .. } => Vec::new(),
    });
    lacking(lists.flatten())
}

fn lacking<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Lacking> {
    let mut known: BTreeSet<(char, bool)> = BTreeSet::new();
    let mut is_missing = |letter: char| {
        // Looking a letter up reads fonts, and texts are mostly of the same few.
        let found = known.range((letter, false)..=(letter, true)).next().copied();
        let (_, missing) = found.unwrap_or_else(|| {
            let entry = (letter, is_drawn(letter) && !fonts::has(letter));
            known.insert(entry);
            entry
        });
        missing
    };
    let mut all: Vec<Lacking> = Vec::new();
    for item in items {
        let text = match item {
            Item::Text(text) => &text.text,
            Item::Curved(text) => &text.text,
            _ => continue,
        };
        let letters: BTreeSet<char> = text.chars().filter(|letter| is_missing(*letter)).collect();
        if !letters.is_empty() && all.iter().all(|other| other.text != *text) {
            all.push(Lacking { letters, text: text.clone() });
        }
    }
    all
}
