//! The forms in which a document is written: fields that show what it says, take what is typed, and say in words what it will not take.
//! A field pushes commands and changes nothing itself; everything typed in it in one go is one step of undo.

mod chips;
mod cite;
mod document;
mod draft;
mod event;
mod feature;
mod field;
mod marking;
mod marks;
mod names;
mod pick;
mod pictures;
mod rows;
mod scenes;
mod source_form;
mod sources;
mod styled_list;
mod value;

use std::{hash::Hash, sync::Arc};

use egui::{Id, Rect, RichText, Sense, Ui, vec2};
use serde_json::{Map, Value};

pub use document::document_panel_ui;
pub use feature::feature_form_ui;
pub use scenes::scenes_panel_ui;
pub use sources::{show_source, sources_panel_ui};

use super::Editing;
use crate::{
    edit::{Command, path},
    gui::{
        actions::Action,
        app::EditAction,
        panels::Ctx,
        theme::{font, size},
        words::words_ui,
    },
    scene::Face,
};

/// How wide the column of labels is, in points.
const LABEL_POINTS: f32 = 80.0;
/// How high a field of one line is, in points.
const FIELD_POINTS: f32 = 24.0;

/// Whose fields a form has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Target {
    /// A feature's, by its id.
    Feature(String),
    /// The document's own.
    Document,
    /// A source's, by its id.
    Source(String),
}

/// A form as it is drawn in one frame.
struct Form<'a> {
    ctx: &'a Ctx<'a>,
    editing: &'a Editing,
    target: Target,
    /// What the document says of the target now.
    values: Arc<Map<String, Value>>,
}

/// A field: its label, what it changes, and what it belongs to, where a form has several of its kind (`Control 1`).
#[derive(Clone, Copy, Debug)]
struct At<'a> {
    label: &'a str,
    path: &'a str,
    of: &'a str,
}

impl<'a> At<'a> {
    fn new(label: &'a str, path: &'a str) -> Self {
        Self { label, path, of: "" }
    }

    /// What a person who does not see the form hears.
    fn name(&self) -> String {
        if self.of.is_empty() { self.label.to_owned() } else { format!("{}: {}", self.of, self.label) }
    }
}

/// What is kept from frame to frame, so that no JSON is read twice.
#[derive(Clone)]
struct Kept {
    stamp: u64,
    target: Target,
    values: Arc<Map<String, Value>>,
}

impl<'a> Form<'a> {
    /// The form of a target; `None` where the document cannot be changed or does not have it.
    fn open(ui: &Ui, ctx: &'a Ctx<'a>, target: Target) -> Option<Self> {
        let editing = ctx.editing().filter(|editing| editing.read_only.is_none())?;
        let (slot, stamp) = (Id::unique(("values of a form", std::mem::discriminant(&target))), editing.history.stamp());
        let kept = ui.data(|data| data.get_temp::<Kept>(slot)).filter(|kept| kept.stamp == stamp && kept.target == target);
        let values = match kept {
            Some(kept) => kept.values,
            None => {
                let values = Arc::new(values_of(editing, &target)?);
                ui.data_mut(|data| data.insert_temp(slot, Kept { stamp, target: target.clone(), values: values.clone() }));
                values
            }
        };
        Some(Self { ctx, editing, target, values })
    }

    /// The field's own id, the same as long as the form shows the same thing.
    fn id(&self, path: &str) -> Id {
        Id::unique(("field of a form", &self.target, path))
    }

    /// What stands at a path.
    fn value(&self, path: &str) -> Option<&Value> {
        let mut keys = path.split('/');
        let first = self.values.get(keys.next()?)?;
        keys.try_fold(first, |value, key| match value {
            Value::Object(map) => map.get(key),
            Value::Array(list) => list.get(key.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The text at a path; empty where there is none.
    fn text(&self, path: &str) -> &str {
        self.value(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The list at a path; empty where there is none.
    fn list(&self, path: &str) -> &[Value] {
        self.value(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The command that puts a value at a path; `null` takes it away.
    fn set(&self, path: &str, value: Value) -> Command {
        match &self.target {
            Target::Feature(id) => Command::Set { id: id.as_str().into(), path: path.to_owned(), value },
            Target::Document => Command::SetDocument { path: path.to_owned(), value },
            Target::Source(id) => {
                let mut source = (*self.values).clone();
                // A path of our own forms leads through a source as it was read.
                let _ = path::set(&mut source, path, value);
                Command::SetSource { id: id.clone(), source }
            }
        }
    }

    /// The command that makes a path hold a text; `None` where it does. An empty text takes the member away.
    fn set_text(&self, path: &str, text: &str) -> Option<Command> {
        match (self.value(path), text) {
            (None, "") => None,
            (Some(Value::String(now)), text) if now == text => None,
            (Some(_), "") => Some(self.set(path, Value::Null)),
            (_, text) => Some(self.set(path, text.into())),
        }
    }

    /// Asks for a change, if the document would take it.
    fn ask(&self, command: Command, gesture: u64, out: &mut Vec<Action>) -> Result<(), String> {
        self.editing.history.check(&command).map_err(|refusal| sentence(&refusal.to_string()))?;
        out.push(Action::Edit(EditAction::Apply(Box::new(command), Some(gesture))));
        Ok(())
    }

    /// Asks for a change that is one step by itself; what is refused is told beside the map.
    fn ask_once(&self, command: Command, out: &mut Vec<Action>) {
        out.push(Action::Edit(EditAction::Apply(Box::new(command), None)));
    }
}

fn values_of(editing: &Editing, target: &Target) -> Option<Map<String, Value>> {
    let document = editing.history.document();
    match target {
        Target::Feature(id) => Some(document.feature(id)?.properties()),
        Target::Document => {
            Some(document.header().iter().filter(|(key, _)| *key != "sources").map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        Target::Source(id) => {
            let is_it = |source: &&Value| source.get("id").and_then(Value::as_str) == Some(id);
            document.header().get("sources")?.as_array()?.iter().find(is_it)?.as_object().cloned()
        }
    }
}

/// A field with its label at the left.
fn labelled_ui<T>(ui: &mut Ui, ctx: &Ctx, label: &str, add: impl FnOnce(&mut Ui) -> T) -> T {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL_POINTS, FIELD_POINTS), Sense::hover());
        label_at(ui, rect, ctx, label);
        add(ui)
    })
    .inner
}

/// Paints a label; the field beside it carries its words for those who do not see it.
fn label_at(ui: &Ui, rect: Rect, ctx: &Ctx, label: &str) {
    ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, label, font(Face::Regular, size::SMALL), ctx.palette.quiet);
}

/// A line under a field, in the column of the fields.
fn note_ui(ui: &mut Ui, note: &str, color: egui::Color32) {
    if note.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(LABEL_POINTS + 4.0);
        ui.vertical(|ui| words_ui(ui, RichText::new(note).size(size::SMALL).color(color)));
    });
}

/// A part of a form that folds.
fn part_ui(ui: &mut Ui, heading: &str, is_open: bool, add: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    let title = RichText::new(heading).font(font(Face::SemiBold, size::BODY));
    egui::CollapsingHeader::new(title).id_salt(("part of a form", heading)).default_open(is_open).show_unindented(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        add(ui);
    });
}

/// A small button with a sign, named for those who do not see it.
fn sign_button_ui(ui: &mut Ui, sign: &str, name: &str) -> bool {
    let button = egui::Button::new(RichText::new(sign).size(size::SMALL)).min_size(vec2(FIELD_POINTS, FIELD_POINTS));
    ui.add(button).on_hover_text(name).accessible_name(name).clicked()
}

/// A refusal as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
