//! Record mode: from a date on it is so. What was so before ends right before that date, as finely as the date is given.

use serde_json::{Map, Value};

use super::{Refusal, features, fresh_id};
use crate::{
    model::{Document, document::Thing},
    time::{Date, Day, Span},
};

/// A spell of control to be recorded.
pub(super) struct Spell<'a> {
    pub(super) from: &'a str,
    pub(super) holder: &'a str,
    pub(super) role: &'a str,
    pub(super) sources: &'a [Value],
    pub(super) note: &'a str,
}

/// From a date on somebody else has a region.
pub(super) fn control(document: &Document, id: &str, spell: &Spell) -> Result<Document, Refusal> {
    let Thing::Region(region) = thing(document, id)? else { return Err(Refusal::WrongKind { id: id.to_owned(), wanted: "region" }) };
    let from = date(spell.from)?;
    let day = from.earliest;
    if spell.holder.trim().is_empty() || spell.role.trim().is_empty() {
        return Err(Refusal::Value("who has it, and as what, must be said.".to_owned()));
    }
    let begins = |index: &usize| region.control[*index].span.first_day();
    let cut = (0..region.control.len()).filter(|index| begins(index) < day && region.control[*index].span.contains(day)).max_by_key(begins);
    let same_day = (0..region.control.len()).find(|index| begins(index) == day);
    let next = (0..region.control.len()).filter(|index| begins(index) > day).min_by_key(begins);
    features::changed(document, &id.into(), |feature| {
        let properties = features::properties_of(feature)?;
        let list = properties.entry("control").or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(list) = list else { return Err(Refusal::Value("`control` is no list.".to_owned())) };
        let text =
            |index: usize, key: &str| list.get(index).and_then(|row| row.get(key)).and_then(Value::as_str).unwrap_or_default().to_owned();
        // It lasts as long as what it cuts or replaces, else to what comes next.
        let until = match (same_day.or(cut), next) {
            (Some(index), _) => text(index, "until"),
            (None, Some(index)) => right_before(&text(index, "from"))?,
            (None, None) => String::new(),
        };
        let row = row(spell, &until);
        match (same_day, cut) {
            (Some(index), _) => list[index] = row,
            (None, Some(index)) => {
                if let Some(old) = list.get_mut(index).and_then(Value::as_object_mut) {
                    old.insert("until".to_owned(), right_before(spell.from)?.into());
                }
                list.insert(index + 1, row);
            }
            (None, None) => list.insert(next.unwrap_or(list.len()), row),
        }
        Ok(())
    })
}

fn row(spell: &Spell, until: &str) -> Value {
    let mut row = Map::new();
    for (key, text) in [("holder", spell.holder), ("as", spell.role), ("from", spell.from), ("until", until), ("note", spell.note)] {
        if !text.trim().is_empty() {
            row.insert(key.to_owned(), text.trim().into());
        }
    }
    if !spell.sources.is_empty() {
        row.insert("sources".to_owned(), spell.sources.into());
    }
    Value::Object(row)
}

/// From a date on a region or line has another shape.
pub(super) fn shape(document: &Document, id: &str, from: &str, geometry: &Value, to: Option<&str>) -> Result<Document, Refusal> {
    let (span, subject) = match thing(document, id)? {
        Thing::Region(region) => (&region.common.span, &region.subject),
        Thing::Line(line) => (&line.common.span, &line.subject),
        _ => return Err(Refusal::WrongKind { id: id.to_owned(), wanted: "region or line" }),
    };
    let day = date(from)?.earliest;
    if span.first_day() == day {
        return features::set_geometry(document, id, geometry);
    }
    check_inside(span, day, from)?;
    let Some(old) = document.feature(id) else { return Err(Refusal::Missing(id.to_owned())) };
    let mut new = old.value();
    if let Value::Object(new) = &mut new {
        new.insert("geometry".to_owned(), geometry.clone());
    }
    let properties = features::properties_of(&mut new)?;
    properties.insert("id".to_owned(), to.map_or_else(|| fresh_id(document, &format!("{subject}-{from}")), str::to_owned).into());
    properties.insert("subject".to_owned(), subject.as_str().into());
    properties.insert("start".to_owned(), from.into());
    // The new shape is drawn: it is no built-in area any more.
    properties.shift_remove("area");
    let ended = features::changed(document, &id.into(), |feature| {
        let properties = features::properties_of(feature)?;
        properties.insert("end".to_owned(), right_before(from)?.into());
        properties.insert("subject".to_owned(), subject.as_str().into());
        Ok(())
    })?;
    let position = ended.position(id).map_or(0, |position| position + 1);
    let before = ended.features().get(position).map(|next| next.id().to_owned()).filter(|id| !id.is_empty());
    features::add(&ended, &new, before.as_deref())
}

fn check_inside(span: &Span, day: Day, from: &str) -> Result<(), Refusal> {
    if day > span.first_day() && span.contains(day) {
        return Ok(());
    }
    Err(Refusal::Value(format!("the shape does not stand on {from}: it is shown {}. Choose the shape that stands then.", span.label())))
}

fn thing<'a>(document: &'a Document, id: &str) -> Result<&'a Thing, Refusal> {
    let feature = document.feature(id).ok_or_else(|| Refusal::Missing(id.to_owned()))?;
    feature.thing().map_err(|problem| Refusal::WouldBreak(Box::new(problem.clone())))
}

fn date(text: &str) -> Result<Date, Refusal> {
    Date::parse(text).map_err(|error| Refusal::Value(format!("{error}. Dates are EDTF: 1914, 1914-06, 1914-06-28.")))
}

/// The end of what stops right before a date: the year before a year, the month before a month, the day before a day.
fn right_before(text: &str) -> Result<String, Refusal> {
    let before = date(text)?.right_before();
    before.map(|date| date.text).ok_or_else(|| Refusal::Value(format!("nothing comes before {text}: say from which day on it is so.")))
}
