//! Text that comes from data, as panels set it: names, titles, accounts, notes. egui sets one stretch after the other from left to right; what has words from
//! right to left is therefore wrapped here as it is read, and each line is then put in the order in which it is seen.

use std::{ops::Range, sync::Arc};

use eframe::egui::{
    Align, Color32, Context, FontId, FontSelection, Galley, Label, Painter, Response, RichText, Role, Sense, Ui, WidgetInfo, WidgetText,
    cache::FramePublisher,
    text::{LayoutJob, TextFormat},
    vec2,
};

use crate::scene::bidi::{for_shaper_by_script, has_from_right, placed_line, runs_from_right};

/// How the stretches of a paragraph are set: where each begins, in bytes, the first at 0. Never empty.
pub type Manners = [(usize, TextFormat)];

/// Stands where a text is cut.
const CUT: char = '…';

/// A text that breaks into lines as the panel is wide. A paragraph whose first word runs from right to left stands at the right.
pub fn words_ui(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    let text: RichText = text.into();
    if !has_from_right(text.text()) {
        return ui.add(Label::new(text).wrap());
    }
    let words = text.text().to_owned();
    let format = format_of(ui, text);
    let response = ui.vertical(|ui| words.lines().for_each(|paragraph| paragraph_ui(ui, paragraph, &format))).response;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response
}

fn paragraph_ui(ui: &mut Ui, paragraph: &str, format: &TextFormat) {
    let room = ui.available_width();
    let galley = set(ui.ctx(), paragraph, format, (room, usize::MAX));
    let size = vec2(if runs_from_right(paragraph) { room } else { galley.size().x }, galley.size().y);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let corner = if galley.job.halign == Align::RIGHT { rect.right_top() } else { rect.left_top() };
    let color = ui.visuals().text_color();
    ui.painter().galley(corner, galley, color);
}

/// One line, for buttons, links and rows: what it is called must be said with [`link_ui`] or [`named`].
pub fn line(ui: &Ui, text: impl Into<RichText>) -> WidgetText {
    let text: RichText = text.into();
    if !has_from_right(text.text()) {
        return text.into();
    }
    let words = text.text().to_owned();
    let format = format_of(ui, text);
    let mut job = LayoutJob::default();
    append(&mut job, &words, &format);
    job.into()
}

/// A link of one line.
pub fn link_ui(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    let text: RichText = text.into();
    let words = text.text().to_owned();
    let text = line(ui, text);
    let response = ui.link(text);
    if has_from_right(&words) {
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
    }
    response
}

/// A button whose text is a [`line()`] is called what its words are as they are read.
pub fn named(button: Response, words: &str) -> Response {
    if has_from_right(words) {
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    }
    button
}

/// Shows a text while the pointer rests on something.
pub fn tip_ui(response: Response, text: impl FnOnce() -> String) -> Response {
    response.on_hover_ui(|ui| {
        let text = text();
        let format = format_of(ui, RichText::new(&text));
        match has_from_right(&text) {
            false => drop(ui.label(text)),
            true => text.lines().for_each(|paragraph| {
                let galley = set(ui.ctx(), paragraph, &format, (ui.available_width(), usize::MAX));
                ui.label(galley);
            }),
        }
    })
}

/// Appends a text to a line that has others, in the order in which it is seen by itself.
pub fn append(job: &mut LayoutJob, text: &str, format: &TextFormat) {
    if !has_from_right(text) {
        job.append(text, 0.0, format.clone());
        return;
    }
    append_line(&mut Laid { job, stretches: &mut Vec::new() }, text, (0..text.len(), 0), &[(0, format.clone())]);
}

/// At most `rows` lines of a width, for painters; the last one is cut where the text does not fit. Its right edge is its place where it stands at the right
/// (`job.halign`).
pub fn galley(painter: &Painter, text: &str, (font, color): (FontId, Color32), (room, rows): (f32, usize)) -> Arc<Galley> {
    if !has_from_right(text) {
        let mut job = LayoutJob::simple(text.to_owned(), font, color, room);
        // A single line is cut wherever it ends, more than one between words.
        (job.wrap.max_rows, job.wrap.break_anywhere, job.break_on_newline) = (rows, rows == 1, rows > 1);
        return painter.layout_job(job);
    }
    set(painter.ctx(), text, &TextFormat::simple(font, color), (room, rows))
}

fn format_of(ui: &Ui, text: RichText) -> TextFormat {
    let job = WidgetText::from(text).into_layout_job(ui.style(), FontSelection::Default, ui.text_valign());
    job.sections.first().map(|section| section.format.clone()).unwrap_or_default()
}

/// A paragraph in lines, kept as long as it is shown.
fn set(ctx: &Context, paragraph: &str, format: &TextFormat, room: (f32, usize)) -> Arc<Galley> {
    set_stretches(ctx, paragraph, &[(0, format.clone())], room).0
}

/// A paragraph whose stretches are set in manners of their own, in lines, kept as long as it is shown. Also of which stretch each section of the galley's job is.
pub fn set_stretches(ctx: &Context, paragraph: &str, manners: &Manners, (room, rows): (f32, usize)) -> (Arc<Galley>, Arc<[usize]>) {
    type Kept = FramePublisher<u64, (LayoutJob, Arc<[usize]>)>;
    let key = eframe::egui::util::hash((paragraph, manners, room.to_bits(), rows, ctx.pixels_per_point().to_bits()));
    let kept = ctx.memory_mut(|memory| memory.caches.cache::<Kept>().get(&key).cloned());
    let (job, stretches) = kept.unwrap_or_else(|| Setter { ctx, manners, room }.job(paragraph, rows));
    ctx.memory_mut(|memory| memory.caches.cache::<Kept>().set(key, (job.clone(), stretches.clone())));
    (ctx.fonts_mut(|fonts| fonts.layout_job(job)), stretches)
}

struct Setter<'a> {
    ctx: &'a Context,
    manners: &'a Manners,
    room: f32,
}

impl Setter<'_> {
    fn job(&self, paragraph: &str, rows: usize) -> (LayoutJob, Arc<[usize]>) {
        let (text, lines) = self.cut(paragraph, rows);
        let from_right = runs_from_right(&text);
        let mut job = LayoutJob { halign: if from_right && rows > 1 { Align::RIGHT } else { Align::LEFT }, ..LayoutJob::default() };
        let mut stretches = Vec::new();
        let mut laid = Laid { job: &mut job, stretches: &mut stretches };
        for (position, line) in lines.into_iter().enumerate() {
            if position > 0 {
                laid.push("\n", stretch_at(self.manners, line.start), self.manners);
            }
            append_line(&mut laid, &text, (line, 0), self.manners);
        }
        (job, stretches.into())
    }

    /// The lines of a paragraph; of more than `rows` the rest is cut off and told so by an ellipsis.
    fn cut(&self, paragraph: &str, rows: usize) -> (String, Vec<Range<usize>>) {
        let lines = self.lines(paragraph);
        let fits = |lines: &[Range<usize>], text: &str| {
            lines.len() <= rows && lines.iter().all(|line| self.width(text, line.clone()) <= self.room)
        };
        if rows == usize::MAX || fits(&lines, paragraph) {
            return (paragraph.to_owned(), lines);
        }
        let ends: Vec<usize> = paragraph.char_indices().map(|(at, _)| at).collect();
        let shorter = |letters: usize| format!("{}{CUT}", paragraph[..ends[letters]].trim_end());
        let most = (0..ends.len()).collect::<Vec<_>>().partition_point(|letters| {
            let text = shorter(*letters);
            fits(&self.lines(&text), &text)
        });
        let text = shorter(most.saturating_sub(1));
        let lines = self.lines(&text);
        (text, lines)
    }

    /// The lines of a paragraph as they are read, each as long as there is room, broken between words.
    fn lines(&self, paragraph: &str) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let (mut at, mut right) = (0, 0.0);
        for word in paragraph.split_inclusive(' ') {
            let place = at..at + word.trim_end().len();
            let whole = at..at + word.len();
            at = whole.end;
            let width = self.width(paragraph, place.clone());
            match lines.last_mut() {
                Some(line) if right + width <= self.room => line.end = place.end,
                _ => {
                    lines.push(place);
                    right = 0.0;
                }
            }
            right += self.width(paragraph, whole);
        }
        lines
    }

    /// How wide a part of a text is by itself, in points.
    fn width(&self, text: &str, part: Range<usize>) -> f32 {
        let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
        let mut laid = Laid { job: &mut job, stretches: &mut Vec::new() };
        append_line(&mut laid, &text[part.clone()], (0..part.len(), part.start), self.manners);
        self.ctx.fonts_mut(|fonts| fonts.layout_job(job)).size().x
    }
}

/// A galley in the making, with the stretch that each of its sections is of.
struct Laid<'a> {
    job: &'a mut LayoutJob,
    stretches: &'a mut Vec<usize>,
}

impl Laid<'_> {
    fn push(&mut self, text: &str, stretch: usize, manners: &Manners) {
        self.job.append(text, 0.0, manners[stretch].1.clone());
        self.stretches.push(stretch);
    }
}

/// The stretch in which a byte stands.
fn stretch_at(manners: &Manners, byte: usize) -> usize {
    manners.partition_point(|(start, _)| *start <= byte).saturating_sub(1)
}

/// A line of a paragraph in the order in which it is seen. The manners begin `offset` bytes before the paragraph.
fn append_line(laid: &mut Laid, paragraph: &str, (line, offset): (Range<usize>, usize), manners: &Manners) {
    for (at, piece) in placed_line(paragraph, line) {
        let mut start = at + offset;
        // A word from right to left is a piece of its own and never divided: its letters may join.
        if has_from_right(&piece) {
            laid.push(&for_shaper_by_script(piece), stretch_at(manners, start), manners);
            continue;
        }
        let mut rest: &str = &for_shaper_by_script(piece);
        while !rest.is_empty() {
            let stretch = stretch_at(manners, start);
            let room = manners.get(stretch + 1).map_or(rest.len(), |(next, _)| (next - start).min(rest.len()));
            let (part, after) = rest.split_at(room);
            laid.push(part, stretch, manners);
            (start, rest) = (start + room, after);
        }
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{FontFamily, RawInput, Rect, pos2};
    use proptest::prelude::*;

    use super::*;
    use crate::gui::theme;

    /// What the letters of a text, sorted from left to right, are on each line; and where each line ends at the right.
    fn seen(text: &str, room: f32, rows: usize) -> Vec<(String, f32, f32)> {
        let ctx = Context::default();
        theme::install_fonts(&ctx);
        let input = || RawInput { screen_rect: Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(800.0, 600.0))), ..RawInput::default() };
        let mut lines = Vec::new();
        for _ in 0..2 {
            let mut output = ctx.run_ui(input(), |ui| {
                let painter = ui.painter().clone();
                let galley = galley(&painter, text, (FontId::new(14.0, FontFamily::Proportional), Color32::BLACK), (room, rows));
                lines = galley
                    .rows
                    .iter()
                    .map(|row| {
                        let mut glyphs: Vec<_> = row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0).collect();
                        glyphs.sort_by(|one, other| one.pos.x.total_cmp(&other.pos.x));
                        let rect = row.rect();
                        (glyphs.iter().map(|glyph| glyph.chr).collect::<String>(), rect.left(), rect.right())
                    })
                    .collect();
            });
            output.textures_delta.clear();
        }
        lines
    }

    #[test]
    fn a_year_beside_a_name_from_right_to_left_reads_forward() {
        for text in ["ירושלים 1948", "القدس 1948"] {
            let lines = seen(text, f32::INFINITY, 1);
            assert!(lines.len() == 1 && lines[0].0.starts_with("1948 "), "{lines:?}");
        }
        let lines = seen("ירושלים 1948", f32::INFINITY, 1);
        assert_eq!(lines[0].0, "1948 םילשורי");
        let lines = seen("Jerusalem (ירושלים), 1948", f32::INFINITY, 1);
        assert_eq!(lines[0].0, "Jerusalem (םילשורי), 1948");
    }

    #[test]
    fn lines_are_broken_as_they_are_read_and_stand_at_the_right() {
        let lines = seen("מלחמה של 1948 בין ישראל ובין שכנותיה", 110.0, 9);
        assert!(lines.len() > 1, "{lines:?}");
        assert!(lines[0].0.ends_with("המחלמ"), "the first word stands at the right of the first line: {lines:?}");
        assert!(lines.last().unwrap().0.starts_with("היתונכש"), "the last word at the left of the last: {lines:?}");
        assert!(lines.iter().any(|line| line.0.contains("1948")), "{lines:?}");
        assert!(lines.iter().all(|line| line.2.abs() < 1.0 && line.2 - line.1 <= 111.0), "{lines:?}");
    }

    #[test]
    fn what_does_not_fit_is_cut_at_its_end() {
        let lines = seen("הסכם שביתת הנשק בין ישראל לבין מצרים", 120.0, 1);
        assert!(lines.len() == 1 && lines[0].0.starts_with('…') && lines[0].0.ends_with("םכסה"), "{lines:?}");
        assert!(lines[0].2 - lines[0].1 <= 121.0, "{lines:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Whatever the width, every letter is there once, in lines that fit as far as their words do.
        #[test]
        fn no_letter_is_lost(words in proptest::collection::vec("[א-ת]{1,6}|[a-z]{1,6}|[0-9]{1,4}", 1..12), room in 40.0_f32..300.0) {
            let text = words.join(" ");
            let sorted = |text: &str| { let mut letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect(); letters.sort_unstable(); letters };
            let lines = seen(&text, room, usize::MAX);
            let all: String = lines.iter().map(|line| line.0.as_str()).collect();
            prop_assert_eq!(sorted(&all), sorted(&text));
            prop_assert!(lines.iter().all(|line| line.2 - line.1 <= room + 1.5 || !line.0.trim().contains(' ')), "{:?}", lines);
        }
    }
}
