//! The form of a feature: what all kinds have, and what a region, line, event or place has besides.

use egui::Ui;

use super::{At, Form, Target, field::Written, names::Kind, part_ui};
use crate::{
    edit::Command,
    gui::{actions::Action, panels::Ctx},
    model::borders::LineClass,
};

/// The classes that a line of a document can have.
const CLASSES: [(&str, LineClass); 7] = [
    ("agreed", LineClass::Agreed),
    ("de-facto", LineClass::DeFacto),
    ("claimed", LineClass::Claimed),
    ("ceasefire", LineClass::Ceasefire),
    ("breakaway", LineClass::Breakaway),
    ("internal", LineClass::Internal),
    ("road", LineClass::Road),
];

/// The form of the selected feature, where it belongs to a document that can be changed; says whether there was one.
pub fn feature_form_ui(ui: &mut Ui, ctx: &Ctx, out: &mut Vec<Action>) -> bool {
    let Some((document, id)) = ctx.session.selection.as_ref().and_then(|selection| ctx.library.id_of(selection)) else { return false };
    if ctx.session.document != Some(document) {
        return false;
    }
    let Some(form) = Form::open(ui, ctx, Target::Feature(id.to_owned())) else { return false };
    if reads_ui(ui) {
        return false;
    }
    ui.spacing_mut().item_spacing.y = 4.0;
    // Of a text the name is what the map says.
    let name = if matches!(form.text("kind"), "text" | "callout") { "Words" } else { "Name" };
    form.line_ui(ui, At::new(name, "name"), "the neutral form", out);
    form.party_names_ui(ui, out);
    match form.text("kind") {
        "event" => form.event_ui(ui, out),
        "region" => form.region_ui(ui, out),
        "line" => form.line_feature_ui(ui, out),
        "arrow" | "text" | "callout" => form.annotation_ui(ui, out),
        _ => form.place_ui(ui, out),
    }
    form.rest_ui(ui, id, out);
    true
}

/// Whether the feature is to be read as the audience would, not written.
fn reads_ui(ui: &mut Ui) -> bool {
    let slot = egui::Id::unique("features are read");
    let mut reads: bool = ui.data(|data| data.get_temp(slot)).unwrap_or(false);
    ui.horizontal(|ui| {
        for (is_read, label, hint) in [(false, "Write", "The form of what is selected"), (true, "Read", "What is selected, as it is told")]
        {
            if ui.selectable_label(reads == is_read, label).on_hover_text(hint).clicked() {
                reads = is_read;
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(slot, reads));
    reads
}

impl Form<'_> {
    fn region_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.dates_ui(ui, ("since ever", "still so"), out);
        self.words_ui(ui, At::new("Text", "text"), "what there is to say", out);
        part_ui(ui, "Control", true, |ui| self.control_ui(ui, out));
        part_ui(ui, "Claims", true, |ui| self.claims_ui(ui, out));
        self.sources_part_ui(ui, out);
        part_ui(ui, "Shape", false, |ui| {
            self.precision_ui(ui, out);
            self.line_ui(ui, At::new("Subject", "subject"), "shapes of one thing share it", out);
        });
    }

    fn line_feature_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let classes: Vec<(&str, &str)> = CLASSES.iter().map(|(id, class)| (*id, class.label())).collect();
        self.choice_ui(ui, At::new("Class", "class"), (&classes, ""), out);
        self.thing_ui(ui, At::new("Claimant", "claimant"), (Kind::Polity, "Nobody's claim"), out);
        self.dates_ui(ui, ("since ever", "still so"), out);
        self.words_ui(ui, At::new("Text", "text"), "what there is to say", out);
        self.sources_part_ui(ui, out);
        part_ui(ui, "Shape", false, |ui| {
            self.precision_ui(ui, out);
            self.line_ui(ui, At::new("Subject", "subject"), "shapes of one thing share it", out);
        });
    }

    fn annotation_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.thing_ui(ui, At::new("Colour of", "party"), (Kind::Polity, "Nobody: that of the names"), out);
        self.dates_ui(ui, ("since ever", "still so"), out);
        self.words_ui(ui, At::new("Text", "text"), "what there is to say", out);
        if self.text("kind") == "arrow" {
            self.precision_ui(ui, out);
        }
        self.sources_part_ui(ui, out);
    }

    fn place_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.dates_ui(ui, ("since ever", "still so"), out);
        self.words_ui(ui, At::new("Text", "text"), "what there is to say", out);
        self.precision_ui(ui, out);
        part_ui(ui, "Names through time", true, |ui| self.dated_names_ui(ui, out));
        self.sources_part_ui(ui, out);
    }

    /// Start and end, with what empty ones mean.
    pub(super) fn dates_ui(&self, ui: &mut Ui, (no_start, no_end): (&str, &str), out: &mut Vec<Action>) {
        self.date_ui(ui, At::new("Start", "start"), no_start, out);
        self.date_ui(ui, At::new("End", "end"), no_end, out);
    }

    pub(super) fn precision_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.number_ui(ui, At::new("Within km", "precision_km"), (0.0, 5000.0), out);
    }

    pub(super) fn sources_part_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        part_ui(ui, "Sources", true, |ui| self.citations_ui(ui, At::new("Cite", "sources"), out));
    }

    /// What is seldom changed: the note, the layer, the id.
    fn rest_ui(&self, ui: &mut Ui, id: &str, out: &mut Vec<Action>) {
        part_ui(ui, "Note, layer, id", false, |ui| {
            self.words_ui(ui, At::new("Note", "note"), "what is uncertain", out);
            let layers =
                self.editing.history.document().header().get("layers").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
            let text =
                |layer: &serde_json::Value, key: &str| layer.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            let layers: Vec<(String, String)> = layers.iter().map(|layer| (text(layer, "id"), text(layer, "name"))).collect();
            let words: Vec<(&str, &str)> =
                layers.iter().map(|(id, name)| (id.as_str(), if name.is_empty() { id.as_str() } else { name })).collect();
            if !words.is_empty() {
                self.choice_ui(ui, At::new("Layer", "layer"), (&words, "none"), out);
            }
            let written = Written { shown: id, hint: "", rows: 1, live: false };
            let rename = |to: &str| Ok((to.trim() != id).then(|| Command::Rename { id: id.to_owned(), to: to.trim().to_owned() }));
            self.written_ui(ui, At::new("Id", "id"), &written, &rename, out);
        });
    }
}
