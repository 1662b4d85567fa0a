//! The table of holders, compiled: for each unit and slot the sorted spells, ready to be looked up at any date in any view.
//!
//! Rows are painted in order: a later row covers earlier ones of the same unit, slot and view for as long as it lasts. Claims lie side by
//! side instead. Rows of one view are painted apart and win over the common rows in that view.

use std::collections::{BTreeSet, HashMap};

use super::{
    Partition, Polities, PolityIx, Problem, SourceId, View,
    tenure_text::{Slot, TenureRow, TenureText},
    units::NamedSets,
};
use crate::{
    geometry::{ArcIx, topology::UnitIx},
    time::Day,
};

/// One row for one unit, as far as no other row covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spell {
    /// First day.
    pub from: Day,
    /// The day after the last; [`Day::MAX`] while it lasts.
    pub past_end: Day,
    /// Position in [`Tenure::rows`].
    pub row: u32,
}

/// A row with its names resolved.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row as written.
    pub text: TenureRow,
    /// The units it is about, each once, rising.
    pub units: Vec<UnitIx>,
    /// Who; `None` only for an undetermined title.
    pub who: Option<PolityIx>,
    /// The polity that the role names, if any.
    pub under: Option<PolityIx>,
}

/// Sorted spells of every unit, in one piece of memory.
#[derive(Clone, Debug, Default)]
struct SpellTable {
    /// `offsets[at]..offsets[at + 1]` are the spells of what stands at a position: of a unit while rows are painted, of a history from then on.
    /// Empty when the table holds nothing at all.
    offsets: Vec<u32>,
    spells: Vec<Spell>,
}

/// The four slots that hold one row at a time, in this order.
const SLOTS: [Slot; 4] = [Slot::Title, Slot::Part, Slot::Autonomy, Slot::Control];

#[derive(Clone, Debug, Default)]
struct Layer {
    slots: [SpellTable; 4],
}

/// Which units share their whole history: every row of every slot in every view. A few hundred histories stand for thousands of units, so what
/// depends on the tenure alone is looked up once a history.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// For each unit a position in `first_units`.
    pub of_unit: Vec<u16>,
    /// For each history the first unit that has it.
    pub first_units: Vec<UnitIx>,
    /// The arcs between two units of different histories, rising: no border ever runs along any other arc.
    pub frontiers: Vec<Frontier>,
    /// The arcs between land and water, rising.
    pub coasts: Vec<ArcIx>,
}

/// An arc with what lies on its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frontier {
    /// The arc.
    pub arc: ArcIx,
    /// On its left.
    pub left: UnitIx,
    /// On its right.
    pub right: UnitIx,
    /// Whether the arc itself is drawn by hand, whoever lies on its sides.
    pub approximate: bool,
}

/// The compiled table.
#[derive(Clone, Debug, Default)]
pub struct Tenure {
    /// Every row that could be resolved, in painting order.
    pub rows: Vec<Row>,
    /// Every set that the files name.
    pub sets: NamedSets,
    common: Layer,
    views: Vec<(View, Layer)>,
    claims: SpellTable,
    change_days: Vec<Day>,
    histories: Histories,
    /// From each day on, how many works the rows in force cite.
    source_counts: Vec<(Day, usize)>,
}

impl Tenure {
    /// Compiles tenure texts, in the order given. A row that names something unknown is left out and reported.
    pub fn compile(texts: Vec<TenureText>, partition: &Partition, polities: &Polities) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut tenure = Self::default();
        let mut rows = Vec::new();
        for text in texts {
            problems.extend(text.problems);
            tenure.sets.extend(text.sets);
            rows.extend(text.rows);
        }
        for row in rows {
            match resolve(row, partition, polities, &tenure.sets) {
                Ok(row) => tenure.rows.push(row),
                Err(problem) => problems.push(problem),
            }
        }
        tenure.paint(partition.units.len(), polities);
        tenure.histories = tenure.shared_histories(partition);
        tenure.keep_histories();
        tenure.source_counts = source_counts(&tenure.rows);
        (tenure, problems)
    }

    fn paint(&mut self, unit_count: usize, polities: &Polities) {
        let all_views: BTreeSet<View> = self.rows.iter().filter_map(|row| row.text.view.clone()).collect();
        self.common = paint_layer(&self.rows, None, unit_count);
        self.views = all_views
            .into_iter()
            .map(|view| {
                let layer = paint_layer(&self.rows, Some(&view), unit_count);
                (view, layer)
            })
            .collect();
        self.claims = self.paint_claims(unit_count, polities);
        let days: BTreeSet<Day> = self.tables().flat_map(|table| &table.spells).flat_map(|spell| [spell.from, spell.past_end]).collect();
        self.change_days = days.into_iter().filter(|day| *day != Day::MIN && *day != Day::MAX).collect();
    }

    fn tables(&self) -> impl Iterator<Item = &SpellTable> {
        let layers = self.views.iter().map(|(_, layer)| layer).chain([&self.common]);
        layers.flat_map(|layer| &layer.slots).chain([&self.claims])
    }

    /// Lets go of the spells of all units but the first of each history: the others have the same.
    fn keep_histories(&mut self) {
        let layers = self.views.iter_mut().map(|(_, layer)| layer).chain([&mut self.common]);
        for table in layers.flat_map(|layer| &mut layer.slots).chain([&mut self.claims]) {
            *table = SpellTable::new(self.histories.first_units.iter().map(|unit| table.of(unit.index())).collect());
        }
    }

    /// Where the spells of a unit stand in every table.
    fn history_of(&self, unit: UnitIx) -> usize {
        usize::from(self.histories.of_unit[unit.index()])
    }

    fn shared_histories(&self, partition: &Partition) -> Histories {
        let mut found = Histories::default();
        let mut known: HashMap<Vec<&[Spell]>, u16> = HashMap::new();
        for unit in partition.topology.unit_ixs() {
            let history = self.tables().map(|table| table.of(unit.index())).collect();
            let next = known.len() as u16;
            let ix = *known.entry(history).or_insert(next);
            if ix == next {
                found.first_units.push(unit);
            }
            found.of_unit.push(ix);
        }
        for (ix, arc) in partition.topology.arc_ixs().zip(partition.topology.arcs()).filter(|(_, arc)| !arc.seam) {
            match (arc.left, arc.right) {
                (Some(left), Some(right)) if found.of_unit[left.index()] != found.of_unit[right.index()] => {
                    found.frontiers.push(Frontier { arc: ix, left, right, approximate: arc.approximate });
                }
                (Some(_), None) | (None, Some(_)) => found.coasts.push(ix),
                _ => {}
            }
        }
        found
    }

    /// Written claims, and the titles that parties hold in their own view.
    fn paint_claims(&self, unit_count: usize, polities: &Polities) -> SpellTable {
        let mut spells = vec![Vec::new(); unit_count];
        for (index, row) in (0_u32..).zip(&self.rows).filter(|(_, row)| row.text.role.slot() == Slot::Claims) {
            row.units.iter().for_each(|unit| spells[unit.0 as usize].push(row.spell(index)));
        }
        for (view, layer) in &self.views {
            let View::Party(party) = view else { continue };
            let party = polities.find(party.as_str());
            for (unit, own) in spells.iter_mut().enumerate() {
                let titles = layer.slots[0].of(unit);
                own.extend(titles.iter().filter(|spell| self.rows[spell.row as usize].who == party && party.is_some()));
            }
        }
        spells.iter_mut().for_each(|own| own.sort_by_key(|spell| spell.from));
        SpellTable::from_units(spells)
    }

    /// The views that have rows of their own; `de-facto` and `un` are always among them.
    pub fn views(&self) -> Vec<View> {
        let party = |view: &View| matches!(view, View::Party(_)).then(|| view.clone());
        [View::DeFacto, View::Un].into_iter().chain(self.views.iter().filter_map(|(view, _)| party(view))).collect()
    }

    /// Every day on which anything changes for any unit in any view, rising: between two of them the world stands still.
    pub fn change_days(&self) -> &[Day] {
        &self.change_days
    }

    /// Which stretch between two change days holds `day`: equal numbers mean the same world.
    pub fn era(&self, day: Day) -> usize {
        self.change_days.partition_point(|change| *change <= day)
    }

    /// Which units share their whole history.
    pub fn histories(&self) -> &Histories {
        &self.histories
    }

    /// How many works the rows in force on a day cite, each counted once.
    pub fn source_count(&self, day: Day) -> usize {
        let after = self.source_counts.partition_point(|(from, _)| *from <= day);
        after.checked_sub(1).map_or(0, |at| self.source_counts[at].1)
    }

    /// The row in force in a slot of a unit on a day in a view. Never [`Slot::Claims`]; see [`Tenure::claims_at`].
    pub(super) fn row_at(&self, unit: UnitIx, slot: usize, day: Day, layer: Option<usize>) -> Option<u32> {
        let history = self.history_of(unit);
        let own = layer.and_then(|index| self.views[index].1.slots[slot].at(history, day));
        own.or_else(|| self.common.slots[slot].at(history, day)).map(|spell| spell.row)
    }

    /// The position of a view's own layer, if it has one.
    pub(super) fn layer(&self, view: &View) -> Option<usize> {
        self.views.iter().position(|(own, _)| own == view)
    }

    /// Who claims a unit on a day, each once per row, oldest claim first: positions of rows.
    pub fn claims_at(&self, unit: UnitIx, day: Day) -> impl Iterator<Item = u32> {
        self.claims.of(self.history_of(unit)).iter().filter(move |spell| (spell.from..spell.past_end).contains(&day)).map(|spell| spell.row)
    }

    /// Every unit that a polity ever held or held part of, each once, rising.
    pub fn units_of(&self, polity: PolityIx) -> Vec<UnitIx> {
        let own = self.rows.iter().filter(|row| row.who == Some(polity) && row.text.role.slot() != Slot::Claims);
        let units: BTreeSet<UnitIx> = own.flat_map(|row| row.units.iter().copied()).collect();
        units.into_iter().collect()
    }

    /// The whole recorded history of one unit in a view, sorted by slot and date: what the inspector lists.
    pub fn history(&self, unit: UnitIx, view: &View) -> Vec<(Slot, Spell)> {
        let (own, history) = (self.layer(view).map(|index| &self.views[index].1), self.history_of(unit));
        let slots = SLOTS.iter().enumerate().flat_map(|(index, slot)| {
            let layers = [Some(&self.common), own].into_iter().flatten();
            layers.flat_map(move |layer| layer.slots[index].of(history).iter().map(|spell| (*slot, *spell)))
        });
        slots.chain(self.claims.of(history).iter().map(|spell| (Slot::Claims, *spell))).collect()
    }
}

/// Sweeps over the days on which rows begin and end.
fn source_counts(rows: &[Row]) -> Vec<(Day, usize)> {
    let mut turns: Vec<(Day, bool, &SourceId)> = Vec::new();
    for row in rows {
        let cited = row.text.sources.iter().map(|citation| &citation.source);
        turns.extend(cited.flat_map(|source| [(row.text.span.first_day(), true, source), (row.text.span.past_end(), false, source)]));
    }
    turns.sort_by_key(|(day, ..)| *day);
    let mut citing: HashMap<&SourceId, i64> = HashMap::new();
    let mut counts: Vec<(Day, usize)> = Vec::new();
    let mut cited = 0_i64;
    for (day, begins, source) in turns {
        let count = citing.entry(source).or_default();
        let before = *count > 0;
        *count += if begins { 1 } else { -1 };
        cited += i64::from(*count > 0) - i64::from(before);
        match counts.last_mut() {
            Some((last, known)) if *last == day => *known = cited.max(0) as usize,
            _ => counts.push((day, cited.max(0) as usize)),
        }
    }
    counts
}

impl Row {
    fn spell(&self, row: u32) -> Spell {
        Spell { from: self.text.span.first_day(), past_end: self.text.span.past_end(), row }
    }
}

fn resolve(row: TenureRow, partition: &Partition, polities: &Polities, sets: &NamedSets) -> Result<Row, Problem> {
    let error = |rule, what: String, hint: &str| Problem::error(format!("line {}", row.line), rule, what).in_file(&row.file).hint(hint);
    let known = |id: &super::PolityId| {
        polities
            .find(id.as_str())
            .ok_or_else(|| error("unknown-polity", format!("there is no polity `{id}`."), "add it to polities.csv, or mend the id."))
    };
    let units = row.units.resolve(partition, sets).map_err(|problem| {
        error(
            "unknown-units",
            format!("{problem}."),
            "units stand in maps/world.topo.json, areas in maps/areas.table, sets in the tenure files.",
        )
    })?;
    if let Some(View::Party(party)) = &row.view {
        known(party)?;
    }
    Ok(Row { who: row.who.as_ref().map(known).transpose()?, under: row.role.under().map(known).transpose()?, units, text: row })
}

fn paint_layer(rows: &[Row], view: Option<&View>, unit_count: usize) -> Layer {
    let slots = SLOTS.map(|slot| {
        let mut spells = vec![Vec::new(); unit_count];
        for (index, row) in (0_u32..).zip(rows) {
            if row.text.view.as_ref() == view && row.text.role.slot() == slot {
                row.units.iter().for_each(|unit| paint_over(&mut spells[unit.0 as usize], row.spell(index)));
            }
        }
        SpellTable::from_units(spells)
    });
    Layer { slots }
}

/// Lays `new` over sorted spells: what it covers is cut away.
fn paint_over(spells: &mut Vec<Spell>, new: Spell) {
    if new.from >= new.past_end {
        return;
    }
    let mut kept = Vec::with_capacity(spells.len() + 2);
    for old in spells.drain(..) {
        if old.from < new.from {
            kept.push(Spell { past_end: old.past_end.min(new.from), ..old });
        }
        if old.past_end > new.past_end {
            kept.push(Spell { from: old.from.max(new.past_end), ..old });
        }
    }
    kept.push(new);
    kept.sort_by_key(|spell| spell.from);
    *spells = kept;
}

impl SpellTable {
    fn new(lists: Vec<&[Spell]>) -> Self {
        if lists.iter().all(|spells| spells.is_empty()) {
            return Self::default();
        }
        let mut table =
            Self { offsets: Vec::with_capacity(lists.len() + 1), spells: Vec::with_capacity(lists.iter().map(|it| it.len()).sum()) };
        for spells in lists {
            table.offsets.push(table.spells.len() as u32);
            table.spells.extend_from_slice(spells);
        }
        table.offsets.push(table.spells.len() as u32);
        table
    }

    fn from_units(units: Vec<Vec<Spell>>) -> Self {
        Self::new(units.iter().map(Vec::as_slice).collect())
    }

    fn of(&self, position: usize) -> &[Spell] {
        match self.offsets.get(position..position + 2) {
            Some(ends) => &self.spells[ends[0] as usize..ends[1] as usize],
            None => &[],
        }
    }

    fn at(&self, position: usize, day: Day) -> Option<&Spell> {
        let spells = self.of(position);
        let after = spells.partition_point(|spell| spell.from <= day);
        spells[..after].last().filter(|spell| day < spell.past_end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Painting by spells must give what painting day by day gives.
        #[test]
        fn painting_is_the_last_row_that_covers_the_day(rows in prop::collection::vec((0_i64..40, 0_i64..40), 0..12)) {
            let mut spells = Vec::new();
            let mut days = vec![None; 40];
            for (row, (from, past_end)) in (0_u32..).zip(rows) {
                paint_over(&mut spells, Spell { from: Day::new(from), past_end: Day::new(past_end), row });
                (from..past_end).for_each(|day| days[day as usize] = Some(row));
            }
            prop_assert!(spells.windows(2).all(|pair| pair[0].past_end <= pair[1].from));
            let table = SpellTable::from_units(vec![spells]);
            for (day, expected) in (0_i64..).zip(days) {
                prop_assert_eq!(table.at(0, Day::new(day)).map(|spell| spell.row), expected);
            }
        }
    }
}
