//! `border-atlas chart` run as a program: the same bytes every time, all kinds and formats, errors that say what to do.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn run(arguments: &[&str], output: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_border-atlas");
    Command::new(program).arg("chart").args(arguments).arg("-o").arg(output).output().unwrap()
}

fn written(arguments: &[&str], name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let output = run(arguments, &path);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    fs::read(path).unwrap()
}

/// What a refused command says; it must leave nothing behind.
fn refused(arguments: &[&str], name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = run(arguments, &folder.path().join(name));
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{arguments:?} left a file");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_same_command_gives_the_same_bytes() {
    for (kind, name) in [("area", "chart.svg"), ("events", "chart.csv")] {
        let arguments = ["crimea", "--kind", kind, "--at", "2014-03-18"];
        assert_eq!(written(&arguments, name), written(&arguments, name), "{kind} {name}");
    }
    let png = ["galwan", "--kind", "area", "--size", "640x360"];
    let picture = written(&png, "chart.png");
    assert!(picture.starts_with(b"\x89PNG") && picture == written(&png, "chart.png"));
}

#[test]
fn the_table_of_a_dispute_in_a_view_has_the_fixed_columns() {
    let arguments = ["--kind", "area", "--dispute", "crimea", "--view", "un", "--from", "2000", "--to", "2013"];
    let text = String::from_utf8(written(&arguments, "crimea.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("chart,subject,view,series,id,from,until,value,unit,approximate,full,detail,sources"));
    let rows: Vec<&str> = lines.collect();
    assert!(rows.len() == 1 && rows[0].starts_with("area,Crimea,un,Ukraine,ukr,1991-08-24,,2"), "{rows:?}");
}

#[test]
fn a_state_and_an_alliance_can_be_named() {
    let france = String::from_utf8(written(&["--kind", "memberships", "--polity", "fra"], "fra.csv")).unwrap();
    assert!(france.lines().any(|row| row.starts_with("memberships,France,de-facto,NATO,nato,1949-08-24,")), "{france}");
    assert!(france.contains("withdrew-from-command"), "{france}");
    let nato = String::from_utf8(written(&["--kind", "alliances", "--alliance", "nato", "--from", "2024-06"], "nato.csv")).unwrap();
    assert!(nato.lines().nth(1).is_some_and(|row| row.contains(",32,members,") && row.contains("with Sweden")), "{nato}");
    let svg = String::from_utf8(written(&["--kind", "alliances", "--alliance", "nato", "--theme", "dark"], "nato.svg")).unwrap();
    assert!(svg.contains("Members of NATO") && svg.contains("no endorsement"));
}

#[test]
fn bad_arguments_say_what_there_is() {
    let cases: [(&[&str], &str, &[&str]); 11] = [
        (&["crimea", "--kind", "pie"], "x.svg", &["pie", "memberships"]),
        (&["crimea", "--kind", "area"], "x.pdf", &["x.pdf", ".svg, .png or .csv"]),
        (&["mars", "--kind", "area"], "x.svg", &["mars", "galwan"]),
        (&["--kind", "area"], "x.svg", &["--dispute", "aksai-chin"]),
        (&["--kind", "area", "--dispute", "mars"], "x.svg", &["mars", "aksai-chin"]),
        (&["crimea", "--kind", "events", "--dispute", "crimea"], "x.svg", &["--dispute", "--kind area"]),
        (&["--kind", "memberships"], "x.svg", &["--polity fra"]),
        (&["--kind", "memberships", "--polity", "crimean-khanate"], "x.svg", &["Crimean Khanate", "--polity"]),
        (&["--kind", "alliances", "--alliance", "mars"], "x.svg", &["mars", "nato"]),
        (&["crimea", "--kind", "area", "--from", "2020", "--to", "2010"], "x.svg", &["2020-01-01", "2010-12-31"]),
        (&["crimea", "--kind", "area", "--view", "mars"], "x.svg", &["mars", "de-facto"]),
    ];
    for (arguments, name, words) in cases {
        let said = refused(arguments, name);
        assert!(words.iter().all(|word| said.contains(word)) && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}
