//! Documents that can be changed: what the window keeps of each besides what the document says.

pub mod citing;
pub mod clipboard;
pub mod draw_ui;
pub mod forms;
mod journaling;
mod labels;
pub mod made;
pub mod picking;
pub mod select_ui;
mod selected_ui;
pub mod several_ui;
pub mod shape;
pub mod shaping;
pub mod sketch;
pub mod snapping;
pub mod sources_in;
pub mod strip_ui;
pub mod tool;
pub mod tools_ui;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

pub use journaling::Journaling;

use crate::{
    edit::{Command, History, Refusal},
    gui::{
        jobs::JobId,
        keeping::{DocumentKey, looking::FileState},
        session::{Library, Selection},
    },
    io::keep::OutsideChange,
    model::{Document, Problem, Project},
};

/// Every document that is ever opened in this run of the program has its own number.
static KEYS: AtomicU64 = AtomicU64::new(1);
/// The number of a gesture: all changes that carry it are one step of undo. No two calls give the same.
pub fn new_gesture() -> u64 {
    static GESTURES: AtomicU64 = AtomicU64::new(1);
    GESTURES.fetch_add(1, Ordering::Relaxed)
}

/// A document that is open for editing.
#[derive(Debug)]
pub struct Editing {
    /// What it is called beside the frames.
    pub key: DocumentKey,
    /// Its states.
    pub history: History,
    /// Its file; `None` for one that was never saved.
    pub path: Option<PathBuf>,
    /// What is wrong in it now, feature by feature.
    pub problems: Vec<Problem>,
    /// Why it cannot be changed, where it cannot.
    pub read_only: Option<String>,
    /// What is known of its file.
    pub file: FileState,
    /// What others did to its file, while nobody decided about it.
    pub outside: Option<OutsideChange>,
    /// The save that goes on.
    pub saving: Option<JobId>,
    /// What was done since it was opened or saved.
    pub journal: Journaling,
}

impl Editing {
    /// A document as it was opened, and what it says.
    pub fn open(document: Document, path: Option<PathBuf>) -> (Self, Project) {
        Self::with_history(History::new(document), path, FileState::default())
    }

    /// A document with its states, and what it says now.
    pub fn with_history(history: History, path: Option<PathBuf>, file: FileState) -> (Self, Project) {
        let key = DocumentKey(KEYS.fetch_add(1, Ordering::Relaxed));
        let (project, problems) = history.project();
        let read_only = match () {
            () if history.document().is_newer() => Some(Refusal::Newer.to_string()),
            () if file.is_open_elsewhere => Some("This document is open in another window, which alone can save it.".to_owned()),
            () => None,
        };
        let editing = Self { key, history, path, problems, read_only, file, outside: None, saving: None, journal: Journaling::default() };
        (editing, project)
    }

    /// Whether something would be lost if it were closed now.
    pub fn is_unsaved(&self) -> bool {
        self.history.is_changed()
    }

    /// The name of its file; its title where it has none.
    pub fn name(&self) -> String {
        match self.path.as_deref().and_then(Path::file_name) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => self.history.document().title().to_owned(),
        }
    }
}

impl Library {
    /// Adds a document that can be changed; gives its position.
    pub fn add(&mut self, document: Document, path: Option<PathBuf>) -> usize {
        self.add_edited(Editing::open(document, path))
    }

    /// Adds a document that is edited, with what it says; gives its position.
    pub fn add_edited(&mut self, (editing, project): (Editing, Project)) -> usize {
        self.documents.push(project);
        let index = self.documents.len() - 1;
        self.edited.insert(index, editing);
        index
    }

    /// Changes a document.
    ///
    /// # Errors
    /// A sentence that says why nothing has changed.
    pub fn edit(&mut self, index: usize, command: &Command, gesture: Option<u64>) -> Result<(), String> {
        let editing = changeable(&mut self.edited, index)?;
        editing.apply(command, gesture, &self.keeping, &self.wake).map_err(|refusal| refusal.to_string())?;
        self.say_again(index);
        Ok(())
    }

    /// One step back in a document; gives what was undone, `None` where there was nothing to undo.
    ///
    /// # Errors
    /// A sentence that says why the document cannot be changed.
    pub fn undo(&mut self, index: usize) -> Result<Option<String>, String> {
        self.step(index, true)
    }

    /// One step forward in a document; gives what was done again, `None` where there was nothing to do again.
    ///
    /// # Errors
    /// A sentence that says why the document cannot be changed.
    pub fn redo(&mut self, index: usize) -> Result<Option<String>, String> {
        self.step(index, false)
    }

    fn step(&mut self, index: usize, back: bool) -> Result<Option<String>, String> {
        let label = changeable(&mut self.edited, index)?.step(back, &self.keeping, &self.wake);
        if label.is_some() {
            self.say_again(index);
        }
        Ok(label)
    }

    /// The document of a key, with its position; `None` once it is closed.
    pub fn of_key(&mut self, key: DocumentKey) -> Option<(usize, &mut Editing)> {
        self.edited.iter_mut().find(|(_, editing)| editing.key == key).map(|(index, editing)| (*index, editing))
    }

    /// The document of a file, if it is open here.
    pub fn at_path(&self, path: &Path) -> Option<usize> {
        self.edited.iter().find(|(_, editing)| editing.path.as_deref() == Some(path)).map(|(index, _)| *index)
    }

    /// Takes a document out; those behind it move up. Nothing for a built-in story.
    pub fn remove(&mut self, index: usize) -> Option<Editing> {
        let editing = self.edited.remove(&index)?;
        self.documents.remove(index);
        let behind = self.edited.split_off(&index);
        self.edited.extend(behind.into_iter().map(|(place, editing)| (place - 1, editing)));
        Some(editing)
    }

    /// Puts another state of affairs in the place of a document: what its file says now, for example. Gives the old one.
    pub fn replace(&mut self, index: usize, (editing, project): (Editing, Project)) -> Option<Editing> {
        *self.documents.get_mut(index)? = project;
        self.edited.insert(index, editing)
    }

    /// What the changed document says takes the place of what it said.
    fn say_again(&mut self, index: usize) {
        if let (Some(editing), Some(project)) = (self.edited.get_mut(&index), self.documents.get_mut(index)) {
            let (says, problems) = editing.history.project();
            (*project, editing.problems) = (says, problems);
        }
    }

    /// The id of what is selected, where that is a feature of a document; with the position of the document.
    pub fn id_of(&self, selection: &Selection) -> Option<(usize, &str)> {
        let project = |document: usize| self.documents.get(document);
        match *selection {
            Selection::Event(document, index) => Some((document, &*project(document)?.events.get(index)?.id)),
            Selection::Region(document, index) => Some((document, &*project(document)?.regions.get(index)?.common.id)),
            Selection::Line(document, index) => Some((document, &*project(document)?.lines.get(index)?.common.id)),
            Selection::Place(document, index) => Some((document, &*project(document)?.places.get(index)?.common.id)),
            Selection::Annotation(document, index) => Some((document, &*project(document)?.annotations.get(index)?.common.id)),
            Selection::Unit(_) | Selection::Polity(_) | Selection::Dispute(_) | Selection::Alliance(_) => None,
        }
    }

    /// The feature of a document with an id, as a selection; `None` where the document does not have it any more.
    pub fn selection_of(&self, document: usize, id: &str) -> Option<Selection> {
        let project = self.documents.get(document)?;
        let event = project.events.iter().position(|event| event.id == id).map(|index| Selection::Event(document, index));
        let region = || project.regions.iter().position(|region| region.common.id == id).map(|index| Selection::Region(document, index));
        let line = || project.lines.iter().position(|line| line.common.id == id).map(|index| Selection::Line(document, index));
        let place = || project.places.iter().position(|place| place.common.id == id).map(|index| Selection::Place(document, index));
        let annotation = || {
            let found = project.annotations.iter().position(|annotation| annotation.common.id == id);
            found.map(|index| Selection::Annotation(document, index))
        };
        event.or_else(region).or_else(line).or_else(place).or_else(annotation)
    }
}

/// A document that can be changed now.
fn changeable(edited: &mut BTreeMap<usize, Editing>, index: usize) -> Result<&mut Editing, String> {
    let editing = edited.get_mut(&index).ok_or("A built-in story cannot be changed. Make a copy of it first (Ctrl+Shift+N).")?;
    match &editing.read_only {
        Some(why) => Err(why.clone()),
        None => Ok(editing),
    }
}
