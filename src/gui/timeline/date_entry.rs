//! The date in large type, and the field that opens in its place.

use eframe::egui::{
    self, Align, Align2, Key, Layout, PopupAnchor, Pos2, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::{TimelineAction, TimelinePalette, TimelineState, icons, palette::plain, tabular};
use crate::time::{Clock, Date, Day, MONTHS};

/// How the date is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateSize {
    /// The year in 40 points under the day.
    Tall,
    /// One line of 20 points.
    Line,
}

/// A date in the parts that are set apart.
struct Parts {
    /// `15 June`.
    day: String,
    /// `2020`, `44`.
    year: String,
    /// `BCE`, `CE`, or nothing.
    era: String,
    /// `Monday`.
    weekday: &'static str,
}

const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

impl Parts {
    fn of(day: Day) -> Self {
        let label = day.label();
        let (era, rest) =
            ["BCE", "CE"].into_iter().find_map(|era| Some((era, label.strip_suffix(era)?.trim_end()))).unwrap_or(("", &label));
        let (front, year) = rest.rsplit_once(' ').unwrap_or(("", rest));
        // The first day of the count, 1970-01-01, was a Thursday; 0 to 6 always fits.
        let weekday = WEEKDAYS[day.get().rem_euclid(7) as usize];
        Self { day: front.to_owned(), year: year.to_owned(), era: era.to_owned(), weekday }
    }
}

/// The date, or the field to type one, in `rect`.
pub(super) fn date_ui(
    ui: &mut Ui,
    (rect, size): (Rect, DateSize),
    palette: &TimelinePalette,
    state: &mut TimelineState,
    (clock, out): (&Clock, &mut Vec<TimelineAction>),
) {
    if state.typing.is_some() {
        typed_date_ui(ui, (rect, size), palette, state, (clock, out));
        return;
    }
    let day = clock.current_day();
    let response = ui.interact(rect, ui.scope_id().with("date"), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, true, "Date");
        info.current_text_value = Some(day.label());
        info
    });
    let shown = painted(ui, rect, size, &Parts::of(day), palette);
    underline(ui, &response, shown, palette);
    if response.clicked() {
        state.open_typed_date();
        out.push(TimelineAction::OpenTypedDate);
    }
    response.on_hover_cursor(egui::CursorIcon::Text).on_hover_text("Type a date (T)");
}

/// Paints the date; gives back where it stands.
fn painted(ui: &Ui, rect: Rect, size: DateSize, parts: &Parts, palette: &TimelinePalette) -> Rect {
    let painter = ui.painter();
    let beside = |of: Rect, gap: f32, up: f32| pos2(of.right() + gap, of.bottom() - up);
    match size {
        DateSize::Tall => {
            let (font, large) = (palette.strong(16.0), palette.strong(40.0));
            tabular::keep(painter, &font, &MONTHS);
            tabular::keep(painter, &large, &[]);
            let day = tabular::paint(painter, rect.left_top(), Align2::LEFT_TOP, &parts.day, &font, palette.ink);
            painter.text(beside(day, 8.0, 1.5), Align2::LEFT_BOTTOM, parts.weekday, plain(12.0), palette.quiet_ink);
            let year =
                tabular::paint(painter, pos2(rect.left() - 1.5, day.bottom() - 5.0), Align2::LEFT_TOP, &parts.year, &large, palette.ink);
            painter.text(beside(year, 6.0, 8.0), Align2::LEFT_BOTTOM, &parts.era, palette.strong(16.0), palette.quiet_ink);
            day.union(year)
        }
        DateSize::Line => {
            let text = [&parts.day, &parts.year, &parts.era].map(String::as_str).join(" ");
            let font = palette.strong(20.0);
            tabular::keep(painter, &font, &MONTHS);
            tabular::paint(painter, rect.left_center(), Align2::LEFT_CENTER, text.trim(), &font, palette.ink)
        }
    }
}

/// Says that the date can be clicked.
fn underline(ui: &Ui, response: &Response, shown: Rect, palette: &TimelinePalette) {
    if response.has_focus() {
        ui.painter().rect_stroke(shown.expand(3.0), icons::RADIUS, egui::Stroke::new(1.5, palette.accent), egui::StrokeKind::Outside);
    } else if response.hovered() {
        ui.painter().hline(shown.x_range(), shown.bottom() - 2.0, egui::Stroke::new(1.0, palette.quiet_ink));
    }
}

/// The field, and under it how the text is understood or what is wrong with it.
fn typed_date_ui(
    ui: &mut Ui,
    (rect, size): (Rect, DateSize),
    palette: &TimelinePalette,
    state: &mut TimelineState,
    (clock, out): (&Clock, &mut Vec<TimelineAction>),
) {
    let Some(typing) = &mut state.typing else { return };
    let height = if size == DateSize::Tall { 34.0 } else { 28.0 };
    let top = if size == DateSize::Tall { rect.top() + 8.0 } else { rect.center().y - height * 0.5 };
    let field = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width().min(236.0), height));
    let mut child = ui.new_child(UiBuilder::new().max_rect(field).layout(Layout::left_to_right(Align::Center)));
    let edit = egui::TextEdit::singleline(&mut typing.text)
        .id_salt("typed-date")
        .font(palette.strong(16.0))
        .hint_text(clock.current_day().label())
        .desired_width(field.width() - 8.0)
        .min_size(Vec2::new(field.width(), height))
        .align(egui::Align2::LEFT_CENTER);
    let response = child.add(edit).accessible_name("Date to go to");
    if !typing.was_focused {
        response.request_focus();
        typing.was_focused = true;
    }
    if response.changed() {
        typing.error = None;
    }
    let (note, is_error) = note_on(&typing.text, typing.error.as_deref(), clock);
    note_ui(&child, pos2(field.left(), field.top() - 6.0), &note, is_error, palette);
    let (entered, left) = child.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
    if response.lost_focus() && entered && !typing.text.trim().is_empty() {
        match day_from_text(&typing.text) {
            Ok(day) => {
                out.push(TimelineAction::GoToTyped(day));
                state.typing = None;
            }
            Err(error) => {
                typing.error = Some(error);
                response.request_focus();
            }
        }
    } else if response.lost_focus() || left {
        state.typing = None;
    }
}

/// The day that a typed date means: its earliest, or its latest where it has no start.
fn day_from_text(text: &str) -> Result<Day, String> {
    let date = Date::parse(text).map_err(|error| sentence(&error.fault.to_string()))?;
    Ok(if date.earliest == Day::MIN { date.latest } else { date.earliest })
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

/// What is said under the field, and whether it is an error.
fn note_on(text: &str, error: Option<&str>, clock: &Clock) -> (String, bool) {
    if let Some(error) = error {
        return (error.to_owned(), true);
    }
    if text.trim().is_empty() {
        return ("1914, June 1914, 28 June 1914, 1914-06-28, 44 BCE, 19th century ...".to_owned(), false);
    }
    let Ok(day) = day_from_text(text) else { return ("Go on, then press Enter.".to_owned(), false) };
    let ((first, last), (earliest, latest)) = (clock.limits(), clock.range);
    let label = Date::parse(text).map_or_else(|_| day.label(), |date| date.label());
    let note = match () {
        () if (first..=last).contains(&day) => format!("{label}: Enter goes to {}.", day.label()),
        () if clock.in_mark.is_some() || clock.out_mark.is_some() => {
            format!("{label} lies outside the marks, {} to {}: Enter goes to the nearer one.", first.label(), last.label())
        }
        () => format!("{label} lies outside {} to {}: Enter makes the timeline longer.", earliest.label(), latest.label()),
    };
    (note, false)
}

/// A note over the dock, above the field: there is always room on the map.
fn note_ui(ui: &Ui, at: Pos2, note: &str, is_error: bool, palette: &TimelinePalette) {
    let color = if is_error { palette.accent } else { palette.quiet_ink };
    egui::Popup::new(ui.scope_id().with("typed-date-note"), ui.ctx().clone(), PopupAnchor::Position(at), ui.layer_id())
        .kind(egui::PopupKind::Tooltip)
        .align(egui::RectAlign::TOP_START)
        .width(300.0)
        .show(|ui| {
            ui.set_max_width(300.0);
            ui.label(RichText::new(note).size(12.0).color(color));
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_date_are_set_apart() {
        let parts = Parts::of(Day::from_ymd(2020, 6, 15).expect("a day"));
        assert_eq!((parts.day.as_str(), parts.year.as_str(), parts.era.as_str(), parts.weekday), ("15 June", "2020", "", "Monday"));
        let parts = Parts::of(Day::from_ymd(-43, 3, 15).expect("a day"));
        assert_eq!((parts.day.as_str(), parts.year.as_str(), parts.era.as_str()), ("15 March", "44", "BCE"));
    }

    #[test]
    fn a_typed_date_means_its_first_day_or_the_only_end_it_has() {
        let day = |text: &str| day_from_text(text).map(|day| day.to_string());
        assert_eq!(day("June 1914").as_deref(), Ok("1914-06-01"));
        assert_eq!(day("../1918").as_deref(), Ok("1918-12-31"));
        assert_eq!(
            day("28/06/1914"),
            Err("With slashes nobody can tell day from month; write 1914-06-28, 28.06.1914 or 28 June 1914.".to_owned())
        );
    }
}
