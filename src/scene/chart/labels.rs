//! Names on what they name, so that nobody has to look up a legend.

use super::{ChartFrame, Plot, fitted, line_color, marks, text, text_on};
use crate::{
    model::chart::{ChartKind, Series, grouped},
    scene::{
        fonts,
        item::{Anchor, Face, Item, Rect},
    },
};

/// From one line of labels to the next, as a share of the letters' size.
const LINE: f32 = 1.15;
/// Names on areas against the letters on the axes.
const AREA_NAME: f32 = 1.1;

/// All direct labels.
pub(super) fn labels(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    match frame.chart.kind {
        ChartKind::Area => on_areas(frame, plot),
        ChartKind::Alliances => at_line_ends(frame, plot),
        ChartKind::Memberships => standings(frame, plot),
        // Bars are too thin for names: the row above the chart says which colour is which.
        ChartKind::Events => Vec::new(),
    }
}

/// Each name once, on the largest piece of its series that has room for it.
fn on_areas(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let label = |(index, rect): (usize, Rect)| {
        let series = &frame.chart.series[index];
        let ink = text_on(marks::ground_of(&series.who, frame), frame.style);
        text(rect.middle(), Anchor::Middle, series.name.clone(), (Face::Medium, frame.text_points * AREA_NAME), ink)
    };
    area_places(frame, plot).into_iter().map(label).collect()
}

/// The series that have room for their names, each with the box in which its name stands.
pub(super) fn area_places(frame: &ChartFrame, plot: &Plot) -> Vec<(usize, Rect)> {
    let layers = marks::layers(frame.chart);
    let size = frame.text_points * AREA_NAME;
    let place = |(index, series): (usize, &Series)| {
        let width = fonts::text_width(&series.name, Face::Medium, size, 0.0);
        let own = layers.iter().filter(|layer| layer.series == index).filter_map(|layer| marks::layer_rect(plot, layer));
        let has_room = |rect: &Rect| rect.width() >= width + size && rect.height() >= size * 1.4;
        let largest = own.filter(has_room).max_by(|one, other| (one.width() * one.height()).total_cmp(&(other.width() * other.height())));
        largest.map(|rect| (index, rect))
    };
    frame.chart.series.iter().enumerate().filter_map(place).collect()
}

/// What stands at the right end of a line: the name, and the count at the edge.
fn end_label(frame: &ChartFrame, series: &Series) -> Option<(f64, bool, String)> {
    let (first, last) = (frame.days[0], frame.days[1].min((frame.until.get() + 1) as f64));
    let step = series.steps.iter().rev().find(|step| (step.from.get() as f64) < last && (step.past_end.get() as f64) > first)?;
    let goes_on = step.past_end.get() as f64 >= last;
    Some((step.value, goes_on, format!("{} {}", series.name, grouped(step.value))))
}

/// The room that names need right of the plot.
pub(super) fn right_margin(frame: &ChartFrame) -> f32 {
    let names = frame.chart.series.iter().filter_map(|series| end_label(frame, series)).filter(|(_, goes_on, _)| *goes_on);
    let widest = names.map(|(.., name)| fonts::text_width(&name, Face::Medium, frame.text_points, 0.0)).fold(0.0, f32::max);
    widest.min(frame.rect.width() * 0.3) + frame.text_points
}

fn at_line_ends(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let size = frame.text_points;
    let mut items = Vec::new();
    let mut beside: Vec<(f32, &Series, String)> = Vec::new();
    for series in &frame.chart.series {
        let Some((value, goes_on, label)) = end_label(frame, series) else { continue };
        if goes_on {
            beside.push((plot.y_of(value), series, label));
            continue;
        }
        let last = series.steps.iter().rev().find(|step| step.overlaps(plot.seen()));
        let at = [plot.edge_of(last.map_or(crate::time::Day::MAX, |step| step.past_end)), plot.y_of(value) - size * 0.9];
        items.push(text(at, Anchor::End, series.name.clone(), (Face::Medium, size), readable(frame, series)));
    }
    beside.sort_by(|one, other| one.0.total_cmp(&other.0));
    let heights: Vec<f32> = beside.iter().map(|(y, ..)| *y).collect();
    let room = frame.rect.max[0] - plot.rect.max[0] - size * 0.5;
    for ((_, series, label), y) in beside.iter().zip(spread(&heights, size * LINE, [plot.rect.min[1], plot.rect.max[1]])) {
        let words = fitted(label, Face::Medium, size, room);
        items.push(text([plot.rect.max[0] + size * 0.5, y], Anchor::Start, words, (Face::Medium, size), readable(frame, series)));
    }
    items
}

/// The colour of a line, with so much ink in it that letters can be read.
fn readable(frame: &ChartFrame, series: &Series) -> crate::scene::Rgba {
    line_color(&series.who, frame.style).mixed(frame.style.ink, 0.55)
}

/// Rising heights moved so that no two are nearer than `least`, each as near to its own as the ones above let it; within the range where it is long enough.
pub(super) fn spread(heights: &[f32], least: f32, range: [f32; 2]) -> Vec<f32> {
    let mut placed: Vec<f32> = Vec::with_capacity(heights.len());
    for height in heights {
        placed.push(placed.last().map_or(*height, |before| height.max(before + least)));
    }
    let mut limit = range[1];
    for height in placed.iter_mut().rev() {
        *height = height.min(limit);
        limit = *height - least;
    }
    placed
}

/// The word for a standing other than plain membership, in its bar where it has room.
fn standings(frame: &ChartFrame, plot: &Plot) -> Vec<Item> {
    let mut items = Vec::new();
    for (row, series) in frame.chart.series.iter().enumerate() {
        let rect = plot.row(row);
        let size = (rect.height() * 0.52).min(frame.text_points * 0.9);
        for step in series.steps.iter().filter(|step| step.detail != "member" && step.overlaps(plot.seen())) {
            let (left, right) = (plot.edge_of(step.from), plot.edge_of(step.past_end));
            let words = step.detail.replace('-', " ");
            if size >= frame.text_points * 0.6 && fonts::text_width(&words, Face::Medium, size, 0.0) + size <= right - left {
                let at = [(left + right) / 2.0, rect.middle()[1]];
                let ground = marks::ground_of(&series.who, frame).mixed(frame.style.panel, 0.6);
                items.push(text(at, Anchor::Middle, words, (Face::Medium, size), text_on(ground, frame.style)));
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn labels_keep_apart_in_order_and_above_the_ground(mut heights in prop::collection::vec(0.0_f32..300.0, 0..12)) {
            heights.sort_by(f32::total_cmp);
            let placed = spread(&heights, 14.0, [0.0, 300.0]);
            prop_assert_eq!(placed.len(), heights.len());
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 13.99), "{:?}", placed);
            prop_assert!(placed.iter().all(|height| *height <= 300.01));
        }
    }

    #[test]
    fn labels_that_have_room_stay_where_they_are() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], 14.0, [0.0, 100.0]), [10.0, 50.0, 90.0]);
        assert_eq!(spread(&[95.0, 96.0], 14.0, [0.0, 100.0]), [86.0, 100.0]);
    }
}
