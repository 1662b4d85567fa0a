//! The member `border_atlas` of a document: title, parties, opening, sources.

use serde_json::{Map, Value};

use super::slides;
use crate::{
    geometry::{BoundingBox, Projection},
    model::{
        AllianceId, CaseId, DisputeId, PolityId, Problem, Project, Sandbox, Source, View,
        project::{FORMAT_VERSION, Opening, Party},
    },
    time::{Date, Span},
};

/// The member as it stands in the file, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Header {
    name: String,
    is_there: bool,
    json: Map<String, Value>,
    /// Everything of the project but its features.
    project: Project,
    problems: Vec<Problem>,
}

impl Header {
    /// Reads it; `name` is the id of a document without one.
    pub(super) fn read(name: &str, json: Option<Map<String, Value>>) -> Self {
        let is_there = json.is_some();
        let json = json.unwrap_or_default();
        let mut reading = Reading::default();
        let project = reading.header(name, &json);
        if !is_there {
            reading.problems.push(
                Problem::warning("", "no-header", "the document has no `border_atlas` member: title, parties and sources are unknown.")
                    .hint("see maps/README.md for what it holds."),
            );
        }
        Self { name: name.to_owned(), is_there, json, project, problems: reading.problems }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_there(&self) -> bool {
        self.is_there
    }

    pub(super) fn json(&self) -> &Map<String, Value> {
        &self.json
    }

    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub(super) fn is_newer(&self) -> bool {
        is_newer(&self.json)
    }
}

fn is_newer(header: &Map<String, Value>) -> bool {
    header.get("reader").and_then(Value::as_u64).is_some_and(|reader| reader > FORMAT_VERSION)
}

/// The ids of the layers that say of themselves that they are not visible.
fn hidden_layers(header: &Map<String, Value>) -> Vec<String> {
    let layers = header.get("layers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let hidden = layers.iter().filter(|layer| layer.get("visible").and_then(Value::as_bool) == Some(false));
    hidden.filter_map(|layer| layer.get("id")?.as_str()).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Reads the member, and keeps what is wrong with it.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
}

impl Reading {
    fn header(&mut self, name: &str, header: &Map<String, Value>) -> Project {
        let text = |key: &str| header.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        if is_newer(header) {
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
            annotations: Vec::new(),
            sources,
            slides: slides::read(header.get("scenes"), &mut self.problems),
            hidden_layers: hidden_layers(header),
            sandbox: self.sandbox(header),
            stamp: 0,
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
            day,
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

    fn sandbox(&mut self, header: &Map<String, Value>) -> Option<Sandbox> {
        let branch = Sandbox::of_header(header)?;
        if branch.name.is_empty() {
            self.problems.push(
                Problem::warning("border_atlas.sandbox", "unnamed-branch", "the what-if branch has no `name`: nothing says what it asks.")
                    .hint("write {\"name\": \"What if ...?\", \"of\": \"the title of what it came from\"}."),
            );
        }
        Some(branch)
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
