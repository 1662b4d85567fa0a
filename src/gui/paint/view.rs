//! A camera as the numbers that the shaders need: see `View` in `map.wgsl`.

use std::f64::consts::{FRAC_1_SQRT_2, PI, TAU};

use super::{
    ground::Bounds,
    tables::{CLASSES, StrokeNumbers},
};
use crate::{
    geometry::{Camera, Projection, WorldPoint},
    scene::{
        copies::COPIES,
        item::{HATCH_REPEATS, STRIPE_POINTS},
    },
};

/// Floats of `View` before the strokes.
const HEAD: usize = 48;
/// Where in it the rows of the turned globe begin.
const TURN: usize = 12;
/// Where in it the old projection begins.
const BEFORE: usize = 24;
/// Where in it the circle is that a round piece of the map fills.
const CIRCLE: usize = 44;
/// Floats of `View`.
pub(super) const VIEW_FLOATS: usize = HEAD + 2 * CLASSES * 12;
/// Bytes from one `View` to the next: offsets must be multiples of 256.
pub(super) const VIEW_STRIDE: u64 = ((VIEW_FLOATS * 4).div_ceil(256) * 256) as u64;

/// Where a camera's map is on the screen, in pixels of the whole window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placing {
    pub origin_px: [f32; 2],
    pub screen_px: [u32; 2],
    pub pixels_per_point: f32,
}

/// The `View` of one copy of the world, which lies `shift` world units to the east.
pub(super) fn view_numbers(
    camera: &Camera,
    placing: &Placing,
    shift: f64,
    (blend, hatch_phase_points): (f32, f64),
    strokes: &[StrokeNumbers],
) -> [f32; VIEW_FLOATS] {
    let px_per_unit = camera.points_per_unit * f64::from(placing.pixels_per_point);
    let (x, x_rest) = split(camera.center.x - shift, px_per_unit);
    let (y, y_rest) = split(camera.center.y, px_per_unit);
    let [width, height] = placing.screen_px.map(|side| side as f32);
    let [left, top] = placing.origin_px;
    let hatch_phase_px = hatch_phase_points * f64::from(placing.pixels_per_point);
    let mut numbers = [0.0; VIEW_FLOATS];
    numbers[..4].copy_from_slice(&[x, y, x_rest, y_rest]);
    numbers[4..8].copy_from_slice(&[left, top, width, height]);
    numbers[8..TURN].copy_from_slice(&[px_per_unit as f32, STRIPE_POINTS * placing.pixels_per_point, blend, hatch_phase_px as f32]);
    write_rows(camera, &mut numbers[TURN..BEFORE]);
    numbers[HEAD..].iter_mut().zip(strokes.iter().flatten().flatten()).for_each(|(own, number)| *own = *number);
    numbers
}

/// Adds the projection that the map comes from, and how far the new one has come, 0 to 1.
pub(super) fn add_morph(numbers: &mut [f32; VIEW_FLOATS], to: &Camera, (from, share): (&Camera, f32), pixels_per_point: f32) {
    let px_per_unit = from.points_per_unit * f64::from(pixels_per_point);
    let (x, x_rest) = split(from.center.x, px_per_unit);
    let (y, y_rest) = split(from.center.y, px_per_unit);
    let kinds = [kind(to.projection), kind(from.projection), share, px_per_unit as f32];
    numbers[BEFORE..BEFORE + 4].copy_from_slice(&kinds);
    numbers[BEFORE + 4..BEFORE + 8].copy_from_slice(&[x, y, x_rest, y_rest]);
    write_rows(from, &mut numbers[BEFORE + 8..CIRCLE]);
}

/// Adds the circle outside of which nothing is drawn: middle and radius in pixels of the window.
pub(super) fn add_circle(numbers: &mut [f32; VIEW_FLOATS], circle_px: [f32; 3]) {
    numbers[CIRCLE..CIRCLE + 3].copy_from_slice(&circle_px);
}

/// As in `morph.wgsl`.
const fn kind(projection: Projection) -> f32 {
    match projection {
        Projection::Mercator => 0.0,
        Projection::EqualEarth => 1.0,
        Projection::Globe => 2.0,
    }
}

/// The turned globe as three rows of four.
fn write_rows(camera: &Camera, numbers: &mut [f32]) {
    for (row, own) in camera.globe().rows().iter().zip(numbers.chunks_exact_mut(4)) {
        own.iter_mut().zip(row).for_each(|(own, number)| *own = *number as f32);
    }
}

/// A center as the nearest 32-bit number and the rest in pixels: at street level the rounding alone would move the map by a quarter of
/// a point, in jumps.
fn split(center: f64, px_per_unit: f64) -> (f32, f32) {
    let rounded = center as f32;
    (rounded, ((center - f64::from(rounded)) * px_per_unit) as f32)
}

/// The copies of the world that are on the screen: how far east each lies in world units, and the part of the map seen there.
pub(super) fn copies(camera: &Camera) -> Vec<(f64, Bounds)> {
    if camera.projection == Projection::Globe {
        return vec![(0.0, seen_of_ball(camera))];
    }
    let half = camera.size_points.map(|side| side / 2.0 / camera.points_per_unit);
    // A little more than the screen, so that wide lines reach in from outside.
    let margin = 12.0 / camera.points_per_unit;
    let WorldPoint { x, y } = camera.center;
    let (south, north) = (y - half[1] - margin, y + half[1] + margin);
    let seen = |shift: f64| {
        let (west, east) = (x - shift - half[0] - margin, x - shift + half[0] + margin);
        Bounds([west as f32, south as f32, east as f32, north as f32])
    };
    if camera.projection != Projection::Mercator {
        return vec![(0.0, seen(0.0))];
    }
    let map = camera.projection.bounds();
    let map = Bounds([map.min.x, map.min.y, map.max.x, map.max.y].map(|edge| edge as f32));
    let reach = COPIES as i32 / 2;
    let shifts = (-reach..=reach).map(|copy| f64::from(copy) * TAU);
    shifts.map(|shift| (shift, seen(shift))).filter(|(_, seen)| seen.meets(&map)).collect()
}

/// What of the globe may be on the screen: longitudes and latitudes in radians.
fn seen_of_ball(camera: &Camera) -> Bounds {
    let seen = camera.visible_lonlat().padded(12.0 * camera.degrees_per_point());
    if seen.crosses_antimeridian() {
        return Bounds([-PI as f32, seen.south.to_radians() as f32, PI as f32, seen.north.to_radians() as f32]);
    }
    Bounds([seen.west, seen.south, seen.east, seen.north].map(|edge| edge.to_radians() as f32))
}

/// True where the map fills the whole screen, so that nothing of the page is seen.
pub(super) fn fills_screen(camera: &Camera) -> bool {
    let [width, height] = camera.size_points;
    let bounds = camera.projection.bounds();
    let corners = [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]].map(|corner| camera.world_from_screen(corner));
    match camera.projection {
        Projection::Mercator => {
            let wide_enough = width / camera.points_per_unit <= (COPIES as f64 - 1.0) * TAU;
            wide_enough && corners.iter().all(|corner| (bounds.min.y..=bounds.max.y).contains(&corner.y))
        }
        Projection::EqualEarth => corners.iter().all(|corner| camera.projection.unproject(*corner).is_some()),
        // The ball has no sheets of its own: whoever puts the map on the screen draws page and water under it.
        Projection::Globe => true,
    }
}

/// Keeps hatches still: stripes are as wide at every scale, so they cannot be nailed to the ground while zooming, but a place near the pointer
/// keeps its stripe, and panning moves them with the map.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HatchAnchor {
    last: Option<(Camera, f64)>,
}

impl HatchAnchor {
    /// The offset in points to add to `(x + y) / √2` of a point measured from the middle of the map's area.
    pub fn follow(&mut self, camera: &Camera) -> f64 {
        let phase = match self.last {
            Some((last, phase)) if last == *camera => return phase,
            Some((last, phase)) if last.projection == camera.projection => phase + shift(&last, camera),
            _ => -across(from_center(camera, WorldPoint::default())),
        };
        let phase = phase.rem_euclid(f64::from(HATCH_REPEATS) * f64::from(STRIPE_POINTS));
        self.last = Some((*camera, phase));
        phase
    }
}

/// How far the point of the map that stays nearest to its place moves against the stripes. On the globe that is the place in the middle.
fn shift(before: &Camera, after: &Camera) -> f64 {
    if before.projection == Projection::Globe {
        let [x, y] = after.screen_from_world(before.center);
        return -across([x - after.size_points[0] / 2.0, y - after.size_points[1] / 2.0]);
    }
    let held = held_point(before, after);
    across(from_center(before, held)) - across(from_center(after, held))
}

/// The point that a change of scale leaves where it is, or where the screen is nearest to it; the middle for mere panning.
fn held_point(before: &Camera, after: &Camera) -> WorldPoint {
    let (from, to) = (before.points_per_unit, after.points_per_unit);
    if (to - from).abs() < 1e-9 * from {
        return before.center;
    }
    let fixed = |a: f64, b: f64| (b * to - a * from) / (to - from);
    let fixed = WorldPoint::new(fixed(before.center.x, after.center.x), fixed(before.center.y, after.center.y));
    let [x, y] = before.screen_from_world(fixed);
    before.world_from_screen([x.clamp(0.0, before.size_points[0]), y.clamp(0.0, before.size_points[1])])
}

fn from_center(camera: &Camera, point: WorldPoint) -> [f64; 2] {
    [(point.x - camera.center.x) * camera.points_per_unit, (camera.center.y - point.y) * camera.points_per_unit]
}

fn across([x, y]: [f64; 2]) -> f64 {
    (x + y) * FRAC_1_SQRT_2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{BoundingBox, LonLat};

    const SIZE: [f64; 2] = [1600.0, 900.0];

    fn stripe_under(camera: &Camera, place: LonLat, phase: f64) -> f64 {
        let point = camera.projection.project(place);
        (across(from_center(camera, point)) + phase).rem_euclid(f64::from(HATCH_REPEATS) * f64::from(STRIPE_POINTS))
    }

    #[test]
    fn hatches_move_with_the_map() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(70.0, 30.0, 80.0, 36.0), SIZE, 0.0);
        let mut anchor = HatchAnchor::default();
        let place = LonLat::new(75.0, 33.0);
        let before = stripe_under(&camera, place, anchor.follow(&camera));
        let panned = camera.panned(130.0, -47.0).panned(11.0, 5.0);
        assert!((stripe_under(&panned, place, anchor.follow(&panned)) - before).abs() < 1e-6);
    }

    #[test]
    fn the_place_under_the_pointer_keeps_its_stripe_while_zooming() {
        let camera = Camera::fit(Projection::EqualEarth, BoundingBox::new(70.0, 30.0, 80.0, 36.0), SIZE, 0.0);
        let mut anchor = HatchAnchor::default();
        let pointer = [420.0, 300.0];
        let place = camera.lonlat_from_screen(pointer).unwrap();
        let before = stripe_under(&camera, place, anchor.follow(&camera));
        let zoomed = camera.zoomed_at(pointer, 1.7);
        assert!((stripe_under(&zoomed, place, anchor.follow(&zoomed)) - before).abs() < 1e-3);
    }

    #[test]
    fn a_split_center_loses_nothing_at_street_level() {
        let px_per_unit = 4.0e6;
        for step in 0..100 {
            let center = 1.3645 + f64::from(step) * 1e-9;
            let (rounded, rest_px) = split(center, px_per_unit);
            assert!(((f64::from(rounded) - center) * px_per_unit + f64::from(rest_px)).abs() < 1e-6);
        }
    }

    #[test]
    fn mercator_repeats_itself_and_equal_earth_does_not() {
        let mut camera = Camera::whole_world(Projection::Mercator, SIZE);
        assert_eq!(copies(&camera).len(), 3);
        camera.center.x = 3.1;
        assert!(copies(&camera).iter().any(|(shift, _)| *shift > 6.0));
        let near = Camera::fit(Projection::Mercator, BoundingBox::new(70.0, 30.0, 80.0, 36.0), SIZE, 0.0);
        assert_eq!(copies(&near).len(), 1);
        assert_eq!(copies(&Camera::whole_world(Projection::EqualEarth, SIZE)).len(), 1);
    }

    #[test]
    fn the_page_is_seen_beyond_the_outline_only() {
        assert!(!fills_screen(&Camera::whole_world(Projection::EqualEarth, SIZE)));
        let near = BoundingBox::new(70.0, 30.0, 80.0, 36.0);
        assert!(Projection::ALL.into_iter().all(|projection| fills_screen(&Camera::fit(projection, near, SIZE, 0.0))));
    }

    #[test]
    fn a_view_has_room_between_its_neighbours() {
        assert!(VIEW_STRIDE >= VIEW_FLOATS as u64 * 4 && VIEW_STRIDE.is_multiple_of(256));
    }
}
