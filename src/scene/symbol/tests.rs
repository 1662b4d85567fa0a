use super::*;
use crate::model::event::EventFamily;

/// The least room between a drawing and the edge of its ground, in units of the square: half a pixel at 16 pixels.
const MARGIN: f32 = 0.06;

/// Twice the area that three points span; positive where the turn is clockwise on the screen.
fn turn(a: At, b: At, c: At) -> f32 {
    (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
}

fn is_convex(corners: &[At]) -> bool {
    let count = corners.len();
    let turns: Vec<f32> = (0..count).map(|at| turn(corners[at], corners[(at + 1) % count], corners[(at + 2) % count])).collect();
    count > 2 && (turns.iter().all(|turn| *turn > -1e-4) || turns.iter().all(|turn| *turn < 1e-4))
}

/// How far inside a convex outline a point lies; less than zero outside.
fn depth(outline: &[At], at: At) -> f32 {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1)).filter(|(from, to)| from != to);
    let inside = edges.map(|(from, to)| {
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        ((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0])) / length
    });
    inside.fold(f32::INFINITY, f32::min)
}

#[test]
fn every_drawing_stays_on_its_ground() {
    let mut outside = Vec::new();
    for kind in EventKind::ALL {
        let outline = ground(kind.family());
        for part in drawing(*kind) {
            let (points, reach) = match &part {
                Part::Area(corners) | Part::Hole(corners) => (corners.clone(), 0.0),
                Part::Line { points, width } => (points.clone(), width / 2.0),
                Part::Ring { middle, radius, width } => (vec![*middle], radius + width / 2.0),
            };
            let margin = if matches!(part, Part::Hole(_)) { 0.0 } else { MARGIN };
            let least = points.iter().map(|at| depth(&outline, *at) - reach - margin).fold(f32::INFINITY, f32::min);
            if least < 0.0 {
                outside.push(format!("{} by {:.2}: {part:?}", kind.id(), -least));
            }
        }
    }
    assert!(outside.is_empty(), "{}", outside.join("\n"));
}

#[test]
fn areas_and_holes_are_convex_and_lines_have_a_length() {
    let mut unsound = Vec::new();
    for kind in EventKind::ALL {
        for part in drawing(*kind) {
            let is_sound = match &part {
                Part::Area(corners) | Part::Hole(corners) => is_convex(corners),
                Part::Line { points, width } => points.len() > 1 && *width > 0.0,
                Part::Ring { radius, width, .. } => radius > width,
            };
            if !is_sound {
                unsound.push(format!("{}: {part:?}", kind.id()));
            }
        }
    }
    assert!(unsound.is_empty(), "{}", unsound.join("\n"));
}

#[test]
fn grounds_are_convex_clockwise_and_about_equally_large() {
    for family in EventFamily::ALL {
        let outline = ground(family);
        assert!(is_convex(&outline), "{family:?}");
        assert!(depth(&outline, [0.0, 0.0]) > 0.7, "{family:?} is not clockwise round the middle");
        assert!(outline.iter().flatten().all(|value| value.abs() < 1.15), "{family:?} covers its neighbours");
        let area: f32 = outline.iter().zip(outline.iter().cycle().skip(1)).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f32>() / 2.0;
        assert!((2.7..3.3).contains(&area), "{family:?}: {area}");
    }
}
