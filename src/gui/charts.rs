//! Charts beside the map, linked with it both ways: the shown day stands in each of them and moves with a click or a drag, what is selected decides what
//! they are about, and what the pointer finds on them is outlined on the map. One in a narrow window, two in a wide one.

mod file;
mod header;
mod menus;
mod plot;
mod state;
mod tip;

use eframe::egui::{Sense, Stroke, Ui, UiBuilder};

pub use file::{ChartContent, ChartFile};
pub use state::ChartsState;

use super::{actions::Action, session::Selection, timeline::TimelinePalette};
use crate::{
    model::{AllianceId, Atlas, Project, View, WorldState, event::EventFilter},
    scene::Theme,
    time::Day,
};

/// From this width on, in points, there are two charts.
const WIDE: f32 = 1080.0;
/// Between two charts, in points.
const GAP: f32 = 32.0;

/// Everything that charts read. Borrowed for one frame.
pub struct ChartsInput<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The document that is open.
    pub project: Option<&'a Project>,
    /// Whose picture of the world.
    pub view: &'a View,
    /// The alliances that the map shows.
    pub alliances: &'a [AllianceId],
    /// Which events the map shows.
    pub filter: EventFilter,
    /// What is selected.
    pub selection: Option<&'a Selection>,
    /// The world on the shown day.
    pub state: &'a WorldState,
    /// The shown day.
    pub day: Day,
    /// The first and the last day that there is to show.
    pub range: (Day, Day),
    /// The first and the last day that the timeline shows; `None` where it is closed.
    pub timeline: Option<(Day, Day)>,
    /// Light or dark.
    pub theme: Theme,
    /// The colours of everything that shows time.
    pub palette: &'a TimelinePalette,
}

/// How high the charts are to begin with, in a window of this height in points: the map keeps the larger part.
pub fn default_height(window_points: f32) -> f32 {
    (window_points * 0.33).clamp(220.0, 340.0)
}

/// Draws the charts into the whole of `ui`.
pub fn charts_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, out: &mut Vec<Action>) {
    state.hear(input);
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    let (left, right) = room.split_left_right_at_fraction(0.5);
    let places = match room.width() >= WIDE {
        true => vec![left.with_max_x(left.right() - GAP / 2.0), right.with_min_x(right.left() + GAP / 2.0)],
        false => vec![room],
    };
    if places.len() == 2 {
        ui.painter().vline(room.center().x, room.y_range(), Stroke::new(1.0, input.palette.grid));
    }
    for (slot, place) in places.iter().enumerate() {
        let mut child = ui.new_child(UiBuilder::new().max_rect(*place).id_salt(("chart", slot)));
        child.set_clip_rect(place.expand(4.0).intersect(ui.clip_rect()));
        let is_last = slot + 1 == places.len();
        slot_ui(&mut child, input, state, (slot, is_last), out);
    }
}

/// One chart: what it shows, its title, the values of the day, and itself.
fn slot_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, (slot, is_last): (usize, bool), out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let Some(kind) = state.kind_of(slot) else { return };
    let chart = state.chart(kind, input);
    header::header_ui(ui, input, state, (slot, is_last), out);
    header::title_ui(ui, input, state, (kind, chart.as_deref()), out);
    let Some(chart) = chart.filter(|chart| !chart.series.is_empty()) else {
        header::empty_ui(ui, kind, input.palette);
        return;
    };
    header::readout_ui(ui, input, state, (slot, &chart), out);
    let rest = ui.available_rect_before_wrap();
    let place = rest.with_min_y(rest.top() + 4.0).with_max_y(rest.bottom().max(rest.top() + 64.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    plot::plot_ui(&mut child, input, state, (slot, &chart), out);
}
