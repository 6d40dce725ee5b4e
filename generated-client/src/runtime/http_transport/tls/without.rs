//! No TLS: none of the features that bring it is on.

use std::convert::Infallible;
use std::error::Error;
use std::future::Ready;

use tokio::net::TcpStream;

use super::super::super::connections::Connections;
use super::super::super::{TransportError, TransportErrorKind};

/// There is none.
pub(super) struct Connector(Infallible);

impl Connector {
    pub(super) fn new(_: &Connections) -> Result<Self, String> {
        Err("`https` needs the feature `rustls` or `native-tls` of this crate".to_owned())
    }

    pub(super) fn handshake(
        &self,
        _: &str,
        _: TcpStream,
    ) -> Ready<Result<TcpStream, TransportError>> {
        match self.0 {}
    }
}

pub(super) fn certificate(_: &TcpStream) -> Option<Vec<u8>> {
    None
}

pub(in super::super) fn fault(_: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    None
}
