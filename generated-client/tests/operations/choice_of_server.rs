//! Which server gets a call, and the credentials with it.

use crate::runtime::{self, Api, ClientBuilder, ConfigError};
use crate::server::{Server, answer};
use crate::servers::Client;

const PRODUCTION: &str = "http://127.0.0.1:{port}/{version}";
const SANDBOX: &str = "http://localhost:{port}/sandbox";
const FILES: &str = "http://127.0.0.1:{files}/own";

fn server() -> Server {
    Server::new([answer(204, &[], "")])
}

fn port(server: &Server) -> String {
    let url = server.url();
    let (_, port) = url.rsplit_once(':').expect("the URL has a port");
    port.to_owned()
}

/// Two servers, the second of which has the files, and a builder that knows their ports.
fn two() -> (Server, Server, ClientBuilder<Client>) {
    let (server, files) = (server(), server());
    let builder = Client::builder()
        .server_variable("port", port(&server))
        .server_variable("files", port(&files))
        .token("canary");
    (server, files, builder)
}

/// The request line of the only request, which must show the token.
fn only_request(server: &Server) -> String {
    let requests = server.requests();
    let [request] = requests.as_slice() else {
        panic!("one request is due: {requests:?}");
    };
    assert!(
        request.contains("authorization: Bearer canary"),
        "{request}"
    );
    request.lines().next().unwrap_or_default().to_owned()
}

fn refused(builder: ClientBuilder<Client>) -> String {
    match builder.build() {
        Err(ConfigError::BaseUrl(reason)) => reason,
        other => panic!("a base URL is wrong: {other:?}"),
    }
}

#[tokio::test]
async fn the_first_server_is_the_default() {
    let (server, files, builder) = two();
    let client = builder.build().expect("the variables are right");
    client.things().get().await.expect("it is answered");
    assert_eq!(only_request(&server), "GET /v1/things HTTP/1.1");
    assert_eq!(files.count(), 0);
}

#[tokio::test]
async fn variables_and_another_server_are_chosen_by_name() {
    let (server, _, builder) = two();
    let builder = builder.server_variable("version", "v2");
    let client = builder.build().expect("the variables are right");
    client.things().get().await.expect("it is answered");
    assert_eq!(only_request(&server), "GET /v2/things HTTP/1.1");

    let (_, _, builder) = two();
    let client = builder.server(SANDBOX).build().expect("there is a sandbox");
    let url = client.runtime().base_url();
    assert!(url.starts_with("http://localhost:"), "{url}");
    assert!(url.ends_with("/sandbox"), "{url}");
}

#[test]
fn what_the_document_does_not_declare_is_refused() {
    let (_, _, builder) = two();
    let reason = refused(builder.server_variable("version", "v3"));
    assert!(reason.contains("allows `v1`, `v2`"), "{reason}");
    let reason = refused(Client::builder().server_variable("region", "eu"));
    assert!(
        reason.contains("no server of the document has a variable `region`"),
        "{reason}"
    );
    let reason = refused(Client::builder().server("https://other.example"));
    assert!(reason.contains(PRODUCTION), "{reason}");
    let reason = refused(Client::builder().operation_server(SANDBOX, "https://a.example"));
    assert!(reason.contains(FILES), "{reason}");
    let reason = refused(Client::builder().base_url(""));
    assert!(reason.contains("`base_url`"), "{reason}");
}

#[tokio::test]
async fn an_operation_s_own_server_gets_its_calls() {
    let (server, files, builder) = two();
    let client = builder.build().expect("the variables are right");
    for _ in 0..2 {
        client.files().get().await.expect("it is answered");
    }
    assert_eq!(server.connections(), 0);
    assert_eq!(files.connections(), 1, "connections are used again");
    let request = files.requests().remove(0);
    assert!(
        request.starts_with("GET /own/files HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains(&format!("host: 127.0.0.1:{}\r\n", port(&files))),
        "{request}"
    );
    assert!(
        request.contains("authorization: Bearer canary"),
        "{request}"
    );
}

#[tokio::test]
async fn a_relative_server_is_on_the_first_one() {
    let (server, _, builder) = two();
    let client = builder.build().expect("the variables are right");
    client.files().replace().await.expect("it is answered");
    assert_eq!(only_request(&server), "PUT /uploads/files HTTP/1.1");
}

#[tokio::test]
async fn a_base_url_is_for_all_calls() {
    let (server, files, builder) = two();
    let client = builder.base_url(format!("{}/base", server.url())).build();
    let client = client.expect("the URL is right");
    client.files().get().await.expect("it is answered");
    assert_eq!(only_request(&server), "GET /base/files HTTP/1.1");
    assert_eq!(files.count(), 0);
}

#[tokio::test]
async fn an_operation_s_own_server_can_be_replaced() {
    let (server, files, builder) = two();
    let builder = builder
        .base_url(server.url())
        .operation_server(FILES, format!("{}/moved", files.url()));
    let client = builder.build().expect("the URLs are right");
    client.files().get().await.expect("it is answered");
    assert_eq!(only_request(&files), "GET /moved/files HTTP/1.1");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn no_credentials_go_to_an_own_server_in_the_clear() {
    let (_, _, builder) = two();
    let client = builder.build().expect("other calls are possible");
    let error = client.files().delete().await.expect_err("it is plain http");
    let text = error.to_string();
    assert!(
        text.contains("`http://files.example` cannot be called"),
        "{text}"
    );
    assert_eq!(error.context().attempts(), 0);
}

#[tokio::test]
async fn an_operation_s_own_server_may_be_relative_to_the_document() {
    let (server, files, builder) = two();
    let document = format!("{}/docs/openapi.json", files.url());
    let client = builder.document_url(document).build();
    let client = client.expect("the URLs are right");
    client.files().replace().await.expect("it is answered");
    assert_eq!(only_request(&files), "PUT /uploads/files HTTP/1.1");
    client.things().get().await.expect("it is answered");
    assert_eq!(only_request(&server), "GET /v1/things HTTP/1.1");
}

/// A document that declares this server.
const fn declaring(servers: &'static [runtime::Server]) -> Api {
    Api {
        servers,
        operation_servers: &[],
        security_schemes: crate::servers::API.security_schemes,
    }
}

const fn at(url: &'static str) -> runtime::Server {
    runtime::Server {
        url,
        variables: &[],
    }
}

#[tokio::test]
async fn a_server_may_be_relative_to_the_document() {
    static ROOT: Api = declaring(&[at("/api/v3")]);
    static FOLDER: Api = declaring(&[at("v3")]);
    static ABOVE: Api = declaring(&[at("../v3/")]);
    static HERE: Api = declaring(&[at(".")]);
    static NONE: Api = declaring(&[]);

    for (api, expected) in [
        (&ROOT, "/api/v3/things"),
        (&FOLDER, "/docs/public/v3/things"),
        (&ABOVE, "/docs/v3/things"),
        (&HERE, "/docs/public/things"),
        (&NONE, "/things"),
    ] {
        let server = server();
        let document = format!("{}/docs/public/openapi.json?version=3", server.url());
        let builder = ClientBuilder::<Client>::for_api(api).document_url(document);
        let client = builder
            .token("canary")
            .build()
            .expect("it is on this machine");
        client.things().get().await.expect("it is answered");
        let request = server.requests().remove(0);
        let line = format!("GET {expected} HTTP/1.1\r\n");
        assert!(request.starts_with(&line), "{request}");
    }
    let builder = || ClientBuilder::<Client>::for_api(&ROOT);
    let text = refused(builder());
    assert!(
        text.contains("`/api/v3`") && text.contains("`document_url`"),
        "{text}"
    );
    let text = refused(builder().document_url("docs/openapi.json"));
    assert!(text.contains("`docs/openapi.json`"), "{text}");
    let text = refused(builder().document_url("http://a.example/openapi.json"));
    assert!(text.contains("`https`"), "{text}");
}
