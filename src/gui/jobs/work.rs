//! What is done beside the frames.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::super::{
    actions::Action,
    app::SourcesAction,
    charts::ChartFile,
    editing::{citing::ListFile, sources_in::SourcesIn},
    keeping::{Keeping, looking::FileState},
    letters::missing_letters,
};
use crate::{
    io::{
        FileError, Progress,
        project_file::{FileContent, read_file},
        text_file::read_text_with,
        write_beside, write_new,
    },
    model::{self, Atlas, Project, validate},
};

/// A file that was to be opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// What is known of it.
    pub file: FileState,
    /// What it holds, or a sentence for the person.
    pub result: Result<Document, String>,
}

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document.
    pub document: model::Document,
    /// What it says.
    pub project: Project,
    /// How many things could not be read as written.
    pub left_out: usize,
    /// How many rules of content it breaks.
    pub broken_rules: usize,
    /// The letters that none of our fonts has, rising.
    pub missing_letters: Vec<char>,
}

/// Reads and checks a document, or the sources of a file that holds a bibliography: its content decides. Nothing when it was called off.
pub fn open_document(path: PathBuf, atlas: &Atlas, keeping: &Keeping, progress: &Progress) -> Vec<Action> {
    let (mut file, before) = FileState::before_reading(keeping, &path);
    let result = match read_file(&path, progress) {
        Err(FileError::Cancelled { .. }) => return Vec::new(),
        Err(error) => Err(error.to_string()),
        Ok(FileContent::Sources(text)) => return taken_in(&path, &text),
        // How long the rules take nobody knows.
        Ok(_) if progress.set(0, 0).is_err() => return Vec::new(),
        Ok(FileContent::Document(document)) => {
            let (project, problems) = document.project();
            let broken_rules = validate::project_problems(atlas, &project, project.id.as_str()).len();
            let missing_letters = missing_letters(&project);
            file.after_reading(keeping, &path, before);
            Ok(Document { document, project, left_out: problems.len(), broken_rules, missing_letters })
        }
    };
    vec![Action::TakeIn(Box::new(Opened { path, file, result }))]
}

/// Reads a file as a bibliography, whatever it looks like: who chose it says that it is one.
pub fn read_sources(path: &Path, progress: &Progress) -> Vec<Action> {
    match read_text_with(path, progress) {
        Ok(text) => taken_in(path, &text),
        Err(FileError::Cancelled { .. }) => Vec::new(),
        Err(error) => vec![Action::Trouble(error.to_string())],
    }
}

fn taken_in(path: &Path, text: &str) -> Vec<Action> {
    vec![Action::Sources(SourcesAction::Take(Arc::new(SourcesIn::read(&name_of(path), text, None))))]
}

/// Writes a bibliography: in the place of what is there where a person said so, else under a name that is not taken.
pub fn save_list(file: &ListFile, replace: bool, progress: &Progress) -> Vec<Action> {
    if progress.check().is_err() {
        return vec![Action::News(format!("{} was not written", name_of(&file.path)))];
    }
    let bytes = file.text.as_bytes();
    let saved = if replace { write_beside(&file.path, bytes).map(|()| file.path.clone()) } else { write_new(&file.path, bytes) };
    let hint = "Check that the folder exists and that you may write to it";
    vec![match saved {
        Ok(path) => Action::News(format!("Saved {}", path.display())),
        Err(error) => Action::Trouble(format!("{}: {error}. {hint}", file.path.display())),
    }]
}

/// Writes a chart under a name that is not taken.
pub fn save_chart(file: &ChartFile, progress: &Progress) -> Vec<Action> {
    let saved = file.content.bytes().and_then(|bytes| {
        if progress.check().is_err() {
            return Ok(None);
        }
        let hint = "Check that the folder exists and that you may write to it";
        write_new(&file.path, &bytes).map(Some).map_err(|error| format!("{}: {error}. {hint}", file.path.display()))
    });
    vec![match saved {
        Ok(Some(path)) => Action::News(format!("Saved {}", path.display())),
        Ok(None) => Action::News(format!("{} was not written", name_of(&file.path))),
        Err(text) => Action::Trouble(text),
    }]
}

/// The name of a file without its folder.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
