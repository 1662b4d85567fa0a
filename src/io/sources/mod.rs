//! Sources from text: BibTeX, RIS, CSL-JSON, DOIs and addresses, told apart by what they look like. Pure: nothing is opened or fetched.

mod address;
mod bibtex;
mod bibtex_fields;
mod csl_json;
mod dates;
mod draft;
mod finish;
mod kind;
mod ris;

use std::collections::HashSet;

pub use kind::is_bibliography;

use crate::{
    model::{Problem, Source, SourceId},
    time::Day,
};

/// The longest text that sources are read from, in bytes.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;
/// The most sources that are taken from one text.
pub const MAX_SOURCES: usize = 20_000;
/// The most problems that are told of one text.
const MAX_PROBLEMS: usize = 1_000;

/// What whoever asks for sources knows beside their text.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The ids that are taken already: a source that would have one of them gets a number after it.
    pub taken: HashSet<SourceId>,
    /// The day on which a page was read whose address is pasted; `None` leaves it open.
    pub read_on: Option<Day>,
}

/// What a text of sources is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFormat {
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
    /// Words with a DOI or an address in them.
    Address,
}

impl SourceFormat {
    /// The format that a text looks like.
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim_start);
        let begins_entry = |line: &str| {
            line.strip_prefix('@')
                .is_some_and(|rest| rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).trim_start().starts_with('{'))
        };
        // `[1] Smith ...` is a list of references.
        let is_json = match text.trim_start().strip_prefix('[') {
            Some(rest) => rest.trim_start().starts_with(['{', '[', ']']),
            None => text.trim_start().starts_with('{'),
        };
        if is_json {
            Self::CslJson
        } else if lines.clone().any(|line| ris::tagged(line).is_some_and(|(tag, _)| tag == "TY")) {
            Self::Ris
        } else if lines.any(begins_entry) {
            Self::Bibtex
        } else {
            Self::Address
        }
    }
}

/// Reads sources from a text in any of the four formats. Ids are the keys of the file where those can stand in a citation, else
/// `family-year-word`; each is unique among the ids given. What cannot be read is left out and told, with its line where it has one; warnings
/// tell what was taken as it stands. Abstracts are left out. Empty text gives nothing.
pub fn sources_from_text(text: &str, given: &Given) -> (Vec<Source>, Vec<Problem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_TEXT_BYTES {
        let what = format!("the text has {} bytes; texts of up to {MAX_TEXT_BYTES} bytes (16 MiB) are read.", text.len());
        return (Vec::new(), vec![Problem::error("", "too-large", what).hint("divide the file.")]);
    }
    let (mut drafts, mut problems) = match SourceFormat::of(text) {
        SourceFormat::Bibtex => bibtex::read(text),
        SourceFormat::Ris => ris::read(text),
        SourceFormat::CslJson => csl_json::read(text),
        SourceFormat::Address => address::read(text, given.read_on),
    };
    if drafts.len() > MAX_SOURCES {
        let what = format!("the text holds {} sources; the first {MAX_SOURCES} were taken.", drafts.len());
        problems.push(Problem::error(drafts[MAX_SOURCES].place.as_str(), "too-many", what));
        drafts.truncate(MAX_SOURCES);
    }
    let sources = finish::finished(drafts, given, &mut problems);
    if problems.len() > MAX_PROBLEMS {
        let what = format!("{} more problems were found.", problems.len() - MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        problems.push(Problem::error("", "too-many", what));
    }
    (sources, problems)
}
