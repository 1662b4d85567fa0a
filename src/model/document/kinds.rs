//! The kinds of feature of a document: event, region, line, place, and what explains the map: arrow, text, callout.

use serde_json::Value;

use super::feature_reader::{FeatureReader, citations, names};
use crate::{
    geometry::LonLat,
    model::{
        Annotation, DisputeId, Event, EventKind, Picture, PolityId, Problem,
        annotation::Mark,
        borders::LineClass,
        event::{Account, Figure},
        event_status::{Confidence, Ending, EventStatus, SpanStatus},
        picture::{Media, shared},
        place_name::PlaceName,
        project::{Control, Line, Measured, Place, Region},
    },
    time::{Date, Span},
};

/// The `end` of an event that still goes on. An empty one would make it a moment.
const GOES_ON: &str = "..";

/// Reads an event.
///
/// # Errors
/// When something that it must have is missing, or a word or date in it cannot be read.
pub fn event(reader: &FeatureReader) -> Result<Event, Problem> {
    let kind = reader.required("event")?;
    let kind = EventKind::from_id(kind).ok_or_else(|| {
        reader.problem("unknown-event-kind", format!("`{kind}` is no kind of event.")).hint("the kinds are listed in maps/README.md.")
    })?;
    let date = reader.date("start")?;
    Ok(Event {
        id: reader.required("id")?.to_owned(),
        kind,
        title: reader.required("name")?.to_owned(),
        names: names(reader.properties.get("names")),
        span: event_span(reader, &date)?,
        lasts: !reader.text("end").is_empty(),
        statuses: statuses(reader)?,
        ended_by: ended_by(reader)?,
        date,
        text: reader.text("text").to_owned(),
        at: reader.point()?,
        place: reader.text("place").to_owned(),
        precision_km: reader.number("precision_km"),
        parties: reader.polities("parties"),
        dispute: Some(reader.text("dispute")).filter(|id| !id.is_empty()).map(DisputeId::from),
        importance: reader.number("importance").map_or(2, |number| number.clamp(1.0, 3.0) as u8),
        // Other programs have numbers or words of their own here; they stay as they are.
        confidence: Confidence::from_id(reader.text("confidence")),
        accounts: accounts(reader)?,
        pictures: reader.list("pictures").iter().map(picture).collect(),
        sources: reader.sources(),
        note: reader.text("note").to_owned(),
        layer: reader.text("layer").to_owned(),
        // Pictures are held once, not a second time as a tree.
        properties: reader
            .properties
            .iter()
            .filter(|(key, _)| *key != "pictures")
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    })
}

fn event_span(reader: &FeatureReader, date: &Date) -> Result<Span, Problem> {
    let end = match reader.text("end") {
        // An event without an end is over with its start: an open end would keep it on the map for ever.
        "" => date.text.as_str(),
        GOES_ON => "",
        end => end,
    };
    Span::parse(&date.text, end).map_err(|error| {
        reader.problem("bad-date", format!("{error}.")).hint("an event that still goes on has the end `..`; without `end` it is a moment.")
    })
}

fn accounts(reader: &FeatureReader) -> Result<Vec<Account>, Problem> {
    let date = |item: &Value, key: &str| match text(item, key) {
        "" => Ok(None),
        date => Date::parse(date).map(Some).map_err(|error| reader.problem("bad-date", format!("in an account: {error}."))),
    };
    let read = |item: &Value| {
        let words = |key: &str| text(item, key).to_owned();
        Ok(Account {
            party: PolityId::from(text(item, "party")),
            title: words("title"),
            text: words("text"),
            date: date(item, "date")?,
            end: date(item, "end")?,
            place: words("place"),
            figures: item.get("figures").and_then(Value::as_array).into_iter().flatten().map(figure).collect(),
            sources: citations(item.get("sources")),
        })
    };
    reader.list("accounts").iter().map(read).collect()
}

/// A figure as it stands: what is wrong with it is for the rules to say, so that no event is lost over a number.
fn figure(item: &Value) -> Figure {
    let number = |key: &str| item.get(key).and_then(Value::as_f64).filter(|number| number.is_finite());
    Figure {
        what: text(item, "what").to_owned(),
        value: number("value"),
        least: number("least"),
        most: number("most"),
        unit: text(item, "unit").to_owned(),
        sources: citations(item.get("sources")),
    }
}

/// A picture as it stands, wrong or not, as a figure.
fn picture(item: &Value) -> Picture {
    let words = |key: &str| text(item, key).to_owned();
    Picture {
        data: shared(text(item, "data")),
        media: Media::from_id(text(item, "media")),
        caption: words("caption"),
        alt: words("alt"),
        credit: words("credit"),
        licence: words("licence"),
        sources: citations(item.get("sources")),
    }
}

fn statuses(reader: &FeatureReader) -> Result<Vec<EventStatus>, Problem> {
    let read = |item: &Value| {
        let is = text(item, "is");
        let is = SpanStatus::from_id(is).ok_or_else(|| unknown_word(reader, "status", is, SpanStatus::ALL.iter().map(|word| word.id())))?;
        let note = text(item, "note").to_owned();
        Ok(EventStatus { is, span: span(reader, item, "status")?, note, sources: citations(item.get("sources")) })
    };
    reader.list("status").iter().map(read).collect()
}

fn ended_by(reader: &FeatureReader) -> Result<Option<Ending>, Problem> {
    match reader.text("ended_by") {
        "" => Ok(None),
        word => {
            let ending = Ending::from_id(word);
            ending.map(Some).ok_or_else(|| unknown_word(reader, "ended_by", word, Ending::ALL.iter().map(|word| word.id())))
        }
    }
}

fn unknown_word<'a>(reader: &FeatureReader, property: &str, word: &str, all: impl Iterator<Item = &'a str>) -> Problem {
    let all: Vec<&str> = all.collect();
    reader.problem("bad-status", format!("`{word}` is no word for `{property}`.")).hint(format!("the words: {}.", all.join(", ")))
}

/// Reads a region.
///
/// # Errors
/// As [`event`].
pub fn region(reader: &FeatureReader) -> Result<Region, Problem> {
    let common = reader.common()?;
    Ok(Region {
        subject: subject(reader, &common.id),
        area: reader.text("area").to_owned(),
        shape: reader.polygons()?,
        control: histories(reader, "control", "holder", "as")?,
        claims: histories(reader, "claims", "polity", "")?,
        common,
        measured: Measured::default(),
    })
}

fn subject(reader: &FeatureReader, id: &str) -> String {
    match reader.text("subject") {
        "" => id.to_owned(),
        subject => subject.to_owned(),
    }
}

fn histories(reader: &FeatureReader, list: &str, who: &str, role: &str) -> Result<Vec<Control>, Problem> {
    let read = |item: &Value| {
        let role = if role.is_empty() { "claims" } else { text(item, role) };
        Ok(Control {
            holder: PolityId::from(text(item, who)),
            role: role.to_owned(),
            span: span(reader, item, list)?,
            sources: citations(item.get("sources")),
            note: text(item, "note").to_owned(),
        })
    };
    reader.list(list).iter().map(read).collect()
}

/// Reads a line.
///
/// # Errors
/// As [`event`].
pub fn line(reader: &FeatureReader) -> Result<Line, Problem> {
    let class = reader.required("class")?;
    let class = LineClass::from_id(class).ok_or_else(|| {
        reader
            .problem("bad-class", format!("`{class}` is no class of line."))
            .hint("classes: agreed, de-facto, claimed, ceasefire, breakaway, internal, road.")
    })?;
    let claimant = Some(reader.text("claimant")).filter(|id| !id.is_empty()).map(PolityId::from);
    let common = reader.common()?;
    Ok(Line { subject: subject(reader, &common.id), common, class, claimant, shape: reader.lines()?, measured: Measured::default() })
}

/// Reads a place.
///
/// # Errors
/// As [`event`].
pub fn place(reader: &FeatureReader) -> Result<Place, Problem> {
    let read = |item: &Value| {
        let name = text(item, "name");
        if name.is_empty() {
            return Err(reader.problem("missing-property", "in names_by_date: `name` is missing or empty."));
        }
        Ok(PlaceName {
            name: name.to_owned(),
            party: Some(text(item, "party")).filter(|id| !id.is_empty()).map(PolityId::from),
            span: span(reader, item, "names_by_date")?,
            note: text(item, "note").to_owned(),
            sources: citations(item.get("sources")),
        })
    };
    let names_by_date = reader.list("names_by_date").iter().map(read).collect::<Result<_, _>>()?;
    Ok(Place { common: reader.common()?, at: reader.point()?, names_by_date })
}

/// Reads an arrow, a text or a callout.
///
/// # Errors
/// As [`event`], and when its geometry is not what its kind is drawn by.
pub fn annotation(reader: &FeatureReader) -> Result<Annotation, Problem> {
    let mark = match reader.required("kind")? {
        "text" => Mark::Text(reader.point()?),
        "callout" => callout(reader)?,
        _ => arrow(reader)?,
    };
    let party = Some(reader.text("party")).filter(|id| !id.is_empty()).map(PolityId::from);
    Ok(Annotation { common: reader.common()?, party, mark })
}

fn arrow(reader: &FeatureReader) -> Result<Mark, Problem> {
    let lines = reader.lines()?;
    let has_way = |line: &geo::LineString| line.0.iter().any(|at| Some(at) != line.0.first());
    if lines.0.is_empty() || !lines.iter().all(has_way) {
        let problem = reader.problem("bad-arrow", "an arrow needs at least two different points.");
        return Err(problem.hint("its head is at the last one; an arrow of a single place is a `text`."));
    }
    Ok(Mark::Arrow(lines))
}

fn callout(reader: &FeatureReader) -> Result<Mark, Problem> {
    let lines = reader.lines()?;
    let ends = match &lines.0[..] {
        [line] => match &line.0[..] {
            [place, words] if place != words => Some((*place, *words)),
            _ => None,
        },
        _ => None,
    };
    let (place, words) = ends.ok_or_else(|| {
        let count = lines.iter().map(|line| line.0.len()).sum::<usize>();
        let problem = reader.problem("bad-callout", format!("a callout is a line of two different points; this one has {count}."));
        problem.hint("the first is the place that it is about, the second where its words stand.")
    })?;
    let at = |at: geo::Coord| LonLat::new(at.x, at.y);
    Ok(Mark::Callout { place: at(place), words: at(words) })
}

fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item.get(key).and_then(Value::as_str).map_or("", str::trim)
}

/// The span of `from` and `until` of an item of a list property.
fn span(reader: &FeatureReader, item: &Value, list: &str) -> Result<Span, Problem> {
    let read = Span::parse(text(item, "from"), text(item, "until"));
    read.map_err(|error| reader.problem("bad-date", format!("in {list}: {error}.")).hint("`until` is empty while it is still so."))
}
