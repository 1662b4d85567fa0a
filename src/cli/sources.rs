//! `border-atlas sources`: the bibliography of the atlas, of a case study, of a document or of a file of sources, in any format and style.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;

use super::{known_argument, print, render::project_argument};
use crate::{
    export::bibliography::{self, CitationStyle, Stylist},
    io::{Given, sources_from_text, text_file::read_text},
    model::{Atlas, Project, Source, problem::Severity},
};

/// The formats that bibliographies come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list for people, one source a line.
    #[value(alias = "list")]
    Text,
    /// The list with its italics, for documents.
    Markdown,
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
    /// The style of citing for text and markdown: chicago-notes, chicago-author-date, apa, mla, harvard, ieee or vancouver.
    #[arg(long, value_parser = style)]
    style: Option<CitationStyle>,
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
        let format = self.format.unwrap_or(if self.style.is_some() { Format::Text } else { usual });
        let is_list = matches!(format, Format::Text | Format::Markdown);
        if !is_list && self.style.is_some() {
            bail!(
                "--style goes with --format text or markdown: the other formats hold the sources themselves, for programs that know styles."
            );
        }
        print(&match (format, self.style) {
            (Format::Bibtex, _) => bibliography::bibtex(sources),
            (Format::CslJson, _) => bibliography::csl_json(sources)?,
            (Format::Ris, _) => bibliography::ris(sources),
            (Format::Text, None) => bibliography::list(sources),
            (Format::Markdown, None) => bail!("--format markdown needs a --style: {}", style_ids()),
            (format, Some(style)) => styled(sources, style, format == Format::Markdown)?,
        })
    }
}

/// The entries in a style: one a line, in Markdown with a blank line between.
fn styled(sources: &[&Source], style: CitationStyle, as_markdown: bool) -> anyhow::Result<String> {
    let Some(stylist) = Stylist::new(style) else {
        bail!("the style {} cannot be made ready; this is a fault of the program, please report it", style.id());
    };
    let entries = stylist.bibliography(sources);
    let lines = entries.iter().map(|entry| if as_markdown { entry.markdown() + "\n\n" } else { entry.plain() + "\n" });
    Ok(lines.collect())
}

fn style(id: &str) -> Result<CitationStyle, String> {
    CitationStyle::from_id(id).ok_or_else(|| format!("no such style. There are: {}", style_ids()))
}

fn style_ids() -> String {
    CitationStyle::ALL.map(CitationStyle::id).join(", ")
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
