//! Code of a caller around every attempt: signing, metrics, audit.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

use http::{HeaderMap, Method, Request, StatusCode, Uri};

use super::client::Shared;
use super::{CallContext, TransportError, trace};

/// Why a middleware refuses an attempt. It must not hold a secret, for it is shown.
pub type MiddlewareError = Box<dyn Error + Send + Sync>;

/// Sees every attempt of every call before it is sent and when it has ended.
///
/// A middleware sees the request as the program put it together, its body included, as a signature
/// needs all of it; the one exception is a body that is streamed, of which it sees nothing, since
/// nobody has read it yet. It does not see the credentials of the client: tokens, passwords and API keys
/// are added behind the last middleware, and replace a header of the same name that one has set. To
/// sign requests with a secret of its own, give the client no credentials, and call
/// [`external_credentials`](super::ClientBuilder::external_credentials).
///
/// Both methods run between the steps of a call, so neither may wait. A request that has to wait
/// for something is the business of a [`Transport`](super::Transport).
///
/// # Examples
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::sync::Arc;
/// # use ionos_dbaas_postgres::{AttemptReport, AttemptRequest, Middleware, MiddlewareError};
///
/// #[derive(Default)]
/// struct Retries(Arc<AtomicU64>);
///
/// impl Middleware for Retries {
///     fn before(&self, request: &mut AttemptRequest<'_>) -> Result<(), MiddlewareError> {
///         let number = request.context().attempts().into();
///         request.headers_mut().insert("x-attempt", number);
///         Ok(())
///     }
///
///     fn after(&self, report: &AttemptReport<'_>) {
///         if report.context().attempts() > 1 {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Sees an attempt before it is sent, and may change its headers. After an error nothing is
    /// sent, and the call fails with it.
    fn before(&self, _request: &mut AttemptRequest<'_>) -> Result<(), MiddlewareError> {
        Ok(())
    }

    /// Sees how an attempt ended that [`before`](Self::before) has seen and that was sent.
    fn after(&self, _report: &AttemptReport<'_>) {}
}

/// An attempt that is about to be sent.
pub struct AttemptRequest<'a> {
    context: CallContext,
    request: &'a mut Request<bytes::Bytes>,
}

impl AttemptRequest<'_> {
    /// The operation, and the number of attempts, this one included.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The URL, without an API key that the client adds to it.
    pub fn uri(&self) -> &Uri {
        self.request.uri()
    }

    /// The headers, without those that hold credentials of the client.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The headers, to change them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// The body. It may hold secrets of the call, such as the password of a new user. It is empty where
    /// the call streams its body; that goes from its source to the transport and is never whole.
    pub fn body(&self) -> &bytes::Bytes {
        self.request.body()
    }
}

impl fmt::Debug for AttemptRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AttemptRequest")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// An attempt that has ended.
#[derive(Debug, Clone, Copy)]
pub struct AttemptReport<'a> {
    context: CallContext,
    elapsed: Duration,
    outcome: AttemptOutcome<'a>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum AttemptOutcome<'a> {
    /// The server answered, whatever the status.
    Answered {
        /// The status.
        status: StatusCode,
        /// The headers of the answer.
        headers: &'a HeaderMap,
    },
    /// The server answered with more than the limit allows.
    TooLong {
        /// The status.
        status: StatusCode,
    },
    /// No answer came, or none that is complete.
    Failed(&'a TransportError),
    /// The limit of time was reached.
    TimedOut,
    /// The caller has given up the call.
    Abandoned,
}

impl<'a> AttemptReport<'a> {
    /// The operation, and the number of attempts, this one included.
    pub fn context(&self) -> CallContext {
        self.context
    }

    /// The time from the sending to the end of the answer, or to its head where the call gives a stream.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How it ended.
    pub fn outcome(&self) -> AttemptOutcome<'a> {
        self.outcome
    }
}

/// Lets all middleware see a request, in the order in which they were added.
pub(super) fn before(
    shared: &Shared,
    context: CallContext,
    request: &mut Request<bytes::Bytes>,
) -> Result<(), MiddlewareError> {
    for middleware in &shared.middleware {
        middleware.before(&mut AttemptRequest { context, request })?;
    }
    Ok(())
}

/// An attempt under way. One that ends without a word was given up by the caller.
pub(super) struct UnderWay<'a> {
    shared: &'a Shared,
    url: &'a str,
    context: CallContext,
    start: Instant,
    ended: bool,
}

impl<'a> UnderWay<'a> {
    pub(super) fn new(shared: &'a Shared, url: &'a str, context: CallContext) -> Self {
        Self {
            shared,
            url,
            context,
            start: shared.clock.now(),
            ended: false,
        }
    }

    pub(super) fn end(mut self, outcome: AttemptOutcome<'_>) {
        self.report(outcome);
        self.ended = true;
    }

    fn report(&self, outcome: AttemptOutcome<'_>) {
        let now = self.shared.clock.now();
        let report = AttemptReport {
            context: self.context,
            elapsed: now.saturating_duration_since(self.start),
            outcome,
        };
        trace::attempt(self.url, &report);
        for middleware in self.shared.middleware.iter().rev() {
            middleware.after(&report);
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.report(AttemptOutcome::Abandoned);
        }
    }
}
