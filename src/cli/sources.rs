//! `border-atlas sources`: the bibliography of the atlas or of one case.

use clap::ValueEnum;

use super::{known_argument, print};
use crate::{export::bibliography, model::Atlas};

/// The formats that bibliographies come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list for people, one source a line.
    Text,
    /// BibTeX, in UTF-8.
    Bibtex,
    /// CSL-JSON, each item as it is stored.
    CslJson,
    /// RIS, in UTF-8.
    Ris,
}

/// Arguments of `sources`.
#[derive(clap::Args)]
pub struct SourcesArguments {
    /// Only the sources of this case study: its own, and those of the alliances that it names.
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl SourcesArguments {
    /// Prints the bibliography.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let sources = match &self.case {
            None => atlas.bibliography(),
            Some(id) => {
                let case = known_argument("--case", id, atlas.case(id), atlas.cases.iter().map(|case| case.id.as_str()))?;
                atlas.bibliography_of(case)
            }
        };
        print(&match self.format {
            Format::Text => bibliography::list(&sources),
            Format::Bibtex => bibliography::bibtex(&sources),
            Format::CslJson => bibliography::csl_json(&sources)?,
            Format::Ris => bibliography::ris(&sources),
        })
    }
}
