//! Dashes that run on from arc to arc: a border of many arcs keeps one rhythm, as if it were one line.

use std::collections::HashMap;

use crate::{geometry::Topology, model::borders::LineClass};

/// The nodes at both ends of every arc.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    ends: Vec<[u32; 2]>,
}

/// Where an arc stands in the rhythm of its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Phase {
    pub arc: u32,
    /// Distance along the whole line at the arc's first point, in world units.
    pub start: f32,
    /// True where the line runs from the arc's last point to its first.
    pub reversed: bool,
}

impl Nodes {
    pub fn new(topology: &Topology) -> Self {
        let mut known: HashMap<[u64; 2], u32> = HashMap::new();
        let mut node = |point: Option<&[f64; 2]>| {
            let next = known.len() as u32;
            *known.entry(point.copied().unwrap_or_default().map(f64::to_bits)).or_insert(next)
        };
        Self { ends: topology.arcs().iter().map(|arc| [node(arc.points.first()), node(arc.points.last())]).collect() }
    }

    /// The places of all dashed arcs. `lengths` are world units by arc. Lines end where more or fewer than two arcs of a class meet.
    pub fn phases(&self, classes: &[LineClass], lengths: &[f32], is_dashed: impl Fn(LineClass) -> bool) -> Vec<Phase> {
        let arcs = self.ends.iter().zip(classes).zip(lengths).enumerate();
        let dashed: Vec<u32> =
            arcs.filter(|(_, ((_, class), length))| is_dashed(**class) && **length > 0.0).map(|(ix, _)| ix as u32).collect();
        let mut meeting: HashMap<(u32, LineClass), Vec<u32>> = HashMap::new();
        for &arc in &dashed {
            for end in self.ends[arc as usize] {
                meeting.entry((end, classes[arc as usize])).or_default().push(arc);
            }
        }
        let mut walk = Walk {
            nodes: self,
            classes,
            lengths,
            meeting: &meeting,
            seen: vec![false; self.ends.len()],
            phases: Vec::with_capacity(dashed.len()),
        };
        // Lines with ends first, from an end; what is left runs in circles.
        for &arc in &dashed {
            for end in self.ends[arc as usize] {
                if meeting[&(end, classes[arc as usize])].len() != 2 {
                    walk.from(arc, end);
                }
            }
        }
        dashed.iter().for_each(|&arc| walk.from(arc, self.ends[arc as usize][0]));
        walk.phases
    }
}

struct Walk<'a> {
    nodes: &'a Nodes,
    classes: &'a [LineClass],
    lengths: &'a [f32],
    meeting: &'a HashMap<(u32, LineClass), Vec<u32>>,
    seen: Vec<bool>,
    phases: Vec<Phase>,
}

impl Walk<'_> {
    fn from(&mut self, first: u32, entry: u32) {
        let (mut arc, mut entry, mut along) = (first, entry, 0.0);
        while !std::mem::replace(&mut self.seen[arc as usize], true) {
            let [start, end] = self.nodes.ends[arc as usize];
            let (reversed, length) = (start != entry, self.lengths[arc as usize]);
            self.phases.push(Phase { arc, start: if reversed { along + length } else { along }, reversed });
            along += length;
            entry = if reversed { start } else { end };
            let here = &self.meeting[&(entry, self.classes[arc as usize])];
            match here.as_slice() {
                [one, other] => arc = if *one == arc { *other } else { *one },
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three arcs in a row, the middle one drawn the other way, and one that branches off.
    fn row() -> (Nodes, [f32; 4]) {
        (Nodes { ends: vec![[0, 1], [2, 1], [2, 3], [1, 9]] }, [1.0, 2.0, 4.0, 8.0])
    }

    #[test]
    fn a_rhythm_runs_on_through_arcs_of_either_direction() {
        let (nodes, lengths) = row();
        let classes = [LineClass::DeFacto, LineClass::DeFacto, LineClass::DeFacto, LineClass::Agreed];
        let phases = nodes.phases(&classes, &lengths, |class| class == LineClass::DeFacto);
        let of = |arc| phases.iter().find(|phase| phase.arc == arc).copied().unwrap();
        assert_eq!(of(0), Phase { arc: 0, start: 0.0, reversed: false });
        assert_eq!(of(1), Phase { arc: 1, start: 3.0, reversed: true });
        assert_eq!(of(2), Phase { arc: 2, start: 3.0, reversed: false });
        assert_eq!(phases.len(), 3);
    }

    #[test]
    fn a_fork_ends_the_line_and_a_circle_is_walked_once() {
        let (nodes, lengths) = row();
        let all = nodes.phases(&[LineClass::Claimed; 4], &lengths, |_| true);
        assert_eq!(all.iter().filter(|phase| phase.start == 0.0 && !phase.reversed).count(), 2);
        assert_eq!(all.len(), 4);
        let circle = Nodes { ends: vec![[0, 1], [1, 0], [5, 5]] };
        assert_eq!(circle.phases(&[LineClass::Claimed; 3], &[1.0; 3], |_| true).len(), 3);
    }
}
