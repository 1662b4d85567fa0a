//! Every dated statement of an alliance or a document, with where it is written: one list for whoever asks what is cited.

use super::{
    Alliance, Citation, Event, Project,
    annotation::Mark,
    event_status::EventStatus,
    project::{Common, Control},
};

/// One statement and its sources.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Where it stands, as problems name places: `feature clash-2020`, `members[3] tur`.
    pub place: String,
    /// The list of citations as a path below the properties of a feature: `accounts/0/sources`.
    pub path: String,
    /// What it cites; empty is against the rules.
    pub sources: &'a [Citation],
    /// Whether it leans on the citations of another fact, having none of its own.
    pub leans: bool,
}

fn fact(place: impl Into<String>, path: impl Into<String>, sources: &[Citation]) -> Fact<'_> {
    Fact { place: place.into(), path: path.into(), sources, leans: false }
}

fn rows<'a>(list: &'static str, rows: impl Iterator<Item = (String, &'a [Citation])>) -> impl Iterator<Item = Fact<'a>> {
    rows.enumerate().map(move |(index, (place, sources))| fact(place, format!("{list}/{index}/sources"), sources))
}

impl Alliance {
    /// The alliance itself, its pledges, members and reservations.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        let place = |list: &str, index: usize| format!("{list}[{index}]");
        let pledges = self.pledges.iter().enumerate().map(|(index, pledge)| (place("pledges", index), pledge.sources.as_slice()));
        let members = self.members.iter().enumerate();
        let members = members.map(|(index, member)| (format!("{} {}", place("members", index), member.polity), member.sources.as_slice()));
        let reservations = self.reservations.iter().enumerate();
        let reservations = reservations.map(|(index, reservation)| {
            (format!("{} {}", place("reservations", index), reservation.polity), reservation.sources.as_slice())
        });
        let inside = rows("pledges", pledges).chain(rows("members", members)).chain(rows("reservations", reservations));
        std::iter::once(fact("sources", "sources", &self.sources)).chain(inside).collect()
    }
}

impl Project {
    /// Every feature, and what stands inside it: accounts, statuses, pictures, control, claims, dated names.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        let mut facts: Vec<Fact<'_>> = self.events.iter().flat_map(|event| event_facts(event)).collect();
        for region in &self.regions {
            facts.push(common_fact(&region.common));
            let inside = |what: &str, row: &Control| format!("feature {}: {what} {}", region.common.id, row.holder);
            facts.extend(rows("control", region.control.iter().map(|row| (inside("control of", row), row.sources.as_slice()))));
            facts.extend(rows("claims", region.claims.iter().map(|row| (inside("claim of", row), row.sources.as_slice()))));
        }
        facts.extend(self.lines.iter().map(|line| common_fact(&line.common)));
        for place in &self.places {
            facts.push(common_fact(&place.common));
            let inside = |name: &str| format!("feature {}: the name {name}", place.common.id);
            facts.extend(rows("names_by_date", place.names_by_date.iter().map(|name| (inside(&name.name), name.sources.as_slice()))));
        }
        // Texts and callouts are the words of who made the map; an arrow says that something moved.
        let arrows = self.annotations.iter().filter(|annotation| matches!(annotation.mark, Mark::Arrow(_)));
        facts.extend(arrows.map(|arrow| common_fact(&arrow.common)));
        facts
    }
}

fn common_fact(common: &Common) -> Fact<'_> {
    fact(format!("feature {}", common.id), "sources", &common.sources)
}

fn event_facts<'a>(event: &'a Event) -> Vec<Fact<'a>> {
    let place = format!("feature {}", event.id);
    let accounts = event.accounts.iter().map(|account| (format!("{place}: account of {}", account.party), account.sources.as_slice()));
    let figures = event.accounts.iter().enumerate().flat_map(|(index, account)| {
        let place = format!("{place}: account of {}", account.party);
        let figures = account.figures.iter().enumerate();
        figures.map(move |(own, figure)| {
            fact(format!("{place}, figure {}", figure.what), format!("accounts/{index}/figures/{own}/sources"), &figure.sources)
        })
    });
    // A treaty's own text says when it is in force: a status without sources rests on those of its event.
    let leans = |status: &EventStatus| status.sources.is_empty();
    let of_status = |status: &'a EventStatus| if leans(status) { &event.sources } else { &status.sources };
    let statuses = event.statuses.iter().map(|status| (format!("{place}: status {}", status.is.id()), of_status(status).as_slice()));
    let statuses = rows("status", statuses).zip(&event.statuses).map(|(fact, status)| Fact { leans: leans(status), ..fact });
    // So does a picture: its credit says whose it is.
    let pictures = event.pictures.iter().map(|picture| if picture.sources.is_empty() { &event.sources } else { &picture.sources });
    let pictures = pictures.map(|sources| (format!("{place}: a picture"), sources.as_slice()));
    let pictures =
        rows("pictures", pictures).zip(&event.pictures).map(|(fact, picture)| Fact { leans: picture.sources.is_empty(), ..fact });
    let own = std::iter::once(fact(place.clone(), "sources", &event.sources));
    own.chain(rows("accounts", accounts)).chain(figures).chain(statuses).chain(pictures).collect()
}
