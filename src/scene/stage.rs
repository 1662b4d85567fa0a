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
/// Between two texts of a panel.
const TEXT_GAP: f32 = 6.0;
/// More lines than these of a text in a panel are cut.
const MOST_LINES: usize = 4;
const SAMPLE_WIDTH: f32 = 30.0;
/// The widest block at the left, in points and as a share of the picture.
const LEFT_WIDTH: f32 = 250.0;
/// The longest lines that are read with ease.
const WORDS_WIDTH: f32 = 520.0;
/// What a caption of two lines with the note below it takes of the height: so much is left free below the map of every scene that has no longer one.
const CAPTION_HEIGHT: f32 = 92.0;
/// What the bar of the scale takes of the width, at most.
const SCALE_WIDTH: f32 = 265.0;
/// The plates that name the sides of a comparison reach so far down.
const PLATES_HEIGHT: f32 = 44.0;
/// The legend may take so much of the height.
const LEGEND_SHARE: f32 = 0.5;
/// Between two rows of the legend.
const ROW_GAP: f32 = 2.0;
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
            self.panel(asked(words), [left, free.min[1] + MARGIN], width, words.answer.is_some(), style);
            self.question_bottom = self.covered.last().map_or(0.0, |panel| panel.max[1]);
        }
        if !words.caption.is_empty() {
            let height = panel_height(caption(words), width);
            let at = [left, free.max[1] - MARGIN - height];
            self.panel(caption(words), at, width, false, style);
        }
    }

    /// Lines of text in a box; `marked` gives it the colour of what is selected at its left.
    fn panel<'t>(&mut self, texts: impl Iterator<Item = Said<'t>>, at: [f32; 2], width: f32, marked: bool, style: &Style) {
        let mut writer = Writer { items: Vec::new(), left: at[0] + INSET, y: at[1] + INSET };
        for (index, (text, face, size)) in texts.enumerate() {
            writer.y += if index == 0 { 0.0 } else { TEXT_GAP };
            writer.block(text, face, size, style.ink, width - 2.0 * INSET, MOST_LINES);
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
        for date in dates_of(&notes.date, widest) {
            let full = fonts::text_width(&date, Face::SemiBold, DATE_POINTS, 0.0);
            let size = (DATE_POINTS * widest / full).clamp(SMALLEST_POINTS, DATE_POINTS);
            writer.block(&date, Face::SemiBold, size, style.ink, widest * 1.1, 1);
        }
        writer.block(&notes.view, Face::Medium, SMALLEST_POINTS, style.quiet_ink, widest, 2);
        let right = writer.right().max(MARGIN + INSET + 60.0);
        let rect = Rect { min: [MARGIN, MARGIN], max: [right + INSET, writer.y + INSET - 4.0] };
        self.boxed(rect, writer.items, style);
    }

    /// As many rows as there is room for, in the order of the legend, and how many more there are. Kinds of events have none, as callouts name them.
    fn legend(&mut self, legend: &Legend, [width, bottom]: [f32; 2], style: &Style) {
        let widest = LEFT_WIDTH.min(width * 0.4) - SAMPLE_WIDTH - 8.0;
        let top = self.covered.last().map_or(MARGIN, |heading| heading.max[1]);
        let room = (bottom * LEGEND_SHARE).min(bottom - top - 2.0 * MARGIN);
        let mut writer = Writer { items: Vec::new(), left: MARGIN + INSET + SAMPLE_WIDTH + 8.0, y: INSET };
        let rows: Vec<&LegendRow> = legend.rows.iter().filter(|row| row.group != LegendGroup::Events).collect();
        let shown = rows_shown(&rows, widest, room - 2.0 * INSET);
        for LegendRow { sample: sign, label, .. } in &rows[..shown] {
            let middle = writer.y + SMALLEST_POINTS * LINE_HEIGHT / 2.0;
            debug_assert!(!matches!(sign, Sample::Event(_)), "kinds of events are left out");
            writer.items.push(sample(sign, [MARGIN + INSET, middle], style));
            writer.block(label, Face::Regular, SMALLEST_POINTS, style.ink, widest, 2);
            writer.y += ROW_GAP;
        }
        match rows.len() - shown {
            0 if rows.is_empty() => return,
            0 => {}
            more => {
                writer.block(&format!("and {more} more"), Face::Regular, SMALLEST_POINTS, style.quiet_ink, widest, 1);
                writer.y += ROW_GAP;
            }
        }
        let height = writer.y + INSET - ROW_GAP;
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

/// What the words of all pictures of a scene take of its map at the upper and at the lower edge, so that what is asked about is never covered, and the map
/// stands still from step to step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reserved {
    top: f32,
    bottom: f32,
}

impl Reserved {
    /// For the pictures of a scene, where what stands at the left leaves so much width and height; `names_sides` where plates name the sides of what is
    /// compared.
    pub(super) fn new(pictures: &[SlideWords], free_points: [f64; 2], names_sides: bool) -> Self {
        let [free, height] = free_points.map(|side| side as f32);
        let width = (free - SCALE_WIDTH).min(WORDS_WIDTH);
        let highest = |heights: &dyn Fn(&SlideWords) -> f32| pictures.iter().map(heights).fold(0.0, f32::max);
        let question = highest(&|words| panel_height(asked(words), width));
        let caption = highest(&|words| panel_height(caption(words), width));
        let note = SMALLEST_POINTS * 1.7;
        let is_quiz = question > 0.0;
        // What is asked about gets all the room that there is.
        let below = if caption > 0.0 { caption + 1.5 * MARGIN } else { 0.0 };
        let bottom = (note + below).max(if is_quiz { 0.0 } else { CAPTION_HEIGHT });
        let plates = if names_sides { PLATES_HEIGHT } else { 0.0 };
        let half = height / 2.0;
        Self { top: (question + if is_quiz { MARGIN } else { 0.0 } + plates).min(half), bottom: bottom.min(half * 0.8) }
    }
}

/// The camera of a lecture's picture: `bbox` is fitted into what the words round the map leave free; `None` is the whole world.
pub(super) fn camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2], reserved: Reserved) -> Camera {
    let [width, height] = size_points;
    camera_beside(projection, bbox, size_points, (if width > height { f64::from(LEFT_WIDTH) } else { 0.0 }, reserved))
}

/// The camera of one of the maps that stand side by side in a lecture's picture: heading and legend stand beside them.
pub(super) fn pane_camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2], reserved: Reserved) -> Camera {
    camera_beside(projection, bbox, size_points, (0.0, reserved))
}

fn camera_beside(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2], (strip, reserved): (f64, Reserved)) -> Camera {
    let Some(bbox) = bbox.filter(|bbox| bbox.width_deg() < 200.0) else {
        return Camera::whole_world(projection, size_points);
    };
    let [width, height] = size_points;
    let [top, bottom] = [reserved.top, reserved.bottom].map(f64::from);
    let beside = Camera::fit(projection, bbox, [width - strip, height - top - bottom], 10.0);
    Camera { size_points, ..beside }.panned(strip / 2.0, (top - bottom) / 2.0)
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

/// A text of a panel with its face and size.
type Said<'a> = (&'a str, Face, f32);

/// What a quiz asks, and its answer once that is told.
fn asked(words: &SlideWords) -> impl Iterator<Item = Said<'_>> {
    let question = Some((words.question.as_str(), Face::SemiBold, 22.0)).filter(|(text, ..)| !text.is_empty());
    let answer = words.answer.as_deref().filter(|_| question.is_some()).map(|answer| (answer, Face::Medium, 17.0));
    question.into_iter().chain(answer)
}

fn caption(words: &SlideWords) -> impl Iterator<Item = Said<'_>> {
    Some((words.caption.as_str(), Face::Regular, CAPTION_POINTS)).filter(|(text, ..)| !text.is_empty()).into_iter()
}

/// How high the panel of some texts is; 0 where there are none.
fn panel_height<'t>(texts: impl Iterator<Item = Said<'t>>, width: f32) -> f32 {
    let heights = texts.map(|(text, face, size)| text_height(text, face, size, width - 2.0 * INSET, MOST_LINES) + TEXT_GAP);
    let all: f32 = heights.sum();
    if all > 0.0 { all - TEXT_GAP + 2.0 * INSET } else { 0.0 }
}

/// A date on a line; both dates of a comparison on a line each where they are too long for one.
fn dates_of(date: &str, width: f32) -> Vec<String> {
    match date.split_once(" → ") {
        Some((before, now)) if fonts::text_width(date, Face::SemiBold, DATE_POINTS, 0.0) > width => {
            vec![format!("{before} →"), now.to_owned()]
        }
        _ => vec![date.to_owned()],
    }
}

/// How many rows of a legend fit into a height, with the line that says how many more there are.
fn rows_shown(rows: &[&LegendRow], width: f32, room: f32) -> usize {
    let ends = rows.iter().scan(0.0, |end, row| {
        *end += text_height(&row.label, Face::Regular, SMALLEST_POINTS, width, 2) + ROW_GAP;
        Some(*end)
    });
    let ends: Vec<f32> = ends.collect();
    if ends.last().is_none_or(|all| all - ROW_GAP <= room) {
        return rows.len();
    }
    ends.iter().take_while(|end| **end + SMALLEST_POINTS * LINE_HEIGHT <= room).count()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::style::Theme;

    fn legend_of(rows: usize) -> Stage {
        let row = |number: usize| LegendRow {
            group: LegendGroup::Control,
            sample: Sample::Area(Fill::plain(Rgba::rgb(1, 2, 3))),
            label: format!("Row {number}"),
        };
        let mut stage = Stage::default();
        stage.legend(&Legend { rows: (0..rows).map(row).collect() }, [960.0, 520.0], &Style::new(Theme::Light));
        stage
    }

    #[test]
    fn a_legend_says_how_many_rows_it_leaves_out() {
        for rows in [0, 1, 5, 14, 15, 16, 40] {
            let stage = legend_of(rows);
            let texts = || stage.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None });
            let shown = texts().filter(|text| text.text.starts_with("Row ")).count();
            let more = texts().find_map(|text| text.text.strip_prefix("and ")?.strip_suffix(" more")?.parse().ok()).unwrap_or(0);
            assert_eq!(shown + more, rows);
            assert!(more != 1 || rows > 14, "what fits is shown");
            assert!(stage.covered.iter().all(|rect| rect.min[1] > 520.0 * (1.0 - LEGEND_SHARE) - 30.0), "{rows}: {:?}", stage.covered);
        }
    }
}
