//! What-if branches: documents that tell what did not happen as if it had. They say so wherever they are shown, and never take the place of what they came from.

use serde_json::{Map, Value};
use thiserror::Error;

use super::Document;

/// That a document is a what-if branch, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sandbox {
    /// What it asks: `What if the referendum had been held?`. Empty where the document does not say; it is a branch all the same.
    pub name: String,
    /// The title of the document that it came from; empty where the document does not say.
    pub of: String,
}

/// A branch would take the place of a document that is none.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the document is the what-if branch “{name}”, and what it would replace is none. Save the branch under another name.")]
pub struct BranchOverOriginal {
    /// What the branch asks.
    pub name: String,
}

impl Sandbox {
    /// Reads the member `sandbox` of a header; `None` where it is missing or `null`. Anything else makes a branch: no slip of the pen takes the mark away.
    pub fn of_header(header: &Map<String, Value>) -> Option<Self> {
        let member = header.get("sandbox").filter(|member| !member.is_null())?;
        let text = |key: &str| member.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        Some(Self { name: text("name"), of: text("of") })
    }

    /// What pictures, texts and tables of the branch say of it: `WHAT IF: the referendum had been held? (branch of Crimea)`.
    pub fn mark(&self) -> String {
        let name = without_what_if(&self.name);
        let of = if self.of.is_empty() { String::new() } else { format!(" (branch of {})", self.of) };
        if name.is_empty() { format!("WHAT IF{of}") } else { format!("WHAT IF: {name}{of}") }
    }
}

/// Most names begin with the words that the mark begins with.
fn without_what_if(name: &str) -> &str {
    const WORDS: &str = "what if";
    match name.get(..WORDS.len()) {
        Some(start) if start.eq_ignore_ascii_case(WORDS) && !name[WORDS.len()..].starts_with(char::is_alphanumeric) => {
            name[WORDS.len()..].trim_start_matches([' ', ':', '…', '.', ','])
        }
        _ => name,
    }
}

/// Whether a document may take the place of another one in a file.
///
/// # Errors
/// [`BranchOverOriginal`] where a what-if branch would replace a document that is none.
pub fn may_replace(on_disk: &Document, new: &Document) -> Result<(), BranchOverOriginal> {
    match (Sandbox::of_header(on_disk.header()), Sandbox::of_header(new.header())) {
        (None, Some(branch)) => Err(BranchOverOriginal { name: branch.name }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sandbox(member: Value) -> Option<Sandbox> {
        let Value::Object(header) = json!({ "sandbox": member }) else { unreachable!() };
        Sandbox::of_header(&header)
    }

    #[test]
    fn the_mark_says_what_is_asked_and_of_what_it_is_a_branch() {
        let mark = |name: &str, of: &str| Sandbox { name: name.to_owned(), of: of.to_owned() }.mark();
        assert_eq!(mark("What if the vote had been held?", "Crimea"), "WHAT IF: the vote had been held? (branch of Crimea)");
        assert_eq!(mark("No vote", "Crimea"), "WHAT IF: No vote (branch of Crimea)");
        assert_eq!(mark("What iffy things", ""), "WHAT IF: What iffy things");
        assert_eq!(mark("", "Crimea"), "WHAT IF (branch of Crimea)");
        assert_eq!(mark("Ü", ""), "WHAT IF: Ü");
    }

    #[test]
    fn whatever_is_written_there_makes_a_branch() {
        assert_eq!(sandbox(Value::Null), None);
        assert_eq!(Sandbox::of_header(&Map::new()), None);
        for odd in [json!(true), json!(false), json!("x"), json!([]), json!({}), json!({"name": 7})] {
            assert_eq!(sandbox(odd.clone()), Some(Sandbox::default()), "{odd}");
        }
    }

    #[test]
    fn a_branch_takes_the_place_of_branches_alone() {
        let plain = Document::empty("The river");
        let mut header = plain.header().clone();
        header.insert("sandbox".to_owned(), json!({"name": "No bridge", "of": "The river"}));
        let branch = plain.with_header(header);
        assert_eq!(may_replace(&plain, &branch), Err(BranchOverOriginal { name: "No bridge".to_owned() }));
        assert_eq!([may_replace(&branch, &branch), may_replace(&plain, &plain), may_replace(&branch, &plain)], [Ok(()), Ok(()), Ok(())]);
    }
}
