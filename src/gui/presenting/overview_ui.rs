//! All scenes of a lecture as small pictures: one click or number and it is shown.

use egui::{Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::{PresentStep, pictures::SlidePictures};
use crate::{
    gui::{actions::Action, panels::Ctx, theme::RADIUS, words},
    model::Project,
};

/// How large everything is drawn here, 1 being the usual size: the audience's window is zoomed.
pub type Scale = f32;

/// Draws the grid over all of `ui`.
pub fn overview_ui(ui: &mut Ui, ctx: &Ctx, project: &Project, pictures: &mut SlidePictures, scale: Scale, out: &mut Vec<Action>) {
    let Some(talk) = &ctx.session.presenting else { return };
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, ctx.palette.surface);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect.shrink(16.0 * scale)), |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let columns = (ui.available_width() / (230.0 * scale)).floor().clamp(2.0, 6.0);
            let gap = 12.0 * scale;
            let width = (ui.available_width() - gap * (columns - 1.0)) / columns;
            ui.spacing_mut().item_spacing = Vec2::splat(gap);
            ui.horizontal_wrapped(|ui| {
                for slide in 0..project.slides.len() {
                    let shown = slide == talk.slide;
                    if picture_ui(ui, ctx, project, pictures, (slide, width, scale), shown) {
                        out.push(Action::Present(PresentStep::Show(slide)));
                    }
                }
            });
        });
    });
}

/// One scene: picture, number, title. Whether it was clicked.
fn picture_ui(
    ui: &mut Ui,
    ctx: &Ctx,
    project: &Project,
    pictures: &mut SlidePictures,
    (slide, width, scale): (usize, f32, Scale),
    shown: bool,
) -> bool {
    let [height, words_height] = [width * 9.0 / 16.0, 20.0 * scale];
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + words_height), Sense::click());
    let label = format!("{}. {}", slide + 1, project.slides[slide].label());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, shown, format!("Scene {label}")));
    let picture = Rect::from_min_size(rect.min, vec2(width, height));
    slide_picture_ui(ui, ctx, (project, pictures), (slide, 0), picture);
    let stroke = match (shown, response.hovered() || response.has_focus()) {
        (true, _) => Stroke::new(3.0, ctx.palette.accent),
        (_, true) => Stroke::new(2.0, ctx.palette.ink),
        _ => Stroke::new(1.0, ctx.palette.edge),
    };
    ui.painter().rect_stroke(picture, f32::from(RADIUS), stroke, StrokeKind::Outside);
    let font = egui::FontId::proportional(12.0 * scale);
    let galley = words::galley(ui.painter(), &label, (font, ctx.palette.ink), (width, 1));
    ui.painter().galley(pos2(rect.left(), picture.bottom() + 3.0 * scale), galley, ctx.palette.ink);
    response.clicked()
}

/// The picture of a scene in a place; its number while it is being made.
pub fn slide_picture_ui(ui: &Ui, ctx: &Ctx, (project, pictures): (&Project, &mut SlidePictures), at: (usize, usize), place: Rect) {
    let document = ctx.session.document.unwrap_or_default();
    let theme = ctx.session.presenting.as_ref().map_or(ctx.session.look.theme, |talk| talk.home.look.theme);
    let picture = pictures.get(ui.ctx(), &ctx.library.atlas, (document, project), at, theme);
    ui.painter().rect_filled(place, 0.0, ctx.palette.raised);
    match picture {
        Some(picture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(picture.id(), place, whole, egui::Color32::WHITE);
        }
        None => {
            let font = egui::FontId::proportional(place.height() * 0.3);
            ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, at.0 + 1, font, ctx.palette.quiet);
        }
    }
}
