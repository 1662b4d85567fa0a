//! Reading CSL-JSON: an array of items, one item, or an object with `items`.

use serde_json::{Map, Value, json};

use super::{
    dates,
    draft::{Draft, is_csl_type, listed},
};
use crate::model::{
    Problem,
    source::{DATE_MEMBERS, NAME_MEMBERS},
};

/// Reads every item; what is no item is a problem with its number.
pub fn read(text: &str) -> (Vec<Draft>, Vec<Problem>) {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return (Vec::new(), vec![Problem::error(format!("line {}", error.line()), "bad-json", format!("{error}."))]),
    };
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut object) => match object.remove("items") {
            Some(Value::Array(items)) => items,
            _ if object.contains_key("type") || object.contains_key("title") => vec![Value::Object(object)],
            _ => return (Vec::new(), vec![no_items()]),
        },
        _ => return (Vec::new(), vec![no_items()]),
    };
    let mut problems = Vec::new();
    let drafts = items.into_iter().enumerate().filter_map(|(index, item)| draft(format!("item {}", index + 1), item, &mut problems));
    (drafts.collect(), problems)
}

fn no_items() -> Problem {
    Problem::error("", "no-items", "this JSON holds no CSL items.")
        .hint("CSL-JSON is an array of items, one item, or an object with `items`.")
}

fn draft(place: String, item: Value, problems: &mut Vec<Problem>) -> Option<Draft> {
    let Value::Object(mut members) = item else {
        problems.push(Problem::error(place, "not-an-item", "this member of the array is no CSL item."));
        return None;
    };
    let key = match members.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let mut draft = Draft::new(&key, place.clone());
    // Abstracts are long, often under another's right, and nothing here shows them.
    members.remove("abstract");
    let kind = members.remove("type");
    let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
    if !is_csl_type(kind) {
        let problem = Problem::warning(place, "unknown-type", format!("`{kind}` is no type of CSL; the item was taken as a document."));
        problems.push(problem.hint("the types stand in the CSL 1.0.2 specification: book, article-journal, treaty, webpage."));
    }
    draft.set("type", if is_csl_type(kind) { kind } else { "document" });
    take(&mut draft, members);
    Some(draft)
}

fn take(draft: &mut Draft, members: Map<String, Value>) {
    for (member, value) in members {
        let value = match member.as_str() {
            date if DATE_MEMBERS.contains(&date) => as_date(value),
            role if NAME_MEMBERS.contains(&role) => as_names(value),
            _ => Some(value).filter(|value| !value.is_null() && value.as_str() != Some("")),
        };
        draft.set_value(&member, value);
    }
}

/// A date as it stands, if it has numbers in the places of CSL; a text or `raw` date is read.
fn as_date(value: Value) -> Option<Value> {
    if let Some(text) = value.as_str().or_else(|| value.get("raw").and_then(Value::as_str)) {
        return dates::edtf(text);
    }
    if let Value::Number(year) = &value {
        return dates::edtf(&year.to_string());
    }
    let is_part = |part: &Value| part.is_i64() || part.as_str().is_some_and(|part| part.trim().parse::<i64>().is_ok());
    let is_date = |date: &Value| date.as_array().is_some_and(|parts| (1..=3).contains(&parts.len()) && parts.iter().all(is_part));
    let parts = value.get("date-parts").and_then(Value::as_array);
    let has_numbers = parts.is_some_and(|dates| (1..=2).contains(&dates.len()) && dates.iter().all(is_date));
    let has_words = value.get("literal").is_some_and(Value::is_string);
    (has_numbers || has_words).then_some(value)
}

/// The names of a list that are names; a text is a list of one.
fn as_names(value: Value) -> Option<Value> {
    let name = |value: Value| match value {
        Value::String(text) => listed(&text),
        Value::Object(parts) => {
            let parts: Map<_, _> = parts.into_iter().filter(|(_, part)| part.is_string() || part.is_boolean()).collect();
            ["family", "given", "literal"].iter().any(|part| parts.contains_key(*part)).then(|| json!(parts))
        }
        _ => None,
    };
    let names: Vec<Value> = match value {
        Value::Array(list) => list.into_iter().filter_map(name).collect(),
        text => name(text).into_iter().collect(),
    };
    (!names.is_empty()).then_some(Value::Array(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_an_item_and_an_object_with_items_are_read_alike() {
        let item = r#"{"id":"a","type":"book","title":"T","abstract":"long","issued":{"raw":"2003-05"}}"#;
        for text in [format!("[{item}]"), item.to_owned(), format!(r#"{{"items":[{item}]}}"#)] {
            let (drafts, problems) = read(&text);
            assert!(problems.is_empty(), "{problems:?}");
            let wanted = json!({"type": "book", "title": "T", "issued": {"date-parts": [[2003, 5]]}});
            assert_eq!((drafts[0].key.as_str(), Value::Object(drafts[0].csl.clone())), ("a", wanted));
        }
    }

    #[test]
    fn what_is_no_item_is_told_with_its_place() {
        let (drafts, problems) = read(r#"[3, {"title":"T","type":"novel","author":"Ministry of War","issued":{"date-parts":[["x"]]}}]"#);
        assert_eq!(
            Value::Object(drafts[0].csl.clone()),
            json!({"type": "document", "title": "T", "author": [{"literal": "Ministry of War"}]})
        );
        let told: Vec<_> = problems.iter().map(|problem| (problem.place.as_str(), problem.rule)).collect();
        assert_eq!(told, [("item 1", "not-an-item"), ("item 2", "unknown-type")]);
        let (drafts, problems) = read("[\n{\"id\": 1,}]");
        assert_eq!((drafts.len(), problems[0].place.as_str(), problems[0].rule), (0, "line 2", "bad-json"));
        assert_eq!(read("{}").1[0].rule, "no-items");
    }
}
