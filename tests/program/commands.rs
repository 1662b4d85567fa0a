//! The program run as a program: names, formats, exit codes and errors that scripts rely on.

use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_border-atlas")).args(arguments).output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

/// What a failing command says, with its exit code.
fn refused(arguments: &[&str]) -> (i32, String) {
    let output = run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{arguments:?} was not refused");
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

fn find<'a>(rows: &'a Value, key: &str, value: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row[key] == value).unwrap_or_else(|| panic!("no {key} {value}"))
}

#[test]
fn state_lists_polities_with_their_codes() {
    let rows = json(&["state", "--at", "2026-01-01"]);
    let france = find(&rows, "id", "fra");
    assert_eq!(
        (&france["status"], &france["iso3"], &france["cow"], &france["gw"]),
        (&Value::from("sovereign"), &Value::from("FRA"), &Value::from(220), &Value::from(220))
    );
    let greenland = find(&rows, "id", "grl");
    assert_eq!((&greenland["status"], &greenland["holder"]), (&Value::from("dependency"), &Value::from("dnk")));
}

#[test]
fn state_geojson_is_one_multipolygon_a_polity() {
    let collection = json(&["state", "--at", "1960-01-01", "--format", "geojson"]);
    let features = collection["features"].as_array().unwrap();
    let union = features.iter().find(|feature| feature["properties"]["id"] == "ussr").unwrap();
    assert_eq!(union["geometry"]["type"], "MultiPolygon");
    let republic = features.iter().find(|feature| feature["properties"]["id"] == "ukrainian-ssr").unwrap();
    assert_eq!((&republic["properties"]["status"], &republic["properties"]["holder"]), (&Value::from("constituent"), &Value::from("ussr")));
    let ids: std::collections::HashSet<&str> = features.iter().map(|feature| feature["properties"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), features.len());
}

#[test]
fn state_csv_has_the_fixed_columns() {
    let text = stdout(&["state", "--at", "2000", "--format", "csv", "--view", "un"]);
    assert!(text.starts_with("id,name,status,holder,iso3,cow,gw,approximate\n"));
}

#[test]
fn disputes_say_who_administers_and_who_claims() {
    let rows = json(&["disputes", "--at", "2020-06-15"]);
    let aksai_chin = find(&rows, "id", "aksai-chin");
    assert_eq!(aksai_chin["administered_by"], serde_json::json!(["chn"]));
    let claimed: Vec<&str> = aksai_chin["claimed_by"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(claimed.contains(&"ind") && claimed.contains(&"chn"), "{claimed:?}");
    let area = aksai_chin["area_km2"].as_f64().unwrap();
    assert!((area / 29_985.0 - 1.0).abs() < 0.02, "{area}");
    assert_eq!(aksai_chin["geometry"]["type"], "MultiPolygon");
    // A dependency does not administer itself: whoever it depends on answers for it.
    assert_eq!(find(&rows, "id", "falklands")["administered_by"], serde_json::json!(["gbr"]));
}

#[test]
fn allies_have_dates_and_pledges() {
    let rows = json(&["allies", "--at", "1983-09-26", "--alliance", "nato"]);
    assert_eq!(rows.as_array().unwrap().len(), 16);
    let turkey = find(&rows, "polity", "tur");
    assert_eq!((&turkey["joined"], &turkey["iso3"], &turkey["cow"]), (&Value::from("1952-02-18"), &Value::from("TUR"), &Value::from(640)));
    assert!(turkey["pledges"].as_array().unwrap().contains(&Value::from("defence")));
    let of_turkey = json(&["allies", "--at", "1983-09-26", "--of", "tur"]);
    let of_turkey = of_turkey.as_array().unwrap();
    assert!(of_turkey.len() >= 16);
    assert!(of_turkey.iter().all(|row| of_turkey.iter().any(|own| own["alliance"] == row["alliance"] && own["polity"] == "tur")));
}

#[test]
fn events_are_cut_by_case_and_dates() {
    let rows = json(&["events", "--case", "galwan", "--from", "2020-06", "--to", "2020-06"]);
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["case"] == "galwan"));
    assert!(rows.iter().any(|row| row["date"].as_str().unwrap().starts_with("2020-06-15")));
    // What began before may have lasted until then, or last still.
    let was_over =
        |row: &Value| row["end"].as_str().map_or(row["date"].as_str().unwrap() < "2020-06", |end| end != ".." && end < "2020-06");
    assert!(!rows.iter().any(was_over) && rows.iter().all(|row| row["date"].as_str().unwrap() < "2020-07"), "{rows:?}");
    let collection = json(&["events", "--case", "crimea", "--format", "geojson"]);
    assert_eq!(collection["features"][0]["geometry"]["type"], "Point");
}

#[test]
fn sources_come_in_four_formats() {
    let items = json(&["sources", "--format", "csl-json"]);
    let items = items.as_array().unwrap();
    let of_galwan = json(&["sources", "--case", "galwan", "--format", "csl-json"]);
    assert!((100..items.len()).contains(&of_galwan.as_array().unwrap().len()));
    assert!(items.windows(2).all(|pair| pair[0]["id"].as_str() < pair[1]["id"].as_str()));
    assert_eq!(find(&of_galwan, "id", "lamb-1973-ladakh")["type"], "book");
    let count = |format: &str, start: &str| stdout(&["sources", "--format", format]).lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("bibtex", "@"), count("ris", "TY  - "), count("text", "")), (items.len(), items.len(), items.len()));
    assert_eq!(stdout(&["sources"]), stdout(&["sources", "--format", "text"]));
    assert_eq!(stdout(&["sources", "--case", "galwan"]), stdout(&["sources", "galwan", "--format", "list"]));
}

#[test]
fn sources_are_listed_in_a_style() {
    let apa = stdout(&["sources", "galwan", "--style", "apa"]);
    assert_eq!(apa.lines().count(), stdout(&["sources", "galwan"]).lines().count());
    assert!(apa.contains("Lamb, A. (1973). The Sino-Indian Border in Ladakh."), "{apa}");
    assert!(stdout(&["sources", "galwan", "--style", "apa", "--format", "markdown"]).contains("*The Sino-Indian Border in Ladakh*"));
    let (code, said) = refused(&["sources", "--style", "turabian"]);
    assert!(code == 2 && said.contains("chicago-notes"), "{said}");
    let (_, said) = refused(&["sources", "--style", "apa", "--format", "ris"]);
    assert!(said.contains("--style goes with"), "{said}");
}

#[test]
fn a_file_of_sources_becomes_csl_json() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.bib");
    std::fs::write(&file, "@book{waal, author = {de Waal, Thomas}, title = {Black Garden}, year = 2003}\n").unwrap();
    let file = file.to_str().unwrap();
    let items = json(&["sources", "--import", file]);
    assert_eq!((&items[0]["id"], &items[0]["author"][0]["family"]), (&Value::from("waal"), &Value::from("Waal")));
    assert!(stdout(&["sources", "--import", file, "--format", "ris"]).contains("AU  - de Waal, Thomas\r\n"));
    assert_eq!(stdout(&["sources", "--import", file, "--style", "mla"]), "de Waal, Thomas. Black Garden. 2003.\n");
    std::fs::write(file, "@book{waal, title = {Black Garden}}\n@book{bad\n").unwrap();
    let output = run(&["sources", "--import", file]);
    assert_eq!((output.status.code(), output.stdout.starts_with(b"[")), (Some(1), true));
    assert!(String::from_utf8(output.stderr).unwrap().contains("library.bib: line 2: error [bad-bibtex]"));
}

#[test]
fn describe_tells_what_the_map_shows() {
    let text = stdout(&["describe", "crimea", "--at", "2014-04-01"]);
    for line in ["# Crimea and the Donbas", "- Date: 1 April 2014", "- View: de facto control", "## Who holds what", "## Disputed areas"] {
        assert!(text.lines().any(|own| own == line), "no {line}");
    }
    let below = |heading: &str| text.split("\n## ").find(|part| part.starts_with(heading)).unwrap_or_else(|| panic!("no {heading}"));
    assert!(below("Who holds what").contains("- Russia: sovereign"));
    let crimea = below("Disputed areas").split("\n- ").find(|row| row.starts_with("Crimea")).expect("the Crimea");
    for fact in [
        "Ukraine has the title since 24 August 1991 (",
        "Russia administers since 27 February 2014 (",
        "Russia claims since 18 March 2014 (",
    ] {
        assert!(crimea.contains(fact), "no {fact} in {crimea}");
    }
    assert!(below("Lines").contains("Crimean line"));
    let referendum = below("Events").split("\n- ").find(|row| row.starts_with("16 March 2014: Referendum")).expect("the referendum");
    assert!(referendum.contains("  - Account of Ukraine") && referendum.contains("  - Account of Russia"), "{referendum}");
    assert!(below("Notes").contains("imply no endorsement") && below("Sources").lines().count() > 20);
}

#[test]
fn describe_follows_view_box_and_date() {
    let in_view = |view: &str| stdout(&["describe", "--at", "2020", "--view", view, "--bbox", "33,44.2,36,46"]);
    let (de_facto, un) = (in_view("de-facto"), in_view("un"));
    assert!(de_facto.contains("- Russia: sovereign\n  - Disputed areas shown as held by it, in sight: Crimea"), "{de_facto}");
    assert!(un.contains("- Ukraine: sovereign\n  - Disputed areas shown as held by it, in sight: Crimea"), "{un}");
    assert!(!un.contains("- France"));
    let world = stdout(&["describe", "--at", "1914", "--alliance", "nato"]);
    assert!(
        world.contains("- Austria-Hungary: sovereign") && world.contains("No members on this day") && world.contains("the whole world")
    );
    let (_, said) = refused(&["describe", "mars"]);
    assert!(said.contains("galwan"), "{said}");
}

#[test]
fn bad_arguments_say_what_there_is() {
    let (code, said) = refused(&["state", "--at", "2020-13"]);
    assert_eq!(code, 2);
    assert!(said.contains("2020-13") && said.contains("month"), "{said}");
    let (_, said) = refused(&["state", "--at", "2020", "--view", "mars"]);
    assert!(said.contains("mars") && said.contains("de-facto") && said.contains("ukr"), "{said}");
    let (_, said) = refused(&["allies", "--at", "2020", "--alliance", "league-of-mars"]);
    assert!(said.contains("nato"), "{said}");
    let (_, said) = refused(&["events", "--case", "mars"]);
    assert!(said.contains("galwan"), "{said}");
    let (_, said) = refused(&["sources", "--case", "mars"]);
    assert!(said.contains("galwan"), "{said}");
}

#[test]
fn check_ends_with_0_1_or_2() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let clean = write("clean.geojson", r#"{"type":"FeatureCollection","border_atlas":{"version":1,"id":"x","title":"X"},"features":[]}"#);
    let output = run(&["check", &clean]);
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap().as_str()), (Some(0), "checked 1 file: no problems\n"));
    let bad_date = write(
        "bad.geojson",
        r#"{"type":"FeatureCollection","border_atlas":{"version":1,"id":"x","title":"X"},"features":[{"type":"Feature","properties":{"id":"e","kind":"event","event":"clash","name":"E","start":"2020-13","place":"P","sources":["s"]},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#,
    );
    let output = run(&["check", &bad_date]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("bad.geojson: feature e: error [bad-date]") && said.contains("Hint:"), "{said}");
    let (code, said) = refused(&["check", &write("torn.geojson", "{\"type\": \"FeatureColl")]);
    assert!(code == 2 && said.contains("torn.geojson") && said.contains("line 1"), "{said}");
    let (code, said) = refused(&["check", "no-such-file.geojson"]);
    assert!(code == 2 && said.contains("no-such-file.geojson"), "{said}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_border-atlas"))
        .args(["state", "--at", "2020", "--format", "geojson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn compare_tells_who_gained_and_lost_and_what_was_drawn() {
    let told = json(&["compare", "--at", "2013-06-01", "--at", "2014-04-01", "--format", "json"]);
    let russia = find(&told["balances"], "id", "rus");
    assert!(russia["gained_km2"].as_f64().unwrap() > 25_000.0, "{russia}");
    assert_eq!(russia["gained_km2"], find(&told["transfers"], "to", "rus")["km2"]);
    let land = json(&["compare", "--view", "de-facto", "--view", "ind", "--at", "2020-06-15", "--format", "geojson"]);
    let features = land["features"].as_array().unwrap();
    assert!(
        features
            .iter()
            .any(|one| one["properties"]["from"] == "chn" && one["properties"]["to"] == "ind" && one["geometry"]["type"] == "MultiPolygon")
    );
    assert!(features.iter().any(|one| one["properties"]["kind"] == "line" && one["geometry"]["type"] == "MultiLineString"));
    let text = stdout(&["compare", "--at", "2013-06-01", "--at", "2014-04-01"]);
    assert!(text.contains("1 June 2013 → 1 April 2014") && text.contains("from Ukraine"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("grid.svg");
    let path = file.to_str().unwrap();
    let dates: Vec<&str> = ["2013", "2014-04", "2015", "2022"].into_iter().flat_map(|date| ["--at", date]).collect();
    stdout(&[&["compare", "crimea", "--layout", "multiples", "-o", path, "--size", "900x600"][..], &dates].concat());
    assert!(std::fs::read_to_string(&file).unwrap().contains("picture-4-land"));
    for wrong in [&["compare", "--at", "2013"][..], &["compare", "--at", "2013", "--at", "2014", "--at", "2015"], &["compare"]] {
        let (code, said) = refused(wrong);
        assert!(code == 2 && said.contains("two dates or two views"), "{said}");
    }
}
