//! Reading a project document. Reading is per feature: a bad one is left out and reported, the rest loads.

use std::{collections::HashSet, fs, path::Path};

use serde_json::{Map, Value};
use thiserror::Error;

use super::{
    feature::FeatureReader,
    feature_kinds::{event, line, place, region},
};
use crate::{
    geometry::{BoundingBox, Projection},
    model::{
        AllianceId, CaseId, DisputeId, PolityId, Problem, Project, Source, View,
        project::{FORMAT_VERSION, Opening, Party},
    },
    time::{Date, Day, Span},
};

/// The largest file that is read whole.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Why a file cannot be read at all.
#[derive(Debug, Error)]
pub enum FileError {
    /// The system would not give it.
    #[error("{file}: cannot be read: {source}. Check the path and that you may read it.")]
    Unreadable {
        /// The file as named.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Too large.
    #[error("{file}: has {bytes} bytes; documents of up to 268435456 bytes (256 MiB) are read.")]
    TooLarge {
        /// The file as named.
        file: String,
        /// Its size.
        bytes: u64,
    },
    /// Not a plain file.
    #[error("{file}: is no plain file. Name a GeoJSON document.")]
    NotAFile {
        /// The file as named.
        file: String,
    },
    /// Not UTF-8.
    #[error("{file}: is no UTF-8 text (first bad byte at {at}). GeoJSON is UTF-8; convert it, for example with iconv.")]
    NotText {
        /// The file as named.
        file: String,
        /// Offset of the first bad byte.
        at: usize,
    },
    /// No GeoJSON document at all.
    #[error("{file}: {what}")]
    NotADocument {
        /// The file as named.
        file: String,
        /// What, where, and what next.
        what: String,
    },
}

/// Reads a text file under the size cap; a byte-order mark is taken off.
///
/// # Errors
/// [`FileError`], naming the file and what to do.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let file = path.display().to_string();
    let unreadable = |source| FileError::Unreadable { file: file.clone(), source };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile { file });
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { file, bytes: metadata.len() });
    }
    let text = String::from_utf8(fs::read(path).map_err(unreadable)?)
        .map_err(|error| FileError::NotText { file: file.clone(), at: error.utf8_error().valid_up_to() })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Reads a document from a file.
///
/// # Errors
/// [`FileError`] when nothing of it can be read; bad features come as problems beside the document.
pub fn read_project(path: &Path) -> Result<(Project, Vec<Problem>), FileError> {
    let name = path.file_stem().map_or_else(|| "project".into(), |stem| stem.to_string_lossy().into_owned());
    parse_project(&path.display().to_string(), &name, &read_text(path)?)
}

/// Reads a document from text. `file` goes into problems; `name` is the id of a document without one.
///
/// # Errors
/// [`FileError::NotADocument`].
pub fn parse_project(file: &str, name: &str, text: &str) -> Result<(Project, Vec<Problem>), FileError> {
    let not_a_document = |what: String| FileError::NotADocument { file: file.to_owned(), what };
    let root: Value = serde_json::from_str(text).map_err(|error| {
        not_a_document(format!("line {} column {}: {error}. A GeoJSON document is one JSON object.", error.line(), error.column()))
    })?;
    let features = match (root.get("type").and_then(Value::as_str), root.get("features").and_then(Value::as_array)) {
        (Some("FeatureCollection"), Some(features)) => features,
        _ => return Err(not_a_document("is no GeoJSON FeatureCollection with `features`. See RFC 7946, section 3.3.".to_owned())),
    };
    let empty = Map::new();
    let header = root.get("border_atlas").and_then(Value::as_object);
    let mut reading = Reading { problems: Vec::new(), ids: HashSet::new() };
    let mut project = reading.header(name, header.unwrap_or(&empty));
    if header.is_none() {
        reading.problems.push(
            Problem::warning("", "no-header", "the document has no `border_atlas` member: title, parties and sources are unknown.")
                .hint("see maps/README.md for what it holds."),
        );
    }
    for (index, feature) in features.iter().enumerate() {
        if let Err(problem) = reading.feature(&mut project, index, feature) {
            reading.problems.push(problem);
        }
    }
    project.events.sort_by_key(|event| (event.span.first_day(), event.span.past_end()));
    let problems = reading.problems.into_iter().map(|problem| problem.in_file(file)).collect();
    Ok((project, problems))
}

struct Reading {
    problems: Vec<Problem>,
    ids: HashSet<String>,
}

impl Reading {
    fn header(&mut self, name: &str, header: &Map<String, Value>) -> Project {
        let text = |key: &str| header.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        if header.get("reader").and_then(Value::as_u64).is_some_and(|reader| reader > FORMAT_VERSION) {
            self.problems.push(
                Problem::warning(
                    "border_atlas.reader",
                    "newer-format",
                    "the document was written by a newer Border Atlas; parts of it may be missing here.",
                )
                .hint("update the program before you change the document."),
            );
        }
        let span = self.or_report("border_atlas", Span::parse(text("start"), text("end")).map_err(|error| error.to_string()));
        let sources = self.sources(header.get("sources"));
        Project {
            id: CaseId::from(if text("id").is_empty() { name } else { text("id") }),
            title: if text("title").is_empty() { name.to_owned() } else { text("title").to_owned() },
            summary: text("summary").to_owned(),
            span: span.unwrap_or(Span::ALWAYS),
            opening: self.opening(header.get("view").and_then(Value::as_object)),
            views: texts(header.get("views")).map(View::from_id).collect(),
            parties: self.parties(header.get("parties")),
            disputes: texts(header.get("disputes")).map(DisputeId::from).collect(),
            alliances: texts(header.get("alliances")).map(AllianceId::from).collect(),
            regions: Vec::new(),
            lines: Vec::new(),
            events: Vec::new(),
            places: Vec::new(),
            sources,
        }
    }

    fn or_report<T>(&mut self, place: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|what| self.problems.push(Problem::error(place, "bad-header", format!("{what}.")))).ok()
    }

    fn opening(&mut self, view: Option<&Map<String, Value>>) -> Opening {
        let text = |key: &str| view.and_then(|view| view.get(key)).and_then(Value::as_str).unwrap_or_default();
        let place = "border_atlas.view";
        let day = match text("date") {
            "" => None,
            date => self.or_report(place, Date::parse(date).map_err(|error| error.to_string())).map(|date| date.earliest),
        };
        let projection = match text("projection") {
            "" => None,
            id => self.or_report(place, id.parse::<Projection>().map_err(|error| error.to_string())),
        };
        let bbox = view
            .and_then(|view| view.get("bbox"))
            .and_then(Value::as_array)
            .map(|sides| sides.iter().filter_map(Value::as_f64).collect::<Vec<_>>());
        let bbox = match bbox.as_deref() {
            None => None,
            Some(&[west, south, east, north]) => Some(BoundingBox { west, south, east, north }),
            Some(_) => self.or_report(place, Err("bbox is not four numbers: west, south, east, north".to_owned())),
        };
        Opening {
            day: day.unwrap_or(Day::new(0)),
            bbox,
            projection: projection.unwrap_or_else(|| Projection::fitting(bbox)),
            view: if text("point_of_view").is_empty() { View::DeFacto } else { View::from_id(text("point_of_view")) },
            alliances: texts(view.and_then(|view| view.get("alliances"))).map(AllianceId::from).collect(),
        }
    }

    fn parties(&mut self, list: Option<&Value>) -> Vec<Party> {
        let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter_map(|item| {
                let polity = item.get("polity").and_then(Value::as_str)?;
                Some(Party { polity: PolityId::from(polity), role: text(item, "role"), note: text(item, "note") })
            })
            .collect()
    }

    fn sources(&mut self, list: Option<&Value>) -> Vec<Source> {
        let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            let place = format!("border_atlas.sources[{index}]");
            if let Some(source) = self.or_report(&place, serde_json::from_value(item.clone()).map_err(|error| error.to_string())) {
                found.push(source);
            }
        }
        found
    }

    fn feature(&mut self, project: &mut Project, index: usize, feature: &Value) -> Result<(), Problem> {
        let reader = FeatureReader::open(index, feature)?;
        let id = reader.required("id")?;
        if !self.ids.insert(id.to_owned()) {
            return Err(reader.problem("duplicate-id", format!("the id `{id}` stands twice; the later feature is left out.")));
        }
        match reader.required("kind")? {
            "event" => project.events.push(event(&reader)?),
            "region" => project.regions.push(region(&reader)?),
            "line" => project.lines.push(line(&reader)?),
            "place" => project.places.push(place(&reader)?),
            other => {
                return Err(reader
                    .problem("unknown-kind", format!("`{other}` is no kind of feature."))
                    .hint("kinds: region, line, event, place."));
            }
        }
        Ok(())
    }
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
