//! The numbers of the charts.

use crate::{
    gui::timeline::lanes::member_counts,
    model::{Alliance, AllianceId, Atlas, CaseId, Event, Project, event::EventFamily},
    time::Day,
};

/// No more bars than this: then each stands for more years.
const MOST_BINS: i64 = 160;
/// Mean length of a year in days.
const YEAR_DAYS: f64 = 365.2425;

/// What the numbers were counted from. Edited documents lie elsewhere in memory than the ones before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChartKey {
    document: Option<CaseId>,
    events: (usize, usize),
    alliances: Vec<AllianceId>,
}

impl ChartKey {
    pub fn new(atlas: &Atlas, project: Option<&Project>, alliances: &[AllianceId]) -> Self {
        let of = |events: &[Event]| (events.as_ptr() as usize, events.len());
        Self {
            document: project.map(|project| project.id.clone()),
            events: project.map_or((0, atlas.cases.len()), |project| of(&project.events)),
            alliances: alliances.to_vec(),
        }
    }
}

/// How many events of each family began in each year, or in each few years.
#[derive(Clone, Debug, Default)]
pub(super) struct EventCounts {
    /// The astronomical year with which the first bin begins.
    first_year: i64,
    /// How many years a bin has.
    pub bin_years: u32,
    /// One number a family, in the order of [`EventFamily::ALL`].
    pub bins: Vec<[u32; 7]>,
}

impl EventCounts {
    /// Counts events by the year of their first day.
    pub fn new(events: &[&Event]) -> Self {
        let years = events.iter().map(|event| event.span.first_day().year());
        let (Some(first), Some(last)) = (years.clone().min(), years.max()) else { return Self::default() };
        let bin_years = round_at_least((last - first + 1 + MOST_BINS - 1) / MOST_BINS);
        let first_year = first.div_euclid(bin_years) * bin_years;
        let bin_of = |year: i64| ((year - first_year) / bin_years) as usize;
        let mut bins = vec![[0; 7]; bin_of(last) + 1];
        for event in events {
            let family = EventFamily::ALL.iter().position(|family| *family == event.kind.family()).unwrap_or(0);
            bins[bin_of(event.span.first_day().year())][family] += 1;
        }
        Self { first_year, bin_years: bin_years as u32, bins }
    }

    /// All events of a family.
    pub fn total(&self, family: EventFamily) -> u32 {
        let place = EventFamily::ALL.iter().position(|own| *own == family);
        place.map_or(0, |place| self.bins.iter().map(|bin| bin[place]).sum())
    }

    /// The most in one bin.
    pub fn most(&self) -> u32 {
        self.bins.iter().map(|bin| bin.iter().sum()).max().unwrap_or(0)
    }

    /// The first and the last year, `None` without events.
    pub fn years(&self) -> Option<(f64, f64)> {
        let last = self.first_year + self.bins.len() as i64 * i64::from(self.bin_years);
        (!self.bins.is_empty()).then_some((self.first_year as f64, last as f64))
    }

    /// The middle of a bin, as a year with its part of a year.
    pub fn middle_of(&self, bin: usize) -> f64 {
        self.first_year as f64 + (bin as f64 + 0.5) * f64::from(self.bin_years)
    }

    /// What a pointer on a bar says.
    pub fn label_of(&self, bin: usize, family: usize) -> String {
        let years = super::year_label(self.first_year as f64 + bin as f64 * f64::from(self.bin_years));
        let years = if self.bin_years == 1 { years } else { format!("{} years from {years}", self.bin_years) };
        format!("{}, {years}: {}", EventFamily::ALL[family].label(), self.bins[bin][family])
    }
}

/// The least of 1, 2, 5, 10, ... that is large enough.
pub(super) fn round_at_least(least: i64) -> i64 {
    let powers = std::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    powers.flat_map(|power| [power, 2 * power, 5 * power]).find(|round| *round >= least).unwrap_or(least)
}

/// How many members an alliance had, over time.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    pub id: AllianceId,
    pub name: String,
    /// Year (with its part) and count from there on; 0 after its end.
    pub steps: Vec<[f64; 2]>,
    /// The year up to which the last step is worth showing.
    pub known_until: f64,
    counts: Vec<(Day, Day, usize)>,
}

impl Sizes {
    /// Counts the members that count.
    pub fn new(alliance: &Alliance) -> Self {
        let counts = member_counts(alliance);
        let mut steps: Vec<[f64; 2]> = Vec::new();
        for (place, (from, past_end, count)) in counts.iter().enumerate() {
            steps.push([year_of(*from), *count as f64]);
            let is_followed = counts.get(place + 1).is_some_and(|next| next.0 == *past_end);
            if !is_followed && *past_end != Day::MAX {
                steps.push([year_of(*past_end), 0.0]);
            }
        }
        let known_until = steps.last().map_or(0.0, |step| step[0]);
        Self { id: alliance.id.clone(), name: alliance.name.clone(), steps, known_until, counts }
    }

    /// The most members there ever were.
    pub fn most(&self) -> f64 {
        self.steps.iter().map(|step| step[1]).fold(0.0, f64::max)
    }

    /// Its steps as the corners of a line, up to a year.
    pub fn stairs(&self, until: f64) -> Vec<[f64; 2]> {
        let mut corners = Vec::with_capacity(self.steps.len() * 2 + 2);
        let mut height = 0.0;
        for &[year, count] in &self.steps {
            corners.extend([[year, height], [year, count]]);
            height = count;
        }
        corners.extend((height > 0.0).then_some([until, height]));
        corners
    }

    /// `NATO 31`, or only the name on a day without it.
    pub fn label_on(&self, day: Day) -> String {
        let count = self.counts.iter().find(|(from, past_end, _)| (*from..*past_end).contains(&day)).map(|(_, _, count)| count);
        count.map_or_else(|| self.name.clone(), |count| format!("{} {count}", self.name))
    }
}

/// A day as a year with its part of a year.
pub(super) fn year_of(day: Day) -> f64 {
    let year = day.year();
    let start = Day::from_ymd(year, 1, 1).unwrap_or(day);
    year as f64 + (day.get() - start.get()) as f64 / YEAR_DAYS
}

/// The day of a year with its part of a year.
pub(super) fn day_at_year(year: f64) -> Day {
    let whole = year.floor();
    let start = Day::from_ymd(whole as i64, 1, 1).unwrap_or_default();
    start.plus_days(((year - whole) * YEAR_DAYS).floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_years_and_back() {
        for text in ["2020-06-15", "1914-01-01", "-0043-03-15", "1999-12-31"] {
            let day: Day = text.parse().expect("a day");
            assert!((day_at_year(year_of(day)).get() - day.get()).abs() <= 1, "{text}");
        }
    }

    #[test]
    fn bins_are_round() {
        assert_eq!([1, 2, 3, 6, 11, 51].map(round_at_least), [1, 2, 5, 10, 20, 100]);
    }
}
