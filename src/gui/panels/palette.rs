//! The palette: every action of the table by its name.

use egui::{Key, RichText};

use super::Ctx;
use crate::gui::{
    actions::{Action, Entry, TABLE, shortcut_text},
    theme::{dialog, size},
};

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
        egui::ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
            for (position, entry) in rows.iter().enumerate() {
                if row_ui(ui, ctx, entry, position == state.chosen) {
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

fn row_ui(ui: &mut egui::Ui, ctx: &Ctx, entry: &Entry, is_chosen: bool) -> bool {
    ui.horizontal(|ui| {
        let clicked = ui.selectable_label(is_chosen, entry.label).on_hover_text(entry.hint).clicked();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let keys = entry.keys.first().map_or_else(String::new, shortcut_text);
            ui.label(RichText::new(keys).size(size::SMALL).color(ctx.palette.quiet));
        });
        clicked
    })
    .inner
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
