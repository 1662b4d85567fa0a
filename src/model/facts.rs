//! Every dated statement of an alliance or a document, with where it is written: one list for whoever asks what is cited.

use super::{Alliance, Citation, Event, Project, event_status::EventStatus, project::Common};

/// One statement and its sources.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Where it stands, as problems name places: `feature clash-2020`, `members[3] tur`.
    pub place: String,
    /// What it cites; empty is against the rules.
    pub sources: &'a [Citation],
}

fn fact(place: impl Into<String>, sources: &[Citation]) -> Fact<'_> {
    Fact { place: place.into(), sources }
}

impl Alliance {
    /// The alliance itself, its pledges, members and reservations.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        let pledges = self.pledges.iter().enumerate().map(|(index, pledge)| fact(format!("pledges[{index}]"), &pledge.sources));
        let members =
            self.members.iter().enumerate().map(|(index, member)| fact(format!("members[{index}] {}", member.polity), &member.sources));
        let reservations = self
            .reservations
            .iter()
            .enumerate()
            .map(|(index, reservation)| fact(format!("reservations[{index}] {}", reservation.polity), &reservation.sources));
        std::iter::once(fact("sources", &self.sources)).chain(pledges).chain(members).chain(reservations).collect()
    }
}

impl Project {
    /// Every feature, and what stands inside it: accounts, statuses, control, claims, dated names.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        let mut facts: Vec<Fact<'_>> = self.events.iter().flat_map(|event| event_facts(event)).collect();
        for region in &self.regions {
            facts.push(common_fact(&region.common));
            let inside = |what: &str, holder: &dyn std::fmt::Display| format!("feature {}: {what} {holder}", region.common.id);
            facts.extend(region.control.iter().map(|row| fact(inside("control of", &row.holder), &row.sources)));
            facts.extend(region.claims.iter().map(|row| fact(inside("claim of", &row.holder), &row.sources)));
        }
        facts.extend(self.lines.iter().map(|line| common_fact(&line.common)));
        for place in &self.places {
            facts.push(common_fact(&place.common));
            let dated = place.names_by_date.iter();
            facts.extend(dated.map(|name| fact(format!("feature {}: the name {}", place.common.id, name.name), &name.sources)));
        }
        facts
    }
}

fn common_fact(common: &Common) -> Fact<'_> {
    fact(format!("feature {}", common.id), &common.sources)
}

fn event_facts<'a>(event: &'a Event) -> Vec<Fact<'a>> {
    let place = format!("feature {}", event.id);
    let accounts = event.accounts.iter().map(|account| fact(format!("{place}: account of {}", account.party), &account.sources));
    // A treaty's own text says when it is in force: a status without sources rests on those of its event.
    let of_status = |status: &'a EventStatus| if status.sources.is_empty() { &event.sources } else { &status.sources };
    let statuses = event.statuses.iter().map(|status| fact(format!("{place}: status {}", status.is.id()), of_status(status)));
    std::iter::once(fact(place.clone(), &event.sources)).chain(accounts).chain(statuses).collect()
}
