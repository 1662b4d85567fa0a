//! `border-atlas edit`: the commands of the window, from a file, on a document.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};

use super::{command_lines::CommandLines, load_atlas, print};
use crate::{
    edit::History,
    io::{
        Progress,
        document_file::{check_replacing, save_document},
        folders::state_folder,
        keep::{DocumentLock, Fingerprint, RealDisk},
        project_file::project_of,
        read_document,
    },
    model::validate,
};

/// More commands than this are counted, not listed.
const MOST_LISTED: usize = 12;

/// Arguments of `edit`.
#[derive(clap::Args)]
pub struct EditArguments {
    /// The document (GeoJSON).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The commands, a JSON object a line; `-` reads them from the standard input. Blank lines and lines that begin with # are passed over.
    #[arg(long, value_name = "COMMANDS.jsonl|-")]
    commands: PathBuf,
    /// Write here and leave FILE alone. A document that is there is replaced; its old version is kept beside it.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Do all but save.
    #[arg(long)]
    dry_run: bool,
    /// Print what is wrong with the result, as `check` does.
    #[arg(long)]
    check: bool,
}

impl EditArguments {
    /// Carries the commands out and saves, all or nothing. Exit status 0; 1 when `--check` found problems in what was saved.
    ///
    /// # Errors
    /// Says which line, argument or file is at fault, why, and what to do; nothing is saved then.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let lines = CommandLines::read(&self.commands)?;
        let target = self.output.as_ref().unwrap_or(&self.file);
        let _lock = if self.dry_run { None } else { locked(target)? };
        // Before the document is read: what others write from now on is noticed.
        let known = Fingerprint::of_file(&RealDisk, target)
            .with_context(|| format!("{}: cannot be read. Nothing is saved; name a document that you may read", target.display()))?;
        let document = read_document(&self.file, &Progress::default())?;
        if known.is_some() && target != &self.file {
            read_document(target, &Progress::default()).context("-o replaces documents alone; name another file")?;
        }
        if document.is_newer() {
            bail!("{}: written by a newer Border Atlas and read only here. Nothing is saved; update the program", self.file.display());
        }
        let mut history = History::new(document);
        let done = lines.apply(&mut history).context("nothing is saved")?;
        report(&done);
        match (history.is_changed(), self.dry_run) {
            (false, _) => eprintln!("border-atlas: there are no commands, so nothing is saved"),
            (true, true) => {
                known.as_ref().map_or(Ok(()), |_| check_replacing(target, history.document()))?;
                eprintln!("border-atlas: {}: would be saved; this was a dry run", target.display());
            }
            (true, false) => save(target, &history, known.as_ref())?,
        }
        self.check(&history, target)
    }

    fn check(&self, history: &History, target: &Path) -> anyhow::Result<ExitCode> {
        if !self.check {
            return Ok(ExitCode::SUCCESS);
        }
        let file = target.display().to_string();
        let (project, mut problems) = project_of(&file, history.document());
        problems.extend(validate::project_problems(&load_atlas()?, &project, &file));
        print(&problems.iter().map(|problem| format!("{problem}\n")).collect::<String>())?;
        Ok(ExitCode::from(u8::from(!problems.is_empty())))
    }
}

fn report(done: &[String]) {
    for line in done.iter().take(MOST_LISTED) {
        eprintln!("border-atlas: {line}");
    }
    if done.len() > MOST_LISTED {
        eprintln!("border-atlas: and {} more", done.len() - MOST_LISTED);
    }
}

fn save(target: &Path, history: &History, known: Option<&Fingerprint>) -> anyhow::Result<()> {
    let saved = save_document(&RealDisk, target, history.document(), known)?;
    let before = if known.is_some() { "; the version before is kept beside it" } else { "" };
    eprintln!("border-atlas: {}: saved{before}", target.display());
    if saved.other_names {
        eprintln!("border-atlas: {}: the other names of this file (hard links) keep the old version", target.display());
    }
    Ok(())
}

/// The right to save the document; where locks are impossible, nothing but the look before the save guards it.
fn locked(target: &Path) -> anyhow::Result<Option<DocumentLock>> {
    let Some(folder) = state_folder() else { return Ok(None) };
    match DocumentLock::take(&RealDisk, &folder.join("locks"), target) {
        Ok(Some(lock)) => Ok(Some(lock)),
        Ok(None) => bail!(
            "{}: is open in a window of Border Atlas, or another command edits it. Save and close it there, or write to another file with -o",
            target.display()
        ),
        Err(error) => {
            eprintln!("border-atlas: {error}");
            Ok(None)
        }
    }
}
