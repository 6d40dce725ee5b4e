use std::env::VarError;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::ConfigFile;
use crate::runtime::{BoxFuture, ClientBuilder, ResponseBody, Transport, TransportError};
use crate::v1::Client;

const FILE: &str = "
version: 1.0
currentProfile: production
profiles:
  - name: production
    environment: live
    credentials:
      username: no
      password: 0123
  - name: test
    environment: test
    credentials:
      token: canary-token
      username: someone
  - name: bare
  - name: broken
    credentials: {username: canary-user}
  - name: lost
    environment: nowhere
  - name: unsafe
    environment: unsafe
environments:
  - name: live
    products:
      - name: vpn
        endpoints: [{name: vpn.example}]
      - name: psql
        endpoints:
          - {location: de/fra, name: fra.example}
          - {name: https://live.example, skipTlsVerify: false}
  - name: test
    products:
      - name: psql
        endpoints:
          - {location: de/fra, name: fra.example}
          - {location: de/txl, name: txl.example}
  - name: unsafe
    products: [{name: psql, endpoints: [{name: unsafe.example, skipTlsVerify: true}]}]
";

/// A file that is removed with the value.
struct Written(PathBuf);

impl Written {
    fn new(text: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("config-file-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).expect("the folder for temporary files can be written");
        Self(path)
    }

    fn file(&self) -> ConfigFile {
        ConfigFile::at(&self.0)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Keeps the URL and the credentials of the last request.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<(String, String)>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn ResponseBody>>, TransportError>> {
        let authorization = request.headers().get(http::header::AUTHORIZATION);
        let authorization = authorization.and_then(|value| value.to_str().ok());
        let host = request.uri().host().unwrap_or_default();
        let seen = (host.to_owned(), authorization.unwrap_or("none").to_owned());
        *self.0.lock().expect("no test panics") = seen;
        let answer: Box<dyn ResponseBody> = Box::new(Some(bytes::Bytes::from_static(b"{}")));
        Box::pin(std::future::ready(Ok(http::Response::new(answer))))
    }
}

/// The host that a call goes to, and the credentials that it shows.
async fn sent(
    file: &ConfigFile,
    change: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    variables: &[(&'static str, &str)],
) -> (String, String) {
    let recorder = Recorder::default();
    let look_up = |name: &'static str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        let found = found.map(|(_, value)| (*value).to_owned());
        found.ok_or(VarError::NotPresent)
    };
    let builder = Client::builder().take_over_with(look_up, file);
    let builder = change(builder.expect("file and variables are right"));
    let client = builder.transport(recorder.clone()).build();
    let client = client.expect("the configuration is right");
    client
        .clusters()
        .get("c")
        .await
        .expect("the recorder answers");
    recorder.0.lock().expect("no test panics").clone()
}

fn refused(file: &ConfigFile) -> String {
    let error = Client::builder().from_config_file(file);
    let error = error.expect_err("the file cannot be used");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary"), "{shown}");
    error.to_string()
}

#[tokio::test]
async fn the_current_profile_gives_server_and_credentials() {
    let written = Written::new(FILE);
    let (host, authorization) = sent(&written.file(), |builder| builder, &[]).await;
    assert_eq!(host, "live.example");
    // `no` and `0123` are texts.
    assert_eq!(authorization, "Basic bm86MDEyMw==");
}

#[tokio::test]
async fn program_then_environment_then_file() {
    let written = Written::new(FILE);
    let file = written.file().profile("test").location("de/txl");
    let same = |builder| builder;
    let seen = sent(&file, same, &[]).await;
    assert_eq!(
        seen,
        ("txl.example".to_owned(), "Bearer canary-token".to_owned())
    );
    let login = [
        ("IONOS_USERNAME", "Aladdin"),
        ("IONOS_PASSWORD", "open sesame"),
    ];
    let (host, authorization) = sent(&file, same, &login).await;
    assert_eq!(host, "txl.example");
    assert_eq!(authorization, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let variables = [("IONOS_TOKEN", "of-env"), ("IONOS_API_URL", "env.example")];
    let seen = sent(&file, same, &variables).await;
    assert_eq!(seen, ("env.example".to_owned(), "Bearer of-env".to_owned()));
    let explicit = |builder: ClientBuilder<Client>| builder.token("of-program");
    let (_, authorization) = sent(&file, explicit, &variables).await;
    assert_eq!(authorization, "Bearer of-program");
}

#[tokio::test]
async fn a_profile_may_name_nothing() {
    let written = Written::new(FILE);
    let seen = sent(
        &written.file().profile("bare"),
        ClientBuilder::external_credentials,
        &[],
    )
    .await;
    assert_eq!(seen, ("api.ionos.com".to_owned(), "none".to_owned()));
}

#[test]
fn what_cannot_be_used_is_said_with_the_file_and_what_to_do() {
    let written = Written::new(FILE);
    let path = written.0.display().to_string();
    let cases = [
        ("missing", "there are: production, test, bare"),
        (
            "lost",
            "no environment `nowhere`; there are: live, test, unsafe",
        ),
        ("broken", "without a `password`"),
        ("unsafe", "`certificateAuthData`"),
        ("test", "several locations"),
    ];
    for (profile, expected) in cases {
        let error = refused(&written.file().profile(profile));
        assert!(error.contains(expected), "{error}");
        assert!(error.contains(&path), "{error}");
    }
    let error = refused(&written.file().profile("test").location("us/las"));
    assert!(error.contains("location us/las"), "{error}");
    let error = refused(&written.file().profile("bare").location("de/txl"));
    assert!(error.contains("location de/txl"), "{error}");
}

#[test]
fn a_file_without_an_end_is_no_configuration() {
    #[cfg(unix)]
    {
        let error = refused(&ConfigFile::at("/dev/zero"));
        assert!(error.contains("longer than 1 MiB"), "{error}");
    }
    let long = Written::new(&"#".repeat(1024 * 1024 + 1));
    let error = refused(&long.file());
    assert!(error.contains("longer than 1 MiB"), "{error}");
}

#[test]
fn a_file_that_is_broken_says_where_and_shows_nothing() {
    let broken = Written::new("profiles:\n  - name: 'canary\n");
    let error = refused(&broken.file());
    assert!(error.contains(": this is not valid YAML"), "{error}");
    for text in [
        "profiles: canary",
        "profiles: [{name: p, environment: [canary]}]",
        "{a: b}",
        "canary",
    ] {
        refused(&Written::new(text).file());
    }
    let error = refused(&ConfigFile::at("/no/such/file"));
    assert!(
        error.contains("/no/such/file: it cannot be read"),
        "{error}"
    );
    assert!(error.contains("IONOS_CONFIG_FILE"), "{error}");
}

#[test]
fn an_authority_of_the_file_is_trusted() {
    let text = "
profiles: [{name: p, environment: e}]
environments: [{name: e, certificateAuthData: no certificate}]
";
    let written = Written::new(text);
    let builder = Client::builder().from_config_file(&written.file());
    let built = builder.expect("the file is right").build();
    // It reached the part that reads certificates.
    if cfg!(any(feature = "rustls", feature = "native-tls")) {
        let error = built.expect_err("it is no certificate").to_string();
        assert!(error.contains("certificate authority"), "{error}");
    }
}
