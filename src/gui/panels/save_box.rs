//! Saving under a name: typed, or chosen in the system's box; and whether to replace what is there.

use std::path::{Path, PathBuf};

use egui::{Key, RichText};

use super::{Ctx, open_file::path_of};
use crate::{
    gui::{
        actions::Action,
        keeping::{DocumentKey, KeepAction, KeepBox},
        system::Ask,
        theme::{dialog, font, size},
        words::words_ui,
    },
    scene::Face,
};

/// What is typed.
#[derive(Default)]
pub struct SaveBoxState {
    typed: String,
    /// Whether the system's box for files is open.
    pub is_asking: bool,
    /// Whether the system turned out to have no such box.
    pub has_no_box: bool,
}

impl SaveBoxState {
    /// Begins with a path.
    pub fn begin(&mut self, path: &Path) {
        self.typed = path.display().to_string();
    }

    /// Where to save: what is typed, with the usual ending where it has none. `None` while nothing is typed.
    fn path(&self) -> Option<PathBuf> {
        let typed = path_of(&self.typed);
        let path = PathBuf::from(typed);
        let has_name = !typed.is_empty() && !typed.ends_with(['/', std::path::MAIN_SEPARATOR]);
        has_name.then(|| if path.extension().is_some() { path } else { path.with_extension("geojson") })
    }
}

/// Draws the box that asks for a name.
pub fn save_as_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut SaveBoxState, (key, why): (DocumentKey, &str), out: &mut Vec<Action>) {
    let modal = dialog("save-as", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(560.0_f32.min(ctx_egui.content_rect().width() - 64.0));
        ui.label(RichText::new("Save as").font(font(Face::SemiBold, size::HEADING)));
        let text = if why.is_empty() { "One GeoJSON file that any program can open. Earlier versions stay beside it." } else { why };
        words_ui(ui, RichText::new(text).color(if why.is_empty() { ctx.palette.quiet } else { ctx.palette.ink }));
        ui.add_space(8.0);
        let field = ui.horizontal(|ui| path_ui(ui, state, key, out)).inner;
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !entered && ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        if state.has_no_box {
            let text = "This system has no box for choosing files that programs may use. Type or paste the whole path.";
            ui.add(egui::Label::new(RichText::new(text).size(size::SMALL)).wrap());
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let path = state.path();
            let save = ui.add_enabled(path.is_some(), egui::Button::new("Save").shortcut_text("Enter")).clicked();
            if let Some(path) = path.filter(|_| save || entered) {
                out.push(Action::Keep(KeepAction::SaveAt { key, path, replace: false }));
            }
            if ui.button("Cancel").on_hover_text("Closes this box  Esc").clicked() {
                out.push(Action::Keep(KeepAction::Dismiss));
            }
        });
    });
    if modal.should_close() {
        out.push(Action::Keep(KeepAction::Dismiss));
    }
}

/// The field for the path, and beside it the way to the system's box. Gives the field.
fn path_ui(ui: &mut egui::Ui, state: &mut SaveBoxState, key: DocumentKey, out: &mut Vec<Action>) -> egui::Response {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let hint = if state.is_asking { "It is open" } else { "Shows the system's box for saving files" };
        let browse = ui.add_enabled(!state.is_asking && !state.has_no_box, egui::Button::new("Browse…"));
        if browse.on_hover_text(hint).clicked() {
            out.push(Action::Browse(Ask::Save(key, state.path().unwrap_or_default())));
        }
        let field = ui.add(egui::TextEdit::singleline(&mut state.typed).hint_text("Type or paste its path").desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path to save under"));
        field
    })
    .inner
}

/// Draws the box that asks whether to replace a file. Enter is not enough for that: it leads back to the name.
pub fn replace_ui(ctx_egui: &egui::Context, ctx: &Ctx, key: DocumentKey, path: &Path, out: &mut Vec<Action>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let modal = dialog("replace", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(460.0_f32.min(ctx_egui.content_rect().width() - 64.0));
        words_ui(ui, RichText::new(format!("Replace {name}?")).font(font(Face::SemiBold, size::HEADING)));
        let text =
            format!("There is a file of that name in {} already. Its content is kept beside it as an earlier version.", folder_of(path));
        words_ui(ui, RichText::new(text).color(ctx.palette.quiet));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let other = ui.add(egui::Button::new("Another name").shortcut_text("Enter"));
            if ui.memory(|memory| memory.focused().is_none()) {
                other.request_focus();
            }
            if other.clicked() {
                out.push(Action::Keep(KeepAction::SaveAs));
            }
            let pressed = ui.input(|input| input.key_pressed(Key::R));
            if ui.add(egui::Button::new("Replace").shortcut_text("R")).clicked() || pressed {
                out.push(Action::Keep(KeepAction::SaveAt { key, path: path.to_owned(), replace: true }));
            }
            if ui.button("Cancel").on_hover_text("Saves nothing  Esc").clicked() {
                out.push(Action::Keep(KeepAction::Dismiss));
            }
        });
    });
    if modal.should_close() {
        out.push(Action::Keep(KeepAction::Dismiss));
    }
}

fn folder_of(path: &Path) -> String {
    path.parent().map_or_else(String::new, |folder| folder.display().to_string())
}

/// Whether one of the boxes of this file is asked for, and which.
pub fn boxes_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut SaveBoxState, out: &mut Vec<Action>) {
    match &ctx.session.keep_box {
        Some(KeepBox::SaveAs { key, why }) => save_as_ui(ctx_egui, ctx, state, (*key, why), out),
        Some(KeepBox::Replace { key, path }) => replace_ui(ctx_egui, ctx, *key, path, out),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_ending_gets_the_usual_one() {
        let path = |typed: &str| SaveBoxState { typed: typed.to_owned(), ..SaveBoxState::default() }.path();
        assert_eq!(path("/maps/war"), Some("/maps/war.geojson".into()));
        assert_eq!(path(" '/maps/war.json' "), Some("/maps/war.json".into()));
        assert_eq!((path(" "), path("/maps/")), (None, None));
    }
}
