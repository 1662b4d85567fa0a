//! The scripted run that measures: start, idle, pan, zoom, scrub, scrub of two dates at once, the keys of a lecture. It drives the same session and the same frames as a person does.

use std::time::{Duration, Instant};

use eframe::egui;
use serde_json::{Value, json};

use super::{actions::Action, comparing::CompareStep, presenting::PresentStep, session::Session};
use crate::{geometry::Camera, io::process, time::Day};

/// How long the window is left alone.
const IDLE_SECS: f64 = 10.0;
/// Frames before idleness counts: fonts, levels of detail and panels settle.
const SETTLING_SECS: f64 = 3.0;
/// Frames of each moving phase.
const FRAMES: usize = 150;
/// How many keys bring the next picture of the lecture, after the one that begins it.
const KEYS: usize = 15;
/// From one key of the lecture to the next.
const PAUSE_SECS: f64 = 0.8;

/// The phases in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Start,
    Settle,
    Idle,
    Pan,
    Zoom,
    /// Back where it began, until that is drawn in full: what a scrub costs must not hold what going back costs.
    Home,
    Scrub,
    /// The same with the date before it beside it.
    Compare,
    /// Keys of a lecture, each once the picture stands still.
    Lecture,
    Done,
}

/// What one phase measured, a number a frame.
#[derive(Clone, Debug, Default)]
struct Samples {
    /// Our side: from the frame's beginning to the end of what we draw, in milliseconds of processor time.
    cpu_ms: Vec<f64>,
    /// Everything on the window's thread, the driver included, in milliseconds of processor time.
    thread_ms: Vec<f64>,
    /// Of a lecture: from the key to the frame after the last new picture, names that are worked out beside the frames included, in milliseconds.
    settled_ms: Vec<f64>,
    /// From frame to frame, of a lecture from the key to the frame after the one that shows its picture, in milliseconds.
    wall_ms: Vec<f64>,
}

/// Measures our side of a frame: processor time of the window's thread where the system tells it, else time by the clock.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    began: Instant,
    cpu_secs: Option<f64>,
}

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self { began: Instant::now(), cpu_secs: process::thread_cpu_secs() }
    }

    /// Milliseconds since the start.
    pub fn cpu_ms(self) -> f64 {
        let on_processor = process::thread_cpu_secs().zip(self.cpu_secs).map(|(now, then)| now - then);
        on_processor.unwrap_or_else(|| self.began.elapsed().as_secs_f64()) * 1e3
    }
}

/// What the script needs to know of a frame.
pub struct FrameFacts {
    /// How long our side took, in milliseconds.
    pub cpu_ms: f64,
    /// Whether the map has been painted.
    pub map_painted: bool,
    /// Bytes of geometry sent to the GPU since the start.
    pub geometry_bytes: u64,
    /// Where the frame's picture stands in memory: another one is another picture.
    pub picture: usize,
}

/// A key of the lecture whose picture is not on the screen yet.
struct Pressed {
    at: Instant,
    thread_secs: f64,
    /// What our side of the frame with its picture took; `None` before that frame.
    cpu_ms: Option<f64>,
    /// How long it and the frame after it took, the driver included, and when that frame was over; `None` before.
    shown: Option<(f64, Instant)>,
    /// The last picture, and whether a frame has followed it: then it is on the screen.
    picture: (usize, bool),
    /// When the frame after the last new picture was over.
    settled: Instant,
}

/// How the script goes on after a frame.
#[derive(Default)]
pub struct Next {
    /// What it asks for.
    pub asked: Vec<Action>,
    /// What was measured, when it is over.
    pub report: Option<String>,
}

/// The script and its measurements.
pub struct Script {
    started: Instant,
    phase: Phase,
    phase_began: Instant,
    frame: usize,
    last_frame: Instant,
    last_thread_secs: f64,
    first_map_frame_ms: f64,
    idle_frames: usize,
    scrub_bytes: u64,
    bytes_before: u64,
    scrub_peak_bytes: Option<u64>,
    home: Option<Camera>,
    /// Whether the next frame brings a key of the lecture.
    key_due: bool,
    keys: usize,
    pressed: Option<Pressed>,
    samples: [(Phase, Samples); 5],
}

impl Script {
    /// A script that counts from when the process started.
    pub fn new(started: Instant) -> Self {
        let now = Instant::now();
        Self {
            started,
            phase: Phase::Start,
            phase_began: now,
            frame: 0,
            last_frame: now,
            last_thread_secs: 0.0,
            first_map_frame_ms: 0.0,
            idle_frames: 0,
            scrub_bytes: 0,
            bytes_before: 0,
            scrub_peak_bytes: None,
            home: None,
            key_due: false,
            keys: 0,
            pressed: None,
            samples: [Phase::Pan, Phase::Zoom, Phase::Scrub, Phase::Compare, Phase::Lecture].map(|phase| (phase, Samples::default())),
        }
    }

    /// Goes on after a frame: measures it, moves the session, asks for the next.
    pub fn step(&mut self, session: &mut Session, facts: &FrameFacts, ctx: &egui::Context) -> Next {
        let (now, thread_secs) = (Instant::now(), process::thread_cpu_secs().unwrap_or_default());
        if let Some((_, samples)) = self.samples.iter_mut().find(|(phase, _)| *phase == self.phase)
            && self.frame > 1
            && self.phase != Phase::Lecture
        {
            samples.cpu_ms.push(facts.cpu_ms);
            samples.thread_ms.push((thread_secs - self.last_thread_secs) * 1e3);
            samples.wall_ms.push(now.duration_since(self.last_frame).as_secs_f64() * 1e3);
        }
        (self.last_frame, self.last_thread_secs) = (now, thread_secs);
        self.frame += 1;
        let mut next = Next::default();
        match self.phase {
            Phase::Start if facts.map_painted => {
                self.first_map_frame_ms = self.started.elapsed().as_secs_f64() * 1e3;
                self.enter(Phase::Settle);
                ctx.request_repaint_after(Duration::from_secs_f64(SETTLING_SECS));
            }
            Phase::Start => ctx.request_repaint(),
            Phase::Settle => self.wait(SETTLING_SECS, Phase::Idle, IDLE_SECS, ctx),
            Phase::Home => {
                session.camera = self.home.unwrap_or(session.camera);
                self.wait(SETTLING_SECS, Phase::Scrub, 0.0, ctx);
            }
            Phase::Idle => {
                self.idle_frames = self.frame - 1;
                self.wait(IDLE_SECS, Phase::Pan, 0.0, ctx);
            }
            Phase::Pan | Phase::Zoom | Phase::Scrub | Phase::Compare => next.asked = self.moving(session, facts, ctx),
            Phase::Lecture => next.asked = self.lecturing(facts, ctx),
            Phase::Done => next.report = Some(self.report()),
        }
        next
    }

    fn enter(&mut self, phase: Phase) {
        (self.phase, self.phase_began, self.frame) = (phase, Instant::now(), 0);
    }

    /// Lets time pass without asking for frames; those that come all the same are counted.
    fn wait(&mut self, secs: f64, next: Phase, next_secs: f64, ctx: &egui::Context) {
        let left = secs - self.phase_began.elapsed().as_secs_f64();
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else {
            self.enter(next);
            ctx.request_repaint_after(Duration::from_secs_f64(next_secs));
        }
    }

    fn moving(&mut self, session: &mut Session, facts: &FrameFacts, ctx: &egui::Context) -> Vec<Action> {
        let home = *self.home.get_or_insert(session.camera);
        let share = self.frame as f64 / FRAMES as f64;
        match self.phase {
            Phase::Pan => {
                session.camera = home
                    .zoomed_at([home.size_points[0] / 2.0, home.size_points[1] / 2.0], 3.0)
                    .panned(600.0 * (share * 6.0).sin(), 200.0 * (share * 9.0).cos())
            }
            Phase::Zoom => {
                session.camera = home.zoomed_at([home.size_points[0] * 0.6, home.size_points[1] * 0.35], 1.0 + 60.0 * share * share)
            }
            _ => {
                session.camera = home;
                let (first, last) = session.clock.range;
                let days = (last.get() - first.get()) as f64 * share;
                session.clock.go_to(Day::new(first.get() + days as i64));
            }
        }
        if self.phase == Phase::Scrub && self.frame == 1 {
            self.bytes_before = facts.geometry_bytes;
        }
        ctx.request_repaint();
        if self.frame < FRAMES {
            return Vec::new();
        }
        let (next, asked) = match self.phase {
            Phase::Pan => (Phase::Zoom, Vec::new()),
            Phase::Zoom => (Phase::Home, Vec::new()),
            Phase::Scrub => {
                self.scrub_peak_bytes = process::peak_memory_bytes();
                self.scrub_bytes = facts.geometry_bytes.saturating_sub(self.bytes_before);
                (Phase::Compare, vec![Action::Compare(CompareStep::Keep)])
            }
            _ => {
                // A picture that glides is not there at once.
                session.reduced_motion = true;
                (Phase::Lecture, vec![Action::Compare(CompareStep::End), Action::OpenDocument(Some(0))])
            }
        };
        self.enter(next);
        asked
    }

    fn lecturing(&mut self, facts: &FrameFacts, ctx: &egui::Context) -> Vec<Action> {
        let (now, thread_secs) = (self.last_frame, self.last_thread_secs);
        if let Some(pressed) = &mut self.pressed {
            if pressed.cpu_ms.is_some() && pressed.shown.is_none() {
                pressed.shown = Some(((thread_secs - pressed.thread_secs) * 1e3, now));
            }
            pressed.cpu_ms.get_or_insert(facts.cpu_ms);
            if pressed.picture.0 != facts.picture {
                pressed.picture = (facts.picture, false);
                ctx.request_repaint();
                return Vec::new();
            }
            if !std::mem::replace(&mut pressed.picture.1, true) {
                pressed.settled = now;
            }
        }
        let left = PAUSE_SECS - self.phase_began.elapsed().as_secs_f64();
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
            return Vec::new();
        }
        self.note_key();
        ctx.request_repaint();
        if self.keys > KEYS {
            self.enter(Phase::Done);
            return vec![Action::Present(PresentStep::End)];
        }
        self.key_due = true;
        Vec::new()
    }

    /// The key that comes with a frame, at its start.
    pub fn key(&mut self) -> Option<Action> {
        if !std::mem::take(&mut self.key_due) {
            return None;
        }
        let now = Instant::now();
        let step = if self.keys == 0 { PresentStep::Begin { from_start: true } } else { PresentStep::Next };
        self.keys += 1;
        self.pressed = Some(Pressed {
            at: now,
            thread_secs: process::thread_cpu_secs().unwrap_or_default(),
            cpu_ms: None,
            shown: None,
            picture: (0, false),
            settled: now,
        });
        self.phase_began = now;
        Some(Action::Present(step))
    }

    /// Takes down what the last key cost; not the one that begins the lecture, which also puts the panels away.
    fn note_key(&mut self) {
        let Some(Pressed { at, cpu_ms: Some(cpu_ms), shown: Some((thread_ms, shown)), settled, .. }) = self.pressed.take() else { return };
        if let Some((_, samples)) = self.samples.iter_mut().find(|(phase, _)| *phase == Phase::Lecture)
            && self.keys > 1
        {
            samples.cpu_ms.push(cpu_ms);
            samples.thread_ms.push(thread_ms);
            samples.wall_ms.push(shown.duration_since(at).as_secs_f64() * 1e3);
            samples.settled_ms.push(settled.duration_since(at).as_secs_f64() * 1e3);
        }
    }

    fn report(&self) -> String {
        let phases: serde_json::Map<String, Value> =
            self.samples.iter().map(|(phase, samples)| (format!("{phase:?}").to_lowercase(), samples.json())).collect();
        let report = json!({
            "first_map_frame_ms": rounded(self.first_map_frame_ms),
            "idle_secs": IDLE_SECS,
            "idle_frames": self.idle_frames,
            "phases": phases,
            "scrub_geometry_bytes": self.scrub_bytes,
            "peak_memory_bytes": self.scrub_peak_bytes,
            "peak_memory_with_lecture_bytes": process::peak_memory_bytes(),
        });
        format!("{report:#}")
    }
}

impl Samples {
    fn json(&self) -> Value {
        let both = |samples: &[f64]| json!({"median": rounded(quantile(samples, 0.5)), "p99": rounded(quantile(samples, 0.99))});
        let mut json = json!({"frames": self.cpu_ms.len(), "cpu_ms": both(&self.cpu_ms), "window_thread_ms": both(&self.thread_ms), "wall_ms": both(&self.wall_ms)});
        if !self.settled_ms.is_empty() {
            json["settled_ms"] = both(&self.settled_ms);
        }
        json
    }
}

/// The value below which a share of the samples lies (nearest rank); 0 for none.
fn quantile(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or_default()
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let samples: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!((quantile(&samples, 0.5), quantile(&samples, 0.99), quantile(&[], 0.5)), (50.0, 99.0, 0.0));
    }
}
