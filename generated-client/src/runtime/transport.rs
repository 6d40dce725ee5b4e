//! How requests reach a server.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::{Operation, RequestBody};

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives the answer; it knows no retries, deadlines or credentials.
///
/// Implement it to run calls over another HTTP library, or over none in a test. Dropping a future it
/// returned must end the request.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The answer comes as soon as its head is there; redirects are answers.
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>>;

    /// Sends a request whose body is not held in memory. A transport that does not implement this
    /// reads the body into memory first.
    fn send_streamed(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(|error| {
                TransportError::new(TransportErrorKind::Exchange, Outcome::NotSent, error)
            })?;
            self.send(http::Request::from_parts(head, body)).await
        })
    }
}

/// Where a request comes from. The client puts it into the request's extensions, for transports that
/// answer on their own.
#[derive(Debug, Clone)]
pub struct RequestOrigin {
    operation: &'static Operation,
    target: String,
}

impl RequestOrigin {
    pub(super) fn new(operation: &'static Operation, target: String) -> Self {
        Self { operation, target }
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Path and query behind the base URL, without credentials of the client.
    pub fn target(&self) -> &str {
        &self.target
    }
}

/// The body of an answer, as it arrives.
pub trait ResponseBody: Send {
    /// The next piece; nothing at the end of the body.
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<bytes::Bytes>, TransportError>>;
}

impl ResponseBody for Option<bytes::Bytes> {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<bytes::Bytes>, TransportError>> {
        let chunk = self.take();
        Box::pin(std::future::ready(Ok(chunk)))
    }
}

/// What is known of a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server has not seen it.
    NotSent,
    /// The server may have executed it.
    Unknown,
}

/// A kind of failure between client and server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The transport cannot send this request as it is set up.
    Setup,
    /// No connection could be made.
    Connect,
    /// No connection could be made within the limit for that.
    ConnectTimeout,
    /// The server's certificate has expired, or is not valid yet.
    CertificateExpired,
    /// The server's certificate is for another host.
    CertificateName,
    /// The server's certificate is from an authority that is not trusted.
    CertificateAuthority,
    /// The server's certificate is not the pinned one.
    CertificatePin,
    /// TLS failed in another way. With the feature `native-tls` alone, that is all that is known of a
    /// certificate that is refused on systems of Apple and Microsoft.
    Tls,
    /// The connection broke while the request was under way.
    Exchange,
    /// The head of the answer is longer than any sensible one.
    HeadTooLarge,
    /// The connection broke within the body of the answer.
    Body,
}

impl TransportErrorKind {
    /// The server could not show that it can be trusted. Another attempt would end in the same way.
    pub fn is_tls(self) -> bool {
        matches!(
            self,
            Self::CertificateExpired
                | Self::CertificateName
                | Self::CertificateAuthority
                | Self::CertificatePin
                | Self::Tls
        )
    }

    /// Another attempt may go better.
    pub(super) fn is_passing(self) -> bool {
        !self.is_tls() && !matches!(self, Self::Setup | Self::HeadTooLarge)
    }
}

/// Why no answer came, or none that is complete.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    outcome: Outcome,
    source: Box<dyn Error + Send + Sync>,
}

impl TransportError {
    /// An error with its cause.
    pub fn new(
        kind: TransportErrorKind,
        outcome: Outcome,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            outcome,
            source: source.into(),
        }
    }

    /// The kind of failure.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// What is known of the request.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Setup => "the transport cannot send the request",
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::ConnectTimeout => "no connection to the server in time",
            TransportErrorKind::CertificateExpired => {
                "the server's certificate has expired or is not valid yet"
            }
            TransportErrorKind::CertificateName => "the server's certificate is for another host",
            TransportErrorKind::CertificateAuthority => {
                "the server's certificate is from an authority that is not trusted"
            }
            TransportErrorKind::CertificatePin => "the server's certificate is not the pinned one",
            TransportErrorKind::Tls => "no trustworthy connection to the server",
            TransportErrorKind::Exchange => "the connection broke before the answer",
            TransportErrorKind::HeadTooLarge => "the head of the answer is too long",
            TransportErrorKind::Body => "the connection broke within the answer",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
