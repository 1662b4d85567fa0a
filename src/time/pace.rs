//! Adaptive playing: each day with an event gets time on the screen, and empty years hurry by.
//!
//! The way is cut into stretches: days with an event, and what lies between them. An event's day takes [`EVENT_SECS`]; an empty stretch that would
//! take *t* seconds takes *t* / (1 + *t* / [`LONGEST_EMPTY_SECS`]), slow at its ends and fast in its middle. No tick goes past the end of
//! a stretch, so every event is stopped at. Nothing is remembered between ticks: scrubbing while it plays is harmless.

use std::f64::consts::FRAC_PI_2;

use super::clock::Direction;
use super::day::Day;

/// How long the day of an event is shown, in seconds, unless events crowd.
const EVENT_SECS: f64 = 0.75;
/// What the time for an empty stretch approaches, in seconds, however long the stretch.
const LONGEST_EMPTY_SECS: f64 = 3.0;
/// Where events crowd, all of them together may take so many times as long as playing evenly would.
const MOST_EVENTS_SHARE: f64 = 2.0;

/// One adaptive tick: where it leads.
pub(super) struct Pace<'a> {
    /// The first and the last day that may be shown.
    pub limits: (Day, Day),
    /// Days with events, in order; those outside the limits do not count.
    pub events: &'a [Day],
    /// The even speed that the pace is measured by, in days a second.
    pub days_per_sec: f64,
}

/// A part of the way, in day numbers and in the direction of playing.
struct Stretch {
    from: f64,
    to: f64,
    is_event: bool,
}

impl Pace<'_> {
    /// The day number that a tick of `dt_secs` leads to; `day` lies within the limits.
    pub fn next(&self, day: f64, direction: Direction, dt_secs: f64) -> f64 {
        let events = within(self.events, self.limits);
        if events.is_empty() {
            return day + direction.sign() * self.days_per_sec * dt_secs;
        }
        let stretch = match direction {
            Direction::Forward => self.stretch_after(events, day),
            Direction::Backward => self.stretch_before(events, day),
        };
        let length_days = stretch.to - stretch.from;
        if length_days == 0.0 {
            return stretch.to;
        }
        let gone = ((day - stretch.from) / length_days).clamp(0.0, 1.0);
        let gone = if stretch.is_event {
            gone + dt_secs / self.event_secs(events.len())
        } else {
            eased(eased_inverse(gone) + dt_secs / self.empty_secs(length_days.abs()))
        };
        if gone >= 1.0 { stretch.to } else { stretch.from + gone * length_days }
    }

    fn stretch_after(&self, events: &[Day], day: f64) -> Stretch {
        let today = Day::new(day.floor() as i64);
        match events.binary_search(&today) {
            Ok(_) => Stretch { from: number(today), to: number(today) + 1.0, is_event: true },
            Err(after) => Stretch {
                from: after
                    .checked_sub(1)
                    .and_then(|before| events.get(before))
                    .map_or(number(self.limits.0), |event| number(*event) + 1.0),
                to: number(events.get(after).copied().unwrap_or(self.limits.1)),
                is_event: false,
            },
        }
    }

    /// Backwards a day is entered at its end: at the start of a day it is the day before that lies ahead.
    fn stretch_before(&self, events: &[Day], day: f64) -> Stretch {
        let ahead = Day::new(day.ceil() as i64 - 1);
        match events.binary_search(&ahead) {
            Ok(_) => Stretch { from: number(ahead) + 1.0, to: number(ahead), is_event: true },
            Err(after) => Stretch {
                from: number(events.get(after).copied().unwrap_or(self.limits.1)),
                to: after.checked_sub(1).and_then(|before| events.get(before)).map_or(number(self.limits.0), |event| number(*event) + 1.0),
                is_event: false,
            },
        }
    }

    fn event_secs(&self, events: usize) -> f64 {
        let all_days = number(self.limits.1) - number(self.limits.0);
        let share_secs = MOST_EVENTS_SHARE * all_days / self.days_per_sec / events as f64;
        // Never faster than even playing would be.
        EVENT_SECS.min(share_secs).max(1.0 / self.days_per_sec)
    }

    fn empty_secs(&self, days: f64) -> f64 {
        let even_secs = days / self.days_per_sec;
        even_secs / (1.0 + even_secs / LONGEST_EMPTY_SECS)
    }
}

/// The part of the sorted `events` that lies within the limits, both included.
pub(super) fn within(events: &[Day], (first, last): (Day, Day)) -> &[Day] {
    let from = events.partition_point(|event| *event < first);
    let to = events.partition_point(|event| *event <= last);
    events.get(from..to).unwrap_or_default()
}

/// Exact: day numbers stay below 2^53.
pub(super) fn number(day: Day) -> f64 {
    day.get() as f64
}

/// The share of the way that is gone after a share of the time, both 0 to 1: slow at both ends.
fn eased(time: f64) -> f64 {
    (time.min(1.0) * FRAC_PI_2).sin().powi(2)
}

fn eased_inverse(way: f64) -> f64 {
    way.sqrt().asin() / FRAC_PI_2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(events: &[Day]) -> Pace<'_> {
        Pace { limits: (Day::new(0), Day::new(36_525)), events, days_per_sec: 365.25 }
    }

    fn secs(pace: &Pace, from: f64, to: f64) -> f64 {
        let (mut day, mut ticks) = (from, 0);
        let direction = if to > from { Direction::Forward } else { Direction::Backward };
        while (to - day) * direction.sign() > 0.0 {
            day = pace.next(day, direction, 0.001);
            ticks += 1;
        }
        f64::from(ticks) * 0.001
    }

    #[test]
    fn easing_has_an_inverse() {
        for i in 0..=100 {
            let way = f64::from(i) / 100.0;
            assert!((eased(eased_inverse(way)) - way).abs() < 1e-12);
        }
    }

    #[test]
    fn the_limits_are_within_the_limits() {
        let days = [-1, 0, 0, 5, 9, 10].map(Day::new);
        assert_eq!(within(&days, (Day::new(0), Day::new(9))), &days[1..5]);
        assert_eq!(within(&days, (Day::new(6), Day::new(8))), []);
    }

    #[test]
    fn events_get_time_and_emptiness_hurries() {
        let events = [Day::new(10_000), Day::new(30_000)];
        let pace = pace(&events);
        for (from, to) in [(10_000.0, 10_001.0), (10_001.0, 10_000.0)] {
            assert!((secs(&pace, from, to) - EVENT_SECS).abs() < 0.01);
        }
        let empty = secs(&pace, 10_001.0, 30_000.0);
        assert!(empty < LONGEST_EMPTY_SECS && empty > LONGEST_EMPTY_SECS * 0.8, "{empty}");
    }

    #[test]
    fn crowded_events_share_the_time() {
        let events: Vec<Day> = (0..36_525).map(Day::new).collect();
        assert!(pace(&events).event_secs(events.len()) < 0.01);
        assert!((pace(&events[..3]).event_secs(3) - EVENT_SECS).abs() < 1e-9);
    }

    #[test]
    fn without_events_it_plays_evenly() {
        assert_eq!(pace(&[]).next(100.0, Direction::Backward, 0.1), 100.0 - 36.525);
        assert_eq!(pace(&[Day::new(-5)]).next(100.0, Direction::Forward, 0.1), 136.525);
    }
}
