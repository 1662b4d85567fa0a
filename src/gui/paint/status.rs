//! What the painter tells the rest of the window: how much it sent to the GPU, and whether the GPU still lives.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed},
};

use eframe::wgpu;

use crate::gui::map_view::morph::Readiness;

/// Counters and the first complaint of the GPU. Shared by the painter, its builder thread and the window; every method may be called anywhere.
#[derive(Debug, Default)]
pub struct PaintStatus {
    geometry_bytes: AtomicU64,
    style_bytes: AtomicU64,
    frames: AtomicU64,
    draw_calls: AtomicU64,
    settled: AtomicBool,
    readiness: AtomicU8,
    lost: AtomicBool,
    complaint: Mutex<Option<String>>,
}

impl PaintStatus {
    /// Bytes of geometry sent to the GPU since the start. Stays the same while only the date changes.
    pub fn geometry_bytes(&self) -> u64 {
        self.geometry_bytes.load(Relaxed)
    }

    /// Bytes of style tables sent to the GPU since the start: some kilobytes for each change of date, view or look.
    pub fn style_bytes(&self) -> u64 {
        self.style_bytes.load(Relaxed)
    }

    /// Maps painted since the start.
    pub fn frames(&self) -> u64 {
        self.frames.load(Relaxed)
    }

    /// Draw calls since the start.
    pub fn draw_calls(&self) -> u64 {
        self.draw_calls.load(Relaxed)
    }

    /// Whether every map of the last frame had the level of detail that it wanted.
    pub fn is_settled(&self) -> bool {
        self.settled.load(Relaxed)
    }

    /// How far what the last change of projection needs was in the last frame.
    pub fn readiness(&self) -> Readiness {
        [Readiness::Nothing, Readiness::Ball, Readiness::All][usize::from(self.readiness.load(Relaxed))]
    }

    pub(super) fn set_readiness(&self, readiness: Readiness) {
        self.readiness.store(readiness as u8, Relaxed);
    }

    /// True once the GPU has gone: nothing more will be painted in this window.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Relaxed)
    }

    /// What the GPU first complained of, in its own words, for a notice and for bug reports. What comes after is mostly a consequence.
    pub fn complaint(&self) -> Option<String> {
        self.complaint.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn count_geometry(&self, bytes: usize) {
        self.geometry_bytes.fetch_add(bytes as u64, Relaxed);
    }

    pub(super) fn set_settled(&self, settled: bool) {
        self.settled.store(settled, Relaxed);
    }

    pub(super) fn count_style(&self, bytes: usize) {
        self.style_bytes.fetch_add(bytes as u64, Relaxed);
    }

    pub(super) fn count_frame(&self, draw_calls: usize) {
        self.frames.fetch_add(1, Relaxed);
        self.draw_calls.fetch_add(draw_calls as u64, Relaxed);
    }

    fn complain(&self, text: String) {
        self.complaint.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(text);
    }
}

/// Makes the device report to `status` instead of ending the program, which is what wgpu does by itself. `wake` asks for a frame, in which
/// the window can tell of it.
pub(super) fn watch(device: &wgpu::Device, status: &Arc<PaintStatus>, wake: &Arc<dyn Fn() + Send + Sync>) {
    let (told, wake_on_error) = (status.clone(), wake.clone());
    device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
        told.complain(error.to_string());
        wake_on_error();
    }));
    let (told, wake) = (status.clone(), wake.clone());
    device.set_device_lost_callback(move |reason, text| {
        // Dropping the device at the end of the program is no loss.
        if reason != wgpu::DeviceLostReason::Destroyed {
            told.lost.store(true, Relaxed);
            told.complain(text);
            wake();
        }
    });
}
