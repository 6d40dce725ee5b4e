//! Credentials stay where they belong.

use ionos_dbaas_postgres::Error;
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::{PatchUserProperties, UsersPatchRequest};

use crate::server::{Server, answer, json};
use crate::{TOKEN, client, configured};

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::new([json(200, "{}")]);
        let location = format!("{}/clusters/c", elsewhere.url());
        let server = Server::new([answer(status, &[("location", &location)], "")]);
        let error = client(&server)
            .clusters()
            .get("c")
            .await
            .expect_err("it is no answer");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(
            error.to_string().contains("redirects are not followed"),
            "{error}"
        );
        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.location(), Some(location.as_str()));
        assert_eq!(elsewhere.connections(), 0);
    }
}

#[tokio::test]
async fn a_token_comes_before_a_password() {
    let server = Server::new([json(200, "{}")]);
    let with_both = configured(&server).basic_auth("user", "password").build();
    let with_both = with_both.expect("the configuration is right");
    with_both.clusters().get("c").await.expect("it succeeds");
    let basic = Client::builder()
        .base_url(server.url())
        .basic_auth("Aladdin", "open sesame");
    let basic = basic.build().expect("the configuration is right");
    basic.clusters().get("c").await.expect("it succeeds");
    let requests = server.requests();
    assert!(
        requests[0].contains(&format!("authorization: Bearer {TOKEN}\r\n")),
        "{}",
        requests[0]
    );
    assert!(requests[1].contains("authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"));
}

#[tokio::test]
async fn what_the_program_says_comes_before_what_it_found() {
    let server = Server::new([json(200, "{}"), json(200, "{}"), json(200, "{}")]);
    let found = || {
        Client::builder()
            .base_url(server.url())
            .default_basic_auth("found", "found")
            .default_token("found")
    };
    let password_after = found().basic_auth("Aladdin", "open sesame");
    let password_before = Client::builder()
        .base_url(server.url())
        .basic_auth("Aladdin", "open sesame")
        .default_token("found");
    for builder in [password_after, password_before, found()] {
        let client = builder.build().expect("the configuration is right");
        client.clusters().get("c").await.expect("it succeeds");
    }
    let requests = server.requests();
    let said = "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n";
    assert!(requests[0].contains(said), "{}", requests[0]);
    assert!(requests[1].contains(said), "{}", requests[1]);
    let token = "authorization: Bearer found\r\n";
    assert!(requests[2].contains(token), "{}", requests[2]);
}

#[tokio::test]
async fn no_secret_shows() {
    let password = "canary-password-77";
    let server = Server::new([json(500, "{}")]);
    let builder = configured(&server)
        .basic_auth("user", password)
        .header("x-key", password);
    let mut shown = vec![format!("{builder:?}")];
    let client = builder
        .max_attempts(1)
        .build()
        .expect("the configuration is right");
    let change = UsersPatchRequest::new(PatchUserProperties::default().password(password));
    let call = client.users().patch("c", "u", &change);
    shown.push(format!(
        "{client:?} {:?} {change:?} {call:?}",
        client.users()
    ));
    let error = call.await.expect_err("it fails");
    shown.push(format!("{error} {error:?} {error:#?}"));
    assert!(
        server.requests()[0].contains(password),
        "the password is sent"
    );
    for secret in [password, TOKEN] {
        assert!(!shown.iter().any(|text| text.contains(secret)), "{shown:?}");
    }
}

#[tokio::test]
async fn an_unreachable_server_does_not_show_the_url_s_secrets() {
    let builder = Client::builder().base_url("https://user:canary@db.example");
    let error = builder
        .build()
        .expect_err("credentials are no part of a URL");
    assert!(!format!("{error} {error:?}").contains("canary"));
}
