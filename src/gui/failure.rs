//! What to say when the window cannot open: one sentence that names what is missing, what to install, and the way out without a window.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex},
    thread,
};

use thiserror::Error;

use super::jobs::THREAD_NAME;

/// Why there is no window.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what} {what_next} Maps can be drawn without a window: border-atlas render crimea -o crimea.png")]
pub struct WindowError {
    /// What is missing or went wrong.
    pub what: String,
    /// What to install or do.
    pub what_next: String,
    /// Whether it is a fault of the program, not something that the machine lacks: a panic.
    pub is_fault: bool,
}

/// A library that a window needs at run time, by a part of its file name, and the Debian package that holds it.
const LIBRARIES: &[(&str, &str)] = &[
    ("xkbcommon-x11", "libxkbcommon-x11-0"),
    ("xkbcommon", "libxkbcommon0"),
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi", "libxi6"),
    ("libXrender", "libxrender1"),
    ("libwayland", "libwayland-client0"),
];

impl WindowError {
    /// Reads what the window system said.
    pub fn from_text(text: &str) -> Self {
        let error = |what: &str, what_next: &str| Self { what: what.to_owned(), what_next: what_next.to_owned(), is_fault: false };
        if let Some((_, package)) = LIBRARIES.iter().find(|(part, _)| text.contains(part)) {
            return Self {
                what: format!("A library that windows need is missing ({package})."),
                what_next: format!("On Debian or Ubuntu: apt install {package}."),
                is_fault: false,
            };
        }
        let says = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
        if says(&[
            "WAYLAND_DISPLAY",
            "DISPLAY",
            "neither",
            "XOpenDisplay",
            "XNotSupported",
            "os error at",
            "NotSupported(NotSupportedError)",
            "Failed to initialize any backend",
        ]) {
            return error(
                "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY leads to one).",
                "Start the program inside a graphical session, or give it one with xvfb-run.",
            );
        }
        if says(&["CreateSurface", "NoSuitableAdapter", "No suitable", "RequestAdapter", "adapter", "RequestDevice", "EGL", "Vulkan"]) {
            return error(
                "There is no graphics driver that the map could be drawn with.",
                "On Debian or Ubuntu: apt install libegl1 libegl-mesa0 libgl1-mesa-dri (or mesa-vulkan-drivers).",
            );
        }
        Self {
            what: format!("The window could not be kept open: {}.", text.trim_end_matches('.')),
            what_next: "If this happens again, please report it with this sentence.".to_owned(),
            is_fault: false,
        }
    }
}

/// Runs the window and turns its errors and its panics into one sentence. A missing libxkbcommon-x11 panics inside the window system; what
/// panics say goes into the sentence instead of a dump.
pub fn run_guarded<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, WindowError> {
    let said: Arc<Mutex<Option<String>>> = Arc::default();
    let hook = panic::take_hook();
    let heard = said.clone();
    panic::set_hook(Box::new(move |info| {
        // A job that dies is told of in a notice; the window goes on.
        if thread::current().name() == Some(THREAD_NAME) {
            return;
        }
        let payload = info.payload();
        let text = payload.downcast_ref::<String>().cloned().or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        if let Ok(mut heard) = heard.lock() {
            heard.get_or_insert(format!("{}{place}", text.unwrap_or_default()));
        }
    }));
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(hook);
    let panicked = said.lock().ok().and_then(|mut said| said.take());
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(text)) => Err(WindowError::from_text(panicked.as_deref().unwrap_or(&text))),
        Err(_) => {
            let error = WindowError::from_text(panicked.as_deref().unwrap_or("it stopped for an unknown reason"));
            Err(WindowError { is_fault: true, ..error })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lack_names_its_package() {
        let package = |text: &str| WindowError::from_text(text).to_string();
        assert!(package("Library libxkbcommon-x11.so could not be loaded").contains("libxkbcommon-x11-0"));
        assert!(package("WGPU error: CreateSurfaceError").contains("libegl1"));
        assert!(package("WinitEventLoop(Os(neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.))").contains("xvfb-run"));
        assert!(package("something else").contains("something else"));
    }

    #[test]
    fn a_panic_becomes_a_sentence() {
        let error = run_guarded::<()>(|| panic!("libX11.so.6: cannot open")).unwrap_err();
        assert!(error.to_string().contains("libx11-6") && error.is_fault, "{error}");
        assert!(!run_guarded::<()>(|| Err("libX11".to_owned())).unwrap_err().is_fault);
        let error = run_guarded::<()>(|| {
            let job = thread::Builder::new().name(THREAD_NAME.to_owned()).spawn(|| panic!("a job")).map_err(|error| error.to_string())?;
            assert!(job.join().is_err());
            panic!("the window")
        });
        assert!(error.unwrap_err().what.contains("the window"), "a job's panic is not taken for the window's");
    }
}
