//! The chart itself: the scene's picture in a plot that zooms along time, with the shown day in it.

use std::sync::Arc;

use eframe::egui::{self, CursorIcon, PointerButton, Pos2, Rect, Response, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};
use egui_plot::{Plot, PlotResponse};

use super::{ChartsInput, ChartsState, tip};
use crate::{
    gui::{actions::Action, manners, paint::items::paint_items, timeline::TimelineAction},
    model::chart::{Chart, ChartKind},
    scene::{
        self,
        chart::{AXIS, ChartFrame},
    },
    time::Day,
};

/// The least height of a row of memberships, as a share of the letters' size.
const LEAST_ROW: f32 = 1.15;
/// So many points of scrolling zoom by the factor e.
const ZOOM_POINTS: f32 = 400.0;
/// Empty time that the timeline adds on each side of what it is asked to show, as a share of that.
const TIMELINE_MARGIN: f64 = 0.025;
/// No closer than so many days.
const SHORTEST_DAYS: f64 = 20.0;

/// Draws the chart into the whole of `ui`.
pub(super) fn plot_ui(
    ui: &mut Ui,
    input: &ChartsInput,
    state: &mut ChartsState,
    (slot, chart): (usize, &Arc<Chart>),
    out: &mut Vec<Action>,
) {
    let room = ui.available_rect_before_wrap();
    let is_roomy = room.width() >= 640.0 && room.height() >= 190.0;
    let (rows, axis) = if chart.kind == ChartKind::Memberships { (chart.series.len() as f32, AXIS + 0.7) } else { (0.0, 0.0) };
    let wanted = |text_points: f32| text_points * (LEAST_ROW * rows + axis);
    let text_points = if is_roomy && wanted(14.0) <= room.height() { 14.0 } else { 12.0 };
    if wanted(text_points) <= room.height() {
        framed_ui(ui, input, state, (slot, chart, room, text_points), out);
        return;
    }
    // More rows than fit scroll; the axis stays.
    let strip = text_points * AXIS;
    let rows = room.with_max_y(room.bottom() - strip);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rows));
    ScrollArea::vertical().id_salt(("chart", slot)).auto_shrink(false).show(&mut child, |ui| {
        let (_, place) = ui.allocate_space(vec2(ui.available_width(), wanted(text_points) - strip));
        let place = place.with_max_x(room.right()).with_max_y(place.top() + wanted(text_points));
        framed_ui(ui, input, state, (slot, chart, place, text_points), out);
    });
    let style = state.style(input.theme);
    let frame = frame_in(input, state, (chart, room, text_points), &style);
    paint_items(&ui.painter_at(room.with_min_y(rows.bottom() - 1.0)), ORIGIN, &frame.time_axis());
}

/// Items of a chart have their places in the window itself.
const ORIGIN: Rect = Rect::from_min_max(Pos2::ZERO, Pos2::ZERO);

fn frame_in<'a>(
    input: &ChartsInput,
    state: &ChartsState,
    (chart, place, text_points): (&'a Chart, Rect, f32),
    style: &'a scene::Style,
) -> ChartFrame<'a> {
    let rect = scene::Rect { min: [place.left(), place.top()], max: [place.right(), place.bottom()] };
    ChartFrame { chart, rect, days: state.seen(input), until: input.range.1, style, text_points }
}

fn framed_ui(
    ui: &mut Ui,
    input: &ChartsInput,
    state: &mut ChartsState,
    (slot, chart, place, text_points): (usize, &Arc<Chart>, Rect, f32),
    out: &mut Vec<Action>,
) {
    let style = state.style(input.theme);
    let frame = frame_in(input, state, (chart, place, text_points), &style);
    let drawn = state.drawn(slot, chart, &frame);
    let painter = ui.painter_at(place);
    paint_items(&painter, ORIGIN, &drawn.items);
    let shown = time_plot_ui(ui, &frame);
    let scrolls = place.height() > ui.clip_rect().height() + 8.0;
    if let Some(days) = moved_days(ui, &shown, frame.days, scrolls) {
        match input.timeline.filter(|_| state.follow) {
            Some(_) => out.push(on_timeline(days)),
            None => state.days = Some(days),
        }
        ui.ctx().request_repaint();
    }
    if shown.response.double_clicked() {
        state.days = None;
    }
    pointer_ui(ui, input, state, (&frame, &shown.response), out);
    paint_items(&painter, ORIGIN, &frame.playhead(input.day));
}

/// The plot that listens. It pans along time with the middle button; the picture itself is the scene's.
fn time_plot_ui(ui: &mut Ui, frame: &ChartFrame) -> PlotResponse<()> {
    let plot = frame.plot();
    let place = Rect::from_min_max(pos2(plot.rect.min[0], plot.rect.min[1]), pos2(plot.rect.max[0], plot.rect.max[1]));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let shown = Plot::new(("chart", frame.chart.kind))
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .set_margin_fraction(Vec2::ZERO)
        .allow_zoom([true, false])
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .allow_drag([true, false])
        .pan_pointer_button(PointerButton::Middle)
        .show(&mut child, |ui| {
            ui.set_plot_bounds_x(plot.days[0]..=plot.days[1]);
            ui.set_plot_bounds_y(0.0..=plot.most);
        });
    let name = format!("Chart of {}", frame.chart.kind);
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, &name));
    shown
}

/// The days after panning, pinching and the wheel; `None` where nothing moved. Where rows scroll the wheel is theirs.
fn moved_days(ui: &Ui, shown: &PlotResponse<()>, days: [f64; 2], scrolls: bool) -> Option<[f64; 2]> {
    let bounds = shown.transform.bounds();
    let mut moved = [bounds.min()[0], bounds.max()[0]];
    if let Some(at) = shown.response.hover_pos().filter(|_| !scrolls) {
        let scrolled = ui.input(|input| input.smooth_scroll_delta());
        let around = shown.transform.value_from_position(at).x;
        let length = moved[1] - moved[0];
        let factor = (f64::from(-scrolled.y / ZOOM_POINTS).exp() * length).max(SHORTEST_DAYS.min(length)) / length;
        let shift = -f64::from(scrolled.x) * shown.transform.dvalue_dpos()[0];
        moved = moved.map(|day| around + (day - around) * factor + shift);
    }
    let nearest = (days[1] - days[0]) * 1e-6;
    days.iter().zip(&moved).any(|(one, other)| (one - other).abs() > nearest).then_some(moved)
}

/// Asks the timeline to show exactly these days.
fn on_timeline([from, to]: [f64; 2]) -> Action {
    let margin = (to - from) * TIMELINE_MARGIN / (1.0 + 2.0 * TIMELINE_MARGIN);
    Action::SeeDays(Day::new((from + margin).round() as i64), Day::new((to - margin).round() as i64 - 1))
}

/// A click or a drag moves the date; hovering tells what is there and outlines its land.
fn pointer_ui(ui: &Ui, input: &ChartsInput, state: &mut ChartsState, (frame, response): (&ChartFrame, &Response), out: &mut Vec<Action>) {
    let means_nothing = manners::closes_menu(ui.ctx());
    let is_dragged = response.dragged_by(PointerButton::Primary) && !means_nothing;
    if let Some(at) = response.interact_pointer_pos().filter(|_| is_dragged || response.clicked() && !means_nothing) {
        let day = frame.plot().day_at(at.x);
        if day != input.day {
            out.push(Action::Time(TimelineAction::GoTo(day)));
        }
    }
    let Some(at) = response.hover_pos().filter(|_| !is_dragged) else { return };
    let Some(hit) = frame.hit([at.x, at.y]) else { return };
    let Some((series, step)) = hit.step(frame.chart) else { return };
    let painter = ui.painter().with_clip_rect(response.rect.expand(2.0).intersect(ui.clip_rect()));
    paint_items(&painter, ORIGIN, &frame.highlight(hit));
    ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    state.outlined = tip::land(input, &step.land, hit.day);
    tip::tip_ui(ui, response, input, (frame.chart, series, step));
}
