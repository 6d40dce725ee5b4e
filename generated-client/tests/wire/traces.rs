//! Spans and events of calls.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};

use ionos_dbaas_postgres::v1::models::{PatchUserProperties, UsersPatchRequest};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client;
use crate::server::{Act, Server, json};

thread_local! {
    /// What the calls of a test have written; each test has a thread of its own.
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Writes down everything at every level.
///
/// One subscriber serves all tests: those of single threads lose spans to each other, as what is
/// enabled is remembered for the whole process.
struct Journal {
    ids: AtomicU64,
}

/// Begins to write down what this thread does.
fn journal() {
    static START: Once = Once::new();
    START.call_once(|| {
        let ids = AtomicU64::new(1);
        let set = tracing::subscriber::set_global_default(Journal { ids });
        set.expect("there is no other subscriber");
    });
}

/// The fields of a span or an event, one behind the other.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

fn write(head: &str, record: impl FnOnce(&mut Fields)) {
    let mut fields = Fields(head.to_owned());
    record(&mut fields);
    LINES.with_borrow_mut(|lines| lines.push(fields.0));
}

/// The lines that begin with a word.
fn lines(start: &str) -> Vec<String> {
    LINES.with_borrow(|lines| {
        let found = lines.iter().filter(|line| line.starts_with(start));
        found.cloned().collect()
    })
}

impl Subscriber for Journal {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let head = format!("span {}", span.metadata().name());
        write(&head, |fields| span.record(fields));
        Id::from_u64(self.ids.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        write("record", |fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let level = event.metadata().level();
        let head = format!("event {level} {}", event.metadata().target());
        write(&head, |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn assert_holds(line: &str, fields: &[&str]) {
    for field in fields {
        assert!(line.contains(&format!(" {field}")), "{field} in: {line}");
    }
}

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_an_event() {
    journal();
    let server = Server::new([Act::Close, json(503, "{}"), json(404, "{}")]);
    let call = client(&server).clusters().get("canary-argument");
    call.await.expect_err("there is no cluster");
    let spans = lines("span HTTP call");
    assert_eq!(spans.len(), 1, "{spans:?}");
    let common = [
        "http.request.method=\"GET\"",
        "url.template=\"/clusters/{clusterId}\"",
        "server.address=\"127.0.0.1\"",
        "server.port=",
    ];
    assert_holds(&spans[0], &common);
    assert_holds(
        &spans[0],
        &[
            "otel.kind=\"client\"",
            "otel.name=GET /clusters/{clusterId}",
        ],
    );
    let events: Vec<String> = lines("event")
        .into_iter()
        .filter(|line| line.contains("ionos_dbaas_postgres"))
        .collect();
    assert_eq!(events.len(), 3, "{events:?}");
    let own: [&[&str]; 3] = [
        &["error.type=\"exchange\""],
        &[
            "http.response.status_code=503",
            "error.type=\"503\"",
            "http.request.resend_count=1",
        ],
        &[
            "http.response.status_code=404",
            "error.type=\"404\"",
            "http.request.resend_count=2",
        ],
    ];
    for (event, own) in events.iter().zip(own) {
        assert_holds(event, &common);
        assert_holds(event, own);
        assert!(event.starts_with("event WARN"), "{event}");
    }
    let records = lines("record").concat();
    let end = [
        "http.response.status_code=404",
        "http.request.resend_count=2",
        "error.type=\"404\"",
    ];
    assert_holds(&records, &end);
}

#[tokio::test]
async fn a_success_is_no_warning_and_an_unreadable_one_is_an_error() {
    journal();
    let server = Server::new([json(200, "{}"), json(200, "[]")]);
    let client = client(&server);
    client.clusters().get("c").await.expect("it succeeds");
    assert!(!lines("record").concat().contains("error.type"));
    assert_eq!(lines("event WARN").len(), 0, "{:?}", lines(""));
    client
        .clusters()
        .get("c")
        .await
        .expect_err("it is no cluster");
    assert_holds(&lines("record").concat(), &["error.type=\"decode\""]);
    // The conventions call no redirect an error, whatever the caller makes of it.
    let server = Server::new([json(302, "{}")]);
    let elsewhere = crate::client(&server).clusters().get("c").await;
    assert!(elsewhere.is_err());
    assert_eq!(lines("event WARN").len(), 0, "{:?}", lines(""));
}

#[tokio::test]
async fn a_trace_of_everything_shows_no_secret() {
    journal();
    let answer = r#"{"messages": [{"message": "canary-answer"}]}"#;
    let server = Server::new([json(503, answer), Act::Close, json(400, answer)]);
    let client = crate::configured(&server)
        .token("canary-token")
        .header("x-key", "canary-header")
        .build()
        .expect("the configuration is right");
    let change = UsersPatchRequest::new(PatchUserProperties::default().password("canary-password"));
    let call = client.users().patch("c", "canary-user", &change);
    call.await.expect_err("the server refuses it");
    assert!(server.requests()[0].contains("canary-password"));
    let shown = lines("").join("\n");
    assert_eq!(lines("span HTTP call").len(), 1);
    assert!(!shown.contains("canary"), "{shown}");
}
