//! Parameters in every style, against the tables of the specification.
//!
//! The values are those of the section "Style Examples" of OpenAPI 3.0.4 and 3.1.1; objects have their
//! properties in the order of their names, as the generator emits them.

use crate::parameter_styles::{Client, models};
use crate::server::{Server, answer};
use crate::{client, sent};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

/// A list without items has no text, so its parameter is left out.
const NONE: [&str; 0] = [];

fn colors() -> Vec<String> {
    COLORS.map(ToOwned::to_owned).into()
}

fn color() -> models::Color {
    models::Color::default().r(100).g(200).b(150)
}

fn server() -> (Server, Client) {
    let server = Server::new([answer(204, &[], "")]);
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn values_in_paths() {
    let (server, client) = server();
    let (paths, prefixed, named) = (client.paths(), client.prefixed(), client.named());
    let (list, object) = (colors(), color());
    let calls = [
        (
            sent(&server, paths.simple("blue", COLORS, &object, &object)).await,
            "/simple/blue/blue,black,brown/B,150,G,200,R,100/B=150,G=200,R=100",
        ),
        (
            sent(&server, prefixed.label("blue", &list, &object)).await,
            "/label/.blue/.blue,black,brown/.B,150,G,200,R,100",
        ),
        (
            sent(&server, prefixed.label_exploded("blue", &list, &object)).await,
            "/label-exploded/.blue/.blue.black.brown/.B=150.G=200.R=100",
        ),
        (
            sent(&server, named.matrix("blue", &list, &object)).await,
            "/matrix/;color=blue/;list=blue,black,brown/;object=B,150,G,200,R,100",
        ),
        (
            sent(&server, named.matrix_exploded("blue", &list, &object)).await,
            "/matrix-exploded/;color=blue/;list=blue;list=black;list=brown/;B=150;G=200;R=100",
        ),
        (
            sent(&server, named.matrix("", &list, &object)).await,
            "/matrix/;color/;list=blue,black,brown/;object=B,150,G,200,R,100",
        ),
        (
            sent(&server, named.matrix("a;b=c/d", &list, &object)).await,
            "/matrix/;color=a%3Bb%3Dc%2Fd/;list=blue,black,brown/;object=B,150,G,200,R,100",
        ),
        (
            sent(&server, paths.shared("a", "b/c", "1.0", true)).await,
            "/a.b%2Fc;v=1.0?verbose=true",
        ),
    ];
    for ((target, _), expected) in calls {
        assert_eq!(target, expected);
    }
}

#[tokio::test]
async fn no_style_lets_an_argument_walk_up() {
    let (server, client) = server();
    for value in ["", "."] {
        let error = client.prefixed().label(value, &colors(), &color()).await;
        error.expect_err("the segment would be `.` or `..`");
    }
    let error = client
        .paths()
        .simple("..", COLORS, &color(), &color())
        .await;
    error.expect_err("the segment would be `..`");
    let error = client.prefixed().label("a", &[], &color()).await;
    error.expect_err("the segment would be empty");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn form() {
    let (server, client) = server();
    let queries = client.queries();
    let object = color();
    let calls = [
        (
            sent(&server, queries.form().color("blue")).await,
            "/form?color=blue",
        ),
        (
            sent(&server, queries.form().color("")).await,
            "/form?color=",
        ),
        (
            sent(&server, queries.form().list(COLORS)).await,
            "/form?list=blue,black,brown",
        ),
        (sent(&server, queries.form().list(NONE)).await, "/form"),
        (
            sent(&server, queries.form().object(&object)).await,
            "/form?object=B,150,G,200,R,100",
        ),
        (
            sent(&server, queries.form().exploded_list(COLORS)).await,
            "/form?exploded_list=blue&exploded_list=black&exploded_list=brown",
        ),
        (
            sent(&server, queries.form().exploded_object(&object)).await,
            "/form?B=150&G=200&R=100",
        ),
        (
            sent(&server, queries.form().list(["a,b", "c"])).await,
            "/form?list=a%2Cb,c",
        ),
    ];
    for ((target, _), expected) in calls {
        assert_eq!(target, expected);
    }
}

#[tokio::test]
async fn delimiters_and_deep_objects() {
    let (server, client) = server();
    let delimiters = client.delimiters();
    let (list, object) = (colors(), color());
    let filter = models::Filter::default()
        .name("a&b")
        .tags(colors())
        .color(color());
    let calls = [
        (
            sent(&server, delimiters.delimited().spaces(COLORS)).await,
            "/delimited?spaces=blue%20black%20brown",
        ),
        (
            sent(&server, delimiters.delimited().spaced(&object)).await,
            "/delimited?spaced=B%20150%20G%20200%20R%20100",
        ),
        (
            sent(&server, delimiters.delimited().pipes(COLORS)).await,
            "/delimited?pipes=blue%7Cblack%7Cbrown",
        ),
        (
            sent(&server, delimiters.delimited().piped(&object)).await,
            "/delimited?piped=B%7C150%7CG%7C200%7CR%7C100",
        ),
        (
            sent(&server, delimiters.delimited().each(COLORS)).await,
            "/delimited?each=blue&each=black&each=brown",
        ),
        (
            sent(&server, delimiters.deep().color(&object)).await,
            "/deep?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
        ),
        (
            sent(&server, delimiters.deep().filter(&filter)).await,
            "/deep?filter%5Bcolor%5D%5BB%5D=150&filter%5Bcolor%5D%5BG%5D=200\
             &filter%5Bcolor%5D%5BR%5D=100&filter%5Bname%5D=a%26b\
             &filter%5Btags%5D%5B0%5D=blue&filter%5Btags%5D%5B1%5D=black\
             &filter%5Btags%5D%5B2%5D=brown",
        ),
        (
            sent(&server, delimiters.deep().expand(&list)).await,
            "/deep?expand%5B0%5D=blue&expand%5B1%5D=black&expand%5B2%5D=brown",
        ),
    ];
    for ((target, _), expected) in calls {
        assert_eq!(target, expected);
    }
}

#[tokio::test]
async fn what_is_none_of_the_usual() {
    let (server, client) = server();
    let queries = client.queries();
    let either = models::OthersEither::List(vec![1, 2]);
    let calls = [
        (
            sent(&server, queries.others().url("https://a.example/?x=1&y#z")).await,
            "/others?url=https://a.example/?x=1%26y%23z",
        ),
        (
            sent(
                &server,
                queries.others().urls(&["a/b".to_owned(), "c".to_owned()]),
            )
            .await,
            "/others?urls=a/b,c",
        ),
        (
            sent(&server, queries.others().any("blue").page(2)).await,
            "/others?any=blue&page=2",
        ),
        (
            sent(&server, queries.others().any(COLORS)).await,
            "/others?any=blue&any=black&any=brown",
        ),
        (
            sent(&server, queries.others().either(&either)).await,
            "/others?either=1&either=2",
        ),
        (
            sent(
                &server,
                queries
                    .others()
                    .filter(&models::Filter::default().name("x")),
            )
            .await,
            "/others?filter=%7B%22name%22%3A%22x%22%7D",
        ),
        (
            sent(
                &server,
                queries.others().rows(&[models::Color::default().r(1)]),
            )
            .await,
            "/others?rows=%7B%22R%22%3A1%7D",
        ),
    ];
    for ((target, _), expected) in calls {
        assert_eq!(target, expected);
    }
}

#[tokio::test]
async fn values_in_headers_and_cookies() {
    let (server, client) = server();
    let (list, object) = (colors(), color());
    let filter = models::Filter::default().name("x");
    let call = client
        .headers()
        .get()
        .x_color("blue")
        .x_list(COLORS)
        .x_object(&object)
        .x_exploded(&object)
        .x_filter(&filter)
        .color("light=blue;%")
        .list(&list)
        .each(&list)
        .object(&object);
    let (_, headers) = sent(&server, call).await;
    let expected = [
        "x-color: blue",
        "x-list: blue,black,brown",
        "x-object: B,150,G,200,R,100",
        "x-exploded: B=150,G=200,R=100",
        r#"x-filter: {"name":"x"}"#,
        "cookie: color=light=blue%3B%25; list=blue,black,brown; each=blue; each=black; each=brown; \
         object=B,150,G,200,R,100",
    ];
    for line in expected {
        assert!(
            headers.lines().any(|found| found == line),
            "{line}\n{headers}"
        );
    }
}

#[tokio::test]
async fn what_is_empty_is_no_header() {
    let (server, client) = server();
    let (nothing, object) = ([""; 0], models::Color::default());
    let call = client.headers().get().x_list(nothing).x_object(&object);
    let (_, headers) = sent(&server, call.x_exploded(&object)).await;
    assert!(!headers.contains("x-"), "{headers}");
}

#[tokio::test]
async fn a_value_that_no_json_can_hold_is_not_sent() {
    let (server, client) = server();
    let pairs = std::collections::BTreeMap::from([((1, 2), 3)]);
    let error = client.queries().others().any(pairs).await;
    let text = error.expect_err("a key is no text").to_string();
    let start = "the parameter `any` cannot be written: ";
    assert!(text.contains(&format!("not sent: {start}")), "{text}");
    assert_eq!(server.count(), 0);
}
