//! What the timeline shows of the open document, kept until document, view, alliances or theme change.

use std::sync::Arc;

use super::{
    paint::items::family,
    session::{Library, Selection, Session},
    timeline::{self, Editable, Lane, LaneCache, LaneEditing, LaneInput, TimelineEvent, TimelineInput, TimelinePalette},
};
use crate::{
    model::{AllianceId, Event, View, same_ends::same_ends},
    scene::{Face, Style, Theme},
    time::Day,
};

/// How many alliances of a story have lanes unasked.
const STORY_ALLIANCES: usize = 4;

#[derive(Clone, PartialEq)]
struct Key {
    document: Option<usize>,
    /// Which states of how many documents.
    stamps: Vec<u64>,
    view: View,
    alliances: Vec<AllianceId>,
    theme: Theme,
    /// Whether the document can be changed, and which of its shapes leave gaps or overlap.
    is_edited: bool,
    gapped: Vec<String>,
}

/// Events, lanes and change days of what is open.
#[derive(Default)]
pub struct Score {
    key: Option<Key>,
    /// Rises whenever the events or change days are made anew.
    version: u64,
    events: Vec<TimelineEvent>,
    /// What `events` was made of.
    made_of: Vec<Arc<Event>>,
    /// Where each event stands: document and position.
    places: Vec<(usize, usize)>,
    days: Vec<Day>,
    lanes: Vec<Arc<Lane>>,
    lane_cache: LaneCache,
    change_days: Vec<Day>,
    palette: Option<TimelinePalette>,
}

impl Score {
    /// Brings it up to date with the session. `gapped` are the features whose shape leaves a gap to the one before, or overlaps it.
    pub fn refresh(&mut self, library: &Library, session: &Session, gapped: &[String]) {
        let key = Key {
            document: session.document,
            stamps: library.documents.iter().map(|project| project.stamp).collect(),
            view: session.view.clone(),
            alliances: session.look.alliances.clone(),
            theme: session.look.theme,
            is_edited: session.document.and_then(|index| library.edited.get(&index)).is_some_and(|editing| editing.read_only.is_none()),
            gapped: gapped.to_vec(),
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let same_events = self.key.as_ref().is_some_and(|old| (old.document, &old.stamps) == (key.document, &key.stamps));
        if !same_events {
            self.version += 1;
            self.gather_events(library, session);
            self.change_days = library.atlas.tenure.change_days().to_vec();
        }
        let project = session.document.and_then(|index| library.documents.get(index));
        // The alliances of the story have lanes even while the map does not colour them.
        let mut alliances = session.look.alliances.clone();
        let of_story = project.map_or(&[][..], |project| &project.alliances);
        alliances.extend(of_story.iter().filter(|id| !session.look.alliances.contains(id)).take(STORY_ALLIANCES).cloned());
        let input = LaneInput {
            atlas: &library.atlas,
            project,
            view: &session.view,
            alliances: &alliances,
            theme: session.look.theme,
            editing: key.is_edited.then_some(LaneEditing { gapped }),
        };
        // Let go of before, so that its bars can be taken over.
        self.lanes = Vec::new();
        self.lanes = timeline::lanes_again(&input, &mut self.lane_cache);
        self.palette = Some(TimelinePalette::from_style(&Style::new(session.look.theme), family(Face::SemiBold)));
        self.key = Some(key);
    }

    /// The events of the open document, or of all documents over the bare world.
    fn gather_events(&mut self, library: &Library, session: &Session) {
        let shown = library.documents.iter().enumerate().filter(|(index, _)| session.document.is_none_or(|open| open == *index));
        self.places = shown.clone().flat_map(|(index, project)| project.drawn_events().map(move |(event, _)| (index, event))).collect();
        // What did not change is taken over.
        let now: Vec<Arc<Event>> = shown.flat_map(|(_, project)| project.drawn_events().map(|(_, event)| event.clone())).collect();
        let (before, behind) = same_ends(self.made_of.len(), &now, |index| &self.made_of[index]);
        let (end, changed) = (self.events.len() - behind, before..now.len() - behind);
        self.events.splice(before..end, changed.clone().map(|index| TimelineEvent::new(index, &now[index])));
        self.events[changed.end..].iter_mut().enumerate().for_each(|(index, event)| event.index = changed.end + index);
        self.made_of = now;
        self.days = self.events.iter().map(|event| event.from).collect();
        self.days.sort_unstable();
        self.days.dedup();
    }

    /// The first days of all events, rising.
    pub fn event_days(&self) -> &[Day] {
        &self.days
    }

    /// The colours of everything that shows time. Nothing before the first refresh.
    pub fn palette(&self) -> Option<&TimelinePalette> {
        self.palette.as_ref()
    }

    /// How many lanes there are.
    pub fn lane_count(&self) -> usize {
        self.lanes.len()
    }

    /// The selection of the event that the timeline calls `index`.
    pub fn selection(&self, index: usize) -> Option<Selection> {
        self.places.get(index).map(|(document, event)| Selection::Event(*document, *event))
    }

    /// What the timeline shows. Nothing before the first refresh.
    pub fn input<'a>(&'a self, session: &Session) -> Option<TimelineInput<'a>> {
        let selected = match session.selection {
            Some(Selection::Event(document, event)) => self.places.iter().position(|place| *place == (document, event)),
            _ => None,
        };
        let own = match session.selection {
            Some(
                Selection::Event(document, _)
                | Selection::Region(document, _)
                | Selection::Line(document, _)
                | Selection::Place(document, _)
                | Selection::Annotation(document, _),
            ) => Some(document) == session.document,
            _ => false,
        };
        let is_region = matches!(session.selection, Some(Selection::Region(..)));
        let is_edited = self.key.as_ref().is_some_and(|key| key.is_edited);
        Some(TimelineInput {
            editable: is_edited.then_some(Editable { has_selection: own, has_region: own && is_region }),
            key: self.version,
            events: &self.events,
            selected,
            lanes: &self.lanes,
            change_days: &self.change_days,
            palette: self.palette.as_ref()?,
            snap: session.snap,
            reduced_motion: session.reduced_motion,
        })
    }
}
