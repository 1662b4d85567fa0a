//! A chart as a picture: axes, bars, bands and lines from [`Chart`], as the same plain items that maps are drawn with. The window and the page for print
//! draw the same frame; only what surrounds it differs.

mod axis;
mod labels;
mod marks;
mod page;
mod readout;

pub use page::{ChartPage, PageInput, page};
pub use readout::{Entry, readout, sample};

use super::{
    fonts,
    hues::{alliance_color, hue_color, hue_of},
    item::{Anchor, At, Face, Item, Rect, Text},
    style::{Dash, Rgba, Stroke, Style},
    tint::Loudness,
};
use crate::{
    model::chart::{Chart, ChartKind, Series, Step, Who},
    time::Day,
};

/// The height of the time axis, as a share of the letters' size.
pub const AXIS: f32 = 1.8;
/// What WCAG 2.2 asks of lines that must be told from their ground.
const LINE_CONTRAST: f32 = 3.0;

/// A chart in its frame: what is drawn where. Cheap to make; [`ChartFrame::items`] is what costs.
#[derive(Clone, Copy, Debug)]
pub struct ChartFrame<'a> {
    /// The numbers.
    pub chart: &'a Chart,
    /// The box of plot and axes together, in points.
    pub rect: Rect,
    /// The first and the last moment that is seen, as day numbers with their parts; the second is the greater.
    pub days: [f64; 2],
    /// The last day that anything is drawn of: what still holds ends there, for nobody knows the future.
    pub until: Day,
    /// The colours.
    pub style: &'a Style,
    /// The size of the letters on the axes in points; everything else follows from it.
    pub text_points: f32,
}

/// Where days and values lie on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// The box inside the axes.
    pub rect: Rect,
    /// The moments at its left and right edge, as day numbers.
    pub days: [f64; 2],
    /// The moment at which everything ends that still holds.
    pub until: f64,
    /// The value at its upper edge; the lower edge is 0. For memberships the number of rows, counted from the top.
    pub most: f64,
}

/// What lies at a point of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Position in [`Chart::series`].
    pub series: usize,
    /// Position in [`Series::steps`].
    pub step: usize,
    /// The day at the point.
    pub day: Day,
}

impl Hit {
    /// The step itself; `None` for a hit on another chart.
    pub fn step(self, chart: &Chart) -> Option<(&Series, &Step)> {
        let series = chart.series.get(self.series)?;
        Some((series, series.steps.get(self.step)?))
    }
}

impl Plot {
    /// Where a moment lies, in points; beyond the edges too.
    pub fn x_of(&self, day: f64) -> f32 {
        let share = (day - self.days[0]) / (self.days[1] - self.days[0]).max(f64::MIN_POSITIVE);
        (f64::from(self.rect.min[0]) + share * f64::from(self.rect.width())) as f32
    }

    /// The moment at a place.
    pub fn moment_at(&self, x: f32) -> f64 {
        let share = f64::from(x - self.rect.min[0]) / f64::from(self.rect.width().max(1.0));
        self.days[0] + share * (self.days[1] - self.days[0])
    }

    /// The day at a place.
    pub fn day_at(&self, x: f32) -> Day {
        Day::new(self.moment_at(x).floor() as i64)
    }

    /// Where a day begins, kept to the edges: the ends of time lie there too.
    pub fn edge_of(&self, day: Day) -> f32 {
        self.x_of((day.get() as f64).min(self.until).clamp(self.days[0], self.days[1]))
    }

    /// Where a value lies.
    pub fn y_of(&self, value: f64) -> f32 {
        self.rect.max[1] - (value / self.most.max(f64::MIN_POSITIVE)) as f32 * self.rect.height()
    }

    /// The value at a height.
    pub fn value_at(&self, y: f32) -> f64 {
        f64::from((self.rect.max[1] - y) / self.rect.height().max(1.0)) * self.most
    }

    /// The first and the last day that are seen of what is drawn.
    pub fn seen(&self) -> (Day, Day) {
        (Day::new(self.days[0].floor() as i64), Day::new(self.days[1].min(self.until).ceil() as i64 - 1))
    }

    /// The box of a row of memberships.
    pub fn row(&self, row: usize) -> Rect {
        let height = self.rect.height() / self.most.max(1.0) as f32;
        Rect::new(self.rect.min[0], self.rect.min[1] + height * row as f32, self.rect.width(), height)
    }
}

impl ChartFrame<'_> {
    /// The box inside the axes, with its scales.
    pub fn plot(&self) -> Plot {
        let text = self.text_points;
        let left = self.left_margin();
        let right = match self.chart.kind {
            ChartKind::Alliances => labels::right_margin(self),
            _ => text,
        };
        let (min, max) = (self.rect.min, self.rect.max);
        let rect = Rect {
            min: [(min[0] + left).round(), (min[1] + text * 0.7).round()],
            max: [(max[0] - right).round(), (max[1] - text * AXIS).round()],
        };
        let rect = Rect { min: rect.min, max: [rect.max[0].max(rect.min[0] + 8.0), rect.max[1].max(rect.min[1] + 8.0)] };
        Plot { rect, days: self.days, until: (self.until.get() + 1) as f64, most: self.top() }
    }

    /// The value at the upper edge: a little over the highest.
    fn top(&self) -> f64 {
        let most = self.chart.most();
        match self.chart.kind {
            ChartKind::Memberships => most.max(1.0),
            ChartKind::Area => (most * 1.02).max(1.0),
            ChartKind::Events | ChartKind::Alliances => (most * 1.08).max(2.0),
        }
    }

    fn left_margin(&self) -> f32 {
        let text = self.text_points;
        if self.chart.kind == ChartKind::Memberships {
            let widest =
                self.chart.series.iter().map(|series| fonts::text_width(&series.name, Face::Regular, text, 0.0)).fold(0.0, f32::max);
            return widest.min(self.rect.width() * 0.34) + text * 0.9;
        }
        let room = Rect { min: self.rect.min, max: [self.rect.max[0], self.rect.max[1] - text * 2.5] };
        let ticks = axis::value_ticks(self.top(), room.height(), text);
        let labels = axis::value_labels(self.chart.unit, &ticks);
        labels.iter().map(|label| fonts::text_width(label, Face::Regular, text, 0.0)).fold(0.0, f32::max) + text * 0.7
    }

    /// Everything that does not depend on the shown day, back to front.
    pub fn items(&self) -> Vec<Item> {
        let plot = self.plot();
        let mut items = axis::grid(self, &plot);
        items.extend(marks::marks(self, &plot));
        items.extend(axis::axes(self, &plot));
        items.extend(labels::labels(self, &plot));
        items
    }

    /// The time axis alone, at the foot of the frame: for a window whose rows scroll under it.
    pub fn time_axis(&self) -> Vec<Item> {
        axis::time_axis(self, &self.plot())
    }

    /// The series that bear their names themselves: positions in [`Chart::series`], rising.
    pub fn labelled(&self) -> Vec<usize> {
        match self.chart.kind {
            ChartKind::Area => labels::area_places(self, &self.plot()).into_iter().map(|(series, _)| series).collect(),
            ChartKind::Events => Vec::new(),
            ChartKind::Alliances | ChartKind::Memberships => (0..self.chart.series.len()).collect(),
        }
    }

    /// The line of the shown day, with a dot on every line that it crosses. Empty where the day is out of sight.
    pub fn playhead(&self, day: Day) -> Vec<Item> {
        let plot = self.plot();
        let moment = day.get() as f64 + 0.5;
        if !(plot.days[0]..=plot.days[1]).contains(&moment) {
            return Vec::new();
        }
        let x = plot.x_of(moment);
        let line = Stroke::solid(self.style.accent, self.text_points * 0.125);
        let mut items = vec![Item::Polyline {
            points: vec![[x, plot.rect.min[1] - self.text_points * 0.4], [x, plot.rect.max[1]]],
            stroke: line,
            soft: false,
        }];
        if self.chart.kind == ChartKind::Alliances {
            let crossed = self.chart.series.iter().filter_map(|series| Some((series, series.step_on(day)?)));
            items.extend(crossed.map(|(series, step)| self.dot([x, plot.y_of(step.value)], &series.who)));
        }
        items
    }

    fn dot(&self, at: At, who: &Who) -> Item {
        let edge = Stroke::solid(self.style.panel, self.text_points * 0.125);
        Item::Dot { at, radius_points: self.text_points * 0.34, color: line_color(who, self.style), stroke: edge }
    }

    /// What lies at a point; `None` where nothing does.
    pub fn hit(&self, at: At) -> Option<Hit> {
        marks::hit(self, &self.plot(), at)
    }

    /// What shows which step is meant: its outline, or a dot on its line.
    pub fn highlight(&self, hit: Hit) -> Vec<Item> {
        marks::highlight(self, &self.plot(), hit)
    }
}

/// The colour of bars and bands: the hue that the map uses, as it has it on the land of those in focus.
pub fn color(who: &Who, style: &Style) -> Rgba {
    match who {
        Who::Polity(id) => hue_color(hue_of(id.as_str()), style.theme, Loudness::Clear),
        Who::Alliance(id) => alliance_color(id, style.theme),
        Who::Family(family) => style.family(*family),
        Who::Nobody => style.undetermined_land,
    }
}

/// The colour of lines and dots: the same hue, so much darker (on dark ground lighter) that a thin line stands out.
fn line_color(who: &Who, style: &Style) -> Rgba {
    let own = match who {
        Who::Polity(id) => hue_color(hue_of(id.as_str()), style.theme, Loudness::Strong),
        who => color(who, style),
    };
    let shades = (0..10_u8).map(|tenths| own.mixed(style.ink, f32::from(tenths) / 10.0));
    shades.into_iter().find(|shade| shade.contrast(style.panel) >= LINE_CONTRAST).unwrap_or(style.ink)
}

/// Lines differ in rhythm too, so that nothing hangs on colour alone.
fn rhythm(place: usize) -> Dash {
    [Dash::Solid, Dash::Long, Dash::Short, Dash::DashDot, Dash::Dots][place % 5]
}

/// Ink or paper, whichever is easier to read on a colour.
fn text_on(ground: Rgba, style: &Style) -> Rgba {
    if style.ink.contrast(ground) >= style.panel.contrast(ground) { style.ink } else { style.panel }
}

/// One line of text without a halo.
fn text(at: At, anchor: Anchor, words: impl Into<String>, (face, size_points): (Face, f32), color: Rgba) -> Item {
    Item::Text(Text { at, anchor, text: words.into(), face, size_points, color, halo: None, letter_spacing_points: 0.0, angle_rad: 0.0 })
}

/// The words, cut with an ellipsis so that they fit.
fn fitted(words: &str, face: Face, size_points: f32, width: f32) -> String {
    if fonts::text_width(words, face, size_points, 0.0) <= width {
        return words.to_owned();
    }
    let mut kept = String::new();
    for letter in words.chars() {
        let longer = format!("{kept}{letter}…");
        if fonts::text_width(&longer, face, size_points, 0.0) > width {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}
