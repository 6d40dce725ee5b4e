//! Which server gets a call, as the builder is told.

use std::net::IpAddr;

use http::Uri;

use super::super::servers::{OperationServer, has_scheme, join};
use super::super::{Client, ClientBuilder, ConfigError, Server};

/// Where a client's calls go.
#[derive(Debug)]
pub(super) enum Base {
    /// To the first server of the document.
    Default,
    /// To the server of the document with this URL, variables included.
    Declared(String),
    /// To this URL.
    Url(String),
}

/// The server of a document that declares none, as the specification has it.
const ROOT: Server = Server {
    url: "/",
    variables: &[],
};

/// The URLs of a client.
pub(super) struct Resolved {
    pub(super) base_url: String,
    pub(super) operations: Vec<OperationServer>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// The URL that all paths are added to; a slash at its end makes no difference. Operations for which
    /// the document declares another server go to this one as well, unless that is declared relative
    /// to it or [`operation_server`](Self::operation_server) says otherwise.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Base::Url(url.into());
        self
    }

    /// One of the servers that the document declares, by its URL there, variables in braces included.
    pub fn server(mut self, declared: impl Into<String>) -> Self {
        self.base = Base::Declared(declared.into());
        self
    }

    /// A value for a variable of the document's servers, in place of its default.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.server_variables.push((name.into(), value.into()));
        self
    }

    /// Where the document was published, for example `https://server.example/docs/openapi.json`: servers
    /// that it declares relative to that place are found by it. Without a declared one, calls go to the
    /// root of that server.
    pub fn document_url(mut self, url: impl Into<String>) -> Self {
        self.document_url = Some(url.into());
        self
    }

    /// A URL for operations that have a server of their own, by its URL in the document, variables in
    /// braces included. Their credentials go there.
    pub fn operation_server(mut self, declared: impl Into<String>, url: impl Into<String>) -> Self {
        self.operation_servers.push((declared.into(), url.into()));
        self
    }
}

pub(super) fn resolve<C>(builder: &ClientBuilder<C>) -> Result<Resolved, ConfigError> {
    check_names(builder)?;
    // Behind a proxy even what is for this machine leaves it.
    let plain_http = match (builder.plain_http, &builder.connections.proxy) {
        (true, _) => PlainHttp::Allowed,
        (false, Some(_)) => PlainHttp::Refused,
        (false, None) => PlainHttp::OnThisMachine,
    };
    let checked = |url: &str| checked_base_url(url, plain_http);
    let published = builder.document_url.as_deref().map(folder).transpose()?;
    let published = published.as_deref();
    let base_url = match &builder.base {
        Base::Url(url) if url.is_empty() => return Err(no_server()),
        Base::Url(url) => checked(url)?,
        Base::Default => {
            let root = published.map(|_| &ROOT);
            let first = builder.api.servers.first().or(root);
            let first = first.ok_or_else(no_server)?;
            checked(&declared_url(builder, first, published)?)?
        }
        Base::Declared(url) => {
            let mut servers = builder.api.servers.iter();
            let found = servers.find(|server| server.url == url);
            let found = found.ok_or_else(|| unknown("server", url, builder.api.servers))?;
            checked(&declared_url(builder, found, published)?)?
        }
    };
    let near = match builder.base {
        Base::Url(_) => base_url.as_str(),
        Base::Default | Base::Declared(_) => published.unwrap_or(&base_url),
    };
    let mut operations = Vec::new();
    for server in builder.api.operation_servers {
        let mut replaced = builder.operation_servers.iter().rev();
        let replaced = replaced.find(|(declared, _)| declared == server.url);
        let url = match (replaced, &builder.base) {
            (Some((_, url)), _) => Ok(checked(url)?),
            (None, Base::Url(_)) if has_scheme(server.url) => Ok(base_url.clone()),
            (None, _) => declared_url(builder, server, Some(near))
                .and_then(|url| checked(&url))
                .map_err(|error| error.to_string()),
        };
        operations.push(OperationServer {
            declared: server.url,
            url,
        });
    }
    Ok(Resolved {
        base_url,
        operations,
    })
}

/// Refuses variables and servers that the document does not have.
fn check_names<C>(builder: &ClientBuilder<C>) -> Result<(), ConfigError> {
    let api = builder.api;
    let all = || api.servers.iter().chain(api.operation_servers);
    for (name, _) in &builder.server_variables {
        let braced = format!("{{{name}}}");
        if !all().any(|server| server.url.contains(&braced)) {
            let reason = format!("no server of the document has a variable `{name}`");
            return Err(ConfigError::BaseUrl(reason));
        }
    }
    for (declared, _) in &builder.operation_servers {
        let mut servers = api.operation_servers.iter();
        if !servers.any(|server| server.url == declared) {
            let what = "server of an operation";
            return Err(unknown(what, declared, api.operation_servers));
        }
    }
    Ok(())
}

fn no_server() -> ConfigError {
    let reason = "the document names no server, so that `base_url` has to";
    ConfigError::BaseUrl(reason.to_owned())
}

fn unknown(what: &str, url: &str, servers: &[Server]) -> ConfigError {
    let known: Vec<&str> = servers.iter().map(|server| server.url).collect();
    let known = known.join("`, `");
    let reason = format!("the document has no {what} `{url}`; there is `{known}`");
    ConfigError::BaseUrl(reason)
}

/// The URL of a server, which may be relative to another URL.
fn declared_url<C>(
    builder: &ClientBuilder<C>,
    server: &Server,
    near: Option<&str>,
) -> Result<String, ConfigError> {
    let url = server.filled(&builder.server_variables);
    let url = url.map_err(ConfigError::BaseUrl)?;
    match near {
        Some(near) => Ok(join(near, &url)),
        None if has_scheme(&url) => Ok(url),
        None => Err(ConfigError::BaseUrl(format!(
            "the document says `{url}`, relative to where it was published: `document_url` tells where \
             that is, or `base_url` names the server"
        ))),
    }
}

/// The folder that holds a document, without a slash at its end.
fn folder(document_url: &str) -> Result<String, ConfigError> {
    let uri = document_url.parse::<Uri>().ok();
    let parts = uri.as_ref().and_then(|uri| {
        let authority = uri.authority()?;
        Some((uri.scheme_str()?, authority, uri.path()))
    });
    let Some((scheme, authority, path)) = parts else {
        let reason = format!("`{document_url}`, the document's, has no scheme or no host");
        return Err(ConfigError::BaseUrl(reason));
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Ok(format!("{scheme}://{authority}{folder}"))
}

/// Where requests may go without encryption.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PlainHttp {
    Allowed,
    OnThisMachine,
    Refused,
}

impl PlainHttp {
    fn allows(self, host: &str) -> bool {
        match self {
            Self::Allowed => true,
            Self::OnThisMachine => is_loopback(host),
            Self::Refused => false,
        }
    }
}

/// The base URL without a slash at its end, where credentials may be sent to it.
fn checked_base_url(url: &str, plain_http: PlainHttp) -> Result<String, ConfigError> {
    let refuse = |reason: &str| Err(ConfigError::BaseUrl(reason.to_owned()));
    let Ok(uri) = url.parse::<Uri>() else {
        return refuse("it is no URL");
    };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return refuse("it has no scheme or no host");
    };
    if authority.as_str().contains('@') {
        return refuse("it holds credentials, which would show in logs");
    }
    if uri.query().is_some() || url.contains('#') {
        return refuse("it has a query or a fragment");
    }
    match scheme {
        "https" => {}
        "http" if plain_http.allows(authority.host()) => {}
        "http" => return refuse("`http` would send credentials in the clear; use `https`"),
        _ => return refuse("its scheme is neither `https` nor `http`"),
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{PlainHttp, checked_base_url};

    #[test]
    fn a_base_url_must_keep_credentials_safe() {
        let accepted = |url: &str, plain_http| checked_base_url(url, plain_http).ok();
        assert_eq!(
            accepted("https://a.example/v1/", PlainHttp::Refused).as_deref(),
            Some("https://a.example/v1")
        );
        assert_eq!(
            accepted("http://127.0.0.1:80", PlainHttp::OnThisMachine).as_deref(),
            Some("http://127.0.0.1:80")
        );
        assert_eq!(
            accepted("http://[::1]:80", PlainHttp::OnThisMachine).as_deref(),
            Some("http://[::1]:80")
        );
        assert_eq!(
            accepted("http://a.example", PlainHttp::Allowed).as_deref(),
            Some("http://a.example")
        );
        let refused = [
            "http://a.example",
            "http://localhost.example",
            "ftp://a.example",
            "a.example/v1",
            "https://user:secret@a.example",
            "https://a.example/?q=1",
            "https://a.example/#top",
            "",
        ];
        for url in refused {
            assert_eq!(accepted(url, PlainHttp::OnThisMachine), None, "{url}");
        }
        assert_eq!(accepted("http://127.0.0.1:80", PlainHttp::Refused), None);
    }
}
