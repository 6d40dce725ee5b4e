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
//! | bytes of an answer | 64 MiB | [`ClientBuilder::max_body`] |
//!
//! Credentials go to the configured server only: redirects are errors, and plain `http` is refused
//! unless the server is this machine or [`ClientBuilder::allow_plain_http`] asks for it.
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
//! # Newer servers
//!
//! A value that this version does not know ends in the variant `Unrecognized` of its enumeration
//! and is sent back as it came; unknown properties are left aside. Types that the vendor may extend
//! are `#[non_exhaustive]`, so that a new property or value is a minor version of this crate.

mod ionos;
mod runtime;

#[rustfmt::skip]
mod generated {
    pub mod v1;
}

pub use generated::v1;
pub use runtime::*;

/// The examples of the project's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
