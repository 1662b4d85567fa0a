//! What a file holds, judged by its content: a document or sources.

use std::path::Path;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::SourceFormat;

/// The members by which an object of JSON is known. What they hold is passed over.
#[derive(Default, Deserialize)]
struct Members {
    #[serde(rename = "type")]
    kind: Option<Value>,
    features: Option<IgnoredAny>,
    geometry: Option<IgnoredAny>,
    coordinates: Option<IgnoredAny>,
    border_atlas: Option<IgnoredAny>,
    items: Option<IgnoredAny>,
    title: Option<IgnoredAny>,
}

/// Whether a text is a bibliography (BibTeX, RIS, CSL-JSON) and no document. The ending of the name decides only where the text is neither: an empty
/// `.bib` file is a bibliography without sources.
pub fn is_bibliography(path: &Path, text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return is_of_sources(text);
    }
    // A document is an object; a list is at most one of sources.
    if text.starts_with('[') {
        return true;
    }
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    SourceFormat::of(text) != SourceFormat::Address || ["bib", "bibtex", "ris"].contains(&ending.as_str())
}

/// Whether an object is a CSL-JSON item or holds items. What cannot be read is a document, whose reader says where it is wrong.
fn is_of_sources(text: &str) -> bool {
    let Ok(members) = serde_json::from_str::<Members>(text) else { return false };
    let is_shape = members.features.is_some() || members.geometry.is_some() || members.coordinates.is_some();
    let has_type = members.kind.as_ref().and_then(Value::as_str).is_some_and(super::draft::is_csl_type);
    !is_shape && members.border_atlas.is_none() && (members.items.is_some() || has_type || members.title.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_the_name() {
        let kind = |name: &str, text: &str| is_bibliography(Path::new(name), text);
        let document =
            r#" {"type":"FeatureCollection","border_atlas":{"title":"T"},"features":[{"type":"Feature","properties":{"title":"T"}}]}"#;
        for name in ["a.json", "a.geojson", "a.bib"] {
            assert!(!kind(name, document), "{name}");
            for text in [
                r#"[{"id":"a","type":"book"}]"#,
                r#"{"items":[]}"#,
                r#"{"type":"book","title":"T"}"#,
                "\u{feff}@book{a, title={T}}",
                "TY  - BOOK\nER  - \n",
            ] {
                assert!(kind(name, text), "{name}: {text}");
            }
        }
        for (name, text, wanted) in [
            ("a.bib", "", true),
            ("a.geojson", "", false),
            ("a.json", "{\"type\": \"Feature", false),
            ("a.txt", "see https://un.org/1", false),
        ] {
            assert_eq!(kind(name, text), wanted, "{name}: {text}");
        }
    }
}
