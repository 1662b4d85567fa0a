//! The pictures of a row of scenes, made side by side and handed on in their order. What does not change from one to the next (the land of an era) is painted once.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use resvg::tiny_skia::{Pixmap, Transform};

use super::flat_colors::flat_colors;
use crate::{
    export::{
        png::{PngError, empty_picture, encoded, tree},
        raster::paint_land,
        shapes::LandShapes,
        svg::svg_over_land,
    },
    geometry::{Camera, topology},
    model::Atlas,
    scene::{Scene, WorldLayer},
};

/// The most pictures that are worked on at a time: each takes a few bytes a pixel.
const MOST_WORKERS: usize = 8;

/// One picture of a row, opaque.
pub struct Picture {
    pixmap: Pixmap,
    /// The colours that its scene names, `0xRRGGBB`, sorted: those that a palette must hold as they are.
    pub flat: Vec<u32>,
}

impl Picture {
    /// Pixels from left to right and from top to bottom.
    pub fn size(&self) -> [u32; 2] {
        [self.pixmap.width(), self.pixmap.height()]
    }

    /// Red, green, blue and 255 for each pixel, row by row.
    pub fn rgba(&self) -> &[u8] {
        self.pixmap.data()
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// Only a fault of the program.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        Ok(encoded(&self.pixmap)?)
    }
}

/// The land under a scene, as it was painted, and what of.
struct Land {
    world: Arc<WorldLayer>,
    camera: Camera,
    pixmap: Arc<Pixmap>,
}

/// One scene on its way to its picture.
struct Work {
    index: usize,
    scene: Scene,
    land: Arc<Pixmap>,
}

type Made = (usize, Result<Picture, PngError>);

/// Makes the picture of every scene with `scale` pixels a point and gives them to `take` in the order of the scenes. Scenes that share their land
/// (the same [`Scene::world`]) and camera and follow each other have it painted once.
///
/// # Errors
/// The first that a picture or `take` gives; nothing more is made after it.
pub fn each_picture<E: From<PngError>>(
    atlas: &Atlas,
    scenes: impl Iterator<Item = Scene> + Send,
    scale: f64,
    mut take: impl FnMut(Picture) -> Result<(), E>,
) -> Result<(), E> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
    let (give_work, work) = sync_channel::<Work>(1);
    let (give_made, made) = sync_channel::<Made>(workers);
    let work = Arc::new(Mutex::new(work));
    thread::scope(|scope| {
        for _ in 0..workers {
            let (work, give_made) = (Arc::clone(&work), give_made.clone());
            scope.spawn(move || make_pictures(&work, &give_made, scale));
        }
        // When nobody takes pictures any more, the workers end, and with the last of them this channel.
        drop(work);
        scope.spawn(move || hand_out(atlas, scenes, scale, (&give_work, &give_made)));
        in_order(made, &mut take)
    })
}

/// Gives the scenes to the workers, each with its land.
fn hand_out(
    atlas: &Atlas,
    scenes: impl Iterator<Item = Scene>,
    scale: f64,
    (give_work, give_made): (&SyncSender<Work>, &SyncSender<Made>),
) {
    let mut last: Option<Land> = None;
    for (index, scene) in scenes.enumerate() {
        let known = last.as_ref().filter(|land| Arc::ptr_eq(&land.world, &scene.world) && land.camera == scene.camera);
        let land = match known {
            Some(land) => Arc::clone(&land.pixmap),
            None => match painted_land(atlas, &scene, scale) {
                Ok(pixmap) => Arc::new(pixmap),
                // Whoever waits hears of it as of a picture that failed; if nobody waits, somebody else failed before.
                Err(error) => return give_made.send((index, Err(error))).unwrap_or_default(),
            },
        };
        last = Some(Land { world: Arc::clone(&scene.world), camera: scene.camera, pixmap: Arc::clone(&land) });
        if give_work.send(Work { index, scene, land }).is_err() {
            return;
        }
    }
}

fn painted_land(atlas: &Atlas, scene: &Scene, scale: f64) -> Result<Pixmap, PngError> {
    let mut pixmap = empty_picture(scene.size_points, scale)?;
    // As fine as pixels, not points, can show.
    let level = topology::level_for(scene.camera.degrees_per_point() / scale.max(1.0));
    paint_land(&mut pixmap, scene, &LandShapes::new(atlas, scene, usize::from(level)), ([0; 2], scale as f32));
    Ok(pixmap)
}

/// What one worker does until there is nothing more to do, or nobody waits for it.
fn make_pictures(work: &Mutex<Receiver<Work>>, give_made: &SyncSender<Made>, scale: f64) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Work { index, scene, land }) = next else { return };
        if give_made.send((index, picture(&scene, &land, scale))).is_err() {
            return;
        }
    }
}

fn picture(scene: &Scene, land: &Pixmap, scale: f64) -> Result<Picture, PngError> {
    let mut pixmap = land.clone();
    let over = tree(&svg_over_land(scene, 1.0))?;
    resvg::render(&over, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    Ok(Picture { pixmap, flat: flat_colors(scene) })
}

/// Hands on pictures in the order of their scenes, as soon as those before them are there.
fn in_order<E: From<PngError>>(made: Receiver<Made>, take: &mut impl FnMut(Picture) -> Result<(), E>) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (index, picture) in made {
        waiting.insert(index, picture);
        while let Some(picture) = waiting.remove(&next) {
            take(picture?)?;
            next += 1;
        }
    }
    Ok(())
}
