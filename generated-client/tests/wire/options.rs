//! What a call says of itself, and in place of its client.

use crate::server::{Server, json};
use crate::{client, configured};

const VERSION: &str = r#"{"name": "v1"}"#;

#[tokio::test]
async fn a_call_says_who_sends_it() {
    let server = Server::new([json(200, VERSION)]);
    let named = configured(&server).application("backup-drill/2.1").build();
    let named = named.expect("the configuration is right");
    for client in [client(&server), named] {
        let call = client.metadata().get_api_version();
        call.await.expect("the server answers");
    }
    let crate_and_generator = "ionos-dbaas-postgres/0.1.0 openapi-client-generator/";
    let expected = [
        format!("user-agent: {crate_and_generator}"),
        format!("user-agent: backup-drill/2.1 {crate_and_generator}"),
    ];
    for (request, expected) in server.requests().iter().zip(expected) {
        assert!(request.contains(&expected), "{request}");
    }
    let forged = configured(&server).application("a/1\r\nx-forged: 1");
    assert!(forged.build().is_err());
}

#[tokio::test]
async fn a_call_may_differ_from_its_client() {
    let server = Server::new([json(200, VERSION)]);
    let builder = configured(&server).contract_number(1).header("x-team", "a");
    let client = builder.build().expect("the configuration is right");
    let call = client.metadata().get_api_version();
    call.with_contract_number(2)
        .with_header("x-team", "b")
        .await
        .expect("the server answers");
    let call = client.metadata().get_api_version();
    call.await.expect("the server answers");
    let requests = server.requests();
    for (request, (contract, team)) in requests.iter().zip([("2", "b"), ("1", "a")]) {
        assert!(
            request.contains(&format!("x-contract-number: {contract}\r\n")),
            "{request}"
        );
        assert!(
            request.contains(&format!("x-team: {team}\r\n")),
            "{request}"
        );
    }
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_call_may_have_fewer_attempts_than_its_client() {
    let server = Server::new([json(503, "{}")]);
    let call = client(&server).metadata().get_api_version();
    assert!(call.with_max_attempts(2).await.is_err());
    assert_eq!(server.count(), 2);
}
