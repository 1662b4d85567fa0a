//! The events, sorted once, so that any stretch of 400,000 of them is counted in a fraction of a millisecond.

use super::{
    axis::{Axis, Stretch, number},
    types::TimelineEvent,
};
use crate::time::Day;

/// How many events a hover looks through for the most important one.
const MOST_LOOKED_AT: usize = 4_000;

/// The events of one input, sorted.
#[derive(Debug, Default)]
pub struct EventIndex {
    /// Positions of the events by first day; those on one day the most important first.
    order: Vec<u32>,
    /// The first days in that order.
    starts: Vec<Day>,
    /// The days after the last ones, sorted by themselves.
    ends: Vec<Day>,
    /// The first days of the events of importance 1, 2 and 3.
    starts_by_importance: [Vec<Day>; 3],
}

/// What starts in one column of the track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// How many points from the left edge.
    pub x: usize,
    /// The importance of the most important event, 1 to 3.
    pub importance: u8,
}

/// The event nearest to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its position in the events.
    pub event: usize,
    /// How many others are as near.
    pub others: usize,
}

impl EventIndex {
    /// Sorts the events.
    pub fn new(events: &[TimelineEvent]) -> Self {
        // Four billion events would not fit into memory.
        let mut order: Vec<u32> = (0..events.len() as u32).collect();
        order.sort_by_key(|place| {
            let event = &events[*place as usize];
            (event.from, event.importance)
        });
        let starts: Vec<Day> = order.iter().map(|place| events[*place as usize].from).collect();
        let mut ends: Vec<Day> = events.iter().map(|event| event.past_end.max(event.from.plus_days(1))).collect();
        ends.sort_unstable();
        let of = |importance: u8| {
            let own = order.iter().map(|place| &events[*place as usize]).filter(|event| event.importance.clamp(1, 3) == importance);
            own.map(|event| event.from).collect()
        };
        Self { starts_by_importance: [of(1), of(2), of(3)], order, starts, ends }
    }

    /// The first days of all events, sorted; several events on one day stand there several times.
    pub fn starts(&self) -> &[Day] {
        &self.starts
    }

    /// Positions of the events that start within a stretch of days, by first day.
    pub fn within(&self, days: &std::ops::Range<Day>) -> &[u32] {
        let first = self.starts.partition_point(|day| *day < days.start);
        let past = self.starts.partition_point(|day| *day < days.end);
        &self.order[first..past.max(first)]
    }

    /// How many events there are in each of `bins` equal parts of a stretch; one that lasts counts in every part that it touches.
    pub fn density(&self, seen: Stretch, bins: usize) -> Vec<f32> {
        let days_a_bin = seen.days() / bins.max(1) as f64;
        let edge = |bin: usize| seen.from + days_a_bin * bin as f64;
        (0..bins)
            .map(|bin| {
                let begun = self.starts.partition_point(|day| number(*day) < edge(bin + 1));
                let over = self.ends.partition_point(|day| number(*day) <= edge(bin));
                begun.saturating_sub(over) as f32
            })
            .collect()
    }

    /// The columns of one point in which any event starts, from left to right.
    pub fn columns(&self, axis: &Axis) -> Vec<Column> {
        // A screen has some thousands of columns.
        let width = axis.x.span().ceil().max(0.0) as usize;
        let mut importance = vec![0_u8; width];
        for (rank, starts) in [3_u8, 2, 1].into_iter().zip(self.starts_by_importance.iter().rev()) {
            let mut place = starts.partition_point(|day| number(*day) + 0.5 < axis.seen.from);
            while let Some(day) = starts.get(place) {
                let x = (axis.x_of_noon(*day) - axis.x.min).floor();
                if x < 0.0 || x as usize >= width {
                    break;
                }
                importance[x as usize] = rank;
                let next = axis.day_number_at(axis.x.min + x + 1.0);
                // At least one on, whatever rounding does.
                place += starts[place..].partition_point(|day| number(*day) + 0.5 < next).max(1);
            }
        }
        let columns = importance.into_iter().enumerate().filter(|(_, importance)| *importance > 0);
        columns.map(|(x, importance)| Column { x, importance }).collect()
    }

    /// The event that a pointer within `reach` points means: the nearest, and of those in one place the most important.
    pub fn near(&self, events: &[TimelineEvent], axis: &Axis, x: f32, reach: f32) -> Option<Near> {
        let days = axis.day_at(x - reach)..axis.day_at(x + reach).plus_days(1);
        let around = self.within(&days);
        let looked_at = &around[..around.len().min(MOST_LOOKED_AT)];
        let distance = |place: &u32| (axis.x_of_noon(events[*place as usize].from) - x).abs();
        // Whole points: what the eye cannot tell apart goes by importance.
        let rank = |place: &u32| (distance(place).round() as i32, events[*place as usize].importance);
        let nearest = looked_at.iter().filter(|place| distance(place) <= reach).min_by_key(|place| rank(place))?;
        let same = around.iter().take(MOST_LOOKED_AT).filter(|place| (distance(place) - distance(nearest)).abs() < 1.0).count();
        Some(Near { event: *nearest as usize, others: same.saturating_sub(1).max(around.len().saturating_sub(MOST_LOOKED_AT)) })
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::Rangef;

    use super::*;
    use crate::{model::event::EventFamily, time};

    fn event(from: i64, past_end: i64, importance: u8) -> TimelineEvent {
        TimelineEvent {
            from: Day::new(from),
            sure_from: Day::new(from),
            past_end: Day::new(past_end),
            title: String::new(),
            date: String::new(),
            family: EventFamily::Force,
            importance,
            index: 0,
        }
    }

    #[test]
    fn density_counts_as_the_plain_histogram_does() {
        let mut events = Vec::new();
        for place in 0..500_i64 {
            let from = (place * 7919) % 1000;
            events.push(event(from, from + 1 + (place * 31) % 90, 2));
        }
        let index = EventIndex::new(&events);
        let spans = events.iter().map(|event| Held(event.from, event.past_end));
        let plain = time::histogram(spans, Day::new(0), Day::new(1000), 50);
        let density = index.density(Stretch { from: 0.0, to: 1000.0 }, 50);
        assert_eq!(density, plain.into_iter().map(|count| count as f32).collect::<Vec<_>>());
    }

    struct Held(Day, Day);

    impl time::Lasting for Held {
        fn first_day(&self) -> Day {
            self.0
        }

        fn past_end(&self) -> Day {
            self.1
        }
    }

    #[test]
    fn a_column_shows_its_most_important_event() {
        let events = [event(10, 11, 3), event(10, 11, 1), event(11, 12, 2), event(900, 901, 3), event(5_000, 5_001, 1)];
        let index = EventIndex::new(&events);
        let axis = Axis { seen: Stretch { from: 0.0, to: 1000.0 }, x: Rangef::new(50.0, 150.0) };
        assert_eq!(index.columns(&axis), [Column { x: 1, importance: 1 }, Column { x: 90, importance: 3 }]);
    }

    #[test]
    fn the_pointer_means_the_nearest_and_most_important() {
        let events = [event(100, 101, 3), event(100, 101, 1), event(140, 141, 1)];
        let index = EventIndex::new(&events);
        let axis = Axis { seen: Stretch { from: 0.0, to: 1000.0 }, x: Rangef::new(0.0, 1000.0) };
        assert_eq!(index.near(&events, &axis, 101.0, 4.0), Some(Near { event: 1, others: 1 }));
        assert_eq!(index.near(&events, &axis, 120.0, 4.0), None);
    }
}
