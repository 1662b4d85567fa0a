//! What each arc of the partition is on a day: agreed boundary, line of control, limit of a claim, coast, or nothing.

use super::{
    Atlas, Citation, Partition, Problem, View, WorldState,
    polity::PolityKind,
    table::{self, TableRow},
    tenure::Frontier,
    units::{NamedSets, UnitExpr},
    world::Status,
};
use crate::{
    geometry::topology::{Arc, ArcIx, UnitIx},
    time::Span,
};

/// The class of a line; each has its own stroke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineClass {
    /// Not drawn.
    #[default]
    Absent,
    /// Land against water.
    Coast,
    /// A border of today where the shown date has none: for orientation, on request.
    Today,
    /// In a comparison: a border that both sides have alike, for orientation.
    Unchanged,
    /// In a comparison: a border that the first side has and the second has not.
    Former,
    /// Between autonomies or other parts below the republics.
    Minor,
    /// Between republics or lands of one union.
    Internal,
    /// Agreed international boundary: solid.
    Agreed,
    /// Line of control: long dash.
    DeFacto,
    /// Limit of a claim: short dash.
    Claimed,
    /// Ceasefire, armistice, undetermined: dots.
    Ceasefire,
    /// Round a breakaway: dash-dot.
    Breakaway,
    /// A road of a document: no border at all.
    Road,
}

impl LineClass {
    /// Every class, in order.
    pub const ALL: [Self; 13] = [
        Self::Absent,
        Self::Coast,
        Self::Today,
        Self::Unchanged,
        Self::Former,
        Self::Minor,
        Self::Internal,
        Self::Agreed,
        Self::DeFacto,
        Self::Claimed,
        Self::Ceasefire,
        Self::Breakaway,
        Self::Road,
    ];

    /// The class by the name that files use.
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "agreed" => Self::Agreed,
            "de-facto" => Self::DeFacto,
            "claimed" => Self::Claimed,
            "ceasefire" => Self::Ceasefire,
            "breakaway" => Self::Breakaway,
            "internal" => Self::Internal,
            "road" => Self::Road,
            _ => return None,
        })
    }

    /// The name that files and tables use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Coast => "coast",
            Self::Today => "today",
            Self::Unchanged => "unchanged",
            Self::Former => "former",
            Self::Minor => "minor",
            Self::Internal => "internal",
            Self::Agreed => "agreed",
            Self::DeFacto => "de-facto",
            Self::Claimed => "claimed",
            Self::Ceasefire => "ceasefire",
            Self::Breakaway => "breakaway",
            Self::Road => "road",
        }
    }

    /// What the legend calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Absent => "none",
            Self::Coast => "Coast",
            Self::Today => "Today's border, for orientation",
            Self::Unchanged => "Border on both sides alike",
            Self::Former => "Border that is there no longer",
            Self::Minor => "Autonomy boundary",
            Self::Internal => "Boundary between republics",
            Self::Agreed => "International boundary",
            Self::DeFacto => "De facto line or line of control",
            Self::Claimed => "Limit of a claim",
            Self::Ceasefire => "Ceasefire, armistice or undetermined line",
            Self::Breakaway => "Line round a breakaway",
            Self::Road => "Road",
        }
    }
}

/// A stretch of border with a class and a name of its own.
#[derive(Clone, Debug)]
pub struct NamedLine {
    /// Where it runs: the arcs between a unit of one side and a unit of the other.
    stretches: Vec<Frontier>,
    /// Its class.
    pub class: LineClass,
    /// Between which dates.
    pub span: Span,
    /// Its name; may be empty.
    pub name: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
}

impl NamedLine {
    /// Reads `lines.table`. A row that cannot be read is left out and reported.
    pub fn parse_table(text: &str, partition: &Partition, sets: &NamedSets) -> (Vec<Self>, Vec<Problem>) {
        let mut problems = Vec::new();
        let read = |row: TableRow| Self::from_row(&row, partition, sets).map_err(|problem| Problem { place: row.place(), ..problem });
        let lines = table::rows(text).map(read).filter_map(|line| line.map_err(|problem| problems.push(problem)).ok()).collect();
        (lines, problems)
    }

    /// Where it runs.
    pub fn arcs(&self) -> impl Iterator<Item = ArcIx> {
        self.stretches.iter().map(|stretch| stretch.arc)
    }

    fn from_row(row: &TableRow, partition: &Partition, sets: &NamedSets) -> Result<Self, Problem> {
        let side = |column| -> Result<Vec<bool>, Problem> {
            let units = UnitExpr::parse(row.cell(column)).and_then(|units| units.resolve(partition, sets));
            let units = units.map_err(|error| Problem::error("", "unknown-units", format!("{error}.")))?;
            let mut inside = vec![false; partition.units.len()];
            units.iter().for_each(|unit| inside[unit.0 as usize] = true);
            Ok(inside)
        };
        let class = LineClass::from_id(row.cell(2)).ok_or_else(|| {
            Problem::error("", "bad-class", format!("`{}` is no class of line.", row.cell(2)))
                .hint("classes: agreed, de-facto, claimed, ceasefire, breakaway, internal, road.")
        })?;
        let span = Span::parse(row.cell(3), row.cell(4)).map_err(|error| Problem::error("", "bad-date", format!("{error}.")))?;
        let (name, note) = (row.cell(5).to_owned(), row.cell(7).to_owned());
        let stretches = between_sides(partition, &side(0)?, &side(1)?);
        Ok(Self { stretches, class, span, name, sources: Citation::parse_list(row.cell(6)), note })
    }
}

fn between_sides(partition: &Partition, one: &[bool], other: &[bool]) -> Vec<Frontier> {
    let topology = &partition.topology;
    let stretch = |(ix, arc): (ArcIx, &Arc)| {
        let (left, right) = (arc.left?, arc.right?);
        let runs_here = one[left.index()] && other[right.index()] || one[right.index()] && other[left.index()];
        runs_here.then_some(Frontier { arc: ix, left, right, approximate: arc.approximate })
    };
    topology.arc_ixs().zip(topology.arcs()).filter_map(stretch).collect()
}

/// The class of every arc in a state of the world, in the order of the partition's arcs.
pub fn line_classes(atlas: &Atlas, state: &WorldState) -> Vec<LineClass> {
    let histories = atlas.tenure.histories();
    let mut classes = vec![LineClass::Absent; atlas.partition.topology.arcs().len()];
    histories.coasts.iter().for_each(|arc| classes[arc.index()] = LineClass::Coast);
    for Frontier { arc, left, right, .. } in &histories.frontiers {
        classes[arc.index()] = between(atlas, state, *left, *right);
    }
    // Of two lines along one arc the table's first one counts, so it comes last.
    for line in atlas.lines.iter().rev().filter(|line| line.span.contains(state.day)) {
        for Frontier { arc, left, right, .. } in &line.stretches {
            if state.holding(*left) != state.holding(*right) {
                classes[arc.index()] = line.class;
            }
        }
    }
    classes
}

/// What the tenure alone makes of the arc between two units.
fn between(atlas: &Atlas, state: &WorldState, one: UnitIx, other: UnitIx) -> LineClass {
    let (a, b) = (state.holding(one), state.holding(other));
    match () {
        () if a == b => LineClass::Absent,
        () if a.holder != b.holder => between_holders(atlas, state, one, other),
        () if a.control != b.control => LineClass::DeFacto,
        () if !state.same_contenders(one, other) => LineClass::Claimed,
        () if a.part != b.part => LineClass::Internal,
        () if a.autonomy != b.autonomy => LineClass::Minor,
        () => LineClass::Absent,
    }
}

fn between_holders(atlas: &Atlas, state: &WorldState, one: UnitIx, other: UnitIx) -> LineClass {
    let (a, b) = (state.holding(one), state.holding(other));
    let breaks_away = |holding: &super::world::Holding| {
        matches!(holding.status, Status::Administered | Status::Occupied)
            && holding.holder.is_some_and(|polity| atlas.polities.at(polity).kind == PolityKind::Breakaway)
    };
    let claims = |unit: UnitIx, polity: Option<super::PolityIx>| polity.is_some_and(|polity| state.contenders(unit).contains(&polity));
    let by_control = |holding: &super::world::Holding| matches!(holding.status, Status::Administered | Status::Occupied);
    match () {
        () if breaks_away(a) || breaks_away(b) => LineClass::Breakaway,
        () if a.status == Status::Undetermined || b.status == Status::Undetermined => LineClass::Ceasefire,
        () if state.view != View::DeFacto => LineClass::Agreed,
        () if by_control(a) && claims(one, b.holder) || by_control(b) && claims(other, a.holder) => LineClass::DeFacto,
        () if claims(one, b.holder) || claims(other, a.holder) => LineClass::DeFacto,
        () if a.title == b.title && a.title.is_some() => LineClass::DeFacto,
        () => LineClass::Agreed,
    }
}
