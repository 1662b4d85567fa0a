//! A comparison as a list: who gained and lost what, which lines came and went, who joined what. The card of a print and the panel of the window read
//! the same.

use crate::{
    geometry::topology::UnitIx,
    model::{
        Atlas, Comparison, PolityIx,
        borders::LineClass,
        chart::grouped,
        comparison::{ChangeKind, LineChange, MembershipChange, Transfer},
    },
    scene::{Fill, Look, WorldLayer, style::Stroke, tint::Tints},
    time::Day,
};

/// A row about land.
#[derive(Clone, Debug, PartialEq)]
pub struct LandRow {
    /// Whose land.
    pub name: String,
    /// How the land looks on the map of the difference; of what was lost how the loser's own land looks.
    pub sample: Fill,
    /// `+26,081 km²`, `−26,081 km²`, with `≈` before it where borders are approximate.
    pub amount: String,
    /// `from Ukraine`, `to Russia 20,100, Moldova 5,981 and 3 others`.
    pub detail: String,
    /// The land itself, rising; never empty.
    pub units: Vec<UnitIx>,
}

/// A row about lines.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// `New: International boundary`, `Gone: ...`, `Line of control, was an international boundary`.
    pub text: String,
    /// How they look on the map of the difference; `None` for what is not drawn.
    pub stroke: Option<Stroke>,
    /// Their length over the ground: `320 km`.
    pub length: String,
}

/// The whole list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeList {
    /// All that changed hands: `26,081 km² changed hands`, or that nothing did.
    pub headline: String,
    /// Who gained, the largest first.
    pub gained: Vec<LandRow>,
    /// Who lost, the largest first.
    pub lost: Vec<LandRow>,
    /// What changed without changing hands: `On 3,120 km² other claims`. May be empty.
    pub besides: Vec<String>,
    /// The lines, the longest first.
    pub lines: Vec<LineRow>,
    /// Who joined and left what, of the alliances that are shown: `NATO: North Macedonia joined`.
    pub memberships: Vec<String>,
    /// Said where somebody's land all went to others: that a successor counts as another hand. May be empty.
    pub note: String,
}

/// What is said where one is gone from the map.
const SUCCESSORS: &str = "A successor counts as another hand: whoever is gone from the map has lost all its land.";
/// So many takers or givers are named in a row, the others counted.
const NAMED_IN_ROW: usize = 3;

impl ChangeList {
    /// Writes the list. `world` is the land of the difference, `days` are those of the two sides, for names.
    pub fn new(atlas: &Atlas, comparison: &Comparison, (look, world): (&Look, &WorldLayer), days: [Day; 2]) -> Self {
        let writer = Writer { atlas, comparison, look, world, days };
        let gone = comparison.balances.iter().any(|balance| balance.who.is_some() && balance.lost_km2 > 0.0 && balance.after_km2 == 0.0);
        Self {
            headline: writer.headline(),
            gained: writer.land(true),
            lost: writer.land(false),
            besides: writer.besides(),
            lines: writer.lines(),
            memberships: Vec::new(),
            note: if gone { SUCCESSORS.to_owned() } else { String::new() },
        }
    }

    /// Adds who joined and left the alliances that are shown.
    #[must_use]
    pub fn with_memberships(self, atlas: &Atlas, changes: &[MembershipChange], look: &Look, day: Day) -> Self {
        let memberships = look.alliances.iter().filter_map(|id| atlas.alliance(id.as_str())).filter_map(|alliance| {
            let own = changes.iter().filter(|change| change.alliance == alliance.id);
            let words: Vec<String> = own.map(|change| membership_words(atlas, change, day)).collect();
            (!words.is_empty()).then(|| format!("{}: {}", alliance.name, words.join(", ")))
        });
        Self { memberships: memberships.collect(), ..self }
    }
}

fn membership_words(atlas: &Atlas, change: &MembershipChange, day: Day) -> String {
    let name = atlas.polities.get(change.polity.as_str()).map_or(change.polity.as_str(), |polity| polity.name_on(day));
    match (&change.before, &change.after) {
        (None, Some(standing)) if standing == "member" => format!("{name} joined"),
        (None, Some(standing)) => format!("{name} joined as {standing}"),
        (Some(_), None) => format!("{name} left"),
        (_, Some(standing)) => format!("{name} is {standing}"),
        (None, None) => name.to_owned(),
    }
}

struct Writer<'a> {
    atlas: &'a Atlas,
    comparison: &'a Comparison,
    look: &'a Look,
    world: &'a WorldLayer,
    days: [Day; 2],
}

impl Writer<'_> {
    fn name(&self, who: Option<PolityIx>, day: Day) -> &str {
        who.map_or("Nobody on record", |polity| self.atlas.polities.at(polity).name_on(day))
    }

    fn headline(&self) -> String {
        match self.comparison.changed_km2() {
            0.0 => "No land changed hands".to_owned(),
            km2 => format!("{} km² changed hands", grouped(km2)),
        }
    }

    fn besides(&self) -> Vec<String> {
        let row = |kind: ChangeKind, words: &str| {
            let km2 = self.comparison.km2_of(self.atlas, kind);
            (km2 > 0.0).then(|| format!("{words} {} km²", grouped(km2)))
        };
        [row(ChangeKind::Status, "Same hands, other status:"), row(ChangeKind::Claims, "Same hands, other claims:")]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Who gained, or who lost.
    fn land(&self, gains: bool) -> Vec<LandRow> {
        let mut balances: Vec<_> = self.comparison.balances.iter().collect();
        let km2 = |balance: &&crate::model::comparison::Balance| if gains { balance.gained_km2 } else { balance.lost_km2 };
        balances.retain(|balance| km2(balance) > 0.0);
        balances.sort_by(|one, other| km2(other).total_cmp(&km2(one)));
        balances.into_iter().map(|balance| self.land_row(balance.who, km2(&balance), gains)).collect()
    }

    fn land_row(&self, who: Option<PolityIx>, km2: f64, gains: bool) -> LandRow {
        let own = |transfer: &&Transfer| if gains { transfer.to == who } else { transfer.from == who };
        let transfers: Vec<&Transfer> = self.comparison.transfers.iter().filter(own).collect();
        let mut units: Vec<UnitIx> = transfers.iter().flat_map(|transfer| &transfer.units).copied().collect();
        units.sort_unstable();
        let about = if transfers.iter().any(|transfer| transfer.approximate) { "≈ " } else { "" };
        let tints = Tints::new(self.atlas, self.look);
        let plain = || who.map_or(self.world.style.undetermined_land, |who| tints.of(who));
        // Of the largest unit: a rock in the sea may be claimed by others than the mainland is.
        let area = |unit: &UnitIx| self.atlas.partition.topology.unit(*unit).area_km2;
        let largest = units.iter().copied().max_by(|one, other| area(one).total_cmp(&area(other)));
        let lit = largest.filter(|_| gains).map(|unit| Fill { soft: false, ..*self.world.fill(unit) });
        let sample = lit.unwrap_or_else(|| Fill::plain(plain()));
        LandRow {
            name: self.name(who, self.days[usize::from(gains)]).to_owned(),
            sample,
            amount: format!("{about}{}{} km²", if gains { '+' } else { '−' }, grouped(km2)),
            detail: self.detail(&transfers, gains),
            units,
        }
    }

    fn detail(&self, transfers: &[&Transfer], gains: bool) -> String {
        let other = |transfer: &Transfer| {
            let (who, day) = if gains { (transfer.from, self.days[0]) } else { (transfer.to, self.days[1]) };
            self.name(who, day).to_owned()
        };
        let way = if gains { "from" } else { "to" };
        match transfers {
            [one] => format!("{way} {}", other(one)),
            _ => {
                let named = transfers.iter().take(NAMED_IN_ROW).map(|transfer| format!("{} {}", other(transfer), grouped(transfer.km2)));
                let named = named.collect::<Vec<_>>().join(", ");
                match transfers.len().saturating_sub(NAMED_IN_ROW) {
                    0 => format!("{way} {named}"),
                    1 => format!("{way} {named} and 1 other"),
                    more => format!("{way} {named} and {more} others"),
                }
            }
        }
    }

    fn lines(&self) -> Vec<LineRow> {
        let mut rows: Vec<(f64, LineRow)> = self.comparison.lines.iter().map(|change| self.line_row(change)).collect();
        rows.sort_by(|one, other| other.0.total_cmp(&one.0));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn line_row(&self, change: &LineChange) -> (f64, LineRow) {
        let text = match (change.before, change.after) {
            (LineClass::Absent, after) => format!("New: {}", after.label()),
            (before, LineClass::Absent) => format!("Gone: {}", before.label()),
            (before, after) => format!("{}, was: {}", after.label(), before.label()),
        };
        let drawn = if change.after == LineClass::Absent { LineClass::Former } else { change.after };
        let km = change.length_km(self.atlas);
        (km, LineRow { text, stroke: self.world.style.stroke(drawn), length: format!("{} km", grouped(km)) })
    }
}
