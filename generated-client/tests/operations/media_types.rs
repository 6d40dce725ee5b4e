//! The choice between media types, and answers without a body.

use crate::answers_by_media_type::{self, models};
use crate::runtime::{Call, Client, Error};
use crate::server::{Act, Server, answer};
use crate::values::models::Color;
use crate::{answers_without_a_body, client};

fn typed(media_type: &str, body: &str) -> Act {
    answer(200, &[("content-type", media_type)], body)
}

#[tokio::test]
async fn a_value_or_a_stream_of_events() {
    let server = Server::new([
        typed("application/json", "{\"text\": \"ab\"}"),
        typed(
            "text/event-stream",
            "data: {\"delta\": \"a\"}\n\ndata: {\"delta\": \"b\"}\n\ndata: [DONE]\n\n",
        ),
    ]);
    let client: answers_by_media_type::Client = client(&server);
    let prompt = models::Prompt::default().text("x");
    let whole = client.completions().complete(&prompt).await;
    assert_eq!(whole.expect("it succeeds").text.as_deref(), Some("ab"));
    let prompt = prompt.stream(true);
    let call = client.completions().complete(&prompt).stream_param(true);
    let pieces = call.stream().await.expect("it begins");
    let mut pieces = pieces.until("[DONE]");
    let mut text = String::new();
    while let Some(piece) = pieces.next().await {
        text += &piece.expect("it is a piece").data.delta.unwrap_or_default();
    }
    assert_eq!(text, "ab");
    let requests = server.requests();
    assert!(requests[0].contains("accept: application/json, */*;q=0.5\r\n"));
    assert!(requests[1].contains("accept: text/event-stream, */*;q=0.5\r\n"));
    assert!(requests[1].starts_with("POST /completions?stream=true "));
    assert!(
        requests[1].ends_with("{\"stream\":true,\"text\":\"x\"}"),
        "{}",
        requests[1]
    );
}

#[tokio::test]
async fn events_of_which_only_the_request_tells() {
    let events = "event: start\ndata: {\"delta\": \"a\"}\n\ndata: [DONE]\n\n";
    let server = Server::new([
        typed("text/event-stream", events),
        typed("text/event-stream", events),
    ]);
    let client: answers_by_media_type::Client = client(&server);
    let outline = models::Outline::new("ships").stream(true);
    let draft = client.models().draft(&outline).length(3);
    let mut pieces = draft.stream().await.expect("it begins");
    let piece = pieces.next().await.expect("there is one");
    let piece = piece.expect("it is JSON");
    assert_eq!(
        (piece.name.as_str(), &piece.data["delta"]),
        ("start", &"a".into())
    );
    let sketch = client.models().sketch(&outline).stream().await;
    let mut pieces = sketch.expect("it begins").until("[DONE]");
    let piece = pieces.next().await.expect("there is one");
    let data = piece.expect("it is a piece").data;
    assert!(matches!(data, models::SketchResponse::Piece(_)), "{data:?}");
    assert!(pieces.next().await.is_none());
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /drafts?beta=true&length=3 "));
    assert!(requests[0].contains("accept: text/event-stream, */*;q=0.5\r\n"));
    assert!(requests[0].ends_with("{\"about\":\"ships\",\"stream\":true}"));
}

#[tokio::test]
async fn a_value_a_text_or_a_file() {
    let server = Server::new([
        typed("application/vnd.report+json", "{\"text\": \"r\"}"),
        typed("text/csv", "a,b"),
        typed("application/pdf", "%PDF"),
        typed("application/xml", "<a/>"),
    ]);
    let client: answers_by_media_type::Client = client(&server);
    let report = || client.completions().report("r");
    assert_eq!(
        report().await.expect("it succeeds").text.as_deref(),
        Some("r")
    );
    assert_eq!(report().text().await.expect("it succeeds"), "a,b");
    let file = report().download().await.expect("it begins");
    assert_eq!(file.bytes().await.expect("it is whole"), "%PDF");
    let table = client.completions().table();
    let table = table.with_header("accept", "application/xml;q=0.9").await;
    assert_eq!(table.expect("it succeeds"), "<a/>");
    let accepted = ["application/vnd.report+json", "text/csv", "application/pdf"];
    let requests = server.requests();
    for (request, media_type) in requests.iter().zip(accepted) {
        let line = format!("accept: {media_type}, */*;q=0.5\r\n");
        assert!(request.contains(&line), "{request}");
    }
    assert!(requests[3].contains("accept: application/xml;q=0.9\r\n"));
    assert_eq!(requests[3].matches("accept:").count(), 1);
}

#[tokio::test]
async fn a_plain_text_in_place_of_a_json_text() {
    let server = Server::new([
        typed("application/json", "\"well\""),
        typed("text/plain; charset=utf-8", "it says \"well\"\n"),
        typed("text/csv", "\"a\",b\n"),
        typed("text/html; charset=utf-8", "well done"),
        typed("text/html", "\n<p>"),
    ]);
    let client: answers_by_media_type::Client = client(&server);
    let health = || client.completions().health();
    assert_eq!(health().await.expect("it is JSON"), "well");
    let text = health().await.expect("it is a text");
    assert_eq!(text, "it says \"well\"\n");
    assert_eq!(health().await.expect("it is a table"), "\"a\",b\n");
    assert_eq!(health().await.expect("it is no page"), "well done");
    let error = health().await.expect_err("it is a page").to_string();
    assert!(error.contains("of the type \"text/html\""), "{error}");
}

/// Operations that are answered by a text of some kind.
#[allow(
    unreachable_pub,
    reason = "the macro is made for a library, which exports them"
)]
mod kinds {
    use crate::runtime::{Bytes, Empty, Json, Text, endpoint};
    use crate::values::models::Color;

    endpoint! { Known -> Result<Json<Color>, Empty>; GET "/color" as "color"; }
    endpoint! { Number -> Result<Json<i64>, Empty>; GET "/number" as "number"; }
    endpoint! { Plain -> Result<Text, Text>; GET "/text" as "text"; }
    endpoint! { Raw -> Result<Bytes, Empty>; GET "/bytes" as "bytes"; }
}

#[tokio::test]
async fn a_json_text_in_place_of_a_plain_text() {
    let quoted = typed("application/json; charset=utf-8", "\"it says\\n\"");
    let list = typed("application/problem+json", "[\"well\"]");
    let refused = Act::Send(
        b"HTTP/1.1 404 None\r\ncontent-type: application/json\r\ncontent-length: 6\r\n\r\n\"none\""
            .to_vec(),
    );
    let server = Server::new([quoted.clone(), list, refused, quoted]);
    let client: Client = crate::client(&server);
    let plain = || Call::<kinds::Plain>::new(&client);
    assert_eq!(plain().await.expect("it is a text"), "it says\n");
    assert_eq!(plain().await.expect("it is a text"), "[\"well\"]");
    let Err(Error::Api(error)) = plain().await else {
        panic!("it fails");
    };
    assert_eq!(error.body().map(String::as_str), Some("none"));
    let raw = Call::<kinds::Raw>::new(&client).await;
    assert_eq!(raw.expect("they are bytes"), "\"it says\\n\"");
}

#[tokio::test]
async fn texts_in_an_older_encoding() {
    let latin = |status| {
        let head = format!(
            "HTTP/1.1 {status} Status\r\ncontent-type: text/plain;charset=ISO-8859-1\r\n\
             content-length: 4\r\n\r\n"
        );
        Act::Send([head.as_bytes(), b"gr\xfcn"].concat())
    };
    let server = Server::new([latin(200), latin(404), latin(200), latin(200)]);
    let client: Client = crate::client(&server);
    let plain = || Call::<kinds::Plain>::new(&client);
    assert_eq!(plain().await.expect("it is a text"), "grün");
    let error = plain().await.expect_err("it fails");
    assert_eq!(error.body().map(String::as_str), Some("grün"));
    assert!(error.to_string().ends_with(": grün"), "{error}");
    let raw = Call::<kinds::Raw>::new(&client).await;
    assert_eq!(raw.expect("they are bytes"), &b"gr\xfcn"[..]);
    let client: answers_by_media_type::Client = crate::client(&server);
    let health = client.completions().health().await;
    assert_eq!(health.expect("it is a text"), "grün");
}

#[tokio::test]
async fn a_compressed_answer_is_called_so() {
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let server = Server::new([answer(200, &headers, "\u{1f}...")]);
    let client: Client = crate::client(&server);
    let error = Call::<kinds::Number>::new(&client).await;
    let error = error.expect_err("it is no JSON").to_string();
    assert!(
        error.contains(" with an unexpected body, compressed as \"gzip\" without being asked to: "),
        "{error}"
    );
}

#[tokio::test]
async fn the_quotation_marks_of_a_plain_text_belong_to_it() {
    let quoted = |text| Server::new([typed("text/plain", text)]);
    let server = quoted("\"well\"");
    let client: answers_by_media_type::Client = client(&server);
    let health = client.completions().health().await;
    assert_eq!(health.expect("it is a text"), "\"well\"");
    let client: Client = crate::client(&server);
    let plain = Call::<kinds::Plain>::new(&client).await;
    assert_eq!(plain.expect("it is a text"), "\"well\"");
    assert!(Call::<kinds::Number>::new(&client).await.is_err());
    let client: Client = crate::client(&quoted("\"dark blue\"\n"));
    let color = Call::<kinds::Known>::new(&client).await;
    assert_eq!(color.ok(), Some(Color::DarkBlue));
    let client: Client = crate::client(&quoted("12"));
    assert_eq!(Call::<kinds::Number>::new(&client).await.ok(), Some(12));
}

#[tokio::test]
async fn a_body_that_is_not_described_can_be_had() {
    let server = Server::new([typed("text/plain", "secret")]);
    let client: answers_by_media_type::Client = client(&server);
    let answer = client.completions().ping().send_with_response().await;
    let answer = answer.expect("it succeeds");
    assert_eq!(answer.raw_body(), b"secret");
    assert!(!format!("{answer:?}").contains("secret"));
}

#[tokio::test]
async fn whatever_is_described_bytes_can_be_had_as_they_arrive() {
    let chunk =
        b"HTTP/1.1 200 OK\r\netag: 7\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n".to_vec();
    let server = Server::new([
        typed("application/zip", "PK"),
        Act::Send(chunk),
        answer(503, &[], ""),
        typed("text/plain", "later"),
        answer(404, &[], "none"),
    ]);
    let client: answers_by_media_type::Client = client(&server);
    let completions = client.completions();
    let archive = completions.ping().raw_answer().await.expect("it begins");
    assert_eq!(archive.bytes().await.expect("it is whole"), "PK");

    let call = completions.table().raw_answer();
    let endless = call.send_with_response().await.expect("it begins");
    assert_eq!(endless.headers()["etag"], "7");
    let mut endless = endless.into_value();
    let piece = endless.next().await.expect("there is a piece");
    assert_eq!(piece.expect("it is whole"), "ab");

    let call = completions
        .health()
        .raw_answer()
        .with_header("accept", "text/plain");
    let second = call.send_with_response().await.expect("it is repeated");
    assert_eq!(second.attempts(), 2);
    assert_eq!(
        second.into_value().bytes().await.expect("it is whole"),
        "later"
    );
    let missing = completions.report("r").raw_answer().await;
    let missing = missing.expect_err("there is none");
    assert!(missing.is_not_found());
    let requests = server.requests();
    assert!(requests[0].contains("accept: application/json, */*;q=0.5\r\n"));
    assert!(requests[1].contains("accept: application/xml, */*;q=0.5\r\n"));
    assert!(requests[3].contains("accept: text/plain\r\n"));
}

#[tokio::test]
async fn an_answer_without_a_body_is_not_read() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n".to_vec();
    let gone = b"HTTP/1.1 404 None\r\ncontent-length: 12\r\n\r\n".to_vec();
    let server = Server::new([Act::Send(head), Act::Send(gone), answer(204, &[], "")]);
    let client: answers_without_a_body::Client = client(&server);
    let found = client.files().head("f").send_with_response().await;
    let found = found.expect("it exists");
    assert_eq!(found.headers()["content-length"], "12");
    let error = client.files().head("f").await.expect_err("it does not");
    assert!(error.is_not_found());
    client.files().replace("f").await.expect("it is done");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_redirect_is_a_success_where_it_is_all_there_is() {
    let location = [("location", "https://elsewhere.example/f")];
    let server = Server::new([
        answer(302, &location, ""),
        answer(304, &[], ""),
        answer(304, &[], ""),
    ]);
    let client: answers_without_a_body::Client = client(&server);
    let elsewhere = client.files().get_content("f").send_with_response().await;
    let elsewhere = elsewhere.expect("the document says so");
    assert_eq!(elsewhere.status().as_u16(), 302);
    assert_eq!(elsewhere.location(), Some("https://elsewhere.example/f"));
    let unchanged = client.files().get_content("f").send_with_response().await;
    assert_eq!(unchanged.expect("it may be").status().as_u16(), 304);
    let error = client.files().list().await.expect_err("it is no list");
    let Error::Api(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.status().as_u16(), 304);
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_number_in_a_plain_text() {
    let refused = answer(409, &[("content-type", "text/plain")], "[\"a lock\"]");
    let server = Server::new([typed("text/plain", "12\n"), refused]);
    let client: answers_by_media_type::Client = client(&server);
    let count = || client.completions().count(&7);
    assert_eq!(count().await.ok(), Some(12));
    let Err(Error::Api(error)) = count().await else {
        panic!("it fails");
    };
    assert_eq!(error.body(), Some(&vec!["a lock".to_owned()]));
    let request = &server.requests()[0];
    assert!(
        request.contains("content-type: text/plain\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n7"), "{request}");
}
