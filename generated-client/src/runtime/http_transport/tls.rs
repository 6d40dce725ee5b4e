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

use super::super::connections::{Connections, Pin};
use super::super::{TransportError, TransportErrorKind};
use super::dial::{Stream, unconnected};
use super::public_key::public_key;

pub(super) use backend::fault;

/// Makes connections trustworthy.
pub(super) struct Tls {
    connector: backend::Connector,
    pin: Option<Pin>,
    key_pins: Vec<Pin>,
}

impl Tls {
    pub(super) fn new(connections: &Connections) -> Result<Self, String> {
        Ok(Self {
            connector: backend::Connector::new(connections)?,
            pin: connections.pin,
            key_pins: connections.key_pins.clone(),
        })
    }

    /// Shakes hands, and compares the server's certificate with the pins before anything is sent. The
    /// pins come on top of all other checks.
    pub(super) async fn secure(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<Box<dyn Stream>, TransportError> {
        let stream = self.connector.handshake(host, stream).await?;
        if (self.pin.is_some() || !self.key_pins.is_empty())
            && let Err(reason) = self.compare(backend::certificate(&stream).as_deref())
        {
            return Err(unconnected(TransportErrorKind::CertificatePin, reason));
        }
        Ok(Box::new(stream))
    }

    fn compare(&self, shown: Option<&[u8]>) -> Result<(), &'static str> {
        let shown = shown.ok_or("the server shows no certificate")?;
        if self.pin.is_some_and(|pin| !pin.matches(shown)) {
            return Err("the SHA-256 digest of the server's certificate is another one");
        }
        let is_key = |key| self.key_pins.iter().any(|pin| pin.matches(key));
        if self.key_pins.is_empty() || public_key(shown).is_some_and(is_key) {
            return Ok(());
        }
        Err("the SHA-256 digest of the server's public key is another one")
    }
}
