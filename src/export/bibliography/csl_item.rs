//! A source as the library of styles takes it: only members of the kinds that it can render, so that no item of a file can break it.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use serde_json::Value as Json;

use crate::model::{
    Source,
    source::{DATE_MEMBERS, NAME_MEMBERS},
};

/// The source as an item; its title is its id where it has none.
pub fn item(source: &Source) -> Item {
    let mut members = BTreeMap::new();
    for (member, value) in &source.csl {
        let value = match member.as_str() {
            date if DATE_MEMBERS.contains(&date) => self::date(value),
            role if NAME_MEMBERS.contains(&role) => names(value),
            _ => text(value),
        };
        if let Some(value) = value {
            members.insert(member.clone(), value);
        }
    }
    members.insert("id".to_owned(), Value::String(source.id.to_string()));
    members.insert("type".to_owned(), Value::String(source.kind().to_owned()));
    members.insert("title".to_owned(), Value::String(source.title().to_owned()));
    // MLA dates a speech by its event alone.
    if source.kind() == "speech"
        && let Some(issued) = members.get("issued").cloned()
    {
        members.entry("event-date".to_owned()).or_insert(issued);
    }
    // Styles put capitals on the words of English titles, and take a title without a language for English.
    if source.language().is_none() && source.title().chars().any(is_of_another_script) {
        members.insert("language".to_owned(), Value::String("und".to_owned()));
    }
    Item(members)
}

/// A letter of neither Latin nor its extensions.
fn is_of_another_script(letter: char) -> bool {
    letter.is_alphabetic() && letter > '\u{24f}' && !('\u{1e00}'..='\u{1eff}').contains(&letter)
}

fn text(value: &Json) -> Option<Value> {
    let text = match value {
        Json::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Json::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(Value::String(text))
}

/// The first date, with what of month and day is one: the library stops at ranges and at months that there are not.
fn date(value: &Json) -> Option<Value> {
    let parts = value.get("date-parts")?.get(0)?;
    let number = |index: usize| {
        let part = parts.get(index)?;
        part.as_i64().or_else(|| part.as_str()?.trim().parse().ok())
    };
    let mut date = vec![i16::try_from(number(0)?).ok()?];
    for (index, most) in [(1, 12), (2, 31)] {
        match number(index).filter(|part| (1..=most).contains(part)) {
            Some(part) => date.push(part as i16),
            None => break,
        }
    }
    let season = value.get("season").and_then(|season| season.as_i64().or_else(|| season.as_str()?.parse().ok()));
    let season = season.filter(|season| (1..=4).contains(season)).map(|season| season.to_string());
    let circa = value.get("circa").is_some_and(|circa| *circa != Json::Bool(false));
    Some(Value::Date(DateValue::DateParts { date_parts: VecDateRange(vec![VecDate(date)]), literal: None, season, circa }))
}

fn names(value: &Json) -> Option<Value> {
    let names: Vec<NameValue> = value.as_array()?.iter().filter_map(name).collect();
    (!names.is_empty()).then_some(Value::Names(names))
}

fn name(value: &Json) -> Option<NameValue> {
    let text = |part: &str| value.get(part).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
    let body = |text: &str| Some(NameValue::Literal(LiteralName { literal: text.to_owned() }));
    if let Some(literal) = text("literal") {
        return body(literal);
    }
    let Some(family) = text("family") else { return body(text("given")?) };
    // The library takes apart a family name of several words (`Garcia y Vega`) unless its first words are called a particle, which it then sets
    // before the rest and sorts with it.
    let family = [text("non-dropping-particle"), Some(family)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (first, family) = family.split_once(' ').map_or((None, family.as_str()), |(first, rest)| (Some(first), rest));
    Some(NameValue::Item(NameItem {
        family: family.to_owned(),
        given: text("given").map(str::to_owned),
        non_dropping_particle: first.map(str::to_owned),
        dropping_particle: text("dropping-particle").map(str::to_owned),
        suffix: text("suffix").map(str::to_owned),
        comma_suffix: None,
    }))
}
