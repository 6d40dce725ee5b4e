//! Downloads a document.

mod progress;

use std::{fs, io::Read as _, path::Path, time::Duration};

use generator::document::MAX_TEXT_BYTES;
use ureq::{
    Agent, Body,
    http::{Response, Uri, header},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::{Answer, too_large};
use crate::{cli::Network, failure::Failure, lock::Lock};

use progress::Progress;

const CONNECT: Duration = Duration::from_secs(10);
const HEADERS: Duration = Duration::from_secs(30);

/// More redirections than these lead nowhere.
const MAX_REDIRECTIONS: usize = 5;

/// Fetches a document, unless the server says that it is still the one with this mark.
pub(super) fn get(url: &str, etag: Option<&str>, network: &Network) -> Result<Answer, Failure> {
    let mut target = parse(url)?;
    let agent = agent(network)?;
    for _ in 0..=MAX_REDIRECTIONS {
        let mut request = agent.get(target.clone());
        if let Some(etag) = etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        let response = request.call().map_err(|error| failed(&target, &error))?;
        match response.status().as_u16() {
            200 => return receive(url, &target, response),
            304 if etag.is_some() => return Ok(Answer::NotModified),
            301 | 302 | 303 | 307 | 308 => target = follow(&target, &response)?,
            status => {
                return Err(Failure::Problem(format!(
                    "{target} answers with status {status}; nothing was changed"
                )));
            }
        }
    }
    Err(Failure::Problem(format!(
        "{url} leads to more than {MAX_REDIRECTIONS} redirections; nothing was changed"
    )))
}

fn agent(network: &Network) -> Result<Agent, Failure> {
    let roots = match &network.ca {
        Some(path) => authorities(path)?,
        None => RootCerts::WebPki,
    };
    let agent = Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(HEADERS))
        .timeout_global(Some(Duration::from_secs(network.timeout.get())))
        .http_status_as_error(false)
        // Each step is checked before it is taken.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent("openapi-client-generator")
        .build();
    Ok(agent.into())
}

/// The certificates of a file.
fn authorities(path: &Path) -> Result<RootCerts, Failure> {
    let text = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&text) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => {
                let path = path.display();
                return Err(Failure::Problem(format!("{path} is no PEM file: {error}")));
            }
        }
    }
    if certificates.is_empty() {
        let path = path.display();
        return Err(Failure::Problem(format!("{path} holds no certificate")));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// A URL over which a document may come: nobody can change it on its way.
fn parse(url: &str) -> Result<Uri, Failure> {
    let invalid = || Failure::Usage(format!("'{url}' is no URL"));
    let uri: Uri = url.parse().map_err(|_| invalid())?;
    let authority = uri.authority().ok_or_else(invalid)?;
    if authority.as_str().contains('@') {
        let message = "a URL with credentials would be written to the lock; leave them out";
        return Err(Failure::Usage(message.to_owned()));
    }
    let is_loopback = matches!(authority.host(), "127.0.0.1" | "[::1]" | "localhost");
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_loopback => Ok(uri),
        _ => Err(Failure::Problem(format!(
            "{url} is not https, so anybody on the way could change the document; nothing was changed"
        ))),
    }
}

fn follow(from: &Uri, response: &Response<Body>) -> Result<Uri, Failure> {
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let nowhere = || {
        Failure::Problem(format!(
            "{from} redirects to no place that could be followed; nothing was changed"
        ))
    };
    let location = location.ok_or_else(nowhere)?;
    let absolute = match (
        location.strip_prefix('/'),
        from.scheme_str(),
        from.authority(),
    ) {
        (Some(rest), Some(scheme), Some(authority)) if !rest.starts_with('/') => {
            format!("{scheme}://{authority}{location}")
        }
        (None, ..) if location.contains("://") => location.to_owned(),
        _ => return Err(nowhere()),
    };
    let target = parse(&absolute)?;
    if from.scheme_str() == Some("https") && target.scheme_str() != Some("https") {
        return Err(nowhere());
    }
    Ok(target)
}

fn receive(url: &str, target: &Uri, response: Response<Body>) -> Result<Answer, Failure> {
    let text = |name: header::HeaderName| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let lock = Lock {
        url: Some(url.to_owned()),
        date: text(header::LAST_MODIFIED).or_else(|| text(header::DATE)),
        etag: text(header::ETAG),
        ..Lock::default()
    };
    let length = response.body().content_length();
    let bytes = read(target, length, response.into_body())?;
    Ok(Answer::Document { bytes, lock })
}

/// Reads the body, which may be as large as a document that is read from a file.
fn read(target: &Uri, length: Option<u64>, body: Body) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(MAX_TEXT_BYTES).unwrap_or(u64::MAX);
    if length.is_some_and(|length| length > limit) {
        return Err(too_large(&target.to_string()));
    }
    let mut reader = body.into_with_config().limit(u64::MAX).reader();
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    let progress = Progress::new(length);
    loop {
        let count = reader.read(&mut chunk).map_err(|error| {
            Failure::Problem(format!("{target} broke off: {error}; nothing was changed"))
        })?;
        let Some(read) = chunk.get(..count).filter(|read| !read.is_empty()) else {
            break;
        };
        bytes.extend_from_slice(read);
        progress.show(bytes.len());
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(too_large(&target.to_string()));
        }
    }
    let received = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    match length {
        Some(length) if length != received => Err(Failure::Problem(format!(
            "{target} broke off after {received} of {length} bytes; nothing was changed"
        ))),
        _ => Ok(bytes),
    }
}

fn failed(target: &Uri, error: &ureq::Error) -> Failure {
    Failure::Problem(format!(
        "cannot fetch {target}: {error}; nothing was changed"
    ))
}
