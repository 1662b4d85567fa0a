//! Laws of the time layer, tried on many random days, dates, spans, clocks and axes.

use border_atlas::time::ticks::ticks;
use border_atlas::time::{Clock, Date, Day, Direction, End, Ending, Span, Speed, Step, TimeMode, histogram, snap};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;

/// Within 10 million years.
fn far_day() -> impl Strategy<Value = Day> {
    (-3_652_425_000_i64..=3_652_425_000).prop_map(Day::new)
}

/// Within a few centuries, where things meet.
fn near_day() -> impl Strategy<Value = Day> {
    (-60_000_i64..=60_000).prop_map(Day::new)
}

/// Text of every form that is read, most of it valid.
fn date_text() -> impl Strategy<Value = String> {
    let year = prop_oneof!["[0-2][0-9]{3}", "-[0-9]{4}", "Y-?[1-9][0-9]{4,8}"];
    let edtf = (year, select(vec!["", "-06", "-1X", "-XX", "-02-28", "-12-31", "-06-XX", "-XX-XX", "-21", "-22", "-23", "-24"]))
        .prop_map(|(year, rest)| format!("{year}{rest}"));
    let mask = prop_oneof!["-?[0-9]{3}X", "-?[0-9]{2}XX"];
    let words = prop_oneof![
        "(0?[1-9]|1[0-9]|2[0-8]) (January|feb|Sept|DECEMBER) [1-9][0-9]{2,4}( BC| BCE| CE)?",
        "(March|Oct) (0?[1-9]|1[0-9]|2[0-8]), [1-9][0-9]{3}",
        "(spring|summer|fall|Winter) [1-9][0-9]{2,3}( BCE)?",
        "(0[1-9]|1[0-9]|2[0-8])\\.(0[1-9]|1[0-2])\\.[1-9][0-9]{3}",
        "[1-9][0-9]{0,4} (BC|BCE|CE|AD)",
        "[1-9][0-9]?[1-9]0s( BCE| CE)?",
        "[1-9][0-9]?th century( BC)?",
        "[12][0-9]{3}[-/](0[1-9]|1[0-2])[-/](0[1-9]|1[0-9]|2[0-8])T[0-2][0-9]:[0-5][0-9]:00Z",
    ];
    let value = prop_oneof![4 => edtf, 1 => mask, 3 => words];
    let part = (select(vec!["", "", "", "c. ", "ca. ", "probably "]), value, select(vec!["", "", "", "~", "?", "%", " (uncertain)"]))
        .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
    let around = (part.clone(), part.clone(), 0..9).prop_map(|(a, b, form)| match form {
        0 => format!("{a}/{b}"),
        1 => format!("../{b}"),
        2 => format!("{a}/.."),
        3 => format!("/{b}"),
        4 => format!("{a}/"),
        5 => format!("before {a}"),
        6 => format!("after {a}"),
        7 => format!("{a} – {b}"),
        _ => format!("{a} or later"),
    });
    prop_oneof![3 => part, 2 => around]
}

fn date() -> impl Strategy<Value = Date> {
    date_text().prop_filter_map("not every text is a date", |text| Date::parse(&text).ok())
}

/// A date of some precision near our time.
fn near_date() -> impl Strategy<Value = Date> {
    (near_day(), 0..4).prop_map(|(day, form)| {
        let (year, month, _) = day.ymd();
        let text = match form {
            0 => day.to_string(),
            1 => format!("{year:04}-{month:02}"),
            2 => format!("{year:04}"),
            _ => format!("{:03}X", year / 10),
        };
        Date::parse(&text).expect("a date")
    })
}

fn span() -> impl Strategy<Value = Span> {
    let end = prop_oneof![
        1 => Just(End::InForce),
        1 => Just(End::Unknown),
        1 => near_date().prop_map(End::LastObserved),
        4 => near_date().prop_map(End::On),
    ];
    (prop::option::weighted(0.8, near_date()), end).prop_filter_map("an end before its start", |(start, end)| Span::new(start, end).ok())
}

fn events() -> impl Strategy<Value = Vec<Day>> {
    vec(near_day(), 0..60).prop_map(|mut days| {
        days.sort();
        days
    })
}

fn direction() -> impl Strategy<Value = Direction> {
    select(vec![Direction::Forward, Direction::Backward])
}

/// A clock in any state, sensible or not.
fn clock() -> impl Strategy<Value = Clock> {
    let day = prop_oneof![8 => -100_000.0..100_000.0_f64, 1 => any::<f64>()];
    let marks = (prop::option::of(near_day()), prop::option::of(near_day()));
    let playing = prop::option::weighted(0.9, direction());
    let ending = select(vec![Ending::Once, Ending::Loop, Ending::Bounce]);
    let stepping = select(vec![Step::Day, Step::Week, Step::Month, Step::Year, Step::Decade, Step::Century, Step::NextEvent]);
    let mode = prop_oneof![Just(TimeMode::AsOf), any::<i64>().prop_map(|days| TimeMode::Window { days }), Just(TimeMode::SinceStart)];
    let rest = (playing, any::<f64>(), ending, stepping, any::<bool>(), mode);
    (day, (near_day(), near_day()), marks, rest).prop_map(|(day, range, (in_mark, out_mark), rest)| {
        let mut clock = Clock::new(range.0, range.1);
        (clock.day, clock.in_mark, clock.out_mark) = (day, in_mark, out_mark);
        let (playing, days_per_sec, ending, stepping, adaptive, mode) = rest;
        (clock.playing, clock.speed, clock.ending) = (playing, Speed::new(days_per_sec), ending);
        (clock.stepping, clock.adaptive, clock.mode) = (stepping, adaptive, mode);
        clock
    })
}

fn is_within_limits(clock: &Clock) -> TestCaseResult {
    let (first, last) = clock.limits();
    prop_assert!((first..=last).contains(&clock.current_day()), "{clock:?}");
    prop_assert!(first.get() as f64 <= clock.day && clock.day <= last.get() as f64, "{clock:?}");
    Ok(())
}

proptest! {
    // A law that fails names the input; whoever mends it makes a unit test of that, so no file of failures is kept.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_survives_its_civil_date(day in far_day()) {
        let (year, month, number) = day.ymd();
        prop_assert_eq!(Day::from_ymd(year, month, number), Some(day));
        prop_assert_eq!(day.to_string().parse::<Day>().expect("ISO text"), day);
    }

    #[test]
    fn days_sort_as_their_civil_dates(a in far_day(), b in far_day(), near in -40_i64..40) {
        prop_assert_eq!(a.cmp(&b), a.ymd().cmp(&b.ymd()));
        let neighbour = a.plus_days(near);
        prop_assert_eq!(a.cmp(&neighbour), a.ymd().cmp(&neighbour.ymd()));
    }

    #[test]
    fn months_and_years_come_back_but_for_the_end_of_a_month(day in far_day(), count in -10_000_i64..10_000) {
        let (_, _, number) = day.ymd();
        for (there, back) in [
            (day.plus_months(count), day.plus_months(count).plus_months(-count)),
            (day.plus_years(count), day.plus_years(count).plus_years(-count)),
        ] {
            prop_assert!(back == day || (number > 28 && there.plus_days(1).ymd().2 == 1));
        }
        prop_assert_eq!(day.plus_months(12 * count), day.plus_years(count));
    }

    #[test]
    fn no_text_makes_parsing_panic(text in any::<String>(), odd in "[0-9XY/~?%.,:TZ \\-–cabdesinrt]{0,40}") {
        for text in [&text, &odd] {
            match Date::parse(text) {
                Ok(date) => prop_assert_eq!(&date.text, text),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
            let _ = (text.parse::<Day>(), Span::parse(text, &odd), Span::parse(&odd, text));
        }
    }

    #[test]
    fn a_date_keeps_its_words_and_its_bounds_in_order(text in date_text()) {
        let Ok(date) = Date::parse(&text) else { return Ok(()) };
        prop_assert_eq!(&date.text, &text);
        prop_assert!(date.earliest <= date.latest);
        prop_assert!(!date.label().is_empty());
        prop_assert_eq!(Date::parse(&format!("  {text} ")).expect("blanks around").label(), date.label());
    }

    #[test]
    fn edtf_says_the_same(date in date()) {
        let edtf = Date::parse(&date.edtf()).expect("EDTF");
        prop_assert_eq!(&edtf, &date, "{} as {}", date, edtf);
        prop_assert_eq!((edtf.approximate, edtf.uncertain), (date.approximate, date.uncertain));
        prop_assert_eq!(edtf.edtf(), date.edtf());
    }

    #[test]
    fn iso_text_is_its_own_edtf(day in far_day()) {
        let text = day.to_string();
        prop_assert_eq!(Date::parse(&text).expect("ISO").edtf(), text);
    }

    #[test]
    fn what_people_read_can_be_typed(date in date()) {
        let typed = Date::parse(&date.label()).expect("a label");
        prop_assert_eq!(&typed, &date, "{} as {}", date, date.label());
        prop_assert_eq!((typed.approximate, typed.uncertain), (date.approximate, date.uncertain));
    }

    #[test]
    fn a_span_is_present_exactly_where_it_contains(span in span(), days in vec(near_day(), 20)) {
        let (first, past_end) = (span.first_day(), span.past_end());
        for day in days.into_iter().chain([first, first.plus_days(-1), past_end, past_end.plus_days(-1)]) {
            let presence = span.presence(day);
            prop_assert!((0.0..=1.0).contains(&presence));
            prop_assert_eq!(presence > 0.0, span.contains(day), "{:?} on {}", span, day);
            prop_assert_eq!(span.contains(day), first <= day && day < past_end);
        }
        prop_assert!(!span.label().is_empty());
    }

    #[test]
    fn presence_is_full_where_nothing_is_uncertain(start in near_date(), end in near_date(), day in near_day()) {
        let Ok(span) = Span::new(Some(start.clone()), End::On(end.clone())) else { return Ok(()) };
        if start.latest <= day && day <= end.earliest {
            prop_assert_eq!(span.presence(day), 1.0);
        }
    }

    #[test]
    fn presence_rises_then_falls(span in span()) {
        let days = (0..400).map(|i| Day::new(-80_000 + 400 * i));
        let presences: Vec<f32> = days.map(|day| span.presence(day)).collect();
        let peak = presences.iter().copied().fold(0.0, f32::max);
        let top = presences.iter().position(|presence| *presence == peak).unwrap_or(0);
        prop_assert!(presences[..top].is_sorted() && presences[top..].is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn spans_overlap_alike_from_both_sides(a in span(), b in span(), day in near_day()) {
        prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        prop_assert!(!(a.contains(day) && b.contains(day)) || a.overlaps(&b));
        let meet = a.first_day().max(b.first_day());
        prop_assert_eq!(a.overlaps(&b), a.contains(meet) && b.contains(meet));
    }

    #[test]
    fn a_span_is_written_as_it_is_read(start in near_date(), end in near_date()) {
        for end in [End::InForce, End::Unknown, End::LastObserved(end.clone()), End::On(end)] {
            let read = End::parse(&end.text()).expect("an end");
            prop_assert_eq!(&read, &end);
            prop_assert_eq!(Span::parse(&start.text, &end.text()).ok(), Span::new(Some(start.clone()), end).ok());
        }
    }

    #[test]
    fn no_clock_leaves_its_marks(mut clock in clock(), events in events(), deeds in vec((0..5, any::<f64>(), near_day()), 1..40)) {
        for (deed, dt_secs, day) in deeds {
            let before = clock.day;
            let moved = match deed {
                0 => clock.tick(dt_secs, &events),
                1 => clock.tick(1.0 / 60.0, &events),
                2 => clock.step(Direction::Forward, dt_secs > 0.0, &events),
                3 => clock.step(Direction::Backward, dt_secs > 0.0, &events),
                _ => clock.go_to(day),
            };
            prop_assert_eq!(moved, clock.day != before);
            let (shown_first, shown_last) = clock.shown_days();
            prop_assert!(shown_first <= shown_last && shown_last == clock.current_day());
            if moved {
                is_within_limits(&clock)?;
            }
        }
    }

    #[test]
    fn wrong_ticks_are_harmless(mut clock in clock(), events in events(), negative in -1e300..0.0_f64) {
        let before = format!("{clock:?}");
        for dt_secs in [f64::NAN, f64::NEG_INFINITY, negative, 0.0, -0.0] {
            prop_assert!(!clock.tick(dt_secs, &events));
        }
        prop_assert_eq!(format!("{clock:?}"), before);
    }

    #[test]
    fn playing_once_ends_at_the_end(mut clock in clock(), way in direction(), events in events()) {
        (clock.ending, clock.speed) = (Ending::Once, Speed::new(clock.speed.days_per_sec().max(365.0)));
        let (first, last) = clock.limits();
        clock.play(way);
        let ticks = (0..1_000_000).take_while(|_| clock.playing.is_some() && { clock.tick(0.25, &events); true }).count();
        prop_assert!(clock.playing.is_none(), "{} ticks", ticks);
        prop_assert_eq!(clock.current_day(), if way == Direction::Forward { last } else { first });
    }

    #[test]
    fn looping_and_bouncing_come_to_both_ends(mut clock in clock(), way in direction(), bounce in any::<bool>(), events in events()) {
        (clock.ending, clock.speed) = (if bounce { Ending::Bounce } else { Ending::Loop }, Speed::FASTEST);
        let (first, last) = clock.limits();
        clock.play(way);
        let (mut firsts, mut lasts) = (0, 0);
        for _ in 0..4_000 {
            let moved = clock.tick(0.25, &events);
            firsts += u32::from(moved && clock.day == first.get() as f64);
            lasts += u32::from(moved && clock.day == last.get() as f64);
            prop_assert!(bounce || clock.playing == Some(way));
        }
        prop_assert!(clock.playing.is_some());
        prop_assert!(first == last || (firsts >= 2 && lasts >= 2), "{} and {}", firsts, lasts);
    }

    #[test]
    fn adaptive_playing_stops_at_every_event(mut clock in clock(), way in direction(), events in events(), dt_secs in 0.001..0.3_f64) {
        (clock.adaptive, clock.ending, clock.mode) = (true, Ending::Once, TimeMode::AsOf);
        clock.speed = Speed::new(clock.speed.days_per_sec().max(30.0));
        let (first, last) = clock.limits();
        clock.go_to(if way == Direction::Forward { first } else { last });
        clock.play(way);
        let mut seen = vec![clock.current_day()];
        for _ in 0..3_000_000 {
            if clock.playing.is_none() {
                break;
            }
            clock.tick(dt_secs, &events);
            if seen.last() != Some(&clock.current_day()) {
                seen.push(clock.current_day());
            }
        }
        prop_assert!(clock.playing.is_none(), "{:?}", clock);
        let in_order = if way == Direction::Forward { seen.is_sorted() } else { seen.is_sorted_by(|a, b| a >= b) };
        prop_assert!(in_order);
        for event in events.iter().filter(|event| (first..=last).contains(*event)) {
            prop_assert!(seen.contains(event), "{} of {:?}", event, clock);
        }
    }

    #[test]
    fn a_step_back_undoes_a_step(mut clock in clock(), big in any::<bool>(), events in events()) {
        clock.go_to(clock.current_day());
        let (before, (_, last)) = (clock.current_day(), clock.limits());
        let is_defined = before.ymd().2 <= 28 && (clock.stepping != Step::NextEvent || (!big && events.binary_search(&before).is_ok()));
        clock.step(Direction::Forward, big, &events);
        let reached = clock.current_day();
        let went_whole = reached < last && reached > before;
        prop_assert!(reached >= before);
        clock.step(Direction::Backward, big, &events);
        prop_assert!(clock.current_day() <= reached);
        if is_defined && went_whole {
            prop_assert_eq!(clock.current_day(), before);
        }
    }

    #[test]
    fn ticks_stand_in_order_and_apart(from in far_day(), length_days in 0_i64..1_000_000_000, shrink in 0_u32..30, width in 1.0_f32..5_000.0, min_spacing in 1.0_f32..300.0) {
        let to = from.plus_days(length_days >> shrink);
        let ticks = ticks(from, to, width, min_spacing);
        let points_per_day = f64::from(width) / (to.get() - from.get()).max(1) as f64;
        for tick in &ticks {
            prop_assert!((from..=to).contains(&tick.day));
            prop_assert!(!tick.label.is_empty());
        }
        for pair in ticks.windows(2) {
            prop_assert!(pair[0].day < pair[1].day);
            let points = (pair[1].day.get() - pair[0].day.get()) as f64 * points_per_day;
            prop_assert!(points >= f64::from(min_spacing) * 0.9999, "{} points from {} to {}", points, pair[0].label, pair[1].label);
        }
        // Not too few either: the next finer round spacing is at most three times finer, or a day.
        let room = f64::from(width) / f64::from(min_spacing);
        prop_assert!(ticks.len() as f64 >= (room / 4.0).floor().min(1000.0 / 4.0) || points_per_day > f64::from(min_spacing), "{} of {}", ticks.len(), room);
    }

    #[test]
    fn snapping_stays_within_reach(day in near_day(), events in events(), tolerance_days in 0_i64..5_000) {
        let snapped = snap(day, &events, tolerance_days);
        let distance = |event: &Day| (event.get() - day.get()).abs();
        let nearest = events.iter().map(distance).min();
        match nearest.filter(|days| *days <= tolerance_days) {
            Some(days) => prop_assert!(events.contains(&snapped) && distance(&snapped) == days),
            None => prop_assert_eq!(snapped, day),
        }
    }

    #[test]
    fn every_day_counts_in_one_bin(events in events(), a in near_day(), b in near_day(), bins in 1_usize..200) {
        let (from, to) = (a.min(b), a.max(b));
        let counts = histogram(&events, from, to, bins);
        prop_assert_eq!(counts.len(), bins);
        let inside = events.iter().filter(|event| (from..to).contains(*event)).count();
        prop_assert_eq!(counts.iter().sum::<u32>() as usize, inside);
    }

    #[test]
    fn spans_count_where_their_days_do(spans in vec(span(), 0..10), from in near_day(), days_per_bin in 1_i64..3_000, bins in 1_usize..40) {
        let to = from.plus_days(days_per_bin * bins as i64);
        let counts = histogram(&spans, from, to, bins);
        for (bin, count) in (0_i64..).zip(counts) {
            let (start, end) = (from.plus_days(bin * days_per_bin), from.plus_days((bin + 1) * days_per_bin));
            let expected = spans.iter().filter(|span| span.first_day() < end && span.past_end() > start && span.first_day() < span.past_end());
            prop_assert_eq!(count as usize, expected.count(), "bin {}", bin);
        }
    }
}
