//! Who may name whom: the table of ARCHITECTURE.md, held. A new edge changes this table and that page in the same commit.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folder, and what its code must never name.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("time", &["geometry", "model", "edit", "scene", "io", "export", "publish", "cli", "gui", "std::fs", "egui"]),
    ("geometry", &["time", "model", "edit", "scene", "io", "export", "publish", "cli", "gui", "std::fs", "egui"]),
    ("model", &["edit", "scene", "io", "export", "publish", "cli", "gui", "std::fs", "egui"]),
    ("edit", &["scene", "io", "export", "publish", "cli", "gui", "std::fs", "egui"]),
    ("scene", &["edit", "io", "export", "publish", "cli", "gui", "std::fs", "egui"]),
    ("io", &["edit", "scene", "export", "publish", "cli", "gui", "egui"]),
    ("export", &["edit", "io", "publish", "cli", "gui", "std::fs", "egui"]),
    ("publish", &["edit", "cli", "gui", "egui"]),
    ("cli", &["gui", "egui"]),
    ("gui", &["cli", "std::fs"]),
];

#[test]
fn every_layer_names_only_what_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    for (folder, forbidden) in FORBIDDEN {
        for file in rust_files(&root.join(folder)) {
            let code = code_of(&fs::read_to_string(&file).unwrap());
            for (number, line) in code.lines().enumerate() {
                for word in forbidden.iter().filter(|word| names(line, word)) {
                    broken.push(format!("{}:{}: `{folder}` names `{word}`: {}", file.display(), number + 1, line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_table_sees_an_edge_when_there_is_one() {
    assert!(names("use crate::gui::app;", "gui"));
    assert!(names("use crate::{geometry::LonLat, gui::app};", "gui"));
    assert!(names("let file = std::fs::read(path);", "std::fs"));
    assert!(names("egui::Color32::WHITE", "egui"));
    assert!(!names("use crate::geometry::LonLat;", "gui"));
    assert!(!names("let guide = 1;", "gui"));
    assert!(!code_of("//! mentions crate::gui\nlet a = 1; // crate::gui\n").contains("gui"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect()
}

/// The text without comments, line by line. `//` inside a string ends the line too, which is harmless here.
fn code_of(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// Whether a line of code names a crate path or one of our folders.
fn names(line: &str, word: &str) -> bool {
    match word {
        "std::fs" => line.contains("std::fs") || line.contains("std::{") && line.contains("fs"),
        "egui" => line.contains("egui::") || line.contains("eframe::"),
        folder => {
            let in_crate = line.contains(&format!("crate::{folder}::")) || line.contains(&format!("crate::{folder};"));
            let in_braces = line.contains("crate::{")
                && line.split(['{', ',', ' ', '}']).any(|part| part == folder || part.starts_with(&format!("{folder}::")));
            in_crate || in_braces
        }
    }
}
