//! Work on several processors.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Applies a function to all items, on as many threads as there are processors. The results are in
/// the order of the items, whatever the order of the work, so nothing depends on the machine.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    map_on(processors.min(items.len()), items, apply)
}

fn map_on<T: Sync, R: Send>(threads: usize, items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if threads < 2 {
        return items.iter().map(apply).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return results;
            };
            results.push((index, apply(item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = work();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map_on;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..100).collect();
        // The first items take longest, so that later ones are done before them.
        let slow = |item: &u64| (0..(100 - item) * 1000).fold(*item, |sum, one| sum ^ one ^ one);
        for threads in [0, 1, 2, 7, 200] {
            assert_eq!(map_on(threads, &items, slow), items, "{threads} threads");
        }
    }

    #[test]
    #[should_panic(expected = "of the work")]
    fn a_panic_is_passed_on() {
        map_on(3, &[1, 2, 3, 4], |item| assert!(*item < 4, "of the work"));
    }
}
