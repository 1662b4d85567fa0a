//! Search: type, pick with arrows or the mouse, and map and time go there.

use egui::{Key, RichText};

use super::Ctx;
use crate::{
    gui::{actions::Action, session::Selection, theme::overlay_frame, words},
    model::{
        SearchIndex,
        search::{Entry, Found},
    },
};

/// How many hits are listed.
const LIMIT: usize = 9;

/// What is typed, and which hit is chosen.
#[derive(Default)]
pub struct SearchBox {
    typed: String,
    chosen: usize,
    wants_focus: bool,
}

/// One hit as the list shows it.
struct Hit {
    kind: &'static str,
    title: String,
    detail: String,
    actions: Vec<Action>,
}

impl SearchBox {
    /// Puts the cursor into the box with the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Whether there is anything to look for.
    pub fn is_asked(&self) -> bool {
        !self.typed.trim().is_empty()
    }

    /// Draws the field, leaving `rest_points` at its right to the rest of the bar, and, while it holds text and the keyboard, the list under it.
    pub fn bar_ui(&mut self, ui: &mut egui::Ui, ctx: &Ctx, (index, rest_points): (&SearchIndex, f32), out: &mut Vec<Action>) {
        let field = egui::TextEdit::singleline(&mut self.typed)
            .hint_text("Search places, polities, disputes, events")
            .desired_width((ui.available_width() - rest_points).clamp(90.0, 280.0))
            .id_salt("search");
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search"));
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.changed() {
            self.chosen = 0;
        }
        // Enter takes the focus away in the same frame.
        let confirmed = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !(response.has_focus() || confirmed || self.list_is_hovered(ui)) || self.typed.trim().is_empty() {
            return;
        }
        let hits: Vec<Hit> = index.find(&self.typed, LIMIT).into_iter().map(|entry| hit_of(ctx, entry)).collect();
        self.move_choice(ui, hits.len());
        let clicked = self.list_ui(ui, ctx, &response, &hits);
        let taken = clicked.or_else(|| confirmed.then_some(self.chosen)).and_then(|choice| hits.into_iter().nth(choice));
        if let Some(hit) = taken {
            out.extend(hit.actions);
            self.typed.clear();
            response.surrender_focus();
        }
    }

    fn list_is_hovered(&self, ui: &egui::Ui) -> bool {
        ui.ctx().memory(|memory| memory.area_rect(egui::Id::unique("search-list"))).is_some_and(|rect| ui.rect_contains_pointer(rect))
    }

    fn move_choice(&mut self, ui: &egui::Ui, count: usize) {
        let (down, up) = ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp)));
        if down {
            self.chosen += 1;
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
        self.chosen = self.chosen.min(count.saturating_sub(1));
    }

    fn list_ui(&self, ui: &egui::Ui, ctx: &Ctx, field: &egui::Response, hits: &[Hit]) -> Option<usize> {
        let mut clicked = None;
        egui::Area::new(egui::Id::unique("search-list"))
            .order(egui::Order::Foreground)
            .fixed_pos(field.rect.left_bottom() + egui::vec2(0.0, 4.0))
            .show(ui.ctx(), |ui| {
                overlay_frame(ctx.palette).show(ui, |ui| {
                    ui.set_width(440.0);
                    if hits.is_empty() {
                        ui.label(RichText::new("Nothing found. Try fewer letters, or another name.").color(ctx.palette.quiet));
                    }
                    for (position, hit) in hits.iter().enumerate() {
                        if hit_ui(ui, ctx, hit, position == self.chosen).clicked() {
                            clicked = Some(position);
                        }
                    }
                });
            });
        clicked
    }
}

fn hit_ui(ui: &mut egui::Ui, ctx: &Ctx, hit: &Hit, is_chosen: bool) -> egui::Response {
    let title = super::top_bar::shortened(&hit.title, 46);
    let detail = format!("   {} · {}", hit.kind, super::top_bar::shortened(&hit.detail, 40));
    let format = |style: egui::TextStyle, color| egui::TextFormat { font_id: style.resolve(ui.style()), color, ..Default::default() };
    let mut text = egui::text::LayoutJob::default();
    words::append(&mut text, &title, &format(egui::TextStyle::Body, ctx.palette.ink));
    words::append(&mut text, &detail, &format(egui::TextStyle::Small, ctx.palette.quiet));
    text.wrap.max_rows = 1;
    let row = egui::Button::selectable(is_chosen, text).wrap_mode(egui::TextWrapMode::Truncate);
    words::named(ui.add(row.min_size(egui::vec2(ui.available_width(), 26.0))), &format!("{title}{detail}"))
}

fn hit_of(ctx: &Ctx, entry: &Entry) -> Hit {
    let documents = ctx.library.list();
    let selection = match &entry.found {
        Found::Polity(polity) => Some(Selection::Polity(*polity)),
        Found::Dispute(id) => Some(Selection::Dispute(id.clone())),
        Found::Alliance(id) => Some(Selection::Alliance(id.clone())),
        Found::Event(document, event) => Some(Selection::Event(*document, *event)),
        Found::Place(document, place) => Some(Selection::Place(*document, *place)),
        Found::Region(document, region) => Some(Selection::Region(*document, *region)),
        Found::Line(document, line) => Some(Selection::Line(*document, *line)),
        Found::Unit(unit) => Some(Selection::Unit(*unit)),
        // A city is a point for orientation: what can be told is told of the land it lies in.
        Found::City(city) => ctx.library.atlas.cities.at(*city).unit.map(Selection::Unit),
    };
    let mut actions = Vec::new();
    match &entry.found {
        Found::Event(document, _) | Found::Place(document, _) | Found::Region(document, _) | Found::Line(document, _)
            if ctx.session.document != Some(*document) =>
        {
            actions.push(Action::OpenDocument(Some(*document)))
        }
        Found::Alliance(id) if !ctx.session.look.alliances.contains(id) => actions.push(Action::ToggleAlliance(id.clone())),
        _ => {}
    }
    let (day, bbox) = (entry.day(ctx.session.day()), entry.bbox(&ctx.library.atlas, &documents));
    actions.push(Action::GoTo { bbox, day: Some(day), selection });
    Hit { kind: entry.found.label(), title: entry.title.clone(), detail: entry.detail.clone(), actions }
}
