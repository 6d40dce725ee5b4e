//! Scheme, host and port of a server.

use http::uri::Authority;
use http::{HeaderValue, Uri};

/// A server, as far as credentials are concerned: another port is another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) is_secure: bool,
    /// A name or an address, without the brackets of IPv6.
    pub(super) host: String,
    pub(super) port: u16,
}

impl Origin {
    /// The server of an absolute URL; nothing where its port is none, which must not lead to the usual one.
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        let is_secure = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let host = uri.host()?;
        let host = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        Some(Self {
            is_secure,
            host: host.to_ascii_lowercase(),
            port: port(uri.authority()?, is_secure)?,
        })
    }

    /// Host and port, as the target of a tunnel.
    pub(super) fn host_and_port(&self) -> String {
        format!("{}:{}", self.host_in_url(), self.port)
    }

    /// The host, and the port where it is not the scheme's own.
    pub(super) fn host_header(&self) -> HeaderValue {
        let authority = if self.port == default_port(self.is_secure) {
            self.host_in_url()
        } else {
            self.host_and_port()
        };
        // What a URL holds as its authority is a header value as well.
        HeaderValue::try_from(authority).unwrap_or(HeaderValue::from_static(""))
    }

    fn host_in_url(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        }
    }
}

/// The port that is named, or else the scheme's own; nothing where something else is named.
fn port(authority: &Authority, is_secure: bool) -> Option<u16> {
    let behind_host = authority.as_str().rsplit([']', '@']).next()?;
    match authority.port_u16() {
        None if behind_host.contains(':') => None,
        None => Some(default_port(is_secure)),
        port => port,
    }
}

fn default_port(is_secure: bool) -> u16 {
    if is_secure { 443 } else { 80 }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    fn origin(url: &str) -> Option<Origin> {
        Origin::of(&url.parse().expect("it is a URL"))
    }

    #[test]
    fn servers_differ_by_scheme_host_and_port() {
        assert_eq!(
            origin("https://A.example/x"),
            origin("https://a.example:443")
        );
        assert_ne!(origin("https://a.example"), origin("http://a.example"));
        assert_ne!(origin("https://a.example"), origin("https://a.example:444"));
        assert_ne!(origin("https://a.example"), origin("https://b.example"));
        assert_eq!(origin("/path"), None);
        assert_eq!(origin("ftp://a.example"), None);
    }

    #[test]
    fn a_port_that_is_none_names_no_server() {
        for port in ["70000", "x", ""] {
            assert_eq!(
                origin(&format!("https://a.example:{port}/")),
                None,
                "{port}"
            );
            assert_eq!(origin(&format!("https://u:p@[::1]:{port}")), None, "{port}");
        }
        let server = origin("https://u:p@[::1]").expect("it is a server");
        assert_eq!(server.port, 443);
    }

    #[test]
    fn addresses_of_version_6_keep_their_brackets_in_headers_only() {
        let server = origin("http://[::1]:8080/").expect("it is a server");
        assert_eq!(server.host, "::1");
        assert_eq!(server.host_header(), "[::1]:8080");
        let server = origin("https://a.example").expect("it is a server");
        assert_eq!(server.host_header(), "a.example");
        assert_eq!(server.host_and_port(), "a.example:443");
    }
}
