//! How many members alliances have.

use super::{Chart, ChartKind, Land, Series, Step, Unit, Who, add_new};
use crate::{
    model::{Alliance, AllianceId, Atlas, PolityId, SourceId, View},
    time::Day,
};

/// The chart of some alliances; an id that the atlas lacks is passed over.
pub(super) fn chart(atlas: &Atlas, view: &View, ids: &[AllianceId]) -> Chart {
    let found: Vec<&Alliance> = ids.iter().filter_map(|id| atlas.alliance(id.as_str())).collect();
    let names: Vec<&str> = found.iter().map(|alliance| alliance.name.as_str()).collect();
    let subject = if names.is_empty() { "No alliance".to_owned() } else { names.join(", ") };
    let title = if let [one] = names.as_slice() { format!("Members of {one}") } else { "Members of alliances".to_owned() };
    let named = |alliance: &Alliance| Series {
        who: Who::Alliance(alliance.id.clone()),
        name: alliance.name.clone(),
        steps: steps(atlas, alliance),
    };
    Chart::assembled(ChartKind::Alliances, (subject, title), Unit::Members, view, found.into_iter().map(named).collect())
}

/// Stretches of days in which the members that count stay the same, without those with none: first day, the day after the last, how many.
/// Two that touch have different counts.
pub fn member_counts(alliance: &Alliance) -> Vec<(Day, Day, usize)> {
    let mut found: Vec<(Day, Day, usize)> = Vec::new();
    for pair in change_days(alliance).windows(2) {
        let count = alliance.members.iter().filter(|member| member.counts_on(pair[0])).count();
        match found.last_mut().filter(|(_, past_end, before)| *past_end == pair[0] && *before == count) {
            Some((_, past_end, _)) => *past_end = pair[1],
            None => found.push((pair[0], pair[1], count)),
        }
    }
    found.retain(|(_, _, count)| *count > 0);
    found
}

/// Every day on which any member comes, goes or changes its standing.
fn change_days(alliance: &Alliance) -> Vec<Day> {
    let statuses = alliance.members.iter().flat_map(|member| member.statuses.iter().map(|status| &status.span));
    let spans = alliance.members.iter().map(|member| &member.span).chain(statuses);
    let mut days: Vec<Day> = spans.flat_map(|span| [span.first_day(), span.past_end()]).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn steps(atlas: &Atlas, alliance: &Alliance) -> Vec<Step> {
    let step = |(from, past_end, count): (Day, Day, usize)| {
        let (detail, sources) = changes(atlas, alliance, from);
        Step {
            from,
            past_end,
            value: count as f64,
            approximate: 0.0,
            full: true,
            detail,
            land: Land::MembersOf(alliance.id.clone()),
            sources,
        }
    };
    member_counts(alliance).into_iter().map(step).collect()
}

/// Who came and went on a day, and the works on that and on the alliance itself.
fn changes(atlas: &Atlas, alliance: &Alliance, day: Day) -> (String, Vec<SourceId>) {
    let before = day.plus_days(-1);
    let (mut came, mut went, mut sources): (Vec<&PolityId>, Vec<&PolityId>, Vec<SourceId>) = Default::default();
    for member in &alliance.members {
        let (was, is) = (day != Day::MIN && member.counts_on(before), member.counts_on(day));
        if was != is {
            if is { &mut came } else { &mut went }.push(&member.polity);
            add_new(&mut sources, member.sources.iter().map(|citation| citation.source.clone()));
        }
    }
    add_new(&mut sources, alliance.sources.iter().map(|citation| citation.source.clone()));
    let names = |ids: &[&PolityId]| ids.iter().map(|id| atlas.polities.name(id)).collect::<Vec<_>>().join(", ");
    let told = [("with", came), ("without", went)].into_iter().filter(|(_, ids)| !ids.is_empty());
    (told.map(|(word, ids)| format!("{word} {}", names(&ids))).collect::<Vec<_>>().join("; "), sources)
}
