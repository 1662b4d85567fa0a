//! How many events began in each year, or in each few years, by family.

use std::{collections::BTreeMap, sync::Arc};

use super::{Chart, ChartKind, Land, Series, Step, Unit, Who, add_new};
use crate::{
    model::{
        Atlas, Event, EventKind, Project, SourceId, View,
        event::{EventFamily, EventFilter},
    },
    time::Day,
};

/// No more bars than this: then each stands for more years.
const MOST_BARS: i64 = 400;

/// The chart of the events that a filter asks for.
pub(super) fn chart(atlas: &Atlas, project: Option<&Project>, view: &View, filter: EventFilter) -> Chart {
    let events: Vec<&Event> = match project {
        Some(project) => project.events.iter().map(Arc::as_ref).collect(),
        None => atlas.cases.iter().flat_map(|case| &case.events).map(Arc::as_ref).collect(),
    };
    let events: Vec<&Event> = events.into_iter().filter(|event| filter.asks_for(event.kind)).collect();
    let years = years_a_bar(&events);
    let subject = project.map_or_else(|| "All case studies".to_owned(), |project| project.title.clone());
    let what = match filter {
        EventFilter::All => String::new(),
        filter => format!(" ({})", filter.label().to_lowercase()),
    };
    let title = if years == 1 { format!("{subject}: events a year{what}") } else { format!("{subject}: events every {years} years{what}") };
    let series = EventFamily::ALL.into_iter().filter_map(|family| family_series(family, &events, years)).collect();
    Chart::assembled(ChartKind::Events, (subject, title), Unit::Events { years: years as u32 }, view, series)
}

/// The least round number of years that keeps the bars few enough.
fn years_a_bar(events: &[&Event]) -> i64 {
    let years = events.iter().map(|event| event.span.first_day().year());
    let (Some(first), Some(last)) = (years.clone().min(), years.max()) else { return 1 };
    round_at_least((last - first) / MOST_BARS + 1)
}

/// The least of 1, 2, 5, 10, ... that is large enough.
fn round_at_least(least: i64) -> i64 {
    let powers = std::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    powers.flat_map(|power| [power, 2 * power, 5 * power]).find(|round| *round >= least).unwrap_or(least)
}

/// What fell into one bar.
#[derive(Default)]
struct Bar {
    kinds: BTreeMap<EventKind, u32>,
    sources: Vec<SourceId>,
}

fn family_series(family: EventFamily, events: &[&Event], years: i64) -> Option<Series> {
    let mut bars: BTreeMap<i64, Bar> = BTreeMap::new();
    for event in events.iter().filter(|event| event.kind.family() == family) {
        let bar = bars.entry(event.span.first_day().year().div_euclid(years)).or_default();
        *bar.kinds.entry(event.kind).or_default() += 1;
        add_new(&mut bar.sources, event.sources.iter().map(|citation| citation.source.clone()));
    }
    let start = |year: i64| Day::from_ymd(year, 1, 1).unwrap_or(Day::MAX);
    let steps: Vec<Step> = bars
        .into_iter()
        .map(|(place, bar)| Step {
            from: start(place * years),
            past_end: start((place + 1) * years),
            value: f64::from(bar.kinds.values().sum::<u32>()),
            approximate: 0.0,
            full: true,
            detail: bar.kinds.iter().map(|(kind, count)| format!("{} {count}", kind.label())).collect::<Vec<_>>().join(", "),
            land: Land::None,
            sources: bar.sources,
        })
        .collect();
    (!steps.is_empty()).then(|| Series { who: Who::Family(family), name: family.label().to_owned(), steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_round() {
        assert_eq!([1, 2, 3, 6, 11, 51].map(round_at_least), [1, 2, 5, 10, 20, 100]);
    }
}
