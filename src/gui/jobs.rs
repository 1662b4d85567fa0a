//! Work that must not block a frame: documents are read on a thread of their own, and come back as values.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use crate::{
    io::read_project,
    model::{Problem, Project},
};

/// A document that was read, or why not.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// The document with what is wrong in it, or a sentence for the person.
    pub result: Result<(Project, Vec<Problem>), String>,
}

/// The way back from the threads.
pub struct Jobs {
    sender: Sender<Opened>,
    receiver: Receiver<Opened>,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
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

    /// What has come back since the last call.
    pub fn finished(&self) -> Vec<Opened> {
        self.receiver.try_iter().collect()
    }
}
