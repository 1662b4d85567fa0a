//! Charts beside the map: how many events a year, and how large the alliances were. Both stand on the same years, show the date as a line, and
//! go to the day that is clicked.

mod counts;

use eframe::egui::{self, Color32, Rect, RichText, Sense, Shape, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};
use egui_plot::{Bar, BarChart, GridInput, GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoints, PlotResponse, PlotUi, VLine};

use self::counts::{ChartKey, EventCounts, Sizes, day_at_year, year_of};
use super::timeline::{
    TimelinePalette,
    palette::{color, plain},
};
use crate::{
    model::{AllianceId, Atlas, Project, event::EventFamily},
    scene::style::alliance_color,
    time::{Date, Day},
};

/// What the charts remember: the numbers, by what they were counted from.
#[derive(Default)]
pub struct ChartsState {
    key: Option<ChartKey>,
    events: EventCounts,
    sizes: Vec<Sizes>,
    /// How many times the numbers were counted.
    fills: u64,
}

impl ChartsState {
    /// How many times the numbers were counted: stands still while nothing changes.
    pub fn cache_fills(&self) -> u64 {
        self.fills
    }

    fn refresh(&mut self, atlas: &Atlas, project: Option<&Project>, alliances: &[AllianceId]) {
        let key = ChartKey::new(atlas, project, alliances);
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let events = project.map_or_else(
            || atlas.cases.iter().flat_map(|case| &case.events).collect(),
            |project| project.events.iter().collect::<Vec<_>>(),
        );
        self.events = EventCounts::new(&events);
        self.sizes = alliances.iter().filter_map(|id| atlas.alliance(id.as_str())).map(Sizes::new).collect();
        self.key = Some(key);
        self.fills += 1;
    }

    /// The years that both charts show.
    fn years(&self) -> (f64, f64) {
        let sizes = self.sizes.iter().filter_map(|sizes| sizes.steps.first().map(|step| (step[0], sizes.known_until)));
        let all = self.events.years().into_iter().chain(sizes);
        let (from, to) = all.fold((f64::MAX, f64::MIN), |(from, to), own| (from.min(own.0), to.max(own.1)));
        let margin = ((to - from) * 0.02).max(1.0);
        if from <= to { (from - margin, to + margin) } else { (1900.0, 2030.0) }
    }
}

/// Draws both charts side by side, or under one another where it is narrow; without alliances those that the document tells about. Gives back the day that was clicked.
pub fn charts_ui(
    ui: &mut Ui,
    state: &mut ChartsState,
    atlas: &Atlas,
    project: Option<&Project>,
    alliances: &[AllianceId],
    day: Day,
    palette: &TimelinePalette,
) -> Option<Day> {
    // With none chosen, the story's own say more than an empty chart.
    let of_story = project.map_or(&[][..], |project| &project.alliances);
    state.refresh(atlas, project, if alliances.is_empty() { of_story } else { alliances });
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    let (left, right) = if room.width() >= 560.0 {
        let (left, right) = room.split_left_right_at_fraction(0.5);
        (left.with_max_x(left.right() - 12.0), right.with_min_x(right.left() + 12.0))
    } else {
        let (upper, lower) = room.split_top_bottom_at_fraction(0.5);
        (upper.with_max_y(upper.bottom() - 6.0), lower.with_min_y(lower.top() + 6.0))
    };
    let years = state.years();
    let in_rect = |ui: &mut Ui, rect: Rect| ui.new_child(UiBuilder::new().max_rect(rect));
    let one = events_chart_ui(&mut in_rect(ui, left), &state.events, (years, day), palette);
    let other = sizes_chart_ui(&mut in_rect(ui, right), &state.sizes, (years, day), palette);
    one.or(other)
}

fn events_chart_ui(ui: &mut Ui, counts: &EventCounts, (years, day): ((f64, f64), Day), palette: &TimelinePalette) -> Option<Day> {
    let title = if counts.bin_years == 1 { "Events a year".to_owned() } else { format!("Events, {} years a bar", counts.bin_years) };
    let shown = EventFamily::ALL.into_iter().filter(|family| counts.total(*family) > 0);
    header_ui(ui, &title, shown.map(|family| (palette.family(family), None, family.label().to_owned())), palette);
    if counts.bins.is_empty() {
        empty_ui(ui, "No events to count", "Open a case study, or add events to your document.", palette);
        return None;
    }
    let bars = bar_charts(counts, palette);
    let plot = time_plot("events", (years, f64::from(counts.most()) * 1.08), palette);
    let response = plot.show(ui, |plot| {
        bars.into_iter().for_each(|chart| plot.bar_chart(chart));
        date_line(plot, day, palette);
    });
    named(&response, "Chart of events");
    clicked_day(&response)
}

/// One chart a family, each on the ones before.
fn bar_charts(counts: &EventCounts, palette: &TimelinePalette) -> Vec<BarChart> {
    let mut charts: Vec<BarChart> = Vec::new();
    for (place, family) in EventFamily::ALL.into_iter().enumerate().filter(|(_, family)| counts.total(*family) > 0) {
        let fill = palette.family(family);
        let bars = counts.bins.iter().enumerate().map(|(bin, of_family)| {
            let bar = Bar::new(counts.middle_of(bin), f64::from(of_family[place])).name(counts.label_of(bin, place));
            bar.width(f64::from(counts.bin_years) * 0.86).fill(fill).stroke(Stroke::NONE)
        });
        let chart = BarChart::new(family.label(), bars.collect()).color(fill).element_formatter(Box::new(|bar, _| bar.name.clone()));
        let below: Vec<&BarChart> = charts.iter().collect();
        let chart = chart.stack_on(&below);
        charts.push(chart);
    }
    charts
}

fn sizes_chart_ui(ui: &mut Ui, sizes: &[Sizes], (years, day): ((f64, f64), Day), palette: &TimelinePalette) -> Option<Day> {
    let tint = |sizes: &Sizes| color(alliance_color(&sizes.id, palette.theme));
    header_ui(
        ui,
        "Members of alliances",
        sizes.iter().enumerate().map(|(place, own)| (tint(own), Some(place), own.label_on(day))),
        palette,
    );
    if sizes.is_empty() {
        empty_ui(ui, "No alliance is shown", "Choose alliances in the panel of layers, or open a case study.", palette);
        return None;
    }
    let most = sizes.iter().map(Sizes::most).fold(1.0, f64::max);
    let label = |position: &HoverPosition| match position {
        HoverPosition::NearDataPoint { plot_name, position, .. } if !plot_name.is_empty() => {
            Some(format!("{plot_name}, {}: {:.0} members", year_label(position.x), position.y))
        }
        _ => None,
    };
    let plot = time_plot("alliances", (years, most * 1.12), palette).label_formatter(label);
    let response = plot.show(ui, |plot| {
        for (place, own) in sizes.iter().enumerate() {
            let points: PlotPoints = own.stairs(years.1).into();
            plot.line(Line::new(own.name.clone(), points).color(tint(own)).width(2.0).style(rhythm(place)).allow_band(false));
        }
        date_line(plot, day, palette);
    });
    named(&response, "Chart of alliances");
    clicked_day(&response)
}

/// Lines differ in rhythm too: nothing hangs on colour alone.
fn rhythm(place: usize) -> LineStyle {
    match place % 3 {
        0 => LineStyle::Solid,
        1 => LineStyle::dashed_dense(),
        _ => LineStyle::dotted_dense(),
    }
}

/// A plot over years that pans and zooms along them only.
fn time_plot<'a>(name: &str, ((from, to), most): ((f64, f64), f64), palette: &TimelinePalette) -> Plot<'a> {
    Plot::new(("chart", name, from.to_bits(), to.to_bits(), most.to_bits()))
        .default_x_bounds(from, to)
        .default_y_bounds(0.0, most.max(1.0))
        .allow_drag([true, false])
        .allow_zoom([true, false])
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .show_background(false)
        .show_crosshair(false)
        .set_margin_fraction(Vec2::ZERO)
        .grid_color(palette.grid)
        .grid_spacing(8.0..=90.0)
        .x_grid_spacer(|input: GridInput| round_marks(input, 64.0 / 8.0))
        .y_grid_spacer(|input: GridInput| round_marks(input, 28.0 / 8.0))
        .y_axis_min_width(26.0)
        .x_axis_formatter(
            |mark: GridMark, _: &std::ops::RangeInclusive<f64>| if mark.step_size >= 0.99 { year_label(mark.value) } else { String::new() },
        )
        .y_axis_formatter(
            |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
                if (mark.value - mark.value.round()).abs() < 1e-6 { format!("{:.0}", mark.value) } else { String::new() }
            },
        )
}

/// Marks at 1, 2, 5, 10, ... of years or members, at least so many times the least step apart.
fn round_marks(input: GridInput, times: f64) -> Vec<GridMark> {
    let step = counts::round_at_least((input.base_step_size * times).ceil() as i64) as f64;
    let (first, last) = ((input.bounds.0 / step).ceil() as i64, (input.bounds.1 / step).floor() as i64);
    (first..=last).map(|place| GridMark { value: place as f64 * step, step_size: step }).collect()
}

fn date_line(plot: &mut PlotUi, day: Day, palette: &TimelinePalette) {
    plot.vline(VLine::new("", year_of(day)).color(palette.accent).width(1.5).allow_hover(false));
}

/// The day that a click on a chart means.
fn clicked_day(response: &PlotResponse<()>) -> Option<Day> {
    let at = response.response.interact_pointer_pos().filter(|_| response.response.clicked())?;
    Some(day_at_year(response.transform.value_from_position(at).x))
}

fn named(response: &PlotResponse<()>, name: &str) {
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
}

/// Title and legend in one line that breaks where it must.
fn header_ui(ui: &mut Ui, title: &str, legend: impl Iterator<Item = (Color32, Option<usize>, String)>, palette: &TimelinePalette) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.label(RichText::new(title).font(palette.strong(14.0)).color(palette.ink));
        for (swatch, line, label) in legend {
            // In one piece, so that no name is torn from its colour.
            let galley = ui.painter().layout_no_wrap(label.clone(), plain(12.0), palette.quiet_ink);
            let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(28.0, 0.0), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
            let sample =
                Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), Vec2::splat(if line.is_some() { 16.0 } else { 8.0 }));
            paint_sample(ui, sample, swatch, line);
            ui.painter().galley(pos2(sample.right() + 5.0, rect.top()), galley, palette.quiet_ink);
        }
    });
}

/// A square for bars; for lines a piece of one in its rhythm.
fn paint_sample(ui: &Ui, rect: Rect, swatch: Color32, line: Option<usize>) {
    let (ends, stroke) = ([rect.left_center(), rect.right_center()], Stroke::new(2.0, swatch));
    let shapes = match line.map(|place| place % 3) {
        None => vec![Shape::rect_filled(rect, 2.0, swatch)],
        Some(0) => vec![Shape::line_segment(ends, stroke)],
        Some(1) => Shape::dashed_line(&ends, stroke, 6.0, 4.0),
        Some(_) => Shape::dotted_line(&ends, swatch, 4.0, 1.2),
    };
    ui.painter().extend(shapes);
}

fn empty_ui(ui: &mut Ui, what: &str, next: &str, palette: &TimelinePalette) {
    ui.add_space((ui.available_height() * 0.5 - 20.0).max(4.0));
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(what).size(14.0).color(palette.quiet_ink));
        ui.label(RichText::new(next).size(12.0).color(palette.quiet_ink));
    });
}

/// A year on an axis, for people.
fn year_label(year: f64) -> String {
    Date::in_year(year.floor() as i64).map_or_else(|_| String::new(), |date| date.label())
}
