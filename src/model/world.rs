//! The state of the world on a day, in a view: for every unit who holds it, as what, and who contests it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Atlas, PolityIx, Tenure, View, tenure_text::Role};
use crate::{geometry::topology::UnitIx, time::Day};

/// How a holder comes to be shown as the holder of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Sovereign title.
    Sovereign,
    /// A dependency of another polity.
    Dependency,
    /// Control without a title of the same polity on the unit.
    Administered,
    /// The same, in the word of the row's source.
    Occupied,
    /// The title is nobody's.
    Undetermined,
    /// The atlas holds no row.
    #[default]
    Unknown,
}

impl Status {
    /// The fixed word that tables use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sovereign => "sovereign",
            Self::Dependency => "dependency",
            Self::Administered => "administered",
            Self::Occupied => "occupied",
            Self::Undetermined => "undetermined",
            Self::Unknown => "unknown",
        }
    }
}

/// What the tenure says of one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Whose colour the unit has in the view.
    pub holder: Option<PolityIx>,
    /// How it comes to that.
    pub status: Status,
    /// Who has the title in the view.
    pub title: Option<PolityIx>,
    /// Whose dependency the title holder is.
    pub over: Option<PolityIx>,
    /// The constituent republic or land inside the title holder.
    pub part: Option<PolityIx>,
    /// The autonomy inside that.
    pub autonomy: Option<PolityIx>,
    /// Who administers or occupies it, where a row says so.
    pub control: Option<PolityIx>,
    /// Whether the shown border may be off by more than about 25 km.
    pub approximate: bool,
    /// Which set of contenders: a position in the state's list; 0 is nobody.
    contenders: u16,
}

impl Holding {
    /// Who answers for the title: for a dependency whoever it depends on, else the title's own holder.
    pub fn answerable_title(&self) -> Option<PolityIx> {
        self.over.or(self.title)
    }

    /// Who answers for what is shown: for a dependency whoever it depends on, else the holder.
    pub fn answerable_holder(&self) -> Option<PolityIx> {
        if self.status == Status::Dependency { self.answerable_title() } else { self.holder }
    }
}

/// The state of every unit on one day in one view.
#[derive(Clone, Debug)]
pub struct WorldState {
    /// The day.
    pub day: Day,
    /// The view.
    pub view: View,
    holdings: Vec<Holding>,
    /// Sets of polities, sorted by id; the first is empty.
    contender_sets: Vec<Vec<PolityIx>>,
}

impl WorldState {
    /// Looks up every history once and gives it to its units. Under 0.1 ms for the whole world: see `benches/scene.rs`.
    pub fn at(atlas: &Atlas, day: Day, view: &View) -> Self {
        let tenure = &atlas.tenure;
        let layer = tenure.layer(view);
        let mut sets = ContenderSets::new();
        let mut of_history = |unit: UnitIx| {
            let mut holding = holding_at(tenure, unit, day, layer, *view == View::DeFacto);
            holding.contenders = sets.of_unit(tenure, unit, day, &holding);
            holding
        };
        let histories = tenure.histories();
        let known: Vec<Holding> = histories.first_units.iter().map(|unit| of_history(*unit)).collect();
        let holdings = histories.of_unit.iter().map(|history| known[usize::from(*history)]).collect();
        Self { day, view: view.clone(), holdings, contender_sets: sets.list }
    }

    /// What the tenure says of a unit.
    pub fn holding(&self, unit: UnitIx) -> &Holding {
        &self.holdings[unit.0 as usize]
    }

    /// All holdings in the order of the units.
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// Who else controls, holds or claims the unit, besides the holder shown; in the order of the polity table, so that the
    /// order says nothing. Empty where nothing is contested.
    pub fn contenders(&self, unit: UnitIx) -> &[PolityIx] {
        &self.contender_sets[usize::from(self.holding(unit).contenders)]
    }

    /// Whether two units have the same contenders.
    pub fn same_contenders(&self, one: UnitIx, other: UnitIx) -> bool {
        self.holding(one).contenders == self.holding(other).contenders
    }

    /// Every polity that is anywhere on the map, with what it is there.
    pub fn presences(&self) -> BTreeMap<PolityIx, Presence> {
        let mut found: BTreeMap<PolityIx, Presence> = BTreeMap::new();
        let mut note = |polity: Option<PolityIx>, unit: UnitIx, standing: Standing, under: Option<PolityIx>, approximate: bool| {
            let Some(polity) = polity else { return };
            let presence = found.entry(polity).or_insert_with(|| Presence { standing, under, units: Vec::new(), approximate: false });
            if standing < presence.standing {
                (presence.standing, presence.under) = (standing, under);
            }
            presence.units.push(unit);
            presence.approximate |= approximate;
        };
        for (unit, holding) in (0..).map(UnitIx).zip(&self.holdings) {
            note(
                holding.holder,
                unit,
                Standing::of_holder(holding),
                holding.over.filter(|_| holding.status == Status::Dependency),
                holding.approximate,
            );
            let sovereign = holding.title.filter(|title| holding.holder == Some(*title));
            note(holding.part, unit, Standing::Constituent, sovereign, holding.approximate);
            note(holding.autonomy, unit, Standing::Autonomous, holding.part.or(sovereign), holding.approximate);
        }
        found
    }
}

/// What a polity is on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Sovereign over some unit.
    Sovereign,
    /// Another polity's dependency.
    Dependency,
    /// In control of units whose title is not its own anywhere.
    DeFacto,
    /// A republic or land inside a sovereign; its units are also counted to that sovereign.
    Constituent,
    /// An autonomy; its units are also counted to what it lies in.
    Autonomous,
}

impl Standing {
    fn of_holder(holding: &Holding) -> Self {
        match holding.status {
            Status::Dependency => Self::Dependency,
            Status::Administered | Status::Occupied => Self::DeFacto,
            Status::Sovereign | Status::Undetermined | Status::Unknown => Self::Sovereign,
        }
    }

    /// The fixed word that tables use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sovereign => "sovereign",
            Self::Dependency => "dependency",
            Self::DeFacto => "de-facto",
            Self::Constituent => "constituent",
            Self::Autonomous => "autonomous",
        }
    }
}

/// One polity's place on the map of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// What it is; the strongest standing where it is several things.
    pub standing: Standing,
    /// Whose dependency, or inside what.
    pub under: Option<PolityIx>,
    /// Its units, rising.
    pub units: Vec<UnitIx>,
    /// Whether any of its borders is approximate.
    pub approximate: bool,
}

fn holding_at(tenure: &Tenure, unit: UnitIx, day: Day, layer: Option<usize>, de_facto: bool) -> Holding {
    let row = |slot| tenure.row_at(unit, slot, day, layer).map(|index| &tenure.rows[index as usize]);
    let (title, control) = (row(0), row(3));
    let mut holding = Holding { control: control.and_then(|row| row.who), ..Holding::default() };
    if let Some(title) = title {
        holding.title = title.who;
        holding.over = title.under;
        holding.approximate = title.text.approximate;
        holding.status = match title.text.role {
            Role::Dependency(_) => Status::Dependency,
            Role::Undetermined => Status::Undetermined,
            _ => Status::Sovereign,
        };
        // A republic counts only inside the sovereign that its row names: its row may outlive the union.
        holding.part = row_inside(row(1), &[holding.title]);
        holding.autonomy = row_inside(row(2), &[holding.part, holding.title]);
    }
    holding.holder = holding.title;
    if let (true, Some(control)) = (de_facto, control)
        && control.who != holding.title
    {
        holding.holder = control.who;
        holding.status = if control.text.role == Role::Occupies { Status::Occupied } else { Status::Administered };
        holding.approximate |= control.text.approximate;
    }
    holding
}

fn row_inside(row: Option<&super::tenure::Row>, hosts: &[Option<PolityIx>]) -> Option<PolityIx> {
    row.filter(|row| row.under.is_some() && hosts.contains(&row.under)).and_then(|row| row.who)
}

/// Interns sets of contenders, so that units can be compared by number.
struct ContenderSets {
    list: Vec<Vec<PolityIx>>,
    known: FxHashMap<Vec<PolityIx>, u16>,
}

impl ContenderSets {
    fn new() -> Self {
        Self { list: vec![Vec::new()], known: FxHashMap::from_iter([(Vec::new(), 0)]) }
    }

    fn of_unit(&mut self, tenure: &Tenure, unit: UnitIx, day: Day, holding: &Holding) -> u16 {
        let claims = tenure.claims_at(unit, day).filter_map(|row| tenure.rows[row as usize].who);
        let mut set: Vec<PolityIx> =
            claims.chain(holding.control).chain(holding.title).filter(|polity| Some(*polity) != holding.holder).collect();
        if set.is_empty() {
            return 0;
        }
        set.sort_unstable();
        set.dedup();
        *self.known.entry(set).or_insert_with_key(|set| {
            self.list.push(set.clone());
            (self.list.len() - 1) as u16
        })
    }
}
