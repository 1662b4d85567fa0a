//! Pictures packed as an animated GIF: of each only the box that changed, and in it only the pixels that did, with a palette of its own.

use std::{borrow::Cow, io::Write};

use ::gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::{
    AnimationError, Pace,
    changed::PixelBox,
    palette::{Histogram, Palette},
    pictures::Picture,
};

/// Writes pictures as they come. The pictures must have one size, of at most 65,535 pixels a side.
pub struct GifWriter<W: Write> {
    encoder: Encoder<W>,
    pace: Pace,
    last: Option<Picture>,
    written: usize,
}

impl<W: Write> GifWriter<W> {
    /// Begins a file for pictures of a size in pixels.
    ///
    /// # Errors
    /// What the writer says.
    pub fn new(writer: W, size: [u32; 2], pace: Pace) -> Result<Self, AnimationError> {
        let [width, height] = size.map(u16_of);
        let mut encoder = Encoder::new(writer, width, height, &[])?;
        match pace.loops {
            // Without the extension it is shown once; with it a number says how often it is shown again.
            1 => {}
            0 => encoder.set_repeat(Repeat::Infinite)?,
            more => encoder.set_repeat(Repeat::Finite(more - 1))?,
        }
        Ok(Self { encoder, pace, last: None, written: 0 })
    }

    /// The next picture.
    ///
    /// # Errors
    /// What the writer says.
    pub fn add(&mut self, picture: Picture) -> Result<(), AnimationError> {
        let before = self.last.as_ref().map(Picture::rgba);
        let mut frame = frame(&picture, before);
        frame.delay = self.pace.hundredths(self.written);
        self.encoder.write_frame(&frame)?;
        self.last = Some(picture);
        self.written += 1;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> Result<W, AnimationError> {
        Ok(self.encoder.into_inner()?)
    }
}

fn u16_of(pixels: u32) -> u16 {
    u16::try_from(pixels).unwrap_or(u16::MAX)
}

/// What of a picture is written after the one before; all of it where there is none.
fn frame<'a>(picture: &Picture, before: Option<&[u8]>) -> Frame<'a> {
    let (size, after) = (picture.size(), picture.rgba());
    let part = before.map_or(PixelBox::whole(size), |before| PixelBox::changed(size, before, after));
    let old_rows = before.map(|before| part.rows(before, size[0]));
    // The colour of each pixel that changed, row by row; `None` where it stayed.
    let pixels = || {
        let mut old = old_rows.clone();
        part.rows(after, size[0]).flat_map(move |row| {
            let old_row = old.as_mut().and_then(Iterator::next);
            row.chunks_exact(4).enumerate().map(move |(x, pixel)| {
                let stayed = old_row.is_some_and(|old| old[x * 4..x * 4 + 4] == *pixel);
                (!stayed).then(|| u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]))
            })
        })
    };
    let mut histogram = Histogram::default();
    pixels().flatten().for_each(|color| histogram.add(color));
    let palette = Palette::new(histogram, &picture.flat);
    // The place after the last colour is for what stayed.
    let transparent = palette.len() as u8;
    let mut last = (u32::MAX, 0);
    let mut indices = Vec::with_capacity(part.width as usize * part.height as usize);
    for color in pixels() {
        indices.push(match color {
            None => transparent,
            Some(color) => {
                if color != last.0 {
                    last = (color, palette.place(color));
                }
                last.1
            }
        });
    }
    let mut bytes = palette.bytes();
    bytes.extend([0; 3]);
    Frame {
        dispose: DisposalMethod::Keep,
        transparent: before.map(|_| transparent),
        left: u16_of(part.left),
        top: u16_of(part.top),
        width: u16_of(part.width),
        height: u16_of(part.height),
        palette: Some(bytes),
        buffer: Cow::Owned(indices),
        ..Frame::default()
    }
}
