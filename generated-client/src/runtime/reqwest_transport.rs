//! The transport over reqwest.

use std::error::Error;
use std::io;
use std::time::Duration;

use super::{BoxFuture, Outcome, ResponseBody, Transport, TransportError, TransportErrorKind};

/// Settings of connections.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) connect_timeout: Duration,
    /// Certificate authorities in PEM.
    pub(super) authorities: Vec<Vec<u8>>,
    pub(super) proxy: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            authorities: Vec::new(),
            proxy: None,
        }
    }
}

/// Sends requests with reqwest. It follows no redirect and repeats nothing on its own.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    pub(super) fn new(options: &Options) -> Result<Self, TransportError> {
        let unusable = |error: reqwest::Error| {
            TransportError::new(
                TransportErrorKind::Connect,
                Outcome::NotSent,
                error.without_url(),
            )
        };
        install_crypto_provider();
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(options.connect_timeout);
        for pem in &options.authorities {
            for certificate in reqwest::Certificate::from_pem_bundle(pem).map_err(unusable)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        builder = match &options.proxy {
            Some(url) => builder.proxy(reqwest::Proxy::all(url).map_err(unusable)?),
            None => builder.no_proxy(),
        };
        Ok(Self {
            client: builder.build().map_err(unusable)?,
        })
    }
}

/// reqwest panics where the process has no cryptography; a provider that it has already stays.
fn install_crypto_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(|error| {
                TransportError::new(
                    TransportErrorKind::Exchange,
                    Outcome::NotSent,
                    error.without_url(),
                )
            })?;
            let mut answer = self.client.execute(request).await.map_err(failure)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            std::mem::swap(response.headers_mut(), answer.headers_mut());
            Ok(response.map(|()| Box::new(answer) as Box<dyn ResponseBody>))
        })
    }
}

impl ResponseBody for reqwest::Response {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<bytes::Bytes>, TransportError>> {
        Box::pin(async move {
            reqwest::Response::chunk(self).await.map_err(|error| {
                TransportError::new(
                    TransportErrorKind::Body,
                    Outcome::Unknown,
                    error.without_url(),
                )
            })
        })
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    let (kind, outcome) = if is_tls(&error) {
        (TransportErrorKind::Tls, Outcome::NotSent)
    } else if error.is_connect() {
        (TransportErrorKind::Connect, Outcome::NotSent)
    } else {
        (TransportErrorKind::Exchange, Outcome::Unknown)
    };
    // The URL may hold an API key.
    TransportError::new(kind, outcome, error.without_url())
}

/// A failure of TLS is somewhere among the causes.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return true;
        }
        if let Some(inner) = current
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            && inner.is::<rustls::Error>()
        {
            return true;
        }
        cause = current.source();
    }
    false
}
