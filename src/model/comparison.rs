//! What differs between two states of the world, on two dates or in two views: whose land is another's, which lines came and went, and who joined what.
//!
//! Land changes hands where another answers for it (`Holding::answerable_holder`: for a dependency whoever it depends on), as in charts of
//! areas. A successor counts as another hand: the atlas tells what stood on the map, not who inherited it.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    AllianceId, Atlas, PolityId, PolityIx, WorldState,
    borders::{LineClass, line_classes},
    world::Holding,
};
use crate::{
    geometry::{ArcIx, measure, topology::UnitIx},
    time::Day,
};

/// What differs between two states of the world. Independent of order in nothing: `before` is where it comes from, `after` where it goes.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Where it comes from.
    pub before: Arc<WorldState>,
    /// Where it goes.
    pub after: Arc<WorldState>,
    /// The units that differ, rising; empty where nothing does.
    pub units: Vec<UnitChange>,
    /// The land that changed hands, each pair of hands once, the largest first.
    pub transfers: Vec<Transfer>,
    /// Whoever gained or lost land, the largest sum of both first.
    pub balances: Vec<Balance>,
    /// The lines that differ, by their classes before and after; coasts never differ.
    pub lines: Vec<LineChange>,
}

/// How much of a unit differs: the strongest word that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Another answers for it.
    Hands,
    /// The same answers for it in another way: as another republic's or dependency's land, with or without title.
    Status,
    /// Others contest it.
    Claims,
}

impl ChangeKind {
    /// The fixed word that tables use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hands => "hands",
            Self::Status => "status",
            Self::Claims => "claims",
        }
    }
}

/// A unit that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// Which.
    pub unit: UnitIx,
    /// How.
    pub kind: ChangeKind,
}

/// Land that one had before and another has after.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Who answered for it before; `None` for nobody on record.
    pub from: Option<PolityIx>,
    /// Who does after.
    pub to: Option<PolityIx>,
    /// Its units, rising; never empty.
    pub units: Vec<UnitIx>,
    /// Its geodesic area in square kilometres.
    pub km2: f64,
    /// Whether any border of it is approximate, on either side of the comparison.
    pub approximate: bool,
}

/// What one hand gained and lost. Over all hands gains and losses are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Whose; `None` is nobody on record.
    pub who: Option<PolityIx>,
    /// Gained, in square kilometres.
    pub gained_km2: f64,
    /// Lost, in square kilometres.
    pub lost_km2: f64,
    /// All that it had before.
    pub before_km2: f64,
    /// All that it has after: `before_km2 + gained_km2 - lost_km2`. 0 where it is gone from the map.
    pub after_km2: f64,
}

impl Balance {
    /// Gained less lost, in square kilometres.
    pub fn net_km2(&self) -> f64 {
        self.gained_km2 - self.lost_km2
    }
}

/// Lines that were of one class and are of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// Before; [`LineClass::Absent`] where the line appeared.
    pub before: LineClass,
    /// After; [`LineClass::Absent`] where it vanished.
    pub after: LineClass,
    /// Where, rising; never empty.
    pub arcs: Vec<ArcIx>,
}

impl LineChange {
    /// The fixed word that tables use: `appeared`, `vanished` or `changed`.
    pub fn word(&self) -> &'static str {
        match (self.before, self.after) {
            (LineClass::Absent, _) => "appeared",
            (_, LineClass::Absent) => "vanished",
            _ => "changed",
        }
    }

    /// Its length over the ground in kilometres. Walks every point: some milliseconds for the borders of a continent.
    pub fn length_km(&self, atlas: &Atlas) -> f64 {
        self.arcs.iter().map(|arc| measure::line_length_km(&atlas.partition.topology.arc(*arc).points)).sum()
    }
}

impl Comparison {
    /// Finds what differs. Units that share their whole history are compared once, so that the whole world costs some hundred microseconds.
    pub fn new(atlas: &Atlas, before: Arc<WorldState>, after: Arc<WorldState>) -> Self {
        let units = unit_changes(atlas, &before, &after);
        let (transfers, balances) = (transfers(atlas, &before, &after, &units), balances(atlas, &before, &after));
        let lines = line_changes(atlas, &before, &after);
        Self { before, after, units, transfers, balances, lines }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.lines.is_empty()
    }

    /// All the land that changed hands, in square kilometres.
    pub fn changed_km2(&self) -> f64 {
        self.transfers.iter().map(|transfer| transfer.km2).sum()
    }

    /// The area of the units that differ in this way, in square kilometres.
    pub fn km2_of(&self, atlas: &Atlas, kind: ChangeKind) -> f64 {
        let own = self.units.iter().filter(|change| change.kind == kind);
        own.map(|change| atlas.partition.topology.unit(change.unit).area_km2).sum()
    }

    /// Whoever gave or took land, each once, rising.
    pub fn parties(&self) -> Vec<PolityIx> {
        let mut parties: Vec<PolityIx> = self.balances.iter().filter_map(|balance| balance.who).collect();
        parties.sort_unstable();
        parties
    }
}

fn unit_changes(atlas: &Atlas, before: &WorldState, after: &WorldState) -> Vec<UnitChange> {
    let histories = atlas.tenure.histories();
    let kinds: Vec<Option<ChangeKind>> = histories.first_units.iter().map(|unit| change_of(before, after, *unit)).collect();
    let of_unit = (0..).map(UnitIx).zip(&histories.of_unit);
    of_unit.filter_map(|(unit, history)| kinds[usize::from(*history)].map(|kind| UnitChange { unit, kind })).collect()
}

fn change_of(before: &WorldState, after: &WorldState, unit: UnitIx) -> Option<ChangeKind> {
    let (old, new) = (before.holding(unit), after.holding(unit));
    // What a row says of how sure its border is makes no other land of it.
    let standing =
        |holding: &Holding| (holding.holder, holding.status, holding.title, holding.over, holding.part, holding.autonomy, holding.control);
    match () {
        () if old.answerable_holder() != new.answerable_holder() => Some(ChangeKind::Hands),
        () if standing(old) != standing(new) => Some(ChangeKind::Status),
        () if before.contenders(unit) != after.contenders(unit) => Some(ChangeKind::Claims),
        () => None,
    }
}

fn transfers(atlas: &Atlas, before: &WorldState, after: &WorldState, changes: &[UnitChange]) -> Vec<Transfer> {
    let mut found: BTreeMap<(Option<PolityIx>, Option<PolityIx>), Transfer> = BTreeMap::new();
    for UnitChange { unit, .. } in changes.iter().filter(|change| change.kind == ChangeKind::Hands) {
        let (old, new) = (before.holding(*unit), after.holding(*unit));
        let (from, to) = (old.answerable_holder(), new.answerable_holder());
        let transfer = found.entry((from, to)).or_insert_with(|| Transfer { from, to, units: Vec::new(), km2: 0.0, approximate: false });
        transfer.units.push(*unit);
        transfer.km2 += atlas.partition.topology.unit(*unit).area_km2;
        transfer.approximate |= old.approximate || new.approximate;
    }
    let mut transfers: Vec<Transfer> = found.into_values().collect();
    transfers.sort_by(|one, other| other.km2.total_cmp(&one.km2));
    transfers
}

fn balances(atlas: &Atlas, before: &WorldState, after: &WorldState) -> Vec<Balance> {
    let mut found: BTreeMap<Option<PolityIx>, Balance> = BTreeMap::new();
    let nothing = |who| Balance { who, gained_km2: 0.0, lost_km2: 0.0, before_km2: 0.0, after_km2: 0.0 };
    for (unit, (old, new)) in atlas.partition.topology.units().iter().zip(before.holdings().iter().zip(after.holdings())) {
        let (from, to, km2) = (old.answerable_holder(), new.answerable_holder(), unit.area_km2);
        let giver = found.entry(from).or_insert_with(|| nothing(from));
        giver.before_km2 += km2;
        giver.lost_km2 += if from == to { 0.0 } else { km2 };
        let taker = found.entry(to).or_insert_with(|| nothing(to));
        taker.after_km2 += km2;
        taker.gained_km2 += if from == to { 0.0 } else { km2 };
    }
    let mut balances: Vec<Balance> = found.into_values().filter(|balance| balance.gained_km2 + balance.lost_km2 > 0.0).collect();
    let size = |balance: &Balance| balance.gained_km2 + balance.lost_km2;
    balances.sort_by(|one, other| size(other).total_cmp(&size(one)));
    balances
}

fn line_changes(atlas: &Atlas, before: &WorldState, after: &WorldState) -> Vec<LineChange> {
    let mut found: BTreeMap<(LineClass, LineClass), Vec<ArcIx>> = BTreeMap::new();
    let classes = line_classes(atlas, before).into_iter().zip(line_classes(atlas, after));
    for (arc, (old, new)) in (0..).map(ArcIx).zip(classes) {
        if old != new {
            found.entry((old, new)).or_default().push(arc);
        }
    }
    found.into_iter().map(|((before, after), arcs)| LineChange { before, after, arcs }).collect()
}

/// A membership that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembershipChange {
    /// In what.
    pub alliance: AllianceId,
    /// Whose.
    pub polity: PolityId,
    /// Its standing before (`member`, `observer`, ...); `None` where there was none.
    pub before: Option<String>,
    /// Its standing after.
    pub after: Option<String>,
}

/// The memberships whose standing differs between two days, in the order of the alliances and then of polities. The same in every view.
pub fn membership_changes(atlas: &Atlas, before: Day, after: Day) -> Vec<MembershipChange> {
    let mut changes = Vec::new();
    for alliance in &atlas.alliances {
        let mut found: BTreeMap<&PolityId, [Option<String>; 2]> = BTreeMap::new();
        for (at, day) in [before, after].into_iter().enumerate() {
            alliance
                .members_on(day)
                .for_each(|(member, standing)| found.entry(&member.polity).or_default()[at] = Some(standing.to_owned()));
        }
        let differing = found.into_iter().filter(|(_, [old, new])| old != new);
        changes.extend(differing.map(|(polity, [before, after])| MembershipChange {
            alliance: alliance.id.clone(),
            polity: polity.clone(),
            before,
            after,
        }));
    }
    changes
}
