//! The pictures of an event as they are told: small in the panel, with caption and credit below, and large over everything.

use egui::{Key as Pressed, Response, RichText, Role, Sense, Vec2, WidgetInfo, load::SizedTexture, vec2};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        pictures::{Key, PictureAction, Seen, selected},
        theme::{RADIUS, dialog, font, size},
        words::words_ui,
    },
    model::{Event, Picture},
    scene::Face,
};

/// The narrowest box round a large picture, in points.
const LEAST_POINTS: f32 = 320.0;
/// How high a picture in the panel may be, in points.
const PANEL_POINTS: f32 = 240.0;
/// The room round a large picture, in points: its frame, and the words below it.
const ROUND_POINTS: Vec2 = vec2(96.0, 190.0);

/// Draws the pictures of an event, one below the other. Nothing for an event without.
pub(super) fn pictures_ui(ui: &mut egui::Ui, ctx: &Ctx, event: &Event, out: &mut Vec<Action>) {
    for picture in &event.pictures {
        ui.add_space(8.0);
        let room = vec2(ui.available_width(), PANEL_POINTS);
        let response = picture_ui(ui, ctx, (&Key::small(&picture.data), alt_of(picture)), room);
        if response.on_hover_cursor(egui::CursorIcon::ZoomIn).on_hover_text("Shows it large").clicked() {
            out.push(Action::Picture(PictureAction::Enlarge(Some(picture.data.clone()))));
        }
        below_ui(ui, ctx, picture);
    }
}

/// What a person hears who does not see it.
fn alt_of(picture: &Picture) -> &str {
    if picture.alt.is_empty() { "A picture that nobody described" } else { &picture.alt }
}

/// Caption and credit.
fn below_ui(ui: &mut egui::Ui, ctx: &Ctx, picture: &Picture) {
    if !picture.caption.is_empty() {
        words_ui(ui, &picture.caption);
    }
    let credit = picture.credit_line();
    let credit = if credit.is_empty() { "Nobody is credited" } else { &credit };
    words_ui(ui, RichText::new(credit).size(size::SMALL).color(ctx.palette.quiet));
}

/// A picture as large as it fits into the room, or what stands in its place. Can be clicked.
pub fn picture_ui(ui: &mut egui::Ui, ctx: &Ctx, (key, alt): (&Key, &str), room: Vec2) -> Response {
    let response = match ctx.session.pictures.shown.seen(key) {
        Seen::There(texture) => {
            let size = fitting(texture.size_vec2(), room);
            let image = egui::Image::from_texture(SizedTexture::new(texture.id(), size));
            ui.add(image.fit_to_exact_size(size).corner_radius(RADIUS).sense(Sense::click()))
        }
        Seen::Coming => {
            ui.add_sized(vec2(room.x, 48.0), egui::Label::new(RichText::new("…").color(ctx.palette.quiet)).sense(Sense::click()))
        }
        Seen::Broken(why) => words_ui(ui, RichText::new(why).size(size::SMALL).color(ctx.palette.accent)),
    };
    let label = if let Seen::Broken(why) = ctx.session.pictures.shown.seen(key) { format!("{alt}. {why}") } else { alt.to_owned() };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    response
}

/// The size of a picture in a room; what is small is not blown up.
fn fitting(own: Vec2, room: Vec2) -> Vec2 {
    own * (room / own).min_elem().min(1.0)
}

/// Draws the picture that is shown large over everything; nothing where none is.
pub fn enlarged_ui(ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(data) = &ctx.session.pictures.enlarged else { return };
    let pictures = selected(ctx.library, ctx.session).map_or(&[][..], |event| &event.pictures);
    let Some(place) = pictures.iter().position(|picture| picture.data == *data) else {
        out.push(Action::Picture(PictureAction::Enlarge(None)));
        return;
    };
    let picture = &pictures[place];
    let mut shown = Some(place);
    let veil = dialog("large-picture", ctx.palette).backdrop_color(egui::Color32::from_black_alpha(150));
    let modal = veil.show(ctx_egui, |ui| {
        let room = ctx_egui.content_rect().size() - ROUND_POINTS;
        // The words below are as wide as the picture, and the box no wider.
        ui.set_width(match ctx.session.pictures.shown.seen(&Key::large(data)) {
            Seen::There(texture) => fitting(texture.size_vec2(), room).x.max(LEAST_POINTS),
            Seen::Coming | Seen::Broken(_) => LEAST_POINTS,
        });
        let response = ui.vertical_centered(|ui| picture_ui(ui, ctx, (&Key::large(data), alt_of(picture)), room)).inner;
        if response.on_hover_cursor(egui::CursorIcon::ZoomOut).clicked() {
            shown = None;
        }
        ui.add_space(6.0);
        below_ui(ui, ctx, picture);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Close").on_hover_text("Back to the map  Esc").clicked() {
                shown = None;
            }
            if pictures.len() > 1 {
                shown = step_ui(ui, ctx, (place, pictures.len())).or(shown);
            }
        });
    });
    if modal.should_close() {
        shown = None;
    }
    if shown != Some(place) {
        let next = shown.and_then(|place| pictures.get(place)).map(|picture| picture.data.clone());
        out.push(Action::Picture(PictureAction::Enlarge(next)));
    }
}

/// The buttons that lead to the picture before and behind, and which one this is; gives where somebody went.
fn step_ui(ui: &mut egui::Ui, ctx: &Ctx, (place, count): (usize, usize)) -> Option<usize> {
    let mut gone = None;
    for (sign, name, key, to) in [
        ("‹", "Previous picture", Pressed::ArrowLeft, place.checked_sub(1)),
        ("›", "Next picture", Pressed::ArrowRight, Some(place + 1).filter(|next| *next < count)),
    ] {
        let button = egui::Button::new(RichText::new(sign).font(font(Face::SemiBold, size::BODY))).min_size(vec2(28.0, 24.0));
        let is_clicked = ui.add_enabled(to.is_some(), button).on_hover_text(name).accessible_name(name).clicked();
        if is_clicked || ui.input(|input| input.key_pressed(key)) {
            gone = gone.or(to);
        }
    }
    ui.label(RichText::new(format!("{} of {count}", place + 1)).size(size::SMALL).color(ctx.palette.quiet));
    gone
}
