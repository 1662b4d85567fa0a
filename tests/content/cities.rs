//! Cities: what the built-in ones say, what breaks a rule, how they are found, and how they are drawn.

use std::sync::OnceLock;

use border_atlas::{
    geometry::{BoundingBox, Camera, Projection},
    io::built_in_atlas,
    model::{Atlas, Problem, SearchIndex, View, WorldState, city::Rule, city_rules::city_problems, search::Found},
    scene::{Frame, Item, ItemLayer, Look, Rect, Scene, SceneInput, Telling, Theme, compose, fonts},
    time::{Date, Day},
};

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| built_in_atlas().expect("the built-in atlas").0)
}

fn day(text: &str) -> Day {
    Date::parse(text).expect("a date").earliest
}

fn name(id: &str, date: &str, view: &str) -> String {
    let city = atlas().cities.get(id).unwrap_or_else(|| panic!("no city {id}"));
    city.name_at(day(date), &View::from_id(view)).map_or_else(String::new, |forms| forms.first.to_owned())
}

#[test]
fn cities_bear_the_names_of_their_time_and_view() {
    for (id, date, view, expected) in [
        ("volgograd", "1942-11-19", "de-facto", "Stalingrad"),
        ("volgograd", "1961-11-10", "de-facto", "Volgograd"),
        ("saint-petersburg", "1914-08-01", "de-facto", "Saint Petersburg"),
        ("saint-petersburg", "1917-11-07", "de-facto", "Petrograd"),
        ("saint-petersburg", "1985-01-01", "un", "Leningrad"),
        ("saint-petersburg", "1991-09-06", "un", "Saint Petersburg"),
        ("kyiv", "1991-08-24", "un", "Kiev"),
        ("kyiv", "2014-02-22", "un", "Kyiv"),
        ("khankendi", "1988-02-20", "de-facto", "Stepanakert"),
        ("khankendi", "2020-09-27", "de-facto", "Khankendi / Stepanakert"),
        ("khankendi", "2020-09-27", "aze", "Khankendi"),
        ("khankendi", "2020-09-27", "nkr", "Stepanakert"),
        ("bakhmut", "2014-07-01", "de-facto", "Artemivsk"),
        ("bakhmut", "2023-05-20", "de-facto", "Bakhmut"),
        ("astana", "1970-01-01", "de-facto", "Tselinograd"),
        ("astana", "2020-01-01", "de-facto", "Nur-Sultan"),
        ("astana", "2022-09-17", "de-facto", "Astana"),
        ("brasilia", "1950-01-01", "de-facto", ""),
        ("ho-chi-minh-city", "1975-04-30", "de-facto", "Saigon"),
    ] {
        assert_eq!(name(id, date, view), expected, "{id} on {date} as {view} has it");
    }
}

#[test]
fn capitals_are_those_of_the_holder_on_the_day() {
    let rule = |id: &str, date: &str, view: &str| {
        let state = WorldState::at(atlas(), day(date), &View::from_id(view));
        let city = atlas().cities.get(id).expect("a city");
        city.rule_on(day(date), state.holding(city.unit.expect("a unit")))
    };
    assert_eq!(rule("kyiv", "2020-01-01", "de-facto"), Rule::Holder);
    assert_eq!(rule("kyiv", "1985-01-01", "de-facto"), Rule::Part);
    assert_eq!(rule("kyiv", "1930-01-01", "de-facto"), Rule::None);
    assert_eq!(rule("kharkiv", "1930-01-01", "de-facto"), Rule::Part);
    assert_eq!(rule("almaty", "1995-01-01", "de-facto"), Rule::Holder);
    assert_eq!(rule("astana", "1995-01-01", "de-facto"), Rule::None);
    assert_eq!(rule("khankendi", "2020-01-01", "de-facto"), Rule::Holder);
    assert_eq!(rule("khankendi", "2020-01-01", "un"), Rule::None);
    assert_eq!(rule("jerusalem", "2020-01-01", "isr"), Rule::None);
}

#[test]
fn the_table_is_small_sorted_and_has_letters_for_all() {
    for file in ["maps/cities.csv", "maps/city-names.table", "maps/sources/cities.json"] {
        let text = std::fs::read_to_string(file).expect("a file of the atlas");
        assert!(text.len() < 200_000, "{file} has {} bytes", text.len());
        let lacking: Vec<char> = text.chars().filter(|letter| !letter.is_control() && !fonts::has(*letter)).collect();
        assert!(lacking.is_empty(), "{file} has letters that no font holds: {lacking:?}");
    }
    let text = std::fs::read_to_string("maps/cities.csv").expect("the cities");
    let ids: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(ids.is_sorted() && (2_000..3_000).contains(&ids.len()), "{}", ids.len());
}

#[test]
fn the_built_in_cities_break_no_rule() {
    let list: Vec<String> = city_problems(atlas()).iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
}

/// What `spoil` breaks.
fn broken(spoil: impl FnOnce(&mut Atlas) -> Vec<Problem>) -> Vec<String> {
    let mut atlas = atlas().clone();
    let mut problems = spoil(&mut atlas);
    problems.extend(city_problems(&atlas));
    problems.iter().map(|problem| format!("{} {} {}", problem.file, problem.place, problem.rule)).collect()
}

#[test]
fn every_rule_of_cities_has_a_row_that_breaks_it() {
    let names = |text: &'static str| broken(move |atlas| atlas.cities.add_names(text));
    assert_eq!(names("paris | Lutetia | | | 0300 | nowhere-1"), ["city-names.table line 1 unknown-source"]);
    assert_eq!(names("paris | Lutetia | | | 0300 |"), ["city-names.table line 1 uncited"]);
    assert_eq!(names("paris | Paname | xyz | 1900 | | gse-1969"), ["city-names.table line 1 unknown-polity"]);
    assert_eq!(names("pariss | Paname | | 1900 | | gse-1969"), [" line 1 unknown-city"]);
    let twice = "paris | A | | 1900 | 1950 | gse-1969\nparis | B | | 1949 | | gse-1969\nparis | C | rus | 1900 | | gse-1969";
    assert_eq!(names(twice), ["city-names.table line 2 overlapping-names"]);
    assert!(names("paris | A | | 1900 | 1950 | gse-1969\nparis | B | | 1950 | | gse-1969").is_empty(), "one year may have both");

    let rows = |row: &'static str| {
        broken(move |atlas| {
            let head = "id,name,lon,lat,population,unit,capital,rank\n";
            let (cities, problems) = border_atlas::model::Cities::from_csv(&format!("{head}{row}\n"), &atlas.partition, &atlas.polities);
            atlas.cities = cities;
            problems
        })
    };
    assert_eq!(rows("x,X,-30,40,1,fra/paris,,1"), ["cities.csv x outside-land"]);
    assert_eq!(rows("x,X,2.35,48.85,1,fra/parys,,1"), [" line 2 unknown-unit"]);
    assert_eq!(rows("x,X,2.35,98.85,1,fra/paris,,1"), [" line 2 bad-geometry"]);
    assert_eq!(rows("x,X,2.35,48.85,1,fra/paris,gaul,1"), [" line 2 unknown-polity"]);
    assert_eq!(rows("x,X,2.35,48.85,1,fra/paris,fra,9"), [" line 2 bad-row"]);
    assert_eq!(rows("x,X,east,48.85,1,fra/paris,fra,1"), [" line 2 bad-row"]);
    assert!(rows("x,X,2.35,48.85,1,fra/paris,fra,1").is_empty());

    let capitals = |text: &'static str| {
        broken(move |atlas| {
            let polities = atlas.polities.clone();
            atlas.cities.add_capitals(text, &polities)
        })
    };
    assert_eq!(capitals("che | lyon | 1990 | | gse-1969\nche | bern | 1848 | | gse-1969"), ["capitals.table line 1 overlapping-capitals"]);
    assert_eq!(capitals("che | bern | 1700 | 1800 | gse-1969"), ["capitals.table line 1 outside-life"]);
    assert_eq!(capitals("che | bern | 1848 | |"), ["capitals.table line 1 uncited"]);
    assert_eq!(capitals("helvetia | bern | 1848 | | gse-1969"), [" line 1 unknown-polity"]);
}

#[test]
fn a_city_is_found_by_any_of_its_names_and_an_old_name_goes_to_its_time() {
    let index = SearchIndex::new(atlas(), atlas().cases.iter());
    let first = |typed: &str| index.find(typed, 1)[0].clone();
    let volgograd = atlas().cities.find("volgograd").expect("a city");
    let stalingrad = first("stalingrad");
    assert_eq!((stalingrad.found.clone(), stalingrad.title.as_str()), (Found::City(volgograd), "Stalingrad"));
    assert_eq!(stalingrad.day(day("2020-01-01")), day("1961-11-09"));
    assert_eq!(stalingrad.day(day("1942-11-19")), day("1942-11-19"));
    assert!(stalingrad.detail.contains("Volgograd"), "{}", stalingrad.detail);
    let bbox = stalingrad.bbox(atlas(), &[]).expect("a place");
    assert!(bbox.contains(atlas().cities.at(volgograd).at));
    assert_eq!(first("konigsberg").found, Found::City(atlas().cities.find("kaliningrad").expect("a city")));
    assert_eq!(first("constantinople").found, Found::City(atlas().cities.find("istanbul").expect("a city")));
}

fn picture(case: Option<&str>, date: &str, bbox: [f64; 4], look: impl FnOnce(&mut Look)) -> Scene {
    let project = case.map(|case| atlas().case(case).expect("the case"));
    let [west, south, east, north] = bbox;
    let camera = Camera::fit(Projection::Mercator, BoundingBox::new(west, south, east, north), [1280.0, 720.0], 0.0);
    let state = WorldState::at(atlas(), day(date), &View::DeFacto);
    let mut own = project.map_or_else(Look::default, |project| Look::of_project(atlas(), project, Theme::Light));
    look(&mut own);
    compose(&SceneInput {
        atlas: atlas(),
        state: &state,
        day: day(date),
        shown: (day(date), day(date)),
        project,
        look: &own,
        camera,
        selected_event: None,
        telling: &Telling::default(),
        frame: Frame::Window { covered: &[] },
    })
}

fn texts(scene: &Scene, layer: ItemLayer) -> Vec<(String, Rect)> {
    let items = scene.groups.iter().filter(|group| group.layer == layer).flat_map(|group| &scene.items[group.items.clone()]);
    let texts = items.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None });
    texts
        .map(|text| {
            let width = fonts::text_width(&text.text, text.face, text.size_points, text.letter_spacing_points);
            let left = match text.anchor {
                border_atlas::scene::Anchor::Start => text.at[0],
                border_atlas::scene::Anchor::Middle => text.at[0] - width / 2.0,
                border_atlas::scene::Anchor::End => text.at[0] - width,
            };
            let height = text.size_points * fonts::CAP_HEIGHT;
            (text.text.clone(), Rect::new(left, text.at[1] - height / 2.0, width, height))
        })
        .collect()
}

const UKRAINE: [f64; 4] = [28.0, 44.0, 41.0, 51.0];

#[test]
fn city_names_cover_nothing() {
    for (case, date, bbox) in [
        (Some("crimea"), "2014-03-18", UKRAINE),
        (Some("galwan"), "2020-06-15", [74.0, 31.0, 84.0, 37.0]),
        (Some("nagorno-karabakh"), "2020-11-10", [44.0, 38.5, 50.0, 41.5]),
        (None, "1942-11-19", [0.0, 35.0, 60.0, 62.0]),
        (None, "2020-01-01", [60.0, 0.0, 130.0, 45.0]),
    ] {
        let scene = picture(case, date, bbox, |_| {});
        let cities = texts(&scene, ItemLayer::Cities);
        assert!((8..=70).contains(&cities.len()), "{case:?} {date}: {} cities", cities.len());
        let level = |layer| {
            texts(&scene, layer).into_iter().filter(|(text, _)| {
                scene.items.iter().any(|item| matches!(item, Item::Text(it) if it.text == *text && it.angle_rad == 0.0))
            })
        };
        let others: Vec<(String, Rect)> = level(ItemLayer::Labels).chain(level(ItemLayer::Places)).collect();
        for (index, (name, rect)) in cities.iter().enumerate() {
            for (other, taken) in others.iter().chain(&cities[index + 1..]) {
                assert!(!taken.overlaps(rect), "{case:?} {date}: {name} covers {other}");
            }
            assert!(scene.callouts.iter().all(|callout| !callout.rect.overlaps(rect)), "{case:?} {date}: {name} lies under a callout");
        }
    }
}

#[test]
fn the_map_names_cities_as_the_day_did() {
    let names = |date: &str| texts(&picture(None, date, [20.0, 42.0, 60.0, 62.0], |_| {}), ItemLayer::Cities);
    let has = |date: &str, name: &str| names(date).iter().any(|(text, _)| text == name);
    assert!(has("1942-11-19", "Stalingrad") && has("1985-01-01", "Leningrad") && has("2020-01-01", "Saint Petersburg"));
    assert!(!has("2020-01-01", "Stalingrad") && !has("1942-11-19", "Volgograd"));
}

#[test]
fn a_town_that_the_story_names_itself_is_not_named_twice() {
    let scene = picture(Some("crimea"), "2013-06-01", UKRAINE, |_| {});
    let all: Vec<String> =
        [ItemLayer::Places, ItemLayer::Cities].into_iter().flat_map(|layer| texts(&scene, layer)).map(|it| it.0).collect();
    for name in ["Donetsk", "Mariupol", "Kerch"] {
        assert!(all.iter().filter(|text| *text == name).count() <= 1, "{name} stands twice in {all:?}");
    }
    let cities =
        |hide: bool| texts(&picture(Some("crimea"), "2013-06-01", UKRAINE, |look| look.layers.places.visible = !hide), ItemLayer::Cities);
    assert!(cities(true).iter().any(|(text, _)| text == "Donetsk"), "without the story's places the town stands as a city");
    assert!(cities(false).iter().all(|(text, _)| text != "Donetsk"));
}

#[test]
fn the_layer_can_be_switched_off_and_the_world_is_left_bare() {
    let count =
        |bbox, visible| texts(&picture(None, "2020-01-01", bbox, |look| look.layers.cities.visible = visible), ItemLayer::Cities).len();
    assert!(count(UKRAINE, true) > 10);
    assert_eq!(count(UKRAINE, false), 0);
    assert!(count([-180.0, -60.0, 180.0, 80.0], true) <= 12);
    let notes = |visible| picture(None, "2020-01-01", UKRAINE, |look| look.layers.cities.visible = visible).notes.projection;
    assert!(notes(true).contains("GeoNames, CC BY 4.0") && !notes(false).contains("GeoNames"));
}
