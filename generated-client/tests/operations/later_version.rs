//! What OpenAPI 3.2 adds.

use crate::client;
use crate::openapi_3_2::{Client, models};
use crate::server::{Server, answer, json};

fn streaming(media_type: &str, body: &str) -> (Server, Client) {
    let headers = [("content-type", media_type)];
    let server = Server::new([answer(200, &headers, body)]);
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn items_of_lines() {
    let (server, client) = streaming("application/jsonl", "{\"id\": 1}\n{\"id\": 2}\n");
    let mut rows = client.streams().lines().await.expect("it begins");
    for id in [1, 2] {
        let row = rows.next().await.expect("there is a row");
        assert_eq!(row.expect("it is a row").id, Some(id));
    }
    assert!(rows.next().await.is_none());
    assert!(server.requests()[0].contains("accept: application/jsonl, */*;q=0.5\r\n"));
}

#[tokio::test]
async fn items_that_are_lists() {
    let (_server, client) = streaming("application/jsonl", "[1, 2]\n[]\n");
    let mut lists = client.streams().lists().await.expect("it begins");
    for expected in [vec![1, 2], vec![]] {
        let list = lists.next().await.expect("there is a list");
        assert_eq!(list.expect("it is a list"), expected);
    }
}

#[tokio::test]
async fn events_by_their_data() {
    let (_server, client) = streaming("text/event-stream", "event: row\ndata: {\"id\": 1}\n\n");
    let mut rows = client.streams().rows().await.expect("it begins");
    let row = rows.next().await.expect("there is an event");
    let row = row.expect("it is a row");
    assert_eq!((row.name.as_str(), row.data.id), ("row", Some(1)));
    let mut texts = client.streams().texts().await.expect("it begins");
    let text = texts.next().await.expect("there is an event");
    assert_eq!(text.expect("it is a text").data, "{\"id\": 1}");
    let (_server, client) = streaming("text/event-stream", "data: on\n\n");
    let mut words = client.streams().words().await.expect("it begins");
    let word = words.next().await.expect("there is an event");
    assert_eq!(word.expect("it is a text").data, "on");
}

#[tokio::test]
async fn events_that_differ() {
    let body = "event: added\ndata: {\"id\": 1}\n\nevent: removed\nid: 7\n\
                data\n\nevent: other\ndata\n\n";
    let (_server, client) = streaming("text/event-stream", body);
    let mut changes = client.streams().changes().await.expect("it begins");
    let mut seen = Vec::new();
    while let Some(change) = changes.next().await {
        seen.push(match change.expect("it is a change").data {
            models::Change::Added(added) => format!("added {:?}", added.data.id),
            models::Change::Removed(removed) => format!("removed {:?}", removed.id),
            models::Change::Unrecognized(_) => "something else".to_owned(),
        });
    }
    assert_eq!(
        seen,
        ["added Some(1)", "removed Some(\"7\")", "something else"]
    );
}

#[tokio::test]
async fn events_whose_names_tell_what_their_data_hold() {
    let body = "event: headline\nid: 7\ndata: 12\n\nevent: reading\ndata: {\"celsius\": 3.5}\n\n\
                event: row\ndata: {\"id\": 1}\n\nevent: later\ndata: x\n\n";
    let (_server, client) = streaming("text/event-stream", body);
    let mut news = client.streams().news().await.expect("it begins");
    let mut seen = Vec::new();
    while let Some(event) = news.next().await {
        seen.push(match event.expect("it is an event").data {
            models::NewsResponseEvent::Headline(headline) => {
                format!("{} {:?}", headline.data, headline.id)
            }
            models::NewsResponseEvent::Reading(reading) => format!("{:?}", reading.data.celsius),
            models::NewsResponseEvent::Row(row) => format!("{:?}", row.data.id),
            models::NewsResponseEvent::Unrecognized(_) => "something else".to_owned(),
        });
    }
    assert_eq!(
        seen,
        ["12 Some(\"7\")", "Some(3.5)", "Some(1)", "something else"]
    );
}

#[tokio::test]
async fn methods_that_earlier_versions_do_not_know() {
    let server = Server::new([
        json(200, "{\"id\": 2}"),
        answer(201, &[], ""),
        answer(204, &[], ""),
    ]);
    let client: Client = client(&server);
    let things = client.things();
    let row = things.query().body(&models::Row::default()).await;
    assert_eq!(row.expect("it succeeds").id, Some(2));
    things.copy("a", "/b").await.expect("it succeeds");
    things.m_search("a").await.expect("it succeeds");
    let requests = server.requests();
    assert!(requests[0].starts_with("QUERY /things HTTP/1.1\r\n"));
    assert!(requests[1].starts_with("COPY /things/a HTTP/1.1\r\n"));
    assert!(requests[1].contains("destination: /b\r\n"));
    assert!(requests[2].starts_with("M-SEARCH /things/a HTTP/1.1\r\n"));
}

#[tokio::test]
async fn only_methods_that_are_known_to_be_safe_are_repeated() {
    let busy = || answer(502, &[], "");
    let server = Server::new([busy(), json(200, "{}"), busy(), answer(204, &[], "")]);
    let client: Client = client(&server);
    client.things().query().await.expect("it is sent again");
    let error = client.things().m_search("a").await;
    error.expect_err("it is not sent again");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_whole_query_and_what_is_meant_where_nothing_tells() {
    let pets =
        r#"[{"kind": "cat", "lives": 9}, {"legs": 4}, {"kind": "bird", "legs": 2}, {"a": 1}]"#;
    let server = Server::new([json(200, pets)]);
    let client: Client = client(&server);
    let tags = vec!["x".to_owned(), "y".to_owned()];
    let selector = models::PetsSelector::default().kind("a b").tags(tags);
    let call = client.things().pets().selector(&selector).session("s");
    let pets = call.await.expect("it succeeds");
    assert!(matches!(&pets[0], models::Pet::Cat(cat) if cat.lives == Some(9)));
    assert!(matches!(&pets[1], models::Pet::Beast(beast) if beast.legs == 4));
    assert!(matches!(&pets[2], models::Pet::Beast(beast) if beast.kind.as_deref() == Some("bird")));
    assert!(matches!(&pets[3], models::Pet::Unrecognized(_)));
    let request = &server.requests()[0];
    assert!(
        request.starts_with("GET /pets?kind=a%20b&tags=x&tags=y HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("cookie: session=s\r\n"), "{request}");
}
