//! What is taken on the screen, by cells of the picture: where there are hundreds of boxes, asking only those near by saves most of the time.

use super::item::Rect;

/// Boxes that are taken, by cells of the picture: where there are hundreds of them, asking only those near by saves most of the time.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<Rect>>,
    /// What was taken since the last reset.
    pub(super) added: Vec<Rect>,
}

impl Crowd {
    const CELL_POINTS: f32 = 48.0;

    /// Begins anew with these boxes. The cells keep their room from picture to picture.
    pub(super) fn reset(&mut self, size_points: [f64; 2], taken: &[Rect]) {
        [self.columns, self.rows] = size_points.map(|side| (side as f32 / Self::CELL_POINTS) as usize + 1);
        self.cells.iter_mut().for_each(Vec::clear);
        self.cells.resize_with(self.columns * self.rows, Vec::new);
        self.added.clear();
        taken.iter().for_each(|rect| self.enter(rect));
    }

    /// The cells into which a box reaches; what lies outside the picture counts to the cells at its edge.
    fn cells_of(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let cell = |value: f32, count: usize| ((value / Self::CELL_POINTS).max(0.0) as usize).min(count - 1);
        let columns = cell(rect.min[0], self.columns)..=cell(rect.max[0], self.columns);
        let (rows, width) = (cell(rect.min[1], self.rows)..=cell(rect.max[1], self.rows), self.columns);
        rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }

    fn enter(&mut self, rect: &Rect) {
        for cell in self.cells_of(rect) {
            self.cells[cell].push(*rect);
        }
    }

    /// Takes a box.
    pub(super) fn take(&mut self, rect: Rect) {
        self.enter(&rect);
        self.added.push(rect);
    }

    /// Whether nothing that is taken lies in the way.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        self.cells_of(rect).all(|cell| self.cells[cell].iter().all(|other| !other.overlaps(rect)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_knows_what_is_taken_wherever_it_lies() {
        let mut crowd = Crowd::default();
        let wide = Rect::new(-30.0, 100.0, 900.0, 10.0);
        crowd.reset([800.0, 600.0], &[wide, Rect::new(790.0, 590.0, 50.0, 50.0)]);
        assert!(!crowd.is_free(&Rect::new(400.0, 95.0, 10.0, 10.0)));
        assert!(!crowd.is_free(&Rect::new(-20.0, 105.0, 5.0, 3.0)), "outside the picture");
        assert!(!crowd.is_free(&Rect::new(795.0, 595.0, 3.0, 3.0)));
        assert!(crowd.is_free(&Rect::new(400.0, 111.0, 10.0, 10.0)));
        crowd.take(Rect::new(400.0, 111.0, 10.0, 10.0));
        assert!(!crowd.is_free(&Rect::new(405.0, 115.0, 90.0, 90.0)));
        assert_eq!(crowd.added.len(), 1);
        crowd.reset([800.0, 600.0], &[]);
        assert!(crowd.is_free(&wide) && crowd.added.is_empty());
    }
}
