//! The servers that operations have of their own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Transport;
use super::builder::own_transport;
use super::connections::Connections;
use super::error::RequestFault;

/// A server that operations have of their own.
pub(super) struct OperationServer {
    /// The URL in the document, variables in braces included.
    pub(super) declared: &'static str,
    /// The URL that paths are added to, or why there is none.
    pub(super) url: Result<String, String>,
}

/// How servers other than the first one are reached.
pub(super) enum Transports {
    /// By the transport of the caller's own, as the first one.
    Callers,
    /// By connections with these settings.
    Own(Box<Connections>),
}

/// A transport, once a call has needed it.
type Started = OnceLock<Result<Box<dyn Transport>, String>>;

/// The servers that operations have of their own, each with connections of its own.
pub(super) struct OperationServers {
    servers: Vec<OperationServer>,
    /// By scheme and authority; each starts with the first call that needs it.
    transports: BTreeMap<String, Started>,
    settings: Transports,
}

impl OperationServers {
    pub(super) fn new(base_url: &str, servers: Vec<OperationServer>, settings: Transports) -> Self {
        let mut transports = BTreeMap::new();
        if matches!(settings, Transports::Own(_)) {
            let urls = servers.iter().filter_map(|server| server.url.as_ref().ok());
            let origins = urls.map(|url| origin(url));
            let others = origins.filter(|other| *other != origin(base_url));
            transports.extend(others.map(|origin| (origin, OnceLock::new())));
        }
        Self {
            servers,
            transports,
            settings,
        }
    }

    /// The URL that paths are added to, where the server is not that of all other calls.
    pub(super) fn url(&self, declared: &str) -> Result<Option<&str>, RequestFault> {
        let mut servers = self.servers.iter();
        match servers.find(|server| server.declared == declared) {
            None => Ok(None),
            Some(OperationServer { url: Ok(url), .. }) => Ok(Some(url)),
            Some(OperationServer {
                url: Err(reason), ..
            }) => Err(RequestFault::Server(declared.to_owned(), reason.clone())),
        }
    }

    /// The connections to the server of a URL, where they are not those of all other calls.
    pub(super) fn transport(&self, url: &str) -> Result<Option<&dyn Transport>, RequestFault> {
        let Some(transport) = self.transports.get(&origin(url)) else {
            return Ok(None);
        };
        let Transports::Own(connections) = &self.settings else {
            return Ok(None);
        };
        match transport.get_or_init(|| own_transport(url, connections)) {
            Ok(transport) => Ok(Some(transport.as_ref())),
            Err(reason) => Err(RequestFault::Server(url.to_owned(), reason.clone())),
        }
    }
}

/// A URL says by itself which server it is on.
pub(super) fn has_scheme(url: &str) -> bool {
    url.contains("://")
}

/// A URL as seen from another one.
pub(super) fn join(base_url: &str, url: &str) -> String {
    if has_scheme(url) {
        return url.to_owned();
    }
    if let Some(rest) = url.strip_prefix("//") {
        let scheme = base_url
            .split_once("://")
            .map_or("https", |(scheme, _)| scheme);
        return format!("{scheme}://{rest}");
    }
    let origin = origin(base_url);
    if let Some(path) = url.strip_prefix('/') {
        return format!("{origin}/{path}");
    }
    let mut folder = base_url.get(origin.len()..).unwrap_or_default();
    let mut rest = url;
    loop {
        if let Some(behind) = rest.strip_prefix("./") {
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("../") {
            rest = behind;
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        } else {
            break;
        }
    }
    let rest = if rest == "." { "" } else { rest };
    format!("{origin}{folder}/{rest}")
}

/// Scheme and authority of a URL.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or(rest);
    format!("{scheme}://{authority}").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_relative_url_stays_on_the_server() {
        let cases = [
            ("/v2", "https://a.example/v2"),
            ("v2", "https://a.example/v1/v2"),
            ("./v2", "https://a.example/v1/v2"),
            (".", "https://a.example/v1/"),
            ("../v2", "https://a.example/v2"),
            ("../../v2", "https://a.example/v2"),
            ("//b.example/v2", "https://b.example/v2"),
            ("https://b.example", "https://b.example"),
        ];
        for (url, expected) in cases {
            assert_eq!(join("https://a.example/v1", url), expected);
        }
    }
}
