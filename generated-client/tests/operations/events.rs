//! Server-sent events.

use std::time::Duration;

use crate::client;
use crate::runtime::Error;
use crate::server::{Server, answer};
use crate::server_sent_events::{Client, models};

fn server(body: &str) -> (Server, Client) {
    let headers = [("content-type", "text/event-stream; charset=utf-8")];
    let server = Server::new([answer(200, &headers, body)]);
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn typed_data() {
    let body = ": hello\r\n\r\nid: 7\r\nretry: 3000\r\ndata: {\"value\":\r\ndata: 1.5}\r\n\r\n\
                event: odd\r\ndata: [DONE]\r\n\r\ndata: {\"value\": 2}\r\n\r\ndata: {}\r\n";
    let (server, client) = server(body);
    let mut prices = client.events().prices().await.expect("it begins");
    let first = prices.next().await.expect("there is an event");
    let first = first.expect("it is a price");
    assert_eq!((first.name.as_str(), first.id.as_str()), ("message", "7"));
    assert_eq!(first.retry, Some(Duration::from_secs(3)));
    assert_eq!(first.data.value, Some(1.5));
    let odd = prices.next().await.expect("there is an event");
    let odd = odd.expect_err("it is no price");
    assert_eq!(odd.raw_item(), Some(&b"[DONE]"[..]));
    let last = prices.next().await.expect("the stream goes on");
    assert_eq!(last.expect("it is a price").data.value, Some(2.0));
    assert!(prices.next().await.is_none(), "no empty line ends the last");
    assert_eq!(prices.last_event_id(), "7");
    assert_eq!(prices.retry(), Some(Duration::from_secs(3)));
    assert!(server.requests()[0].contains("accept: text/event-stream, */*;q=0.5\r\n"));

    let mut prices = client
        .events()
        .prices()
        .await
        .expect("it begins")
        .until("[DONE]");
    assert!(prices.next().await.is_some_and(|price| price.is_ok()));
    assert!(prices.next().await.is_none());
    assert!(prices.next().await.is_none());
}

#[tokio::test]
async fn texts_and_whole_events() {
    let (_server, client) = server("data: \"a\"\n\ndata\n\n");
    let mut notes = client.events().notes().await.expect("it begins");
    for expected in ["\"a\"", ""] {
        let note = notes.next().await.expect("there is a note");
        assert_eq!(note.expect("it is a text").data, expected);
    }
    let body = "id: 7\nretry: 3000\nevent: added\ndata: {\"value\": 1}\n\nevent: end\ndata: 12\n\n";
    let (_server, client) = server(body);
    let mut changes = client.events().changes().await.expect("it begins");
    let added = changes.next().await.expect("there is a change");
    match added.expect("it is a change").data {
        models::Change::Added(added) => assert_eq!(added.data.value, Some(1.0)),
        other => panic!("{other:?}"),
    }
    let end = changes.next().await.expect("there is a change");
    match end.expect("it is a change").data {
        models::Change::End(end) => assert_eq!(end.data, "12"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_of_another_media_type_is_no_event_stream() {
    let headers = [("content-type", "application/json")];
    let server = Server::new([answer(200, &headers, "{\"no\": 1}")]);
    let client: Client = client(&server);
    let error = client.events().prices().await.expect_err("it is JSON");
    let text = error.to_string();
    let end = "an unexpected body of the type \"application/json\": it is no event stream";
    assert!(text.ends_with(end), "{text}");
    let Error::Decode(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.raw_body(), b"{\"no\": 1}");
}
