//! From degrees to the screen: rings and lines projected, bent where the projection bends them, and cut to what is seen.

use super::{
    horizon::{Radii, lines_in_front, ring_in_front},
    item::{At, Rect},
};
use crate::geometry::{BoundingBox, Camera, Globe, LonLat, Projection, globe::Turned};

/// How far past the edge of the picture things are still drawn, in points: more than the widest line.
const MARGIN_POINTS: f32 = 12.0;
/// Steps in degrees in which a long straight edge is bent, where the projection bends it.
const BEND_DEG: f64 = 1.5;

/// Turns degrees into screen points for one camera.
#[derive(Clone, Debug)]
pub struct Flattener {
    camera: Camera,
    clip: Rect,
    seen: BoundingBox,
    /// The ball, where the map is one.
    globe: Option<Globe>,
}

impl Flattener {
    /// For a camera.
    pub fn new(camera: Camera) -> Self {
        let [width, height] = camera.size_points.map(|side| side as f32);
        let clip = Rect::new(0.0, 0.0, width, height).grown(MARGIN_POINTS);
        let seen = camera.visible_lonlat().padded(f64::from(MARGIN_POINTS) * 2.0 * camera.degrees_per_point());
        let globe = (camera.projection == Projection::Globe).then(|| camera.globe());
        Self { camera, clip, seen, globe }
    }

    /// The same, cutting a little inside a part of the picture: for finding places where a name is wholly seen.
    pub fn within(camera: Camera, part: Rect) -> Self {
        Self { clip: part.grown(-MARGIN_POINTS), ..Self::new(camera) }
    }

    /// Whether anything in the box may be seen.
    pub fn sees(&self, bbox: &BoundingBox) -> bool {
        self.seen.intersects(bbox)
    }

    /// Where a place is on the screen, also off its edges; `None` for what is behind the globe.
    pub fn at(&self, place: LonLat) -> Option<At> {
        Some(self.camera.seen_at(place)?.map(|value| value as f32))
    }

    /// A ring of `[lon, lat]` degrees on the screen, cut to the picture; the first point need not be repeated and is not in the result. Empty where
    /// nothing of it is seen.
    pub fn ring(&self, points: &[[f64; 2]]) -> Vec<At> {
        let open = if points.len() > 1 && points.first() == points.last() { &points[..points.len() - 1] } else { points };
        let mut flat = match &self.globe {
            Some(globe) => self.on_screen(&ring_in_front(&self.turned(globe, open, true))),
            None => self.bent(open, true, |place| self.camera.screen_from_lonlat(place).map(|value| value as f32)),
        };
        if flat.len() < 3 {
            return Vec::new();
        }
        if !flat.iter().all(|at| self.clip.contains(*at)) {
            flat = clipped_ring(flat, &self.clip);
        }
        flat
    }

    /// A line of `[lon, lat]` degrees on the screen: the stretches of it that are seen, each of at least two points.
    pub fn line(&self, points: &[[f64; 2]]) -> Vec<Vec<At>> {
        match &self.globe {
            Some(globe) => {
                let pieces = lines_in_front(&self.turned(globe, points, false));
                pieces.iter().flat_map(|piece| self.in_picture(&self.on_screen(piece))).collect()
            }
            None => self.in_picture(&self.bent(points, false, |place| self.camera.screen_from_lonlat(place).map(|value| value as f32))),
        }
    }

    fn turned(&self, globe: &Globe, points: &[[f64; 2]], closed: bool) -> Vec<Turned> {
        self.bent(points, closed, |place| globe.turned(Projection::Globe.project(place)))
    }

    fn on_screen(&self, radii: &[Radii]) -> Vec<At> {
        radii.iter().map(|[right, up]| self.camera.screen_from_radii(*right, *up).map(|value| value as f32)).collect()
    }

    /// The stretches of a line on the screen that come near the picture.
    fn in_picture(&self, flat: &[At]) -> Vec<Vec<At>> {
        let mut lines: Vec<Vec<At>> = Vec::new();
        let mut joined = false;
        for pair in flat.windows(2) {
            let edge = Rect {
                min: [pair[0][0].min(pair[1][0]), pair[0][1].min(pair[1][1])],
                max: [pair[0][0].max(pair[1][0]), pair[0][1].max(pair[1][1])],
            };
            let near = edge.min[0] <= self.clip.max[0]
                && edge.max[0] >= self.clip.min[0]
                && edge.min[1] <= self.clip.max[1]
                && edge.max[1] >= self.clip.min[1];
            match lines.last_mut().filter(|_| near && joined) {
                Some(line) => line.push(pair[1]),
                None if near => lines.push(pair.to_vec()),
                None => {}
            }
            joined = near;
        }
        lines
    }

    /// The points laid on the map by `lay`, with more between them where a straight edge becomes a curve.
    fn bent<T>(&self, points: &[[f64; 2]], closed: bool, lay: impl Fn(LonLat) -> T) -> Vec<T> {
        let [along_parallels, along_meridians] = self.camera.projection.bends();
        let mut laid = Vec::with_capacity(points.len());
        for (index, &point) in points.iter().enumerate() {
            laid.push(lay(point.into()));
            let next = points.get(index + 1).or(if closed { points.first() } else { None });
            if let (true, Some(&next)) = (along_meridians, next) {
                let climb = (next[1] - point[1]).abs();
                // Where meridians meet, a step along the parallel is none.
                let narrow = ((next[1] + point[1]) / 2.0).to_radians().cos();
                let way = if along_parallels { climb.max((next[0] - point[0]).abs() * narrow) } else { climb };
                let steps = (way / BEND_DEG).ceil().min(400.0);
                for step in 1..steps as u32 {
                    let share = f64::from(step) / steps;
                    let between = [0, 1].map(|axis| point[axis] + (next[axis] - point[axis]) * share);
                    laid.push(lay(between.into()));
                }
            }
        }
        laid
    }
}

/// Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17:1 (1974): what is cut off becomes edges along the sides of the box.
fn clipped_ring(ring: Vec<At>, clip: &Rect) -> Vec<At> {
    let mut ring = ring;
    for (axis, limit, keeps_less) in [(0, clip.min[0], false), (0, clip.max[0], true), (1, clip.min[1], false), (1, clip.max[1], true)] {
        let inside = |at: At| if keeps_less { at[axis] <= limit } else { at[axis] >= limit };
        let mut cut = Vec::with_capacity(ring.len());
        for (index, &to) in ring.iter().enumerate() {
            let from = ring[if index == 0 { ring.len() - 1 } else { index - 1 }];
            if inside(from) != inside(to) {
                let share = (limit - from[axis]) / (to[axis] - from[axis]);
                let mut crossing = [0, 1].map(|other| from[other] + (to[other] - from[other]) * share);
                crossing[axis] = limit;
                cut.push(crossing);
            }
            if inside(to) {
                cut.push(to);
            }
        }
        ring = cut;
    }
    if ring.len() < 3 { Vec::new() } else { ring }
}

/// A polygon's ring or line that a person drew, with longitudes that may jump over the antimeridian, as pieces that do not: the shape is drawn
/// again 360 degrees further on each side where it reaches there, and each copy is cut at 180 degrees.
pub fn unwrapped(points: &[[f64; 2]], closed: bool) -> Vec<Vec<[f64; 2]>> {
    let mut whole: Vec<[f64; 2]> = Vec::with_capacity(points.len());
    let mut turn = 0.0;
    for &[lon, lat] in points {
        if let Some(last) = whole.last() {
            let jump = lon + turn - last[0];
            turn -= 360.0 * (jump / 360.0).round();
        }
        whole.push([lon + turn, lat]);
    }
    let reach = |pick: fn(f64, f64) -> f64, start| whole.iter().map(|point| point[0]).fold(start, pick);
    let (west, east) = (reach(f64::min, f64::INFINITY), reach(f64::max, f64::NEG_INFINITY));
    if west >= -180.0 && east <= 180.0 {
        return vec![whole];
    }
    let copies = [0.0, -360.0, 360.0].into_iter().filter(|shift| west + shift < 180.0 && east + shift > -180.0);
    let shifted = copies.map(|shift| whole.iter().map(|point| [point[0] + shift, point[1]]).collect::<Vec<_>>());
    if closed {
        shifted.map(|ring| between_meridians(&ring)).filter(|ring| ring.len() > 2).collect()
    } else {
        shifted.flat_map(|line| cut_line(&line)).collect()
    }
}

/// A ring cut to -180..=180, in degrees.
fn between_meridians(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut ring = ring.to_vec();
    for (limit, keeps_less) in [(-180.0, false), (180.0, true)] {
        let inside = |point: [f64; 2]| if keeps_less { point[0] <= limit } else { point[0] >= limit };
        let mut cut = Vec::with_capacity(ring.len());
        for (index, &to) in ring.iter().enumerate() {
            let from = ring[if index == 0 { ring.len() - 1 } else { index - 1 }];
            if inside(from) != inside(to) {
                cut.push([limit, from[1] + (to[1] - from[1]) * (limit - from[0]) / (to[0] - from[0])]);
            }
            if inside(to) {
                cut.push(to);
            }
        }
        ring = cut;
    }
    ring
}

/// The stretches of a line within -180..=180, in degrees.
fn cut_line(line: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let inside = |point: &[f64; 2]| (-180.0..=180.0).contains(&point[0]);
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let clamp = |point: [f64; 2], other: [f64; 2]| {
            let lon = point[0].clamp(-180.0, 180.0);
            let share = if other[0] == point[0] { 0.0 } else { (lon - point[0]) / (other[0] - point[0]) };
            [lon, point[1] + (other[1] - point[1]) * share]
        };
        match (inside(&from), inside(&to)) {
            (false, false) => {}
            (true, to_inside) => {
                let end = if to_inside { to } else { clamp(to, from) };
                match pieces.last_mut().filter(|piece| piece.last() == Some(&from)) {
                    Some(piece) => piece.push(end),
                    None => pieces.push(vec![from, end]),
                }
            }
            (false, true) => pieces.push(vec![clamp(from, to), to]),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_larger_than_the_picture_fills_it() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(10.0, 10.0, 11.0, 11.0), [400.0, 300.0], 0.0);
        let ring = Flattener::new(camera).ring(&[[0.0, 0.0], [30.0, 0.0], [30.0, 30.0], [0.0, 30.0], [0.0, 0.0]]);
        assert!(ring.iter().all(|at| Rect::new(0.0, 0.0, 400.0, 300.0).grown(MARGIN_POINTS + 0.1).contains(*at)));
        assert_eq!(ring.len(), 4);
        assert!(Flattener::new(camera).ring(&[[-9.0, -9.0], [-8.0, -9.0], [-8.0, -8.0]]).is_empty());
    }

    #[test]
    fn shapes_over_the_antimeridian_come_apart_there() {
        let ring = unwrapped(&[[170.0, 0.0], [-170.0, 0.0], [-170.0, 10.0], [170.0, 10.0]], true);
        assert_eq!(ring.len(), 2);
        assert!(ring.iter().flatten().all(|point| (-180.0..=180.0).contains(&point[0])));
        let width: f64 = ring
            .iter()
            .map(|piece| piece.iter().map(|p| p[0]).fold(f64::MIN, f64::max) - piece.iter().map(|p| p[0]).fold(f64::MAX, f64::min))
            .sum();
        assert_eq!(width, 20.0);
        let line = unwrapped(&[[170.0, 0.0], [-170.0, 10.0]], false);
        assert_eq!(line, [vec![[170.0, 0.0], [180.0, 5.0]], vec![[-180.0, 5.0], [-170.0, 10.0]]]);
    }

    #[test]
    fn a_line_is_cut_into_what_is_seen() {
        let camera = Camera::fit(Projection::Mercator, BoundingBox::new(0.0, 0.0, 10.0, 10.0), [400.0, 400.0], 0.0);
        let lines = Flattener::new(camera).line(&[[5.0, 5.0], [5.0, 60.0], [70.0, 60.0], [70.0, 5.0], [5.0, 5.5]]);
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
}
