//! Headers of answers.

use crate::answer_headers::{Client, headers, models};
use crate::client;
use crate::runtime::{Error, Header};
use crate::server::{Server, answer};

#[tokio::test]
async fn headers_have_types() {
    let sent = [
        ("x-total", "12"),
        ("X-Parts", "red, blue"),
        ("x-parts", "green"),
        ("x-cursor", "{\"next\": 3}"),
        ("link", "<https://a.example/?page=2>; rel=\"next\", <b>"),
    ];
    let server = Server::new([answer(200, &sent, "[]")]);
    let client: Client = client(&server);
    let files = client.files().list().send_with_response().await;
    let files = files.expect("it succeeds");
    assert_eq!(files.header(headers::X_TOTAL), Ok(Some(12)));
    let colors = vec![
        models::Color::Red,
        models::Color::Unrecognized("blue".to_owned()),
        models::Color::Green,
    ];
    assert_eq!(files.header(headers::X_PARTS), Ok(Some(colors)));
    let cursor = files.header(headers::X_CURSOR).expect("it is JSON");
    assert_eq!(cursor.and_then(|cursor| cursor.next), Some(3));
    let link = "<https://a.example/?page=2>; rel=\"next\", <b>".to_owned();
    assert_eq!(files.header(headers::LINK), Ok(Some(link)));
    assert_eq!(files.header(headers::X_ODD), Ok(None));
}

#[tokio::test]
async fn a_header_that_cannot_be_read_fails_no_call() {
    let sent = [("x-total", "many"), ("x-cursor", "3")];
    let server = Server::new([
        answer(200, &sent, "[]"),
        answer(429, &[("x-reset", "1.5")], ""),
    ]);
    let client: Client = client(&server);
    let files = client.files().list().send_with_response().await;
    let files = files.expect("it succeeds");
    let error = files.header(headers::X_TOTAL).expect_err("it is no number");
    assert_eq!(error.name(), "X-Total");
    assert!(files.header(headers::X_CURSOR).is_err());
    let call = client.files().list().with_max_attempts(1);
    let Error::Api(error) = call.await.expect_err("it is too much") else {
        panic!("the server answers");
    };
    assert_eq!(error.header(headers::X_RESET), Ok(Some(1.5)));
}

#[test]
fn types_of_a_program_can_be_read_too() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Total(u64);
    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Color {
        Red,
    }
    let mut headers = http::HeaderMap::new();
    headers.insert("x-total", http::HeaderValue::from_static("12"));
    headers.insert("x-color", http::HeaderValue::from_static("Red"));
    let total: Header<Total> = Header::new("X-Total");
    assert_eq!(total.read(&headers), Ok(Some(Total(12))));
    let optional: Header<Option<u64>> = Header::new("x-total");
    assert_eq!(optional.clone().read(&headers), Ok(Some(Some(12))));
    let color: Header<Color> = Header::new("x-color");
    assert_eq!(color.read(&headers), Ok(Some(Color::Red)));
    let wrong: Header<Color> = Header::new("x-total");
    assert!(wrong.read(&headers).is_err());
    assert_eq!(total.name(), "X-Total");
    assert_eq!(format!("{total:?}"), "Header(\"X-Total\")");
}
