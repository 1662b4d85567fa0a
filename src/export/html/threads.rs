//! Work shared out to two threads.

use std::{
    panic::resume_unwind,
    sync::{Mutex, PoisonError},
    thread,
};

/// Does `work` on every item, each by whichever of two threads is free. What a thread keeps from item to item is made by `begin`; results must not hang on it.
pub(super) fn on_two_threads<T: Send, K>(items: &mut [T], begin: impl Fn() -> K + Sync, work: impl Fn(&mut K, &mut T) + Sync) {
    let rest = Mutex::new(items.iter_mut());
    let next = || rest.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        let mut kept = begin();
        while let Some(item) = next() {
            work(&mut kept, item);
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(run);
        run();
        // A panic over there is carried on here.
        other.join().unwrap_or_else(|panic| resume_unwind(panic));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        let mut items: Vec<usize> = (0..100).collect();
        on_two_threads(&mut items, || (), |(), item| *item += 1000);
        assert_eq!(items, (1000..1100).collect::<Vec<_>>());
        on_two_threads(&mut [] as &mut [usize], || (), |(), _| unreachable!());
    }
}
