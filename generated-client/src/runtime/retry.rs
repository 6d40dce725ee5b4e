//! When a failed attempt is followed by another, and after which pause.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use super::{Outcome, Retry, TransportError};

/// The pause before the first retry is at most this long; it doubles with every further one.
const BASE_PAUSE: Duration = Duration::from_millis(200);

/// No pause of our own is longer; a server may ask for more.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// How often an attempt may be repeated.
#[derive(Debug, Clone, Copy)]
pub(super) struct RetryPolicy {
    /// The most attempts of one call, the first one included.
    pub(super) max_attempts: u32,
}

/// An answer of this status may be followed by another attempt.
pub(super) fn retries_status(status: StatusCode, retry: Retry) -> bool {
    match status {
        // The server says that it has not executed the request.
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            retry == Retry::Idempotent
        }
        _ => false,
    }
}

/// A failure without an answer may be followed by another attempt.
pub(super) fn retries_failure(error: &TransportError, retry: Retry) -> bool {
    error.kind().is_passing()
        && match error.outcome() {
            Outcome::NotSent => true,
            Outcome::Unknown => retry == Retry::Idempotent,
        }
}

/// The pause before an attempt: anything up to a limit that doubles, so that clients that failed
/// together do not come back together.
pub(super) fn pause(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    let limit = BASE_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    limit.mul_f64(fastrand::f64())
}

/// The pause that the server asks for, in seconds or as a date. What cannot be read is no wish.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderValue, header::RETRY_AFTER};

    use super::{LONGEST_PAUSE, pause, retry_after};

    fn wish(value: &'static str) -> Option<Duration> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        retry_after(&headers, now)
    }

    #[test]
    fn the_server_may_ask_in_seconds_or_by_a_date() {
        assert_eq!(wish("3"), Some(Duration::from_secs(3)));
        assert_eq!(
            wish("1000000000000"),
            Some(Duration::from_secs(1_000_000_000_000))
        );
        assert_eq!(
            wish("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(
            wish("Sun, 06 Nov 1994 08:49:47 GMT"),
            Some(Duration::from_secs(10))
        );
        assert_eq!(wish("Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wish("-5"), None);
        assert_eq!(wish("soon"), None);
        assert_eq!(wish(""), None);
    }

    /// Of so many pauses one is in the upper half of what is allowed, or else chance is a miracle.
    #[test]
    fn pauses_double_until_they_are_long_enough() {
        let limits = [(1, 200), (2, 400), (4, 1600), (7, 12_800)]
            .map(|(attempts, milliseconds)| (attempts, Duration::from_millis(milliseconds)));
        let longest = [8, 40, u32::MAX].map(|attempts| (attempts, LONGEST_PAUSE));
        for (attempts, limit) in limits.into_iter().chain(longest) {
            let longest = (0..200).map(|_| pause(attempts)).max();
            let longest = longest.expect("there are pauses");
            assert!(
                longest > limit / 2 && longest <= limit,
                "{attempts}: {longest:?}"
            );
        }
    }
}
