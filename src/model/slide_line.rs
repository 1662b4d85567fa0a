//! A scene as one short line that can be pasted into notes or a paper and opened again:
//! `crimea · 2014-03-18 · de-facto · 31.5,44,37,46.5 · mercator · +today -claims`.

use thiserror::Error;

use super::{Slide, View, slide::LAYERS};
use crate::{
    geometry::{BoundingBox, Projection},
    time::Date,
};

/// Between the parts. A bar is read too: it is on every keyboard.
const SEPARATOR: &str = " · ";

/// Why a line is no scene.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "`{part}` is no {what} of a scene; a scene reads like `crimea · 2014-03-18 · de-facto · 31.5,44,37,46.5 · mercator · +today -claims`"
)]
pub struct NoScene {
    /// The part that could not be read.
    pub part: String,
    /// What stands there.
    pub what: &'static str,
}

/// The line of a scene of a document. `layers` are its names with whether they are shown, only those that are not as they open. Titles, words and
/// steps are not in it: it says where and when one looks.
pub fn line_of(document: &str, slide: &Slide) -> String {
    let mut parts = vec![document.to_owned()];
    parts.extend(slide.at.as_ref().map(|at| at.text.clone()));
    parts.extend(slide.view.as_ref().map(|view| view.id().to_owned()));
    let short = |degrees: f64| format!("{}", (degrees * 1000.0).round() / 1000.0);
    parts.extend(slide.bbox.map(|bbox| [bbox.west, bbox.south, bbox.east, bbox.north].map(short).join(",")));
    parts.extend(slide.projection.map(|projection| projection.id().to_owned()));
    let layers: Vec<String> =
        slide.layers.iter().map(|(name, opacity)| format!("{}{name}", if *opacity > 0.0 { '+' } else { '-' })).collect();
    parts.extend((!layers.is_empty()).then(|| layers.join(" ")));
    parts.join(SEPARATOR)
}

/// Whether a text looks like such a line: one line of several parts, the second of which is a date. Cheap.
pub fn is_line(text: &str) -> bool {
    let mut parts = parts_of(text);
    !text.trim().contains('\n')
        && parts.next().is_some_and(|document| !document.is_empty())
        && parts.next().is_some_and(|date| Date::parse(date).is_ok())
}

/// Reads a line: the document's id, or the path of its file, and the scene.
///
/// # Errors
/// [`NoScene`] names the part that cannot be read.
pub fn scene_of(line: &str) -> Result<(String, Slide), NoScene> {
    let mut parts = parts_of(line);
    let document = parts.next().unwrap_or_default();
    if document.is_empty() {
        return Err(NoScene { part: String::new(), what: "document" });
    }
    let mut slide = Slide::default();
    for (index, part) in parts.enumerate() {
        read_part(&mut slide, index, part)?;
    }
    Ok((document.to_owned(), slide))
}

fn parts_of(line: &str) -> impl Iterator<Item = &str> {
    line.trim().split(['·', '|']).map(str::trim)
}

fn read_part(slide: &mut Slide, index: usize, part: &str) -> Result<(), NoScene> {
    let bad = |what| NoScene { part: part.to_owned(), what };
    if index == 0 {
        slide.at = Some(Date::parse(part).map_err(|_| bad("date"))?);
    } else if part.starts_with(['+', '-']) && !part.contains(',') {
        for word in part.split_whitespace() {
            let (shows, name) = (word.starts_with('+'), &word[1..]);
            if !LAYERS.contains(&name) || !word.starts_with(['+', '-']) {
                return Err(NoScene { part: word.to_owned(), what: "layer" });
            }
            slide.layers.push((name.to_owned(), if shows { 1.0 } else { 0.0 }));
        }
    } else if part.contains(',') {
        slide.bbox = Some(bbox_of(part).ok_or_else(|| bad("box (west, south, east, north)"))?);
    } else if let Ok(projection) = part.parse::<Projection>() {
        slide.projection = Some(projection);
    } else if slide.view.is_none() && !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        slide.view = Some(View::from_id(part));
    } else {
        return Err(bad("part"));
    }
    Ok(())
}

fn bbox_of(part: &str) -> Option<BoundingBox> {
    let sides: Vec<f64> = part.split(',').map(|side| side.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = sides[..] else { return None };
    let fits = west < east && south < north && sides.iter().all(|side| side.abs() <= 540.0);
    fits.then_some(BoundingBox { west, south, east, north })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_reads_as_what_it_was_made_of() {
        let line = "crimea · 2014-03-18 · de-facto · 31.5,44,37,46.5 · mercator · +today -claims";
        let (document, slide) = scene_of(line).unwrap();
        assert!(is_line(line));
        assert_eq!((line_of(&document, &slide), slide.bbox.map(|bbox| bbox.east)), (line.to_owned(), Some(37.0)));
        assert_eq!(scene_of("crimea|1783~|-10.5,40,10,50").unwrap().1.bbox.map(|bbox| bbox.west), Some(-10.5));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |line: &str| scene_of(line).unwrap_err();
        assert_eq!(wrong("crimea · yesterday"), NoScene { part: "yesterday".to_owned(), what: "date" });
        assert_eq!(wrong("crimea · 2014 · +rivers").what, "layer");
        assert_eq!(wrong("crimea · 2014 · 1,2,3").what, "box (west, south, east, north)");
        assert_eq!(wrong("").what, "document");
        assert!(!is_line("crimea") && !is_line("a · b") && !is_line("{\"type\": 1}") && !is_line("x · 2014\nmore"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,80}") {
            is_line(&text);
            if let Ok((document, slide)) = scene_of(&text) {
                let (again, same) = scene_of(&line_of(&document, &slide)).unwrap();
                prop_assert_eq!(again, document);
                prop_assert_eq!(same.view, slide.view);
            }
        }

        #[test]
        fn every_place_comes_back(west in -180.0..179.0_f64, south in -90.0..89.0_f64, width in 0.01..180.0_f64, height in 0.01..90.0_f64) {
            let bbox = BoundingBox { west, south, east: west + width, north: south + height };
            let slide = Slide { at: Some(Date::parse("1914-06~").unwrap()), bbox: Some(bbox), ..Slide::default() };
            let (_, read) = scene_of(&line_of("x", &slide)).unwrap();
            let read = read.bbox.unwrap();
            for (a, b) in [(read.west, bbox.west), (read.south, bbox.south), (read.east, bbox.east), (read.north, bbox.north)] {
                prop_assert!((a - b).abs() <= 0.0006);
            }
            prop_assert_eq!(read.north > read.south, true);
        }
    }
}
