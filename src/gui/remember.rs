//! What the window remembers from one start to the next: taken from the session, brought back into it, and kept in a file beside the frames.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    exporting::choices::Choices,
    session::{Library, Panels, Session},
};
use crate::{
    export::bibliography::CitationStyle,
    geometry::Camera,
    io::{
        Settings, SettingsFile,
        settings::{LastDocument, LastPlace, MapPlace, WindowPlace},
    },
    model::View,
    time::Day,
};

/// How large everything may be drawn.
pub const UI_SCALES: [f32; 10] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0];
/// So many opened files are remembered.
const MOST_RECENTS: usize = 8;
/// Changes that follow each other faster than this are written once.
const QUIET: Duration = Duration::from_millis(800);

/// Writes what is remembered on a thread of its own, a moment after the last change.
pub struct Keeper {
    sender: Option<Sender<Settings>>,
    thread: Option<JoinHandle<()>>,
    kept: Settings,
    complaint: Arc<Mutex<Option<String>>>,
}

impl Keeper {
    /// Keeps into a file what differs from `kept`, which is what it holds now.
    pub fn new(file: SettingsFile, kept: Settings) -> Self {
        let (sender, receiver) = channel();
        let complaint = Arc::new(Mutex::new(None));
        let slot = complaint.clone();
        let thread = thread::spawn(move || write_when_quiet(&file, &receiver, &slot));
        Self { sender: Some(sender), thread: Some(thread), kept, complaint }
    }

    /// Remembers; nothing when it is what is remembered already.
    pub fn keep(&mut self, settings: Settings) {
        if settings != self.kept
            && let Some(sender) = &self.sender
        {
            self.kept = settings.clone();
            // Without the thread nothing is kept; it has said why.
            let _ = sender.send(settings);
        }
    }

    /// Why nothing could be written, once.
    pub fn complaint(&self) -> Option<String> {
        self.complaint.lock().ok().and_then(|mut slot| slot.take())
    }
}

impl Drop for Keeper {
    /// Waits until the last change is written.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to write.
            let _ = thread.join();
        }
    }
}

fn write_when_quiet(file: &SettingsFile, receiver: &Receiver<Settings>, complaint: &Mutex<Option<String>>) {
    while let Ok(mut latest) = receiver.recv() {
        while let Ok(next) = receiver.recv_timeout(QUIET) {
            latest = next;
        }
        if let (Err(error), Ok(mut slot)) = (file.write(&latest), complaint.lock()) {
            *slot = Some(error.to_string());
        }
    }
}

/// Everything but the place: look and size of the window's inside. Words that this version does not know change nothing.
pub fn restore_look(settings: &Settings, session: &mut Session, library: &Library) {
    session.look.theme = settings.theme.parse().unwrap_or(session.look.theme);
    session.ui_scale = nearest_scale(settings.ui_scale);
    session.reduced_motion = settings.reduced_motion;
    session.recents = settings.recents.iter().take(MOST_RECENTS).cloned().collect();
    if let Some(projection) = settings.projection {
        session.camera = Camera::whole_world(projection, session.camera.size_points);
    }
    session.citing.style = CitationStyle::from_id(&settings.citation_style);
    session.audience_screen.clone_from(&settings.audience_screen);
    session.export = Choices::from(&settings.export);
    restore_view(settings, session, library);
    restore_panels(settings, session);
}

/// The panels as they stood; opening a document opens one of them, so that this comes after it.
pub fn restore_panels(settings: &Settings, session: &mut Session) {
    if let Some(names) = &settings.panels {
        session.panels = Panels::from_names(names.iter().map(String::as_str));
    }
}

/// The point of view, where the atlas knows it.
pub fn restore_view(settings: &Settings, session: &mut Session, library: &Library) {
    let view = View::from_id(&settings.view);
    if library.atlas.tenure.views().contains(&view) {
        session.view = view;
    }
}

/// The day that was shown last.
pub fn restore_day(last: &LastPlace, session: &mut Session) {
    if let Ok(day) = last.day.parse::<Day>() {
        session.clock.make_room_for(day);
        session.clock.go_to(day);
    }
}

/// The camera that shows a part of the map in a window of the camera's own size; `None` for the whole world.
pub fn restored_camera(place: Option<MapPlace>, camera: &Camera) -> Camera {
    let whole = Camera::whole_world(camera.projection, camera.size_points);
    place.map_or(whole, |place| {
        Camera { center: camera.projection.project(place.middle), points_per_unit: place.points_per_unit, ..*camera }.clamped()
    })
}

/// What there is to remember.
pub fn settings_of(session: &Session, library: &Library, window: Option<WindowPlace>) -> Settings {
    Settings {
        theme: session.look.theme.id().to_owned(),
        view: session.view.id().to_owned(),
        projection: Some(session.camera.projection),
        ui_scale: session.ui_scale,
        reduced_motion: session.reduced_motion,
        panels: Some(session.panels.names().map(str::to_owned).collect()),
        citation_style: session.citing.style.map_or_else(String::new, |style| style.id().to_owned()),
        audience_screen: session.audience_screen.clone(),
        export: session.export.settings(),
        window,
        last: last_place(session, library),
        recents: session.recents.iter().filter(|path| path.to_str().is_some()).cloned().collect(),
    }
}

fn last_place(session: &Session, library: &Library) -> Option<LastPlace> {
    let camera = &session.camera;
    let document = session.document.and_then(|index| match library.documents.get(index) {
        Some(project) if index < library.built_in => Some(LastDocument::Case(project.id.as_str().to_owned())),
        _ => library.edited.get(&index).and_then(|editing| editing.path.clone()).map(LastDocument::File),
    });
    let is_whole = *camera == Camera::whole_world(camera.projection, camera.size_points);
    if document.is_none() && is_whole && session.day() == session.today {
        return None;
    }
    let middle = camera.lonlat_from_screen(camera.size_points.map(|side| side / 2.0));
    let map = middle.filter(|_| !is_whole).map(|middle| MapPlace { middle, points_per_unit: camera.points_per_unit });
    Some(LastPlace { document, day: session.day().to_string(), map })
}

/// Puts a file at the head of those opened last.
pub fn note_recent(recents: &mut Vec<PathBuf>, path: PathBuf) {
    recents.retain(|other| *other != path);
    recents.insert(0, path);
    recents.truncate(MOST_RECENTS);
}

/// The scale so many steps from this one, within the limits.
pub fn stepped_scale(scale: f32, steps: i32) -> f32 {
    let now = UI_SCALES.iter().position(|other| *other >= scale - 1e-3).unwrap_or(UI_SCALES.len() - 1) as i32;
    UI_SCALES[(now + steps).clamp(0, UI_SCALES.len() as i32 - 1) as usize]
}

/// What the panels need to stand side by side, in points.
const LEAST_ROOM_POINTS: [f32; 2] = [640.0, 460.0];

/// The largest step up to this scale for which a window has room, whose width and height are told in points of the usual size; never less than that size.
pub fn fitting_scale(scale: f32, room: [f32; 2]) -> f32 {
    let fits = |step: f32| room.iter().zip(LEAST_ROOM_POINTS).all(|(side, least)| side / step >= least);
    UI_SCALES.into_iter().rev().find(|step| *step <= scale && (*step <= 1.0 || fits(*step))).unwrap_or(scale)
}

/// The step nearest to a scale from a file; the usual size for what is no number.
fn nearest_scale(scale: f32) -> f32 {
    let distance = |step: &f32| (step - scale).abs();
    UI_SCALES.into_iter().filter(|_| scale.is_finite()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_is_never_drawn_larger_than_its_panels_have_room() {
        assert_eq!(fitting_scale(3.0, [1024.0, 748.0]), 1.5);
        assert_eq!(fitting_scale(3.0, [3840.0, 2160.0]), 3.0);
        assert_eq!((fitting_scale(3.0, [300.0, 200.0]), fitting_scale(0.75, [300.0, 200.0])), (1.0, 0.75));
        assert_eq!(fitting_scale(1.25, [1024.0, 748.0]), 1.25);
    }

    #[test]
    fn scales_step_up_and_down_within_their_limits() {
        assert_eq!(stepped_scale(1.0, 1), 1.1);
        assert_eq!(stepped_scale(1.0, -1), 0.9);
        assert_eq!((stepped_scale(3.0, 1), stepped_scale(0.75, -1)), (3.0, 0.75));
        assert_eq!((nearest_scale(1.4), nearest_scale(99.0), nearest_scale(f32::NAN)), (1.5, 3.0, 1.0));
    }

    #[test]
    fn a_file_opened_again_moves_to_the_head() {
        let mut recents = Vec::new();
        for name in ["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"] {
            note_recent(&mut recents, PathBuf::from(name));
        }
        assert_eq!(recents.len(), MOST_RECENTS);
        assert_eq!(recents[0], PathBuf::from("i"));
        assert_eq!(recents.last(), Some(&PathBuf::from("a")));
    }
}
