//! Who holds how much of some land, in square kilometres, from change to change of the tenure.

use std::collections::BTreeMap;

use super::{AreaOf, Chart, ChartKind, Land, Series, Step, Unit, Who, add_new};
use crate::{
    geometry::topology::UnitIx,
    model::{Atlas, PolityIx, Project, SourceId, View, WorldState, units::UnitExpr},
    time::Day,
};

/// The chart of some land. Who answers for a dependency holds it, as in [`crate::model::Dispute::state`].
pub(super) fn chart(atlas: &Atlas, project: Option<&Project>, view: &View, of: &AreaOf) -> Chart {
    let units = units_of(atlas, project, of);
    let subject = subject(atlas, project, view, of);
    let holds = if *view == View::DeFacto { "who controls how much" } else { "who holds how much" };
    let title = format!("{subject}: {holds}");
    Chart::assembled(ChartKind::Area, (subject, title), Unit::SquareKilometres, view, series(atlas, view, &units))
}

/// The units of some land, each once, rising; empty where the atlas or the document has none.
pub fn units_of(atlas: &Atlas, project: Option<&Project>, of: &AreaOf) -> Vec<UnitIx> {
    let disputed = |id: &str| atlas.dispute(id).map(|dispute| dispute.units.clone()).unwrap_or_default();
    let mut units: Vec<UnitIx> = match (of, project) {
        (AreaOf::Dispute(id), _) => disputed(id.as_str()),
        (AreaOf::Document, None) => Vec::new(),
        (AreaOf::Document, Some(project)) => {
            let regions = project.regions.iter().filter(|region| !region.area.is_empty());
            let exprs = regions.filter_map(|region| UnitExpr::parse(&region.area).ok());
            let own: Vec<UnitIx> = exprs.filter_map(|expr| expr.resolve(&atlas.partition, &atlas.tenure.sets).ok()).flatten().collect();
            if own.is_empty() { project.disputes.iter().flat_map(|id| disputed(id.as_str())).collect() } else { own }
        }
    };
    units.sort_unstable();
    units.dedup();
    units
}

fn subject(atlas: &Atlas, project: Option<&Project>, view: &View, of: &AreaOf) -> String {
    match of {
        AreaOf::Dispute(id) => atlas.dispute(id.as_str()).map_or_else(
            || id.to_string(),
            |dispute| {
                let own = match view {
                    View::Party(party) => dispute.names.iter().find(|(who, _)| who == party),
                    View::DeFacto | View::Un => None,
                };
                own.map_or_else(|| dispute.name.clone(), |(_, name)| name.clone())
            },
        ),
        AreaOf::Document => project.map_or_else(|| "The world".to_owned(), |project| project.title.clone()),
    }
}

/// What one holder has of the land in one era.
#[derive(Default)]
struct Share {
    km2: f64,
    approximate_km2: f64,
    units: Vec<UnitIx>,
    sources: Vec<SourceId>,
}

fn series(atlas: &Atlas, view: &View, units: &[UnitIx]) -> Vec<Series> {
    if units.is_empty() {
        return Vec::new();
    }
    let hand_drawn = hand_drawn_neighbours(atlas, units);
    let mut found: Vec<(Option<PolityIx>, Vec<Step>)> = Vec::new();
    for pair in change_days(atlas, units).windows(2) {
        let state = WorldState::at(atlas, pair[0], view);
        for (holder, share) in shares(atlas, &state, units, &hand_drawn) {
            let own = match found.iter().position(|(own, _)| *own == holder) {
                Some(position) => &mut found[position].1,
                None => {
                    found.push((holder, Vec::new()));
                    &mut found.last_mut().expect("just pushed").1
                }
            };
            add_step(own, pair[0], pair[1], share);
        }
    }
    // Whoever came first lies lowest; those who came together in the order of the polity table, which says nothing.
    found.sort_by_key(|(holder, steps)| (holder.is_none(), steps.first().map(|step| step.from), *holder));
    found.into_iter().map(|(holder, steps)| named(atlas, holder, steps)).collect()
}

fn named(atlas: &Atlas, holder: Option<PolityIx>, steps: Vec<Step>) -> Series {
    match holder {
        Some(holder) => {
            let polity = atlas.polities.at(holder);
            Series { who: Who::Polity(polity.id.clone()), name: polity.name.clone(), steps }
        }
        None => Series { who: Who::Nobody, name: "No holder on record".to_owned(), steps },
    }
}

/// Longer where nothing changes for this holder, else a step more.
fn add_step(steps: &mut Vec<Step>, from: Day, past_end: Day, share: Share) {
    let same = |step: &&mut Step| {
        step.past_end == from && step.approximate == share.approximate_km2 && step.land == Land::Units(share.units.clone())
    };
    if let Some(last) = steps.last_mut().filter(same) {
        last.past_end = past_end;
        add_new(&mut last.sources, share.sources);
        return;
    }
    steps.push(Step {
        from,
        past_end,
        value: share.km2,
        approximate: share.approximate_km2,
        full: true,
        detail: String::new(),
        land: Land::Units(share.units),
        sources: share.sources,
    });
}

fn shares(atlas: &Atlas, state: &WorldState, units: &[UnitIx], hand_drawn: &[(UnitIx, UnitIx)]) -> BTreeMap<Option<PolityIx>, Share> {
    let mut found: BTreeMap<Option<PolityIx>, Share> = BTreeMap::new();
    let holder_of = |unit: UnitIx| state.holding(unit).answerable_holder();
    for unit in units {
        let holding = state.holding(*unit);
        let km2 = atlas.partition.topology.unit(*unit).area_km2;
        let share = found.entry(holding.answerable_holder()).or_default();
        share.km2 += km2;
        let beside = hand_drawn.iter().filter(|(own, _)| own == unit).any(|(_, other)| holder_of(*other) != holder_of(*unit));
        if holding.approximate || beside {
            share.approximate_km2 += km2;
        }
        share.units.push(*unit);
        add_new(&mut share.sources, sources_of(atlas, state, *unit));
    }
    found
}

/// The works behind who holds a unit: those of the row of control where it decides, else of the title.
fn sources_of(atlas: &Atlas, state: &WorldState, unit: UnitIx) -> Vec<SourceId> {
    let (tenure, holding) = (&atlas.tenure, state.holding(unit));
    let by_control = holding.control.is_some() && holding.control == holding.holder && holding.control != holding.title;
    let row = tenure.row_at(unit, if by_control { 3 } else { 0 }, state.day, tenure.layer(&state.view));
    let cited = row.map_or(&[][..], |row| tenure.rows[row as usize].text.sources.as_slice());
    cited.iter().map(|citation| citation.source.clone()).collect()
}

/// For each unit the ones across a boundary that is drawn by hand: where the two are held by different hands, their areas are approximate.
fn hand_drawn_neighbours(atlas: &Atlas, units: &[UnitIx]) -> Vec<(UnitIx, UnitIx)> {
    let drawn = atlas.tenure.histories().frontiers.iter().filter(|frontier| frontier.approximate);
    let both = drawn.flat_map(|frontier| [(frontier.left, frontier.right), (frontier.right, frontier.left)]);
    both.filter(|(unit, _)| units.binary_search(unit).is_ok()).collect()
}

/// The days on which anything changes for some units, with the ends of time: between two of them nothing does.
fn change_days(atlas: &Atlas, units: &[UnitIx]) -> Vec<Day> {
    let neighbours = hand_drawn_neighbours(atlas, units);
    let matters = |unit: &UnitIx| units.binary_search(unit).is_ok() || neighbours.iter().any(|(_, other)| other == unit);
    let rows = atlas.tenure.rows.iter().filter(|row| row.units.iter().any(matters));
    let mut days: Vec<Day> =
        rows.flat_map(|row| [row.text.span.first_day(), row.text.span.past_end()]).chain([Day::MIN, Day::MAX]).collect();
    days.sort_unstable();
    days.dedup();
    days
}
