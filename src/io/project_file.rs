//! Reading a project document. Reading is per feature: a bad one is left out and reported, the rest loads.

use std::{collections::HashSet, path::Path};

use serde_json::{Map, Value};

use super::{
    collection::read_collection,
    feature::FeatureReader,
    feature_kinds::{event, line, place, region},
    progress::Progress,
    text_file::{FileError, read_text_with},
};
use crate::{
    geometry::{BoundingBox, Projection},
    model::{
        AllianceId, CaseId, DisputeId, Event, PolityId, Problem, Project, Source, View,
        project::{FORMAT_VERSION, Line, Opening, Party, Place, Region},
    },
    time::{Date, Day, Span},
};

/// Reads a document from a file.
///
/// # Errors
/// [`FileError`] when nothing of it can be read; bad features come as problems beside the document.
pub fn read_project(path: &Path) -> Result<(Project, Vec<Problem>), FileError> {
    read_project_with(path, &Progress::default())
}

/// As [`read_project`], for work that is waited for: it tells how far it has come, in bytes, and can be called off.
///
/// # Errors
/// [`FileError`], and [`FileError::Cancelled`] when it was called off.
pub fn read_project_with(path: &Path, progress: &Progress) -> Result<(Project, Vec<Problem>), FileError> {
    let name = path.file_stem().map_or_else(|| "project".into(), |stem| stem.to_string_lossy().into_owned());
    parse_project_with(&path.display().to_string(), &name, &read_text_with(path, progress)?, progress)
}

/// Reads a document from text. `file` goes into problems; `name` is the id of a document without one.
///
/// # Errors
/// [`FileError::NotADocument`].
pub fn parse_project(file: &str, name: &str, text: &str) -> Result<(Project, Vec<Problem>), FileError> {
    parse_project_with(file, name, text, &Progress::default())
}

fn parse_project_with(file: &str, name: &str, text: &str, progress: &Progress) -> Result<(Project, Vec<Problem>), FileError> {
    let not_a_document = |what: String| FileError::NotADocument { file: file.to_owned(), what };
    let (mut features, mut reading) = (Features::default(), Reading::default());
    let mut take = |index: usize, feature: Value| {
        if let Err(problem) = features.take(index, &feature) {
            reading.problems.push(problem);
        }
    };
    let collection = read_collection(text, progress, &mut take);
    progress.check().map_err(|_| FileError::Cancelled { file: file.to_owned() })?;
    let collection = collection.map_err(|error| not_a_document(format!("{error}. A GeoJSON document is one JSON object.")))?;
    if !collection.is_whole() {
        return Err(not_a_document("is no GeoJSON FeatureCollection with `features`. See RFC 7946, section 3.3.".to_owned()));
    }
    let of_features = std::mem::take(&mut reading.problems);
    let empty = Map::new();
    let header = collection.header.as_ref().and_then(Value::as_object);
    let mut project = reading.header(name, header.unwrap_or(&empty));
    if header.is_none() {
        reading.problems.push(
            Problem::warning("", "no-header", "the document has no `border_atlas` member: title, parties and sources are unknown.")
                .hint("see maps/README.md for what it holds."),
        );
    }
    (project.regions, project.lines, project.events, project.places) = (features.regions, features.lines, features.events, features.places);
    project.events.sort_by_key(|event| (event.span.first_day(), event.span.past_end()));
    let problems = reading.problems.into_iter().chain(of_features).map(|problem| problem.in_file(file)).collect();
    Ok((project, problems))
}

/// The features read so far.
#[derive(Default)]
struct Features {
    ids: HashSet<String>,
    regions: Vec<Region>,
    lines: Vec<Line>,
    events: Vec<Event>,
    places: Vec<Place>,
}

impl Features {
    fn take(&mut self, index: usize, feature: &Value) -> Result<(), Problem> {
        let reader = FeatureReader::open(index, feature)?;
        let id = reader.required("id")?;
        if !self.ids.insert(id.to_owned()) {
            return Err(reader.problem("duplicate-id", format!("the id `{id}` stands twice; the later feature is left out.")));
        }
        match reader.required("kind")? {
            "event" => self.events.push(event(&reader)?),
            "region" => self.regions.push(region(&reader)?),
            "line" => self.lines.push(line(&reader)?),
            "place" => self.places.push(place(&reader)?),
            other => {
                return Err(reader
                    .problem("unknown-kind", format!("`{other}` is no kind of feature."))
                    .hint("kinds: region, line, event, place."));
            }
        }
        Ok(())
    }
}

/// Reads the header, and keeps what is wrong.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
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
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
