//! Server-sent events.

use std::time::Duration;

use crate::client;
use crate::runtime::{self, Call, DecodeEvent, Endpoint, Error, EventStream, Failure};
use crate::server::{Server, answer};
use crate::server_sent_events::{Client, models};
use crate::values::models as values;

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

/// Events whose data are numbers and words, or words alone; and whole events.
#[allow(
    unreachable_pub,
    reason = "the macro is made for a library, which exports them"
)]
mod kinds {
    use crate::runtime::{Empty, EventStream, Json, WholeEvent, endpoint};
    use crate::values::models::{Answer, Color, Content};

    endpoint! { Answers -> Result<EventStream<Json<Answer>>, Empty>; GET "/a" as "a"; }
    endpoint! { Colors -> Result<EventStream<Json<Color>>, Empty>; GET "/b" as "b"; }
    endpoint! { Contents -> Result<EventStream<Json<Content>>, Empty>; GET "/c" as "c"; }
    endpoint! { Rows -> Result<EventStream<WholeEvent<Row>>, Empty>; GET "/d" as "d"; }

    #[derive(Debug)]
    pub struct Row {
        pub data: Vec<i64>,
    }

    crate::runtime::object! { Row; Required: data; }
}

/// What the events of an answer hold; nothing where one cannot be read.
async fn data<E, D>(body: &str) -> Vec<Option<D::Value>>
where
    E: Endpoint<Success = EventStream<D>>,
    Failure<E>: std::fmt::Debug,
    D: DecodeEvent + 'static,
{
    let headers = [("content-type", "text/event-stream")];
    let server = Server::new([answer(200, &headers, body)]);
    let client: runtime::Client = client(&server);
    let mut events = Call::<E>::new(&client).await.expect("it begins");
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(event.ok().map(|event| event.data));
    }
    seen
}

#[tokio::test]
async fn data_that_are_no_json_are_a_text_where_the_type_knows_it() {
    use values::{Answer, Color, Content};

    let body = "data: 0\n\ndata: yes\n\ndata: \"yes\"\n\ndata: [DONE]\n\n";
    let seen = data::<kinds::Answers, _>(body).await;
    let yes = Some(Answer::Yes);
    assert_eq!(seen, [Some(Answer::N0), yes.clone(), yes, None]);
    let seen = data::<kinds::Colors, _>("data: dark blue\n\ndata: [DONE]\n\n").await;
    let newer = Color::from("[DONE]");
    assert_eq!(seen, [Some(Color::DarkBlue), Some(newer)]);
    let seen = data::<kinds::Contents, _>("data: 3\n\ndata: [DONE]\n\n").await;
    let done = Content::Text("[DONE]".to_owned());
    assert_eq!(seen, [Some(Content::Integer(3)), Some(done)]);
}

#[tokio::test]
async fn whole_events_are_read_leniently_where_they_have_to_be() {
    let body = "data: [1, 2.0]\n\ndata: null\n\ndata: [\"1\"]\n\ndata: no\n\n";
    let seen = data::<kinds::Rows, _>(body).await;
    let lists: Vec<_> = seen
        .into_iter()
        .map(|row| row.map(|row| row.data))
        .collect();
    assert_eq!(lists, [Some(vec![1, 2]), Some(vec![]), None, None]);
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
