//! The rule for where things lie: in reach of what the document is about, on a party's land, or with a note.

use std::collections::HashMap;

use super::Rules;
use crate::{
    geometry::{BoundingBox, LonLat, measure::distance_km},
    model::{Event, EventKind, PolityId, Problem, Project, View, WorldState, event::EventFamily, project::Place, world::Holding},
    time::Day,
};

/// How far a point may be off where its feature does not say.
const USUAL_PRECISION_KM: f64 = 25.0;

/// How far apart a valley, a lake or a city may be placed by two events of one document.
const SAME_PLACE_KM: f64 = 100.0;

/// A point of a document, with what decides where it may lie.
struct Point<'a> {
    place: String,
    at: LonLat,
    precision_km: Option<f64>,
    /// The day on which the land is looked up.
    day: Day,
    /// Who may hold the land besides the document's parties.
    parties: &'a [PolityId],
}

impl Rules<'_> {
    /// What happens on the ground lies in reach of the document's box and features, or on land of one of its parties or the document's.
    pub(super) fn event_place(&mut self, project: &Project, event: &Event) {
        if is_on_the_ground(event.kind) && event.note.is_empty() {
            let place = format!("feature {}", event.id);
            let day = event.date.earliest;
            self.in_reach(project, &Point { place, at: event.at, precision_km: event.precision_km, day, parties: &event.parties });
        }
    }

    /// One name is one place: the check for acts and talks, which may be held anywhere.
    pub(super) fn same_places(&mut self, project: &Project) {
        let mut first: HashMap<&str, &Event> = HashMap::new();
        // An event without a place is another finding.
        for event in project.events.iter().filter(|event| !event.place.trim().is_empty()) {
            let known = first.entry(&event.place).or_insert(event);
            let apart_km = distance_km(known.at, event.at);
            if apart_km > SAME_PLACE_KM && event.note.is_empty() {
                let what = format!("{} lies {apart_km:.0} km from where `{}` has it.", event.place, known.id);
                self.note(
                    Problem::error(format!("feature {}", event.id), "moved-place", what)
                        .hint("mend the coordinates of either, tell the places apart by name, or explain it in the note."),
                );
            }
        }
    }

    pub(super) fn place_place(&mut self, project: &Project, place: &Place) {
        if place.common.note.is_empty() {
            let (precision_km, day) = (place.common.precision_km, project.opening_day(Day::new(0)));
            self.in_reach(project, &Point { place: format!("feature {}", place.common.id), at: place.at, precision_km, day, parties: &[] });
        }
    }

    fn in_reach(&mut self, project: &Project, point: &Point) {
        let reach_km = point.precision_km.unwrap_or(USUAL_PRECISION_KM);
        if self.reach.iter().any(|bbox| bbox.contains(point.at)) {
            return;
        }
        let Some(nearest_km) = self.reach.iter().map(|bbox| distance_to_box_km(point.at, bbox)).min_by(f64::total_cmp) else { return };
        if nearest_km <= reach_km || self.is_partys_land(project, point) {
            return;
        }
        let what = format!(
            "it lies {nearest_km:.0} km outside everything that the document is about, on no party's land (precision {reach_km} km)."
        );
        self.note(
            Problem::error(&*point.place, "outside-area", what).hint(
                "mend the coordinates (longitude comes first), name the party whose land it is, or say in the note why it lies there.",
            ),
        );
    }

    /// Whether a party holds the land that day, or the atlas does not know who does.
    fn is_partys_land(&self, project: &Project, point: &Point) -> bool {
        let Some(unit) = self.atlas.partition.topology.unit_at(point.at) else { return false };
        let state = WorldState::at(self.atlas, point.day, &View::DeFacto);
        let Holding { holder, title, over, part, autonomy, control, .. } = *state.holding(unit);
        let holders: Vec<&str> = [holder, title, over, part, autonomy, control]
            .into_iter()
            .flatten()
            .map(|polity| self.atlas.polities.at(polity).id.as_str())
            .collect();
        let mut parties = project.parties.iter().map(|party| &party.polity).chain(point.parties);
        holders.is_empty() || parties.any(|party| holders.contains(&party.as_str()))
    }
}

/// Force, soldiers, flight and resources are tied to the ground. Talks, treaties, laws and measures are made wherever those who make them sit.
fn is_on_the_ground(kind: EventKind) -> bool {
    match kind.family() {
        EventFamily::Force => kind != EventKind::Cyber,
        EventFamily::Military => true,
        _ => matches!(kind, EventKind::Refugees | EventKind::Resources),
    }
}

/// The boxes of what a document is about: what it opens with, its regions and its lines. None for a document without any.
pub(super) fn reach_of(project: &Project) -> impl Iterator<Item = BoundingBox> {
    let regions = project.regions.iter().filter_map(|region| box_of(&region.shape));
    let lines = project.lines.iter().filter_map(|line| box_of(&line.shape));
    project.opening.bbox.into_iter().chain(regions).chain(lines)
}

fn box_of(shape: &impl geo::CoordsIter<Scalar = f64>) -> Option<BoundingBox> {
    BoundingBox::of_points(shape.coords_iter().map(|point| [point.x, point.y]))
}

/// The way to the nearest place of a box, kilometres; 0 inside.
fn distance_to_box_km(place: LonLat, bbox: &BoundingBox) -> f64 {
    if bbox.contains(place) {
        return 0.0;
    }
    let lat_deg = place.lat_deg.clamp(bbox.south, bbox.north);
    let to = |lon_deg: f64| distance_km(place, LonLat { lon_deg, lat_deg });
    let level = LonLat { lon_deg: place.lon_deg, lat_deg };
    if bbox.contains(level) { to(place.lon_deg) } else { to(bbox.west).min(to(bbox.east)) }
}
