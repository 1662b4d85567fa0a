//! What surrounds the map of a lecture: few words, large enough for the last row. Sizes are in points of a picture [`STAGE_POINTS`] high, so that
//! twelve of them are 24 pixels on a screen of 1080.

use super::{
    fonts::{self, LINE_HEIGHT},
    furniture::sample,
    item::{Anchor, Face, Fill, Item, Rect, Text},
    legend::{Legend, LegendGroup, LegendRow, Sample},
    notes::Notes,
    style::{Rgba, Stroke, Style},
    telling::SlideWords,
};
use crate::{
    geometry::{BoundingBox, Camera, Projection},
    model::slide::SlideKind,
};

/// How high the picture of a scene is, in points, whatever it has in pixels.
pub const STAGE_POINTS: f64 = 540.0;
/// Nothing that is to be read is smaller.
pub const SMALLEST_POINTS: f32 = 12.0;

const MARGIN: f32 = 14.0;
const INSET: f32 = 12.0;
const DATE_POINTS: f32 = 26.0;
const TITLE_POINTS: f32 = 14.0;
const CAPTION_POINTS: f32 = 16.0;
const SAMPLE_WIDTH: f32 = 30.0;
/// The widest block at the left, in points and as a share of the picture.
const LEFT_WIDTH: f32 = 250.0;
/// The longest lines that are read with ease.
const WORDS_WIDTH: f32 = 520.0;
/// What a caption of two lines with the note below it takes of the height.
const CAPTION_HEIGHT: f64 = 92.0;
/// The legend may take so much of the height.
const LEGEND_SHARE: f32 = 0.42;
/// How much of the map is still seen behind the words of a title or text scene.
const VEIL: f32 = 0.90;

/// The items of a lecture's picture, and what each box of them covers.
#[derive(Default)]
pub(super) struct Stage {
    pub(super) items: Vec<Item>,
    pub(super) covered: Vec<Rect>,
    /// How far the question of a quiz reaches down; 0 where none is asked.
    pub(super) question_bottom: f32,
}

impl Stage {
    /// Date, view, legend, scale and note round a map, and what the scene says.
    pub(super) fn new(notes: &Notes, legend: &Legend, words: Option<&SlideWords>, size_points: [f64; 2], style: &Style) -> Self {
        let [width, height] = size_points.map(|side| side as f32);
        let mut stage = Self::default();
        let note = stage.note(notes, [width, height], style);
        stage.heading(notes, words, width, style);
        stage.legend(legend, [width, note.min[1]], style);
        stage.scale(notes, [width, note.min[1]], style);
        if let Some(words) = words {
            let free = stage.between([width, note.min[1]]);
            stage.words(words, &free, style);
        }
        stage
    }

    /// What date and legend at the left and the scale at the right leave free, as high as the map.
    fn between(&self, [width, bottom]: [f32; 2]) -> Rect {
        let boxes = self.covered.iter().filter(|rect| rect.width() < width);
        let left = boxes.clone().filter(|rect| rect.middle()[0] < width / 2.0).map(|rect| rect.max[0]).fold(0.0, f32::max);
        let right = boxes.filter(|rect| rect.middle()[0] >= width / 2.0).map(|rect| rect.min[0]).fold(width, f32::min);
        Rect { min: [left, 0.0], max: [right, bottom] }
    }

    /// What a map scene says, inside `free`: the question with its answer at the top, the caption at the bottom.
    pub(super) fn words(&mut self, words: &SlideWords, free: &Rect, style: &Style) {
        let width = (free.width() - MARGIN).min(WORDS_WIDTH);
        let left = free.middle()[0] - width / 2.0;
        if !words.question.is_empty() {
            let answer = words.answer.as_deref().map(|answer| (answer, Face::Medium, 17.0));
            let lines = std::iter::once((words.question.as_str(), Face::SemiBold, 22.0)).chain(answer);
            self.panel(lines, [left, free.min[1] + MARGIN], width, words.answer.is_some(), style);
            self.question_bottom = self.covered.last().map_or(0.0, |panel| panel.max[1]);
        }
        if !words.caption.is_empty() {
            let height = text_height(&words.caption, Face::Regular, CAPTION_POINTS, width - 2.0 * INSET, 4) + 2.0 * INSET;
            let at = [left, free.max[1] - MARGIN - height];
            self.panel([(words.caption.as_str(), Face::Regular, CAPTION_POINTS)].into_iter(), at, width, false, style);
        }
    }

    /// Lines of text in a box; `marked` gives it the colour of what is selected at its left.
    fn panel<'t>(&mut self, texts: impl Iterator<Item = (&'t str, Face, f32)>, at: [f32; 2], width: f32, marked: bool, style: &Style) {
        let mut writer = Writer { items: Vec::new(), left: at[0] + INSET, y: at[1] + INSET };
        for (index, (text, face, size)) in texts.enumerate() {
            writer.y += if index == 0 { 0.0 } else { 6.0 };
            writer.block(text, face, size, style.ink, width - 2.0 * INSET, 4);
        }
        let rect = Rect { min: at, max: [at[0] + width, writer.y + INSET] };
        self.boxed(rect, writer.items, style);
        if marked {
            let rect = Rect { min: rect.min, max: [rect.min[0] + 4.0, rect.max[1]] };
            self.items.push(Item::Box { rect, radius_points: 2.0, fill: Fill::plain(style.accent), stroke: None });
        }
    }

    fn boxed(&mut self, rect: Rect, items: Vec<Item>, style: &Style) {
        let stroke = Some(Stroke::solid(style.panel_edge, 0.75));
        self.items.push(Item::Box { rect, radius_points: 4.0, fill: Fill::plain(style.panel.faded(0.95)), stroke });
        self.items.extend(items);
        self.covered.push(rect.grown(6.0));
    }

    /// The line along the lower edge that no picture goes without.
    fn note(&mut self, notes: &Notes, [width, height]: [f32; 2], style: &Style) -> Rect {
        let short = format!("{} · Boundaries and names shown imply no endorsement · Outlines: Natural Earth", notes.sources);
        let mut text = match &notes.honest_zoom {
            Some(_) => format!("{short}, enlarged past their scale"),
            None => short,
        };
        if fonts::text_width(&text, Face::Regular, SMALLEST_POINTS, 0.0) > width - 2.0 * MARGIN {
            text = format!("{} · No endorsement implied", notes.sources);
        }
        let rect = Rect { min: [0.0, height - SMALLEST_POINTS * 1.7], max: [width, height] };
        self.items.push(Item::Box { rect, radius_points: 0.0, fill: Fill::plain(style.panel.faded(0.88)), stroke: None });
        let line = Text::line(&text, [width / 2.0, rect.middle()[1]], Face::Regular, SMALLEST_POINTS, style.quiet_ink);
        self.items.push(Item::Text(Text { anchor: Anchor::Middle, ..line }));
        self.covered.push(rect);
        rect
    }

    fn heading(&mut self, notes: &Notes, words: Option<&SlideWords>, width: f32, style: &Style) {
        let widest = LEFT_WIDTH.min(width * 0.4);
        let mut writer = Writer { items: Vec::new(), left: MARGIN + INSET, y: MARGIN + INSET };
        if let Some(mark) = &notes.what_if {
            writer.block(mark, Face::SemiBold, TITLE_POINTS, style.accent, widest, 3);
        }
        let title = words.map(|words| words.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&notes.title);
        writer.block(title, Face::SemiBold, TITLE_POINTS, style.ink, widest, 3);
        let full = fonts::text_width(&notes.date, Face::SemiBold, DATE_POINTS, 0.0);
        writer.block(&notes.date, Face::SemiBold, (DATE_POINTS * widest / full).min(DATE_POINTS), style.ink, widest * 1.1, 1);
        writer.block(&notes.view, Face::Medium, SMALLEST_POINTS, style.quiet_ink, widest, 2);
        let right = writer.right().max(MARGIN + INSET + 60.0);
        let rect = Rect { min: [MARGIN, MARGIN], max: [right + INSET, writer.y + INSET - 4.0] };
        self.boxed(rect, writer.items, style);
    }

    /// As many rows as there is room for, in the order of the legend; kinds of events last, as callouts name them.
    fn legend(&mut self, legend: &Legend, [width, bottom]: [f32; 2], style: &Style) {
        let widest = LEFT_WIDTH.min(width * 0.4) - SAMPLE_WIDTH - 8.0;
        let top = self.covered.last().map_or(MARGIN, |heading| heading.max[1]);
        let room = (bottom * LEGEND_SHARE).min(bottom - top - 2.0 * MARGIN);
        let mut writer = Writer { items: Vec::new(), left: MARGIN + INSET + SAMPLE_WIDTH + 8.0, y: INSET };
        let rows = legend.rows.iter().filter(|row| row.group != LegendGroup::Events);
        for LegendRow { sample: sign, label, .. } in rows {
            let height = text_height(label, Face::Regular, SMALLEST_POINTS, widest, 2);
            if writer.y + height + INSET > room {
                break;
            }
            let middle = writer.y + SMALLEST_POINTS * LINE_HEIGHT / 2.0;
            debug_assert!(!matches!(sign, Sample::Event(_)), "kinds of events are left out");
            writer.items.push(sample(sign, [MARGIN + INSET, middle], style));
            writer.block(label, Face::Regular, SMALLEST_POINTS, style.ink, widest, 2);
            writer.y += 2.0;
        }
        if writer.items.is_empty() {
            return;
        }
        let height = writer.y + INSET - 2.0;
        let by = bottom - MARGIN - height;
        let rect = Rect { min: [MARGIN, by], max: [writer.right() + INSET, by + height] };
        let items = writer.items.into_iter().map(|item| super::furniture::moved(item, [0.0, by])).collect();
        self.boxed(rect, items, style);
    }

    fn scale(&mut self, notes: &Notes, [width, bottom]: [f32; 2], style: &Style) {
        let Some(bar) = &notes.scale_bar else { return };
        let label = fonts::text_width(&bar.label, Face::Medium, SMALLEST_POINTS, 0.0);
        let rect =
            Rect::new(width - MARGIN - bar.length_points - label - 28.0, bottom - MARGIN - 24.0, bar.length_points + label + 28.0, 24.0);
        let (left, y) = (rect.min[0] + 10.0, rect.max[1] - 8.0);
        let right = left + bar.length_points;
        let lines = [vec![[left, y - 6.0], [left, y]], vec![[right, y - 6.0], [right, y]], vec![[left, y], [right, y]]];
        let stroke = Stroke::solid(style.ink, 1.2);
        let mut items: Vec<Item> = lines.into_iter().map(|points| Item::Polyline { points, stroke, soft: false }).collect();
        items.push(Item::Text(Text::line(&bar.label, [right + 8.0, rect.middle()[1]], Face::Medium, SMALLEST_POINTS, style.ink)));
        self.boxed(rect, items, style);
    }
}

/// The camera of a lecture's picture: `bbox` is fitted into what the words round the map leave free; `None` is the whole world.
pub(super) fn camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2]) -> Camera {
    let [width, height] = size_points;
    camera_beside(projection, bbox, size_points, if width > height { f64::from(LEFT_WIDTH) } else { 0.0 })
}

/// The camera of one of the maps that stand side by side in a lecture's picture: heading and legend stand beside them.
pub(super) fn pane_camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2]) -> Camera {
    camera_beside(projection, bbox, size_points, 0.0)
}

fn camera_beside(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2], strip: f64) -> Camera {
    let Some(bbox) = bbox.filter(|bbox| bbox.width_deg() < 200.0) else {
        return Camera::whole_world(projection, size_points);
    };
    let [width, height] = size_points;
    let beside = Camera::fit(projection, bbox, [width - strip, height - CAPTION_HEIGHT], 10.0);
    Camera { size_points, ..beside }.panned(strip / 2.0, -CAPTION_HEIGHT / 2.0)
}

/// How much of the width heading and legend take at the left, in points; nothing in an upright picture, where they lie over the map.
pub fn strip_points([width, height]: [f64; 2]) -> f32 {
    if width > height { MARGIN + LEFT_WIDTH + 2.0 * INSET } else { 0.0 }
}

/// A title or text scene over a map that recedes, or nothing at all.
pub(super) fn veil(words: &SlideWords, size_points: [f64; 2], style: &Style) -> Vec<Item> {
    let [width, height] = size_points.map(|side| side as f32);
    let screen = Rect { min: [0.0, 0.0], max: [width, height] };
    let ground = |fill: Rgba| Item::Box { rect: screen, radius_points: 0.0, fill: Fill::plain(fill), stroke: None };
    let mut items = Vec::new();
    match words.kind {
        SlideKind::Black => items.push(ground(Rgba([0, 0, 0, 255]))),
        SlideKind::Title => {
            items.push(ground(style.page.faded(VEIL * 0.9)));
            items.extend(title(words, &screen, style));
        }
        SlideKind::Text => {
            items.push(ground(style.page.faded(VEIL)));
            items.extend(text(words, &screen, style));
        }
        SlideKind::Map | SlideKind::Quiz => {}
    }
    items
}

/// A heading with a rule in the accent colour, and what stands under it, at the left third as in printed books.
fn title(words: &SlideWords, screen: &Rect, style: &Style) -> Vec<Item> {
    let left = screen.width() * 0.1;
    let width = screen.width() * 0.8;
    let height = text_height(&words.title, Face::SemiBold, 40.0, width, 4);
    let mut writer = Writer { items: Vec::new(), left, y: (screen.height() * 0.46 - height).max(MARGIN) };
    writer.block(&words.title, Face::SemiBold, 40.0, style.ink, width, 4);
    writer.y += 12.0;
    let rule = Rect::new(left, writer.y, 64.0, 4.0);
    writer.items.push(Item::Box { rect: rule, radius_points: 2.0, fill: Fill::plain(style.accent), stroke: None });
    writer.y += 22.0;
    for paragraph in paragraphs(&words.text) {
        writer.block(paragraph, Face::Regular, 20.0, style.quiet_ink, width, 6);
        writer.y += 8.0;
    }
    writer.items
}

/// A heading and paragraphs; lines that begin with `- ` are set as points.
fn text(words: &SlideWords, screen: &Rect, style: &Style) -> Vec<Item> {
    let left = screen.width() * 0.1;
    let width = screen.width() * 0.8;
    let mut writer = Writer { items: Vec::new(), left, y: screen.height() * 0.11 };
    writer.block(&words.title, Face::SemiBold, 30.0, style.ink, width, 2);
    writer.y += 14.0;
    let room = screen.height() * 0.92 - writer.y;
    let heights = |size: f32| words.text.lines().map(|line| text_height(line, Face::Regular, size, width - 24.0, 12) + 7.0).sum::<f32>();
    let size = [22.0, 20.0, 18.0, 16.0, 14.0].into_iter().find(|size| heights(*size) <= room).unwrap_or(SMALLEST_POINTS);
    for line in words.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_prefix("- ") {
            Some(point) => {
                let middle = writer.y + size * LINE_HEIGHT / 2.0;
                writer.items.push(Item::Dot {
                    at: [left + 6.0, middle],
                    radius_points: size * 0.16,
                    color: style.accent,
                    stroke: Stroke::solid(style.accent, 0.0),
                });
                writer.left = left + 24.0;
                writer.block(point, Face::Regular, size, style.ink, width - 24.0, 12);
                writer.left = left;
            }
            None => writer.block(line, Face::Regular, size, style.ink, width, 12),
        }
        writer.y += 7.0;
    }
    writer.items
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
}

fn text_height(text: &str, face: Face, size_points: f32, width: f32, most: usize) -> f32 {
    fonts::wrapped(text, face, size_points, width, most).len() as f32 * size_points * LINE_HEIGHT
}

/// Writes lines one below the other.
struct Writer {
    items: Vec<Item>,
    left: f32,
    y: f32,
}

impl Writer {
    fn block(&mut self, text: &str, face: Face, size_points: f32, color: Rgba, width: f32, most: usize) {
        for line in fonts::wrapped(text, face, size_points, width, most) {
            let at = [self.left, self.y + size_points * LINE_HEIGHT / 2.0];
            self.items.push(Item::Text(Text::line(&line, at, face, size_points, color)));
            self.y += size_points * LINE_HEIGHT;
        }
    }

    /// The right end of the longest line.
    fn right(&self) -> f32 {
        let ends = self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text.at[0] + fonts::text_width(&text.text, text.face, text.size_points, 0.0)),
            _ => None,
        });
        ends.fold(self.left, f32::max)
    }
}
