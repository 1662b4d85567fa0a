//! Documents that can be changed: what the window keeps of each besides what the document says.

pub mod clipboard;
pub mod draw_ui;
pub mod made;
pub mod picking;
pub mod select_ui;
mod selected_ui;
pub mod shape;
pub mod shaping;
pub mod sketch;
pub mod snapping;
pub mod strip_ui;
pub mod tool;
pub mod tools_ui;

use std::path::PathBuf;

use crate::{
    edit::{Command, History, Refusal},
    gui::session::{Library, Selection},
    model::{Document, Problem, Project},
};

/// A document that is open for editing.
#[derive(Debug)]
pub struct Editing {
    /// Its states.
    pub history: History,
    /// Its file; `None` for one that was never saved.
    pub path: Option<PathBuf>,
    /// What is wrong in it now, feature by feature.
    pub problems: Vec<Problem>,
    /// Why it cannot be changed, where it cannot.
    pub read_only: Option<String>,
}

impl Editing {
    /// A document as it was opened, and what it says.
    pub fn open(document: Document, path: Option<PathBuf>) -> (Self, Project) {
        let is_newer = document.is_newer();
        let history = History::new(document);
        let (project, problems) = history.project();
        let read_only = is_newer.then(|| Refusal::Newer.to_string());
        (Self { history, path, problems, read_only }, project)
    }
}

impl Library {
    /// Adds a document that can be changed; gives its position.
    pub fn add(&mut self, document: Document, path: Option<PathBuf>) -> usize {
        let (editing, project) = Editing::open(document, path);
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
        let editing = self.edited.get_mut(&index).ok_or("A built-in story cannot be changed. Make a copy of it first (Ctrl+Shift+N).")?;
        if let Some(why) = &editing.read_only {
            return Err(why.clone());
        }
        editing.history.apply(command, gesture).map_err(|refusal| refusal.to_string())?;
        self.say_again(index);
        Ok(())
    }

    /// One step back in a document; gives what was undone.
    pub fn undo(&mut self, index: usize) -> Option<String> {
        let label = self.edited.get_mut(&index)?.history.undo()?;
        self.say_again(index);
        Some(label)
    }

    /// One step forward in a document; gives what was done again.
    pub fn redo(&mut self, index: usize) -> Option<String> {
        let label = self.edited.get_mut(&index)?.history.redo()?;
        self.say_again(index);
        Some(label)
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
        event.or_else(region).or_else(line).or_else(place)
    }
}
