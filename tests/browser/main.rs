//! The page of a lecture in a real browser: drawn at once, walked through by its keys, with no request and no complaint. Where there is no Chromium the tests say that
//! they were skipped, unless `BORDER_ATLAS_DEMAND_BROWSER=1` demands it.
#![cfg(unix)]

mod chromium;

use std::sync::OnceLock;

use border_atlas::{
    export::{HtmlOptions, html},
    io::built_in_atlas,
};
use chromium::Chromium;

/// A short lecture of the kinds that there are: a title, a map with steps, a question, and the last scene of a case.
fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| {
        let (atlas, _) = built_in_atlas().expect("the built-in atlas");
        let mut project = atlas.case("crimea").expect("the case").clone();
        let kept = [0, 7, 6, project.slides.len() - 1].map(|place| project.slides[place].clone());
        project.slides = kept.into();
        html(&atlas, &project, HtmlOptions { notes: true, theme: None })
    })
}

/// The page in a browser; `None` where there is none and none is demanded.
fn opened(calm: bool) -> Option<Chromium> {
    match Chromium::start(calm) {
        Ok(mut browser) => {
            browser.open(page());
            Some(browser)
        }
        Err(error) if std::env::var_os("BORDER_ATLAS_DEMAND_BROWSER").is_some_and(|value| value == "1") => {
            panic!("a browser was demanded, and there is none: {error}")
        }
        Err(error) => {
            eprintln!("SKIPPED: no Chromium here ({error}); set BORDER_ATLAS_DEMAND_BROWSER=1 to demand one");
            None
        }
    }
}

const COUNTER: &str = "document.getElementById('counter').textContent";
const SAID: &str = "document.getElementById('stage').getAttribute('aria-label')";
/// How many colours the canvas has at some thousand places.
const COLORS: &str = "(() => { const map = document.getElementById('map'), seen = new Set(); \
    const { data } = map.getContext('2d').getImageData(0, 0, map.width, map.height); \
    for (let at = 0; at < data.length; at += 404) seen.add(data.slice(at, at + 3).join()); return seen.size; })()";

#[test]
fn a_lecture_is_walked_through_by_keys_without_a_request_or_a_complaint() {
    let Some(mut browser) = opened(true) else { return };
    let mut pictures = Vec::new();
    loop {
        let picture = browser.text(&format!("{COUNTER} + ' ' + {SAID}"));
        if pictures.last() == Some(&picture) {
            break;
        }
        assert!(browser.number("document.querySelectorAll('#over svg *').length") > 3.0, "{picture}: nothing over the map");
        pictures.push(picture);
        browser.key("ArrowRight");
    }
    assert_eq!(pictures.len(), 8, "a title, four steps, a question with its answer, and the end: {pictures:#?}");
    assert!(pictures[0].starts_with("1 / 4") && pictures[7].starts_with("4 / 4"), "{pictures:#?}");
    browser.key("2");
    browser.key("Enter");
    assert_eq!(browser.text(COUNTER), "2 / 4");
    assert!(browser.number(COLORS) > 4.0, "land, water and lines are painted");
    for (key, id) in [("n", "notes"), ("h", "help"), ("o", "overview"), ("b", "curtain")] {
        let hidden = format!("String(document.getElementById('{id}').hidden)");
        assert_eq!(browser.text(&hidden), "true", "{id} before");
        browser.key(key);
        assert_eq!(browser.text(&hidden), "false", "{key} shows {id}");
        browser.key("Escape");
    }
    browser.key(".");
    assert_eq!(browser.text("String(document.getElementById('panel').hidden)"), "false", "an event with its words");
    assert!(browser.number("document.querySelectorAll('#panel .reference').length") > 0.0, "and its sources");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_map_comes_closer_by_keys_and_wheel_and_goes_back() {
    let Some(mut browser) = opened(true) else { return };
    let by_hand = "String(document.getElementById('stage').classList.contains('by-hand'))";
    let bar = "[...document.querySelectorAll('#over text')].map((text) => text.textContent).find((text) => /^[\\d,]+ (km|m)$/.test(text))";
    browser.key("2");
    browser.key("Enter");
    let before = browser.text(bar);
    for step in ["+", "wheel"] {
        if step == "wheel" {
            browser.wheel([700.0, 400.0], -300.0)
        } else {
            (0..3).for_each(|_| browser.key("+"))
        }
        browser.next_frame();
        assert_eq!(browser.text(by_hand), "true", "{step}");
        assert_ne!(browser.text(bar), before, "{step}: the scale bar keeps to the map");
        browser.key("0");
        browser.next_frame();
        assert_eq!((browser.text(by_hand), browser.text(bar)), ("false".to_owned(), before.clone()), "{step}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_lecture_plays_by_itself_until_it_is_stopped() {
    let Some(mut browser) = opened(true) else { return };
    browser.key("p");
    let pressed = "document.querySelector('#bar [aria-pressed]')?.textContent ?? ''";
    assert_eq!(browser.text(pressed), "Pause");
    // Time runs as fast as it can: all scenes take a minute or more.
    browser.run_ahead(400_000.0);
    assert_eq!((browser.text(COUNTER), browser.text(pressed)), ("4 / 4".to_owned(), "Play".to_owned()), "it stops at the end");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Where the land of each map of a compared picture lies, and where the first of its names: what moves with the land.
const LAID: &str = "[...document.querySelectorAll('#over svg > g[clip-path]')].map((pane) => \
    pane.querySelector('[id$=\"-land\"]')?.getAttribute('transform') ?? '').join(';')";

#[test]
fn both_sides_of_a_comparison_come_closer_alike_and_go_back() {
    let Some(mut browser) = opened(true) else { return };
    let by_hand = "String(document.getElementById('stage').classList.contains('by-hand'))";
    let bar = "[...document.querySelectorAll('#over text')].map((text) => text.textContent).find((text) => /^[\\d,]+ (km|m)$/.test(text))";
    let legend = "[...document.querySelectorAll('#over [id$=\"-furniture\"] [fill^=\"url\"]')].map((sample) => \
        document.querySelector(sample.getAttribute('fill').slice(4, -1)).getAttribute('patternTransform')).join()";
    // The question, then its answer, which compares.
    browser.key("3");
    browser.key("Enter");
    (0..4).for_each(|_| {
        if browser.text("String(document.getElementById('divider').hidden)") == "true" {
            browser.key("ArrowRight");
        }
    });
    assert_eq!(browser.text("String(document.getElementById('divider').hidden)"), "false", "the answer compares");
    let (bar_before, legend_before) = (browser.text(bar), browser.text(legend));
    for step in ["+", "wheel"] {
        if step == "wheel" {
            browser.wheel([700.0, 400.0], -300.0)
        } else {
            (0..3).for_each(|_| browser.key("+"))
        }
        browser.next_frame();
        let laid = browser.text(LAID);
        let sides: Vec<&str> = laid.split(';').collect();
        assert!(sides.len() == 2 && sides[0] == sides[1] && sides[0].starts_with("matrix("), "{step}: {laid}");
        assert_eq!(browser.text(by_hand), "true", "{step}");
        assert_ne!(browser.text(bar), bar_before, "{step}: the scale bar keeps to the map");
        assert_eq!(browser.text(legend), legend_before, "{step}: the legend stays as it is");
        browser.key("[");
        assert_eq!(browser.text(LAID), laid, "{step}: the divider moves over a map that stays");
        browser.key("0");
        browser.next_frame();
        assert_eq!((browser.text(by_hand), browser.text(bar)), ("false".to_owned(), bar_before.clone()), "{step}");
        assert!(browser.text(LAID).split(';').all(|side| side == "matrix(1 0 0 1 0 0)"), "{step}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
