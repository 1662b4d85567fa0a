//! Pages as PNG and SVG, comparisons as PDF, and what is said of letters that no font has.

use std::{collections::BTreeSet, process::Command};

use border_atlas::{
    export::lacking::{lacking_in_scene, lacking_on_paper},
    scene::compare::{CompareInput, Layout, Moment, sheet},
};

use super::*;

fn a4() -> (Paper, Sheet) {
    let paper = Paper { format: Format::A4, orientation: Orientation::Landscape, margin_mm: 12.0 };
    let words = PageWords { caption: "Said below.".to_owned(), author: "A. Lecturer".to_owned(), ..PageWords::default() };
    (paper, page(&paper, &words, crimea()))
}

/// The lines of text of a sheet, without what runs along curves.
fn lines(sheet: &Sheet) -> Vec<&str> {
    let items = sheet.blocks.iter().flat_map(|block| match block {
        Block::Items { items, .. } => items.iter().collect(),
        Block::Picture(picture) => picture.panes.panes.iter().flat_map(|pane| &pane.scene.items).collect::<Vec<_>>(),
        Block::Link { .. } => Vec::new(),
    });
    items.filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None }).collect()
}

#[test]
fn a_page_as_svg_is_as_large_as_the_paper_and_says_all_that_the_page_says() {
    let (_, sheet) = a4();
    let svg = export::paper_svg(atlas(), &sheet);
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).expect("well-formed");
    let millimetres = [tree.size().width(), tree.size().height()].map(|side| side / 96.0 * 25.4);
    assert!((millimetres[0] - 297.0).abs() < 0.1 && (millimetres[1] - 210.0).abs() < 0.1, "{millimetres:?}");
    for line in lines(&sheet).into_iter().filter(|line| line.is_ascii() && !line.contains(['\'', '&', '"'])) {
        assert!(svg.contains(&format!(">{line}<")), "no {line}");
    }
    let ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "every id once");
    assert_eq!(svg, export::paper_svg(atlas(), &sheet));
}

#[test]
fn a_page_as_png_prints_as_large_as_the_paper() {
    let (_, sheet) = a4();
    let bytes = export::paper_png(atlas(), &sheet, 60.0).expect("a picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().expect("a PNG");
    let info = reader.info();
    assert_eq!((info.width, info.height), (702, 496), "297 x 210 mm at 60 pixels an inch");
    assert_eq!(info.pixel_dims.map(|dims| (dims.xppu, dims.yppu, dims.unit)), Some((2362, 2362, png::Unit::Meter)));
    let width = info.width as usize;
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    let at = |point: [f32; 2]| {
        let [x, y] = point.map(|side| (f64::from(side) * sheet.scale * 60.0 / 96.0) as usize);
        &pixels[(y * width + x) * 3..][..3]
    };
    let [red, green, blue, _] = sheet.paper.0;
    assert_eq!(at([4.0, 4.0]), [red, green, blue], "the margin is paper");
    let Some(Block::Picture(picture)) = sheet.blocks.iter().find(|block| matches!(block, Block::Picture(_))) else { panic!("a map") };
    let colors: BTreeSet<&[u8]> = (0..40)
        .map(|step| at([0, 1].map(|axis| picture.rect.min[axis] + (picture.rect.max[axis] - picture.rect.min[axis]) * step as f32 / 40.0)))
        .collect();
    assert!(colors.len() > 4, "the map is drawn in its frame: {colors:?}");
}

#[test]
fn a_comparison_is_a_pdf_with_the_words_of_both_sides() {
    let moment = |year| {
        let day = Day::from_ymd(year, 6, 1).expect("a day");
        Moment { state: std::sync::Arc::new(WorldState::at(atlas(), day, &View::DeFacto)), day }
    };
    let moments = [moment(2013), moment(2015)];
    let look = Look::of_project(atlas(), crimea(), Theme::Print);
    for (layout, pictures) in [(Layout::Side, 2), (Layout::Difference, 1), (Layout::Swipe, 2)] {
        let (projection, bbox) = (Projection::Mercator, Some(BoundingBox::new(30.0, 43.0, 38.0, 48.0)));
        let input = CompareInput {
            atlas: atlas(),
            moments: &moments,
            project: Some(crimea()),
            look: &look,
            projection,
            bbox,
            size_points: [1200.0, 760.0],
        };
        let sheet = sheet(&input, layout);
        assert_eq!(sheet.panes.len(), pictures, "{layout:?}");
        let bytes = export::pdf_of_panes(atlas(), &sheet, 1.0, &About::of_panes(&sheet)).expect("a PDF");
        let read = Pdf::read(&bytes);
        let text = read.text(read.pages()[0]).replace('\n', " ");
        for words in ["2013", "2015", "Ukraine"] {
            assert!(text.contains(words), "{layout:?}: no {words} in {text}");
        }
    }
}

#[test]
fn letters_that_no_font_has_are_told_with_script_and_text() {
    let project = document("A title", vec![place("ไทย พัทยา", [34.0, 45.0]), place("Севастополь", [33.0, 44.6])], json!([]));
    let bbox = Some(BoundingBox::new(30.0, 43.0, 38.0, 48.0));
    let lacking = lacking_in_scene(&picture(Some(&project), bbox, [1400.0, 900.0], Frame::Print));
    assert_eq!(lacking.len(), 1, "{lacking:?}");
    let said = lacking[0].to_string();
    assert!(said.contains("Thai") && said.contains('ไ') && said.contains("ไทย พัทยา") && !said.contains("Cyrillic"), "{said}");
    let paper = Paper { format: Format::A4, orientation: Orientation::Landscape, margin_mm: 12.0 };
    let sheet = page(&paper, &PageWords { caption: "ลาว".to_owned(), ..PageWords::default() }, &project);
    assert!(lacking_on_paper(&[sheet]).iter().any(|lacking| lacking.text == "ลาว"), "also in what is said beside the map");
    assert!(lacking_on_paper(&[a4().1]).is_empty(), "the cases lack nothing");
}

#[test]
fn commands_write_pages_and_comparisons_and_warn_of_letters() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str], name: &str| {
        let file = folder.path().join(name);
        let output = Command::new(env!("CARGO_BIN_EXE_border-atlas")).args(arguments).arg("-o").arg(&file).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        (std::fs::read(&file).expect("the file"), said)
    };
    let paper = ["render", "galwan", "--paper", "a4", "--orientation", "portrait"];
    let (svg, said) = run(&paper, "page.svg");
    assert!(svg.starts_with(b"<?xml") && said.is_empty(), "{said}");
    let (png, said) = run(&[&paper[..], &["--dpi", "50", "--caption", "ไทย"]].concat(), "page.png");
    assert!(png.starts_with(b"\x89PNG") && said.contains("Thai") && said.contains("ไทย"), "{said}");
    let (pdf, said) = run(&["compare", "crimea", "--at", "2013", "--at", "2022"], "differs.pdf");
    assert!(said.is_empty(), "{said}");
    let read = Pdf::read(&pdf);
    assert!(read.info("Title").is_some_and(|title| title.contains("2013") && title.contains("2022")), "{:?}", read.info("Title"));
}
