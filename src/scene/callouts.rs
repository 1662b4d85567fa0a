//! Callouts: what happened, beside where it happened. Laid out so that no box covers a place, a symbol or another box, each with a line to its
//! place that crosses no other.

mod drawing;
mod placing;
mod worth;
mod writing;

use std::{
    cell::{LazyCell, OnceCell},
    collections::HashMap,
};

pub use drawing::{boxes, leader, leaders};
pub use placing::cross;
use placing::{Ground, Placed, Slot, Wanted};
use worth::{Squares, Worth};
pub use writing::ACCOUNTS;
use writing::Written;

use super::{Callout, Frame, SceneInput, item::Rect, markers::Marker};
use crate::{geometry::Camera, model::CaseId};

/// A callout for each so many square points of picture, at most.
const POINTS_PER_CALLOUT: f64 = 330_000.0;
const MOST_CALLOUTS: usize = 5;

/// Where callouts stood in the pictures before, so that they stay on their side.
#[derive(Debug, Default)]
pub struct CalloutPlaces {
    of: Option<CaseId>,
    slots: HashMap<usize, Slot>,
    /// What lies under the picture of a camera, once a place was looked for.
    squares: (Option<Camera>, OnceCell<Squares>),
}

impl CalloutPlaces {
    /// Forgets the places of another project's events.
    fn follow(&mut self, project: &CaseId) {
        if self.of.as_ref() != Some(project) {
            (self.of, self.slots) = (Some(project.clone()), HashMap::new());
        }
    }

    fn look_through(&mut self, camera: Camera) {
        if self.squares.0 != Some(camera) {
            self.squares = (Some(camera), OnceCell::new());
        }
    }
}

/// Chooses the events that get a callout and lays these out clear of `taken` and of every marker; their boxes are added to `taken`. The selected
/// event comes first, then those pinned, then the most important, then the latest; in a print every pile has one that lists it. Boxes stay off
/// what the picture is `about` if they can, and rather stand over the sea and plain land than over borders and what is contested.
pub fn layout(input: &SceneInput, markers: &[Marker], about: &[Rect], taken: &mut Vec<Rect>, places: &mut CalloutPlaces) -> Vec<Callout> {
    let Some(project) = input.project else { return Vec::new() };
    places.follow(&project.id);
    places.look_through(input.camera);
    let mut clear: Vec<Rect> = markers.iter().map(|marker| marker.rect().grown(3.0)).collect();
    clear.extend(markers.iter().map(|marker| Rect::around(marker.place, 8.0, 8.0)));
    // Most pictures keep all places, and then nothing has to be known of the land.
    let (camera, squares) = std::mem::take(&mut places.squares);
    let (callouts, placed) = {
        let worth = LazyCell::new(|| Worth::new(input, squares.get_or_init(|| Squares::new(input))));
        let hidden = |rect: &Rect| worth.under(rect);
        let mut layout = Layout { input, about, taken, clear, hidden: &hidden, places, callouts: Vec::new(), placed: Vec::new() };
        layout.fill(markers);
        (layout.callouts, layout.placed)
    };
    places.squares = (camera, squares);
    // What comes later keeps clear of the boxes.
    taken.extend(placed.iter().map(|placed| placed.rect.grown(4.0)));
    callouts
}

/// How many callouts a picture has room for, apart from those asked for by hand.
fn room(input: &SceneInput) -> usize {
    let [width, height] = input.camera.size_points;
    ((width * height / POINTS_PER_CALLOUT).ceil() as usize).min(MOST_CALLOUTS)
}

struct Candidate<'a> {
    marker: &'a Marker,
    /// Asked for by hand.
    must: bool,
    /// Lists the events of a pile: prints have nothing to click.
    lists: bool,
}

/// The events worth a callout, the first the most.
fn candidates<'a>(input: &SceneInput, markers: &'a [Marker]) -> Vec<Candidate<'a>> {
    let Some(project) = input.project else { return Vec::new() };
    let candidate = |marker: &'a Marker| {
        let event = marker.event;
        let must = input.selected_event == Some(event) || input.telling.is_pinned(event) || input.telling.fresh.contains(&event);
        let lists = matches!(input.frame, Frame::Print | Frame::Pane { .. } | Frame::Sheet) && !marker.pile.is_empty();
        let worth = must || !input.telling.only_pinned && (lists || !marker.standing && project.events[event].importance <= 2);
        worth.then_some(Candidate { marker, must, lists })
    };
    let mut found: Vec<Candidate> = markers.iter().filter_map(candidate).collect();
    let rank = |it: &Candidate| {
        let event = &project.events[it.marker.event];
        (
            input.selected_event != Some(it.marker.event),
            !input.telling.fresh.contains(&it.marker.event),
            !it.must,
            event.importance,
            -event.span.first_day().get(),
        )
    };
    found.sort_by_key(rank);
    found
}

struct Layout<'a> {
    input: &'a SceneInput<'a>,
    about: &'a [Rect],
    taken: &'a [Rect],
    clear: Vec<Rect>,
    hidden: &'a dyn Fn(&Rect) -> f32,
    places: &'a mut CalloutPlaces,
    callouts: Vec<Callout>,
    placed: Vec<Placed>,
}

impl Layout<'_> {
    fn fill(&mut self, markers: &[Marker]) {
        let candidates = candidates(self.input, markers);
        // What stood in the last picture keeps its place before anything new looks for one.
        let room = room(self.input);
        let (lasting, new): (Vec<_>, Vec<_>) =
            candidates.into_iter().enumerate().partition(|(rank, it)| *rank < room && self.places.slots.contains_key(&it.marker.event));
        lasting.into_iter().chain(new).for_each(|(_, candidate)| self.add(&candidate, room));
    }

    /// Adds a callout if there is room for it; one that was asked for by hand is folded rather than left out.
    fn add(&mut self, candidate: &Candidate, room: usize) {
        if self.callouts.len() >= room && !candidate.must && !candidate.lists {
            return;
        }
        let event = candidate.marker.event;
        let folded = self.input.telling.is_folded(event);
        let forms: &[bool] = if candidate.must && !folded { &[false, true] } else { &[folded] };
        let found = forms.iter().find_map(|folded| {
            let written = Written::new(self.input, candidate.marker, *folded, candidate.lists);
            let placed = self.place(candidate, written.size())?;
            Some((written, placed))
        });
        let Some((written, placed)) = found else { return };
        if let Some(slot) = placed.slot {
            self.places.slots.insert(event, slot);
        }
        self.callouts.push(written.at(placed.rect, placed.leader.clone()));
        self.placed.push(placed);
    }

    fn place(&self, candidate: &Candidate, size: [f32; 2]) -> Option<Placed> {
        let [width, height] = self.input.camera.size_points.map(|side| side as f32);
        let screen = Rect::new(0.0, 0.0, width, height).grown(-8.0);
        let marker = candidate.marker;
        let kept = self.places.slots.get(&marker.event).copied();
        let ground = Ground { screen, about: self.about, taken: self.taken, clear: &self.clear, hidden: self.hidden };
        ground.place(&Wanted { place: marker.place, at: marker.at, size, must: candidate.must, kept }, &self.placed)
    }
}
