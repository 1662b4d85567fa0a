//! Sources on their way into a document: read from a file or pasted, waiting for a document, and what became of them.

use serde_json::{Map, Value};

use crate::{
    edit::{Command, Taken, taken},
    io::sources::{Given, sources_from_text},
    model::{Document, Problem, Source},
    time::Day,
};

/// So many lines of a report are kept; the rest is counted.
const MOST_TOLD: usize = 200;

/// Sources that were read and are to be taken in.
#[derive(Clone, Debug)]
pub struct SourcesIn {
    /// Where they come from, for people: `library.bib`.
    pub from: String,
    /// CSL-JSON items.
    pub items: Vec<Map<String, Value>>,
    /// What could not be read, or not as it stands.
    pub problems: Vec<Problem>,
}

impl SourcesIn {
    /// Reads a text. `read_on` is the day on which a page was read whose address is pasted.
    pub fn read(from: &str, text: &str, read_on: Option<Day>) -> Self {
        let (sources, problems) = sources_from_text(text, &Given { read_on, ..Given::default() });
        Self { from: from.to_owned(), items: sources.iter().filter_map(item_of).collect(), problems }
    }

    /// Why there is nothing to take in; `None` where there is something.
    pub fn complaint(&self) -> Option<String> {
        let told = |problem: &Problem| format!("{} holds no sources that can be taken in: {}", self.from, sentence(problem));
        let nothing = || format!("{} holds no sources. BibTeX, RIS, CSL-JSON, DOIs and addresses are read.", self.from);
        self.items.is_empty().then(|| self.problems.first().map_or_else(nothing, told))
    }

    /// The command that takes them in.
    pub fn command(&self) -> Command {
        Command::TakeSources { sources: self.items.clone() }
    }

    /// What taking them into a document does.
    pub fn report(&self, document: &Document) -> SourcesReport {
        let (_, told) = taken(document, &self.items);
        let mut lines: Vec<ReportLine> = self.problems.iter().map(ReportLine::of_problem).collect();
        lines.extend(told.differing.iter().map(|one| ReportLine {
            place: one.id.clone(),
            what: format!("{}: the document says “{}”, {} says “{}”.", one.member, one.kept, self.from, one.offered),
            next: "The document’s word stands; change it in the form of the source.".to_owned(),
        }));
        lines.extend(filled_lines(&told));
        let more = lines.len().saturating_sub(MOST_TOLD);
        lines.truncate(MOST_TOLD);
        let bad = self.problems.len();
        let changes_nothing = told.added.is_empty() && told.filled.is_empty();
        SourcesReport { heading: heading(&self.from, &told, bad), lines, more, changes_nothing }
    }
}

/// What became of sources that were taken in, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesReport {
    /// `library.bib: 12 sources taken in, 3 there already, 1 problem`.
    pub heading: String,
    /// What is to be looked at.
    pub lines: Vec<ReportLine>,
    /// How many lines more there were.
    pub more: usize,
    /// Whether the document has all of it already.
    pub changes_nothing: bool,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// A line of the file or a source of the document.
    pub place: String,
    /// What is the matter, with the field.
    pub what: String,
    /// What to do about it.
    pub next: String,
}

impl ReportLine {
    fn of_problem(problem: &Problem) -> Self {
        Self { place: problem.place.clone(), what: capital(&problem.what), next: capital(&problem.hint) }
    }
}

fn filled_lines(told: &Taken) -> Vec<ReportLine> {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for (id, member) in &told.filled {
        match lines.last_mut().filter(|(own, _)| own == id) {
            Some((_, members)) => members.push(member),
            None => lines.push((id.clone(), vec![member])),
        }
    }
    let line = |(place, members): (String, Vec<&str>)| ReportLine {
        place,
        what: format!("Filled in: {}.", members.join(", ")),
        next: String::new(),
    };
    lines.into_iter().map(line).collect()
}

fn heading(from: &str, told: &Taken, problems: usize) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        Some(count(told.added.len(), "source taken in", "sources taken in").unwrap_or_else(|| "no new source".to_owned())),
        count(told.known.len(), "there already", "there already"),
        count(problems, "problem", "problems"),
    ];
    format!("{from}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A problem as people read it: `Line 12: the entry has no end. Close its brace.`
fn sentence(problem: &Problem) -> String {
    let place = if problem.place.is_empty() { String::new() } else { format!("{}: ", problem.place) };
    format!("{place}{} {}", problem.what, problem.hint).trim_end().to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A source as documents have it.
pub fn item_of(source: &Source) -> Option<Map<String, Value>> {
    serde_json::to_value(source).ok().and_then(|item| item.as_object().cloned())
}
