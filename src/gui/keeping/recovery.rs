//! Bringing back what was not saved when a window died: beside the frames.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{KeepAction, Keeping, Parcel, looking::FileState};
use crate::{
    edit::{Command, Entry, History},
    gui::actions::Action,
    io::{
        Progress,
        keep::{FoundSession, JournalError, Recovered, found_sessions, sweep_sessions},
        project_file::parse_document,
    },
    model::Document,
};

/// What is to become of work that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// Opens it with all its edits, not saved yet.
    Recover,
    /// Opens the file as it was saved last; the edits stay for seven days.
    OpenSaved,
    /// Nothing now; the edits stay for seven days.
    NotNow,
    /// The edits are not wanted: they are offered no more.
    Discard,
}

/// Work that was found, as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundView {
    /// The title of the document.
    pub title: String,
    /// Its file; `None` for one that was never saved.
    pub path: Option<PathBuf>,
    /// How many edits are not in it.
    pub edits: u64,
    /// When the last of them was made.
    pub last_edit: Option<SystemTime>,
    /// When the file was saved last.
    pub saved: Option<SystemTime>,
    /// Whether a person was asked about it before and said not now.
    pub is_laid_aside: bool,
}

impl FoundView {
    /// What is to be said of a session.
    pub fn of(session: &FoundSession) -> Self {
        let meta = session.meta.as_ref();
        let title = meta.map_or_else(|| "A document".to_owned(), |meta| meta.title.clone());
        let known = meta.and_then(|meta| meta.known);
        Self {
            title,
            path: meta.and_then(|meta| meta.document.clone()),
            edits: session.commands,
            last_edit: session.last_edit,
            saved: known.and_then(|known| known.modified),
            is_laid_aside: session.set_aside.is_some(),
        }
    }
}

/// Work that was brought back.
pub struct RecoveredWork {
    /// The session that it comes from.
    pub session: FoundSession,
    /// The document with its states, or why there is none.
    pub result: Result<Revived, String>,
}

/// A document with all its edits.
pub struct Revived {
    /// As it was before the first of the entries.
    pub first: Document,
    /// Its states.
    pub history: History,
    /// What was done to it, for the journal of the new session.
    pub entries: Vec<Entry>,
    /// Its file.
    pub path: Option<PathBuf>,
    /// What is known of its file.
    pub file: FileState,
    /// What could not be brought back, for the person.
    pub complaint: Option<String>,
}

/// Takes away what is over and finds what is not saved.
pub fn find(keeping: &Keeping) -> Vec<Action> {
    let Some(sessions) = keeping.sessions() else { return Vec::new() };
    sweep_sessions(&*keeping.disk, &sessions);
    match found_sessions(&keeping.disk, &sessions) {
        Ok(found) if found.is_empty() => Vec::new(),
        Ok(mut found) => {
            found.iter_mut().for_each(retitle);
            vec![Action::Keep(KeepAction::Found(Parcel::new(found)))]
        }
        Err(error) => vec![Action::Trouble(error.to_string())],
    }
}

/// Calls a session by the title that its document had last: it may have begun untitled.
fn retitle(session: &mut FoundSession) {
    let title = session.recover().ok().and_then(|recovered| last_title(&recovered));
    if let (Some(meta), Some(title)) = (&mut session.meta, title) {
        meta.title = title;
    }
}

/// The title in the last command that sets one, else that of the snapshot.
fn last_title(recovered: &Recovered) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        border_atlas: Titled,
    }
    #[derive(serde::Deserialize)]
    struct Titled {
        title: String,
    }
    let set = |text: &String| match serde_json::from_str(text) {
        Ok(Entry::Apply(Command::SetDocument { path, value }, _)) if path == "title" => value.as_str().map(str::to_owned),
        _ => None,
    };
    let of_snapshot = || serde_json::from_slice::<Head>(&recovered.snapshot).ok().map(|head| head.border_atlas.title);
    recovered.commands.iter().rev().find_map(set).or_else(of_snapshot).filter(|title| !title.is_empty())
}

/// Brings the work of a session back.
pub fn recover(session: FoundSession, keeping: &Keeping) -> Vec<Action> {
    let result = session.recover().map_err(|error| error.to_string()).and_then(|recovered| revive(&session, &recovered, keeping));
    vec![Action::Keep(KeepAction::Recovered(Parcel::new(RecoveredWork { session, result })))]
}

fn revive(session: &FoundSession, recovered: &Recovered, keeping: &Keeping) -> Result<Revived, String> {
    let name = session.folder().display().to_string();
    let kept = "Nothing was deleted: the document as it was before is in that folder.";
    let text = std::str::from_utf8(&recovered.snapshot).map_err(|error| format!("{name}: is no text ({error}). {kept}"))?;
    let path = session.meta.as_ref().and_then(|meta| meta.document.clone());
    let id = path.as_deref().and_then(Path::file_stem).map_or_else(|| "untitled".into(), |stem| stem.to_string_lossy().into_owned());
    let document = parse_document(&name, &id, text, &Progress::default()).map_err(|error| format!("{error} {kept}"))?;
    let (first, mut history) = (document.clone(), History::unsaved(document));
    let mut entries = Vec::with_capacity(recovered.commands.len());
    let mut complaint = None;
    for (index, line) in recovered.commands.iter().enumerate() {
        let entry = serde_json::from_str::<Entry>(line).map_err(|error| error.to_string());
        match entry.and_then(|entry| history.replay(&entry).map(|()| entry).map_err(|refusal| refusal.to_string())) {
            Ok(entry) => entries.push(entry),
            Err(why) => {
                let lost = recovered.commands.len() - index;
                complaint = Some(format!(
                    "{name}: the last {lost} edits could not be made again ({why}). They stay in that folder for seven days."
                ));
                break;
            }
        }
    }
    let mut file = path.as_deref().map_or_else(FileState::default, |path| FileState::before_reading(keeping, path).0);
    // What counts is the file that these edits were made on: if others changed it since, saving asks.
    file.known = session.meta.as_ref().and_then(|meta| meta.known);
    Ok(Revived { first, history, entries, path, file, complaint })
}

/// Marks a session as decided about.
pub fn decide(session: FoundSession, discard: bool) -> Vec<Action> {
    said(if discard { session.discard() } else { session.set_aside() })
}

/// What is to be said of a mark.
pub fn said(marked: Result<(), JournalError>) -> Vec<Action> {
    marked.err().map(|error| Action::Trouble(error.to_string())).into_iter().collect()
}

/// Waits until the journal of work that was brought back is on the disk, and only then lays the old one away, so that no crash in between loses it.
/// An old one that could not be brought back whole is still offered.
pub fn hand_over(session: FoundSession, keeps_old: bool, synced: impl FnOnce() -> Result<(), String>) -> Vec<Action> {
    match synced() {
        Ok(()) => decide(session, !keeps_old),
        // The old session stays as it was and is offered again.
        Err(text) => vec![Action::Trouble(text)],
    }
}
