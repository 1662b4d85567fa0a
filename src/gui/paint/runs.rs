//! Which stretches of the buffers are drawn: what is on the screen and has something to show, in as few draw calls as will do.

use std::ops::Range;

use super::{
    ground::{Bounds, Part},
    level::LevelBuffers,
    tables::is_strong,
};
use crate::{model::borders::LineClass, scene::WorldLayer};

/// A draw call costs about as much as so many triangles (by their corners) or segments that are thrown away.
const FILL_GAP: u32 = 300;
const LINE_GAP: u32 = 24;
/// Arcs smaller than so many pixels are not stroked: the coasts of a thousand islets are a third of all lines and not to be seen.
const SMALLEST_PX: f32 = 1.5;
/// What lies between one arc and the next in the buffer.
const NEXT_ARC: u32 = 4;

/// What is drawn of one copy of the world, by pipeline: stretches of indices for the first two, of instances for the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Runs {
    pub fills: Vec<Range<u32>>,
    pub hatches: Vec<Range<u32>>,
    pub soft: Vec<Range<u32>>,
    pub quiet: Vec<Range<u32>>,
    pub strong: Vec<Range<u32>>,
}

/// The land that is shown, and the one that it fades out of.
pub(super) struct Shown<'a> {
    pub layer: &'a WorldLayer,
    pub before: Option<&'a WorldLayer>,
}

impl Shown<'_> {
    fn lands(&self) -> impl Iterator<Item = &WorldLayer> {
        std::iter::once(self.layer).chain(self.before)
    }

    fn is_hatched(&self, unit: usize) -> bool {
        self.lands().any(|land| land.fill_of_unit.get(unit).is_some_and(|fill| land.fills[usize::from(*fill)].hatch_count > 0))
    }

    fn is_strong(&self, arc: u32) -> bool {
        self.lands().any(|land| land.class_of_arc.get(arc as usize).is_some_and(|class| is_strong(&land.style, *class)))
    }

    fn is_drawn(&self, arc: u32) -> bool {
        self.lands().any(|land| land.class_of_arc.get(arc as usize).is_some_and(|class| *class != LineClass::Absent))
    }

    fn is_soft(&self, arc: u32) -> bool {
        self.lands().any(|land| land.soft_arcs.get(arc as usize).copied().unwrap_or(false))
    }
}

/// The part of the map on the screen of one copy of the world.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// In world units.
    pub bounds: Bounds,
    pub px_per_unit: f32,
    /// Whether the page shows, and this copy is the one to draw it.
    pub with_page: bool,
}

impl Runs {
    pub fn new(level: &LevelBuffers, shown: &Shown, seen: &Seen) -> Self {
        let mut runs = Self::default();
        if seen.with_page {
            add(&mut runs.fills, level.page(), 0);
        }
        add(&mut runs.fills, level.water(), 0);
        for (unit, part) in level.land().iter().enumerate().filter(|(_, part)| part.bounds.meets(&seen.bounds)) {
            add(&mut runs.fills, part, FILL_GAP);
            if shown.is_hatched(unit) {
                add(&mut runs.hatches, part, 0);
            }
        }
        runs.add_lines(level, shown, seen);
        runs
    }

    fn add_lines(&mut self, level: &LevelBuffers, shown: &Shown, seen: &Seen) {
        let smallest = SMALLEST_PX / seen.px_per_unit;
        for arc in level.arcs.iter().filter(|arc| arc.part.bounds.extent() >= smallest && arc.part.bounds.meets(&seen.bounds)) {
            if shown.is_strong(arc.arc) {
                add(&mut self.strong, &arc.part, NEXT_ARC);
            } else if arc.arc == level.outline() || shown.is_drawn(arc.arc) {
                add(&mut self.quiet, &arc.part, LINE_GAP);
            }
            if shown.is_soft(arc.arc) {
                add(&mut self.soft, &arc.part, NEXT_ARC);
            }
        }
    }

    /// How many draw calls it takes.
    pub fn count(&self) -> usize {
        self.fills.len() + self.hatches.len() + self.soft.len() + self.quiet.len() + self.strong.len()
    }
}

/// Adds a part, as one with the last run where no more than `gap` lies between them.
fn add(runs: &mut Vec<Range<u32>>, part: &Part, gap: u32) {
    if part.range.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if part.range.start >= last.end && part.range.start - last.end <= gap => last.end = part.range.end,
        _ => runs.push(part.range.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_parts_make_one_run_and_far_ones_two() {
        let part = |range| Part { range, bounds: Bounds::NONE };
        let mut runs = Vec::new();
        for range in [0..10, 12..20, 100..110, 5..5] {
            add(&mut runs, &part(range), 4);
        }
        assert_eq!(runs, [0..20, 100..110]);
    }
}
