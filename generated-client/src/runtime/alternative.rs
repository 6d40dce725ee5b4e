//! Other ways to be answered than the usual one.

use std::marker::PhantomData;

use super::call::Expected;
use super::{ByteStream, Call, Endpoint, Operation, Receive, Security};

/// By a text.
pub enum AsText {}

/// By a stream of events or items.
pub enum AsStream {}

/// By bytes.
pub enum AsFile {}

/// By bytes, whatever the document says of them.
pub enum AsItArrives {}

/// An operation that can be answered in another way, where it is asked to.
pub trait Alternative<W>: Endpoint {
    /// What the body of a successful answer holds then.
    type Success: Receive;

    /// The media types that the client asks for.
    const ACCEPT: &'static str;
}

impl<E: Endpoint> Alternative<AsItArrives> for E {
    type Success = ByteStream;

    const ACCEPT: &'static str = <E as Endpoint>::ACCEPT;
}

/// An endpoint that is answered in another way.
pub struct Via<E, W>(PhantomData<fn() -> (E, W)>);

impl<E: Alternative<W>, W: 'static> Endpoint for Via<E, W> {
    type Success = <E as Alternative<W>>::Success;
    type Failure = E::Failure;

    const ACCEPT: &'static str = <E as Alternative<W>>::ACCEPT;
    const REDIRECTS: bool = E::REDIRECTS;

    const OPERATION: Operation = E::OPERATION;
    const SECURITY: Security = E::SECURITY;
    const SERVER: Option<&'static str> = E::SERVER;

    #[cfg(feature = "validate")]
    const BODIES: &'static [(&'static str, &'static super::Rules)] = E::BODIES;
    #[cfg(feature = "validate")]
    const PARAMETERS: &'static [(super::ParameterPlace, &'static str, &'static super::Rules)] =
        E::PARAMETERS;
}

impl<E: Alternative<AsText>, M> Call<E, M> {
    /// Asks for an answer that is a text.
    pub fn text(self) -> Call<Via<E, AsText>, M> {
        via(self)
    }
}

impl<E: Alternative<AsStream>, M> Call<E, M> {
    /// Asks for an answer that arrives bit by bit. A service may want a field of the request to say so,
    /// too.
    pub fn stream(self) -> Call<Via<E, AsStream>, M> {
        via(self)
    }
}

impl<E: Alternative<AsFile>, M> Call<E, M> {
    /// Asks for an answer that is bytes.
    pub fn download(self) -> Call<Via<E, AsFile>, M> {
        via(self)
    }
}

impl<E: Endpoint, M> Call<E, M> {
    /// Asks for the bytes of a successful answer as they arrive, whatever the document says of them: nothing,
    /// or something else than the server sends.
    ///
    /// That gives files which are described as texts or not at all, and answers that go on for as long as
    /// the server has something to tell. Credentials, retries and errors are those of the operation, and so
    /// is the header `Accept`, which [`with_header`](Self::with_header) can replace. Deadlines cover the call
    /// up to the head of the answer, as for every stream. [`send_with_response`](Self::send_with_response)
    /// tells status and headers, too.
    pub fn raw_answer(self) -> Call<Via<E, AsItArrives>, M> {
        via(self)
    }
}

fn via<E: Alternative<W>, W: 'static, M>(call: Call<E, M>) -> Call<Via<E, W>, M> {
    let mut draft = call.draft;
    draft.expected = Expected::of::<Via<E, W>>();
    Call::from_draft(draft)
}
