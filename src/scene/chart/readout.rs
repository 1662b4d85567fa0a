//! What a chart says of one day: a row of names with their values, which is its legend too.

use super::{color, line_color, rhythm};
use crate::{
    model::chart::{Chart, ChartKind, Unit, grouped},
    scene::{
        item::{Fill, Item, Rect},
        style::{Stroke, Style},
    },
    time::Day,
};

/// One name of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position in [`Chart::series`].
    pub series: usize,
    /// The name.
    pub name: String,
    /// The value on the day, with its unit; empty where there is none.
    pub value: String,
}

/// The series that are seen from the first to the last day, with their values on a day; of those without a value only the ones that bear no name
/// themselves (`labelled`, see [`super::ChartFrame::labelled`]). Of memberships, which have rows of their own, none.
pub fn readout(chart: &Chart, seen: (Day, Day), day: Option<Day>, labelled: &[usize]) -> Vec<Entry> {
    if chart.kind == ChartKind::Memberships {
        return Vec::new();
    }
    let is_seen = |index: &usize| chart.series[*index].steps.iter().any(|step| step.overlaps(seen));
    let mut entries: Vec<Entry> = (0..chart.series.len())
        .filter(is_seen)
        .map(|index| {
            let series = &chart.series[index];
            let value = day.and_then(|day| series.step_on(day)).map(|step| step.value);
            let text = |value: f64| match chart.unit {
                Unit::SquareKilometres => chart.unit.text(value),
                _ => grouped(value),
            };
            Entry { series: index, name: series.name.clone(), value: value.map_or_else(String::new, text) }
        })
        .filter(|entry| !entry.value.is_empty() || !labelled.contains(&entry.series))
        .collect();
    // Families of events keep their places; parties that hold something come first.
    if chart.kind != ChartKind::Events {
        entries.sort_by_key(|entry| entry.value.is_empty());
    }
    entries
}

/// The sign of a series, for the row: a box of its colour, or a piece of its line.
pub fn sample(chart: &Chart, series: usize, rect: Rect, style: &Style) -> Item {
    let who = &chart.series[series].who;
    if chart.kind == ChartKind::Alliances {
        let y = rect.middle()[1];
        let stroke = Stroke { color: line_color(who, style), width_points: 2.25, dash: rhythm(series) };
        return Item::Polyline { points: vec![[rect.min[0], y], [rect.max[0], y]], stroke, soft: false };
    }
    Item::Box { rect, radius_points: 2.0, fill: Fill::plain(color(who, style)), stroke: None }
}
