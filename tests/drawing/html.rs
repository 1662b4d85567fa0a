//! The one file of a lecture: whole, small, closed to the network and to hostile words, the same on each run.

use crate::atlas;
use border_atlas::{
    export::{HtmlOptions, html},
    io::project_file::parse_project,
    model::Project,
};
use serde_json::Value;

const OPTIONS: HtmlOptions = HtmlOptions { notes: true, theme: None };

/// A document whose every text would break out of a page that lets it.
fn hostile() -> Project {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'&<!-- ]]> =\"#aabbcc ~date~";
    let text = serde_json::json!({
        "type": "FeatureCollection",
        "border_atlas": {
            "version": 1, "id": "hostile", "title": evil, "summary": evil, "start": "2014", "end": "2015",
            "view": { "date": "2014-06-01", "bbox": [30, 43, 38, 48], "point_of_view": "de-facto", "projection": "mercator" },
            "parties": [{ "polity": "ukr", "role": "party" }],
            "sources": [{ "id": "s1", "type": "book", "title": evil }],
            "scenes": [
                { "id": "one", "title": evil, "caption": evil, "notes": evil, "steps": [{ "caption": evil, "date": "2015-01-01" }] },
                { "id": "two", "kind": "quiz", "question": evil, "answer": evil },
                { "id": "three", "kind": "text", "title": evil, "text": evil, "theme": "dark" },
            ],
        },
        "features": [{
            "type": "Feature", "id": "event-1", "geometry": { "type": "Point", "coordinates": [34, 45] },
            "properties": { "kind": "event", "id": "event-1", "event": "clash", "start": "2014-05-01", "name": evil, "text": evil, "place": evil, "sources": ["s1"], "parties": ["ukr"], "importance": 1,
                "accounts": [{ "party": "ukr", "text": evil, "sources": ["s1"] }] },
        }],
    });
    let (project, problems) = parse_project("hostile.geojson", "hostile", &text.to_string()).expect("a document");
    assert!(project.events.len() == 1 && project.slides.len() == 3, "{problems:?}");
    project
}

/// The tags of a page, outside scripts and styles; and what those hold.
fn parts(page: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut tags, mut raw) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = tag_end(rest);
        let tag = rest[..end].to_owned();
        rest = &rest[end + 1..];
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default().to_owned();
        if name == "script" || name == "style" {
            let close = rest.find(&format!("</{name}")).expect("closed");
            raw.push((tag.clone(), rest[..close].to_owned()));
            rest = &rest[close..];
        }
        tags.push(tag);
    }
    (tags, raw)
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn tag_end(text: &str) -> usize {
    let mut quoted = None;
    for (at, letter) in text.char_indices() {
        match (quoted, letter) {
            (None, '"' | '\'') => quoted = Some(letter),
            (Some(quote), letter) if quote == letter => quoted = None,
            (None, '>') => return at,
            _ => {}
        }
    }
    panic!("a tag without an end")
}

fn lecture(raw: &[(String, String)]) -> Value {
    let (_, packed) = raw.iter().find(|(tag, _)| tag.contains("application/zlib")).expect("the data");
    let letters = |letter: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|own| *own == letter);
    let mut bytes = Vec::new();
    for four in packed.as_bytes().chunks(4) {
        let bits =
            four.iter().filter_map(|letter| letters(*letter)).fold((0_u32, 0), |(bits, count), six| (bits << 6 | six as u32, count + 6));
        bytes.extend((0..bits.1 / 8).map(|byte| (bits.0 >> (bits.1 - 8 * (byte + 1))) as u8));
    }
    serde_json::from_reader(flate2::read::ZlibDecoder::new(&bytes[..])).expect("valid JSON")
}

#[test]
fn the_page_fetches_nothing_and_runs_only_our_script() {
    // Three scenes of a real lecture: each costs as much as the others.
    let mut project = atlas().case("galwan").unwrap().clone();
    project.slides.truncate(3);
    let page = html(atlas(), &project, OPTIONS);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    let (tags, raw) = parts(&page);
    assert!(
        tags.iter().any(|tag| tag.contains("Content-Security-Policy") && tag.contains("default-src 'none'") && !tag.contains("unsafe"))
    );
    assert_eq!(
        raw.iter().map(|(tag, _)| tag.as_str()).collect::<Vec<_>>(),
        ["style", "style", "script type=\"application/zlib\" id=\"lecture\"", "script"]
    );
    for tag in &tags {
        assert!(!["link", "img", "iframe", "object", "embed", "base", "form"].iter().any(|name| tag.starts_with(name)), "<{tag}>");
        for word in [" src=", " srcset=", " on", " style=", "javascript:"] {
            assert!(!tag.contains(word), "<{tag}>");
        }
        if let Some((_, address)) = tag.split_once(" href=\"") {
            assert!(address.starts_with('#'), "<{tag}>");
        }
    }
    let script = &raw[3].1;
    for word in ["fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval(", "http://", "https://", "WebSocket", "sendBeacon"] {
        assert!(!script.contains(word), "the player says {word}");
    }
    assert!(!raw[0].1.contains("http") && !raw[1].1.contains("url("), "styles fetch nothing");
}

#[test]
fn hostile_words_stay_words() {
    let project = hostile();
    let page = html(atlas(), &project, OPTIONS);
    let (tags, raw) = parts(&page);
    assert_eq!(raw.len(), 4, "no script but ours");
    assert!(tags.iter().all(|tag| !tag.starts_with("img") && !tag.starts_with("!--") && !tag.contains("onerror")));
    let data = lecture(&raw);
    assert_eq!(data["title"], project.title.as_str());
    assert_eq!(data["events"][0]["text"], project.events[0].text.as_str());
    // The pictures, put together as the player does, are well-formed and hold no element that is not ours.
    let lines: Vec<&str> = data["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let all = lines.join("\n");
    assert!(all.contains("&lt;/script&gt;"), "the words are there");
    let names: std::collections::BTreeSet<&str> =
        all.split('<').skip(1).map(|tag| tag.trim_start_matches('/').split([' ', '>', '/', '\n']).next().unwrap()).collect();
    let ours = ["?xml", "circle", "defs", "desc", "g", "path", "pattern", "rect", "svg", "text", "title", "tspan"];
    assert!(names.iter().all(|name| ours.contains(name)), "{names:?}");
    let tags = || all.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    assert!(tags().all(|tag| !tag.contains(" style=") && !tag.contains(" on")), "nothing that a policy would refuse");
}

#[test]
fn the_same_document_gives_the_same_page() {
    let project = hostile();
    assert!(html(atlas(), &project, OPTIONS) == html(atlas(), &project, OPTIONS));
}

#[test]
fn the_page_holds_the_lecture_step_by_step() {
    let project = hostile();
    let (_, raw) = parts(&html(atlas(), &project, OPTIONS));
    let data = lecture(&raw);
    let scenes = data["scenes"].as_array().unwrap();
    let counts: Vec<usize> = scenes.iter().map(|scene| scene["pictures"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [2, 2, 1]);
    let day = |year, month, day| border_atlas::time::Day::from_ymd(year, month, day).unwrap().get();
    assert_eq!((&scenes[0]["pictures"][0]["day"], &scenes[0]["pictures"][1]["day"]), (&day(2014, 6, 1).into(), &day(2015, 1, 1).into()));
    assert!(!data["times"].as_array().unwrap().is_empty() && !data["land"]["arcs"].as_str().unwrap().is_empty());
    assert_eq!(data["events"][0]["sources"][0][0], 1, "cited by its number in the list of sources");
    let without = html(atlas(), &project, HtmlOptions { notes: false, theme: None });
    let (_, raw) = parts(&without);
    assert!(lecture(&raw)["scenes"].as_array().unwrap().iter().all(|scene| scene["notes"] == ""));
    assert!(!without.contains("class=\"notes\""), "private notes are left out");
}

#[test]
fn a_document_without_scenes_is_played_from_its_opening() {
    let mut project = hostile();
    project.slides.clear();
    let (_, raw) = parts(&html(atlas(), &project, OPTIONS));
    let data = lecture(&raw);
    assert_eq!(data["scenes"].as_array().unwrap().len(), 1);
    assert_eq!(data["scenes"][0]["pictures"][0]["day"], border_atlas::time::Day::from_ymd(2014, 6, 1).unwrap().get());
}
