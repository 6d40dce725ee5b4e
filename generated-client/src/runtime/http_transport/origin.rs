//! Scheme, host and port of a server.

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
    /// The server of an absolute URL.
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
            port: uri.port_u16().unwrap_or(default_port(is_secure)),
        })
    }

    /// Host and port; the port is named where asked for, or where it is not the scheme's own.
    pub(super) fn authority(&self, names_port: bool) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        if names_port || self.port != default_port(self.is_secure) {
            format!("{host}:{}", self.port)
        } else {
            host
        }
    }

    pub(super) fn host_header(&self) -> HeaderValue {
        // What a URL holds as its authority is a header value as well.
        HeaderValue::try_from(self.authority(false)).unwrap_or(HeaderValue::from_static(""))
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
    fn addresses_of_version_6_keep_their_brackets_in_headers_only() {
        let server = origin("http://[::1]:8080/").expect("it is a server");
        assert_eq!(server.host, "::1");
        assert_eq!(server.host_header(), "[::1]:8080");
        let server = origin("https://a.example").expect("it is a server");
        assert_eq!(server.host_header(), "a.example");
        assert_eq!(server.authority(true), "a.example:443");
    }
}
