//! Checking as you go: everything that is wrong in a document, or could be better, and what puts it right in one click.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde_json::Value;

use super::{Command, Ids};
use crate::{
    geometry::shape::{
        mend::{mended_area, mended_lines},
        region::rings_from_polygon,
        validity::{Fault, FaultKind},
    },
    model::{
        Atlas, Citation, Document, Problem,
        annotation::Mark,
        document::{Feature, Thing},
        problem::Severity,
        validate::{self, Broken, Repair},
    },
};

/// One thing that is wrong or could be better.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where, for people: `feature clash-2020: account of ind`. Empty for the document as a whole.
    pub place: String,
    /// The feature that it is about, by id; `None` for the document, a source, or a feature without an id.
    pub feature: Option<String>,
    /// The source that it is about, by id.
    pub source: Option<String>,
    /// The property that it is about, as [`Command::Set`] and, where no feature is named, [`Command::SetDocument`] take it.
    pub path: Option<String>,
    /// The rule, by its fixed name: one of [`validate::RULES`], or one of reading (`bad-date`).
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub what: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// What puts it right and changes nothing else.
    pub mend: Option<Command>,
}

impl Finding {
    /// As a line of `border-atlas check`.
    pub fn problem(&self, file: &str) -> Problem {
        let Self { place, rule, severity, what, hint, .. } = self;
        Problem { severity: *severity, ..Problem::error(place.as_str(), rule, what.as_str()).hint(hint.as_str()).in_file(file) }
    }
}

/// Everything that is wrong in a document or could be better, seen with the atlas beside it: what could not be read first, then rule by rule.
pub fn checks(atlas: &Atlas, document: &Document) -> Vec<Finding> {
    let (project, problems) = document.project();
    let desk = Desk::of(atlas, document);
    let unread = problems.into_iter().map(Broken::from);
    let broken = validate::broken_rules(atlas, &project);
    let rules = unread.chain(broken).filter(|broken| !desk.is_cited_unread(broken)).map(|broken| desk.finding(broken));
    rules.chain(document.features().iter().filter_map(|feature| shape_finding(feature))).collect()
}

/// What is wrong with the shape of a feature: the first fault that needs a person, else the first of those that can be put right together.
fn shape_finding(feature: &Feature) -> Option<Finding> {
    let faults = feature.shape_faults();
    let fault = faults.iter().find(|fault| !fault.is_mendable()).or(faults.first())?;
    let others = faults.len() - 1;
    let more = if others > 0 { format!(" ({others} more)") } else { String::new() };
    let mend = faults.iter().all(Fault::is_mendable).then(|| mended(feature)).flatten();
    let hint =
        if mend.is_some() { "it can be put right without moving what was drawn." } else { "draw it anew there, or move the points." };
    Some(Finding {
        place: format!("feature {}", feature.id()),
        feature: Some(feature.id().to_owned()),
        source: None,
        path: None,
        rule: validate::INVALID_SHAPE,
        severity: if fault.is_mendable() || fault.kind == FaultKind::TouchesItself { Severity::Advice } else { Severity::Warning },
        what: format!("{fault}{more}."),
        hint: hint.to_owned(),
        mend,
    })
}

fn mended(feature: &Feature) -> Option<Command> {
    let (geometry, left) = match feature.thing().ok()? {
        Thing::Region(region) => {
            let mended = mended_area(&region.shape.0.iter().map(rings_from_polygon).collect::<Vec<_>>());
            (geojson::Geometry::from(&mended.shape), mended.faults)
        }
        Thing::Line(line) => {
            let mended = mended_lines(&line.shape);
            (geojson::Geometry::from(&mended.shape), mended.faults)
        }
        Thing::Annotation(annotation) => match &annotation.mark {
            Mark::Arrow(line) => {
                let mended = mended_lines(line);
                (geojson::Geometry::from(&mended.shape), mended.faults)
            }
            Mark::Text(_) | Mark::Callout { .. } => return None,
        },
        Thing::Event(_) | Thing::Place(_) => return None,
    };
    let geometry = serde_json::to_value(geometry).ok()?;
    left.is_empty().then(|| Command::SetGeometry { id: feature.id().to_owned(), geometry })
}

/// A document with what is looked up for each finding.
struct Desk<'a> {
    atlas: &'a Atlas,
    document: &'a Document,
    /// How many features have an id.
    ids: HashMap<&'a str, usize>,
    /// How many sources have an id.
    sources: HashMap<&'a str, usize>,
    /// The features that could not be read.
    unread: Vec<&'a Feature>,
}

impl<'a> Desk<'a> {
    fn of(atlas: &'a Atlas, document: &'a Document) -> Self {
        let mut ids = HashMap::with_capacity(document.features().len());
        document.features().iter().for_each(|feature| *ids.entry(feature.id()).or_default() += 1);
        let mut sources = HashMap::new();
        let items = document.header().get("sources").and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|item| item.get("id")?.as_str()).for_each(|id| *sources.entry(id).or_default() += 1);
        let unread = document.features().iter().filter(|feature| feature.thing().is_err()).map(|feature| &**feature).collect();
        Self { atlas, document, ids, sources, unread }
    }

    /// A source that only a feature cites which could not be read is in use.
    fn is_cited_unread(&self, broken: &Broken) -> bool {
        broken.problem.rule == "unused-source" && self.unread.iter().any(|feature| feature.mentions(&broken.source))
    }

    fn finding(&self, broken: Broken) -> Finding {
        let feature = self.feature_at(&broken.problem.place).map(str::to_owned);
        let mend = self.mend(&broken, feature.as_deref());
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let Broken { problem, path, source, .. } = broken;
        let Problem { place, rule, severity, what, hint, .. } = problem;
        Finding { feature, source: some(source), path: some(path), place, rule, severity, what, hint, mend }
    }

    /// The feature that a place names: `feature clash`, `feature clash: account of ind`. Ids may hold anything.
    fn feature_at<'p>(&self, place: &'p str) -> Option<&'p str> {
        let rest = place.strip_prefix("feature ")?;
        let ends = std::iter::once(rest.len()).chain(rest.match_indices(": ").map(|(end, _)| end));
        ends.map(|end| &rest[..end]).find(|id| !id.is_empty() && self.ids.contains_key(id))
    }

    fn mend(&self, broken: &Broken, feature: Option<&str>) -> Option<Command> {
        match (broken.problem.rule, feature, &broken.repair) {
            ("duplicate-id", Some(id), _) => Some(Command::OwnIds { id: id.to_owned() }),
            ("unused-source", ..) => {
                let stands_once = self.sources.get(broken.source.as_str()) == Some(&1);
                stands_once.then(|| Command::RemoveSource { id: broken.source.clone() })
            }
            ("unknown-source", ..) => self.borrowed(&broken.source),
            ("duplicate-citation", Some(id), _) => self.uncited_once(id, &broken.path),
            (_, _, Some(repair)) => self.set(repair),
            _ => None,
        }
    }

    /// Takes a source into the document that it cites and the atlas has.
    fn borrowed(&self, id: &str) -> Option<Command> {
        let all = self.atlas.sources.iter().chain(self.atlas.cases.iter().flat_map(|case| &case.sources));
        // Of several bibliographies that have it the fullest item counts.
        let source = all.filter(|source| source.id.as_str() == id).max_by_key(|source| source.csl.len())?;
        let item = serde_json::to_value(source).ok()?.as_object()?.clone();
        Some(Command::AddSource { source: item })
    }

    /// Takes the second of two equal citations out of a list.
    fn uncited_once(&self, id: &str, path: &str) -> Option<Command> {
        let feature = self.alone(id)?.value();
        let list = feature.get("properties")?.pointer(&format!("/{path}"))?.as_array()?;
        let mut seen = HashSet::new();
        let again = list.iter().position(|citation| written(citation).is_some_and(|citation| !seen.insert(citation)))?;
        Some(Command::Set { id: id.into(), path: format!("{path}/{again}"), value: Value::Null })
    }

    /// Sets a text, where it says what the repair is meant for.
    fn set(&self, repair: &Repair) -> Option<Command> {
        let Repair { feature, path, old, new } = repair;
        let says = |text: Option<&Value>| text.and_then(Value::as_str).unwrap_or_default().trim() == old.trim();
        if feature.is_empty() {
            let header = self.document.header();
            let (first, rest) = path.split_once('/').map_or((path.as_str(), String::new()), |(first, rest)| (first, format!("/{rest}")));
            let found = header.get(first).and_then(|member| member.pointer(&rest));
            return says(found).then(|| Command::SetDocument { path: path.clone(), value: new.as_str().into() });
        }
        let own = self.alone(feature)?;
        // Positions in other lists are those of the file; in this one what is no text is passed over.
        if path.starts_with("parties/") && !says(own.value().get("properties")?.pointer(&format!("/{path}"))) {
            return None;
        }
        Some(Command::Set { id: Ids::One(feature.clone()), path: path.clone(), value: new.as_str().into() })
    }

    /// The feature, if no other has its id: commands change all that have it.
    fn alone(&self, id: &str) -> Option<&Arc<Feature>> {
        (self.ids.get(id) == Some(&1)).then(|| self.document.feature(id)).flatten()
    }
}

/// A citation as it is compared: the source and the place in it.
fn written(citation: &Value) -> Option<(String, String)> {
    let text = |value: &Value| value.as_str().and_then(Citation::parse);
    let read = match citation {
        Value::Object(item) => {
            let locator = item.get("locator").and_then(Value::as_str).unwrap_or_default();
            Citation { locator: locator.to_owned(), ..text(item.get("id")?)? }
        }
        other => text(other)?,
    };
    Some((read.source.as_str().to_owned(), read.locator))
}
