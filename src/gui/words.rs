//! Text that comes from data, as panels set it: names, titles, accounts, notes. egui sets one stretch after the other from left to right; what has words from
//! right to left is therefore wrapped here as it is read, and each line is then put in the order in which it is seen.

use std::{ops::Range, sync::Arc};

use eframe::egui::{
    Align, Color32, Context, FontId, FontSelection, Galley, Label, Painter, Response, RichText, Role, Sense, Ui, WidgetInfo, WidgetText,
    cache::FramePublisher,
    text::{LayoutJob, TextFormat},
    vec2,
};

use crate::scene::bidi::{for_shaper_by_script, has_from_right, runs_from_right, visual_line};

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
    append_line(job, text, 0..text.len(), format);
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
fn set(ctx: &Context, paragraph: &str, format: &TextFormat, (room, rows): (f32, usize)) -> Arc<Galley> {
    type Kept = FramePublisher<u64, LayoutJob>;
    let key = eframe::egui::util::hash((paragraph, format, room.to_bits(), rows, ctx.pixels_per_point().to_bits()));
    let kept = ctx.memory_mut(|memory| memory.caches.cache::<Kept>().get(&key).cloned());
    let job = kept.unwrap_or_else(|| Setter { ctx, format, room }.job(paragraph, rows));
    ctx.memory_mut(|memory| memory.caches.cache::<Kept>().set(key, job.clone()));
    ctx.fonts_mut(|fonts| fonts.layout_job(job))
}

struct Setter<'a> {
    ctx: &'a Context,
    format: &'a TextFormat,
    room: f32,
}

impl Setter<'_> {
    fn job(&self, paragraph: &str, rows: usize) -> LayoutJob {
        let (text, lines) = self.cut(paragraph, rows);
        let from_right = runs_from_right(&text);
        let mut job = LayoutJob { halign: if from_right && rows > 1 { Align::RIGHT } else { Align::LEFT }, ..LayoutJob::default() };
        for (position, line) in lines.into_iter().enumerate() {
            if position > 0 {
                job.append("\n", 0.0, self.format.clone());
            }
            append_line(&mut job, &text, line, self.format);
        }
        job
    }

    /// The lines of a paragraph; of more than `rows` the rest is cut off and told so by an ellipsis.
    fn cut(&self, paragraph: &str, rows: usize) -> (String, Vec<Range<usize>>) {
        let lines = self.lines(paragraph);
        let fits = |lines: &[Range<usize>], text: &str| {
            lines.len() <= rows && lines.iter().all(|line| self.width(&text[line.clone()]) <= self.room)
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
            at += word.len();
            let width = self.width(&paragraph[place.clone()]);
            match lines.last_mut() {
                Some(line) if right + width <= self.room => line.end = place.end,
                _ => {
                    lines.push(place);
                    right = 0.0;
                }
            }
            right += self.width(word);
        }
        lines
    }

    /// How wide a stretch of text is by itself, in points.
    fn width(&self, text: &str) -> f32 {
        let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
        append_line(&mut job, text, 0..text.len(), self.format);
        self.ctx.fonts_mut(|fonts| fonts.layout_job(job)).size().x
    }
}

/// A line of a paragraph in the order in which it is seen.
fn append_line(job: &mut LayoutJob, paragraph: &str, line: Range<usize>, format: &TextFormat) {
    visual_line(paragraph, line).into_iter().for_each(|piece| job.append(&for_shaper_by_script(piece), 0.0, format.clone()));
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
