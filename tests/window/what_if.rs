//! The window says of a what-if branch what it is: on the map and over each chart.

use std::{cell::RefCell, rc::Rc};

use crate::hands::{self, day};
use border_atlas::{
    edit::{Command, History},
    gui::{
        app::App,
        session::{Library, Panel, Session},
    },
    io::{AtlasFiles, Progress, built_in_atlas, project_file::parse_document},
    scene::Theme,
};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

/// The window with the story of Crimea, as it is or as a branch.
fn window(is_branch: bool) -> Harness<'static> {
    let (mut atlas, _) = built_in_atlas().unwrap();
    let text = AtlasFiles::embedded().case_text("crimea").unwrap().to_owned();
    let mut history = History::new(parse_document("crimea.geojson", "crimea", &text, &Progress::default()).unwrap());
    if is_branch {
        history.apply(&Command::Branch { name: "What if the bridge had stood?".to_owned() }, None).unwrap();
    }
    let mut documents = std::mem::take(&mut atlas.cases);
    documents.push(history.project().0);
    let mut library = Library::new(atlas, documents);
    library.built_in -= 1;
    let mut session = Session::new(day("2014-03-18"), [1500.0, 800.0], Theme::Light);
    let own = library.built_in;
    let bbox = session.open_document(&library, own);
    session.clock.go_to(day("2014-03-18"));
    session.reduced_motion = true;
    session.panels.show(Panel::Charts);
    let app = Rc::new(RefCell::new(App::new(library, session, bbox, Vec::new())));
    hands::show_in(app, [1500.0, 950.0]).0
}

#[test]
fn map_and_charts_of_a_branch_carry_its_mark_and_those_of_a_document_do_not() {
    let branch = window(true);
    let marked: Vec<String> = branch
        .query_all_by_label_contains("WHAT IF: the bridge had stood?")
        .filter_map(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        })
        .collect();
    assert!(marked.iter().any(|label| label.ends_with(')')), "on the map: {marked:?}");
    assert!(marked.iter().any(|label| label.contains("): ")), "over a chart: {marked:?}");
    assert_eq!(window(false).query_all_by_label_contains("WHAT IF").count(), 0);
}
