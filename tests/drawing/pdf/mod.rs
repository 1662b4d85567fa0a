//! PDF: pages that can be read again, with real words, the same bytes every time, and layouts in which nothing covers anything.

mod reader;
mod sheets;

use crate::atlas;
use border_atlas::{
    export::{
        self, About, Handout, Orientation, PageWords, Paper,
        bibliography::CitationStyle,
        page::{Needs, PageLayout},
        paper::Format,
        sheet::{Block, Role, Sheet},
    },
    geometry::{BoundingBox, Projection},
    io::project_file::parse_project,
    model::{Project, View, WorldState},
    scene::{
        Frame, Item, Look, Rect, Scene, SceneInput, Telling, Theme, compose,
        fonts::text_width,
        furniture::{print_camera, sheet_camera},
    },
    time::Day,
};
use proptest::prelude::*;
use reader::Pdf;
use serde_json::{Value, json};

fn picture(project: Option<&Project>, bbox: Option<BoundingBox>, size: [f64; 2], frame: Frame) -> Scene {
    let day = Day::from_ymd(2014, 4, 1).expect("a day");
    let state = WorldState::at(atlas(), day, &View::DeFacto);
    let mut look = project.map_or_else(Look::default, |project| Look::of_project(atlas(), project, Theme::Print));
    look.layers.graticule.visible = frame == Frame::Sheet;
    let fit = if frame == Frame::Sheet { sheet_camera } else { print_camera };
    compose(&SceneInput {
        atlas: atlas(),
        state: &state,
        day,
        shown: (day.plus_days(-365), day),
        project,
        look: &look,
        camera: fit(Projection::EqualEarth, bbox, size),
        selected_event: None,
        telling: &Telling::default(),
        frame,
    })
}

fn crimea() -> &'static Project {
    atlas().case("crimea").expect("the case")
}

fn pdf(scene: &Scene) -> Vec<u8> {
    export::pdf(atlas(), scene, 1.0, &About::of_notes(&scene.notes)).expect("a PDF")
}

#[test]
fn a_case_is_one_page_of_real_words_as_large_as_the_picture() {
    let scene = picture(Some(crimea()), crimea().opening.bbox, [1600.0, 900.0], Frame::Print);
    let bytes = pdf(&scene);
    assert!(bytes.len() < 3_000_000, "{} bytes", bytes.len());
    assert_eq!(bytes, pdf(&scene), "the same bytes every time");
    let read = Pdf::read(&bytes);
    let [page] = read.pages()[..] else { panic!("one page") };
    assert_eq!(page.get("MediaBox").expect("a size").numbers(), [0.0, 0.0, 1200.0, 675.0]);
    let text = read.text(page);
    for words in ["UKRAINE", "Sevastopol", "1 April 2014", "View: de facto control", "imply no endorsement", "1:10 million"] {
        assert_eq!(text.matches(words).count().min(1), 1, "no {words} in {text}");
    }
    assert_eq!(text.matches("View: de facto control").count(), 1, "edges of letters are no second text");
    assert!(read.language() == "en" && read.count("S", "Figure") == 1 && read.info("CreationDate").is_none());
}

#[test]
fn a_pdf_says_what_it_is_who_made_it_and_when_only_if_asked() {
    let scene = picture(None, None, [400.0, 300.0], Frame::Print);
    let about = About {
        title: "A (bad) \\title".to_owned(),
        author: "Ada & Co".to_owned(),
        made_on: Day::from_ymd(2024, 2, 3),
        ..About::default()
    };
    let read = Pdf::read(&export::pdf(atlas(), &scene, 1.0, &about).expect("a PDF"));
    assert_eq!((read.info("Title"), read.info("Author")), (Some("A (bad) \\title".to_owned()), Some("Ada & Co".to_owned())));
    assert!(read.info("CreationDate").is_some_and(|date| date.starts_with("D:20240203")));
}

#[test]
fn pictures_without_an_inside_are_refused() {
    let scene = picture(None, None, [400.0, 300.0], Frame::Print);
    assert!(export::pdf(atlas(), &scene, 1000.0, &About::default()).unwrap_err().to_string().contains("mm cannot be made"));
    assert!(export::pdf(atlas(), &scene, 0.0, &About::default()).is_err());
}

fn place(name: &str, at: [f64; 2]) -> Value {
    let properties = json!({ "id": format!("p{}", at[0]), "kind": "place", "name": name, "place": "city", "sources": ["s"], "start": "1900", "importance": 1 });
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": at }, "properties": properties })
}

fn document(title: &str, features: Vec<Value>, scenes: Value) -> Project {
    let text = json!({
        "type": "FeatureCollection",
        "border_atlas": { "version": 1, "id": "x", "title": title, "bbox": [30, 43, 38, 48], "date": "2014-04-01", "scenes": scenes },
        "features": features,
    });
    parse_project("x.geojson", "x", &text.to_string()).expect("a document").0
}

const HOSTILE: &str = "</x>) Tj ET Q\\) (]]> \u{0}\u{202e}\u{7}<script> endstream endobj %%EOF 𝔘\u{fffe}\u{e000}";

#[test]
fn words_are_read_as_they_were_written_in_every_script_and_whatever_they_hold() {
    let names = ["القدس الشريف 1948", "ירושלים ציון", "कश्मीर", "Севастополь", HOSTILE];
    let places =
        names.iter().enumerate().map(|(index, name)| place(name, [31.0 + 1.5 * index as f64, 44.0 + 0.7 * index as f64])).collect();
    let project = document(HOSTILE, places, json!([]));
    assert_eq!(project.places.len(), names.len());
    let read = Pdf::read(&pdf(&picture(Some(&project), Some(BoundingBox::new(30.0, 43.0, 38.0, 48.0)), [1400.0, 900.0], Frame::Print)));
    let text = read.text(read.pages()[0]);
    for name in &names[..4] {
        assert!(text.replace('\n', "").contains(name), "no {name} in {text}");
    }
    // What PDF itself means by brackets and words does no harm.
    let text = text.replace('\n', "");
    assert!(text.contains("</x>) Tj ET Q\\) (]]> <script> endstream endobj %%EOF"), "{text}");
}

/// The boxes of all blocks of a sheet that say or show something: pictures, and what each text takes.
fn boxes(sheet: &Sheet) -> Vec<(Rect, String)> {
    let of_text = |item: &Item| match item {
        Item::Text(text) if text.angle_rad == 0.0 => {
            let width = text_width(&text.text, text.face, text.size_points, 0.0);
            let left = match text.anchor {
                border_atlas::scene::Anchor::Start => text.at[0],
                border_atlas::scene::Anchor::Middle => text.at[0] - width / 2.0,
                border_atlas::scene::Anchor::End => text.at[0] - width,
            };
            Some((Rect::new(left, text.at[1] - text.size_points / 2.0, width, text.size_points), text.text.clone()))
        }
        _ => None,
    };
    let of_block = |block: &Block| match block {
        Block::Picture(picture) => vec![(picture.rect, "a picture".to_owned())],
        Block::Items { items, .. } => items.iter().filter_map(of_text).collect(),
        Block::Link { .. } => Vec::new(),
    };
    sheet.blocks.iter().flat_map(of_block).collect()
}

fn assert_tidy(sheet: &Sheet, paper: &Paper) {
    let boxes = boxes(sheet);
    let inside = paper.inside().grown(1.0);
    for (index, (rect, what)) in boxes.iter().enumerate() {
        assert!(inside.encloses(rect), "{paper:?}: {what} at {rect:?} is outside {inside:?}");
        for (other, other_what) in &boxes[..index] {
            assert!(!rect.grown(-0.5).overlaps(&other.grown(-0.5)), "{paper:?}: {what} at {rect:?} covers {other_what} at {other:?}");
        }
    }
}

fn page(paper: &Paper, words: &PageWords, project: &Project) -> Sheet {
    let compose = |size| Ok::<_, ()>(picture(Some(project), project.opening.bbox, size, Frame::Sheet));
    export::page(paper, words, compose).expect("a page")
}

#[test]
fn a_page_has_all_that_a_map_says_of_itself_each_in_its_place() {
    let words = PageWords {
        title: Some("A title of my own that is long enough to be broken into more than one line on paper that stands upright".to_owned()),
        caption: "Said below. ".repeat(30),
        note: "For the seminar only.".to_owned(),
        author: "Ada Example".to_owned(),
    };
    for (format, margin_mm) in [(Format::A4, 12.0), (Format::Letter, 50.0), (Format::A2, 0.0)] {
        for orientation in [Orientation::Portrait, Orientation::Landscape] {
            let paper = Paper { format, orientation, margin_mm };
            let sheet = page(&paper, &words, crimea());
            assert_tidy(&sheet, &paper);
            let all: String = boxes(&sheet).into_iter().map(|(_, text)| text + " ").collect();
            for words in [
                "A title of my own",
                "Said below.",
                "For the seminar only.",
                "Ada Example.",
                "1 April 2014",
                "de facto control",
                "sources.",
                "imply no endorsement",
                "Claims",
                "Lines",
                " km",
                "° E",
            ] {
                assert!(all.contains(words), "{paper:?}: no {words} in {all}");
            }
            let Some(Block::Picture(map)) = sheet.blocks.iter().find(|block| matches!(block, Block::Picture(_))) else { panic!("a map") };
            assert!(
                map.panes.panes[0].scene.groups.iter().any(|group| group.layer == border_atlas::scene::ItemLayer::Locator)
                    || margin_mm > 40.0,
                "{paper:?}: no inset"
            );
            assert!(map.rect.width().min(map.rect.height()) > 100.0, "{paper:?}: {:?}", map.rect);
            let read = Pdf::read(&export::pdf_of_sheets(atlas(), &[sheet], &About::default()).expect("a PDF"));
            assert_eq!(read.pages().len(), 1);
        }
    }
}

fn lecture() -> Project {
    let notes = "What the speaker says. ".repeat(150);
    let text = "- one point\n- another point\nAnd a paragraph.";
    let map = |title: &str, date: &str| json!({ "title": title, "date": date, "caption": format!("Caption of {title}."), "notes": notes });
    let scenes = json!([
        { "kind": "title", "title": "A peninsula" },
        map("Transfer", "1954-03-01"),
        { "kind": "quiz", "title": "Whose?", "question": "Whose was it?", "answer": "Nobody knows", "date": "2014-04-01" },
        map("Annexation", "2014-04-01"),
        { "kind": "text", "title": "Positions", "text": text },
        { "kind": "black", "title": "Nothing to see" },
        map("Bridge", "2018-06-01"),
        { "title": HOSTILE, "caption": HOSTILE, "notes": HOSTILE, "steps": [{ "show": ["layer:claims"] }] },
    ]);
    let mut project = document("Lecture", Vec::new(), scenes);
    project.sources.clone_from(&crimea().sources);
    project
}

fn handout(per_page: usize, with_notes: bool) -> (Paper, Vec<Sheet>) {
    let paper = Paper { format: Format::A4, orientation: Orientation::Portrait, margin_mm: 15.0 };
    let handout = Handout { paper, per_page, with_notes, theme: Theme::Print, style: CitationStyle::ChicagoNotes };
    let about = About { title: "Lecture".to_owned(), author: "Ada Example".to_owned(), ..About::default() };
    (paper, export::handout(atlas(), &lecture(), &handout, &about).expect("a style"))
}

#[test]
fn a_handout_has_pictures_captions_numbers_and_sources_and_notes_if_asked() {
    let mut page_counts = Vec::new();
    for (per_page, with_notes) in [(1, false), (2, false), (3, false), (1, true)] {
        let (paper, sheets) = handout(per_page, with_notes);
        sheets.iter().for_each(|sheet| assert_tidy(sheet, &paper));
        let pictures = |sheet: &Sheet| sheet.blocks.iter().filter(|block| matches!(block, Block::Picture(_))).count();
        assert_eq!(sheets.iter().map(pictures).sum::<usize>(), 5, "maps and quiz");
        assert_eq!(sheets.iter().map(pictures).max(), Some(per_page), "{per_page} a page");
        page_counts.push(sheets.len());
        let bytes = export::pdf_of_sheets(atlas(), &sheets, &About::default()).expect("a PDF");
        let read = Pdf::read(&bytes);
        let pages = read.pages();
        assert_eq!(pages.len(), sheets.len());
        let text: String = pages.iter().map(|page| read.text(page)).collect();
        for words in [
            "Ada Example",
            "1. A peninsula",
            "2. Transfer",
            "Caption of Transfer.",
            "Whose was it?",
            "Nobody knows",
            "another point",
            "8. </x>) Tj",
            "Sources",
            "https://",
        ] {
            assert!(text.contains(words), "no {words}");
        }
        assert!(text.contains(&format!("1 / {}", sheets.len())) && !text.contains("Nothing to see"));
        assert_eq!(text.contains("What the speaker says."), with_notes);
        assert!(read.count("Subtype", "Link") > 0 && read.count("S", "BibEntry") > 0, "addresses can be clicked");
    }
    assert!(page_counts[0] > page_counts[1] && page_counts[1] > page_counts[2] && page_counts[3] > page_counts[1], "{page_counts:?}");
}

#[test]
fn slides_have_a_page_for_each_key_and_the_handout_is_the_same_every_time() {
    let project = lecture();
    let sheets = export::slides(atlas(), &project, Theme::Light, true);
    assert_eq!(sheets.len(), project.slides.iter().map(|slide| slide.picture_count()).sum::<usize>());
    assert_eq!(export::slides(atlas(), &project, Theme::Light, false).len(), project.slides.len());
    let write = |sheets: &[Sheet]| export::pdf_of_sheets(atlas(), sheets, &About::default()).expect("a PDF");
    let bytes = write(&sheets);
    let read = Pdf::read(&bytes);
    assert!(read.pages().iter().all(|page| page.get("MediaBox").expect("a size").numbers() == [0.0, 0.0, 960.0, 540.0]));
    assert_eq!(bytes, write(&export::slides(atlas(), &project, Theme::Light, true)));
    let whose = |at: usize| read.text(read.pages()[at]);
    assert!(whose(2).contains("Whose was it?") && !whose(2).contains("Nobody knows") && whose(3).contains("Nobody knows"));
}

#[test]
fn what_is_no_content_is_marked_as_such() {
    let (_, sheets) = handout(2, false);
    let numbers = sheets.iter().flat_map(|sheet| &sheet.blocks).filter(
        |block| matches!(block, Block::Items { role: Role::Decoration, items } if items.iter().any(|item| matches!(item, Item::Text(_)))),
    );
    assert_eq!(numbers.count(), sheets.len(), "page numbers are not read out");
}

proptest! {
    #[test]
    fn parts_of_a_page_never_overlap(
        format in 0..Format::ALL.len(), lies in any::<bool>(), margin_mm in 0.0..50.0_f64,
        head in 20.0..190.0_f32, foot in 12.0..120.0_f32, legend in 0.0..0.34_f32, gutter in 0.0..15.0_f32,
    ) {
        let orientation = if lies { Orientation::Landscape } else { Orientation::Portrait };
        let paper = Paper { format: Format::ALL[format], orientation, margin_mm };
        let inside = paper.inside();
        let room = inside.height() - head - foot - 42.0;
        let needs = Needs { head, foot, legend: room * legend, gutter };
        let PageLayout { head, map, legend, foot } = PageLayout::new(&inside, orientation, needs);
        let parts = [head, map.grown(gutter), legend, foot];
        for (index, part) in parts.iter().enumerate() {
            prop_assert!(inside.grown(0.01).encloses(part), "{part:?} in {inside:?}");
            prop_assert!(parts[..index].iter().all(|other| !part.grown(-0.01).overlaps(&other.grown(-0.01))), "{parts:?}");
        }
        prop_assert!(map.width().min(map.height()) > 30.0, "{map:?}");
    }
}
