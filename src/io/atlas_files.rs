//! The atlas that the program carries: the files of `maps/`, embedded at build time and read into one value.

use crate::model::{
    Alliance, Atlas, Dispute, Partition, Polities, Problem, Tenure, borders::NamedLine, partition::PartitionError, source::sources_from_json,
    tenure_text::TenureText,
};

use super::project_file::parse_project;

// `EMBEDDED: &[(&str, &str)]`: every data file of maps/ as (path below maps/, text), sorted by path. Written by build.rs.
include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of an embedded file by its path below `maps/`; empty when there is none.
fn text(path: &str) -> &'static str {
    EMBEDDED.iter().find(|(own, _)| *own == path).map_or("", |(_, text)| text)
}

/// The embedded files of a folder with an ending, in the order of their names.
fn folder(prefix: &'static str, ending: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied().filter(move |(path, _)| path.starts_with(prefix) && path.ends_with(ending))
}

/// Reads everything that the program carries. Problems name the files; our own data has none, which a test holds.
///
/// # Errors
/// When the partition cannot be read: without it there is no map.
pub fn built_in_atlas() -> Result<(Atlas, Vec<Problem>), PartitionError> {
    let partition = Partition::from_topojson(text("world.topo.json"))?;
    let mut problems = Vec::new();
    let mut note = |file: &str, found: Vec<Problem>| problems.extend(found.into_iter().map(|problem| problem.in_file(&format!("maps/{file}"))));

    let (polities, found) = Polities::from_csv(text("polities.csv"));
    note("polities.csv", found);
    let texts = folder("tenure/", ".tenure").map(|(path, text)| TenureText::parse(path, text)).collect();
    let (tenure, found) = Tenure::compile(texts, &partition, &polities);
    for problem in found {
        let file = problem.file.clone();
        note(&file, vec![problem]);
    }
    let (lines, found) = NamedLine::parse_table(text("lines.table"), &partition, &tenure.sets);
    note("lines.table", found);
    let (disputes, found) = Dispute::from_csv(text("disputes.csv"), &partition, &tenure.sets);
    note("disputes.csv", found);
    let mut alliances = Vec::new();
    for (path, text) in folder("alliances/", ".json") {
        match Alliance::from_json(text) {
            Ok((alliance, found)) => {
                alliances.push(alliance);
                note(path, found);
            }
            Err(problem) => note(path, vec![problem]),
        }
    }
    let mut sources = Vec::new();
    for (path, text) in folder("sources/", ".json") {
        match sources_from_json(text) {
            Ok(found) => sources.extend(found),
            Err(problem) => note(path, vec![problem]),
        }
    }
    let mut cases = Vec::new();
    for (path, text) in folder("cases/", ".geojson") {
        let name = path.trim_start_matches("cases/").trim_end_matches(".geojson");
        match parse_project(&format!("maps/{path}"), name, text) {
            Ok((case, found)) => {
                cases.push(case);
                note(path, found);
            }
            Err(error) => note(path, vec![Problem::error("", "unreadable", error.to_string())]),
        }
    }
    Ok((Atlas { partition, polities, tenure, lines, disputes, alliances, cases, sources }, problems))
}
