//! Request bodies of every kind.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::request_bodies::{Client, models};
use crate::runtime::{
    BoxFuture, Call, ClientBuilder, FileUpload, FormPart, FormParts, Outcome, ResponseBody,
    Transport, TransportError, TransportErrorKind,
};
use crate::server::{Act, Server, answer};
use crate::{client, sent};

fn server() -> (Server, Client) {
    let server = Server::new([answer(204, &[], "")]);
    let client = client(&server);
    (server, client)
}

/// A stream of two pieces, neither of which is there before it is asked for.
struct TwoPieces(u8);

impl Stream for TwoPieces {
    type Item = io::Result<bytes::Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        Poll::Ready(match self.0 {
            1 => Some(Ok("one ".into())),
            2 => Some(Ok("two".into())),
            _ => None,
        })
    }
}

/// The parts of a multipart body: head and content of each.
fn parts(request: &str) -> Vec<(String, String)> {
    let (head, body) = request
        .split_once("\r\n\r\n")
        .expect("a request has a body");
    let boundary = head
        .split_once("multipart/form-data; boundary=")
        .and_then(|(_, rest)| rest.lines().next())
        .expect("the head names the boundary");
    let end = format!("--{boundary}--\r\n");
    let parts = body.strip_suffix(&end).expect("the body ends as it should");
    let start = format!("--{boundary}\r\n");
    parts
        .split(&start)
        .skip(1)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").expect("a part has a head");
            let content = content.strip_suffix("\r\n").expect("a part has an end");
            (head.to_owned(), content.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn a_multipart_form_with_files() {
    let (server, client) = server();
    let photo = FileUpload::from("P")
        .file_name("a \"b\".jpg")
        .content_type("image/jpeg");
    let body = models::UploadPhotoBody::new(photo)
        .thumbnails(vec!["1".into(), FileUpload::from("2").file_name("2.png")])
        .title("Sea")
        .width(3)
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .place(models::Place::default().lat(1.5))
        .note("# N")
        .lines("1\n2")
        .data("text")
        .labels(vec!["l".to_owned(), "m".to_owned()]);
    let (target, request) = sent(&server, client.photos().upload(&body)).await;
    assert_eq!(target, "/photos");
    let disposition = "Content-Disposition: form-data; name=";
    let expected = [
        (
            "\"photo\"; filename=\"a %22b%22.jpg\"\r\nContent-Type: image/jpeg",
            "P",
        ),
        (
            "\"data\"\r\nContent-Type: application/JSON; charset=utf-8",
            "\"text\"",
        ),
        ("\"labels\"", "l,m"),
        ("\"lines\"\r\nContent-Type: application/x-ndjson", "1\n2"),
        ("\"note\"\r\nContent-Type: text/markdown", "# N"),
        (
            "\"place\"\r\nContent-Type: application/json",
            "{\"lat\":1.5}",
        ),
        ("\"tags\"", "x"),
        ("\"tags\"", "y"),
        (
            "\"thumbnails\"; filename=\"thumbnails\"\r\nContent-Type: image/png",
            "1",
        ),
        (
            "\"thumbnails\"; filename=\"2.png\"\r\nContent-Type: image/png",
            "2",
        ),
        ("\"title\"", "Sea"),
        ("\"width\"", "3"),
    ];
    let expected =
        expected.map(|(head, content)| (format!("{disposition}{head}"), content.to_owned()));
    assert_eq!(parts(&request), expected);
}

#[tokio::test]
async fn a_part_that_may_hold_anything() {
    let (server, client) = server();
    let body = || models::UploadPhotoBody::new("P");
    let body_of_text = body().source("https://a.example/1");
    let (_, request) = sent(&server, client.photos().upload(&body_of_text)).await;
    let head = "Content-Disposition: form-data; name=\"source\"";
    let expected = (head.to_owned(), "https://a.example/1".to_owned());
    assert_eq!(parts(&request)[1], expected);
    let body_of_number = body().source(serde_json::json!(1));
    let (_, request) = sent(&server, client.photos().upload(&body_of_number)).await;
    assert_eq!(parts(&request)[1], (head.to_owned(), "1".to_owned()));
    let read = serde_json::from_value::<FormPart>("a".into());
    assert_eq!(read.ok(), Some(FormPart::from("a".to_owned())));
    let body_of_file = body().source(FileUpload::from("1").content_type("text/csv"));
    let (_, request) = sent(&server, client.photos().upload(&body_of_file)).await;
    let head = format!("{head}; filename=\"source\"\r\nContent-Type: text/csv");
    assert_eq!(parts(&request)[1], (head, "1".to_owned()));
}

#[tokio::test]
async fn a_multipart_form_that_the_document_does_not_describe() {
    let (server, client) = server();
    let form = FormParts::new()
        .value("note", "N")
        .value("count", 2)
        .value("tags", vec!["x", "y"])
        .value("nothing", ())
        .file("file", FileUpload::from("1").file_name("1.txt"))
        .file("file", "2");
    let disposition = "Content-Disposition: form-data; name=";
    let binary = "Content-Type: application/octet-stream";
    let expected = [
        ("\"note\"".to_owned(), "N"),
        ("\"count\"".to_owned(), "2"),
        ("\"tags\"".to_owned(), "x"),
        ("\"tags\"".to_owned(), "y"),
        (format!("\"file\"; filename=\"1.txt\"\r\n{binary}"), "1"),
        (format!("\"file\"; filename=\"file\"\r\n{binary}"), "2"),
    ];
    let expected =
        expected.map(|(head, content)| (format!("{disposition}{head}"), content.to_owned()));
    let (_, request) = sent(&server, client.photos().attach(&form)).await;
    assert_eq!(parts(&request), expected);
    let call = client.photos().replace_attachments_multipart(&form);
    let (_, request) = sent(&server, call).await;
    assert_eq!(parts(&request), expected);
}

#[tokio::test]
async fn a_stream_of_known_length() {
    let (server, client) = server();
    let file = FileUpload::from_stream(TwoPieces(0)).length(7);
    let body = models::UploadPhotoBody::new(file);
    let (_, request) = sent(&server, client.photos().upload(&body)).await;
    assert_eq!(parts(&request)[0].1, "one two");
    let file = FileUpload::from_reader(&b"one two"[..])
        .length(7)
        .content_type("image/gif");
    let (_, request) = sent(&server, client.photos().put_image(file)).await;
    assert!(request.contains("content-type: image/gif\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\none two"), "{request}");
}

#[tokio::test]
async fn a_media_type_that_no_header_can_carry_is_not_sent() {
    let (server, client) = server();
    let file = FileUpload::from("a").content_type("image/gif\n");
    let error = client.photos().put_image(file).await;
    let error = error.expect_err("there is a line break").to_string();
    assert!(error.contains("content-type"), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_stream_is_not_sent_twice() {
    let server = Server::new([Act::Close]);
    let client: Client = client(&server);
    let file = || FileUpload::from_stream(TwoPieces(0)).length(7);
    let error = client.photos().put_image(file()).await;
    error.expect_err("the connection breaks");
    assert_eq!(server.count(), 1);
    let error = client.photos().put_image("in memory").await;
    error.expect_err("the connection breaks each time");
    assert_eq!(server.count(), 1 + 4);
    let call = client.photos().put_image(file());
    let again = call.clone();
    call.await.expect_err("the connection breaks");
    again.await.expect_err("the stream has been sent already");
}

#[tokio::test]
async fn forms() {
    let (server, client) = server();
    let place = || models::Place::default().lat(1.5).long(2.0);
    let search = models::Search::new()
        .place(place())
        .names(vec!["a b".to_owned(), "c".to_owned()])
        .extra(place())
        .each(vec![1, 2])
        .text("x&y");
    let json = "%7B%22lat%22%3A1.5%2C%22long%22%3A2%7D";
    let (_, request) = sent(&server, client.places().search(&search)).await;
    let expected = format!(
        "\r\n\r\neach=1&each=2&extra={json}&names=a%20b%7Cc\
         &place%5Blat%5D=1.5&place%5Blong%5D=2&text=x%26y"
    );
    assert!(request.ends_with(&expected), "{request}");
    let (_, request) = sent(&server, client.places().create_form(&search)).await;
    let expected =
        format!("\r\n\r\neach=1&each=2&extra={json}&names=a%20b&names=c&place={json}&text=x%26y");
    assert!(request.ends_with(&expected), "{request}");
    assert!(request.contains("content-type: application/x-www-form-urlencoded\r\n"));
}

#[tokio::test]
async fn other_media_types() {
    let (server, client) = server();
    let places = client.places();
    let place = models::Place::default().lat(1.5);
    let json = "{\"lat\":1.5}";
    let sent = [
        (
            sent(&server, places.create(&place)).await,
            "application/json",
            json,
        ),
        (
            sent(&server, places.create_file("bytes")).await,
            "application/octet-stream",
            "bytes",
        ),
        (
            sent(&server, places.delete().body(&place)).await,
            "application/vnd.api+json",
            json,
        ),
        (
            sent(&server, places.put_text("<a/>")).await,
            "application/xml",
            "<a/>",
        ),
    ];
    for ((_, request), media_type, body) in sent {
        assert!(
            request.contains(&format!("content-type: {media_type}\r\n")),
            "{request}"
        );
        assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
    }
}

/// Knows no streams, and answers nothing; it tells what it was to send.
struct WholeRequests;

impl Transport for WholeRequests {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let error = TransportError::new(TransportErrorKind::Setup, Outcome::NotSent, body);
        Box::pin(async { Err(error) })
    }
}

#[tokio::test]
async fn a_transport_without_streams_gets_them_whole() {
    let builder = ClientBuilder::<Client>::new("https://a.example").transport(WholeRequests);
    let client = builder.build().expect("the configuration is right");
    let cause = async |file: FileUpload| {
        let error = client.photos().put_image(file).await;
        let error = error.expect_err("nothing is answered");
        let cause = std::error::Error::source(&error).expect("there is a cause");
        cause.to_string()
    };
    let stream = FileUpload::from_stream(TwoPieces(0)).length(7);
    assert_eq!(cause(stream).await, "one two");
    assert_eq!(
        cause(FileUpload::from_stream(TwoPieces(0))).await,
        "one two"
    );
    assert_eq!(cause("in memory".into()).await, "in memory");
}

#[test]
fn a_file_shows_its_names_and_equals_what_holds_the_same() {
    let file = |text: &str| FileUpload::from(text).file_name("a.txt");
    assert_eq!(file("text"), file("text"));
    assert_ne!(file("text"), file("other"));
    assert_ne!(file("text"), FileUpload::from("text"));
    let stream = FileUpload::from_stream(TwoPieces(0)).length(7);
    assert_eq!(stream, stream.clone());
    assert_ne!(stream, FileUpload::from_stream(TwoPieces(0)).length(7));
    assert_ne!(stream, file("one two"));
    let shown = format!("{:?} {stream:?}", file("secret"));
    assert!(
        shown.contains("a.txt") && shown.contains("length: Some(7)"),
        "{shown}"
    );
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn a_file_outside_of_forms_is_a_text() {
    let written = |file: &FileUpload| serde_json::to_value(file).map_err(|error| error.to_string());
    assert_eq!(written(&"text".into()), Ok("text".into()));
    let binary = written(&vec![0xff].into()).expect_err("it is no text");
    assert!(binary.contains("binary"), "{binary}");
    let stream = written(&FileUpload::from_stream(TwoPieces(0))).expect_err("it is no text");
    assert!(stream.contains("stream"), "{stream}");
    let read: FileUpload = serde_json::from_str("\"text\"").expect("it is a text");
    assert_eq!(read, "text".into());
}

/// Operations none of which has a body.
#[allow(
    unreachable_pub,
    reason = "the macro is made for a library, which exports them"
)]
mod without_a_body {
    use crate::runtime::{Empty, endpoint};

    endpoint! { Get -> Result<Empty, Empty>; GET "/get" as "get"; }
    endpoint! { Delete -> Result<Empty, Empty>; DELETE "/delete" as "delete"; }
    endpoint! { Post -> Result<Empty, Empty>; POST "/post" as "post"; }
    endpoint! { Put -> Result<Empty, Empty>; PUT "/put" as "put"; }
    endpoint! { Patch -> Result<Empty, Empty>; PATCH "/patch" as "patch"; }
}

#[tokio::test]
async fn a_method_for_bodies_tells_the_length_of_none() {
    use without_a_body::{Delete, Get, Patch, Post, Put};

    let server = Server::new([answer(204, &[], "")]);
    let client: crate::runtime::Client = client(&server);
    let lengths = |(_, rest): (String, String)| {
        let lines = rest.lines();
        let lines = lines.filter(|line| line.starts_with("content-length"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    let zero = ["content-length: 0"];
    assert_eq!(
        lengths(sent(&server, Call::<Get>::new(&client)).await),
        none
    );
    assert_eq!(
        lengths(sent(&server, Call::<Delete>::new(&client)).await),
        none
    );
    assert_eq!(
        lengths(sent(&server, Call::<Post>::new(&client)).await),
        zero
    );
    assert_eq!(
        lengths(sent(&server, Call::<Put>::new(&client)).await),
        zero
    );
    assert_eq!(
        lengths(sent(&server, Call::<Patch>::new(&client)).await),
        zero
    );
    let own = Call::<Put>::new(&client).with_header("content-length", "0");
    assert_eq!(lengths(sent(&server, own).await), zero);
    let full = Call::<Put>::new(&client).json(&1);
    assert_eq!(lengths(sent(&server, full).await), ["content-length: 1"]);
    assert_eq!(server.connections(), 1);
}
