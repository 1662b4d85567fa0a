//! The lanes of the last state of a document: after a change only those of what changed are made anew, so that an edit among thousands of features
//! costs a frame and no more.

use std::{collections::HashSet, sync::Arc};

use rustc_hash::FxHashMap;

use super::{LaneInput, own_lanes, region_lane, subjects};
use crate::{
    gui::timeline::types::{Band, Lane},
    model::{
        Event, Project, View,
        project::{Line, Region},
        same_ends::same_ends,
    },
    scene::{Style, style::Theme},
};

/// What was made for one state. An empty one is always right, only slower.
#[derive(Default)]
pub struct LaneCache {
    look: Option<(View, Theme, bool)>,
    /// By the address of the first region of the subject, which is held and so belongs to no other one.
    regions: FxHashMap<usize, RegionLane>,
    /// All regions and which of them have a gap, as they were, with their lanes.
    of_regions: (Vec<Arc<Region>>, Vec<String>, Vec<Arc<Lane>>),
    /// All lines, as they were, with their lanes.
    of_lines: (Vec<Arc<Line>>, Vec<Arc<Lane>>),
    /// The events that have a bar, in the order of the bars of their lane.
    events: Vec<Arc<Event>>,
    event_lane: Option<Arc<Lane>>,
}

/// The lane of a subject, and what it was made of besides the look.
struct RegionLane {
    regions: Vec<Arc<Region>>,
    /// Which of them leave a gap or overlap.
    gapped: Vec<bool>,
    lane: Option<Arc<Lane>>,
}

impl LaneCache {
    /// Lets go of what was made for another view, theme or way of editing.
    pub(super) fn suit(&mut self, input: &LaneInput) {
        let look = (input.view.clone(), input.theme, input.editing.is_some());
        if self.look.as_ref() != Some(&look) {
            *self = Self { look: Some(look), ..Self::default() };
        }
    }

    /// The lanes of the regions, by subject.
    pub(super) fn region_lanes(&mut self, input: &LaneInput, project: &Project) -> Vec<Arc<Lane>> {
        let desk = input.editing.map_or(&[][..], |desk| desk.gapped);
        let (last, gaps, lanes) = &self.of_regions;
        let drawn: Vec<Arc<Region>> = project.drawn_regions().cloned().collect();
        if is_same(last, &drawn) && gaps == desk {
            return lanes.clone();
        }
        let gapped: HashSet<&str> = input.editing.iter().flat_map(|desk| desk.gapped).map(String::as_str).collect();
        let mut old = std::mem::take(&mut self.regions);
        let mut lanes = Vec::new();
        for (subject, regions) in subjects(&drawn) {
            let key = address(regions[0]);
            let gaps: Vec<bool> = regions.iter().map(|region| gapped.contains(region.common.id.as_str())).collect();
            let same = |own: &RegionLane| {
                let pairs = own.regions.iter().zip(&regions);
                own.regions.len() == regions.len() && own.gapped == gaps && pairs.into_iter().all(|(own, region)| Arc::ptr_eq(own, region))
            };
            let kept = old.remove(&key).filter(same).unwrap_or_else(|| {
                let shapes: Vec<&Region> = regions.iter().map(|region| &***region).collect();
                let lane = region_lane(input, subject, &shapes).map(Arc::new);
                RegionLane { regions: regions.into_iter().cloned().collect(), gapped: gaps, lane }
            });
            lanes.extend(kept.lane.clone());
            self.regions.insert(key, kept);
        }
        self.of_regions = (drawn, desk.to_vec(), lanes.clone());
        lanes
    }

    /// The lanes of the lines.
    pub(super) fn line_lanes(&mut self, input: &LaneInput, project: &Project) -> Vec<Arc<Lane>> {
        let drawn: Vec<Arc<Line>> = project.drawn_lines().cloned().collect();
        if !is_same(&self.of_lines.0, &drawn) {
            let lanes = own_lanes::line_lanes(input, &drawn).into_iter().map(Arc::new).collect();
            self.of_lines = (drawn, lanes);
        }
        self.of_lines.1.clone()
    }

    /// The lane of all events. The bars of the last one are taken over, which nobody else may hold any more.
    pub(super) fn event_lane(&mut self, input: &LaneInput, project: &Project) -> Option<Arc<Lane>> {
        let last = self.event_lane.take().and_then(Arc::into_inner);
        // A lane that somebody holds still is made anew.
        let mut kept = std::mem::take(&mut self.events);
        let mut lane = last.unwrap_or_else(|| {
            kept = Vec::new();
            Lane { label: "Events".to_owned(), ..Lane::default() }
        });
        let shown = project.drawn_events().map(|(_, event)| event).filter(|event| event.span.first_day() < event.span.past_end());
        self.events = shown.cloned().collect();
        let (before, behind) = same_ends(kept.len(), &self.events, |index| &kept[index]);
        let style = Style::new(input.theme);
        let days = |bars: &[Band]| bars.iter().map(|bar| (bar.from, bar.past_end)).collect::<Vec<_>>();
        let changed = self.events[before..self.events.len() - behind].iter().map(|event| own_lanes::event_bar(&style, event));
        let (end, count) = (lane.bands.len() - behind, lane.bands.len());
        let was = days(&lane.bands[before..end]);
        let mut taken_out: Vec<Band> = lane.bands.splice(before..end, changed).collect();
        let is = &mut lane.bands[before..before + self.events.len() - before - behind];
        if days(is) == was && self.events.len() == count {
            // Nothing moved: every bar stays in its row.
            is.iter_mut().zip(taken_out.drain(..)).for_each(|(bar, before)| bar.row = before.row);
            self.event_lane = (!lane.bands.is_empty()).then(|| Arc::new(lane));
        } else {
            self.event_lane = own_lanes::lane_of("Events", lane.bands).map(Arc::new);
        }
        self.event_lane.clone()
    }
}

/// Whether two lists hold the very same things.
fn is_same<T>(one: &[Arc<T>], other: &[Arc<T>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Where something lies: its name as long as it is held.
fn address<T>(of: &Arc<T>) -> usize {
    Arc::as_ptr(of).addr()
}
