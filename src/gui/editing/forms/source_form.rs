//! The form of one source: the usual fields of CSL, who cites it, and the way to take it out.

use egui::{RichText, Ui};
use serde_json::{Map, Value, json};

use super::{At, Form, Target, field::Written, note_ui, sentence};
use crate::{
    edit::{Command, citing},
    gui::{
        actions::Action,
        panels::Ctx,
        theme::size,
        words::{link_ui, words_ui},
    },
    model::source::Name,
    time::{Date, Day, Precision},
};

/// The types that are met most; any other stays as it is.
const TYPES: [(&str, &str); 15] = [
    ("book", "Book"),
    ("chapter", "Chapter of a book"),
    ("article-journal", "Article in a journal"),
    ("article-newspaper", "Article in a newspaper"),
    ("article-magazine", "Article in a magazine"),
    ("treaty", "Treaty"),
    ("legislation", "Law, resolution"),
    ("legal_case", "Judgment"),
    ("report", "Report"),
    ("manuscript", "Document of an archive"),
    ("webpage", "Web page"),
    ("map", "Map"),
    ("thesis", "Thesis"),
    ("speech", "Speech"),
    ("document", "Other document"),
];

/// The plain fields: label, member, hint.
const FIELDS: [(&str, &str, &str); 15] = [
    ("Title", "title", "of the work"),
    ("Within", "container-title", "journal, book, series"),
    ("Volume", "volume", ""),
    ("Issue", "issue", ""),
    ("Number", "number", "A/RES/68/262"),
    ("Pages", "page", "of the whole work"),
    ("Authority", "authority", "UN General Assembly"),
    ("Publisher", "publisher", ""),
    ("Place", "publisher-place", ""),
    ("DOI", "DOI", "10.…"),
    ("URL", "URL", "https://"),
    ("Language", "language", "en, hy, ar"),
    ("Archive", "archive", "who keeps it"),
    ("Shelf mark", "archive_location", "or the address of the copy"),
    ("Note", "note", ""),
];

/// Draws the form of a source of the shown document; nothing where the document cannot be changed or does not have it.
pub(super) fn source_form_ui(ui: &mut Ui, ctx: &Ctx, id: &str, out: &mut Vec<Action>) {
    let Some(form) = Form::open(ui, ctx, Target::Source(id.to_owned())) else { return };
    form.id_ui(ui, id, out);
    form.choice_ui(ui, At::new("Type", "type"), (&TYPES, "not said"), out);
    form.people_ui(ui, At::new("Authors", "author"), out);
    form.people_ui(ui, At::new("Editors", "editor"), out);
    let (first, rest) = FIELDS.split_at(1);
    first.iter().for_each(|(label, path, hint)| form.member_ui(ui, At::new(label, path), hint, out));
    form.day_ui(ui, At::new("Issued", "issued"), out);
    rest.iter().for_each(|(label, path, hint)| form.member_ui(ui, At::new(label, path), hint, out));
    form.day_ui(ui, At::new("Read on", "accessed"), out);
    form.citers_ui(ui, id, out);
    form.delete_ui(ui, id, out);
}

impl Form<'_> {
    fn id_ui(&self, ui: &mut Ui, id: &str, out: &mut Vec<Action>) {
        let written = Written { shown: id, hint: "who-year-word", rows: 1, live: false };
        let understand = |text: &str| {
            let mut source = (*self.values).clone();
            source.insert("id".to_owned(), text.into());
            Ok((text != id).then(|| Command::SetSource { id: id.to_owned(), source }))
        };
        let before = out.len();
        let typed = self.written_ui(ui, At::new("Id", "id"), &written, &understand, out);
        if out.len() > before {
            super::sources::open_source(ui.ctx(), Some(typed.text));
        }
    }

    /// A member that is a text or a number.
    fn member_ui(&self, ui: &mut Ui, at: At, hint: &str, out: &mut Vec<Action>) {
        let shown = self.value(at.path).map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let written = Written { shown: &shown, hint, rows: 1, live: true };
        self.written_ui(ui, at, &written, &|text| Ok(if text == shown { None } else { self.set_text(at.path, text) }), out);
    }

    /// Who made it: `Family, Given; Family, Given`. A name without a comma is that of a body.
    fn people_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        let shown = people_text(self.list(at.path));
        let written = Written { shown: &shown, hint: "Family, Given; Ministry", rows: 1, live: false };
        let understand = |text: &str| {
            Ok(match text.trim() {
                text if text == shown => None,
                "" => Some(self.set(at.path, Value::Null)),
                text => Some(self.set(at.path, people(text))),
            })
        };
        self.written_ui(ui, at, &written, &understand, out);
    }

    /// A date of CSL: a year, a month or a day.
    fn day_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        let shown = self.value(at.path).map_or_else(String::new, day_text);
        let written = Written { shown: &shown, hint: "1962-10-20", rows: 1, live: false };
        let understand = |text: &str| match text.trim() {
            text if text == shown => Ok(None),
            "" => Ok(self.value(at.path).map(|_| self.set(at.path, Value::Null))),
            text => csl_day(text).map(|day| Some(self.set(at.path, day))),
        };
        self.written_ui(ui, at, &written, &understand, out);
    }

    /// Who cites it, each a link to it.
    fn citers_ui(&self, ui: &mut Ui, id: &str, out: &mut Vec<Action>) {
        let citers = kept_citers(ui, self, id);
        let quiet = |text: String| RichText::new(text).size(size::SMALL).color(self.ctx.palette.quiet);
        ui.add_space(4.0);
        words_ui(ui, quiet(if citers.is_empty() { "Nothing cites it.".to_owned() } else { "Cited by".to_owned() }));
        let (document, editing) = (self.ctx.session.document, self.editing.history.document());
        for citer in &citers {
            let name = editing.feature(citer).and_then(|feature| feature.thing().ok()).map_or(citer.as_str(), |thing| thing.name());
            if link_ui(ui, RichText::new(name).size(size::SMALL)).clicked() {
                out.push(Action::Select(document.and_then(|document| self.ctx.library.selection_of(document, citer))));
            }
        }
    }

    fn delete_ui(&self, ui: &mut Ui, id: &str, out: &mut Vec<Action>) {
        ui.add_space(4.0);
        let slot = self.id("delete");
        if ui.button("Delete this source").clicked() {
            let command = Command::RemoveSource { id: id.to_owned() };
            match self.editing.history.check(&command) {
                Ok(()) => self.ask_once(command, out),
                Err(refusal) => {
                    let told = (self.editing.history.stamp(), sentence(&refusal.to_string()));
                    ui.data_mut(|data| data.insert_temp(slot, told));
                }
            }
        }
        let refused: Option<(u64, String)> = ui.data(|data| data.get_temp(slot));
        if let Some((_, why)) = refused.filter(|(stamp, _)| *stamp == self.editing.history.stamp()) {
            note_ui(ui, &why, self.ctx.palette.accent);
        }
    }
}

/// The features that cite a source, found once for each state of the document.
fn kept_citers(ui: &Ui, form: &Form, id: &str) -> Vec<String> {
    let (slot, stamp) = (form.id("citers"), form.editing.history.stamp());
    let kept: Option<(u64, Vec<String>)> = ui.data(|data| data.get_temp(slot));
    match kept.filter(|(own, _)| *own == stamp) {
        Some((_, citers)) => citers,
        None => {
            let citers = citing(form.editing.history.document(), id);
            ui.data_mut(|data| data.insert_temp(slot, (stamp, citers.clone())));
            citers
        }
    }
}

fn people_text(list: &[Value]) -> String {
    list.iter().filter_map(Name::from_csl).map(|name| name.listed()).collect::<Vec<_>>().join("; ")
}

fn people(text: &str) -> Value {
    let one = |name: &str| match name.split_once(',') {
        Some((family, given)) => json!({"family": family.trim(), "given": given.trim()}),
        None => json!({"literal": name}),
    };
    text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(one).collect()
}

/// A date of CSL as it is typed; its words where it has no numbers.
fn day_text(value: &Value) -> String {
    let parts: Vec<i64> = value.pointer("/date-parts/0").and_then(Value::as_array).into_iter().flatten().filter_map(number_of).collect();
    match parts.as_slice() {
        [] => ["literal", "raw"].iter().find_map(|key| value.get(key)?.as_str()).unwrap_or_default().to_owned(),
        [year] => format!("{year:04}"),
        [year, month] => format!("{year:04}-{month:02}"),
        [year, month, day, ..] => format!("{year:04}-{month:02}-{day:02}"),
    }
}

fn number_of(part: &Value) -> Option<i64> {
    part.as_i64().or_else(|| part.as_str()?.trim().parse().ok())
}

fn csl_day(text: &str) -> Result<Value, String> {
    let date = Date::parse(text).map_err(|error| sentence(&format!("{}.", error.fault)))?;
    let (year, month, day) = Day::ymd(date.earliest);
    let parts = match date.precision {
        Precision::Day => json!([year, month, day]),
        Precision::Month => json!([year, month]),
        Precision::Year => json!([year]),
        _ => return Err("A work is issued in a year, a month or on a day: 1962, 1962-10, 1962-10-20.".to_owned()),
    };
    let mut whole = Map::from_iter([("date-parts".to_owned(), json!([parts]))]);
    if date.approximate {
        whole.insert("circa".to_owned(), true.into());
    }
    Ok(Value::Object(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_bodies_come_back_as_they_were_typed() {
        let text = "de Waal, Thomas; Ministry of Foreign Affairs";
        let list = people(text);
        assert_eq!(list, json!([{"family": "de Waal", "given": "Thomas"}, {"literal": "Ministry of Foreign Affairs"}]));
        assert_eq!(people_text(list.as_array().unwrap()), text);
    }

    #[test]
    fn days_of_sources_are_as_fine_as_they_are_typed() {
        for (typed, parts, shown) in [
            ("20 Oct 1962", json!([[1962, 10, 20]]), "1962-10-20"),
            ("Oct 1962", json!([[1962, 10]]), "1962-10"),
            ("1962", json!([[1962]]), "1962"),
        ] {
            let day = csl_day(typed).unwrap();
            assert_eq!((&day["date-parts"], day_text(&day).as_str()), (&parts, shown));
        }
        assert_eq!(csl_day("c. 1962").unwrap()["circa"], true);
        assert!(csl_day("1960s").is_err() && csl_day("soon").is_err());
        assert_eq!(day_text(&json!({"literal": "no date"})), "no date");
    }
}
