//! What becomes of answers.

use std::error::Error as _;
use std::time::Duration;

use ionos_dbaas_postgres::v1::models::State;
use ionos_dbaas_postgres::{Error, TokioClock};

use crate::server::{Act, Server, answer, json};
use crate::{client, configured};

#[tokio::test]
async fn an_error_keeps_what_the_server_said() {
    let body = r#"{"httpStatus": 404, "messages": [{"errorCode": "paas-1", "message": "no such cluster"}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-42"),
    ];
    let server = Server::new([answer(404, &headers, body)]);
    let error = client(&server)
        .clusters()
        .get("c")
        .await
        .expect_err("there is no cluster");
    assert!(error.is_not_found());
    assert_eq!(error.request_id(), Some("r-42"));
    let parsed = error
        .body()
        .expect("the body is what the document describes");
    assert_eq!(parsed.http_status, Some(404));
    let text = error.to_string();
    for part in ["clustersFindById", "404", "paas-1", "no such cluster"] {
        assert!(text.contains(part), "{text}");
    }
}

#[tokio::test]
async fn an_error_of_another_form_keeps_its_bytes() {
    let cases: [(u16, &str); 3] = [(500, ""), (400, "<html>no</html>"), (403, "null")];
    for (status, body) in cases {
        let server = Server::new([json(status, body)]);
        let call = client(&server).clusters().get("c").with_max_attempts(1);
        let Error::Api(error) = call.await.expect_err("it fails") else {
            panic!("status {status} is an answer of the API");
        };
        assert_eq!(error.status().as_u16(), status);
        assert_eq!(error.raw_body(), body.as_bytes());
    }
}

#[tokio::test]
async fn invalid_utf_8_is_no_reason_to_lose_an_error() {
    let bytes = b"HTTP/1.1 418 No\r\ncontent-length: 3\r\n\r\n\xff\xfe\xfd".to_vec();
    let server = Server::new([Act::Send(bytes)]);
    let error = client(&server)
        .clusters()
        .get("c")
        .await
        .expect_err("it fails");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(418));
}

#[tokio::test]
async fn an_unexpected_success_names_the_field_and_is_not_repeated() {
    let cases = [
        (r#"{"properties": {"ram": "much"}}"#, "properties.ram"),
        (
            r#"{"metadata": {"createdDate": "soon"}}"#,
            "metadata.createdDate",
        ),
        ("[1", ""),
        ("null", ""),
        ("", ""),
        ("{} {}", ""),
    ];
    for (body, path) in cases {
        let server = Server::new([json(200, body)]);
        let error = client(&server)
            .clusters()
            .get("c")
            .await
            .expect_err("it cannot be read");
        let Error::Decode(error) = &error else {
            panic!("{body}: {error}")
        };
        if !path.is_empty() {
            assert_eq!(error.path(), path, "{body}");
        }
        assert_eq!(error.raw_body(), body.as_bytes());
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn deep_nesting_is_an_error_and_no_overflow() {
    let body = format!(
        "{{\"properties\": {}{}}}",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let server = Server::new([json(200, &body)]);
    let error = client(&server)
        .clusters()
        .get("c")
        .await
        .expect_err("it cannot be read");
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn any_success_is_a_success() {
    for status in [200, 201, 202, 204, 299] {
        let server = Server::new([answer(status, &[], "")]);
        let answer = client(&server)
            .databases()
            .delete("c", "db")
            .send_with_response()
            .await;
        assert_eq!(answer.expect("it succeeds").status().as_u16(), status);
    }
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_keeps_its_status() {
    let cut = b"HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\nno such".to_vec();
    let server = Server::new([Act::SendAndClose(cut)]);
    let error = client(&server)
        .clusters()
        .get("c")
        .await
        .expect_err("it fails");
    assert!(error.is_not_found(), "{error}");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_error_whose_body_does_not_come_keeps_its_status() {
    let head = "HTTP/1.1 401 Unauthorized\r\nx-request-id: r-7\r\ncontent-length: 100\r\n\r\nno ";
    let wait = Duration::from_secs(60);
    let server = Server::new([Act::SendAndCloseLater(head.into(), wait)]);
    let limit = Duration::from_millis(200);
    let clocked = configured(&server).clock(TokioClock).attempt_timeout(limit);
    let client = clocked.build().expect("the configuration is right");
    let error = client.clusters().get("c").await.expect_err("it fails");
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(error.request_id(), Some("r-7"));
    let Error::Api(error) = error else {
        panic!("the server has answered");
    };
    assert_eq!(error.raw_body(), b"no ");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_newer_server_is_understood() {
    let body = r#"{
        "id": "c",
        "mood": {"sunny": true},
        "metadata": {
            "state": "HIBERNATING",
            "createdDate": "2026-01-02T03:04:05",
            "lastModifiedDate": ""
        }
    }"#;
    let server = Server::new([json(200, body)]);
    let cluster = client(&server).clusters().get("c").await;
    let cluster = cluster.expect("what is unknown is left aside");
    let metadata = cluster.metadata.expect("it is there");
    let state = Some(State::Unrecognized("HIBERNATING".to_owned()));
    assert_eq!(metadata.state, state);
    assert_eq!(metadata.last_modified_date, None);
    let written = serde_json::to_value(&metadata).expect("it can be written");
    assert_eq!(written["state"], "HIBERNATING");
    assert_eq!(written["createdDate"], "2026-01-02T03:04:05Z");
}
