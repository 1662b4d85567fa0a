//! Charts as numbers: what each party held, how large alliances were, what a state belonged to, how much happened, from day to day. Window, SVG, PNG
//! and CSV all read one [`Chart`], so that they cannot disagree.

mod alliances;
mod area;
mod events;
mod kind;
mod memberships;

use std::collections::BTreeSet;

pub use alliances::member_counts;
pub use area::units_of;
pub use kind::{ChartKind, Unit, UnknownChart, grouped};

use super::{
    AllianceId, Atlas, DisputeId, PolityId, PolityIx, Project, Sandbox, SourceId, View,
    event::{EventFamily, EventFilter},
};
use crate::{geometry::topology::UnitIx, time::Day};

/// The land that a chart of areas is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AreaOf {
    /// One disputed area.
    Dispute(DisputeId),
    /// The regions of the document that are areas of the atlas; where it has none, its disputes.
    Document,
}

/// What a chart is about: with the document and the view all that its numbers depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Who holds how much of some land.
    Area(AreaOf),
    /// The events of the document, or of every case without one; those that the filter asks for.
    Events(EventFilter),
    /// How many members these alliances have.
    Alliances(Vec<AllianceId>),
    /// What this polity belongs to.
    Memberships(PolityIx),
}

impl Topic {
    /// Which kind of chart it is.
    pub fn kind(&self) -> ChartKind {
        match self {
            Self::Area(_) => ChartKind::Area,
            Self::Events(_) => ChartKind::Events,
            Self::Alliances(_) => ChartKind::Alliances,
            Self::Memberships(_) => ChartKind::Memberships,
        }
    }
}

/// Whose numbers a series has; decides its colour.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// A polity.
    Polity(PolityId),
    /// An alliance.
    Alliance(AllianceId),
    /// A family of events.
    Family(EventFamily),
    /// Land of which the atlas names no holder.
    Nobody,
}

impl Who {
    /// The id for files; `none` for nobody.
    pub fn id(&self) -> &str {
        match self {
            Self::Polity(id) => id.as_str(),
            Self::Alliance(id) => id.as_str(),
            Self::Family(family) => family_id(*family),
            Self::Nobody => "none",
        }
    }
}

fn family_id(family: EventFamily) -> &'static str {
    match family {
        EventFamily::Force => "force",
        EventFamily::Status => "status",
        EventFamily::Agreement => "agreement",
        EventFamily::Diplomacy => "diplomacy",
        EventFamily::Military => "military",
        EventFamily::Alliance => "alliance",
        EventFamily::Society => "society",
    }
}

/// The land that a step stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Land {
    /// None: events stand at points.
    None,
    /// These units, rising.
    Units(Vec<UnitIx>),
    /// All that the members of an alliance hold on the day.
    MembersOf(AllianceId),
}

/// A stretch of days in which a number stays the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The first day; [`Day::MIN`] for since before anything recorded.
    pub from: Day,
    /// The day after the last; [`Day::MAX`] while it lasts.
    pub past_end: Day,
    /// The number, in the unit of the chart. Greater than 0.
    pub value: f64,
    /// How much of it rests on approximate borders: 0 to `value`.
    pub approximate: f64,
    /// Whether it counts in full: a status less than full membership is drawn striped.
    pub full: bool,
    /// What there is to say of it: the status of a member, who joined, which kinds of events. May be empty.
    pub detail: String,
    /// Its land.
    pub land: Land,
    /// Where it is written, each work once.
    pub sources: Vec<SourceId>,
}

impl Step {
    /// Whether it holds on a day.
    pub fn contains(&self, day: Day) -> bool {
        (self.from..self.past_end).contains(&day)
    }

    /// Whether it holds on any day from the first to the last.
    pub fn overlaps(&self, (first, last): (Day, Day)) -> bool {
        self.from <= last && first < self.past_end
    }

    /// When, for people: `1954–2014`, `since 1992-05-15`.
    pub fn when(&self) -> String {
        let (from, last) = (self.from.label(), self.past_end.plus_days(-1).label());
        match (self.from == Day::MIN, self.past_end == Day::MAX) {
            (true, true) => "at all times".to_owned(),
            (true, false) => format!("until {last}"),
            (false, true) => format!("since {from}"),
            (false, false) => format!("{from} – {last}"),
        }
    }
}

/// One party, alliance, membership or family through time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whose.
    pub who: Who,
    /// For people.
    pub name: String,
    /// Where the number is greater than 0: by their first days. Those of a membership may lie over one another, all others never do.
    pub steps: Vec<Step>,
}

impl Series {
    /// The step of a day; `None` where the number is 0.
    pub fn step_on(&self, day: Day) -> Option<&Step> {
        self.steps.iter().find(|step| step.contains(day))
    }

    /// The number on a day.
    pub fn value_on(&self, day: Day) -> f64 {
        self.step_on(day).map_or(0.0, |step| step.value)
    }
}

/// A chart: everything that is drawn, written and told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it counts.
    pub kind: ChartKind,
    /// What it is about, short: `Crimea`, `Ukraine`. Never empty.
    pub subject: String,
    /// The title, as a headline.
    pub title: String,
    /// What the numbers are.
    pub unit: Unit,
    /// In whose view.
    pub view: View,
    /// The mark of a what-if branch; `None` for every other document and without one.
    pub what_if: Option<String>,
    /// The series, in the order in which they are stacked from the ground up or stand from the top down. Empty where there is nothing to show.
    pub series: Vec<Series>,
    /// See [`Chart::most`]: asked for in every frame.
    most: f64,
}

impl Chart {
    /// Counts. Without a `project` events are those of every case. A topic that names what the atlas lacks gives a chart without series.
    pub fn new(atlas: &Atlas, project: Option<&Project>, view: &View, topic: &Topic) -> Self {
        let chart = match topic {
            Topic::Area(of) => area::chart(atlas, project, view, of),
            Topic::Events(filter) => events::chart(atlas, project, view, *filter),
            Topic::Alliances(ids) => alliances::chart(atlas, view, ids),
            Topic::Memberships(polity) => memberships::chart(atlas, view, *polity),
        };
        Self { what_if: project.and_then(|project| project.sandbox.as_ref()).map(Sandbox::mark), ..chart }
    }

    /// The title as it stands where nothing else marks a what-if branch: with its mark before it.
    pub fn marked_title(&self) -> String {
        self.what_if.as_ref().map_or_else(|| self.title.clone(), |mark| format!("{mark}: {}", self.title))
    }

    /// The sum of all series on a day.
    pub fn total_on(&self, day: Day) -> f64 {
        self.series.iter().map(|series| series.value_on(day)).sum()
    }

    /// The days on which any number changes, rising, without the ends of time.
    pub fn change_days(&self) -> Vec<Day> {
        let steps = self.series.iter().flat_map(|series| &series.steps);
        let days: BTreeSet<Day> = steps.flat_map(|step| [step.from, step.past_end]).collect();
        days.into_iter().filter(|day| *day != Day::MIN && *day != Day::MAX).collect()
    }

    /// The first and the last day on which anything changes; `None` where nothing does.
    pub fn known_days(&self) -> Option<(Day, Day)> {
        let days = self.change_days();
        Some((*days.first()?, *days.last()?))
    }

    /// The highest that the chart reaches: of stacked series their sum. 0 without series; of memberships how many rows there are.
    pub fn most(&self) -> f64 {
        self.most
    }

    fn assembled(kind: ChartKind, (subject, title): (String, String), unit: Unit, view: &View, series: Vec<Series>) -> Self {
        let mut chart = Self { kind, subject, title, unit, view: view.clone(), what_if: None, series, most: 0.0 };
        let values = || chart.series.iter().flat_map(|series| &series.steps).map(|step| step.value);
        chart.most = match kind {
            ChartKind::Memberships => chart.series.len() as f64,
            ChartKind::Alliances => values().fold(0.0, f64::max),
            ChartKind::Area | ChartKind::Events => {
                let days = [Day::MIN].into_iter().chain(chart.change_days());
                days.map(|day| chart.total_on(day)).fold(0.0, f64::max)
            }
        };
        chart
    }

    /// Every work cited for what holds from the first to the last day, each once, by id.
    pub fn sources(&self, days: (Day, Day)) -> BTreeSet<&SourceId> {
        let steps = self.series.iter().flat_map(|series| &series.steps).filter(|step| step.overlaps(days));
        steps.flat_map(|step| &step.sources).collect()
    }

    /// Whether anything from the first to the last day rests on approximate borders.
    pub fn is_approximate(&self, days: (Day, Day)) -> bool {
        self.series.iter().flat_map(|series| &series.steps).any(|step| step.approximate > 0.0 && step.overlaps(days))
    }
}

/// Adds what is not there yet, in order.
fn add_new<T: PartialEq + Clone>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
