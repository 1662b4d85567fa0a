//! The current day, and how it moves. The clock reads no time of its own: whoever owns it says how long a tick was.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::pace::{Pace, number, within};
pub use super::speed::Speed;

/// A longer tick (the machine slept, a dialog stood open) counts as one of this length, in seconds.
const LONGEST_TICK_SECS: f64 = 0.25;
/// Looping and bouncing rest so long at an end before they go on, in seconds: the last day is to be seen.
const REST_SECS: f64 = 0.75;
/// How many events a big step passes.
const BIG_STEP_EVENTS: usize = 10;

/// Which way time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Towards later days.
    Forward,
    /// Towards earlier days.
    Backward,
}

/// What playing does when it comes to the last day that it may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Stop there.
    #[default]
    Once,
    /// Begin again at the other end.
    Loop,
    /// Turn round.
    Bounce,
}

/// How far one step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// One day; a big step is a month.
    Day,
    /// Seven days; a big step is three months.
    Week,
    /// One calendar month; a big step is a year.
    Month,
    /// One calendar year; a big step is ten.
    #[default]
    Year,
    /// Ten years; a big step is a hundred.
    Decade,
    /// A hundred years; a big step is a thousand.
    Century,
    /// To the next event, or the previous one; a big step passes ten.
    NextEvent,
}

/// Which days are shown together with the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeMode {
    /// The current day alone.
    #[default]
    AsOf,
    /// So many days up to the current one, itself included; fewer than one counts as one.
    Window {
        /// The length of the window in days.
        days: i64,
    },
    /// From the first day of what is played up to the current one.
    SinceStart,
}

/// The current day, and how it moves when it plays or steps.
///
/// Fields may be set to anything: whatever they hold, no method leaves the current day outside the marks and the range.
/// Lists of events are sorted days; several events on one day may stand there several times.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// The current day number with the part of the day that is gone; [`Clock::current_day`] is the day itself.
    pub day: f64,
    /// The earliest and the latest day there is to show, both included.
    pub range: (Day, Day),
    /// Playing and stepping begin here; `None` is the start of the range.
    pub in_mark: Option<Day>,
    /// Playing and stepping end here, this day included; `None` is the end of the range.
    pub out_mark: Option<Day>,
    /// Which way it plays; `None` while it stands.
    pub playing: Option<Direction>,
    /// How fast it plays.
    pub speed: Speed,
    /// What it does at the end.
    pub ending: Ending,
    /// How far a step goes.
    pub stepping: Step,
    /// Slow at events, fast through empty years; else even.
    pub adaptive: bool,
    /// Which days are shown together with the current one.
    pub mode: TimeMode,
    /// How long it has rested at an end, in seconds.
    rested_secs: f64,
}

impl Direction {
    /// 1 forward, -1 backward.
    pub fn sign(self) -> f64 {
        match self {
            Direction::Forward => 1.0,
            Direction::Backward => -1.0,
        }
    }

    /// The other way.
    pub fn reversed(self) -> Direction {
        match self {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        }
    }
}

impl Clock {
    /// A clock that stands on the earliest day of a range of days, both included.
    pub fn new(earliest: Day, latest: Day) -> Clock {
        Clock {
            day: number(earliest.min(latest)),
            range: (earliest, latest),
            in_mark: None,
            out_mark: None,
            playing: None,
            speed: Speed::default(),
            ending: Ending::default(),
            stepping: Step::default(),
            adaptive: false,
            mode: TimeMode::default(),
            rested_secs: 0.0,
        }
    }

    /// The current day, within the limits.
    pub fn current_day(&self) -> Day {
        // Within the limits, so it fits.
        Day::new(self.day_within_limits().floor() as i64)
    }

    /// The first and the last day that playing and stepping may show: the marks where they are set, else the range. Marks outside the range
    /// are moved to its end; a pair in the wrong order is taken in the right one.
    pub fn limits(&self) -> (Day, Day) {
        let (earliest, latest) = in_order(self.range);
        let first = self.in_mark.unwrap_or(earliest).clamp(earliest, latest);
        let last = self.out_mark.unwrap_or(latest).clamp(earliest, latest);
        in_order((first, last))
    }

    /// The first and the last day that are shown, both included, as the mode says.
    pub fn shown_days(&self) -> (Day, Day) {
        let today = self.current_day();
        match self.mode {
            TimeMode::AsOf => (today, today),
            TimeMode::Window { days } => (today.plus_days(1_i64.saturating_sub(days.max(1))), today),
            TimeMode::SinceStart => (self.limits().0, today),
        }
    }

    /// Widens the range so that a day lies in it; the marks stay.
    pub fn make_room_for(&mut self, day: Day) {
        let (first, last) = in_order(self.range);
        self.range = (first.min(day), last.max(day));
    }

    /// Goes to a day, or to the nearest within the limits. Playing goes on from there. Returns whether the day changed.
    pub fn go_to(&mut self, day: Day) -> bool {
        let (first, last) = self.limits();
        self.put(number(day.clamp(first, last)))
    }

    /// Plays in a direction; from the other end if it stands at this one.
    pub fn play(&mut self, direction: Direction) {
        if self.current_day() == self.far_end(direction) {
            self.go_to(self.far_end(direction.reversed()));
        }
        self.playing = Some(direction);
    }

    /// Stops if it plays, else plays forward.
    pub fn toggle_play(&mut self) {
        match self.playing {
            Some(_) => self.playing = None,
            None => self.play(Direction::Forward),
        }
    }

    /// Sets the in mark here; an out mark before it is taken away.
    pub fn mark_in(&mut self) {
        let today = self.current_day();
        self.in_mark = Some(today);
        self.out_mark = self.out_mark.filter(|out| *out >= today);
    }

    /// Sets the out mark here; an in mark after it is taken away.
    pub fn mark_out(&mut self) {
        let today = self.current_day();
        self.out_mark = Some(today);
        self.in_mark = self.in_mark.filter(|mark| *mark <= today);
    }

    /// Takes both marks away: the whole range is played again.
    pub fn clear_marks(&mut self) {
        (self.in_mark, self.out_mark) = (None, None);
    }

    /// One step of [`Clock::stepping`], a big one if `big`. Playing stops. Returns whether the day changed: at a limit it stays.
    pub fn step(&mut self, direction: Direction, big: bool, events: &[Day]) -> bool {
        let count = if direction == Direction::Forward { 1 } else { -1 };
        let today = self.current_day();
        let day = match (self.stepping, big) {
            (Step::NextEvent, false) => return self.seek(direction, 1, events),
            (Step::NextEvent, true) => return self.seek(direction, BIG_STEP_EVENTS, events),
            (Step::Day, false) => today.plus_days(count),
            (Step::Week, false) => today.plus_days(7 * count),
            (Step::Month, false) | (Step::Day, true) => today.plus_months(count),
            (Step::Week, true) => today.plus_months(3 * count),
            (Step::Year, false) | (Step::Month, true) => today.plus_years(count),
            (Step::Decade, false) | (Step::Year, true) => today.plus_years(10 * count),
            (Step::Century, false) | (Step::Decade, true) => today.plus_years(100 * count),
            (Step::Century, true) => today.plus_years(1000 * count),
        };
        self.playing = None;
        self.go_to(day)
    }

    /// Goes to the nearest later day with an event. Playing stops. Returns whether there was one within the limits.
    pub fn next_event(&mut self, events: &[Day]) -> bool {
        self.seek(Direction::Forward, 1, events)
    }

    /// Goes to the nearest earlier day with an event. Playing stops. Returns whether there was one within the limits.
    pub fn previous_event(&mut self, events: &[Day]) -> bool {
        self.seek(Direction::Backward, 1, events)
    }

    /// Plays for `dt_secs` seconds. Adaptive playing stops at every day with an event, however short the tick's share of it. Returns whether
    /// the day number changed. What is no time (negative, not a number) does nothing; a very long tick counts as a quarter of a second.
    pub fn tick(&mut self, dt_secs: f64, events: &[Day]) -> bool {
        let Some(direction) = self.playing else { return false };
        if dt_secs.is_nan() || dt_secs <= 0.0 {
            return false;
        }
        let dt_secs = dt_secs.min(LONGEST_TICK_SECS);
        let day = self.day_within_limits();
        if day == number(self.far_end(direction)) {
            return self.end_tick(direction, dt_secs);
        }
        let next = if self.adaptive {
            Pace { limits: self.limits(), events, days_per_sec: self.speed.days_per_sec() }.next(day, direction, dt_secs)
        } else {
            day + direction.sign() * self.speed.days_per_sec() * dt_secs
        };
        let moved = self.put(next);
        if self.ending == Ending::Once && self.day == number(self.far_end(direction)) {
            self.playing = None;
        }
        moved
    }

    /// A tick at the end of the way: stop, or rest and go on.
    fn end_tick(&mut self, direction: Direction, dt_secs: f64) -> bool {
        let rested_secs = self.rested_secs + dt_secs;
        // Settles a day that somebody set outside the limits.
        let settled = self.put(self.day);
        if self.ending == Ending::Once {
            self.playing = None;
            return settled;
        }
        if rested_secs < REST_SECS {
            self.rested_secs = rested_secs;
            return settled;
        }
        match self.ending {
            Ending::Bounce => {
                self.playing = Some(direction.reversed());
                settled
            }
            _ => self.go_to(self.far_end(direction.reversed())) || settled,
        }
    }

    /// Goes `count` events on, or as many as there are.
    fn seek(&mut self, direction: Direction, count: usize, events: &[Day]) -> bool {
        self.playing = None;
        let today = self.current_day();
        let events = within(events, self.limits());
        let found = match direction {
            Direction::Forward => {
                let later = &events[events.partition_point(|event| *event <= today)..];
                later.get(count - 1).or(later.last())
            }
            Direction::Backward => {
                let earlier = &events[..events.partition_point(|event| *event < today)];
                earlier.len().checked_sub(count).and_then(|i| earlier.get(i)).or(earlier.first())
            }
        };
        found.is_some_and(|day| self.go_to(*day))
    }

    /// The limit that a direction leads to.
    fn far_end(&self, direction: Direction) -> Day {
        let (first, last) = self.limits();
        match direction {
            Direction::Forward => last,
            Direction::Backward => first,
        }
    }

    fn day_within_limits(&self) -> f64 {
        let (first, last) = self.limits();
        if self.day.is_nan() { number(first) } else { self.day.clamp(number(first), number(last)) }
    }

    fn put(&mut self, day: f64) -> bool {
        let before = self.day;
        self.day = day;
        self.day = self.day_within_limits();
        self.rested_secs = 0.0;
        self.day != before
    }
}

fn in_order((a, b): (Day, Day)) -> (Day, Day) {
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests;
