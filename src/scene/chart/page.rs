//! A chart that stands alone: title, unit, names with values, the chart, and what every picture says of itself.

use super::{ChartFrame, readout, readout::Entry, sample, text};
use crate::{
    model::{
        Atlas,
        chart::{Chart, ChartKind},
    },
    scene::{
        fonts::{self, LINE_HEIGHT},
        item::{Anchor, Face, Fill, Item, Rect},
        notes::{NO_ENDORSEMENT, view_label},
        style::{Rgba, Style, Theme},
    },
    time::Day,
};

const TITLE_POINTS: f32 = 34.0;
const SUBTITLE_POINTS: f32 = 19.0;
const TEXT_POINTS: f32 = 18.0;
const NOTE_POINTS: f32 = 14.0;
/// The mark of a what-if branch, and the space over and under it.
const WHAT_IF_POINTS: f32 = 24.0;
const WHAT_IF_INSET: f32 = 12.0;
const MARGIN: f32 = 44.0;

/// A page to be written as SVG or PNG.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPage {
    /// Width and height in points.
    pub size_points: [f64; 2],
    /// The title, for readers of the file.
    pub title: String,
    /// Days, view, sources and that nothing is endorsed, for readers of the file.
    pub description: String,
    /// Everything on it, back to front.
    pub items: Vec<Item>,
}

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct PageInput<'a> {
    /// For the name of the view.
    pub atlas: &'a Atlas,
    /// The numbers.
    pub chart: &'a Chart,
    /// The first and the last day on it.
    pub days: (Day, Day),
    /// The day that is marked, with the values of that day; `None` for no mark.
    pub day: Option<Day>,
    /// Light or dark.
    pub theme: Theme,
    /// Width and height in points; letters are made for a shorter side of about 900.
    pub size_points: [f64; 2],
}

/// Lays the page out.
pub fn page(input: &PageInput) -> ChartPage {
    let style = Style::new(input.theme);
    let mut writer = Writer { style: &style, width: input.size_points[0] as f32, y: MARGIN * 0.8, items: Vec::new() };
    let height = input.size_points[1] as f32;
    writer.items.push(ground(&style, writer.width, height));
    if let Some(mark) = &input.chart.what_if {
        writer.what_if(mark);
    }
    writer.paragraph(&input.chart.title, Face::SemiBold, TITLE_POINTS, style.ink, 2);
    let view = view_label(input.atlas, &input.chart.view);
    let subtitle = match input.chart.kind {
        ChartKind::Area => format!("{} · {view}", input.chart.unit.label()),
        _ => input.chart.unit.label(),
    };
    writer.paragraph(&subtitle, Face::Regular, SUBTITLE_POINTS, style.quiet_ink, 2);
    writer.y += 8.0;
    writer.entries(input);
    let notes = notes(input, &view);
    let lines = fonts::wrapped(&notes, Face::Regular, NOTE_POINTS, writer.width - 2.0 * MARGIN, 4);
    let foot = height - MARGIN * 0.6 - lines.len() as f32 * NOTE_POINTS * LINE_HEIGHT;
    writer.chart(input, foot - 14.0);
    writer.y = foot;
    lines.iter().for_each(|line| writer.line(line, Face::Regular, NOTE_POINTS, style.quiet_ink));
    ChartPage { size_points: input.size_points, title: input.chart.marked_title(), description: notes, items: writer.items }
}

fn ground(style: &Style, width: f32, height: f32) -> Item {
    Item::Box { rect: Rect::new(0.0, 0.0, width, height), radius_points: 0.0, fill: Fill::plain(style.panel), stroke: None }
}

/// What the picture says of itself.
fn notes(input: &PageInput, view: &str) -> String {
    let (first, last) = input.days;
    let count = input.chart.sources(input.days).len();
    let sources = if count == 1 { "1 source".to_owned() } else { format!("{count} sources") };
    let mut parts = vec![format!("{} – {}", first.label(), last.label())];
    parts.extend(input.day.map(|day| format!("Marked: {}", day.label())));
    parts.extend([view.to_owned(), sources]);
    let mut text = format!("{}.", parts.join(" · "));
    if input.chart.kind == ChartKind::Area {
        text.push_str(" Areas are geodesic, from outlines of Natural Earth, 1:10 million.");
        if input.chart.is_approximate(input.days) {
            text.push_str(" Striped: borders known only approximately.");
        }
    }
    format!("{text} {NO_ENDORSEMENT} Border Atlas.")
}

struct Writer<'a> {
    style: &'a Style,
    width: f32,
    y: f32,
    items: Vec<Item>,
}

impl Writer<'_> {
    fn line(&mut self, words: &str, face: Face, size_points: f32, color: Rgba) {
        let at = [MARGIN, self.y + size_points * LINE_HEIGHT / 2.0];
        self.items.push(text(at, Anchor::Start, words, (face, size_points), color));
        self.y += size_points * LINE_HEIGHT;
    }

    fn paragraph(&mut self, words: &str, face: Face, size_points: f32, color: Rgba, most_lines: usize) {
        for line in fonts::wrapped(words, face, size_points, self.width - 2.0 * MARGIN, most_lines) {
            self.line(&line, face, size_points, color);
        }
    }

    /// The mark of a what-if branch: a band over the whole page, in the colour that nothing else on it has.
    fn what_if(&mut self, mark: &str) {
        let lines = fonts::wrapped(mark, Face::SemiBold, WHAT_IF_POINTS, self.width - 2.0 * MARGIN, 3);
        let height = lines.len() as f32 * WHAT_IF_POINTS * LINE_HEIGHT + 2.0 * WHAT_IF_INSET;
        let rect = Rect::new(0.0, 0.0, self.width, height);
        self.items.push(Item::Box { rect, radius_points: 0.0, fill: Fill::plain(self.style.accent), stroke: None });
        self.y = WHAT_IF_INSET;
        lines.iter().for_each(|line| self.line(line, Face::SemiBold, WHAT_IF_POINTS, self.style.panel));
        self.y = height + MARGIN * 0.5;
    }

    /// The row of names, with the values of the marked day.
    fn entries(&mut self, input: &PageInput) {
        let labelled = self.frame(input, self.y + TEXT_POINTS * 30.0).labelled();
        let entries = readout::readout(input.chart, input.days, input.day, &labelled);
        let mut x = MARGIN;
        for entry in &entries {
            let words = words_of(entry);
            let width = fonts::text_width(&words, Face::Medium, TEXT_POINTS, 0.0) + 30.0;
            if x > MARGIN && x + width > self.width - MARGIN {
                (x, self.y) = (MARGIN, self.y + TEXT_POINTS * 1.5);
            }
            let middle = self.y + TEXT_POINTS * 0.7;
            let half = if input.chart.kind == ChartKind::Alliances { 11.0 } else { 7.0 };
            let sign = Rect { min: [x, middle - 7.0], max: [x + 2.0 * half, middle + 7.0] };
            self.items.push(sample(input.chart, entry.series, sign, self.style));
            let at = [x + 2.0 * half + 7.0, middle];
            self.items.push(text(at, Anchor::Start, words, (Face::Medium, TEXT_POINTS), self.style.ink));
            x += width + 2.0 * half;
        }
        self.y += if entries.is_empty() { 0.0 } else { TEXT_POINTS * 1.7 };
    }

    fn frame<'b>(&'b self, input: &PageInput<'b>, bottom: f32) -> ChartFrame<'b> {
        let rect = Rect { min: [MARGIN, self.y], max: [self.width - MARGIN, bottom.max(self.y + 40.0)] };
        let days = [input.days.0.get() as f64, (input.days.1.get() + 1) as f64];
        ChartFrame { chart: input.chart, rect, days, until: input.days.1, style: self.style, text_points: TEXT_POINTS }
    }

    fn chart(&mut self, input: &PageInput, bottom: f32) {
        let frame = self.frame(input, bottom);
        let mut items = frame.items();
        items.extend(input.day.map(|day| frame.playhead(day)).unwrap_or_default());
        self.items.extend(items);
    }
}

fn words_of(entry: &Entry) -> String {
    if entry.value.is_empty() { entry.name.clone() } else { format!("{} {}", entry.name, entry.value) }
}
