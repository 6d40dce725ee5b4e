//! What a server calls the body of an answer.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// The media type without its parameters.
pub(super) fn essence(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.as_bytes();
    let essence = value.split(|byte| *byte == b';').next()?;
    str::from_utf8(essence.trim_ascii()).ok()
}

/// The encoding of its characters that the media type names.
pub(super) fn charset(headers: &HeaderMap) -> Option<&str> {
    let parameters = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches('"'))
}

/// JSON itself, or a type that is built on it.
pub(super) fn is_json(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    let format = subtype.rsplit('+').next().unwrap_or_default();
    format.eq_ignore_ascii_case("json")
}
