//! Answers that are handed out as they arrive.

use std::error::Error as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use futures_core::Stream;

use crate::client;
use crate::runtime::{ClientBuilder, Error};
use crate::server::{Act, Server, answer, json};
use crate::streamed_answers::Client;
use crate::streamed_answers::api::files::GetResponse;

const BINARY: (&str, &str) = ("content-type", "application/octet-stream");

fn builder(server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::new(&server.url())
}

#[tokio::test]
async fn a_file_or_something_else_by_status() {
    let server = Server::new([answer(200, &[BINARY], "a file"), json(202, "{\"id\": 3}")]);
    let client: Client = client(&server);
    let GetResponse::Binary(file) = client.files().get("f").await.expect("it succeeds") else {
        panic!("status 200 announces a file");
    };
    assert_eq!(file.bytes().await.expect("it is whole"), "a file");
    let later = client.files().get("f").await.expect("it succeeds");
    let GetResponse::Row(row) = later else {
        panic!("{later:?}");
    };
    assert_eq!(row.id, Some(3));
    let accept = "accept: application/octet-stream, application/json, */*;q=0.5\r\n";
    assert!(server.requests()[0].contains(accept));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_status_that_is_not_described_has_no_body_that_could_be_read() {
    let server = Server::new([json(206, "{\"id\": 3}")]);
    let client: Client = client(&server);
    let error = client
        .files()
        .get("f")
        .await
        .expect_err("what could it be?");
    let text = error.to_string();
    let end = "the document describes no body for status 206 Partial Content";
    assert!(text.ends_with(end), "{text}");
}

#[tokio::test]
async fn an_error_is_read_whole() {
    let server = Server::new([answer(404, &[BINARY], "none")]);
    let client: Client = client(&server);
    let error = client.files().get("f").await.expect_err("there is none");
    assert_eq!(error.body().map(AsRef::as_ref), Some(&b"none"[..]));
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_not_repeated() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe begin".to_vec();
    let server = Server::new([Act::SendAndClose(head)]);
    let client: Client = client(&server);
    let mut picture = client.files().get_thumbnail("f").await.expect("it begins");
    let mut received = Vec::new();
    let error = loop {
        match picture.next().await.expect("the end is an error") {
            Ok(piece) => received.extend_from_slice(&piece),
            Err(error) => break error,
        }
    };
    assert_eq!(received, b"the begin");
    assert!(error.transport_error().is_some(), "{error}");
    assert!(error.to_string().starts_with("thumbnail (GET "), "{error}");
    assert!(picture.next().await.is_none());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_request_is_repeated_until_the_stream_begins() {
    let server = Server::new([answer(503, &[], ""), answer(200, &[], "picture")]);
    let client: Client = client(&server);
    let answer = client.files().get_thumbnail("f").send_with_response().await;
    let answer = answer.expect("the second attempt succeeds");
    assert_eq!(answer.attempts(), 2);
    let picture = answer.into_value().bytes().await.expect("it is whole");
    assert_eq!(picture, "picture");
}

#[tokio::test]
async fn only_what_is_collected_is_limited() {
    let server = Server::new([answer(200, &[], "more than four")]);
    let client = builder(&server).max_body(4).build();
    let client = client.expect("the configuration is right");
    let picture = client.files().get_thumbnail("f").await.expect("it begins");
    let error = picture.bytes().await.expect_err("it is too long");
    assert!(error.is_too_long(), "{error}");
    let mut picture = client.files().get_thumbnail("f").await.expect("it begins");
    let mut length = 0;
    while let Some(piece) = picture.next().await {
        length += piece.expect("it is whole").len();
    }
    assert_eq!(length, "more than four".len());
    let server = Server::new([answer(200, &[], "\"more than four\"")]);
    let client = builder(&server).max_body(4).build();
    let client = client.expect("the configuration is right");
    let mut rows = client.files().rows().await.expect("it begins");
    let error = rows.next().await.expect("there is a row");
    assert!(error.expect_err("it is too long").is_too_long());
    assert!(rows.next().await.is_none());
}

#[tokio::test]
async fn what_a_parameter_of_json_calls_a_stream_is_one() {
    let headers = [("content-type", "application/json")];
    let server = Server::new([answer(200, &headers, "{\"id\": 1}\n{\"id\": 2}\n")]);
    let client: Client = client(&server);
    let call = client.files().watched().stream();
    let mut rows = call.await.expect("it begins");
    for expected in [1, 2] {
        let row = rows.next().await.expect("there is a row");
        assert_eq!(row.expect("it is a row").id, Some(expected));
    }
    assert!(rows.next().await.is_none());
    assert!(server.requests()[0].contains("accept: application/json;stream=lines, "));
}

#[tokio::test]
async fn what_is_watched_arrives_in_changes() {
    let headers = [("content-type", "application/json")];
    let changes = "{\"type\": \"ADDED\", \"object\": {\"id\": 1}}\n";
    let server = Server::new([answer(200, &headers, changes)]);
    let client: Client = client(&server);
    let call = client.files().changes().stream();
    let mut changes = call.await.expect("it begins");
    let change = changes.next().await.expect("there is a change");
    let change = change.expect("it is a change");
    assert_eq!(change.type_, "ADDED");
    assert_eq!(change.object.expect("it is told")["id"], 1);
}

#[tokio::test]
async fn limits_of_a_call_end_with_the_head_and_silence_has_its_own() {
    let slow = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(60));
    let server = Server::new([Act::Drip(slow.into_bytes(), Duration::from_millis(10))]);
    let client: Client = client(&server);
    let call = client.files().get_thumbnail("f");
    let limit = Duration::from_millis(500);
    let call = call.with_deadline(limit).with_attempt_timeout(limit);
    let picture = call.with_idle_timeout(limit).await.expect("it begins");
    assert_eq!(picture.bytes().await.expect("it is whole").len(), 60);

    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe begin".to_vec();
    let server = Server::new([Act::Send(head)]);
    let client = builder(&server)
        .idle_timeout(Duration::from_millis(50))
        .build();
    let client = client.expect("the configuration is right");
    let picture = client.files().get_thumbnail("f").await.expect("it begins");
    let error = picture.bytes().await.expect_err("it never ends");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn lines_and_sequences() {
    let lines = "{\"id\":1}\r\n\n{\"id\":\"x\"}\n{\"id\":2}";
    let server = Server::new([answer(200, &[], lines)]);
    let client: Client = client(&server);
    let mut rows = client.files().rows().await.expect("it begins");
    let mut seen = Vec::new();
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => seen.push(row.id),
            Err(error) => {
                assert!(error.is_item() && error.path() == Some("id"), "{error}");
                assert_eq!(error.raw_item(), Some(&b"{\"id\":\"x\"}"[..]));
                assert!(!format!("{error:?}").contains('{'), "{error:?}");
            }
        }
    }
    assert_eq!(seen, [Some(1), Some(2)]);
    let sequence = "\u{1e}{\"id\":\n1}\n\u{1e}{\"id\":2}\n\u{1e}{\"id\":";
    let server = Server::new([answer(200, &[], sequence)]);
    let client: Client = crate::client(&server);
    let mut rows = client.files().sequence().await.expect("it begins");
    for id in [1, 2] {
        let row = rows.next().await.expect("there is a row");
        assert_eq!(row.expect("it is whole").id, Some(id));
    }
    let cut = rows.next().await.expect("there is the beginning of a row");
    assert!(cut.expect_err("it is cut").is_item());
    assert!(rows.next().await.is_none());
    assert!(server.requests()[0].contains("accept: application/json-seq, */*;q=0.5\r\n"));
}

#[tokio::test]
async fn what_holds_a_stream_shows_no_content() {
    let server = Server::new([answer(200, &[BINARY], "secret")]);
    let client: Client = client(&server);
    let answer = client.files().get("f").send_with_response().await;
    let text = format!("{:?}", answer.expect("it succeeds"));
    assert!(
        text.contains("fileGet") && !text.contains("secret"),
        "{text}"
    );
}

#[cfg(feature = "test-util")]
#[tokio::test(start_paused = true)]
async fn a_scripted_stream() {
    use crate::runtime::test_util::{ScriptedAnswer, ScriptedTransport};
    let pieces = ScriptedAnswer::pieces(
        200,
        "application/x-ndjson",
        ["{\"id\":1}\n{", "\"id\":2}\n"],
    );
    let transport = ScriptedTransport::new([pieces.clone().cut(), pieces.then_silence()]);
    let client = ClientBuilder::<Client>::new("https://a.example").transport(transport.clone());
    let client = client.build().expect("the configuration is right");
    for is_timeout in [false, true] {
        let mut rows = client.files().rows().await.expect("it begins");
        for id in [1, 2] {
            let row = rows.next().await.expect("there is a row");
            assert_eq!(row.expect("it is whole").id, Some(id));
        }
        let end = rows.next().await.expect("the end is an error");
        assert_eq!(end.expect_err("it is no row").is_timeout(), is_timeout);
    }
    transport.assert_finished();
}

#[cfg(feature = "blocking")]
#[test]
fn blocking() {
    use std::io::Read as _;
    let answers = [
        answer(200, &[], "picture"),
        answer(200, &[], "picture"),
        answer(200, &[], "{\"id\":1}\n{\"id\":2}\n"),
    ];
    let server = Server::new(answers);
    let client: crate::streamed_answers::blocking::Client = client(&server);
    let picture = client.files().get_thumbnail("f").send().expect("it begins");
    assert_eq!(picture.blocking_bytes().expect("it is whole"), "picture");
    let picture = client.files().get_thumbnail("f").send().expect("it begins");
    let mut text = String::new();
    let mut reader = picture.into_reader();
    reader.read_to_string(&mut text).expect("it is whole");
    assert_eq!(text, "picture");
    let rows = client.files().rows().send().expect("it begins");
    let ids: Result<Vec<_>, _> = rows.into_iter().map(|row| row.map(|row| row.id)).collect();
    assert_eq!(ids.expect("all are rows"), [Some(1), Some(2)]);
}

#[cfg(feature = "blocking")]
#[tokio::test]
async fn blocking_within_async_code_is_an_error() {
    let server = Server::new([answer(200, &[], "{\"id\":1}\n")]);
    let client: Client = client(&server);
    let mut rows = client.files().rows().await.expect("it begins").into_iter();
    let error = rows.next().expect("there is an error");
    assert!(
        error
            .expect_err("it is no row")
            .to_string()
            .contains("async")
    );
    assert!(rows.next().is_none());
}

#[tokio::test]
async fn a_failed_call_gives_no_stream() {
    let server = Server::new([answer(500, &[], "{}")]);
    let client: Client = client(&server);
    let error = client.files().rows().await.expect_err("it fails");
    assert!(matches!(error, Error::Api(_)), "{error}");
}

/// The next item of a stream, as other libraries ask for it.
async fn polled<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn streams_are_those_of_the_futures_libraries() {
    let events = "data: {\"delta\": \"a\"}\n\n";
    let server = Server::new([
        answer(200, &[], "picture"),
        answer(200, &[], "{\"id\":1}\n"),
        answer(200, &[("content-type", "text/event-stream")], events),
    ]);
    let client: Client = client(&server);
    let mut picture = client.files().get_thumbnail("f").await.expect("it begins");
    assert!(format!("{picture:?}").contains("thumbnail"), "{picture:?}");
    let piece = polled(&mut picture).await.expect("there is a piece");
    assert_eq!(piece.expect("it is whole"), "picture");
    assert!(polled(&mut picture).await.is_none());

    let mut rows = client.files().rows().await.expect("it begins");
    assert!(format!("{rows:?}").contains("rows"), "{rows:?}");
    let row = polled(&mut rows).await.expect("there is a row");
    assert_eq!(row.expect("it is whole").id, Some(1));
    assert!(polled(&mut rows).await.is_none());

    let client: crate::answers_by_media_type::Client = crate::client(&server);
    let prompt = crate::answers_by_media_type::models::Prompt::default();
    let call = client.completions().complete(&prompt);
    let mut pieces = call.stream().await.expect("it begins");
    assert!(format!("{pieces:?}").contains("complete"), "{pieces:?}");
    let piece = polled(&mut pieces).await.expect("there is an event");
    assert_eq!(piece.expect("it is one").data.delta.as_deref(), Some("a"));
    assert!(polled(&mut pieces).await.is_none());
}

#[tokio::test]
async fn a_fault_of_a_stream_reads_well_and_keeps_its_cause() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":\"x\"}\n".to_vec();
    let server = Server::new([Act::SendAndClose(cut)]);
    let client: Client = client(&server);
    let mut rows = client.files().rows().await.expect("it begins");
    let item = rows.next().await.expect("there is a row");
    let item = item.expect_err("its ID is no number");
    assert_eq!(item.context().attempts(), 1);
    let text = item.to_string();
    assert!(text.contains("an unexpected item in the stream"), "{text}");
    let cause = item.source().expect("the fault is the cause").to_string();
    assert!(text.ends_with(&cause), "{text}: {cause}");
    assert!(item.transport_error().is_none());
    let end = rows.next().await.expect("the end is an error");
    let end = end.expect_err("more was announced");
    assert!(end.to_string().contains("the stream ended early"), "{end}");
    assert!(end.source().is_some() && end.raw_item().is_none() && end.path().is_none());

    let server = Server::new([answer(200, &[], "\"more than four\"")]);
    let short = builder(&server).max_body(4).build();
    let short = short.expect("the configuration is right");
    let mut rows = short.files().rows().await.expect("it begins");
    let error = rows.next().await.expect("there is a row");
    let error = error.expect_err("it is too long");
    assert!(error.to_string().contains("more than 4 bytes"), "{error}");
    assert!(error.source().is_none());
}
