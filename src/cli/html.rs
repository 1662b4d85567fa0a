//! `html`: a lecture as one file that plays in any browser.

use std::path::PathBuf;

use anyhow::bail;

use super::render::{project_argument, write_output};
use crate::{
    export::{HtmlOptions, html},
    model::Atlas,
    scene::Theme,
};

/// Arguments of `html`.
#[derive(clap::Args, Clone, Debug)]
pub struct HtmlArguments {
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON).
    #[arg(value_name = "CASE|FILE")]
    what: String,
    /// light or dark; without one as whoever opens it has it.
    #[arg(long)]
    theme: Option<Theme>,
    /// Leave out the speaker's notes.
    #[arg(long)]
    no_notes: bool,
    /// The file to write, .html.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl HtmlArguments {
    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if !matches!(ending.as_deref(), Some("html" | "htm")) {
            bail!("-o {}: the name must end in .html", self.output.display());
        }
        let project = project_argument(atlas, &self.what)?;
        let page = html(atlas, &project, HtmlOptions { notes: !self.no_notes, theme: self.theme });
        write_output(&self.output, page.as_bytes())
    }
}
