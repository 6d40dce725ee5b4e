//! Emitted code for what the client's own document does not use, against a server on loopback.
//!
//! The modules of emitted code come from fixtures of the generator, whose tests keep them fresh. They
//! expect the runtime at the root of their crate, so it is compiled into this one.

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    clippy::trivially_copy_pass_by_ref,
    reason = "these tests use a part of the runtime only"
)]
#[path = "../../src"]
mod source {
    pub(crate) mod runtime;
}

use source::runtime;

/// Modules of emitted code.
macro_rules! emitted {
    ($($name:ident),*) => {
        $(
            #[allow(
                dead_code,
                unreachable_pub,
                unused_imports,
                clippy::similar_names,
                clippy::trivially_copy_pass_by_ref,
                reason = "the code is made for a library, which exports it"
            )]
            mod $name;
        )*
    };
}

emitted!(
    answers_by_media_type,
    answers_by_status,
    answers_without_a_body,
    limits,
    openapi_3_2,
    pages,
    parameter_styles,
    request_bodies,
    security,
    server_sent_events,
    servers,
    streamed_answers,
    values
);

#[allow(
    dead_code,
    unreachable_pub,
    clippy::trivially_copy_pass_by_ref,
    reason = "the code is made for a library, which exports it"
)]
#[rustfmt::skip]
mod answer_headers;

#[path = "../wire/server.rs"]
#[allow(dead_code, reason = "these tests need a part of the server only")]
mod server;

mod bodies;
#[cfg(feature = "validate")]
mod checks;
mod choice_of_server;
mod credentials;
mod events;
mod headers;
mod later_version;
mod media_types;
mod pages_of_lists;
mod parameters;
#[cfg(target_os = "linux")]
mod secrets;
mod statuses;
mod streams;
mod things;

/// A client of the server.
fn client<C: From<runtime::Client>>(server: &server::Server) -> C {
    runtime::ClientBuilder::new(&server.url())
        .build()
        .expect("the configuration is right")
}

/// What one call sent: the request line without method and version, and the rest.
async fn sent<E: runtime::Endpoint>(
    server: &server::Server,
    call: runtime::Call<E>,
) -> (String, String)
where
    runtime::Failure<E>: std::fmt::Debug,
{
    call.await.expect("the server answers");
    let request = server.requests().pop().expect("a request came");
    let (line, rest) = request.split_once("\r\n").expect("a request has a line");
    let target = line.split(' ').nth(1).expect("the line has a target");
    (target.to_owned(), rest.to_owned())
}
