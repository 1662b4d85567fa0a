//! A document as it stands in its file: what people edit and save. What the rest of the program reads is the [`Project`] that it says.
//!
//! Nothing is lost between loading and saving: members and properties that nobody here knows, the order of the features and the text of every feature that
//! was not edited stay as they are. Copies share what they have in common, so that a thousand steps of undo cost little.

mod feature_reader;
mod header;
mod kinds;
mod raw;
pub mod slides;

use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use serde_json::{Map, Value, value::RawValue};

use super::{
    Annotation, Event, Problem, Project,
    annotation::Mark,
    picture::SHARED_LETTERS,
    project::{Line, Place, Region},
};
use crate::geometry::shape::validity::{Fault, faults_of, line_faults};
use feature_reader::FeatureReader;
use header::Header;
use raw::RawText;

/// The first member of a document that says what it is.
const COLLECTION: &str = "FeatureCollection";

/// A whole document. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Document {
    header: Arc<Header>,
    features: Vec<Arc<Feature>>,
    /// What else the collection holds, in its order.
    others: Arc<Map<String, Value>>,
}

/// One feature of a document.
#[derive(Clone, Debug)]
pub struct Feature {
    id: String,
    /// As it stands in the file, to the byte.
    text: RawText,
    thing: Result<Thing, Problem>,
    /// What is wrong with its shape, once somebody asked.
    faults: OnceLock<Vec<Fault>>,
}

/// What a feature is.
#[derive(Clone, Debug)]
pub enum Thing {
    /// An area with its histories of control and claims.
    Region(Arc<Region>),
    /// A boundary, a front, a road.
    Line(Arc<Line>),
    /// Something that happened.
    Event(Arc<Event>),
    /// A named point.
    Place(Arc<Place>),
    /// An arrow, a text or a callout.
    Annotation(Arc<Annotation>),
}

impl Feature {
    /// Reads a feature from its JSON. One that cannot be understood is kept as it is, with the reason.
    pub fn read(text: Box<RawValue>, value: &Value) -> Self {
        let properties = value.get("properties");
        let id = properties.and_then(|properties| properties.get("id")).and_then(Value::as_str).unwrap_or_default().trim();
        let thing = thing(value);
        let pictures = if let Ok(Thing::Event(event)) = &thing { &event.pictures[..] } else { &[] };
        let shared = pictures.iter().map(|picture| &picture.data).filter(|data| data.len() >= SHARED_LETTERS);
        let text = RawText::new(text.into(), shared);
        Self { id: id.to_owned(), text, thing, faults: OnceLock::new() }
    }

    /// A feature of this JSON.
    ///
    /// # Errors
    /// Why it is no feature of a document.
    pub fn of_value(value: &Value) -> Result<Self, Problem> {
        let feature = Self::unread(value);
        match feature.thing {
            Ok(_) => Ok(feature),
            Err(problem) => Err(problem),
        }
    }

    /// A feature of this JSON, sound or not.
    pub fn unread(value: &Value) -> Self {
        // A tree of JSON values always has a text.
        Self::read(serde_json::value::to_raw_value(value).unwrap_or_default(), value)
    }

    /// Unique in a sound document; empty for a feature without one, which is then left out of the project.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn thing(&self) -> Result<&Thing, &Problem> {
        self.thing.as_ref()
    }

    /// What is wrong with the shape of a region or line; empty for a sound one, and for everything else. Found once and kept: it can take milliseconds.
    pub fn shape_faults(&self) -> &[Fault] {
        self.faults.get_or_init(|| match &self.thing {
            Ok(Thing::Region(region)) => faults_of(&region.shape),
            Ok(Thing::Line(line)) => line_faults(&line.shape),
            Ok(Thing::Annotation(annotation)) => match &annotation.mark {
                Mark::Arrow(line) => line_faults(line),
                Mark::Text(_) | Mark::Callout { .. } => Vec::new(),
            },
            _ => Vec::new(),
        })
    }

    /// Its JSON as it stands in the file.
    pub fn text(&self) -> Cow<'_, str> {
        self.text.whole()
    }

    /// Whether a text stands in its JSON, outside of the bytes of pictures.
    pub fn mentions(&self, text: &str) -> bool {
        self.text.mentions(text)
    }

    /// Its properties; the geometry, which may be long, is passed over. Empty for a feature without any.
    pub fn properties(&self) -> Map<String, Value> {
        #[derive(serde::Deserialize)]
        struct Outer {
            #[serde(default)]
            properties: Map<String, Value>,
        }
        serde_json::from_str::<Outer>(&self.text.whole()).map_or_else(|_| Map::new(), |outer| outer.properties)
    }

    /// Its JSON as a tree.
    pub fn value(&self) -> Value {
        // The text was read once before; an error would mean that memory is broken.
        serde_json::from_str(&self.text.whole()).unwrap_or_default()
    }
}

impl Thing {
    /// The word of its kind in files.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Region(_) => "region",
            Self::Line(_) => "line",
            Self::Event(_) => "event",
            Self::Place(_) => "place",
            Self::Annotation(annotation) => annotation.mark.kind(),
        }
    }

    /// Its neutral name or title.
    pub fn name(&self) -> &str {
        match self {
            Self::Region(region) => &region.common.name,
            Self::Line(line) => &line.common.name,
            Self::Event(event) => &event.title,
            Self::Place(place) => &place.common.name,
            Self::Annotation(annotation) => &annotation.common.name,
        }
    }
}

fn thing(value: &Value) -> Result<Thing, Problem> {
    let reader = FeatureReader::open(value)?;
    reader.required("id")?;
    match reader.required("kind")? {
        "event" => kinds::event(&reader).map(Arc::new).map(Thing::Event),
        "region" => kinds::region(&reader).map(Arc::new).map(Thing::Region),
        "line" => kinds::line(&reader).map(Arc::new).map(Thing::Line),
        "place" => kinds::place(&reader).map(Arc::new).map(Thing::Place),
        "arrow" | "text" | "callout" => kinds::annotation(&reader).map(Arc::new).map(Thing::Annotation),
        other => Err(reader
            .problem("unknown-kind", format!("`{other}` is no kind of feature."))
            .hint("kinds: region, line, event, place, arrow, text, callout.")),
    }
}

impl Document {
    /// A document of what a file holds. `name` becomes the id of one that does not say its own; `header` is its member `border_atlas`.
    pub fn new(name: &str, header: Option<Value>, features: Vec<Feature>, others: Map<String, Value>) -> Self {
        let header = header.map(|header| if let Value::Object(header) = header { header } else { Map::new() });
        Self {
            header: Arc::new(Header::read(name, header)),
            features: features.into_iter().map(Arc::new).collect(),
            others: Arc::new(others),
        }
    }

    /// An empty document with a title.
    pub fn empty(title: &str) -> Self {
        let mut header = Map::new();
        header.insert("version".into(), super::project::FORMAT_VERSION.into());
        header.insert("reader".into(), super::project::FORMAT_VERSION.into());
        header.insert("title".into(), title.into());
        header.insert("sources".into(), Value::Array(Vec::new()));
        Self::new("untitled", Some(Value::Object(header)), Vec::new(), Map::new())
    }

    /// The id of the project where the document does not say its own: the name of the file that it was read from.
    pub fn name(&self) -> &str {
        self.header.name()
    }

    /// Its title; what stands for one where it has none.
    pub fn title(&self) -> &str {
        &self.header.project().title
    }

    /// The member `border_atlas`; empty for a document without one.
    pub fn header(&self) -> &Map<String, Value> {
        self.header.json()
    }

    /// What is wrong with the member `border_atlas`.
    pub fn header_problems(&self) -> &[Problem] {
        self.header.problems()
    }

    /// The features in the order of the file.
    pub fn features(&self) -> &[Arc<Feature>] {
        &self.features
    }

    /// The feature with an id: the first one, where several have it.
    pub fn feature(&self, id: &str) -> Option<&Arc<Feature>> {
        self.position(id).map(|position| &self.features[position])
    }

    /// Where a feature stands, counted from 0.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.features.iter().position(|feature| feature.id == id && !id.is_empty())
    }

    /// The document with another header.
    pub fn with_header(&self, header: Map<String, Value>) -> Self {
        Self { header: Arc::new(Header::read(self.header.name(), Some(header))), ..self.clone() }
    }

    /// The document with other features.
    pub fn with_features(&self, features: Vec<Arc<Feature>>) -> Self {
        Self { features, ..self.clone() }
    }

    /// Whether it was written by a newer program, whose documents are read only.
    pub fn is_newer(&self) -> bool {
        self.header.is_newer()
    }

    /// What the document says, and what is wrong with it, feature by feature. Of several features with one id the first counts.
    pub fn project(&self) -> (Project, Vec<Problem>) {
        let mut project = self.header.project().clone();
        let mut problems = self.header.problems().to_vec();
        let mut ids = HashSet::with_capacity(self.features.len());
        for (index, feature) in self.features.iter().enumerate() {
            match feature.thing() {
                _ if !feature.id.is_empty() && !ids.insert(feature.id.as_str()) => problems.push(twice(&feature.id)),
                Ok(Thing::Region(region)) => project.regions.push(Arc::clone(region)),
                Ok(Thing::Line(line)) => project.lines.push(Arc::clone(line)),
                Ok(Thing::Event(event)) => project.events.push(Arc::clone(event)),
                Ok(Thing::Place(place)) => project.places.push(Arc::clone(place)),
                Ok(Thing::Annotation(annotation)) => project.annotations.push(Arc::clone(annotation)),
                Err(problem) => problems.push(at_position(problem, index)),
            }
        }
        project.events.sort_by_key(|event| (event.span.first_day(), event.span.past_end()));
        (project, problems)
    }

    /// The document as the text of its file: GeoJSON, a feature a line where it was edited here, and as it stood where it was not.
    pub fn to_text(&self) -> String {
        let mut text = format!("{{\n\"type\": \"{COLLECTION}\"");
        if self.header.is_there() {
            // A map of JSON values always has a text.
            let header = serde_json::to_string_pretty(self.header.json()).unwrap_or_default();
            text.push_str(&format!(",\n\"border_atlas\": {header}"));
        }
        for (key, value) in self.others.iter() {
            text.push_str(&format!(",\n{}: {value}", Value::from(key.as_str())));
        }
        text.push_str(",\n\"features\": [\n");
        for (index, feature) in self.features.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { ",\n" });
            feature.text.push_to(&mut text);
        }
        text.push_str("\n]\n}\n");
        text
    }
}

fn twice(id: &str) -> Problem {
    Problem::error(format!("feature {id}"), "duplicate-id", format!("the id `{id}` stands twice; the later feature is left out."))
}

/// The problem of a feature without id, placed by its position.
fn at_position(problem: &Problem, index: usize) -> Problem {
    let place = if problem.place.is_empty() { format!("feature {}", index + 1) } else { problem.place.clone() };
    Problem { place, ..problem.clone() }
}
