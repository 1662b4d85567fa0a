//! Reading a document. Reading is per feature: a bad one is left out of the project and reported, the rest loads.

use std::path::Path;

use serde_json::{Value, value::RawValue};

use super::{
    collection::read_collection,
    progress::Progress,
    sources::is_bibliography,
    text_file::{FileError, read_text_with},
};
use crate::model::{Document, Problem, Project, document::Feature};

/// What a document says, with what is wrong in it.
pub type Read = (Project, Vec<Problem>);

/// Reads what a document says from a file.
///
/// # Errors
/// [`FileError`] when nothing of it can be read; bad features come as problems beside the document.
pub fn read_project(path: &Path) -> Result<Read, FileError> {
    let document = read_document(path, &Progress::default())?;
    Ok(project_of(&path.display().to_string(), &document))
}

/// Reads a document from a file, to be edited: it tells how far it has come, in bytes, and can be called off.
///
/// # Errors
/// [`FileError`], and [`FileError::Cancelled`] when it was called off.
pub fn read_document(path: &Path, progress: &Progress) -> Result<Document, FileError> {
    parse_document(&path.display().to_string(), &name_of(path), &read_text_with(path, progress)?, progress)
}

/// The id of a document without one: the name of its file.
fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "project".into(), |stem| stem.to_string_lossy().into_owned())
}

/// What a file turned out to hold.
#[derive(Debug)]
pub enum FileContent {
    /// A document.
    Document(Document),
    /// The text of a bibliography: BibTeX, RIS or CSL-JSON.
    Sources(String),
}

/// Reads a file that may be a document or a bibliography; its content decides, not its name.
///
/// # Errors
/// As [`read_document`].
pub fn read_file(path: &Path, progress: &Progress) -> Result<FileContent, FileError> {
    let text = read_text_with(path, progress)?;
    if is_bibliography(path, &text) {
        return Ok(FileContent::Sources(text));
    }
    parse_document(&path.display().to_string(), &name_of(path), &text, progress).map(FileContent::Document)
}

/// Reads what a document says from text. `file` goes into problems; `name` is the id of a document without one.
///
/// # Errors
/// [`FileError::NotADocument`].
pub fn parse_project(file: &str, name: &str, text: &str) -> Result<Read, FileError> {
    Ok(project_of(file, &parse_document(file, name, text, &Progress::default())?))
}

/// Reads a document from text, as [`parse_project`].
///
/// # Errors
/// [`FileError::NotADocument`], and [`FileError::Cancelled`] when the work was called off.
pub fn parse_document(file: &str, name: &str, text: &str, progress: &Progress) -> Result<Document, FileError> {
    let not_a_document = |what: String| FileError::NotADocument { file: file.to_owned(), what };
    let mut features = Vec::new();
    let mut take = |text: &RawValue, value: Value| features.push(Feature::read(text.to_owned(), &value));
    let collection = read_collection(text, progress, &mut take);
    progress.check().map_err(|_| FileError::Cancelled { file: file.to_owned() })?;
    let collection = collection.map_err(|error| not_a_document(format!("{error}. A GeoJSON document is one JSON object.")))?;
    if !collection.is_whole() {
        return Err(not_a_document("is no GeoJSON FeatureCollection with `features`. See RFC 7946, section 3.3.".to_owned()));
    }
    Ok(Document::new(name, collection.header, features, collection.others))
}

/// What a document of this file says, and what is wrong in it.
pub fn project_of(file: &str, document: &Document) -> Read {
    let (project, problems) = document.project();
    (project, problems.into_iter().map(|problem| problem.in_file(file)).collect())
}
