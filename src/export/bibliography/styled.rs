//! The bibliography in a style that publishers ask for, by the Citation Style Language. The crate `hayagriva` carries and works the styles.

use std::collections::HashMap;

use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, LocatorPayload,
    RenderedCitation, SpecificLocator,
    archive::{self, ArchivedStyle},
    citationberg::{FontStyle, IndependentStyle, Locale, LocaleCode, Style as CslStyle, json::Item, taxonomy::Locator},
};

use super::csl_item::item;
use crate::model::{Citation, Source, SourceId};

/// A style of citing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CitationStyle {
    /// Chicago Manual of Style, 18th edition, notes and bibliography.
    ChicagoNotes,
    /// Chicago Manual of Style, 18th edition, author and date.
    ChicagoAuthorDate,
    /// American Psychological Association, 7th edition.
    Apa,
    /// Modern Language Association, 9th edition.
    Mla,
    /// Cite Them Right, Harvard.
    Harvard,
    /// Institute of Electrical and Electronics Engineers.
    Ieee,
    /// Vancouver, numbered in the order of citing: the form of Taylor & Francis, as the library drops the authors from that of the National
    /// Library of Medicine itself.
    Vancouver,
}

impl CitationStyle {
    /// Every style, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::ChicagoNotes, Self::ChicagoAuthorDate, Self::Apa, Self::Mla, Self::Harvard, Self::Ieee, Self::Vancouver];

    /// The id on the command line and in settings; never changed.
    pub fn id(self) -> &'static str {
        match self {
            Self::ChicagoNotes => "chicago-notes",
            Self::ChicagoAuthorDate => "chicago-author-date",
            Self::Apa => "apa",
            Self::Mla => "mla",
            Self::Harvard => "harvard",
            Self::Ieee => "ieee",
            Self::Vancouver => "vancouver",
        }
    }

    /// The style of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.id() == id)
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChicagoNotes => "Chicago (notes and bibliography)",
            Self::ChicagoAuthorDate => "Chicago (author and date)",
            Self::Apa => "APA",
            Self::Mla => "MLA",
            Self::Harvard => "Harvard (Cite Them Right)",
            Self::Ieee => "IEEE",
            Self::Vancouver => "Vancouver",
        }
    }

    /// The language of the words and dates that a style adds (`edited by`, `accessed`).
    fn locale(self) -> &'static str {
        if self == Self::Harvard { "en-GB" } else { "en-US" }
    }

    fn archived(self) -> ArchivedStyle {
        match self {
            Self::ChicagoNotes => ArchivedStyle::ChicagoNotes,
            Self::ChicagoAuthorDate => ArchivedStyle::ChicagoAuthorDate,
            Self::Apa => ArchivedStyle::AmericanPsychologicalAssociation,
            Self::Mla => ArchivedStyle::ModernLanguageAssociation,
            Self::Harvard => ArchivedStyle::HarvardCiteThemRight,
            Self::Ieee => ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers,
            Self::Vancouver => ArchivedStyle::TaylorAndFrancisNationalLibraryOfMedicine,
        }
    }
}

/// A piece of an entry that is set in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text; never empty.
    pub text: String,
    /// Set in italics, as titles of books are.
    pub is_italic: bool,
}

/// A source as a bibliography lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyledEntry {
    /// Which source.
    pub id: SourceId,
    /// The text, piece by piece.
    pub pieces: Vec<Piece>,
}

impl StyledEntry {
    /// The text without its faces.
    pub fn plain(&self) -> String {
        plain(&self.pieces)
    }

    /// The text as Markdown, italics between asterisks.
    pub fn markdown(&self) -> String {
        markdown(&self.pieces)
    }
}

/// The text of pieces without their faces.
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// The text of pieces as Markdown: italics between asterisks, signs that Markdown would take for its own escaped.
pub fn markdown(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        let inner = piece.text.trim();
        if piece.is_italic && !inner.is_empty() {
            let at = piece.text.len() - piece.text.trim_start().len();
            text.push_str(&piece.text[..at]);
            text.push_str(&format!("*{}*", escaped(inner)));
            text.push_str(&piece.text[at + inner.len()..]);
        } else {
            text.push_str(&escaped(&piece.text));
        }
    }
    text
}

fn escaped(text: &str) -> String {
    text.chars().flat_map(|letter| ['*', '_', '\\', '`', '<', '['].contains(&letter).then_some('\\').into_iter().chain([letter])).collect()
}

/// A style made ready: it takes some milliseconds and is kept by whoever asks often.
pub struct Stylist {
    style: IndependentStyle,
    locale: LocaleCode,
    locales: Vec<Locale>,
}

impl Stylist {
    /// Makes a style ready; `None` only if the library should carry it no longer.
    pub fn new(style: CitationStyle) -> Option<Self> {
        let locale = LocaleCode(style.locale().to_owned());
        let CslStyle::Independent(style) = style.archived().get() else { return None };
        let mut locales = archive::locales();
        // What the English of one country does not say for itself stands in that of the other.
        locales.retain(|locale| locale.lang.as_ref().is_some_and(|lang| lang.0.starts_with("en-")));
        Some(Self { style, locale, locales })
    }

    /// The sources as a bibliography, in the order of the style: of the alphabet, or as given where the style numbers them.
    ///
    /// Of a range of dates the first is shown, and a date in words is left out: the library knows neither.
    pub fn bibliography(&self, sources: &[&Source]) -> Vec<StyledEntry> {
        let items: Vec<Item> = sources.iter().map(|source| item(source)).collect();
        let mut driver = BibliographyDriver::new();
        for item in &items {
            driver.citation(self.request(vec![CitationItem::with_entry(item)], None));
        }
        let rendered = driver.finish(BibliographyRequest::new(&self.style, Some(self.locale.clone()), &self.locales));
        let entries = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
        let notes: HashMap<&str, &RenderedCitation> = sources.iter().map(|source| source.id.as_str()).zip(&rendered.citations).collect();
        let entry = |entry: BibliographyItem| {
            let mut pieces = Vec::new();
            if let Some(first) = &entry.first_field {
                add_child(first, &mut pieces);
                if pieces.last().is_some_and(|first: &Piece| !first.text.ends_with(' ')) {
                    add(" ", false, &mut pieces);
                }
            }
            add_children(&entry.content, &mut pieces);
            // Chicago cites laws, treaties and judgments in notes alone; whoever asks for a list wants them in it.
            if pieces.iter().all(|piece| piece.text.trim().is_empty()) {
                notes.get(entry.key.as_str()).into_iter().for_each(|note| add_children(&note.citation, &mut pieces));
            }
            StyledEntry { id: SourceId::from(entry.key.as_str()), pieces: tidy(pieces) }
        };
        entries.into_iter().map(entry).collect()
    }

    /// How a text refers to sources, each with the place in it: a note in `chicago-notes`, a number in the numbered styles (1 for the first
    /// given), else who and when in parentheses. No sources give no pieces.
    pub fn citation(&self, cited: &[(&Source, &Citation)]) -> Vec<Piece> {
        let items: Vec<Item> = cited.iter().map(|(source, _)| item(source)).collect();
        let located = items.iter().zip(cited).map(|(item, (_, citation))| CitationItem::with_locator(item, locator(&citation.locator)));
        let mut driver = BibliographyDriver::new();
        driver.citation(self.request(located.collect(), Some(1)));
        let rendered = driver.finish(BibliographyRequest::new(&self.style, Some(self.locale.clone()), &self.locales));
        let mut pieces = Vec::new();
        rendered.citations.iter().for_each(|citation| add_children(&citation.citation, &mut pieces));
        tidy(pieces)
    }

    fn request<'a>(&'a self, items: Vec<CitationItem<'a, Item>>, note: Option<usize>) -> CitationRequest<'a, Item> {
        CitationRequest::new(items, &self.style, Some(self.locale.clone()), &self.locales, note)
    }
}

/// Pages have words of their own in most styles; every other place stands as it is written (`art. 5`).
fn locator(text: &str) -> Option<SpecificLocator<'_>> {
    let text = text.trim();
    let page = ["pp.", "p."].iter().find_map(|word| text.strip_prefix(word)).map(str::trim_start);
    match page.filter(|page| page.starts_with(|letter: char| letter.is_ascii_digit())) {
        Some(page) => Some(SpecificLocator(Locator::Page, LocatorPayload::Str(page))),
        None if text.is_empty() => None,
        None => Some(SpecificLocator(Locator::Custom, LocatorPayload::Str(text))),
    }
}

fn add_children(children: &ElemChildren, pieces: &mut Vec<Piece>) {
    children.0.iter().for_each(|child| add_child(child, pieces));
}

fn add_child(child: &ElemChild, pieces: &mut Vec<Piece>) {
    match child {
        ElemChild::Text(text) | ElemChild::Link { text, .. } => add(&text.text, text.formatting.font_style == FontStyle::Italic, pieces),
        ElemChild::Elem(elem) => add_children(&elem.children, pieces),
        ElemChild::Markup(text) => add(text, false, pieces),
        ElemChild::Transparent { .. } => {}
    }
}

fn add(text: &str, is_italic: bool, pieces: &mut Vec<Piece>) {
    match pieces.last_mut().filter(|last| last.is_italic == is_italic) {
        Some(last) => last.text.push_str(text),
        None if text.is_empty() => {}
        None => pieces.push(Piece { text: text.to_owned(), is_italic }),
    }
}

/// Without blanks at either end.
fn tidy(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}
