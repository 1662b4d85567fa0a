//! The strip of tools beside the map.

use eframe::egui::{self, Pos2, Rect};

use super::tool::{DrawStep, Tool};
use crate::gui::{
    actions::{Action, TABLE, key_text},
    app::LEFT_PANEL_POINTS,
    panels::Ctx,
    session::{Panel, Session},
    theme,
    timeline::{
        TimelinePalette,
        icons::{Icon, IconButton},
    },
};

/// The side of a button, in points.
const BUTTON_POINTS: f32 = 32.0;
/// Round the buttons, in points.
const MARGIN_POINTS: i8 = 4;
/// How wide the strip is with its edges, in points.
pub const STRIP_POINTS: f32 = BUTTON_POINTS + 2.0 * MARGIN_POINTS as f32 + 2.0;

/// How far from the map's left edge the strip begins, in points: beside the panel that is there, if one is.
pub fn left_points(session: &Session) -> f32 {
    if session.shows(Panel::Layers) { LEFT_PANEL_POINTS as f32 + 8.0 } else { 12.0 }
}

/// Draws the strip with its upper left corner at a place; gives the room that it takes.
pub fn tools_ui(egui_ctx: &egui::Context, ctx: &Ctx, corner: Pos2, colors: &TimelinePalette, out: &mut Vec<Action>) -> Rect {
    let area = egui::Area::new(egui::Id::unique("tools")).fixed_pos(corner).order(egui::Order::Middle);
    let shown = area.show(egui_ctx, |ui| {
        let frame = theme::overlay_frame(ctx.palette).inner_margin(egui::Margin::same(MARGIN_POINTS));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.set_width(BUTTON_POINTS);
            ui.vertical(|ui| {
                for (tool, label) in Tool::STRIP {
                    // What explains the map stands apart from what is on it.
                    if tool == Tool::Arrow {
                        ui.add(egui::Separator::default().horizontal().spacing(6.0));
                    }
                    button_ui(ui, (icon(tool), label), ctx.session.tools.tool == tool, colors, DrawStep::Choose(tool), out);
                }
                ui.add(egui::Separator::default().horizontal().spacing(6.0));
                button_ui(ui, (Icon::Magnet, "Snap"), ctx.session.tools.snapping, colors, DrawStep::ToggleSnapping, out);
            });
        });
    });
    shown.response.rect
}

fn icon(tool: Tool) -> Icon {
    match tool {
        Tool::Place => Icon::Pin,
        Tool::Event => Icon::Flag,
        Tool::Line => Icon::Line,
        Tool::Area => Icon::Area,
        Tool::Freehand => Icon::Pen,
        Tool::Trace => Icon::Trace,
        Tool::Units => Icon::Units,
        Tool::Arrow => Icon::Arrow,
        Tool::Text => Icon::Text,
        Tool::Callout => Icon::Callout,
        Tool::Select | Tool::Split | Tool::Join | Tool::Subtract => Icon::Pointer,
    }
}

fn button_ui(ui: &mut egui::Ui, (icon, label): (Icon, &str), on: bool, colors: &TimelinePalette, step: DrawStep, out: &mut Vec<Action>) {
    let hint = TABLE.iter().find(|entry| entry.label == label).map_or("", |entry| entry.hint);
    let tip = format!("{label}: {hint}  {}", key_text(label));
    let button = IconButton { icon, name: label, tip: &tip, on: Some(on), size_points: BUTTON_POINTS };
    if button.show_ui(ui, colors).clicked() {
        out.push(Action::Draw(step));
    }
}
