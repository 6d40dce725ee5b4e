//! A client for the IONOS DBaaS PostgreSQL REST API: clusters, backups, restores, logs, users and
//! databases.
//!
//! # Quick start
//!
//! ```no_run
//! use ionos_dbaas_postgres::v1::Client;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().from_env()?.build()?;
//!
//! let mut clusters = client.clusters().list().items();
//! while let Some(cluster) = clusters.next().await {
//!     println!("{:?}", cluster?.id);
//! }
//!
//! let cluster = client.clusters().wait_until_available("498ae72f-411f-11eb-9d07-046c59cc737e").await?;
//! println!("{:?}", cluster.properties);
//! # Ok(())
//! # }
//! ```
//!
//! A call is put together by a method of its group, takes optional parameters by further methods,
//! and is sent when it is awaited: `client.users().list(cluster_id).limit(10).await?`. It needs a
//! tokio runtime.
//!
//! With the feature `blocking`, `v1::blocking::Client` does the same without async code: a call is
//! sent by `send()`, lists are iterators, and waiting begins with `wait()`. Its requests run on a
//! thread of its own, which ends with the client. Within async code its calls fail with an error.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use ionos_dbaas_postgres::v1::blocking::Client;
//!
//! let client = Client::builder().from_env()?.build()?;
//! for cluster in client.clusters().list().items() {
//!     println!("{:?}", cluster?.id);
//! }
//! client.clusters().wait_until_available("498ae72f-411f-11eb-9d07-046c59cc737e").wait()?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "blocking"))]
//! # fn main() {}
//! ```
//!
//! # Configuration
//!
//! [`v1::Client::builder`] starts with the defaults; [`ClientBuilder::from_env`] takes over tokens
//! and the like from the environment, which nothing else reads.
//!
//! | Limit | Default | Set by |
//! |---|---|---|
//! | making a connection | 10 seconds | [`ClientBuilder::connect_timeout`] |
//! | one attempt | 60 seconds | [`ClientBuilder::attempt_timeout`] |
//! | a call with all its attempts | 180 seconds | [`ClientBuilder::deadline`] |
//! | attempts of a call | 4 | [`ClientBuilder::max_attempts`] |
//! | retries of all calls together | 50, and one more for ten successful calls | [`ClientBuilder::retry_budget`] |
//! | silence within a stream | 120 seconds | [`ClientBuilder::idle_timeout`] |
//! | bytes of an answer | 64 MiB | [`ClientBuilder::max_body`] |
//!
//! A call for which the client has no credentials is not sent: it fails with an error that names what
//! is missing, unless [`ClientBuilder::external_credentials`] says that something else shows who calls, or
//! that the server does not ask.
//! Tokens that are renewed come from a [`TokenProvider`].
//!
//! Credentials go to the configured server only: redirects are errors, and plain `http` is refused
//! unless the server is this machine, and no proxy is between, or [`ClientBuilder::allow_plain_http`] asks
//! for it.
//!
//! A server of `https` must show a certificate for its name that is valid now and comes from an
//! authority of the system or of [`ClientBuilder::trust_authority`], and the very certificate of
//! [`ClientBuilder::certificate_pin`] where one is given. Where keys are given by
//! [`ClientBuilder::public_key_pin`], it must have one of them as well, which a renewed certificate may
//! keep. Nothing is sent before that, and a refusal is not tried again.
//!
//! # Secrets in memory
//!
//! Passwords, tokens and keys are in memory that is overwritten when it is given back: those of the
//! configuration, the headers, cookies and URLs made of them, bodies in JSON, bodies of bytes, and the
//! copy that a check against the limits of the document needs. What is read from a server is not, and
//! neither are the parts of a multipart form, the text of a form on its way to a body, the buffers
//! into which hyper writes the head of a request and TLS its records, and those of the system.
//!
//! # Features
//!
//! | Feature | Default | What it brings |
//! |---|---|---|
//! | `rustls` | yes | TLS by rustls and ring; nothing is installed for the whole process |
//! | `native-tls` | no | TLS by the library of the system; `rustls` comes before it where both are on |
//! | `config-file` | no | [`ClientBuilder::from_config_file`]: the file that the vendor's tools share |
//! | `transport` | by the two above | HTTP/1.1 over hyper; without it, a client needs [`ClientBuilder::transport`] |
//!
//! # Retries
//!
//! A call is repeated after status 429, and after failures in which the server has certainly not
//! seen it. After status 502, 503 and 504, broken connections and timeouts it is repeated unless it
//! is a `POST`. Pauses are random up to a limit that doubles from 200 milliseconds to 20 seconds; a
//! `Retry-After` of the server is obeyed where the deadline leaves time for it.
//!
//! # Errors
//!
//! [`Error`] says in one line which operation failed and why, and answers questions:
//! [`is_not_found`](Error::is_not_found), [`is_retryable`](Error::is_retryable),
//! [`outcome_unknown`](Error::outcome_unknown). The parsed body of the server is at
//! [`body`](Error::body).
//!
//! # Answers that are something else
//!
//! [`Call::raw_answer`] gives the bytes of a successful answer as they arrive, as a [`ByteStream`], where
//! the document describes none or other ones than the server sends. Errors are those of the operation.
//!
//! # Limits of the document
//!
//! With the feature `validate`, which is on by default, each type of requests has a method
//! `validate()`. It checks the values against the limits of the document and names everything that
//! is not allowed at once, by JSON pointers. [`ClientBuilder`] has a method `validate_requests` that
//! lets every call do so before it is sent; without it, the server alone judges.
//!
//! ```
//! # #[cfg(feature = "validate")]
//! # fn main() {
//! use ionos_dbaas_postgres::v1::models::{PatchClusterProperties, PatchClusterRequest};
//!
//! let change = PatchClusterProperties::default().ram(1000).cores(0);
//! let violations = PatchClusterRequest::new(change).validate().expect_err("it is too small");
//! let pointers: Vec<&str> = violations.iter().map(|violation| violation.pointer()).collect();
//! assert_eq!(pointers, ["/properties/cores", "/properties/ram", "/properties/ram"]);
//! # }
//! # #[cfg(not(feature = "validate"))]
//! # fn main() {}
//! ```
//!
//! # Middleware
//!
//! A [`Middleware`] sees every attempt before it is sent and when it has ended: to sign requests, to
//! count them, to write an audit log. It does not see the credentials of the client.
//!
//! # Traces
//!
//! With the feature `tracing`, each call is a span and each attempt an event in it, with the field
//! names of OpenTelemetry's conventions for HTTP clients: `http.request.method`, `url.template`,
//! `server.address`, `http.response.status_code`, `http.request.resend_count`, `error.type` and more.
//! An attempt that succeeds is of level `DEBUG`, one that fails of level `WARN`. No argument, header
//! or body is in them.
//!
//! # Tests of a program
//!
//! With the feature `test-util`, `test_util::ScriptedTransport` takes the place of the network: it
//! answers by a script, and keeps the requests for assertions.
//!
//! ```
//! # #[cfg(not(feature = "test-util"))]
//! # fn main() {}
//! # #[cfg(feature = "test-util")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use ionos_dbaas_postgres::test_util::{ScriptedAnswer, ScriptedTransport};
//! use ionos_dbaas_postgres::v1::Client;
//! use serde_json::json;
//!
//! let server = ScriptedTransport::new([
//!     ScriptedAnswer::json(200, &json!({"items": [{"id": "c-1"}]})),
//!     ScriptedAnswer::json(404, &json!({"httpStatus": 404})),
//! ]);
//! let client = Client::builder().token("t").transport(server.clone()).build()?;
//!
//! let page = client.clusters().list().limit(10).await?;
//! assert_eq!(page.items.unwrap_or_default().len(), 1);
//! let error = client.clusters().get("c-2").await.expect_err("there is no such cluster");
//! assert!(error.is_not_found());
//!
//! server.assert_requests(&["GET /clusters?limit=10", "GET /clusters/c-2"]);
//! assert_eq!(server.requests()[0].header("authorization"), Some("(redacted)"));
//! server.assert_finished();
//! # Ok(())
//! # }
//! ```
//!
//! `fake::FakeService` keeps what it is told, as the service does: clusters get ready after a while,
//! backups can be restored, lists have pages, and faults happen on demand. Its clock makes an hour of
//! waiting take no time.
//!
//! # Newer servers
//!
//! A value that this version does not know ends in the variant `Unrecognized` of its enumeration
//! and is sent back as it came; unknown properties are left aside. Types that the vendor may extend
//! are `#[non_exhaustive]`, so that a new property or value is a minor version of this crate.
//!
//! Where a body is not as described, an integer may be written as `1.0`, an empty list or map as null, and
//! an empty map as `[]`. Any other value of another type is an error that names the way to it.
//!
//! # Promises and versions
//!
//! [`promises`] lists what the crate promises, each with its tests, and what a new version may change.

mod ionos;
mod runtime;

#[rustfmt::skip]
mod generated {
    pub mod v1;
}

#[doc = include_str!("promises.md")]
pub mod promises {}

pub use generated::v1;
#[cfg(feature = "config-file")]
pub use ionos::ConfigFile;
#[cfg(feature = "test-util")]
pub use ionos::fake;
pub use runtime::*;

/// The examples of the project's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
