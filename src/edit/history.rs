//! The states of a document from the oldest that can be undone to the newest that can be redone.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicU64, Ordering},
};

use serde::{Deserialize, Serialize};

use super::{Command, Refusal};
use crate::model::{Document, Problem, Project};

/// How many steps can be undone.
pub const STEPS: usize = 1000;

/// Every state of every document in this run of the program has its own number.
static STAMPS: AtomicU64 = AtomicU64::new(1);

/// A document that is edited: the one door for changes.
#[derive(Debug)]
pub struct History {
    present: State,
    past: VecDeque<Step>,
    future: Vec<Step>,
    /// The stamp of the state that is on the disk.
    saved: u64,
}

#[derive(Clone, Debug)]
struct State {
    document: Document,
    stamp: u64,
}

/// A change, with the state on its other side.
#[derive(Debug)]
struct Step {
    label: String,
    gesture: Option<u64>,
    state: State,
}

/// What a journal holds, line by line: enough to do the work again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A command, with the gesture that it belongs to.
    Apply(Command, Option<u64>),
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
}

impl State {
    fn new(document: Document) -> Self {
        Self { document, stamp: STAMPS.fetch_add(1, Ordering::Relaxed) }
    }
}

impl History {
    /// The history of a document as it was opened: nothing to undo, nothing to save.
    pub fn new(document: Document) -> Self {
        let present = State::new(document);
        Self { saved: present.stamp, present, past: VecDeque::new(), future: Vec::new() }
    }

    /// The history of a document that is on no disk as it is: to be saved, whatever is undone.
    pub fn unsaved(document: Document) -> Self {
        Self { saved: 0, ..Self::new(document) }
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.present.document
    }

    /// What the document says now, stamped with its state, and what is wrong in it.
    pub fn project(&self) -> (Project, Vec<Problem>) {
        let (project, problems) = self.present.document.project();
        (Project { stamp: self.present.stamp, ..project }, problems)
    }

    /// The number of the present state: the same again after undo and redo.
    pub fn stamp(&self) -> u64 {
        self.present.stamp
    }

    /// Changes the document. Commands of one gesture (a drag, typing in one field) are one step.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(&mut self, command: &Command, gesture: Option<u64>) -> Result<(), Refusal> {
        if self.present.document.is_newer() {
            return Err(Refusal::Newer);
        }
        let next = State::new(command.on(&self.present.document)?);
        let before = std::mem::replace(&mut self.present, next);
        self.future.clear();
        let goes_on = gesture.is_some() && self.past.back().is_some_and(|last| last.gesture == gesture);
        // What was saved in the middle of a gesture must stay reachable as a state of its own.
        if goes_on && before.stamp != self.saved {
            return Ok(());
        }
        self.past.push_back(Step { label: command.label(), gesture, state: before });
        if self.past.len() > STEPS {
            self.past.pop_front();
        }
        Ok(())
    }

    /// Whether a command could be carried out now: for fields that say what is wrong before anything is asked.
    ///
    /// # Errors
    /// What [`Self::apply`] would give.
    pub fn check(&self, command: &Command) -> Result<(), Refusal> {
        if self.present.document.is_newer() {
            return Err(Refusal::Newer);
        }
        command.on(&self.present.document).map(|_| ())
    }

    /// Goes one step back; gives the label of what was undone, `None` where there is nothing.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.past.pop_back()?;
        let undone = std::mem::replace(&mut self.present, step.state);
        self.future.push(Step { label: step.label.clone(), gesture: step.gesture, state: undone });
        Some(step.label)
    }

    /// Goes one step forward; gives the label of what was done again, `None` where there is nothing.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.future.pop()?;
        let before = std::mem::replace(&mut self.present, step.state);
        // A gesture that was taken up again is over.
        self.past.push_back(Step { label: step.label.clone(), gesture: None, state: before });
        Some(step.label)
    }

    /// Does again what a journal holds.
    ///
    /// # Errors
    /// [`Refusal`], as the command that failed.
    pub fn replay(&mut self, entry: &Entry) -> Result<(), Refusal> {
        match entry {
            Entry::Apply(command, gesture) => self.apply(command, *gesture),
            Entry::Undo => {
                self.undo();
                Ok(())
            }
            Entry::Redo => {
                self.redo();
                Ok(())
            }
        }
    }

    /// What undo would undo, and redo do again.
    pub fn next_labels(&self) -> (Option<&str>, Option<&str>) {
        (self.past.back().map(|step| step.label.as_str()), self.future.last().map(|step| step.label.as_str()))
    }

    /// The steps that can be undone, the newest first.
    pub fn past(&self) -> impl Iterator<Item = &str> {
        self.past.iter().rev().map(|step| step.label.as_str())
    }

    /// How many steps can be done again.
    pub fn steps_forward(&self) -> usize {
        self.future.len()
    }

    /// Whether the document differs from what is on the disk.
    pub fn is_changed(&self) -> bool {
        self.present.stamp != self.saved
    }

    /// Says that the state with this stamp is on the disk now. Undo goes on across it.
    pub fn saved(&mut self, stamp: u64) {
        self.saved = stamp;
    }
}
