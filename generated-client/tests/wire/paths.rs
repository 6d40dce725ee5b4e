//! Every argument of a path stays in its segment.

use crate::client;
use crate::server::{Server, answer};

#[tokio::test]
async fn arguments_are_encoded() {
    let cases = [
        ("a/b", "a%2Fb"),
        ("%2e%2e", "%252e%252e"),
        ("%", "%25"),
        ("ü ?#&", "%C3%BC%20%3F%23%26"),
        ("a\\b", "a%5Cb"),
        ("...", "..."),
        (";x=1", "%3Bx%3D1"),
    ];
    for (argument, encoded) in cases {
        let server = Server::new([answer(204, &[], "")]);
        client(&server)
            .databases()
            .delete("c", argument)
            .await
            .expect("it succeeds");
        let request = server.requests().remove(0);
        let line = request.lines().next().unwrap_or_default().to_owned();
        assert_eq!(
            line,
            format!("DELETE /clusters/c/databases/{encoded} HTTP/1.1"),
            "{argument}"
        );
    }
}

#[tokio::test]
async fn arguments_that_lead_elsewhere_are_not_sent() {
    let server = Server::new([answer(204, &[], "")]);
    for argument in ["", ".", ".."] {
        let error = client(&server).databases().delete("c", argument).await;
        let error = error
            .expect_err("it would delete something else")
            .to_string();
        assert!(
            error.contains("databasename") && error.contains("not sent"),
            "{error}"
        );
    }
    assert_eq!(server.connections(), 0);
}
