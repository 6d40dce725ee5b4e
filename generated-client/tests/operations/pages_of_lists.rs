//! Lists that are fetched page by page.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use crate::client;
use crate::pages::Client;
use crate::pages::models::{MarkedBody, SearchedBody, SkimmedBody, Thing};
use crate::server::{Act, Server, answer, json};
use crate::source::runtime::{Call, Paged};

/// The items of a page, as JSON.
fn things(ids: &str) -> String {
    let things: Vec<String> = ids
        .chars()
        .map(|id| format!(r#"{{"id": "{id}"}}"#))
        .collect();
    format!("[{}]", things.join(", "))
}

/// The IDs of all items, and what was asked for each page.
async fn read<E: Paged<Item = Thing>>(
    pages: impl Into<Vec<Act>>,
    call: impl Fn(&Client) -> Call<E>,
) -> (String, Vec<String>) {
    let server = Server::new(pages);
    let mut items = call(&client(&server)).items();
    let mut ids = String::new();
    while let Some(item) = items.next().await {
        assert!(ids.len() < 100, "paging does not end");
        let id = item.ok().and_then(|item| item.id);
        ids += &id.expect("every page is good, and every item has an ID");
    }
    let requests = server.requests();
    let targets = requests.iter().filter_map(|request| {
        let line = request.lines().next()?;
        Some(line.split(' ').nth(1)?.to_owned())
    });
    (ids, targets.collect())
}

fn listed(ids: &str) -> Act {
    json(200, &things(ids))
}

#[tokio::test]
async fn a_short_page_is_no_end_where_the_greatest_is_unknown() {
    let pages = || [listed("abc"), listed("d"), listed("")];
    let call = |client: &Client| client.lists().bare();
    let (ids, targets) = read(pages(), call).await;
    assert_eq!(ids, "abcd");
    assert_eq!(
        targets,
        ["/bare?%24skip=0", "/bare?%24skip=3", "/bare?%24skip=4"]
    );
    let call = |client: &Client| client.lists().bare().skip(1).top(3);
    let (ids, targets) = read(pages(), call).await;
    assert_eq!(ids, "abcd");
    assert_eq!(targets[0], "/bare?%24top=3&%24skip=1");
    assert_eq!(targets.len(), 3);
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let server = Server::new([listed("ab"), listed(""), listed("c"), listed("")]);
    let client: Client = client(&server);
    let mut pages = client.lists().bare().pages();
    let page = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await;
    let page = page.expect("there is a page").expect("it is good");
    assert_eq!(page.len(), 2);
    let end = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await;
    assert!(end.is_none());
    let mut items = client.lists().bare().items();
    let item = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await;
    let item = item.expect("there is an item").expect("it is good");
    assert_eq!(item.id.as_deref(), Some("c"));
}

#[tokio::test]
async fn a_list_can_be_deep_in_an_answer() {
    let page = |ids: &str| {
        let records = things(ids);
        json(
            200,
            &format!(r#"{{"data": {{"records": {records}}}, "errors": ["none"]}}"#),
        )
    };
    let call = |client: &Client| client.lists().enveloped();
    let (ids, targets) = read([page("ab"), page("c")], call).await;
    assert_eq!(ids, "abc");
    assert_eq!(
        targets,
        ["/enveloped?limit=2&offset=0", "/enveloped?limit=2&offset=2"]
    );
    let (ids, targets) = read([json(200, "{}")], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("", 1));
    // The server takes no more than it says, so a page is short for another reason.
    let call = |client: &Client| client.lists().enveloped().limit(3);
    let (ids, targets) = read([page("ab"), page("c"), page("")], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("abc", 3));
}

#[tokio::test]
async fn pages_are_numbered_from_where_the_document_says() {
    let page = |ids: &str, next: &str| {
        let results = things(ids);
        json(
            200,
            &format!(r#"{{"count": 3, "next": {next}, "results": {results}}}"#),
        )
    };
    let more = r#""http://192.0.2.1/steal""#;
    let call = |client: &Client| client.lists().numbered();
    let (ids, targets) = read([page("ab", more), page("c", "null")], call).await;
    assert_eq!(ids, "abc");
    assert_eq!(targets, ["/numbered?page=1", "/numbered?page=2"]);
    let call = |client: &Client| client.lists().numbered().page(7).page_size(2);
    let (_, targets) = read([page("ab", more), page("c", "null")], call).await;
    assert_eq!(
        targets,
        [
            "/numbered?page_size=2&page=7",
            "/numbered?page_size=2&page=8"
        ]
    );
    let content = |ids: &str| json(200, &format!(r#"{{"content": {}}}"#, things(ids)));
    let call = |client: &Client| client.lists().zero_based().page_size(2);
    let (ids, targets) = read([content("ab"), content("cd"), content("")], call).await;
    assert_eq!(ids, "abcd");
    assert_eq!(
        targets[0],
        "/zero-based?page%5Bsize%5D=2&page%5Bnumber%5D=0"
    );
    assert_eq!(targets.len(), 3);
    let data = |ids: &str| json(200, &format!(r#"{{"data": {}}}"#, things(ids)));
    let call = |client: &Client| client.lists().nested().pagination_page_size(2);
    let (ids, targets) = read([data("ab"), data("")], call).await;
    assert_eq!(ids, "ab");
    assert_eq!(
        targets[1],
        "/nested?pagination%5BpageSize%5D=2&pagination%5Bpage%5D=2"
    );
}

#[tokio::test]
async fn a_page_behind_the_last_may_not_be_found() {
    let page = |ids: &str| {
        let results = things(ids);
        json(
            200,
            &format!(r#"{{"next": "?", "count": 3, "results": {results}}}"#),
        )
    };
    let call = |client: &Client| client.lists().numbered();
    let (ids, targets) = read([page("ab"), page("c"), json(404, "{}")], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("abc", 3));
    let server = Server::new([json(404, "{}")]);
    let first = call(&client(&server)).items().next().await;
    assert!(first.expect("there is an error").is_err());
}

#[tokio::test]
async fn a_cursor_is_handed_back() {
    let page = |ids: &str, next: &str| {
        let data = things(ids);
        json(
            200,
            &format!(r#"{{"data": {data}, "meta": {{"next_cursor": {next}}}}}"#),
        )
    };
    let call = |client: &Client| client.lists().cursor().limit(2);
    let pages = [
        page("ab", r#""a/b+c""#),
        page("", r#""d""#),
        page("c", "null"),
    ];
    let (ids, targets) = read(pages, call).await;
    assert_eq!(ids, "abc");
    assert_eq!(
        targets,
        [
            "/cursor?limit=2",
            "/cursor?limit=2&cursor=a%2Fb%2Bc",
            "/cursor?limit=2&cursor=d"
        ]
    );
    let (ids, targets) = read([page("ab", r#""""#)], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("ab", 1));
    let (ids, targets) = read([page("a", r#""x""#), page("b", r#""x""#)], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("ab", 2));
    // These cursors come in a ring.
    let ring = ["x", "y", "z"].into_iter().cycle();
    let pages = ring.map(|next| page("a", &format!("\"{next}\"")));
    let pages: Vec<_> = [page("s", "\"r\"")]
        .into_iter()
        .chain(pages.take(60))
        .collect();
    let (ids, _) = read(pages, call).await;
    assert!((4..12).contains(&ids.len()), "{ids}");
    let page = |ids: &str, next: &str| {
        let things = things(ids);
        json(200, &format!(r#"{{"things": {things}{next}}}"#))
    };
    let pages = [page("ab", r#", "nextPageToken": "2""#), page("c", "")];
    let call = |client: &Client| client.lists().token();
    let (ids, targets) = read(pages, call).await;
    assert_eq!(ids, "abc");
    assert_eq!(
        targets,
        ["/token?pageSize=50", "/token?pageSize=50&pageToken=2"]
    );
}

#[tokio::test]
async fn the_last_id_is_handed_back_while_there_is_more() {
    let page = |ids: &str, more: bool| {
        let (data, last) = (things(ids), &ids[ids.len() - 1..]);
        json(
            200,
            &format!(r#"{{"data": {data}, "has_more": {more}, "last_id": "{last}"}}"#),
        )
    };
    let pages = || [page("ab", true), page("cd", false)];
    let call = |client: &Client| client.lists().last_id();
    let (ids, targets) = read(pages(), call).await;
    assert_eq!(ids, "abcd");
    assert_eq!(targets, ["/last-id", "/last-id?after=b"]);
    let call = |client: &Client| client.lists().last_item();
    let (ids, targets) = read(pages(), call).await;
    assert_eq!(ids, "abcd");
    assert_eq!(targets, ["/last-item", "/last-item?starting_after=b"]);
}

#[tokio::test]
async fn a_page_may_be_nothing_at_all() {
    let page = |ids: &str| {
        let items = things(ids);
        json(
            200,
            &format!(r#"{{"items": {items}, "next_cursor": "{ids}"}}"#),
        )
    };
    let call = |client: &Client| client.lists().optional();
    let pages = [page("ab"), page("c"), answer(204, &[], "")];
    let (ids, targets) = read(pages, call).await;
    assert_eq!(ids, "abc");
    let expected = ["/optional", "/optional?cursor=ab", "/optional?cursor=c"];
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn a_page_that_says_there_is_more_is_no_end() {
    let page = |ids: &str, more: bool| {
        let items = things(ids);
        json(200, &format!(r#"{{"items": {items}, "has_more": {more}}}"#))
    };
    let call = |client: &Client| client.lists().flagged();
    let pages = [
        page("abc", true),
        page("d", true),
        page("", true),
        page("e", false),
    ];
    let (ids, targets) = read(pages, call).await;
    assert_eq!(ids, "abcde");
    assert_eq!(targets[0], "/flagged?limit=3&page=1");
    assert_eq!(targets.len(), 4);
    let pages = [
        page("a", true),
        page("", true),
        page("", true),
        page("", true),
        page("b", false),
    ];
    let (ids, targets) = read(pages, call).await;
    assert_eq!((ids.as_str(), targets.len()), ("ab", 5));
    // This server would promise more for ever.
    let (ids, targets) = read([page("a", true), page("", true)], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("a", 102));
}

#[tokio::test]
async fn links_that_are_promised_and_not_sent_are_no_end() {
    let page = |ids: &str| {
        json(
            200,
            &format!(r#"{{"count": 3, "results": {}}}"#, things(ids)),
        )
    };
    let call = |client: &Client| client.lists().numbered();
    let (ids, targets) = read([page("ab"), page("c"), page("")], call).await;
    assert_eq!((ids.as_str(), targets.len()), ("abc", 3));
}

#[tokio::test]
async fn a_cursor_that_would_begin_anew_is_the_end() {
    let page = |ids: &str, next: u8| {
        let items = things(ids);
        json(200, &format!(r#"{{"items": {items}, "cursor": {next}}}"#))
    };
    let call = |client: &Client| client.lists().counted_cursor();
    let (ids, targets) = read([page("ab", 17), page("c", 0)], call).await;
    assert_eq!(ids, "abc");
    assert_eq!(targets, ["/counted-cursor", "/counted-cursor?cursor=17"]);
}

#[tokio::test]
async fn links_tell_the_parameter_of_the_next_page() {
    let page = |ids: &str, next: &str| {
        let results = things(ids);
        json(200, &format!(r#"{{"results": {results}, "next": {next}}}"#))
    };
    // Neither the server and the path of a link are followed, nor its other parameters.
    let second = page("ab", r#""http://other.example/x?page_size=9&page=2&a=b""#);
    let call = |client: &Client| client.lists().linked().page_size(2);
    let (ids, targets) = read([second, page("c", "null")], call).await;
    assert_eq!(ids, "abc");
    let second = "/linked?page_size=2&page=2";
    assert_eq!(targets, ["/linked?page_size=2", second]);
    let call = |client: &Client| client.lists().linked().page(2);
    let (ids, targets) = read([page("c", "null")], call).await;
    assert_eq!(ids, "c");
    assert_eq!(targets, ["/linked?page=2"]);
}

#[tokio::test]
async fn a_link_holds_a_cursor_or_is_one() {
    let page = |ids: &str, next: &str| {
        let results = things(ids);
        json(
            200,
            &format!(r#"{{"results": {results}, "next": "{next}"}}"#),
        )
    };
    let call = |client: &Client| client.lists().linked_cursor();
    let second = page("ab", "/lists?page%5Bcursor%5D=a%2Fb+c#end");
    let (ids, targets) = read([second, page("c", "d?"), page("e", "")], call).await;
    assert_eq!(ids, "abce");
    assert_eq!(
        targets,
        [
            "/linked-cursor",
            "/linked-cursor?page%5Bcursor%5D=a%2Fb%20c",
            "/linked-cursor?page%5Bcursor%5D=d%3F",
        ]
    );
}

#[tokio::test]
async fn a_hint_says_what_names_do_not() {
    let page = |ids: &str, rest: bool| {
        let things = things(ids);
        json(
            200,
            &format!(r#"{{"found": {{"things": {things}, "rest": {rest}}}}}"#),
        )
    };
    let call = |client: &Client| client.lists().hinted();
    let (ids, targets) = read([page("ab", true), page("c", false)], call).await;
    assert_eq!(ids, "abc");
    assert_eq!(targets, ["/hinted?p=1", "/hinted?p=2"]);
}

/// What the bodies of all requests are.
fn bodies(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let bodies = requests
        .iter()
        .filter_map(|request| request.split("\r\n\r\n").nth(1));
    bodies.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_body_says_which_page_is_wanted() {
    let page = |ids: &str, next: &str| {
        let found = things(ids);
        json(200, &format!(r#"{{"found": {found}{next}}}"#))
    };
    let server = Server::new([page("ab", r#", "next_cursor": "1\"2""#), page("c", "")]);
    let client: Client = client(&server);
    let words = SearchedBody::new("a & b")
        .weight(1.50)
        .cursor("old")
        .limit(1);
    let mut items = client.lists().searched(&words).items();
    let mut ids = String::new();
    while let Some(item) = items.next().await {
        ids += &item.expect("every page is good").id.expect("it has an ID");
    }
    assert_eq!(ids, "abc");
    assert_eq!(
        bodies(&server),
        [
            r#"{"words":"a & b","cursor":"old","limit":1,"weight":1.5}"#,
            r#"{"words":"a & b","cursor":"1\"2","limit":1,"weight":1.5}"#,
        ]
    );
}

#[tokio::test]
async fn a_body_counts_items_and_pages() {
    let server = Server::new([listed("ab"), listed("c"), listed("d")]);
    let client: Client = client(&server);
    let mut pages = client.lists().skimmed().pages();
    while let Some(page) = pages.next().await {
        assert!(page.is_ok());
    }
    let from = SkimmedBody::default().offset(7);
    let mut pages = client.lists().skimmed().body(&from).pages();
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    assert_eq!(pages.offset(), 8);
    assert_eq!(
        bodies(&server),
        [
            r#"{"limit":2,"offset":0}"#,
            r#"{"limit":2,"offset":2}"#,
            r#"{"offset":7,"limit":2}"#,
        ]
    );

    let found = |ids: &str| json(200, &format!(r#"{{"found": {}}}"#, things(ids)));
    let server = Server::new([found("a"), found("")]);
    let client: Client = crate::client(&server);
    let mut pages = client.lists().marked(&MarkedBody::default()).pages();
    while let Some(page) = pages.next().await {
        assert!(page.is_ok());
    }
    assert_eq!(bodies(&server), [r#"{"nth":1}"#, r#"{"nth":2}"#]);
}

#[tokio::test]
async fn pages_tell_where_to_go_on() {
    let server = Server::new([listed("abc")]);
    let mut pages = client::<Client>(&server).lists().bare().pages();
    pages.next().await.expect("a page").expect("it is good");
    assert_eq!(pages.offset(), 3);
    let server = Server::new([json(200, r#"{"content": [{}]}"#)]);
    let mut pages = client::<Client>(&server).lists().zero_based().pages();
    pages.next().await.expect("a page").expect("it is good");
    assert_eq!(pages.number(), 1);
    let server = Server::new([json(200, r#"{"nextPageToken": "x"}"#)]);
    let mut pages = client::<Client>(&server).lists().token().pages();
    assert_eq!(pages.cursor(), None);
    pages.next().await.expect("a page").expect("it is good");
    assert_eq!(pages.cursor(), Some("x"));
}
