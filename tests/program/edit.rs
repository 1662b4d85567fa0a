//! Editing from the command line, run as a program: what is saved, what is refused, and that nothing is lost.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a sample document, and the program run in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        fs::write(desk.path("river.geojson"), SAMPLE).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_border-atlas"));
        // Locks are files of the machine's state: those of tests stay in their folder.
        let folders = ["XDG_STATE_HOME", "LOCALAPPDATA", "HOME"];
        program.args(arguments).current_dir(self.0.path()).envs(folders.map(|name| (name, self.path("state"))));
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that refuses its arguments reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Edits with these lines; gives the exit status and what was said.
    fn edit(&self, file: &str, lines: &str, more: &[&str]) -> (i32, String) {
        let output = self.run_with(&[&["edit", file, "--commands", "-"], more].concat(), lines);
        let said = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains("panicked"), "{said}");
        (output.status.code().unwrap(), said)
    }

    fn edited(&self, file: &str, lines: &str, more: &[&str]) -> String {
        let (code, said) = self.edit(file, lines, more);
        assert_eq!(code, 0, "{said}");
        said
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run_with(arguments, "");
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap())
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    /// The names in the folder, hidden ones and the state left out.
    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.') && name != "state").collect();
        names.sort();
        names
    }
}

/// With members of others, and numbers and spaces as no program of ours writes them.
const SAMPLE: &str = r#"{"type": "FeatureCollection", "x-tool": {"zoom": 7.50},
"border_atlas": {"version": 1, "reader": 1, "title": "The river", "x-own": [1, 2],
  "layers": [{"id": "fixed", "name": "Fixed", "locked": true}],
  "sources": [{"id": "smith-1990-towns", "type": "book", "title": "Towns", "issued": {"date-parts": [[1990]]}}]},
"features": [
{"type": "Feature", "x-more": 1.2300,   "geometry": {"type": "Point", "coordinates": [33.50, 45.3]}, "properties": {"kind": "place", "id": "ford", "name": "Ford", "x-color": "red", "sources": ["smith-1990-towns"]}},
{"type": "Feature", "geometry": {"type": "Point", "coordinates": [33.6, 45.4]}, "properties": {"kind": "place", "id": "mill", "name": "Mill", "layer": "fixed", "sources": ["smith-1990-towns"]}}
]}"#;
const BRANCH: &str = r#"{"do": "branch", "name": "What if it had stood?"}"#;

fn set(path: &str, value: &str) -> String {
    json!({"do": "set", "id": "ford", "path": path, "value": value}).to_string()
}

#[test]
fn commands_are_saved_and_nothing_else_changes() {
    let desk = Desk::new();
    let said = desk.edited("river.geojson", &format!("# a note\n\n{}\n", set("note", "Dry in summer.")), &[]);
    assert!(said.contains("line 3: note of ford") && said.contains("river.geojson: saved"), "{said}");
    let mut wanted: Value = serde_json::from_str(SAMPLE).unwrap();
    wanted["features"][0]["properties"]["note"] = "Dry in summer.".into();
    assert_eq!(desk.json("river.geojson"), wanted, "unknown members stay");
    let untouched = SAMPLE.lines().nth(6).unwrap();
    assert!(desk.text("river.geojson").lines().any(|line| line == untouched), "what no command named stays to the letter");
    let (code, said) = desk.run(&["check", "river.geojson"]);
    assert_eq!(code, 0, "it opens again: {said}");
    let backups: Vec<_> = fs::read_dir(desk.0.path()).unwrap().filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok()).collect();
    assert!(backups.iter().any(|text| text == SAMPLE), "the old version is kept");
}

#[test]
fn a_line_that_is_refused_or_unreadable_is_named_and_saves_nothing() {
    let locked = r#"{"do": "set", "id": "mill", "path": "note", "value": "x"}"#;
    let unknown = r#"{"do": "set", "id": "nobody", "path": "note", "value": "x"}"#;
    for (line, why) in [
        (locked, "locked layer `fixed`"),
        (unknown, "`nobody`"),
        ("{\"do\": \"set\", \"id\"", "EOF"),
        (r#"{"do": "fly"}"#, "unknown variant `fly`"),
        (r#"{"do": "remove", "id": "ford", "hard": true}"#, "hard"),
        (r#"{"do": "add-area", "area": "area:nowhere"}"#, "nowhere"),
        (r#"{"do": "add-area", "area": "area:crimea", "titel": "x"}"#, "titel"),
    ] {
        let desk = Desk::new();
        let (code, said) = desk.edit("river.geojson", &format!("{}\n{line}\n{}", set("note", "x"), set("note", "y")), &[]);
        assert_eq!(code, 2, "{line}");
        assert!(said.contains("line 2") && said.contains(why) && said.contains("nothing is saved"), "{line}: {said}");
        assert_eq!((desk.text("river.geojson").as_str(), desk.files()), (SAMPLE, vec!["river.geojson".to_owned()]), "{line}");
    }
}

#[test]
fn a_dry_run_says_what_would_be_and_saves_nothing() {
    let desk = Desk::new();
    let said = desk.edited("river.geojson", &set("note", "x"), &["--dry-run"]);
    assert!(said.contains("note of ford") && said.contains("dry run"), "{said}");
    assert!(desk.edited("river.geojson", "# none\n", &[]).contains("no commands"));
    assert_eq!((desk.text("river.geojson").as_str(), desk.files()), (SAMPLE, vec!["river.geojson".to_owned()]));
}

#[test]
fn another_file_is_written_and_the_first_stays() {
    let desk = Desk::new();
    desk.edited("river.geojson", &set("note", "x"), &["-o", "other.geojson"]);
    assert_eq!(
        (desk.text("river.geojson").as_str(), &desk.json("other.geojson")["features"][0]["properties"]["note"]),
        (SAMPLE, &json!("x"))
    );
    fs::write(desk.path("notes.txt"), "my notes").unwrap();
    let (code, said) = desk.edit("river.geojson", &set("note", "x"), &["-o", "notes.txt"]);
    assert!(code == 2 && said.contains("notes.txt") && desk.text("notes.txt") == "my notes", "{said}");
}

#[test]
fn checking_names_the_problems_of_the_result() {
    let desk = Desk::new();
    let uncited = r#"{"do": "set", "id": "ford", "path": "sources", "value": null}"#;
    let (code, said) = desk.edit("river.geojson", uncited, &["--check"]);
    assert!(code == 1 && said.contains("uncited") && said.contains("feature ford"), "{code} {said}");
    assert!(desk.json("river.geojson")["features"][0]["properties"].get("sources").is_none(), "it is saved all the same");
}

#[test]
fn a_branch_takes_the_place_of_no_document() {
    let desk = Desk::new();
    fs::copy(desk.path("river.geojson"), desk.path("other.geojson")).unwrap();
    for more in [&[][..], &["--dry-run"], &["-o", "other.geojson"], &["-o", "river.geojson"]] {
        let (code, said) = desk.edit("river.geojson", BRANCH, more);
        assert!(code == 2 && said.contains("what-if branch") && said.contains("another name"), "{more:?} {said}");
    }
    assert_eq!((desk.text("river.geojson").as_str(), desk.text("other.geojson").as_str()), (SAMPLE, SAMPLE));
    desk.edited("river.geojson", BRANCH, &["-o", "branch.geojson"]);
    desk.edited("branch.geojson", &set("note", "x"), &[]);
    let branch = desk.json("branch.geojson");
    assert_eq!(branch["border_atlas"]["sandbox"], json!({"name": "What if it had stood?", "of": "The river"}));
    let (code, said) = desk.run(&["describe", "branch.geojson"]);
    assert!(code == 0 && said.contains("# WHAT IF: it had stood? (branch of The river)"), "{said}");
}

#[test]
fn a_new_document_is_sound_and_never_replaces_a_file() {
    let desk = Desk::new();
    let said = desk.run(&["new", "-o", "My Map.geojson", "--title", "A map"]);
    assert_eq!(said.0, 0, "{}", said.1);
    let header = desk.json("My Map.geojson")["border_atlas"].clone();
    assert_eq!((&header["id"], &header["title"], &header["version"]), (&json!("my-map"), &json!("A map"), &json!(1)));
    let (code, said) = desk.run(&["check", "My Map.geojson"]);
    assert_eq!(code, 0, "{said}");
    for (arguments, why) in [
        (&["new", "-o", "river.geojson"][..], "already"),
        (&["new", "-o", "map.json"], ".geojson"),
        (&["new", "-o", "none/map.geojson"], "folder"),
        (&["new", "-o", "map.geojson", "--from", "atlantis"], "galwan"),
        (&["new", "-o", "map.geojson", "--from", "none.geojson"], "none.geojson"),
    ] {
        let (code, said) = desk.run(arguments);
        assert!(code == 2 && said.contains(why), "{arguments:?}: {said}");
    }
    assert_eq!(desk.text("river.geojson"), SAMPLE);
    assert_eq!(desk.files(), ["My Map.geojson", "river.geojson"]);
}

#[test]
fn a_copy_has_all_of_its_source_under_a_name_of_its_own() {
    let desk = Desk::new();
    for (from, file, id) in
        [("crimea", "mine.geojson", "mine"), ("crimea", "crimea.geojson", "crimea-copy"), ("river.geojson", "b.geojson", "b")]
    {
        let (code, said) = desk.run(&["new", "-o", file, "--from", from]);
        assert_eq!(code, 0, "{said}");
        let source = if from == "crimea" {
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/cases/crimea.geojson")).unwrap()
        } else {
            SAMPLE.to_owned()
        };
        let mut wanted: Value = serde_json::from_str(&source).unwrap();
        let title = format!("{} (copy)", wanted["border_atlas"]["title"].as_str().unwrap());
        (wanted["border_atlas"]["id"], wanted["border_atlas"]["title"]) = (id.into(), title.into());
        assert_eq!(desk.json(file), wanted, "{file}");
        let (code, said) = desk.run(&["check", file]);
        assert_eq!(code, 0, "{said}");
    }
}

/// The commands that maps/README.md shows.
fn documented() -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/README.md")).unwrap();
    text.split("```jsonl\n").nth(1).expect("a block of commands").split("```").next().unwrap().to_owned()
}

#[test]
fn the_commands_of_the_manual_work_on_a_new_document() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["new", "-o", "bridge.geojson"]).0, 0);
    let said = desk.edited("bridge.geojson", &documented(), &["-o", "branch.geojson", "--check"]);
    assert!(said.contains("saved"), "{said}");
    let branch = desk.json("branch.geojson");
    let feature = |id: &str| branch["features"].as_array().unwrap().iter().find(|feature| feature["properties"]["id"] == id).unwrap();
    assert_eq!(branch["border_atlas"]["title"], "The bridge at Old Ford");
    assert_eq!(feature("crimea")["geometry"]["type"], "MultiPolygon");
    let control = &feature("left-bank")["properties"]["control"];
    assert_eq!((&control[0]["until"], &control[1]["holder"]), (&json!("1991-08-23"), &json!("ukr")));
}

#[test]
fn every_command_is_in_the_manual() {
    let known = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/edit/command.rs")).unwrap();
    let variants = known.split("pub enum Command {").nth(1).unwrap().split("\n}\n").next().unwrap();
    let names = variants.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with(char::is_uppercase));
    let kebab = |name: &str| {
        let letters = name.chars().take_while(|letter| letter.is_alphanumeric()).enumerate();
        letters.fold(String::new(), |name, (index, letter)| {
            let hyphen = if letter.is_uppercase() && index > 0 { "-" } else { "" };
            name + hyphen + &letter.to_lowercase().to_string()
        })
    };
    let names: Vec<String> = names.map(kebab).collect();
    assert!(names.len() > 15, "{names:?}");
    let manual = documented();
    let missing: Vec<&String> = names.iter().filter(|name| !manual.contains(&format!("{{\"do\": \"{name}\""))).collect();
    assert!(missing.is_empty(), "maps/README.md, Commands, lacks {missing:?}");
}

/// The refusal of an edit: where, why, what next, each said once; nothing is written.
fn refused(desk: &Desk, file: &str, more: &[&str], words: &[&str]) {
    let before = desk.files();
    let (code, said) = desk.edit(file, &set("title", "Mine"), more);
    assert_eq!(code, 2, "{said}");
    assert!(words.iter().all(|word| said.matches(word).count() == 1), "wanted each of {words:?} once: {said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_document_of_a_newer_program_is_named_and_stays() {
    let desk = Desk::new();
    let newer = r#"{"type": "FeatureCollection", "border_atlas": {"version": 7, "reader": 7, "title": "T"}, "features": []}"#;
    fs::write(desk.path("newer.geojson"), newer).unwrap();
    refused(&desk, "newer.geojson", &[], &["newer.geojson: ", "newer Border Atlas", "Nothing is saved", "update the program"]);
    refused(&desk, "newer.geojson", &["-o", "out.geojson"], &["newer.geojson: ", "Nothing is saved"]);
    assert_eq!(desk.text("newer.geojson"), newer);
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_folders_are_refused_at_once() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap().success());
    for name in ["folder", "pipe", "/dev/zero", "/dev/full"] {
        refused(&desk, name, &[], &["no plain file", "name a document"]);
        refused(&desk, "river.geojson", &["-o", name], &["no plain file", "name a document"]);
    }
}

#[cfg(unix)]
#[test]
fn places_that_cannot_be_written_to_say_what_next() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::set_permissions(desk.path("river.geojson"), fs::Permissions::from_mode(0o444)).unwrap();
    refused(&desk, "river.geojson", &[], &["river.geojson: not saved", "read-only", "Save under another name"]);
    refused(
        &desk,
        "river.geojson",
        &["-o", "no/such/out.geojson"],
        &["out.geojson: not saved", "there is no folder", "Save under another name"],
    );
    // A place that refuses everyone, the administrator too.
    refused(&desk, "river.geojson", &["-o", "/proc/out.geojson"], &["out.geojson: not saved", "Save under another name"]);
    refused(&desk, "none.geojson", &[], &["none.geojson: cannot be read", "No such file", "Check the path"]);
}
