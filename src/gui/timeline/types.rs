//! What the dock is given, and what it asks for.

use std::sync::Arc;

use eframe::egui::Color32;

use super::{
    TimelinePalette,
    bars::{Owner, TimeEdit},
};
use crate::{
    model::{Event, event::EventFamily},
    time::{Day, Ending, Speed, Step, TimeMode},
};

/// Everything that the dock shows of a document. Borrowed for one frame.
pub struct TimelineInput<'a> {
    /// Changes whenever `events` or `change_days` do, and never else: what the dock counts and sorts is kept by it.
    pub key: u64,
    /// The events, in any order.
    pub events: &'a [TimelineEvent],
    /// The position in `events` of the one that is selected.
    pub selected: Option<usize>,
    /// The lanes, from top to bottom.
    pub lanes: &'a [Arc<Lane>],
    /// Days on which anything on the map changes, sorted; drawn as fine marks on the axis.
    pub change_days: &'a [Day],
    /// The colours and the strong face.
    pub palette: &'a TimelinePalette,
    /// Whether scrubbing catches on events.
    pub snap: bool,
    /// Nothing moves by itself.
    pub reduced_motion: bool,
    /// What of the document can be changed here; `None` where nothing can.
    pub editable: Option<Editable>,
}

/// What can be changed of a document at the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Editable {
    /// Whether a feature of it is selected: its start and end can be set.
    pub has_selection: bool,
    /// Whether that is a region: who has it can be recorded.
    pub has_region: bool,
}

/// One event on the track.
#[derive(Clone, Debug)]
pub struct TimelineEvent {
    /// The first day that it may be.
    pub from: Day,
    /// The day from which it surely has begun; `from` for an exact date.
    pub sure_from: Day,
    /// The day after the last that it may be.
    pub past_end: Day,
    /// The title.
    pub title: String,
    /// The date as the source gives it, for people.
    pub date: String,
    /// The family, which decides the colour.
    pub family: EventFamily,
    /// 1 is the most important, 3 the least: the height of the tick.
    pub importance: u8,
    /// The position in whatever the caller lists events in; given back by [`TimelineAction::SelectEvent`].
    pub index: usize,
}

impl TimelineEvent {
    /// The tick of an event that stands at `index` of its list.
    pub fn new(index: usize, event: &Event) -> Self {
        Self {
            from: event.span.first_day(),
            sure_from: event.span.start.as_ref().map_or(event.span.first_day(), |start| start.latest),
            past_end: event.span.past_end(),
            title: event.title.clone(),
            date: event.when(),
            family: event.kind.family(),
            importance: event.importance.clamp(1, 3),
            index,
        }
    }
}

/// One lane of the score.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// At the left; cut with an ellipsis where it is too long.
    pub label: String,
    /// What a pointer on the label says; empty for nothing more than the label.
    pub hint: String,
    /// The bands, in any order.
    pub bands: Vec<Band>,
    /// How many rows of bars it has.
    pub bars: usize,
    /// How many rows of threads it has below them.
    pub threads: usize,
}

/// Where in its lane a band lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandRow {
    /// A bar with text in it: who controls, how many members.
    Bar(usize),
    /// A thin thread below the bars: a claim, one party's membership.
    Thread(usize),
}

/// One band: something that was so from a day to another.
#[derive(Clone, Debug)]
pub struct Band {
    /// The first day that it may have been so; [`Day::MIN`] for since ever.
    pub from: Day,
    /// The day from which it surely was so; from `from` to here the band fades in.
    pub sure_from: Day,
    /// The day until which it surely was so; from here to `past_end` it fades out.
    pub sure_until: Day,
    /// The day after the last; [`Day::MAX`] while in force.
    pub past_end: Day,
    /// Where it lies.
    pub row: BandRow,
    /// The text in it, drawn where it fits; threads show none.
    pub label: String,
    /// What a pointer on it says; may have several lines.
    pub tip: String,
    /// The colour of who it is about.
    pub color: Color32,
    /// Striped: claimed, not held.
    pub hatched: bool,
    /// How much of the row's height it fills, 0 to 1: a count of members against the most there were.
    pub height: f32,
    /// Whose dates it shows, where they can be changed.
    pub owner: Option<Owner>,
}

/// What a person asked the dock for.
#[derive(Clone, Debug, PartialEq)]
pub enum TimelineAction {
    /// Go to a day.
    GoTo(Day),
    /// Go to a day that was typed; the timeline makes room for it.
    GoToTyped(Day),
    /// Play forward, or stop.
    TogglePlay,
    /// Play backward, or stop if it does.
    PlayBackward,
    /// One step of the step unit.
    Step {
        /// Towards later days.
        forward: bool,
        /// A big one.
        big: bool,
    },
    /// To the event before.
    PreviousEvent,
    /// To the event after.
    NextEvent,
    /// To the first day.
    First,
    /// To the last day.
    Last,
    /// The next faster speed.
    Faster,
    /// The next slower speed.
    Slower,
    /// This speed.
    SetSpeed(Speed),
    /// This unit of steps.
    SetStep(Step),
    /// Which days are shown.
    SetMode(TimeMode),
    /// What happens at the end.
    SetEnding(Ending),
    /// Slow at events, fast between them.
    SetAdaptive(bool),
    /// Both marks; `None` takes one away.
    SetMarks {
        /// The first day that is played.
        in_mark: Option<Day>,
        /// The last day that is played.
        out_mark: Option<Day>,
    },
    /// Whether scrubbing catches on events.
    SetSnap(bool),
    /// The event with this index was clicked; a [`TimelineAction::GoTo`] its day comes with it.
    SelectEvent(usize),
    /// The date was clicked to be typed over. The dock has opened the field already.
    OpenTypedDate,
    /// Something about the document that is edited.
    Edit(TimeEdit),
}
