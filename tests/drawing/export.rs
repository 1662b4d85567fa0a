//! Pictures as SVG and PNG: well-formed, the same every time, saying when and in whose view, and safe against hostile words.

use crate::atlas;
use border_atlas::{
    export,
    geometry::{BoundingBox, Projection},
    io::project_file::parse_project,
    model::{Project, View, WorldState},
    scene::{
        Frame, Item, ItemLayer, Look, Scene, SceneInput, Telling, Theme, compose,
        fonts::{FACES, FALLBACKS},
        furniture::print_camera,
    },
    time::Day,
};

fn day(year: i64, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).expect("a real day")
}

fn picture(project: Option<&Project>, at: Day, bbox: Option<BoundingBox>, size: [f64; 2]) -> Scene {
    let state = WorldState::at(atlas(), at, &View::DeFacto);
    let look = project.map_or_else(Look::default, |project| Look::of_project(atlas(), project, Theme::Light));
    let camera = print_camera(Projection::EqualEarth, bbox, size);
    let shown = (at.plus_days(-365), at);
    compose(&SceneInput {
        atlas: atlas(),
        state: &state,
        day: at,
        shown,
        project,
        look: &look,
        camera,
        selected_event: None,
        telling: &Telling::default(),
        frame: Frame::Print,
    })
}

/// A reader that knows just enough XML to notice what is not well-formed: tags nest, attributes are quoted, `<` and `&` are escaped.
fn check_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = svg.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").expect("an XML head");
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a closed tag");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes in <{tag}>");
        assert!(text.split('&').skip(1).all(|entity| entity.split_once(';').is_some_and(|(name, _)| name.len() < 6)), "bare & in {text}");
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(name), _) => assert_eq!(open.pop(), Some(name)),
            (None, false) => open.push(tag.split([' ', '\n']).next().unwrap_or(tag)),
            (None, true) => {}
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
}

#[test]
fn the_svg_of_a_case_is_well_formed_and_says_what_it_shows() {
    let case = atlas().case("crimea").expect("the case");
    let svg = export::svg(atlas(), &picture(Some(case), day(2014, 4, 1), case.opening.bbox, [1600.0, 900.0]), 1.0);
    check_well_formed(&svg);
    for words in
        [&case.title, "1 April 2014", "View: de facto control", "imply no endorsement", "1:10 million", "UKRAINE", "font-family=\"Inter"]
    {
        assert!(svg.contains(words), "no {words}");
    }
    for id in ["land", "borders", "labels", "events", "callouts", "furniture"] {
        assert!(svg.contains(&format!("<g id=\"{id}\">")), "no group {id}");
    }
    assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let scene = || picture(None, day(1995, 1, 1), None, [480.0, 270.0]);
    assert_eq!(export::svg(atlas(), &scene(), 1.0), export::svg(atlas(), &scene(), 1.0));
    let (one, other) = (export::png(atlas(), &scene(), 1.0).unwrap(), export::png(atlas(), &scene(), 1.0).unwrap());
    assert!(one == other, "two renderings differ");
}

#[test]
fn a_png_has_the_pixels_that_were_asked_for() {
    let bytes = export::png(atlas(), &picture(None, day(2020, 1, 1), None, [320.0, 200.0]), 2.0).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (640, 400));
}

/// Red, green, blue of every pixel, as our PNG gives it and as resvg draws our SVG, in rows.
fn both_ways(scene: &Scene) -> [Vec<u8>; 2] {
    use resvg::{tiny_skia, usvg};
    let png = export::png(atlas(), scene, 1.0).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut ours = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut ours).unwrap();
    let mut options = usvg::Options { font_family: "Inter".to_owned(), ..Default::default() };
    FACES.iter().chain(&FALLBACKS).for_each(|file| options.fontdb_mut().load_font_data(file.bytes.to_vec()));
    let tree = usvg::Tree::from_str(&export::svg(atlas(), scene, 1.0), &options).unwrap();
    let [width, height] = scene.size_points.map(|side| side as u32);
    let mut pixmap = tiny_skia::Pixmap::new(width, height).unwrap();
    resvg::render(&tree, tiny_skia::Transform::default(), &mut pixmap.as_mut());
    [ours, pixmap.data().chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect()]
}

#[test]
fn png_and_svg_show_the_same_in_every_part_of_the_picture() {
    let case = atlas().case("crimea").expect("the case");
    let [png, svg] = both_ways(&picture(Some(case), day(2014, 4, 1), case.opening.bbox, [640.0, 403.0]));
    assert_eq!(png.len(), svg.len());
    // Eight strips, so that each holds a part of one band of the painter or the meeting of two.
    for (strip, (ours, theirs)) in png.chunks(png.len().div_ceil(8)).zip(svg.chunks(svg.len().div_ceil(8))).enumerate() {
        let differing = ours.iter().zip(theirs).filter(|(one, other)| one.abs_diff(**other) > 48).count();
        assert!(differing * 50 < ours.len(), "strip {strip}: {differing} of {} numbers differ", ours.len());
    }
}

#[test]
fn pictures_too_large_or_empty_are_refused() {
    let scene = picture(None, day(2020, 1, 1), None, [320.0, 200.0]);
    for scale in [1000.0, 0.0, -1.0, f64::NAN] {
        let error = export::png(atlas(), &scene, scale).unwrap_err().to_string();
        assert!(error.contains("16384"), "{error}");
    }
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "</text><script>alert(1)</script>\" onload=\"x ]]> & \u{0} \u{202e}";
    let feature = |kind: &str, geometry: serde_json::Value| {
        let properties = serde_json::json!({
            "id": kind, "kind": kind, "name": hostile, "text": hostile, "place": hostile, "sources": ["s"],
            "event": "clash", "class": "claimed", "start": "2014-03-01", "importance": 1,
        });
        serde_json::json!({ "type": "Feature", "geometry": geometry, "properties": properties })
    };
    let document = serde_json::json!({
        "type": "FeatureCollection",
        "border_atlas": { "version": 1, "id": "x", "title": hostile, "parties": [{ "polity": "ukr", "role": "party" }] },
        "features": [
            feature("event", serde_json::json!({ "type": "Point", "coordinates": [34.0, 45.0] })),
            feature("place", serde_json::json!({ "type": "Point", "coordinates": [33.0, 45.5] })),
            feature("line", serde_json::json!({ "type": "LineString", "coordinates": [[30.0, 44.0], [37.0, 47.0]] })),
            feature("text", serde_json::json!({ "type": "Point", "coordinates": [31.5, 46.5] })),
            feature("arrow", serde_json::json!({ "type": "LineString", "coordinates": [[31.0, 44.5], [33.0, 44.5]] })),
            feature("callout", serde_json::json!({ "type": "LineString", "coordinates": [[35.0, 45.0], [36.0, 44.5]] })),
        ],
    });
    let (project, problems) = parse_project("x.geojson", "x", &document.to_string()).expect("a document");
    assert_eq!(project.annotations.len(), 3, "{problems:?}");
    assert_eq!((project.events.len(), project.places.len(), project.lines.len()), (1, 1, 1), "{problems:?}");
    let svg = export::svg(
        atlas(),
        &picture(Some(&project), day(2014, 3, 2), Some(BoundingBox::new(30.0, 44.0, 37.0, 47.0)), [1200.0, 800.0]),
        1.0,
    );
    check_well_formed(&svg);
    assert!(!svg.contains("<script") && !svg.contains("\" onload") && !svg.contains('\u{202e}') && !svg.contains('\u{0}'));
    assert!(svg.contains("&lt;script&gt;"));
}

#[test]
fn what_explains_the_map_is_in_every_picture_while_it_holds() {
    let feature = |kind: &str, words: &str, geometry: serde_json::Value| {
        let properties = serde_json::json!({
            "id": kind, "kind": kind, "name": words, "start": "2014-03-01", "end": "2014-05-31", "party": "ukr", "sources": ["s"],
        });
        serde_json::json!({ "type": "Feature", "geometry": geometry, "properties": properties })
    };
    let document = serde_json::json!({
        "type": "FeatureCollection",
        "border_atlas": { "version": 1, "id": "x", "title": "X" },
        "features": [
            feature("text", "The steppe", serde_json::json!({ "type": "Point", "coordinates": [33.0, 46.5] })),
            feature("arrow", "March", serde_json::json!({ "type": "LineString", "coordinates": [[31.0, 44.5], [34.0, 44.5]] })),
            feature("callout", "A bridge", serde_json::json!({ "type": "LineString", "coordinates": [[35.0, 45.0], [36.0, 44.5]] })),
        ],
    });
    let (project, problems) = parse_project("x.geojson", "x", &document.to_string()).expect("a document");
    assert!(problems.is_empty(), "{problems:?}");
    let at = |date: Day| picture(Some(&project), date, Some(BoundingBox::new(30.0, 44.0, 37.0, 47.0)), [1200.0, 800.0]);
    let items = |scene: &Scene| {
        let groups = scene.groups.iter().filter(|group| group.layer == ItemLayer::Annotations);
        groups.flat_map(|group| scene.items[group.items.clone()].to_vec()).collect::<Vec<Item>>()
    };
    let scene = at(day(2014, 4, 1));
    let drawn = items(&scene);
    let words: Vec<&str> =
        drawn.iter().filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None }).collect();
    assert_eq!(words, ["The steppe", "March", "A bridge"]);
    let heads = drawn.iter().filter_map(|item| if let Item::Polygon { rings, .. } = item { Some(&rings[0]) } else { None });
    let east = |rings: &Vec<[f32; 2]>| rings[0][0] > rings[1][0] && rings[0][0] > rings[2][0];
    assert_eq!(heads.map(east).collect::<Vec<_>>(), [true, true], "the head and its ground point where the arrow goes");
    let svg = export::svg(atlas(), &scene, 1.0);
    check_well_formed(&svg);
    assert!(words.iter().all(|words| svg.contains(words)) && svg.contains("id=\"annotations\""));
    assert!(items(&at(day(2014, 6, 1))).is_empty() && items(&at(day(2014, 2, 1))).is_empty(), "they have dates like everything");
}
