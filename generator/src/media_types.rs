//! What media types mean to a client.

pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// JSON itself, a type built on it, or anything, which servers of JSON mean by `*/*`.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*")
        || essence.ends_with("+json")
}

/// The order of media types that are written alike: JSON itself comes before what is built on it, a list of
/// changes after the values that a resource gets, and what stands for many comes last.
pub(crate) fn preference(media_type: &str) -> usize {
    match essence(media_type).to_ascii_lowercase().as_str() {
        "application/json" => 0,
        "application/json-patch+json" => 2,
        many if many.contains('*') => 3,
        _ => 1,
    }
}

/// A change, whose kind tells the server what to do with it, whatever it holds.
pub(crate) fn is_patch(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.ends_with("-patch+json")
}

/// A list of changes, of which one may add something each time.
pub(crate) fn is_json_patch(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("application/json-patch+json")
}

/// A format by which a part of a form is a file; some documents give its media type.
pub(crate) fn is_file_format(format: &str) -> bool {
    format == "binary" || format.contains('/')
}

pub(crate) fn is_form(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

pub(crate) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.starts_with("text/") && !is_json(media_type)
}

pub(crate) fn is_plain_text(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case("text/plain")
}

/// Bytes that have no structure which the document could describe.
pub(crate) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    [
        "application/octet-stream",
        "application/pdf",
        "application/zip",
        "application/gzip",
    ]
    .contains(&essence.as_str())
        || ["image/", "audio/", "video/", "font/"]
            .iter()
            .any(|kind| essence.starts_with(kind))
}

pub(crate) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// The parameter by which Kubernetes tells a stream of JSON texts, with the kind of stream.
fn json_stream(media_type: &str) -> Option<&str> {
    let mut parameters = media_type.split(';').skip(1).map(str::trim);
    let is_stream =
        |parameter: &&str| parameter.split('=').next().map(str::trim_end) == Some("stream");
    parameters.find(is_stream).filter(|_| is_json(media_type))
}

/// The members of a server-sent event.
pub(crate) const EVENT_MEMBERS: [&str; 4] = ["data", "event", "id", "retry"];

pub(crate) const EVENT_STREAM: &str = "text/event-stream";

pub(crate) fn is_event_stream(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case(EVENT_STREAM)
}

/// A JSON text in each line, or a sequence of JSON texts. Kubernetes tells one by a parameter.
pub(crate) fn is_json_items(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    let known = [
        "application/json-lines",
        "application/json-seq",
        "application/jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/stream+json",
        "application/x-json-stream",
        "application/x-jsonl",
        "application/x-jsonlines",
        "application/x-ndjson",
    ];
    known.contains(&essence.as_str())
        || essence.ends_with("+json-seq")
        || json_stream(media_type).is_some()
}

/// The changes of what is watched, as Kubernetes tells them.
pub(crate) fn is_json_changes(media_type: &str) -> bool {
    json_stream(media_type) == Some("stream=watch")
}
