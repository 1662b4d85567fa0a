//! Event callouts: laid out by the scene, drawn here with text that can be read, clicked and selected.

use egui::{Align2, Pos2, Rect, Sense, Stroke, pos2};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        session::Selection,
        theme::{font, size},
    },
    scene::{Callout, Face},
};

/// Draws every callout of the scene over the map. `origin` is the map's corner on the screen.
pub fn callouts_ui(ui: &mut egui::Ui, ctx: &Ctx, origin: Pos2, out: &mut Vec<Action>) {
    for callout in &ctx.scene.callouts {
        callout_ui(ui, ctx, callout, origin, out);
    }
}

fn callout_ui(ui: &mut egui::Ui, ctx: &Ctx, callout: &Callout, origin: Pos2, out: &mut Vec<Action>) {
    let Some(document) = ctx.session.document else { return };
    let rect = Rect::from_min_max(origin + vec(callout.rect.min), origin + vec(callout.rect.max));
    let response = ui.interact(rect, ui.id().with(("callout", callout.event)), Sense::click());
    let name = callout.title.join(" ");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let is_selected = ctx.session.selection == Some(Selection::Event(document, callout.event));
    let edge = if is_selected || response.hovered() { ctx.palette.accent } else { ctx.palette.edge };
    let painter = ui.painter();
    let fade = |color: egui::Color32| color.gamma_multiply(callout.opacity);
    let leader: Vec<Pos2> = callout.leader.iter().map(|point| origin + vec(*point)).collect();
    painter.line(leader, Stroke::new(1.25, fade(ctx.palette.ink)));
    painter.rect(rect, f32::from(crate::gui::theme::RADIUS), fade(ctx.palette.surface), Stroke::new(1.0, fade(edge)), egui::StrokeKind::Inside);
    let mut y = rect.top() + crate::scene::callout::PADDING_POINTS;
    let x = rect.left() + crate::scene::callout::PADDING_POINTS;
    let mut lines = |texts: &[String], face: Face, size_points: f32, color: egui::Color32| {
        for text in texts {
            painter.text(pos2(x, y), Align2::LEFT_TOP, text, font(face, size_points), fade(color));
            y += size_points * crate::scene::fonts::LINE_HEIGHT;
        }
    };
    lines(&callout.title, Face::SemiBold, size::BODY, ctx.palette.ink);
    lines(std::slice::from_ref(&callout.date), Face::Regular, size::SMALL, ctx.palette.quiet);
    lines(&callout.text, Face::Regular, size::SMALL, ctx.palette.ink);
    lines(&callout.parties, Face::Regular, size::SMALL, ctx.palette.quiet);
    if response.clicked() {
        out.push(Action::Select(Some(Selection::Event(document, callout.event))));
    }
}

fn vec(point: [f32; 2]) -> egui::Vec2 {
    egui::vec2(point[0], point[1])
}
