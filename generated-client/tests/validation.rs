//! Requests against the limits of the document.

#![cfg(feature = "validate")]

use ionos_dbaas_postgres::v1::models::{
    Connection, CreateClusterProperties, CreateClusterPropertiesRequired, CreateClusterRequest,
    DbUser, Location, PatchClusterProperties, PatchClusterRequest, StorageType,
    SynchronizationMode,
};
use ionos_dbaas_postgres::{Validate, Violations};

const SECRET: &str = "canary-9";

fn request(ram: i64, connections: usize, password: &str) -> CreateClusterRequest {
    let connection = Connection::new("dc", "1", "10.0.0.1/24");
    let required = CreateClusterPropertiesRequired {
        display_name: "test".to_owned(),
        postgres_version: "16".to_owned(),
        location: Location::from("de/fra"),
        instances: 1,
        cores: 2,
        ram,
        storage_size: 20480,
        storage_type: StorageType::SsdPremium,
        connections: vec![connection; connections],
        credentials: DbUser::new("owner", password),
        synchronization_mode: SynchronizationMode::Asynchronous,
    };
    CreateClusterRequest::new(CreateClusterProperties::new(required))
}

fn shown(violations: &Violations) -> Vec<String> {
    let lines = violations.iter();
    lines
        .map(|one| format!("{} {}", one.keyword(), one.pointer()))
        .collect()
}

#[test]
fn all_violations_are_named_at_once() {
    assert_eq!(request(4096, 1, "long enough").validate(), Ok(()));
    let violations = request(1000, 2, SECRET)
        .validate()
        .expect_err("much is wrong");
    let expected = [
        "minimum /properties/ram",
        "multipleOf /properties/ram",
        "maxItems /properties/connections",
        "minLength /properties/credentials/password",
    ];
    let mut found = shown(&violations);
    found.sort();
    let mut expected = expected.map(ToOwned::to_owned);
    expected.sort();
    assert_eq!(found, expected);
    let text = format!("{violations} {violations:?}");
    assert!(
        text.contains("/properties/ram: is 1000, which is not at least 2048"),
        "{text}"
    );
    assert!(!text.contains(SECRET), "{text}");
}

#[test]
fn what_is_absent_is_not_checked() {
    let change = PatchClusterRequest::new(PatchClusterProperties::default());
    assert_eq!(Validate::validate(&change), Ok(()));
}

#[cfg(feature = "test-util")]
mod sending {
    use ionos_dbaas_postgres::test_util::{ScriptedAnswer, ScriptedTransport};
    use ionos_dbaas_postgres::v1::Client;
    use ionos_dbaas_postgres::{ClientBuilder, Error};
    use serde_json::json;

    use super::{request, shown};

    fn answered() -> (ScriptedTransport, ClientBuilder<Client>) {
        let server = ScriptedTransport::answering(|_| ScriptedAnswer::json(200, &json!({})));
        let builder = Client::builder().token("t").transport(server.clone());
        (server, builder)
    }

    #[tokio::test]
    async fn a_request_is_sent_whatever_it_holds_by_default() {
        let (server, builder) = answered();
        let client = builder.build().expect("the configuration is right");
        let _ = client
            .clusters()
            .create(&request(1, 1, "long enough"))
            .await;
        server.assert_requests(&["POST /clusters"]);
    }

    #[tokio::test]
    async fn a_request_that_is_not_allowed_is_not_sent_where_that_is_asked_for() {
        let (server, builder) = answered();
        let client = builder.validate_requests().build();
        let client = client.expect("the configuration is right");
        let call = client.clusters().create(&request(1, 1, "long enough"));
        let error = call.await.expect_err("it is not allowed");
        assert!(matches!(error, Error::Request(_)), "{error}");
        let violations = error.violations().expect("the error lists them");
        let expected = ["minimum /properties/ram", "multipleOf /properties/ram"];
        assert_eq!(shown(violations), expected);
        assert!(error.to_string().contains("clustersPost"), "{error}");
        assert!(error.to_string().contains("/properties/ram"), "{error}");
        server.assert_requests(&[]);
        let _ = client
            .clusters()
            .create(&request(4096, 1, "long enough"))
            .await;
        server.assert_requests(&["POST /clusters"]);
    }
}
