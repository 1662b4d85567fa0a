//! Builds levels of detail in the background: the coarsest first, so that there is soon something to see.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use super::ground::{Ground, GroundMesh, drawing_order};
use crate::geometry::{
    Projection,
    simplify::COARSEST,
    topology::Level,
    triangulate::{WorldMesh, world_mesh},
};

/// What the map needs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub projection: Projection,
    pub level: Level,
}

/// A level that is ready for the GPU.
pub(super) struct Finished {
    pub wanted: Wanted,
    pub mesh: GroundMesh,
}

/// The builder's thread. Ends when this is dropped.
pub(super) struct Worker {
    requests: Sender<Wanted>,
    /// In a mutex only because what the window keeps must be shareable.
    results: Mutex<Receiver<Finished>>,
    asked: Wanted,
}

impl Worker {
    pub fn start(ground: Ground, first: Wanted, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (requests, orders) = channel();
        let (deliver, results) = channel();
        let work = move || work(Site::new(ground), first, &orders, &deliver, &*wake);
        let spawned = thread::Builder::new().name("map levels".to_owned()).spawn(work);
        // Without a thread there is no land, but the window lives; systems that cannot start one have other troubles.
        drop(spawned);
        Self { requests, results: Mutex::new(results), asked: first }
    }

    /// Asks for a level. Whatever else is missing of its projection follows.
    pub fn ask(&mut self, wanted: Wanted) {
        if wanted != self.asked {
            self.asked = wanted;
            // Fails only where the thread has ended, and then there is nobody to tell.
            let _ = self.requests.send(wanted);
        }
    }

    /// What has been finished since the last call.
    pub fn finished(&self) -> Vec<Finished> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).try_iter().collect()
    }
}

/// Everything that building needs. No GPU: some drivers bear no second thread.
struct Site {
    ground: Ground,
    order: Vec<u32>,
    /// Triangles in degrees, which serve every projection.
    meshes: [Option<WorldMesh>; COARSEST as usize + 1],
}

fn work(mut site: Site, first: Wanted, orders: &Receiver<Wanted>, deliver: &Sender<Finished>, wake: &dyn Fn()) {
    let (mut wanted, mut done) = (first, HashSet::new());
    loop {
        wanted = orders.try_iter().last().unwrap_or(wanted);
        let Some(next) = next_level(wanted, &done) else {
            match orders.recv() {
                Ok(order) => wanted = order,
                Err(_) => return,
            }
            continue;
        };
        done.insert(next);
        if deliver.send(site.build(next)).is_err() {
            return;
        }
        wake();
    }
}

/// The coarsest level first, then the one that is wanted, then the others from coarse to fine.
fn next_level(wanted: Wanted, done: &HashSet<Wanted>) -> Option<Wanted> {
    let levels = [COARSEST, wanted.level].into_iter().chain((0..COARSEST).rev());
    levels.map(|level| Wanted { level, ..wanted }).find(|level| !done.contains(level))
}

impl Site {
    fn new(ground: Ground) -> Self {
        Self { order: drawing_order(&ground), ground, meshes: Default::default() }
    }

    fn build(&mut self, wanted: Wanted) -> Finished {
        let (ground, slot) = (&self.ground, &mut self.meshes[usize::from(wanted.level)]);
        let mesh = slot.get_or_insert_with(|| world_mesh(ground.topology(), wanted.level));
        Finished { wanted, mesh: GroundMesh::new(ground, &self.order, mesh, wanted.projection, wanted.level) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coarsest_level_comes_first_and_then_the_wanted_one() {
        let wanted = Wanted { projection: Projection::Mercator, level: 2 };
        let mut done = HashSet::new();
        let mut order = Vec::new();
        while let Some(next) = next_level(wanted, &done) {
            done.insert(next);
            order.push(next.level);
        }
        assert_eq!(order, [5, 2, 4, 3, 1, 0]);
    }
}
