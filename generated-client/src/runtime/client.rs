//! The part of a client that all its calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::auth::Credentials;
use super::budget::RetryBudget;
use super::retry::RetryPolicy;
use super::{Clock, Middleware, Transport};

/// A configured connection to a server. Clones are cheap and share connections and the retry budget.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) transport: Box<dyn Transport>,
    pub(super) clock: Box<dyn Clock>,
    /// Scheme, authority and path, without a slash at the end.
    pub(super) base_url: String,
    pub(super) credentials: Credentials,
    pub(super) headers: HeaderMap,
    pub(super) limits: Limits,
    pub(super) retry: RetryPolicy,
    /// Bodies are checked against the limits of the document before they are sent.
    #[cfg(feature = "validate")]
    pub(super) validates: bool,
    pub(super) budget: RetryBudget,
    /// In the order in which they see a request.
    pub(super) middleware: Vec<Box<dyn Middleware>>,
}

/// The limits of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// For one attempt, from the connection to the end of the answer.
    pub(super) attempt: Duration,
    /// For all attempts and the pauses between them.
    pub(super) total: Duration,
    /// The most bytes of a body that are read.
    pub(super) body: usize,
}

impl Client {
    /// The URL that all paths are added to.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("limits", &self.shared.limits)
            .field("retry", &self.shared.retry)
            .finish_non_exhaustive()
    }
}
