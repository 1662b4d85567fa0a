//! The land day by day: which fill each stretch of it has and which class each arc, as changes from one day to the next.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{land::Land, numbers, palette::Colors};
use crate::{
    geometry::{ArcIx, UnitIx},
    model::{Atlas, Project, View, borders::LineClass, polity::NameScope},
    scene::{Dash, Fill, Layers, Look, Stroke, Style, WorldLayer, look::Layer},
    time::{Day, Span},
};

/// One way of seeing the world: a view and a look, by daylight and in the dark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    pub(super) view: View,
    /// The light look, then the dark one; the same twice where a scene names its theme.
    pub(super) looks: [Look; 2],
}

impl Variant {
    /// Whether it looks the same by daylight and in the dark.
    pub(super) fn has_one_theme(&self) -> bool {
        self.looks[0] == self.looks[1]
    }
}

/// The days between two on which the map may change: those of the tenure, of memberships, names, regions and lines. Begins with the first.
pub(super) fn change_days(atlas: &Atlas, project: &Project, days: (Day, Day), looks: &[&Look]) -> Vec<Day> {
    let mut found: BTreeSet<Day> = atlas.tenure.change_days().iter().copied().collect();
    let mut add = |span: &Span| found.extend([span.first_day(), span.past_end()]);
    project.regions.iter().for_each(|region| add(&region.common.span));
    project.lines.iter().for_each(|line| add(&line.common.span));
    project.places.iter().for_each(|place| add(&place.common.span));
    let shown = |id: &str| looks.iter().any(|look| look.alliances.iter().any(|alliance| alliance.as_str() == id));
    for alliance in atlas.alliances.iter().filter(|alliance| shown(alliance.id.as_str())) {
        for member in &alliance.members {
            add(&member.span);
            member.statuses.iter().for_each(|status| add(&status.span));
        }
    }
    for (scope, _) in (0..atlas.polities.len()).flat_map(|index| &atlas.polities.at(crate::model::PolityIx(index as u16)).names) {
        if let NameScope::Dates(from, to) = scope {
            found.extend([*from, to.plus_days(1)]);
        }
    }
    found.retain(|day| *day > days.0 && *day <= days.1);
    std::iter::once(days.0).chain(found).collect()
}

/// The land of one variant as it changes from day to day.
pub(super) struct Track<'a> {
    land: &'a Land,
    first_units: &'a [UnitIx],
    fills: Fills,
    /// The fill of each history and the class of each arc on the day before.
    last: (Vec<usize>, Vec<i64>),
    changes: Vec<Value>,
    styles: Option<[Style; 2]>,
}

impl<'a> Track<'a> {
    /// Before the first day.
    pub(super) fn new(atlas: &'a Atlas, land: &'a Land) -> Self {
        let first_units = &atlas.tenure.histories().first_units;
        let last = (vec![usize::MAX; first_units.len()], vec![0; land.arcs.len()]);
        Self { land, first_units, fills: Fills::default(), last, changes: Vec::new(), styles: None }
    }

    /// Goes on to a later day, on which the land is as said, by daylight and in the dark.
    pub(super) fn push(&mut self, day: Day, layers: &[Arc<WorldLayer>; 2]) {
        let fills = &mut self.fills;
        let of_history: Vec<usize> =
            self.first_units.iter().map(|unit| fills.place([0, 1].map(|theme: usize| *layers[theme].fill(*unit)))).collect();
        let class = |arc: &ArcIx| {
            let soft = if layers[0].soft_arcs[arc.index()] { 16 } else { 0 };
            class_number(layers[0].class_of_arc[arc.index()]) + soft
        };
        let of_arc: Vec<i64> = self.land.arcs.iter().map(class).collect();
        let filled = changed(&self.last.0, &of_history, |fill| fill as i64);
        let classed = changed(&self.last.1, &of_arc, |class| class);
        if !filled.is_empty() || !classed.is_empty() {
            self.changes.push(json!([day.get(), filled, classed]));
        }
        self.last = (of_history, of_arc);
        self.styles.get_or_insert_with(|| [0, 1].map(|theme: usize| layers[theme].style.clone()));
    }

    /// All that the file says of it.
    pub(super) fn json(self, variant: &Variant, colors: &mut Colors) -> Value {
        let styles = self.styles.unwrap_or_else(|| variant.looks.clone().map(|look| Style::new(look.theme)));
        json!({
            "changes": self.changes,
            "fills": self.fills.json(colors),
            "page": colors.pair([styles[0].page, styles[1].page]),
            "water": colors.pair([styles[0].water, styles[1].water]),
            "under": colors.pair([styles[0].unknown_land, styles[1].unknown_land]),
            "strokes": strokes(&styles, colors),
        })
    }
}

/// Position and new value of whatever changed, in the order of positions: the step from the position before, and the value.
fn changed<T: PartialEq + Copy>(before: &[T], after: &[T], number: impl Fn(T) -> i64) -> String {
    let mut last = 0;
    let pairs = before.iter().zip(after).enumerate().filter(|(_, (before, after))| before != after);
    numbers::text(pairs.flat_map(|(place, (_, after))| {
        let step = place as i64 - last;
        last = place as i64;
        [step, number(*after)]
    }))
}

/// The position of a class in [`LineClass::ALL`], from below in the order of painting.
fn class_number(class: LineClass) -> i64 {
    LineClass::ALL.iter().position(|own| *own == class).unwrap_or_default() as i64
}

/// The different fills of both themes together.
#[derive(Default)]
struct Fills {
    places: HashMap<[Fill; 2], usize>,
    list: Vec<[Fill; 2]>,
}

impl Fills {
    fn place(&mut self, fills: [Fill; 2]) -> usize {
        // The soft edge is the arcs' here.
        let fills = fills.map(|fill| Fill { soft: false, ..fill });
        *self.places.entry(fills).or_insert_with(|| {
            self.list.push(fills);
            self.list.len() - 1
        })
    }

    /// Each as the colours of one period of its stripes.
    fn json(&self, colors: &mut Colors) -> Vec<Vec<usize>> {
        let bands = self.list.iter().map(|[light, dark]| {
            let (light, dark) = (light.bands(), dark.bands());
            (0..light.len()).map(|band| colors.pair([light[band], dark[band.min(dark.len() - 1)]])).collect()
        });
        bands.collect()
    }
}

/// For each class how it is drawn, from below; `null` for what is not.
fn strokes(styles: &[Style; 2], colors: &mut Colors) -> Vec<Value> {
    let stroke = |class: LineClass, colors: &mut Colors| {
        let [Some(light), Some(dark)] = [0, 1].map(|theme: usize| styles[theme].stroke(class)) else { return Value::Null };
        let Stroke { width_points, dash, .. } = light;
        let pattern = dash.pattern(width_points);
        let lengths = if dash == Dash::Dots { vec![0.01, pattern[0] + pattern[1]] } else { pattern.to_vec() };
        json!([colors.pair([light.color, dark.color]), width_points, lengths, u8::from(dash == Dash::Dots)])
    };
    LineClass::ALL.into_iter().map(|class| stroke(class, colors)).collect()
}

/// What of a look decides the land: scenes that differ in names, signs and lines alone share it.
pub(super) fn of_land(look: &Look) -> Look {
    let Layers { polities, claims, alliances, borders, today, .. } = look.layers;
    Look { layers: Layers { polities, claims, alliances, borders, today, ..Layers::default() }, ..look.clone() }
}

/// The look of a map without what the player draws itself: events.
pub(super) fn without_events(look: &Look) -> Look {
    let mut look = look.clone();
    look.layers.events = Layer::HIDDEN;
    look
}
