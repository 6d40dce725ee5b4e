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
        let connector = builder.build().map_err(|error| {
            // Whether certificate and key go together is only looked at here.
            let with = connections.identity.as_ref();
            let with = with.map_or("", |_| " with the identity");
            format!("TLS cannot be set up{with}: {error}")
        })?;
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

/// A failure of TLS that is somewhere among the causes of an error.
pub(in super::super) fn fault(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if let Some(error) = current.downcast_ref::<native_tls::Error>() {
            return Some(kind(&error.to_string()));
        }
        cause = current.source();
    }
    None
}

/// What is wrong with a certificate. The libraries have no common way to say it; the words are those of
/// OpenSSL, which serves all systems but those of Apple and Microsoft.
fn kind(text: &str) -> TransportErrorKind {
    const WORDS: &[(&str, TransportErrorKind)] = &[
        (
            "certificate has expired",
            TransportErrorKind::CertificateExpired,
        ),
        (
            "certificate is not yet valid",
            TransportErrorKind::CertificateExpired,
        ),
        ("ostname mismatch", TransportErrorKind::CertificateName),
        ("IP address mismatch", TransportErrorKind::CertificateName),
        (
            "self-signed certificate",
            TransportErrorKind::CertificateAuthority,
        ),
        (
            "self signed certificate",
            TransportErrorKind::CertificateAuthority,
        ),
        (
            "issuer certificate",
            TransportErrorKind::CertificateAuthority,
        ),
        (
            "unable to verify the first certificate",
            TransportErrorKind::CertificateAuthority,
        ),
        (
            "certificate signature failure",
            TransportErrorKind::CertificateAuthority,
        ),
    ];
    let found = WORDS.iter().find(|(words, _)| text.contains(words));
    found.map_or(TransportErrorKind::Tls, |(_, kind)| *kind)
}
