//! What the signs on the map mean: only of what is to be seen on it.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    SceneInput,
    compare::alike,
    item::Fill,
    markers::Marker,
    overlay::Hands,
    style::Stroke,
    tint::Tints,
    world::{WorldLayer, shown_alliances, told_part},
};
use crate::{
    geometry::{ArcIx, Camera, LonLat, Projection, UnitIx},
    model::{Alliance, Atlas, EventKind, PolityIx, View, borders::LineClass, event::EventFamily, world::Status},
};

/// Under which heading a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegendGroup {
    /// Who controls what.
    Control,
    /// Who claims what.
    Claims,
    /// Alliances.
    Alliances,
    /// Lines.
    Lines,
    /// Events.
    Events,
}

impl LegendGroup {
    /// The heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Control => "Control",
            Self::Claims => "Claims",
            Self::Alliances => "Alliances",
            Self::Lines => "Lines",
            Self::Events => "Events",
        }
    }
}

/// What is drawn beside a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    /// A small area.
    Area(Fill),
    /// A stretch of line, long enough to show its rhythm.
    Line(Stroke),
    /// The symbol of a kind of event.
    Event(EventKind),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRow {
    /// Under which heading.
    pub group: LegendGroup,
    /// The sign.
    pub sample: Sample,
    /// What it means. Never empty.
    pub label: String,
}

/// All rows, those of one group together, in the order of the groups; empty where the map has no signs to explain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The rows.
    pub rows: Vec<LegendRow>,
}

/// What one row for many sets of claimants says.
pub(super) const MANY_CLAIMS: &str = "Controlled by one, claimed by others (stripes)";
/// More sets of claimants than these are told as one row.
const MOST_CLAIMS: usize = 5;

impl Legend {
    /// The rows for what is to be seen of a world and its project.
    pub fn new(input: &SceneInput, world: &WorldLayer, seen: &Seen, markers: &[Marker]) -> Self {
        let writer = Writer { input, world, tints: Tints::new(input.atlas, input.look) };
        let mut rows = writer.control(seen);
        rows.extend(writer.claims(seen));
        rows.extend(writer.alliances(seen));
        rows.extend(writer.lines(seen));
        rows.extend(writer.events(markers));
        Self { rows }
    }
}

/// What of the land is in the picture.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// One unit of each history that is seen, rising: see [`crate::model::tenure::Histories`].
    pub units: Vec<UnitIx>,
    /// The classes of its arcs, each once, in order.
    pub classes: Vec<LineClass>,
}

/// The land and the arcs that are in the picture, whatever the date. Changes with the camera alone.
#[derive(Clone, Debug, Default)]
pub struct InView {
    units: Vec<UnitIx>,
    arcs: Vec<ArcIx>,
}

impl InView {
    /// By the boxes of units and arcs.
    pub fn new(atlas: &Atlas, camera: &Camera) -> Self {
        let topology = &atlas.partition.topology;
        let screen = camera.visible_lonlat();
        let histories = atlas.tenure.histories();
        let mut known = vec![false; histories.first_units.len()];
        let mut first_of_its_history = |unit: &UnitIx| !std::mem::replace(&mut known[usize::from(histories.of_unit[unit.index()])], true);
        let in_front = |place: LonLat| camera.projection != Projection::Globe || camera.faces(camera.projection.project(place));
        let seen =
            topology.unit_ixs().filter(|unit| screen.intersects(&topology.unit(*unit).bbox) && in_front(topology.unit(*unit).label_point));
        let units = seen.filter(|unit| first_of_its_history(unit)).collect();
        let of_frontiers = histories.frontiers.iter().map(|frontier| frontier.arc);
        let arcs =
            of_frontiers.filter(|arc| screen.intersects(&topology.arc(*arc).bbox) && in_front(topology.arc(*arc).bbox.center())).collect();
        Self { units, arcs }
    }
}

impl Seen {
    /// What the land in view is on the day of a world.
    pub fn new(in_view: &InView, world: &WorldLayer) -> Self {
        let mut found = [false; LineClass::ALL.len()];
        in_view.arcs.iter().for_each(|arc| found[world.class_of_arc[arc.index()] as usize] = true);
        let classes = LineClass::ALL.into_iter().filter(|class| found[*class as usize]).collect();
        Self { units: in_view.units.clone(), classes }
    }
}

struct Writer<'a> {
    input: &'a SceneInput<'a>,
    world: &'a WorldLayer,
    tints: Tints<'a>,
}

impl Writer<'_> {
    fn name(&self, polity: PolityIx) -> &str {
        self.input.atlas.polities.at(polity).name_on(self.input.day)
    }

    /// Who is in focus and holds something that is seen; and what plain land means.
    fn control(&self, seen: &Seen) -> Vec<LegendRow> {
        let layers = &self.input.look.layers;
        if !layers.polities.visible {
            return Vec::new();
        }
        let state = self.input.state;
        let held = |polity: &PolityIx| seen.units.iter().any(|unit| state.holding(*unit).holder == Some(*polity));
        let row = |fill: Fill, label: &str| LegendRow { group: LegendGroup::Control, sample: Sample::Area(fill), label: label.to_owned() };
        let mut rows: Vec<LegendRow> = Vec::new();
        // Of a difference only what changed has the colour of its holder.
        let alike = alike(self.world);
        let painted =
            |polity: &PolityIx| alike.is_none() || seen.units.iter().any(|unit| self.world.fill(*unit).base == self.tints.of(*polity));
        for polity in self.input.look.focus.iter().filter(|polity| held(polity) && painted(polity)) {
            rows.push(row(Fill::plain(self.tints.of(*polity)), self.name(*polity)));
        }
        rows.extend(self.parts(seen));
        rows.extend(alike.map(|grey| row(Fill::plain(grey), "Alike on both sides")));
        let any =
            |status: Status| seen.units.iter().any(|unit| state.holding(*unit).status == status && state.holding(*unit).holder.is_none());
        if any(Status::Undetermined) {
            rows.push(row(Fill::plain(self.world.style.undetermined_land), "Title undetermined"));
        }
        if any(Status::Unknown) {
            rows.push(row(Fill::plain(self.world.style.unknown_land), "Not in the atlas at this date"));
        }
        rows
    }

    /// The parts of unions that have a shade of their own.
    fn parts(&self, seen: &Seen) -> Vec<LegendRow> {
        let mut rows: Vec<LegendRow> = Vec::new();
        for unit in &seen.units {
            let holding = self.input.state.holding(*unit);
            let (Some(whole), Some(part)) = (holding.holder, told_part(self.input.look, holding)) else { continue };
            let fill = Fill { soft: false, ..*self.world.fill(*unit) };
            let label = format!("{} ({})", self.name(part), self.name(whole));
            let is_plain = fill == Fill::plain(self.tints.of_part(whole, part)) && fill.base != self.tints.of(whole);
            if is_plain && !rows.iter().any(|row| row.label == label) {
                rows.push(LegendRow { group: LegendGroup::Control, sample: Sample::Area(fill), label });
            }
        }
        rows
    }

    /// One row for each set of controller and claimants, those in focus first; one for all where there are many.
    fn claims(&self, seen: &Seen) -> Vec<LegendRow> {
        let state = self.input.state;
        if !self.input.look.layers.claims.visible {
            return Vec::new();
        }
        let contested = seen.units.iter().filter(|unit| !state.contenders(**unit).is_empty() && self.world.fill(**unit).hatch_count > 0);
        let mut sets: Vec<(Option<PolityIx>, Cow<[PolityIx]>, Fill)> = Vec::new();
        for unit in contested {
            let (holder, claimants) = (state.holding(*unit).holder, state.contenders(*unit));
            if !sets.iter().any(|(other, others, _)| *other == holder && **others == *claimants) {
                sets.push((holder, Cow::Borrowed(claimants), Fill { soft: false, ..*self.world.fill(*unit) }));
            }
        }
        for hands in self.own_claims() {
            if !sets.iter().any(|(other, others, _)| *other == hands.holder && **others == hands.claimants) {
                let fill = hands.fill(&self.tints, &self.world.style);
                sets.push((hands.holder, Cow::Owned(hands.claimants), fill));
            }
        }
        let focus = &self.input.look.focus;
        let about = |holder: &Option<PolityIx>, claimants: &[PolityIx]| holder.iter().chain(claimants).all(|polity| focus.contains(polity));
        let (told, rest): (Vec<_>, Vec<_>) =
            sets.into_iter().partition(|(holder, claimants, _)| about(holder, claimants) || focus.is_empty());
        let row = |sample, label| LegendRow { group: LegendGroup::Claims, sample: Sample::Area(sample), label };
        if told.len() > MOST_CLAIMS || told.is_empty() {
            let sample = told.first().or(rest.first()).map(|(_, _, fill)| *fill);
            return sample.map(|sample| row(sample, MANY_CLAIMS.to_owned())).into_iter().collect();
        }
        told.into_iter().map(|(holder, claimants, fill)| row(fill, self.claim_label(holder, &claimants))).collect()
    }

    /// In whose hands the regions in sight are that the document draws itself and somebody claims.
    fn own_claims(&self) -> Vec<Hands> {
        let screen = self.input.camera.visible_lonlat();
        let drawn = self.input.regions().filter(|region| region.area.is_empty() && region.common.span.contains(self.input.day));
        let in_sight = drawn.filter(|region| !region.claims.is_empty() && region.extent().is_some_and(|extent| screen.intersects(&extent)));
        in_sight.map(|region| Hands::of(region, self.input)).filter(|hands| !hands.claimants.is_empty()).collect()
    }

    fn claim_label(&self, holder: Option<PolityIx>, claimants: &[PolityIx]) -> String {
        let names: Vec<&str> = claimants.iter().map(|claimant| self.name(*claimant)).collect();
        let claimed = match names.as_slice() {
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
            [] => String::new(),
        };
        match (holder, &self.input.state.view) {
            (None, _) => format!("Title undetermined; claimed or held by {claimed}"),
            (Some(holder), View::DeFacto) => format!("Controlled by {}, claimed by {claimed}", self.name(holder)),
            (Some(holder), _) => format!("{}, held or claimed by {claimed}", self.name(holder)),
        }
    }

    fn alliances(&self, seen: &Seen) -> Vec<LegendRow> {
        let look = self.input.look;
        if !look.layers.alliances.visible {
            return Vec::new();
        }
        let state = self.input.state;
        let holders: BTreeSet<PolityIx> = seen.units.iter().filter_map(|unit| state.holding(*unit).holder).collect();
        let shown = shown_alliances(self.input.atlas, look).filter(|alliance| {
            let mut members =
                alliance.members_on(self.input.day).filter_map(|(member, _)| self.input.atlas.polities.find(member.polity.as_str()));
            members.any(|member| holders.contains(&member))
        });
        let row = |alliance: &Alliance| {
            let fill = Fill::plain(self.tints.alliance(&alliance.id));
            let members =
                alliance.members_on(self.input.day).filter_map(|(member, _)| self.input.atlas.polities.find(member.polity.as_str()));
            let in_focus: Vec<&str> =
                members.filter(|member| look.focus.contains(member) && holders.contains(member)).map(|member| self.name(member)).collect();
            let among = if in_focus.is_empty() { String::new() } else { format!(", among them {}", in_focus.join(", ")) };
            LegendRow { group: LegendGroup::Alliances, sample: Sample::Area(fill), label: format!("Members of {}{among}", alliance.name) }
        };
        shown.map(row).collect()
    }

    fn lines(&self, seen: &Seen) -> Vec<LegendRow> {
        let layers = &self.input.look.layers;
        let mut classes: BTreeSet<LineClass> =
            if layers.borders.visible { seen.classes.iter().copied().collect() } else { BTreeSet::new() };
        let screen = self.input.camera.visible_lonlat();
        let on_day = self.input.lines().filter(|line| line.common.span.contains(self.input.day));
        let in_view =
            on_day.filter(|line| line.shape.iter().flat_map(|part| part.coords()).any(|at| screen.contains(LonLat::new(at.x, at.y))));
        classes.extend(in_view.map(|line| line.class));
        classes.remove(&LineClass::Coast);
        let style = &self.world.style;
        let rows = classes.into_iter().filter_map(|class| Some((class, style.stroke(class)?)));
        rows.map(|(class, stroke)| LegendRow { group: LegendGroup::Lines, sample: Sample::Line(stroke), label: class.label().to_owned() })
            .collect()
    }

    /// The kinds that are to be seen, those of one family together.
    fn events(&self, markers: &[Marker]) -> Vec<LegendRow> {
        let Some(project) = self.input.project else { return Vec::new() };
        let kinds = markers.iter().map(|marker| project.events[marker.event].kind);
        let kinds: BTreeSet<(EventFamily, EventKind)> = kinds.map(|kind| (kind.family(), kind)).collect();
        let row = |kind: EventKind| LegendRow { group: LegendGroup::Events, sample: Sample::Event(kind), label: kind.label().to_owned() };
        kinds.into_iter().map(|(_, kind)| row(kind)).collect()
    }
}
