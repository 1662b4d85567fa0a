//! What every map says of itself, along its lower edge: date, view, sources, scale, coordinates, and that it endorses nothing.

use egui::{Align2, Pos2, Rect, Stroke, pos2, vec2};

use super::Ctx;
use crate::{
    geometry::LonLat,
    gui::theme::{RADIUS, font, size},
    scene::Face,
};

/// What the scale and the coordinates need in the lower right corner, in points.
const RIGHT_CORNER_POINTS: f32 = 300.0;

/// Draws the notes into the map's lower corners. `hovered` is the place under the pointer.
pub fn map_notes_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, hovered: Option<LonLat>) {
    let notes = &ctx.scene.notes;
    let halo = ctx.palette.surface;
    let painter = ui.painter();
    let write = |at: Pos2, align: Align2, text: &str, face: Face, size_points: f32| {
        let galley = painter.layout(text.to_owned(), font(face, size_points), ctx.palette.ink, room(rect));
        let place = align.anchor_size(at, galley.size());
        painter.rect_filled(place.expand2(vec2(5.0, 2.0)), 4.0, halo.gamma_multiply(0.78));
        painter.galley(place.min, galley, ctx.palette.ink);
        place
    };
    let bottom = rect.bottom() - 8.0;
    let above = standing_notes_ui(ui, ctx, rect, bottom);
    if let Some(notice) = &notes.honest_zoom {
        write(pos2(rect.left() + 12.0, above - 6.0), Align2::LEFT_BOTTOM, notice, Face::Italic, size::SMALL);
    }
    let coordinates = hovered.map(coordinates_text).unwrap_or_default();
    let right = rect.right() - 12.0;
    let mut scale_right = right;
    if !coordinates.is_empty() {
        scale_right = write(pos2(right, bottom), Align2::RIGHT_BOTTOM, &coordinates, Face::Regular, size::SMALL).left() - 16.0;
    }
    if let Some(bar) = &notes.scale_bar {
        let place = write(pos2(scale_right, bottom), Align2::RIGHT_BOTTOM, &bar.label, Face::Regular, size::SMALL);
        let (y, end) = (place.top() - 5.0, place.right());
        let start = end - bar.length_points;
        let stroke = Stroke::new(1.5, ctx.palette.ink);
        painter.hline(start..=end, y, stroke);
        painter.vline(start, (y - 4.0)..=y, stroke);
        painter.vline(end, (y - 4.0)..=y, stroke);
    }
}

/// What the mark of a what-if branch keeps clear of the panels at its sides, in points.
const MARK_INSET_POINTS: f32 = 16.0;

/// The mark of a what-if branch: as large as a title, in the colour that nothing else on the map has. `middle` is where its upper edge has its middle, between
/// panels that leave so much `room`; gives how far it reaches down, with the gap under it, in points.
pub fn what_if_ui(ui: &egui::Ui, ctx: &Ctx, (middle, room): (Pos2, f32)) -> f32 {
    let Some(mark) = &ctx.scene.notes.what_if else { return 0.0 };
    let margin = vec2(12.0, 6.0);
    let width = (room - 2.0 * (MARK_INSET_POINTS + margin.x)).max(160.0);
    let galley = ui.painter().layout(mark.clone(), font(Face::SemiBold, size::TITLE), ctx.palette.surface, width);
    let band = Align2::CENTER_TOP.anchor_size(middle, galley.size() + 2.0 * margin);
    ui.painter().rect_filled(band, f32::from(RADIUS), ctx.palette.accent);
    ui.painter().galley(band.min + margin, galley, ctx.palette.surface);
    ui.interact(band, ui.scope_id().with("what if"), egui::Sense::hover())
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, mark));
    band.height() + 8.0
}

/// Long lines break before they reach the scale and the coordinates at the right.
fn room(rect: Rect) -> f32 {
    (rect.width() - RIGHT_CORNER_POINTS).max(120.0)
}

/// Date, view, sources and that the map endorses nothing, on one line where there is room; gives its upper edge. Each is a text of its own: while
/// time runs only what changes is set anew.
fn standing_notes_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, bottom: f32) -> f32 {
    let notes = &ctx.scene.notes;
    let set = |text: String| ui.painter().layout(text, font(Face::Regular, size::SMALL), ctx.palette.ink, room(rect));
    let standing = set(notes.no_endorsement.clone());
    let mut changing = [&notes.date, &notes.view, &notes.sources].map(|text| set(format!("{text} · ")));
    if changing.iter().map(|part| part.size().x).sum::<f32>() + standing.size().x > room(rect) {
        // Nothing follows at the end of the first line.
        changing[2] = set(notes.sources.clone());
    }
    let first = changing.iter().fold(egui::Vec2::ZERO, |all, part| vec2(all.x + part.size().x, all.y.max(part.size().y)));
    let second = standing.size();
    let one_line = first.x + second.x <= room(rect);
    let (step, size) = if one_line {
        (vec2(first.x, 0.0), vec2(first.x + second.x, first.y.max(second.y)))
    } else {
        (vec2(0.0, first.y), vec2(first.x.max(second.x), first.y + second.y))
    };
    let place = Align2::LEFT_BOTTOM.anchor_size(pos2(rect.left() + 12.0, bottom), size);
    ui.painter().rect_filled(place.expand2(vec2(5.0, 2.0)), 4.0, ctx.palette.surface.gamma_multiply(0.78));
    let mut at = place.min;
    for part in changing {
        let width = part.size().x;
        ui.painter().galley(at, part, ctx.palette.ink);
        at.x += width;
    }
    ui.painter().galley(place.min + step, standing, ctx.palette.ink);
    place.top()
}

/// Coordinates as people write them: `34.7700° N, 78.2200° E`.
pub fn coordinates_text(place: LonLat) -> String {
    let side =
        |degrees: f64, positive: char, negative: char| format!("{:.4}° {}", degrees.abs(), if degrees < 0.0 { negative } else { positive });
    format!("{}, {}", side(place.lat_deg, 'N', 'S'), side(place.lon_deg, 'E', 'W'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_name_their_hemispheres() {
        assert_eq!(coordinates_text(LonLat { lon_deg: -70.5, lat_deg: -23.25 }), "23.2500° S, 70.5000° W");
    }
}
