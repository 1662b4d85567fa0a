//! Finds places for names on a thread of its own, so that no frame waits for the search.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
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
    /// Whether somebody waits for the result, whom nobody has to wake. Locked while one is handed over.
    is_awaited: Arc<Mutex<bool>>,
}

impl LabelWorker {
    /// Starts the thread; `wake` is called with every result that nobody waits for. `None` where the system gives no thread.
    pub fn start(atlas: Arc<Atlas>, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let (orders, work) = channel::<LabelWork>();
        let (deliver, results) = channel();
        let is_awaited = Arc::new(Mutex::new(false));
        let has_company = is_awaited.clone();
        let run = move || {
            for work in work {
                let places = work.done(&atlas.partition.topology);
                let is_awaited = locked(&has_company);
                if deliver.send(places).is_err() {
                    return;
                }
                if !*is_awaited {
                    wake();
                }
            }
        };
        thread::Builder::new().name("names".to_owned()).spawn(run).ok()?;
        Some(Self { orders, results, busy: false, is_awaited })
    }

    /// Whether it can take work: one piece at a time, so that what it does is never out of date by more than one.
    pub fn is_free(&self) -> bool {
        !self.busy
    }

    /// Gives it work.
    pub fn work(&mut self, work: LabelWork) {
        self.busy = self.orders.send(work).is_ok();
    }

    /// What it finishes within a time, for a picture that is to be whole at once.
    pub fn finished_within(&mut self, patience: Duration) -> Option<LabelPlaces> {
        *locked(&self.is_awaited) = true;
        let places = self.results.recv_timeout(patience).ok();
        *locked(&self.is_awaited) = false;
        self.busy &= places.is_none();
        // What was handed over just before the line above woke nobody.
        places.or_else(|| self.finished())
    }

    /// What it has finished since the last call.
    pub fn finished(&mut self) -> Option<LabelPlaces> {
        let places = self.results.try_recv().ok()?;
        self.busy = false;
        Some(places)
    }
}

/// No thread panics while it holds the lock; if one did, the flag would still be a flag.
fn locked(flag: &Mutex<bool>) -> MutexGuard<'_, bool> {
    flag.lock().unwrap_or_else(PoisonError::into_inner)
}
