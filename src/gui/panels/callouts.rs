//! Event callouts: laid out and painted with the scene; here they can be read by assistive technology, hovered and clicked.

use egui::{Pos2, Rect, Sense, Stroke, StrokeKind, vec2};

use super::Ctx;
use crate::{
    gui::{actions::Action, session::Selection, theme::RADIUS},
    scene::Callout,
};

/// Listens at every callout of the scene. `origin` is the map's corner on the screen.
pub fn callouts_ui(ui: &mut egui::Ui, ctx: &Ctx, origin: Pos2, out: &mut Vec<Action>) {
    let Some(document) = ctx.session.document else { return };
    for callout in &ctx.scene.callouts {
        callout_ui(ui, ctx, document, callout, origin, out);
    }
}

fn callout_ui(ui: &mut egui::Ui, ctx: &Ctx, document: usize, callout: &Callout, origin: Pos2, out: &mut Vec<Action>) {
    let corner = |point: [f32; 2]| origin + vec2(point[0], point[1]);
    let rect = Rect::from_min_max(corner(callout.rect.min), corner(callout.rect.max));
    let selection = Selection::Event(document, callout.event);
    let response = ui.interact(rect, ui.scope_id().with(("callout", callout.event)), Sense::click());
    let name = format!("{}, {}", callout.title.join(" "), callout.date);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() || ctx.session.selection.as_ref() == Some(&selection) {
        ui.painter().rect_stroke(rect, f32::from(RADIUS), Stroke::new(1.5, ctx.palette.accent), StrokeKind::Inside);
    }
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        out.push(Action::Select(Some(selection)));
    }
}
