//! Bars, bands and lines, and which of them lies at a point.

use super::{ChartFrame, Hit, Plot, color, line_color, rhythm};
use crate::{
    model::chart::{Chart, ChartKind, Step, Who},
    scene::{
        item::{At, Fill, Item, Rect},
        style::{Rgba, Stroke},
    },
    time::Day,
};

/// How near to a line the pointer must be, as a share of the letters' size.
const REACH: f32 = 1.1;
/// How much of its row a bar of memberships fills.
const ROW_SHARE: f32 = 0.72;

/// A stretch of one series on top of those below it, in days and values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layer {
    /// Position in [`Chart::series`].
    pub series: usize,
    /// First day.
    pub from: Day,
    /// The day after the last.
    pub past_end: Day,
    /// Its lower edge.
    pub low: f64,
    /// Its upper edge.
    pub high: f64,
    /// How much of it, from the upper edge down, is approximate.
    pub approximate: f64,
}

/// Stacked series from change to change; what stays at the same height is one piece.
pub(super) fn layers(chart: &Chart) -> Vec<Layer> {
    let mut found: Vec<Layer> = Vec::new();
    let mut open: Vec<Option<usize>> = vec![None; chart.series.len()];
    let mut days = vec![Day::MIN];
    days.extend(chart.change_days());
    days.push(Day::MAX);
    for pair in days.windows(2) {
        let mut low = 0.0;
        for (series, own) in chart.series.iter().enumerate() {
            let Some(step) = own.step_on(pair[0]) else { continue };
            let layer = Layer { series, from: pair[0], past_end: pair[1], low, high: low + step.value, approximate: step.approximate };
            low = layer.high;
            let goes_on = |index: &usize| found[*index] == Layer { from: found[*index].from, past_end: pair[0], ..layer };
            // Each bar of events stands for itself.
            match open[series].filter(|index| chart.kind == ChartKind::Area && goes_on(index)) {
                Some(index) => found[index].past_end = pair[1],
                None => {
                    open[series] = Some(found.len());
                    found.push(layer);
                }
            }
        }
    }
    found
}

/// The box of a layer on the page, on whole points so that neighbours meet without a seam; `None` where it is out of sight.
pub(super) fn layer_rect(plot: &Plot, layer: &Layer) -> Option<Rect> {
    let rect = Rect {
        min: [plot.edge_of(layer.from).round(), plot.y_of(layer.high).round()],
        max: [plot.edge_of(layer.past_end).round(), plot.y_of(layer.low).round()],
    };
    (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
}

/// Everything that shows a number.
pub(super) fn marks(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    match frame.chart.kind {
        ChartKind::Area => areas(frame, plot),
        ChartKind::Events => bars(frame, plot),
        ChartKind::Alliances => lines(frame, plot),
        ChartKind::Memberships => memberships(frame, plot),
    }
}

fn plain(rect: Rect, fill: Fill, radius_points: f32) -> Item {
    Item::Box { rect, radius_points, fill, stroke: None }
}

/// Stripes of a colour and of the ground: approximate, or less than full.
fn striped(base: Rgba, ground: Rgba) -> Fill {
    Fill { hatch: [base.mixed(ground, 0.32), Rgba::default(), Rgba::default()], hatch_count: 1, ..Fill::plain(base) }
}

fn areas(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let (mut grounds, mut edges) = (Vec::new(), Vec::new());
    let edge = Stroke::solid(frame.style.panel, (frame.text_points / 10.0).max(1.0));
    for layer in layers(frame.chart) {
        let Some(rect) = layer_rect(plot, &layer) else { continue };
        let own = color(&frame.chart.series[layer.series].who, frame.style);
        let sure = plot.y_of(layer.high - layer.approximate).round().clamp(rect.min[1], rect.max[1]);
        if sure < rect.max[1] {
            grounds.push(plain(Rect { min: [rect.min[0], sure], ..rect }, Fill::plain(own), 0.0));
        }
        if sure > rect.min[1] {
            grounds.push(plain(Rect { max: [rect.max[0], sure], ..rect }, striped(own, frame.style.panel), 0.0));
        }
        edges.push(Item::Polyline { points: vec![rect.min, [rect.max[0], rect.min[1]]], stroke: edge, soft: false });
        if rect.min[0] > plot.rect.min[0] {
            edges.push(Item::Polyline { points: vec![rect.min, [rect.min[0], rect.max[1]]], stroke: edge, soft: false });
        }
    }
    grounds.extend(edges);
    grounds
}

fn bars(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let boxes = layers(frame.chart).into_iter().filter_map(|layer| {
        let rect = bar_rect(plot, &layer)?;
        Some(plain(rect, Fill::plain(color(&frame.chart.series[layer.series].who, frame.style)), 0.0))
    });
    boxes.collect()
}

/// A bar stands a little apart from the next one, where there is room for that.
fn bar_rect(plot: &Plot, layer: &Layer) -> Option<Rect> {
    let (left, right) = (plot.edge_of(layer.from), plot.edge_of(layer.past_end));
    let inset = if right - left >= 4.0 { (right - left) * 0.07 } else { 0.0 };
    let rect = Rect { min: [left + inset, plot.y_of(layer.high)], max: [(right - inset).max(left + inset + 1.0), plot.y_of(layer.low)] };
    (right > left && rect.height() > 0.0).then_some(rect)
}

fn lines(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let mut items = Vec::new();
    for (place, series) in frame.chart.series.iter().enumerate() {
        let stroke = Stroke { color: line_color(&series.who, frame.style), width_points: frame.text_points * 0.19, dash: rhythm(place) };
        let pieces = series.steps.chunk_by(|one, next| one.past_end == next.from).filter_map(|steps| stairs(plot, steps));
        items.extend(pieces.map(|points| Item::Polyline { points, stroke, soft: false }));
    }
    items
}

/// The corners of steps that follow one another, from the ground up and back to it; `None` where all of it is out of sight.
fn stairs(plot: &Plot, steps: &[Step]) -> Option<Vec<At>> {
    let seen = steps.iter().filter(|step| step.overlaps(plot.seen()));
    let mut points: Vec<At> = Vec::new();
    for step in seen {
        let (left, right, y) = (plot.edge_of(step.from), plot.edge_of(step.past_end), plot.y_of(step.value));
        if points.is_empty() && left > plot.rect.min[0] {
            points.push([left, plot.rect.max[1]]);
        }
        points.extend([[left, y], [right, y]]);
    }
    let last = points.last().copied()?;
    if last[0] < plot.edge_of(Day::MAX) - 0.5 {
        points.push([last[0], plot.rect.max[1]]);
    }
    Some(points)
}

fn memberships(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let mut items = Vec::new();
    for (row, series) in frame.chart.series.iter().enumerate() {
        let own = color(&series.who, frame.style);
        for step in &series.steps {
            let Some(rect) = membership_rect(plot, row, step) else { continue };
            let fill = if step.full { Fill::plain(own) } else { striped(own.mixed(frame.style.panel, 0.35), frame.style.panel) };
            items.push(plain(rect, fill, 0.0));
        }
    }
    items
}

fn membership_rect(plot: &Plot, row: usize, step: &Step) -> Option<Rect> {
    let rect = plot.row(row);
    let gap = (rect.height() * (1.0 - ROW_SHARE) / 2.0).round();
    let (left, right) = (plot.edge_of(step.from), plot.edge_of(step.past_end));
    let is_seen = step.overlaps(plot.seen());
    is_seen.then_some(Rect { min: [left, (rect.min[1] + gap).round()], max: [right.max(left + 1.5), (rect.max[1] - gap).round()] })
}

/// See [`ChartFrame::hit`].
pub(super) fn hit(frame: &ChartFrame, plot: &Plot, at: At) -> Option<Hit> {
    if !plot.rect.contains(at) {
        return None;
    }
    let day = plot.day_at(at[0]);
    if day > frame.until {
        return None;
    }
    match frame.chart.kind {
        ChartKind::Area | ChartKind::Events => stacked_hit(frame.chart, plot.value_at(at[1]), day),
        ChartKind::Alliances => {
            let reach = frame.text_points * REACH;
            let steps = numbered_steps(frame.chart).filter(|(.., step)| step.contains(day));
            let near = steps.map(|(series, step, found)| ((plot.y_of(found.value) - at[1]).abs(), series, step));
            let (_, series, step) = near.filter(|(away, ..)| *away <= reach).min_by(|one, other| one.0.total_cmp(&other.0))?;
            Some(Hit { series, step, day })
        }
        ChartKind::Memberships => {
            let found = numbered_steps(frame.chart)
                .find(|(series, _, step)| membership_rect(plot, *series, step).is_some_and(|rect| rect.contains(at)));
            found.map(|(series, step, _)| Hit { series, step, day })
        }
    }
}

fn numbered_steps(chart: &Chart) -> impl Iterator<Item = (usize, usize, &Step)> {
    let series = chart.series.iter().enumerate();
    series.flat_map(|(index, series)| series.steps.iter().enumerate().map(move |(place, step)| (index, place, step)))
}

fn stacked_hit(chart: &Chart, value: f64, day: Day) -> Option<Hit> {
    let mut low = 0.0;
    for (series, step, found) in numbered_steps(chart).filter(|(.., step)| step.contains(day)) {
        if (low..low + found.value).contains(&value) {
            return Some(Hit { series, step, day });
        }
        low += found.value;
    }
    None
}

/// See [`ChartFrame::highlight`].
pub(super) fn highlight(frame: &ChartFrame, plot: &Plot, hit: Hit) -> Vec<Item> {
    let Some((series, step)) = hit.step(frame.chart) else { return Vec::new() };
    let outline = |rect: Rect| {
        let stroke = Some(Stroke::solid(frame.style.ink, (frame.text_points / 8.0).max(1.0)));
        vec![Item::Box { rect, radius_points: 0.0, fill: Fill::plain(Rgba::default()), stroke }]
    };
    match frame.chart.kind {
        ChartKind::Area | ChartKind::Events => {
            let low: f64 = frame.chart.series[..hit.series].iter().map(|below| below.value_on(hit.day)).sum();
            // Where what lies below changes meanwhile, the outline is that of the day's stretch.
            let own = |layer: &Layer| layer.series == hit.series && layer.from <= hit.day && hit.day < layer.past_end && layer.low == low;
            let layer = layers(frame.chart).into_iter().find(own);
            let rect =
                layer.and_then(|layer| if frame.chart.kind == ChartKind::Area { layer_rect(plot, &layer) } else { bar_rect(plot, &layer) });
            rect.map(outline).unwrap_or_default()
        }
        ChartKind::Alliances => vec![frame.dot([plot.x_of(hit.day.get() as f64 + 0.5), plot.y_of(step.value)], &series.who)],
        ChartKind::Memberships => membership_rect(plot, hit.series, step).map(outline).unwrap_or_default(),
    }
}

/// The colour under a label on a series.
pub(super) fn ground_of(who: &Who, frame: &ChartFrame) -> Rgba {
    color(who, frame.style)
}
