//! Requests against the limits of a document: parameters, bodies of several media types and unions.

use crate::client;
use crate::limits::{Client, models};
use crate::runtime::{Call, ClientBuilder, Endpoint, ParameterPlace, Violations};
use crate::server::{Server, answer};

fn checking(server: &Server) -> Client {
    let builder = ClientBuilder::new(&server.url()).validate_requests();
    builder.build().expect("the configuration is right")
}

/// What is wrong with a call that is not sent: place, pointer and keyword of each.
async fn refused<E: Endpoint>(call: Call<E>) -> Vec<String> {
    let error = call.send().await.err().expect("it is not allowed");
    shown(error.violations().expect("the error lists them"))
}

fn shown(violations: &Violations) -> Vec<String> {
    let lines = violations.iter().map(|one| {
        let place = match one.parameter() {
            Some((place, name)) => format!("{place} {name}"),
            None => "body".to_owned(),
        };
        format!("{place} {} {}", one.pointer(), one.keyword())
    });
    lines.collect()
}

fn found(shelf: &models::Shelf) -> Vec<String> {
    shelf
        .validate()
        .err()
        .as_ref()
        .map(shown)
        .unwrap_or_default()
}

fn wrong_everywhere(client: &Client) -> Call<crate::limits::api::shelves::Get> {
    let shelves = client.shelves();
    shelves
        .get(0)
        .limit(101)
        .step(0.75)
        .code("12")
        .tags(["long tag", "b", "c"])
        .filter(&models::Filter::default().depth(4))
        .x_trace("xyz")
        .session("too long")
}

#[tokio::test]
async fn everything_wrong_with_parameters_is_named_at_once() {
    let server = Server::new([answer(204, &[], "")]);
    let found = refused(wrong_everywhere(&checking(&server))).await;
    let expected = [
        "path shelf  minimum",
        "query limit  maximum",
        "query step  enum",
        "query code  minLength",
        "query tags  maxItems",
        "query tags /0 maxLength",
        "query filter /depth maximum",
        "header X-Trace  pattern",
        "cookie session  maxLength",
    ];
    assert_eq!(found, expected);
    assert_eq!(server.count(), 0);
    let call = checking(&server).shelves().get(1).limit(100).step(1.5);
    let call = call.code("123").tags(["abcd"]).x_trace("abc");
    call.await.expect("all of it is allowed");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn nothing_is_checked_by_default() {
    let server = Server::new([answer(204, &[], "")]);
    let client: Client = client(&server);
    wrong_everywhere(&client).await.expect("the server decides");
}

#[tokio::test]
async fn parameters_and_body_are_checked_together_each_body_by_its_own_limits() {
    let server = Server::new([answer(204, &[], "")]);
    let client = checking(&server);
    let shelf = models::Shelf::new("four");
    let found = refused(client.shelves().replace(0, &shelf)).await;
    assert_eq!(found, ["path shelf  minimum", "body /text maxLength"]);
    let note = models::Note::new("four");
    let sent = client.shelves().replace_form(1, &note).await;
    sent.expect("a note may be longer");
    let note = models::Note::new("longer");
    let found = refused(client.shelves().replace_form(1, &note)).await;
    assert_eq!(found, ["body /text maxLength"]);
    let login = models::Login::new("u", "canary");
    let expected = ["body /user minLength", "body /password minLength"];
    let mut found = refused(client.login().register(&login)).await;
    found.reverse();
    let mut expected = expected.to_vec();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_list_is_a_body_with_limits_of_its_own() {
    let server = Server::new([answer(204, &[], "")]);
    let client = checking(&server);
    let labels = client.labels();
    let list = |items: &[&str]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
    let found = refused(labels.replace(&list(&[]))).await;
    assert_eq!(found, ["body  minItems"]);
    let found = refused(labels.replace(&list(&["abc", "long"]))).await;
    assert_eq!(found, ["body /1 maxLength"]);
    let found = refused(labels.create().body(&list(&["aa", "b", "aa"]))).await;
    assert_eq!(found, ["body  uniqueItems", "body /1 minLength"]);
    labels
        .replace(&list(&["abc"]))
        .await
        .expect("it is allowed");
}

#[test]
fn a_value_of_a_union_is_checked_as_what_its_tag_says() {
    let shelf = |shape| models::Shelf::new("a").shape(shape);
    let circle = |size| models::Shape::Circle(models::Circle::new("Circle", size));
    let square = |size| models::Shape::Square(models::Square::new("Square", size));
    assert!(found(&shelf(circle(10))).is_empty());
    assert!(found(&shelf(square(5))).is_empty());
    assert_eq!(found(&shelf(circle(5))), ["body /shape/size minimum"]);
    let own = circle(5).validate().err();
    assert_eq!(
        own.as_ref().map(shown),
        Some(vec!["body /size minimum".to_owned()])
    );
    assert_eq!(found(&shelf(square(10))), ["body /shape/size maximum"]);
    let blob = models::Shape::Blob(models::Blob::new("Blob").size(7));
    assert!(found(&shelf(blob)).is_empty());
    let newer = models::Shape::Unrecognized(serde_json::json!({"kind": "Cone", "size": 7}));
    assert!(found(&shelf(newer)).is_empty());
}

#[test]
fn a_value_of_a_union_without_a_tag_must_be_allowed_by_a_type_that_it_may_be_of() {
    let text = |text: &str| models::Label::from(text.to_owned());
    let allowed = [
        text("abc"),
        models::Label::Integer(9),
        models::Note::new("short").into(),
        models::Filter::default().depth(3).into(),
    ];
    assert!(found(&models::Shelf::new("a").labels(allowed.to_vec())).is_empty());
    let refused = [
        text("abcd"),
        models::Label::Integer(10),
        models::Label::Note(models::Note::new("longer")),
        models::Label::Filter(models::Filter::default().depth(4)),
    ];
    let expected = [
        "body /labels/0 maxLength",
        "body /labels/1 maximum",
        "body /labels/2/text maxLength",
        "body /labels/3/depth maximum",
    ];
    assert_eq!(
        found(&models::Shelf::new("a").labels(refused.to_vec())),
        expected
    );
    let alone = models::Shelf::new("a").label(text("abcd"));
    assert_eq!(found(&alone), ["body /label maxLength"]);
}

#[test]
fn a_place_has_the_name_that_the_specification_gives_it() {
    let places = [
        ParameterPlace::Path,
        ParameterPlace::Query,
        ParameterPlace::Header,
        ParameterPlace::Cookie,
    ];
    let names = places.map(|place| place.to_string());
    assert_eq!(names, ["path", "query", "header", "cookie"]);
}
