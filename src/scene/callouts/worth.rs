//! What a box over the map would hide: contested land most, borders and coasts a good deal, the open sea and plain land next to nothing.

use crate::{
    geometry::{Camera, UnitIx},
    scene::{SceneInput, item::Rect},
};

/// The map is looked at in squares of so many points.
const CELL_POINTS: f32 = 24.0;
/// What a square is worth, 0 to 1.
const CONTESTED: f32 = 1.0;
const BORDER: f32 = 0.55;
const LAND: f32 = 0.12;

/// The land under each square of a picture; depends on the camera alone.
#[derive(Clone, Debug, Default)]
pub struct Squares {
    columns: usize,
    /// Row by row; `None` is sea, or off the globe.
    units: Vec<Option<UnitIx>>,
}

impl Squares {
    /// Of what a camera sees.
    pub fn new(input: &SceneInput) -> Self {
        let Camera { size_points: [width, height], .. } = input.camera;
        let [columns, rows] = [width, height].map(|side| (side / f64::from(CELL_POINTS)).ceil() as usize);
        let middle = |index: usize| (index as f64 + 0.5) * f64::from(CELL_POINTS);
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| [middle(column), middle(row)]));
        let unit = |at| input.camera.lonlat_from_screen(at).and_then(|place| input.atlas.partition.topology.unit_at(place));
        Self { columns, units: places.map(unit).collect() }
    }
}

/// What every part of one picture is worth, as sums over all squares above and to the left, so that any box costs four look-ups (Crow,
/// "Summed-area tables for texture mapping", SIGGRAPH 1984).
#[derive(Clone, Debug)]
pub struct Worth {
    columns: usize,
    rows: usize,
    /// One column and one row more than there are squares; the first are 0.
    sums: Vec<f32>,
}

impl Worth {
    /// On the day of a picture.
    pub fn new(input: &SceneInput, squares: &Squares) -> Self {
        let Squares { columns, units } = squares;
        let state = input.state;
        let holder = |unit: Option<UnitIx>| unit.map(|unit| state.holding(unit).holder);
        let worth = |index: usize| {
            let own = units[index];
            let beside = [index.checked_sub(1).filter(|_| !index.is_multiple_of(*columns)), index.checked_sub(*columns)];
            let is_border = beside.into_iter().flatten().any(|other| holder(units[other]) != holder(own));
            match own {
                Some(unit) if !state.contenders(unit).is_empty() => CONTESTED,
                _ if is_border => BORDER,
                Some(_) => LAND,
                None => 0.0,
            }
        };
        Self::of(*columns, &(0..units.len()).map(worth).collect::<Vec<f32>>())
    }

    /// Of squares row by row, each worth so much.
    fn of(columns: usize, worth: &[f32]) -> Self {
        let rows = worth.len() / columns.max(1);
        let mut sums = vec![0.0; (columns + 1) * (rows + 1)];
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            let at = |row: usize, column: usize| row * (columns + 1) + column;
            sums[at(row + 1, column + 1)] =
                worth[row * columns + column] + sums[at(row, column + 1)] + sums[at(row + 1, column)] - sums[at(row, column)];
        }
        Self { columns, rows, sums }
    }

    /// What a box hides, 0 (open sea) to 1 (nothing but contested land), on the average of the squares that it touches; 0 outside the picture.
    pub fn under(&self, rect: &Rect) -> f32 {
        let first = |side: f32, most: usize| ((side / CELL_POINTS).floor().max(0.0) as usize).min(most);
        let last = |side: f32, most: usize| ((side / CELL_POINTS).ceil().max(0.0) as usize).min(most);
        let (left, right) = (first(rect.min[0], self.columns), last(rect.max[0], self.columns));
        let (top, bottom) = (first(rect.min[1], self.rows), last(rect.max[1], self.rows));
        if right <= left || bottom <= top {
            return 0.0;
        }
        let sum = |row: usize, column: usize| self.sums[row * (self.columns + 1) + column];
        let hidden = sum(bottom, right) - sum(top, right) - sum(bottom, left) + sum(top, left);
        hidden / ((right - left) * (bottom - top)) as f32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_box_hides_the_average_of_the_squares_that_it_touches(
            values in prop::collection::vec(0.0_f32..1.0, 60), x in -40.0_f32..300.0, y in -40.0_f32..200.0, width in 1.0_f32..200.0, height in 1.0_f32..120.0,
        ) {
            let columns = 10;
            let rect = Rect::new(x, y, width, height);
            let square = |index: usize| Rect::new((index % columns) as f32 * CELL_POINTS, (index / columns) as f32 * CELL_POINTS, CELL_POINTS, CELL_POINTS);
            let touched: Vec<f32> = values.iter().enumerate().filter(|(index, _)| square(*index).overlaps(&rect)).map(|(_, worth)| *worth).collect();
            let average = if touched.is_empty() { 0.0 } else { touched.iter().sum::<f32>() / touched.len() as f32 };
            prop_assert!((Worth::of(columns, &values).under(&rect) - average).abs() < 1e-4);
        }
    }
}
