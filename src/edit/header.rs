//! Changes of what a document says as a whole, and of its sources.

use serde_json::{Map, Value};

use super::{Refusal, citing, path, taking};
use crate::model::{Document, problem::Severity};

/// Members that commands of their own change.
const GUARDED: [(&str, &str); 4] = [
    ("sources", "sources are changed by add-source, set-source and remove-source"),
    ("sandbox", "a document becomes a what-if branch by the command `branch`, and stays one"),
    ("version", "the version is that of the program that saves"),
    ("reader", "the version is that of the program that saves"),
];

/// Sets a member of the document.
pub(super) fn set(document: &Document, at: &str, value: &Value) -> Result<Document, Refusal> {
    let first = at.split('/').next().unwrap_or_default();
    if let Some((_, why)) = GUARDED.iter().find(|(name, _)| *name == first) {
        return Err(Refusal::Path { path: at.to_owned(), why: (*why).to_owned() });
    }
    let mut header = document.header().clone();
    path::set(&mut header, at, value.clone())?;
    with_header(document, header)
}

/// Makes the document a what-if branch of itself.
pub(super) fn branch(document: &Document, name: &str) -> Result<Document, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::Value("a what-if branch needs a name: what does it ask?".to_owned()));
    }
    let mut header = document.header().clone();
    if header.contains_key("sandbox") {
        return Err(Refusal::Nothing("the document is a what-if branch already.".to_owned()));
    }
    let of = header.get("title").cloned().unwrap_or_default();
    header.insert("sandbox".to_owned(), Value::Object(Map::from_iter([("name".to_owned(), name.trim().into()), ("of".to_owned(), of)])));
    with_header(document, header)
}

/// Adds a source.
pub(super) fn add_source(document: &Document, source: &Map<String, Value>) -> Result<Document, Refusal> {
    let id = source_id(source)?;
    let mut sources = sources(document);
    if sources.iter().any(|other| id_of(other) == id) {
        return Err(Refusal::Taken(id.to_owned()));
    }
    sources.push(Value::Object(source.clone()));
    with_sources(document, sources)
}

/// Takes sources in, each work once.
pub(super) fn take_sources(document: &Document, items: &[Map<String, Value>]) -> Result<Document, Refusal> {
    items.iter().try_for_each(|item| source_id(item).map(drop))?;
    with_sources(document, taking::sources_after(document, items)?)
}

/// Puts a source in the place of another one; what cites the old id cites the new one.
pub(super) fn set_source(document: &Document, id: &str, source: &Map<String, Value>) -> Result<Document, Refusal> {
    let new_id = source_id(source)?;
    let mut sources = sources(document);
    let position = sources.iter().position(|other| id_of(other) == id).ok_or_else(|| Refusal::Missing(id.to_owned()))?;
    if new_id != id && sources.iter().any(|other| id_of(other) == new_id) {
        return Err(Refusal::Taken(new_id.to_owned()));
    }
    sources[position] = Value::Object(source.clone());
    let renamed = if new_id == id { document.clone() } else { citing::renamed(document, id, new_id)? };
    with_sources(&renamed, sources)
}

/// Takes a source away.
pub(super) fn remove_source(document: &Document, id: &str) -> Result<Document, Refusal> {
    let mut sources = sources(document);
    let position = sources.iter().position(|other| id_of(other) == id).ok_or_else(|| Refusal::Missing(id.to_owned()))?;
    let by = citing::citing(document, id);
    if !by.is_empty() {
        let more = if by.len() > 3 { format!(" and {} more", by.len() - 3) } else { String::new() };
        let by = by[..by.len().min(3)].join(", ") + &more;
        return Err(Refusal::Cited { id: id.to_owned(), by });
    }
    sources.remove(position);
    with_sources(document, sources)
}

fn sources(document: &Document) -> Vec<Value> {
    document.header().get("sources").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn with_sources(document: &Document, sources: Vec<Value>) -> Result<Document, Refusal> {
    let mut header = document.header().clone();
    header.insert("sources".to_owned(), Value::Array(sources));
    with_header(document, header)
}

fn id_of(source: &Value) -> &str {
    source.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn source_id(source: &Map<String, Value>) -> Result<&str, Refusal> {
    let id = source.get("id").and_then(Value::as_str).unwrap_or_default();
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_.:+/".contains(letter);
    if id.is_empty() || !id.chars().all(is_plain) {
        return Err(Refusal::Value(format!("`{id}` is no id of a source: letters, digits and - _ . : + / make one.")));
    }
    Ok(id)
}

/// The document with another header; refused where that brings an error that was not there before.
pub(super) fn with_header(document: &Document, header: Map<String, Value>) -> Result<Document, Refusal> {
    let changed = document.with_header(header);
    let known = document.header_problems();
    let new = changed.header_problems().iter().find(|problem| problem.severity == Severity::Error && !known.contains(problem));
    match new {
        Some(problem) => Err(Refusal::WouldBreak(Box::new(problem.clone()))),
        None => Ok(changed),
    }
}
