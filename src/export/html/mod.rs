//! A lecture as one HTML file that plays in any browser without a network: its scenes as the program draws them, the land of every date in between, events with their
//! sources, and a player of our own. The same document gives the same bytes.

mod land;
mod numbers;
mod palette;
mod passing;
mod pictures;
mod sha256;
mod threads;
mod transcript;
mod worlds;

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use serde_json::{Value, json};

use crate::{
    model::{Atlas, Project, Slide},
    scene::{Theme, fonts::FACES},
};
use land::Land;
use palette::{Colors, Lines};
use passing::Passage;
use pictures::Shots;
use sha256::{base64, sha256};
use transcript::Bibliography;

use super::svg_text::escaped;

const SCRIPT: &str = include_str!("../../../assets/player.js");
const STYLE: &str = include_str!("../../../assets/player.css");
/// What the data of a page are: base64 of zlib of JSON.
const DATA_TYPE: &str = "application/zlib";
/// Weight and slant of each of [`FACES`].
const FACE_STYLES: [(&str, &str); 4] = [("400", "normal"), ("500", "normal"), ("600", "normal"), ("400", "italic")];

/// What goes into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HtmlOptions {
    /// With what the speaker alone sees.
    pub notes: bool,
    /// The theme that it opens with; only [`Theme::Dark`] is not light. `None` for that of whoever opens it.
    pub theme: Option<Theme>,
}

/// The file. A document without scenes is played as one, made from its opening.
pub fn html(atlas: &Atlas, project: &Project, options: HtmlOptions) -> String {
    let slides = slides_of(project);
    let bibliography = Bibliography::new(atlas, project);
    let data = data(atlas, project, &slides, &bibliography, options).to_string();
    let text = transcript::transcript(atlas, project, &slides, &bibliography, options.notes);
    let fonts = fonts();
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}' 'sha256-{}'; font-src data:; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE),
        hash(&fonts)
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Border Atlas\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>{fonts}</style>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <div id=\"player\" hidden></div>\n{text}<script type=\"{DATA_TYPE}\" id=\"lecture\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&full_title(project)),
        data = packed(&data),
    )
}

/// The title, with the mark of a what-if branch before it.
fn full_title(project: &Project) -> String {
    let mark = project.sandbox.as_ref().map(|sandbox| sandbox.mark());
    mark.into_iter().chain([project.title.clone()]).collect::<Vec<_>>().join(": ")
}

/// JSON packed as zlib and base64: a fifth as large, and no letter of it can leave a script element.
fn packed(json: &str) -> String {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory never fails.
    let bytes = packer.write_all(json.as_bytes()).and_then(|()| packer.finish()).unwrap_or_default();
    base64(&bytes)
}

fn hash(text: &str) -> String {
    base64(&sha256(text.as_bytes()))
}

/// The four cuts as part of the file, so that letters stand where they were measured.
fn fonts() -> String {
    let faces = FACES.iter().zip(FACE_STYLES).map(|(file, (weight, style))| {
        let bytes = base64(file.bytes);
        format!("@font-face{{font-family:Inter;font-weight:{weight};font-style:{style};src:url(data:font/otf;base64,{bytes}) format(\"opentype\")}}\n")
    });
    faces.collect()
}

/// The scenes of a document, or the one that its opening makes.
fn slides_of(project: &Project) -> Vec<Slide> {
    if project.slides.is_empty() {
        vec![Slide { id: "opening".to_owned(), title: project.title.clone(), ..Slide::default() }]
    } else {
        project.slides.clone()
    }
}

fn data(atlas: &Atlas, project: &Project, slides: &[Slide], bibliography: &Bibliography, options: HtmlOptions) -> Value {
    let (mut colors, mut lines) = (Colors::default(), Lines::default());
    let shots = Shots::new(atlas, project, slides);
    let land = Land::new(atlas, &shots.cameras());
    let days = shots.days(project);
    let scenes = shots.scenes(slides, options.notes, &mut lines, &mut colors);
    let Passage { worlds, times } = shots.passage(days, &land, &mut lines, &mut colors);
    let events = pictures::events(atlas, project, bibliography);
    let symbols = pictures::symbols(project, &mut lines, &mut colors);
    json!({
        "title": full_title(project),
        "theme": options.theme.map(|theme| if theme.is_dark() { "dark" } else { "light" }),
        "size": pictures::SIZE_POINTS,
        "stripe": crate::scene::item::STRIPE_POINTS,
        "days": [days.0.get(), days.1.get()],
        "land": land.json,
        "worlds": worlds,
        "cameras": shots.cameras_json(),
        "scenes": scenes,
        "times": times,
        "events": events,
        "symbols": symbols,
        "lines": lines.json(),
        "colors": colors.json(),
        "sources": bibliography.json(),
    })
}
