//! A map through time, as GIF, APNG, MP4 or a folder of frames.

use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    sync::Arc,
};

use thiserror::Error;

use super::{EVENT_DAYS, PublishError, Shot, Tell};
use crate::{
    export::animation::{ApngWriter, GifWriter, Pace, Picture, each_picture},
    io::{Unfinished, Video},
    scene::{Frame, Scene, SceneCache, WorldLayer, compose_with},
    time::{Day, Stride},
};

/// More pictures than these nobody looks at; what is meant is a longer step.
pub const MOST_PICTURES: usize = 3_000;
/// How long a picture stands if nothing else is said, in seconds.
pub const STEP_SECS: f64 = 0.25;

/// What a moving picture is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MovingFormat {
    /// For slides and pages.
    #[default]
    Gif,
    /// The same in all colours.
    Apng,
    /// Video, packed by the machine's `ffmpeg`.
    Mp4,
    /// Numbered pictures in a folder.
    Frames,
}

impl MovingFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Gif, Self::Apng, Self::Mp4, Self::Frames];

    /// The ending of its files; `None` for a folder.
    pub const fn ending(self) -> Option<&'static str> {
        match self {
            Self::Gif => Some("gif"),
            Self::Apng => Some("png"),
            Self::Mp4 => Some("mp4"),
            Self::Frames => None,
        }
    }

    /// The format of files with this ending, in small letters; no ending is a folder of frames. `None` for any other.
    pub fn of_ending(ending: Option<&str>) -> Option<Self> {
        if ending == Some("apng") { Some(Self::Apng) } else { Self::ALL.into_iter().find(|format| format.ending() == ending) }
    }
}

/// There would be more pictures than [`MOST_PICTURES`].
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("more than {MOST_PICTURES} pictures")]
pub struct TooManyPictures {
    /// A step that is long enough; `None` where none of those offered is.
    pub long_enough: Option<Stride>,
}

/// The days of the pictures from a day to another, which are both shown. Empty where the last lies before the first.
///
/// # Errors
/// [`TooManyPictures`], with a step that is long enough.
pub fn days_shown(stride: Stride, from: Day, to: Day) -> Result<Vec<Day>, TooManyPictures> {
    let few = |stride: Stride| {
        let days: Vec<Day> = stride.days(from, to).take(MOST_PICTURES + 1).collect();
        (days.len() <= MOST_PICTURES).then_some(days)
    };
    few(stride).ok_or_else(|| TooManyPictures { long_enough: Stride::OFFERED.into_iter().find(|stride| few(*stride).is_some()) })
}

/// All that the pictures are made of.
pub struct Moving<'a> {
    /// What they show.
    pub shot: Shot<'a>,
    /// Their days, rising.
    pub days: Vec<Day>,
    /// How far it is from one to the next.
    pub stride: Stride,
    /// How many pixels a point has.
    pub scale: f64,
    /// How fast they are shown.
    pub pace: Pace,
}

impl Moving<'_> {
    /// Draws and writes all of it, or leaves nothing behind. `tell` hears after each picture how many are done.
    ///
    /// # Errors
    /// Why it could not be made or written, or that it was called off.
    pub fn write(&self, format: MovingFormat, output: &Path, tell: Tell) -> Result<(), PublishError> {
        match format {
            MovingFormat::Gif => self.gif(output, tell),
            MovingFormat::Apng => self.apng(output, tell),
            MovingFormat::Mp4 => self.mp4(output, tell),
            MovingFormat::Frames => self.frames(output, tell),
        }
    }

    fn pixels(&self) -> [u32; 2] {
        self.shot.camera.size_points.map(|side| (side * self.scale).round() as u32)
    }

    fn gif(&self, output: &Path, tell: Tell) -> Result<(), PublishError> {
        let (unfinished, file) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut gif = GifWriter::new(BufWriter::new(file), self.pixels(), self.pace)?;
        self.each(tell, |_, picture| Ok(gif.add(picture)?))?;
        gif.finish()?.flush()?;
        Ok(unfinished.finish()?)
    }

    fn apng(&self, output: &Path, tell: Tell) -> Result<(), PublishError> {
        let (unfinished, file) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut file = BufWriter::new(file);
        let mut apng = ApngWriter::new(&mut file, self.pixels(), self.pace)?;
        self.each(tell, |_, picture| Ok(apng.add(picture)?))?;
        apng.finish()?;
        file.flush()?;
        drop(file);
        Ok(unfinished.finish()?)
    }

    fn mp4(&self, output: &Path, tell: Tell) -> Result<(), PublishError> {
        let (unfinished, _) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut video = Video::start(unfinished.path(), self.pixels(), self.pace.step_secs)?;
        let rests = (self.pace.rest_secs / self.pace.step_secs).round() as usize;
        self.each(tell, |index, picture| {
            let times = if index + 1 == self.pace.pictures { 1 + rests } else { 1 };
            Ok((0..times).try_for_each(|_| video.add(picture.rgba()))?)
        })?;
        video.finish()?;
        Ok(unfinished.finish()?)
    }

    fn frames(&self, output: &Path, tell: Tell) -> Result<(), PublishError> {
        let unfinished = Unfinished::folder(output).map_err(|error| PublishError::Folder { what: "frames", error })?.watched();
        self.each(tell, |index, picture| Ok(fs::write(unfinished.path().join(format!("frame-{:04}.png", index + 1)), picture.png()?)?))?;
        Ok(unfinished.finish()?)
    }

    /// Gives every picture with its position to `take`, and tells how far it is.
    fn each(&self, tell: Tell, mut take: impl FnMut(usize, Picture) -> Result<(), PublishError>) -> Result<(), PublishError> {
        let mut done = 0;
        tell(done)?;
        each_picture(self.shot.atlas, self.scenes(), self.scale, |picture| {
            take(done, picture)?;
            done += 1;
            Ok(tell(done)?)
        })
    }

    /// The scenes, each made with what the one before left behind, so that names and callouts keep their places; those of one era share their land.
    fn scenes(&self) -> impl Iterator<Item = Scene> + Send {
        // For how many days events are shown after they happened: at least from one picture to the next.
        let shown_days = EVENT_DAYS.max(self.stride.about_days());
        let mut cache = SceneCache::default();
        let mut last: Option<Arc<WorldLayer>> = None;
        self.days.iter().map(move |day| {
            let scene = self.shot.show(*day, day.plus_days(-shown_days), Frame::Print, |input| {
                let world = WorldLayer::new(input.atlas, input.state, input.look);
                let same = last.take().filter(|last| **last == world);
                compose_with(input, &mut cache, Some(same.unwrap_or_else(|| world.into())))
            });
            last = Some(scene.world.clone());
            scene
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_say_what_is_written() {
        for format in MovingFormat::ALL {
            assert_eq!(MovingFormat::of_ending(format.ending()), Some(format));
        }
        assert_eq!((MovingFormat::of_ending(Some("apng")), MovingFormat::of_ending(Some("avi"))), (Some(MovingFormat::Apng), None));
    }

    #[test]
    fn too_many_pictures_are_refused_with_a_longer_step() {
        let (from, to) = (Day::new(0), Day::new(0).plus_years(10));
        assert_eq!(days_shown("1y".parse().unwrap(), from, to).unwrap().len(), 11);
        let refused = days_shown("1d".parse().unwrap(), from, to).unwrap_err();
        assert_eq!(refused.long_enough, Some(Stride::OFFERED[0]));
        assert!(days_shown("1d".parse().unwrap(), to, from).unwrap().is_empty());
    }
}
