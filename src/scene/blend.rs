//! The land between two others: what is on the screen while one fades into the next.

use std::collections::HashMap;

use super::{WorldLayer, item::Fill, style::Rgba};

impl WorldLayer {
    /// The land that is seen when `before` has faded into `after` by a share, 0 to 1. Colours are mixed; lines, which have no colours of their own to
    /// mix, are those of the land that is seen more. Both must be of one atlas and one theme.
    pub fn between(before: &Self, after: &Self, share: f32) -> Self {
        let mut fills: Vec<Fill> = Vec::new();
        let mut known: HashMap<(u16, u16), u16> = HashMap::new();
        // Neighbours in the list of units mostly agree.
        let mut last: Option<((u16, u16), u16)> = None;
        let mut fill_of = |pair: (u16, u16)| match last {
            Some((own, fill)) if own == pair => fill,
            _ => {
                let fill = *known.entry(pair).or_insert_with(|| {
                    fills.push(mixed(&before.fills[usize::from(pair.0)], &after.fills[usize::from(pair.1)], share));
                    (fills.len() - 1) as u16
                });
                last = Some((pair, fill));
                fill
            }
        };
        let fill_of_unit = before.fill_of_unit.iter().zip(&after.fill_of_unit).map(|(one, other)| fill_of((*one, *other))).collect();
        let seen_more = if share < 0.5 { before } else { after };
        let (class_of_arc, soft_arcs) = (seen_more.class_of_arc.clone(), seen_more.soft_arcs.clone());
        Self { fill_of_unit, fills, class_of_arc, soft_arcs, style: after.style.clone() }
    }
}

/// A fill between two: each stripe between those that lie over one another. Where one has fewer stripes its ground stands for the others.
fn mixed(before: &Fill, after: &Fill, share: f32) -> Fill {
    if before == after {
        return *after;
    }
    let pattern = if after.hatch_count >= before.hatch_count { after } else { before };
    let stripe = |fill: &Fill, at: usize| if at < usize::from(fill.hatch_count) { fill.hatch[at] } else { fill.base };
    let mut hatch = [Rgba([0; 4]); 3];
    for (at, color) in hatch.iter_mut().enumerate().take(usize::from(pattern.hatch_count)) {
        *color = mix(stripe(before, at), stripe(after, at), share);
    }
    Fill { base: mix(before.base, after.base, share), hatch, ..*pattern }
}

/// Channel by channel, as the painter of the window mixes them: else colours would jump where one fade takes over from another.
fn mix(before: Rgba, after: Rgba, share: f32) -> Rgba {
    let channel = |at: usize| (f32::from(before.0[at]) * (1.0 - share) + f32::from(after.0[at]) * share).round() as u8;
    Rgba([0, 1, 2, 3].map(channel))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::borders::LineClass, scene::Style, scene::Theme};

    const RED: Rgba = Rgba([200, 0, 0, 255]);
    const BLUE: Rgba = Rgba([0, 0, 200, 255]);

    fn land(fills: Vec<Fill>, fill_of_unit: Vec<u16>, class: LineClass) -> WorldLayer {
        WorldLayer { fill_of_unit, fills, class_of_arc: vec![class], soft_arcs: vec![false], style: Style::new(Theme::Light) }
    }

    #[test]
    fn at_its_ends_it_is_the_one_or_the_other_and_between_it_is_neither() {
        let striped = Fill { hatch: [BLUE; 3], hatch_count: 1, ground_stripes: 2, ..Fill::plain(RED) };
        let before = land(vec![Fill::plain(RED), Fill::plain(BLUE)], vec![0, 1, 0], LineClass::Absent);
        let after = land(vec![Fill::plain(BLUE), striped], vec![0, 0, 1], LineClass::DeFacto);
        let bases = |share: f32| {
            let between = WorldLayer::between(&before, &after, share);
            let bases = between.fill_of_unit.iter().map(|fill| between.fills[usize::from(*fill)].base).collect::<Vec<_>>();
            (bases, between.class_of_arc[0])
        };
        assert_eq!(bases(0.0), (vec![RED, BLUE, RED], LineClass::Absent));
        assert_eq!(bases(1.0), (vec![BLUE, BLUE, RED], LineClass::DeFacto));
        let (half, class) = bases(0.5);
        assert!(half[0] != RED && half[0] != BLUE && half[1] == BLUE && class == LineClass::DeFacto, "{half:?}");
        // A stripe grows out of the ground that it lies on.
        let stripe = |share: f32| {
            let between = WorldLayer::between(&before, &after, share);
            let fill = between.fills[usize::from(between.fill_of_unit[2])];
            (fill.hatch_count, fill.ground_stripes, fill.stripes()[0])
        };
        assert_eq!((stripe(0.0), stripe(1.0)), ((1, 2, RED), (1, 2, BLUE)));
    }
}
