//! Lists of rows in a form: control and claims, accounts side by side, statuses, dated names.

use egui::{RichText, Ui};
use serde_json::{Map, Value, json};

use super::{At, Form, field::Written, names::Kind, sign_button_ui};
use crate::{
    edit::Command,
    gui::{
        actions::Action,
        panels::top_bar::shortened,
        theme::{RADIUS, font, size},
        words::words_ui,
    },
    model::event_status::SpanStatus,
    scene::Face,
    time::Date,
};

/// A list of rows.
pub(super) struct Rows<'a> {
    /// Where the list is.
    pub path: &'a str,
    /// What a row is called, with its number.
    pub word: &'a str,
    /// What the button says that adds one.
    pub add: &'a str,
    /// The member of a new row that is written first: it gets the keyboard.
    pub first: &'a str,
    /// The member by which rows are ordered; empty where their order says nothing.
    pub date: &'a str,
}

/// Draws the fields of a row.
type RowUi<'a, F> = &'a dyn Fn(&F, &mut Ui, &Row, &mut Vec<Action>);

/// A row of a list.
pub(super) struct Row {
    /// Where it is.
    path: String,
    /// What it is called.
    of: String,
}

impl Row {
    /// A row at a path, and what it is called.
    pub(super) fn new(path: String, of: String) -> Self {
        Self { path, of }
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.of
    }

    /// Where a member of the row is.
    pub(super) fn path(&self, member: &str) -> String {
        format!("{}/{member}", self.path)
    }

    /// The field of a member.
    pub(super) fn at<'a>(&'a self, label: &'a str, path: &'a str) -> At<'a> {
        At { label, path, of: &self.of }
    }
}

/// From where to where a figure may lie.
const FIGURES: (f64, f64) = (0.0, 1e12);

/// What some roles of the tenure are called.
const ROLES: [(&str, &str); 4] =
    [("sovereign", "sovereign"), ("administers", "administers"), ("occupies", "occupies"), ("undetermined", "undetermined")];

impl Form<'_> {
    /// The rows, each on a ground of its own with a cross; below them the buttons that add one and order them. `new` makes a row.
    pub(super) fn rows_ui(&self, ui: &mut Ui, rows: &Rows, (new, row): (&dyn Fn() -> Value, RowUi<Self>), out: &mut Vec<Action>) {
        let list = self.list(rows.path);
        let slot = self.id(rows.path).with("new row");
        let new_row = ui.data(|data| data.get_temp::<usize>(slot)).filter(|index| *index < list.len());
        for index in 0..list.len() {
            let frame = egui::Frame::new().stroke(egui::Stroke::new(1.0, self.ctx.palette.edge)).corner_radius(RADIUS).inner_margin(8);
            let shown = frame.show(ui, |ui| {
                let of = format!("{} {}", rows.word, index + 1);
                ui.horizontal(|ui| {
                    ui.label(RichText::new(&of).font(font(Face::SemiBold, size::SMALL)));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if sign_button_ui(ui, "×", &format!("Delete {of}")) {
                            self.ask_once(self.set(&format!("{}/{index}", rows.path), Value::Null), out);
                        }
                    });
                });
                row(self, ui, &Row::new(format!("{}/{index}", rows.path), of), out);
            });
            if new_row == Some(index) {
                ui.data_mut(|data| data.remove::<usize>(slot));
                ui.memory_mut(|memory| memory.request_focus(self.id(&format!("{}/{index}/{}", rows.path, rows.first))));
                shown.response.scroll_to_me(None);
            }
        }
        ui.horizontal(|ui| {
            if ui.button(rows.add).clicked() {
                self.ask_once(self.set(&format!("{}/-", rows.path), new()), out);
                ui.data_mut(|data| data.insert_temp(slot, list.len()));
            }
            let ordered = if rows.date.is_empty() { None } else { by_date(list, rows.date) };
            if let Some(ordered) = ordered
                && ui.button("Order by date").on_hover_text("The oldest row first").clicked()
            {
                self.ask_once(self.set(rows.path, Value::Array(ordered)), out);
            }
        });
    }

    /// Who had a region, row by row, and who claims it.
    pub(super) fn control_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "control", word: "Control", add: "Add a row", first: "holder", date: "from" };
        let new =
            || json!({"holder": self.likely_holder("control", "holder"), "as": "administers", "from": self.ctx.session.day().to_string()});
        self.rows_ui(ui, &rows, (&new, &|form, ui, row, out| form.spell_ui(ui, (row, "holder"), out)), out);
        self.record_ui(ui, out);
    }

    /// Who claims a region, row by row.
    pub(super) fn claims_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "claims", word: "Claim", add: "Add a claim", first: "polity", date: "from" };
        let new = || json!({"polity": self.next_of("claims", "polity"), "from": self.ctx.session.day().to_string()});
        self.rows_ui(ui, &rows, (&new, &|form, ui, row, out| form.spell_ui(ui, (row, "polity"), out)), out);
    }

    fn spell_ui(&self, ui: &mut Ui, (row, who): (&Row, &str), out: &mut Vec<Action>) {
        self.thing_ui(ui, row.at(if who == "holder" { "holder" } else { "claimant" }, &row.path(who)), (Kind::Polity, ""), out);
        if who == "holder" {
            self.role_ui(ui, row.at("as", &row.path("as")), out);
        }
        self.date_ui(ui, row.at("from", &row.path("from")), "since ever", out);
        self.date_ui(ui, row.at("until", &row.path("until")), "still so", out);
        self.line_ui(ui, row.at("note", &row.path("note")), "which part, how", out);
        self.citations_ui(ui, row.at("cite", &row.path("sources")), out);
    }

    /// As what: one of the words, or `part of X` and its like, written out.
    fn role_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        let now = self.text(at.path);
        if now.is_empty() || ROLES.iter().any(|(word, _)| *word == now) {
            self.choice_ui(ui, at, (&ROLES, ""), out);
        } else {
            let written = Written { shown: now, hint: "administers, part of X", rows: 1, live: false };
            let understand = |text: &str| {
                if text.is_empty() { Err("As what it holds the region must be said.".to_owned()) } else { Ok(self.set_text(at.path, text)) }
            };
            self.written_ui(ui, at, &written, &understand, out);
        }
    }

    /// From the shown day on somebody else has it: the spell of that day is cut.
    fn record_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let super::Target::Feature(id) = &self.target else { return };
        let day = self.ctx.session.day();
        ui.add_space(4.0);
        words_ui(ui, RichText::new(format!("From {} on it is held by", day.label())).size(size::SMALL).color(self.ctx.palette.quiet));
        let pick = super::pick::Pick {
            id: self.id("record"),
            name: "New holder from the shown day",
            shown: "",
            hint: "type to search",
            stamp: self.editing.history.stamp(),
        };
        if let Some(holder) = super::pick::pick_ui(ui, self.ctx, &pick, &|typed| Kind::Polity.find(self.ctx, typed)) {
            let (role, from) = ("administers".to_owned(), day.to_string());
            self.ask_once(Command::RecordControl { id: id.clone(), from, holder, role, sources: Vec::new(), note: String::new() }, out);
        }
    }

    /// What each party says of an event, side by side.
    pub(super) fn accounts_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "accounts", word: "Account", add: "Add an account", first: "text", date: "" };
        let new = || json!({"party": self.next_of("accounts", "party"), "text": ""});
        let row = |form: &Self, ui: &mut Ui, row: &Row, out: &mut Vec<Action>| {
            form.thing_ui(ui, row.at("party", &row.path("party")), (Kind::Polity, ""), out);
            form.line_ui(ui, row.at("title", &row.path("title")), "what it calls the event", out);
            form.date_ui(ui, row.at("date", &row.path("date")), "where it differs", out);
            form.date_ui(ui, row.at("end", &row.path("end")), "where it differs", out);
            form.line_ui(ui, row.at("place", &row.path("place")), "what it calls the place", out);
            form.words_ui(ui, row.at("text", &row.path("text")), "what it says, in your words", out);
            form.citations_ui(ui, row.at("cite", &row.path("sources")), out);
            form.figures_ui(ui, row, out);
        };
        self.rows_ui(ui, &rows, (&new, &row), out);
    }

    /// What an account counts, each number with its range and its own sources.
    fn figures_ui(&self, ui: &mut Ui, account: &Row, out: &mut Vec<Action>) {
        let (path, word) = (account.path("figures"), format!("{}, figure", account.of));
        let rows = Rows { path: &path, word: &word, add: "Add a figure", first: "what", date: "" };
        let row = |form: &Self, ui: &mut Ui, row: &Row, out: &mut Vec<Action>| {
            form.line_ui(ui, row.at("what", &row.path("what")), "killed, captured, tons", out);
            form.number_ui(ui, row.at("number", &row.path("value")), FIGURES, out);
            form.number_ui(ui, row.at("at least", &row.path("least")), FIGURES, out);
            form.number_ui(ui, row.at("at most", &row.path("most")), FIGURES, out);
            form.line_ui(ui, row.at("unit", &row.path("unit")), "soldiers, km²", out);
            form.citations_ui(ui, row.at("cite", &row.path("sources")), out);
        };
        self.rows_ui(ui, &rows, (&|| json!({"what": self.next_figure(&path)}), &row), out);
    }

    /// The first thing that another account counts and this one does not.
    fn next_figure(&self, own: &str) -> String {
        let what = |figure: &Value| figure.get("what").and_then(Value::as_str).map(str::to_owned);
        let has: Vec<String> = self.list(own).iter().filter_map(what).collect();
        let all = self.list("accounts").iter().filter_map(|account| account.get("figures")?.as_array()).flatten();
        all.filter_map(what).find(|what| !what.is_empty() && !has.contains(what)).unwrap_or_default()
    }

    /// How an event that lasts stood, oldest first.
    pub(super) fn statuses_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "status", word: "Status", add: "Add a status", first: "from", date: "from" };
        let new = || json!({"is": SpanStatus::InForce.id(), "from": self.text("start")});
        let words: Vec<(&str, &str)> = SpanStatus::ALL.iter().map(|word| (word.id(), word.label())).collect();
        let row = |form: &Self, ui: &mut Ui, row: &Row, out: &mut Vec<Action>| {
            form.choice_ui(ui, row.at("is", &row.path("is")), (&words, ""), out);
            form.date_ui(ui, row.at("from", &row.path("from")), "", out);
            form.date_ui(ui, row.at("until", &row.path("until")), "still so", out);
            form.line_ui(ui, row.at("note", &row.path("note")), "", out);
        };
        self.rows_ui(ui, &rows, (&new, &row), out);
    }

    /// What a place was called in the course of time.
    pub(super) fn dated_names_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "names_by_date", word: "Name", add: "Add a dated name", first: "name", date: "from" };
        let new = || json!({"name": self.text("name"), "from": self.ctx.session.day().to_string()});
        let row = |form: &Self, ui: &mut Ui, row: &Row, out: &mut Vec<Action>| {
            form.line_ui(ui, row.at("name", &row.path("name")), "", out);
            form.thing_ui(ui, row.at("party", &row.path("party")), (Kind::Polity, "All used it"), out);
            form.date_ui(ui, row.at("from", &row.path("from")), "since ever", out);
            form.date_ui(ui, row.at("until", &row.path("until")), "still so", out);
            form.citations_ui(ui, row.at("cite", &row.path("sources")), out);
        };
        self.rows_ui(ui, &rows, (&new, &row), out);
    }

    /// What each party calls a feature. The neutral name stands for all others.
    pub(super) fn party_names_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let names = self.value("names").and_then(Value::as_object);
        for party in names.into_iter().flat_map(Map::keys) {
            let (path, label) = (format!("names/{party}"), Kind::Polity.label(self.ctx, party));
            let (short, of) = (shortened(&label, 12), String::from("Name of the party"));
            self.line_ui(ui, At { label: &short, path: &path, of: &of }, "empty takes it out", out);
        }
        let pick = super::pick::Pick {
            id: self.id("names/-"),
            name: "Add a party's name",
            shown: "",
            hint: "a party that calls it otherwise",
            stamp: self.editing.history.stamp(),
        };
        let taken = super::labelled_ui(ui, self.ctx, "Also called", |ui| {
            super::pick::pick_ui(ui, self.ctx, &pick, &|typed| Kind::Polity.find(self.ctx, typed))
        });
        if let Some(party) = taken.filter(|party| names.is_none_or(|names| !names.contains_key(party))) {
            self.ask_once(self.set(&format!("names/{party}"), self.text("name").into()), out);
        }
    }

    /// Whoever had the last row, else the first party of the document.
    fn likely_holder(&self, list: &str, who: &str) -> String {
        let last = self.list(list).last().and_then(|row| row.get(who)).and_then(Value::as_str).map(str::to_owned);
        last.or_else(|| self.parties().next()).unwrap_or_default()
    }

    /// The first party of the event or document that has no row of its own yet.
    fn next_of(&self, list: &str, who: &str) -> String {
        let has = |party: &String| self.list(list).iter().any(|row| row.get(who).and_then(Value::as_str) == Some(party));
        let own = self.list("parties").iter().filter_map(Value::as_str).map(str::to_owned);
        own.chain(self.parties()).find(|party| !has(party)).unwrap_or_default()
    }

    fn parties(&self) -> impl Iterator<Item = String> {
        self.ctx.document().into_iter().flat_map(|project| &project.parties).map(|party| party.polity.to_string())
    }
}

/// The rows in the order of a date; `None` where they are in order. Rows without one come first.
fn by_date(list: &[Value], key: &str) -> Option<Vec<Value>> {
    let day = |row: &Value| row.get(key).and_then(Value::as_str).and_then(|text| Date::parse(text).ok()).map(|date| date.earliest);
    let mut ordered = list.to_vec();
    ordered.sort_by_key(day);
    (ordered != list).then_some(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_ordered_by_their_dates_and_left_alone_in_order() {
        let rows = [json!({"from": "1951"}), json!({}), json!({"from": "June 1950"})];
        let ordered = by_date(&rows, "from").unwrap();
        assert_eq!(ordered, [rows[1].clone(), rows[2].clone(), rows[0].clone()]);
        assert_eq!(by_date(&ordered, "from"), None);
    }
}
