//! What is done beside the frames: started here, and taken in when it is there.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use crate::{
    edit::History,
    gui::{
        actions::{self, Action},
        app::SourcesAction,
        charts::ChartFile,
        editing::{Editing, citing::ListFile},
        jobs::{
            JobId, Kind,
            work::{self, Document, Opened},
        },
        keeping::{KeepAction, looking::FileState},
        letters::{self, FoundFonts},
        remember,
        system::{Ask, Picked, System},
    },
};

impl App {
    /// Puts something in the place of the system's box for files and of its fonts.
    pub fn set_system(&mut self, system: System) {
        self.system = system;
    }

    /// Reads files beside the frames; each is shown when it is there.
    pub(super) fn open_files(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        self.session.open_file = false;
        for path in paths {
            let path = std::path::absolute(&path).unwrap_or(path);
            // What is open here already is shown: a second one of it could not be saved.
            if let Some(index) = self.library.at_path(&path) {
                self.open_document(index);
                continue;
            }
            let (atlas, title) = (self.library.atlas.clone(), format!("Reading {}", work::name_of(&path)));
            let keeping = self.library.keeping.clone();
            self.jobs.start(ctx, Kind::Reads, title, move |progress| work::open_document(path, &atlas, &keeping, progress));
        }
    }

    /// Reads files beside the frames that a person chose as bibliographies.
    fn read_sources(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        for path in paths {
            let title = format!("Reading {}", work::name_of(&path));
            self.jobs.start(ctx, Kind::Reads, title, move |progress| work::read_sources(&path, progress));
        }
    }

    /// Shows a document that was read and remembers its file; one that could not be read is said and forgotten, and nothing waits for it any more.
    pub(super) fn take_in(&mut self, ctx: &egui::Context, opened: Opened) {
        let Opened { path, file, result } = opened;
        match result {
            Ok(document) => self.take_in_document(ctx, path, file, document),
            Err(text) => {
                self.trouble(text);
                self.session.recents.retain(|other| *other != path);
                self.first.last = None;
            }
        }
    }

    fn take_in_document(&mut self, ctx: &egui::Context, path: PathBuf, file: FileState, document: Document) {
        // While it was read the same one was brought back from an earlier session.
        if let Some(index) = self.library.at_path(&path) {
            return self.open_document(index);
        }
        self.report_problems(&document);
        let title = document.project.title.clone();
        let edited = Editing::with_history(History::new(document.document), Some(path.clone()), file);
        let index = self.library.add_edited(edited);
        self.derived.forget_search();
        self.toasts.news(format!("Opened {}", path.display()));
        remember::note_recent(&mut self.session.recents, path);
        self.search_fonts(ctx, title, document.missing_letters);
        self.open_document(index);
    }

    fn report_problems(&mut self, document: &Document) {
        let counted = |count: usize, one: &str, many: &str, what: &str| {
            (count > 0).then(|| format!("{count} {} {what}", if count == 1 { one } else { many }))
        };
        let found = [
            counted(document.left_out, "thing", "things", "could not be read as written"),
            counted(document.broken_rules, "rule", "rules", "broken"),
        ];
        let found: Vec<String> = found.into_iter().flatten().collect();
        if !found.is_empty() {
            let key = actions::key_text("Checks");
            self.trouble(format!("{}: {}. Checks ({key}) lists them with places and hints.", document.project.title, found.join(", ")));
        }
    }

    /// Nothing has happened when reading is called off; nor does the place wait any more that was to be gone back to in that file.
    pub(super) fn cancel_job(&mut self, id: JobId) {
        if self.jobs.cancel(id) {
            self.first.last = None;
        }
    }

    pub(super) fn save_chart(&mut self, ctx: &egui::Context, file: ChartFile) {
        let title = format!("Saving {}", work::name_of(&file.path));
        self.jobs.start(ctx, Kind::Writes, title, move |progress| work::save_chart(&file, progress));
    }

    /// Shows the system's box for files, one at a time.
    pub(super) fn browse(&mut self, ctx: &egui::Context, ask: Ask) {
        if !self.jobs.is_asking() {
            let pick = self.system.pick.clone();
            self.jobs.start(ctx, Kind::Asks, "The system's box for files".to_owned(), move |_| {
                let picked = pick(&ask);
                vec![Action::Picked(ask, picked)]
            });
        }
    }

    pub(super) fn picked(&mut self, ctx: &egui::Context, ask: Ask, picked: Picked) {
        match (ask, picked) {
            (_, Picked::Nothing) => {}
            (Ask::Documents, Picked::Paths(paths)) => self.open_files(ctx, paths),
            (Ask::Sources, Picked::Paths(paths)) => self.read_sources(ctx, paths),
            (Ask::Sources, Picked::NoBox) => self.trouble(
                "This system has no box for choosing files that programs may use. Drop the file on the window, or paste its text under Sources.",
            ),
            (Ask::Pictures(place), Picked::Paths(paths)) => self.read_pictures(ctx, &place, paths),
            (Ask::Pictures(_), Picked::NoBox) => self.trouble(
                "This system has no box for choosing files that programs may use. Drop the picture on the window while its event is selected.",
            ),
            (Ask::SaveList(file), Picked::Paths(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    self.carry_out(ctx, Action::Sources(SourcesAction::Save(Box::new(ListFile { path, ..*file }), true)));
                }
            }
            // The notice says where it is.
            (Ask::SaveList(file), Picked::NoBox) => self.carry_out(ctx, Action::Sources(SourcesAction::Save(file, false))),
            (Ask::Export { .. }, Picked::Paths(paths)) => paths.first().into_iter().for_each(|path| self.exporting.take_path(path)),
            (Ask::Export { .. }, Picked::NoBox) => self.exporting.has_no_box = true,
            (Ask::Documents, Picked::NoBox) => self.open_file.has_no_box = true,
            (Ask::Folder(_), Picked::Paths(paths)) => self.charts.save_into(paths),
            // The system's box has asked already whether to replace what is there.
            (Ask::Save(key, _), Picked::Paths(paths)) => {
                let at = |path| Action::Keep(KeepAction::SaveAt { key, path, replace: true });
                paths.into_iter().take(1).for_each(|path| self.carry_out(ctx, at(path)));
            }
            (Ask::Save(..), Picked::NoBox) => self.keep.save_box.has_no_box = true,
            (Ask::Folder(_), Picked::NoBox) => {
                self.trouble(
                    "This system has no box for choosing folders that programs may use. Type the folder into the field beside it.",
                );
            }
        }
    }

    /// Looks for fonts of the system that have these letters, beside the frames; not for the same letters again.
    fn search_fonts(&mut self, ctx: &egui::Context, title: String, letters: Vec<char>) {
        let new: Vec<char> = letters.into_iter().filter(|letter| self.searched_letters.insert(*letter)).collect();
        if new.is_empty() {
            return;
        }
        let fonts = self.system.fonts.clone();
        self.jobs.start(ctx, Kind::Quiet, format!("Looking for fonts for {title}"), move |progress| {
            let found = letters::find_fonts(&fonts(), &new, progress);
            vec![Action::BorrowFonts(title, found)]
        });
    }

    pub(super) fn borrow_fonts(&mut self, ctx: &egui::Context, title: &str, found: FoundFonts) {
        if let Some(text) = letters::complaint(title, &found.lacking) {
            self.trouble(text);
        }
        // Who installs a font and opens the document again is to have it.
        self.searched_letters.retain(|letter| !found.lacking.contains(letter));
        letters::borrow(ctx, found.fonts);
    }
}
