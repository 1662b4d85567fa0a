//! The land in words: who holds what, and what is disputed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Row, Section, Teller};
use crate::{
    geometry::UnitIx,
    model::{
        Citation, Dispute, PolityIx,
        tenure::Row as TenureRow,
        tenure_text::{Role, Slot},
        world::{Standing, Status},
    },
    time::Day,
};

/// Rows of the tenure that say the same of a disputed area.
struct Fact<'a> {
    since: Day,
    row: &'a TenureRow,
    sources: Vec<Citation>,
    /// How many of the area's histories it is true of.
    parts: usize,
}

impl Teller<'_> {
    /// Every holder in sight in the order of the alphabet: as what, what lies inside, who contests some of it.
    pub(super) fn control(&self) -> Section {
        let state = self.input.state;
        let presences = state.presences();
        let holders: BTreeSet<PolityIx> = self.seen.units.iter().filter_map(|unit| state.holding(*unit).holder).collect();
        let mut rows: Vec<Row> = Vec::new();
        for holder in holders {
            let Some(presence) = presences.get(&holder) else { continue };
            let under = presence.under.map_or(String::new(), |under| format!(" of {}", self.name(under)));
            let standing = match presence.standing {
                Standing::Sovereign => "sovereign",
                Standing::Dependency => "dependency",
                Standing::DeFacto => "in control without title",
                Standing::Constituent => "constituent part",
                Standing::Autonomous => "autonomous part",
            };
            rows.push(Row {
                text: format!("{}: {standing}{under}", self.name(holder)),
                details: self.holder_details(holder, presence.approximate),
            });
        }
        rows.sort_by(|one, other| one.text.cmp(&other.text));
        let nobody = |status: Status| {
            self.seen.units.iter().any(|unit| state.holding(*unit).holder.is_none() && state.holding(*unit).status == status)
        };
        rows.extend(nobody(Status::Undetermined).then(|| Row::plain("Some land in sight: title undetermined")));
        rows.extend(nobody(Status::Unknown).then(|| Row::plain("Some land in sight: not in the atlas at this date")));
        Section { heading: "Who holds what".to_owned(), rows }
    }

    fn holder_details(&self, holder: PolityIx, approximate: bool) -> Vec<String> {
        let state = self.input.state;
        let held = || self.seen.units.iter().copied().filter(|unit| state.holding(*unit).holder == Some(holder));
        let parts = self.names_of(held().flat_map(|unit| [state.holding(unit).part, state.holding(unit).autonomy]).flatten());
        let contenders = self.names_of(held().flat_map(|unit| state.contenders(unit).iter().copied()));
        let disputed = |is_so: &dyn Fn(UnitIx) -> bool| {
            let disputes = self.input.atlas.disputes.iter().filter(|dispute| dispute.stands_on(self.input.day));
            let names = disputes.filter(|dispute| dispute.units.iter().any(|unit| is_so(*unit) && self.is_in_sight(*unit)));
            names.map(|dispute| dispute.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let shown = disputed(&|unit| state.holding(unit).holder == Some(holder));
        let contested = disputed(&|unit| state.contenders(unit).contains(&holder));
        let mut details = Vec::new();
        details.extend((!shown.is_empty()).then(|| format!("Disputed areas shown as held by it, in sight: {shown}")));
        details.extend(
            (!contested.is_empty()).then(|| format!("Disputed areas that it also holds, controls or claims, in sight: {contested}")),
        );
        details.extend((!parts.is_empty()).then(|| format!("Inside it, in sight: {parts}")));
        details.extend((!contenders.is_empty()).then(|| format!("Some of it is also held, controlled or claimed by: {contenders}")));
        details.extend(approximate.then(|| "Some of its borders are approximate".to_owned()));
        details
    }

    /// Every disputed area in sight: what the parties call it, and who controls, has title and claims, since when, on whose word.
    pub(super) fn disputes(&self) -> Section {
        let standing = self.input.atlas.disputes.iter().filter(|dispute| dispute.stands_on(self.input.day));
        let in_sight = standing.filter(|dispute| dispute.units.iter().any(|unit| self.is_in_sight(*unit)));
        Section { heading: "Disputed areas".to_owned(), rows: in_sight.map(|dispute| self.dispute(dispute)).collect() }
    }

    fn dispute(&self, dispute: &Dispute) -> Row {
        let text = format!("{}: {} dispute, {}{}", dispute.name, dispute.kind, dispute.span.label(), self.citations(&dispute.sources));
        let mut details: Vec<String> =
            dispute.names.iter().map(|(party, name)| format!("{} calls it {name}", self.input.atlas.polities.name(party))).collect();
        let (facts, parts) = self.facts(dispute);
        for ((slot, who), fact) in &facts {
            let who = who.map_or("Nobody", |who| self.name(who));
            let since = if fact.since == Day::MIN { String::new() } else { format!(" since {}", since_words(fact)) };
            let partly = if fact.parts < parts { ", in part of it" } else { "" };
            details.push(format!("{} {}{since}{partly}{}", who, self.verb(*slot, fact.row), self.citations(&fact.sources)));
        }
        details.extend((!dispute.note.is_empty()).then(|| dispute.note.clone()));
        Row { text, details }
    }

    fn verb(&self, slot: Slot, row: &TenureRow) -> String {
        let of = row.under.map_or(String::new(), |under| format!(" {}", self.name(under)));
        match (&row.text.role, slot) {
            (Role::Sovereign, _) => "has the title".to_owned(),
            (Role::Undetermined, _) => "has an agreed title".to_owned(),
            (Role::Dependency(_), _) => format!("has it as a dependency of{of}"),
            (role, _) => format!("{}{of}", role.phrase()),
        }
    }

    /// What the tenure says of an area on the day, in the view: for each slot and polity; and of how many different histories the area is made.
    fn facts(&self, dispute: &Dispute) -> (BTreeMap<(Slot, Option<PolityIx>), Fact<'_>>, usize) {
        let (tenure, day) = (&self.input.atlas.tenure, self.input.day);
        let mut facts: BTreeMap<(Slot, Option<PolityIx>), Fact> = BTreeMap::new();
        let mut known: BTreeSet<u16> = BTreeSet::new();
        for unit in dispute.units.iter().filter(|unit| known.insert(tenure.histories().of_unit[unit.index()])) {
            let mut on_day = tenure.history(*unit, &self.input.state.view);
            on_day.retain(|(slot, spell)| (spell.from..spell.past_end).contains(&day) && !matches!(slot, Slot::Part | Slot::Autonomy));
            let is_own = |row: u32| tenure.rows[row as usize].text.view.is_some();
            let own_slots: Vec<Slot> = on_day.iter().filter(|(_, spell)| is_own(spell.row)).map(|(slot, _)| *slot).collect();
            // Rows of the view itself win over the common ones.
            on_day.retain(|(slot, spell)| *slot == Slot::Claims || is_own(spell.row) || !own_slots.contains(slot));
            let mut told: BTreeSet<(Slot, Option<PolityIx>)> = BTreeSet::new();
            for (slot, spell) in on_day {
                let row = &tenure.rows[spell.row as usize];
                let fact = facts.entry((slot, row.who)).or_insert(Fact { since: spell.from, row, sources: Vec::new(), parts: 0 });
                if spell.from < fact.since {
                    (fact.since, fact.row) = (spell.from, row);
                }
                fact.sources.extend(row.text.sources.iter().filter(|own| !fact.sources.contains(own)).cloned().collect::<Vec<_>>());
                fact.parts += usize::from(told.insert((slot, row.who)));
            }
        }
        (facts, known.len())
    }
}

/// The start in the words of the row, where the row itself is what began.
fn since_words(fact: &Fact) -> String {
    match &fact.row.text.span.start {
        Some(start) if fact.row.text.span.first_day() == fact.since => start.label(),
        _ => fact.since.label(),
    }
}
