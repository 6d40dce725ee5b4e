//! The types of texts and numbers, by their formats.
//!
//! A format that is not known says nothing: the value is a plain text or number.

use super::merge::Merged;
use super::names::snake_words;
use super::node::Node;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::{Constraints, TypeRef};

/// The type of a text.
pub(super) fn string_type(merged: &Merged<'_>) -> TypeRef {
    // A pattern tells how the text is spelled, and these types have a spelling of their own.
    let spelled = merged.constraints.pattern.is_some();
    // Rust servers call dates and times without an offset naive or partial, the registry of formats local.
    match merged.format {
        Some("date-time") => TypeRef::DateTime,
        Some("date" | "naive-date") => TypeRef::Date,
        Some("time" | "naive-time" | "partial-time" | "time-local") if !spelled => TypeRef::Time,
        Some("duration") if !spelled => TypeRef::Duration,
        Some("uuid") => TypeRef::Uuid,
        Some("byte") => TypeRef::Base64,
        Some("ip") => TypeRef::Ip,
        Some("ipv4") => TypeRef::Ipv4,
        Some("ipv6") => TypeRef::Ipv6,
        Some("password") => TypeRef::Secret,
        _ => TypeRef::String,
    }
}

/// What the names of secrets end with. A `token` or a `key` alone may be anything.
const SECRETS: &[&str] = &[
    "access_token",
    "api_key",
    "api_token",
    "auth_token",
    "bearer_token",
    "client_secret",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret_access_key",
    "secret_key",
    "session_token",
];

/// The type of what has a name: a plain text may be a secret by that, for few documents give it the format.
/// Any format says otherwise.
pub(super) fn named_type<'a>(
    document: &'a Document,
    name: &str,
    node: &Node<'a>,
    type_ref: TypeRef,
) -> TypeRef {
    let has_format = || {
        let merged = Merged::of(document, node, &mut Diagnostics::default());
        merged.format.is_some()
    };
    if type_ref == TypeRef::String && is_secret(name) && !has_format() {
        TypeRef::Secret
    } else {
        type_ref
    }
}

fn is_secret(name: &str) -> bool {
    let name = snake_words(name);
    SECRETS.iter().any(|secret| {
        let before = name.strip_suffix(secret);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

/// The type of an integer; 64 bits where the document names no other size.
pub(super) fn integer_type(format: Option<&str>, constraints: &Constraints) -> TypeRef {
    /// The first number that a signed integer of 64 bits cannot hold.
    const BEYOND_I64: f64 = 9_223_372_036_854_775_808.0;
    let format = format.unwrap_or_default().replace(['-', '_'], "");
    match format.as_str() {
        "int8" => TypeRef::I8,
        "int16" => TypeRef::I16,
        "int32" => TypeRef::I32,
        "uint8" => TypeRef::U8,
        "uint16" => TypeRef::U16,
        "uint32" => TypeRef::U32,
        "uint" | "uint64" => TypeRef::U64,
        _ => {
            let positive = constraints.minimum.is_some_and(|minimum| minimum >= 0.0);
            let large = constraints
                .maximum
                .is_some_and(|maximum| maximum >= BEYOND_I64);
            if positive && large {
                TypeRef::U64
            } else {
                TypeRef::I64
            }
        }
    }
}

/// Whether the format of a text gives it a type of its own.
pub(super) fn is_formatted(merged: &Merged<'_>) -> bool {
    string_type(merged) != TypeRef::String
}
