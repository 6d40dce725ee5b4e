//! Spans of calls and events of attempts, with the names that OpenTelemetry gives them.
//!
//! Without the feature `tracing` nothing of this does anything.

#[cfg(not(feature = "tracing"))]
use std::future::Future;

#[cfg(not(feature = "tracing"))]
use super::{AttemptReport, Operation, error::CallFailure, execute::Answer};

/// The span of a call.
#[derive(Clone)]
pub(super) struct CallSpan {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(not(feature = "tracing"))]
#[allow(
    clippy::unused_self,
    reason = "the feature `tracing` gives the span a content"
)]
impl CallSpan {
    pub(super) fn new(_: &str, _: &'static Operation) -> Self {
        Self {}
    }

    pub(super) fn cover<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn end(&self, _: &Result<Answer, CallFailure>) {}

    pub(super) fn undecodable(&self) {}
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &str, _: &AttemptReport<'_>) {}

#[cfg(feature = "tracing")]
pub(super) use on::attempt;

#[cfg(feature = "tracing")]
mod on {
    use std::borrow::Cow;
    use std::future::Future;

    use http::{StatusCode, Uri};
    use tracing::field::Empty;
    use tracing::instrument::{Instrument as _, Instrumented};

    use super::super::error::CallFailure;
    use super::super::execute::Answer;
    use super::super::{
        AttemptOutcome, AttemptReport, CallContext, Operation, TransportError, TransportErrorKind,
    };
    use super::CallSpan;

    impl CallSpan {
        pub(in super::super) fn new(url: &str, operation: &'static Operation) -> Self {
            let method = operation.method.as_str();
            let uri = url.parse::<Uri>().unwrap_or_default();
            let span = tracing::info_span!(
                "HTTP call",
                otel.name = %format_args!("{method} {}", operation.path),
                otel.kind = "client",
                otel.status_code = Empty,
                openapi.operation_id = operation.id,
                http.request.method = method,
                url.template = operation.path,
                server.address = uri.host(),
                server.port = port(&uri),
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
            );
            Self { span }
        }

        pub(in super::super) fn cover<F: Future>(&self, future: F) -> Instrumented<F> {
            future.instrument(self.span.clone())
        }

        pub(in super::super) fn end(&self, result: &Result<Answer, CallFailure>) {
            let (context, status, error) = match result {
                Ok(answer) => (
                    answer.context,
                    Some(answer.status),
                    status_error(answer.status),
                ),
                Err(failure) => {
                    let (context, status, error) = failure_error(failure);
                    (context, status, Some(error))
                }
            };
            if let Some(status) = status {
                self.span
                    .record("http.response.status_code", status.as_u16());
            }
            if context.attempts > 1 {
                self.span
                    .record("http.request.resend_count", context.attempts - 1);
            }
            if let Some(error) = error {
                self.fail(&error);
            }
        }

        pub(in super::super) fn undecodable(&self) {
            self.fail("decode");
        }

        fn fail(&self, error: &str) {
            self.span.record("error.type", error);
            self.span.record("otel.status_code", "ERROR");
        }
    }

    /// An event for an attempt to a URL that has ended.
    pub(in super::super) fn attempt(url: &str, report: &AttemptReport<'_>) {
        let context = report.context();
        let operation = context.operation;
        let uri = url.parse::<Uri>().unwrap_or_default();
        let (status, error) = match report.outcome() {
            AttemptOutcome::Answered { status, .. } => (Some(status), status_error(status)),
            AttemptOutcome::TooLong { status } => (Some(status), Some("too_long".into())),
            AttemptOutcome::Failed(error) => (None, Some(transport_error(error).into())),
            AttemptOutcome::TimedOut => (None, Some("timeout".into())),
            AttemptOutcome::Abandoned => (None, Some("cancelled".into())),
        };
        let error: Option<&str> = error.as_deref();
        let status = status.map(|status| status.as_u16());
        let resends = Some(context.attempts.saturating_sub(1)).filter(|count| *count > 0);
        macro_rules! event {
            ($level:ident, $message:literal) => {
                tracing::event!(
                    tracing::Level::$level,
                    http.request.method = operation.method.as_str(),
                    url.template = operation.path,
                    server.address = uri.host(),
                    server.port = port(&uri),
                    http.response.status_code = status,
                    http.request.resend_count = resends,
                    http.client.request.duration = report.elapsed().as_secs_f64(),
                    error.type = error,
                    $message
                )
            };
        }
        if error.is_none() {
            event!(DEBUG, "attempt succeeded");
        } else {
            event!(WARN, "attempt failed");
        }
    }

    fn port(uri: &Uri) -> Option<u16> {
        uri.port_u16().or_else(|| match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        })
    }

    /// To OpenTelemetry's conventions a redirect is no error.
    fn status_error(status: StatusCode) -> Option<Cow<'static, str>> {
        let is_error = status.is_client_error() || status.is_server_error();
        is_error.then(|| Cow::from(status.as_str().to_owned()))
    }

    fn transport_error(error: &TransportError) -> &'static str {
        match error.kind() {
            TransportErrorKind::Setup => "setup",
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::ConnectTimeout => "timeout",
            TransportErrorKind::CertificateExpired => "certificate_expired",
            TransportErrorKind::CertificateName => "certificate_name",
            TransportErrorKind::CertificateAuthority => "certificate_authority",
            TransportErrorKind::CertificatePin => "certificate_pin",
            TransportErrorKind::Tls => "tls",
            TransportErrorKind::Exchange => "exchange",
            TransportErrorKind::HeadTooLarge => "head_too_large",
            TransportErrorKind::Body => "body",
        }
    }

    fn failure_error(
        failure: &CallFailure,
    ) -> (CallContext, Option<StatusCode>, Cow<'static, str>) {
        match failure {
            CallFailure::Request(context, _) => (*context, None, "request".into()),
            CallFailure::Transport(context, error) => {
                (*context, None, transport_error(error).into())
            }
            CallFailure::TimedOut { context, .. } => (*context, None, "timeout".into()),
            CallFailure::TooLong {
                context, status, ..
            } => (*context, Some(*status), "too_long".into()),
        }
    }
}
