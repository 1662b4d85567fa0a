//! Sheets as one PDF: vectors and real text in the program's own fonts, tagged so that it can be searched, copied from and read out. The same sheets always give the
//! same bytes.

mod hatch;
mod items;
mod letters;
mod painter;

use krilla::{
    Document,
    action::{Action, LinkAction},
    annotation::{LinkAnnotation, Target},
    destination::XyzDestination,
    error::KrillaError,
    geom::{Point, Rect as PdfRect, Transform},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::{Page, PageSettings},
    tagging::{Identifier, Node, Tag, TagGroup, TagTree},
};
use thiserror::Error;

use self::{
    items::{draw_item, draw_picture},
    painter::Painter,
};
use super::{
    sheet::{Block, Role, Sheet},
    svg_text::printable,
};
use crate::{
    model::Atlas,
    scene::{Notes, Rect, Scene, sheet::Sheet as Panes},
    time::Day,
};

/// A point of ours (1/96 inch) in points of PDF (1/72 inch).
const PDF_POINTS: f64 = 72.0 / 96.0;
/// The longest side that readers of PDF take, in points of PDF.
const MOST_PDF_POINTS: f64 = 14_400.0;
/// The language of all that the program says of itself.
const LANGUAGE: &str = "en";

/// Why there is no PDF.
#[derive(Debug, Error)]
pub enum PdfError {
    /// A side is zero or too long.
    #[error("a page of {width:.0} x {height:.0} mm cannot be made; sides are up to 5080 mm")]
    Size {
        /// Millimetres from left to right.
        width: f64,
        /// Millimetres from top to bottom.
        height: f64,
    },
    /// It could not be put together: a fault of the program.
    #[error("the PDF could not be put together: {0}. This is a fault of the program, please report it")]
    Refused(#[from] KrillaError),
}

/// What a PDF says of itself, apart from what is on its pages.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The title; empty for none.
    pub title: String,
    /// Who made it; empty for nobody named.
    pub author: String,
    /// What it is about; empty for none.
    pub description: String,
    /// The day of its making; `None` to say nothing, so that the same sheets give the same bytes on any day.
    pub made_on: Option<Day>,
}

impl About {
    /// What a picture says of itself.
    pub fn of_notes(notes: &Notes) -> Self {
        Self { title: notes.heading(), description: notes.description(), ..Self::default() }
    }

    /// What a picture of several maps says of itself.
    pub fn of_panes(panes: &Panes) -> Self {
        Self { title: panes.title.clone(), description: panes.description.clone(), ..Self::default() }
    }
}

/// One picture as a page as large as it, `scale` times 1/96 inch a point.
///
/// # Errors
/// [`PdfError::Size`] for a picture too large or empty; the other is a fault of the program.
pub fn pdf(atlas: &Atlas, scene: &Scene, scale: f64, about: &About) -> Result<Vec<u8>, PdfError> {
    pdf_of_panes(atlas, &Panes::of_scene(scene.clone()), scale, about)
}

/// A picture of several maps as a page as large as it, `scale` times 1/96 inch a point.
///
/// # Errors
/// As [`pdf`].
pub fn pdf_of_panes(atlas: &Atlas, panes: &Panes, scale: f64, about: &About) -> Result<Vec<u8>, PdfError> {
    let words = format!("{}. {}", panes.title, panes.description);
    pdf_of_sheets(atlas, &[Sheet::of_panes(panes.clone(), scale, words)], about)
}

/// Sheets as pages in their order, with a list of contents where there are several.
///
/// # Errors
/// As [`pdf`].
pub fn pdf_of_sheets(atlas: &Atlas, sheets: &[Sheet], about: &About) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new();
    let (mut tags, mut contents) = (TagTree::new().with_lang(Some(LANGUAGE.to_owned())), Outline::new());
    for (index, sheet) in sheets.iter().enumerate() {
        let mut page = document.start_page_with(page_settings(sheet)?);
        tags.push(draw_sheet(&mut page, atlas, sheet));
        page.finish();
        if sheets.len() > 1 && !sheet.title.is_empty() {
            contents.push_child(OutlineNode::new(clean(&sheet.title), XyzDestination::new(index, Point::from_xy(0.0, 0.0))));
        }
    }
    document.set_outline(contents);
    document.set_tag_tree(tags);
    document.set_metadata(metadata(about));
    Ok(document.finish()?)
}

fn page_settings(sheet: &Sheet) -> Result<PageSettings, PdfError> {
    let sides = sheet.size_points.map(|side| side * sheet.scale * PDF_POINTS);
    let fits = sides.iter().all(|side| (1.0..=MOST_PDF_POINTS).contains(side));
    let [width, height] = sides;
    let settings = fits.then(|| PageSettings::from_wh(width as f32, height as f32)).flatten();
    settings.ok_or_else(|| {
        let millimetres = |side: f64| side / 72.0 * 25.4;
        PdfError::Size { width: millimetres(width), height: millimetres(height) }
    })
}

/// Draws all blocks; what they are, in the order of reading, is given back.
fn draw_sheet(page: &mut Page, atlas: &Atlas, sheet: &Sheet) -> TagGroup {
    let scale = (sheet.scale * PDF_POINTS) as f32;
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    let mut painter = Painter::new(&mut surface);
    let mut group = TagGroup::new(Tag::Part);
    painter.paper(sheet.size_points, sheet.paper);
    for block in &sheet.blocks {
        match block {
            Block::Picture(picture) => {
                draw_picture(&mut painter, atlas, picture);
                push_marked(&mut group, TagGroup::new(Tag::Figure(Some(clean(&picture.words)))), painter.take_marks());
            }
            Block::Items { role: Role::Decoration, items } => painter.decoration(|painter| {
                items.iter().for_each(|item| draw_item(painter, item));
            }),
            Block::Items { role, items } => {
                items.iter().for_each(|item| draw_item(&mut painter, item));
                push_marked(&mut group, tag_of(*role), painter.take_marks());
            }
            Block::Link { .. } => {}
        }
    }
    surface.pop();
    surface.finish();
    links(page, sheet, scale);
    group
}

fn push_marked(group: &mut TagGroup, mut part: TagGroup, marks: Vec<Identifier>) {
    if !marks.is_empty() {
        marks.into_iter().for_each(|mark| part.push(Node::from(mark)));
        group.push(part);
    }
}

fn tag_of(role: Role) -> TagGroup {
    match role {
        Role::Heading => TagGroup::new(Tag::Hn(std::num::NonZeroU16::MIN, None)),
        Role::Reference => TagGroup::new(Tag::BibEntry),
        Role::Paragraph | Role::Decoration => TagGroup::new(Tag::P),
    }
}

fn links(page: &mut Page, sheet: &Sheet, scale: f32) {
    for block in &sheet.blocks {
        let Block::Link { rect: Rect { min, max }, address } = block else { continue };
        let Some(rect) = PdfRect::from_ltrb(min[0] * scale, min[1] * scale, max[0] * scale, max[1] * scale) else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(clean(address))));
        page.add_annotation(LinkAnnotation::new(rect, target).into());
    }
}

fn metadata(about: &About) -> Metadata {
    let mut metadata =
        Metadata::new().language(LANGUAGE.to_owned()).creator(concat!("Border Atlas ", env!("CARGO_PKG_VERSION")).to_owned());
    if !about.title.is_empty() {
        metadata = metadata.title(clean(&about.title));
    }
    if !about.author.is_empty() {
        metadata = metadata.authors(vec![clean(&about.author)]);
    }
    if !about.description.is_empty() {
        metadata = metadata.description(clean(&about.description));
    }
    match about.made_on.map(Day::ymd) {
        Some((year, month, day)) if (1..=9999).contains(&year) => metadata.creation_date(DateTime::new(year as u16).month(month).day(day)),
        _ => metadata,
    }
}

/// A text without the signs that would break a document or turn the words after it.
fn clean(text: &str) -> String {
    text.chars().filter_map(printable).collect()
}
