//! Documents that come over https.

use std::{fs, io::Write as _, net::TcpStream, path::PathBuf, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::{
    NEW, Workspace,
    server::{answer, listen, path, read},
};

/// A certificate authority.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key can be made");
        let pem = params.self_signed(&key).expect("it is right").pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    /// Writes the certificate to a file outside the workspace that is compared.
    fn file(&self, folder: &tempfile::TempDir, name: &str) -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, &self.pem).expect("a file");
        path
    }

    /// The configuration of a server for this host.
    fn config(&self, host: &str) -> Arc<ServerConfig> {
        let params = CertificateParams::new([host.to_owned()]).expect("it is a name");
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params.signed_by(&key, &self.issuer).expect("it is right");
        let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions are known")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .expect("key and certificate go together");
        Arc::new(config)
    }

    /// The URL of a server with a certificate for this host.
    fn server(&self, host: &str) -> String {
        let config = self.config(host);
        let address = listen(move |stream| serve(stream, Arc::clone(&config)));
        format!("https://{address}")
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>) {
    let connection = ServerConnection::new(config).expect("the configuration is right");
    let mut stream = StreamOwned::new(connection, stream);
    let request = read(&mut stream);
    let answer = match path(&request) {
        "/ping.yaml" => answer("200 OK", "ETag: \"1\"\r\n", NEW),
        "/moved" => answer("302 Found", "Location: /ping.yaml\r\n", ""),
        _ => answer("302 Found", "Location: http://127.0.0.1:1/\r\n", ""),
    };
    // A client that does not trust the certificate has gone by now.
    let _ = stream.write_all(&answer);
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

#[test]
fn a_document_comes_over_https() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let ca = authority.file(&folder, "ca.pem");
    let server = authority.server("127.0.0.1");
    for path in ["/ping.yaml", "/moved"] {
        let url = format!("{server}{path}");
        Workspace::new().takes(&["--ca", &ca.to_string_lossy(), "--from", &url]);
    }
}

#[test]
fn a_certificate_must_be_trusted_and_name_the_host() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let ca = authority.file(&folder, "ca.pem");
    let ca = ca.to_string_lossy();
    let other = Authority::new().file(&folder, "other.pem");
    let server = format!("{}/ping.yaml", authority.server("127.0.0.1"));
    let elsewhere = format!("{}/ping.yaml", authority.server("example.com"));
    let workspace = Workspace::new();
    workspace.refuses(&server, "cannot fetch");
    workspace.refuses_with(
        &["--ca", &other.to_string_lossy(), "--from", &server],
        "cannot fetch",
    );
    workspace.refuses_with(&["--ca", &ca, "--from", &elsewhere], "cannot fetch");
}

#[test]
fn a_redirection_does_not_leave_https() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let ca = authority.file(&folder, "ca.pem");
    let server = authority.server("127.0.0.1");
    Workspace::new().refuses_with(
        &[
            "--ca",
            &ca.to_string_lossy(),
            "--from",
            &format!("{server}/away"),
        ],
        "redirects to no place that could be followed",
    );
}

#[test]
fn a_file_without_certificates_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.pem");
    fs::write(&path, "nothing").expect("a file");
    Workspace::new().refuses_with(
        &[
            "--ca",
            &path.to_string_lossy(),
            "--from",
            "https://127.0.0.1:1/",
        ],
        "holds no certificate",
    );
}
