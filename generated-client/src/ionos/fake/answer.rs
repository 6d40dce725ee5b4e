//! What the fake answers.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

/// An answer of success.
pub(super) enum Answer {
    Json(Value),
    Empty(StatusCode),
}

/// An answer of failure.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    messages: Vec<String>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self::all(status, vec![message.into()])
    }

    pub(super) fn all(status: StatusCode, messages: Vec<String>) -> Self {
        Self {
            status,
            messages,
            header: None,
        }
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no such {what}"))
    }

    pub(super) fn not_valid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    pub(super) fn with_header(
        mut self,
        name: HeaderName,
        value: impl TryInto<HeaderValue>,
    ) -> Self {
        self.header = value.try_into().ok().map(|value| (name, value));
        self
    }
}

/// The answer as HTTP carries it.
pub(super) fn response(answer: Result<Answer, Problem>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    match answer {
        Ok(Answer::Empty(status)) => *response.status_mut() = status,
        Ok(Answer::Json(value)) => set_json(&mut response, &value),
        Err(problem) => {
            let messages: Vec<Value> = problem
                .messages
                .iter()
                .map(|message| json!({ "errorCode": "fake-error", "message": message }))
                .collect();
            let status = problem.status.as_u16();
            let body = json!({ "httpStatus": status, "messages": messages });
            *response.status_mut() = problem.status;
            response.headers_mut().extend(problem.header);
            set_json(&mut response, &body);
        }
    }
    response
}

fn set_json(response: &mut Response<Bytes>, value: &Value) {
    *response.body_mut() = Bytes::from(value.to_string());
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
}
