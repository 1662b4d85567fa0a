//! `handout` and `slides`: a lecture on paper, and as pages of a projector.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{
    page::{made_on, margin, warn_of_lacking},
    render::{project_argument, write_output},
};
use crate::{
    export::{self, About, Handout, Orientation, Paper, bibliography::CitationStyle, lacking::lacking_on_paper, paper::Format},
    model::{Atlas, Project},
    scene::Theme,
};

/// The margin of a handout in millimetres where none is asked for: room to hold and to punch.
const MARGIN_MM: f64 = 15.0;

/// What both say of themselves.
#[derive(clap::Args, Clone, Debug)]
struct Named {
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON) that holds a lecture.
    #[arg(value_name = "CASE|FILE")]
    what: String,
    /// The title; without one that of the case.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who gives the lecture.
    #[arg(long, value_name = "NAME", default_value = "")]
    author: String,
    /// The date of making that the PDF names; without one it names none, so that the same command gives the same bytes on any day.
    #[arg(long, value_name = "DATE")]
    made_on: Option<String>,
    /// The file to write; its name ends in .pdf.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Named {
    /// The project, which has scenes, and what the PDF says of itself.
    fn read(&self, atlas: &Atlas) -> anyhow::Result<(Project, About)> {
        ends_in_pdf(&self.output)?;
        let project = project_argument(atlas, &self.what)?;
        if project.slides.is_empty() {
            bail!("{}: {} has no scenes of a lecture", self.what, project.title);
        }
        let title = self.title.clone().unwrap_or_else(|| project.title.clone());
        let about = About { title, author: self.author.clone(), description: String::new(), made_on: made_on(self.made_on.as_deref())? };
        Ok((project, about))
    }
}

fn ends_in_pdf(output: &Path) -> anyhow::Result<()> {
    match output.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("pdf") => Ok(()),
        _ => bail!("-o {}: the name must end in .pdf", output.display()),
    }
}

/// Writes a lecture as a handout.
#[derive(clap::Args, Clone, Debug)]
pub struct HandoutArguments {
    #[command(flatten)]
    named: Named,
    /// Print what the speaker has in the notes, one scene a page.
    #[arg(long)]
    notes: bool,
    /// How many scenes stand on a page, 1 to 3.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3), conflicts_with = "notes")]
    per_page: u8,
    /// The paper: a4, a3, a2, letter, legal or tabloid.
    #[arg(long, default_value = "a4")]
    paper: Format,
    /// What stays white on each side, in millimetres, 0 to 50.
    #[arg(long, value_name = "MM", default_value_t = MARGIN_MM, value_parser = margin)]
    margin: f64,
    /// light, dark, high-contrast or print, for scenes that do not name their own.
    #[arg(long, default_value = "print")]
    theme: Theme,
    /// The style of citing: chicago-notes, chicago-author-date, apa, mla, harvard, ieee or vancouver.
    #[arg(long, value_parser = style, default_value = "chicago-notes")]
    style: CitationStyle,
}

fn style(id: &str) -> Result<CitationStyle, String> {
    let all = || CitationStyle::ALL.map(CitationStyle::id).join(", ");
    CitationStyle::from_id(id).ok_or_else(|| format!("no such style. There are: {}", all()))
}

impl HandoutArguments {
    /// Lays out and writes the file; nothing is left behind where it fails.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let (project, about) = self.named.read(atlas)?;
        let paper = Paper { format: self.paper, orientation: Orientation::Portrait, margin_mm: self.margin };
        let per_page = if self.notes { 1 } else { usize::from(self.per_page) };
        let handout = Handout { paper, per_page, with_notes: self.notes, theme: self.theme, style: self.style };
        let sheets =
            export::handout(atlas, &project, &handout, &about).context("the bibliography cannot be set; this is a fault of the program")?;
        warn_of_lacking(&lacking_on_paper(&sheets));
        write_output(&self.named.output, &export::pdf_of_sheets(atlas, &sheets, &about)?)
    }
}

/// Writes a lecture as slides.
#[derive(clap::Args, Clone, Debug)]
pub struct SlidesArguments {
    #[command(flatten)]
    named: Named,
    /// One page a scene, with all of its steps taken, instead of one a step.
    #[arg(long)]
    no_steps: bool,
    /// light, dark, high-contrast or print, for scenes that do not name their own.
    #[arg(long, default_value = "light")]
    theme: Theme,
}

impl SlidesArguments {
    /// Draws and writes the file; nothing is left behind where it fails.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let (project, about) = self.named.read(atlas)?;
        let sheets = export::slides(atlas, &project, self.theme, !self.no_steps);
        warn_of_lacking(&lacking_on_paper(&sheets));
        write_output(&self.named.output, &export::pdf_of_sheets(atlas, &sheets, &about)?)
    }
}
