//! Answers whose type depends on the status code.

use crate::answers_by_status::api::jobs::{CreateFailure, CreateResponse};
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
    let run = || async { client.jobs().create().await.expect("it succeeds") };
    let CreateResponse::ResultModel(result) = run().await else {
        panic!("status 200 has a result");
    };
    assert_eq!(result.text.as_deref(), Some("done"));
    let CreateResponse::Job(job) = run().await else {
        panic!("status 202 has a job");
    };
    assert_eq!(job.id.as_deref(), Some("j"));
    assert_eq!(run().await, CreateResponse::NoContent);
}

#[tokio::test]
async fn a_code_comes_before_its_hundred_and_that_before_all_else() {
    let refusal = Some("no".to_owned());
    let refusal = CreateFailure::Refusal(models::Refusal { reason: refusal });
    let broken = CreateFailure::Job(models::Job { id: None });
    let cases = [
        (404, "none", CreateFailure::PlainText("none".to_owned())),
        (400, "{\"reason\": \"no\"}", refusal.clone()),
        (403, "{\"reason\": \"no\"}", refusal.clone()),
        (405, "{\"reason\": \"no\"}", refusal.clone()),
        (499, "{\"reason\": \"no\"}", refusal),
        (501, "{}", broken),
    ];
    for (status, body, expected) in cases {
        let server = Server::new([json(status, body)]);
        let client: Client = client(&server);
        let error = client.jobs().create().await.expect_err("it fails");
        assert_eq!(error.body(), Some(&expected), "{status}");
    }
}
