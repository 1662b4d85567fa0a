//! `border-atlas check`: every problem with file, place, rule and hint.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{load_atlas, print};
use crate::{
    edit::checks,
    io::{AtlasFiles, FileError, Progress, atlas_files::PARTITION_FILE, project_file::read_document, text_file::read_text},
    model::{Alliance, Atlas, Problem, problem::Severity, source::sources_from_json, tenure_text::TenureText, validate},
};

/// Arguments of `check`.
#[derive(clap::Args)]
pub struct CheckArguments {
    /// Documents (`*.geojson`), alliance files and bibliographies (`*.json`), tenure tables (`*.tenure`), or a whole atlas folder such as `maps`.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Also tells what is not wrong and could be better in documents: sources that nothing cites, dates that are not written in EDTF.
    #[arg(long)]
    advice: bool,
}

impl CheckArguments {
    /// Prints every problem, a line each, and a summary. Exit status 0 clean, 1 problems, 2 unreadable.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let atlas = load_atlas()?;
        let (mut count, mut unreadable) = (0, false);
        for path in &self.files {
            match problems_of(&atlas, path, self.advice) {
                Ok(problems) => {
                    count += problems.len();
                    print(&problems.iter().map(|problem| format!("{problem}\n")).collect::<String>())?;
                }
                Err(error) => {
                    unreadable = true;
                    eprintln!("border-atlas: {}", super::said(&error));
                }
            }
        }
        print(&match (count, unreadable) {
            (0, false) => format!("checked {}: no problems\n", files_word(self.files.len())),
            (0, true) => String::new(),
            (count, _) => {
                format!("checked {}: {count} {}\n", files_word(self.files.len()), if count == 1 { "problem" } else { "problems" })
            }
        })?;
        Ok(ExitCode::from(match (count, unreadable) {
            (_, true) => 2,
            (0, false) => 0,
            (_, false) => 1,
        }))
    }
}

fn files_word(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn problems_of(atlas: &Atlas, path: &Path, advice: bool) -> anyhow::Result<Vec<Problem>> {
    let file = path.display().to_string();
    if path.is_dir() {
        return folder_problems(path);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "tenure" => Ok(tenure_problems(atlas, &file, &read_text(path)?)),
        "json" => json_problems(atlas, &file, &read_text(path)?),
        "csv" | "table" => anyhow::bail!(
            "{file}: a table of the atlas can only be checked with the folder it is in: border-atlas check {}",
            path.parent().unwrap_or(path).display()
        ),
        _ => document_problems(atlas, path, advice),
    }
}

fn document_problems(atlas: &Atlas, path: &Path, advice: bool) -> anyhow::Result<Vec<Problem>> {
    let document = read_document(path, &Progress::default())?;
    let findings = checks(atlas, &document).into_iter().filter(|finding| advice || finding.severity != Severity::Advice);
    let file = path.display().to_string();
    Ok(findings.map(|finding| finding.problem(&file)).collect())
}

fn folder_problems(path: &Path) -> anyhow::Result<Vec<Problem>> {
    let root = path.display().to_string();
    if !path.join(PARTITION_FILE).is_file() {
        anyhow::bail!(
            "{root}: is a folder without {PARTITION_FILE}, so it is no atlas. Name documents one by one, or a folder such as maps"
        );
    }
    let (atlas, mut problems) = AtlasFiles::read_folder(path)?.atlas()?;
    problems.extend(validate::atlas_problems(&atlas).into_iter().map(|problem| match problem.file.starts_with(&root) {
        true => problem,
        false => Problem { file: format!("{root}/{}", problem.file), ..problem },
    }));
    Ok(problems)
}

fn tenure_problems(atlas: &Atlas, file: &str, text: &str) -> Vec<Problem> {
    let mut parsed = TenureText::parse(file, text);
    for (name, units) in &atlas.tenure.sets {
        parsed.sets.entry(name.clone()).or_insert_with(|| units.clone());
    }
    crate::model::Tenure::compile(vec![parsed], &atlas.partition, &atlas.polities).1
}

fn json_problems(atlas: &Atlas, file: &str, text: &str) -> anyhow::Result<Vec<Problem>> {
    if text.trim_start().starts_with('[') {
        return Ok(sources_from_json(text).err().map(|problem| problem.in_file(file)).into_iter().collect());
    }
    let (alliance, mut problems) = match Alliance::from_json(text) {
        Ok(read) => read,
        Err(problem) => {
            return Err(FileError::NotADocument {
                file: file.to_owned(),
                what: format!("{}: {} {}", problem.place, problem.what, problem.hint),
            }
            .into());
        }
    };
    let alone = Atlas { alliances: vec![alliance], cases: Vec::new(), ..atlas.clone() };
    let own = format!("alliances/{}.json", alone.alliances[0].id);
    problems.extend(validate::atlas_problems(&alone).into_iter().filter(|problem| problem.file == own));
    Ok(problems.into_iter().map(|problem| problem.in_file(file)).collect())
}
