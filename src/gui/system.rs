//! What the window asks of the system beside frames and input: its box for choosing files, its fonts, its screens. Tests put something else in its place.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use fontdb::Database;
use rfd::FileDialog;

use super::{
    editing::citing::ListFile,
    keeping::DocumentKey,
    pictures::Place,
    presenting::{
        awake::{Awake, stay_awake},
        screens::Screen,
    },
};

/// What the system's box is to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Documents to open.
    Documents,
    /// Files of sources, to be taken into the shown document.
    Sources,
    /// Pictures, for this event.
    Pictures(Place),
    /// Where to save a bibliography; the box begins with its path.
    SaveList(Box<ListFile>),
    /// A folder to save into; the box begins in this one.
    Folder(PathBuf),
    /// Where to export to; the box begins with this path. A folder is made in the one that is chosen.
    Export {
        /// The path.
        first: PathBuf,
        /// Whether a folder is written.
        folder: bool,
    },
    /// Where to save the document of this key; the box begins with this path.
    Save(DocumentKey, PathBuf),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// These were chosen.
    Paths(Vec<PathBuf>),
    /// The person thought better of it.
    Nothing,
    /// The system has no such box for programs.
    NoBox,
}

/// The doors to the system.
#[derive(Clone)]
pub struct System {
    /// Shows the box for choosing files, until a person answers: for threads beside the frames.
    pub pick: Arc<dyn Fn(&Ask) -> Picked + Send + Sync>,
    /// Looks through the fonts that are installed, which may take long: for threads beside the frames.
    pub fonts: Arc<dyn Fn() -> Database + Send + Sync>,
    /// The screens, in the order in which windows are put on them; empty where the system does not tell.
    pub screens: Arc<dyn Fn() -> Vec<Screen> + Send + Sync>,
    /// Keeps the screen lit until the answer is dropped.
    pub stay_awake: Arc<dyn Fn() -> Awake + Send + Sync>,
}

impl System {
    /// The system that the program runs on. `parent` is a box without content that belongs to the window.
    pub fn real(parent: FileDialog, screens: impl Fn() -> Vec<Screen> + Send + Sync + 'static) -> Self {
        Self {
            pick: Arc::new(move |ask| picked(parent.clone(), ask)),
            fonts: Arc::new(installed_fonts),
            screens: Arc::new(screens),
            stay_awake: Arc::new(stay_awake),
        }
    }
}

/// A program without a window of the system's: it knows of no screens and keeps none lit.
impl Default for System {
    fn default() -> Self {
        Self { stay_awake: Arc::new(|| Box::new(())), ..Self::real(FileDialog::new(), Vec::new) }
    }
}

/// Nobody reads a box and closes it sooner than this: what comes back sooner never was shown.
const SOONEST_ANSWER: Duration = Duration::from_millis(250);

fn picked(dialog: FileDialog, ask: &Ask) -> Picked {
    let began = Instant::now();
    let paths = match ask {
        Ask::Documents => dialog
            .set_title("Open documents")
            .add_filter("Documents and bibliographies", &["geojson", "json", "bib", "bibtex", "ris"])
            .add_filter("GeoJSON documents", &["geojson", "json"])
            .add_filter("All files", &["*"])
            .pick_files(),
        Ask::Sources => dialog
            .set_title("Add sources from a file")
            .add_filter("Bibliographies", &["bib", "bibtex", "ris", "json"])
            .add_filter("All files", &["*"])
            .pick_files(),
        Ask::Pictures(_) => dialog
            .set_title("Add pictures")
            .add_filter("Pictures (PNG, JPEG)", &["png", "jpg", "jpeg"])
            .add_filter("All files", &["*"])
            .pick_files(),
        Ask::SaveList(file) => saved_in(dialog.set_title("Save the bibliography"), &file.path),
        Ask::Save(_, first) => saved_in(dialog.set_title("Save the document").add_filter("GeoJSON documents", &["geojson", "json"]), first),
        Ask::Export { first, folder: false } => saved_in(dialog.set_title("Export to a file"), first),
        Ask::Export { first, folder: true } => {
            let dialog = dialog.set_title("Export into a folder");
            let dialog = first.parent().map_or(dialog.clone(), |folder| dialog.set_directory(folder));
            dialog.pick_folder().map(|folder| vec![folder])
        }
        Ask::Folder(first) => dialog.set_title("Save into a folder").set_directory(first).pick_folder().map(|folder| vec![folder]),
    };
    // Without a portal and without zenity the library says the same as when a person closes the box.
    answer(paths, began.elapsed())
}

/// Asks for a file to save; the box begins with this path.
fn saved_in(dialog: FileDialog, first: &Path) -> Option<Vec<PathBuf>> {
    let dialog = dialog.set_file_name(first.file_name().unwrap_or_default().to_string_lossy());
    let folder = first.parent().filter(|folder| folder.is_absolute());
    folder.map_or(dialog.clone(), |folder| dialog.set_directory(folder)).save_file().map(|file| vec![file])
}

fn answer(paths: Option<Vec<PathBuf>>, after: Duration) -> Picked {
    match paths.filter(|paths| !paths.is_empty()) {
        Some(paths) => Picked::Paths(paths),
        None if after < SOONEST_ANSWER => Picked::NoBox,
        None => Picked::Nothing,
    }
}

/// Where files go at first: where the program was started; from a desktop's menu that may be the root, where nobody may write: then the person's own folder.
pub fn first_folder() -> PathBuf {
    let here = std::env::current_dir().ok().filter(|folder| folder.parent().is_some());
    here.or_else(std::env::home_dir).unwrap_or_else(|| PathBuf::from("."))
}

fn installed_fonts() -> Database {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_that_nobody_can_have_seen_was_not_there() {
        let soon = Duration::from_millis(20);
        assert_eq!(answer(None, soon), Picked::NoBox);
        assert_eq!(answer(None, Duration::from_secs(2)), Picked::Nothing);
        assert_eq!(answer(Some(Vec::new()), Duration::from_secs(2)), Picked::Nothing);
        assert_eq!(answer(Some(vec!["a".into()]), soon), Picked::Paths(vec!["a".into()]));
    }
}
