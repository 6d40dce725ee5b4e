//! What an answer means to the caller, also where the server spells a text in another way than the document
//! says.

use bytes::Bytes;

use super::Expected;
use crate::runtime::charset::from_latin;
use crate::runtime::decode::{json_text, reads_plain, reads_text, without_mark};
use crate::runtime::error::CallFailure;
use crate::runtime::execute::Answer;
use crate::runtime::media_type::essence;
use crate::runtime::tally::tallied;
use crate::runtime::{Endpoint, Error, Failure, Receive, Received, Response, Success};

/// The value of a successful answer, or what is wrong with another.
pub(in super::super) fn receive<E: Endpoint>(
    answer: Result<Answer, CallFailure>,
) -> Result<Response<Success<E>>, Error<Failure<E>>> {
    match answer {
        Ok(answer) if Expected::of::<E>().is_success(answer.status) => decode::<E>(answer),
        Ok(answer) => Err(Error::from_answer::<E::Failure>(answer)),
        Err(failure) => Err(failure.into_error()),
    }
}

fn decode<E: Endpoint>(mut answer: Answer) -> Result<Response<Success<E>>, Error<Failure<E>>> {
    if let Some(value) = quoted_text::<E>(&answer) {
        return Ok(Response::new(value, answer));
    }
    let body = Received {
        bytes: answer.body.clone(),
        rest: answer.rest.take(),
    };
    match E::Success::receive(answer.status, body) {
        Ok(value) => Ok(Response::new(value, answer)),
        Err(fault) => {
            if let Some(value) = respelled::<E>(&answer) {
                return Ok(Response::new(value, answer));
            }
            answer.span.undecodable();
            Err(Error::from_undecodable(answer, fault))
        }
    }
}

/// The value of a body that is read whole, if there is one.
fn received<E: Endpoint>(answer: &Answer, bytes: Bytes) -> Option<Success<E>> {
    let body = Received { bytes, rest: None };
    E::Success::receive(answer.status, body).ok()
}

/// The value of a text that begins with a quotation mark, where the document or the server takes it for a plain
/// one, and the other for JSON.
fn quoted_text<E: Endpoint>(answer: &Answer) -> Option<Success<E>> {
    if !without_mark(&answer.body).starts_with(b"\"") {
        return None;
    }
    let takes = |bytes| received::<E>(answer, Bytes::from_static(bytes)).is_some();
    if let Some(text) = json_text(&answer.headers, &answer.body) {
        return reads_text(takes).then(|| received::<E>(answer, text))?;
    }
    let text = plain_text(answer, &answer.body).filter(|_| !reads_plain(takes))?;
    // Its marks belong to the text, unless the type knows it only without them, as an enumeration does.
    let (value, tally) = tallied(|| received::<E>(answer, text));
    value.filter(|_| tally.unknown == 0)
}

/// The value of a text in another encoding than UTF-8, or of a plain one in place of JSON.
fn respelled<E: Endpoint>(answer: &Answer) -> Option<Success<E>> {
    let latin = from_latin(&answer.headers, &answer.body).map(Bytes::from);
    let plain = plain_text(answer, latin.as_ref().unwrap_or(&answer.body));
    let mut texts = latin.into_iter().chain(plain);
    texts.find_map(|text| received::<E>(answer, text))
}

/// A plain text, or one of another kind, as JSON spells it. Frameworks whose documents describe each text as JSON
/// answer with plain ones all the same, and some call each text HTML. Pages, as proxies send them, are none.
fn plain_text(answer: &Answer, body: &[u8]) -> Option<Bytes> {
    let (kind, format) = essence(&answer.headers)?.split_once('/')?;
    let text = str::from_utf8(without_mark(body)).ok()?;
    let is_page = format.eq_ignore_ascii_case("html") && text.trim_start().starts_with('<');
    if !kind.eq_ignore_ascii_case("text") || is_page {
        return None;
    }
    serde_json::to_vec(text).ok().map(Bytes::from)
}
