use super::*;

const FRAME_SECS: f64 = 1.0 / 60.0;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn clock() -> Clock {
    Clock::new(day("1900-01-01"), day("1999-12-31"))
}

#[test]
fn it_plays_at_its_speed_and_stops_at_the_end() {
    let mut clock = clock();
    clock.speed = Speed::new(10.0);
    clock.toggle_play();
    for _ in 0..60 {
        assert!(clock.tick(FRAME_SECS, &[]));
    }
    assert!((clock.day - number(day("1900-01-11"))).abs() < 1e-6);
    clock.go_to(day("1999-12-31"));
    assert!(!clock.tick(FRAME_SECS, &[]));
    assert_eq!((clock.playing, clock.current_day()), (None, day("1999-12-31")));
    clock.toggle_play();
    assert_eq!((clock.playing, clock.current_day()), (Some(Direction::Forward), day("1900-01-01")), "from the start again");
    clock.toggle_play();
    assert_eq!(clock.playing, None);
}

#[test]
fn room_is_made_at_either_end_and_never_taken() {
    let mut clock = clock();
    let (first, last) = clock.range;
    clock.make_room_for(first.plus_days(3));
    assert_eq!(clock.range, (first, last));
    clock.make_room_for(first.plus_years(-40));
    clock.make_room_for(last.plus_days(9));
    assert_eq!(clock.range, (first.plus_years(-40), last.plus_days(9)));
    assert!(clock.go_to(first.plus_years(-40)));
}

#[test]
fn wrong_ticks_do_nothing() {
    let mut clock = clock();
    clock.playing = Some(Direction::Forward);
    let before = clock.clone();
    for dt_secs in [f64::NAN, 0.0, -1.0, f64::NEG_INFINITY] {
        assert!(!clock.tick(dt_secs, &[]));
        assert_eq!(clock, before);
    }
    clock.tick(f64::INFINITY, &[]);
    assert!(clock.day - before.day <= Speed::default().days_per_sec() * LONGEST_TICK_SECS);
}

#[test]
fn looping_rests_and_begins_again() {
    let mut clock = clock();
    (clock.ending, clock.playing) = (Ending::Loop, Some(Direction::Forward));
    clock.go_to(day("1999-12-31"));
    let rest = std::iter::from_fn(|| (!clock.tick(0.1, &[])).then_some(())).count();
    assert_eq!((rest, clock.current_day()), (7, day("1900-01-01")));
    assert_eq!(clock.playing, Some(Direction::Forward));
}

#[test]
fn bouncing_turns_round() {
    let mut clock = clock();
    (clock.ending, clock.speed) = (Ending::Bounce, Speed::FASTEST);
    clock.play(Direction::Backward);
    let mut turns = 0;
    for _ in 0..600 {
        let before = clock.playing;
        clock.tick(FRAME_SECS, &[]);
        turns += i32::from(clock.playing != before);
    }
    assert_eq!(turns, 5, "ten seconds of one second there or back and 0.75 of rest");
}

#[test]
fn marks_hold_playing_and_stepping() {
    let mut clock = clock();
    (clock.in_mark, clock.out_mark) = (Some(day("1914-07-28")), Some(day("1918-11-11")));
    assert_eq!(clock.current_day(), day("1914-07-28"), "even before it moves");
    assert!(clock.go_to(day("1950-01-01")));
    assert_eq!(clock.current_day(), day("1918-11-11"));
    assert!(!clock.step(Direction::Forward, false, &[]));
    (clock.in_mark, clock.out_mark) = (clock.out_mark, clock.in_mark);
    assert_eq!(clock.limits(), (day("1914-07-28"), day("1918-11-11")), "in the wrong order");
    (clock.in_mark, clock.out_mark) = (Some(Day::MIN), Some(Day::MAX));
    assert_eq!(clock.limits(), clock.range);
}

#[test]
fn marks_are_set_here_and_never_in_the_wrong_order() {
    let (early, late) = (Some(day("1914-07-28")), Some(day("1918-11-11")));
    let marked = |in_mark, out_mark, at, mark: fn(&mut Clock)| {
        let mut clock = Clock { in_mark, out_mark, ..clock() };
        clock.go_to(at);
        mark(&mut clock);
        (clock.in_mark, clock.out_mark)
    };
    let (first, last, between) = (day("1914-07-28"), day("1918-11-11"), day("1916-02-21"));
    assert_eq!(marked(early, late, between, Clock::mark_in), (Some(between), late));
    assert_eq!(marked(early, late, between, Clock::mark_out), (early, Some(between)));
    assert_eq!(marked(early, late, last, Clock::mark_in), (late, late), "one day is enough");
    assert_eq!(marked(early, late, first, Clock::mark_out), (early, early), "one day is enough");
    assert_eq!(marked(late, early, last, Clock::mark_in), (late, None), "the other lay before");
    assert_eq!(marked(late, early, first, Clock::mark_out), (None, early), "the other lay after");
    assert_eq!(marked(early, late, between, Clock::clear_marks), (None, None));
}

#[test]
fn steps_go_by_the_calendar() {
    for (step, small, big) in [
        (Step::Day, "1950-03-16", "1950-04-15"),
        (Step::Week, "1950-03-22", "1950-06-15"),
        (Step::Month, "1950-04-15", "1951-03-15"),
        (Step::Year, "1951-03-15", "1960-03-15"),
        (Step::Decade, "1960-03-15", "1999-12-31"),
        (Step::Century, "1999-12-31", "1999-12-31"),
    ] {
        for (is_big, expected) in [(false, small), (true, big)] {
            let mut clock = clock();
            clock.go_to(day("1950-03-15"));
            (clock.stepping, clock.playing) = (step, Some(Direction::Backward));
            assert!(clock.step(Direction::Forward, is_big, &[]));
            assert_eq!((clock.current_day(), clock.playing), (day(expected), None), "{step:?}");
        }
    }
}

#[test]
fn events_are_stepped_to_in_both_directions() {
    let events: Vec<Day> = ["1850-01-01", "1914-06-28", "1914-06-28", "1918-11-11", "2020-01-01"].map(day).to_vec();
    let mut clock = clock();
    clock.stepping = Step::NextEvent;
    assert!(clock.step(Direction::Forward, false, &events));
    assert_eq!(clock.current_day(), day("1914-06-28"));
    assert!(clock.next_event(&events));
    assert_eq!(clock.current_day(), day("1918-11-11"));
    assert!(!clock.next_event(&events), "the next one lies outside the range");
    assert!(clock.previous_event(&events));
    assert_eq!(clock.current_day(), day("1914-06-28"));
    assert!(!clock.previous_event(&events));
    assert!(clock.step(Direction::Forward, true, &events), "as many as there are");
    assert_eq!(clock.current_day(), day("1918-11-11"));
}

#[test]
fn modes_show_their_days() {
    let mut clock = clock();
    clock.go_to(day("1950-03-15"));
    let mut shown = |mode| {
        clock.mode = mode;
        clock.shown_days()
    };
    let today = day("1950-03-15");
    assert_eq!(shown(TimeMode::AsOf), (today, today));
    assert_eq!(shown(TimeMode::Window { days: 15 }), (day("1950-03-01"), today));
    assert_eq!(shown(TimeMode::Window { days: i64::MIN }), (today, today));
    assert_eq!(shown(TimeMode::Window { days: i64::MAX }), (Day::MIN, today));
    assert_eq!(shown(TimeMode::SinceStart), (day("1900-01-01"), today));
}

#[test]
fn a_day_that_is_no_number_is_mended() {
    let mut clock = clock();
    clock.day = f64::NAN;
    assert_eq!(clock.current_day(), day("1900-01-01"));
    clock.playing = Some(Direction::Forward);
    assert!(clock.tick(FRAME_SECS, &[]));
    assert!(clock.day.is_finite());
}
