//! The events on the track: a soft silhouette of how many there were, and a tick for each.

use std::sync::Arc;

use eframe::egui::{self, Align2, Mesh, Rect, Response, Shape, Stroke, Ui, pos2, vec2};

use super::{
    TimelineEvent, TimelineState,
    axis::number,
    palette::plain,
    score::Score,
    state::TrackKey,
    texture::{Fade, add_bar, add_silhouette, softened},
};
use crate::gui::{numbers::grouped, words::words_ui};

/// Width of a bin of the silhouette, in points.
const BIN: f32 = 3.0;
/// So many bins to each side share a bin's events.
const SOFT_BINS: usize = 9;
/// The same where there are more events than can be told apart: their number has a shape of its own.
const FEW_SOFT_BINS: usize = 2;
/// A rank of importance that stands in a larger share of the columns than this tells nothing.
const MOST_COLUMNS_SHARE: f32 = 0.12;
/// More events in view than this are drawn a column of points each, not one by one.
const MOST_TICKS: usize = 1_500;
/// Heights of ticks of importance 1, 2 and 3, as shares of the track.
const TICK_SHARES: [f32; 3] = [0.66, 0.42, 0.24];
/// How strongly they are drawn.
const TICK_STRENGTH: [f32; 3] = [1.0, 0.85, 0.6];

/// Paints the track: from memory while neither the events nor the axis change.
pub(super) fn paint(score: &Score, state: &mut TimelineState) {
    if score.input.events.is_empty() {
        paint_empty(score);
        return;
    }
    let key = TrackKey {
        input: score.input.key,
        axis: score.axis,
        top_left: score.zones.track.min,
        height: score.zones.track.height(),
        theme: score.input.palette.theme,
        pixels_per_point: score.painter.ctx().pixels_per_point(),
    };
    if state.cache.track.as_ref().is_none_or(|(own, _)| *own != key) {
        state.cache.track = Some((key, score.drawn_track()));
        state.cache.fills += 1;
    }
    if let Some((_, shapes)) = &state.cache.track {
        score.painter.extend(shapes.iter().cloned());
    }
    paint_count(score);
    score.paint_raised_ticks();
}

/// What to do where nothing is to be seen.
fn paint_empty(score: &Score) {
    let palette = score.input.palette;
    // In the half without the playhead.
    let track = score.zones.track;
    let is_playhead_left = score.axis.x_of_noon(score.clock.current_day()) < track.center().x;
    let middle = track.lerp_inside(vec2(if is_playhead_left { 0.72 } else { 0.28 }, 0.5));
    let is_low = track.height() < 44.0;
    let text = if is_low { "No events: open a case, or add one on the map" } else { "No events yet" };
    let up = if is_low { 0.0 } else { 9.0 };
    score.painter.text(middle - vec2(0.0, up), Align2::CENTER_CENTER, text, plain(if is_low { 12.0 } else { 14.0 }), palette.quiet_ink);
    if !is_low {
        let hint = "Open a case study, or right-click the map to add an event.";
        score.painter.text(middle + vec2(0.0, up), Align2::CENTER_CENTER, hint, plain(12.0), palette.quiet_ink);
    }
}

/// How many there are, where the names of the lanes begin.
fn paint_count(score: &Score) {
    if score.zones.labels.width() <= 0.0 {
        return;
    }
    let count = score.input.events.len();
    let label = if count == 1 { "1 event".to_owned() } else { format!("{} events", grouped(count as u64)) };
    score.margin.text(
        pos2(score.zones.labels.left(), score.zones.track.bottom() + 1.0),
        Align2::LEFT_BOTTOM,
        label,
        plain(12.0),
        score.input.palette.quiet_ink,
    );
}

impl Score<'_> {
    /// The silhouette, fine marks where the map changes, and the ticks.
    fn drawn_track(&self) -> Vec<Shape> {
        let mut shapes = self.silhouette();
        let mut mesh = Mesh::default();
        self.add_change_marks(&mut mesh);
        let within = self.index.within(&self.axis.days());
        let mut heads = Vec::new();
        if within.len() > MOST_TICKS {
            self.add_columns(&mut mesh);
        } else {
            // The least important first: what matters lies on top.
            let mut events: Vec<&TimelineEvent> = within.iter().map(|place| &self.input.events[*place as usize]).collect();
            events.sort_by_key(|event| std::cmp::Reverse(event.importance));
            for event in events {
                self.add_tick(&mut mesh, &mut heads, event);
            }
        }
        shapes.push(Shape::Mesh(Arc::new(mesh)));
        shapes.extend(heads);
        shapes
    }

    fn silhouette(&self) -> Vec<Shape> {
        let palette = self.input.palette;
        let bins = (self.axis.x.span() / BIN).ceil().max(2.0) as usize;
        let is_dense = self.index.within(&self.axis.days()).len() > MOST_TICKS;
        let counts = softened(&self.index.density(self.axis.seen, bins), if is_dense { FEW_SOFT_BINS } else { SOFT_BINS });
        let most = counts.iter().copied().fold(0.0_f32, f32::max);
        if most <= 0.0 {
            return Vec::new();
        }
        // Between even and in proportion: a few events can still be seen beside a war.
        let heights: Vec<f32> = counts.iter().map(|count| (count / most).powf(0.7) * 0.94).collect();
        let track = self.zones.track;
        let mut mesh = Mesh::default();
        let strength = if is_dense { 2.0 } else { 1.0 };
        add_silhouette(&mut mesh, track, &heights, palette.tint(0.17 * strength), palette.tint(0.07 * strength));
        let step = track.width() / (heights.len() - 1) as f32;
        let edge = heights
            .iter()
            .enumerate()
            .map(|(place, height)| pos2(track.left() + step * place as f32, track.bottom() - track.height() * height));
        vec![Shape::Mesh(Arc::new(mesh)), Shape::line(edge.collect(), Stroke::new(1.0, palette.tint(0.22 * strength)))]
    }

    /// One fine mark a point where anything on the map changes.
    fn add_change_marks(&self, mesh: &mut Mesh) {
        let days = self.input.change_days;
        let axis = self.zones.axis;
        let mut place = days.partition_point(|day| number(*day) < self.axis.seen.from);
        while let Some(day) = days.get(place) {
            let x = self.axis.x_of_day(*day);
            if x > axis.right() {
                break;
            }
            mesh.add_colored_rect(self.upright(x, 1.0, axis.top(), axis.top() + 3.0), self.input.palette.quiet_ink.gamma_multiply(0.3));
            let next = self.axis.day_number_at(x.floor() + 1.0);
            place += days[place..].partition_point(|day| number(*day) < next).max(1);
        }
    }

    /// Columns of the ranks that are sparse enough to tell anything; what is everywhere is told by the silhouette.
    fn add_columns(&self, mesh: &mut Mesh) {
        let columns = self.index.columns(&self.axis);
        let most = (self.axis.x.span() * MOST_COLUMNS_SHARE) as usize;
        let count_of = |importance: u8| columns.iter().filter(|column| column.importance == importance).count();
        let is_sparse = [1, 2, 3].map(|importance| count_of(importance) <= most);
        for column in columns.iter().filter(|column| is_sparse[rank(column.importance)]) {
            let rank = rank(column.importance);
            let height = self.zones.track.height() * TICK_SHARES[rank];
            let color = self.input.palette.quiet_ink.gamma_multiply(0.35 + 0.15 * (2 - rank) as f32);
            let bottom = self.zones.track.bottom();
            mesh.add_colored_rect(self.upright(self.axis.x.min + column.x as f32 + 0.5, 1.0, bottom - height, bottom), color);
        }
    }

    fn add_tick(&self, mesh: &mut Mesh, heads: &mut Vec<Shape>, event: &TimelineEvent) {
        let (rank, bottom) = (rank(event.importance), self.zones.track.bottom());
        let color = self.input.palette.family(event.family).gamma_multiply(TICK_STRENGTH[rank]);
        let top = bottom - self.zones.track.height() * TICK_SHARES[rank];
        let (from, sure_from) = (self.axis.x_of_day(event.from), self.axis.x_of_day(event.sure_from.plus_days(1)));
        let until = self.axis.x_of_day(event.past_end);
        if until - sure_from.max(from) > 3.0 {
            // What lasts has a foot along the axis.
            let foot = Rect::from_min_max(pos2(from, bottom - 3.0), pos2(until, bottom));
            let fade = Fade { from, sure_from, sure_until: until, until };
            add_bar(mesh, foot.intersect(self.zones.track), fade, color.gamma_multiply(0.55));
        }
        if event.sure_from > event.from && sure_from - from > 3.0 {
            // Nobody knows the day: a haze over the days that it may have been.
            let haze = Rect::from_min_max(pos2(from, top), pos2(sure_from, bottom));
            let middle = (from + sure_from) * 0.5;
            let fade = Fade { from, sure_from: middle, sure_until: middle, until: sure_from };
            add_bar(mesh, haze.intersect(self.zones.track), fade, color.gamma_multiply(0.45));
            return;
        }
        let x = self.axis.x_of_noon(event.from);
        let width = if rank == 0 { 1.5 } else { 1.0 };
        mesh.add_colored_rect(self.upright(x, width, top, bottom), color);
        if rank == 0 {
            heads.push(Shape::circle_filled(pos2(self.crisp(x), top), 2.5, color));
        }
    }

    /// The selected event and the one under the pointer, over all others.
    fn paint_raised_ticks(&self) {
        let palette = self.input.palette;
        let selected = self.input.selected.map(|place| (place, palette.accent));
        let hovered = self.hover.event.map(|near| (near.event, palette.ink));
        for (place, color) in [selected, hovered].into_iter().flatten() {
            let Some(event) = self.input.events.get(place) else { continue };
            let top = self.zones.track.bottom() - self.zones.track.height() * TICK_SHARES[rank(event.importance)];
            let x = self.axis.x_of_noon(event.from);
            self.painter.rect_filled(self.upright(x, 2.0, top, self.zones.track.bottom()), 0.0, color);
            self.painter.circle(pos2(self.crisp(x), top), 4.0, color, Stroke::new(1.5, palette.surface));
        }
    }

    /// An upright bar on whole pixels.
    fn upright(&self, x: f32, width: f32, top: f32, bottom: f32) -> Rect {
        let pixels = self.painter.ctx().pixels_per_point();
        let left = ((x - width * 0.5) * pixels).round() / pixels;
        let width = (width * pixels).round().max(1.0) / pixels;
        Rect::from_min_max(pos2(left, top), pos2(left + width, bottom))
    }
}

fn rank(importance: u8) -> usize {
    usize::from(importance.clamp(1, 3)) - 1
}

/// Title and date of the event under the pointer.
pub(super) fn tip_ui(ui: &Ui, response: &Response, score: &Score) {
    let Some(near) = score.hover.event else { return };
    let Some(event) = score.input.events.get(near.event) else { return };
    let palette = score.input.palette;
    egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id.with("event"), egui::PopupAnchor::Pointer)
        .gap(12.0)
        .width(320.0)
        .show(|ui| {
            ui.horizontal(|ui| {
                let (dot, _) = ui.allocate_exact_size(vec2(8.0, 8.0), egui::Sense::hover());
                ui.painter().circle_filled(dot.center(), 4.0, palette.family(event.family));
                ui.label(egui::RichText::new(&event.date).size(12.0).color(palette.quiet_ink));
            });
            words_ui(ui, egui::RichText::new(&event.title).font(palette.strong(14.0)).color(palette.ink));
            if near.others > 0 {
                ui.label(egui::RichText::new(others(near.others)).size(12.0).color(palette.quiet_ink));
            }
        });
}

fn others(count: usize) -> String {
    if count == 1 {
        "and 1 other here; zoom in to part them".to_owned()
    } else {
        format!("and {} others here; zoom in to part them", grouped(count as u64))
    }
}
