//! Where the symbols of events stand: at their places, side by side where several share one, and where that finds no room as one symbol with a
//! count that a person can fan out.

use std::collections::{BTreeMap, HashMap};

use super::item::{At, Item, Rect};

/// Width and height of an event's symbol, in points.
pub const SYMBOL_POINTS: f32 = 19.0;
/// The same for what began long before and still stands.
const STANDING_POINTS: f32 = 13.0;
/// From one symbol to the next where they stand side by side.
const STEP_POINTS: f32 = SYMBOL_POINTS + 1.0;
/// More symbols than these never stand side by side: a count says more than a row.
const MOST_BESIDE: usize = 4;
/// More signs than these are not drawn: events are then drawn together over a wider reach.
const MOST_SIGNS: usize = 400;
/// The room that each symbol has along the circle or spiral of a fan.
const FAN_STEP_POINTS: f32 = 25.0;
/// The smallest radius of a fan.
const FAN_RADIUS_POINTS: f32 = 32.0;
/// More symbols than these stand on a spiral instead of a circle.
const MOST_ON_CIRCLE: usize = 10;

/// An event that wants to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Position in [`crate::model::Project::events`].
    pub event: usize,
    /// Its place on the screen.
    pub place: At,
    /// Alpha, 0 to 1.
    pub opacity: f32,
    /// Whether it only goes on: see [`Marker::standing`].
    pub standing: bool,
}

/// A sign on the screen: of an event, or of a pile of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// The event whose symbol it is: its position in [`crate::model::Project::events`].
    pub event: usize,
    /// The middle of its symbol, which may stand beside others at the same place.
    pub at: At,
    /// The place itself.
    pub place: At,
    /// Alpha, 0 to 1.
    pub opacity: f32,
    /// Whether it began long before what is shown and only goes on: see [`crate::model::Event::stands_since_before`]. Smaller, and without a
    /// callout.
    pub standing: bool,
    /// All events that the sign stands for, its own among them, in order of date; empty where it is its own alone.
    pub pile: Vec<usize>,
}

impl Marker {
    fn of(spot: &Spot, at: At) -> Self {
        Self { event: spot.event, at, place: spot.place, opacity: spot.opacity, standing: spot.standing, pile: Vec::new() }
    }

    /// Width and height of the symbol, in points.
    pub fn size_points(&self) -> f32 {
        if self.standing { STANDING_POINTS } else { SYMBOL_POINTS }
    }

    /// What the symbol covers.
    pub fn rect(&self) -> Rect {
        Rect::around(self.at, self.size_points(), self.size_points())
    }

    /// Every event that it stands for, in order of date.
    pub fn events(&self) -> &[usize] {
        if self.pile.is_empty() { std::slice::from_ref(&self.event) } else { &self.pile }
    }
}

/// Gives every spot its sign, none lost: alone, side by side, or in a pile. `spots` come the most important first and keep that order. Of `preferred` the
/// first that is in a pile shows its symbol on it. `screen` is where rows must end.
pub fn arrange(spots: &[Spot], preferred: &[usize], screen: &Rect) -> Vec<Marker> {
    let mut reach = SYMBOL_POINTS;
    let mut groups = grouped(spots, reach);
    while groups.len() > MOST_SIGNS {
        reach *= 1.5;
        groups = grouped(spots, reach);
    }
    let anchors: Vec<Rect> = groups.iter().map(|group| sign_at(spots[group[0]].place)).collect();
    let mut rows: Vec<Rect> = Vec::new();
    let mut markers = Vec::with_capacity(spots.len());
    for (index, group) in groups.iter().enumerate() {
        let row: Vec<At> = (0..group.len()).map(|step| beside(spots[group[0]].place, step)).collect();
        let others = || anchors.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, rect)| rect).chain(&rows);
        let fits = |at: &At| screen.encloses(&sign_at(*at)) && others().all(|other| !other.overlaps(&sign_at(*at)));
        if group.len() <= MOST_BESIDE && reach == SYMBOL_POINTS && row[1..].iter().all(fits) {
            rows.extend(row[1..].iter().map(|at| sign_at(*at)));
            markers.extend(group.iter().zip(row).map(|(member, at)| Marker::of(&spots[*member], at)));
        } else {
            markers.push(pile(spots, group, preferred));
        }
    }
    markers
}

fn sign_at(at: At) -> Rect {
    Rect::around(at, SYMBOL_POINTS, SYMBOL_POINTS)
}

fn beside(place: At, step: usize) -> At {
    [place[0] + step as f32 * STEP_POINTS, place[1]]
}

/// One sign for all of a group, at the place of its first.
fn pile(spots: &[Spot], group: &[usize], preferred: &[usize]) -> Marker {
    let first = &spots[group[0]];
    let members = || group.iter().map(|member| &spots[*member]);
    let shown = preferred.iter().find_map(|event| members().find(|spot| spot.event == *event)).unwrap_or(first);
    let surest = members().map(|spot| spot.opacity).fold(0.0, f32::max);
    let mut pile: Vec<usize> = members().map(|spot| spot.event).collect();
    pile.sort_unstable();
    Marker {
        opacity: surest,
        standing: members().all(|spot| spot.standing),
        pile,
        ..Marker::of(&Spot { place: first.place, ..*shown }, first.place)
    }
}

/// Spots that lie within reach of the first of a group belong to it; the firsts are all out of each other's reach.
fn grouped(spots: &[Spot], reach: f32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut cells: HashMap<[i32; 2], Vec<usize>> = HashMap::new();
    for (index, spot) in spots.iter().enumerate() {
        let cell = spot.place.map(|value| (value / reach).floor() as i32);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| [cell[0] + dx, cell[1] + dy]));
        let is_near = |group: &usize| {
            let first = spots[groups[*group][0]].place;
            (0..2).all(|axis| (first[axis] - spot.place[axis]).abs() < reach)
        };
        match around.filter_map(|cell| cells.get(&cell)).flatten().copied().filter(is_near).min() {
            Some(group) => groups[group].push(index),
            None => {
                cells.entry(cell).or_default().push(groups.len());
                groups.push(vec![index]);
            }
        }
    }
    groups
}

/// A pile spread out: its symbols round its place, each to be seen and clicked.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// The place of the pile.
    pub place: At,
    /// The middle of the circle; beside the place where the circle would leave the picture.
    pub middle: At,
    /// How far it reaches, symbols included.
    pub radius_points: f32,
    /// Its symbols in order of date, clockwise from the top.
    pub markers: Vec<Marker>,
    /// What is to be drawn of it, over everything else; no part of [`super::Scene::items`].
    pub items: Vec<Item>,
}

/// The fan of the pile that holds an event; `None` where no pile does. `spots` are those that `markers` were arranged from.
pub fn fan(spots: &[Spot], markers: &[Marker], event: usize, screen: &Rect) -> Option<Fan> {
    let pile = markers.iter().find(|marker| marker.pile.contains(&event))?;
    let spot_of: BTreeMap<usize, &Spot> = spots.iter().map(|spot| (spot.event, spot)).collect();
    let around = spread(pile.pile.len());
    let reach = around.iter().map(|[x, y]| x.hypot(*y)).fold(0.0, f32::max) + SYMBOL_POINTS / 2.0 + 5.0;
    let middle = [0, 1].map(|axis| {
        let (low, high) = (screen.min[axis] + reach, screen.max[axis] - reach);
        if low <= high { pile.place[axis].clamp(low, high) } else { (low + high) / 2.0 }
    });
    let members = pile.pile.iter().zip(around).filter_map(|(event, [x, y])| {
        let spot = spot_of.get(event)?;
        Some(Marker { place: pile.place, ..Marker::of(spot, [middle[0] + x, middle[1] + y]) })
    });
    Some(Fan { place: pile.place, middle, radius_points: reach, markers: members.collect(), items: Vec::new() })
}

/// Where so many symbols stand round a middle: on a circle, or on a spiral where the circle would grow too wide.
fn spread(count: usize) -> Vec<At> {
    let top = -std::f32::consts::FRAC_PI_2;
    let on = |radius: f32, angle: f32| [radius * angle.cos(), radius * angle.sin()];
    if count <= MOST_ON_CIRCLE {
        let radius = (count as f32 * FAN_STEP_POINTS / std::f32::consts::TAU).max(FAN_RADIUS_POINTS);
        return (0..count).map(|step| on(radius, top + std::f32::consts::TAU * step as f32 / count as f32)).collect();
    }
    let mut turned = 0.0;
    let points = (0..count).map(|_| {
        let radius = FAN_RADIUS_POINTS + FAN_STEP_POINTS * turned / std::f32::consts::TAU;
        let point = on(radius, top + turned);
        turned += FAN_STEP_POINTS / radius;
        point
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const SCREEN: Rect = Rect::new(0.0, 0.0, 800.0, 600.0);

    fn spots(places: &[(f32, f32)]) -> Vec<Spot> {
        let spot = |(event, (x, y)): (usize, &(f32, f32))| Spot { event, place: [*x, *y], opacity: 1.0, standing: event % 5 == 4 };
        places.iter().enumerate().map(spot).collect()
    }

    proptest! {
        #[test]
        fn no_event_is_lost_and_no_sign_covers_another(
            places in prop::collection::vec((0.0_f32..800.0, 0.0_f32..600.0), 0..60),
            crowd in prop::collection::vec((390.0_f32..420.0, 290.0_f32..310.0), 0..20),
        ) {
            let spots = spots(&[places, crowd].concat());
            let markers = arrange(&spots, &[], &SCREEN);
            let told: Vec<usize> = markers.iter().flat_map(|marker| marker.events().to_vec()).collect();
            prop_assert_eq!(told.len(), spots.len());
            prop_assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), (0..spots.len()).collect::<BTreeSet<_>>());
            for (index, marker) in markers.iter().enumerate() {
                prop_assert!(markers[index + 1..].iter().all(|other| !other.rect().overlaps(&marker.rect())));
            }
        }

        #[test]
        fn a_fan_shows_each_event_of_its_pile_inside_the_picture(
            place in (0.0_f32..800.0, 0.0_f32..600.0), count in 5_usize..60, asked in 0_usize..5,
        ) {
            let spots = spots(&vec![place; count]);
            let markers = arrange(&spots, &[], &SCREEN);
            prop_assert_eq!(markers.len(), 1);
            let fan = fan(&spots, &markers, asked, &SCREEN).expect("a pile of more than stand side by side");
            prop_assert_eq!(fan.markers.iter().map(|marker| marker.event).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
            for (index, marker) in fan.markers.iter().enumerate() {
                prop_assert!(SCREEN.encloses(&marker.rect()), "{:?}", marker.at);
                for other in &fan.markers[index + 1..] {
                    let apart = (marker.at[0] - other.at[0]).hypot(marker.at[1] - other.at[1]);
                    prop_assert!(apart > SYMBOL_POINTS, "{apart}");
                }
            }
        }
    }

    #[test]
    fn few_stand_side_by_side_and_many_are_counted() {
        let few = arrange(&spots(&[(100.0, 100.0), (101.0, 100.0), (100.0, 102.0)]), &[], &SCREEN);
        assert_eq!(few.iter().map(|marker| marker.at[0]).collect::<Vec<_>>(), [100.0, 120.0, 140.0]);
        let near_the_edge = arrange(&spots(&[(785.0, 100.0), (785.0, 100.0)]), &[], &SCREEN);
        assert_eq!((near_the_edge.len(), near_the_edge[0].pile.len()), (1, 2));
        let many = arrange(&spots(&[(100.0, 100.0); 7]), &[3], &SCREEN);
        assert_eq!((many.len(), many[0].event, many[0].pile.clone()), (1, 3, (0..7).collect::<Vec<_>>()));
    }

    #[test]
    fn a_map_full_of_events_is_drawn_with_fewer_signs() {
        let places: Vec<(f32, f32)> = (0..1200).map(|step| ((step % 40) as f32 * 20.0, (step / 40) as f32 * 20.0)).collect();
        let markers = arrange(&spots(&places), &[], &SCREEN);
        assert!(markers.len() <= MOST_SIGNS && markers.iter().map(|marker| marker.events().len()).sum::<usize>() == 1200);
    }
}
