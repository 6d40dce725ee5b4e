//! Trust: what a server must show before it gets a request.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::v1::models::ErrorResponse;
use ionos_dbaas_postgres::{Error, TransportErrorKind};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PublicKeyData as _,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoClientAuth, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::TOKEN;
use crate::clock::TestClock;
use crate::server::{Act, Server};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"name\":\"v1\"}";

/// A certificate authority.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        // All of them have the same name: it is the key that counts.
        params
            .distinguished_name
            .push(DnType::CommonName, "authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key can be made");
        let pem = params.self_signed(&key).expect("it is right").pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    /// A server with a certificate of this authority.
    fn server(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> TlsServer {
        self.server_for(host, change, Arc::new(NoClientAuth))
    }

    /// A server that asks its clients for a certificate of this authority.
    fn strict_server(&self, host: &str) -> TlsServer {
        let mut roots = RootCertStore::empty();
        let own = CertificateDer::from_pem_slice(self.pem.as_bytes()).expect("it is a certificate");
        roots.add(own).expect("it is an authority");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        self.server_for(
            host,
            |_| {},
            verifier.build().expect("there is an authority"),
        )
    }

    fn server_for(
        &self,
        host: &str,
        change: impl FnOnce(&mut CertificateParams),
        verifier: Arc<dyn ClientCertVerifier>,
    ) -> TlsServer {
        let mut params = CertificateParams::new([host.to_owned()]).expect("it is a name");
        change(&mut params);
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params.signed_by(&key, &self.issuer).expect("it is right");
        let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions are known")
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate.der().clone()], private)
            .expect("key and certificate go together");
        TlsServer::start(config, certificate.der(), &key.subject_public_key_info())
    }
}

/// Answers every request over TLS, and remembers what it was sent.
struct TlsServer {
    address: SocketAddr,
    /// The certificate's digest as `openssl x509 -fingerprint` prints it.
    fingerprint: String,
    /// The digest of its key as curl takes it.
    key: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    connections: usize,
    received: String,
}

impl TlsServer {
    fn start(config: ServerConfig, certificate: &[u8], key: &[u8]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let config = Arc::new(config);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                lock(&shared).connections += 1;
                serve(stream, &config, &shared);
            }
        });
        let digest = hmac_sha256::Hash::hash(certificate);
        let pairs: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        Self {
            address,
            fingerprint: pairs.join(":"),
            key: format!(
                "sha256//{}",
                BASE64_STANDARD.encode(hmac_sha256::Hash::hash(key))
            ),
            state,
        }
    }

    /// The way a call to it fails; nothing where it succeeds.
    async fn refusal(
        &self,
        authority: Option<&Authority>,
        pin: Option<&str>,
    ) -> Option<Error<ErrorResponse>> {
        let mut builder = Client::builder()
            .base_url(format!("https://{}", self.address))
            .token(TOKEN)
            .clock(TestClock::default());
        if let Some(authority) = authority {
            builder = builder.trust_authority(authority.pem.as_str());
        }
        if let Some(pin) = pin {
            builder = if pin.starts_with("sha256/") {
                builder.public_key_pin(pin)
            } else {
                builder.certificate_pin(pin)
            };
        }
        let client = builder.build().expect("the configuration is right");
        client.metadata().get_api_version().await.err()
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request; whatever fails is the client's doing.
fn serve(stream: TcpStream, config: &Arc<ServerConfig>, state: &Mutex<State>) {
    let connection = ServerConnection::new(Arc::clone(config)).expect("the configuration is right");
    let mut stream = StreamOwned::new(connection, stream);
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
        let mut state = lock(state);
        state.received.push_str(&text);
        if state.received.ends_with("\r\n\r\n") && stream.write_all(ANSWER).is_err() {
            break;
        }
    }
}

/// A refusal that is typed, comes after one attempt, and before any header.
fn assert_refused(
    server: &TlsServer,
    error: Option<&Error<ErrorResponse>>,
    kind: TransportErrorKind,
) {
    let error = error.expect("the server is not trusted");
    let Error::Transport(failure) = error else {
        panic!("{error}");
    };
    let refused = failure.transport_error().expect("the transport refuses it");
    // The libraries of some systems do not say more.
    let known = cfg!(any(feature = "rustls", target_os = "linux"))
        || kind == TransportErrorKind::CertificatePin;
    let kind = if known { kind } else { TransportErrorKind::Tls };
    assert_eq!(refused.kind(), kind, "{error}");
    assert!(refused.kind().is_tls());
    assert!(!error.is_retryable() && !error.outcome_unknown(), "{error}");
    assert_eq!(error.context().attempts(), 1, "{error}");
    let state = lock(&server.state);
    assert_eq!(state.connections, 1, "{error}");
    assert_eq!(state.received, "", "{error}");
}

#[tokio::test]
async fn a_server_of_a_trusted_authority_is_served() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    let error = server.refusal(Some(&authority), None).await;
    assert!(error.is_none(), "{error:?}");
    let received = lock(&server.state).received.clone();
    let bearer = format!("authorization: Bearer {TOKEN}\r\n");
    assert!(received.contains(&bearer), "{received}");
}

#[tokio::test]
async fn an_unknown_authority_is_refused() {
    let server = Authority::new().server("127.0.0.1", |_| ());
    let error = server.refusal(None, None).await;
    assert_refused(
        &server,
        error.as_ref(),
        TransportErrorKind::CertificateAuthority,
    );
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new();
    let server = authority.server("db.example", |_| ());
    let error = server.refusal(Some(&authority), None).await;
    assert_refused(&server, error.as_ref(), TransportErrorKind::CertificateName);
}

#[tokio::test]
async fn a_certificate_is_good_for_its_time_only() {
    let authority = Authority::new();
    let past = |params: &mut CertificateParams| params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let future = |params: &mut CertificateParams| {
        params.not_before = rcgen::date_time_ymd(2090, 1, 1);
    };
    for server in [
        authority.server("127.0.0.1", past),
        authority.server("127.0.0.1", future),
    ] {
        let error = server.refusal(Some(&authority), None).await;
        assert_refused(
            &server,
            error.as_ref(),
            TransportErrorKind::CertificateExpired,
        );
    }
}

#[tokio::test]
async fn the_pinned_certificate_is_accepted() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    let error = server
        .refusal(Some(&authority), Some(&server.fingerprint))
        .await;
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn another_certificate_than_the_pinned_one_is_refused() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    let other = authority.server("127.0.0.1", |_| ());
    let error = server
        .refusal(Some(&authority), Some(&other.fingerprint))
        .await;
    assert_refused(&server, error.as_ref(), TransportErrorKind::CertificatePin);
}

#[tokio::test]
async fn a_server_must_have_one_of_the_pinned_keys() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    let other = authority.server("127.0.0.1", |_| ());
    let error = server.refusal(Some(&authority), Some(&other.key)).await;
    assert_refused(&server, error.as_ref(), TransportErrorKind::CertificatePin);
    let client = Client::builder()
        .base_url(format!("https://{}", other.address))
        .token(TOKEN)
        .trust_authority(authority.pem.as_str())
        .public_key_pin(&server.key)
        .public_key_pin(&other.key)
        .build()
        .expect("the configuration is right");
    let call = client.metadata().get_api_version();
    call.await.expect("it is the second of the keys");
}

#[tokio::test]
async fn a_pin_replaces_no_other_check() {
    let authority = Authority::new();
    for pin in [
        |server: &TlsServer| server.fingerprint.clone(),
        |server: &TlsServer| server.key.clone(),
    ] {
        let unknown = Authority::new().server("127.0.0.1", |_| ());
        let shown = pin(&unknown);
        let error = unknown.refusal(Some(&authority), Some(&shown));
        assert_refused(
            &unknown,
            error.await.as_ref(),
            TransportErrorKind::CertificateAuthority,
        );
        let elsewhere = authority.server("db.example", |_| ());
        let shown = pin(&elsewhere);
        let error = elsewhere.refusal(Some(&authority), Some(&shown));
        assert_refused(
            &elsewhere,
            error.await.as_ref(),
            TransportErrorKind::CertificateName,
        );
    }
}

/// Passes on the bytes of one connection, and gives what it was asked.
fn tunnel() -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let address = listener.local_addr().expect("the listener has an address");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let (mut client, _) = listener.accept()?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte)?;
            head.extend(byte);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let authority = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut server = TcpStream::connect(authority)?;
        // The receiver goes only where the test has failed.
        let _ = sender.send(head);
        client.write_all(b"HTTP/1.1 200 Connected\r\nvia: test\r\n\r\n")?;
        let (mut from, mut to) = (server.try_clone()?, client.try_clone()?);
        thread::spawn(move || io::copy(&mut from, &mut to));
        io::copy(&mut client, &mut server)
    });
    (address, receiver)
}

#[tokio::test]
async fn a_proxy_sees_the_name_of_a_server_and_nothing_else() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    let (proxy, asked) = tunnel();
    let client = Client::builder()
        .base_url(format!("https://{}", server.address))
        .token(TOKEN)
        .trust_authority(authority.pem.as_str())
        .proxy(format!("http://user:word@{proxy}"))
        .build()
        .expect("the configuration is right");
    let call = client.metadata().get_api_version();
    call.await.expect("the server answers through the proxy");
    let asked = asked.recv().expect("the proxy was asked");
    let line = format!("CONNECT {} HTTP/1.1\r\n", server.address);
    assert!(asked.starts_with(&line), "{asked}");
    let login = "proxy-authorization: Basic dXNlcjp3b3Jk\r\n";
    assert!(asked.contains(login) && !asked.contains(TOKEN), "{asked}");
    let received = lock(&server.state).received.clone();
    assert!(!received.contains("proxy-authorization"), "{received}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named() {
    let long = "x".repeat(64 * 1024);
    for (answer, reason) in [
        ("HTTP/1.1 407 No\r\n\r\n", "(status 407)"),
        (
            "HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n",
            "(status 502)",
        ),
        (
            "HTTP/1.1 200 OK\r\nx: ",
            "the answer of the proxy is too long",
        ),
    ] {
        let answer = format!("{answer}{long}");
        let proxy = Server::new([Act::SendAndClose(answer.into_bytes())]);
        let client = Client::builder()
            .base_url("https://server.example")
            .token(TOKEN)
            .proxy(proxy.url())
            .build()
            .expect("the configuration is right");
        let call = client.metadata().get_api_version().with_max_attempts(1);
        let error = call.await.expect_err("there is no way to the server");
        assert!(!error.outcome_unknown(), "{error}");
        let mut cause: &dyn std::error::Error = &error;
        let mut causes = Vec::new();
        while let Some(next) = cause.source() {
            causes.push(next.to_string());
            cause = next;
        }
        assert!(
            causes.iter().any(|one| one.contains(reason)),
            "{error}: {causes:?}"
        );
    }
}

#[test]
fn what_cannot_be_trusted_is_said_when_the_client_is_built() {
    let wrong = [
        Client::builder().certificate_pin("no pin"),
        Client::builder().public_key_pin("no pin"),
        Client::builder().trust_authority("no certificate"),
    ];
    for builder in wrong {
        let error = builder.build().expect_err("it cannot be used").to_string();
        assert!(error.contains("certificate"), "{error}");
    }
}

#[tokio::test]
#[cfg(feature = "rustls")]
async fn nothing_is_installed_for_the_whole_process() {
    let authority = Authority::new();
    let server = authority.server("127.0.0.1", |_| ());
    assert!(server.refusal(Some(&authority), None).await.is_none());
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn a_server_may_ask_for_a_certificate_of_the_client() {
    let authority = Authority::new();
    let server = authority.strict_server("127.0.0.1");
    let builder = || {
        Client::builder()
            .base_url(format!("https://{}", server.address))
            .token(TOKEN)
            .max_attempts(1)
            .trust_authority(authority.pem.as_str())
    };
    let unknown = builder().build().expect("the configuration is right");
    let refused = unknown.metadata().get_api_version().await;
    refused.expect_err("the client shows no certificate");
    assert_eq!(lock(&server.state).received, "");

    let key = KeyPair::generate().expect("a key can be made");
    let params = CertificateParams::new(["client".to_owned()]).expect("it is a name");
    let certificate = params
        .signed_by(&key, &authority.issuer)
        .expect("it is right");
    let known = builder().identity(certificate.pem(), key.serialize_pem());
    assert!(!format!("{known:?}").contains("PRIVATE KEY"));
    let known = known.build().expect("certificate and key go together");
    let answer = known.metadata().get_api_version().await;
    answer.expect("the client shows its certificate");

    let other = KeyPair::generate()
        .expect("a key can be made")
        .serialize_pem();
    for (certificate, key) in [
        (certificate.pem(), other),
        (certificate.pem(), "no key".to_owned()),
        (String::new(), key.serialize_pem()),
    ] {
        let builder = builder().identity(certificate, key);
        let error = builder.build().expect_err("the two do not go together");
        assert!(error.to_string().contains("identity"), "{error}");
    }
}
