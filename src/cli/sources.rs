//! `border-atlas sources`: the bibliography of the atlas, of a case study, of a document or of a file of sources, in any format.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{known_argument, print, render::project_argument};
use crate::{
    export::bibliography,
    io::{Given, sources_from_text, text_file::read_text},
    model::{Atlas, Project, Source, problem::Severity},
};

/// The formats that bibliographies come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list for people, one source a line.
    #[value(alias = "list")]
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
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON): its sources, those that it cites beside, and those of
    /// the alliances that it names. Without one all of the atlas.
    #[arg(value_name = "CASE|FILE")]
    what: Option<String>,
    /// As CASE, for a case study alone.
    #[arg(long, value_name = "ID", conflicts_with = "what")]
    case: Option<String>,
    /// Read sources from this file instead (BibTeX, RIS, CSL-JSON, or text with DOIs and addresses), and tell what is wrong in it. Exit 1 where
    /// anything was left out.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["what", "case"])]
    import: Option<PathBuf>,
    /// How to print it. Without it text, and CSL-JSON for --import.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl SourcesArguments {
    /// Prints the bibliography; says whether anything of an imported file was left out.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<bool> {
        if let Some(file) = &self.import {
            let (sources, is_whole) = imported(file)?;
            self.print(&sources.iter().collect::<Vec<_>>(), Format::CslJson)?;
            return Ok(is_whole);
        }
        let project: Option<Project> = match (&self.what, &self.case) {
            (Some(what), _) => Some(project_argument(atlas, what)?),
            (None, Some(id)) => {
                Some(known_argument("--case", id, atlas.case(id), atlas.cases.iter().map(|case| case.id.as_str()))?.clone())
            }
            (None, None) => None,
        };
        let sources = project.as_ref().map_or_else(|| atlas.bibliography(), |project| atlas.bibliography_of(project));
        self.print(&sources, Format::Text)?;
        Ok(true)
    }

    fn print(&self, sources: &[&Source], usual: Format) -> anyhow::Result<()> {
        print(&match self.format.unwrap_or(usual) {
            Format::Bibtex => bibliography::bibtex(sources),
            Format::CslJson => bibliography::csl_json(sources)?,
            Format::Ris => bibliography::ris(sources),
            Format::Text => bibliography::list(sources),
        })
    }
}

/// The sources of a file, and whether all of it was read. What is wrong goes to the standard error stream.
fn imported(file: &Path) -> anyhow::Result<(Vec<Source>, bool)> {
    let (sources, problems) = sources_from_text(&read_text(file)?, &Given::default());
    let name = file.display().to_string();
    for problem in &problems {
        eprintln!("{}", problem.clone().in_file(&name));
    }
    Ok((sources, problems.iter().all(|problem| problem.severity == Severity::Warning)))
}
