//! A new person's work from an empty document to a saved one: a dispute that we do not ship, with a region traced along borders, a claimed line, control
//! that changes, events, two rival accounts and sources; the window dies in the middle. The file that comes of it is kept in `tests/data`.

use std::{fs, path::PathBuf};

use crate::hands::{Shared, click, click_at, day, kept_in, press, spot, type_into, wait_for};
use border_atlas::{
    edit::Command,
    geometry::{BoundingBox, LonLat, measure::area_km2},
    gui::{actions::Action, app::EditAction, session::Selection},
    io::{built_in_atlas, read_project},
    model::validate::project_problems,
};
use eframe::egui::{Key, Modifiers, PointerButton};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::{Value, json};

const CTRL: Modifiers = Modifiers::COMMAND;
/// Where the border of 1899 meets the sea, and the town at the northern end of the line of 1902.
const COAST: [f64; 2] = [36.88, 22.0];
const SHALATEEN: [f64; 2] = [35.6, 23.13];
/// 290 km along the parallel from the sea.
const WEST: [f64; 2] = [34.07, 22.0];

fn ask(harness: &mut Harness, app: &Shared, command: Value) {
    let command: Command = serde_json::from_value(command.clone()).unwrap_or_else(|error| panic!("{command}: {error}"));
    let before = text(app);
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Apply(Box::new(command.clone()), None)));
    harness.run_steps(2);
    assert_ne!(text(app), before, "refused: {command:?}");
}

fn text(app: &Shared) -> String {
    let app = app.borrow();
    app.library().edited[&app.session().document.expect("a document")].history.document().to_text()
}

/// Types into a field and leaves it.
fn write(harness: &mut Harness, label: &str, text: &str) {
    type_into(harness, label, text);
    press(harness, Modifiers::NONE, Key::Enter);
}

fn source(id: &str, rest: Value) -> Value {
    let mut source = rest;
    source["id"] = id.into();
    json!({"do": "add-source", "source": source})
}

/// The sources, before anything that cites them.
fn sources() -> Vec<Value> {
    let day = |year: i64, month: i64, day: i64| json!({"date-parts": [[year, month, day]]});
    vec![
        source(
            "geographer-1962-ibs18",
            json!({"type": "report", "title": "Sudan–Egypt (United Arab Republic) Boundary", "collection-title": "International Boundary Study", "number": "18",
            "author": [{"literal": "Office of the Geographer, United States Department of State"}], "issued": day(1962, 7, 27), "URL": "https://library.law.fsu.edu/Digital-Collections/LimitsinSeas/pdf/ibs018.pdf"}),
        ),
        source(
            "ibru-2016-halaib",
            json!({"type": "webpage", "title": "Press conference to address the Hala’ib Triangle land dispute", "container-title": "Boundary News",
            "publisher": "IBRU, Durham University", "issued": day(2016, 1, 14)}),
        ),
        source(
            "sovereign-limits-egypt-sudan",
            json!({"type": "webpage", "title": "Egypt–Sudan Land Boundary", "container-title": "Sovereign Limits", "URL": "https://sovereignlimits.com/blog/egypt-sudan-land-boundary"}),
        ),
        source(
            "sudan-tribune-2010-halayeb",
            json!({"type": "article-newspaper", "title": "Egyptian president unhappy over Bashir’s remarks on Halayeb: official", "container-title": "Sudan Tribune", "issued": day(2010, 7, 25)}),
        ),
        source(
            "sudan-tribune-2012-halayeb",
            json!({"type": "article-newspaper", "title": "Egyptian forces prevent Sudanese delegation from visiting Halayeb, says MP", "container-title": "Sudan Tribune",
            "issued": day(2012, 5, 27), "URL": "https://sudantribune.com/article42103"}),
        ),
        source(
            "un-1958-s3963",
            json!({"type": "document", "title": "Letter dated 20 February 1958 from the representative of the Sudan", "number": "S/3963", "publisher": "United Nations Security Council", "issued": day(1958, 2, 20)}),
        ),
    ]
}

fn event(id: &str, kind: &str, name: &str, start: &str, rest: Value) -> Value {
    let mut properties = json!({"kind": "event", "event": kind, "id": id, "name": name, "start": start, "place": "Hala’ib", "parties": ["egy", "sdn"], "precision_km": 50});
    rest.as_object().unwrap().iter().for_each(|(key, value)| properties[key] = value.clone());
    json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [35.5, 22.5]}, "properties": properties}})
}

/// Six events, one of which both sides tell in their own way.
fn events() -> Vec<Value> {
    vec![
        event(
            "agreement-1899",
            "border-treaty",
            "Agreement on the administration of the Sudan",
            "1899-01-19",
            json!({"parties": ["gbr", "egypt-khedivate"],
            "text": "The Sudan is defined as the territories south of the 22nd parallel of latitude.", "sources": ["geographer-1962-ibs18"]}),
        ),
        event(
            "line-1902",
            "administration",
            "An administrative line leaves the triangle to the Sudan",
            "1902",
            json!({"parties": ["gbr", "egypt-khedivate"],
            "text": "Land north of the parallel is placed under the administration of the Sudan.", "sources": ["ibru-2016-halaib"]}),
        ),
        event(
            "letter-1958",
            "public-diplomacy",
            "The Sudan turns to the Security Council",
            "1958-02-20",
            json!({"parties": ["sdn"],
            "text": "Egypt claims the land north of the parallel when elections are prepared there; the Sudan answers that it is Sudanese.", "sources": ["un-1958-s3963"]}),
        ),
        event(
            "oil-1992",
            "resources",
            "Egypt protests against rights to look for oil",
            "1992",
            json!({"parties": ["egy"],
            "text": "The Sudan had granted a Canadian company rights off the coast of the triangle.", "sources": ["ibru-2016-halaib"]}),
        ),
        event(
            "forces-1995",
            "deployment",
            "Egyptian forces hold the area",
            "1995~",
            json!({"parties": ["egy"],
            "text": "After the attempt on the life of President Mubarak in Addis Ababa.", "sources": ["sudan-tribune-2012-halayeb"]}),
        ),
        event(
            "words-2010",
            "public-diplomacy",
            "Both governments say whose it is",
            "2010-06",
            json!({"sources": ["sudan-tribune-2010-halayeb"], "accounts": [
            {"party": "sdn", "text": "President Bashir: Halayeb is Sudanese and will stay so.", "sources": ["sudan-tribune-2010-halayeb"]},
            {"party": "egy", "text": "Foreign Minister Aboul-Gheit: the southern border of Egypt is well known, at the 22nd parallel.", "sources": ["sudan-tribune-2010-halayeb"]}]}),
        ),
    ]
}

/// Who held the area from 1956 on is told in more than one way, and so is since when Egypt claims it: what the works say stands beside the dates.
fn disputed_facts() -> Vec<(&'static str, Value)> {
    let claimed = "IBRU: claimed by both states since the independence of the Sudan in 1956.";
    let egyptian = format!("{claimed} The Sudan’s letter to the Security Council reports Egypt’s demand of February 1958.");
    vec![
        ("control/2/note", json!("IBRU: under joint control until 1992. Works date the Egyptian takeover to 1992, 1994 or 1995.")),
        ("control/3/note", json!("Approximate: works date the takeover to 1992, 1994 or 1995; until 1992 IBRU has joint control.")),
        (
            "claims",
            json!([{"polity": "egy", "from": "1956", "sources": ["ibru-2016-halaib", "un-1958-s3963"], "note": egyptian},
            {"polity": "sdn", "from": "1956", "sources": ["ibru-2016-halaib"], "note": claimed}]),
        ),
    ]
}

/// The point of a border or coast that lies nearest to a place.
fn nearest(app: &Shared, to: [f64; 2]) -> [f64; 2] {
    let app = app.borrow();
    let points = app.library().atlas.partition.topology.arcs().iter().flat_map(|arc| arc.points.iter().copied()).collect::<Vec<_>>();
    let far = |at: &[f64; 2]| (at[0] - to[0]).hypot(at[1] - to[1]);
    points.into_iter().min_by(|one, other| far(one).total_cmp(&far(other))).unwrap()
}

fn click_place(harness: &mut Harness, app: &Shared, at: [f64; 2]) {
    let at = spot(harness, app, LonLat::new(at[0], at[1]));
    click_at(harness, PointerButton::Primary, at);
}

/// Draws the region: along the coast and the border of 1899, and straight from there to the town.
fn draw_region(harness: &mut Harness, app: &Shared) {
    let (town, coast) = (nearest(app, SHALATEEN), nearest(app, COAST));
    click(harness, "Draw a region");
    click_place(harness, app, town);
    press(harness, Modifiers::NONE, Key::T);
    click_place(harness, app, coast);
    click_place(harness, app, WEST);
    // The rest follows no border.
    press(harness, Modifiers::NONE, Key::T);
    press(harness, Modifiers::NONE, Key::Enter);
    let region = app.borrow().session().selection.clone();
    assert!(matches!(region, Some(Selection::Region(_, 0))), "{region:?}");
}

#[test]
fn a_sourced_timeline_is_made_from_nothing_killed_recovered_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = kept_in(&folder, &[]);
    press(&mut harness, CTRL, Key::N);
    app.borrow_mut().ask(&harness.ctx, Action::ToggleReducedMotion);
    let bbox = BoundingBox { west: 32.5, south: 21.0, east: 38.5, north: 24.5 };
    app.borrow_mut().ask(&harness.ctx, Action::GoTo { bbox: Some(bbox), day: Some(day("1899-01-19")), selection: None });
    harness.run_steps(30);
    for (path, value) in [
        ("id", json!("halaib")),
        ("title", json!("Hala’ib")),
        ("start", json!("1899")),
        ("views", json!(["de-facto", "un"])),
        ("view", json!({"date": "1995-07-01", "bbox": [32.5, 21.0, 38.5, 24.5], "point_of_view": "de-facto"})),
        (
            "summary",
            json!(
                "Land on the Red Sea between the border of 1899, which Egypt upholds, and the administrative line of 1902, which Sudan upholds."
            ),
        ),
        ("parties", json!([{"polity": "egy", "role": "party"}, {"polity": "sdn", "role": "party"}])),
    ] {
        ask(&mut harness, &app, json!({"do": "set-document", "path": path, "value": value}));
    }
    draw_region(&mut harness, &app);
    // By hand in the form.
    write(&mut harness, "Name", "Hala’ib area");
    write(&mut harness, "Start", "19 January 1899");
    for command in sources() {
        ask(&mut harness, &app, command);
    }
    let id = app.borrow().library().id_of(&Selection::Region(app.borrow().session().document.unwrap(), 0)).unwrap().1.to_owned();
    ask(&mut harness, &app, json!({"do": "rename", "id": id, "to": "halaib-area"}));
    for (path, value) in [
        ("sources", json!(["sovereign-limits-egypt-sudan", "ibru-2016-halaib"])),
        ("approximate", json!(true)),
        ("precision_km", json!(40)),
        (
            "note",
            json!("In the north-west drawn straight from the parallel, 290 km from the sea, to Shalateen; the line of 1902 is jagged."),
        ),
        ("parties", json!(["egy", "sdn"])),
        ("names", json!({"egy": "Hala’ib and Shalateen", "sdn": "Halayeb Triangle"})),
    ] {
        ask(&mut harness, &app, json!({"do": "set", "id": "halaib-area", "path": path, "value": value}));
    }
    let record = |from: &str, holder: &str, role: &str, source: &str| json!({"do": "record-control", "id": "halaib-area", "from": from, "holder": holder, "as": role, "sources": [source]});
    ask(&mut harness, &app, record("1899-01-19", "egypt-khedivate", "administers", "geographer-1962-ibs18"));
    ask(&mut harness, &app, record("1902", "anglo-egyptian-sudan", "administers", "ibru-2016-halaib"));

    // The window dies: nothing was saved yet.
    let before = text(&app);
    std::thread::sleep(std::time::Duration::from_millis(400));
    drop(harness);
    drop(app);
    let (mut harness, app) = kept_in(&folder, &[]);
    wait_for(&mut harness, |harness| harness.query_all_by_label_contains("Recover: Hala’ib").next().is_some());
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3));
    assert_eq!(text(&app), before, "no edit is lost");
    assert!(app.borrow().session().tools.on, "and the work goes on");

    ask(&mut harness, &app, record("1956-01-01", "sdn", "administers", "ibru-2016-halaib"));
    ask(&mut harness, &app, record("1995~", "egy", "administers", "sudan-tribune-2012-halayeb"));
    for (path, value) in disputed_facts() {
        ask(&mut harness, &app, json!({"do": "set", "id": "halaib-area", "path": path, "value": value}));
    }
    // The line that Egypt upholds, along the parallel.
    let line = json!({"type": "LineString", "coordinates": [WEST, COAST]});
    ask(
        &mut harness,
        &app,
        json!({"do": "add", "feature": {"type": "Feature", "geometry": line, "properties": {"kind": "line", "id": "line-1899", "name": "Line of 1899",
        "class": "claimed", "claimant": "egy", "start": "1899-01-19", "precision_km": 1, "sources": ["geographer-1962-ibs18"], "parties": ["egy", "sdn"]}}}),
    );
    for command in events() {
        ask(&mut harness, &app, command);
    }
    let path: PathBuf = folder.path().join("halaib.geojson");
    press(&mut harness, CTRL, Key::S);
    harness.run_steps(3);
    press(&mut harness, CTRL, Key::A);
    harness.get_by_label("Path to save under").type_text(&path.display().to_string());
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_for(&mut harness, |_| path.exists());

    let saved = fs::read_to_string(&path).unwrap();
    let (atlas, _) = built_in_atlas().unwrap();
    let (project, problems) = read_project(&path).unwrap();
    assert_eq!(problems, [], "it reads again");
    assert_eq!(project_problems(&atlas, &project, "halaib"), [], "it keeps the rules of content");
    let region = &project.regions[0];
    assert_eq!((project.events.len(), project.lines.len(), project.sources.len(), region.control.len()), (6, 1, 6, 4));
    let ring: Vec<[f64; 2]> = region.shape.0[0].exterior().coords().map(|at| [at.x, at.y]).collect();
    let on_arcs = ring.iter().filter(|at| nearest(&app, **at) == **at).count();
    assert!(on_arcs > 20, "it follows the coast point for point: {on_arcs} of {}", ring.len());
    let area = area_km2(&[ring]);
    assert!((17_000.0..24_000.0).contains(&area), "20,580 km2 as usually given, here drawn straight in the north-west: {area}");
    // Others read it too.
    let collection: geojson::FeatureCollection = saved.parse().unwrap();
    assert_eq!(collection.features.len(), 8);
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/halaib.geojson");
    if std::env::var_os("KEEP_TIMELINE").is_some() {
        fs::write(kept, &saved).unwrap();
    }
    assert_eq!(serde_json::from_str::<Value>(&saved).unwrap(), serde_json::from_str::<Value>(&fs::read_to_string(kept).unwrap()).unwrap());
}
