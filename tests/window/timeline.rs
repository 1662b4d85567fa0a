//! The timeline dock, the charts and the event list, driven as a person would: by pointer, by key, by name.

use std::sync::Arc;

use crate::hands::install_fonts;
use border_atlas::{
    gui::timeline::{Band, BandRow, Lane, TimelineAction, TimelineEvent, TimelineInput, TimelinePalette, TimelineState, timeline_ui},
    model::event::EventFamily,
    scene::{Style, Theme},
    time::{Clock, Day, Direction, Ending, Speed, Step, TimeMode},
};
use egui::{FontFamily, Key, Modifiers, Pos2, pos2};
use egui_kittest::{Harness, kittest::Queryable};

/// The dock with everything that it reads, and all that it asked for.
struct Dock {
    events: Vec<TimelineEvent>,
    lanes: Vec<Arc<Lane>>,
    change_days: Vec<Day>,
    palette: TimelinePalette,
    state: TimelineState,
    clock: Clock,
    snap: bool,
    asked: Vec<TimelineAction>,
    key: u64,
    slowest_ms: f64,
}

impl Dock {
    fn new(events: Vec<TimelineEvent>) -> Self {
        let mut clock = Clock::new(day("1900-01-01"), day("1999-12-31"));
        clock.go_to(day("1950-01-01"));
        Self {
            events,
            lanes: Vec::new(),
            change_days: vec![day("1918-11-11"), day("1945-05-08")],
            palette: TimelinePalette::from_style(&Style::new(Theme::Light), FontFamily::Proportional),
            state: TimelineState::default(),
            clock,
            snap: true,
            asked: Vec::new(),
            key: 1,
            slowest_ms: 0.0,
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        let input = TimelineInput {
            key: self.key,
            events: &self.events,
            selected: None,
            lanes: &self.lanes,
            change_days: &self.change_days,
            palette: &self.palette,
            snap: self.snap,
            reduced_motion: true,
            editable: None,
        };
        let mut asked = Vec::new();
        let started = std::time::Instant::now();
        timeline_ui(ui, &input, &mut self.state, &self.clock, &mut asked);
        self.slowest_ms = self.slowest_ms.max(started.elapsed().as_secs_f64() * 1000.0);
        for action in &asked {
            if let TimelineAction::GoTo(day) = action {
                self.clock.go_to(*day);
            }
        }
        self.asked.append(&mut asked);
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn event(from: &str, title: &str, importance: u8, index: usize) -> TimelineEvent {
    let from = day(from);
    let (past_end, date) = (from.plus_days(1), from.label());
    TimelineEvent { from, sure_from: from, past_end, title: title.to_owned(), date, family: EventFamily::Agreement, importance, index }
}

fn five() -> Vec<TimelineEvent> {
    let dates = ["1907-08-31", "1914-06-28", "1939-09-01", "1962-10-20", "1991-12-26"];
    dates.iter().enumerate().map(|(index, date)| event(date, &format!("Event {index}"), 1 + (index % 3) as u8, 10 + index)).collect()
}

fn harness_of(dock: Dock, size: [f32; 2]) -> Harness<'static, Dock> {
    let mut harness = Harness::builder()
        .with_size(egui::Vec2::from(size))
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(install_fonts)
        .build_ui_state(|ui, dock: &mut Dock| dock.draw(ui), dock);
    harness.run();
    harness
}

fn harness(dock: Dock) -> Harness<'static, Dock> {
    harness_of(dock, [1024.0, 200.0])
}

/// Where a day stands on the track.
fn place_of(harness: &Harness<'static, Dock>, date: &str) -> Pos2 {
    let x = harness.state().state.x_of_day(day(date)).expect("a frame was drawn");
    pos2(x, harness.get_by_label("Timeline").rect().top() + 20.0)
}

fn click(harness: &mut Harness<'static, Dock>, at: Pos2) {
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.run();
    harness.drop_at(at);
    harness.run();
}

fn wheel(harness: &mut Harness<'static, Dock>, at: Pos2, delta: egui::Vec2) {
    harness.hover_at(at);
    harness.run();
    let event = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    harness.event(event);
    harness.run_steps(30);
}

fn asked(harness: &mut Harness<'static, Dock>) -> Vec<TimelineAction> {
    std::mem::take(&mut harness.state_mut().asked)
}

#[test]
fn every_button_asks_for_what_its_name_says() {
    let mut harness = harness(Dock::new(five()));
    for (name, action) in [
        ("Play", TimelineAction::TogglePlay),
        ("Play backward", TimelineAction::PlayBackward),
        ("First day", TimelineAction::First),
        ("Last day", TimelineAction::Last),
        ("Previous event", TimelineAction::PreviousEvent),
        ("Next event", TimelineAction::NextEvent),
        ("Slower", TimelineAction::Slower),
        ("Faster", TimelineAction::Faster),
        ("Adaptive speed", TimelineAction::SetAdaptive(true)),
        ("Snap to events", TimelineAction::SetSnap(false)),
        ("At the end: stop", TimelineAction::SetEnding(Ending::Loop)),
    ] {
        harness.get_by_label(name).click();
        harness.run();
        assert_eq!(asked(&mut harness), [action], "{name}");
    }
}

#[test]
fn menus_set_speed_step_mode_and_marks() {
    let mut harness = harness(Dock::new(five()));
    for (menu, choice, action) in [
        ("Speed, 1 year a second", "1 month a second", TimelineAction::SetSpeed(Speed::presets().nth(4).expect("a preset"))),
        ("Step: year", "Next event", TimelineAction::SetStep(Step::NextEvent)),
        ("Shows: As of the day", "Since the start", TimelineAction::SetMode(TimeMode::SinceStart)),
        ("Marks", "Begin here", TimelineAction::SetMarks { in_mark: Some(day("1950-01-01")), out_mark: None }),
    ] {
        harness.get_by_label(menu).click();
        harness.run();
        // "Next event" is a button of the transport too: the menu's comes last.
        harness.get_all_by_label(choice).last().expect(choice).click();
        harness.run();
        assert_eq!(asked(&mut harness), [action], "{menu}");
    }
}

#[test]
fn a_playing_clock_offers_to_pause() {
    let mut dock = Dock::new(five());
    dock.clock.play(Direction::Forward);
    let harness = harness(dock);
    assert!(harness.query_by_label("Pause").is_some() && harness.query_by_label("Play").is_none());
}

#[test]
fn clicking_a_tick_selects_its_event_and_goes_to_its_day() {
    let mut harness = harness(Dock::new(five()));
    // A little beside it: what is near is meant.
    let at = place_of(&harness, "1962-10-20") + egui::vec2(3.0, 0.0);
    click(&mut harness, at);
    assert_eq!(asked(&mut harness), [TimelineAction::SelectEvent(13), TimelineAction::GoTo(day("1962-10-20"))]);
}

#[test]
fn clicking_elsewhere_goes_to_that_day() {
    let mut harness = harness(Dock::new(five()));
    let at = place_of(&harness, "1975-07-01");
    click(&mut harness, at);
    let asked = asked(&mut harness);
    let [TimelineAction::GoTo(went)] = asked[..] else { panic!("{asked:?}") };
    assert!((went.get() - day("1975-07-01").get()).abs() < 60, "{went}");
}

#[test]
fn dragging_on_the_track_scrubs_and_catches_on_events() {
    let mut harness = harness(Dock::new(five()));
    let (from, near) = (place_of(&harness, "1950-01-01"), place_of(&harness, "1939-09-01") + egui::vec2(4.0, 0.0));
    harness.drag_at(from);
    harness.run();
    harness.hover_at(near);
    harness.run();
    assert_eq!(harness.state().clock.current_day(), day("1939-09-01"), "the magnet holds");
    let free = near + egui::vec2(30.0, 0.0);
    harness.hover_at(free);
    harness.run();
    let scrubbed = harness.state().clock.current_day();
    assert!(scrubbed > day("1940-01-01") && scrubbed < day("1950-01-01"), "{scrubbed}");
    harness.drop_at(free);
    harness.run();
}

#[test]
fn without_the_magnet_nothing_catches() {
    let mut dock = Dock::new(five());
    dock.snap = false;
    let mut harness = harness(dock);
    let (from, near) = (place_of(&harness, "1950-01-01"), place_of(&harness, "1939-09-01") + egui::vec2(4.0, 0.0));
    harness.drag_at(from);
    harness.run();
    harness.hover_at(near);
    harness.run();
    assert_ne!(harness.state().clock.current_day(), day("1939-09-01"));
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_a_double_click_shows_all_again() {
    let mut harness = harness(Dock::new(five()));
    let (first, last) = harness.state().state.days_shown().expect("drawn");
    let at = place_of(&harness, "1962-10-20");
    wheel(&mut harness, at, egui::vec2(0.0, 120.0));
    let (nearer_first, nearer_last) = harness.state().state.days_shown().expect("drawn");
    assert!(nearer_first > first && nearer_last < last, "{nearer_first} {nearer_last}");
    assert!((place_of(&harness, "1962-10-20").x - at.x).abs() < 1.0, "the day under the pointer stays");
    for _ in 0..2 {
        harness.drag_at(at);
        harness.drop_at(at);
    }
    harness.run();
    assert_eq!(harness.state().state.days_shown(), Some((first, last)));
}

#[test]
fn dragging_the_axis_pans() {
    let mut harness = harness(Dock::new(five()));
    let at = place_of(&harness, "1962-10-20");
    wheel(&mut harness, at, egui::vec2(0.0, 200.0));
    let (first, last) = harness.state().state.days_shown().expect("drawn");
    let track = harness.get_by_label("Timeline").rect();
    let from = pos2(track.center().x + 120.0, track.bottom() - 6.0);
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from - egui::vec2(60.0, 0.0));
    harness.run();
    let (panned_first, panned_last) = harness.state().state.days_shown().expect("drawn");
    assert!(panned_first > first && panned_last > last);
    assert_eq!(panned_last.get() - panned_first.get(), last.get() - first.get());
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn a_typed_date_is_gone_to_and_an_error_says_what_to_write() {
    let mut harness = harness(Dock::new(five()));
    harness.get_by_label("Date").click();
    harness.run();
    assert_eq!(asked(&mut harness), [TimelineAction::OpenTypedDate]);
    harness.get_by_label("Date to go to").type_text("28/06/1914");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label_contains("write 1914-06-28, 28.06.1914 or 28 June 1914").is_some());
    assert!(harness.state().state.is_typing() && asked(&mut harness).is_empty());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_label("Date to go to").type_text("June 1914");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(asked(&mut harness), [TimelineAction::GoToTyped(day("1914-06-01"))]);
    assert!(!harness.state().state.is_typing());
}

#[test]
fn folding_keeps_the_height_for_unfolding() {
    let mut harness = harness_of(Dock::new(five()), [1024.0, 230.0]);
    harness.get_by_label("Fold the timeline").click();
    harness.run();
    assert_eq!(harness.state().state.height_range(), 44.0..=44.0);
    harness.get_by_label("Unfold the timeline").click();
    harness.step();
    let height = *harness.state().state.height_range().start();
    assert!(height > 200.0, "{height}");
    harness.run();
    assert_eq!(harness.state().state.height_range(), 112.0..=520.0);
}

#[test]
fn escape_leaves_the_typed_date() {
    let mut harness = harness(Dock::new(five()));
    harness.state_mut().state.open_typed_date();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.state().state.is_typing() && asked(&mut harness).is_empty());
}

#[test]
fn the_focused_timeline_takes_arrow_keys_and_asks_once() {
    let mut harness = harness(Dock::new(five()));
    harness.get_by_label("Timeline").focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run();
    assert_eq!(
        asked(&mut harness),
        [TimelineAction::Step { forward: true, big: false }, TimelineAction::Step { forward: false, big: true }]
    );
    assert!(harness.get_by_label("Timeline").is_focused());
    harness.get_by_label("Timeline").increment_accesskit();
    harness.run();
    assert_eq!(asked(&mut harness), [TimelineAction::Step { forward: true, big: false }]);
}

#[test]
fn marks_and_the_window_are_dragged_by_their_handles() {
    let mut dock = Dock::new(five());
    (dock.clock.in_mark, dock.clock.mode) = (Some(day("1920-01-01")), TimeMode::Window { days: 3653 });
    let mut harness = harness(dock);
    let axis_y = harness.get_by_label("Timeline").rect().bottom() - 8.0;
    let drag = |harness: &mut Harness<'static, Dock>, from: Pos2, to: Pos2| {
        harness.drag_at(from);
        harness.run();
        harness.hover_at(to);
        harness.run();
        harness.drop_at(to);
        harness.run();
        asked(harness).pop()
    };
    let (mark, to) = (place_of(&harness, "1920-01-01"), place_of(&harness, "1914-06-28"));
    let moved = drag(&mut harness, pos2(mark.x, axis_y), pos2(to.x + 2.0, axis_y));
    assert_eq!(moved, Some(TimelineAction::SetMarks { in_mark: Some(day("1914-06-28")), out_mark: None }));
    let (start, to) = (place_of(&harness, "1940-01-01"), place_of(&harness, "1930-01-01"));
    let Some(TimelineAction::SetMode(TimeMode::Window { days })) = drag(&mut harness, start, to) else { panic!("no window") };
    assert!((7_200..7_400).contains(&days), "{days}");
}

#[test]
fn no_events_say_what_to_do_and_break_nothing() {
    for size in [[1024.0, 200.0], [1920.0, 420.0], [1024.0, 44.0], [320.0, 112.0], [60.0, 30.0]] {
        let mut harness = harness_of(Dock::new(Vec::new()), size);
        assert!(harness.query_by_label("Timeline").is_some() || size[0] < 400.0, "{size:?}");
        wheel(&mut harness, pos2(size[0] - 20.0, 20.0), egui::vec2(0.0, 90.0));
    }
}

#[test]
fn an_idle_dock_counts_nothing_and_asks_for_no_frames() {
    let mut dock = Dock::new(five());
    dock.lanes = vec![Arc::new(lane())];
    let mut harness = harness(dock);
    let fills = harness.state().state.cache_fills();
    for _ in 0..5 {
        harness.step();
    }
    assert_eq!(harness.state().state.cache_fills(), fills);
    let delay = harness.output().viewport_output.values().map(|output| output.repaint_delay).min();
    assert!(delay.is_some_and(|delay| delay.as_secs() > 1), "{delay:?}");
    // Playing moves the playhead, not the track.
    harness.state_mut().clock.go_to(day("1951-01-01"));
    harness.run();
    assert_eq!(harness.state().state.cache_fills(), fills);
    harness.state_mut().key += 1;
    harness.run();
    assert!(harness.state().state.cache_fills() > fills);
}

fn lane() -> Lane {
    let (from, past_end) = (day("1914-08-01"), Day::MAX);
    let band = Band {
        from,
        sure_from: from.plus_days(365),
        sure_until: past_end,
        past_end,
        row: BandRow::Bar(0),
        label: "Ruritania".to_owned(),
        tip: "Ruritania: sovereign\nsince 1914".to_owned(),
        color: egui::Color32::DARK_GREEN,
        hatched: false,
        height: 1.0,
        owner: None,
    };
    let claim = Band { row: BandRow::Thread(0), hatched: true, past_end: day("1990-01-01"), ..band.clone() };
    Lane { label: "Land".to_owned(), hint: String::new(), bands: vec![band, claim], bars: 1, threads: 1 }
}

#[test]
fn lanes_have_names_and_bands_say_what_they_are() {
    let mut dock = Dock::new(five());
    dock.lanes = (0..30).map(|place| Lane { label: format!("Land {place}"), ..lane() }).map(Arc::new).collect();
    let mut harness = harness(dock);
    let label = harness.get_by_label("Land 0").rect();
    let over = pos2(place_of(&harness, "1950-06-01").x, label.top() + 6.0);
    harness.hover_at(over);
    harness.run_steps(4);
    assert!(harness.query_by_label_contains("Ruritania: sovereign").is_some());
    wheel(&mut harness, label.center(), egui::vec2(0.0, -60.0));
    assert!(harness.query_by_label("Land 0").is_none() && harness.query_by_label("Land 3").is_some(), "the wheel over the names scrolls");
}

#[test]
fn the_tip_of_a_tick_says_title_and_date() {
    let mut harness = harness(Dock::new(five()));
    let at = place_of(&harness, "1939-09-01");
    harness.hover_at(at);
    harness.run_steps(4);
    assert!(harness.query_by_label("Event 2").is_some() && harness.query_by_label("1 September 1939").is_some());
}

#[test]
fn four_hundred_thousand_events_are_drawn_from_memory() {
    let events = (0..400_000_i64).map(|place| {
        let from = day("1900-01-01").plus_days((place * 7_919) % 36_500);
        TimelineEvent {
            from,
            sure_from: from,
            past_end: from.plus_days(1 + place % 9),
            ..event("1900-01-01", "", 1 + (place % 3) as u8, place as usize)
        }
    });
    let mut harness = harness(Dock::new(events.collect()));
    let fills = harness.state().state.cache_fills();
    harness.state_mut().slowest_ms = 0.0;
    harness.state_mut().clock.go_to(day("1960-01-01"));
    harness.run();
    assert_eq!(harness.state().state.cache_fills(), fills);
    // Far above what it takes, far below what counting anew would: a debug build on a busy machine.
    assert!(harness.state().slowest_ms < 60.0, "{} ms", harness.state().slowest_ms);
}
