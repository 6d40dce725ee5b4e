//! Makes connections.

use std::io;
use std::time::Duration;

use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::super::connections::Connections;
use super::super::{Outcome, TransportError, TransportErrorKind};
use super::origin::Origin;
use super::pool::Sender;
use super::proxy::Proxy;
use super::race::first_connected;
use super::tls::Tls;

/// The most bytes of an answer's head. Servers send some hundred; what is longer is a mistake or an
/// attack.
const LONGEST_HEAD: usize = 64 * 1024;

/// What bytes go through, with TLS or without.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects to one server.
pub(super) struct Dialer {
    origin: Origin,
    proxy: Option<Proxy>,
    tls: Option<Tls>,
    limit: Duration,
}

impl Dialer {
    pub(super) fn new(origin: Origin, connections: &Connections) -> Result<Self, String> {
        let tls = origin.is_secure.then(|| Tls::new(connections));
        let proxy = connections.proxy.as_ref().map(Proxy::parse);
        Ok(Self {
            tls: tls.transpose()?,
            proxy: proxy.transpose()?,
            origin,
            limit: connections.connect_timeout,
        })
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The proxy that reads requests and passes them on, rather than bytes it does not understand.
    pub(super) fn plain_proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref().filter(|_| !self.origin.is_secure)
    }

    /// Connects, within the limit for that.
    pub(super) async fn dial(&self) -> Result<Sender, TransportError> {
        timeout(self.limit, self.connect())
            .await
            .unwrap_or_else(|_| {
                let reason = format!("none within {:?}", self.limit);
                Err(unconnected(TransportErrorKind::ConnectTimeout, reason))
            })
    }

    async fn connect(&self) -> Result<Sender, TransportError> {
        let failed = |error: io::Error| unconnected(TransportErrorKind::Connect, error);
        let next = self
            .proxy
            .as_ref()
            .map_or(&self.origin, |proxy| &proxy.origin);
        let mut stream = connect_to(next).await.map_err(failed)?;
        let stream: Box<dyn Stream> = match &self.tls {
            None => Box::new(stream),
            Some(tls) => {
                if let Some(proxy) = &self.proxy {
                    proxy
                        .open_tunnel(&mut stream, &self.origin)
                        .await
                        .map_err(failed)?;
                }
                tls.secure(&self.origin.host, stream).await?
            }
        };
        let (sender, connection) = http1::Builder::new()
            .max_header_size(LONGEST_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| unconnected(TransportErrorKind::Connect, error))?;
        // It ends with its sender; whoever waits for an answer is told what goes wrong.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }
}

async fn connect_to(server: &Origin) -> io::Result<TcpStream> {
    let addresses = lookup_host((server.host.as_str(), server.port)).await?;
    let addresses: Vec<_> = addresses.collect();
    let stream = first_connected(addresses, TcpStream::connect).await?;
    // A request is written at once; there is nothing to wait for.
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// An error before the request has been sent.
pub(super) fn unconnected(
    kind: TransportErrorKind,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> TransportError {
    TransportError::new(kind, Outcome::NotSent, source)
}
