//! The part of a client that all its calls share.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::auth::Credentials;
use super::budget::RetryBudget;
use super::error::RequestFault;
use super::retry::RetryPolicy;
use super::servers::OperationServers;
use super::{Async, Clock, Middleware, Transport};

/// A configured connection to a server. Clones are cheap and share connections and the retry budget.
pub struct Client<M = Async> {
    pub(super) shared: Arc<Shared>,
    pub(super) mode: PhantomData<fn() -> M>,
}

impl<M> Clone for Client<M> {
    fn clone(&self) -> Self {
        self.in_mode()
    }
}

pub(super) struct Shared {
    pub(super) transport: Box<dyn Transport>,
    pub(super) clock: Box<dyn Clock>,
    /// Scheme, authority and path, without a slash at the end.
    pub(super) base_url: String,
    /// The servers that operations have of their own.
    pub(super) operation_servers: OperationServers,
    pub(super) credentials: Credentials,
    /// Something else shows who calls.
    pub(super) external_credentials: bool,
    /// The connection shows a certificate.
    pub(super) has_identity: bool,
    pub(super) headers: HeaderMap,
    pub(super) limits: Limits,
    pub(super) retry: RetryPolicy,
    /// Bodies are checked against the limits of the document before they are sent.
    #[cfg(feature = "validate")]
    pub(super) validates: bool,
    pub(super) budget: RetryBudget,
    /// Where blocking calls run; it starts with the first of them.
    #[cfg(feature = "blocking")]
    pub(super) worker: std::sync::OnceLock<Result<super::blocking::Worker, String>>,
    /// In the order in which they see a request.
    pub(super) middleware: Vec<Box<dyn Middleware>>,
}

impl Shared {
    /// The URL that the paths of a call are added to.
    pub(super) fn url_for(&self, server: Option<&str>) -> Result<&str, RequestFault> {
        let own = server.map(|declared| self.operation_servers.url(declared));
        Ok(own.transpose()?.flatten().unwrap_or(&self.base_url))
    }

    /// What sends a call to a URL of [`Self::url_for`].
    pub(super) fn transport_for(&self, url: &str) -> Result<&dyn Transport, RequestFault> {
        let own = self.operation_servers.transport(url)?;
        Ok(own.unwrap_or(self.transport.as_ref()))
    }
}

/// The limits of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// For one attempt, from the connection to the end of the answer, or to its head for a stream.
    pub(super) attempt: Duration,
    /// For all attempts and the pauses between them.
    pub(super) total: Duration,
    /// For each wait within a stream.
    pub(super) idle: Duration,
    /// The most bytes of a body that are held.
    pub(super) body: usize,
}

impl<M> Client<M> {
    /// The same client with calls of another mode.
    pub fn in_mode<N>(&self) -> Client<N> {
        Client {
            shared: Arc::clone(&self.shared),
            mode: PhantomData,
        }
    }

    /// The URL that all paths are added to.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }
}

impl<M> fmt::Debug for Client<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("limits", &self.shared.limits)
            .field("retry", &self.shared.retry)
            .finish_non_exhaustive()
    }
}
