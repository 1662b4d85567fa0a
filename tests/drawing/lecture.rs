//! The stage of a lecture: what the audience is to read, in every scene of the built-in lectures.

use std::sync::OnceLock;

use border_atlas::{
    geometry::{BoundingBox, LonLat},
    model::{Project, Slide, slide::SlideKind},
    scene::{Item, Rect, SMALLEST_POINTS, STAGE_POINTS, Staging, Theme, legend::LegendGroup, sheet::Sheet},
};

use crate::atlas;

/// The stage at 1920x1080, in points: twelve of them are 24 pixels there.
const SIZE_POINTS: [f64; 2] = [STAGE_POINTS * 16.0 / 9.0, STAGE_POINTS];

fn picture(project: &Project, slide: &Slide, step: usize) -> Sheet {
    Staging::new(atlas(), project, slide, step, Theme::Light).sheet(atlas(), project, SIZE_POINTS)
}

/// Every picture of the built-in lectures, with its scene and what to call it; made once for all tests.
fn pictures() -> &'static [(String, &'static Slide, Sheet)] {
    static PICTURES: OnceLock<Vec<(String, &Slide, Sheet)>> = OnceLock::new();
    PICTURES.get_or_init(|| all_pictures().collect())
}

fn all_pictures() -> impl Iterator<Item = (String, &'static Slide, Sheet)> {
    let slides = atlas().cases.iter().flat_map(|project| project.slides.iter().map(move |slide| (project, slide)));
    slides.flat_map(|(project, slide)| {
        (0..slide.picture_count()).map(move |step| (format!("{} {} {step}", project.id, slide.id), slide, picture(project, slide, step)))
    })
}

/// All of a picture: the maps with what lies over them, the divider, the words.
fn items(sheet: &Sheet) -> impl Iterator<Item = &Item> {
    let maps = sheet.panes.iter().flat_map(|pane| &pane.scene.items);
    maps.chain(sheet.over())
}

/// The words of an item and their size, in points.
fn letters(item: &Item) -> Option<(&str, f32)> {
    match item {
        Item::Text(text) => Some((&text.text, text.size_points)),
        Item::Curved(text) => Some((&text.text, text.size_points)),
        _ => None,
    }
}

#[test]
fn lecture_letters_are_read_from_the_last_row() {
    let mut small = Vec::new();
    for (of, _, sheet) in pictures() {
        small.extend(items(sheet).filter_map(letters).filter(|it| it.1 < SMALLEST_POINTS).map(|it| format!("{of}: {it:?}")));
    }
    assert!(small.is_empty(), "{} texts, among them {:#?}", small.len(), &small[..small.len().min(12)]);
}

/// The panels of a picture in which a scene asks, answers and tells: wider than callouts, headings and legends, narrower than the note.
fn panels(sheet: &Sheet) -> Vec<Rect> {
    let boxes = items(sheet).filter_map(|item| if let Item::Box { rect, .. } = item { Some(*rect) } else { None });
    boxes.filter(|rect| (305.0..900.0).contains(&rect.width())).collect()
}

#[test]
fn lecture_words_lie_beside_what_they_are_about() {
    let mut covered = Vec::new();
    let mut seen = 0;
    for (of, slide, sheet) in pictures().iter().filter(|(_, slide, _)| matches!(slide.kind, SlideKind::Map | SlideKind::Quiz)) {
        let Some(BoundingBox { west, south, east, north }) = slide.bbox.filter(|bbox| bbox.width_deg() < 30.0) else { continue };
        let panels = panels(sheet);
        seen += panels.len();
        for pane in &sheet.panes {
            let camera = pane.scene.camera;
            let places = [(west, south), (west, north), (east, south), (east, north), ((west + east) / 2.0, (south + north) / 2.0)];
            for (lon, lat) in places {
                let at = camera.screen_from_world(camera.projection.project(LonLat::new(lon, lat)));
                let at = [at[0] as f32 + pane.origin[0], at[1] as f32 + pane.origin[1]];
                if panels.iter().any(|panel| panel.contains(at)) {
                    covered.push(format!("{of}: {lon}, {lat}"));
                }
            }
        }
    }
    assert!(seen > 60, "{seen} panels");
    assert!(covered.is_empty(), "{covered:#?}");
}

#[test]
fn lecture_differences_explain_grey_and_only_the_colours_that_are_there() {
    let project = atlas().case("nagorno-karabakh").unwrap();
    let slide = project.slides.iter().find(|slide| slide.id == "what-changed").unwrap();
    let sheet = picture(project, slide, 0);
    let scene = &sheet.panes[0].scene;
    let control = scene.legend.rows.iter().filter(|row| row.group == LegendGroup::Control);
    let control: Vec<&str> = control.map(|row| row.label.as_str()).collect();
    assert_eq!(control, ["Azerbaijan", "Alike on both sides"]);
    assert_eq!(scene.notes.date, "1 December 2020");
    let said: Vec<&str> = items(&sheet).filter_map(letters).map(|it| it.0).collect();
    assert!(said.contains(&"26 September 2020 →") && said.contains(&"1 December 2020"), "{said:?}");
}
