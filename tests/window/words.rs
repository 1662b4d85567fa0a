//! Names and texts with words from right to left, as the panels of the window set them.

use std::{cell::RefCell, rc::Rc};

use crate::hands::{self, Shared, day, press};
use border_atlas::{
    gui::{
        app::App,
        session::{Library, Panel, Selection, Session},
    },
    io::{built_in_atlas, project_file::parse_project},
    scene::Theme,
};
use eframe::egui::{self, Modifiers, Shape};
use egui_kittest::{Harness, kittest::Queryable};

const DOCUMENT: &str = r#"{"type":"FeatureCollection","border_atlas":{"version":1,"id":"names","title":"מלחמת 1948","start":"1947","end":"1950",
"sources":[{"id":"s","type":"book","title":"حرب 1948","author":[{"family":"חלמיש"}],"issued":{"date-parts":[[2003]]}}]},"features":[
{"type":"Feature","properties":{"id":"e","kind":"event","event":"clash","name":"القدس 1948","start":"1948-05-15","place":"ירושלים 1948","text":"מלחמה של 1948 בין ישראל ובין שכנותיה שנמשכה חודשים ארוכים ונגמרה בהסכמי שביתת נשק עם כל אחת מהן","note":"Called حرب 1948 by others.","sources":["s"]},"geometry":{"type":"Point","coordinates":[35.2,31.8]}}]}"#;

/// The window with the document and its event selected.
fn window() -> (Harness<'static>, Shared) {
    let (mut atlas, _) = built_in_atlas().unwrap();
    let (project, problems) = parse_project("names.geojson", "names", DOCUMENT).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let mut documents = std::mem::take(&mut atlas.cases);
    documents.push(project);
    let mut library = Library::new(atlas, documents);
    library.built_in -= 1;
    let mut session = Session::new(day("1948-06-01"), [1500.0, 800.0], Theme::Light);
    let own = library.built_in;
    let bbox = session.open_document(&library, own);
    session.clock.go_to(day("1948-06-01"));
    session.reduced_motion = true;
    session.selection = Some(Selection::Event(own, 0));
    session.panels.show(Panel::Inspector);
    let app = Rc::new(RefCell::new(App::new(library, session, bbox, Vec::new())));
    hands::show_in(app, [1500.0, 950.0])
}

/// Every line of text in the window that has `part` in it, letters in the order in which they stand from left to right, and its place.
fn seen(harness: &Harness, part: &str) -> Vec<(String, egui::Rect)> {
    fn walk(shape: &Shape, found: &mut Vec<(String, egui::Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, found)),
            Shape::Text(text) => found.extend(text.galley.rows.iter().map(|row| {
                let mut glyphs: Vec<_> = row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0).collect();
                glyphs.sort_by(|one, other| one.pos.x.total_cmp(&other.pos.x));
                (glyphs.iter().map(|glyph| glyph.chr).collect(), row.rect().translate(text.pos.to_vec2()))
            })),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| walk(&clipped.shape, &mut found));
    found.retain(|(line, _)| line.contains(part));
    found
}

fn from_right(letter: char) -> bool {
    ('\u{590}'..'\u{700}').contains(&letter)
}

#[test]
fn a_year_beside_a_name_reads_forward_in_every_panel() {
    let (mut harness, _) = window();
    for (what, keys) in [
        ("inspector", vec![]),
        ("event list", vec![egui::Key::G]),
        ("map as text", vec![egui::Key::G, egui::Key::R]),
        ("charts", vec![egui::Key::R, egui::Key::C]),
    ] {
        keys.into_iter().for_each(|key| press(&mut harness, Modifiers::NONE, key));
        harness.run_steps(4);
        let all = seen(&harness, "");
        let lines: Vec<_> =
            all.iter().filter(|(line, _)| line.chars().any(from_right) && line.chars().any(|letter| letter.is_ascii_digit())).collect();
        assert!(!lines.is_empty(), "{what}: no such line is there");
        for (line, _) in lines {
            assert!(!line.contains("8491"), "{what}: {line}");
            assert!(line.contains("1948") || line.contains("2003"), "{what}: {line}");
        }
        // The year that follows a name stands to its left.
        let after_its_name = |line: &str| {
            let (before, after) = line.rsplit_once(" 1948")?;
            (before.ends_with(from_right) && !after.contains(from_right)).then(|| line.to_owned())
        };
        assert_eq!(all.iter().filter_map(|(line, _)| after_its_name(line)).collect::<Vec<_>>(), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_text_from_right_to_left_stands_at_the_right_in_lines_that_follow_one_another() {
    let (harness, _) = window();
    let text = "מלחמה של 1948 בין ישראל";
    assert!(harness.query_by_label_contains(text).is_some(), "it is heard as it is written");
    let turned = |word: &str| word.chars().rev().collect::<String>();
    // In the inspector at the right; the callout on the map has the text too.
    let [first, last] = [turned("מלחמה"), turned("מהן")].map(|word| {
        let lines = seen(&harness, &word);
        lines.iter().find(|(_, place)| place.left() > 1100.0).cloned().unwrap_or_else(|| panic!("{word} is not seen"))
    });
    assert!(first.0.trim().ends_with(&turned("מלחמה")), "{first:?}");
    assert!(last.0.trim().starts_with(&turned("מהן")), "{last:?}");
    assert!(last.1.top() > first.1.bottom() - 2.0 && (last.1.right() - first.1.right()).abs() < 1.5, "{first:?} {last:?}");
}

#[test]
fn a_link_and_a_hit_are_called_as_they_are_written() {
    let (mut harness, _) = window();
    press(&mut harness, Modifiers::COMMAND, egui::Key::F);
    harness.get_by_label("Search").type_text("القدس");
    harness.run_steps(4);
    let hit = harness.get_all_by_label_contains("القدس 1948   ").next().is_some();
    assert!(hit, "the hit is called as it is written");
}
