//! Reading RIS: a tag and a value a line, `TY` to `ER` a record.

use serde_json::Value;

use super::{
    dates,
    draft::{Draft, body, is_csl_type, listed},
};
use crate::model::Problem;

/// The tags whose value is a text member of the item as it stands. Where two tags fill one member, the first of the record counts.
const TEXTS: [(&str, &str); 25] = [
    ("TI", "title"),
    ("T1", "title"),
    ("CT", "title"),
    ("ST", "title-short"),
    ("T2", "container-title"),
    ("JO", "container-title"),
    ("JF", "container-title"),
    ("BT", "container-title"),
    ("JA", "container-title-short"),
    ("T3", "collection-title"),
    ("VL", "volume"),
    ("IS", "issue"),
    ("M1", "number"),
    ("SE", "section"),
    ("ET", "edition"),
    ("PB", "publisher"),
    ("CY", "publisher-place"),
    ("PP", "publisher-place"),
    ("DO", "DOI"),
    ("UR", "URL"),
    ("N1", "note"),
    ("LA", "language"),
    ("DB", "archive"),
    ("AV", "archive_location"),
    ("CN", "call-number"),
];

/// Reads every record; what cannot be read is a problem with its line.
pub fn read(text: &str) -> (Vec<Draft>, Vec<Problem>) {
    let mut reading = Reading::default();
    for (index, line) in text.lines().enumerate() {
        reading.line(index + 1, line);
    }
    reading.finish();
    (reading.drafts, reading.problems)
}

/// The tag and value of a line; `None` for a line that goes on with the value above it.
pub fn tagged(line: &str) -> Option<(&str, &str)> {
    let tag = line.get(..2)?;
    let is_tag = tag.starts_with(|letter: char| letter.is_ascii_uppercase())
        && tag.ends_with(|letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    let rest = line[2..].strip_prefix([' ', '\t'])?.trim_start_matches([' ', '\t']).strip_prefix('-')?;
    // `AB-CD` in the middle of a text is no tag: the sign stands alone.
    (is_tag && (rest.is_empty() || rest.starts_with([' ', '\t']))).then(|| (tag, rest.trim()))
}

#[derive(Default)]
struct Reading {
    drafts: Vec<Draft>,
    problems: Vec<Problem>,
    record: Option<Record>,
    /// Whether text outside of records was reported already.
    has_told_of_text: bool,
}

struct Record {
    line: usize,
    lines: Vec<(String, String)>,
}

impl Reading {
    fn line(&mut self, number: usize, line: &str) {
        match (tagged(line), &mut self.record) {
            (Some(("TY", kind)), record) => {
                if let Some(record) = record {
                    let problem = Problem::warning(format!("line {}", record.line), "no-end", "the record has no `ER` before the next.");
                    self.problems.push(problem);
                    self.finish_record();
                }
                self.record = Some(Record { line: number, lines: vec![("TY".to_owned(), kind.to_owned())] });
            }
            (Some(("ER", _)), Some(_)) => self.finish_record(),
            (Some((tag, value)), Some(record)) => record.lines.push((tag.to_owned(), value.to_owned())),
            (None, Some(record)) if !line.trim().is_empty() => {
                if let Some((_, value)) = record.lines.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            (_, None) if !line.trim().is_empty() && !self.has_told_of_text => {
                self.has_told_of_text = true;
                let problem =
                    Problem::warning(format!("line {number}"), "outside-record", "text stands outside of a record and was left out.");
                self.problems.push(problem.hint("a record begins with `TY  - ` and ends with `ER  - `."));
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        if let Some(record) = &self.record {
            let problem =
                Problem::warning(format!("line {}", record.line), "no-end", "the last record has no `ER`; the file may be cut off.");
            self.problems.push(problem);
            self.finish_record();
        }
    }

    fn finish_record(&mut self) {
        if let Some(record) = self.record.take() {
            self.drafts.push(record.draft());
        }
    }
}

impl Record {
    fn value(&self, tags: &[&str]) -> &str {
        let found = tags.iter().find_map(|tag| self.lines.iter().find(|(known, value)| known == tag && !value.is_empty()));
        found.map_or("", |(_, value)| value)
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::new(self.value(&["ID"]), format!("line {}", self.line));
        let kind = self.kind();
        draft.set("type", kind);
        for (tag, value) in &self.lines {
            match TEXTS.iter().find(|(known, _)| known == tag) {
                Some((_, member)) => draft.set(member, value),
                None => {
                    if let Some(role) = role(tag) {
                        draft.add_name(role, name(value));
                    }
                }
            }
        }
        draft.set("title", self.value(&["BT"]));
        draft.set_value("issued", self.issued());
        draft.set_value("accessed", dates::slashed(self.value(&["Y2"])));
        draft.set("page", &self.page());
        let number = self.value(&["SN"]);
        draft.set(if is_issn(number, kind) { "ISSN" } else { "ISBN" }, number);
        draft
    }

    /// Our own files name the CSL type in `M3`.
    fn kind(&self) -> &str {
        let own = self.value(&["M3"]);
        if is_csl_type(own) { own } else { csl_type(self.value(&["TY"])) }
    }

    /// `DA` where it says more than the year.
    fn issued(&self) -> Option<Value> {
        let year = dates::slashed(self.value(&["PY", "Y1"]));
        let date = dates::slashed(self.value(&["DA"]));
        let same_year = |a: &Value, b: &Value| a["date-parts"][0][0] == b["date-parts"][0][0];
        match (year, date) {
            (Some(year), Some(date)) if date.get("date-parts").is_some() && same_year(&year, &date) => Some(date),
            (Some(year), _) => Some(year),
            (None, date) => date,
        }
    }

    fn page(&self) -> String {
        match (self.value(&["SP"]), self.value(&["EP"])) {
            (first, last) if last.is_empty() || first == last => first.to_owned(),
            (first, last) => format!("{first}-{last}"),
        }
    }
}

/// A name of a list; what ends in a comma is a body, whatever commas are in it.
fn name(value: &str) -> Option<Value> {
    value.strip_suffix(',').map_or_else(|| listed(value), body)
}

/// Whose names a tag holds.
fn role(tag: &str) -> Option<&'static str> {
    match tag {
        "AU" | "A1" => Some("author"),
        "ED" | "A2" => Some("editor"),
        "A3" => Some("collection-editor"),
        "A4" => Some("translator"),
        _ => None,
    }
}

fn is_issn(number: &str, kind: &str) -> bool {
    let signs = number.chars().filter(|letter| letter.is_ascii_alphanumeric()).count();
    signs == 8 || kind.starts_with("article") && signs < 10
}

/// The CSL type for a RIS type; `document` for one that CSL has no word for.
fn csl_type(kind: &str) -> &'static str {
    match kind {
        "JOUR" | "JFULL" | "ABST" | "INPR" | "EJOUR" => "article-journal",
        "MGZN" => "article-magazine",
        "NEWS" => "article-newspaper",
        "BOOK" | "EBOOK" | "EDBOOK" | "SER" => "book",
        "CHAP" | "ECHAP" => "chapter",
        "DATA" | "AGGR" => "dataset",
        "ENCYC" => "entry-encyclopedia",
        "DICT" => "entry-dictionary",
        "HEAR" => "hearing",
        "PCOMM" => "personal_communication",
        "CASE" => "legal_case",
        "BILL" | "UNBILL" => "bill",
        "STAT" => "legislation",
        "LEGAL" => "treaty",
        "MANSCPT" | "UNPB" => "manuscript",
        "MAP" => "map",
        "PAMP" => "pamphlet",
        "CONF" | "CPAPER" => "paper-conference",
        "RPRT" | "GOVDOC" => "report",
        "THES" => "thesis",
        "ELEC" | "ICOMM" | "WEB" => "webpage",
        "BLOG" => "post-weblog",
        "MPCT" | "VIDEO" => "motion_picture",
        "PAT" => "patent",
        "STAND" => "standard",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_of_a_reference_manager_is_read_whole() {
        let text = "TY  - JOUR\r\nAU  - de Waal, Thomas\r\nAU  - Ministry of War\r\nTI  - A title that\r\ngoes on\r\nJO  - Survival\r\nPY  - 2010\r\nDA  - 2010/05/17/\r\nSP  - 12\r\nEP  - 19\r\nSN  - 0039-6338\r\nDO  - 10.1080/00396338\r\nLA  - en\r\nER  - \r\n";
        let (drafts, problems) = read(text);
        assert!(problems.is_empty(), "{problems:?}");
        let wanted = json!({
            "type": "article-journal",
            "author": [{"non-dropping-particle": "de", "family": "Waal", "given": "Thomas"}, {"literal": "Ministry of War"}],
            "title": "A title that goes on", "container-title": "Survival", "DOI": "10.1080/00396338", "language": "en",
            "issued": {"date-parts": [[2010, 5, 17]]}, "page": "12-19", "ISSN": "0039-6338"
        });
        assert_eq!(Value::Object(drafts[0].csl.clone()), wanted);
    }

    #[test]
    fn cut_and_run_together_records_are_kept_and_told() {
        let (drafts, problems) = read("hello\nTY  - BOOK\nTI  - One\nTY  - BOOK\nTI  - Two\n");
        assert_eq!(drafts.iter().map(|draft| draft.text("title")).collect::<Vec<_>>(), ["One", "Two"]);
        let told: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.place.as_str(), problem.rule)).collect();
        assert_eq!(told, [("line 1", "outside-record"), ("line 2", "no-end"), ("line 4", "no-end")]);
    }
}
