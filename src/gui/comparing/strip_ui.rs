//! The strip along the lower edge of the map while two dates or views are compared: how they are shown, what is kept, and the end.

use egui::{Align2, Pos2, RichText, vec2};

use super::{CompareStep, Comparing, Layout};
use crate::{
    gui::{
        actions::{Action, key_text},
        panels::{Ctx, top_bar},
        session::Panel,
        theme::{self, font, size},
        words::line,
    },
    scene::Face,
    time::Date,
};

/// What is typed into the field for the first date.
#[derive(Clone, Debug, Default)]
pub struct StripState {
    typed: String,
    is_wrong: bool,
}

/// Draws the strip with the middle of its lower edge at a place. Gives the box that it covers.
pub fn strip_ui(egui_ctx: &egui::Context, ctx: &Ctx, state: &mut StripState, middle: Pos2, out: &mut Vec<Action>) -> Option<egui::Rect> {
    let comparing = ctx.session.comparing.as_ref()?;
    let area = egui::Area::new(egui::Id::unique("compare-strip")).pivot(Align2::CENTER_BOTTOM).fixed_pos(middle).order(egui::Order::Middle);
    let shown = area.show(egui_ctx, |ui| {
        theme::overlay_frame(ctx.palette).inner_margin(egui::Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.horizontal(|ui| {
                layouts_ui(ui, comparing, out);
                ui.separator();
                kept_ui(ui, ctx, comparing, state, out);
                if ui.button("Swap").on_hover_text(format!("Makes the first side the second  {}", key_text("Swap the two sides"))).clicked()
                {
                    out.push(Action::Compare(CompareStep::Swap));
                }
                let list = ui.selectable_label(ctx.session.shows(Panel::Changes), "List");
                if list.on_hover_text("Who gained and lost what").accessible_name("List of changes").clicked() {
                    out.push(Action::Compare(CompareStep::List));
                }
                let end = ui.add(egui::Button::new("×").min_size(vec2(24.0, 24.0)).frame_when_inactive(false));
                if end.on_hover_text("Ends the comparison  Esc").accessible_name("End the comparison").clicked() {
                    out.push(Action::Compare(CompareStep::End));
                }
            });
        });
    });
    Some(shown.response.rect)
}

fn layouts_ui(ui: &mut egui::Ui, comparing: &Comparing, out: &mut Vec<Action>) {
    for (layout, text, label) in Layout::ALL {
        let asked = ui.selectable_label(comparing.layout == layout, text).on_hover_text(format!("{label}  {}", key_text(label))).clicked();
        if asked {
            out.push(Action::Compare(if layout == Layout::Flip { CompareStep::Flip } else { CompareStep::Show(layout) }));
        }
    }
}

/// What is kept: its date and view, which can be chosen.
fn kept_ui(ui: &mut egui::Ui, ctx: &Ctx, comparing: &Comparing, state: &mut StripState, out: &mut Vec<Action>) {
    let text = RichText::new(comparing.kept.day.label()).font(font(Face::SemiBold, size::BODY));
    let menu = ui.menu_button(line(ui, text), |ui| {
        ui.set_min_width(220.0);
        ui.label(RichText::new("First date").small().color(ctx.palette.quiet));
        date_ui(ui, ctx, state, out);
        if ui.button("Keep the date shown").clicked() {
            out.push(Action::Compare(CompareStep::Keep));
            ui.close();
        }
        ui.separator();
        ui.label(RichText::new("First point of view").small().color(ctx.palette.quiet));
        for view in top_bar::views(ctx) {
            let row = ui.selectable_label(*comparing.view() == view, top_bar::view_label(ctx, &view));
            if row.accessible_name(format!("First view: {}", top_bar::view_label(ctx, &view))).clicked() {
                out.push(Action::Compare(CompareStep::View(view)));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("The date and the view that are kept").accessible_name("First side");
}

fn date_ui(ui: &mut egui::Ui, ctx: &Ctx, state: &mut StripState, out: &mut Vec<Action>) {
    let field = ui.add(egui::TextEdit::singleline(&mut state.typed).hint_text("2014-03-18, 1914").desired_width(180.0));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "First date"));
    if field.changed() {
        state.is_wrong = false;
    }
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        match Date::parse(&state.typed) {
            Ok(date) => {
                out.push(Action::Compare(CompareStep::Day(date.earliest)));
                state.typed.clear();
                ui.close();
            }
            Err(_) => state.is_wrong = true,
        }
    }
    if state.is_wrong {
        ui.label(RichText::new("Write 2014-03-18, 2014-03 or 1914").size(size::SMALL).color(ctx.palette.accent));
    }
}
