//! The lecture as text: what is read aloud, searched, printed, and seen where scripts are off.

use std::{collections::HashMap, fmt::Write as _};

use serde_json::{Value, json};

use crate::{
    export::{
        bibliography::{CitationStyle, Piece, Stylist},
        svg_text::escaped,
    },
    model::{Atlas, Citation, Project, Slide, Source, SourceId},
    scene::notes::NO_ENDORSEMENT,
};

/// The works that a document cites, numbered from 1 in the order of its bibliography.
pub(super) struct Bibliography<'a> {
    numbers: HashMap<&'a SourceId, usize>,
    entries: Vec<Vec<Piece>>,
}

impl<'a> Bibliography<'a> {
    pub(super) fn new(atlas: &'a Atlas, project: &'a Project) -> Self {
        let cited =
            project.events.iter().flat_map(|event| event.sources.iter().chain(event.accounts.iter().flat_map(|account| &account.sources)));
        let mut sources: Vec<&Source> = project.sources.iter().collect();
        for citation in cited {
            let known = sources.iter().any(|source| source.id == citation.source);
            sources.extend(atlas.source(&citation.source).filter(|_| !known));
        }
        let styled = Stylist::new(CitationStyle::ChicagoNotes).map(|stylist| stylist.bibliography(&sources)).unwrap_or_default();
        let of_id: HashMap<&SourceId, usize> = sources.iter().enumerate().map(|(place, source)| (&source.id, place)).collect();
        let (mut numbers, mut entries) = (HashMap::new(), Vec::new());
        for entry in styled {
            if let Some(place) = of_id.get(&entry.id) {
                entries.push(entry.pieces);
                numbers.insert(&sources[*place].id, entries.len());
            }
        }
        Self { numbers, entries }
    }

    /// The numbers of the works that are cited, each with the place in it.
    pub(super) fn numbers(&self, citations: &[Citation]) -> Vec<Value> {
        citations.iter().filter_map(|citation| Some(json!([self.numbers.get(&citation.source)?, citation.locator]))).collect()
    }

    /// The entries as the file has them.
    pub(super) fn json(&self) -> Vec<Value> {
        self.entries
            .iter()
            .map(|pieces| json!(pieces.iter().map(|piece| json!([piece.text, u8::from(piece.is_italic)])).collect::<Vec<_>>()))
            .collect()
    }
}

/// The whole lecture as one element.
pub(super) fn transcript(atlas: &Atlas, project: &Project, slides: &[Slide], bibliography: &Bibliography, notes: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "<article id=\"transcript\">\n<h1>{}</h1>", escaped(&super::full_title(project)));
    paragraphs(&mut out, &project.summary);
    for (index, slide) in slides.iter().enumerate() {
        scene(&mut out, index + 1, slide, notes);
    }
    events(&mut out, atlas, project, bibliography);
    works(&mut out, bibliography);
    let _ = writeln!(
        out,
        "<p class=\"small\">{} Outlines: Natural Earth, 1:10 million. Cities: GeoNames, CC BY 4.0.</p>\n</article>",
        escaped(NO_ENDORSEMENT)
    );
    out
}

fn paragraphs(out: &mut String, text: &str) {
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let _ = writeln!(out, "<p>{}</p>", escaped(paragraph.trim()));
    }
}

fn scene(out: &mut String, number: usize, slide: &Slide, notes: bool) {
    let _ = writeln!(out, "<section class=\"scene\" data-scene=\"{number}\">\n<h2>{number}. {}</h2>", escaped(slide.label()));
    if let Some(date) = &slide.at {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", escaped(&date.label()));
    }
    for step in 0..=slide.steps.len() {
        if step == 0 || slide.steps[step - 1].caption.is_some() {
            paragraphs(out, slide.caption_at(step));
        }
    }
    [&slide.text, &slide.question, &slide.answer].into_iter().for_each(|text| paragraphs(out, text));
    if notes && !slide.notes.is_empty() {
        out.push_str("<div class=\"notes\">\n");
        paragraphs(out, &slide.notes);
        out.push_str("</div>\n");
    }
    out.push_str("</section>\n");
}

fn events(out: &mut String, atlas: &Atlas, project: &Project, bibliography: &Bibliography) {
    if project.events.is_empty() {
        return;
    }
    out.push_str("<section>\n<h2>Events</h2>\n<ol class=\"events\">\n");
    for event in &project.events {
        let _ = write!(out, "<li><strong>{}</strong> <span class=\"small\">{}", escaped(&event.title), escaped(&event.when()));
        if !event.place.is_empty() {
            let _ = write!(out, " · {}", escaped(&event.place));
        }
        out.push_str("</span>");
        paragraphs(out, &event.text);
        for account in &event.accounts {
            let _ = write!(out, "<p><em>{}:</em> {}", escaped(atlas.polities.name(&account.party)), escaped(&account.text));
            references(out, &account.sources, bibliography);
            out.push_str("</p>");
        }
        references(out, &event.sources, bibliography);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

fn references(out: &mut String, citations: &[Citation], bibliography: &Bibliography) {
    for citation in citations {
        if let Some(number) = bibliography.numbers.get(&citation.source) {
            let place = if citation.locator.is_empty() { String::new() } else { format!(", {}", escaped(&citation.locator)) };
            let _ = write!(out, " <a href=\"#source-{number}\">[{number}{place}]</a>");
        }
    }
}

fn works(out: &mut String, bibliography: &Bibliography) {
    if bibliography.entries.is_empty() {
        return;
    }
    out.push_str("<section>\n<h2>Sources</h2>\n<ol class=\"sources\">\n");
    for (index, pieces) in bibliography.entries.iter().enumerate() {
        let _ = write!(out, "<li id=\"source-{}\">", index + 1);
        for Piece { text, is_italic } in pieces {
            let _ = if *is_italic { write!(out, "<i>{}</i>", escaped(text)) } else { write!(out, "{}", escaped(text)) };
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}
