//! The program in a window of the system.

use eframe::egui;

use super::App;
use crate::gui::{perf::Script, theme::Palette};

/// The program as eframe runs it.
struct NativeApp {
    app: App,
}

impl eframe::App for NativeApp {
    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        Palette::new(self.app.session.look.theme).surface.to_normalized_gamma_f32()
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
    app.script = script;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Border Atlas")
        .with_app_id("border-atlas")
        .with_inner_size([1600.0, 900.0])
        .with_min_inner_size([800.0, 560.0]);
    // Nothing in the window is a gradient: dithering would cost time in every pixel and show nothing.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Wgpu, dithering: false, ..Default::default() };
    let create = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        app.attach(&creation.egui_ctx, creation.wgpu_render_state.as_ref());
        let ctx = creation.egui_ctx.clone();
        app.derived.work_beside_frames(&app.library, move || ctx.request_repaint());
        Ok(Box::new(NativeApp { app }))
    };
    eframe::run_native("Border Atlas", options, Box::new(create))?;
    Ok(report.lock().ok().and_then(|mut report| report.take()))
}
