//! Finds places for names on a thread of its own, so that no frame waits for the search.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    model::Atlas,
    scene::{LabelPlaces, LabelWork},
};

/// The thread that finds places. Ends when this is dropped.
pub struct LabelWorker {
    orders: Sender<LabelWork>,
    results: Receiver<LabelPlaces>,
    busy: bool,
}

impl LabelWorker {
    /// Starts the thread; `wake` is called with every result. `None` where the system gives no thread.
    pub fn start(atlas: Arc<Atlas>, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let (orders, work) = channel::<LabelWork>();
        let (deliver, results) = channel();
        let run = move || {
            for work in work {
                if deliver.send(work.done(&atlas.partition.topology)).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name("names".to_owned()).spawn(run).ok()?;
        Some(Self { orders, results, busy: false })
    }

    /// Whether it can take work: one piece at a time, so that what it does is never out of date by more than one.
    pub fn is_free(&self) -> bool {
        !self.busy
    }

    /// Gives it work.
    pub fn work(&mut self, work: LabelWork) {
        self.busy = self.orders.send(work).is_ok();
    }

    /// What it has finished since the last call.
    pub fn finished(&mut self) -> Option<LabelPlaces> {
        let places = self.results.try_recv().ok()?;
        self.busy = false;
        Some(places)
    }
}
