//! What tells what did not happen says so wherever it is shown: no picture, chart, table or text of a what-if branch lacks the mark.

use std::sync::LazyLock;

use border_atlas::{
    edit::{Command, History},
    export::{
        self,
        chart::{chart_csv, chart_svg},
    },
    geometry::Projection,
    io::{AtlasFiles, Progress, built_in_atlas, project_file::parse_document},
    model::{
        Atlas, Chart, Project, View, WorldState,
        chart::{AreaOf, Topic},
        event::EventFilter,
    },
    scene::{
        Frame, Item, Look, Scene, SceneInput, Telling, Theme, Twin,
        chart::{PageInput, page},
        compose,
        furniture::print_camera,
    },
    time::Day,
};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().expect("the atlas").0);
const MARK: &str = "WHAT IF: the vote had been held in 1992? (branch of Crimea, 1954–)";

fn projects() -> (Project, Project) {
    let text = AtlasFiles::embedded().case_text("crimea").expect("the case").to_owned();
    let document = parse_document("crimea.geojson", "crimea", &text, &Progress::default()).unwrap();
    let mut history = History::new(document);
    history.apply(&Command::SetDocument { path: "title".to_owned(), value: "Crimea, 1954–".into() }, None).unwrap();
    let plain = history.project().0;
    history.apply(&Command::Branch { name: "What if the vote had been held in 1992?".to_owned() }, None).unwrap();
    (plain, history.project().0)
}

fn shown<T>(project: &Project, theme: Theme, frame: Frame, show: impl FnOnce(&SceneInput, &Scene) -> T) -> T {
    let day: Day = "2014-03-18".parse().unwrap();
    let state = WorldState::at(&ATLAS, day, &View::DeFacto);
    let look = Look::of_project(&ATLAS, project, theme).colored(&ATLAS, Some(project), &state);
    let input = SceneInput {
        atlas: &ATLAS,
        state: &state,
        day,
        shown: (day.plus_days(-30), day),
        project: Some(project),
        look: &look,
        camera: print_camera(Projection::EqualEarth, project.opening.bbox, [1200.0, 800.0]),
        selected_event: None,
        telling: &Telling::default(),
        frame,
    };
    let scene = compose(&input);
    show(&input, &scene)
}

/// The words of a picture in the order in which they are drawn.
fn words(items: &[Item]) -> String {
    let words = items.iter().filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_map_of_a_branch_carries_its_mark_and_no_other_does() {
    let (plain, branch) = projects();
    for theme in Theme::ALL {
        let svg =
            |project: &Project| shown(project, theme, Frame::Print, |_, scene| (export::svg(&ATLAS, scene, 1.0), words(&scene.items)));
        let (svg_of_branch, words_of_branch) = svg(&branch);
        assert!(words_of_branch.contains(MARK), "{theme}: the picture says it: {words_of_branch}");
        assert!(svg_of_branch.contains(&format!("<title>{MARK}")), "{theme}: the file says it");
        let (svg_of_plain, words_of_plain) = svg(&plain);
        assert!(!svg_of_plain.contains("WHAT IF") && !words_of_plain.contains("WHAT IF"), "{theme}");
    }
    let in_window = shown(&branch, Theme::Dark, Frame::Window { covered: &[] }, |_, scene| scene.notes.what_if.clone());
    assert_eq!(in_window.as_deref(), Some(MARK));
}

#[test]
fn the_map_in_words_begins_with_the_mark() {
    let (plain, branch) = projects();
    let text = |project: &Project| shown(project, Theme::Light, Frame::Print, Twin::new);
    assert!(text(&branch).title.starts_with(MARK));
    assert!(text(&branch).markdown().starts_with("# WHAT IF"));
    assert!(!text(&plain).markdown().contains("WHAT IF"));
}

#[test]
fn every_chart_of_a_branch_carries_its_mark_and_no_other_does() {
    let (plain, branch) = projects();
    let russia = ATLAS.polities.find("rus").unwrap();
    let topics = [
        Topic::Area(AreaOf::Document),
        Topic::Events(EventFilter::default()),
        Topic::Alliances(branch.alliances.clone()),
        Topic::Memberships(russia),
    ];
    let days: (Day, Day) = ("1990-01-01".parse().unwrap(), "2020-12-31".parse().unwrap());
    for topic in &topics {
        for (project, is_marked) in [(&branch, true), (&plain, false)] {
            let chart = Chart::new(&ATLAS, Some(project), &View::DeFacto, topic);
            assert!(!chart.series.is_empty(), "{topic:?}");
            for theme in Theme::ALL {
                let page = page(&PageInput { atlas: &ATLAS, chart: &chart, days, day: None, theme, size_points: [1600.0, 900.0] });
                assert_eq!(words(&page.items).contains(MARK), is_marked, "{topic:?} {theme}: the picture");
                assert_eq!(chart_svg(&page, 1.0).contains(&format!("<title>{MARK}")), is_marked, "{topic:?} {theme}: the file");
            }
            let csv = chart_csv(&chart, days).unwrap();
            assert!(csv.lines().count() > 1 && csv.lines().skip(1).all(|row| row.contains("WHAT IF") == is_marked), "{topic:?}: {csv}");
        }
    }
}
