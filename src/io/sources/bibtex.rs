//! Reading BibTeX and BibLaTeX. The crate `biblatex` takes the files apart and decodes TeX; what it would follow without an end
//! (strings and entries that name themselves) is put in here, once.

use std::collections::HashMap;

use biblatex::{Bibliography, Entry, Field, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

use super::{bibtex_fields, draft::Draft};
use crate::model::Problem;

/// The longest entry that is read, in bytes: longer than any real one, short enough for readers that take squares of it.
const MAX_ENTRY_BYTES: usize = 64 * 1024;
/// The most braces in an entry, and how deep they nest.
const MAX_BRACES: usize = 4_000;
const MAX_DEPTH: usize = 50;
/// The longest text that an `@string` may come to.
const MAX_STRING_BYTES: usize = 4 * 1024;
/// The most fields of an entry.
const MAX_FIELDS: usize = 200;
/// The most entries that `xdata` may name.
const MAX_XDATA: usize = 10;

/// A field: its name in small letters, and its text with strings put in.
type RawField = (String, String);

/// An entry as it stands in the file.
struct Found {
    line: usize,
    key: String,
    kind: String,
    fields: Vec<RawField>,
}

/// Reads every entry; what cannot be read is a problem with its line.
pub fn read(text: &str) -> (Vec<Draft>, Vec<Problem>) {
    let mut reading = Reading { problems: Vec::new(), strings: HashMap::new(), found: Vec::new() };
    match RawBibliography::parse(text) {
        Ok(raw) => reading.take(raw, text, 1),
        // One bad entry must not cost the others: each piece from `@` to `@` is read for itself.
        Err(_) => reading.pieces(text),
    }
    let drafts = reading.drafts();
    (drafts, reading.problems)
}

struct Reading {
    problems: Vec<Problem>,
    strings: HashMap<String, String>,
    found: Vec<Found>,
}

impl Reading {
    fn pieces(&mut self, text: &str) {
        for (line, piece) in pieces(text) {
            match RawBibliography::parse(piece) {
                Ok(raw) => self.take(raw, piece, line),
                Err(error) => {
                    let at = line + lines_before(piece.trim_end(), error.span.start);
                    let what = format!("the entry that begins on line {line} cannot be read: {}.", error.kind);
                    let problem = Problem::error(format!("line {at}"), "bad-bibtex", what);
                    self.problems.push(problem.hint("see that every brace and quote is closed and commas stand between the fields."));
                }
            }
        }
    }

    /// Takes what one parse found, in the order of the file.
    fn take(&mut self, raw: RawBibliography, text: &str, first_line: usize) {
        for pair in &raw.abbreviations {
            let value = self.put_in(&pair.value.v, MAX_STRING_BYTES, &mut Vec::new());
            if value.len() <= MAX_STRING_BYTES {
                self.strings.insert(pair.key.v.to_lowercase(), value);
            }
        }
        let (mut line, mut at) = (first_line, 0);
        for entry in raw.entries {
            let start = entry.span.start.clamp(at, text.len());
            line += text.as_bytes()[at..start].iter().filter(|byte| **byte == b'\n').count();
            at = start;
            if let Err(what) = within_caps(&text[start..entry.span.end.clamp(start, text.len())]) {
                self.problems.push(Problem::error(format!("line {line}"), "too-large", what));
                continue;
            }
            let RawEntry { key, kind, fields } = entry.v;
            let (mut unknown, mut left) = (Vec::new(), MAX_ENTRY_BYTES);
            let read = fields.iter().take(MAX_FIELDS + 1).map(|pair| {
                let text = self.put_in(&pair.value.v, left, &mut unknown);
                left = left.saturating_sub(text.len());
                (pair.key.v.to_lowercase(), text)
            });
            let fields: Vec<RawField> = read.collect();
            if left == 0 || fields.len() > MAX_FIELDS {
                let what =
                    format!("with its strings put in, the entry has over {MAX_ENTRY_BYTES} bytes, or it has over {MAX_FIELDS} fields.");
                self.problems.push(Problem::error(format!("line {line}"), "too-large", what));
                continue;
            }
            for word in unknown {
                let what = format!("`{word}` is no string of this file; it was taken as it stands.");
                self.problems.push(Problem::warning(format!("line {line}"), "unknown-string", what));
            }
            self.found.push(Found { line, key: key.v.to_owned(), kind: kind.v.to_lowercase(), fields });
        }
    }

    /// The text of a value: pieces joined, strings put in. A string that the file has not defined so far stands as its name; all but months
    /// go to `unknown`. Stops when the text is longer than `most` bytes.
    fn put_in(&self, value: &Field, most: usize, unknown: &mut Vec<String>) -> String {
        let mut text = String::new();
        for piece in value {
            if text.len() > most {
                break;
            }
            match piece.v {
                RawChunk::Normal(normal) => text.push_str(normal),
                RawChunk::Abbreviation(word) => match self.strings.get(&word.to_lowercase()) {
                    Some(string) => text.push_str(string),
                    None => {
                        if !bibtex_fields::is_month(word) {
                            unknown.push(word.to_owned());
                        }
                        text.push_str(word);
                    }
                },
            }
        }
        text
    }

    fn drafts(&mut self) -> Vec<Draft> {
        let by_key: HashMap<&str, usize> = self.found.iter().enumerate().map(|(index, found)| (found.key.as_str(), index)).collect();
        let mut drafts = Vec::new();
        for found in self.found.iter().filter(|found| !matches!(found.kind.as_str(), "xdata" | "set")) {
            let place = format!("line {}", found.line);
            let inherited = inherited(found, |key| by_key.get(key).map(|index| &self.found[*index]));
            let whole: usize = inherited.iter().map(|(_, text)| text.len()).sum();
            let depth = inherited.iter().map(|(_, text)| depth(text)).max().unwrap_or(0);
            if whole > MAX_ENTRY_BYTES || depth > MAX_DEPTH {
                self.problems.push(Problem::error(place, "too-large", "with what it takes from others, the entry is too large."));
                continue;
            }
            let mut draft = Draft::new(&found.key, place.clone());
            let (entry, bad) = decoded(&found.key, &found.kind, &inherited);
            for field in bad {
                let what = format!("the field `{field}` cannot be read and was left out.");
                self.problems.push(Problem::warning(place.as_str(), "bad-field", what));
            }
            if let Some(entry) = entry {
                bibtex_fields::fill(&mut draft, &found.kind, &entry);
                drafts.push(draft);
            }
        }
        drafts
    }
}

/// The pieces of a file from one `@` at the start of a line to the next, with the line that each begins on.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let begins = line.trim_start().strip_prefix('@').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        if begins {
            starts.push((index + 1, at));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    starts.iter().zip(ends).map(|((line, at), end)| (*line, &text[*at..end])).collect()
}

/// How many lines end before a byte.
fn lines_before(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

fn within_caps(entry: &str) -> Result<(), String> {
    if entry.len() > MAX_ENTRY_BYTES {
        return Err(format!("the entry has {} bytes; entries of up to {MAX_ENTRY_BYTES} are read.", entry.len()));
    }
    let braces = entry.bytes().filter(|byte| matches!(byte, b'{' | b'$')).count();
    if braces > MAX_BRACES || depth(entry) > MAX_DEPTH {
        return Err(format!("the entry has {braces} braces, {} deep; up to {MAX_BRACES} are read, {MAX_DEPTH} deep.", depth(entry)));
    }
    Ok(())
}

/// How deep braces nest, at most: escaped ones count as well.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The fields of an entry with those that it takes from its `crossref` and `xdata`, one step far.
fn inherited<'a>(found: &Found, entry: impl Fn(&str) -> Option<&'a Found>) -> Vec<RawField> {
    let mut fields: Vec<RawField> = Vec::new();
    let own = |name: &str| found.fields.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim());
    let mut add = |name: &str, text: &str| {
        // The crate would follow these without an end.
        let is_link = matches!(name, "crossref" | "xdata");
        if !is_link && !fields.iter().any(|(known, _)| known == name) {
            fields.push((name.to_owned(), text.to_owned()));
        }
    };
    found.fields.iter().for_each(|(name, text)| add(name, text));
    for key in own("xdata").unwrap_or_default().split(',').take(MAX_XDATA) {
        entry(key.trim()).into_iter().flat_map(|from| &from.fields).for_each(|(name, text)| add(name, text));
    }
    for (name, text) in own("crossref").and_then(entry).into_iter().flat_map(|from| &from.fields) {
        match name.as_str() {
            "title" => add("booktitle", text),
            // What the whole work says of itself is not true of its part.
            "subtitle" | "author" | "pages" | "doi" | "url" | "note" | "abstract" => {}
            name => add(name, text),
        }
    }
    fields
}

/// The fields with TeX decoded, and the names of those that could not be.
fn decoded(key: &str, kind: &str, fields: &[RawField]) -> (Option<Entry>, Vec<String>) {
    let texts: Vec<(&str, String)> = fields.iter().map(|(name, text)| (name.as_str(), prepared(name, text))).collect();
    let all: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    if let Some(entry) = parsed(key, kind, &all) {
        return (Some(entry), Vec::new());
    }
    let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(|field| parsed(key, kind, &[*field]).is_some());
    (parsed(key, kind, &good), bad.into_iter().map(|(name, _)| name.to_owned()).collect())
}

fn parsed(key: &str, kind: &str, fields: &[(&str, &str)]) -> Option<Entry> {
    let fields = fields.iter().map(|(name, text)| {
        let chunk = Spanned::new(RawChunk::Normal(text), 0..text.len());
        Pair::new(Spanned::zero(*name), Spanned::new(vec![chunk], 0..text.len()))
    });
    let entry = RawEntry { key: Spanned::zero(key), kind: Spanned::zero(kind), fields: fields.collect() };
    let raw = RawBibliography { preamble: String::new(), entries: vec![Spanned::zero(entry)], abbreviations: Vec::new() };
    Bibliography::from_raw(raw).ok()?.into_vec().pop()
}

/// The text as the crate is to decode it. TeX's `~` is a blank that no line ends at; `\~` is an accent. In an address both `~` and `--` stand for
/// themselves, and the crate would make a dash of the second.
fn prepared(name: &str, text: &str) -> String {
    if matches!(name, "url" | "doi" | "eprint" | "file" | "howpublished") {
        return text.replace('-', &format!("-{}", bibtex_fields::JOINER));
    }
    if !text.contains('~') {
        return text.to_owned();
    }
    let mut before = ' ';
    let plain = text.chars().map(|letter| {
        let found = if letter == '~' && before != '\\' { ' ' } else { letter };
        before = letter;
        found
    });
    plain.collect()
}
