//! Answers whose type depends on the status code.

use crate::answers_by_status::api::jobs::{RunFailure, RunResponse};
use crate::answers_by_status::{Client, models};
use crate::client;
use crate::server::{Server, answer, json};

#[tokio::test]
async fn each_status_has_a_type() {
    let server = Server::new([
        json(200, "{\"text\": \"done\"}"),
        json(202, "{\"id\": \"j\"}"),
        answer(204, &[], ""),
    ]);
    let client: Client = client(&server);
    let run = || async { client.jobs().run().await.expect("it succeeds") };
    let RunResponse::ResultModel(result) = run().await else {
        panic!("status 200 has a result");
    };
    assert_eq!(result.text.as_deref(), Some("done"));
    let RunResponse::Job(job) = run().await else {
        panic!("status 202 has a job");
    };
    assert_eq!(job.id.as_deref(), Some("j"));
    assert_eq!(run().await, RunResponse::NoContent);
}

#[tokio::test]
async fn a_code_comes_before_its_hundred_and_that_before_all_else() {
    let refusal = Some("no".to_owned());
    let refusal = RunFailure::Refusal(models::Refusal { reason: refusal });
    let broken = RunFailure::Job(models::Job { id: None });
    let cases = [
        (404, "none", RunFailure::PlainText("none".to_owned())),
        (400, "{\"reason\": \"no\"}", refusal.clone()),
        (403, "{\"reason\": \"no\"}", refusal.clone()),
        (405, "{\"reason\": \"no\"}", refusal.clone()),
        (499, "{\"reason\": \"no\"}", refusal),
        (501, "{}", broken),
    ];
    for (status, body, expected) in cases {
        let server = Server::new([json(status, body)]);
        let client: Client = client(&server);
        let error = client.jobs().run().await.expect_err("it fails");
        assert_eq!(error.body(), Some(&expected), "{status}");
    }
}

#[tokio::test]
async fn an_error_of_another_shape_is_none_of_the_types() {
    for (status, body) in [(400, r#"{"fault": "proxy"}"#), (503, "<html>"), (404, "")] {
        let server = Server::new([json(status, body)]);
        let client: Client = client(&server);
        let call = client.jobs().run().with_max_attempts(1);
        let error = call.await.expect_err("it fails");
        let is_text = status == 404;
        assert_eq!(error.body().is_some(), is_text, "{status}");
    }
}
