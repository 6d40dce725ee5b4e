//! Credentials of every kind, together and in place of one another.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::runtime::{
    self, BoxFuture, Call, ClientBuilder, ConfigError, Endpoint, Failure, MiddlewareError,
    Operation, Secret, TokenProvider,
};
use crate::security::Client;
use crate::security::api::things;
use crate::server::{Server, answer};

fn server() -> Server {
    Server::new([answer(204, &[], "")])
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url())
}

/// Target and headers of what a call sends.
async fn shown<E: Endpoint>(
    configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    call: impl FnOnce(things::Things<'_>) -> Call<E>,
) -> (String, String)
where
    Failure<E>: std::fmt::Debug,
{
    let server = server();
    let client = configure(builder(&server))
        .build()
        .expect("the configuration is right");
    crate::sent(&server, call(client.things())).await
}

/// What a call without its credentials fails with, before anything is sent.
async fn missing<E: Endpoint>(
    configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    call: impl FnOnce(things::Things<'_>) -> Call<E>,
) -> String
where
    runtime::Success<E>: std::fmt::Debug,
    Failure<E>: std::fmt::Debug,
{
    let server = server();
    let client = configure(builder(&server))
        .build()
        .expect("the configuration is right");
    let error = call(client.things())
        .await
        .expect_err("credentials are missing");
    assert!(error.is_missing_credentials(), "{error}");
    assert_eq!(server.connections(), 0);
    error.to_string()
}

#[tokio::test]
async fn the_first_alternative_with_all_credentials_is_shown() {
    let basic = "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n";
    let both = |builder: ClientBuilder<Client>| {
        builder.scheme_token("tokenAuth", "t").scheme_basic_auth(
            "basicAuth",
            "Aladdin",
            "open sesame",
        )
    };
    let (_, headers) = shown(both, |things| things.read_default()).await;
    assert!(headers.contains(basic), "{headers}");
    let token = |builder: ClientBuilder<Client>| builder.scheme_token("tokenAuth", "t");
    let (_, headers) = shown(token, |things| things.read_default()).await;
    assert!(headers.contains("authorization: Bearer t\r\n"), "{headers}");
    let error = missing(|builder| builder, |things| things.read_default()).await;
    assert!(
        error.contains("no credentials for `basicAuth` or `tokenAuth`"),
        "{error}"
    );
    let ways_out = "its builder takes them by `basic_auth()`, `token()`, and by \
                    `external_credentials()` that the server needs none";
    assert!(error.ends_with(ways_out), "{error}");
}

#[tokio::test]
async fn a_refusal_tells_where_the_document_asks_for_no_credentials() {
    let client = |status| {
        let server = Server::new([answer(status, &[], "not you")]);
        let client = builder(&server)
            .token("t")
            .api_key("headerKey", "k")
            .build();
        client.expect("the configuration is right")
    };
    let open = async |status| {
        let error = client(status).things().read_none().await;
        error.expect_err("it is refused").to_string()
    };
    for status in [401, 403] {
        let error = open(status).await;
        let end = "(the document asks for no credentials here, so the client adds none of \
                   its own): not you";
        assert!(error.ends_with(end), "{error}");
        let error = client(status).things().read_optional().await;
        let error = error.expect_err("it is refused").to_string();
        assert!(!error.contains("document"), "{error}");
    }
    assert!(!open(404).await.contains("document"));
}

#[tokio::test]
async fn all_schemes_of_an_alternative_are_shown() {
    let most = |builder: ClientBuilder<Client>| {
        builder
            .api_key("headerKey", "in header")
            .api_key("queryKey", "in query")
            .token("t")
    };
    let error = missing(most, |things| things.read_all()).await;
    let all = "`cookieKey` with `headerKey` with `queryKey` with `tokenAuth`";
    assert!(error.contains(all), "{error}");
    let all = |builder| most(builder).api_key("cookieKey", "in cookie=/+%20==");
    let (target, headers) = shown(all, |things| things.read_all()).await;
    assert_eq!(target, "/all?api_key=in%20query");
    for header in [
        "x-key: in header\r\n",
        "cookie: session=in%20cookie=/+%20==\r\n",
        "authorization: Bearer t\r\n",
    ] {
        assert!(headers.contains(header), "{headers}");
    }
}

fn keys(builder: ClientBuilder<Client>) -> ClientBuilder<Client> {
    builder
        .api_key("headerKey", "k")
        .api_key("queryKey", "k")
        .api_key("cookieKey", "k")
}

#[tokio::test]
async fn an_argument_stands_for_the_credential_of_its_name() {
    let own = |things: things::Things<'_>| {
        things
            .read_declared()
            .x_key("own")
            .api_key(&Secret::from("own"))
            .session("own")
    };
    for configure in [keys, |builder| builder] {
        let (target, headers) = shown(configure, own).await;
        assert_eq!(target, "/declared?api_key=own");
        for header in ["x-key: own\r\n", "cookie: session=own\r\n"] {
            assert!(headers.contains(header), "{headers}");
        }
        assert!(!headers.contains("content-length"), "{headers}");
    }
    let (target, headers) = shown(keys, |things| things.read_declared().x_key("own")).await;
    assert_eq!(target, "/declared?api_key=k");
    for header in ["x-key: own\r\n", "cookie: session=k\r\n"] {
        assert!(headers.contains(header), "{headers}");
    }
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_key_that_is_an_argument_is_not_recorded() {
    use crate::runtime::test_util::{ScriptedAnswer, ScriptedTransport};
    let transport = ScriptedTransport::new([ScriptedAnswer::empty(204)]);
    let builder = ClientBuilder::<Client>::new("https://a.example").transport(transport.clone());
    let client = builder.build().expect("the configuration is right");
    let filter = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
    let call = client
        .things()
        .read_declared()
        .x_key("sesame")
        .session("sesame");
    let answer = call.api_key(&Secret::from("sesame")).filter(&filter).await;
    answer.expect("the script answers");
    let requests = transport.requests();
    assert_eq!(requests[0].line(), "GET /declared?a=b");
    let shown = format!("{requests:?}");
    assert!(!shown.contains("sesame"), "{shown}");
}

#[tokio::test]
async fn a_name_that_comes_from_data_is_no_credential() {
    let filter = BTreeMap::from([("api_key".to_owned(), "data".to_owned())]);
    let filtered = |things: things::Things<'_>| things.read_declared().filter(&filter);
    let (target, _) = shown(keys, filtered).await;
    assert_eq!(target, "/declared?api_key=data&api_key=k");
    let with_cookies = |things: things::Things<'_>| {
        let call = things.read_declared().session("own");
        call.with_header("cookie", "a=b")
    };
    let (_, headers) = shown(keys, with_cookies).await;
    assert!(headers.contains("cookie: a=b; session=k\r\n"), "{headers}");
}

#[tokio::test]
async fn an_alternative_is_shown_whole_or_not_at_all() {
    let half = |builder: ClientBuilder<Client>| {
        builder.api_key("headerKey", "k").scheme_token("oauth", "o")
    };
    let (target, headers) = shown(half, |things| things.read_either()).await;
    assert_eq!(target, "/either");
    assert!(!headers.contains("x-key"), "{headers}");
    assert!(headers.contains("authorization: Bearer o\r\n"), "{headers}");
    let oidc = |builder: ClientBuilder<Client>| half(builder).scheme_token("oidc", "i");
    let (_, headers) = shown(oidc, |things| things.read_either()).await;
    assert!(headers.contains("authorization: Bearer i\r\n"), "{headers}");
}

#[tokio::test]
async fn credentials_are_optional_or_none_where_the_document_says_so() {
    let key = |builder: ClientBuilder<Client>| builder.api_key("headerKey", "k").token("t");
    let (_, headers) = shown(key, |things| things.read_optional()).await;
    assert!(headers.contains("x-key: k\r\n"), "{headers}");
    let (_, headers) = shown(|builder| builder, |things| things.read_optional()).await;
    assert!(!headers.contains("x-key"), "{headers}");
    let (_, headers) = shown(key, |things| things.read_none()).await;
    assert!(
        !headers.contains("x-key") && !headers.contains("authorization"),
        "{headers}"
    );
}

#[tokio::test]
async fn what_the_program_shows_itself_is_enough() {
    let header = |builder: ClientBuilder<Client>| builder.header("authorization", "Own 1");
    let (_, headers) = shown(header, |things| things.read_default()).await;
    assert!(headers.contains("authorization: Own 1\r\n"), "{headers}");
    let of_call =
        |things: things::Things<'_>| things.read_default().with_header("authorization", "Own 2");
    let (_, headers) = shown(|builder| builder, of_call).await;
    assert!(headers.contains("authorization: Own 2\r\n"), "{headers}");
    let external = |builder: ClientBuilder<Client>| builder.external_credentials();
    let (_, headers) = shown(external, |things| things.read_default()).await;
    assert!(!headers.contains("authorization"), "{headers}");
}

#[test]
fn credentials_that_no_call_would_show_are_refused() {
    type Open = ClientBuilder<crate::pages::Client>;
    let with: [fn(Open) -> Open; 3] = [
        |builder| builder.token("t"),
        |builder| builder.basic_auth("u", "p"),
        |builder| builder.api_key("key", "k"),
    ];
    for with in with {
        let refused = with(ClientBuilder::new("https://api.example")).build();
        let reason = refused.expect_err("nothing takes it").to_string();
        assert!(
            reason.contains("no call of the document shows a "),
            "{reason}"
        );
    }
    let default =
        ClientBuilder::<crate::pages::Client>::new("https://api.example").default_token("t");
    assert!(default.build().is_ok(), "it may be for other clients");
}

#[tokio::test]
async fn a_certificate_is_asked_for_like_other_credentials() {
    let error = missing(|builder| builder.token("t"), |things| things.read_mutual()).await;
    assert!(error.contains("`mutual`"), "{error}");
}

#[test]
fn schemes_that_the_document_does_not_have_are_refused() {
    let refused = |builder: ClientBuilder<Client>| match builder.build() {
        Err(ConfigError::Credentials(reason)) => reason,
        other => panic!("credentials are wrong: {other:?}"),
    };
    let start = || Client::builder().base_url("https://a.example");
    let reason = refused(start().scheme_token("tokenauth", "t"));
    assert!(
        reason.contains("`tokenauth` takes a token; there is `oauth`, `oidc`, `tokenAuth`"),
        "{reason}"
    );
    let reason = refused(start().api_key("tokenAuth", "k"));
    assert!(reason.contains("takes a key"), "{reason}");
    let reason = refused(start().basic_auth("us:er", "p"));
    assert_eq!(
        reason,
        "a colon would end the user name, which must have none"
    );
    assert_eq!(refused(start().default_basic_auth("us:er", "p")), reason);
    let unused = start()
        .default_basic_auth("us:er", "p")
        .basic_auth("user", "p");
    assert!(unused.build().is_ok(), "the default is not shown");
    let reason = refused(start().scheme_basic_auth("oidc", "u", "p"));
    assert!(
        reason.contains("takes a password; there is `basicAuth`"),
        "{reason}"
    );
}

#[cfg(feature = "test-util")]
#[test]
fn what_protects_connections_is_refused_beside_a_transport_that_does_not_know_it() {
    let refused = |builder: ClientBuilder<Client>| {
        let transport = crate::runtime::test_util::ScriptedTransport::new([]);
        match builder.transport(transport).build() {
            Err(ConfigError::Connection(reason)) => reason,
            other => panic!("the setting has no effect: {other:?}"),
        }
    };
    let start = || Client::builder().base_url("https://a.example");
    let reason = refused(start().certificate_pin(&"00".repeat(32)));
    assert!(reason.starts_with("a pin has no effect"), "{reason}");
    let key = format!("sha256/{}=", "A".repeat(43));
    let reason = refused(start().public_key_pin(&key));
    assert!(reason.starts_with("a pin has no effect"), "{reason}");
    let reason = refused(start().proxy("http://proxy.example:3128"));
    assert!(reason.starts_with("a proxy has no effect"), "{reason}");
    let reason = refused(start().identity("certificates", "key"));
    assert!(reason.starts_with("an identity has no effect"), "{reason}");
}

/// Gives a new token for each call, and none for the third; waits for ever before the fourth.
struct Numbered(Arc<AtomicU32>);

impl TokenProvider for Numbered {
    fn token(
        &self,
        operation: &'static Operation,
    ) -> BoxFuture<'_, Result<Secret, MiddlewareError>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            match number {
                1 | 2 => Ok(Secret::from(format!("{}-{number}", operation.id))),
                3 => Err("the issuer is away".into()),
                _ => std::future::pending().await,
            }
        })
    }
}

#[tokio::test]
async fn a_provider_is_asked_before_every_call_and_within_its_deadline() {
    let server = server();
    let asked = Arc::new(AtomicU32::new(0));
    let client = builder(&server)
        .token_provider("oauth", Numbered(Arc::clone(&asked)))
        .deadline(Duration::from_secs(5))
        .build()
        .expect("the configuration is right");
    for number in [1, 2] {
        let (_, headers) = crate::sent(&server, client.things().read_either()).await;
        let token = format!("authorization: Bearer readEither-{number}\r\n");
        assert!(headers.contains(&token), "{headers}");
    }
    let error = client
        .things()
        .read_either()
        .await
        .expect_err("there is no token");
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(cause.as_deref(), Some("the issuer is away"));
    assert!(error.to_string().ends_with("there is no token"), "{error}");
    let call = client
        .things()
        .read_either()
        .with_deadline(Duration::from_millis(50));
    let error = call.await.expect_err("the provider says nothing");
    assert!(error.is_timeout() && !error.outcome_unknown(), "{error}");
    assert_eq!((server.count(), asked.load(Ordering::Relaxed)), (2, 4));
    client
        .things()
        .read_none()
        .await
        .expect("no token is needed");
    assert_eq!(asked.load(Ordering::Relaxed), 4);
}
