//! The signs of the tools that draw on the map.

use std::f32::consts::{PI, TAU};

use super::{Icon, Pen};

/// Paints the sign of a tool; nothing for any other sign.
pub(super) fn paint(pen: &Pen, icon: Icon) {
    match icon {
        Icon::Pointer => {
            pen.line(&[(6.0, 3.5), (6.0, 18.5), (10.0, 14.8), (18.0, 14.4), (6.0, 3.5)]);
            pen.line(&[(10.6, 15.2), (13.4, 20.5)]);
        }
        Icon::Pin => {
            pen.arc((12.0, 9.5), 6.0, PI * 0.83, TAU + PI * 0.17);
            pen.line(&[(6.8, 12.5), (12.0, 21.0), (17.2, 12.5)]);
            pen.dot((12.0, 9.5), 2.2);
        }
        Icon::Flag => {
            pen.line(&[(6.0, 3.5), (6.0, 20.5)]);
            pen.line(&[(6.0, 4.5), (18.5, 4.5), (15.0, 8.5), (18.5, 12.5), (6.0, 12.5)]);
        }
        Icon::Line => with_dots(pen, &[(3.5, 18.5), (9.5, 8.5), (15.0, 14.0), (20.5, 5.0)], &[]),
        Icon::Area => with_dots(pen, &[(4.5, 8.0), (14.0, 4.0), (20.0, 12.0), (14.5, 20.0), (5.5, 17.5), (4.5, 8.0)], &[]),
        Icon::Pen => {
            let wave = |step: i32| {
                let share = step as f32 / 20.0;
                (3.5 + 17.0 * share, 12.0 - 5.5 * (share * TAU * 1.1).sin())
            };
            pen.line(&(0..=20).map(wave).collect::<Vec<_>>());
            pen.dot((20.5, 8.8), 2.4);
        }
        Icon::Trace => with_dots(pen, &[(4.0, 20.0), (6.5, 14.5), (5.0, 10.5), (10.0, 8.0), (15.0, 9.5), (20.0, 4.0)], &[1, 2, 3, 4]),
        Icon::Units => {
            pen.fill(&[(3.5, 6.0), (12.0, 4.0), (13.0, 13.5), (4.5, 16.0)]);
            pen.line(&[(12.0, 4.0), (20.5, 7.0), (19.0, 15.5), (13.0, 13.5)]);
            pen.line(&[(4.5, 16.0), (8.0, 20.5), (17.0, 20.0), (19.0, 15.5)]);
        }
        Icon::Arrow => {
            pen.line(&[(4.0, 20.0), (9.0, 11.5), (15.5, 8.2)]);
            pen.fill(&[(21.0, 5.0), (16.6, 12.2), (13.0, 5.0)]);
        }
        Icon::Text => {
            pen.line(&[(5.0, 8.0), (5.0, 5.0), (19.0, 5.0), (19.0, 8.0)]);
            pen.line(&[(12.0, 5.0), (12.0, 19.5)]);
            pen.line(&[(9.0, 19.5), (15.0, 19.5)]);
        }
        Icon::Callout => {
            pen.dot((5.0, 19.0), 2.6);
            pen.line(&[(5.0, 19.0), (11.0, 12.5)]);
            pen.line(&[(8.0, 4.5), (21.0, 4.5)]);
            pen.line(&[(8.0, 9.5), (17.0, 9.5)]);
        }
        _ => {}
    }
}

/// A line with a dot at each corner but those left bare.
fn with_dots(pen: &Pen, points: &[(f32, f32)], bare: &[usize]) {
    pen.line(points);
    points.iter().enumerate().filter(|(index, _)| !bare.contains(index)).for_each(|(_, point)| pen.dot(*point, 2.3));
}
