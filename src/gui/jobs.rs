//! Work that must not block a frame: documents are read and charts written on threads of their own, and come back as values.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use super::charts::ChartFile;
use crate::{
    io::{read_project, write_new},
    model::{Problem, Project},
};

/// A document that was read, or why not.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// The document with what is wrong in it, or a sentence for the person.
    pub result: Result<(Project, Vec<Problem>), String>,
}

/// Where a file was written, or why not.
pub type Saved = Result<PathBuf, String>;

/// The way back from the threads.
pub struct Jobs {
    sender: Sender<Opened>,
    receiver: Receiver<Opened>,
    saved: (Sender<Saved>, Receiver<Saved>),
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, saved: channel() }
    }
}

impl Jobs {
    /// Reads a document; the window is woken when it is there.
    pub fn read(&self, path: PathBuf, ctx: &egui::Context) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        thread::spawn(move || {
            let result = read_project(&path).map_err(|error| error.to_string());
            // Nobody listens any more when the window was closed meanwhile.
            let _ = sender.send(Opened { path, result });
            ctx.request_repaint();
        });
    }

    /// Writes a chart under a name that is not taken; the window is woken when it is there.
    pub fn save(&self, file: ChartFile, ctx: &egui::Context) {
        let (sender, ctx) = (self.saved.0.clone(), ctx.clone());
        thread::spawn(move || {
            let written = file.content.bytes().and_then(|bytes| {
                let hint = "Check that the folder exists and that you may write to it";
                write_new(&file.path, &bytes).map_err(|error| format!("{}: {error}. {hint}", file.path.display()))
            });
            // Nobody listens any more when the window was closed meanwhile.
            let _ = sender.send(written);
            ctx.request_repaint();
        });
    }

    /// The files that were written since the last call.
    pub fn saved(&self) -> Vec<Saved> {
        self.saved.1.try_iter().collect()
    }

    /// What has come back since the last call.
    pub fn finished(&self) -> Vec<Opened> {
        self.receiver.try_iter().collect()
    }
}
