//! Builds levels of detail in the background, each when it is wanted: all of them at once would take a hundred megabytes.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use super::ground::{Ground, GroundMesh, drawing_order};
use crate::geometry::{Projection, simplify::COARSEST, topology::Level, triangulate::world_mesh};

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
    /// What was asked for last and has not come yet.
    asked: Option<Wanted>,
}

impl Worker {
    pub fn start(ground: Ground, first: Wanted, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (requests, orders) = channel();
        let (deliver, results) = channel();
        let work = move || work(Site::new(ground), first, &orders, &deliver, &*wake);
        let spawned = thread::Builder::new().name("map levels".to_owned()).spawn(work);
        // Without a thread there is no land, but the window lives; systems that cannot start one have other troubles.
        drop(spawned);
        Self { requests, results: Mutex::new(results), asked: Some(first) }
    }

    /// Asks for a level, unless that is on its way. A later wish takes the place of an earlier one that has not been begun.
    pub fn ask(&mut self, wanted: Wanted) {
        if self.asked != Some(wanted) {
            self.asked = Some(wanted);
            // Fails only where the thread has ended, and then there is nobody to tell.
            let _ = self.requests.send(wanted);
        }
    }

    /// What has been finished since the last call.
    pub fn finished(&mut self) -> Vec<Finished> {
        let finished: Vec<Finished> = self.results.get_mut().unwrap_or_else(PoisonError::into_inner).try_iter().collect();
        if finished.iter().any(|level| Some(level.wanted) == self.asked) {
            self.asked = None;
        }
        finished
    }
}

/// Everything that building needs. No GPU: some drivers bear no second thread.
struct Site {
    ground: Ground,
    order: Vec<u32>,
}

fn work(site: Site, first: Wanted, orders: &Receiver<Wanted>, deliver: &Sender<Finished>, wake: &dyn Fn()) {
    let (mut wanted, mut projection) = (first, None);
    loop {
        wanted = orders.try_iter().last().unwrap_or(wanted);
        for next in levels_for(wanted, projection != Some(wanted.projection)) {
            if deliver.send(site.build(next)).is_err() {
                return;
            }
            wake();
        }
        projection = Some(wanted.projection);
        match orders.recv() {
            Ok(order) => wanted = order,
            Err(_) => return,
        }
    }
}

/// What an order is answered with: of a new projection the coarsest level first, so that there is soon something to see.
fn levels_for(wanted: Wanted, new_projection: bool) -> impl Iterator<Item = Wanted> {
    let coarsest = Wanted { level: COARSEST, ..wanted };
    (new_projection && coarsest != wanted).then_some(coarsest).into_iter().chain([wanted])
}

impl Site {
    fn new(ground: Ground) -> Self {
        Self { order: drawing_order(&ground), ground }
    }

    fn build(&self, wanted: Wanted) -> Finished {
        let mesh = world_mesh(self.ground.topology(), wanted.level);
        Finished { wanted, mesh: GroundMesh::new(&self.ground, &self.order, mesh, wanted.projection, wanted.level) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_projection_begins_with_its_coarsest_level() {
        let levels = |wanted, new| levels_for(wanted, new).map(|it| it.level).collect::<Vec<_>>();
        let wanted = Wanted { projection: Projection::Mercator, level: 2 };
        assert_eq!(levels(wanted, true), [COARSEST, 2]);
        assert_eq!(levels(wanted, false), [2]);
        assert_eq!(levels(Wanted { level: COARSEST, ..wanted }, true), [COARSEST]);
    }
}
