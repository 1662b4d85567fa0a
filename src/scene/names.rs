//! What is named on the map on a day, and in which words: names follow the date and the view, and where parties differ both stand.

use super::{
    item::Face,
    look::Look,
    style::{Rgba, Style},
    tint::{Loudness, Tints},
};
use crate::{
    geometry::UnitIx,
    model::{
        Atlas, Dispute, Polity, PolityId, PolityIx, Project, View, WorldState,
        polity::{NameScope, PolityKind},
        world::Status,
    },
    time::Day,
};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A disputed area: its position in [`Atlas::disputes`].
    Dispute(u16),
    /// A holder.
    Polity(PolityIx),
    /// A republic or land inside a holder.
    Part(PolityIx),
}

/// How a name is set, apart from its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lettering {
    /// Letter-spaced capitals.
    Sovereign,
    /// Smaller capitals, less spaced.
    Lesser,
    /// Plain upright.
    Dependency,
    /// Italics.
    Area,
}

impl Lettering {
    /// Which cut.
    pub fn face(self) -> Face {
        match self {
            Self::Sovereign | Self::Lesser => Face::Medium,
            Self::Dependency => Face::Regular,
            Self::Area => Face::Italic,
        }
    }

    /// Smallest and largest size in points, and how much it grows with the root of the area on the screen.
    pub fn sizes(self) -> (f32, f32, f32) {
        match self {
            Self::Sovereign => (7.5, 24.0, 0.052),
            Self::Lesser => (7.0, 17.0, 0.046),
            Self::Dependency => (7.0, 13.0, 0.036),
            Self::Area => (9.0, 17.0, 0.060),
        }
    }

    /// Least and largest room between letters, as shares of the size.
    pub fn spacing(self) -> (f32, f32) {
        match self {
            Self::Sovereign => (0.09, 0.45),
            Self::Lesser => (0.07, 0.30),
            Self::Dependency | Self::Area => (0.0, 0.06),
        }
    }
}

/// One name to be placed.
#[derive(Clone, Debug)]
pub struct Name {
    /// Of what.
    pub of: Named,
    /// The name in its letters: capitals already where they are called for.
    pub text: String,
    /// What parties call it instead, each once; empty where none differs.
    pub also: Vec<String>,
    /// How it is set.
    pub lettering: Lettering,
    /// Its colour.
    pub color: Rgba,
    /// Whether it is placed before all others and kept at any size: what the talk is about.
    pub leads: bool,
    /// The units that go by it, rising.
    pub units: Vec<UnitIx>,
}

/// All names of a day, without places.
pub fn names(atlas: &Atlas, state: &WorldState, day: Day, look: &Look, project: Option<&Project>) -> Vec<Name> {
    let naming = Naming { atlas, state, day, style: Style::new(look.theme), tints: Tints::new(atlas, look) };
    let mut found = naming.disputes(project);
    found.extend(naming.polities());
    found
}

/// What lists need to tell two polities of one name apart, the map does not: `Morocco (to 1912)` is Morocco in 1900.
fn without_addition(name: &str) -> &str {
    match name.rfind(" (") {
        Some(at) if at > 0 && name.ends_with(')') => &name[..at],
        _ => name,
    }
}

struct Naming<'a> {
    atlas: &'a Atlas,
    state: &'a WorldState,
    day: Day,
    style: Style,
    tints: Tints<'a>,
}

impl Naming<'_> {
    fn polities(&self) -> Vec<Name> {
        let count = self.atlas.polities.len();
        let mut holders: Vec<(Vec<UnitIx>, Status)> = vec![(Vec::new(), Status::Unknown); count];
        let mut parts: Vec<Vec<UnitIx>> = vec![Vec::new(); count];
        for (unit, holding) in (0..).map(UnitIx).zip(self.state.holdings()) {
            if let Some(holder) = holding.holder {
                let (units, status) = &mut holders[usize::from(holder.0)];
                units.push(unit);
                // The strongest standing anywhere counts: a state is no dependency because it also occupies something.
                *status = (*status).min(holding.status);
            }
            if let Some(part) = holding.part {
                parts[usize::from(part.0)].push(unit);
            }
        }
        let holders = holders.into_iter().enumerate().filter(|(_, (units, _))| !units.is_empty());
        let holders = holders.map(|(index, (units, status))| {
            let holder = PolityIx(index as u16);
            self.polity(holder, status, self.home(holder, units))
        });
        let parts = parts.into_iter().enumerate().filter(|(_, units)| !units.is_empty());
        holders.chain(parts.map(|(index, units)| self.part(PolityIx(index as u16), units))).collect()
    }

    /// Of all that somebody holds that to which they have the title, if there is any: the United Kingdom is not named in Egypt, however large that is.
    fn home(&self, holder: PolityIx, units: Vec<UnitIx>) -> Vec<UnitIx> {
        let own: Vec<UnitIx> = units.iter().copied().filter(|unit| self.state.holding(*unit).title == Some(holder)).collect();
        if own.is_empty() { units } else { own }
    }

    fn polity(&self, ix: PolityIx, status: Status, units: Vec<UnitIx>) -> Name {
        let polity = self.atlas.polities.at(ix);
        let lettering = match status {
            Status::Dependency => Lettering::Dependency,
            _ if polity.kind == PolityKind::Area => Lettering::Dependency,
            _ if polity.kind == PolityKind::Breakaway => Lettering::Lesser,
            _ => Lettering::Sovereign,
        };
        let loudness = self.tints.loudness(ix);
        let color = if loudness == Loudness::Quiet || lettering == Lettering::Dependency { self.style.quiet_ink } else { self.style.ink };
        let (text, also) = self.words(polity);
        let also = if lettering == Lettering::Sovereign { Vec::new() } else { also };
        let text = if lettering == Lettering::Dependency { text } else { text.to_uppercase() };
        Name { of: Named::Polity(ix), text, also, lettering, color, leads: loudness == Loudness::Strong, units }
    }

    fn part(&self, ix: PolityIx, units: Vec<UnitIx>) -> Name {
        let (text, _) = self.words(self.atlas.polities.at(ix));
        let leads = self.tints.loudness(ix) == Loudness::Strong;
        Name { of: Named::Part(ix), text, also: Vec::new(), lettering: Lettering::Dependency, color: self.style.quiet_ink, leads, units }
    }

    /// A polity's name on the day in the view, and what others call it.
    fn words(&self, polity: &Polity) -> (String, Vec<String>) {
        let names = polity.names.iter().filter_map(|(scope, name)| match scope {
            NameScope::Party(party) => Some((party, name.as_str())),
            NameScope::Dates(..) => None,
        });
        self.in_view(without_addition(polity.name_on(self.day)), names.filter(|(party, _)| **party != polity.id))
    }

    fn disputes(&self, project: Option<&Project>) -> Vec<Name> {
        let told = |dispute: &Dispute| project.is_some_and(|project| project.disputes.contains(&dispute.id));
        let standing =
            self.atlas.disputes.iter().enumerate().filter(|(_, dispute)| dispute.stands_on(self.day) && !dispute.units.is_empty());
        let names = standing.map(|(index, dispute)| {
            let (text, also) = self.in_view(&dispute.name, dispute.names.iter().map(|(party, name)| (party, name.as_str())));
            let leads = told(dispute);
            let color = if leads || project.is_none() { self.style.ink } else { self.style.quiet_ink };
            Name { of: Named::Dispute(index as u16), text, also, lettering: Lettering::Area, color, leads, units: dispute.units.clone() }
        });
        names.collect()
    }

    /// In a party's view its own name; in the others the neutral one, with those of the parties that differ.
    fn in_view<'n>(&self, neutral: &str, parties: impl Iterator<Item = (&'n PolityId, &'n str)>) -> (String, Vec<String>) {
        let mut others: Vec<String> = Vec::new();
        for (party, name) in parties {
            if matches!(&self.state.view, View::Party(own) if own == party) {
                return (name.to_owned(), Vec::new());
            }
            if name != neutral && !others.iter().any(|other| other == name) {
                others.push(name.to_owned());
            }
        }
        let also = if matches!(self.state.view, View::Party(_)) { Vec::new() } else { others };
        (neutral.to_owned(), also)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additions_at_the_end_alone_are_left_out() {
        assert_eq!(without_addition("Morocco (to 1912)"), "Morocco");
        assert_eq!(without_addition("Kirghiz (Kazak) ASSR"), "Kirghiz (Kazak) ASSR");
        assert_eq!(without_addition("Chad"), "Chad");
    }
}
