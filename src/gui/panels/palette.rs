//! The palette: every action of the table by its name.

use egui::Key;

use super::Ctx;
use crate::gui::{
    actions::{Action, Entry, TABLE, shortcut_text},
    theme::dialog,
};

/// What the bar at the side of the list takes, in points.
const SCROLLBAR_POINTS: f32 = 12.0;

/// What is typed into the palette, and which row is chosen.
#[derive(Default)]
pub struct PaletteState {
    typed: String,
    chosen: usize,
}

/// Draws the palette over everything.
pub fn palette_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut PaletteState, out: &mut Vec<Action>) {
    let response = dialog("palette", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(420.0);
        let field = ui.add(egui::TextEdit::singleline(&mut state.typed).hint_text("What do you want to do?").desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find an action"));
        field.request_focus();
        if field.changed() {
            state.chosen = 0;
        }
        let rows: Vec<_> = matching(&state.typed).into_iter().filter(|entry| entry.applies(ctx.session)).collect();
        let (down, up, enter) =
            ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp), input.key_pressed(Key::Enter)));
        state.chosen = (state.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(rows.len().saturating_sub(1));
        let mut taken = enter.then_some(state.chosen);
        ui.add_space(4.0);
        egui::ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
            ui.set_width(ui.available_width() - SCROLLBAR_POINTS);
            for (position, entry) in rows.iter().enumerate() {
                let row = row_ui(ui, entry, position == state.chosen);
                if (down || up || field.changed()) && position == state.chosen {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    taken = Some(position);
                }
            }
        });
        taken.and_then(|position| rows.get(position).map(|entry| entry.make))
    });
    if let Some(make) = response.inner {
        out.extend([Action::TogglePalette, make()]);
        *state = PaletteState::default();
    } else if response.should_close() {
        out.push(Action::TogglePalette);
        *state = PaletteState::default();
    }
}

/// A row as wide as the list: what it does, and its key.
fn row_ui(ui: &mut egui::Ui, entry: &Entry, is_chosen: bool) -> egui::Response {
    let keys = entry.keys.first().map_or_else(String::new, shortcut_text);
    let row = egui::Button::selectable(is_chosen, entry.label).min_size(egui::vec2(ui.available_width(), 28.0)).shortcut_text(keys);
    let response = ui.add(row).on_hover_text(entry.hint);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, entry.label));
    response
}

/// The rows whose label or hint holds every word typed, labels first.
fn matching(typed: &str) -> Vec<&'static Entry> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let holds = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word));
    let (first, second): (Vec<_>, Vec<_>) =
        TABLE.iter().filter(|entry| holds(&format!("{} {}", entry.label, entry.hint))).partition(|entry| holds(entry.label));
    first.into_iter().chain(second).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_own_label() {
        for entry in TABLE {
            assert!(matching(entry.label).iter().any(|row| row.label == entry.label), "{}", entry.label);
        }
        assert!(matching("no such words at all").is_empty());
    }
}
