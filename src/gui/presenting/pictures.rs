//! Small pictures of scenes, made on a thread of their own from the same picture as everything else, and kept.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use egui::{ColorImage, TextureHandle, TextureOptions};

use crate::{
    export,
    model::{Atlas, Project},
    scene::{STAGE_POINTS, Staging, Theme},
};

/// The size of a picture in pixels: 16 to 9.
pub const PICTURE_PIXELS: [usize; 2] = [960, 540];

/// Which picture: the state of the document, the scene, its step, the theme.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    document: usize,
    stamp: u64,
    slide: usize,
    step: usize,
    theme: Theme,
}

/// What the thread is given.
struct Order {
    key: Key,
    project: Arc<Project>,
}

/// The way to the thread, and the way back.
type Worker = (Sender<Order>, Receiver<(Key, ColorImage)>);

/// The pictures of the scenes of one document at a time.
#[derive(Default)]
pub struct SlidePictures {
    known: HashMap<Key, Option<TextureHandle>>,
    project: Option<(usize, u64, Arc<Project>)>,
    worker: Option<Worker>,
}

impl SlidePictures {
    /// The picture of a scene; `None` while it is being made, or where the system gives no thread for it. Asks for a frame when it is there.
    pub fn get(
        &mut self,
        ctx: &egui::Context,
        atlas: &Arc<Atlas>,
        (document, project): (usize, &Project),
        (slide, step): (usize, usize),
        theme: Theme,
    ) -> Option<TextureHandle> {
        self.take_in(ctx);
        let key = Key { document, stamp: project.stamp, slide, step, theme };
        if let Some(picture) = self.known.get(&key) {
            return picture.clone();
        }
        let shared = self.shared(document, project);
        if self.worker.is_none() {
            self.worker = start(Arc::clone(atlas), ctx.clone());
        }
        if let Some((orders, _)) = &self.worker
            && orders.send(Order { key: key.clone(), project: shared }).is_ok()
        {
            self.known.insert(key, None);
        }
        None
    }

    /// A copy of the document for the thread, the same one until it changes; pictures of what it was before are let go.
    fn shared(&mut self, document: usize, project: &Project) -> Arc<Project> {
        match &self.project {
            Some((index, stamp, shared)) if (*index, *stamp) == (document, project.stamp) => Arc::clone(shared),
            _ => {
                self.known.retain(|key, _| key.document == document && key.stamp == project.stamp);
                let shared = Arc::new(project.clone());
                self.project = Some((document, project.stamp, Arc::clone(&shared)));
                shared
            }
        }
    }

    fn take_in(&mut self, ctx: &egui::Context) {
        let Some((_, results)) = &self.worker else { return };
        for (key, image) in results.try_iter() {
            if let Some(place) = self.known.get_mut(&key) {
                *place = Some(ctx.load_texture("scene", image, TextureOptions::LINEAR));
            }
        }
    }
}

fn start(atlas: Arc<Atlas>, ctx: egui::Context) -> Option<Worker> {
    let (orders, work) = channel::<Order>();
    let (deliver, results) = channel();
    let run = move || {
        for Order { key, project } in work {
            let Some(image) = picture(&atlas, &project, &key) else { continue };
            if deliver.send((key, image)).is_err() {
                return;
            }
            ctx.request_repaint();
        }
    };
    thread::Builder::new().name("scenes".to_owned()).spawn(run).ok()?;
    Some((orders, results))
}

fn picture(atlas: &Atlas, project: &Project, key: &Key) -> Option<ColorImage> {
    let slide = project.slides.get(key.slide)?;
    let scale = PICTURE_PIXELS[1] as f64 / STAGE_POINTS;
    let size = PICTURE_PIXELS.map(|side| side as f64 / scale);
    let sheet = Staging::new(atlas, project, slide, key.step, key.theme).sheet(atlas, project, size);
    image_of_png(&export::sheet_png(atlas, &sheet, scale).ok()?)
}

/// The pixels of a PNG of ours; `None` for anything else.
fn image_of_png(bytes: &[u8]) -> Option<ColorImage> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(info.buffer_size());
    let size = [info.width as usize, info.height as usize];
    match info.color_type {
        png::ColorType::Rgb => Some(ColorImage::from_rgb(size, &pixels)),
        png::ColorType::Rgba => Some(ColorImage::from_rgba_unmultiplied(size, &pixels)),
        _ => None,
    }
}
