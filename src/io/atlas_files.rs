//! The atlas as files: those that the program carries, or a folder of the same shape on disk.

use std::{borrow::Cow, fs, path::Path};

use super::{
    project_file::parse_project,
    text_file::{FileError, read_text},
};
use crate::model::{
    Alliance, Atlas, Cities, Dispute, Partition, Polities, Problem, Project, Tenure, Water,
    borders::NamedLine,
    partition::PartitionError,
    source::{Source, sources_from_json},
    tenure_text::TenureText,
    water::WATERS,
};

// `EMBEDDED: &[(&str, &str)]`: every data file of maps/ as (path below maps/, text), sorted by path. Written by build.rs.
include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The file that a folder must hold to be an atlas.
pub const PARTITION_FILE: &str = "world.topo.json";

/// The folders below the root that hold data.
const FOLDERS: [&str; 5] = ["", "tenure", "alliances", "sources", "cases"];

/// The text of a case that the program carries; `None` for an id that no case has.
pub fn case_text(id: &str) -> Option<&'static str> {
    let path = format!("cases/{id}.geojson");
    EMBEDDED.iter().find(|(own, _)| *own == path).map(|(_, text)| *text)
}

/// The texts of an atlas: (path below the root, text), sorted by path.
pub struct AtlasFiles {
    root: String,
    files: Vec<(String, Cow<'static, str>)>,
}

impl AtlasFiles {
    /// What the program carries.
    pub fn embedded() -> Self {
        Self { root: "maps".to_owned(), files: EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(*text))).collect() }
    }

    /// The data files of a folder with the same shape as `maps/`. A folder that is missing counts as empty.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn read_folder(root: &Path) -> Result<Self, FileError> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
            for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
                if path.is_file() && path.extension().is_some_and(|ending| ending != "md") {
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((name, Cow::Owned(read_text(&path)?)));
                }
            }
        }
        files.sort();
        Ok(Self { root: root.display().to_string(), files })
    }

    /// The document of a case study as it stands in its file; `None` where there is no such case.
    pub fn case_text(&self, id: &str) -> Option<&str> {
        Some(self.text(&format!("cases/{id}.geojson"))).filter(|text| !text.is_empty())
    }

    /// The ids of the case studies.
    pub fn case_ids(&self) -> impl Iterator<Item = &str> {
        self.folder("cases/").filter_map(|(path, _)| path.strip_prefix("cases/")?.strip_suffix(".geojson"))
    }

    /// The text of one file; empty when there is none.
    fn text(&self, path: &str) -> &str {
        self.files.iter().find(|(own, _)| own == path).map_or("", |(_, text)| text)
    }

    /// The files of a folder, in the order of their names.
    fn folder(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(move |(path, _)| path.starts_with(prefix)).map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// Reads all of it, on two threads: what needs the land and what does not take about as long. What cannot be read is left out and reported;
    /// the problems name the files.
    ///
    /// # Errors
    /// When the partition cannot be read: without it there is no map.
    pub fn atlas(&self) -> Result<(Atlas, Vec<Problem>), PartitionError> {
        let (land, (accounts, more)) = std::thread::scope(|scope| {
            let accounts = scope.spawn(|| self.accounts());
            (self.land(), accounts.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let (Land { partition, polities, tenure, lines, disputes, cities }, mut problems) = land?;
        let Accounts { alliances, sources, cases, waters } = accounts;
        problems.extend(more);
        Ok((Atlas { partition, polities, tenure, lines, disputes, cities, waters, alliances, cases, sources }, problems))
    }

    fn land(&self) -> Result<(Land, Vec<Problem>), PartitionError> {
        let partition = Partition::from_topojson(self.text(PARTITION_FILE))?;
        let mut notes = Notes { root: &self.root, problems: Vec::new() };
        let polities = notes.keep("polities.csv", Polities::from_csv(self.text("polities.csv")));
        let texts = self.folder("tenure/").map(|(path, text)| TenureText::parse(&format!("{}/{path}", self.root), text)).collect();
        let (tenure, problems) = Tenure::compile(texts, &partition, &polities);
        notes.problems.extend(problems);
        let lines = notes.keep("lines.table", NamedLine::parse_table(self.text("lines.table"), &partition, &tenure.sets));
        let disputes = notes.keep("disputes.csv", Dispute::from_csv(self.text("disputes.csv"), &partition, &tenure.sets));
        let mut cities = notes.keep("cities.csv", Cities::from_csv(self.text("cities.csv"), &partition, &polities));
        let names = cities.add_names(self.text("city-names.table"));
        notes.keep("city-names.table", ((), names));
        let capitals = cities.add_capitals(self.text("capitals.table"), &polities);
        notes.keep("capitals.table", ((), capitals));
        Ok((Land { partition, polities, tenure, lines, disputes, cities }, notes.problems))
    }

    fn accounts(&self) -> (Accounts, Vec<Problem>) {
        let mut notes = Notes { root: &self.root, problems: Vec::new() };
        let alliances = self.folder("alliances/").filter_map(|(path, text)| notes.read(path, Alliance::from_json(text))).collect();
        let sources = self
            .folder("sources/")
            .filter_map(|(path, text)| notes.read(path, sources_from_json(text).map(|list| (list, Vec::new()))))
            .flatten()
            .collect();
        let cases = self.folder("cases/").filter_map(|(path, text)| notes.read(path, self.case(path, text))).collect();
        let waters = notes.keep(WATERS, Water::parse_table(self.text(WATERS)));
        (Accounts { alliances, sources, cases, waters }, notes.problems)
    }

    fn case(&self, path: &str, text: &str) -> Result<(Project, Vec<Problem>), Problem> {
        let name = path.trim_start_matches("cases/").trim_end_matches(".geojson");
        parse_project(path, name, text).map_err(|error| Problem::error("", "unreadable", error.to_string()))
    }
}

/// What is read over the partition of the land.
struct Land {
    partition: Partition,
    polities: Polities,
    tenure: Tenure,
    lines: Vec<NamedLine>,
    disputes: Vec<Dispute>,
    cities: Cities,
}

/// What is read without it.
struct Accounts {
    alliances: Vec<Alliance>,
    sources: Vec<Source>,
    cases: Vec<Project>,
    waters: Vec<Water>,
}

/// Collects the problems of many files under their names.
struct Notes<'a> {
    root: &'a str,
    problems: Vec<Problem>,
}

impl Notes<'_> {
    fn keep<T>(&mut self, path: &str, (found, problems): (T, Vec<Problem>)) -> T {
        let file = format!("{}/{path}", self.root);
        self.problems.extend(problems.into_iter().map(|problem| problem.in_file(&file)));
        found
    }

    fn read<T>(&mut self, path: &str, read: Result<(T, Vec<Problem>), Problem>) -> Option<T> {
        match read {
            Ok(found) => Some(self.keep(path, found)),
            Err(problem) => {
                self.keep(path, ((), vec![problem]));
                None
            }
        }
    }
}

/// The atlas that the program carries, with the problems of its data: none, which a test holds.
///
/// # Errors
/// When the partition cannot be read.
pub fn built_in_atlas() -> Result<(Atlas, Vec<Problem>), PartitionError> {
    AtlasFiles::embedded().atlas()
}
