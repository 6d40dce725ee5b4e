//! TLS, by the library that the crate's features choose.

#[cfg(feature = "rustls")]
#[path = "tls/with_rustls.rs"]
mod backend;

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[path = "tls/with_native_tls.rs"]
mod backend;

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[path = "tls/without.rs"]
mod backend;

use tokio::net::TcpStream;

use super::super::connections::{CertificatePin, Connections};
use super::super::{TransportError, TransportErrorKind};
use super::dial::{Stream, unconnected};

pub(super) use backend::fault;

/// Makes connections trustworthy.
pub(super) struct Tls {
    connector: backend::Connector,
    pin: Option<CertificatePin>,
}

impl Tls {
    pub(super) fn new(connections: &Connections) -> Result<Self, String> {
        Ok(Self {
            connector: backend::Connector::new(connections)?,
            pin: connections.pin,
        })
    }

    /// Shakes hands, and compares the server's certificate with the pin before anything is sent. The
    /// pin comes on top of all other checks.
    pub(super) async fn secure(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<Box<dyn Stream>, TransportError> {
        let stream = self.connector.handshake(host, stream).await?;
        if let Some(pin) = &self.pin
            && !backend::certificate(&stream).is_some_and(|shown| pin.matches(&shown))
        {
            let reason = "the SHA-256 digest of the server's certificate is another one";
            return Err(unconnected(TransportErrorKind::CertificatePin, reason));
        }
        Ok(Box::new(stream))
    }
}
