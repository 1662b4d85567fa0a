//! The score: the track of events, the axis, the lanes, and the playhead through all of them.

use std::sync::Arc;

use eframe::egui::{Align2, Galley, Painter, Pos2, Rangef, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{
    TimelineAction, TimelineInput, TimelineState,
    axis::{Axis, Stretch},
    icons,
    index::EventIndex,
    marks, menu,
    palette::plain,
    pointer::{self, Hover},
    score_lanes, score_track,
};
use crate::time::{self, Clock, Tick};

/// Width of the names at the left of the lanes, in points.
const LABELS: f32 = 124.0;
/// The same where the score is wide.
const WIDE_LABELS: f32 = 184.0;
/// Height of the row of dates under the track.
const AXIS: f32 = 20.0;
/// Narrower than this there is no score.
const LEAST_WIDTH: f32 = 40.0;
/// Least room from one date on the axis to the next.
const TICK_SPACING: f32 = 74.0;

/// Where everything lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zones {
    /// All of it, up to the edges of the dock.
    pub whole: Rect,
    /// Where events stand.
    pub track: Rect,
    /// Where dates stand.
    pub axis: Rect,
    /// Where lanes lie; without height where there is no room or no lane.
    pub lanes: Rect,
    /// Where the names of lanes stand; without width in one row.
    pub labels: Rect,
}

/// What everything in the score is painted with.
pub(super) struct Score<'a> {
    /// Paints on the ground and up to the edge of the dock.
    pub painter: Painter,
    /// Paints among the names at the left.
    pub margin: Painter,
    pub zones: Zones,
    pub axis: Axis,
    pub ticks: Vec<Tick>,
    pub input: &'a TimelineInput<'a>,
    pub clock: &'a Clock,
    pub index: Arc<EventIndex>,
    pub hover: Hover,
}

/// The day under the pointer, laid out.
struct HoveredDay {
    x: f32,
    at: Pos2,
    galley: Arc<Galley>,
    ground: Rect,
}

impl Zones {
    fn new(whole: Rect, has_lanes: bool) -> Self {
        let is_one_row = whole.height() < 72.0;
        let left = match () {
            () if is_one_row => whole.left(),
            () if whole.width() > 1200.0 => whole.left() + WIDE_LABELS,
            () => whole.left() + LABELS.min(whole.width() * 0.3),
        };
        let axis_height = if is_one_row { 16.0 } else { AXIS };
        let (top, bottom) = if is_one_row { (whole.top() + 4.0, whole.bottom()) } else { (whole.top() + 12.0, whole.bottom() - 6.0) };
        let room = bottom - top - axis_height;
        let track_height = if has_lanes && !is_one_row { (room * 0.42).clamp(40.0, 76.0).min(room.max(0.0)) } else { room };
        let across = |from: f32, to: f32| Rect::from_x_y_ranges(left..=whole.right(), from..=to.max(from));
        let track = across(top, top + track_height);
        let axis = across(track.bottom(), track.bottom() + axis_height);
        let lanes = if has_lanes { across(axis.bottom() + 4.0, bottom) } else { across(axis.bottom(), axis.bottom()) };
        let labels = Rect::from_min_max(whole.left_top(), pos2(left, whole.bottom()));
        Self { whole, track, axis, lanes, labels }
    }

    /// From the top edge of the dock to the end of the lanes.
    pub fn height(&self) -> Rangef {
        Rangef::new(self.whole.top(), self.whole.bottom())
    }

    /// Track, axis and lanes together.
    pub fn ground(&self) -> Rect {
        self.track.union(self.axis).union(self.lanes)
    }
}

/// Handles the pointer and the keys, then draws.
pub(super) fn score_ui(
    ui: &mut Ui,
    rect: Rect,
    input: &TimelineInput,
    state: &mut TimelineState,
    (clock, out): (&Clock, &mut Vec<TimelineAction>),
) {
    if rect.width() < LEAST_WIDTH {
        return;
    }
    let zones = Zones::new(rect, !input.lanes.is_empty());
    let seen = state.seen.unwrap_or_else(|| Stretch::around(clock.range));
    let before = Axis { seen, x: zones.track.x_range() };
    let (response, hover) = pointer::score_pointer_ui(ui, (&zones, &before), input, state, (clock, out));
    let axis = Axis { seen: state.seen.unwrap_or(seen), ..before };
    state.axis = Some(axis);
    let index = Arc::clone(&state.cache.index);
    let painter = ui.painter().with_clip_rect(zones.ground().union(zones.whole.with_min_x(zones.track.left())).intersect(ui.clip_rect()));
    let margin = ui.painter().with_clip_rect(zones.labels.intersect(ui.clip_rect()));
    let days = axis.days();
    let ticks = time::ticks::ticks(days.start, days.end, axis.x.span(), TICK_SPACING);
    let score = Score { painter, margin, zones, axis, ticks, input, clock, index, hover };
    let hovered = score.hovered_day(state.grip.is_some());
    score.paint_axis(hovered.as_ref());
    score_track::paint(&score, state);
    score_lanes::lanes_ui(ui, &score, state);
    marks::paint(&score, state.grip);
    if let Some(hovered) = &hovered {
        score.paint_hovered_day(hovered);
    }
    score_track::tip_ui(ui, &response, &score);
    score_lanes::tip_ui(ui, &response, &score, state);
    if let Some((x, text)) = state.bar.as_ref().and_then(|bar| bar.flag(&axis)) {
        score.paint_flag(x, &text);
    }
    menu::menu_ui(&response, input, state, out);
    if response.has_focus() {
        let ring = zones.ground().shrink(1.0);
        ui.painter().rect_stroke(ring, icons::RADIUS, Stroke::new(1.0, input.palette.accent.gamma_multiply(0.6)), StrokeKind::Inside);
    }
}

impl Score<'_> {
    /// Hairlines and dates, but none under the day that the pointer names.
    fn paint_axis(&self, hovered: Option<&HoveredDay>) {
        let palette = self.input.palette;
        let zone = self.zones.axis;
        self.painter.hline(self.axis.x, zone.top(), Stroke::new(1.0, palette.grid));
        for tick in &self.ticks {
            let x = self.crisp(self.axis.x_of_day(tick.day));
            let (line, ink) = if tick.major { (1.0, palette.ink) } else { (0.55, palette.quiet_ink) };
            self.painter.vline(x, Rangef::new(zone.top(), zone.top() + 6.0), Stroke::new(1.0, palette.grid.gamma_multiply(line)));
            if self.zones.lanes.height() > 0.0 {
                self.painter.vline(x, self.zones.lanes.y_range(), Stroke::new(1.0, palette.grid.gamma_multiply(line * 0.55)));
            }
            let galley = self.painter.layout_no_wrap(tick.label.clone(), plain(12.0), ink);
            let own = Align2::LEFT_CENTER.anchor_size(pos2(x + 4.0, zone.center().y + 1.0), galley.size());
            if hovered.is_none_or(|hovered| !hovered.ground.expand(2.0).intersects(own)) {
                self.painter.galley(own.min, galley, ink);
            }
        }
    }

    /// The day under the pointer, set on the axis.
    fn hovered_day(&self, is_dragging: bool) -> Option<HoveredDay> {
        let x = self.hover.x.filter(|_| !is_dragging)?;
        let day = self.axis.day_at(x);
        // Where years are ticks, nobody points at a day.
        let days_a_tick = self.ticks.windows(2).next().map_or(0, |pair| pair[1].day.get() - pair[0].day.get());
        let year = time::Date::in_year(day.year()).ok().filter(|_| days_a_tick > 1_800);
        let label = year.map_or_else(|| day.label(), |year| year.label());
        let galley = self.painter.layout_no_wrap(label, plain(12.0), self.input.palette.ink);
        let least = self.axis.x.min + 2.0;
        let left = (x - galley.size().x * 0.5).clamp(least, (self.axis.x.max - galley.size().x - 8.0).max(least));
        let at = pos2(left, self.zones.axis.center().y - galley.size().y * 0.5 + 1.0);
        let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(6.0, 1.0));
        Some(HoveredDay { x, at, galley, ground })
    }

    /// A thin line under the pointer, with the day at the axis.
    fn paint_hovered_day(&self, hovered: &HoveredDay) {
        let palette = self.input.palette;
        let line = Stroke::new(1.0, palette.quiet_ink.gamma_multiply(0.5));
        self.painter.vline(self.crisp(hovered.x), Rangef::new(self.zones.track.top(), self.zones.ground().bottom()), line);
        self.painter.rect(hovered.ground, icons::RADIUS, palette.surface, Stroke::new(1.0, palette.grid), StrokeKind::Inside);
        self.painter.galley(hovered.at, Arc::clone(&hovered.galley), palette.ink);
    }

    /// A line at the end of a bar that is dragged, with its date at the axis.
    fn paint_flag(&self, x: f32, text: &str) {
        let palette = self.input.palette;
        let x = x.clamp(self.axis.x.min, self.axis.x.max);
        self.painter.vline(
            self.crisp(x),
            Rangef::new(self.zones.track.top(), self.zones.ground().bottom()),
            Stroke::new(1.5, palette.accent),
        );
        let galley = self.painter.layout_no_wrap(text.to_owned(), palette.strong(12.0), palette.surface);
        let least = self.axis.x.min + 8.0;
        let left = (x - galley.size().x * 0.5).clamp(least, (self.axis.x.max - galley.size().x - 8.0).max(least));
        let at = pos2(left, self.zones.axis.center().y - galley.size().y * 0.5 + 1.0);
        self.painter.rect_filled(Rect::from_min_size(at, galley.size()).expand2(vec2(7.0, 2.0)), icons::RADIUS, palette.accent);
        self.painter.galley(at, galley, palette.surface);
    }

    /// A place on a whole pixel, so that hairlines stay sharp.
    pub fn crisp(&self, x: f32) -> f32 {
        let pixels = self.painter.ctx().pixels_per_point();
        ((x * pixels).floor() + 0.5) / pixels
    }
}
