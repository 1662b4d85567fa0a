//! Finding a place for the box of a callout: near what it tells of, clear of everything that must be seen, its line short and uncrossed.

use std::sync::LazyLock;

use crate::scene::item::{At, Rect};

/// How far from its symbol a box may stand, in points, nearest first.
const DISTANCES: [f32; 8] = [22.0, 40.0, 66.0, 100.0, 150.0, 210.0, 280.0, 360.0];
/// Directions in which a box is tried.
const DIRECTIONS: u8 = 24;
/// Sine and cosine of each direction.
static WAYS: LazyLock<[(f32, f32); DIRECTIONS as usize]> =
    LazyLock::new(|| std::array::from_fn(|way| (way as f32 / f32::from(DIRECTIONS) * std::f32::consts::TAU).sin_cos()));
/// How densely the whole picture is searched for a box that must stand somewhere, in points.
const GRID_POINTS: usize = 24;

/// On which side of its symbol a box stands, and how far away: what is kept while time and camera move a little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    direction: u8,
    distance: u8,
}

/// A box that wants a place.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The place that it tells of.
    pub place: At,
    /// The middle of the symbol, which may stand beside the place.
    pub at: At,
    /// Width and height in points.
    pub size: [f32; 2],
    /// Whether it was asked for by hand, and rather has a line that crosses another than no place at all.
    pub must: bool,
    /// Where it stood before.
    pub kept: Option<Slot>,
}

/// A box in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The box.
    pub rect: Rect,
    /// From the place, by way of the symbol where that stands apart, to the edge of the box.
    pub leader: Vec<At>,
    /// Which side and distance it was; `None` for a box that stands where there was room.
    pub slot: Option<Slot>,
}

/// What boxes have to reckon with.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Where boxes may stand.
    pub screen: Rect,
    /// What the picture is about: boxes stay off it if they can.
    pub about: &'a [Rect],
    /// What keeps its place: neither boxes over it, nor lines if they can.
    pub taken: &'a [Rect],
    /// Places and symbols: no box over them.
    pub clear: &'a [Rect],
    /// What a box would hide of the map, 0 (nothing) to 1 (nothing but what the map is for).
    pub hidden: &'a dyn Fn(&Rect) -> f32,
}

/// What a place may cost at most; tried in this order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Terms {
    off_the_subject: bool,
    uncrossed: bool,
}

impl Ground<'_> {
    /// The best place for a box among those already placed: where it stood before if that is still free, else the cheapest of those round its
    /// symbol; what must stand may stand anywhere. `None` where there is no room.
    pub fn place(&self, wanted: &Wanted, others: &[Placed]) -> Option<Placed> {
        let strict = Terms { off_the_subject: true, uncrossed: true };
        // Where nothing is the subject the second terms are the first.
        let terms = [strict, Terms { off_the_subject: false, ..strict }].into_iter().take(if self.about.is_empty() { 1 } else { 2 });
        let near = terms.into_iter().find_map(|terms| self.beside(wanted, others, terms));
        let (uncrossed, anyway) = (Terms { off_the_subject: false, ..strict }, Terms { off_the_subject: false, uncrossed: false });
        let must = || {
            let clean = self.anywhere(wanted, others, uncrossed);
            clean.or_else(|| self.beside(wanted, others, anyway)).or_else(|| self.anywhere(wanted, others, anyway))
        };
        near.or_else(|| wanted.must.then(must).flatten())
    }

    fn beside(&self, wanted: &Wanted, others: &[Placed], terms: Terms) -> Option<Placed> {
        let free = |slot: Slot| {
            let rect = Some(slot.rect(wanted)).filter(|rect| self.has_room(rect))?;
            Some(placed(wanted, rect, Some(slot))).filter(|it| self.is_free(it, others, terms))
        };
        if let Some(kept) = wanted.kept.and_then(free) {
            return Some(kept);
        }
        let slots = (0..DISTANCES.len() as u8).flat_map(|distance| (0..DIRECTIONS).map(move |direction| Slot { direction, distance }));
        let priced = slots.filter_map(free).map(|it| (self.cost(&it, wanted), it));
        priced.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, it)| it)
    }

    /// The free place of the whole picture that is nearest.
    fn anywhere(&self, wanted: &Wanted, others: &[Placed], terms: Terms) -> Option<Placed> {
        let steps = |axis: usize| {
            let (from, to) = (self.screen.min[axis], self.screen.max[axis] - wanted.size[axis]);
            (from as i64..=to.max(from) as i64).step_by(GRID_POINTS)
        };
        let corners = steps(0).flat_map(|x| steps(1).map(move |y| [x as f32, y as f32]));
        let rects = corners.map(|[x, y]| Rect::new(x, y, wanted.size[0], wanted.size[1])).filter(|rect| self.has_room(rect));
        let tried = rects.map(|rect| placed(wanted, rect, None));
        let priced = tried.filter(|it| self.is_free(it, others, terms)).map(|it| (self.cost(&it, wanted), it));
        priced.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, it)| it)
    }

    /// Whether a box here is wholly seen and covers nothing that keeps its place.
    fn has_room(&self, rect: &Rect) -> bool {
        let clear_of = |rects: &[Rect]| rects.iter().all(|other| !other.overlaps(rect));
        self.screen.encloses(rect) && clear_of(self.taken) && clear_of(self.clear)
    }

    /// Whether a box that has room stands clear of the others, by the terms.
    fn is_free(&self, it: &Placed, others: &[Placed], terms: Terms) -> bool {
        let crosses = |other: &Placed| {
            runs_through(&it.leader, &other.rect) || runs_through(&other.leader, &it.rect) || cross(&it.leader, &other.leader)
        };
        others.iter().all(|other| !other.rect.overlaps(&it.rect))
            && (!terms.off_the_subject || self.about.iter().all(|other| !other.overlaps(&it.rect)))
            && (!terms.uncrossed || !others.iter().any(crosses))
    }

    /// Near rather than far, outward rather than inward, off the subject and what the map is for, its line off what keeps its place.
    fn cost(&self, it: &Placed, wanted: &Wanted) -> f32 {
        let (middle, own) = (self.screen.middle(), it.rect.middle());
        let end = it.leader[it.leader.len() - 1];
        let shared = |other: &Rect| {
            let side = |axis: usize| (it.rect.max[axis].min(other.max[axis]) - it.rect.min[axis].max(other.min[axis])).max(0.0);
            side(0) * side(1) / (it.rect.width() * it.rect.height())
        };
        let covered: f32 = self.about.iter().map(shared).sum();
        let outward = (own[0] - middle[0]).hypot(own[1] - middle[1]);
        let own_sign = |other: &&Rect| !other.contains(wanted.at) && !other.contains(wanted.place);
        let under = self.taken.iter().filter(own_sign).filter(|other| runs_through(&it.leader, other)).count();
        (end[0] - wanted.at[0]).hypot(end[1] - wanted.at[1]) - 0.15 * outward
            + 260.0 * covered
            + 320.0 * (self.hidden)(&it.rect)
            + 70.0 * under as f32
    }
}

impl Slot {
    /// The box at this side and distance.
    fn rect(self, wanted: &Wanted) -> Rect {
        let (sin, cos) = WAYS[usize::from(self.direction)];
        let distance = DISTANCES[usize::from(self.distance)];
        let [width, height] = wanted.size;
        let middle = [wanted.at[0] + cos * (width / 2.0 + distance), wanted.at[1] + sin * (height / 2.0 + distance)];
        Rect::around(middle, width, height)
    }
}

fn placed(wanted: &Wanted, rect: Rect, slot: Option<Slot>) -> Placed {
    let end = [0, 1].map(|axis| wanted.at[axis].clamp(rect.min[axis], rect.max[axis]));
    let leader = if wanted.at == wanted.place { vec![wanted.place, end] } else { vec![wanted.place, wanted.at, end] };
    Placed { rect, leader, slot }
}

/// Whether a line runs through the inside of a box: each stretch cut to the box's sides in turn (Liang and Barsky, "A new concept and method for
/// line clipping", ACM TOG 3:1, 1984).
fn runs_through(line: &[At], rect: &Rect) -> bool {
    line.windows(2).any(|pair| {
        let within = |axis: usize| {
            let (from, way) = (pair[0][axis], pair[1][axis] - pair[0][axis]);
            let (low, high) = (rect.min[axis], rect.max[axis]);
            match way {
                0.0 if low < from && from < high => (0.0, 1.0),
                0.0 => (1.0, 0.0),
                _ => {
                    let (one, other) = ((low - from) / way, (high - from) / way);
                    (one.min(other).max(0.0), one.max(other).min(1.0))
                }
            }
        };
        let (across, down) = (within(0), within(1));
        across.0.max(down.0) < across.1.min(down.1)
    })
}

/// Whether two lines cross. Lines that come from one place do not cross there.
pub fn cross(one: &[At], other: &[At]) -> bool {
    let side = |a: At, b: At, at: At| (b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0]);
    let stretches =
        |a: &[At], b: &[At]| side(a[0], a[1], b[0]) * side(a[0], a[1], b[1]) < 0.0 && side(b[0], b[1], a[0]) * side(b[0], b[1], a[1]) < 0.0;
    one.windows(2).any(|a| other.windows(2).any(|b| stretches(a, b)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCREEN: Rect = Rect::new(0.0, 0.0, 1200.0, 800.0);

    /// Boxes of these places, one after the other, as a picture places them.
    fn placed_boxes(places: &[(f32, f32)], subject: &[Rect], must: bool) -> Vec<(Wanted, Placed)> {
        let clear: Vec<Rect> = places.iter().map(|(x, y)| Rect::around([*x, *y], 25.0, 25.0)).collect();
        let ground = Ground { screen: SCREEN, about: subject, taken: &[], clear: &clear, hidden: &|_| 0.0 };
        let mut found: Vec<(Wanted, Placed)> = Vec::new();
        for (index, (x, y)) in places.iter().enumerate() {
            let size = [230.0, 60.0 + 20.0 * (index % 4) as f32];
            let wanted = Wanted { place: [*x, *y], at: [*x, *y], size, must, kept: None };
            let others: Vec<Placed> = found.iter().map(|(_, placed)| placed.clone()).collect();
            found.extend(ground.place(&wanted, &others).map(|placed| (wanted, placed)));
        }
        found
    }

    fn distance_to_edge(rect: &Rect, at: At) -> f32 {
        let inside = [0, 1].map(|axis| (at[axis] - rect.min[axis]).min(rect.max[axis] - at[axis]));
        inside[0].min(inside[1]).abs()
    }

    proptest! {
        #[test]
        fn boxes_cover_nothing_and_lines_lead_from_the_place_to_the_box(
            places in prop::collection::vec((20.0_f32..1180.0, 20.0_f32..780.0), 1..9), must: bool,
        ) {
            let found = placed_boxes(&places, &[], must);
            for (index, (wanted, own)) in found.iter().enumerate() {
                prop_assert!(SCREEN.encloses(&own.rect));
                prop_assert!(places.iter().all(|(x, y)| !own.rect.contains([*x, *y])));
                prop_assert_eq!(own.leader[0], wanted.place);
                prop_assert!(distance_to_edge(&own.rect, own.leader[own.leader.len() - 1]) < 1e-3);
                for (_, other) in &found[index + 1..] {
                    prop_assert!(!own.rect.overlaps(&other.rect));
                    if !must {
                        prop_assert!(!cross(&own.leader, &other.leader));
                        prop_assert!(!runs_through(&own.leader, &other.rect) && !runs_through(&other.leader, &own.rect));
                    }
                }
            }
        }

        #[test]
        fn a_single_box_finds_room_and_stays_off_the_subject(x in 20.0_f32..1180.0, y in 20.0_f32..780.0) {
            let subject = Rect::around([x, y], 200.0, 160.0);
            let found = placed_boxes(&[(x, y)], &[subject], false);
            prop_assert_eq!(found.len(), 1);
            prop_assert!(!found[0].1.rect.overlaps(&subject));
        }

        #[test]
        fn a_box_keeps_its_side_while_its_place_moves_a_little(
            x in 400.0_f32..800.0, y in 300.0_f32..500.0, dx in -30.0_f32..30.0, dy in -30.0_f32..30.0, direction in 0..DIRECTIONS, distance in 0_u8..4,
        ) {
            let kept = Slot { direction, distance };
            let ground = Ground { screen: SCREEN, about: &[], taken: &[], clear: &[], hidden: &|_| 0.0 };
            let at = |at: At| Wanted { place: at, at, size: [230.0, 80.0], must: false, kept: Some(kept) };
            let (before, after) = (ground.place(&at([x, y]), &[]).expect("room"), ground.place(&at([x + dx, y + dy]), &[]).expect("room"));
            prop_assert_eq!((before.slot, after.slot), (Some(kept), Some(kept)));
            prop_assert!((after.rect.min[0] - before.rect.min[0] - dx).abs() < 0.01 && (after.rect.min[1] - before.rect.min[1] - dy).abs() < 0.01);
        }
    }

    #[test]
    fn a_box_rather_stands_further_away_than_over_what_the_map_is_for() {
        let left_half = |rect: &Rect| if rect.min[0] < 600.0 { 1.0 } else { 0.0 };
        let place = |hidden: &dyn Fn(&Rect) -> f32| {
            let ground = Ground { screen: SCREEN, about: &[], taken: &[], clear: &[], hidden };
            ground
                .place(&Wanted { place: [520.0, 400.0], at: [520.0, 400.0], size: [230.0, 80.0], must: false, kept: None }, &[])
                .expect("room")
                .rect
        };
        assert!(place(&|_| 0.0).min[0] < 600.0, "near where nothing is hidden: {:?}", place(&|_| 0.0));
        assert!(place(&left_half).min[0] >= 600.0, "{:?}", place(&left_half));
    }

    #[test]
    fn what_must_stand_finds_the_last_free_corner() {
        let wall = [Rect::new(0.0, 0.0, 900.0, 800.0), Rect::new(900.0, 0.0, 300.0, 650.0)];
        let ground = Ground { screen: SCREEN, about: &[], taken: &wall, clear: &[], hidden: &|_| 0.0 };
        let wanted = |must| Wanted { place: [100.0, 100.0], at: [100.0, 100.0], size: [230.0, 80.0], must, kept: None };
        assert_eq!(ground.place(&wanted(false), &[]), None);
        let placed = ground.place(&wanted(true), &[]).expect("the corner");
        assert!(placed.rect.min[0] >= 900.0 && placed.rect.min[1] >= 650.0 && SCREEN.encloses(&placed.rect), "{:?}", placed.rect);
    }

    #[test]
    fn lines_cross_boxes_and_lines() {
        let rect = Rect::new(10.0, 10.0, 10.0, 10.0);
        assert!(runs_through(&[[0.0, 0.0], [30.0, 30.0]], &rect) && runs_through(&[[15.0, 0.0], [15.0, 30.0]], &rect));
        assert!(!runs_through(&[[0.0, 0.0], [10.0, 15.0]], &rect) && !runs_through(&[[0.0, 9.0], [30.0, 9.0]], &rect));
        assert!(cross(&[[0.0, 0.0], [10.0, 10.0]], &[[0.0, 10.0], [10.0, 0.0]]));
        assert!(!cross(&[[0.0, 0.0], [10.0, 10.0]], &[[0.0, 0.0], [10.0, 0.0]]), "both come from one place");
    }
}
