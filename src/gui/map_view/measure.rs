//! Measuring on the map: points one after another, the ways between them over the ground, and the area once they are closed. Pure: what the
//! pointer does with it is in [`super::measure_view`].

use geo::{Geodesic, InterpolatePoint, Point};

use crate::{
    geometry::{LonLat, measure},
    gui::numbers::{area_text, distance_text},
};

/// A way is drawn through points at most so far apart, kilometres: between two of them a straight line on the map is off by some metres.
const STEP_KM: f64 = 25.0;
/// But through no more points than this.
const MOST_STEPS: f64 = 400.0;

/// The shortest way over the ground from one point to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Its length, kilometres.
    pub km: f64,
    /// Places along it, both ends among them; at least two.
    pub way: Vec<LonLat>,
}

impl Leg {
    /// The way between two places, along the geodesic of the WGS84 ellipsoid (Karney 2013): what is drawn is what is measured.
    pub fn new(from: LonLat, to: LonLat) -> Self {
        let km = measure::distance_km(from, to);
        let step_km = STEP_KM.max(km / MOST_STEPS);
        let [start, end] = [from, to].map(|place| Point::from(place.to_array()));
        let along = Geodesic.points_along_line(start, end, step_km * 1000.0, true);
        Self { km, way: along.map(|point| LonLat::new(point.x(), point.y())).collect() }
    }

    /// Half way.
    pub fn middle(&self) -> LonLat {
        self.way[self.way.len() / 2]
    }

    /// The way in pieces that do not cross the 180th meridian, where the map ends.
    pub fn pieces(&self) -> Vec<Vec<LonLat>> {
        let mut pieces = vec![vec![self.way[0]]];
        for pair in self.way.windows(2) {
            if (pair[1].lon_deg - pair[0].lon_deg).abs() > 180.0 {
                let [leaves, enters] = seam_places(pair[0], pair[1]);
                pieces.last_mut().into_iter().for_each(|piece| piece.push(leaves));
                pieces.push(vec![enters]);
            }
            pieces.last_mut().into_iter().for_each(|piece| piece.push(pair[1]));
        }
        pieces
    }
}

/// Where a short step over the 180th meridian leaves the map, and where it comes in again.
fn seam_places(from: LonLat, to: LonLat) -> [LonLat; 2] {
    let side = 180.0_f64.copysign(from.lon_deg);
    let (before, after) = ((side - from.lon_deg).abs(), (-side - to.lon_deg).abs());
    let share = if before + after > 0.0 { before / (before + after) } else { 0.5 };
    let lat_deg = from.lat_deg + (to.lat_deg - from.lat_deg) * share;
    [LonLat::new(side, lat_deg), LonLat::new(-side, lat_deg)]
}

/// What is inside a closed line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Inside {
    /// Square kilometres; of the two sides the smaller one.
    Area(f64),
    /// The line crosses itself, so that inside and outside cannot be told apart.
    Crossed,
}

/// What a person does to a measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MeasureStep {
    /// Begins one; leaves one that is being laid.
    Toggle,
    /// Begins anew at a place.
    From(LonLat),
    /// Sets the next point.
    Add(LonLat),
    /// Takes back the last point.
    TakeBack,
    /// Goes back to the first point.
    Close,
    /// Sets no more points.
    End,
    /// Lets go of it.
    Leave,
}

impl MeasureStep {
    /// What there is to measure after the step; `None` for nothing.
    pub fn applied(self, now: Option<Measure>) -> Option<Measure> {
        let changed = |change: fn(&mut Measure)| {
            now.clone().map(|mut measure| {
                change(&mut measure);
                measure
            })
        };
        match self {
            Self::Leave => None,
            Self::Toggle if now.as_ref().is_some_and(Measure::is_open) => None,
            Self::Toggle => Some(Measure::default()),
            Self::From(place) => Some(Measure::starting_at(place)),
            Self::Add(place) => now.map(|mut measure| {
                measure.add(place);
                measure
            }),
            Self::TakeBack => changed(Measure::take_back),
            Self::Close => changed(Measure::close),
            Self::End => changed(Measure::end),
        }
    }
}

/// What is being measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    points: Vec<LonLat>,
    legs: Vec<Leg>,
    /// The way back to the first point, once it is closed.
    closing: Option<Leg>,
    ended: bool,
}

impl Measure {
    /// A measurement that begins at a place.
    pub fn starting_at(place: LonLat) -> Self {
        let mut measure = Self::default();
        measure.add(place);
        measure
    }

    /// The points, in the order in which they were set.
    pub fn points(&self) -> &[LonLat] {
        &self.points
    }

    /// The ways between them, the closing one last.
    pub fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().chain(&self.closing)
    }

    /// Whether clicks set points.
    pub fn is_open(&self) -> bool {
        !self.ended
    }

    /// Whether the line returns to its first point.
    pub fn is_closed(&self) -> bool {
        self.closing.is_some()
    }

    /// Sets the next point. A point where the last one is, or after the end, is none.
    pub fn add(&mut self, place: LonLat) {
        if self.ended || self.points.last() == Some(&place) {
            return;
        }
        self.legs.extend(self.points.last().map(|last| Leg::new(*last, place)));
        self.points.push(place);
    }

    /// Undoes the last thing: an end that closed the line opens it again, else the last point goes.
    pub fn take_back(&mut self) {
        self.ended = false;
        if self.closing.take().is_none() {
            self.points.pop();
            self.legs.pop();
        }
    }

    /// No more points.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Goes back to the first point, which ends it; fewer than three points enclose nothing and stay as they are.
    pub fn close(&mut self) {
        if let [first, _, .., last] = self.points[..]
            && !self.ended
        {
            self.closing = Some(Leg::new(last, first));
            self.ended = true;
        }
    }

    /// Whether closing would enclose anything.
    pub fn can_close(&self) -> bool {
        !self.ended && self.points.len() >= 3
    }

    /// The whole way, kilometres.
    pub fn total_km(&self) -> f64 {
        // The sum of nothing would be a zero with a minus.
        self.legs().fold(0.0, |all, leg| all + leg.km)
    }

    /// What the closed line encloses; `None` while it is open.
    pub fn inside(&self) -> Option<Inside> {
        self.closing.as_ref()?;
        if crosses_itself(&self.points) {
            return Some(Inside::Crossed);
        }
        let ring: Vec<[f64; 2]> = self.points.iter().map(|place| place.to_array()).collect();
        Some(Inside::Area(measure::area_km2(&[ring])))
    }

    /// All of it in a line, for people: `1234 km`, `56 789 km² inside 932 km`.
    pub fn summary(&self) -> String {
        let length = distance_text(self.total_km());
        match (self.inside(), self.points.len()) {
            (Some(Inside::Area(area)), _) => format!("{} inside {length}", area_text(area)),
            (Some(Inside::Crossed), _) => format!("{length}; the line crosses itself, so that it has no area"),
            (None, 0) => "Nothing measured yet".to_owned(),
            (None, _) => length,
        }
    }

    /// The summary with every stretch and point, to be pasted elsewhere.
    pub fn report(&self) -> String {
        let mut lines = vec![self.summary()];
        lines.extend(self.legs().enumerate().map(|(index, leg)| format!("stretch {}: {}", index + 1, distance_text(leg.km))));
        lines.extend(self.points.iter().map(|place| format!("{:.5}, {:.5}", place.lat_deg, place.lon_deg)));
        lines.join("\n")
    }
}

/// Whether two stretches of the closed line through these points cross, apart from neighbours, which meet in a point. Ways are taken as great
/// circles of a sphere: whether two of them cross comes out the same but for hairs.
fn crosses_itself(points: &[LonLat]) -> bool {
    let count = points.len();
    let side = |at: usize| [points[at], points[(at + 1) % count]].map(on_sphere);
    let apart = |one: usize, other: usize| other > one + 1 && (one, other) != (0, count - 1);
    (0..count).any(|one| (0..count).any(|other| apart(one, other) && arcs_cross(side(one), side(other))))
}

fn on_sphere(place: LonLat) -> [f64; 3] {
    let (lon, lat) = (place.lon_deg.to_radians(), place.lat_deg.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Whether two arcs of great circles shorter than half of one cross in a point inside both.
fn arcs_cross([a, b]: [[f64; 3]; 2], [c, d]: [[f64; 3]; 2]) -> bool {
    let (one, other) = (cross(a, b), cross(c, d));
    // The circles meet in this point and the one opposite.
    let meet = cross(one, other);
    let parted = dot(one, c) * dot(one, d) < 0.0 && dot(other, a) * dot(other, b) < 0.0;
    let sides = [a, b, c, d].map(|end| dot(meet, end));
    parted && (sides[0] + sides[1]) * (sides[2] + sides[3]) > 0.0
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_over_the_180th_meridian_is_drawn_in_two_pieces() {
        let pieces = Leg::new(LonLat::new(170.0, 10.0), LonLat::new(-170.0, 12.0)).pieces();
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].last().map(|place| place.lon_deg), Some(180.0));
        assert_eq!(pieces[1].first().map(|place| place.lon_deg), Some(-180.0));
        assert_eq!(Leg::new(LonLat::new(10.0, 10.0), LonLat::new(50.0, 12.0)).pieces().len(), 1);
    }
}
