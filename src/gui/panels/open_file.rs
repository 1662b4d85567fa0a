//! Opening a document by its path: typed, pasted, dropped, or chosen from those opened before.

use egui::{Key, RichText};

use super::{Ctx, welcome::recent_ui};
use crate::{
    gui::{
        actions::Action,
        system::Ask,
        theme::{dialog, font, size},
    },
    scene::Face,
};

/// What is typed.
#[derive(Default)]
pub struct OpenFileState {
    typed: String,
    /// Whether the system's box for files is open.
    pub is_asking: bool,
    /// Whether the system turned out to have no such box.
    pub has_no_box: bool,
}

/// Draws the box over everything.
pub fn open_file_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut OpenFileState, out: &mut Vec<Action>) {
    let modal = dialog("open-file", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(460.0_f32.min(ctx_egui.content_rect().width() - 64.0));
        ui.label(RichText::new("Open a file").font(font(Face::SemiBold, size::HEADING)));
        ui.label(
            RichText::new("A GeoJSON document in the project format, or any of our stories, copied and changed.").color(ctx.palette.quiet),
        );
        ui.add_space(8.0);
        let field = ui.horizontal(|ui| path_ui(ui, state, out)).inner;
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !entered && ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let path = path_of(&state.typed).to_owned();
        if state.has_no_box {
            let text =
                "This system has no box for choosing files that programs may use. Type or paste the path, or drop the file on the window.";
            ui.add(egui::Label::new(RichText::new(text).size(size::SMALL)).wrap());
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let open = ui.add_enabled(!path.is_empty(), egui::Button::new("Open").shortcut_text("Enter")).clicked();
            if (open || entered) && !path.is_empty() {
                out.push(Action::OpenFiles(vec![path.into()]));
                state.typed.clear();
            }
            if ui.button("Cancel").on_hover_text("Closes this box  Esc").clicked() {
                out.push(Action::OpenFileBox(false));
            }
        });
        for path in &ctx.session.recents {
            recent_ui(ui, ctx, path, out);
        }
    });
    if modal.should_close() {
        out.push(Action::OpenFileBox(false));
    }
}

/// The field for the path, and beside it the way to the system's box. Gives the field.
fn path_ui(ui: &mut egui::Ui, state: &mut OpenFileState, out: &mut Vec<Action>) -> egui::Response {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let hint = if state.is_asking { "It is open" } else { "Shows the system's box for choosing files" };
        let browse = ui.add_enabled(!state.is_asking && !state.has_no_box, egui::Button::new("Browse…"));
        if browse.on_hover_text(hint).clicked() {
            out.push(Action::Browse(Ask::Documents));
        }
        let field = ui.add(egui::TextEdit::singleline(&mut state.typed).hint_text("Type or paste its path").desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of the file"));
        field
    })
    .inner
}

/// The path in what was typed: file managers paste it in quotes or as an address.
pub fn path_of(typed: &str) -> &str {
    let text = typed.trim().trim_matches(['"', '\'']);
    text.strip_prefix("file://").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_in_quotes_and_as_addresses() {
        for typed in ["/maps/a.geojson", " \"/maps/a.geojson\" ", "'/maps/a.geojson'", "file:///maps/a.geojson"] {
            assert_eq!(path_of(typed), "/maps/a.geojson");
        }
        assert_eq!(path_of("  "), "");
    }
}
