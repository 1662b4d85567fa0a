//! Documents that are broken on purpose: no panic, no hang, and an error that names the file and what is wrong; the rest loads.

use border_atlas::io::project_file::parse_project;

const GOOD: &str = r#"{"type":"FeatureCollection","border_atlas":{"version":1,"id":"x","title":"X","start":"1990","end":"",
"parties":[{"polity":"ukr","role":"party"}],"sources":[{"id":"s","type":"book","title":"T"}]},"features":[
{"type":"Feature","properties":{"id":"e","kind":"event","event":"clash","name":"E","start":"2020-06-15","place":"P","sources":["s (p. 1)"]},"geometry":{"type":"Point","coordinates":[78.2,34.7]}},
{"type":"Feature","properties":{"id":"r","kind":"region","name":"R","start":"2020","sources":["s"],"control":[{"holder":"ukr","as":"administers","from":"2020","until":"","sources":["s"]}]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
{"type":"Feature","properties":{"id":"l","kind":"line","name":"L","class":"claimed","start":"2020","sources":["s"]},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]}"#;

/// A document of one feature with these properties and this geometry.
fn with_feature(properties: &str, geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","border_atlas":{{}},"features":[{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
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
        assert!(project.events.is_empty() && project.regions.is_empty());
        assert!(problems.iter().any(|problem| problem.rule == rule && problem.file == "bad.geojson"), "{rule}: {problems:?}");
    }
}

#[test]
fn hostile_names_are_only_text() {
    for name in ["<script>", "\\\" onload=", "]]>", "=cmd|", "\\u202e\\u0000", &"x".repeat(1_000_000), &"\u{301}".repeat(1000)] {
        let text = with_feature(
            &format!(r#"{{"id":"p","kind":"place","name":"{name}","sources":[]}}"#),
            r#"{"type":"Point","coordinates":[1,2]}"#,
        );
        let (project, problems) = parse_project("names.geojson", "names", &text).unwrap();
        assert_eq!(project.places.len(), 1, "{problems:?}");
    }
}

#[test]
fn the_same_id_twice_keeps_the_first() {
    let text = GOOD.replace(r#""id":"r""#, r#""id":"e""#);
    let (project, problems) = parse_project("twice.geojson", "twice", &text).unwrap();
    assert_eq!((project.events.len(), project.regions.len()), (1, 0));
    assert_eq!(problems[0].rule, "duplicate-id");
}
