//! What a picture that stands alone carries besides the map: title, date, view, legend, scale and notes, on one card.

use super::{
    fonts::{self, LINE_HEIGHT},
    item::{At, Face, Fill, Item, Rect, Text},
    legend::{Legend, LegendGroup, LegendRow, Sample},
    notes::{Notes, ScaleBar},
    style::{Rgba, Stroke, Style},
};
use crate::geometry::{BoundingBox, Camera, Projection};

/// Width of the card in points.
pub const CARD_WIDTH: f32 = 276.0;
pub(super) const MARGIN: f32 = 20.0;
pub(super) const INSET: f32 = 16.0;
/// The mark of a what-if branch: as large as what has to be read from the last row, and the space round it.
const WHAT_IF_POINTS: f32 = 15.0;
const WHAT_IF_INSET: f32 = 8.0;
pub(super) const SAMPLE_WIDTH: f32 = 30.0;
/// Kinds of events may be many: their rows are short and stand in two columns.
const KIND_SAMPLE_WIDTH: f32 = 16.0;
const KIND_COLUMN: f32 = (CARD_WIDTH - 2.0 * INSET) / 2.0;

/// Pictures at least so many times as wide as the card give it a strip of its own beside what they show.
pub(super) const WIDE_ENOUGH: f64 = 3.0;

/// The camera of a picture that stands alone: `bbox` is fitted beside the card, not under it; `None` is the whole world.
pub fn print_camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2]) -> Camera {
    let Some(bbox) = bbox.filter(|bbox| bbox.width_deg() < 200.0) else {
        return Camera::whole_world(projection, size_points);
    };
    let strip = f64::from(CARD_WIDTH + MARGIN);
    if size_points[0] < strip * WIDE_ENOUGH {
        return Camera::fit(projection, bbox, size_points, 16.0);
    }
    let beside = Camera::fit(projection, bbox, [size_points[0] - strip, size_points[1]], 16.0);
    Camera { size_points, ..beside }.panned(strip / 2.0, 0.0)
}

/// The camera of a picture that stands alone and shows all that another camera shows, beside the card where the picture is wide enough.
pub fn print_camera_of(seen: &Camera, size_points: [f64; 2]) -> Camera {
    let strip = f64::from(CARD_WIDTH + MARGIN);
    let strip = if size_points[0] < strip * WIDE_ENOUGH { 0.0 } else { strip };
    let factor = ((size_points[0] - strip) / seen.size_points[0]).min(size_points[1] / seen.size_points[1]);
    Camera { size_points, points_per_unit: seen.points_per_unit * factor, ..*seen }.panned(strip / 2.0, 0.0)
}

/// The camera of a picture that has its sheet to itself: `bbox` is fitted into all of it; `None` is the whole world.
pub fn sheet_camera(projection: Projection, bbox: Option<BoundingBox>, size_points: [f64; 2]) -> Camera {
    match bbox.filter(|bbox| bbox.width_deg() < 200.0) {
        Some(bbox) => Camera::fit(projection, bbox, size_points, 12.0),
        None => Camera::whole_world(projection, size_points),
    }
}

/// A part of a legend that stands together, from its top left corner at the origin, [`PART_WIDTH`] wide.
#[derive(Clone, Debug)]
pub struct LegendPart {
    /// What is drawn.
    pub items: Vec<Item>,
    /// In points.
    pub height: f32,
}

/// Width of a part of a legend in points.
pub const PART_WIDTH: f32 = CARD_WIDTH - 2.0 * INSET;

/// What the signs mean, a part for each group, and the scale as the last one; for whoever lays them out on a sheet.
pub fn legend_parts(legend: &Legend, notes: &Notes, style: &Style) -> Vec<LegendPart> {
    let part = |write: &dyn Fn(&mut CardWriter)| {
        let mut writer = CardWriter { style, items: Vec::new(), left: 0.0, y: 0.0 };
        write(&mut writer);
        let items = writer.items.into_iter().map(|item| moved(item, [-INSET, 0.0])).collect();
        LegendPart { items, height: writer.y }
    };
    let groups = legend.rows.chunk_by(|a, b| a.group == b.group).map(|rows| part(&|writer| writer.group(rows)));
    let bar = notes.scale_bar.iter().map(|bar| part(&|writer| writer.bar(bar)));
    groups.chain(bar).collect()
}

/// The card as items, with the box that it covers. The whole world has it at the bottom, where there is sea; a region at the top.
pub fn card(notes: &Notes, legend: &Legend, camera: &Camera, style: &Style) -> (Vec<Item>, Rect) {
    let mut writer = CardWriter::new(style);
    writer.heading(notes);
    writer.legend(legend);
    writer.scale(notes);
    writer.notes(notes);
    let [_, picture_height] = camera.size_points.map(|side| side as f32);
    let is_world = camera.visible_lonlat().width_deg() > 200.0;
    let top = if is_world { (picture_height - MARGIN - writer.height()).max(MARGIN) } else { MARGIN };
    writer.finish([MARGIN, top])
}

/// Writes a card from its top down.
pub(super) struct CardWriter<'a> {
    pub style: &'a Style,
    pub items: Vec<Item>,
    left: f32,
    /// Where the next line begins.
    pub y: f32,
}

impl<'a> CardWriter<'a> {
    pub fn new(style: &'a Style) -> Self {
        Self { style, items: Vec::new(), left: 0.0, y: INSET }
    }

    /// How high the card is with what is written on it.
    pub fn height(&self) -> f32 {
        self.y + INSET - 4.0
    }

    /// The card with its ground at a place, and the box that it covers.
    pub fn finish(self, at: At) -> (Vec<Item>, Rect) {
        let rect = Rect::new(at[0], at[1], CARD_WIDTH, self.height());
        let ground = Item::Box {
            rect,
            radius_points: 4.0,
            fill: Fill::plain(self.style.panel.faded(0.96)),
            stroke: Some(Stroke::solid(self.style.panel_edge, 0.75)),
        };
        (std::iter::once(ground).chain(self.items.into_iter().map(|item| moved(item, rect.min))).collect(), rect)
    }
}

impl CardWriter<'_> {
    /// One line of text; `y` moves below it.
    pub fn line(&mut self, text: &str, face: Face, size_points: f32, color: Rgba, indent: f32) {
        let at = [self.left + INSET + indent, self.y + size_points * LINE_HEIGHT / 2.0];
        self.items.push(Item::Text(Text::line(text, at, face, size_points, color)));
        self.y += size_points * LINE_HEIGHT;
    }

    pub fn paragraph(&mut self, text: &str, face: Face, size_points: f32, color: Rgba, indent: f32) {
        self.block(text, face, size_points, color, [indent, CARD_WIDTH - 2.0 * INSET - indent]);
    }

    /// A paragraph so far from the left and so wide.
    pub fn block(&mut self, text: &str, face: Face, size_points: f32, color: Rgba, [indent, width]: [f32; 2]) {
        for line in fonts::wrapped(text, face, size_points, width, 6) {
            self.line(&line, face, size_points, color, indent);
        }
    }

    pub fn rule(&mut self) {
        self.y += 9.0;
        let points = vec![[INSET, self.y], [CARD_WIDTH - INSET, self.y]];
        self.items.push(Item::Polyline { points, stroke: Stroke::solid(self.style.panel_edge, 0.75), soft: false });
        self.y += 9.0;
    }

    pub fn heading(&mut self, notes: &Notes) {
        if let Some(mark) = &notes.what_if {
            self.what_if(mark);
        }
        if !notes.title.is_empty() {
            self.paragraph(&notes.title, Face::SemiBold, 14.0, self.style.ink, 0.0);
            self.y += 4.0;
        }
        // The date is the largest thing on the card, as long as it fits on one line.
        let full = fonts::text_width(&notes.date, Face::SemiBold, 28.0, 0.0);
        let size = (28.0 * (CARD_WIDTH - 2.0 * INSET) / full).min(28.0);
        self.line(&notes.date, Face::SemiBold, size, self.style.ink, 0.0);
        self.y += 1.0;
        self.line(&notes.view, Face::Medium, 12.0, self.style.quiet_ink, 0.0);
    }

    /// The mark of a what-if branch: a band over the head of the card, in the colour that nothing else on it has.
    pub fn what_if(&mut self, mark: &str) {
        let lines = fonts::wrapped(mark, Face::SemiBold, WHAT_IF_POINTS, CARD_WIDTH - 2.0 * INSET, 6);
        let height = lines.len() as f32 * WHAT_IF_POINTS * LINE_HEIGHT + 2.0 * WHAT_IF_INSET;
        let rect = Rect::new(0.0, 0.0, CARD_WIDTH, height);
        self.items.push(Item::Box { rect, radius_points: 4.0, fill: Fill::plain(self.style.accent), stroke: None });
        self.y = WHAT_IF_INSET;
        lines.iter().for_each(|line| self.line(line, Face::SemiBold, WHAT_IF_POINTS, self.style.panel, 0.0));
        self.y = height + WHAT_IF_INSET;
    }

    pub fn legend(&mut self, legend: &Legend) {
        for (index, rows) in legend.rows.chunk_by(|a, b| a.group == b.group).enumerate() {
            if index == 0 {
                self.rule();
            } else {
                self.y += 6.0;
            }
            self.group(rows);
        }
    }

    /// The rows of one group under their heading.
    fn group(&mut self, rows: &[LegendRow]) {
        self.line(rows[0].group.heading(), Face::SemiBold, 10.0, self.style.quiet_ink, 0.0);
        self.y += 2.0;
        if rows[0].group == LegendGroup::Events {
            rows.chunks(2).for_each(|pair| self.kinds(pair));
        } else {
            rows.iter().for_each(|row| self.row(row));
        }
    }

    fn row(&mut self, row: &LegendRow) {
        let middle = self.y + 11.0 * LINE_HEIGHT / 2.0;
        let sample = sample(&row.sample, [INSET, middle], self.style);
        self.items.push(sample);
        self.paragraph(&row.label, Face::Regular, 11.0, self.style.ink, SAMPLE_WIDTH + 10.0);
        self.y += 3.0;
    }

    /// One or two kinds of events, side by side.
    fn kinds(&mut self, pair: &[LegendRow]) {
        let top = self.y;
        let mut bottom = top;
        for (column, row) in pair.iter().enumerate() {
            let left = column as f32 * KIND_COLUMN;
            let sample = sample(&row.sample, [INSET + left, top + 10.5 * LINE_HEIGHT / 2.0], self.style);
            self.items.push(sample);
            self.y = top;
            let indent = KIND_SAMPLE_WIDTH + 5.0;
            self.block(&row.label, Face::Regular, 10.5, self.style.ink, [left + indent, KIND_COLUMN - indent - 4.0]);
            bottom = bottom.max(self.y);
        }
        self.y = bottom + 4.0;
    }

    pub fn scale(&mut self, notes: &Notes) {
        let Some(bar) = &notes.scale_bar else { return };
        self.rule();
        self.bar(bar);
    }

    fn bar(&mut self, bar: &ScaleBar) {
        let ends = |x: f32| vec![[INSET + x, self.y], [INSET + x, self.y + 6.0]];
        let stroke = Stroke::solid(self.style.ink, 1.2);
        let base = vec![[INSET, self.y + 6.0], [INSET + bar.length_points, self.y + 6.0]];
        let lines = [ends(0.0), ends(bar.length_points), base];
        self.items.extend(lines.into_iter().map(|points| Item::Polyline { points, stroke, soft: false }));
        self.y -= 3.0;
        self.line(&bar.label, Face::Medium, 10.0, self.style.ink, bar.length_points + 8.0);
    }

    pub fn notes(&mut self, notes: &Notes) {
        self.rule();
        let small = |writer: &mut Self, text: &str| {
            writer.paragraph(text, Face::Regular, 8.5, writer.style.quiet_ink, 0.0);
            writer.y += 2.0;
        };
        small(self, &format!("{}. {}", notes.sources, notes.projection));
        if let Some(notice) = &notes.honest_zoom {
            small(self, notice);
        }
        small(self, &notes.no_endorsement);
    }
}

/// The sign of a row, its left end's middle at `at`.
pub(super) fn sample(sample: &Sample, at: At, style: &Style) -> Item {
    let rect = Rect::new(at[0], at[1] - 6.0, SAMPLE_WIDTH, 12.0);
    match sample {
        Sample::Area(fill) => {
            Item::Box { rect, radius_points: 1.5, fill: *fill, stroke: Some(Stroke::solid(style.quiet_ink.faded(0.5), 0.5)) }
        }
        Sample::Line(stroke) => Item::Polyline { points: vec![at, [at[0] + SAMPLE_WIDTH, at[1]]], stroke: *stroke, soft: false },
        Sample::Event(kind) => Item::Symbol {
            at: [at[0] + KIND_SAMPLE_WIDTH / 2.0, at[1]],
            size_points: 14.0,
            family: kind.family(),
            kind: *kind,
            color: style.family(kind.family()),
            opacity: 1.0,
            event: None,
        },
    }
}

/// An item of the card, moved from the origin to its place.
pub(super) fn moved(item: Item, by: At) -> Item {
    item.placed(1.0, by)
}
