//! The card of a comparison that stands alone: what is compared, who gained and lost what, what the signs mean, scale and notes.

use super::{
    Label,
    list::{ChangeList, LandRow},
};
use crate::scene::{
    Face, Item, Legend, Notes, Rect, Rgba, SMALLEST_POINTS, Style, Text,
    fonts::{self, LINE_HEIGHT},
    furniture::{CARD_WIDTH, CardWriter, INSET, SAMPLE_WIDTH},
    item::{Anchor, At, Fill},
    legend::LegendGroup,
    style::Stroke,
};

/// So many who gained, and so many who lost, are named; the others are counted.
const MOST_ROWS: usize = 7;
/// Fewer than these are not named, however small the sheet is.
const LEAST_ROWS: usize = 2;
/// Room between a sample and its words, in points.
const SAMPLE_GAP: f32 = 8.0;

/// What a card says.
pub(super) struct Card<'a> {
    pub notes: &'a Notes,
    /// What is compared, in order; said on the card where it is not said over the pictures.
    pub labels: &'a [Label],
    /// Only where the difference itself is shown.
    pub list: Option<&'a ChangeList>,
    pub legend: &'a Legend,
}

impl Card<'_> {
    /// The card as items with its top left corner at a place, and the box that it covers. Where it would be higher than so many points fewer rows are named.
    pub fn items(&self, style: &Style, at: At, room: f32) -> (Vec<Item>, Rect) {
        let written = |rows: usize| {
            let mut writer = CardWriter::new(style);
            self.heading(&mut writer);
            if let Some(list) = self.list {
                writer.rule();
                write_list(&mut writer, list, rows);
            }
            writer.legend(self.legend);
            writer.scale(self.notes);
            writer.notes(self.notes);
            writer
        };
        let fitting = (LEAST_ROWS..=MOST_ROWS).rev().map(written).find(|writer| writer.height() <= room);
        fitting.unwrap_or_else(|| written(LEAST_ROWS)).finish(at)
    }

    fn heading(&self, writer: &mut CardWriter) {
        if let Some(mark) = &self.notes.what_if {
            writer.what_if(mark);
        }
        let (ink, quiet) = (writer.style.ink, writer.style.quiet_ink);
        if !self.notes.title.is_empty() {
            writer.paragraph(&self.notes.title, Face::SemiBold, 14.0, ink, 0.0);
            writer.y += 4.0;
        }
        for (index, label) in self.labels.iter().enumerate() {
            let text = if index == 0 { label.main.clone() } else { format!("→ {}", label.main) };
            let full = fonts::text_width(&text, Face::SemiBold, 24.0, 0.0);
            let size = (24.0 * (CARD_WIDTH - 2.0 * INSET) / full).min(24.0);
            writer.line(&text, Face::SemiBold, size, ink, 0.0);
        }
        let mut seconds: Vec<&str> = self.labels.iter().map(|label| label.second.as_str()).collect();
        seconds.dedup();
        writer.y += 1.0;
        seconds.iter().for_each(|second| writer.line(second, Face::Medium, 12.0, quiet, 0.0));
    }
}

/// Of the legend of a difference what the list does not say itself.
pub(super) fn legend_beside_list(legend: &Legend) -> Legend {
    let rows = legend.rows.iter().filter(|row| !matches!(row.group, LegendGroup::Control | LegendGroup::Alliances));
    Legend { rows: rows.cloned().collect() }
}

/// The list with at most so many rows under each heading.
fn write_list(writer: &mut CardWriter, list: &ChangeList, most: usize) {
    let (ink, quiet) = (writer.style.ink, writer.style.quiet_ink);
    writer.paragraph(&list.headline, Face::SemiBold, 13.0, ink, 0.0);
    for (heading, rows) in [("Gained", &list.gained), ("Lost", &list.lost)] {
        if rows.is_empty() {
            continue;
        }
        writer.y += 6.0;
        writer.line(heading, Face::SemiBold, 10.0, quiet, 0.0);
        writer.y += 2.0;
        rows.iter().take(most).for_each(|row| write_row(writer, row));
        if rows.len() > most {
            writer.line(&format!("and {} others", rows.len() - most), Face::Regular, 10.0, quiet, SAMPLE_WIDTH + SAMPLE_GAP);
        }
    }
    if !list.besides.is_empty() || !list.lines.is_empty() || !list.memberships.is_empty() {
        writer.y += 6.0;
    }
    list.besides.iter().for_each(|text| writer.paragraph(text, Face::Regular, 10.0, ink, 0.0));
    for row in list.lines.iter().take(most) {
        writer.paragraph(&format!("{}, {}", row.text, row.length), Face::Regular, 10.0, ink, 0.0);
    }
    list.memberships.iter().for_each(|text| writer.paragraph(text, Face::Regular, 10.0, ink, 0.0));
    if !list.note.is_empty() {
        writer.y += 2.0;
        writer.paragraph(&list.note, Face::Italic, 9.0, quiet, 0.0);
    }
}

fn write_row(writer: &mut CardWriter, row: &LandRow) {
    let (ink, quiet) = (writer.style.ink, writer.style.quiet_ink);
    let middle = writer.y + 11.0 * LINE_HEIGHT / 2.0;
    writer.items.push(Item::Box {
        rect: Rect::new(INSET, middle - 6.0, SAMPLE_WIDTH, 12.0),
        radius_points: 1.5,
        fill: row.sample,
        stroke: Some(Stroke::solid(quiet.faded(0.5), 0.5)),
    });
    let indent = SAMPLE_WIDTH + SAMPLE_GAP;
    let amount = fonts::text_width(&row.amount, Face::SemiBold, 11.0, 0.0);
    let amount_at = [CARD_WIDTH - INSET, middle];
    let text = Text::line(&row.amount, amount_at, Face::SemiBold, 11.0, ink);
    writer.items.push(Item::Text(Text { anchor: Anchor::End, ..text }));
    writer.block(&row.name, Face::Medium, 11.0, ink, [indent, CARD_WIDTH - 2.0 * INSET - indent - amount - 6.0]);
    writer.paragraph(&row.detail, Face::Regular, 9.5, quiet, indent);
    writer.y += 3.0;
}

/// A plate with what a picture shows in large letters, its top left corner at a place.
pub fn plate(label: &Label, at: At, size_points: f32, style: &Style) -> (Vec<Item>, Rect) {
    let small = (size_points * 0.46).max(SMALLEST_POINTS);
    let width = |text: &str, face: Face, size: f32| fonts::text_width(text, face, size, 0.0);
    let inner = width(&label.main, Face::SemiBold, size_points).max(width(&label.second, Face::Medium, small));
    let pad = size_points * 0.36;
    let rect = Rect::new(at[0], at[1], inner + 2.0 * pad, (size_points + small) * LINE_HEIGHT + pad);
    let ground = Item::Box {
        rect,
        radius_points: 4.0,
        fill: Fill::plain(style.panel.faded(0.94)),
        stroke: Some(Stroke::solid(style.panel_edge, 0.75)),
    };
    let line = |text: &str, y: f32, face: Face, size: f32, color: Rgba| Item::Text(Text::line(text, [at[0] + pad, y], face, size, color));
    let main_y = at[1] + pad * 0.5 + size_points * LINE_HEIGHT / 2.0;
    let second_y = main_y + (size_points + small) * LINE_HEIGHT / 2.0;
    let main = line(&label.main, main_y, Face::SemiBold, size_points, style.ink);
    let second = line(&label.second, second_y, Face::Medium, small, style.quiet_ink);
    (vec![ground, main, second], rect)
}
