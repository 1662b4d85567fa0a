//! The form of the document itself: title, summary, who has a part in it, what it opens with, its layers.

use egui::{RichText, Ui};
use serde_json::{Value, json};

use super::{At, Form, Target, names::Kind, part_ui, rows::Rows};
use crate::{
    edit::Command,
    gui::{
        actions::Action,
        panels::{Ctx, action_button_ui, layers::heading_ui},
        theme::size,
        words::words_ui,
    },
    model::project::Opening,
};

/// What parts somebody can have in a dispute.
const ROLES: [(&str, &str); 4] =
    [("party", "Party to the dispute"), ("third-party", "Third party"), ("mediator", "Mediator"), ("guarantor", "Guarantor")];

/// The panel about the shown document.
pub fn document_panel_ui(ui: &mut Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        heading_ui(ui, "Document");
        match Form::open(ui, ctx, Target::Document) {
            Some(form) => form.document_ui(ui, out),
            None => read_only_ui(ui, ctx, out),
        }
    });
}

fn read_only_ui(ui: &mut Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let quiet = |text: &str| RichText::new(text).size(size::SMALL).color(ctx.palette.quiet);
    let Some(project) = ctx.document() else {
        ui.label(quiet("No story is open. Make a new one, or open one."));
        action_button_ui(ui, "New document", "New document", out);
        return;
    };
    words_ui(ui, &project.title);
    words_ui(ui, quiet(&project.summary));
    match ctx.editing().and_then(|editing| editing.read_only.as_deref()) {
        Some(why) => drop(ui.label(quiet(why))),
        None => {
            ui.label(quiet("A built-in story cannot be changed. A copy of it can."));
            action_button_ui(ui, "Make a copy", "Copy of the story", out);
        }
    }
}

impl Form<'_> {
    fn document_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        self.line_ui(ui, At::new("Title", "title"), "what it is about", out);
        self.words_ui(ui, At::new("Summary", "summary"), "what is disputed, by whom, since when", out);
        self.dates_ui(ui, ("when the dispute began", "still open"), out);
        part_ui(ui, "Parties", true, |ui| self.party_rows_ui(ui, out));
        part_ui(ui, "What it tells about", true, |ui| {
            self.things_ui(ui, At::new("Disputes", "disputes"), (Kind::Dispute, "add a disputed area"), out);
            self.things_ui(ui, At::new("Alliances", "alliances"), (Kind::Alliance, "add an alliance"), out);
            self.things_ui(ui, At::new("Views", "views"), (Kind::View, "add a point of view"), out);
        });
        part_ui(ui, "What it opens with", true, |ui| self.opening_ui(ui, out));
        part_ui(ui, "Layers", false, |ui| self.layer_rows_ui(ui, out));
    }

    fn party_rows_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "parties", word: "Party", add: "Add a party", first: "polity", date: "" };
        self.rows_ui(
            ui,
            &rows,
            (&|| json!({"polity": "", "role": "party"}), &|form, ui, row, out| {
                form.thing_ui(ui, row.at("who", &row.path("polity")), (Kind::Polity, ""), out);
                form.choice_ui(ui, row.at("role", &row.path("role")), (&ROLES, ""), out);
                form.line_ui(ui, row.at("note", &row.path("note")), "", out);
            }),
            out,
        );
    }

    /// What is seen first, and the button that takes over what is seen now.
    fn opening_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        if let Some(project) = self.ctx.document() {
            let note = RichText::new(opening_words(self.ctx, &project.opening)).size(size::SMALL).color(self.ctx.palette.quiet);
            words_ui(ui, note);
        }
        if ui.button("Use what is shown now").on_hover_text("Place, date, point of view, projection and alliances").clicked() {
            let label = "what the document opens with".to_owned();
            self.ask_once(Command::Group { label, commands: vec![self.set("view", self.shown_now())] }, out);
        }
    }

    /// What is shown, as the member `view` has it; members that we do not know stay.
    fn shown_now(&self) -> Value {
        let session = self.ctx.session;
        let seen = session.camera.visible_lonlat();
        let round = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
        let mut view = self.value("view").and_then(Value::as_object).cloned().unwrap_or_default();
        view.insert("date".to_owned(), session.day().to_string().into());
        view.insert("bbox".to_owned(), [seen.west, seen.south, seen.east, seen.north].map(round).to_vec().into());
        view.insert("projection".to_owned(), session.camera.projection.id().into());
        view.insert("point_of_view".to_owned(), session.view.id().into());
        view.insert("alliances".to_owned(), session.look.alliances.iter().map(|id| id.as_str()).collect::<Vec<_>>().into());
        Value::Object(view)
    }

    fn layer_rows_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let rows = Rows { path: "layers", word: "Layer", add: "Add a layer", first: "name", date: "" };
        let ids: Vec<&str> = self.list("layers").iter().filter_map(|layer| layer.get("id")?.as_str()).collect();
        let free = (1..).map(|number| format!("layer-{number}")).find(|id| !ids.contains(&id.as_str())).unwrap_or_default();
        self.rows_ui(
            ui,
            &rows,
            (&|| json!({"id": free, "name": "New layer"}), &|form, ui, row, out| {
                form.line_ui(ui, row.at("name", &row.path("name")), "", out);
                form.flag_ui(ui, row.at("Locked: nothing in it can be changed", &row.path("locked")), out);
                form.hidden_ui(ui, row.at("Hidden: not drawn on the map or in exports", &row.path("visible")), out);
            }),
            out,
        );
    }
}

fn opening_words(ctx: &Ctx, opening: &Opening) -> String {
    let place = opening.bbox.map_or_else(
        || "the whole world".to_owned(),
        |bbox| format!("{:.1}° to {:.1}° east, {:.1}° to {:.1}° north", bbox.west, bbox.east, bbox.south, bbox.north),
    );
    let view = crate::gui::panels::top_bar::view_label(ctx, &opening.view);
    let day = opening.day.map_or_else(|| "no date of its own".to_owned(), |day| day.label());
    format!("{day} · {} · {view} · {place}", opening.projection.label())
}
