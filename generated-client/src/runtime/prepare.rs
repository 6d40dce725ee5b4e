//! From what a caller asks for to a request, and who calls to be added to it.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};
use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use super::auth::{Proof, Shown, sensitive};
use super::call::{Draft, Pairs, content_headers};
use super::client::Shared;
use super::error::{CallFailure, RequestFault};
use super::escape::{Escape, NOT_IN_COOKIES};
use super::path::expand;
use super::request_body::Body;
use super::wiped::wiped;
use super::{ApiKeyLocation, CallContext, Operation, RequestOrigin, middleware};

/// A request that can be sent, and what is added to it to show who calls.
pub(super) struct Prepared {
    request: Request<bytes::Bytes>,
    /// Headers that hold credentials.
    secret_headers: HeaderMap,
    /// The URL with the credentials that belong there.
    secret_uri: Option<Uri>,
}

impl Prepared {
    /// The request of one attempt, with what middleware and credentials add to it.
    pub(super) fn attempt(
        &self,
        shared: &Shared,
        context: CallContext,
    ) -> Result<Request<bytes::Bytes>, CallFailure> {
        let mut request = self.request.clone();
        middleware::before(shared, context, &mut request).map_err(|error| {
            // This attempt is not sent any more.
            let attempts = context.attempts.saturating_sub(1);
            let fault = RequestFault::Middleware(Arc::new(error));
            CallFailure::Request(
                CallContext {
                    attempts,
                    ..context
                },
                fault,
            )
        })?;
        for (name, value) in &self.secret_headers {
            request.headers_mut().insert(name, value.clone());
        }
        if let Some(uri) = &self.secret_uri {
            *request.uri_mut() = uri.clone();
        }
        Ok(request)
    }
}

/// What a call shows of who calls.
pub(super) async fn prove(draft: &Draft) -> Result<Proof, RequestFault> {
    if let Some(fault) = &draft.fault {
        return Err(fault.clone());
    }
    let shared = &*draft.client.shared;
    // Names that come from values, as those of a map that is sent as parameters, give no credentials.
    let names = |pairs: &Pairs, key: &str| {
        let mut names = pairs.iter().map(|(name, _)| name);
        names.any(|name| matches!(name, Cow::Borrowed(name) if *name == key))
    };
    let sets = |name: &str| draft.headers.iter().any(|(own, _)| own == name);
    let argument = |location, key: &str| match location {
        ApiKeyLocation::Header => sets(key),
        ApiKeyLocation::Query => names(&draft.query, key),
        // A whole header of cookies takes the place of those that are arguments.
        ApiKeyLocation::Cookie => names(&draft.cookies, key) && !sets("cookie"),
    };
    let shown = Shown {
        headers: &shared.headers,
        argument: &argument,
        identity: shared.has_identity,
        external: shared.external_credentials,
    };
    shared.credentials.prove(draft.operation, &shown).await
}

/// The request as every attempt sends it, to a server.
pub(super) fn prepare(draft: &Draft, url: &str, proof: &Proof) -> Result<Prepared, RequestFault> {
    let shared = &*draft.client.shared;
    let operation = draft.operation;
    let path = expand(operation.path, &draft.path)
        .map_err(|fault| RequestFault::Path(fault.to_string()))?;
    let is_key = |(name, _): &Argument<'_>| holds_key(operation, name);
    let arguments = || arguments(&draft.query);
    let target = target(path, arguments().filter(|one| !is_key(one)));
    let uri = uri(url, &target)?;
    let secret_uri = secret_uri(url, &target, arguments().filter(is_key).collect(), proof)?;
    let body = draft
        .body
        .as_ref()
        .and_then(Body::in_memory)
        .unwrap_or_default();
    let mut request = Request::new(body);
    *request.method_mut() = operation
        .method
        .try_into()
        .map_err(|_| RequestFault::Method(operation.method.as_str()))?;
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.extend(shared.headers.clone());
    if let Some(accept) = accept(draft.expected.accept, headers) {
        headers.insert(ACCEPT, accept);
    }
    let own = content_headers(draft)?.into_iter();
    for (name, value) in own.chain(draft.headers.iter().cloned()) {
        headers.insert(name, value);
    }
    let secret_headers = secret_headers(headers, proof)?;
    request
        .extensions_mut()
        .insert(RequestOrigin::new(operation, target));
    Ok(Prepared {
        request,
        secret_headers,
        secret_uri,
    })
}

/// What the client asks for, and anything else rather than nothing: errors have media types of their
/// own. A header of the client's stands for what is usual, but not for what only this call gets.
fn accept(media_types: &'static str, headers: &HeaderMap) -> Option<HeaderValue> {
    match media_types {
        "application/json" if headers.contains_key(ACCEPT) => None,
        "application/json" => Some(HeaderValue::from_static("application/json, */*;q=0.5")),
        "*/*" => Some(HeaderValue::from_static("*/*")),
        others => HeaderValue::from_str(&format!("{others}, */*;q=0.5")).ok(),
    }
}

/// The headers of a proof; a cookie of it stands behind those that the request has.
fn secret_headers(request: &HeaderMap, proof: &Proof) -> Result<HeaderMap, RequestFault> {
    let mut headers = HeaderMap::new();
    for (name, value) in &proof.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| RequestFault::Header((*name).to_owned()))?;
        headers.insert(name, value.clone());
    }
    for (name, value) in &proof.cookies {
        // A key is what a server has given, encoded or not, so it goes back as it is.
        let value = utf8_percent_encode(value.expose(), NOT_IN_COOKIES).to_string();
        let value = Zeroizing::new(value);
        let known = headers
            .get(http::header::COOKIE)
            .or_else(|| request.get(http::header::COOKIE))
            .and_then(|value| value.to_str().ok());
        let (known, separator) = known.map_or(("", ""), |known| (known, "; "));
        let value = sensitive(&[known, separator, name, "=", &value])
            .map_err(|_| RequestFault::Header("cookie".to_owned()))?;
        headers.insert(http::header::COOKIE, value);
    }
    Ok(headers)
}

/// A name in a query and its value, which is encoded.
type Argument<'q> = (&'q str, Cow<'q, str>);

fn arguments(query: &Pairs) -> impl Iterator<Item = Argument<'_>> {
    let query = query.iter();
    query.map(|(name, value)| (name.as_ref(), Cow::Borrowed(value.as_str())))
}

/// Whether an operation takes an API key in the query by this name.
fn holds_key(operation: &Operation, name: &str) -> bool {
    let mut schemes = operation.security.iter().copied().flatten();
    schemes.any(|scheme| scheme.query_key() == Some(name))
}

/// Adds arguments to a path or to a query that is there already.
fn target<'q>(mut text: String, query: impl IntoIterator<Item = Argument<'q>>) -> String {
    let mut separator = if text.contains('?') { '&' } else { '?' };
    for (name, value) in query {
        text.push(separator);
        text.push_str(&Escape::All.text(name));
        text.push('=');
        text.push_str(&value);
        separator = '&';
    }
    text
}

fn secret_uri(
    base_url: &str,
    public: &str,
    arguments: Vec<Argument<'_>>,
    proof: &Proof,
) -> Result<Option<Uri>, RequestFault> {
    if arguments.is_empty() && proof.query.is_empty() {
        return Ok(None);
    }
    let proven = proof.query.iter();
    let proven = proven.map(|(name, value)| (*name, Cow::Owned(Escape::All.text(value.expose()))));
    let secret = arguments.into_iter().chain(proven);
    uri(base_url, &target(public.to_owned(), secret)).map(Some)
}

fn uri(base_url: &str, target: &str) -> Result<Uri, RequestFault> {
    // An API key may be in it.
    Uri::from_maybe_shared(wiped(format!("{base_url}{target}").into_bytes()))
        .map_err(|_| RequestFault::Path("the URL is too long or no URL".to_owned()))
}
