//! Between days and points: what stretch of time is seen, and how it zooms and pans.

use std::ops::Range;

use eframe::egui::Rangef;

use crate::time::Day;

/// No closer than so many days over the whole width.
const SHORTEST_DAYS: f64 = 12.0;
/// No further than so many times what there is to show.
const LONGEST_SHARE: f64 = 4.0;
/// Empty time at each side of everything, as a share of it.
const MARGIN_SHARE: f64 = 0.025;

/// A stretch of time as day numbers with their parts of days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The left edge.
    pub from: f64,
    /// The right edge; after `from`.
    pub to: f64,
}

/// Where a stretch lies on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// What is seen.
    pub seen: Stretch,
    /// From its left to its right edge in points.
    pub x: Rangef,
}

impl Stretch {
    /// Everything of a range of days (both included), with a little empty time at both sides.
    pub fn around((first, last): (Day, Day)) -> Self {
        let (from, to) = (number(first.min(last)), number(first.max(last)) + 1.0);
        let margin = ((to - from) * MARGIN_SHARE).max((SHORTEST_DAYS - (to - from)) * 0.5);
        Self { from: from - margin, to: to + margin }
    }

    /// How many days it is long.
    pub fn days(self) -> f64 {
        self.to - self.from
    }

    /// Moved to later days; earlier if negative.
    pub fn moved(self, days: f64) -> Self {
        Self { from: self.from + days, to: self.to + days }
    }

    /// So many times longer round a day that keeps its place; within what makes sense for a range of days.
    pub fn zoomed(self, factor: f64, around: f64, all: Self) -> Self {
        let longest = (all.days() * LONGEST_SHARE).max(SHORTEST_DAYS);
        let factor = (self.days() * factor).clamp(SHORTEST_DAYS, longest) / self.days();
        Self { from: around - (around - self.from) * factor, to: around + (self.to - around) * factor }
    }

    /// Moved no further than that the middle of it still lies on something.
    pub fn kept_near(self, all: Self) -> Self {
        let middle = (self.from + self.to) * 0.5;
        self.moved(middle.clamp(all.from, all.to) - middle)
    }

    /// Between this (0) and another (1).
    pub fn toward(self, other: Self, share: f64) -> Self {
        let at = |a: f64, b: f64| a + (b - a) * share;
        Self { from: at(self.from, other.from), to: at(self.to, other.to) }
    }

    /// Moved by as little as brings a day inside, a margin (a share of the length) away from the edges.
    pub fn following(self, day: f64, margin: f64) -> Self {
        let (low, high) = (self.from + self.days() * margin, self.to - self.days() * margin);
        self.moved((day - high).max(0.0) + (day - low).min(0.0))
    }
}

impl Axis {
    /// Points a day.
    pub fn points_per_day(&self) -> f64 {
        f64::from(self.x.span()) / self.seen.days()
    }

    /// The place of a day number. Far outside it stops at a little more than the width, so that nothing overflows.
    pub fn x_of(&self, day: f64) -> f32 {
        let width = f64::from(self.x.span().max(0.0));
        // A screen's width in an f32 is exact enough.
        self.x.min + ((day - self.seen.from) * self.points_per_day()).clamp(-width, 2.0 * width) as f32
    }

    /// The place where a day begins.
    pub fn x_of_day(&self, day: Day) -> f32 {
        self.x_of(number(day))
    }

    /// The place of the middle of a day: where the playhead and the ticks of exact dates stand.
    pub fn x_of_noon(&self, day: Day) -> f32 {
        self.x_of(number(day) + 0.5)
    }

    /// The day number at a place.
    pub fn day_number_at(&self, x: f32) -> f64 {
        self.seen.from + f64::from(x - self.x.min) / self.points_per_day()
    }

    /// The day at a place.
    pub fn day_at(&self, x: f32) -> Day {
        // Within the range of days by far: what is seen lies near a range of days.
        Day::new(self.day_number_at(x).floor() as i64)
    }

    /// The days that so many points are, at least one.
    pub fn days_in(&self, points: f32) -> i64 {
        ((f64::from(points) / self.points_per_day()).round() as i64).max(1)
    }

    /// The first day seen and the day after the last.
    pub fn days(&self) -> Range<Day> {
        Day::new(self.seen.from.floor() as i64)..Day::new(self.seen.to.ceil() as i64)
    }
}

/// A day as a number for arithmetic with parts of days.
pub fn number(day: Day) -> f64 {
    // Exact: day numbers stay under 2^53.
    day.get() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis() -> Axis {
        Axis { seen: Stretch { from: 0.0, to: 1000.0 }, x: Rangef::new(100.0, 600.0) }
    }

    #[test]
    fn days_go_to_points_and_back() {
        let axis = axis();
        assert_eq!(axis.x_of_day(Day::new(500)), 350.0);
        assert_eq!(axis.day_at(350.0), Day::new(500));
        assert_eq!(axis.days_in(5.0), 10);
        assert_eq!(axis.days(), Day::new(0)..Day::new(1000));
        assert!(axis.x_of_day(Day::MAX).is_finite() && axis.x_of_day(Day::MIN) < 100.0);
    }

    #[test]
    fn zoom_keeps_the_day_under_the_pointer() {
        let all = Stretch { from: 0.0, to: 1000.0 };
        let near = all.zoomed(0.5, 250.0, all);
        assert_eq!(near, Stretch { from: 125.0, to: 625.0 });
        assert_eq!(all.zoomed(1e9, 500.0, all).days(), 4000.0);
        assert_eq!(all.zoomed(1e-9, 500.0, all).days(), SHORTEST_DAYS);
    }

    #[test]
    fn following_moves_as_little_as_it_can() {
        let seen = Stretch { from: 0.0, to: 100.0 };
        assert_eq!(seen.following(50.0, 0.1), seen);
        assert_eq!(seen.following(95.0, 0.1), seen.moved(5.0));
        assert_eq!(seen.following(0.0, 0.1), seen.moved(-10.0));
    }

    #[test]
    fn a_single_day_is_still_a_stretch() {
        let seen = Stretch::around((Day::new(0), Day::new(0)));
        assert!(seen.days() >= SHORTEST_DAYS && seen.from < 0.0 && seen.to > 1.0);
    }
}
