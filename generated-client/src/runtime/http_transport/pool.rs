//! Connections that are kept for the next request.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::client::conn::http1::SendRequest;
use tokio::time::{Instant, timeout};

use super::body::SentBody;

/// One end of a connection; the connection ends when this is dropped.
pub(super) type Sender = SendRequest<SentBody>;

/// The most connections that are kept.
const MOST_KEPT: usize = 32;

/// Servers and what stands before them close idle connections after a minute or more.
const KEPT_FOR: Duration = Duration::from_secs(55);

/// A connection whose answer has been read becomes ready within the same turn of its task. One that
/// does not is still sending a request that nobody reads.
const READY_WITHIN: Duration = Duration::from_millis(100);

/// The idle connections to one server; the one used last is used first.
#[derive(Default)]
pub(super) struct Pool {
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    sender: Sender,
    since: Instant,
}

impl Pool {
    /// A connection that is open as far as is known, and ready for a request; one that the server has
    /// closed never becomes ready.
    pub(super) async fn take(&self) -> Option<Sender> {
        while let Some(mut sender) = self.pop() {
            if let Ok(Ok(())) = timeout(READY_WITHIN, sender.ready()).await {
                return Some(sender);
            }
        }
        None
    }

    fn pop(&self) -> Option<Sender> {
        let mut stale = Vec::new();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |idle: &Idle| idle.since.elapsed() < KEPT_FOR;
        if !idle.iter().all(fresh) {
            let (kept, ended) = mem::take(&mut *idle).into_iter().partition(fresh);
            *idle = kept;
            stale = ended;
        }
        let sender = idle.pop().map(|idle| idle.sender);
        drop(idle);
        // Closing connections needs no lock.
        drop(stale);
        sender
    }

    fn put(&self, sender: Sender) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_KEPT {
            let since = Instant::now();
            idle.push(Idle { sender, since });
        }
    }
}

/// A connection that belongs to one answer until that has been read.
pub(super) struct Lease {
    /// Nothing where the connection is not to be kept.
    pool: Option<Arc<Pool>>,
    sender: Sender,
}

impl Lease {
    pub(super) fn new(pool: Option<&Arc<Pool>>, sender: Sender) -> Self {
        let pool = pool.map(Arc::clone);
        Self { pool, sender }
    }

    /// Keeps the connection for another request, or ends it.
    pub(super) fn give_back(self) {
        if let Some(pool) = self.pool {
            pool.put(self.sender);
        }
    }
}
