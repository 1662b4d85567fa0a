//! What pointer, wheel and keys do to the score.

use eframe::egui::{CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, accesskit};

use super::{
    TimelineAction, TimelineInput, TimelineState,
    axis::{Axis, Stretch, number},
    bars::{BarDrag, BarPart, Owner, TimeEdit},
    index::Near,
    score::Zones,
    score_lanes,
    state::Grip,
};
use crate::{
    gui::manners,
    time::{self, Clock, Day, TimeMode},
};

/// Dragging catches on events this near, in points.
const SNAP_POINTS: f32 = 6.0;
/// A pointer this near to a tick or a handle means it.
pub(super) const REACH: f32 = 6.0;
/// A notch of the wheel is about 50 points: a fifth closer.
const ZOOM_A_POINT: f64 = 0.0045;

/// What the pointer is over, for painting.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hover {
    /// Its place across, over the ground of the score.
    pub x: Option<f32>,
    /// The event that it means.
    pub event: Option<Near>,
    /// Where it is, over the lanes.
    pub lanes: Option<Pos2>,
}

/// Turns pointer, wheel and keys into actions and into changes of what is seen.
pub(super) fn score_pointer_ui(
    ui: &mut Ui,
    (zones, axis): (&Zones, &Axis),
    input: &TimelineInput,
    state: &mut TimelineState,
    (clock, out): (&Clock, &mut Vec<TimelineAction>),
) -> (Response, Hover) {
    let response = ui.interact(zones.ground(), ui.scope_id().with("timeline"), Sense::click_and_drag());
    name(ui, &response, clock);
    if response.secondary_clicked() {
        state.menu_day = response.interact_pointer_pos().map(|at| axis.day_at(at.x));
    }
    let mut hands = Hands { ui, response: &response, zones, axis, input, state, clock, out };
    hands.keys();
    hands.wheel();
    if !manners::closes_menu(hands.ui.ctx()) {
        hands.drag();
        hands.click();
    }
    let hover = hands.hover();
    (response, hover)
}

/// A slider over days, for people who hear it.
fn name(ui: &Ui, response: &Response, clock: &Clock) {
    let day = clock.current_day();
    response.widget_info(|| WidgetInfo::slider(true, number(day), "Timeline"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Slider);
        node.set_value(day.label());
        let (first, last) = clock.limits();
        node.set_min_numeric_value(number(first));
        node.set_max_numeric_value(number(last));
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
}

/// Everything that a hand on the score needs.
struct Hands<'a, 'i> {
    ui: &'a Ui,
    response: &'a Response,
    zones: &'a Zones,
    axis: &'a Axis,
    input: &'a TimelineInput<'i>,
    state: &'a mut TimelineState,
    clock: &'a Clock,
    out: &'a mut Vec<TimelineAction>,
}

impl Hands<'_, '_> {
    /// Arrow keys and their like, while the score has the focus. They are consumed: nobody acts on them twice.
    fn keys(&mut self) {
        let step = |forward, big| TimelineAction::Step { forward, big };
        let id = self.response.id;
        let count = |action| self.ui.input(|input| input.num_accesskit_action_requests(id, action));
        let (more, less) = (count(accesskit::Action::Increment), count(accesskit::Action::Decrement));
        self.out.extend((0..more).map(|_| step(true, false)).chain((0..less).map(|_| step(false, false))));
        if !self.response.has_focus() {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        self.ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let keys = [
            (Modifiers::SHIFT, Key::ArrowRight, step(true, true)),
            (Modifiers::SHIFT, Key::ArrowLeft, step(false, true)),
            (Modifiers::NONE, Key::ArrowRight, step(true, false)),
            (Modifiers::NONE, Key::ArrowLeft, step(false, false)),
            (Modifiers::NONE, Key::PageDown, step(true, true)),
            (Modifiers::NONE, Key::PageUp, step(false, true)),
            (Modifiers::NONE, Key::Home, TimelineAction::First),
            (Modifiers::NONE, Key::End, TimelineAction::Last),
        ];
        for (modifiers, key, action) in keys {
            let presses = self.ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
            self.out.extend((0..presses).map(|_| action.clone()));
        }
    }

    /// Up and down zooms at the pointer, left and right pans; over the names of the lanes it scrolls them.
    fn wheel(&mut self) {
        let Some(at) = self.ui.ctx().pointer_hover_pos() else { return };
        let (scroll, zoom) = self.ui.input(|input| (input.smooth_scroll_delta(), f64::from(input.zoom_delta())));
        if self.zones.labels.contains(at) && self.ui.rect_contains_pointer(self.zones.labels) {
            self.state.scroll -= scroll.y;
            return;
        }
        if !self.response.contains_pointer() || (scroll.x == 0.0 && scroll.y == 0.0 && zoom == 1.0) {
            return;
        }
        let all = Stretch::around(self.clock.range);
        let factor = (-f64::from(scroll.y) * ZOOM_A_POINT).exp() / zoom;
        let around = self.axis.day_number_at(at.x);
        let moved = self.axis.seen.moved(-f64::from(scroll.x) / self.axis.points_per_day());
        self.state.look_at(moved.zoomed(factor, around, all).kept_near(all));
    }

    fn drag(&mut self) {
        let response = self.response;
        if response.drag_started() {
            let origin = self.ui.input(|input| input.pointer.press_origin());
            self.state.grip = origin.map(|origin| self.grip_at(origin, response.drag_started_by(PointerButton::Middle)));
            if let (Some(Grip::Bar(part)), Some(origin)) = (self.state.grip, origin) {
                let held_at = self.axis.day_number_at(origin.x);
                self.state.bar = self.owner_at(origin).map(|(owner, _)| BarDrag::new(owner.clone(), part, held_at, self.input));
            }
        }
        if response.dragged() {
            self.move_grip();
        }
        if response.drag_stopped() || !(response.dragged() || response.is_pointer_button_down_on()) {
            (self.state.grip, self.state.bar) = (None, None);
        }
    }

    /// Whose bar is at a place, and which part of it the place means; nothing where nothing can be changed.
    fn owner_at(&self, at: Pos2) -> Option<(&Owner, BarPart)> {
        self.bar_at(at).map(|(owner, part, _)| (owner, part))
    }

    /// The same, with how wide the bar is.
    fn bar_at(&self, at: Pos2) -> Option<(&Owner, BarPart, f32)> {
        if self.input.editable.is_none() || !self.zones.lanes.contains(at) {
            return None;
        }
        let (band, rect) = score_lanes::band_at((self.zones, self.axis), self.input.lanes, self.state.scroll, at)?;
        let owner = band.owner.as_ref()?;
        owner.part_at(at, rect, self.axis).map(|part| (owner, part, rect.width()))
    }

    /// What a press at a place takes hold of.
    fn grip_at(&self, at: Pos2, by_middle: bool) -> Grip {
        let near = |day: Day| (self.axis.x_of_noon(day) - at.x).abs() <= REACH;
        let is_on_axis = self.zones.axis.expand2((0.0, 4.0).into()).contains(at);
        // The playhead lies over all bars, and often just where one begins or ends. What could be taken nowhere else comes before it: ends, and bars
        // that are narrower than its reach.
        let bar = self.bar_at(at).map(|(_, part, width)| (part, part != BarPart::Whole || width <= 2.0 * REACH));
        let window_start = matches!(self.clock.mode, TimeMode::Window { .. }).then(|| self.clock.shown_days().0);
        match bar {
            _ if by_middle => Grip::Ground,
            _ if is_on_axis && self.clock.in_mark.is_some_and(near) => Grip::InMark,
            _ if is_on_axis && self.clock.out_mark.is_some_and(near) => Grip::OutMark,
            Some((part, true)) => Grip::Bar(part),
            _ if near(self.clock.current_day()) => Grip::Playhead,
            _ if window_start.is_some_and(near) => Grip::WindowStart,
            _ if self.zones.track.contains(at) => Grip::Playhead,
            Some((part, false)) => Grip::Bar(part),
            None => Grip::Ground,
        }
    }

    fn move_grip(&mut self) {
        let (Some(grip), Some(at)) = (self.state.grip, self.response.interact_pointer_pos()) else { return };
        if grip == Grip::Ground {
            let delta = self.response.drag_delta();
            let all = Stretch::around(self.clock.range);
            self.state.look_at(self.axis.seen.moved(-f64::from(delta.x) / self.axis.points_per_day()).kept_near(all));
            self.state.scroll -= delta.y;
            return;
        }
        if let Grip::Bar(_) = grip {
            self.move_bar(at);
            return;
        }
        let (earliest, latest) = self.clock.range;
        let day = self.day_at(at.x).clamp(earliest.min(latest), latest.max(earliest));
        let (in_mark, out_mark) = (self.clock.in_mark, self.clock.out_mark);
        let action = match grip {
            Grip::InMark => TimelineAction::SetMarks { in_mark: Some(out_mark.map_or(day, |out| day.min(out))), out_mark },
            Grip::OutMark => TimelineAction::SetMarks { in_mark, out_mark: Some(in_mark.map_or(day, |mark| day.max(mark))) },
            Grip::WindowStart => {
                let days = (self.clock.current_day().get() - day.get() + 1).max(1);
                TimelineAction::SetMode(TimeMode::Window { days })
            }
            Grip::Playhead | Grip::Ground | Grip::Bar(_) => TimelineAction::GoTo(day),
        };
        let is_new = match &action {
            TimelineAction::GoTo(day) => *day != self.clock.current_day(),
            TimelineAction::SetMode(mode) => *mode != self.clock.mode,
            _ => true,
        };
        self.out.extend(is_new.then_some(action));
    }

    fn move_bar(&mut self, at: Pos2) {
        let is_free = !self.input.snap || self.ui.input(|input| input.modifiers.alt);
        let pointer = self.axis.day_number_at(at.x);
        let magnet = (!is_free).then(|| self.axis.days_in(SNAP_POINTS));
        let asked = self.state.bar.as_mut().and_then(|bar| bar.moved(pointer, magnet));
        self.out.extend(asked.map(TimelineAction::Edit));
    }

    fn click(&mut self) {
        if self.response.double_clicked() {
            self.state.fit(self.ui.ctx(), self.clock, self.input.reduced_motion);
            return;
        }
        // Without a pointer it is Space or Enter on a focused score, which means play to everybody.
        let Some(at) = self.response.interact_pointer_pos().filter(|_| self.response.clicked()) else { return };
        if let Some(near) = self.event_at(at) {
            let event = &self.input.events[near.event];
            self.out.push(TimelineAction::SelectEvent(event.index));
            self.out.push(TimelineAction::GoTo(event.from));
            return;
        }
        let owner = self.owner_at(at).map(|(owner, _)| TimeEdit::Select(owner.id.clone()));
        self.out.extend(owner.map(TimelineAction::Edit));
        self.out.push(TimelineAction::GoTo(self.day_at(at.x)));
    }

    /// The day at a place; an event's where one is near and the magnet is on.
    fn day_at(&self, x: f32) -> Day {
        let day = self.axis.day_at(x);
        let is_free = !self.input.snap || self.ui.input(|input| input.modifiers.alt);
        if is_free { day } else { time::snap(day, self.state.cache.index.starts(), self.axis.days_in(SNAP_POINTS)) }
    }

    fn event_at(&self, at: Pos2) -> Option<Near> {
        let is_on_track = Rect::everything_right_of(self.zones.track.left()).contains(at) && self.zones.track.expand(2.0).contains(at);
        is_on_track.then(|| self.state.cache.index.near(self.input.events, self.axis, at.x, REACH)).flatten()
    }

    fn hover(&mut self) -> Hover {
        let Some(at) = self.response.hover_pos() else { return Hover::default() };
        let event = self.event_at(at);
        let grip = self.state.grip.unwrap_or_else(|| self.grip_at(at, false));
        let icon = match grip {
            Grip::Ground if self.state.grip.is_some() => CursorIcon::Grabbing,
            Grip::Ground => CursorIcon::Grab,
            Grip::Bar(part) => part.cursor(),
            Grip::Playhead if event.is_some() && self.state.grip.is_none() => CursorIcon::PointingHand,
            Grip::Playhead if self.zones.track.contains(at) && self.state.grip.is_none() => CursorIcon::Default,
            _ => CursorIcon::ResizeHorizontal,
        };
        self.ui.ctx().set_cursor_icon(icon);
        let is_free = self.state.grip.is_none();
        Hover { x: Some(at.x), event: event.filter(|_| is_free), lanes: Some(at).filter(|at| is_free && self.zones.lanes.contains(*at)) }
    }
}
