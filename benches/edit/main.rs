//! What editing a large document costs: `cargo bench --bench edit` (`-- frames` for the window alone; `--no-default-features` for all but the window).
//! An edit with the frame after it must cost less than 16 ms, scrubbing 2 ms and what is in view, checks 100 ms.

#[cfg(feature = "gui")]
mod frames;

use std::sync::LazyLock;

use border_atlas::{
    edit::{Command, History, balance, checks},
    io::{Progress, built_in_atlas, project_file::parse_document},
    model::{Atlas, Document},
};
use divan::{Bencher, black_box};
use serde_json::{Value, json};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().expect("the built-in atlas").0);
static LARGE: LazyLock<Document> = LazyLock::new(|| document(10_000));

fn main() {
    #[cfg(feature = "gui")]
    frames::run();
    if !std::env::args().any(|argument| argument == "frames") {
        divan::main();
    }
}

/// Half events with accounts, a third regions with rows of control, a twelfth lines, the rest places, over Crimea. Every tenth has something to be found.
fn document(count: usize) -> Document {
    let features: Vec<Value> = (0..count).map(feature).collect();
    let sources: Vec<Value> = (0..500).map(|ix| json!({"id": format!("s{ix}"), "type": "book", "title": format!("Work {ix}")})).collect();
    let parties = json!([{"polity": "ukr", "role": "party"}, {"polity": "rus", "role": "party"}]);
    let header = json!({"version": 1, "reader": 1, "title": "Large", "start": "1900", "parties": parties, "sources": sources,
        "view": {"date": "2005", "bbox": [32.5, 44.2, 36.5, 46.2]}});
    let text = json!({"type": "FeatureCollection", "border_atlas": header, "features": features}).to_string();
    parse_document("large.geojson", "large", &text, &Progress::default()).expect("a document")
}

fn feature(ix: usize) -> Value {
    let (lon, lat) = (33.0 + (ix % 97) as f64 * 0.03, 44.5 + (ix % 89) as f64 * 0.015);
    let (id, source, year) = (format!("f{ix}"), format!("s{}", ix % 500), 1991 + ix % 30);
    let cited = if ix.is_multiple_of(10) { json!([source, source]) } else { json!([source]) };
    let more = match ix % 6 {
        0..=2 => json!({"kind": "event", "event": "clash", "start": format!("{year}-{:02}-{:02}", 1 + ix % 12, 1 + ix % 28), "place": id,
            "accounts": [{"party": "ukr", "text": "They came first.", "sources": [source]}, {"party": "rus", "text": "They did.", "sources": [source]}]}),
        3 | 4 => json!({"kind": "region", "start": "1991", "control": [
            {"holder": "ukr", "as": "administers", "from": "1991-08-24", "until": "2014-02-26", "sources": [source]},
            {"holder": "rus", "as": "administers", "from": "2014-02-27", "sources": [source]}]}),
        _ if ix % 12 == 5 => json!({"kind": "line", "class": "ceasefire", "start": format!("{year}")}),
        _ => json!({"kind": "place"}),
    };
    let ring: Vec<[f64; 2]> = (0..=40)
        .map(|at| f64::from(at % 40) * std::f64::consts::TAU / 40.0)
        .map(|a| [lon + 0.01 * a.cos(), lat + 0.01 * a.sin()])
        .collect();
    let geometry = match ix % 6 {
        3 | 4 => json!({"type": "Polygon", "coordinates": [ring]}),
        _ if ix % 12 == 5 => json!({"type": "LineString", "coordinates": ring[..20]}),
        _ => json!({"type": "Point", "coordinates": [lon, lat]}),
    };
    let mut properties = json!({"id": id, "name": format!("Thing {ix}"), "sources": cited});
    if let (Value::Object(own), Value::Object(more)) = (&mut properties, more) {
        own.extend(more);
    }
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

fn command(number: usize) -> Command {
    Command::Set { id: "f5000".into(), path: "name".into(), value: format!("Name {number}").into() }
}

#[divan::bench]
fn set_and_project(bencher: Bencher) {
    let mut history = History::new(LARGE.clone());
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        history.apply(&command(number), None).expect("a sound command");
        black_box(history.project())
    });
}

#[divan::bench]
fn set(bencher: Bencher) {
    let mut history = History::new(LARGE.clone());
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        black_box(history.apply(&command(number), None))
    });
}

#[divan::bench]
fn undo(bencher: Bencher) {
    let mut history = History::new(LARGE.clone());
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        history.redo();
        history.apply(&command(number), None).expect("a sound command");
        black_box(history.undo())
    });
}

#[divan::bench]
fn project(bencher: Bencher) {
    bencher.bench(|| black_box(LARGE.project()));
}

#[divan::bench]
fn all_checks(bencher: Bencher) {
    bencher.bench(|| black_box(checks(&ATLAS, &LARGE)));
}

#[divan::bench]
fn balance_of_sides(bencher: Bencher) {
    let (project, _) = LARGE.project();
    bencher.bench(|| black_box(balance(&project)));
}
