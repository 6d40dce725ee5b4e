//! Values of every kind, in answers, parameters and bodies.

use serde_json::{Value, json};

use crate::runtime::{Base64, Date, DateTime, IsoDuration, Patch, Secret, Time};
use crate::server::{Server, answer, json as json_answer};
use crate::values::{Client, models};
use crate::{client, sent};

/// The thing that an answer holds.
async fn received(thing: &Value) -> models::Thing {
    let server = Server::new([json_answer(200, &thing.to_string())]);
    let client: Client = client(&server);
    let thing = client.things().get("t").await;
    thing.expect("the answer can be read")
}

/// What a value of the property `content` is read as; written again, it is the same.
async fn content(value: Value) -> models::Content {
    let thing = json!({ "content": value });
    let read = received(&thing).await;
    let again = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(again, thing);
    read.content.expect("there is content")
}

#[tokio::test]
async fn the_type_that_knows_most_of_a_value_is_meant() {
    use models::Content::{Circle, Integer, Link, List, Text, Unrecognized};

    assert_eq!(content(json!(3)).await, Integer(3));
    assert_eq!(content(json!("three")).await, Text("three".to_owned()));
    assert_eq!(content(json!([3, 4])).await, List(vec![3, 4]));
    let circle = content(json!({"radius": 1.5})).await;
    assert!(matches!(circle, Circle(circle) if circle.radius == Some(1.5)));
    let link = content(json!({"radius": 1.5, "url": "u", "next": {"url": "v"}})).await;
    let Link(link) = link else {
        panic!("{link:?} is a link")
    };
    let next = link.next.expect("there is another one");
    assert_eq!(next.url.as_deref(), Some("v"));
    for unknown in [json!(true), json!(["a"])] {
        assert_eq!(content(unknown.clone()).await, Unrecognized(unknown));
    }
}

#[tokio::test]
async fn what_is_written_otherwise_is_read_within_unions_too() {
    let thing = received(&json!({"shape": {"kind": "Square", "side": 2.0}, "level": 1.0})).await;
    let shape = thing.shape.expect("there is a shape");
    assert!(matches!(shape, models::Shape::Square(square) if square.side == Some(2)));
    assert_eq!(thing.level, Some(models::Level::N1));
    let thing = received(&json!({"content": [3.0, 4]})).await;
    assert_eq!(thing.content, Some(models::Content::List(vec![3, 4])));
    let thing = received(&json!({"content": null})).await;
    assert_eq!(thing.content, None);
}

#[tokio::test]
async fn a_tag_tells_variants_apart_and_is_written_where_the_type_lacks_it() {
    let shapes = [
        json!({"kind": "round", "radius": 1.0}),
        json!({"kind": "Square", "side": 2}),
        json!({"kind": "triangle", "angle": 3}),
        json!({"side": 2}),
    ];
    let mut read = Vec::new();
    for shape in &shapes {
        let thing = received(&json!({ "shape": shape })).await;
        let shape = thing.shape.expect("there is a shape");
        read.push(shape);
    }
    assert!(matches!(&read[0], models::Shape::Circle(circle) if circle.radius == Some(1.0)));
    assert!(matches!(&read[1], models::Shape::Square(square) if square.side == Some(2)));
    assert_eq!(read[2], models::Shape::Unrecognized(shapes[2].clone()));
    assert_eq!(read[3], models::Shape::Unrecognized(shapes[3].clone()));
    let again = serde_json::to_value(&read).expect("they can be written");
    assert_eq!(again, json!(shapes));
}

#[tokio::test]
async fn enumerations_keep_what_they_do_not_know() {
    let thing = json!({"level": 2, "answer": true, "color": "dark blue"});
    let read = received(&thing).await;
    assert_eq!(read.level, Some(models::Level::N2));
    assert_eq!(read.answer, Some(models::Answer::True));
    assert_eq!(read.color, Some(models::Color::DarkBlue));

    let newer = json!({"level": 9, "answer": "maybe", "color": "green"});
    let read = received(&newer).await;
    assert_eq!(read.level, Some(models::Level::Unrecognized(9)));
    let answer = models::Answer::Unrecognized(json!("maybe"));
    assert_eq!(read.answer, Some(answer));
    let color = read.color.as_ref().expect("there is a color");
    assert_eq!(color, &models::Color::from("green".to_owned()));
    assert_eq!(color.to_string(), "green");
    assert_eq!(color.as_ref(), "green");
    assert_eq!("dark blue".parse(), Ok(models::Color::DarkBlue));
    let again = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(again, newer);
}

#[tokio::test]
async fn scalars_of_several_types_are_texts_in_parameters() {
    let target = async |value: models::Answer, size: &'static str| {
        let server = Server::new([json_answer(200, "{}")]);
        let client: Client = client(&server);
        let call = client.things().get("t").level(models::Level::N3);
        sent(&server, call.answer(value).size(size)).await.0
    };
    let query = target(models::Answer::Yes, "4").await;
    assert_eq!(query, "/things/t?level=3&answer=yes&size=4");
    let query = target(models::Answer::N0, "a b").await;
    assert_eq!(query, "/things/t?level=3&answer=0&size=a%20b");
    let query = target(models::Answer::True, "-1").await;
    assert_eq!(query, "/things/t?level=3&answer=true&size=-1");
}

#[tokio::test]
async fn a_patch_leaves_alone_clears_or_sets() {
    let body = async |change: models::Change| {
        let server = Server::new([answer(204, &[], "")]);
        let client: Client = client(&server);
        let (_, rest) = sent(&server, client.things().patch("t", &change)).await;
        assert!(rest.contains("content-type: application/merge-patch+json"));
        let (_, body) = rest.split_once("\r\n\r\n").expect("there is a body");
        body.to_owned()
    };
    let change = models::Change::default;
    assert_eq!(body(change()).await, "{}");
    let cleared = change().note(Patch::Null).size(3);
    assert_eq!(body(cleared).await, r#"{"note":null,"size":3}"#);
    let set = change().name("n").note("new");
    assert_eq!(set.note.value().map(String::as_str), Some("new"));
    assert_eq!(body(set).await, r#"{"name":"n","note":"new"}"#);
    for (change, expected) in [
        (change().stop(true), r#"{"stop":true}"#),
        (change().stop("END"), r#"{"stop":"END"}"#),
        (change().stop(models::Circle::new()), r#"{"stop":{}}"#),
        (change().stop(Patch::Null), r#"{"stop":null}"#),
    ] {
        assert_eq!(body(change).await, expected);
    }

    let read = |text| serde_json::from_str::<models::Change>(text).expect("it can be read");
    assert!(read("{}").note.is_absent());
    assert_eq!(read(r#"{"note": null}"#).note, Patch::Null);
    assert_eq!(read(r#"{"note": null}"#).note.value(), None);
    assert_eq!(read(r#"{"note": "n"}"#).note, "n".into());
}

#[tokio::test]
async fn times_and_bytes_lead_to_types_of_other_crates_and_back() {
    let thing = json!({
        "day": "2024-02-29",
        "moment": "2024-02-29T12:30:00Z",
        "clock": "12:30:00",
        "span": "P1DT2H",
        "data": "aGk=",
        "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    });
    let read = received(&thing).await;
    let again = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(again, thing);

    let day = read.day.expect("a day");
    assert_eq!(Date::from(jiff::civil::Date::from(day)), day);
    let moment = read.moment.expect("a moment");
    assert_eq!(DateTime::from(jiff::Timestamp::from(moment)), moment);
    let clock = read.clock.expect("a time");
    assert_eq!(Time::from(clock.clock()), clock);
    assert_eq!(clock.offset(), None);
    let span = read.span.expect("a duration");
    assert_eq!(span.span().get_hours(), 2);
    assert_eq!(IsoDuration::from(jiff::Span::from(span.clone())), span);
    let data = read.data.expect("bytes");
    assert_eq!(Base64::from(b"hi".as_slice()), data);
    assert_eq!(data.into_inner(), b"hi");
}

#[tokio::test]
async fn a_body_may_be_missing_where_a_status_has_none() {
    let server = Server::new([json_answer(200, "{\"level\": 1}"), answer(204, &[], "")]);
    let client: Client = client(&server);
    let deleted = client.things().delete("t").await.expect("it succeeds");
    let level = deleted.and_then(|thing| thing.level);
    assert_eq!(level, Some(models::Level::N1));
    let nothing = client.things().delete("t").await.expect("it succeeds");
    assert_eq!(nothing, None);
}

#[tokio::test]
async fn a_parameter_takes_texts_of_all_kinds() {
    let server = Server::new([json_answer(200, "{}")]);
    let client: Client = client(&server);
    let things = || client.things();
    let owned = "a b".to_owned();
    let secret = Secret::from("a b");
    for call in [
        things().get("t").size(&owned),
        things().get("t").size(&secret),
        things().get("t").size(secret.clone()),
        things().get("t").size(owned.clone()),
    ] {
        assert_eq!(sent(&server, call).await.0, "/things/t?size=a%20b");
    }
}

#[tokio::test]
async fn a_parameter_takes_the_union_that_it_is() {
    let server = Server::new([json_answer(200, "{}")]);
    let client: Client = client(&server);
    let sizes = [
        (models::GetSize::Integer(7), "7"),
        (models::GetSize::Text("a b".to_owned()), "a%20b"),
        (models::GetSize::Unrecognized(json!(true)), "true"),
    ];
    for (size, expected) in sizes {
        for call in [
            client.things().get("t").size(&size),
            client.things().get("t").size(size.clone()),
        ] {
            let target = format!("/things/t?size={expected}");
            assert_eq!(sent(&server, call).await.0, target);
        }
    }
}

#[tokio::test]
async fn texts_that_are_no_values_name_their_place() {
    for (name, text) in [
        ("day", "2023-02-29"),
        ("moment", "tomorrow"),
        ("clock", "25:00:00"),
        ("span", "P"),
        ("data", "§"),
        ("id", "0f8fad5b"),
    ] {
        let body = json!({ name: text }).to_string();
        let server = Server::new([json_answer(200, &body)]);
        let client: Client = client(&server);
        let error = client.things().get("t").await.expect_err(name);
        let place = format!("with an unexpected body: `{name}`: ");
        assert!(error.to_string().contains(&place), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_text_is_no_time() {
    for (body, expected) in [
        (r#"{"day": 3}"#, "expected a text or null"),
        (r#"{"data": 3}"#, "expected a text"),
    ] {
        let server = Server::new([json_answer(200, body)]);
        let client: Client = client(&server);
        let error = client.things().get("t").await.expect_err(body);
        assert!(error.to_string().contains(expected), "{error}");
    }
    let nothing = received(&json!({"day": null, "span": "", "data": null})).await;
    assert_eq!(nothing, models::Thing::default());
}

#[test]
fn a_model_within_another_type_takes_its_own_properties() {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Row {
        #[serde(flatten)]
        thing: models::Thing,
        #[serde(flatten)]
        rest: std::collections::BTreeMap<String, u8>,
    }

    let value = json!({"day": "2026-03-01", "size": 1});
    let row: Row = serde_json::from_value(value.clone()).expect("it can be read");
    assert!(row.thing.day.is_some());
    assert_eq!(row.rest, [("size".to_owned(), 1)].into());
    assert_eq!(serde_json::to_value(&row).ok(), Some(value));
}

#[tokio::test]
async fn what_can_have_one_value_only_has_it() {
    let server = Server::new([answer(204, &[], "")]);
    let client: Client = client(&server);
    let stop = models::Action::Stop(models::ActionStop::default());
    let say = models::Action::Say(models::ActionSay::new("hello"));
    for (action, expected) in [
        (stop, json!({"type": "stop"})),
        (
            say,
            json!({"role": "user", "type": "say", "words": "hello"}),
        ),
    ] {
        let call = client.things().create("t", &action);
        call.await.expect("it succeeds");
        let requests = server.requests();
        let request = requests.last().expect("there is a request");
        let (_, body) = request.split_once("\r\n\r\n").expect("there is a body");
        let body: Value = serde_json::from_str(body).expect("it is JSON");
        assert_eq!(body, expected);
    }
}

#[test]
fn a_value_that_is_assumed_may_be_missing() {
    let stop: models::ActionStop = serde_json::from_value(json!({})).expect("all is optional");
    assert_eq!(stop, models::ActionStop::default());
    let other = json!({"type": "pause"});
    let stop: models::ActionStop = serde_json::from_value(other.clone()).expect("it is kept");
    assert_eq!(serde_json::to_value(&stop).ok(), Some(other));
    let say = serde_json::from_value::<models::ActionSay>(json!({"words": "hello"}));
    let error = say.expect_err("the role is required").to_string();
    assert_eq!(error, "missing field `role`");
}
