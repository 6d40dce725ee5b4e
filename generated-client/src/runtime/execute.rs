//! Runs a call: attempts, pauses and limits. Nothing here depends on the types of an endpoint.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::{HeaderMap, Request, StatusCode};

use super::call::{Draft, Expected};
use super::client::Shared;
use super::error::CallFailure;
use super::middleware::UnderWay;
use super::prepare::{prepare, prove};
use super::request_body::Body;
use super::retry::{pause, retries_failure, retries_status, retry_after};
use super::stream::OpenBody;
use super::trace::CallSpan;
use super::{
    AttemptOutcome, BoxFuture, CallContext, ResponseBody, Retry, TimeLimit, Transport,
    TransportError,
};

/// An answer, not yet decoded; whole, unless its rest is handed out as it arrives.
pub(super) struct Answer {
    pub(super) context: CallContext,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Empty where the rest is still to come.
    pub(super) body: bytes::Bytes,
    /// The body of a success that is handed out as it arrives.
    pub(super) rest: Option<OpenBody>,
    /// The pause that the server asked for, where the call's deadline left no time for it.
    pub(super) refused_pause: Option<Duration>,
    /// The span of the call, which lasts until the body is decoded.
    pub(super) span: CallSpan,
}

/// How an attempt ended.
enum Attempt {
    Answer(StatusCode, HeaderMap, bytes::Bytes),
    /// The head of an answer came whose body is handed out as it arrives.
    Streams(StatusCode, HeaderMap, Box<dyn ResponseBody>),
    /// The head of the answer came, and more body than the limit allows.
    TooLong(StatusCode),
    Failed(TransportError),
    TimedOut(TimeLimit, Duration),
}

/// Sends a request until it is answered, must not be repeated, or the limits are reached.
pub(super) async fn execute(draft: Draft) -> Result<Answer, CallFailure> {
    let shared = &*draft.client.shared;
    let url = shared.url_for(draft.server).unwrap_or(&shared.base_url);
    let span = CallSpan::new(url, draft.operation);
    let result = span.cover(repeat(draft, span.clone())).await;
    span.end(&result);
    result
}

async fn repeat(draft: Draft, span: CallSpan) -> Result<Answer, CallFailure> {
    let shared = &*draft.client.shared;
    let operation = draft.operation;
    let mut context = CallContext {
        operation,
        attempts: 0,
    };
    let total = draft.deadline.unwrap_or(shared.limits.total);
    let end = end_of(shared.clock.now(), total);
    let refused = |fault| CallFailure::Request(context, fault);
    let proof = within(shared, prove(&draft), total).await;
    let proof = proof.ok_or(CallFailure::TimedOut {
        context,
        limit: TimeLimit::Total,
        duration: total,
    })?;
    let url = shared.url_for(draft.server).map_err(refused)?;
    let transport = shared.transport_for(url).map_err(refused)?;
    let prepared = proof.and_then(|proof| prepare(&draft, url, &proof));
    let prepared = prepared.map_err(refused)?;
    let max_attempts = draft.max_attempts.unwrap_or(shared.retry.max_attempts);
    let per_attempt = draft.attempt_timeout.unwrap_or(shared.limits.attempt);
    loop {
        let left = end.saturating_duration_since(shared.clock.now());
        context.attempts += 1;
        let request = prepared.attempt(shared, context)?;
        let under_way = UnderWay::new(shared, url, context);
        let body = draft.body.as_ref();
        let sending = send(transport, request, body);
        let mut refusal = None;
        let exchange = exchange(shared, draft.expected, sending, &mut refusal);
        let attempt = within(shared, exchange, left.min(per_attempt)).await;
        let attempt = match (attempt.flatten(), refusal) {
            (Some(attempt), _) => attempt,
            (None, Some(refusal)) => refusal.into(),
            (None, None) if left <= per_attempt => Attempt::TimedOut(TimeLimit::Total, total),
            (None, None) => Attempt::TimedOut(TimeLimit::Attempt, per_attempt),
        };
        under_way.end(attempt.outcome());
        let may_repeat = context.attempts < max_attempts && body.is_none_or(Body::is_whole);
        let (pause, wished) = match next_step(&attempt, operation.retry, shared) {
            Next::Repeat if may_repeat => (pause(context.attempts), false),
            Next::RepeatAfter(wish) if may_repeat => (wish, true),
            _ => return finish(attempt, context, &draft, span),
        };
        if !fits(shared, end, pause) {
            let refused_pause = wished.then_some(pause);
            let answer = finish(attempt, context, &draft, span)?;
            return Ok(Answer {
                refused_pause,
                ..answer
            });
        }
        if !shared.budget.withdraw() {
            return finish(attempt, context, &draft, span);
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
        Attempt::TimedOut(..) => retry == Retry::Idempotent,
        Attempt::Streams(..) | Attempt::TooLong(_) => false,
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
    draft: &Draft,
    span: CallSpan,
) -> Result<Answer, CallFailure> {
    let shared = &*draft.client.shared;
    let answer = |status, headers, body, rest| {
        if draft.expected.is_success(status) {
            shared.budget.refund();
        }
        Ok(Answer {
            context,
            status,
            headers,
            body,
            rest,
            refused_pause: None,
            span,
        })
    };
    match attempt {
        Attempt::Answer(status, headers, body) => answer(status, headers, body, None),
        Attempt::Streams(status, headers, body) => {
            let idle = draft.idle_timeout.unwrap_or(shared.limits.idle);
            let rest = OpenBody::new(body, draft.client.clone(), context, idle);
            answer(status, headers, bytes::Bytes::new(), Some(rest))
        }
        Attempt::TooLong(status) => Err(CallFailure::TooLong {
            context,
            status,
            limit: shared.limits.body,
        }),
        Attempt::Failed(error) => Err(CallFailure::Transport(context, error)),
        Attempt::TimedOut(limit, duration) => Err(CallFailure::TimedOut {
            context,
            limit,
            duration,
        }),
    }
}

impl Attempt {
    fn outcome(&self) -> AttemptOutcome<'_> {
        match self {
            Self::Answer(status, headers, _) | Self::Streams(status, headers, _) => {
                AttemptOutcome::Answered {
                    status: *status,
                    headers,
                }
            }
            Self::TooLong(status) => AttemptOutcome::TooLong { status: *status },
            Self::Failed(error) => AttemptOutcome::Failed(error),
            Self::TimedOut(..) => AttemptOutcome::TimedOut,
        }
    }
}

/// What a future gives; nothing where the limit ends before it.
async fn within<F: Future>(shared: &Shared, future: F, limit: Duration) -> Option<F::Output> {
    let mut future = pin!(future);
    // What is there at once needs no clock.
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let timer = timer.get_or_insert_with(|| shared.clock.sleep(limit));
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}

type Sending<'t> = BoxFuture<'t, Result<http::Response<Box<dyn ResponseBody>>, TransportError>>;

/// Sends a request, and the body that it lacks where that is not in memory.
fn send<'t>(
    transport: &'t dyn Transport,
    request: Request<bytes::Bytes>,
    body: Option<&Body>,
) -> Sending<'t> {
    match body {
        Some(body) if body.is_streamed() => transport.send_streamed(request.map(|_| body.open())),
        _ => transport.send(request),
    }
}

/// An answer that is no success, with as much of its body as has arrived.
struct Refusal {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl From<Refusal> for Attempt {
    fn from(refusal: Refusal) -> Self {
        Self::Answer(refusal.status, refusal.headers, refusal.body.into())
    }
}

/// Sends a request and reads the answer. How a refused attempt ends stands in the refusal, also where time
/// runs out before the whole body is there: the status says what is wrong, whether or not the rest
/// arrives, and the beginning of the body is enough to tell more.
async fn exchange(
    shared: &Shared,
    expected: Expected,
    sending: Sending<'_>,
    refusal: &mut Option<Refusal>,
) -> Option<Attempt> {
    let response = match sending.await {
        Ok(response) => response,
        Err(error) => return Some(Attempt::Failed(error)),
    };
    let (head, body) = response.into_parts();
    let (status, headers) = (head.status, head.headers);
    let limit = shared.limits.body;
    if !expected.is_success(status) {
        let refusal = refusal.insert(Refusal {
            status,
            headers,
            body: Vec::new(),
        });
        drop(read(body, limit, &mut refusal.body).await);
        return None;
    }
    if (expected.streams)(status, &headers) {
        return Some(Attempt::Streams(status, headers, body));
    }
    let mut received = Vec::new();
    Some(match read(body, limit, &mut received).await {
        Ok(End::Whole) => Attempt::Answer(status, headers, received.into()),
        Ok(End::TooLong) => Attempt::TooLong(status),
        Err(error) => Attempt::Failed(error),
    })
}

/// Where the reading of a body ends.
enum End {
    /// At its end.
    Whole,
    /// At the most bytes that are read.
    TooLong,
}

/// Reads a body up to a limit.
async fn read(
    mut body: Box<dyn ResponseBody>,
    limit: usize,
    received: &mut Vec<u8>,
) -> Result<End, TransportError> {
    while let Some(chunk) = body.chunk().await? {
        let room = limit - received.len();
        if chunk.len() > room {
            received.extend_from_slice(&chunk[..room]);
            return Ok(End::TooLong);
        }
        received.extend_from_slice(&chunk);
    }
    Ok(End::Whole)
}
