//! TLS by rustls, with the cryptography of ring.
//!
//! The provider is named in the configuration. Nothing is installed for the whole process, and what
//! the process has installed has no effect here.

use std::error::Error;
use std::io;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{CertificateError, ClientConfig};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::super::super::connections::Connections;
use super::super::super::{Secret, TransportError, TransportErrorKind};
use super::unconnected;

pub(super) struct Connector(TlsConnector);

impl Connector {
    /// Trusts the system's certificate authorities, and those of the settings.
    pub(super) fn new(connections: &Connections) -> Result<Self, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut certificates = Vec::new();
        for pem in &connections.authorities {
            certificates.extend(certificates_of(pem)?);
        }
        let unusable = |error: rustls::Error| format!("TLS cannot be set up: {error}");
        let verifier = Verifier::new_with_extra_roots(certificates, Arc::clone(&provider));
        let verifier = Arc::new(verifier.map_err(unusable)?);
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            // The verifier is that of the platform; it checks all that rustls would.
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let mut config = match &connections.identity {
            Some((certificates, key)) => {
                let (certificates, key) = identity(certificates, key)?;
                let config = config.with_client_auth_cert(certificates, key);
                config.map_err(|error| format!("the identity cannot be used: {error}"))?
            }
            None => config.with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config).into()))
    }

    pub(super) async fn handshake(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<TlsStream<TcpStream>, TransportError> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| unconnected(TransportErrorKind::Tls, error))?;
        self.0.connect(name, stream).await.map_err(|error| {
            // A connection that breaks says nothing about the server's trustworthiness.
            let kind = fault(&error).unwrap_or(TransportErrorKind::Connect);
            unconnected(kind, error)
        })
    }
}

fn certificates_of(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => {
            Err("a certificate authority holds no certificate in PEM".to_owned())
        }
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(format!("a certificate authority cannot be read: {error}")),
    }
}

/// A certificate chain and its key.
fn identity(
    certificates: &[u8],
    key: &Secret,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), String> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificates).collect();
    let chain = chain.map_err(|error| format!("the identity cannot be read: {error}"))?;
    if chain.is_empty() {
        return Err("the identity holds no certificate in PEM".to_owned());
    }
    let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
        .map_err(|error| format!("the key of the identity cannot be read: {error}"))?;
    Ok((chain, key))
}

/// The certificate that the server has shown, in DER.
pub(super) fn certificate(stream: &TlsStream<TcpStream>) -> Option<Vec<u8>> {
    let (_, connection) = stream.get_ref();
    let certificate = connection.peer_certificates()?.first()?;
    Some(certificate.to_vec())
}

/// The failure of TLS that is somewhere among the causes of an error.
pub(in super::super) fn fault(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    let mut cause = Some(error);
    while let Some(current) = cause {
        let inner = current
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref());
        if let Some(error) = inner.or_else(|| current.downcast_ref::<rustls::Error>()) {
            return Some(kind(error));
        }
        cause = current.source();
    }
    None
}

fn kind(error: &rustls::Error) -> TransportErrorKind {
    let rustls::Error::InvalidCertificate(error) = error else {
        return TransportErrorKind::Tls;
    };
    match error {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => TransportErrorKind::CertificateExpired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TransportErrorKind::CertificateName
        }
        // A bad signature is one by an authority that only has the name of a trusted one.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            TransportErrorKind::CertificateAuthority
        }
        _ => TransportErrorKind::Tls,
    }
}
