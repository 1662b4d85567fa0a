//! The land itself: the fill of every unit and the class of every arc, as the small tables that the painter of the window keeps on the GPU
//! and that exports walk through.

use rustc_hash::FxHashMap;

pub use super::item::Fill;
use super::item::GROUND_STRIPES;
use super::{
    look::Look,
    style::{Rgba, Style},
    tint::Tints,
};
use crate::{
    geometry::UnitIx,
    model::{
        Alliance, Atlas, PolityIx, WorldState,
        borders::{LineClass, line_classes},
        tenure::Frontier,
        world::{Holding, Status},
    },
};

/// The land on one day, in one view and look. Independent of the camera.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldLayer {
    /// For each unit of the partition a position in `fills`.
    pub fill_of_unit: Vec<u16>,
    /// The different fills, each once. Alpha is 255 throughout, whatever the opacity of layers: it is mixed with the land beforehand.
    pub fills: Vec<Fill>,
    /// For each arc of the partition what is drawn there; coasts and seams included.
    pub class_of_arc: Vec<LineClass>,
    /// For each arc whether its border is approximate: drawn soft, as a wide faint line.
    pub soft_arcs: Vec<bool>,
    /// The colours that go with it.
    pub style: Style,
}

impl WorldLayer {
    /// Looks up every unit and arc. Well under a millisecond for the whole world: see `benches/scene.rs`.
    pub fn new(atlas: &Atlas, state: &WorldState, look: &Look) -> Self {
        let style = Style::new(look.theme);
        let mut table = FillTable::new(atlas, state, look, &style);
        let histories = atlas.tenure.histories();
        let of_history: Vec<u16> = histories.first_units.iter().map(|unit| table.of_unit(*unit)).collect();
        let fill_of_unit = histories.of_unit.iter().map(|history| of_history[usize::from(*history)]).collect();
        let fills = table.fills;
        let mut class_of_arc = line_classes(atlas, state);
        if look.layers.today.visible {
            add_today(atlas, state, &mut class_of_arc);
        }
        if !look.layers.borders.visible {
            class_of_arc.iter_mut().filter(|class| **class != LineClass::Coast).for_each(|class| *class = LineClass::Absent);
        }
        let soft_arcs = soft_arcs(atlas, state, &class_of_arc);
        Self { fill_of_unit, fills, class_of_arc, soft_arcs, style }
    }

    /// The fill of a unit.
    pub fn fill(&self, unit: UnitIx) -> &Fill {
        &self.fills[usize::from(self.fill_of_unit[unit.index()])]
    }
}

/// Marks where the latest borders of the atlas run in the same view and the shown date has none of its own.
fn add_today(atlas: &Atlas, state: &WorldState, classes: &mut [LineClass]) {
    let Some(latest) = atlas.tenure.change_days().last() else { return };
    let today = line_classes(atlas, &WorldState::at(atlas, *latest, &state.view));
    let is_outer = |class: LineClass| !matches!(class, LineClass::Absent | LineClass::Coast | LineClass::Minor | LineClass::Internal);
    for (class, today) in classes.iter_mut().zip(today) {
        if is_outer(today) && !is_outer(*class) && *class != LineClass::Coast {
            *class = LineClass::Today;
        }
    }
}

fn soft_arcs(atlas: &Atlas, state: &WorldState, classes: &[LineClass]) -> Vec<bool> {
    let mut soft = vec![false; classes.len()];
    for Frontier { arc, left, right, approximate } in &atlas.tenure.histories().frontiers {
        let approximate = *approximate || state.holding(*left).approximate || state.holding(*right).approximate;
        soft[arc.index()] = approximate && !matches!(classes[arc.index()], LineClass::Absent | LineClass::Today);
    }
    soft
}

/// What decides a fill: units that agree in it share one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct FillKey<'a> {
    holder: Option<PolityIx>,
    over: Option<PolityIx>,
    /// The part of the holder that is in focus.
    part: Option<PolityIx>,
    status: Status,
    contenders: &'a [PolityIx],
    approximate: bool,
}

struct FillTable<'a> {
    state: &'a WorldState,
    look: &'a Look,
    style: &'a Style,
    tints: Tints<'a>,
    alliances: Vec<(Rgba, Vec<PolityIx>)>,
    known: FxHashMap<FillKey<'a>, u16>,
    fills: Vec<Fill>,
    positions: FxHashMap<Fill, u16>,
    /// The last key with its fill: neighbours in the list of units mostly agree.
    last: Option<(FillKey<'a>, u16)>,
}

impl<'a> FillTable<'a> {
    fn new(atlas: &'a Atlas, state: &'a WorldState, look: &'a Look, style: &'a Style) -> Self {
        let tints = Tints::new(atlas, look);
        Self {
            state,
            look,
            style,
            alliances: shown_alliances(atlas, look)
                .map(|alliance| (tints.alliance(&alliance.id), members(atlas, state, alliance)))
                .collect(),
            tints,
            known: FxHashMap::default(),
            fills: Vec::new(),
            positions: FxHashMap::default(),
            last: None,
        }
    }

    fn of_unit(&mut self, unit: UnitIx) -> u16 {
        let holding = self.state.holding(unit);
        let key = FillKey {
            holder: holding.holder,
            over: holding.over,
            part: told_part(self.look, holding),
            status: holding.status,
            contenders: self.state.contenders(unit),
            approximate: holding.approximate,
        };
        if let Some((_, fill)) = self.last.filter(|(last, _)| *last == key) {
            return fill;
        }
        let fill = match self.known.get(&key) {
            Some(fill) => *fill,
            None => {
                let fill = self.interned(self.fill(unit, holding));
                self.known.insert(key, fill);
                fill
            }
        };
        self.last = Some((key, fill));
        fill
    }

    /// Far fewer than 65,536 fills can differ: there are some hundred polities.
    fn interned(&mut self, fill: Fill) -> u16 {
        *self.positions.entry(fill).or_insert_with(|| {
            self.fills.push(fill);
            (self.fills.len() - 1) as u16
        })
    }

    fn fill(&self, unit: UnitIx, holding: &Holding) -> Fill {
        let layers = &self.look.layers;
        let mut fill = self.ground(holding);
        fill.soft = holding.approximate;
        if layers.claims.visible {
            // The stripes of alliances give way: a place contested must be seen to be contested.
            let contenders = self.state.contenders(unit);
            if !contenders.is_empty() {
                (fill.hatch_count, fill.ground_stripes) = (0, GROUND_STRIPES);
                let louder = holding
                    .holder
                    .map(|holder| self.tints.contested_ground(holder).mixed_into(self.style.land, layers.polities.strength()));
                fill.base = louder.unwrap_or(fill.base);
            }
            for contender in contenders {
                let color = self.tints.contested_stripe(*contender).mixed_into(fill.base, layers.claims.strength());
                add_stripe(&mut fill, color);
            }
        }
        fill
    }

    /// The colour of who is shown as the holder, without claims.
    fn ground(&self, holding: &Holding) -> Fill {
        let layers = &self.look.layers;
        let plain = match (holding.holder, holding.status) {
            (_, Status::Unknown) => self.style.unknown_land,
            (None, _) => self.style.undetermined_land,
            (Some(holder), _) => {
                let color = told_part(self.look, holding).map_or_else(|| self.tints.of(holder), |part| self.tints.of_part(holder, part));
                color.mixed_into(self.style.land, layers.polities.strength())
            }
        };
        let mut fill = Fill::plain(plain);
        let Some(holder) = holding.holder else { return fill };
        // Who is in focus keeps the own colour; the legend says which alliance it is in.
        if layers.alliances.visible && !self.look.focus.contains(&holder) {
            let of_holder = |member: PolityIx| member == holder || holding.over == Some(member);
            let colors = self.alliances.iter().filter(|(_, members)| members.iter().copied().any(of_holder)).map(|(color, _)| *color);
            for (index, color) in colors.enumerate() {
                let color = color.mixed_into(plain, layers.alliances.strength());
                if index == 0 { fill.base = color } else { add_stripe(&mut fill, color) }
            }
        }
        fill
    }
}

/// The constituent part of the holder that a unit is in, if the story is about that part: it has a shade of its own.
pub fn told_part(look: &Look, holding: &Holding) -> Option<PolityIx> {
    holding.part.filter(|part| look.focus.contains(part))
}

/// One more stripe, unless there are three already or it would not differ from the others.
fn add_stripe(fill: &mut Fill, color: Rgba) {
    let count = usize::from(fill.hatch_count);
    if count < fill.hatch.len() && color != fill.base && !fill.stripes().contains(&color) {
        fill.hatch[count] = color;
        fill.hatch_count += 1;
    }
}

impl Rgba {
    /// This colour laid over `ground` with so much strength, 0 to 1.
    fn mixed_into(self, ground: Rgba, strength: f32) -> Rgba {
        if strength >= 1.0 { self } else { ground.mixed(self, strength) }
    }
}

/// The alliances of a look that the atlas knows, in the order of the look.
pub fn shown_alliances<'a>(atlas: &'a Atlas, look: &'a Look) -> impl Iterator<Item = &'a Alliance> {
    look.alliances.iter().filter_map(|id| atlas.alliance(id.as_str()))
}

fn members(atlas: &Atlas, state: &WorldState, alliance: &Alliance) -> Vec<PolityIx> {
    let counted = alliance.members_on(state.day).filter(|(_, standing)| matches!(*standing, "member" | "withdrew-from-command"));
    counted.filter_map(|(member, _)| atlas.polities.find(member.polity.as_str())).collect()
}
