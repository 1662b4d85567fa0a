//! The first screen: over the whole world a card that invites. Three stories, search, a file, and what was opened before.

use std::path::Path;

use egui::{Align, Color32, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::{
    Ctx,
    thumbnail::{Thumbnail, size_for},
};
use crate::{
    gui::{
        actions::{Action, key_text},
        app::EditAction,
        keeping::KeepAction,
        numbers::grouped,
        theme::{RADIUS, dialog, font, size},
        words,
    },
    model::Project,
    scene::Face,
};

/// The space between the stories, and round all of it, in points.
const GAP_POINTS: f32 = 16.0;
const MARGIN_POINTS: f32 = 24.0;
/// How far the picture of a story stands in from its edges, in points.
const INSET_POINTS: f32 = 8.0;
/// How narrow and how wide a story may be, in points.
const STORY_POINTS: (f32, f32) = (150.0, 256.0);
/// So many files opened before are offered.
const MOST_RECENTS: usize = 4;

/// The pictures of the stories, made when they are first shown.
#[derive(Default)]
pub struct WelcomeState {
    pictures: Vec<Thumbnail>,
    /// Whether the card was drawn before: its first frame waits for no picture.
    was_drawn: bool,
    /// How much work of earlier sessions is not saved.
    pub unsaved: usize,
}

impl WelcomeState {
    /// Makes one picture a frame, so that none of them waits for all.
    fn make_next(&mut self, ctx_egui: &egui::Context, ctx: &Ctx, picture: Vec2) {
        let theme = ctx.session.look.theme;
        self.pictures.retain(|own| own.suits(theme, picture));
        let next = ctx.library.documents.iter().take(ctx.library.built_in).nth(self.pictures.len());
        if let Some(project) = next {
            if std::mem::replace(&mut self.was_drawn, true) {
                self.pictures.push(Thumbnail::new(&ctx.library.atlas, project, theme, picture));
            }
            ctx_egui.request_repaint();
        }
    }
}

/// Draws the card over everything. A click beside it closes it.
pub fn welcome_ui(ctx_egui: &egui::Context, ctx: &Ctx, state: &mut WelcomeState, out: &mut Vec<Action>) {
    let room = ctx_egui.content_rect();
    let count = ctx.library.built_in.max(1) as f32;
    let width = ((room.width() - 2.0 * (MARGIN_POINTS + GAP_POINTS) - (count - 1.0) * GAP_POINTS) / count).floor();
    let width = width.clamp(STORY_POINTS.0, STORY_POINTS.1);
    let picture = size_for(width - 2.0 * INSET_POINTS);
    state.make_next(ctx_egui, ctx, picture);
    let modal = dialog("welcome", ctx.palette).show(ctx_egui, |ui| {
        ui.set_max_height(room.height() - 2.0 * MARGIN_POINTS - 24.0);
        ui.set_width(width * count + GAP_POINTS * (count - 1.0));
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.label(RichText::new("Border Atlas").font(font(Face::SemiBold, 28.0)));
            ui.label(RichText::new("Border disputes and alliances through time").size(size::TITLE).color(ctx.palette.quiet));
            ui.add_space(16.0);
            stories_ui(ui, ctx, &state.pictures, picture, out);
            ui.add_space(16.0);
            ways_ui(ui, out);
            unsaved_ui(ui, state.unsaved, out);
            hint_ui(ui, ctx);
            recents_ui(ui, ctx, out);
        });
    });
    if modal.should_close() {
        out.push(Action::Welcome(false));
    }
}

fn stories_ui(ui: &mut egui::Ui, ctx: &Ctx, pictures: &[Thumbnail], picture: Vec2, out: &mut Vec<Action>) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_POINTS;
        for (index, project) in ctx.library.documents.iter().take(ctx.library.built_in).enumerate() {
            if story_ui(ui, ctx, (index, project), pictures.get(index), picture) {
                out.push(Action::OpenDocument(Some(index)));
            }
        }
    });
}

/// One story as a button: picture, title, its first sentence, since when. Gives whether it was chosen.
fn story_ui(ui: &mut egui::Ui, ctx: &Ctx, (index, project): (usize, &Project), thumbnail: Option<&Thumbnail>, picture: Vec2) -> bool {
    let card = picture + Vec2::splat(2.0 * INSET_POINTS);
    let inner = card.x - 24.0;
    let title = story_text(ui, &project.title, (Face::SemiBold, size::TITLE, ctx.palette.ink), inner, 2);
    let line = story_text(ui, first_sentence(&project.summary), (Face::Regular, size::SMALL, ctx.palette.quiet), inner, 4);
    let when = story_text(ui, &when(project), (Face::Medium, size::SMALL, ctx.palette.ink), inner, 1);
    let line_height = ui.text_style_height(&egui::TextStyle::Small);
    let height = card.y + 12.0 + 2.0 * 20.0 + 4.0 + 4.0 * line_height + 8.0 + line_height + 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(card.x, height), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &project.title));
    let is_lit = response.hovered() || response.has_focus();
    let painter = ui.painter();
    painter.rect_filled(rect, RADIUS, if is_lit { ctx.palette.raised } else { ctx.palette.surface });
    let corner = rect.min + Vec2::splat(INSET_POINTS);
    match thumbnail {
        Some(thumbnail) => thumbnail.paint(painter, corner),
        None => drop(painter.rect_filled(Rect::from_min_size(corner, picture), 0.0, ctx.palette.raised)),
    }
    let text = rect.with_min_y(rect.top() + card.y - INSET_POINTS).shrink(12.0);
    let under_title = text.left_top() + vec2(0.0, title.size().y + 4.0);
    ui.painter().galley(pos2(text.left(), text.bottom() - when.size().y), when, ctx.palette.ink);
    ui.painter().galley(under_title, line, ctx.palette.ink);
    ui.painter().galley(text.left_top(), title, ctx.palette.ink);
    key_badge(ui, ctx, rect, index);
    let stroke = if is_lit { Stroke::new(2.0, ctx.palette.accent) } else { Stroke::new(1.0, ctx.palette.edge) };
    ui.painter().rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// A text of at most so many rows, set for a story.
fn story_text(
    ui: &egui::Ui,
    text: &str,
    (face, points, color): (Face, f32, Color32),
    width: f32,
    rows: usize,
) -> std::sync::Arc<egui::Galley> {
    words::galley(ui.painter(), text, (font(face, points), color), (width, rows))
}

/// The key that opens a story, in the corner of its picture.
fn key_badge(ui: &egui::Ui, ctx: &Ctx, rect: Rect, index: usize) {
    let place = Rect::from_min_size(rect.right_top() + vec2(-36.0, 14.0), Vec2::splat(22.0));
    ui.painter().rect_filled(place, 4.0, ctx.palette.surface);
    ui.painter().rect_stroke(place, 4.0, Stroke::new(1.0, ctx.palette.edge), StrokeKind::Inside);
    let text = (index + 1).to_string();
    ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, text, font(Face::SemiBold, size::BODY), ctx.palette.ink);
}

/// Search, a file, or the world as it is: each with its key.
fn ways_ui(ui: &mut egui::Ui, out: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        let ways =
            [("Search", Action::FocusSearch), ("Open a file", Action::OpenFileBox(true)), ("New document", Action::Edit(EditAction::New))];
        for (label, action) in ways {
            let button = egui::Button::new(label).shortcut_text(key_text(label)).min_size(vec2(0.0, 30.0));
            if ui.add(button).clicked() {
                out.push(action);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = egui::Button::new("Look at the world").shortcut_text("Esc").min_size(vec2(0.0, 30.0));
            if ui.add(button).clicked() {
                out.push(Action::Welcome(false));
            }
        });
    });
}

/// The way to what was not saved.
fn unsaved_ui(ui: &mut egui::Ui, count: usize, out: &mut Vec<Action>) {
    if count > 0 {
        ui.add_space(4.0);
        let text = if count == 1 { "Unsaved work: 1 document".to_owned() } else { format!("Unsaved work: {count} documents") };
        if ui.link(text).on_hover_text("Edits of earlier sessions that were not saved").clicked() {
            out.push(Action::Keep(KeepAction::ShowFound));
        }
    }
}

fn hint_ui(ui: &mut egui::Ui, ctx: &Ctx) {
    ui.add_space(4.0);
    ui.add(
        egui::Label::new(
            RichText::new(
                "Search finds places, polities, disputes, alliances and events. GeoJSON documents can be dropped anywhere on the window.",
            )
            .size(size::SMALL)
            .color(ctx.palette.quiet),
        )
        .wrap(),
    );
}

fn recents_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    if ctx.session.recents.is_empty() {
        return;
    }
    ui.add_space(12.0);
    ui.label(RichText::new("Opened before").font(font(Face::SemiBold, size::BODY)));
    for path in ctx.session.recents.iter().take(MOST_RECENTS) {
        recent_ui(ui, ctx, path, out);
    }
}

/// A file opened before: its name as a link, its folder beside it.
pub fn recent_ui(ui: &mut egui::Ui, ctx: &Ctx, path: &Path, out: &mut Vec<Action>) {
    let text = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    ui.horizontal(|ui| {
        if ui.link(text(path.file_name())).on_hover_text(path.display().to_string()).clicked() {
            out.push(Action::OpenFiles(vec![path.to_path_buf()]));
        }
        let folder = text(path.parent().map(Path::as_os_str));
        ui.add(egui::Label::new(RichText::new(folder).size(size::SMALL).color(ctx.palette.quiet)).truncate());
    });
}

/// The first sentence of a summary; all of it where it has only one.
fn first_sentence(summary: &str) -> &str {
    let end = summary.find(". ").map_or(summary.len(), |at| at + 1);
    summary[..end].trim()
}

fn when(project: &Project) -> String {
    let events = grouped(project.events.len() as u64);
    match project.span.start {
        Some(_) => format!(
            "Since {} · {events} events",
            crate::time::Date::in_year(project.span.first_day().year()).map_or_else(|_| project.span.label(), |year| year.label())
        ),
        None => format!("{events} events"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_cut_after_its_first_sentence() {
        assert_eq!(
            first_sentence("India and China have no agreed boundary in Ladakh. The agreement"),
            "India and China have no agreed boundary in Ladakh."
        );
        assert_eq!(first_sentence("One sentence"), "One sentence");
        assert_eq!(first_sentence(""), "");
    }
}
