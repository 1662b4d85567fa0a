//! What of a picture differs from the one before.

/// A box of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelBox {
    pub(super) left: u32,
    pub(super) top: u32,
    /// At least 1.
    pub(super) width: u32,
    /// At least 1.
    pub(super) height: u32,
}

impl PixelBox {
    /// All of a picture.
    pub(super) const fn whole([width, height]: [u32; 2]) -> Self {
        Self { left: 0, top: 0, width, height }
    }

    /// The smallest box round all pixels that differ between two pictures of one size, four bytes a pixel; the first pixel alone where none does, as a moving
    /// picture must show each of its pictures.
    pub(super) fn changed([width, height]: [u32; 2], before: &[u8], after: &[u8]) -> Self {
        let bytes_a_row = width as usize * 4;
        let (mut rows, mut columns) = (None::<[usize; 2]>, [usize::MAX, 0]);
        let both = before.chunks_exact(bytes_a_row).zip(after.chunks_exact(bytes_a_row));
        for (row, (before, after)) in both.enumerate().take(height as usize).filter(|(_, (before, after))| before != after) {
            rows = Some([rows.map_or(row, |[first, _]| first), row]);
            let differs = |(before, after): (&[u8], &[u8])| before != after;
            let pixels = || before.chunks_exact(4).zip(after.chunks_exact(4));
            columns[0] = columns[0].min(pixels().position(differs).unwrap_or(usize::MAX));
            columns[1] = columns[1].max(pixels().rposition(differs).unwrap_or(0));
        }
        let Some([top, bottom]) = rows else { return Self { left: 0, top: 0, width: 1, height: 1 } };
        Self { left: columns[0] as u32, top: top as u32, width: (columns[1] - columns[0] + 1) as u32, height: (bottom - top + 1) as u32 }
    }

    /// The bytes of its part of each row of a picture so many pixels wide, four bytes a pixel.
    pub(super) fn rows<'a>(&self, picture: &'a [u8], picture_width: u32) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        let (left, width) = (self.left as usize * 4, self.width as usize * 4);
        let (top, height) = (self.top as usize, self.height as usize);
        picture.chunks_exact(picture_width as usize * 4).skip(top).take(height).map(move |row| &row[left..left + width])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_holds_what_differs_and_no_more() {
        let size = [6, 5];
        let before = vec![7_u8; 6 * 5 * 4];
        let mut after = before.clone();
        assert_eq!(PixelBox::changed(size, &before, &after), PixelBox { left: 0, top: 0, width: 1, height: 1 });
        after[(6 + 2) * 4] = 8;
        after[(3 * 6 + 4) * 4 + 2] = 8;
        let changed = PixelBox::changed(size, &before, &after);
        assert_eq!(changed, PixelBox { left: 2, top: 1, width: 3, height: 3 });
        let rows: Vec<&[u8]> = changed.rows(&after, 6).collect();
        assert_eq!((rows.len(), rows[0].len(), rows[0][0], rows[2][2 * 4 + 2]), (3, 12, 8, 8));
    }
}
