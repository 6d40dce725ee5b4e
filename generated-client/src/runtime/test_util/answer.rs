//! What a script answers.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;

use super::super::{BoxFuture, Outcome, ResponseBody, TransportError, TransportErrorKind};

/// What a [`ScriptedTransport`](super::ScriptedTransport) does with one attempt.
#[derive(Debug, Clone)]
pub struct ScriptedAnswer {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        /// The pieces in which the body arrives.
        body: Vec<bytes::Bytes>,
        end: End,
    },
    Failure(TransportErrorKind, Outcome),
    Silence,
}

/// What follows the last piece of a body.
#[derive(Debug, Clone, Copy)]
enum End {
    Whole,
    /// The connection breaks.
    Cut,
    /// Nothing comes any more.
    Silence,
}

impl ScriptedAnswer {
    /// An answer without a body.
    ///
    /// # Panics
    ///
    /// No HTTP answer has this status.
    #[track_caller]
    pub fn empty(status: u16) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else {
            panic!("{status} is no status of HTTP");
        };
        Self {
            kind: Kind::Answer {
                status,
                headers: HeaderMap::new(),
                body: Vec::new(),
                end: End::Whole,
            },
        }
    }

    /// An answer whose body is a JSON text, of a model for example or of `serde_json::json!`.
    ///
    /// # Panics
    ///
    /// No HTTP answer has this status, or the value cannot be written as JSON.
    #[track_caller]
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(text) => Self::bytes(status, "application/json", text),
            Err(error) => panic!("the body of the answer cannot be written: {error}"),
        }
    }

    /// An answer with a body of any media type.
    ///
    /// # Panics
    ///
    /// No HTTP answer has this status, or the media type is none.
    #[track_caller]
    pub fn bytes(status: u16, media_type: &str, body: impl Into<bytes::Bytes>) -> Self {
        Self::pieces(status, media_type, [body])
    }

    /// An answer whose body arrives in pieces, as a stream has them.
    ///
    /// # Panics
    ///
    /// No HTTP answer has this status, or the media type is none.
    #[track_caller]
    pub fn pieces<P: Into<bytes::Bytes>>(
        status: u16,
        media_type: &str,
        pieces: impl IntoIterator<Item = P>,
    ) -> Self {
        let mut answer = Self::empty(status).header(CONTENT_TYPE.as_str(), media_type);
        if let Kind::Answer { body, .. } = &mut answer.kind {
            body.extend(pieces.into_iter().map(Into::into));
        }
        answer
    }

    /// No connection can be made; the server has not seen the request.
    pub fn refused() -> Self {
        Self::failure(TransportErrorKind::Connect, Outcome::NotSent)
    }

    /// The connection breaks before the answer; the server may have executed the request.
    pub fn broken() -> Self {
        Self::failure(TransportErrorKind::Exchange, Outcome::Unknown)
    }

    /// Any failure between client and server.
    pub fn failure(kind: TransportErrorKind, outcome: Outcome) -> Self {
        Self {
            kind: Kind::Failure(kind, outcome),
        }
    }

    /// No answer ever comes, so that a limit of time ends the attempt.
    pub fn silence() -> Self {
        Self {
            kind: Kind::Silence,
        }
    }

    /// Adds a header, such as `retry-after`.
    ///
    /// # Panics
    ///
    /// The name or the value is none that a header can have, or there is no answer that it could
    /// belong to.
    #[track_caller]
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let Kind::Answer { headers, .. } = &mut self.kind else {
            panic!("only an answer has headers");
        };
        let parsed = (HeaderName::try_from(name), HeaderValue::try_from(value));
        let (Ok(name), Ok(value)) = parsed else {
            panic!("`{name}: {value}` is no header");
        };
        headers.append(name, value);
        self
    }

    /// Lets the connection break where the body ends.
    #[must_use]
    pub fn cut(self) -> Self {
        self.ending(End::Cut)
    }

    /// Lets nothing come where the body ends, so that a limit of time ends the reading.
    #[must_use]
    pub fn then_silence(self) -> Self {
        self.ending(End::Silence)
    }

    fn ending(mut self, wanted: End) -> Self {
        if let Kind::Answer { end, .. } = &mut self.kind {
            *end = wanted;
        }
        self
    }

    /// Nothing where no answer ever comes.
    pub(crate) fn into_response(
        self,
    ) -> Option<Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        match self.kind {
            Kind::Silence => None,
            Kind::Failure(kind, outcome) => Some(Err(TransportError::new(
                kind,
                outcome,
                "the script says so",
            ))),
            Kind::Answer {
                status,
                headers,
                body,
                end,
            } => {
                let body = ScriptedBody {
                    rest: body.into_iter(),
                    end,
                };
                let mut response = Response::new(Box::new(body) as Box<dyn ResponseBody>);
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Some(Ok(response))
            }
        }
    }
}

struct ScriptedBody {
    rest: std::vec::IntoIter<bytes::Bytes>,
    end: End,
}

impl ResponseBody for ScriptedBody {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<bytes::Bytes>, TransportError>> {
        let chunk = match (self.rest.next(), self.end) {
            (None, End::Cut) => Err(TransportError::new(
                TransportErrorKind::Body,
                Outcome::Unknown,
                "the script says so",
            )),
            (None, End::Silence) => return Box::pin(std::future::pending()),
            (chunk, _) => Ok(chunk),
        };
        Box::pin(std::future::ready(chunk))
    }
}
