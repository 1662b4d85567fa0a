//! What the built-in atlas says: no problem in any of its files, and the facts that the stories hang on.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use border_atlas::{
    io::built_in_atlas,
    model::{
        Atlas, Citation, PolityIx, View, WorldState,
        borders::{LineClass, line_classes},
        tenure::Row,
        tenure_text::Slot,
        validate,
        world::Standing,
    },
    time::{Date, Day},
};
use serde_json::Value;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let (atlas, problems) = built_in_atlas().unwrap();
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
    atlas
});

fn day(text: &str) -> Day {
    Date::parse(text).unwrap().earliest
}

/// Who holds the unit or the first unit of an area, in a view on a day, by id; empty for nobody.
fn holder(place: &str, date: &str, view: &str) -> String {
    let state = WorldState::at(&ATLAS, day(date), &View::from_id(view));
    let unit = ATLAS
        .partition
        .area(place)
        .map(|units| units[0])
        .or_else(|| ATLAS.partition.unit(place))
        .unwrap_or_else(|| panic!("no place {place}"));
    state.holding(unit).holder.map(|polity| ATLAS.polities.at(polity).id.to_string()).unwrap_or_default()
}

#[test]
fn no_file_breaks_a_rule() {
    let list: Vec<String> = validate::atlas_problems(&ATLAS).iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} problems:\n{}", list.len(), list.join("\n"));
}

/// Counts the facts of each sort, and collects those that cite nothing or what is not there. Reads the files themselves, so that nothing that
/// the model leaves out is missed.
#[derive(Default)]
struct Citations {
    counts: BTreeMap<String, usize>,
    loose: Vec<String>,
}

impl Citations {
    fn fact<'a>(&mut self, sort: &str, place: &str, cited: impl IntoIterator<Item = &'a str>, known: &HashSet<String>) {
        *self.counts.entry(sort.to_owned()).or_default() += 1;
        let ids: Vec<&str> = cited.into_iter().map(|text| text.split('(').next().unwrap().trim()).collect();
        if ids.is_empty() || !ids.iter().all(|id| known.contains(*id)) {
            self.loose.push(format!("{sort} in {place}: {ids:?}"));
        }
    }

    fn json_fact(&mut self, sort: &str, place: &str, fact: &Value, known: &HashSet<String>) {
        let cited = fact["sources"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.fact(sort, place, cited, known);
    }

    /// A feature, and each item of its lists that has a date or speaks for a party.
    fn feature(&mut self, properties: &Value, known: &HashSet<String>) {
        let place = properties["id"].as_str().unwrap();
        self.json_fact(properties["kind"].as_str().unwrap(), place, properties, known);
        for (list, items) in properties.as_object().unwrap() {
            for item in items.as_array().into_iter().flatten().filter(|item| item.is_object()) {
                // A status may rest on the sources of its event.
                if list != "status" || item.get("sources").is_some() {
                    self.json_fact(list, place, item, known);
                }
            }
        }
    }
}

/// The JSON files of a folder of the atlas, by name.
fn json_files(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps").join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: &Path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut files: Vec<_> = paths.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(&path))).collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    files
}

fn ids(sources: &Value) -> HashSet<String> {
    sources.as_array().unwrap().iter().map(|source| source["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_dated_fact_resolves_to_a_source() {
    let mut found = Citations::default();
    let known: HashSet<String> = json_files("sources").iter().flat_map(|(_, file)| ids(file)).collect();
    let mut rows = |sort: &str, place: &str, sources: &[Citation]| {
        found.fact(sort, place, sources.iter().map(|citation| citation.source.as_str()), &known);
    };
    ATLAS.polities.iter().for_each(|(_, polity)| rows("polity", polity.id.as_str(), &polity.sources));
    ATLAS.tenure.rows.iter().for_each(|row| rows("tenure", &format!("{} {}", row.text.file, row.text.line), &row.text.sources));
    ATLAS.lines.iter().for_each(|line| rows("named line", &line.name, &line.sources));
    ATLAS.disputes.iter().for_each(|dispute| rows("dispute", dispute.id.as_str(), &dispute.sources));
    for (name, alliance) in json_files("alliances") {
        found.json_fact("alliance", &name, &alliance, &known);
        for list in ["pledges", "members", "reservations"] {
            alliance[list].as_array().into_iter().flatten().for_each(|item| found.json_fact(list, &name, item, &known));
        }
    }
    for (_, case) in json_files("cases") {
        let known = ids(&case["border_atlas"]["sources"]);
        case["features"].as_array().unwrap().iter().for_each(|feature| found.feature(&feature["properties"], &known));
    }
    assert!(found.loose.is_empty(), "{}", found.loose.join("\n"));
    let least = [
        ("polity", 200),
        ("tenure", 500),
        ("named line", 1),
        ("dispute", 50),
        ("alliance", 30),
        ("pledges", 30),
        ("members", 200),
        ("event", 75),
        ("region", 9),
        ("line", 6),
        ("place", 20),
        ("accounts", 20),
        ("control", 20),
        ("claims", 10),
    ];
    for (sort, least) in least {
        assert!(found.counts.get(sort).is_some_and(|count| *count >= least), "{sort}: {:?}", found.counts);
    }
}

#[test]
fn crimea_changes_hands_as_each_view_has_it() {
    assert_eq!(holder("crimea", "1850", "de-facto"), "russian-empire");
    assert_eq!(holder("crimea", "1953", "de-facto"), "ussr");
    assert_eq!(holder("crimea", "2013-12-31", "de-facto"), "ukr");
    assert_eq!(holder("crimea", "2015", "de-facto"), "rus");
    assert_eq!(holder("crimea", "2015", "un"), "ukr");
    assert_eq!(holder("crimea", "2015", "ukr"), "ukr");
    assert_eq!(holder("crimea", "2015", "rus"), "rus");
}

#[test]
fn the_transfer_of_1954_moves_crimea_between_republics() {
    let republic = |date: &str| {
        let state = WorldState::at(&ATLAS, day(date), &View::DeFacto);
        let unit = ATLAS.partition.area("crimea").unwrap()[0];
        state.holding(unit).part.map(|polity| ATLAS.polities.at(polity).id.to_string()).unwrap_or_default()
    };
    assert_eq!(republic("1954-02-18"), "rsfsr");
    assert_eq!(republic("1954-04-27"), "ukrainian-ssr");
}

#[test]
fn karabakh_and_aksai_chin_follow_control() {
    assert_eq!(holder("karabakh-oblast", "1975", "de-facto"), "ussr");
    assert_eq!(holder("karabakh-oblast", "2024-06", "de-facto"), "aze");
    assert_eq!(holder("karabakh-oblast", "2000", "un"), "aze");
    assert_eq!(holder("karabakh-oblast", "2000", "aze"), "aze");
    assert_eq!(holder("aksai-chin", "2020-06-15", "de-facto"), "chn");
    assert_eq!(holder("aksai-chin", "2020-06-15", "ind"), "ind");
    assert_eq!(holder("aksai-chin", "2020-06-15", "chn"), "chn");
}

#[test]
fn the_world_today_leaves_no_land_without_a_row() {
    let state = WorldState::at(&ATLAS, day("2026-01-01"), &View::DeFacto);
    let missing: Vec<&str> = ATLAS
        .partition
        .topology
        .unit_ixs()
        .filter(|unit| state.holding(*unit).holder.is_none() && state.holding(*unit).title.is_none())
        .map(|unit| ATLAS.partition.info(unit).id.as_str())
        .collect();
    let undetermined = missing.iter().filter(|id| !id.starts_with("ata/")).count();
    assert!(undetermined <= 2, "{missing:?}");
}

#[test]
fn every_member_of_the_united_nations_is_on_the_map_today() {
    let state = WorldState::at(&ATLAS, day("2026-01-01"), &View::Un);
    let sovereign: Vec<PolityIx> =
        state.presences().into_iter().filter(|(_, presence)| presence.standing == Standing::Sovereign).map(|(polity, _)| polity).collect();
    let codes: Vec<&str> =
        sovereign.iter().map(|polity| ATLAS.polities.at(*polity).iso3.as_str()).filter(|code| !code.is_empty()).collect();
    // Palestine is an observer; the other observer, the Holy See, is too small for the map.
    let members = codes.iter().filter(|code| **code != "PSE").count();
    assert_eq!(members, 193, "{codes:?}");
}

#[test]
fn line_classes_tell_control_from_agreed_borders() {
    let classes_between = |one: &str, other: &str, date: &str, view: &str| {
        let state = WorldState::at(&ATLAS, day(date), &View::from_id(view));
        let classes = line_classes(&ATLAS, &state);
        let (left, right) = (ATLAS.partition.area(one).unwrap(), ATLAS.partition.country(other));
        let arcs = ATLAS.partition.topology.arcs().iter().zip(classes);
        let is_between = |arc: &border_atlas::geometry::topology::Arc| match (arc.left, arc.right) {
            (Some(a), Some(b)) => {
                left.contains(&a) && right.contains(&b) && !left.contains(&b)
                    || left.contains(&b) && right.contains(&a) && !left.contains(&a)
            }
            _ => false,
        };
        let mut found: Vec<LineClass> = arcs.filter(|(arc, _)| is_between(arc)).map(|(_, class)| class).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    assert_eq!(classes_between("crimea", "ukr", "2010", "de-facto"), [LineClass::Minor]);
    assert_eq!(classes_between("crimea", "ukr", "2015", "de-facto"), [LineClass::DeFacto]);
    assert_eq!(classes_between("crimea", "ukr", "1953", "de-facto"), [LineClass::Internal]);
    assert_eq!(classes_between("karabakh-1994", "arm", "1975", "de-facto"), [LineClass::Internal]);
    // What the tenure alone would call something else, the table of lines names.
    assert_eq!(classes_between("northern-cyprus", "cyp", "2020", "de-facto"), [LineClass::Ceasefire]);
    assert_eq!(classes_between("northern-cyprus", "cyp", "1973", "de-facto"), [LineClass::Absent]);
}

#[test]
fn each_case_has_what_a_lecture_needs() {
    assert_eq!(ATLAS.cases.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(), ["crimea", "galwan", "nagorno-karabakh"]);
    for case in &ATLAS.cases {
        assert!(case.events.len() >= 25, "{}: {} events", case.id, case.events.len());
        assert!(case.regions.len() >= 3 && case.lines.len() >= 2, "{}", case.id);
        assert!(case.disputants().count() >= 2 && case.opening.bbox.is_some() && !case.summary.is_empty(), "{}", case.id);
        assert!(case.views.iter().all(|view| ATLAS.tenure.views().contains(view)), "{}: {:?}", case.id, case.views);
        assert!(case.regions.iter().all(|region| !region.shape.0.is_empty()), "{}", case.id);
    }
}

#[test]
fn alliances_are_complete_at_known_dates() {
    let count = |id: &str, date: &str| ATLAS.alliance(id).unwrap().members_on(day(date)).count();
    assert_eq!(count("nato", "1950-01-01"), 12);
    assert_eq!(count("nato", "1990-01-01"), 16);
    assert_eq!(count("nato", "2024-03-07"), 32);
    assert_eq!(count("warsaw-pact", "1960-01-01"), 8);
    assert_eq!(count("warsaw-pact", "1975-01-01"), 7);
    assert_eq!(count("eu", "1958-01-01"), 6);
    assert_eq!(count("eu", "2014-01-01"), 28);
    assert_eq!(count("eu", "2021-01-01"), 27);
    assert_eq!(count("seato", "1960-01-01"), 8);
    assert_eq!(count("anzus", "1960-01-01"), 3);
}

#[test]
fn every_unit_has_the_last_row_that_covers_it() {
    let (tenure, histories) = (&ATLAS.tenure, ATLAS.tenure.histories());
    assert!(histories.first_units.len() * 3 < histories.of_unit.len(), "histories are there to be shared");
    for view in tenure.views() {
        for date in ["1783-04-19", "1900", "1916-06-01", "1942-07-01", "1954-02-19", "1991-12-26", "2014-03-18", "2026-11-22"] {
            let on = day(date);
            let state = WorldState::at(&ATLAS, on, &view);
            // Row by row onto the units, those of the view over the common ones: no spell and no history is asked.
            let mut titles = vec![None; ATLAS.partition.units.len()];
            for of_view in [None, Some(&view)] {
                let titled = |row: &&Row| row.text.role.slot() == Slot::Title && row.text.view.as_ref() == of_view;
                for row in tenure.rows.iter().filter(titled).filter(|row| row.text.span.contains(on)) {
                    row.units.iter().for_each(|unit| titles[unit.index()] = row.who);
                }
            }
            for (unit, title) in ATLAS.partition.topology.unit_ixs().zip(&titles) {
                assert_eq!(state.holding(unit).title, *title, "{} on {date} in {}", ATLAS.partition.info(unit).id, view.id());
            }
        }
    }
}

#[test]
fn the_works_behind_a_day_are_those_of_the_rows_in_force() {
    for text in ["1783-04-19", "1900", "1938-10-01", "1991-12-26", "2014-03-18", "2026-11-22"] {
        let on = day(text);
        let rows = ATLAS.tenure.rows.iter().filter(|row| row.text.span.contains(on));
        let cited: HashSet<_> = rows.flat_map(|row| &row.text.sources).map(|citation| &citation.source).collect();
        assert_eq!(ATLAS.tenure.source_count(on), cited.len(), "{text}");
    }
}
