//! What the window remembers about keeping work from frame to frame.

use std::path::PathBuf;

use super::{Closing, DocumentKey, recovery::FoundView};
use crate::{
    gui::{
        panels::save_box::SaveBoxState,
        session::{Library, Session},
    },
    io::keep::FoundSession,
};

/// See the module.
#[derive(Default)]
pub struct KeepState {
    /// What is typed in the box for a name.
    pub save_box: SaveBoxState,
    /// Work of earlier sessions that is not saved.
    pub found: Vec<FoundSession>,
    /// What a person sees of it, in the same order.
    pub views: Vec<FoundView>,
    /// What is to be closed once everything in it is saved.
    pub closing: Option<Closing>,
    /// Whether all is saved or given up: the window may go.
    pub may_go: bool,
    /// Documents that somebody saved again while they were being saved.
    pub again: Vec<DocumentKey>,
    /// Whether it was looked for work of earlier sessions.
    pub has_looked: bool,
    /// Whether it is not to be looked for here.
    pub leaves_found: bool,
    title: Option<TitleKey>,
}

type TitleKey = (Option<usize>, u64, bool);

impl KeepState {
    /// The title of the window, when it has changed since the last call: which document, and whether it is saved.
    pub fn new_title(&mut self, library: &Library, session: &Session) -> Option<String> {
        let shown = session.document.and_then(|index| Some((index, library.documents.get(index)?)));
        let editing = session.document.and_then(|index| library.edited.get(&index));
        let is_changed = editing.is_some_and(|editing| editing.is_unsaved());
        let key = (shown.map(|(index, _)| index), shown.map_or(0, |(_, project)| project.stamp), is_changed);
        if self.title == Some(key) {
            return None;
        }
        self.title = Some(key);
        let mark = if is_changed { "• " } else { "" };
        Some(shown.map_or_else(|| "Border Atlas".to_owned(), |(_, project)| format!("{mark}{} – Border Atlas", project.title)))
    }
}

/// A path that suits a document without a file: named after its title, in the folder where documents were opened last.
pub fn suggested_path(title: &str, session: &Session) -> PathBuf {
    let here = || std::env::current_dir().ok().filter(|folder| folder.parent().is_some());
    let recent = session.recents.first().and_then(|path| path.parent()).map(PathBuf::from);
    let folder = recent.or_else(here).or_else(std::env::home_dir).unwrap_or_default();
    folder.join(format!("{}.geojson", file_stem(title)))
}

/// A title as the name of a file: small letters and digits of any script, joined by hyphens.
fn file_stem(title: &str) -> String {
    // An apostrophe parts no words: Hala'ib is one.
    let title = title.replace(['\'', '’', 'ʼ', '‘'], "");
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    // File systems allow some 255 bytes; nobody reads so much.
    let short: String = stem.chars().take(60).collect();
    if short.is_empty() { "untitled".to_owned() } else { short.trim_end_matches('-').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_name_of_a_file() {
        assert_eq!(file_stem("Crimea and the Donbas (copy)"), "crimea-and-the-donbas-copy");
        assert_eq!(file_stem("../Ärger: <b>/\\"), "ärger-b");
        assert_eq!((file_stem("Hala'ib"), file_stem("Hala’ib and Shalateen")), ("halaib".to_owned(), "halaib-and-shalateen".to_owned()));
        assert_eq!((file_stem(" … "), file_stem(&"ab ".repeat(60)).len()), ("untitled".to_owned(), 59));
    }
}
