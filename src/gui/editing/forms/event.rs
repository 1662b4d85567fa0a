//! What the form of an event has besides: kind, importance, confidence, place, parties, accounts, pictures.

use egui::{ComboBox, RichText, Sense, Ui, vec2};
use serde_json::Value;

use super::{At, Form, labelled_ui, names::Kind, part_ui};
use crate::{
    gui::{actions::Action, paint::items::paint_items, theme::size},
    model::{
        EventKind,
        event::EventFamily,
        event_status::{Confidence, Ending},
    },
    scene::{Item, Style},
};

/// How important an event is: the number, and what it is called.
const RANKS: [(i64, &str, &str); 3] =
    [(1, "1", "Importance 1: a turning point"), (2, "2", "Importance 2"), (3, "3", "Importance 3: a detail")];
/// How large the symbol of a kind is in the list, in points.
const SYMBOL_POINTS: f32 = 16.0;

impl Form<'_> {
    pub(super) fn event_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.kind_ui(ui, out);
        self.dates_ui(ui, ("", "a moment; .. goes on"), out);
        self.line_ui(ui, At::new("Place", "place"), "what the place is called", out);
        self.precision_ui(ui, out);
        self.words_ui(ui, At::new("Text", "text"), "so that either side's historian would accept it", out);
        self.importance_ui(ui, out);
        let words: Vec<(&str, &str)> = Confidence::ALL.iter().map(|word| (word.id(), word.label())).collect();
        self.choice_ui(ui, At::new("Confidence", "confidence"), (&words, "not said"), out);
        self.things_ui(ui, At::new("Parties", "parties"), (Kind::Polity, "add a party"), out);
        self.thing_ui(ui, At::new("Dispute", "dispute"), (Kind::Dispute, "Of no dispute"), out);
        self.sources_part_ui(ui, out);
        part_ui(ui, "Accounts", true, |ui| self.accounts_ui(ui, out));
        part_ui(ui, "Pictures", true, |ui| self.pictures_ui(ui, out));
        let has = |path: &str| !self.list(path).is_empty();
        part_ui(ui, "Tags and links", has("tags") || has("links"), |ui| {
            self.word_list_ui(ui, At::new("Tags", "tags"), ("a word, Enter adds it", &|_| Ok(())), out);
            self.word_list_ui(ui, At::new("Links", "links"), ("https://", &web_address), out);
        });
        part_ui(ui, "How it went on", has("status"), |ui| {
            self.statuses_ui(ui, out);
            let words: Vec<(&str, &str)> = Ending::ALL.iter().map(|word| (word.id(), word.label())).collect();
            self.choice_ui(ui, At::new("Ended by", "ended_by"), (&words, "not said"), out);
        });
    }

    /// The kinds under the headings of their families, each with its symbol.
    fn kind_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let now = EventKind::from_id(self.text("event"));
        let style = Style::new(self.ctx.session.look.theme);
        let chosen = labelled_ui(ui, self.ctx, "Kind", |ui| {
            let mut chosen = None;
            if let Some(kind) = now {
                symbol_ui(ui, kind, &style);
            }
            let width = ui.available_width() - 8.0;
            let shown = now.map_or("", |kind| kind.label());
            let list = ComboBox::from_id_salt(self.id("event")).selected_text(shown).width(width).height(420.0).truncate();
            let shown = list.show_ui(ui, |ui| {
                for family in EventFamily::ALL {
                    ui.label(RichText::new(family.label()).size(size::SMALL).color(self.ctx.palette.quiet));
                    for kind in EventKind::ALL.iter().filter(|kind| kind.family() == family) {
                        ui.horizontal(|ui| {
                            symbol_ui(ui, *kind, &style);
                            if ui.selectable_label(now == Some(*kind), kind.label()).clicked() {
                                chosen = Some(*kind);
                                ui.close();
                            }
                        });
                    }
                }
            });
            shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Kind"));
            chosen
        });
        if let Some(command) = chosen.and_then(|kind| self.set_text("event", kind.id())) {
            self.ask_once(command, out);
        }
    }

    fn importance_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let now = self.value("importance").and_then(Value::as_i64).unwrap_or(2);
        labelled_ui(ui, self.ctx, "Importance", |ui| {
            for (rank, label, name) in RANKS {
                let button = ui.add(egui::Button::selectable(now == rank, label).min_size(vec2(36.0, super::FIELD_POINTS)));
                if button.on_hover_text(name).accessible_name(name).clicked() && now != rank {
                    self.ask_once(self.set("importance", rank.into()), out);
                }
            }
        });
    }
}

/// The symbol of a kind, as the map has it.
fn symbol_ui(ui: &mut Ui, kind: EventKind, style: &Style) {
    let (rect, _) = ui.allocate_exact_size(vec2(SYMBOL_POINTS + 4.0, super::FIELD_POINTS), Sense::hover());
    let (family, at) = (kind.family(), rect.center());
    let symbol =
        Item::Symbol { at: [at.x, at.y], size_points: SYMBOL_POINTS, family, kind, color: style.family(family), opacity: 1.0, event: None };
    let window = egui::Rect::from_min_max(egui::Pos2::ZERO, rect.max);
    paint_items(ui.painter(), window, &[symbol]);
}

fn web_address(text: &str) -> Result<(), String> {
    let is_of_the_web = ["https://", "http://"].iter().any(|start| text.strip_prefix(start).is_some_and(|rest| rest.contains('.')));
    if is_of_the_web && !text.contains(char::is_whitespace) { Ok(()) } else { Err("A link begins with https:// or http://.".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        assert!(web_address("https://un.org/a").is_ok() && web_address("http://un.org").is_ok());
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "un.org", "https://", "https://un.org two"] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }
}
