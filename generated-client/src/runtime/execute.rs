//! Runs a call: attempts, pauses and limits. Nothing here depends on the types of an endpoint.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, Uri};

use super::auth::encode;
use super::call::{Draft, content_headers};
use super::client::Shared;
use super::error::{CallFailure, RequestFault};
use super::path::expand;
use super::retry::{pause, retries_failure, retries_status, retry_after};
use super::{CallContext, Operation, Outcome, Retry, TransportError, TransportErrorKind};

/// An answer, whole and not yet decoded.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) context: CallContext,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: bytes::Bytes,
    /// The pause that the server asked for, where the call's deadline left no time for it.
    pub(super) refused_pause: Option<Duration>,
}

/// How an attempt ended.
enum Attempt {
    Answer(StatusCode, HeaderMap, bytes::Bytes),
    /// The head of the answer came, and more body than the limit allows.
    TooLong(StatusCode),
    Failed(TransportError),
    TimedOut,
}

/// Sends a request until it is answered, must not be repeated, or the limits are reached.
pub(super) async fn execute(draft: Draft) -> Result<Answer, CallFailure> {
    let shared = &*draft.client.shared;
    let operation = draft.operation;
    let mut context = CallContext {
        operation,
        attempts: 0,
    };
    let request = match prepare(&draft) {
        Ok(request) => request,
        Err(fault) => return Err(CallFailure::Request(context, fault)),
    };
    let total = draft.deadline.unwrap_or(shared.limits.total);
    let end = end_of(shared.clock.now(), total);
    let max_attempts = draft.max_attempts.unwrap_or(shared.retry.max_attempts);
    loop {
        let left = end.saturating_duration_since(shared.clock.now());
        context.attempts += 1;
        let attempt = attempt(shared, request.clone(), left.min(shared.limits.attempt)).await;
        let may_repeat = context.attempts < max_attempts;
        let (pause, wished) = match next_step(&attempt, operation.retry, shared) {
            Next::Repeat if may_repeat => (pause(context.attempts), false),
            Next::RepeatAfter(wish) if may_repeat => (wish, true),
            _ => return finish(attempt, context, shared, total),
        };
        if !fits(shared, end, pause) {
            let refused_pause = wished.then_some(pause);
            let answer = finish(attempt, context, shared, total)?;
            return Ok(Answer {
                refused_pause,
                ..answer
            });
        }
        if !shared.budget.withdraw() {
            return finish(attempt, context, shared, total);
        }
        shared.clock.sleep(pause).await;
    }
}

/// The moment a call's deadline ends. A deadline that no clock can tell is as good as one of a year:
/// the sum itself would panic.
fn end_of(now: Instant, total: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    now.checked_add(total)
        .or_else(|| now.checked_add(YEAR))
        .unwrap_or(now)
}

/// A pause ends before the call's deadline.
fn fits(shared: &Shared, end: Instant, pause: Duration) -> bool {
    shared
        .clock
        .now()
        .checked_add(pause)
        .is_some_and(|resume| resume < end)
}

/// What follows an attempt, as far as the call's limits allow.
enum Next {
    End,
    Repeat,
    /// The server wishes this pause.
    RepeatAfter(Duration),
}

fn next_step(attempt: &Attempt, retry: Retry, shared: &Shared) -> Next {
    let repeats = match attempt {
        Attempt::Answer(status, ..) => retries_status(*status, retry),
        Attempt::Failed(error) => retries_failure(error, retry),
        Attempt::TimedOut => retry == Retry::Idempotent,
        Attempt::TooLong(_) => false,
    };
    let wish = match attempt {
        Attempt::Answer(_, headers, _) => retry_after(headers, shared.clock.time_of_day()),
        _ => None,
    };
    match (repeats, wish) {
        (false, _) => Next::End,
        (true, None) => Next::Repeat,
        (true, Some(wish)) => Next::RepeatAfter(wish),
    }
}

fn finish(
    attempt: Attempt,
    context: CallContext,
    shared: &Shared,
    total: Duration,
) -> Result<Answer, CallFailure> {
    match attempt {
        Attempt::Answer(status, headers, body) => {
            if status.is_success() {
                shared.budget.refund();
            }
            Ok(Answer {
                context,
                status,
                headers,
                body,
                refused_pause: None,
            })
        }
        Attempt::TooLong(status) => Err(CallFailure::TooLong {
            context,
            status,
            limit: shared.limits.body,
        }),
        Attempt::Failed(error) => Err(CallFailure::Transport(context, error)),
        Attempt::TimedOut => Err(CallFailure::TimedOut {
            context,
            limit: total.min(shared.limits.attempt),
        }),
    }
}

/// The request as every attempt sends it.
fn prepare(draft: &Draft) -> Result<Request<bytes::Bytes>, RequestFault> {
    if let Some(fault) = &draft.fault {
        return Err(fault.clone());
    }
    let shared = &*draft.client.shared;
    let operation = draft.operation;
    let proof = shared
        .credentials
        .prove(operation)
        .map_err(|reason| RequestFault::Credentials(reason.to_owned()))?;
    let path = expand(operation.path, &draft.path)
        .map_err(|fault| RequestFault::Path(fault.to_string()))?;
    let secret_query = proof
        .query
        .iter()
        .map(|(name, value)| (*name, value.expose()));
    let query = draft
        .query
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    let uri = uri(&shared.base_url, &path, query.chain(secret_query))?;
    let body = draft
        .body
        .as_ref()
        .map(|body| body.bytes.clone())
        .unwrap_or_default();
    let mut request = Request::new(body);
    *request.method_mut() = operation.method.into();
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.extend(shared.headers.clone());
    for (name, value) in content_headers(draft)
        .into_iter()
        .chain(draft.headers.iter().cloned())
    {
        headers.insert(name, value);
    }
    for (name, value) in proof.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| RequestFault::Header(name.to_owned()))?;
        headers.insert(name, value);
    }
    add_cookies(headers, &proof.cookies)?;
    Ok(request)
}

fn add_cookies(
    headers: &mut HeaderMap,
    cookies: &[(&'static str, super::Secret)],
) -> Result<(), RequestFault> {
    for (name, value) in cookies {
        let pair = format!("{name}={}", encode(value.expose()));
        let known = headers
            .get(http::header::COOKIE)
            .and_then(|value| value.to_str().ok());
        let text = known.map_or_else(|| pair.clone(), |known| format!("{known}; {pair}"));
        let mut value =
            HeaderValue::from_str(&text).map_err(|_| RequestFault::Header("cookie".to_owned()))?;
        value.set_sensitive(true);
        headers.insert(http::header::COOKIE, value);
    }
    Ok(())
}

fn uri<'q>(
    base_url: &str,
    path: &str,
    query: impl Iterator<Item = (&'q str, &'q str)>,
) -> Result<Uri, RequestFault> {
    let mut text = String::with_capacity(base_url.len() + path.len() + 64);
    text.push_str(base_url);
    text.push_str(path);
    for (index, (name, value)) in query.enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(&encode(name));
        text.push('=');
        text.push_str(&encode(value));
    }
    text.parse()
        .map_err(|_| RequestFault::Path("the URL is too long or no URL".to_owned()))
}

/// One attempt within its limit.
async fn attempt(shared: &Shared, request: Request<bytes::Bytes>, limit: Duration) -> Attempt {
    let mut exchange = pin!(exchange(shared, request));
    let mut timer = pin!(shared.clock.sleep(limit));
    poll_fn(|context| {
        if let Poll::Ready(attempt) = exchange.as_mut().poll(context) {
            return Poll::Ready(attempt);
        }
        timer.as_mut().poll(context).map(|()| Attempt::TimedOut)
    })
    .await
}

async fn exchange(shared: &Shared, request: Request<bytes::Bytes>) -> Attempt {
    let response = match shared.transport.send(request).await {
        Ok(response) => response,
        Err(error) => return Attempt::Failed(error),
    };
    let (head, mut body) = response.into_parts();
    let mut received = Vec::new();
    loop {
        match body.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) if received.len() + chunk.len() > shared.limits.body => {
                if head.status.is_success() {
                    return Attempt::TooLong(head.status);
                }
                // The beginning of an error is enough to tell what is wrong.
                let room = shared.limits.body - received.len();
                received.extend_from_slice(&chunk[..room]);
                break;
            }
            Ok(Some(chunk)) => received.extend_from_slice(&chunk),
            // The status says what is wrong, whether or not the rest arrives.
            Err(_) if !head.status.is_success() => break,
            Err(error) => return Attempt::Failed(error),
        }
    }
    Attempt::Answer(head.status, head.headers, received.into())
}

/// What is known of a call whose attempt ended without an answer.
pub(super) fn outcome(operation: &Operation, error: &TransportError) -> Outcome {
    match (operation.retry, error.kind()) {
        (_, TransportErrorKind::Connect | TransportErrorKind::Tls) => Outcome::NotSent,
        _ => error.outcome(),
    }
}
