//! The lanes of the score, drawn.

use std::sync::Arc;

use eframe::egui::{self, Color32, FontId, Galley, Mesh, Painter, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};

use super::{
    TimelineState,
    axis::Axis,
    palette::plain,
    score::{Score, Zones},
    texture::{Fade, add_bar, add_stripes},
    types::{Band, BandRow, Lane},
};
use crate::gui::words::{self, words_ui};

/// Height of a bar, of a thread, and the gap under each, in points.
const BAR: f32 = 18.0;
const THREAD: f32 = 5.0;
const GAP: f32 = 2.0;
/// Gap between lanes.
const LANE_GAP: f32 = 7.0;
/// Lanes grow by no more than this where there is room.
const MOST_GROWTH: f32 = 1.25;
/// How much of its colour the ground of a bar keeps, and the width of its start, in points.
const SOFT: f32 = 0.5;
const ATTACK: f32 = 3.0;
/// Text is cut to no less than so many points; below, none is shown.
const LEAST_TEXT: f32 = 34.0;

/// How high a lane is.
fn lane_height(lane: &Lane) -> f32 {
    let rows = lane.bars as f32 * (BAR + GAP) + lane.threads as f32 * (THREAD + GAP);
    rows.max(BAR) + LANE_GAP
}

/// How high all lanes are together.
pub(super) fn lanes_height(lanes: &[Arc<Lane>]) -> f32 {
    lanes.iter().map(|lane| lane_height(lane)).sum()
}

/// How much higher than by themselves lanes are drawn to fill their room.
fn growth(zone: Rect, lanes: &[Arc<Lane>]) -> f32 {
    (zone.height() / lanes_height(lanes).max(1.0)).clamp(1.0, MOST_GROWTH)
}

/// Draws the lanes that are in view and their names.
pub(super) fn lanes_ui(ui: &mut Ui, score: &Score, state: &mut TimelineState) {
    let zone = score.zones.lanes;
    if zone.height() < THREAD {
        return;
    }
    let total = lanes_height(score.input.lanes);
    let growth = growth(zone, score.input.lanes);
    let hidden = (total * growth - zone.height()).max(0.0);
    state.scroll = state.scroll.clamp(0.0, hidden);
    let painter = score.painter.with_clip_rect(zone.intersect(ui.clip_rect()));
    let mut top = zone.top() - state.scroll;
    for (place, lane) in score.input.lanes.iter().enumerate() {
        let own = Rect::from_x_y_ranges(zone.x_range(), top..=top + lane_height(lane) * growth - LANE_GAP);
        if own.intersects(zone) {
            paint_lane(score, &painter, own, lane);
            label_ui(ui, score, own, (place, lane));
        }
        top += lane_height(lane) * growth;
    }
    if hidden > 0.0 {
        paint_scrollbar(score, zone, state.scroll / (total * growth), zone.height() / (total * growth));
    }
}

/// The rectangle of a band's row.
fn row_rect(lane: &Lane, own: Rect, row: BandRow) -> Rect {
    let natural = lane_height(lane) - LANE_GAP;
    let growth = own.height() / natural;
    let (top, height) = match row {
        BandRow::Bar(row) => (row as f32 * (BAR + GAP), BAR),
        BandRow::Thread(row) => (lane.bars as f32 * (BAR + GAP) + row as f32 * (THREAD + GAP), THREAD),
    };
    Rect::from_x_y_ranges(own.x_range(), own.top() + top * growth..=own.top() + (top + height) * growth)
}

/// Where a band lies; `None` where nothing of it is in view.
fn band_rect(axis: &Axis, lane: &Lane, own: Rect, band: &Band) -> Option<Rect> {
    let row = row_rect(lane, own, band.row);
    let (left, right) = (axis.x_of_day(band.from), axis.x_of_day(band.past_end));
    let (left, right) = (left.max(row.left()), right.max(left + 1.5).min(row.right()));
    let top = row.bottom() - row.height() * band.height.clamp(0.0, 1.0);
    (left < right).then(|| Rect::from_min_max(pos2(left, top), pos2(right, row.bottom())))
}

fn paint_lane(score: &Score, painter: &Painter, own: Rect, lane: &Lane) {
    let mut mesh = Mesh::default();
    let mut texts = Vec::new();
    for band in &lane.bands {
        // A lane of thousands of events has many rows that are not in view.
        if !row_rect(lane, own, band.row).intersects(score.zones.lanes) {
            continue;
        }
        let Some(rect) = band_rect(&score.axis, lane, own, band) else { continue };
        let x = |day| score.axis.x_of_day(day);
        let fade = Fade { from: x(band.from), sure_from: x(band.sure_from), sure_until: x(band.sure_until), until: x(band.past_end) };
        let narrow = rect.width() < 3.0;
        // A hairline of ground between neighbours, as between the notes of a score.
        let body = if narrow { rect } else { rect.with_max_x(rect.right() - 1.0) };
        match band.row {
            _ if band.hatched => {
                add_bar(&mut mesh, body, fade, band.color.gamma_multiply(0.26));
                add_stripes(&mut mesh, body, fade, band.color);
            }
            BandRow::Bar(_) if !narrow => {
                add_bar(&mut mesh, body, fade, soft(score, band.color));
                paint_attack(score, &mut mesh, body, band);
            }
            _ => add_bar(&mut mesh, body, fade, band.color),
        }
        if matches!(band.row, BandRow::Bar(_)) && !band.label.is_empty() {
            texts.extend(band_text(score, body, band));
        }
    }
    painter.add(Shape::Mesh(Arc::new(mesh)));
    for (at, galley, color) in texts {
        painter.galley(at, galley, color);
    }
}

/// The ground of a bar: the colour as a tint that text can be read on, so that a long reign does not shout.
fn soft(score: &Score, color: Color32) -> Color32 {
    score.input.palette.surface.lerp_to_gamma(color, SOFT)
}

/// The start of a bar in full colour, as the attack of a note, where the start is known.
fn paint_attack(score: &Score, mesh: &mut Mesh, body: Rect, band: &Band) {
    let starts_in_view = score.axis.x_of_day(band.from) >= body.left() - 0.5;
    if starts_in_view && band.sure_from <= band.from.plus_days(1) {
        mesh.add_colored_rect(body.with_max_x((body.left() + ATTACK).min(body.right())), band.color);
    }
}

/// The text of a band, from its left edge or the edge of the view on, cut where it does not fit.
fn band_text(score: &Score, rect: Rect, band: &Band) -> Option<(egui::Pos2, Arc<Galley>, Color32)> {
    let room = rect.width() - 10.0;
    let whole = elided(&score.painter, &band.label, (plain(12.0), f32::INFINITY, 1));
    let galley = match () {
        () if whole.size().x <= room => whole,
        () if room >= LEAST_TEXT => elided(&score.painter, &band.label, (plain(12.0), room, 1)),
        () => return None,
    };
    let row_middle = rect.bottom() - rect.height().max(BAR) * 0.5;
    let color = score.input.palette.ink;
    Some((pos2(rect.left() + 7.0, row_middle - galley.size().y * 0.5), galley, color))
}

/// The name of a lane, at the left.
fn label_ui(ui: &mut Ui, score: &Score, own: Rect, (place, lane): (usize, &Lane)) {
    let zone = Rect::from_x_y_ranges(score.zones.labels.x_range(), score.zones.lanes.y_range());
    let rect = Rect::from_x_y_ranges(zone.x_range(), own.y_range());
    if zone.width() <= 0.0 {
        return;
    }
    let room = zone.width() - 10.0;
    // A long name goes on under itself where the lane has more than one row.
    let rows = if own.height() > BAR + GAP { 2 } else { 1 };
    let galley = elided(&score.painter, &lane.label, (plain(12.0), room, rows));
    let row_height = galley.size().y / galley.rows.len().max(1) as f32;
    let first_row = own.top() + (BAR.min(own.height()) - row_height) * 0.5;
    let painter = ui.painter().with_clip_rect(zone.intersect(ui.clip_rect()));
    painter.galley(pos2(zone.left(), first_row), galley, score.input.palette.ink);
    let response = ui.interact(rect.intersect(zone), ui.scope_id().with(("lane", place)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &lane.label));
    response.on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        words_ui(ui, egui::RichText::new(&lane.label).font(score.input.palette.strong(14.0)));
        if !lane.hint.is_empty() {
            words_ui(ui, egui::RichText::new(&lane.hint).size(12.0).color(score.input.palette.quiet_ink));
        }
    });
}

/// So many lines of a width, the last one cut with an ellipsis.
fn elided(painter: &Painter, text: &str, (font, width, rows): (FontId, f32, usize)) -> Arc<Galley> {
    words::galley(painter, text, (font, Color32::PLACEHOLDER), (width, rows))
}

/// How much of the lanes is in view: seen, never touched; the wheel over the names and dragging scroll.
fn paint_scrollbar(score: &Score, zone: Rect, start: f32, share: f32) {
    let bar = Rect::from_x_y_ranges(
        zone.right() - 6.0..=zone.right() - 3.0,
        zone.top() + zone.height() * start..=zone.top() + zone.height() * (start + share),
    );
    score.painter.rect_filled(bar, 1.5, score.input.palette.quiet_ink.gamma_multiply(0.5));
}

/// What the band under the pointer says.
pub(super) fn tip_ui(ui: &Ui, response: &Response, score: &Score, state: &TimelineState) {
    let Some(at) = score.hover.lanes else { return };
    let found = lane_and_band_at((&score.zones, &score.axis), score.input.lanes, state.scroll, at);
    if let Some((lane, band, _)) = found {
        band_tip_ui(ui, response, score, (lane, band));
    }
}

/// The band at a place, and where it lies.
pub(super) fn band_at<'a>(on: (&Zones, &Axis), lanes: &'a [Arc<Lane>], scroll: f32, at: egui::Pos2) -> Option<(&'a Band, Rect)> {
    lane_and_band_at(on, lanes, scroll, at).map(|(_, band, rect)| (band, rect))
}

fn lane_and_band_at<'a>(
    (zones, axis): (&Zones, &Axis),
    lanes: &'a [Arc<Lane>],
    scroll: f32,
    at: egui::Pos2,
) -> Option<(&'a Lane, &'a Band, Rect)> {
    let (zone, growth) = (zones.lanes, growth(zones.lanes, lanes));
    let mut top = zone.top() - scroll;
    for lane in lanes {
        let own = Rect::from_x_y_ranges(zone.x_range(), top..=top + lane_height(lane) * growth - LANE_GAP);
        top += lane_height(lane) * growth;
        let near =
            |band: &&Band| band_rect(axis, lane, own, band).is_some_and(|rect| rect.expand2(egui::vec2(reach(band), 1.0)).contains(at));
        if let Some(band) = lane.bands.iter().rev().find(near) {
            return band_rect(axis, lane, own, band).map(|rect| (&**lane, band, rect));
        }
    }
    None
}

/// How far beside a band a pointer still means it, in points: what can be dragged must be easy to get hold of.
fn reach(band: &Band) -> f32 {
    if band.owner.is_some() { 3.0 } else { 1.0 }
}

fn band_tip_ui(ui: &Ui, response: &Response, score: &Score, (lane, band): (&Lane, &Band)) {
    let palette = score.input.palette;
    egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id.with("band"), egui::PopupAnchor::Pointer)
        .gap(12.0)
        .width(320.0)
        .show(|ui| {
            words_ui(ui, egui::RichText::new(&lane.label).size(12.0).color(palette.quiet_ink));
            ui.horizontal(|ui| {
                let (swatch, _) = ui.allocate_exact_size(egui::vec2(12.0, 12.0), Sense::hover());
                ui.painter().rect(swatch, 2.0, band.color, Stroke::NONE, egui::StrokeKind::Inside);
                words_ui(ui, egui::RichText::new(&band.tip).size(14.0).color(palette.ink));
            });
        });
}
