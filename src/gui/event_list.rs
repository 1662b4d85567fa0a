//! The list of events: of the document that is open, or of all of them. The one that the date has come to stays in view.

use eframe::egui::{self, Color32, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use std::collections::BTreeSet;

use super::{
    paint::items::paint_items,
    session::{Library, Session},
    timeline::{TimelinePalette, icons, palette::plain},
    words,
};
use crate::{
    model::{
        Event, EventKind, Project,
        event::{EventFamily, EventFilter},
        rich_text,
    },
    scene::{Item, Rgba},
    time::Day,
};

/// Height of a row in points.
const ROW: f32 = 46.0;

/// An event: the position of its document, and its own in it.
pub type EventPlace = (usize, usize);

/// What the list remembers for a session.
#[derive(Default)]
pub struct EventListState {
    /// The words that events must have.
    pub filter: String,
    /// The kinds that are shown.
    pub kinds: EventFilter,
    /// The events that are listed, and what they were chosen for.
    listed: Option<(ListKey, Vec<EventPlace>)>,
    /// Those that are chosen together.
    chosen: Vec<EventPlace>,
    /// The row that was in view for the date: it is brought into view when it changes.
    row: Option<usize>,
}

/// What the chosen events depend on.
#[derive(Clone, Debug, PartialEq)]
struct ListKey {
    document: Option<usize>,
    /// Which states of how many documents.
    stamps: Vec<u64>,
    filter: String,
    kinds: EventFilter,
}

impl EventListState {
    /// Marks the events of the shown document that are chosen together.
    pub fn choose(&mut self, library: &Library, session: &Session) {
        let of_id = |id: &String| {
            let index = session.document?;
            library.documents.get(index)?.events.iter().position(|event| event.id == *id).map(|event| (index, event))
        };
        self.chosen = session.chosen.iter().filter_map(of_id).collect();
    }

    /// Chooses the events again if anything they depend on changed.
    fn refresh(&mut self, documents: &[Project], document: Option<usize>) {
        let key = ListKey {
            document,
            stamps: documents.iter().map(|project| project.stamp).collect(),
            filter: self.filter.trim().to_lowercase(),
            kinds: self.kinds,
        };
        if self.listed.as_ref().is_some_and(|(own, _)| *own == key) {
            return;
        }
        let shown = documents.iter().enumerate().filter(|(place, _)| document.is_none_or(|own| own == *place));
        let events = shown.flat_map(|(place, project)| project.drawn_events().map(move |(index, event)| ((place, index), &**event)));
        let mut found: Vec<(EventPlace, &Event)> = events.filter(|(_, event)| is_meant(event, &key)).collect();
        found.sort_by_key(|(_, event)| event.span.first_day());
        self.listed = Some((key, found.into_iter().map(|(place, _)| place).collect()));
        self.row = None;
    }
}

/// Whether every word of the filter stands in the event.
fn is_meant(event: &Event, key: &ListKey) -> bool {
    let holds = |word: &str| {
        [event.title.as_str(), &event.place, &rich_text::plain(&event.text), event.kind.label(), &event.date.text]
            .iter()
            .any(|text| text.to_lowercase().contains(word))
    };
    key.kinds.asks_for(event.kind) && (key.filter.is_empty() || key.filter.split_whitespace().all(holds))
}

/// Draws filter and list. Gives back the event that was clicked.
pub fn event_list_ui(
    ui: &mut Ui,
    state: &mut EventListState,
    documents: &[Project],
    document: Option<usize>,
    day: Day,
    selected: Option<EventPlace>,
    palette: &TimelinePalette,
) -> Option<EventPlace> {
    filter_ui(ui, state, (documents, document), palette);
    state.refresh(documents, document);
    let listed = state.listed.as_ref().map_or(&[][..], |(_, listed)| listed);
    if listed.is_empty() {
        let has_events =
            documents.iter().enumerate().any(|(place, project)| document.is_none_or(|own| own == place) && !project.events.is_empty());
        if empty_ui(ui, has_events, palette) {
            (state.filter, state.kinds) = (String::new(), EventFilter::All);
        }
        return None;
    }
    let event_at = |place: &EventPlace| &documents[place.0].events[place.1];
    let past = listed.partition_point(|place| event_at(place).span.first_day() <= day);
    let current = past.checked_sub(1);
    // What is listed has a place of its own to be scrolled to: a shorter list that took over the place of a longer one would spring back for ever.
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt((state.kinds, &state.filter, document));
    if state.row != Some(past) {
        state.row = Some(past);
        // A third of the way down: what is to come is seen too. Never past the end: the list would spring back for ever.
        let (height, whole) = (ui.available_height(), listed.len() as f32 * ROW);
        let wanted = current.unwrap_or(0) as f32 * ROW - height * 0.33;
        area = area.vertical_scroll_offset(wanted.clamp(0.0, (whole - height).max(0.0)));
    }
    let mut clicked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW, listed.len(), |ui, rows| {
        for row in rows {
            let place = listed[row];
            let time = match current {
                Some(current) if row == current => Time::Now,
                Some(current) if row < current => Time::Past,
                _ => Time::ToCome,
            };
            let title = document.is_none().then(|| documents[place.0].title.as_str());
            if row_ui(ui, (event_at(&place), title), (time, selected == Some(place) || state.chosen.contains(&place)), palette) {
                clicked = Some(place);
            }
        }
    });
    clicked
}

/// Where an event lies against the date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Past,
    Now,
    ToCome,
}

/// The kinds of all events of the open document, or of all documents.
fn kinds_of(documents: &[Project], document: Option<usize>) -> BTreeSet<EventKind> {
    let shown = documents.iter().enumerate().filter(|(place, _)| document.is_none_or(|own| own == *place));
    shown.flat_map(|(_, project)| &project.events).map(|event| event.kind).collect()
}

fn filter_ui(ui: &mut Ui, state: &mut EventListState, (documents, document): (&[Project], Option<usize>), palette: &TimelinePalette) {
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 132.0).max(80.0);
        let edit = egui::TextEdit::singleline(&mut state.filter).hint_text("Filter events").desired_width(width);
        ui.add(edit).accessible_name("Filter events");
        let label = state.kinds.label();
        let menu = egui::ComboBox::from_id_salt("event-family").selected_text(RichText::new(label).size(12.0)).width(116.0);
        let shown = menu.show_ui(ui, |ui| {
            let kinds = kinds_of(documents, document);
            ui.selectable_value(&mut state.kinds, EventFilter::All, EventFilter::All.label());
            for family in EventFamily::ALL {
                let own = kinds.iter().copied().filter(|kind| kind.family() == family).collect::<Vec<_>>();
                if own.is_empty() {
                    continue;
                }
                let label = RichText::new(family.label()).color(palette.family(family)).strong();
                ui.selectable_value(&mut state.kinds, EventFilter::Family(family), label);
                for kind in own {
                    let label = RichText::new(format!("    {}", kind.label())).color(palette.ink);
                    ui.selectable_value(&mut state.kinds, EventFilter::Kind(kind), label);
                }
            }
        });
        shown.response.accessible_name("Kind of event");
    });
    ui.add_space(6.0);
}

/// Says why nothing is listed and what to do; whether the filter is to be taken away.
fn empty_ui(ui: &mut Ui, has_events: bool, palette: &TimelinePalette) -> bool {
    ui.add_space(24.0);
    let mut clear = false;
    ui.vertical_centered(|ui| {
        let (what, next) = if has_events {
            ("No event matches", "Try fewer words or another kind.")
        } else {
            ("No events yet", "Open a case study, or right-click the map to add an event.")
        };
        ui.label(RichText::new(what).size(14.0).color(palette.ink));
        ui.label(RichText::new(next).size(12.0).color(palette.quiet_ink));
        if has_events {
            ui.add_space(8.0);
            clear = ui.button("Show all events").clicked();
        }
    });
    clear
}

/// One event: its date and kind over its title; whether it was clicked.
fn row_ui(ui: &mut Ui, (event, document): (&Event, Option<&str>), (time, is_selected): (Time, bool), palette: &TimelinePalette) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let date = event.when();
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, format!("{date}: {}", event.title)));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let ground = match () {
        () if is_selected || time == Time::Now => palette.surface.lerp_to_gamma(palette.accent, if is_selected { 0.16 } else { 0.08 }),
        () if response.hovered() => palette.tint(0.06),
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), icons::RADIUS, ground);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), icons::RADIUS, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
    }
    if time == Time::Now {
        let bar = Rect::from_min_max(rect.left_top() + vec2(0.0, 6.0), pos2(rect.left() + 3.0, rect.bottom() - 6.0));
        ui.painter().rect_filled(bar, 1.5, palette.accent);
    }
    paint_row(ui, rect, (event, &date, document), time, palette);
    let kind = event.kind.label();
    words::tip_ui(response, || if event.place.is_empty() { kind.to_owned() } else { format!("{kind} · {}", event.place) }).clicked()
}

fn paint_row(ui: &Ui, rect: Rect, (event, date, document): (&Event, &str, Option<&str>), time: Time, palette: &TimelinePalette) {
    // What is to come is there, but waits.
    let strength = if time == Time::ToCome { 0.8 } else { 1.0 };
    let left = rect.left() + 26.0;
    let size_points = match event.importance {
        1 => 18.0,
        2 => 16.0,
        _ => 13.0,
    };
    let color = palette.family(event.kind.family());
    let symbol = Item::Symbol {
        at: [rect.left() + 14.0, rect.top() + 15.0],
        size_points,
        family: event.kind.family(),
        kind: event.kind,
        color: Rgba(color.to_array()),
        opacity: strength,
        event: None,
    };
    paint_items(ui.painter(), Rect::from_min_max(pos2(0.0, 0.0), rect.max), &[symbol]);
    let line = |text: String, font, color: Color32, y: f32| {
        let galley = words::galley(ui.painter(), &text, (font, color.gamma_multiply(strength)), (rect.right() - left - 6.0, 1));
        ui.painter().galley(pos2(left, y), galley, color);
    };
    let beside = document.or(Some(&event.place)).filter(|text| !text.is_empty());
    let first = beside.map_or_else(|| date.to_owned(), |text| format!("{date} · {text}"));
    line(first, plain(12.0), palette.quiet_ink, rect.top() + 6.0);
    let font = if event.importance == 1 || time == Time::Now { palette.strong(14.0) } else { plain(14.0) };
    line(event.title.clone(), font, palette.ink, rect.top() + 22.0);
}
