//! The last step of reading sources: texts made safe to show, addresses judged, ids given.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Given, address,
    draft::{Draft, MAX_NAMES},
};
use crate::model::{Problem, Source, SourceId, source::Name};

/// The longest text of an item, and the longest name in it, in bytes.
const MAX_TEXT: usize = 64 * 1024;
const MAX_NAME: usize = 512;
/// The longest key of a file that is kept as an id, in bytes.
const MAX_ID: usize = 100;
/// The most members in an item.
const MAX_MEMBERS: usize = 256;

/// Words that say nothing of what a title is about.
const EMPTY_WORDS: [&str; 24] = [
    "the", "a", "an", "of", "on", "in", "and", "for", "to", "from", "der", "die", "das", "und", "le", "la", "les", "de", "du", "l", "el",
    "о", "и", "в",
];

/// The drafts as sources; what is wrong with them goes to `problems`.
pub fn finished(drafts: Vec<Draft>, given: &Given, problems: &mut Vec<Problem>) -> Vec<Source> {
    let mut ids = Ids { taken: given.taken.iter().map(|id| id.as_str().to_lowercase()).collect(), last: HashMap::new() };
    let mut sources = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        clean(&mut draft, problems);
        let wanted = if is_plain(&draft.key) { draft.key.clone() } else { made_id(&draft) };
        sources.push(Source { id: SourceId::from(ids.give(&wanted).as_str()), csl: draft.csl });
    }
    sources
}

fn clean(draft: &mut Draft, problems: &mut Vec<Problem>) {
    let warn = |rule, what: String| Problem::warning(draft.place.as_str(), rule, what);
    if draft.csl.len() > MAX_MEMBERS {
        problems.push(warn("too-large", format!("the source has {} members; {MAX_MEMBERS} were kept.", draft.csl.len())));
        draft.csl = std::mem::take(&mut draft.csl).into_iter().take(MAX_MEMBERS).collect();
    }
    let mut is_cut = false;
    for value in draft.csl.values_mut() {
        is_cut |= clean_value(value, MAX_TEXT);
    }
    if is_cut {
        problems.push(warn("too-long", format!("texts over {MAX_TEXT} bytes, names over {MAX_NAME} and lists over {MAX_NAMES} were cut.")));
    }
    if let Some((start, end)) = address::doi_at(draft.text("DOI")) {
        let doi = draft.text("DOI")[start..end].to_owned();
        draft.csl.insert("DOI".to_owned(), doi.into());
    }
    for member in ["URL", "archive_location"] {
        let scheme = draft.text(member).split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_scheme = |scheme: &str| ["javascript", "data", "file", "vbscript"].contains(&scheme);
        if scheme.as_deref().is_some_and(is_scheme) {
            problems.push(warn("bad-address", format!("`{member}` is no address of a page and was left out.")));
            draft.csl.remove(member);
        }
    }
    if draft.text("title").is_empty() && !draft.csl.contains_key("DOI") && !draft.csl.contains_key("URL") {
        problems.push(warn("no-title", "the source has no title.".to_owned()));
    }
}

/// Takes out what no reader sees and what turns text round; says whether anything was cut.
fn clean_value(value: &mut Value, most: usize) -> bool {
    match value {
        Value::String(text) => {
            let plain = shown(text);
            let end = (0..=most.min(plain.len())).rev().find(|end| plain.is_char_boundary(*end)).unwrap_or(0);
            let is_cut = end < plain.len();
            *text = plain[..end].to_owned();
            is_cut
        }
        Value::Array(list) => {
            let is_cut = list.len() > MAX_NAMES;
            list.truncate(MAX_NAMES);
            list.iter_mut().fold(is_cut, |is_cut, value| clean_value(value, MAX_NAME) | is_cut)
        }
        Value::Object(members) => members.iter_mut().fold(false, |is_cut, (_, value)| clean_value(value, MAX_NAME) | is_cut),
        _ => false,
    }
}

/// The text on one line, without control characters and the signs that change the direction of what follows.
fn shown(text: &str) -> String {
    let is_hidden = |letter: char| {
        letter.is_control() && !letter.is_whitespace()
            || matches!(letter, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let words: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a key can stand in a citation, where `;` and parentheses divide.
fn is_plain(key: &str) -> bool {
    (1..=MAX_ID).contains(&key.len()) && key.chars().all(|letter| letter.is_alphanumeric() || "-_.:+".contains(letter))
        // A number says nothing to whoever cites it.
        && !key.chars().all(|letter| letter.is_ascii_digit())
}

/// `family-year-word`, of what there is.
fn made_id(draft: &Draft) -> String {
    let source = Source { id: SourceId::from("source"), csl: draft.csl.clone() };
    let names = ["author", "editor"].map(|role| source.names(role));
    let who = names.iter().flatten().next().map(|name| slug(family(name)));
    let year = source.year().map(|year| year.to_string());
    let title = shown(draft.text("title")).to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let word = words.into_iter().find(|word| !EMPTY_WORDS.contains(word)).map(slug);
    let doi = draft.text("DOI").split_once('/').map(|(_, name)| format!("doi-{}", slug(name)));
    let host = || doi.or_else(|| source.url().and_then(|url| url.split('/').nth(2)).map(|host| slug(host.trim_start_matches("www."))));
    let parts = [who.or_else(|| if word.is_none() { host() } else { None }), year, word];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "source".to_owned() } else { parts.join("-") }
}

/// The family name without its particles, or the body.
fn family(name: &Name) -> &str {
    let short = name.short();
    match name {
        Name::Person { .. } => short.rsplit(char::is_whitespace).next().unwrap_or(short),
        Name::Body(_) => short,
    }
}

/// The first word in small letters, up to 30 of them.
fn slug(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    words.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.')).take(30).collect()
}

/// Ids that are taken, told apart without regard to case, as BibTeX does.
struct Ids {
    taken: HashSet<String>,
    /// The number that was given last after an id.
    last: HashMap<String, u32>,
}

impl Ids {
    fn give(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_lowercase()) {
            return wanted.to_owned();
        }
        let last = self.last.entry(wanted.to_lowercase()).or_insert(1);
        loop {
            *last += 1;
            let id = format!("{wanted}-{last}");
            if self.taken.insert(id.to_lowercase()) {
                return id;
            }
        }
    }
}
