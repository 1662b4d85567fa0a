//! What is wrong in the document that is edited, found beside the frames: a thread checks each state once, and only the newest.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    edit::{Finding, checks},
    model::{Atlas, Document, problem::Severity},
};

/// Which state of which document was checked.
pub type Checked = (usize, u64);
/// Where documents go to be checked, and where findings come from.
type Ends = (Sender<(Checked, Document)>, Receiver<(Checked, Vec<Finding>)>);

/// A thread that checks documents. Ends when this is dropped.
#[derive(Default)]
pub struct Checker {
    thread: Option<Ends>,
    /// What is being checked.
    busy: Option<Checked>,
    found: Option<(Checked, Arc<Vec<Finding>>)>,
    /// The features whose shape leaves a gap to the one before, or overlaps it.
    gapped: Vec<String>,
}

impl Checker {
    /// Takes what was found, and has the state `now` checked if it was not yet: one at a time. `wake` is called when a check is done.
    pub fn refresh(&mut self, atlas: &Arc<Atlas>, now: Option<(Checked, &Document)>, wake: impl Fn() + Send + 'static) {
        let finished = self.thread.as_ref().and_then(|(_, results)| results.try_recv().ok());
        if let Some((checked, findings)) = finished {
            self.busy = None;
            let is_shape = |finding: &&Finding| matches!(finding.rule, "gapped-shapes" | "overlapping-shapes");
            self.gapped = findings.iter().filter(is_shape).filter_map(|finding| finding.feature.clone()).collect();
            self.found = Some((checked, Arc::new(findings)));
        }
        let Some((checked, document)) = now else {
            (self.found, self.gapped) = (None, Vec::new());
            return;
        };
        let is_known = self.found.as_ref().is_some_and(|(own, _)| *own == checked);
        if is_known || self.busy.is_some() {
            return;
        }
        if self.thread.is_none() {
            self.thread = start(atlas.clone(), wake);
        }
        if let Some((orders, _)) = &self.thread {
            self.busy = orders.send((checked, document.clone())).is_ok().then_some(checked);
        }
    }

    /// What was found in a document, in its last checked state; `None` before the first check of it.
    pub fn findings(&self, document: Option<usize>) -> Option<&Arc<Vec<Finding>>> {
        self.found.as_ref().filter(|((own, _), _)| Some(*own) == document).map(|(_, findings)| findings)
    }

    /// The features whose shape leaves a gap to the one of their subject before, or overlaps it.
    pub fn gapped(&self) -> &[String] {
        &self.gapped
    }

    /// How many errors and warnings a document has; advice is not counted.
    pub fn count(&self, document: Option<usize>) -> usize {
        self.findings(document).map_or(0, |findings| findings.iter().filter(|finding| finding.severity != Severity::Advice).count())
    }
}

fn start(atlas: Arc<Atlas>, wake: impl Fn() + Send + 'static) -> Option<Ends> {
    let (orders, work) = channel::<(Checked, Document)>();
    let (deliver, results) = channel();
    let run = move || {
        for (checked, document) in work {
            if deliver.send((checked, checks(&atlas, &document))).is_err() {
                return;
            }
            wake();
        }
    };
    thread::Builder::new().name("checks".to_owned()).spawn(run).ok()?;
    Some((orders, results))
}
