//! Video, packed by the `ffmpeg` of the machine if it has one: it gets plain pixels through a pipe and writes the file.

use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread::{self, JoinHandle},
};

use thiserror::Error;

/// The fewest pictures a second of the file: players stumble over fewer, and still pictures cost next to nothing.
const LEAST_RATE: f64 = 30.0;
/// So much of what it says of a failure is passed on, in bytes.
const LAST_WORDS: usize = 600;

/// Why there is no video.
#[derive(Debug, Error)]
pub enum VideoError {
    /// The machine has no such program.
    #[error(
        "MP4 is packed by ffmpeg, which was not found on this machine. Install it (https://ffmpeg.org), or write .gif, .png or a folder of frames"
    )]
    NoFfmpeg,
    /// It could not be started, or not be fed.
    #[error("ffmpeg could not be run: {0}")]
    Io(#[from] io::Error),
    /// It gave up.
    #[error("ffmpeg gave up: {0}")]
    Refused(String),
}

/// An `ffmpeg` at work. Dropped before [`Self::finish`], it is stopped.
#[derive(Debug)]
pub struct Video {
    child: Child,
    pixels: Option<ChildStdin>,
    words: Option<JoinHandle<String>>,
}

impl Video {
    /// Starts it on a file, which it replaces, for pictures of a size in pixels that stand for so many seconds each.
    ///
    /// # Errors
    /// [`VideoError::NoFfmpeg`], or what the system says.
    pub fn start(path: &Path, [width, height]: [u32; 2], picture_secs: f64) -> Result<Self, VideoError> {
        let size = format!("{width}x{height}");
        let each_rate = format!("1000000/{}", (picture_secs * 1e6).round().max(1.0));
        let rate = format!("{}", (1.0 / picture_secs).max(LEAST_RATE));
        let mut command = Command::new("ffmpeg");
        command.args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-f", "rawvideo", "-pixel_format", "rgba"]);
        command.args(["-video_size", &size, "-framerate", &each_rate, "-i", "pipe:0"]);
        // Even sides, and the colours of television at full sharpness, said in the file, so that land is not tinted by the player.
        let colors = "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int";
        command.args([
            "-vf",
            colors,
            "-r",
            &rate,
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-tune",
            "animation",
            "-crf",
            "14",
            "-pix_fmt",
            "yuv420p",
        ]);
        command.args(["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]);
        // The same pictures give the same file.
        command.args(["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4"]);
        command.arg(path).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VideoError::NoFfmpeg,
            _ => VideoError::Io(error),
        })?;
        let (pixels, errors) = (child.stdin.take(), child.stderr.take());
        // Read meanwhile: a full pipe would stop it.
        let words = thread::spawn(move || {
            let mut words = Vec::new();
            errors.map(|mut errors| errors.read_to_end(&mut words));
            String::from_utf8_lossy(&words).into_owned()
        });
        Ok(Self { child, pixels, words: Some(words) })
    }

    /// Gives it the next picture: red, green, blue and alpha of each pixel.
    ///
    /// # Errors
    /// [`VideoError::Refused`] with its words where it stopped reading.
    pub fn add(&mut self, rgba: &[u8]) -> Result<(), VideoError> {
        let written = self.pixels.as_mut().map_or_else(|| Err(io::ErrorKind::BrokenPipe.into()), |pixels| pixels.write_all(rgba));
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.end(),
            written => Ok(written?),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`VideoError::Refused`] with its words where it failed.
    pub fn finish(mut self) -> Result<(), VideoError> {
        self.end()
    }

    fn end(&mut self) -> Result<(), VideoError> {
        drop(self.pixels.take());
        let status = self.child.wait()?;
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        let from = words.char_indices().map(|(at, _)| at).find(|at| words.len() - at <= LAST_WORDS).unwrap_or_default();
        Err(VideoError::Refused(format!("{} ({status})", words[from..].trim())))
    }
}

impl Drop for Video {
    fn drop(&mut self) {
        if self.words.is_some() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
