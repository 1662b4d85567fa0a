//! A case study or user's document: one valid GeoJSON document of regions, lines, events and places with a foreign member of its own.

use std::sync::{Arc, OnceLock};

use geo::{Area, BoundingRect, InteriorPoint, MultiLineString, MultiPolygon, Polygon, Rect};

use super::{
    AllianceId, Annotation, CaseId, Citation, DisputeId, Event, PolityId, Sandbox, Slide, Source, View, borders::LineClass,
    place_name::PlaceName,
};
use crate::{
    geometry::{BoundingBox, LonLat, Projection},
    time::{Day, Span},
};

/// The version of the document format that this program writes.
pub const FORMAT_VERSION: u64 = 1;

/// A whole document.
#[derive(Clone, Debug)]
pub struct Project {
    /// Slug; the file's name for documents without one.
    pub id: CaseId,
    /// The title.
    pub title: String,
    /// A neutral summary; paragraphs divided by blank lines. May be empty.
    pub summary: String,
    /// The span of the dispute.
    pub span: Span,
    /// What opens first.
    pub opening: Opening,
    /// The views that the story needs.
    pub views: Vec<View>,
    /// Parties, third parties, mediators.
    pub parties: Vec<Party>,
    /// Disputed areas of the atlas that it tells about.
    pub disputes: Vec<DisputeId>,
    /// Alliances that it tells about.
    pub alliances: Vec<AllianceId>,
    /// Regions in the order of the file.
    pub regions: Vec<Arc<Region>>,
    /// Lines in the order of the file.
    pub lines: Vec<Arc<Line>>,
    /// Events by date.
    pub events: Vec<Arc<Event>>,
    /// Places in the order of the file.
    pub places: Vec<Arc<Place>>,
    /// Arrows, texts and callouts in the order of the file.
    pub annotations: Vec<Arc<Annotation>>,
    /// The document's own bibliography.
    pub sources: Vec<Source>,
    /// The scenes of its lecture, in order; empty for a document without one.
    pub slides: Vec<Slide>,
    /// The author's own layers that are not drawn, by id; empty where all are.
    pub hidden_layers: Vec<String>,
    /// Said where the document is a what-if branch.
    pub sandbox: Option<Sandbox>,
    /// Which state of a document that is edited this is: no two states of one have the same. 0 for one that was only read.
    pub stamp: u64,
}

/// The date, place and picture that a document opens with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The date; `None` where the file names none: see [`Project::opening_day`].
    pub day: Option<Day>,
    /// The box to fit; `None` for the whole world.
    pub bbox: Option<BoundingBox>,
    /// The projection.
    pub projection: Projection,
    /// The view.
    pub view: View,
    /// Alliances to show.
    pub alliances: Vec<AllianceId>,
}

/// Somebody who has a part in a dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub polity: PolityId,
    /// `party`, `third-party`, `mediator` or `guarantor`.
    pub role: String,
    /// Free text.
    pub note: String,
}

/// What regions, lines and places have in common.
#[derive(Clone, Debug)]
pub struct Common {
    /// Unique in the document.
    pub id: String,
    /// The neutral name.
    pub name: String,
    /// What each party calls it.
    pub names: Vec<(PolityId, String)>,
    /// When it is so.
    pub span: Span,
    /// What there is to say.
    pub text: String,
    /// How far it may be off, in kilometres; `None` where the file does not say.
    pub precision_km: Option<f64>,
    /// Drawn soft.
    pub approximate: bool,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text: what is uncertain, why a name or shape stands alone.
    pub note: String,
    /// The author's layer that it is in, by id; empty for none.
    pub layer: String,
}

/// Who controlled a region for a time.
#[derive(Clone, Debug)]
pub struct Control {
    /// Who.
    pub holder: PolityId,
    /// As what: `sovereign`, `administers`, `occupies`, `part of X`, ...
    pub role: String,
    /// When.
    pub span: Span,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text: which part, who else.
    pub note: String,
}

/// One shape of a region in time.
#[derive(Clone, Debug)]
pub struct Region {
    /// Name, time, text, sources.
    pub common: Common,
    /// What several shapes in time have in common; the own id where the file names none.
    pub subject: String,
    /// The built-in area that it is, as a unit set; empty for a drawn shape.
    pub area: String,
    /// The shape, in degrees.
    pub shape: MultiPolygon,
    /// Its history of control.
    pub control: Vec<Control>,
    /// Its history of claims: the role is always `claims`.
    pub claims: Vec<Control>,
    /// What was measured of the shape, once somebody asked.
    pub(in crate::model) measured: Measured,
}

/// A line: boundary, line of contact, road.
#[derive(Clone, Debug)]
pub struct Line {
    /// Name, time, text, sources.
    pub common: Common,
    /// What several shapes in time have in common; the own id where the file names none.
    pub subject: String,
    /// Its class.
    pub class: LineClass,
    /// Whose claim it is the limit of, if any.
    pub claimant: Option<PolityId>,
    /// The line, in degrees.
    pub shape: MultiLineString,
    /// What was measured of the shape, once somebody asked.
    pub(in crate::model) measured: Measured,
}

/// What drawing asks of a shape in every picture, found once.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Measured {
    extent: OnceLock<Option<BoundingBox>>,
    inside: OnceLock<Option<(usize, LonLat)>>,
}

impl Region {
    /// The box round its shape as the file has it: that of a shape over the 180th meridian goes round the world. `None` for an empty one.
    pub fn extent(&self) -> Option<BoundingBox> {
        *self.measured.extent.get_or_init(|| bounding_box(&self.shape))
    }

    /// Which of its polygons is the largest, and a point inside it; `None` for an empty shape.
    pub fn inside(&self) -> Option<(&Polygon, LonLat)> {
        let find = || {
            let of_area = |one: &(usize, &Polygon), other: &(usize, &Polygon)| one.1.unsigned_area().total_cmp(&other.1.unsigned_area());
            let (index, largest) = self.shape.iter().enumerate().max_by(of_area)?;
            largest.interior_point().map(|point| (index, LonLat::new(point.x(), point.y())))
        };
        let (index, point) = (*self.measured.inside.get_or_init(find))?;
        Some((self.shape.0.get(index)?, point))
    }
}

impl Line {
    /// The box round its shape, as [`Region::extent`].
    pub fn extent(&self) -> Option<BoundingBox> {
        *self.measured.extent.get_or_init(|| bounding_box(&self.shape))
    }
}

fn bounding_box(shape: &impl BoundingRect<f64, Output = Option<Rect>>) -> Option<BoundingBox> {
    let rect = shape.bounding_rect()?;
    Some(BoundingBox { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y })
}

/// A named point for orientation.
#[derive(Clone, Debug)]
pub struct Place {
    /// Name, time, text, sources.
    pub common: Common,
    /// Where.
    pub at: LonLat,
    /// Names that held for a time, oldest first; see [`Place::name_at`].
    pub names_by_date: Vec<PlaceName>,
}

impl Common {
    /// The name in a view: the party's own form in its view, and in the others the neutral one.
    pub fn name_in<'a>(&'a self, view: &View) -> &'a str {
        let View::Party(party) = view else { return &self.name };
        self.names.iter().find(|(own, _)| own == party).map_or(&self.name, |(_, name)| name)
    }
}

impl Project {
    /// Gives every text that people read of it to `take`, in no order: names, accounts, notes, works.
    pub fn each_text<'a>(&'a self, take: &mut dyn FnMut(&'a str)) {
        [self.title.as_str(), &self.summary].into_iter().chain(self.parties.iter().map(|party| party.note.as_str())).for_each(&mut *take);
        self.sandbox.iter().flat_map(|branch| [branch.name.as_str(), &branch.of]).for_each(&mut *take);
        let shapes = self.regions.iter().map(|region| &region.common).chain(self.lines.iter().map(|line| &line.common));
        let points = self.places.iter().map(|place| &place.common).chain(self.annotations.iter().map(|annotation| &annotation.common));
        for common in shapes.chain(points) {
            [common.name.as_str(), &common.text, &common.note].into_iter().for_each(&mut *take);
            common.names.iter().for_each(|(_, name)| take(name));
        }
        for region in &self.regions {
            region.control.iter().chain(&region.claims).for_each(|control| take(&control.note));
        }
        for name in self.places.iter().flat_map(|place| &place.names_by_date) {
            [name.name.as_str(), &name.note].into_iter().for_each(&mut *take);
        }
        for event in &self.events {
            [event.title.as_str(), &event.text, &event.place, &event.note].into_iter().for_each(&mut *take);
            event.names.iter().for_each(|(_, name)| take(name));
            for account in &event.accounts {
                [account.title.as_str(), &account.text, &account.place].into_iter().for_each(&mut *take);
                account.figures.iter().flat_map(|figure| [&figure.what, &figure.unit]).for_each(|text| take(text));
            }
            event.statuses.iter().for_each(|status| take(&status.note));
        }
        for item in self.sources.iter().flat_map(|source| source.csl.values()) {
            each_json_text(item, take);
        }
    }

    /// The day that the document opens on: its own, else the first that it tells of, else `otherwise`.
    pub fn opening_day(&self, otherwise: Day) -> Day {
        self.opening.day.or_else(|| self.days().map(|(first, _)| first)).unwrap_or(otherwise)
    }

    /// The box round everything that it has on the map; `None` for a document without shapes and points.
    pub fn extent(&self) -> Option<BoundingBox> {
        let points = self.events.iter().map(|event| event.at).chain(self.places.iter().map(|place| place.at));
        let points = points.map(|at| BoundingBox::new(at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg));
        let shapes = self.regions.iter().filter_map(|region| region.extent()).chain(self.lines.iter().filter_map(|line| line.extent()));
        shapes.chain(points).reduce(|one, other| one.union(&other))
    }

    /// Whether what is in one of the author's layers is drawn; an empty id, or one that names no layer, is in none and always drawn.
    pub fn draws_layer(&self, id: &str) -> bool {
        self.hidden_layers.iter().all(|hidden| hidden != id)
    }

    /// The regions that no hidden layer holds, in the order of the file.
    pub fn drawn_regions(&self) -> impl Iterator<Item = &Arc<Region>> {
        self.regions.iter().filter(|region| self.draws_layer(&region.common.layer))
    }

    /// The lines that no hidden layer holds, in the order of the file.
    pub fn drawn_lines(&self) -> impl Iterator<Item = &Arc<Line>> {
        self.lines.iter().filter(|line| self.draws_layer(&line.common.layer))
    }

    /// The events that no hidden layer holds, each with its position, in the order of the file.
    pub fn drawn_events(&self) -> impl Iterator<Item = (usize, &Arc<Event>)> {
        self.events.iter().enumerate().filter(|(_, event)| self.draws_layer(&event.layer))
    }

    /// The places that no hidden layer holds, in the order of the file.
    pub fn drawn_places(&self) -> impl Iterator<Item = &Arc<Place>> {
        self.places.iter().filter(|place| self.draws_layer(&place.common.layer))
    }

    /// The ids of those whose dispute it is, in the order of the document.
    pub fn disputants(&self) -> impl Iterator<Item = &PolityId> {
        self.parties.iter().filter(|party| party.role == "party").map(|party| &party.polity)
    }

    /// From the first day of the dispute or its events to the last one that is dated; what goes on has no last day. `None` without any dates.
    pub fn days(&self) -> Option<(Day, Day)> {
        let spans = || self.events.iter().map(|event| &event.span).chain([&self.span]);
        let first = spans().map(Span::first_day).filter(|day| *day != Day::MIN).min()?;
        let begun = spans().map(Span::first_day).filter(|day| *day != Day::MIN);
        let ended = spans().map(|span| span.past_end().plus_days(-1)).filter(|day| *day < Day::MAX.plus_days(-1));
        Some((first, begun.chain(ended).max()?.max(first)))
    }
}

/// Gives every text in a JSON value to `take`. serde_json reads no deeper than 128 levels.
fn each_json_text<'a>(value: &'a serde_json::Value, take: &mut dyn FnMut(&'a str)) {
    match value {
        serde_json::Value::String(text) => take(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| each_json_text(item, take)),
        serde_json::Value::Object(members) => members.values().for_each(|item| each_json_text(item, take)),
        _ => {}
    }
}
