//! What a time axis shows: ticks at round days, snapping to events, and the histogram behind the track.

use super::day::{Day, days_in_month};
use super::names;
use super::span::Span;

/// More ticks than this are never drawn, however wide the axis.
const MOST_TICKS: f32 = 1_000.0;

/// One mark on a time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands.
    pub day: Day,
    /// For people, short: `1914`, `500 BCE`, `Jul`, `15`. Never empty.
    pub label: String,
    /// Whether it begins a longer stretch than its neighbours do: a year among months, a month among days, a century among decades.
    pub major: bool,
}

/// How far ticks lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// Every so many days of the month from the first on, but none with fewer than `fewest` days to the next month.
    Days { every: u8, fewest: u8 },
    /// Every so many months, from January on.
    Months(u8),
    /// Every so many years, counted from the turn of the eras both ways as people do.
    Years(i64),
}

/// What is finer than years, finest first.
const SHORT_SPACINGS: [Spacing; 8] = [
    Spacing::Days { every: 1, fewest: 1 },
    Spacing::Days { every: 2, fewest: 2 },
    Spacing::Days { every: 5, fewest: 3 },
    Spacing::Days { every: 10, fewest: 8 },
    Spacing::Days { every: 15, fewest: 13 },
    Spacing::Months(1),
    Spacing::Months(3),
    Spacing::Months(6),
];

impl Spacing {
    /// The fewest days between two ticks: with the shortest February, without a leap day.
    fn fewest_days(self) -> i64 {
        match self {
            Spacing::Days { fewest, .. } => i64::from(fewest),
            Spacing::Months(1) => 28,
            Spacing::Months(months) => i64::from(months) * 30,
            Spacing::Years(years) => years * 365,
        }
    }
}

/// Ticks for an axis that shows the days `from` to `to` (both included) over `width_points`: at the finest round spacing that leaves
/// at least `min_spacing_points` between two. In order, all within the axis; empty if it has no width or ends before it starts.
pub fn ticks(from: Day, to: Day, width_points: f32, min_spacing_points: f32) -> Vec<Tick> {
    if !(width_points.is_finite() && width_points > 0.0) || to < from {
        return Vec::new();
    }
    let spacing_points = min_spacing_points.max(1.0).max(width_points / MOST_TICKS);
    let days = (to.get() - from.get()).max(1) as f64;
    let min_days = (f64::from(spacing_points) / f64::from(width_points) * days).ceil();
    let spacing = spacing_of_at_least(min_days);
    let mut ticks: Vec<Tick> = match spacing {
        Spacing::Years(years) => year_ticks(from, to, years, min_days),
        Spacing::Months(months) => month_ticks(from, to, i64::from(months)),
        Spacing::Days { every, fewest } => day_ticks(from, to, every, fewest),
    };
    name_the_first(&mut ticks, spacing);
    ticks
}

/// The finest round spacing of at least so many days. Years come as 1, 2, 5, 10, 20, 50, ...
fn spacing_of_at_least(min_days: f64) -> Spacing {
    let is_enough = |spacing: &Spacing| spacing.fewest_days() as f64 >= min_days;
    // Up to a trillion years; with longer ones there would be no second tick to keep apart from.
    let powers = (0..13).map(|zeros| 10_i64.pow(zeros));
    let years = powers.flat_map(|power| [1, 2, 5].map(|digit| Spacing::Years(digit * power)));
    SHORT_SPACINGS.into_iter().chain(years).find(is_enough).unwrap_or(Spacing::Years(10_i64.pow(13)))
}

/// Round years of people's count (100 BCE, 100 CE), and 1 CE between them where there is room.
fn year_ticks(from: Day, to: Day, years: i64, min_days: f64) -> Vec<Tick> {
    let has_room_for_1 = ((years - 1) * 365) as f64 >= min_days;
    // The index counts round years from the turn of the eras; 0 is the year 1 CE itself.
    let year_at = |index: i64| match index {
        0 => 1,
        1.. => index * years,
        _ => index * years + 1,
    };
    let is_major = |index: i64, year: i64| match year {
        1 => true,
        _ => (index * years) % (10 * magnitude(years)) == 0,
    };
    let (first, last) = (from.year() / years - 2, to.year() / years + 1);
    (first..=last)
        .filter(|index| *index != 0 || has_room_for_1)
        .map(|index| (index, year_at(index)))
        .filter_map(|(index, year)| Some((index, year, Day::from_ymd(year, 1, 1)?)))
        .filter(|(_, _, day)| (from..=to).contains(day))
        .map(|(index, year, day)| Tick { day, label: names::year_label(year), major: is_major(index, year) })
        .collect()
}

/// The power of ten in a round number of years: 10 for 10, 20 and 50.
fn magnitude(years: i64) -> i64 {
    std::iter::successors(Some(1_i64), |power| power.checked_mul(10)).take_while(|power| *power <= years).last().unwrap_or(1)
}

fn month_ticks(from: Day, to: Day, months: i64) -> Vec<Tick> {
    let january = from.year() * 12;
    (0_i64..)
        .map(|index| january + index * months)
        .map_while(|month| Day::from_ymd(month.div_euclid(12), u8::try_from(month.rem_euclid(12)).ok()? + 1, 1))
        .take_while(|day| *day <= to)
        .filter(|day| *day >= from)
        .map(|day| {
            let (year, month, _) = day.ymd();
            let major = month == 1;
            let label = if major { names::year_label(year) } else { names::short_month(month).to_owned() };
            Tick { day, label, major }
        })
        .collect()
}

fn day_ticks(from: Day, to: Day, every: u8, fewest: u8) -> Vec<Tick> {
    (from.get()..=to.get())
        .map(Day::new)
        .filter_map(|day| {
            let (year, month, number) = day.ymd();
            let days_to_next_month = days_in_month(year, month) + 1 - number;
            let is_round = (number - 1) % every == 0 && days_to_next_month >= fewest;
            let major = number == 1;
            let label = if major { month_label(year, month) } else { number.to_string() };
            is_round.then_some(Tick { day, label, major })
        })
        .collect()
}

fn month_label(year: i64, month: u8) -> String {
    format!("{} {}", names::short_month(month), names::year_label(year))
}

/// Where no major tick says which month or year it is, the first tick does.
fn name_the_first(ticks: &mut [Tick], spacing: Spacing) {
    if ticks.iter().any(|tick| tick.major) {
        return;
    }
    let Some(first) = ticks.first_mut() else { return };
    let (year, month, day) = first.day.ymd();
    match spacing {
        Spacing::Days { .. } => first.label = format!("{day} {}", month_label(year, month)),
        Spacing::Months(_) => first.label = month_label(year, month),
        Spacing::Years(_) => {}
    }
}

/// The event nearest to a day, if it is at most `tolerance_days` away; else the day itself. Of two at one distance the earlier. `events` are sorted.
pub fn snap(day: Day, events: &[Day], tolerance_days: i64) -> Day {
    let after = events.partition_point(|event| *event < day);
    let before = after.checked_sub(1).and_then(|before| events.get(before));
    let distance = |event: &Day| (event.get() - day.get()).abs();
    let nearest = before.into_iter().chain(events.get(after)).min_by_key(|event| distance(event));
    nearest.copied().filter(|event| distance(event) <= tolerance_days).unwrap_or(day)
}

/// What a histogram counts: something with a first day and a day after its last.
pub trait Lasting {
    /// The first day.
    fn first_day(&self) -> Day;
    /// The day after the last; not after the first day if it is on no day at all.
    fn past_end(&self) -> Day;
}

impl Lasting for Day {
    fn first_day(&self) -> Day {
        *self
    }

    fn past_end(&self) -> Day {
        self.plus_days(1)
    }
}

impl Lasting for Span {
    fn first_day(&self) -> Day {
        Span::first_day(self)
    }

    fn past_end(&self) -> Day {
        Span::past_end(self)
    }
}

impl<T: Lasting> Lasting for &T {
    fn first_day(&self) -> Day {
        T::first_day(self)
    }

    fn past_end(&self) -> Day {
        T::past_end(self)
    }
}

/// How many of the days or spans there are in each of `bins` equal parts of the time from `from` to before `to`. A day counts in one bin; a span in
/// every bin that it covers. Without bins empty; all zero if `to` is not after `from`.
///
/// Takes time in proportion to the items plus the bins, however long the spans.
pub fn histogram<I>(items: I, from: Day, to: Day, bins: usize) -> Vec<u32>
where
    I: IntoIterator,
    I::Item: Lasting,
{
    let length_days = i128::from(to.get()) - i128::from(from.get());
    if length_days <= 0 || bins == 0 {
        return vec![0; bins];
    }
    let bin_of = |day: Day| {
        let bin = (i128::from(day.get()) - i128::from(from.get())) * bins as i128 / length_days;
        usize::try_from(bin).unwrap_or(0).min(bins - 1)
    };
    // How many more than in the bin before: each item changes two places only.
    let mut changes = vec![0_i64; bins + 1];
    for item in items {
        let (first, last) = (item.first_day().max(from), item.past_end().min(to).plus_days(-1));
        if first <= last {
            changes[bin_of(first)] += 1;
            changes[bin_of(last) + 1] -= 1;
        }
    }
    let mut count = 0_i64;
    let counts = changes.iter().take(bins).map(|change| {
        count += change;
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    counts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn labels(from: &str, to: &str, most: f32) -> Vec<String> {
        let ticks = ticks(day(from), day(to), most * 50.0, 50.0);
        ticks.into_iter().map(|tick| if tick.major { format!("[{}]", tick.label) } else { tick.label }).collect()
    }

    #[test]
    fn spacing_fits_the_span() {
        assert_eq!(labels("1914-06-27", "1914-07-02", 6.0), ["27", "28", "29", "30", "[Jul 1914]", "2"]);
        assert_eq!(labels("1914-06-20", "1914-07-12", 9.0), ["21", "26", "[Jul 1914]", "6", "11"]);
        assert_eq!(labels("1913-11-15", "1914-03-15", 5.0), ["Dec", "[1914]", "Feb", "Mar"]);
        assert_eq!(labels("1914-01-01", "1914-05-01", 4.3), ["[1914]", "Feb", "Mar", "Apr", "May"]);
        assert_eq!(labels("1913-06-15", "1915-03-15", 8.0), ["Jul", "Oct", "[1914]", "Apr", "Jul", "Oct", "[1915]"]);
        assert_eq!(labels("1906-06-15", "1912-03-15", 7.0), ["1907", "1908", "1909", "[1910]", "1911", "1912"]);
        assert_eq!(labels("1880-01-01", "1960-01-01", 5.0), ["1880", "[1900]", "1920", "1940", "1960"]);
    }

    #[test]
    fn the_turn_of_the_eras_has_no_year_0() {
        assert_eq!(labels("-0299-01-01", "0300-01-01", 8.0), ["300 BCE", "200 BCE", "100 BCE", "[1 CE]", "100 CE", "200 CE", "300 CE"]);
        assert_eq!(labels("-0003-01-01", "0003-06-01", 8.0), ["4 BCE", "3 BCE", "2 BCE", "1 BCE", "[1 CE]", "2 CE", "3 CE"]);
        assert_eq!(labels("-0005-01-01", "0006-01-01", 6.5), ["6 BCE", "4 BCE", "2 BCE", "2 CE", "4 CE", "6 CE"]);
    }

    #[test]
    fn the_first_tick_says_where_it_is_if_no_other_does() {
        assert_eq!(labels("1914-06-11", "1914-06-13", 4.0), ["11 Jun 1914", "12", "13"]);
        assert_eq!(labels("1914-02-15", "1914-05-15", 4.0), ["Mar 1914", "Apr", "May"]);
    }

    #[test]
    fn odd_axes_are_harmless() {
        let (a, b) = (day("1914-06-28"), day("1918-11-11"));
        for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert_eq!(ticks(a, b, width, 50.0), []);
        }
        assert_eq!(ticks(b, a, 500.0, 50.0), []);
        assert_eq!(ticks(a, a, 500.0, 50.0).len(), 1);
        for spacing in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(ticks(a, b, 500.0, spacing).len() <= 500);
        }
        assert!(ticks(Day::MIN, Day::MAX, 1e30, 1.0).len() <= 1_002);
        assert!(!ticks(Day::MIN, Day::MAX, 500.0, 50.0).is_empty());
        assert!(ticks(Day::MAX.plus_days(-200), Day::MAX, 500.0, 50.0).len() > 3);
    }

    #[test]
    fn snapping_takes_the_nearest_within_reach() {
        let events = [day("1914-06-28"), day("1914-07-28"), day("1914-08-01")];
        assert_eq!(snap(day("1914-07-27"), &events, 3), day("1914-07-28"));
        assert_eq!(snap(day("1914-07-25"), &events, 3), day("1914-07-28"));
        assert_eq!(snap(day("1914-07-24"), &events, 3), day("1914-07-24"));
        assert_eq!(snap(day("1914-07-30"), &events, 3), day("1914-07-28"), "of two the earlier");
        assert_eq!(snap(day("1914-07-10"), &events, 3), day("1914-07-10"));
        assert_eq!(snap(day("1914-07-10"), &[], 1_000), day("1914-07-10"));
        assert_eq!(snap(day("1914-07-28"), &events, 0), day("1914-07-28"));
    }

    #[test]
    fn the_histogram_counts_spans_in_every_bin() {
        let (from, to) = (day("1900-01-01"), day("1940-01-01"));
        let span = |start, end| Span::parse(start, end).expect("a span");
        assert_eq!(histogram([span("1912", "1925"), span("1938", ""), span("1950", "")], from, to, 4), [0, 1, 1, 1]);
        assert_eq!(histogram([Day::MIN, from, day("1939-12-31"), to], from, to, 4), [1, 0, 0, 1]);
        assert_eq!(histogram([Span::ALWAYS, span("", "unknown")], from, to, 4), [1, 1, 1, 1]);
        assert_eq!(histogram([from], to, from, 3), [0, 0, 0]);
        assert!(histogram([from], from, to, 0).is_empty());
    }
}
