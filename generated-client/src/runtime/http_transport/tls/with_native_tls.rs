//! TLS by the library of the system.

use std::error::Error;

use native_tls::{Certificate, Identity};
use tokio::net::TcpStream;
use tokio_native_tls::{TlsConnector, TlsStream};

use super::super::super::connections::Connections;
use super::super::super::{TransportError, TransportErrorKind};
use super::unconnected;

pub(super) struct Connector(TlsConnector);

impl Connector {
    /// Trusts the system's certificate authorities, and those of the settings.
    pub(super) fn new(connections: &Connections) -> Result<Self, String> {
        let mut builder = native_tls::TlsConnector::builder();
        for pem in &connections.authorities {
            let certificates = Certificate::stack_from_pem(pem)
                .map_err(|error| format!("a certificate authority cannot be read: {error}"))?;
            if certificates.is_empty() {
                return Err("a certificate authority holds no certificate in PEM".to_owned());
            }
            for certificate in certificates {
                builder.add_root_certificate(certificate);
            }
        }
        if let Some((certificates, key)) = &connections.identity {
            let identity = Identity::from_pkcs8(certificates, key.expose().as_bytes())
                .map_err(|error| format!("the identity cannot be used: {error}"))?;
            builder.identity(identity);
        }
        let connector = builder
            .build()
            .map_err(|error| format!("TLS cannot be set up: {error}"))?;
        Ok(Self(connector.into()))
    }

    pub(super) async fn handshake(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<TlsStream<TcpStream>, TransportError> {
        self.0.connect(host, stream).await.map_err(|error| {
            let kind = fault(&error).unwrap_or(TransportErrorKind::Connect);
            unconnected(kind, error)
        })
    }
}

/// The certificate that the server has shown, in DER.
pub(super) fn certificate(stream: &TlsStream<TcpStream>) -> Option<Vec<u8>> {
    stream.get_ref().peer_certificate().ok()??.to_der().ok()
}

/// A failure of TLS. The libraries of the systems do not say in a common way what is wrong.
pub(in super::super) fn fault(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if current.is::<native_tls::Error>() {
            return Some(TransportErrorKind::Tls);
        }
        cause = current.source();
    }
    None
}
