//! Citing while writing: some letters or `@id`, a list of the sources of the document and of the atlas, Enter cites. Page and quoted words beside it.

use egui::{RichText, Ui, vec2};
use serde_json::{Map, Value, json};

use super::{
    At, FIELD_POINTS, Form,
    field::Written,
    labelled_ui,
    names::best,
    pick::{Choice, Pick, pick_ui},
    sign_button_ui,
};
use crate::{
    edit::Command,
    gui::{
        actions::Action,
        editing::sources_in::item_of,
        panels::top_bar::shortened,
        theme::size,
        words::{line, tip_ui},
    },
    model::{Citation, Source, SourceId},
};

/// The locator's share of the row that it has with the quote, in points.
const LOCATOR_POINTS: f32 = 84.0;

/// A citation as its parts are typed.
struct Parts {
    id: String,
    locator: String,
    quote: String,
}

impl Form<'_> {
    /// What a fact cites, and the field in which to cite more. `at.path` leads to its list `sources`.
    pub(super) fn citations_ui(&self, ui: &mut Ui, at: At, out: &mut Vec<Action>) {
        for (index, item) in self.list(at.path).iter().enumerate() {
            let path = format!("{}/{index}", at.path);
            self.citation_ui(ui, At { path: &path, ..at }, (index, item), out);
        }
        let name = at.name();
        let pick = Pick {
            id: self.id(at.path).with("cite"),
            name: &name,
            shown: "",
            hint: "@ or a few letters",
            stamp: self.editing.history.stamp(),
        };
        let taken = labelled_ui(ui, self.ctx, at.label, |ui| pick_ui(ui, self.ctx, &pick, &|typed| self.citable(typed)));
        if let Some(id) = taken {
            self.cite(at.path, &id, out);
        }
    }

    fn citation_ui(&self, ui: &mut Ui, at: At, (index, item): (usize, &Value), out: &mut Vec<Action>) {
        let parts = Parts::of(item);
        let source = self.source(&parts.id);
        let name = format!("{} {}", at.name(), index + 1);
        labelled_ui(ui, self.ctx, "", |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if sign_button_ui(ui, "×", &format!("Take out {name}")) {
                    self.ask_once(self.set(at.path, Value::Null), out);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let shown = source.map_or_else(|| format!("{} (unknown)", parts.id), Source::line);
                    let text = line(ui, RichText::new(shortened(&shown, 34)).size(size::SMALL));
                    tip_ui(ui.add(egui::Label::new(text).truncate()), || shown);
                });
            });
        });
        labelled_ui(ui, self.ctx, "", |ui| {
            let parts_and = |path: &str, text: &str| self.rewritten(at.path, item, (path, text));
            for (member, label, shown, hint) in
                [("locator", "page", &parts.locator, "p. or art."), ("quote", "quoted words", &parts.quote, "quoted words")]
            {
                let path = format!("{}/{member}", at.path);
                let written = Written { shown, hint, rows: 1, live: true };
                let width = if member == "locator" { LOCATOR_POINTS } else { ui.available_width() };
                ui.allocate_ui(vec2(width, FIELD_POINTS), |ui| {
                    self.bare_ui(ui, At { label, path: &path, of: &name }, &written, &|text| Ok(parts_and(member, text)), out)
                });
            }
        });
    }

    /// The command that gives a citation another part.
    fn rewritten(&self, path: &str, item: &Value, (member, text): (&str, &str)) -> Option<Command> {
        let value = Parts::of(item).with(item, (member, text));
        (value != *item).then(|| self.set(path, value))
    }

    /// A source of the document, else of the atlas.
    fn source(&self, id: &str) -> Option<&Source> {
        let own = self.ctx.document().into_iter().flat_map(|project| &project.sources).find(|source| source.id.as_str() == id);
        own.or_else(|| self.ctx.library.atlas.source(&SourceId::from(id)))
    }

    /// What can be cited: the document's sources before those of the atlas, and, for an id that nobody has, a new source.
    fn citable(&self, typed: &str) -> Vec<Choice> {
        let (sign, typed) = typed.strip_prefix('@').map_or((false, typed.trim()), |rest| (true, rest.trim()));
        if typed.is_empty() && !sign {
            return Vec::new();
        }
        let choice = |source: &Source, detail: &str| {
            let title = source.line();
            (Choice { id: source.id.to_string(), title: title.clone(), detail: detail.to_owned() }, title)
        };
        let own = self.ctx.document().map_or(&[][..], |project| &project.sources);
        let mut found = best(typed, own.iter().map(|source| choice(source, "")));
        if !typed.is_empty() {
            let others = self.ctx.library.atlas.bibliography();
            let is_other = |source: &&&Source| own.iter().all(|own| own.id != source.id);
            found.extend(best(typed, others.iter().filter(is_other).map(|source| choice(source, "from the atlas"))));
        }
        let room = super::pick::LIMIT.saturating_sub(1);
        found.truncate(room);
        let is_word = !typed.is_empty() && !typed.contains(char::is_whitespace);
        if is_word && self.source(typed).is_none() {
            found.push(Choice { id: typed.to_owned(), title: format!("Make the source “{typed}”"), detail: String::new() });
        }
        found
    }

    /// Cites a source. One that the document does not have yet comes into it with the same step.
    fn cite(&self, path: &str, id: &str, out: &mut Vec<Action>) {
        let cite = self.set(&format!("{path}/-"), id.into());
        let is_own = self.ctx.document().is_some_and(|project| project.sources.iter().any(|source| source.id.as_str() == id));
        if is_own {
            return self.ask_once(cite, out);
        }
        let known = self.ctx.library.atlas.bibliography().into_iter().find(|source| source.id.as_str() == id).and_then(item_of);
        if known.is_none() {
            out.push(Action::News(format!("Made the source {id}: say what it is under Sources")));
        }
        let source = known.unwrap_or_else(|| new_source(id));
        let label = format!("citing of {id}");
        self.ask_once(Command::Group { label, commands: vec![Command::AddSource { source }, cite] }, out);
    }
}

/// A source of which nothing is known but its id.
pub(super) fn new_source(id: &str) -> Map<String, Value> {
    Map::from_iter([("id".to_owned(), id.into()), ("type".to_owned(), "document".into())])
}

impl Parts {
    fn of(item: &Value) -> Self {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let written = item.as_str().map_or_else(|| text("id"), str::to_owned);
        let read = Citation::parse(&written);
        let (id, inside) = read.map_or((written, String::new()), |read| (read.source.to_string(), read.locator));
        let locator = match (text("locator"), item.get("page")) {
            (locator, Some(page)) if locator.is_empty() && !page.is_null() => {
                format!("p. {}", page.as_str().map_or_else(|| page.to_string(), str::to_owned))
            }
            (locator, _) if locator.is_empty() => inside,
            (locator, _) => locator,
        };
        Self { id, locator, quote: text("quote") }
    }

    /// The citation with another part: as a plain text as long as it says no more than that can.
    fn with(mut self, item: &Value, (member, text): (&str, &str)) -> Value {
        match member {
            "locator" => self.locator = text.to_owned(),
            _ => self.quote = text.to_owned(),
        }
        let is_plain = item.is_string() && self.quote.is_empty();
        // A text is read up to its last parenthesis, so that a locator may hold some itself.
        match (is_plain, self.locator.is_empty()) {
            (true, true) => self.id.into(),
            (true, false) => format!("{} ({})", self.id, self.locator).into(),
            (false, _) => {
                let mut map = item.as_object().cloned().unwrap_or_default();
                map.insert("id".to_owned(), self.id.into());
                map.shift_remove("page");
                for (key, text) in [("locator", self.locator), ("quote", self.quote)] {
                    if text.is_empty() { drop(map.shift_remove(key)) } else { drop(map.insert(key.to_owned(), json!(text))) }
                }
                Value::Object(map)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_as_plain_as_what_it_says() {
        let with = |item: Value, member: &str, text: &str| Parts::of(&item).with(&item, (member, text));
        assert_eq!(with(json!("a-1950"), "locator", "p. 3 (b)"), json!("a-1950 (p. 3 (b))"));
        assert_eq!(with(json!("a-1950 (p. 3)"), "locator", ""), json!("a-1950"));
        assert_eq!(with(json!("a-1950 (p. 3)"), "quote", "words"), json!({"id": "a-1950", "locator": "p. 3", "quote": "words"}));
        let noted = json!({"id": "a", "page": 12, "note": "in translation"});
        assert_eq!(Parts::of(&noted).locator, "p. 12");
        assert_eq!(with(noted, "quote", "x"), json!({"id": "a", "note": "in translation", "locator": "p. 12", "quote": "x"}));
    }
}
