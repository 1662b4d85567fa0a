//! The frame of a GeoJSON FeatureCollection, read feature by feature: no tree of the whole file is ever held, the work tells how far it has come
//! and can be called off at every feature.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, value::RawValue};

use super::progress::Progress;

/// What a collection holds beside its features.
#[derive(Default)]
pub(super) struct Collection {
    kind: Option<Value>,
    /// The member `border_atlas`; `None` without one.
    pub(super) header: Option<Value>,
    /// The members that are none of ours, in their order.
    pub(super) others: Map<String, Value>,
    has_features: bool,
}

impl Collection {
    /// Whether it says that it is a FeatureCollection, and has a list of features.
    pub(super) fn is_whole(&self) -> bool {
        self.has_features && self.kind.as_ref().and_then(Value::as_str) == Some("FeatureCollection")
    }
}

/// Reads a collection; `take` is given each feature in turn, as it stands and as a tree.
///
/// # Errors
/// What is wrong, with line and column; anything when the work was called off.
pub(super) fn read_collection(text: &str, progress: &Progress, take: &mut dyn FnMut(&RawValue, Value)) -> Result<Collection, String> {
    let mut in_feature = None;
    let frame = Frame { text, progress, take, in_feature: &mut in_feature };
    let mut reader = serde_json::Deserializer::from_str(text);
    let collection = reader.deserialize_any(frame).and_then(|collection| reader.end().map(|()| collection));
    collection.map_err(|error| in_feature.unwrap_or_else(|| format!("line {} column {}: {error}", error.line(), error.column())))
}

struct Frame<'a, 'de> {
    text: &'de str,
    progress: &'a Progress,
    take: &'a mut dyn FnMut(&RawValue, Value),
    /// What is wrong inside a feature, with its place in the text.
    in_feature: &'a mut Option<String>,
}

impl<'de> Visitor<'de> for Frame<'_, 'de> {
    type Value = Collection;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Collection, A::Error> {
        let mut collection = Collection::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => collection.kind = Some(map.next_value()?),
                "border_atlas" => collection.header = Some(map.next_value()?),
                "features" if collection.has_features => return Err(A::Error::custom("`features` stands twice")),
                "features" => {
                    map.next_value_seed(Features(&mut self))?;
                    collection.has_features = true;
                }
                _ => drop(collection.others.insert(key, map.next_value()?)),
            }
        }
        Ok(collection)
    }
}

/// The list of features.
struct Features<'f, 'a, 'de>(&'f mut Frame<'a, 'de>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of GeoJSON features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self(frame) = self;
        while let Some(raw) = list.next_element::<&RawValue>()? {
            // The feature is a part of the text: where it stands says how far reading has come.
            let at = raw.get().as_ptr() as usize - frame.text.as_ptr() as usize;
            frame.progress.set(at as u64, frame.text.len() as u64).map_err(A::Error::custom)?;
            match serde_json::from_str(raw.get()) {
                Ok(feature) => (frame.take)(raw, feature),
                Err(error) => {
                    *frame.in_feature = Some(placed(frame.text, at, &error));
                    return Err(A::Error::custom("in a feature"));
                }
            }
        }
        Ok(())
    }
}

/// An error of a part of the text that begins `at` this byte, with its line and column in the whole.
fn placed(text: &str, at: usize, error: &serde_json::Error) -> String {
    let before = &text.as_bytes()[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + error.line();
    let first = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    let column = error.column() + if error.line() == 1 { first } else { 0 };
    let whole = error.to_string();
    let what = whole.split(" at line ").next().unwrap_or_default();
    format!("line {line} column {column}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Value>, String> {
        let mut features = Vec::new();
        read_collection(text, &Progress::default(), &mut |_, feature| features.push(feature)).map(|_| features)
    }

    #[test]
    fn an_error_inside_a_feature_has_its_place_in_the_whole_text() {
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\n  {\"type\":\"Feature\"},\n  {\"type\":\n1e999}]}";
        let whole = serde_json::from_str::<Value>(text).unwrap_err();
        let error = read(text).unwrap_err();
        assert_eq!(error, format!("line {} column {}: number out of range", whole.line(), whole.column()));
        let on_one_line = "{\"features\":[{\"a\":1e999}]}";
        let whole = serde_json::from_str::<Value>(on_one_line).unwrap_err();
        assert!(read(on_one_line).unwrap_err().starts_with(&format!("line 1 column {}:", whole.column())));
    }

    #[test]
    fn members_may_stand_in_any_order_but_once() {
        let collection = read_collection(
            r#"{"features":[1,{"a":2}],"x":[{}],"border_atlas":{"title":"T"},"type":"FeatureCollection"}"#,
            &Progress::default(),
            &mut |_, _| {},
        );
        let collection = collection.unwrap();
        assert!(collection.is_whole() && collection.header.is_some());
        assert!(read(r#"{"features":[],"features":[]}"#).unwrap_err().contains("twice"));
    }

    #[test]
    fn work_that_is_called_off_takes_no_more_features() {
        let progress = Progress::default();
        let mut taken = Vec::new();
        let read = read_collection("{\"features\":[0,1,2,3]}", &progress, &mut |raw, _| {
            taken.push((raw.get().to_owned(), progress.share()));
            if taken.len() == 2 {
                progress.cancel();
            }
        });
        assert!(read.is_err());
        assert_eq!(taken, [("0".to_owned(), Some(13.0 / 22.0)), ("1".to_owned(), Some(15.0 / 22.0))]);
    }
}
