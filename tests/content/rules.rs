//! Every rule of content: a sample that breaks it is told so, by that rule and no other; the samples that they are made from break none.

use std::{collections::BTreeSet, sync::LazyLock};

use border_atlas::{
    io::{built_in_atlas, project_file::parse_project},
    model::{Alliance, Atlas, Citation, PolityId, Problem, Source, validate},
    time::Span,
};
use serde_json::{Value, json};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas { cases: Vec::new(), ..built_in_atlas().unwrap().0 });

/// A document that holds to every rule, and comes close to breaking most.
fn document() -> Value {
    let point = |lon: f64, lat: f64| json!({"type": "Point", "coordinates": [lon, lat]});
    let square = json!({"type": "Polygon", "coordinates": [[[33, 44], [36, 44], [36, 46], [33, 46], [33, 44]]]});
    let line = json!({"type": "LineString", "coordinates": [[33, 46], [34, 46]]});
    let feature = |properties: Value, geometry: Value| json!({"type": "Feature", "properties": properties, "geometry": geometry});
    let event = |id: &str, kind: &str, start: &str, place: &str, at: Value, more: Value| {
        let mut properties =
            json!({"id": id, "kind": "event", "event": kind, "name": id, "start": start, "place": place, "sources": ["s (p. 1)"]});
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        feature(properties, at)
    };
    let figures = json!([
        {"what": "killed", "value": 20, "unit": "soldiers", "least": 20, "most": 43, "sources": ["s (p. 2)"]},
        {"what": "captured", "most": 10, "sources": ["s"]}]);
    let accounts = json!([{"party": "ukr", "title": "A *clash*", "date": "2014-03-18", "end": "2014-03-19", "place": "A", "text": "**A** [it](https://un.org), 1 < 2", "figures": figures, "sources": ["s"]}, {"party": "rus", "text": "B", "sources": ["s"]}]);
    let status = json!([
        {"is": "in-force", "from": "2014-03-21", "until": "2022-02-24", "sources": ["s"]},
        {"is": "suspended", "from": "2022-02-24", "until": "2022-03-31"}]);
    let names = json!({"ukr": "Бахмут", "rus": "Артёмовск"});
    let dated = json!([
        {"name": "Artemivsk", "from": "1924", "until": "2016-02-03", "sources": ["s"]},
        {"name": "Bakhmut", "party": "ukr", "from": "2016-02-04", "until": "", "sources": ["s"]},
        {"name": "Artemivsk", "party": "rus", "from": "2016-02-04", "until": "", "sources": ["s"]}]);
    let pictures = json!([
        {"data": "iVBORw0KGgoAAAANSUhEUgAA", "media": "image/png", "caption": "C", "alt": "A bridge", "credit": "A. Doe", "licence": "CC0", "sources": ["s"]},
        {"data": "/9j/4AAQSkZJRgABAQAAAQAB", "media": "image/jpeg", "alt": "A road", "credit": "B. Roe"}]);
    json!({"type": "FeatureCollection", "border_atlas": {
        "version": 1, "id": "sample", "title": "Sample", "start": "1991", "end": "",
        "view": {"date": "2014-03-18", "bbox": [32, 44, 37, 47], "point_of_view": "un", "alliances": ["nato"]},
        "views": ["de-facto", "ukr"], "disputes": ["crimea"], "alliances": ["csto"],
        "parties": [{"polity": "ukr", "role": "party"}, {"polity": "rus", "role": "party"}, {"polity": "usa", "role": "third-party"}],
        "scenes": [
            {"id": "one", "date": "2014-03-18", "point_of_view": "ukr", "theme": "dark", "layers": {"claims": 0.5}, "alliances": ["nato"], "events": "force",
             "pinned": ["clash"], "highlight": ["old", "ukr"], "steps": [{"show": ["clash", "layer:claims"]}]},
            {"id": "two", "kind": "quiz", "question": "Whose was it?", "answer": "It depends on the view."}],
        "sources": [{"id": "s", "type": "book", "title": "T", "issued": {"date-parts": [[2020]]}}]},
     "features": [
        event("clash", "clash", "2014-03-18", "Simferopol", point(34.1, 44.95),
            json!({"dispute": "crimea", "parties": ["ukr", "rus"], "accounts": accounts, "pictures": pictures, "names": {"ukr": "X", "rus": "Y"}})),
        event("mission", "observers", "2014-03-21", "Vienna", point(16.37, 48.21), json!({"end": "2022-03-31", "status": status, "ended_by": "expired"})),
        event("sanctions", "sanctions", "2014-07-31", "Brussels", point(4.35, 50.85), json!({"end": "..", "status": [{"is": "in-force", "from": "2014-07-31", "until": ""}]})),
        event("deployment", "deployment", "2015", "Moscow", point(37.62, 55.75), json!({})),
        event("vienna-again", "negotiation", "2015-10", "Vienna", point(16.4, 48.2), json!({})),
        feature(json!({"id": "old", "kind": "region", "name": "Old", "subject": "region", "area": "area:crimea", "start": "2014-02-27", "end": "2018-05-15",
            "sources": ["s"],
            "control": [{"holder": "ukr", "as": "sovereign", "from": "1991-08-24", "until": "2014-02-27", "sources": ["s"]},
                        {"holder": "rus", "as": "administers", "from": "2014-02-27", "until": "2018-05", "sources": ["s"]},
                        {"holder": "ukr", "as": "administers", "from": "2018-05", "until": "", "sources": ["s"]}],
            "claims": [{"polity": "ukr", "from": "1991-08-24", "until": "", "sources": ["s"]}, {"polity": "rus", "from": "2014-03-18", "until": "", "sources": ["s"]}]}),
            square.clone()),
        feature(json!({"id": "new", "kind": "region", "name": "New", "subject": "region", "start": "2018-05-15", "sources": ["s"]}), square),
        feature(json!({"id": "line-1", "kind": "line", "class": "claimed", "claimant": "rus", "name": "Line", "subject": "line", "start": "2014", "end": "2015",
            "names": {"ukr": "The line"}, "sources": ["s"]}), line.clone()),
        feature(json!({"id": "line-2", "kind": "line", "class": "claimed", "claimant": "rus", "name": "Line", "subject": "line", "start": "2015", "sources": ["s"]}), line),
        feature(json!({"id": "town", "kind": "place", "name": "Artemivsk / Bakhmut", "names": names, "names_by_date": dated, "sources": ["s"]}), point(34.5, 45.0)),
        feature(json!({"id": "far", "kind": "place", "name": "Rome", "note": "The talks were planned here.", "sources": ["s"]}), point(12.5, 41.9)),
    ]})
}

/// The properties of a feature.
fn of<'a>(document: &'a mut Value, id: &str) -> &'a mut Value {
    let features = document["features"].as_array_mut().unwrap();
    features.iter_mut().map(|feature| &mut feature["properties"]).find(|properties| properties["id"] == id).unwrap()
}

fn problems_of(document: &Value) -> Vec<Problem> {
    let (project, mut problems) = parse_project("sample.geojson", "sample", &document.to_string()).unwrap();
    problems.extend(validate::broken_rules(&ATLAS, &project).into_iter().map(|broken| broken.problem));
    problems
}

type DocumentSample = (&'static str, fn(&mut Value));

/// What breaks a document, and the rule that says so.
const DOCUMENTS: &[DocumentSample] = &[
    ("unknown-word", |d| d["border_atlas"]["scenes"][0]["layers"]["rivers"] = json!(0.5)),
    ("unknown-word", |d| d["border_atlas"]["scenes"][0]["theme"] = json!("sepia")),
    ("unknown-word", |d| d["border_atlas"]["scenes"][0]["events"] = json!("fights")),
    ("unknown-word", |d| d["border_atlas"]["scenes"][0]["steps"][0]["show"][1] = json!("layer:rivers")),
    ("unknown-subject", |d| d["border_atlas"]["scenes"][0]["steps"][0]["show"][0] = json!("nothing")),
    ("unknown-subject", |d| d["border_atlas"]["scenes"][0]["pinned"][0] = json!("old")),
    ("unknown-subject", |d| d["border_atlas"]["scenes"][0]["highlight"][1] = json!("atlantis")),
    ("unanswered-quiz", |d| d["border_atlas"]["scenes"][1]["answer"] = json!("")),
    ("duplicate-id", |d| d["border_atlas"]["scenes"][1]["id"] = json!("one")),
    ("unknown-view", |d| d["border_atlas"]["scenes"][0]["point_of_view"] = json!("atlantis")),
    ("unknown-alliance", |d| d["border_atlas"]["scenes"][0]["alliances"][0] = json!("atlantis")),
    ("uncited", |d| of(d, "clash")["sources"] = json!([])),
    ("uncited", |d| of(d, "clash")["accounts"][0]["sources"] = json!([])),
    ("uncited", |d| of(d, "clash")["accounts"][0]["figures"][1]["sources"] = json!([])),
    ("unknown-source", |d| of(d, "clash")["accounts"][0]["figures"][0]["sources"] = json!(["nobody-2020-nothing"])),
    ("bad-figure", |d| of(d, "clash")["accounts"][0]["figures"][0]["value"] = json!(44)),
    ("bad-figure", |d| of(d, "clash")["accounts"][0]["figures"][0]["what"] = json!("")),
    ("bad-figure", |d| of(d, "clash")["accounts"][0]["figures"][1]["most"] = json!("ten")),
    ("bad-picture", |d| of(d, "clash")["pictures"][0]["alt"] = json!(" ")),
    ("bad-picture", |d| drop(of(d, "clash")["pictures"][1].as_object_mut().unwrap().remove("credit"))),
    ("bad-picture", |d| of(d, "clash")["pictures"][0]["media"] = json!("image/svg+xml")),
    ("bad-picture", |d| of(d, "clash")["pictures"][1]["media"] = json!("image/png")),
    ("bad-picture", |d| of(d, "clash")["pictures"][0]["data"] = json!("iVBORw0KGgoAAAANSUhEUg!!")),
    ("unknown-source", |d| of(d, "clash")["pictures"][0]["sources"] = json!(["nobody-2020-nothing"])),
    ("not-shown", |d| of(d, "clash")["text"] = json!("It <b>was</b>.")),
    ("not-shown", |d| of(d, "clash")["accounts"][1]["text"] = json!("See ![a map](https://un.org/a.png).")),
    ("not-shown", |d| of(d, "town")["text"] = json!("See [this](file:///etc/passwd).")),
    ("uncited", |d| of(d, "old")["sources"] = json!([])),
    ("uncited", |d| of(d, "old")["control"][1]["sources"] = json!([])),
    ("uncited", |d| of(d, "old")["claims"][1]["sources"] = json!([])),
    ("uncited", |d| of(d, "line-1")["sources"] = json!([])),
    ("uncited", |d| of(d, "town")["sources"] = json!([])),
    ("uncited", |d| of(d, "town")["names_by_date"][0]["sources"] = json!([])),
    ("unknown-source", |d| of(d, "mission")["status"][0]["sources"] = json!(["nobody-2020-nothing"])),
    ("duplicate-id", |d| {
        let again = d["border_atlas"]["sources"][0].clone();
        d["border_atlas"]["sources"].as_array_mut().unwrap().push(again);
    }),
    ("unknown-polity", |d| d["border_atlas"]["parties"][2]["polity"] = json!("atlantis")),
    ("unknown-polity", |d| of(d, "clash")["parties"][0] = json!("atlantis")),
    ("unknown-polity", |d| of(d, "clash")["accounts"][1]["party"] = json!("atlantis")),
    ("unknown-polity", |d| of(d, "clash")["names"]["atlantis"] = json!("Z")),
    ("unknown-polity", |d| of(d, "old")["control"][1]["holder"] = json!("atlantis")),
    ("unknown-polity", |d| of(d, "old")["control"][0]["as"] = json!("part of atlantis")),
    ("unknown-polity", |d| of(d, "line-1")["claimant"] = json!("atlantis")),
    ("unknown-polity", |d| of(d, "town")["names"]["atlantis"] = json!("Z")),
    ("unknown-polity", |d| of(d, "town")["names_by_date"][0]["party"] = json!("atlantis")),
    ("unknown-view", |d| d["border_atlas"]["views"][1] = json!("atlantis")),
    ("unknown-view", |d| d["border_atlas"]["view"]["point_of_view"] = json!("atlantis")),
    ("unknown-dispute", |d| d["border_atlas"]["disputes"][0] = json!("atlantis")),
    ("unknown-dispute", |d| of(d, "clash")["dispute"] = json!("atlantis")),
    ("unknown-alliance", |d| d["border_atlas"]["alliances"][0] = json!("atlantis")),
    ("unknown-alliance", |d| d["border_atlas"]["view"]["alliances"][0] = json!("atlantis")),
    ("unknown-area", |d| of(d, "old")["area"] = json!("area:atlantis")),
    ("bad-role", |d| d["border_atlas"]["parties"][2]["role"] = json!("bystander")),
    ("bad-role", |d| of(d, "old")["control"][1]["as"] = json!("liberates")),
    ("outside-life", |d| of(d, "old")["claims"][1] = json!({"polity": "ussr", "from": "2014", "until": "", "sources": ["s"]})),
    ("status-outside", |d| of(d, "mission")["status"][0]["from"] = json!("2014-03-01")),
    ("status-outside", |d| of(d, "mission")["status"][1]["until"] = json!("")),
    ("status-outside", |d| of(d, "deployment")["status"] = json!([{"is": "in-force", "from": "2015", "until": "2015"}])),
    ("overlapping-status", |d| of(d, "mission")["status"][0]["until"] = json!("2022-02-26")),
    ("not-ended", |d| of(d, "sanctions")["ended_by"] = json!("lifted")),
    ("no-place", |d| of(d, "clash")["place"] = json!("")),
    ("outside-span", |d| d["border_atlas"]["start"] = json!("2014-03-19")),
    ("outside-area", |d| d["features"][0]["geometry"]["coordinates"] = json!([44.95, 34.1])),
    ("outside-area", |d| of(d, "far")["note"] = json!("")),
    ("moved-place", |d| d["features"][4]["geometry"]["coordinates"] = json!([48.2, 16.4])),
    ("one-sided-name", |d| of(d, "clash")["names"] = json!({"rus": "Y", "usa": "Z"})),
    ("one-sided-name", |d| of(d, "line-1")["names"] = json!({"rus": "Another"})),
    ("one-sided-name", |d| of(d, "new")["names"] = json!({"rus": "Another"})),
    ("one-sided-name", |d| of(d, "town")["names"] = json!({"ukr": "Бахмут"})),
    ("one-sided-account", |d| of(d, "clash")["accounts"][1]["party"] = json!("ukr")),
    ("overlapping-names", |d| of(d, "town")["names_by_date"][1]["party"] = json!("rus")),
    ("overlapping-names", |d| of(d, "town")["names_by_date"][2] = json!({"name": "Z", "from": "2016-01", "until": "", "sources": ["s"]})),
    ("overlapping-shapes", |d| of(d, "new")["start"] = json!("2018-05-14")),
    ("overlapping-shapes", |d| of(d, "line-1")["end"] = json!("2016")),
    ("gapped-shapes", |d| of(d, "new")["start"] = json!("2018-05-17")),
    ("gapped-shapes", |d| of(d, "line-2")["start"] = json!("2017")),
    ("two-in-control", |d| of(d, "old")["control"][2]["from"] = json!("2018-04-30")),
    ("overlapping-control", |d| {
        of(d, "old")["control"][2] = json!({"holder": "rus", "as": "administers", "from": "2018-04-30", "until": "", "sources": ["s"]})
    }),
    ("gapped-control", |d| of(d, "old")["control"][2]["from"] = json!("2018-07")),
    ("outside-shapes", |d| of(d, "old")["claims"][1] = json!({"polity": "rus", "from": "1995", "until": "2000", "sources": ["s"]})),
    ("same-event", |d| {
        let mut again = d["features"][3].clone();
        again["properties"]["id"] = json!("deployment-2");
        again["geometry"]["coordinates"][1] = json!(55.751);
        d["features"].as_array_mut().unwrap().push(again);
    }),
    ("duplicate-citation", |d| of(d, "clash")["sources"] = json!(["s (p. 1)", "s", {"id": "s", "locator": "p. 1"}])),
    ("duplicate-source", |d| {
        let mut again = d["border_atlas"]["sources"][0].clone();
        again["id"] = json!("s-again");
        d["border_atlas"]["sources"].as_array_mut().unwrap().push(again);
        of(d, "far")["sources"] = json!(["s-again"]);
    }),
    ("duplicate-source", |d| {
        d["border_atlas"]["sources"][0]["DOI"] = json!("10.1/ABC");
        let other = json!({"id": "t", "title": "T, second printing", "DOI": "https://doi.org/10.1/abc"});
        d["border_atlas"]["sources"].as_array_mut().unwrap().push(other);
        of(d, "far")["sources"] = json!(["t"]);
    }),
    ("unused-source", |d| d["border_atlas"]["sources"].as_array_mut().unwrap().push(json!({"id": "u", "title": "U"}))),
    ("spelled-date", |d| of(d, "clash")["start"] = json!("18 March 2014")),
    ("spelled-date", |d| of(d, "old")["control"][1]["from"] = json!("27.02.2014")),
    ("spelled-date", |d| d["border_atlas"]["start"] = json!("20th century")),
];

/// What comes close to a broken rule and is none.
const FINE: &[fn(&mut Value)] = &[
    |d| {
        of(d, "old")["control"][2] =
            json!({"holder": "ukr", "as": "administers", "from": "2015", "until": "", "note": "The north.", "sources": ["s"]})
    },
    |d| of(d, "new")["start"] = json!("2018-05-16"),
    |d| {
        of(d, "new")["start"] = json!("2020");
        of(d, "new")["note"] = json!("Nobody drew a line in between.");
    },
    |d| of(d, "line-1")["claimant"] = json!("ukr"),
    |d| of(d, "town")["names"] = json!({"ukr": "Bakhmut"}),
    |d| {
        of(d, "clash")["accounts"] = json!([{"party": "ukr", "text": "A", "sources": ["s"]}]);
        of(d, "clash")["note"] = json!("Russia gave no account.");
    },
    |d| of(d, "clash")["precision_km"] = json!(5000),
    |d| {
        d["features"][0]["geometry"]["coordinates"] = json!([44.95, 34.1]);
        of(d, "clash")["parties"] = json!(["irq"]);
    },
    // Two volumes of one year, two events of one day and place.
    |d| {
        let mut other = d["border_atlas"]["sources"][0].clone();
        (other["id"], other["volume"]) = (json!("s-2"), json!(2));
        d["border_atlas"]["sources"].as_array_mut().unwrap().push(other);
        let mut event = d["features"][3].clone();
        let more = json!({"id": "deployment-2", "event": "exercise", "sources": ["s-2"]});
        event["properties"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        d["features"].as_array_mut().unwrap().push(event);
    },
    |d| of(d, "clash")["start"] = json!("2014-03-18T10:30"),
    // Before the tenure begins nobody knows whose land it is.
    |d| {
        d["border_atlas"]["start"] = json!("1700");
        d["features"][0]["geometry"]["coordinates"] = json!([44.95, 34.1]);
        of(d, "clash")["start"] = json!("1750");
    },
];

fn rules(problems: &[Problem]) -> BTreeSet<&'static str> {
    problems.iter().map(|problem| problem.rule).collect()
}

#[test]
fn the_sample_breaks_no_rule() {
    assert_eq!(problems_of(&document()), []);
}

#[test]
fn each_broken_document_is_told_by_its_rule_alone() {
    let mut wrong = Vec::new();
    for (index, (rule, breaks)) in DOCUMENTS.iter().enumerate() {
        let mut broken = document();
        breaks(&mut broken);
        let problems = problems_of(&broken);
        let says_all = problems.iter().all(|it| !it.place.is_empty() && it.what.len() > 15 && !it.hint.is_empty());
        if rules(&problems) != BTreeSet::from([*rule]) || !says_all {
            wrong.push(format!("sample {index} ({rule}): {problems:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_only_comes_close_is_fine() {
    for (index, changes) in FINE.iter().enumerate() {
        let mut changed = document();
        changes(&mut changed);
        assert_eq!(problems_of(&changed), [], "sample {index}");
    }
}

/// An alliance within the rules: a member that joined later, one that was suspended.
fn alliance() -> Value {
    json!({"id": "sample", "name": "Sample", "kind": "alliance", "founded": "1949-04-04", "ended": "1991", "sources": ["nato-1949-treaty"],
        "pledges": [{"kind": "defence", "from": "1949-08-24", "until": "1991", "sources": ["nato-1949-treaty"]}],
        "members": [
            {"polity": "ussr", "joined": "1949-08-24", "left": "1991", "sources": ["nato-1949-treaty"],
             "status": [{"is": "member", "from": "1949-08-24", "until": "1980"}, {"is": "suspended", "from": "1980", "until": "1991"}]},
            {"polity": "tur", "joined": "1952-02-18", "left": "1991", "sources": ["nato-1949-treaty"]}],
        "reservations": [{"polity": "tur", "text": "T", "sources": ["nato-1949-treaty"]}]})
}

fn alliance_problems(alliance: &Value) -> Vec<Problem> {
    let (alliance, problems) = Alliance::from_json(&alliance.to_string()).unwrap();
    assert_eq!(problems, []);
    validate::atlas_problems(&Atlas { alliances: vec![alliance], ..ATLAS.clone() })
}

const ALLIANCES: &[DocumentSample] = &[
    ("uncited", |a| a["sources"] = json!([])),
    ("uncited", |a| a["pledges"][0]["sources"] = json!([])),
    ("uncited", |a| a["members"][1]["sources"] = json!([])),
    ("uncited", |a| a["reservations"][0]["sources"] = json!([])),
    ("unknown-source", |a| a["members"][1]["sources"] = json!(["nobody-2020-nothing"])),
    ("unknown-polity", |a| a["members"][1]["polity"] = json!("atlantis")),
    ("unknown-polity", |a| a["reservations"][0]["polity"] = json!("atlantis")),
    ("outside-alliance", |a| a["members"][1]["left"] = json!("1992")),
    ("outside-alliance", |a| a["members"][1]["joined"] = json!("1948")),
    ("outside-alliance", |a| a["pledges"][0] = json!({"kind": "defence", "from": "1992", "sources": ["nato-1949-treaty"]})),
    ("outside-life", |a| a["members"][0] = json!({"polity": "kaz", "joined": "1950", "left": "1960", "sources": ["nato-1949-treaty"]})),
    ("status-outside", |a| a["members"][0]["status"][1]["until"] = json!("")),
];

#[test]
fn an_end_that_nobody_knows_breaks_no_rule() {
    let mut unknown = alliance();
    unknown["ended"] = json!("unknown");
    unknown["pledges"][0]["until"] = json!("unknown");
    assert_eq!(alliance_problems(&unknown), []);
    unknown["members"][1]["left"] = json!("");
    assert_eq!(rules(&alliance_problems(&unknown)), BTreeSet::from(["outside-alliance"]), "still a member of what is over");
}

#[test]
fn each_broken_alliance_is_told_by_its_rule_alone() {
    assert_eq!(alliance_problems(&alliance()), []);
    for (index, (rule, breaks)) in ALLIANCES.iter().enumerate() {
        let mut broken = alliance();
        breaks(&mut broken);
        let problems = alliance_problems(&broken);
        assert_eq!(rules(&problems), BTreeSet::from([*rule]), "sample {index}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.file == "alliances/sample.json" && !problem.hint.is_empty()), "{problems:?}");
    }
}

type TableSample = (&'static str, &'static str, fn(&mut Atlas));

/// What breaks a table, the rule, and the file that is named.
const TABLES: &[TableSample] = &[
    ("uncited", "disputes.csv", |atlas| atlas.disputes[0].sources.clear()),
    ("uncited", "lines.table", |atlas| atlas.lines[0].sources.clear()),
    ("uncited", ".tenure", |atlas| atlas.tenure.rows[5].text.sources.clear()),
    ("unknown-source", ".tenure", |atlas| atlas.tenure.rows[5].text.sources = Citation::parse_list("nobody-2020-nothing")),
    ("outside-life", ".tenure", |atlas| {
        let row = atlas.tenure.rows.iter_mut().find(|row| row.who.is_some_and(|who| atlas.polities.at(who).id.as_str() == "kaz")).unwrap();
        row.text.span = Span::parse("1950", "1960").unwrap();
    }),
    ("duplicate-id", "disputes.csv", |atlas| atlas.disputes.push(atlas.disputes[0].clone())),
    ("duplicate-id", "sources", |atlas| atlas.sources.push(atlas.sources[0].clone())),
    ("two-works", "sources", |atlas| {
        let mut other: Source = atlas.sources.iter().find(|source| source.year().is_some()).unwrap().clone();
        other.csl["issued"]["date-parts"][0][0] = json!(1066);
        let (mut case, _) = parse_project("sample.geojson", "sample", &document().to_string()).unwrap();
        case.sources.push(other);
        atlas.cases.push(case);
    }),
    ("one-party", "disputes.csv", |atlas| {
        atlas.disputes[0].parties.truncate(1);
    }),
    ("unknown-polity", "disputes.csv", |atlas| atlas.disputes[0].parties.push(PolityId::from("atlantis"))),
    ("one-sided-name", "disputes.csv", |atlas| {
        let dispute = &mut atlas.disputes[0];
        dispute.names = vec![(dispute.parties[0].clone(), "Another".to_owned())];
        dispute.note.clear();
    }),
];

#[test]
fn each_broken_table_is_told_by_its_rule_alone() {
    // Whether our own tables break a rule is for `tests/content/stories.rs`.
    let before = validate::atlas_problems(&ATLAS);
    for (rule, file, breaks) in TABLES {
        let mut broken = ATLAS.clone();
        breaks(&mut broken);
        let mut problems = validate::atlas_problems(&broken);
        problems.retain(|problem| !before.contains(problem));
        assert_eq!(rules(&problems), BTreeSet::from([*rule]), "{file}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.file.ends_with(file) && !problem.hint.is_empty()), "{file}: {problems:?}");
    }
}

#[test]
fn every_rule_has_a_sample_and_stands_in_the_readme() {
    let samples: BTreeSet<&str> =
        DOCUMENTS.iter().chain(ALLIANCES).map(|(rule, _)| *rule).chain(TABLES.iter().map(|(rule, ..)| *rule)).collect();
    let rules: BTreeSet<&str> = validate::RULES.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(samples, rules);
    let readme = include_str!("../../maps/README.md");
    let missing: Vec<&&str> = rules.iter().filter(|rule| !readme.contains(&format!("`{rule}`"))).collect();
    assert!(missing.is_empty(), "maps/README.md does not name {missing:?}");
}
