//! What is named on the map on a day, and in which words: names follow the date and the view, and where parties differ both stand.

use rustc_hash::FxHashMap;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lettering {
    /// Letter-spaced capitals.
    Sovereign,
    /// Smaller capitals, less spaced.
    Lesser,
    /// Plain upright.
    Dependency,
    /// Italics.
    Area,
    /// Smaller italics: a disputed area beside those that the talk is about.
    AreaAside,
}

impl Lettering {
    /// Which cut.
    pub fn face(self) -> Face {
        match self {
            Self::Sovereign | Self::Lesser => Face::Medium,
            Self::Dependency => Face::Regular,
            Self::Area | Self::AreaAside => Face::Italic,
        }
    }

    /// Smallest and largest size in points, and how much it grows with the root of the area on the screen.
    pub fn sizes(self) -> (f32, f32, f32) {
        match self {
            Self::Sovereign => (7.5, 24.0, 0.052),
            Self::Lesser => (7.0, 17.0, 0.046),
            Self::Dependency => (7.0, 13.0, 0.036),
            Self::Area => (9.0, 17.0, 0.060),
            Self::AreaAside => (8.5, 12.5, 0.042),
        }
    }

    /// Least and largest room between letters, as shares of the size.
    pub fn spacing(self) -> (f32, f32) {
        match self {
            Self::Sovereign => (0.09, 0.45),
            Self::Lesser => (0.07, 0.30),
            Self::Dependency | Self::Area | Self::AreaAside => (0.0, 0.06),
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
    /// The same without what it says of the sort of state, where it says that: `ITALY` for `KINGDOM OF ITALY`. Stands where there is no room for all of it.
    pub short: Option<String>,
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

/// What polities are called, kept from date to date: most names stay, and setting one in capitals costs more than all else about it.
#[derive(Debug, Default)]
pub struct NameWords {
    view: Option<View>,
    /// By polity, the name of the date (by where it stands in the atlas) and how it is set.
    known: FxHashMap<(PolityIx, usize, Lettering), Words>,
}

/// What a polity is called on a date, in a view.
#[derive(Clone, Debug)]
struct Words {
    text: String,
    short: Option<String>,
    also: Vec<String>,
}

/// All names of a day, without places. `words` is of the same atlas.
pub fn names(atlas: &Atlas, state: &WorldState, day: Day, look: &Look, project: Option<&Project>, words: &mut NameWords) -> Vec<Name> {
    if words.view.as_ref() != Some(&state.view) {
        *words = NameWords { view: Some(state.view.clone()), known: FxHashMap::default() };
    }
    let naming = Naming { atlas, state, day, style: Style::new(look.theme), tints: Tints::new(atlas, look) };
    let mut found = naming.disputes(project);
    found.extend(naming.polities(words));
    found
}

/// What lists need to tell two polities of one name apart, the map does not: `Morocco (to 1912)` is Morocco in 1900.
fn without_addition(name: &str) -> &str {
    // Few names have one, and all of them are looked at whenever the date changes.
    if !name.ends_with(')') {
        return name;
    }
    match name.rfind(" (") {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    }
}

/// The usual name of a polity where the name of the date says no more than the sort of state besides: `Italy` of `Kingdom of Italy`, but not `Germany` of
/// `West Germany`.
fn everyday<'n>(usual: &'n str, of_the_date: &str) -> Option<&'n str> {
    if of_the_date.len() <= usual.len() {
        return None;
    }
    let says_sort_first = of_the_date.strip_suffix(usual).is_some_and(|sort| sort.ends_with(" of ") || sort.ends_with(" of the "));
    let says_more_after = of_the_date.strip_prefix(usual).is_some_and(|more| more.starts_with(" of "));
    (says_sort_first || says_more_after).then_some(usual)
}

/// Whether the talk is about a polity of this loudness.
fn is_told(loudness: Loudness) -> bool {
    matches!(loudness, Loudness::Strong | Loudness::Clear)
}

struct Naming<'a> {
    atlas: &'a Atlas,
    state: &'a WorldState,
    day: Day,
    style: Style,
    tints: Tints<'a>,
}

impl Naming<'_> {
    fn polities(&self, words: &mut NameWords) -> Vec<Name> {
        let count = self.atlas.polities.len();
        let mut sizes = vec![0_usize; count];
        self.state.holdings().iter().filter_map(|holding| holding.holder).for_each(|holder| sizes[usize::from(holder.0)] += 1);
        let mut holders: Vec<(Vec<UnitIx>, Status)> = sizes.into_iter().map(|size| (Vec::with_capacity(size), Status::Unknown)).collect();
        let mut parts: Vec<Vec<UnitIx>> = vec![Vec::new(); count];
        let mut held_by_others: Vec<Vec<UnitIx>> = vec![Vec::new(); count];
        for (unit, holding) in (0..).map(UnitIx).zip(self.state.holdings()) {
            if let Some(holder) = holding.holder {
                let (units, status) = &mut holders[usize::from(holder.0)];
                units.push(unit);
                // The strongest standing anywhere counts: a state is no dependency because it also occupies something.
                *status = (*status).min(holding.status);
            }
            if let Some(title) = holding.title.filter(|title| holding.holder != Some(*title)) {
                held_by_others[usize::from(title.0)].push(unit);
            }
            if let Some(part) = holding.part {
                parts[usize::from(part.0)].push(unit);
            }
        }
        // All of whose land others hold is still named there: Egypt under British occupation, as every atlas has it.
        for ((units, status), theirs) in holders.iter_mut().zip(held_by_others) {
            if units.is_empty() && !theirs.is_empty() {
                (*units, *status) = (theirs, Status::Dependency);
            }
        }
        let holders = holders.into_iter().enumerate().filter(|(_, (units, _))| !units.is_empty());
        let mut found: Vec<Name> = Vec::new();
        for (index, (units, status)) in holders {
            let holder = PolityIx(index as u16);
            found.push(self.polity(holder, status, self.home(holder, units), words));
        }
        let parts = parts.into_iter().enumerate().filter(|(_, units)| !units.is_empty());
        found.extend(parts.map(|(index, units)| self.part(PolityIx(index as u16), units)));
        found
    }

    /// Of all that somebody holds that to which they have the title, if there is any: the United Kingdom is not named in Egypt, however large that is.
    fn home(&self, holder: PolityIx, units: Vec<UnitIx>) -> Vec<UnitIx> {
        let is_own = |unit: &UnitIx| self.state.holding(*unit).title == Some(holder);
        let own = units.iter().filter(|unit| is_own(unit)).count();
        if own == 0 || own == units.len() { units } else { units.into_iter().filter(is_own).collect() }
    }

    fn polity(&self, ix: PolityIx, status: Status, units: Vec<UnitIx>, words: &mut NameWords) -> Name {
        let polity = self.atlas.polities.at(ix);
        let lettering = match status {
            Status::Dependency => Lettering::Dependency,
            _ if polity.kind == PolityKind::Area => Lettering::Dependency,
            _ if polity.kind == PolityKind::Breakaway => Lettering::Lesser,
            _ => Lettering::Sovereign,
        };
        let loudness = self.tints.loudness(ix);
        let color = if loudness == Loudness::Quiet || lettering == Lettering::Dependency { self.style.quiet_ink } else { self.style.ink };
        let key = (ix, polity.name_on(self.day).as_ptr() as usize, lettering);
        let Words { text, short, also } = words.known.entry(key).or_insert_with(|| self.set_words(polity, lettering)).clone();
        Name { of: Named::Polity(ix), text, short, also, lettering, color, leads: is_told(loudness), units }
    }

    /// The name on the day in the letters that it is set in.
    fn set_words(&self, polity: &Polity, lettering: Lettering) -> Words {
        let (text, also) = self.words(polity);
        let short = everyday(without_addition(&polity.name), &text);
        let short = short.map(|short| if lettering == Lettering::Dependency { short.to_owned() } else { short.to_uppercase() });
        let also = if lettering == Lettering::Sovereign { Vec::new() } else { also };
        let text = if lettering == Lettering::Dependency { text } else { text.to_uppercase() };
        Words { text, short, also }
    }

    fn part(&self, ix: PolityIx, units: Vec<UnitIx>) -> Name {
        let (text, _) = self.words(self.atlas.polities.at(ix));
        let leads = is_told(self.tints.loudness(ix));
        Name {
            of: Named::Part(ix),
            text,
            short: None,
            also: Vec::new(),
            lettering: Lettering::Dependency,
            color: self.style.quiet_ink,
            leads,
            units,
        }
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
            // Beside a story the other disputes are there, but in few words and small letters.
            let is_aside = !leads && project.is_some();
            let (also, lettering) = if is_aside { (Vec::new(), Lettering::AreaAside) } else { (also, Lettering::Area) };
            let color = if is_aside { self.style.quiet_ink } else { self.style.ink };
            Name { of: Named::Dispute(index as u16), text, short: None, also, lettering, color, leads, units: dispute.units.clone() }
        });
        names.collect()
    }

    /// In a party's view its own name; in the others the neutral one, with those of the parties that say something else.
    fn in_view<'n>(&self, neutral: &str, parties: impl Iterator<Item = (&'n PolityId, &'n str)>) -> (String, Vec<String>) {
        let mut others: Vec<String> = Vec::new();
        for (party, name) in parties {
            if matches!(&self.state.view, View::Party(own) if own == party) {
                return (name.to_owned(), Vec::new());
            }
            // A part of the neutral name tells nothing new: `Siachen` under `Siachen Glacier`.
            if !neutral.contains(name) && !others.iter().any(|other| other == name) {
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
    fn only_the_sort_of_state_is_left_out() {
        assert_eq!(everyday("Italy", "Kingdom of Italy"), Some("Italy"));
        assert_eq!(everyday("Congo", "People's Republic of the Congo"), Some("Congo"));
        assert_eq!(everyday("United Kingdom", "United Kingdom of Great Britain and Ireland"), Some("United Kingdom"));
        for (usual, of_the_date) in [("Germany", "West Germany"), ("Iran", "Persia"), ("Spain", "Spain"), ("Congo", "Belgian Congo")] {
            assert_eq!(everyday(usual, of_the_date), None);
        }
    }

    #[test]
    fn additions_at_the_end_alone_are_left_out() {
        assert_eq!(without_addition("Morocco (to 1912)"), "Morocco");
        assert_eq!(without_addition("Kirghiz (Kazak) ASSR"), "Kirghiz (Kazak) ASSR");
        assert_eq!(without_addition("Chad"), "Chad");
    }
}
