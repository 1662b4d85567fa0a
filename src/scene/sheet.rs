//! Several pictures on one sheet: two dates side by side, a grid of dates, one map cut at a divider. Window, SVG and PNG paint the parts alike.

use super::{
    Notes, Scene,
    item::{At, Item, ItemLayer, Rect},
    style::Rgba,
};

/// A picture as a part of a sheet.
#[derive(Clone, Debug)]
pub struct Pane {
    /// Where on the sheet the picture's own top left corner lies, in points.
    pub origin: At,
    /// What of the sheet shows it; nothing of it is painted beyond.
    pub clip: Rect,
    /// The picture.
    pub scene: Scene,
}

/// Pictures and what is written over and beside them.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Width and height in points.
    pub size_points: [f64; 2],
    /// The ground between the pictures.
    pub page: Rgba,
    /// What it is called, for whoever reads it aloud. Never empty.
    pub title: String,
    /// What it says of itself, in sentences.
    pub description: String,
    /// The pictures, from the ground up; never empty.
    pub panes: Vec<Pane>,
    /// The line between the two halves of one map, with what names them: it moves where a hand can move it. Empty where there is none.
    pub divider: Vec<Item>,
    /// What happened, told over both halves of one map, back to front: it lies on the land and moves with it. Mostly empty.
    pub told: Vec<(ItemLayer, Vec<Item>)>,
    /// What lies over all that, back to front, in points of the sheet.
    pub items: Vec<Item>,
}

impl Sheet {
    /// A picture that is a sheet by itself.
    pub fn of_scene(scene: Scene) -> Self {
        let [width, height] = scene.size_points.map(|side| side as f32);
        let (size_points, notes) = (scene.size_points, scene.notes.clone());
        Self::staged(size_points, vec![Pane { origin: [0.0; 2], clip: Rect::new(0.0, 0.0, width, height), scene }], Vec::new(), &notes)
    }

    /// A sheet that says of itself what the notes say. `panes` is not empty.
    pub(super) fn staged(size_points: [f64; 2], panes: Vec<Pane>, items: Vec<Item>, notes: &Notes) -> Self {
        let page = panes.first().map_or(Rgba([255; 4]), |pane| pane.scene.world.style.page);
        Self {
            size_points,
            page,
            title: notes.heading(),
            description: notes.description(),
            panes,
            divider: Vec::new(),
            told: Vec::new(),
            items,
        }
    }

    /// Everything that lies over the pictures, back to front.
    pub fn over(&self) -> impl Iterator<Item = &Item> {
        self.divider.iter().chain(self.told.iter().flat_map(|(_, items)| items)).chain(&self.items)
    }

    /// The one picture that there is all of the sheet; `None` for several, or one with something over it.
    pub fn only(&self) -> Option<&Scene> {
        match self.panes.as_slice() {
            [pane] if self.items.is_empty() => Some(&pane.scene),
            _ => None,
        }
    }
}

/// So many boxes of the same size in a box, row by row, with gaps of so many points between them: two beside each other where it is wider than high,
/// else as square as can be.
pub fn grid(count: usize, inside: Rect, gap: f32) -> Vec<Rect> {
    let columns = match count {
        0 | 1 => 1,
        2 if inside.width() < inside.height() => 1,
        _ => (count as f32).sqrt().ceil() as usize,
    };
    let rows = count.div_ceil(columns);
    let side = |whole: f32, parts: usize| (whole - gap * (parts - 1) as f32) / parts as f32;
    let (width, height) = (side(inside.width(), columns), side(inside.height(), rows));
    let place = |index: usize| {
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        Rect::new(inside.min[0] + column * (width + gap), inside.min[1] + row * (height + gap), width, height)
    };
    (0..count).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_fills_its_box_without_overlaps() {
        let inside = Rect::new(10.0, 20.0, 900.0, 600.0);
        for (count, columns) in [(1, 1), (2, 2), (4, 2), (9, 3)] {
            let boxes = grid(count, inside, 8.0);
            assert_eq!(boxes.iter().filter(|rect| rect.min[1] == inside.min[1]).count(), columns);
            assert!(boxes.iter().all(|rect| inside.grown(0.01).encloses(rect)));
            let pairs = boxes.iter().enumerate().flat_map(|(at, one)| boxes[..at].iter().map(move |other| (one, other)));
            assert!(pairs.into_iter().all(|(one, other)| !one.grown(3.9).overlaps(&other.grown(3.9))), "{boxes:?}");
            assert!((boxes.iter().fold(boxes[0], |all, rect| all.union(rect)).max[0] - inside.max[0]).abs() < 0.01);
        }
        let upright = grid(2, Rect::new(0.0, 0.0, 300.0, 800.0), 8.0);
        assert_eq!(upright[0].min[0], upright[1].min[0], "one above the other");
    }
}
