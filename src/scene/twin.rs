//! The text twin of a picture: everything that one reads off the map as headings and lists, for people who hear it, copy it or search in it.

mod land;
mod story;

use std::{cell::RefCell, fmt::Write as _};

use super::{
    Scene, SceneInput,
    legend::{InView, Seen},
};
use crate::{
    geometry::{BoundingBox, UnitIx},
    model::{Citation, PolityIx, Source, SourceId},
};

/// A picture in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twin {
    /// The title of the project, or that it is the world.
    pub title: String,
    /// Date, view, what part of the world; never empty.
    pub lead: Vec<String>,
    /// What there is to be seen, a section a sort; sections without rows are left out.
    pub sections: Vec<Section>,
}

/// One sort of things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are.
    pub heading: String,
    /// One a thing; never empty.
    pub rows: Vec<Row>,
}

/// One thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is, on one line.
    pub text: String,
    /// What there is to say of it, a line each; may be empty.
    pub details: Vec<String>,
}

impl Row {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), details: Vec::new() }
    }
}

impl Twin {
    /// The words for a picture, from what the picture was made of and what became of it.
    pub fn new(input: &SceneInput, scene: &Scene) -> Self {
        let seen = Seen::new(&InView::new(input.atlas, &input.camera), &scene.world);
        let teller = Teller { input, scene, seen, cited: RefCell::default() };
        let mut sections = vec![
            teller.control(),
            teller.disputes(),
            teller.lines(),
            teller.regions(),
            teller.annotations(),
            teller.events(),
            teller.alliances(),
            teller.names(),
            teller.notes(),
        ];
        // Last, because it lists what the others cite.
        sections.push(teller.sources());
        sections.retain(|section| !section.rows.is_empty());
        Self { title: teller.title(), lead: teller.lead(), sections }
    }

    /// The same as Markdown: a title, a heading a section, lists. Ends with a line break.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", escaped(&self.title));
        for line in &self.lead {
            let _ = writeln!(text, "- {}", escaped(line));
        }
        for section in &self.sections {
            let _ = writeln!(text, "\n## {}\n", escaped(&section.heading));
            for row in &section.rows {
                let _ = writeln!(text, "- {}", escaped(&row.text));
                for detail in &row.details {
                    let _ = writeln!(text, "  - {}", escaped(detail));
                }
            }
        }
        text
    }
}

/// A text on one line with every sign taken literally that Markdown would read otherwise.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for letter in word.chars() {
            if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
                plain.push('\\');
            }
            plain.push(letter);
        }
    }
    plain
}

/// Finds the words for one picture.
struct Teller<'a> {
    input: &'a SceneInput<'a>,
    scene: &'a Scene,
    seen: Seen,
    /// The works cited so far, each once, in the order in which they come up.
    cited: RefCell<Vec<SourceId>>,
}

impl<'a> Teller<'a> {
    fn title(&self) -> String {
        let notes = &self.scene.notes;
        let title = if notes.title.is_empty() { "The world" } else { &notes.title };
        notes.what_if.as_ref().map_or_else(|| title.to_owned(), |mark| format!("{mark}: {title}"))
    }

    fn lead(&self) -> Vec<String> {
        let seen = self.input.camera.visible_lonlat();
        let sight =
            if seen.width_deg() > 350.0 { "In sight: the whole world".to_owned() } else { format!("In sight: {}", box_words(&seen)) };
        vec![format!("Date: {}", self.scene.notes.date), self.scene.notes.view.clone(), sight]
    }

    fn name(&self, polity: PolityIx) -> &'a str {
        self.input.atlas.polities.at(polity).name_on(self.input.day)
    }

    /// Names in the order of the alphabet, each once.
    fn names_of(&self, polities: impl IntoIterator<Item = PolityIx>) -> String {
        let mut names: Vec<&str> = polities.into_iter().map(|polity| self.name(polity)).collect();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }

    fn is_in_sight(&self, unit: UnitIx) -> bool {
        let (topology, camera) = (&self.input.atlas.partition.topology, &self.input.camera);
        let unit = topology.unit(unit);
        camera.visible_lonlat().intersects(&unit.bbox) && camera.faces(camera.projection.project(unit.label_point))
    }

    fn source(&self, id: &SourceId) -> Option<&'a Source> {
        let own = self.input.project.and_then(|project| project.sources.iter().find(|source| source.id == *id));
        own.or_else(|| self.input.atlas.source(id))
    }

    /// What is cited, in brackets as scholars write it; with a blank before it, and empty where nothing is.
    fn citations(&self, citations: &[Citation]) -> String {
        let mut cited = self.cited.borrow_mut();
        let mut words: Vec<String> = Vec::new();
        for citation in citations {
            if !cited.contains(&citation.source) {
                cited.push(citation.source.clone());
            }
            let short = self.source(&citation.source).map_or_else(|| citation.source.to_string(), short);
            let locator = if citation.locator.is_empty() { String::new() } else { format!(", {}", citation.locator) };
            words.push(format!("{short}{locator}"));
        }
        if words.is_empty() { String::new() } else { format!(" ({})", words.join("; ")) }
    }

    fn sources(&self) -> Section {
        let line = |id: &SourceId| {
            let Some(source) = self.source(id) else { return Row::plain(id.to_string()) };
            let line = source.line();
            let stop = if line.ends_with(['.', '?', '!']) { "" } else { "." };
            Row::plain(source.url().map_or_else(|| line.clone(), |url| format!("{line}{stop} {url}")))
        };
        Section { heading: "Sources".to_owned(), rows: self.cited.borrow().iter().map(line).collect() }
    }
}

/// More letters of a title than these are not needed to find it in the list of sources.
const TITLE_LETTERS: usize = 48;

/// A source as short as it can be told from others: `Lamb 1973`.
fn short(source: &Source) -> String {
    let (who, title) = (source.authors(), source.title());
    let year = source.year().map(|year| year.to_string()).filter(|year| !who.is_empty() || !title.contains(year));
    let who = match (who.is_empty(), title.char_indices().nth(TITLE_LETTERS)) {
        (false, _) => who,
        (true, None) => title.to_owned(),
        (true, Some((end, _))) => format!("{}…", title[..end].trim_end()),
    };
    std::iter::once(who).chain(year).collect::<Vec<_>>().join(" ")
}

fn box_words(seen: &BoundingBox) -> String {
    let side = |degrees: f64, positive: char, negative: char| match degrees.round().abs() {
        0.0 => "0°".to_owned(),
        round => format!("{round}° {}", if degrees < 0.0 { negative } else { positive }),
    };
    let (west, east) = (side(wrapped(seen.west), 'E', 'W'), side(wrapped(seen.east), 'E', 'W'));
    format!("{west} to {east}, {} to {}", side(seen.south, 'N', 'S'), side(seen.north, 'N', 'S'))
}

fn wrapped(lon_deg: f64) -> f64 {
    (lon_deg + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_takes_every_word_literally() {
        let row = Row { text: "* a [link](x)\n# no heading".to_owned(), details: vec!["<b>".to_owned()] };
        let twin = Twin {
            title: "A_B".to_owned(),
            lead: vec!["Date".to_owned()],
            sections: vec![Section { heading: "H".to_owned(), rows: vec![row] }],
        };
        assert_eq!(twin.markdown(), "# A\\_B\n\n- Date\n\n## H\n\n- \\* a \\[link\\](x) \\# no heading\n  - \\<b\\>\n");
    }

    #[test]
    fn boxes_name_their_hemispheres() {
        assert_eq!(box_words(&BoundingBox::new(-10.2, -5.0, 40.4, 0.2)), "10° W to 40° E, 5° S to 0°");
    }
}
