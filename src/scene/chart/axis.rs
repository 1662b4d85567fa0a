//! The axes: round values, round days, a quiet grid.

use super::{ChartFrame, Plot, fitted, text};
use crate::{
    model::chart::{ChartKind, Unit, grouped},
    scene::{
        fonts,
        item::{Anchor, Face, Item},
        style::Stroke,
    },
    time::{Day, ticks},
};

/// A grid with more lines than this is louder than what stands on it.
const MOST_VALUES: f32 = 6.0;

/// Values at 1, 2 or 5 times a power of ten, from 0 to `most`, at least two and a half lines of text apart; at least 1 apart.
pub(super) fn value_ticks(most: f64, height_points: f32, text_points: f32) -> Vec<f64> {
    let fits = f64::from((height_points / (text_points * 2.5)).floor().clamp(1.0, MOST_VALUES));
    let least = (most / fits).max(1.0);
    let decade = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * decade).find(|step| *step >= least * 0.999).unwrap_or(least);
    let count = (most / step).floor() as usize;
    (0..=count).map(|place| place as f64 * step).collect()
}

/// The labels of ticks; the highest says what the numbers are, where a word is short enough.
pub(super) fn value_labels(unit: Unit, ticks: &[f64]) -> Vec<String> {
    let last = ticks.len().saturating_sub(1);
    let label = |(place, value): (usize, &f64)| match unit {
        Unit::SquareKilometres if place == last && place > 0 => unit.text(*value),
        _ => grouped(*value),
    };
    ticks.iter().enumerate().map(label).collect()
}

/// What lies under the marks.
pub(super) fn grid(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let hairline = Stroke::solid(frame.style.panel_edge, (frame.text_points / 16.0).max(0.75));
    let across = |y: f32| Item::Polyline { points: vec![[plot.rect.min[0], y], [plot.rect.max[0], y]], stroke: hairline, soft: false };
    let down = |x: f32| Item::Polyline { points: vec![[x, plot.rect.min[1]], [x, plot.rect.max[1]]], stroke: hairline, soft: false };
    match frame.chart.kind {
        ChartKind::Memberships => day_ticks(frame, plot).into_iter().map(|(x, _)| down(x)).collect(),
        _ => {
            let values = value_ticks(plot.most, plot.rect.height(), frame.text_points);
            values.into_iter().filter(|value| *value > 0.0).map(|value| across(plot.y_of(value).round())).collect()
        }
    }
}

/// The ground line and all labels.
pub(super) fn axes(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let mut items = time_axis(frame, plot);
    items.extend(if frame.chart.kind == ChartKind::Memberships { row_labels(frame, plot) } else { values(frame, plot) });
    items
}

/// The ground line with its ticks and their labels.
pub(super) fn time_axis(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let (style, size) = (frame.style, frame.text_points);
    let ground = Stroke::solid(style.quiet_ink, (size / 14.0).max(0.75));
    let base = plot.rect.max[1];
    let mut items = vec![Item::Polyline { points: vec![[plot.rect.min[0], base], [plot.rect.max[0], base]], stroke: ground, soft: false }];
    for (x, label) in day_ticks(frame, plot) {
        items.push(Item::Polyline { points: vec![[x, base], [x, base + size * 0.3]], stroke: ground, soft: false });
        items.push(text([x, base + size * 1.05], Anchor::Middle, label, (Face::Regular, size), style.quiet_ink));
    }
    items
}

fn values(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let ticks = value_ticks(plot.most, plot.rect.height(), frame.text_points);
    let labels = value_labels(frame.chart.unit, &ticks);
    let label = |(value, label): (f64, String)| {
        let at = [plot.rect.min[0] - frame.text_points * 0.5, plot.y_of(value)];
        text(at, Anchor::End, label, (Face::Regular, frame.text_points), frame.style.quiet_ink)
    };
    ticks.into_iter().zip(labels).map(label).collect()
}

fn row_labels(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let room = plot.rect.min[0] - frame.rect.min[0] - frame.text_points * 0.5;
    let rows = frame.chart.series.iter().enumerate();
    rows.map(|(row, series)| {
        let rect = plot.row(row);
        let size = frame.text_points.min(rect.height() * 0.8);
        let at = [plot.rect.min[0] - frame.text_points * 0.5, rect.middle()[1]];
        text(at, Anchor::End, fitted(&series.name, Face::Regular, size, room), (Face::Regular, size), frame.style.ink)
    })
    .collect()
}

/// Round days with their labels, where the whole label has room.
fn day_ticks(frame: &ChartFrame, plot: &Plot) -> Vec<(f32, String)> {
    let (first, last) = (Day::new(plot.days[0].ceil() as i64), Day::new(plot.days[1].floor() as i64));
    let found = ticks::ticks(first, last, plot.rect.width(), frame.text_points * 5.0).into_iter();
    let placed = found.map(|tick| (plot.x_of(tick.day.get() as f64), tick.label));
    let has_room = |(x, label): &(f32, String)| {
        let half = fonts::text_width(label, Face::Regular, frame.text_points, 0.0) / 2.0;
        x - half >= frame.rect.min[0] && x + half <= frame.rect.max[0]
    };
    placed.filter(has_room).map(|(x, label)| (x.round(), label)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_few_and_reach_up() {
        assert_eq!(value_ticks(27_600.0, 200.0, 12.0), [0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0]);
        assert_eq!(value_ticks(2.0, 400.0, 12.0), [0.0, 1.0, 2.0]);
        for most in [1.0, 3.0, 9.7, 120.0, 9_999.0, 1e7] {
            let ticks = value_ticks(most, 120.0, 12.0);
            assert!((2..=5).contains(&ticks.len()), "{most}: {ticks:?}");
            assert!(*ticks.last().unwrap() >= most * 0.45, "{most}: {ticks:?}");
        }
    }

    #[test]
    fn the_highest_label_says_the_unit() {
        assert_eq!(value_labels(Unit::SquareKilometres, &[0.0, 10_000.0, 20_000.0]), ["0", "10,000", "20,000 km²"]);
        assert_eq!(value_labels(Unit::Members, &[0.0, 20.0]), ["0", "20"]);
    }
}
