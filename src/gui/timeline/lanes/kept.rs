//! The lanes of the last state of a document: after a change only those of what changed are made anew, so that an edit among thousands of features
//! costs a frame and no more.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{LaneInput, own_lanes, region_lane, subjects};
use crate::{
    gui::timeline::types::{Band, Lane},
    model::{Event, Project, View, project::Region},
    scene::{Style, style::Theme},
};

/// What was made for one state. An empty one is always right, only slower.
#[derive(Default)]
pub struct LaneCache {
    look: Option<(View, Theme, bool)>,
    /// By the address of the first region of the subject, which is held and so belongs to no other one.
    regions: HashMap<usize, RegionLane>,
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
        let gapped: HashSet<&str> = input.editing.iter().flat_map(|desk| desk.gapped).map(String::as_str).collect();
        let mut old = std::mem::take(&mut self.regions);
        let mut lanes = Vec::new();
        for (subject, regions) in subjects(project) {
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
        lanes
    }

    /// The lane of all events. The bars of the last one are taken over, which nobody else may hold any more.
    pub(super) fn event_lane(&mut self, input: &LaneInput, project: &Project) -> Option<Arc<Lane>> {
        let bars = self.event_lane.take().and_then(Arc::into_inner).map_or_else(Vec::new, |lane| lane.bands);
        let known = std::mem::take(&mut self.events).into_iter().zip(bars);
        let mut known: HashMap<usize, (Arc<Event>, Band)> = known.map(|(event, bar)| (address(&event), (event, bar))).collect();
        let style = Style::new(input.theme);
        let bar_of = |event: &Arc<Event>| {
            let kept = known.remove(&address(event)).map(|(_, bar)| bar);
            (event.clone(), kept.unwrap_or_else(|| own_lanes::event_bar(&style, event)))
        };
        let (events, bars) = project.events.iter().map(bar_of).filter(|(_, bar)| bar.from < bar.past_end).unzip();
        self.events = events;
        self.event_lane = own_lanes::lane_of("Events", bars).map(Arc::new);
        self.event_lane.clone()
    }
}

/// Where something lies: its name as long as it is held.
fn address<T>(of: &Arc<T>) -> usize {
    Arc::as_ptr(of).addr()
}
