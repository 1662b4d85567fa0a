//! What one polity belongs to: a row an alliance, a bar for each standing in it.

use super::{Chart, ChartKind, Land, Series, Step, Unit, Who};
use crate::{
    model::{Alliance, Atlas, Member, PolityIx, View},
    time::Day,
};

/// The chart of a polity: what it joined first stands on top.
pub(super) fn chart(atlas: &Atlas, view: &View, polity: PolityIx) -> Chart {
    let polity = atlas.polities.at(polity);
    let mut series: Vec<Series> = atlas
        .alliances
        .iter()
        .filter_map(|alliance| {
            let own = alliance.members.iter().filter(|member| member.polity == polity.id);
            let mut steps: Vec<Step> = own.flat_map(|member| standings(alliance, member)).collect();
            steps.sort_by_key(|step| (step.from, step.past_end));
            let row = Series { who: Who::Alliance(alliance.id.clone()), name: alliance.name.clone(), steps };
            (!row.steps.is_empty()).then_some(row)
        })
        .collect();
    series.sort_by(|one, other| (one.steps[0].from, &one.name).cmp(&(other.steps[0].from, &other.name)));
    let title = format!("Alliances and treaties of {}", polity.name);
    Chart::assembled(ChartKind::Memberships, (polity.name.clone(), title), Unit::Memberships, view, series)
}

/// The stretches of one membership in which its standing stays the same.
fn standings(alliance: &Alliance, member: &Member) -> Vec<Step> {
    let statuses = member.statuses.iter().flat_map(|status| [status.span.first_day(), status.span.past_end()]);
    let (first, past_end) = (member.span.first_day(), member.span.past_end());
    let mut days: Vec<Day> = statuses.filter(|day| (first..past_end).contains(day)).chain([first, past_end]).collect();
    days.sort_unstable();
    days.dedup();
    let mut steps: Vec<Step> = Vec::new();
    for pair in days.windows(2) {
        let Some(status) = member.status_on(pair[0]) else { continue };
        match steps.last_mut().filter(|step| step.detail == status) {
            Some(step) => step.past_end = pair[1],
            None => steps.push(Step {
                from: pair[0],
                past_end: pair[1],
                value: 1.0,
                approximate: 0.0,
                full: member.counts_on(pair[0]),
                detail: status.to_owned(),
                land: Land::MembersOf(alliance.id.clone()),
                sources: member.sources.iter().map(|citation| citation.source.clone()).collect(),
            }),
        }
    }
    steps
}
