//! Documents that are broken on purpose: no panic, no hang, and an error that names the file and what is wrong; the rest loads.

use border_atlas::{
    io::project_file::parse_project,
    model::event_status::{Ending, SpanStatus},
    time::{Date, End},
};

const GOOD: &str = r#"{"type":"FeatureCollection","border_atlas":{"version":1,"id":"x","title":"X","start":"1990","end":"",
"parties":[{"polity":"ukr","role":"party"}],"sources":[{"id":"s","type":"book","title":"T"}]},"features":[
{"type":"Feature","properties":{"id":"e","kind":"event","event":"clash","name":"E","start":"2020-06-15","place":"P","sources":["s (p. 1)"]},"geometry":{"type":"Point","coordinates":[78.2,34.7]}},
{"type":"Feature","properties":{"id":"r","kind":"region","name":"R","start":"2020","sources":["s"],"control":[{"holder":"ukr","as":"administers","from":"2020","until":"","sources":["s"]}]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
{"type":"Feature","properties":{"id":"l","kind":"line","name":"L","class":"claimed","start":"2020","sources":["s"]},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]}"#;

/// A document of one feature with these properties and this geometry, and a sound one after it.
fn with_feature(properties: &str, geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","border_atlas":{{}},"features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}},
{{"type":"Feature","properties":{{"id":"rest","kind":"line","class":"road","name":"R"}},"geometry":{{"type":"LineString","coordinates":[[0,0],[1,1]]}}}}]}}"#
    )
}

#[test]
fn the_good_one_is_read_whole() {
    let (project, problems) = parse_project("good.geojson", "good", GOOD).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!((project.events.len(), project.regions.len(), project.lines.len()), (1, 1, 1));
    assert_eq!(project.events[0].sources[0].locator, "p. 1");
}

#[test]
fn our_own_format_cut_at_every_byte_is_an_error_or_a_document() {
    for end in 0..GOOD.len() {
        let Some(cut) = GOOD.get(..end) else { continue };
        let error = parse_project("cut.geojson", "cut", cut).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("cut.geojson"), "{error}");
    }
}

#[test]
fn broken_whole_documents_say_what_is_wrong() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases = [
        "",
        "null",
        "[]",
        "{}",
        "NaN",
        r#"{"type":"Feature"}"#,
        r#"{"type":"FeatureCollection"}"#,
        r#"{"type":"FeatureCollection","features":{}}"#,
        &deep,
        "{\"type\":\"FeatureCollection\",\"features\":[1e999]}",
        "\u{0}",
    ];
    for text in cases {
        let error = parse_project("bad.geojson", "bad", text).map(|_| ()).unwrap_err().to_string();
        assert!(error.starts_with("bad.geojson: ") && error.len() > 30, "{error}");
    }
}

#[test]
fn a_bad_feature_is_left_out_with_its_rule_and_the_rest_loads() {
    let event =
        |more: &str| format!(r#"{{"id":"e","kind":"event","event":"clash","name":"E","start":"2020","place":"P","sources":["s"]{more}}}"#);
    let point = r#"{"type":"Point","coordinates":[1,2]}"#;
    let cases = [
        (with_feature(&event(""), r#"{"type":"Point","coordinates":[1,999]}"#), "bad-geometry"),
        (with_feature(&event(""), r#"{"type":"Point","coordinates":[540,2]}"#), "bad-geometry"),
        (with_feature(&event(""), r#"{"type":"Point","coordinates":[]}"#), "bad-geometry"),
        (with_feature(&event(""), "null"), "no-geometry"),
        (with_feature(&event(""), r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#), "wrong-geometry"),
        (with_feature(&event(r#","end":"1999""#), point), "bad-date"),
        (with_feature(&event(r#","end":"..","status":[{"is":"sleeping","from":"2020","until":""}]"#), point), "bad-status"),
        (with_feature(&event(r#","end":"..","status":[{"from":"2020","until":""}]"#), point), "bad-status"),
        (with_feature(&event(r#","end":"..","status":[null]"#), point), "bad-status"),
        (with_feature(&event(r#","end":"..","status":[{"is":"signed","from":"2021","until":"2020"}]"#), point), "bad-date"),
        (with_feature(&event(r#","end":"2021","ended_by":"boredom""#), point), "bad-status"),
        (with_feature(r#"{"id":"p","kind":"place","name":"P","names_by_date":[{"from":"1923","until":""}]}"#, point), "missing-property"),
        (
            with_feature(r#"{"id":"p","kind":"place","name":"P","names_by_date":[{"name":"Q","from":"1923","until":"19"}]}"#, point),
            "bad-date",
        ),
        (with_feature(r#"{"id":"e","kind":"event","event":"picnic","name":"E","start":"2020"}"#, point), "unknown-event-kind"),
        (with_feature(r#"{"id":"e","kind":"dragon","name":"E"}"#, point), "unknown-kind"),
        (with_feature(r#"{"kind":"event"}"#, point), "missing-property"),
        (with_feature("null", point), "no-properties"),
        (with_feature(r#"{"id":"r","kind":"region","name":"R"}"#, r#"{"type":"Polygon","coordinates":[[[0,0]]]}"#), "bad-ring"),
        (with_feature(r#"{"id":"r","kind":"region","name":"R"}"#, r#"{"type":"Polygon","coordinates":[]}"#), "bad-ring"),
        (with_feature(r#"{"id":"r","kind":"region","name":"R"}"#, r#"{"type":"MultiPolygon","coordinates":[]}"#), "bad-ring"),
    ];
    for (text, rule) in cases {
        let (project, problems) = parse_project("bad.geojson", "bad", &text).unwrap();
        assert!(project.events.is_empty() && project.regions.is_empty() && project.places.is_empty());
        assert_eq!(project.lines.len(), 1, "the rest loads");
        assert!(problems.iter().any(|problem| problem.rule == rule && problem.file == "bad.geojson"), "{rule}: {problems:?}");
    }
}

#[test]
fn what_lasts_and_what_was_renamed_is_read() {
    let event = |more: &str| {
        let properties = format!(r#"{{"id":"e","kind":"event","event":"sanctions","name":"E","start":"2014","place":"P"{more}}}"#);
        let text = with_feature(&properties, r#"{"type":"Point","coordinates":[1,2]}"#);
        let (mut project, problems) = parse_project("x.geojson", "x", &text).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        project.events.remove(0)
    };
    let on = |date: &str| Date::parse(date).unwrap().earliest;
    assert!(!event("").lasts && !event("").span.contains(on("2015")));
    let goes_on = event(
        r#","end":"..","status":[{"is":"signed","from":"2014","until":"2015"},{"is":"in-force","from":"2016","until":"","sources":["s (p. 2)"]}]"#,
    );
    assert!(goes_on.lasts && goes_on.span.end == End::InForce);
    let is = |date: &str| goes_on.status_on(on(date)).map(|status| status.is);
    assert_eq!((is("2013"), is("2014"), is("2020")), (None, Some(SpanStatus::Signed), Some(SpanStatus::InForce)));
    assert_eq!(goes_on.statuses[1].sources[0].locator, "p. 2");
    let over = event(r#","end":"2020","ended_by":"lifted""#);
    assert_eq!((over.ended_by, over.status_on(on("2016"))), (Some(Ending::Lifted), None));
    let town = with_feature(
        r#"{"id":"p","kind":"place","name":"P","names_by_date":[{"name":"Q","party":"arm","from":"","until":"1923","note":"n","sources":["s"]}]}"#,
        r#"{"type":"Point","coordinates":[1,2]}"#,
    );
    let (project, _) = parse_project("x.geojson", "x", &town).unwrap();
    let name = &project.places[0].names_by_date[0];
    assert_eq!((name.name.as_str(), name.party.as_ref().unwrap().as_str(), name.note.as_str(), name.sources.len()), ("Q", "arm", "n", 1));
    assert!(name.span.contains(on("1900")) && !name.span.contains(on("1924")));
}

#[test]
fn hostile_names_are_only_text() {
    for name in ["<script>", "\\\" onload=", "]]>", "=cmd|", "\\u202e\\u0000", &"x".repeat(1_000_000), &"\u{301}".repeat(1000)] {
        let text = with_feature(
            &format!(r#"{{"id":"p","kind":"place","name":"{name}","sources":[]}}"#),
            r#"{"type":"Point","coordinates":[1,2]}"#,
        );
        let (project, problems) = parse_project("names.geojson", "names", &text).unwrap();
        let wanted: String = serde_json::from_str(&format!("\"{name}\"")).unwrap();
        assert_eq!(project.places.iter().map(|place| place.common.name.as_str()).collect::<Vec<_>>(), [wanted], "{problems:?}");
    }
}

#[test]
fn the_same_id_twice_keeps_the_first() {
    let text = GOOD.replace(r#""id":"r""#, r#""id":"e""#);
    let (project, problems) = parse_project("twice.geojson", "twice", &text).unwrap();
    assert_eq!((project.events.len(), project.regions.len()), (1, 0));
    assert_eq!(problems[0].rule, "duplicate-id");
}
