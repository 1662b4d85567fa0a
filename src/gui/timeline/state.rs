//! What the dock remembers from frame to frame. It is neither saved nor undone.

use std::sync::Arc;

use eframe::egui::{Context, Pos2, Shape};

use super::{
    axis::{Axis, Stretch, number},
    bars::{BarDrag, BarPart},
    index::EventIndex,
    types::TimelineInput,
};
use crate::time::{Clock, Day};

/// How long fitting takes, in seconds.
const GLIDE_SECS: f64 = 0.25;
/// The playhead is kept so far from the edges of what is seen, as a share of it.
const FOLLOW_MARGIN: f64 = 0.06;

/// How high the dock is while folded, and how high it is at least while not.
const FOLDED_POINTS: f32 = 44.0;
const LEAST_POINTS: f32 = 112.0;

/// What the dock remembers for a session.
#[derive(Default)]
pub struct TimelineState {
    /// Whether it is folded to one row. Whoever owns the panel gives it [`TimelineState::height_range`].
    pub collapsed: bool,
    /// How high the dock was before it was folded.
    height_points: Option<f32>,
    /// The height that the panel is to take again, until it has.
    regained_points: Option<f32>,
    /// What is seen; `None` before the first frame.
    pub(super) seen: Option<Stretch>,
    /// A change of what is seen that is under way.
    glide: Option<Glide>,
    /// The range that was fitted last: another one is fitted anew.
    fitted: Option<(Day, Day)>,
    /// The day of the frame before: where it changes, what is seen follows.
    last_day: Option<Day>,
    /// How far the lanes are scrolled, in points.
    pub(super) scroll: f32,
    /// A date being typed.
    pub(super) typing: Option<Typing>,
    /// What a pressed pointer moves.
    pub(super) grip: Option<Grip>,
    /// The bar that it moves, with [`Grip::Bar`].
    pub(super) bar: Option<BarDrag>,
    /// The day that the menu is about.
    pub(super) menu_day: Option<Day>,
    /// The axis of the last frame.
    pub(super) axis: Option<Axis>,
    pub(super) cache: Cache,
}

/// A date being typed.
#[derive(Default)]
pub(super) struct Typing {
    /// What is in the field.
    pub text: String,
    /// What is wrong with it, after Enter.
    pub error: Option<String>,
    /// Whether the field has had the focus: it gets it once.
    pub was_focused: bool,
}

/// What a pressed pointer moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    /// The playhead.
    Playhead,
    /// What is seen, and with it the lanes.
    Ground,
    /// The in mark.
    InMark,
    /// The out mark.
    OutMark,
    /// The start of the window.
    WindowStart,
    /// Part of a bar, in a document that can be changed.
    Bar(BarPart),
}

#[derive(Clone, Copy)]
struct Glide {
    from: Stretch,
    to: Stretch,
    started_secs: f64,
}

/// What is counted and sorted once for an input.
#[derive(Default)]
pub(super) struct Cache {
    /// The key of the input that `index` is made of.
    key: Option<(u64, usize)>,
    /// The sorted events.
    pub index: Arc<EventIndex>,
    /// The silhouette and ticks of the track, and what they were made for.
    pub track: Option<(TrackKey, Vec<Shape>)>,
    /// How many times anything here was made anew.
    pub fills: u64,
}

/// What the drawn track depends on.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct TrackKey {
    pub input: u64,
    pub axis: Axis,
    pub top_left: Pos2,
    pub height: f32,
    pub theme: crate::scene::style::Theme,
    pub pixels_per_point: f32,
}

impl TimelineState {
    /// The heights that the panel may have: fixed while folded, and until it has its old height again.
    pub fn height_range(&self) -> std::ops::RangeInclusive<f32> {
        match self.regained_points {
            _ if self.collapsed => FOLDED_POINTS..=FOLDED_POINTS,
            Some(points) => points..=points,
            None => LEAST_POINTS..=520.0,
        }
    }

    /// Folds the dock to one row, or gives it back the height that it had.
    pub fn toggle_fold(&mut self) {
        self.collapsed = !self.collapsed;
        self.regained_points = self.height_points.filter(|_| !self.collapsed);
    }

    /// Notes how high the panel made the dock.
    pub(super) fn note_height(&mut self, points: f32) {
        if !self.collapsed && points >= LEAST_POINTS {
            let is_regained = self.regained_points.is_none_or(|regained| (regained - points).abs() < 1.0);
            if is_regained {
                (self.height_points, self.regained_points) = (Some(points), None);
            }
        }
    }

    /// The height to begin with, for so many lanes.
    pub fn default_height(&self, lanes: usize) -> f32 {
        (150.0 + 28.0 * lanes as f32).clamp(188.0, 272.0)
    }

    /// Opens the field for a typed date; it takes the focus in the next frame.
    pub fn open_typed_date(&mut self) {
        self.typing.get_or_insert_default();
    }

    /// Whether a date is being typed.
    pub fn is_typing(&self) -> bool {
        self.typing.is_some()
    }

    /// Shows the whole range again, in motion unless `reduced_motion`.
    pub fn fit(&mut self, ctx: &Context, clock: &Clock, reduced_motion: bool) {
        let to = Stretch::around(clock.range);
        match self.seen {
            Some(from) if !reduced_motion => self.glide = Some(Glide { from, to, started_secs: ctx.input(|input| input.time) }),
            _ => self.seen = Some(to),
        }
        ctx.request_repaint();
    }

    /// Shows exactly these days, both included.
    pub fn show_days(&mut self, first: Day, last: Day) {
        self.glide = None;
        self.seen = Some(Stretch::around((first, last)));
    }

    /// The first and the last day in view in the last frame.
    pub fn days_shown(&self) -> Option<(Day, Day)> {
        self.seen.map(|seen| (Day::new(seen.from.floor() as i64), Day::new(seen.to.ceil() as i64)))
    }

    /// Where a day stood in the last frame, in points from the left of the window; `None` before the first.
    pub fn x_of_day(&self, day: Day) -> Option<f32> {
        self.axis.map(|axis| axis.x_of_noon(day))
    }

    /// How many times the dock sorted or counted anything anew: stands still while nothing changes.
    pub fn cache_fills(&self) -> u64 {
        self.cache.fills
    }

    /// Brings what is remembered up to date with the input and the clock.
    pub(super) fn refresh(&mut self, ctx: &Context, input: &TimelineInput, clock: &Clock) {
        let key = (input.key, input.events.len());
        if self.cache.key != Some(key) {
            self.cache.key = Some(key);
            self.cache.index = Arc::new(EventIndex::new(input.events));
            self.cache.track = None;
            self.cache.fills += 1;
        }
        // What is dragged must not run away from the pointer because it makes time longer.
        if self.bar.is_none() && self.fitted.is_none_or(|range| range != clock.range) {
            self.fitted = Some(clock.range);
            self.seen = Some(Stretch::around(clock.range));
            self.glide = None;
        }
        self.glide_on(ctx);
        self.follow(clock);
    }

    /// What is seen, changed at once.
    pub(super) fn look_at(&mut self, seen: Stretch) {
        self.glide = None;
        self.seen = Some(seen);
    }

    fn glide_on(&mut self, ctx: &Context) {
        let Some(glide) = self.glide else { return };
        let share = ((ctx.input(|input| input.time) - glide.started_secs) / GLIDE_SECS).clamp(0.0, 1.0);
        let eased = share * share * (3.0 - 2.0 * share);
        self.seen = Some(glide.from.toward(glide.to, eased));
        if share < 1.0 {
            ctx.request_repaint();
        } else {
            self.glide = None;
        }
    }

    /// Keeps the playhead in view when the day changes by anything but the pointer.
    fn follow(&mut self, clock: &Clock) {
        let day = clock.current_day();
        let changed = self.last_day.replace(day).is_some_and(|last| last != day);
        if let (true, None, Some(seen)) = (changed, self.grip, self.seen) {
            let all = Stretch::around(clock.range);
            // At the ends of everything there is nothing to follow into.
            let room = seen.following(number(day), FOLLOW_MARGIN);
            let is_near_end = number(day) - all.from < seen.days() * FOLLOW_MARGIN || all.to - number(day) < seen.days() * FOLLOW_MARGIN;
            self.seen = Some(if is_near_end { seen.following(number(day), 0.01) } else { room });
        }
    }
}
