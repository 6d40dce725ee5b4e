//! Hints that an overlay gives in words of its own.

use indexmap::IndexMap;
use serde_json::Value;

/// The name in Rust that `x-rust-name` chooses.
pub(super) fn rust_name(extensions: &IndexMap<String, Value>) -> Option<&str> {
    extensions.get("x-rust-name").and_then(Value::as_str)
}
