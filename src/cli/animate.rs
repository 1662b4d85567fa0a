//! `animate`: a map through time, as GIF, APNG, MP4 or a folder of frames.

use std::{
    fs,
    io::{BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::{
    day_argument,
    render::{EVENT_DAYS, PictureArguments, Shot},
};
use crate::{
    export::{
        PngError,
        animation::{ApngWriter, GifWriter, LONGEST_SECS, Pace, Picture, SHORTEST_SECS, each_picture},
    },
    io::{Unfinished, Video, VideoError},
    model::Atlas,
    scene::{Frame, Scene, SceneCache, WorldLayer, compose_with},
    time::{Day, Stride},
};

/// More pictures than these nobody looks at; what is meant is a longer step.
const MOST_PICTURES: usize = 3_000;
/// How long a picture stands if nothing else is said, in seconds.
const STEP_SECS: f64 = 0.25;

/// Draws a map through time: the pictures that `render` would draw, one after the other.
#[derive(clap::Args, Clone, Debug)]
pub struct AnimateArguments {
    /// What it shows.
    #[command(flatten)]
    picture: PictureArguments,
    /// The point of view: de-facto, un, or a party's id (ukr). Without one that of the case, else de-facto.
    #[arg(long)]
    view: Option<String>,
    /// The first date.
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last date; it is always shown.
    #[arg(long, value_name = "DATE")]
    to: String,
    /// How far it is from one picture to the next: 7d, 1w, 1m, 1y.
    #[arg(long, default_value = "1m")]
    step: Stride,
    /// How long each picture stands, in seconds; without one 0.25.
    #[arg(long, value_name = "SECONDS", conflicts_with = "fps")]
    seconds_per_step: Option<f64>,
    /// How many pictures are shown in a second.
    #[arg(long, value_name = "NUMBER")]
    fps: Option<f64>,
    /// How much longer the last picture stands, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0)]
    rest: f64,
    /// How often a GIF or APNG is shown; 0 for without end.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    loops: u16,
    /// What to write: .gif, .png (animated), .mp4 (needs ffmpeg), or a folder for numbered frames.
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Gif,
    Apng,
    Mp4,
    Frames,
}

impl AnimateArguments {
    /// Draws and writes; nothing is left behind where it fails or is stopped.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let format = self.format()?;
        let days = self.days()?;
        let pace = self.pace(days.len())?;
        let (size_points, scale) = self.picture.size()?;
        let project = self.picture.project(atlas)?;
        let shot = self.picture.shot(atlas, project.as_ref(), self.view.as_deref(), size_points)?;
        let shown_days = EVENT_DAYS.max(self.step.about_days());
        let row = Row { atlas, shot, days, shown_days, scale, pixels: size_points.map(|side| (side * scale).round() as u32), pace };
        let written = match format {
            Format::Gif => row.gif(&self.output),
            Format::Apng => row.apng(&self.output),
            Format::Mp4 => row.mp4(&self.output),
            Format::Frames => row.frames(&self.output),
        };
        written.with_context(|| format!("{}: not written", self.output.display()))
    }

    fn format(&self) -> anyhow::Result<Format> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("gif") => Ok(Format::Gif),
            Some("png" | "apng") => Ok(Format::Apng),
            Some("mp4") => Ok(Format::Mp4),
            None => Ok(Format::Frames),
            Some(_) => {
                bail!("-o {}: the name must end in .gif, .png or .mp4, or have no ending for a folder of frames", self.output.display())
            }
        }
    }

    fn days(&self) -> anyhow::Result<Vec<Day>> {
        let (from, to) = (day_argument("--from", &self.from)?, day_argument("--to", &self.to)?);
        if to < from {
            bail!("--to {}: lies before --from {}", self.to, self.from);
        }
        let days: Vec<Day> = self.step.days(from, to).take(MOST_PICTURES + 1).collect();
        if days.len() > MOST_PICTURES {
            let fits = |stride: &&Stride| stride.days(from, to).take(MOST_PICTURES + 1).count() <= MOST_PICTURES;
            let longer = Stride::OFFERED.iter().find(fits);
            let advice = longer.map_or_else(|| "Take a shorter time".to_owned(), |stride| format!("--step {stride} is short enough"));
            bail!("--step {}: more than {MOST_PICTURES} pictures from {} to {}. {advice}", self.step, self.from, self.to);
        }
        Ok(days)
    }

    fn pace(&self, pictures: usize) -> anyhow::Result<Pace> {
        let step_secs = match (self.seconds_per_step, self.fps) {
            (Some(secs), _) => secs,
            (None, Some(fps)) => 1.0 / fps,
            (None, None) => STEP_SECS,
        };
        if !(SHORTEST_SECS..=LONGEST_SECS).contains(&step_secs) {
            let most = 1.0 / SHORTEST_SECS;
            bail!(
                "--seconds-per-step, --fps: a picture must stand {SHORTEST_SECS} to {LONGEST_SECS} seconds, which is at most {most} in a second"
            );
        }
        if !(0.0..=LONGEST_SECS).contains(&self.rest) {
            bail!("--rest {}: write 0 to {LONGEST_SECS} seconds", self.rest);
        }
        Ok(Pace { pictures, step_secs, rest_secs: self.rest, loops: self.loops })
    }
}

/// All that the pictures are made of.
struct Row<'a> {
    atlas: &'a Atlas,
    shot: Shot<'a>,
    days: Vec<Day>,
    /// For how many days events are shown after they happened: at least from one picture to the next.
    shown_days: i64,
    scale: f64,
    pixels: [u32; 2],
    pace: Pace,
}

impl Row<'_> {
    fn gif(&self, output: &Path) -> anyhow::Result<()> {
        let (unfinished, file) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut gif = GifWriter::new(BufWriter::new(file), self.pixels, self.pace)?;
        self.each(|_, picture| gif.add(picture))?;
        gif.finish()?.flush()?;
        Ok(unfinished.finish()?)
    }

    fn apng(&self, output: &Path) -> anyhow::Result<()> {
        let (unfinished, file) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut file = BufWriter::new(file);
        let mut apng = ApngWriter::new(&mut file, self.pixels, self.pace)?;
        self.each(|_, picture| apng.add(picture))?;
        apng.finish()?;
        file.flush()?;
        drop(file);
        Ok(unfinished.finish()?)
    }

    fn mp4(&self, output: &Path) -> anyhow::Result<()> {
        let (unfinished, _) = Unfinished::file(output)?;
        let unfinished = unfinished.watched();
        let mut video = Video::start(unfinished.path(), self.pixels, self.pace.step_secs)?;
        let rests = (self.pace.rest_secs / self.pace.step_secs).round() as usize;
        self.each(|index, picture| {
            let times = if index + 1 == self.pace.pictures { 1 + rests } else { 1 };
            (0..times).try_for_each(|_| video.add(picture.rgba()))?;
            Ok::<_, FrameError>(())
        })?;
        video.finish()?;
        Ok(unfinished.finish()?)
    }

    fn frames(&self, output: &Path) -> anyhow::Result<()> {
        let unfinished = Unfinished::folder(output)
            .with_context(|| "frames go into a new or empty folder, so that they never mix with others. Give another name, or empty it")?
            .watched();
        self.each(|index, picture| {
            let png = picture.png()?;
            fs::write(unfinished.path().join(format!("frame-{:04}.png", index + 1)), png)?;
            Ok::<_, FrameError>(())
        })?;
        Ok(unfinished.finish()?)
    }

    /// Gives every picture with its position to `take`, and tells how far it is.
    fn each<E: From<PngError>>(&self, mut take: impl FnMut(usize, Picture) -> Result<(), E>) -> Result<(), E> {
        let mut index = 0;
        let count = Counting::to(self.days.len());
        each_picture(self.atlas, self.scenes(), self.scale, |picture| {
            take(index, picture)?;
            index += 1;
            count.show(index);
            Ok(())
        })
    }

    /// The scenes, each made with what the one before left behind, so that names and callouts keep their places; those of one era share their land.
    fn scenes(&self) -> impl Iterator<Item = Scene> + Send {
        let mut cache = SceneCache::default();
        let mut last: Option<std::sync::Arc<WorldLayer>> = None;
        self.days.iter().map(move |day| {
            let scene = self.shot.show(*day, day.plus_days(-self.shown_days), Frame::Print, |input| {
                let world = WorldLayer::new(input.atlas, input.state, input.look);
                let same = last.take().filter(|last| **last == world);
                compose_with(input, &mut cache, Some(same.unwrap_or_else(|| world.into())))
            });
            last = Some(scene.world.clone());
            scene
        })
    }
}

/// Why a picture could not be handed on.
#[derive(Debug, thiserror::Error)]
enum FrameError {
    #[error(transparent)]
    Picture(#[from] PngError),
    #[error(transparent)]
    Video(#[from] VideoError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Tells on the standard error stream how many are done, where a person sits before it.
struct Counting {
    total: usize,
    is_seen: bool,
}

impl Counting {
    fn to(total: usize) -> Self {
        Self { total, is_seen: std::io::stderr().is_terminal() }
    }

    fn show(&self, done: usize) {
        if self.is_seen {
            let end = if done == self.total { "\n" } else { "" };
            eprint!("\rborder-atlas: picture {done} of {}{end}", self.total);
        }
    }
}
