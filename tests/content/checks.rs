//! Checking as you go: what a finding points at, and that what is offered as a mend mends it and breaks nothing else.

use std::sync::LazyLock;

use border_atlas::{
    edit::{Command, Finding, History, checks},
    io::{Progress, built_in_atlas, project_file::parse_document},
    model::{Atlas, Document, problem::Severity},
};
use serde_json::{Value, json};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas { cases: Vec::new(), ..built_in_atlas().unwrap().0 });

/// A document in which nothing is to be found.
fn sound() -> Value {
    let square = json!({"type": "Polygon", "coordinates": [[[33, 44], [36, 44], [36, 46], [33, 46], [33, 44]]]});
    let feature = |properties: Value, geometry: Value| json!({"type": "Feature", "geometry": geometry, "properties": properties});
    let point = json!({"type": "Point", "coordinates": [34.1, 44.95]});
    json!({"type": "FeatureCollection",
     "border_atlas": {"version": 1, "reader": 1, "id": "sample", "title": "Sample", "start": "1991", "end": "",
        "parties": [{"polity": "ukr", "role": "party"}, {"polity": "rus", "role": "party"}],
        "sources": [{"id": "s", "type": "book", "title": "T", "publisher-place": "London"}, {"id": "t", "type": "book", "title": "U", "language": "uk"}]},
     "features": [
        feature(json!({"id": "clash", "kind": "event", "event": "clash", "name": "A clash", "start": "2014-03-18", "place": "Simferopol", "sources": ["s (p. 1)"],
            "parties": ["ukr", "rus"],             "accounts": [{"party": "ukr", "text": "They came first, and we did not.", "sources": ["s", "t"]}, {"party": "rus", "text": "Not so.", "sources": ["s"]}]}), point),
        feature(json!({"id": "old", "kind": "region", "name": "Old", "subject": "region", "start": "1991", "end": "2018-05-14", "sources": ["s"],
            "control": [{"holder": "ukr", "as": "administers", "from": "1991-08-24", "until": "2014-02-26", "sources": ["s"]},
                        {"holder": "rus", "as": "administers", "from": "2014-02-27", "until": "", "sources": ["s"]}]}), square.clone()),
        feature(json!({"id": "new", "kind": "region", "name": "New", "subject": "region", "start": "2018-05-15", "sources": ["s"],
            "control": [{"holder": "rus", "as": "part of rus", "from": "2018-06", "sources": ["s"]}]}), square),
        feature(json!({"id": "town", "kind": "place", "name": "Town", "sources": ["s"], "names_by_date": [
            {"name": "Old Town", "from": "1991", "until": "2000", "sources": ["s"]}, {"name": "New Town", "from": "2001", "sources": ["s"]}]}),
            json!({"type": "Point", "coordinates": [34.5, 45.0]}))]})
}

fn document(value: &Value) -> Document {
    parse_document("sample.geojson", "sample", &value.to_string(), &Progress::default()).unwrap()
}

fn found(value: &Value) -> Vec<Finding> {
    checks(&ATLAS, &document(value))
}

fn of<'a>(value: &'a mut Value, id: &str) -> &'a mut Value {
    let features = value["features"].as_array_mut().unwrap();
    features.iter_mut().map(|feature| &mut feature["properties"]).find(|properties| properties["id"] == id).unwrap()
}

fn broken(breaks: fn(&mut Value)) -> Value {
    let mut value = sound();
    breaks(&mut value);
    value
}

/// What breaks it, the rule, and the property or source that the one finding is about.
type Sample = (&'static str, &'static str, fn(&mut Value));

/// What one click puts right.
const MENDED: &[Sample] = &[
    ("duplicate-citation", "sources", |d| of(d, "clash")["sources"] = json!(["s (p. 1)", "t", "s (p. 1)"])),
    ("duplicate-citation", "accounts/1/sources", |d| of(d, "clash")["accounts"][1]["sources"] = json!(["s", {"id": "s"}])),
    ("spelled-date", "start", |d| of(d, "clash")["start"] = json!("18 March 2014")),
    ("spelled-date", "control/0/until", |d| of(d, "old")["control"][0]["until"] = json!("26 Feb 2014")),
    ("spelled-date", "start", |d| d["border_atlas"]["start"] = json!("20th century")),
    ("gapped-control", "control/1/from", |d| of(d, "old")["control"][0]["until"] = json!("2013")),
    ("gapped-shapes", "start", |d| of(d, "old")["end"] = json!("2017")),
    ("two-in-control", "control/1", |d| of(d, "old")["control"][0]["until"] = json!("2015")),
    ("two-in-control", "control/1", |d| {
        let rows = of(d, "old")["control"].as_array_mut().unwrap();
        rows.reverse();
        rows[1]["until"] = json!("2015");
    }),
    ("overlapping-control", "control/1", |d| {
        of(d, "old")["control"][0] = json!({"holder": "rus", "as": "administers", "from": "1992", "until": "2015", "sources": ["s"]})
    }),
    ("overlapping-shapes", "start", |d| of(d, "old")["end"] = json!("2019")),
    ("overlapping-names", "names_by_date/1/until", |d| of(d, "town")["names_by_date"][0]["until"] = json!("2005")),
    ("unknown-polity", "accounts/0/party", |d| of(d, "clash")["accounts"][0]["party"] = json!("Ukraine")),
    ("unknown-polity", "parties/1", |d| of(d, "clash")["parties"][1] = json!("RUS")),
    ("unknown-polity", "parties/0/polity", |d| d["border_atlas"]["parties"][0]["polity"] = json!("UKR")),
    ("unknown-polity", "control/0/as", |d| of(d, "new")["control"][0]["as"] = json!("part of RUSSIA")),
    ("unused-source", "t", |d| of(d, "clash")["accounts"][0]["sources"] = json!(["s"])),
    // The atlas has it.
    ("unknown-source", "nato-1949-treaty", |d| of(d, "old")["sources"] = json!(["s", "nato-1949-treaty"])),
    ("invalid-shape", "", |d| d["features"][1]["geometry"]["coordinates"][0].as_array_mut().unwrap().reverse()),
    ("invalid-shape", "", |d| {
        d["features"][1]["geometry"]["coordinates"][0].as_array_mut().unwrap().insert(1, json!([36, 44]));
    }),
    ("duplicate-id", "", |d| of(d, "new")["id"] = json!("clash")),
];

/// What a person must decide.
const SHOWN: &[Sample] = &[
    ("uncited", "control/1/sources", |d| of(d, "old")["control"][1]["sources"] = json!([])),
    ("uncited", "accounts/0/sources", |d| of(d, "clash")["accounts"][0]["sources"] = json!([])),
    ("unknown-source", "nobody", |d| of(d, "old")["sources"] = json!(["s", "nobody"])),
    ("unknown-polity", "accounts/0/party", |d| of(d, "clash")["accounts"][0]["party"] = json!("atlantis")),
    ("one-sided-account", "accounts", |d| drop(of(d, "clash")["accounts"].as_array_mut().unwrap().pop())),
    ("outside-span", "start", |d| d["border_atlas"]["start"] = json!("2015")),
    ("bad-date", "", |d| of(d, "clash")["start"] = json!("soon")),
    // Cutting the longer row would lose its end.
    ("two-in-control", "control/1", |d| {
        of(d, "old")["control"][0]["until"] = json!("2016");
        of(d, "old")["control"][1]["until"] = json!("2014-12");
    }),
    ("invalid-shape", "", |d| d["features"][1]["geometry"]["coordinates"][0].as_array_mut().unwrap().swap(1, 2)),
    ("duplicate-source", "s-2", |d| {
        d["border_atlas"]["sources"].as_array_mut().unwrap().push(json!({"id": "s-2", "DOI": "10.1/X"}));
        d["border_atlas"]["sources"][0]["DOI"] = json!("10.1/x");
        of(d, "town")["sources"] = json!(["s-2"]);
    }),
];

fn about(finding: &Finding) -> String {
    finding
        .path
        .clone()
        .filter(|_| finding.source.is_none() || finding.rule == "duplicate-citation")
        .or(finding.source.clone())
        .unwrap_or_default()
}

#[test]
fn a_sound_document_has_no_findings() {
    assert_eq!(found(&sound()), []);
}

#[test]
fn each_mend_makes_its_finding_go_and_brings_no_other() {
    for (rule, wanted, breaks) in MENDED {
        let mut history = History::new(document(&broken(*breaks)));
        let findings = checks(&ATLAS, history.document());
        let [finding] = &findings[..] else { panic!("{rule} {wanted}: {findings:?}") };
        assert_eq!((finding.rule, about(finding).as_str()), (*rule, *wanted));
        let mend = finding.mend.clone().unwrap_or_else(|| panic!("no mend: {finding:?}"));
        history.apply(&mend, None).unwrap_or_else(|refusal| panic!("{mend:?}: {refusal}"));
        let left = checks(&ATLAS, history.document());
        assert!(left.is_empty(), "{rule} {wanted}, {mend:?}: {left:?}");
    }
}

#[test]
fn what_a_person_must_decide_has_no_mend() {
    for (rule, wanted, breaks) in SHOWN {
        let findings = found(&broken(*breaks));
        assert!(findings.iter().any(|it| it.rule == *rule && about(it) == *wanted && it.mend.is_none()), "{rule} {wanted}: {findings:?}");
        assert!(findings.iter().all(|it| it.what.len() > 15), "{findings:?}");
    }
}

#[test]
fn findings_name_the_feature_the_source_and_the_property() {
    let value = broken(|d| {
        of(d, "clash")["id"] = json!("clash: at the bridge");
        of(d, "clash: at the bridge")["accounts"][1]["sources"] = json!(["nobody"]);
    });
    let findings = found(&value);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!((finding.feature.as_deref(), finding.source.as_deref()), (Some("clash: at the bridge"), Some("nobody")));
    assert_eq!((finding.path.as_deref(), finding.severity), (Some("accounts/1/sources"), Severity::Error));
}

#[test]
fn a_source_that_only_a_feature_cites_which_cannot_be_read_is_in_use() {
    let value = broken(|d| {
        of(d, "clash")["accounts"][0]["sources"] = json!(["s"]);
        of(d, "town")["kind"] = json!("village");
        of(d, "town")["sources"] = json!(["t"]);
    });
    let rules: Vec<&str> = found(&value).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["unknown-kind"]);
}

#[test]
fn our_own_cases_have_nothing_but_advice() {
    for path in ["crimea", "galwan", "nagorno-karabakh"].map(|id| format!("{}/maps/cases/{id}.geojson", env!("CARGO_MANIFEST_DIR"))) {
        let text = std::fs::read_to_string(&path).unwrap();
        let findings = checks(&ATLAS, &parse_document(&path, "case", &text, &Progress::default()).unwrap());
        let grave: Vec<String> =
            findings.iter().filter(|it| it.severity != Severity::Advice).map(|it| it.problem(&path).to_string()).collect();
        assert!(grave.is_empty(), "{}", grave.join("\n"));
    }
}

#[test]
fn features_with_one_id_are_told_apart_by_position() {
    let value = broken(|d| {
        of(d, "new")["id"] = json!("old");
        of(d, "town")["id"] = json!("old");
    });
    let mut history = History::new(document(&value));
    history.apply(&Command::OwnIds { id: "old".into() }, None).unwrap();
    assert_eq!(history.document().features().iter().map(|feature| feature.id()).collect::<Vec<_>>(), ["clash", "old", "old-2", "old-3"]);
    let before = history.document().to_text();
    history.apply(&Command::OwnIds { id: "old".into() }, None).unwrap();
    assert_eq!(history.document().to_text(), before);
    assert!(history.apply(&Command::OwnIds { id: "none".into() }, None).is_err());
}
