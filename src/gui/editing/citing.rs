//! The bibliography as people want it cited: the style that is chosen, the list in it, and how it leaves as a file. Styling is heavy and done beside the
//! frames, once for each state of a document, style and choice of sources.

use std::{path::PathBuf, sync::Arc};

use crate::{
    export::bibliography::{self, CitationStyle, StyledEntry, Stylist},
    gui::{
        jobs::JobId,
        session::{Library, Panel, Selection, Session},
    },
    model::{Citation, Project, Source, SourceId},
};

/// What a styled list is made of: the document by position, its state, the style, and the thing whose sources alone are listed.
pub type StyledKey = (usize, u64, CitationStyle, Option<Selection>);

/// A bibliography in a style.
#[derive(Clone, Debug)]
pub struct StyledList {
    /// What it was made of.
    pub key: StyledKey,
    /// In the order of the style.
    pub entries: Vec<StyledEntry>,
}

/// How sources are shown.
#[derive(Clone, Debug, Default)]
pub struct Citing {
    /// In which style; `None` for one short line each.
    pub style: Option<CitationStyle>,
    /// Whether only what the selected thing cites is listed.
    pub of_selection: bool,
    /// The last list that was made.
    pub list: Option<Arc<StyledList>>,
    /// What is being made.
    pub busy: Option<(StyledKey, JobId)>,
}

impl Citing {
    /// The list for what is shown now; `None` until it is made.
    pub fn current(&self, key: Option<&StyledKey>) -> Option<&StyledList> {
        self.list.as_deref().filter(|list| Some(&list.key) == key)
    }
}

/// What is to be listed in a style, while the panel of sources shows it.
pub fn wanted(library: &Library, session: &Session) -> Option<StyledKey> {
    let (style, index) = (session.citing.style?, session.document?);
    let stamp = library.edited.get(&index).map_or(0, |editing| editing.history.stamp());
    let selection = session.selection.clone().filter(|_| session.citing.of_selection);
    session.shows(Panel::Sources).then_some((index, stamp, style, selection))
}

/// Makes a list; some milliseconds for the style and as much for every twenty sources.
pub fn styled(key: StyledKey, sources: &[Source]) -> StyledList {
    let sources: Vec<&Source> = sources.iter().collect();
    let entries = Stylist::new(key.2).map(|stylist| stylist.bibliography(&sources)).unwrap_or_default();
    StyledList { key, entries }
}

/// The sources that are listed: the document's, or those alone that the selected thing of it cites.
pub fn listed<'a>(library: &'a Library, session: &Session, project: &'a Project) -> Vec<&'a Source> {
    let cited = session.citing.of_selection.then(|| cited_by(project, session.selection.as_ref())).flatten();
    let Some(cited) = cited else { return project.sources.iter().collect() };
    let mut ids: Vec<&SourceId> = Vec::new();
    cited.iter().for_each(|citation| {
        if !ids.contains(&&citation.source) {
            ids.push(&citation.source)
        }
    });
    let own = |id: &SourceId| project.sources.iter().find(|source| source.id == *id);
    ids.into_iter().filter_map(|id| own(id).or_else(|| library.atlas.source(id))).collect()
}

/// What a thing of the document cites, in the order in which it is told; `None` where the selection is none of the document's.
pub fn cited_by<'a>(project: &'a Project, selection: Option<&Selection>) -> Option<Vec<&'a Citation>> {
    match *selection? {
        Selection::Event(_, index) => {
            let event = project.events.get(index)?;
            let statuses = event.statuses.iter().flat_map(|status| &status.sources);
            Some(event.sources.iter().chain(event.accounts.iter().flat_map(|account| &account.sources)).chain(statuses).collect())
        }
        Selection::Region(_, index) => {
            let region = project.regions.get(index)?;
            let rows = region.control.iter().chain(&region.claims).flat_map(|row| &row.sources);
            Some(region.common.sources.iter().chain(rows).collect())
        }
        Selection::Line(_, index) => Some(project.lines.get(index)?.common.sources.iter().collect()),
        Selection::Place(_, index) => {
            let place = project.places.get(index)?;
            Some(place.common.sources.iter().chain(place.names_by_date.iter().flat_map(|name| &name.sources)).collect())
        }
        Selection::Annotation(_, index) => Some(project.annotations.get(index)?.common.sources.iter().collect()),
        Selection::Unit(_) | Selection::Polity(_) | Selection::Dispute(_) | Selection::Alliance(_) => None,
    }
}

/// What a bibliography leaves as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// Words, in the chosen style.
    Text,
    /// A web page in the chosen style, which word processors open with its italics.
    Html,
    /// BibTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
}

impl ListFormat {
    /// Every format with its name and the ending of its files.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Text, "text", "txt"),
        (Self::Html, "HTML", "html"),
        (Self::Bibtex, "BibTeX", "bib"),
        (Self::Ris, "RIS", "ris"),
        (Self::CslJson, "CSL-JSON", "json"),
    ];

    /// The sources in this format. `styled` is their list in the chosen style; without one, each is a line.
    ///
    /// # Errors
    /// A sentence: a fault of the program.
    pub fn text(self, title: &str, sources: &[&Source], styled: Option<&[StyledEntry]>) -> Result<String, String> {
        Ok(match (self, styled) {
            (Self::Text, Some(entries)) => entries.iter().map(|entry| entry.plain() + "\n").collect(),
            (Self::Text, None) => bibliography::list(sources),
            (Self::Html, Some(entries)) => bibliography::html(title, entries.iter().map(|entry| entry.pieces.as_slice())),
            (Self::Html, None) => {
                let text = bibliography::list(sources);
                let pieces: Vec<[bibliography::Piece; 1]> =
                    text.lines().map(|line| [bibliography::Piece { text: line.to_owned(), is_italic: false }]).collect();
                bibliography::html(title, pieces.iter().map(|piece| piece.as_slice()))
            }
            (Self::Bibtex, _) => bibliography::bibtex(sources),
            (Self::Ris, _) => bibliography::ris(sources),
            (Self::CslJson, _) => bibliography::csl_json(sources).map_err(|error| error.to_string())?,
        })
    }
}

/// A bibliography on its way to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    /// Where, as far as nobody says otherwise.
    pub path: PathBuf,
    /// What it will hold.
    pub text: String,
}
