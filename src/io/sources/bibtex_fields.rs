//! What the fields of a BibTeX or BibLaTeX entry mean in CSL.

use biblatex::{Chunk, ChunksExt, Entry, Person};
use serde_json::Value;

use super::{
    dates,
    draft::{Draft, body, is_csl_type, person},
};

/// Fields whose text is a member as it stands. Where two fill one member, the first counts.
const TEXTS: [(&str, &str); 21] = [
    ("journaltitle", "container-title"),
    ("journal", "container-title"),
    ("booktitle", "container-title"),
    ("maintitle", "container-title"),
    ("shortjournal", "container-title-short"),
    ("shorttitle", "title-short"),
    ("series", "collection-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("edition", "edition"),
    ("version", "version"),
    ("chapter", "chapter-number"),
    ("location", "publisher-place"),
    ("address", "publisher-place"),
    ("venue", "event-place"),
    ("eventtitle", "event-title"),
    ("library", "archive_location"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("doi", "DOI"),
    ("note", "note"),
];

/// Stands after hyphens that are to stay as they are; no text keeps it.
pub const JOINER: char = '\u{2060}';

/// Formatting that a text loses and keeps what is in it.
const FORMATS: [&str; 12] =
    ["emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "mkbibquote", "mkbibemph", "enquote", "url", "text"];

/// The most of them that one text is freed of.
const MAX_FORMATS: usize = 100;

/// The languages that BibLaTeX files name in words, as CSL codes.
const LANGUAGES: [(&str, &str); 24] = [
    ("american", "en-US"),
    ("arabic", "ar"),
    ("armenian", "hy"),
    ("azerbaijani", "az"),
    ("british", "en-GB"),
    ("chinese", "zh"),
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("georgian", "ka"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("ngerman", "de"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// Whether a word is one of the months that every BibTeX file knows.
pub fn is_month(word: &str) -> bool {
    dates::is_month(word) && word.len() == 3
}

/// Fills an item from an entry.
pub fn fill(draft: &mut Draft, kind: &str, entry: &Entry) {
    let keyword = text(entry, "keywords");
    let own_type = Some(keyword.as_str()).filter(|word| is_csl_type(word));
    let csl_type = own_type.unwrap_or_else(|| csl_type(kind, &text(entry, "entrysubtype")));
    draft.set("type", csl_type);
    for role in ["author", "editor", "translator"] {
        names(entry, role).into_iter().for_each(|name| draft.add_name(role, Some(name)));
    }
    let (title, subtitle) = (text(entry, "title"), text(entry, "subtitle"));
    draft.set("title", &if subtitle.is_empty() { title } else { format!("{title}: {subtitle}") });
    for (field, member) in TEXTS {
        draft.set(member, &text(entry, field));
    }
    draft.set("page", &text(entry, "pages").replace('–', "-"));
    draft.set("URL", &text(entry, "url"));
    draft.set("language", &language(&text(entry, if entry.get("langid").is_some() { "langid" } else { "language" })));
    publication(draft, kind, own_type.is_some(), entry);
    let of = |date: &str, year: &str, month: &str, day: &str| {
        dates::edtf(&text(entry, date)).or_else(|| dates::of_parts(&text(entry, year), &text(entry, month), &text(entry, day)))
    };
    draft.set_value("issued", of("date", "year", "month", "day"));
    draft.set_value("accessed", of("urldate", "urlyear", "urlmonth", "urlday"));
    draft.set_value("original-date", of("origdate", "origyear", "origmonth", "origday"));
    draft.set_value("event-date", of("eventdate", "eventyear", "eventmonth", "eventday"));
}

/// Who published it, its number, and how: what these fields mean hangs on the kind of entry.
fn publication(draft: &mut Draft, kind: &str, is_our_own: bool, entry: &Entry) {
    // Our own files name the authority of a treaty or judgment there.
    if kind == "misc" && is_our_own {
        draft.set("authority", &text(entry, "organization"));
    }
    for field in ["publisher", "institution", "school"] {
        draft.set("publisher", &text(entry, field));
    }
    if draft.text("authority").is_empty() {
        draft.set("publisher", &text(entry, "organization"));
    }
    let number = match kind {
        "article" | "periodical" => "issue",
        "book" | "inbook" | "incollection" | "collection" | "proceedings" | "inproceedings" if entry.get("series").is_some() => {
            "collection-number"
        }
        _ => "number",
    };
    draft.set(number, &text(entry, "number"));
    let how = text(entry, "howpublished");
    if how.starts_with("http://") || how.starts_with("https://") {
        draft.set("URL", &how);
    } else {
        draft.set("container-title", &how);
    }
    if draft.text("URL").is_empty() && text(entry, "eprinttype").eq_ignore_ascii_case("arxiv") {
        draft.set("URL", &format!("https://arxiv.org/abs/{}", text(entry, "eprint")));
    }
    draft.set("genre", &text(entry, "type"));
}

/// The text of a field as people read it; empty where there is none.
fn text(entry: &Entry, field: &str) -> String {
    entry.get(field).map_or_else(String::new, |chunks| plain(chunks.format_verbatim().replace(JOINER, "").trim()))
}

/// The text without the commands that only set it in another face.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for _ in 0..MAX_FORMATS {
        let Some((start, open, end)) = FORMATS.iter().find_map(|word| command(&plain, word)) else { break };
        let inner = plain[open..end].to_owned();
        plain.replace_range(start..=end, &inner);
    }
    plain
}

/// Where `\word{...}` begins, its inside begins, and its last brace stands.
fn command(text: &str, word: &str) -> Option<(usize, usize, usize)> {
    let start = text.find(&format!("\\{word}{{"))?;
    let open = start + word.len() + 2;
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((start, open, at));
        }
    }
    None
}

fn names(entry: &Entry, role: &str) -> Vec<Value> {
    let Some(chunks) = entry.get(role) else { return Vec::new() };
    let in_braces = |name: &str| chunks.iter().any(|chunk| matches!(&chunk.v, Chunk::Verbatim(text) if text.trim() == name));
    let people: Vec<Person> = entry.get_as(role).unwrap_or_default();
    let read = |one: Person| {
        let family = [one.prefix.trim(), one.name.trim()].join(" ");
        let (family, given) = (family.trim(), one.given_name.trim());
        if family == "others" && given.is_empty() {
            return None;
        }
        let is_body = given.is_empty() && one.prefix.is_empty() && in_braces(family);
        if is_body { body(&plain(family)) } else { person(&plain(family), &plain(given), one.suffix.trim()) }
    };
    people.into_iter().filter_map(read).collect()
}

fn language(word: &str) -> String {
    let small = word.to_lowercase();
    LANGUAGES.iter().find(|(name, _)| *name == small).map_or_else(|| word.to_owned(), |(_, code)| (*code).to_owned())
}

/// The CSL type for a kind of entry; `document` for one that CSL has no word for.
pub fn csl_type(kind: &str, subtype: &str) -> &'static str {
    match (kind, subtype) {
        ("article", "newspaper") => "article-newspaper",
        ("article", "magazine") => "article-magazine",
        ("article" | "suppperiodical", _) => "article-journal",
        ("book" | "mvbook" | "collection" | "mvcollection" | "reference" | "mvreference" | "proceedings" | "mvproceedings", _) => "book",
        ("inbook" | "bookinbook" | "suppbook" | "incollection" | "suppcollection", _) => "chapter",
        ("inproceedings" | "conference", _) => "paper-conference",
        ("inreference", _) => "entry-encyclopedia",
        ("booklet", _) => "pamphlet",
        ("report" | "techreport" | "manual", _) => "report",
        ("thesis" | "phdthesis" | "mastersthesis", _) => "thesis",
        ("unpublished", _) => "manuscript",
        ("online" | "electronic" | "www", _) => "webpage",
        ("dataset", _) => "dataset",
        ("software", _) => "software",
        ("legislation", _) => "legislation",
        ("jurisdiction", _) => "legal_case",
        ("legal", _) => "treaty",
        ("letter", _) => "personal_communication",
        ("periodical", _) => "periodical",
        ("patent", _) => "patent",
        ("image" | "artwork", _) => "graphic",
        ("video" | "movie", _) => "motion_picture",
        _ => "document",
    }
}
