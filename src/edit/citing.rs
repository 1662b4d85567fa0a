//! Who cites a source, anywhere in a document.

use serde_json::Value;

use super::{Ids, Refusal, features};
use crate::model::{Citation, Document};

/// The ids of the features that cite a source, in the order of the document.
pub fn citing(document: &Document, source: &str) -> Vec<String> {
    // Looking for the id in the text first leaves few features to be read.
    let may = document.features().iter().filter(|feature| feature.mentions(source));
    may.filter(|feature| cites(&mut feature.value(), source, None)).map(|feature| feature.id().to_owned()).collect()
}

/// The document with every citation of one source turned into one of another.
pub(super) fn renamed(document: &Document, from: &str, to: &str) -> Result<Document, Refusal> {
    let ids = citing(document, from);
    if ids.is_empty() {
        return Ok(document.clone());
    }
    features::changed(document, &Ids::Many(ids), |feature| {
        cites(feature, from, Some(to));
        Ok(())
    })
}

/// Whether a tree cites a source in any list `sources`; with `to` every such citation is changed to that id.
fn cites(tree: &mut Value, source: &str, to: Option<&str>) -> bool {
    match tree {
        Value::Object(map) => map.iter_mut().fold(false, |found, (key, value)| match value {
            Value::Array(list) if key == "sources" => list.iter_mut().fold(found, |found, citation| is_of(citation, source, to) || found),
            value => cites(value, source, to) || found,
        }),
        // Counted, since every one is to be changed, not the first alone.
        Value::Array(list) => list.iter_mut().map(|item| usize::from(cites(item, source, to))).sum::<usize>() > 0,
        _ => false,
    }
}

fn is_of(citation: &mut Value, source: &str, to: Option<&str>) -> bool {
    let text = match citation {
        Value::String(text) => text,
        Value::Object(map) => match map.get_mut("id") {
            Some(Value::String(text)) => text,
            _ => return false,
        },
        _ => return false,
    };
    if Citation::parse(text).is_none_or(|citation| citation.source.as_str() != source) {
        return false;
    }
    if let Some(to) = to {
        *text = text.replacen(source, to, 1);
    }
    true
}
