//! For tests of programs that use a client: a server that is only a script.
//!
//! [`ScriptedTransport`] takes the place of the network. It answers as it is told, and keeps the
//! requests without the credentials of the client, so that a failing test cannot show them. With the
//! feature `test-util` of tokio and a paused clock, the pauses of retries and waiters take no time.

mod answer;
mod differences;
mod request;

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use answer::ScriptedAnswer;
pub use request::RecordedRequest;

use super::{BoxFuture, ResponseBody, Transport, TransportError};

/// A transport that answers by a script and records what it is sent. Clones share both.
///
/// # Panics
///
/// A request for which the script has no answer is a failed test, and panics.
#[derive(Clone)]
pub struct ScriptedTransport {
    state: Arc<Mutex<State>>,
}

struct State {
    script: Script,
    requests: Vec<RecordedRequest>,
}

enum Script {
    Queue(VecDeque<ScriptedAnswer>),
    Closure(Box<dyn FnMut(&RecordedRequest) -> ScriptedAnswer + Send>),
}

impl ScriptedTransport {
    /// Gives these answers one after the other, one for each attempt.
    pub fn new(answers: impl IntoIterator<Item = ScriptedAnswer>) -> Self {
        Self::of(Script::Queue(answers.into_iter().collect()))
    }

    /// Asks a closure for the answer to each attempt.
    pub fn answering(
        answer: impl FnMut(&RecordedRequest) -> ScriptedAnswer + Send + 'static,
    ) -> Self {
        Self::of(Script::Closure(Box::new(answer)))
    }

    fn of(script: Script) -> Self {
        let requests = Vec::new();
        Self {
            state: Arc::new(Mutex::new(State { script, requests })),
        }
    }

    /// The requests so far, those of repeated attempts included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.clone()
    }

    /// Requires that the requests so far are these, each as `METHOD path?query`, where the path is
    /// the one behind the base URL.
    ///
    /// # Panics
    ///
    /// They are others; the message shows both.
    #[track_caller]
    pub fn assert_requests(&self, expected: &[&str]) {
        let lines: Vec<String> = self.requests().iter().map(RecordedRequest::line).collect();
        assert!(
            lines == expected,
            "the client sent other requests than expected\n{}{}",
            listed("expected", expected),
            listed("sent", &lines)
        );
    }

    /// Requires that no answer of the script is left.
    ///
    /// # Panics
    ///
    /// There are some; the message shows how many, and the requests that were sent.
    #[track_caller]
    pub fn assert_finished(&self) {
        let state = self.lock();
        let Script::Queue(answers) = &state.script else {
            return;
        };
        let left = answers.len();
        let lines: Vec<String> = state.requests.iter().map(RecordedRequest::line).collect();
        drop(state);
        assert!(
            left == 0,
            "{left} answers of the script are left\n{}",
            listed("sent", &lines)
        );
    }

    /// A test that panics while it holds the lock has failed already.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: RecordedRequest) -> ScriptedAnswer {
        let mut state = self.lock();
        let number = state.requests.len() + 1;
        let answer = match &mut state.script {
            Script::Queue(answers) => answers.pop_front(),
            Script::Closure(answer) => Some(answer(&request)),
        };
        let line = request.line();
        state.requests.push(request);
        drop(state);
        answer.unwrap_or_else(|| panic!("the script has no answer to request {number}, {line}"))
    }
}

/// A heading, and below it a line for each request.
fn listed(heading: &str, lines: &[impl fmt::Display]) -> String {
    let mut text = format!("  {heading}:\n");
    if lines.is_empty() {
        text.push_str("    nothing\n");
    }
    for line in lines {
        let _ = writeln!(text, "    {line}");
    }
    text
}

impl Transport for ScriptedTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        let answer = self.answer(RecordedRequest::new(request));
        match answer.into_response() {
            Some(response) => Box::pin(ready(response)),
            None => Box::pin(std::future::pending()),
        }
    }
}

impl fmt::Debug for ScriptedTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ScriptedTransport")
            .field("requests", &self.lock().requests)
            .finish_non_exhaustive()
    }
}
