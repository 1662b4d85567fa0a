//! Texts with marks as panels set them: paragraphs, headings, lists, quotes; links that can be clicked. Words from right to left stand as they are read.

use std::{ops::Range, sync::Arc};

use eframe::egui::{
    Align, Color32, Context, CursorIcon, Frame, Galley, Id, Label, Margin, OpenUrl, Pos2, Rect, Response, RichText, Role, Sense, Stroke,
    Ui, WidgetInfo,
    cache::FramePublisher,
    pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::{
    theme::{RADIUS, font, size},
    words::{set_stretches, words_ui},
};
use crate::{
    model::rich_text::{Block, Stretch, blocks, mark_of, words_of},
    scene::{
        Face,
        bidi::{has_from_right, runs_from_right},
    },
};

/// How far the items of a list stand from its edge, in points.
const ITEM_POINTS: f32 = 18.0;
/// The gap between blocks, in points.
const BLOCK_POINTS: f32 = 6.0;

/// A text with its marks. Nothing for an empty one.
pub fn rich_words_ui(ui: &mut Ui, text: &str) {
    if text.is_empty() {
        return;
    }
    let blocks = blocks_of(ui.ctx(), text);
    match &blocks[..] {
        [Block::Paragraph(words)] if is_plain(words) => drop(words_ui(ui, words_of(words))),
        _ => drop(ui.vertical(|ui| blocks_ui(ui, &blocks))),
    }
}

/// Whether a text looks otherwise than it is written.
pub fn has_marks(ctx: &Context, text: &str) -> bool {
    match &blocks_of(ctx, text)[..] {
        [] => false,
        [Block::Paragraph(words)] => !is_plain(words),
        blocks => blocks.iter().any(|block| !matches!(block, Block::Paragraph(words) if is_plain(words))),
    }
}

/// The blocks of a text, read once as long as it is shown.
fn blocks_of(ctx: &Context, text: &str) -> Arc<[Block]> {
    type Kept = FramePublisher<u64, Arc<[Block]>>;
    let key = eframe::egui::util::hash(text);
    let kept = ctx.memory_mut(|memory| memory.caches.cache::<Kept>().get(&key).cloned());
    let read = kept.unwrap_or_else(|| blocks(text).into());
    ctx.memory_mut(|memory| memory.caches.cache::<Kept>().set(key, read.clone()));
    read
}

fn is_plain(words: &[Stretch]) -> bool {
    matches!(words, [Stretch { manner, link: None, .. }] if *manner == Default::default())
}

fn blocks_ui(ui: &mut Ui, blocks: &[Block]) {
    ui.spacing_mut().item_spacing.y = BLOCK_POINTS;
    blocks.iter().for_each(|block| block_ui(ui, block));
}

fn block_ui(ui: &mut Ui, block: &Block) {
    match block {
        Block::Paragraph(words) => words_of_ui(ui, words, (Face::Regular, size::BODY)),
        Block::Heading(1, words) => words_of_ui(ui, words, (Face::SemiBold, size::TITLE)),
        Block::Heading(_, words) => words_of_ui(ui, words, (Face::SemiBold, size::BODY)),
        Block::List(first, items) => list_ui(ui, *first, items),
        Block::Quote(inner) => quote_ui(ui, inner),
        Block::Code(lines) => {
            let ground = ui.visuals().extreme_bg_color;
            Frame::new().fill(ground).corner_radius(RADIUS).inner_margin(8).show(ui, |ui| words_ui(ui, lines.as_str()));
        }
        Block::Rule => drop(ui.separator()),
    }
}

fn list_ui(ui: &mut Ui, first: Option<u64>, items: &[Vec<Block>]) {
    let longest = mark_of(first, items.len().saturating_sub(1)).chars().count();
    let indent = ITEM_POINTS.max(8.0 * longest as f32 + 4.0);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for (place, item) in items.iter().enumerate() {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let mark = RichText::new(mark_of(first, place)).color(ui.visuals().weak_text_color());
                let left = ui.cursor().left();
                ui.label(mark);
                ui.add_space((indent - (ui.cursor().left() - left)).max(0.0));
                ui.vertical(|ui| blocks_ui(ui, item));
            });
        }
    });
}

fn quote_ui(ui: &mut Ui, inner: &[Block]) {
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 0, top: 0, bottom: 0 });
    let rect = frame.show(ui, |ui| blocks_ui(ui, inner)).response.rect;
    let stroke = Stroke::new(2.0, ui.visuals().weak_text_color().gamma_multiply(0.6));
    ui.painter().vline(rect.left() + 3.0, rect.y_range(), stroke);
}

/// Words of one block. A line break begins another paragraph where words run from right to left, each with its own direction.
fn words_of_ui(ui: &mut Ui, words: &[Stretch], face: (Face, f32)) {
    let text = words_of(words);
    let manners: Vec<(usize, TextFormat)> = places(words).map(|(at, stretch)| (at, format_of(ui, stretch, face))).collect();
    if !has_from_right(&text) {
        let mut job = LayoutJob::default();
        words.iter().zip(&manners).for_each(|(stretch, (_, format))| job.append(&stretch.text, 0.0, format.clone()));
        job.wrap.max_width = ui.available_width();
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let response = ui.add(Label::new(galley.clone()));
        let of: Vec<usize> = (0..words.len()).collect();
        return links_ui(ui, &response, (response.rect.min, &galley), (words, &of));
    }
    let mut start = 0;
    for line in text.split('\n') {
        let first = manners.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        let own: Vec<(usize, TextFormat)> =
            manners[first..].iter().map(|(at, format)| (at.saturating_sub(start), format.clone())).collect();
        line_from_right_ui(ui, line, &own, &words[first..]);
        start += line.len() + 1;
    }
}

fn line_from_right_ui(ui: &mut Ui, line: &str, manners: &[(usize, TextFormat)], words: &[Stretch]) {
    let room = ui.available_width();
    let (galley, of) = set_stretches(ui.ctx(), line, manners, (room, usize::MAX));
    let size = vec2(if runs_from_right(line) { room } else { galley.size().x }, galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let corner = if galley.job.halign == Align::RIGHT { rect.right_top() } else { rect.left_top() };
    let color = ui.visuals().text_color();
    ui.painter().galley(corner, galley.clone(), color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, line));
    links_ui(ui, &response, (corner, &galley), (words, &of));
}

/// Each stretch with the byte at which it begins.
fn places(words: &[Stretch]) -> impl Iterator<Item = (usize, &Stretch)> {
    words.iter().scan(0, |at, stretch| {
        let start = *at;
        *at += stretch.text.len();
        Some((start, stretch))
    })
}

fn format_of(ui: &Ui, stretch: &Stretch, (face, points): (Face, f32)) -> TextFormat {
    let face = if stretch.manner.strong { Face::SemiBold } else { face };
    let color = if stretch.link.is_some() { ui.visuals().hyperlink_color } else { ui.visuals().text_color() };
    TextFormat {
        font_id: font(face, points),
        color,
        italics: stretch.manner.emphasis,
        background: if stretch.manner.code { ui.visuals().extreme_bg_color } else { Color32::TRANSPARENT },
        underline: if stretch.link.is_some() { Stroke::new(1.0, color) } else { Stroke::NONE },
        ..TextFormat::default()
    }
}

/// Listens where the links stand. `of` says for each section of the galley which of the words it is.
fn links_ui(ui: &Ui, label: &Response, (corner, galley): (Pos2, &Galley), (words, of): (&[Stretch], &[usize])) {
    let mut letters = 0;
    let text = &galley.job.text;
    for (section, stretch) in galley.job.sections.iter().zip(of) {
        let count = text[section.byte_range.start.0..section.byte_range.end.0].chars().count();
        let range = letters..letters + count;
        letters = range.end;
        let Some((stretch, address)) = words.get(*stretch).and_then(|stretch| Some((stretch, stretch.link.as_deref()?))) else { continue };
        for (row, rect) in rects_of(galley, &range).into_iter().enumerate() {
            link_ui(ui, label.id.with((range.start, row)), rect.translate(corner.to_vec2()), (&stretch.text, address));
        }
    }
}

fn link_ui(ui: &Ui, id: Id, rect: Rect, (words, address): (&str, &str)) {
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand).on_hover_text(address);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            RADIUS,
            Stroke::new(1.5, ui.visuals().hyperlink_color),
            eframe::egui::StrokeKind::Outside,
        );
    }
    if response.clicked() {
        ui.ctx().open_url(OpenUrl::new_tab(address));
    }
}

/// Where letters of a galley stand, row by row.
fn rects_of(galley: &Galley, letters: &Range<usize>) -> Vec<Rect> {
    let (mut found, mut first) = (Vec::new(), 0);
    for row in &galley.rows {
        let count = row.glyphs.len();
        let own = letters.start.max(first)..letters.end.min(first + count);
        if !own.is_empty() {
            let glyphs = &row.glyphs[own.start - first..own.end - first];
            let left = glyphs.iter().map(|glyph| glyph.pos.x).fold(f32::INFINITY, f32::min);
            let right = glyphs.iter().map(|glyph| glyph.pos.x + glyph.advance_width).fold(f32::NEG_INFINITY, f32::max);
            let rect = row.rect();
            found.push(Rect::from_min_max(pos2(row.pos.x + left, rect.top()), pos2(row.pos.x + right, rect.bottom())));
        }
        first += count + usize::from(row.ends_with_newline);
    }
    found
}
