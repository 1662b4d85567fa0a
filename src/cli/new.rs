//! `border-atlas new`: a document to begin with.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use crate::{
    edit::{Command, History, fresh_id},
    io::{AtlasFiles, Progress, document_file::save_document, keep::RealDisk, project_file::parse_document, read_document},
    model::Document,
};

/// Arguments of `new`.
#[derive(clap::Args)]
pub struct NewArguments {
    /// The file to write; its name ends in .geojson. A file that is there is never replaced.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The title. Without one the name of the file; of a copy that of its source, followed by (copy).
    #[arg(long)]
    title: Option<String>,
    /// Begin with a copy of a case study (galwan, nagorno-karabakh, crimea) or of a document of your own.
    #[arg(long, value_name = "CASE|FILE")]
    from: Option<String>,
}

impl NewArguments {
    /// Writes the file.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self) -> anyhow::Result<()> {
        let file = self.output.display();
        let is_geojson = self.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("geojson"));
        ensure!(is_geojson, "-o {file}: the name of a document ends in .geojson");
        // A link counts, wherever it leads.
        ensure!(
            self.output.symlink_metadata().is_err(),
            "-o {file}: there is such a file already, and `new` replaces none. Choose another name"
        );
        let cases = AtlasFiles::embedded();
        let stem = self.output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let (document, title) = match &self.from {
            None => (Document::empty(&stem), stem.clone()),
            Some(what) => copied(&cases, what)?,
        };
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&title);
        let mut id = fresh_id(&Document::empty(""), &stem);
        if cases.case_text(&id).is_some() {
            id.push_str("-copy");
        }
        let mut history = History::new(document);
        for (path, value) in [("id", id.as_str()), ("title", title)] {
            let set = Command::SetDocument { path: path.to_owned(), value: value.into() };
            history.apply(&set, None).with_context(|| format!("the copy cannot be given another {path}"))?;
        }
        save_document(&RealDisk, &self.output, history.document(), None)?;
        eprintln!("border-atlas: {file}: a new document, “{title}”");
        Ok(())
    }
}

/// What is copied, with the title of the copy.
fn copied(cases: &AtlasFiles, what: &str) -> anyhow::Result<(Document, String)> {
    let path = Path::new(what);
    let document = match cases.case_text(what) {
        Some(text) => parse_document(what, what, text, &Progress::default())?,
        None if !path.exists() && path.extension().is_none() => {
            bail!("--from {what}: no such case study, and no such file. Cases: {}", cases.case_ids().collect::<Vec<_>>().join(", "))
        }
        None => read_document(path, &Progress::default())?,
    };
    let title = format!("{} (copy)", document.project().0.title);
    Ok((document, title))
}
