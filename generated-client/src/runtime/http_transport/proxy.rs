//! A proxy between client and server.

use std::io;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use zeroize::Zeroizing;

use super::super::Secret;
use super::super::auth::sensitive;
use super::origin::Origin;

/// The most bytes that a proxy may answer to `CONNECT`.
const LONGEST_ANSWER: usize = 8 * 1024;

/// An HTTP proxy.
pub(super) struct Proxy {
    pub(super) origin: Origin,
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// Reads `http://[user:password@]host:port`; the text of an error shows nothing of it.
    pub(super) fn parse(url: &Secret) -> Result<Self, &'static str> {
        const NO_URL: &str = "the URL of the proxy is not like http://proxy.example:3128";
        let text = url.expose();
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some(_) => return Err("only proxies with the scheme `http` can be used"),
            None => text,
        };
        let (login, host) = match rest.rsplit_once('@') {
            Some((login, host)) => (Some(login), host),
            None => (None, rest),
        };
        let uri: Uri = format!("http://{host}").parse().map_err(|_| NO_URL)?;
        let origin = Origin::of(&uri).ok_or(NO_URL)?;
        let authorization = login.map(authorization).transpose()?;
        Ok(Self {
            origin,
            authorization,
        })
    }

    pub(super) fn authorization(&self) -> Option<HeaderValue> {
        self.authorization.clone()
    }

    /// Asks the proxy to pass on all bytes to the server from here on.
    pub(super) async fn open_tunnel(
        &self,
        stream: &mut TcpStream,
        server: &Origin,
    ) -> io::Result<()> {
        let authority = server.host_and_port();
        let mut request = Zeroizing::new(Vec::with_capacity(512));
        request.extend(format!("CONNECT {authority} HTTP/1.1\r\nhost: {authority}\r\n").bytes());
        if let Some(authorization) = &self.authorization {
            request.extend(b"proxy-authorization: ");
            request.extend(authorization.as_bytes());
            request.extend(b"\r\n");
        }
        request.extend(b"\r\n");
        stream.write_all(&request).await?;
        let head = read_head(stream).await?;
        let status = head.split(' ').nth(1).unwrap_or_default();
        if status.starts_with('2') && status.len() == 3 {
            return Ok(());
        }
        let shown: String = status
            .chars()
            .filter(char::is_ascii_digit)
            .take(3)
            .collect();
        let reason = format!("the proxy refuses to connect to the server (status {shown})");
        Err(io::Error::other(reason))
    }
}

fn authorization(login: &str) -> Result<HeaderValue, &'static str> {
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let mut pair = Zeroizing::new(Vec::with_capacity(login.len() + 1));
    pair.extend(percent_decode_str(user));
    pair.push(b':');
    pair.extend(percent_decode_str(password));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(&*pair));
    sensitive(&["Basic ", &encoded])
}

/// Reads to the empty line and no further: what follows belongs to the server.
async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST_ANSWER {
            return Err(io::Error::other("the answer of the proxy is too long"));
        }
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Proxy;
    use crate::runtime::Secret;

    #[test]
    fn the_login_of_a_proxy_is_decoded() {
        let url = Secret::from("http://user:p%40ss@proxy.example:3128");
        let proxy = Proxy::parse(&url).expect("it is right");
        assert_eq!(proxy.origin.host_and_port(), "proxy.example:3128");
        let authorization = proxy.authorization().expect("there is a login");
        assert_eq!(authorization, "Basic dXNlcjpwQHNz");
        assert!(authorization.is_sensitive());
    }

    #[test]
    fn a_proxy_needs_no_scheme_and_no_login() {
        let proxy = Proxy::parse(&Secret::from("proxy.example:3128")).expect("it is right");
        assert!(proxy.authorization().is_none());
        assert!(Proxy::parse(&Secret::from("socks5://proxy.example")).is_err());
        let error = Proxy::parse(&Secret::from("http://canary:secret@")).err();
        let error = error.expect("there is no host");
        assert!(!error.contains("canary") && !error.contains("secret"));
    }
}
