//! Text along a curve: a smooth line on the screen, and each letter of a text on it with its own angle.

use super::fonts::CAP_HEIGHT;
use super::item::{At, Letter, Rect};

/// Points between two of the places through which a curve runs.
const STEPS: usize = 12;
/// Between two letters a curve may turn by so much, and over a whole text by so much, in radians: a gentle curve reads as one word.
const MOST_TURN_OF_LETTER: f32 = 0.42;
const MOST_TURN: f32 = 1.9;
/// Room kept free round a letter, as a share of the size.
const PADDING: f32 = 0.12;

/// A smooth line through places, in any plane: Catmull and Rom, "A class of local interpolating splines" (1974), uniform. The places themselves where there
/// are fewer than three.
pub fn smoothed(places: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let Some((first, last)) = places.first().zip(places.last()) else { return Vec::new() };
    // Beyond the ends the line goes on as it came.
    let beyond = |end: &[f64; 2], next: &[f64; 2]| [0, 1].map(|axis| 2.0 * end[axis] - next[axis]);
    let before = places.get(1).map_or(*first, |next| beyond(first, next));
    let after = places.len().checked_sub(2).map_or(*last, |index| beyond(last, &places[index]));
    let all: Vec<[f64; 2]> = std::iter::once(before).chain(places.iter().copied()).chain([after]).collect();
    let between = |four: &[[f64; 2]], t: f64| {
        [0, 1].map(|axis| {
            let [a, b, c, d] = [four[0][axis], four[1][axis], four[2][axis], four[3][axis]];
            0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t + (3.0 * b - a - 3.0 * c + d) * t * t * t)
        })
    };
    let inner = all.windows(4).flat_map(|four| (0..STEPS).map(move |step| between(four, step as f64 / STEPS as f64)));
    inner.chain([*last]).collect()
}

/// A line on the screen, measured, running so that text on it reads from left to right.
#[derive(Clone, Debug)]
pub struct Curve {
    points: Vec<At>,
    /// How far along each point is.
    along: Vec<f32>,
}

/// How a text is spread along a curve.
#[derive(Clone, Copy, Debug)]
pub struct Spread<'a> {
    /// The width of each letter at size 1, in reading order, kerning and all: see [`super::shaping::letter_advances`].
    pub advances: &'a [f32],
    /// Size of the letters in points.
    pub size_points: f32,
    /// Room between letters in points.
    pub spacing_points: f32,
}

impl Spread<'_> {
    /// From the first letter to the last, in points.
    pub fn width(&self) -> f32 {
        self.advances.iter().sum::<f32>() * self.size_points + self.spacing_points * self.advances.len().saturating_sub(1) as f32
    }
}

impl Curve {
    /// Through points on the screen; `None` where they are not all finite or have no length.
    pub fn new(mut points: Vec<At>) -> Option<Self> {
        if points.len() < 2 || !points.iter().flatten().all(|value| value.is_finite()) {
            return None;
        }
        let (first, last) = (points[0], points[points.len() - 1]);
        // What stands upright reads from the bottom up, as on the spine of most books of the continent and on most maps.
        let (across, down) = (last[0] - first[0], last[1] - first[1]);
        if across + 0.15 * -down < 0.0 {
            points.reverse();
        }
        let mut along = Vec::with_capacity(points.len());
        let mut length = 0.0;
        for (index, point) in points.iter().enumerate() {
            let last = points[index.saturating_sub(1)];
            length += (point[0] - last[0]).hypot(point[1] - last[1]);
            along.push(length);
        }
        (length > 0.0).then_some(Self { points, along })
    }

    /// Its length in points.
    pub fn length(&self) -> f32 {
        self.along[self.along.len() - 1]
    }

    /// The point and the direction in radians so far along; before its begin and past its end it goes on straight.
    fn at(&self, along: f32) -> (At, f32) {
        let next = self.along.partition_point(|own| *own < along).clamp(1, self.points.len() - 1);
        let (from, to) = (self.points[next - 1], self.points[next]);
        let step = (self.along[next] - self.along[next - 1]).max(f32::MIN_POSITIVE);
        let share = (along - self.along[next - 1]) / step;
        let at = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share);
        (at, self.direction(along))
    }

    /// The direction so far along, from a little before to a little after, so that it changes without jumps.
    fn direction(&self, along: f32) -> f32 {
        let reach = self.length() * 0.02;
        let place = |along: f32| {
            let next = self.along.partition_point(|own| *own < along).clamp(1, self.points.len() - 1);
            let step = (self.along[next] - self.along[next - 1]).max(f32::MIN_POSITIVE);
            let share = (along - self.along[next - 1]) / step;
            [0, 1].map(|axis| self.points[next - 1][axis] + (self.points[next][axis] - self.points[next - 1][axis]) * share)
        };
        let (from, to) = (place(along - reach), place(along + reach));
        (to[1] - from[1]).atan2(to[0] - from[0])
    }

    /// The letters of a text whose middle lies so far along, and the box that each takes; the line is the middle of the capitals. `None` where the curve
    /// bends too much for it.
    pub fn letters(&self, spread: &Spread, middle: f32) -> Option<(Vec<Letter>, Vec<Rect>)> {
        let size = spread.size_points;
        let mut along = middle - spread.width() / 2.0;
        let (mut letters, mut boxes) = (Vec::with_capacity(spread.advances.len()), Vec::with_capacity(spread.advances.len()));
        let mut turned: Option<[f32; 3]> = None;
        for advance in spread.advances {
            let width = advance * size;
            let (center, angle) = self.at(along + width / 2.0);
            let [last, least, most] = turned.unwrap_or([angle; 3]);
            turned = Some([angle, least.min(angle), most.max(angle)]);
            if (angle - last).abs() > MOST_TURN_OF_LETTER || most.max(angle) - least.min(angle) > MOST_TURN {
                return None;
            }
            let (sine, cosine) = angle.sin_cos();
            let drop = size * CAP_HEIGHT / 2.0;
            let at = [center[0] - cosine * width / 2.0 - sine * drop, center[1] - sine * width / 2.0 + cosine * drop];
            letters.push(Letter { at, angle_rad: angle });
            let high = size * (CAP_HEIGHT + 2.0 * PADDING);
            let [wide, tall] = [width * cosine.abs() + high * sine.abs(), width * sine.abs() + high * cosine.abs()];
            boxes.push(Rect::around(center, wide, tall));
            along += width + spread.spacing_points;
        }
        Some((letters, boxes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(degrees: f32) -> Curve {
        let points = (0..=40).map(|step| {
            let angle = (degrees * (step as f32 / 40.0 - 0.5)).to_radians();
            [300.0 + 200.0 * angle.sin(), 300.0 - 200.0 * angle.cos()]
        });
        Curve::new(points.collect()).unwrap()
    }

    #[test]
    fn a_smooth_line_runs_through_its_places() {
        let places = [[0.0, 0.0], [10.0, 5.0], [20.0, 0.0]];
        let line = smoothed(&places);
        assert!(places.iter().all(|place| line.contains(place)), "{line:?}");
        assert!(line.iter().all(|at| at[1] > -0.7 && at[1] < 5.2));
        assert_eq!(smoothed(&[]), Vec::<[f64; 2]>::new());
    }

    #[test]
    fn letters_follow_the_curve_at_even_steps_and_stand_upright_on_it() {
        let curve = arc(60.0);
        let spread = Spread { advances: &[0.6; 9], size_points: 10.0, spacing_points: 8.0 };
        let (letters, boxes) = curve.letters(&spread, curve.length() / 2.0).unwrap();
        assert_eq!((letters.len(), boxes.len()), (9, 9));
        let steps: Vec<f32> = boxes
            .windows(2)
            .map(|pair| {
                let (a, b) = (pair[0].middle(), pair[1].middle());
                (b[0] - a[0]).hypot(b[1] - a[1])
            })
            .collect();
        assert!(steps.iter().all(|step| (step - 14.0).abs() < 0.1), "{steps:?}");
        // The middle letter is level, and the arc rises to it and falls from it.
        assert!(letters[4].angle_rad.abs() < 0.01 && letters[0].angle_rad < -0.2 && letters[8].angle_rad > 0.2);
        assert!((boxes[4].middle()[0] - 300.0).abs() < 0.5);
        // The middle of its capitals lies on the line, so its base is below.
        assert!((letters[4].at[1] - (100.0 + 10.0 * CAP_HEIGHT / 2.0)).abs() < 0.5);
    }

    #[test]
    fn text_always_reads_from_left_to_right_and_upright_text_from_the_bottom_up() {
        let first_and_last = |points: Vec<At>| {
            let curve = Curve::new(points).unwrap();
            let spread = Spread { advances: &[0.6; 4], size_points: 10.0, spacing_points: 2.0 };
            let (letters, _) = curve.letters(&spread, curve.length() / 2.0).unwrap();
            (letters[0].at, letters[3].at)
        };
        let (first, last) = first_and_last(vec![[100.0, 0.0], [0.0, 0.0]]);
        assert!(first[0] < last[0]);
        let (first, last) = first_and_last(vec![[0.0, 0.0], [0.0, 100.0]]);
        assert!(first[1] > last[1]);
    }

    #[test]
    fn what_bends_too_much_bears_no_text() {
        let curve = arc(300.0);
        let long = Spread { advances: &[0.6; 60], size_points: 10.0, spacing_points: 8.0 };
        assert!(curve.letters(&long, curve.length() / 2.0).is_none());
        assert!(Curve::new(vec![[0.0, 0.0], [f32::NAN, 1.0]]).is_none());
        assert!(Curve::new(vec![[1.0, 1.0], [1.0, 1.0]]).is_none());
    }
}
