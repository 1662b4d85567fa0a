//! Pictures packed as an animated PNG: all colours as they are, of each picture only the box that changed, and in it nothing where a pixel stayed.

use std::io::Write;

use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder, SrgbRenderingIntent, Writer};

use super::{AnimationError, Pace, changed::PixelBox, pictures::Picture};

/// Writes pictures as they come. The pictures must have one size, and there must be as many of them as [`Pace::pictures`] says.
pub struct ApngWriter<W: Write> {
    writer: Writer<W>,
    pace: Pace,
    last: Option<Picture>,
    written: usize,
}

impl<W: Write> ApngWriter<W> {
    /// Begins a file for pictures of a size in pixels.
    ///
    /// # Errors
    /// What the writer says, or that there is to be no picture at all.
    pub fn new(writer: W, [width, height]: [u32; 2], pace: Pace) -> Result<Self, AnimationError> {
        let mut encoder = Encoder::new(writer, width, height);
        encoder.set_color(ColorType::Rgba);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
        encoder.set_animated(pace.pictures.try_into().unwrap_or(u32::MAX), pace.loops.into())?;
        encoder.set_dispose_op(DisposeOp::None)?;
        encoder.set_blend_op(BlendOp::Source)?;
        encoder.set_frame_delay(pace.hundredths(0), 100)?;
        Ok(Self { writer: encoder.write_header()?, pace, last: None, written: 0 })
    }

    /// The next picture.
    ///
    /// # Errors
    /// What the writer says.
    pub fn add(&mut self, picture: Picture) -> Result<(), AnimationError> {
        match &self.last {
            None => self.writer.write_image_data(picture.rgba())?,
            Some(last) => {
                let (part, pixels) = changed_pixels(&picture, last.rgba());
                // Back to the corner first: position and size together must never reach beyond the picture.
                self.writer.reset_frame_position()?;
                self.writer.set_frame_dimension(part.width, part.height)?;
                self.writer.set_frame_position(part.left, part.top)?;
                self.writer.set_blend_op(BlendOp::Over)?;
                self.writer.set_frame_delay(self.pace.hundredths(self.written), 100)?;
                self.writer.write_image_data(&pixels)?;
            }
        }
        self.last = Some(picture);
        self.written += 1;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the writer says, or that pictures are missing.
    pub fn finish(self) -> Result<(), AnimationError> {
        Ok(self.writer.finish()?)
    }
}

/// The box that changed, four bytes a pixel: all zero where a pixel stayed.
fn changed_pixels(picture: &Picture, before: &[u8]) -> (PixelBox, Vec<u8>) {
    let (size, after) = (picture.size(), picture.rgba());
    let part = PixelBox::changed(size, before, after);
    let mut pixels = vec![0; part.width as usize * part.height as usize * 4];
    let rows = part.rows(before, size[0]).zip(part.rows(after, size[0]));
    for (written, (before, after)) in pixels.chunks_exact_mut(part.width as usize * 4).zip(rows) {
        let each = written.chunks_exact_mut(4).zip(before.chunks_exact(4).zip(after.chunks_exact(4)));
        each.filter(|(_, (before, after))| before != after).for_each(|(written, (_, after))| written.copy_from_slice(after));
    }
    (part, pixels)
}
