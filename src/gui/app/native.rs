//! The program in a window of the system.

use eframe::egui;

use super::App;
use crate::{
    gui::{perf::Script, presenting::screens::Screen, system::System, theme::Palette},
    io::settings::WindowPlace,
};

/// The smallest window, in points of the screen.
const MIN_SIZE: [f32; 2] = [800.0, 560.0];
/// No screen is larger.
const MAX_SIDE: f32 = 16_000.0;

/// The program as eframe runs it.
struct NativeApp {
    app: App,
}

impl eframe::App for NativeApp {
    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        Palette::new(self.app.session.look.theme).surface.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self) {
        self.app.close();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.frame_ui(ui);
    }
}

/// Opens the window and stays until it is closed; gives the script's report, if there was a script and it came to its end.
///
/// # Errors
/// What the window system or the GPU says.
pub fn run_native(mut app: App, script: Option<Script>) -> Result<Option<String>, eframe::Error> {
    let report = app.report.clone();
    // What is measured is the map, not the card over it.
    app.session.welcome &= script.is_none();
    app.script = script;
    let viewport = viewport(app.window);
    // Nothing in the window is a gradient: dithering would cost time in every pixel and show nothing.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Wgpu, dithering: false, ..Default::default() };
    let create = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        let window = creation.winit_window().map(std::sync::Arc::downgrade);
        let screens = move || {
            let window = window.as_ref().and_then(std::sync::Weak::upgrade)?;
            let here = window.current_monitor();
            let screen = |monitor| Screen {
                has_window: here.as_ref() == Some(&monitor),
                size_px: monitor.size().into(),
                name: monitor.name().unwrap_or_default(),
            };
            // Some systems tell of each twice.
            let mut monitors: Vec<_> = window.available_monitors().collect();
            monitors.sort();
            monitors.dedup();
            Some(monitors.into_iter().map(screen).collect())
        };
        app.set_system(System::real(rfd::FileDialog::new().set_parent(creation), move || screens().unwrap_or_default()));
        app.attach(&creation.egui_ctx, creation.wgpu_render_state.as_ref());
        let ctx = creation.egui_ctx.clone();
        app.derived.work_beside_frames(&app.library, move || ctx.request_repaint());
        Ok(Box::new(NativeApp { app }))
    };
    eframe::run_native("Border Atlas", options, Box::new(create))?;
    Ok(report.lock().ok().and_then(|mut report| report.take()))
}

/// The window as it was left, else in its first size.
fn viewport(place: Option<WindowPlace>) -> egui::ViewportBuilder {
    let fits = |size: &[f32; 2]| size.iter().all(|side| (MIN_SIZE[1]..=MAX_SIDE).contains(side));
    let place = place.filter(|place| fits(&place.size));
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Border Atlas")
        .with_app_id("border-atlas")
        .with_inner_size(place.map_or([1600.0, 900.0], |place| place.size))
        .with_min_inner_size(MIN_SIZE)
        .with_maximized(place.is_some_and(|place| place.maximized));
    // Windows that are put away stand far off the screen on some systems.
    if let Some(corner) = place.and_then(|place| place.corner).filter(|corner| corner.iter().all(|at| at.abs() < MAX_SIDE)) {
        viewport = viewport.with_position(corner);
    }
    viewport
}
