//! A stand-in for the service that keeps what it is told, for tests.

mod answer;
mod clock;
mod clusters;
mod members;
mod routes;
mod rules;
mod store;

use std::collections::VecDeque;
use std::fmt;
use std::future::{pending, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use clock::FakeClock;

use crate::runtime::test_util::ScriptedAnswer;
use crate::runtime::{BoxFuture, ClientBuilder, Clock, ResponseBody, Transport, TransportError};
use crate::v1;
use answer::{Problem, response};
use store::{Cluster, Members, Store, Timing, later};

/// The service, in the memory of a test. Clones share everything.
///
/// It obeys the document: it refuses what that does not allow, and answers as that says. A new or
/// changed cluster is `BUSY`, and `AVAILABLE` after 300 seconds; a change of a cluster takes 2 seconds to
/// show, and so do new users and changed passwords; a deleted cluster is `DESTROYING` for 60 seconds, and
/// then gone. A cluster that is ready for the first time gets a backup. Any credentials will do.
///
/// Time passes only where the client waits, or where the test says so, and then at once: an hour of
/// waiting takes no time.
///
/// # Examples
///
/// ```
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use ionos_dbaas_postgres::fake::FakeService;
///
/// let service = FakeService::new();
/// let client = service.client().build()?;
/// let id = service.add_cluster("orders");
///
/// client.clusters().delete(&id).await?;
/// client.clusters().wait_until_deleted(&id).await?;
/// assert!(service.clock().passed().as_secs() >= 60);
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(run())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct FakeService {
    shared: Arc<Shared>,
}

struct Shared {
    clock: FakeClock,
    state: Mutex<State>,
}

struct State {
    store: Store,
    faults: VecDeque<Fault>,
    rate_limit: Option<RateLimit>,
    requests: usize,
}

/// What happens to a request instead of, or beside, what it asks for.
enum Fault {
    Instead(ScriptedAnswer),
    /// The request is carried out, and the answer never arrives.
    After(ScriptedAnswer),
}

struct RateLimit {
    requests: u32,
    window: Duration,
    start: Timestamp,
    used: u32,
}

impl FakeService {
    /// A service without clusters, whose time passes only where somebody waits.
    pub fn new() -> Self {
        Self::with_clock(FakeClock::stepped())
    }

    /// A service without clusters that goes by the clock of the tokio runtime and the time of day, for a
    /// server that others call.
    pub fn in_real_time() -> Self {
        Self::with_clock(FakeClock::real())
    }

    fn with_clock(clock: FakeClock) -> Self {
        let state = State {
            store: Store::new(time_of_day(&clock)),
            faults: VecDeque::new(),
            rate_limit: None,
            requests: 0,
        };
        let state = Mutex::new(state);
        Self {
            shared: Arc::new(Shared { clock, state }),
        }
    }

    /// Starts to configure a client of this service, with its clock and with a token.
    pub fn client(&self) -> ClientBuilder<v1::Client> {
        v1::Client::builder()
            .token("a token")
            .transport(self.clone())
            .clock(self.clock())
    }

    /// The clock of the service.
    pub fn clock(&self) -> FakeClock {
        self.shared.clock.clone()
    }

    /// Sets how long changes keep a cluster `BUSY`; 300 seconds by default.
    pub fn busy_for(&self, duration: Duration) {
        self.timing(|timing| timing.busy = duration);
    }

    /// Sets how long a changed cluster still shows its state of before; 2 seconds by default.
    pub fn stale_for(&self, duration: Duration) {
        self.timing(|timing| timing.stale = duration);
    }

    /// Sets how long a deleted cluster is `DESTROYING`; 60 seconds by default.
    pub fn destroying_for(&self, duration: Duration) {
        self.timing(|timing| timing.destroying = duration);
    }

    fn timing(&self, set: impl FnOnce(&mut Timing)) {
        set(&mut self.lock().store.timing);
    }

    /// Adds a cluster that is `AVAILABLE` at once and has no users, and gives its ID.
    pub fn add_cluster(&self, display_name: &str) -> String {
        let id = self.lock().store.next_id();
        self.add_cluster_with_id(&id, display_name);
        id
    }

    /// Adds a cluster with this ID; it takes the place of one with the same ID.
    pub fn add_cluster_with_id(&self, id: &str, display_name: &str) {
        let properties = json!({
            "displayName": display_name,
            "postgresVersion": "16",
            "location": "de/fra",
            "backupLocation": "de",
            "dnsName": format!("pg-{id}.example.com"),
            "instances": 1,
            "ram": 2048,
            "cores": 1,
            "storageSize": 2048,
            "storageType": "HDD",
            "synchronizationMode": "ASYNCHRONOUS",
        });
        let mut state = self.lock();
        state.store.remove(id);
        let properties = clusters::object(&properties);
        let mut cluster = state.store.new_cluster(id.to_owned(), properties);
        cluster.settle();
        state.store.add(cluster);
    }

    /// Adds a user, or puts one in place of the user with the same name. The cluster stays as it is.
    ///
    /// # Panics
    ///
    /// There is no such cluster.
    #[track_caller]
    pub fn add_user(&self, cluster: &str, name: &str) {
        let properties = json!({ "username": name, "system": false });
        self.add_member(cluster, name, &properties, |cluster| &mut cluster.users);
    }

    /// Adds a database, or puts one in place of the database with the same name.
    ///
    /// # Panics
    ///
    /// There is no such cluster.
    #[track_caller]
    pub fn add_database(&self, cluster: &str, name: &str, owner: &str) {
        let properties = json!({ "name": name, "owner": owner });
        self.add_member(cluster, name, &properties, |cluster| &mut cluster.databases);
    }

    #[track_caller]
    fn add_member(
        &self,
        cluster: &str,
        name: &str,
        properties: &Value,
        members: fn(&mut Cluster) -> &mut Members,
    ) {
        let mut state = self.lock();
        let now = state.store.now;
        let found = state.store.cluster_mut(cluster).map(members).ok();
        let added = found.map(|members| {
            members.remove(name, now);
            members.add(name, clusters::object(properties), now);
        });
        drop(state);
        assert!(added.is_some(), "there is no cluster {cluster}");
    }

    /// Adds a backup with this ID, taken now, of a cluster.
    ///
    /// # Panics
    ///
    /// There is no such cluster.
    #[track_caller]
    pub fn add_backup_with_id(&self, id: &str, cluster: &str) {
        let mut state = self.lock();
        let now = state.store.now;
        let added = state.store.back_up(cluster, id.to_owned(), now);
        drop(state);
        assert!(added, "there is no cluster {cluster}");
    }

    /// Lets a cluster be `FAILED` for a while; it is `AVAILABLE` afterwards.
    ///
    /// # Panics
    ///
    /// There is no such cluster.
    #[track_caller]
    pub fn fail_cluster(&self, id: &str, duration: Duration) {
        let mut state = self.lock();
        let until = later(state.store.now, duration);
        let cluster = state.store.cluster_mut(id).ok();
        let found = cluster.map(|cluster| cluster.fail(until)).is_some();
        drop(state);
        assert!(found, "there is no cluster {id}");
    }

    /// Refuses requests beyond a number within a span of time with status 429 and `Retry-After`.
    pub fn limit_rate(&self, requests: u32, window: Duration) {
        let mut state = self.lock();
        state.rate_limit = Some(RateLimit {
            requests,
            window,
            start: state.store.now,
            used: 0,
        });
    }

    /// Answers the next request with this instead of carrying it out. Several of them happen one after
    /// the other.
    pub fn interrupt(&self, answer: ScriptedAnswer) {
        self.lock().faults.push_back(Fault::Instead(answer));
    }

    /// Carries out the next request, and breaks the connection before the answer.
    pub fn lose_answer(&self) {
        let lost = Fault::After(ScriptedAnswer::broken());
        self.lock().faults.push_back(lost);
    }

    /// Refuses all credentials but this token, in place of taking any.
    pub fn accept_only(&self, token: &str) {
        self.lock().store.token = Some(token.to_owned());
    }

    /// The number of requests so far.
    pub fn requests(&self) -> usize {
        self.lock().requests
    }

    /// Answers a request, without faults. This is all that a server needs.
    pub fn respond(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now = time_of_day(&self.shared.clock);
        let mut state = self.lock();
        state.requests += 1;
        state.store.catch_up(now);
        let refused = state.rate_limit.as_mut().and_then(|limit| limit.check(now));
        response(match refused {
            Some(problem) => Err(problem),
            None => routes::carry_out(&mut state.store, request),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl RateLimit {
    /// Counts a request, unless it is one too many.
    fn check(&mut self, now: Timestamp) -> Option<Problem> {
        let end = later(self.start, self.window);
        if now >= end {
            self.start = now;
            self.used = 0;
        }
        if self.used < self.requests {
            self.used += 1;
            return None;
        }
        let left = end.duration_since(now).as_secs().saturating_add(1);
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many requests");
        Some(problem.with_header(header::RETRY_AFTER, left))
    }
}

fn time_of_day(clock: &FakeClock) -> Timestamp {
    Timestamp::try_from(clock.time_of_day()).unwrap_or_default()
}

impl Default for FakeService {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeService {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeService")
            .field("requests", &self.requests())
            .finish_non_exhaustive()
    }
}

impl Transport for FakeService {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        let fault = self.lock().faults.pop_front();
        let instead = match fault {
            None => {
                let (head, body) = self.respond(&request).into_parts();
                let body: Box<dyn ResponseBody> = Box::new(Some(body));
                return Box::pin(ready(Ok(Response::from_parts(head, body))));
            }
            Some(Fault::Instead(answer)) => {
                self.lock().requests += 1;
                answer
            }
            Some(Fault::After(answer)) => {
                self.respond(&request);
                answer
            }
        };
        match instead.into_response() {
            Some(response) => Box::pin(ready(response)),
            None => Box::pin(pending()),
        }
    }
}
