//! Bars that people drag: whose dates they are, and what a drag makes of them.

use std::sync::atomic::{AtomicU64, Ordering};

use eframe::egui::{CursorIcon, Pos2, Rect};

use super::{axis::Axis, types::TimelineInput};
use crate::time::{self, Date, Day, End, Span};

/// A pointer this near to an end of a bar means the end, in points.
const END_POINTS: f32 = 6.0;
/// A bar narrower than this is only moved as a whole: its ends lie too near.
const LEAST_BAR: f32 = 14.0;

/// Drags have numbers far from those of other gestures.
static GESTURES: AtomicU64 = AtomicU64::new(1 << 48);

/// Whose dates a band shows, in a document that can be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// The feature.
    pub id: String,
    /// The row of one of its lists, as a path: `control/0`; empty for the feature's own dates.
    pub row: String,
    /// The dates.
    pub span: Span,
    /// Whether it is an event: one without a written end is a moment, and moves as a whole.
    pub is_moment: bool,
}

/// Which part of a bar is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarPart {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
    /// Both ends together.
    Whole,
}

/// What a person asked of the document at the timeline.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeEdit {
    /// Sets dates of a feature; all of one drag are one step.
    Move {
        /// Which feature.
        id: String,
        /// Paths and dates as files write them.
        dates: Vec<(String, String)>,
        /// The number of the drag.
        gesture: u64,
    },
    /// Selects the feature with this id.
    Select(String),
    /// Adds an event on a day.
    AddEvent(Day),
    /// Asks who has the selected region from a day on.
    RecordControl(Day),
    /// The selected thing begins on a day.
    SetStart(Day),
    /// The selected thing ends with a day.
    SetEnd(Day),
}

/// A drag of a bar that is under way.
#[derive(Clone, Debug)]
pub(super) struct BarDrag {
    /// As it was when the drag began.
    pub owner: Owner,
    pub part: BarPart,
    /// Where the pointer took hold of it, as a day number with its part of a day.
    pub held_at: f64,
    /// Days on which something begins or has ended, rising.
    pub magnets: Vec<Day>,
    pub gesture: u64,
    /// The dates of the start and the end that were asked for last.
    pub now: (Option<Date>, Option<Date>),
}

impl Owner {
    /// The path of the date at one end.
    fn path(&self, part: BarPart) -> String {
        match (part, self.row.is_empty()) {
            (BarPart::End, true) => "end".to_owned(),
            (_, true) => "start".to_owned(),
            (BarPart::End, false) => format!("{}/until", self.row),
            (_, false) => format!("{}/from", self.row),
        }
    }

    /// The dates that are written down: of the start and of the end.
    fn dates(&self) -> (Option<Date>, Option<Date>) {
        let end = self.span.end.date().filter(|_| !self.is_moment).cloned();
        (self.span.start.clone(), end)
    }

    /// Which part of its bar a place means; `None` where nothing of it is dated.
    pub(super) fn part_at(&self, at: Pos2, bar: Rect, axis: &Axis) -> Option<BarPart> {
        let (start, end) = self.dates();
        let in_view = |x: f32| axis.x.contains(x);
        let near = |edge: f32| (edge - at.x).abs() <= END_POINTS && in_view(edge);
        match () {
            () if start.is_none() && end.is_none() => None,
            () if bar.width() < LEAST_BAR => Some(BarPart::Whole),
            () if end.is_some() && near(bar.right()) => Some(BarPart::End),
            () if start.is_some() && !self.is_moment && near(bar.left()) => Some(BarPart::Start),
            () => Some(BarPart::Whole),
        }
    }
}

impl BarPart {
    /// The pointer over it.
    pub(super) fn cursor(self) -> CursorIcon {
        match self {
            Self::Start | Self::End => CursorIcon::ResizeColumn,
            Self::Whole => CursorIcon::Move,
        }
    }
}

impl BarDrag {
    /// Takes hold of a bar.
    pub fn new(owner: Owner, part: BarPart, held_at: f64, input: &TimelineInput) -> Self {
        let now = owner.dates();
        let magnets = magnets(input, &owner);
        Self { owner, part, held_at, magnets, gesture: GESTURES.fetch_add(1, Ordering::Relaxed), now }
    }

    /// The dates that a pointer at a day number asks for, with a magnet of so many days; `None` where they are those that stand already.
    pub fn moved(&mut self, pointer: f64, magnet_days: Option<i64>) -> Option<TimeEdit> {
        let (start, end) = self.owner.dates();
        let dates = match self.part {
            BarPart::Start => {
                let day = self.caught(pointer.round() as i64, magnet_days);
                let latest = end.as_ref().map_or(Day::MAX, |end| end.latest);
                (start.map(|start| start.moved_to(day.min(latest))), end)
            }
            BarPart::End => {
                // The end of a bar lies where the day after its last one begins.
                let day = self.caught(pointer.round() as i64, magnet_days).plus_days(-1);
                let earliest = start.as_ref().map_or(Day::MIN, |start| start.earliest);
                (start, end.map(|end| end.moved_to(day.max(earliest))))
            }
            BarPart::Whole => self.whole(pointer, magnet_days),
        };
        if dates == self.now {
            return None;
        }
        let written = [(BarPart::Start, &self.now.0, &dates.0), (BarPart::End, &self.now.1, &dates.1)];
        let changes = written.into_iter().filter(|(_, old, new)| old != new);
        let text = |part: BarPart, date: &Date| match (&self.owner.span.end, part) {
            (End::LastObserved(_), BarPart::End) => End::LastObserved(date.clone()).text(),
            _ => date.text.clone(),
        };
        let changes = changes.filter_map(|(part, _, new)| new.as_ref().map(|date| (self.owner.path(part), text(part, date)))).collect();
        self.now = dates;
        Some(TimeEdit::Move { id: self.owner.id.clone(), dates: changes, gesture: self.gesture })
    }

    /// Both ends, moved by as many days.
    fn whole(&self, pointer: f64, magnet_days: Option<i64>) -> (Option<Date>, Option<Date>) {
        let (start, end) = self.owner.dates();
        let days = (pointer - self.held_at).round() as i64;
        // The first day that is given catches; everything else goes along.
        let given = |date: &Date| [date.earliest, date.latest].into_iter().find(|day| *day != Day::MIN && *day != Day::MAX);
        let lead = [&start, &end].into_iter().flatten().find_map(given).map_or(0, Day::get);
        let days = self.caught(lead + days, magnet_days).get() - lead;
        let moved = |date: Date| if days == 0 { date } else { date.moved_by(days) };
        (start.map(moved), end.map(moved))
    }

    fn caught(&self, day: i64, magnet_days: Option<i64>) -> Day {
        let day = Day::new(day);
        magnet_days.map_or(day, |days| time::snap(day, &self.magnets, days))
    }

    /// What is shown while it is dragged: the place of the end that moves, and its date in words.
    pub fn flag(&self, axis: &Axis) -> Option<(f32, String)> {
        let (start, end) = (self.now.0.as_ref(), self.now.1.as_ref());
        match (self.part, start, end) {
            (BarPart::End, _, Some(end)) => Some((axis.x_of_day(end.latest.plus_days(1)), end.label())),
            (BarPart::Whole, Some(start), Some(end)) => {
                Some((axis.x_of_day(start.earliest), format!("{} – {}", start.label(), end.label())))
            }
            (_, Some(start), _) => Some((axis.x_of_day(start.earliest), start.label())),
            (_, None, Some(end)) => Some((axis.x_of_day(end.latest.plus_days(1)), end.label())),
            (_, None, None) => None,
        }
    }
}

/// Where events and other bars begin and end: what an end that is dragged catches on.
fn magnets(input: &TimelineInput, own: &Owner) -> Vec<Day> {
    let events = input.events.iter().flat_map(|event| [event.from, event.past_end]);
    let others = input.lanes.iter().flat_map(|lane| &lane.bands).filter(|band| band.owner.as_ref() != Some(own));
    let mut days: Vec<Day> = events.chain(others.flat_map(|band| [band.from, band.past_end])).collect();
    // Its own dates are no place to go to, but where it came from is.
    days.extend([own.span.first_day(), own.span.past_end()]);
    days.retain(|day| *day != Day::MIN && *day != Day::MAX);
    days.sort_unstable();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drag(start: &str, end: &str, part: BarPart) -> BarDrag {
        let span = Span::parse(start, end).unwrap();
        let owner = Owner { id: "a".to_owned(), row: "control/1".to_owned(), span, is_moment: false };
        let now = owner.dates();
        let magnets = vec!["1950-06-01".parse().unwrap()];
        BarDrag { owner, part, held_at: 0.0, magnets, gesture: 1, now }
    }

    fn number(day: &str) -> f64 {
        day.parse::<Day>().unwrap().get() as f64
    }

    fn dates(edit: Option<TimeEdit>) -> Vec<(String, String)> {
        match edit {
            Some(TimeEdit::Move { dates, .. }) => dates,
            _ => Vec::new(),
        }
    }

    fn pair(path: &str, date: &str) -> (String, String) {
        (path.to_owned(), date.to_owned())
    }

    #[test]
    fn ends_catch_on_other_dates_and_years_stay_years() {
        let mut end = drag("1940-01-01", "1948-03-01", BarPart::End);
        assert_eq!(dates(end.moved(number("1950-06-03"), Some(5))), [pair("control/1/until", "1950-05-31")]);
        assert_eq!(dates(end.moved(number("1950-06-03"), Some(5))), [], "nothing new is not asked for again");
        assert_eq!(dates(end.moved(number("1950-06-03"), None)), [pair("control/1/until", "1950-06-02")]);
        assert_eq!(dates(end.moved(number("1900-01-01"), None)), [pair("control/1/until", "1940-01-01")], "never before its start");
        let mut year = drag("1940", "", BarPart::Start);
        assert_eq!(dates(year.moved(number("1943-08-01"), None)), [pair("control/1/from", "1943")]);
    }

    #[test]
    fn a_whole_bar_keeps_its_length() {
        let mut whole = drag("1940-01-01", "1940-01-31", BarPart::Whole);
        assert_eq!(dates(whole.moved(10.0, None)), [pair("control/1/from", "1940-01-11"), pair("control/1/until", "1940-02-10")]);
        let mut years = drag("1940", "last:1945", BarPart::Whole);
        assert_eq!(dates(years.moved(400.0, None)), [pair("control/1/from", "1941"), pair("control/1/until", "last:1946")]);
    }
}
