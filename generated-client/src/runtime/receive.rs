//! What becomes of the body of a successful answer: it is read whole, or handed out as it arrives.

use http::{HeaderMap, StatusCode};

use super::decode::{Decode, DecodeFault};
use super::stream::OpenBody;

/// Receives the body of a successful answer.
///
/// Whatever a [`Decode`] reads is received whole; streams are received as they arrive.
pub trait Receive {
    /// What the caller gets.
    type Value: Send + 'static;

    /// The body of such an answer is handed out as it arrives, rather than read whole.
    fn streams(status: StatusCode, headers: &HeaderMap) -> bool;

    /// Makes the value of a body.
    fn receive(status: StatusCode, body: Received) -> Result<Self::Value, DecodeFault>;
}

/// The body of an answer: what has been read of it, and the rest where that is still to come.
#[derive(Debug)]
pub struct Received {
    /// All of the body, or nothing where the rest is still to come.
    pub(super) bytes: bytes::Bytes,
    pub(super) rest: Option<OpenBody>,
}

impl<D: Decode> Receive for D {
    type Value = D::Value;

    fn streams(_: StatusCode, _: &HeaderMap) -> bool {
        false
    }

    fn receive(status: StatusCode, body: Received) -> Result<D::Value, DecodeFault> {
        D::decode(status, &body.bytes)
    }
}
