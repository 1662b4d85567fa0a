//! `animate`: a map through time, as GIF, APNG, MP4 or a folder of frames.

use std::{io::IsTerminal, path::PathBuf};

use anyhow::{Context, anyhow, bail};

use super::{day_argument, render::PictureArguments};
use crate::{
    export::animation::{LONGEST_SECS, Pace, SHORTEST_SECS},
    model::Atlas,
    publish::{Moving, MovingFormat, STEP_SECS, days_shown},
    time::{Day, Stride},
};

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
        let count = Counting::to(days.len());
        let moving = Moving { shot, days, stride: self.step, scale, pace };
        let written = moving.write(format, &self.output, &|done| {
            count.show(done);
            Ok(())
        });
        written.with_context(|| format!("{}: not written", self.output.display()))
    }

    fn format(&self) -> anyhow::Result<MovingFormat> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        MovingFormat::of_ending(ending.as_deref()).with_context(|| {
            format!("-o {}: the name must end in .gif, .png or .mp4, or have no ending for a folder of frames", self.output.display())
        })
    }

    fn days(&self) -> anyhow::Result<Vec<Day>> {
        let (from, to) = (day_argument("--from", &self.from)?, day_argument("--to", &self.to)?);
        if to < from {
            bail!("--to {}: lies before --from {}", self.to, self.from);
        }
        days_shown(self.step, from, to).map_err(|too_many| {
            let advice = too_many.long_enough.map(|stride| format!("--step {stride} is short enough"));
            let advice = advice.unwrap_or_else(|| "Take a shorter time".to_owned());
            anyhow!("--step {}: {too_many} from {} to {}. {advice}", self.step, self.from, self.to)
        })
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
        if self.is_seen && done > 0 {
            let end = if done == self.total { "\n" } else { "" };
            eprint!("\rborder-atlas: picture {done} of {}{end}", self.total);
        }
    }
}
