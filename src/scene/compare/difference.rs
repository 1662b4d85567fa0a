//! The land of a difference: what changed as it is on the second side, everything else in grey.

use std::collections::HashMap;

use crate::{
    model::{
        Atlas, Comparison, PolityIx,
        borders::LineClass,
        comparison::{ChangeKind, UnitChange},
    },
    scene::{Coloring, Fill, Layer, Look, Rgba, Style, WorldLayer},
};

/// With more parties than these none stands out by its name: it is a map of half the world.
const MOST_PARTIES: usize = 12;
/// How strongly land is coloured that stayed in the same hands and changed otherwise.
const MUTED: f32 = 0.42;

/// The look that the picture over a difference is made with: names of those whose land it is lead, events are left out.
#[must_use]
pub fn difference_look(look: &Look, parties: &[PolityIx]) -> Look {
    let focus = if parties.len() <= MOST_PARTIES { parties.to_vec() } else { Vec::new() };
    let mut look = Look { focus, alliances: Vec::new(), coloring: Coloring::Political, ..look.clone() };
    look.layers.events = Layer::HIDDEN;
    look
}

/// The land and lines that differ, lit: who has it on the second side, under the stripes of who claims it there. What changed without changing hands is
/// fainter, and what is alike on both sides is grey.
pub fn difference_layer(atlas: &Atlas, comparison: &Comparison, look: &Look) -> WorldLayer {
    let loud = Look { focus: comparison.parties(), ..difference_look(look, &[]) };
    let mut world = WorldLayer::new(atlas, &comparison.after, &loud);
    world.style.loud_borders = true;
    recede_land(&mut world, &comparison.units);
    recede_lines(&mut world, comparison, look.layers.borders.visible);
    world
}

fn recede_land(world: &mut WorldLayer, changes: &[UnitChange]) {
    let lit = std::mem::take(&mut world.fill_of_unit);
    world.fills.push(Fill::plain(grey(&world.style)));
    world.fill_of_unit = vec![(world.fills.len() - 1) as u16; lit.len()];
    let mut muted: HashMap<u16, u16> = HashMap::new();
    for UnitChange { unit, kind } in changes {
        let own = lit[unit.index()];
        world.fill_of_unit[unit.index()] = match kind {
            ChangeKind::Hands => own,
            ChangeKind::Status | ChangeKind::Claims => *muted.entry(own).or_insert_with(|| {
                world.fills.push(faint(&world.fills[usize::from(own)], &world.style));
                (world.fills.len() - 1) as u16
            }),
        };
    }
}

/// The colour of land that is alike on both sides of a difference; `None` where the land is that of one day.
pub(in crate::scene) fn alike(world: &WorldLayer) -> Option<Rgba> {
    world.style.loud_borders.then(|| grey(&world.style))
}

/// Land that is alike on both sides.
fn grey(style: &Style) -> Rgba {
    style.land.mixed(style.undetermined_land, 0.35)
}

fn faint(fill: &Fill, style: &Style) -> Fill {
    let ground = grey(style);
    let hatch = fill.hatch.map(|color| ground.mixed(color, MUTED));
    Fill { base: ground.mixed(fill.base, MUTED), hatch, ..*fill }
}

fn recede_lines(world: &mut WorldLayer, comparison: &Comparison, borders_shown: bool) {
    let is_border = |class: LineClass| !matches!(class, LineClass::Absent | LineClass::Coast | LineClass::Today);
    world.class_of_arc.iter_mut().filter(|class| is_border(**class)).for_each(|class| *class = LineClass::Unchanged);
    for change in comparison.lines.iter().filter(|_| borders_shown) {
        let class = if change.after == LineClass::Absent { LineClass::Former } else { change.after };
        change.arcs.iter().for_each(|arc| world.class_of_arc[arc.index()] = class);
    }
    let quiet = |class: LineClass| matches!(class, LineClass::Unchanged | LineClass::Former);
    world.soft_arcs.iter_mut().zip(&world.class_of_arc).filter(|(_, class)| quiet(**class)).for_each(|(soft, _)| *soft = false);
}
