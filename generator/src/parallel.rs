//! Work on several processors.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// The stack of a thread, in bytes (64 MiB). Parser and formatter recurse as deeply as types nest, with
/// large frames where they are not optimised; memory is only taken for what is used of it.
const STACK_BYTES: usize = 64 << 20;

/// Applies a function to all items, on as many threads as there are processors, each with a stack that
/// does not depend on the caller's. The results are in the order of the items, whatever the order of
/// the work, so nothing depends on the machine.
pub fn map<T: Sync, R: Send>(items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_on(processors().min(items.len()), items, apply)
}

/// The system reads files to tell how many there are.
static PROCESSORS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZeroUsize::get));

fn processors() -> usize {
    #[cfg(test)]
    if let Some(threads) = tests::THREADS.get() {
        return threads;
    }
    *PROCESSORS
}

fn map_on<T: Sync, R: Send>(threads: usize, items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
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
        let start = |_| {
            let thread = thread::Builder::new().stack_size(STACK_BYTES);
            thread.spawn_scoped(scope, work).ok()
        };
        // Where the system gives fewer threads, they do all of the work.
        let workers: Vec<_> = (0..threads).filter_map(start).collect();
        if workers.is_empty() {
            return work();
        }
        let join = |worker: ScopedJoinHandle<'_, _>| {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect::<Vec<_>>()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::path::Path;

    use super::{map, map_on};
    use crate::document::Sources;
    use crate::{GeneratedFile, Request, Settings};

    thread_local! {
        /// How many threads to work on, in place of as many as there are processors.
        pub(super) static THREADS: Cell<Option<usize>> = const { Cell::new(None) };
    }

    fn emitted(path: &Path, threads: usize) -> Vec<GeneratedFile> {
        let mut sources = Sources::default();
        let bytes = fs::read(path).expect("the document can be read");
        let document = sources.add_bytes(path.display().to_string(), bytes);
        let settings = Settings {
            module: "v1".to_owned(),
        };
        THREADS.set(Some(threads));
        let generated = crate::generate(&Request {
            sources: &sources,
            document,
            overlays: &[],
            settings: &settings,
        });
        THREADS.set(None);
        generated.files
    }

    #[test]
    fn the_emitted_code_is_the_same_on_one_thread_and_on_many() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.join("tests/fixtures/models");
        let entries = fs::read_dir(folder).expect("the folder can be read");
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("the entry can be read").path())
            .collect();
        paths.push(root.join("../spec/postgresql-v1.yaml"));
        for path in paths {
            let expected = emitted(&path, 1);
            assert!(!expected.is_empty(), "{}", path.display());
            for threads in [1, 2, 8, 8] {
                let files = emitted(&path, threads);
                assert!(files == expected, "{} on {threads}", path.display());
            }
        }
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..100).collect();
        // The first items take longest, so that later ones are done before them.
        let slow = |item: &u64| (0..(100 - item) * 1000).fold(*item, |sum, one| sum ^ one ^ one);
        for threads in [1, 2, 7, 200] {
            assert_eq!(map_on(threads, &items, slow), items, "{threads} threads");
        }
    }

    #[test]
    fn nothing_to_do_needs_no_thread() {
        assert!(map(&[], |item: &u8| *item).is_empty());
    }

    #[test]
    #[should_panic(expected = "of the work")]
    fn a_panic_is_passed_on() {
        map_on(3, &[1, 2, 3, 4], |item| assert!(*item < 4, "of the work"));
    }
}
