//! Documents of several files.

use indexmap::IndexSet;
use serde_json::Value;

/// The names of the other files that a value refers to, each once, in their order.
pub(super) fn references(value: &Value) -> IndexSet<&str> {
    let mut names = IndexSet::new();
    collect(value, &mut names);
    names
}

fn collect<'v>(value: &'v Value, names: &mut IndexSet<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == "$ref" => add(text, names),
                    Value::Object(mapping) if key == "mapping" => {
                        mapping
                            .values()
                            .filter_map(Value::as_str)
                            .filter(|text| text.contains(['.', '/']))
                            .for_each(|text| add(text, names));
                        collect(value, names);
                    }
                    Value::Array(_) | Value::Object(_) => collect(value, names),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn add<'v>(reference: &'v str, names: &mut IndexSet<&'v str>) {
    let name = reference.split('#').next().unwrap_or_default();
    if !name.is_empty() {
        names.insert(name);
    }
}

/// Whether a text may refer to another file. It is quick, and errs on the side of yes.
pub(super) fn may_refer(text: &str) -> bool {
    let is_no_file = |after: &str| {
        let value = after.trim_start_matches(['"', '\'', ' ', '\t', ':']);
        let others = ["#", "{", "http://", "https://"];
        others.iter().any(|start| value.starts_with(start))
    };
    let mut references = text.match_indices("$ref");
    references.any(|(start, name)| !is_no_file(text.get(start + name.len()..).unwrap_or_default()))
        || text.contains("\\u0024")
        || text.contains("\\x24")
}

/// Why the name of a file is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no path, but a URL.
    Url,
    /// It does not start at the file that holds it.
    Absolute,
    /// It leads out of the folder of the document.
    Outside,
}

/// The name of a file that another one refers to by a relative path, which may be percent-encoded.
/// Nothing outside the folder of the document has a name.
pub(super) fn resolve(document: &str, base: &str, relative: &str) -> Result<String, Refusal> {
    let decoded = percent_decoded(relative);
    let relative = decoded.as_deref().unwrap_or(relative);
    let first = relative.split('/').next().unwrap_or_default();
    if relative.starts_with("//") || first.contains(':') {
        return Err(Refusal::Url);
    }
    if relative.starts_with(['/', '\\']) {
        return Err(Refusal::Absolute);
    }
    // One system's name with a backslash is another's path.
    if relative.contains('\\') {
        return Err(Refusal::Outside);
    }
    let root = folder(document);
    let inner = folder(base).strip_prefix(root).ok_or(Refusal::Outside)?;
    let mut parts: Vec<&str> = inner.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Refusal::Outside)?;
            }
            name => parts.push(name),
        }
    }
    Ok(format!("{root}{}", parts.join("/")))
}

/// The part of a name that leads to the folder, with the slash at its end.
fn folder(name: &str) -> &str {
    let end = name.rfind('/').map_or(0, |slash| slash + 1);
    name.get(..end).unwrap_or_default()
}

/// A text with its escapes by percent signs replaced; nothing where it holds something else after
/// such a sign.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = after.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Refusal, may_refer, resolve};

    #[test]
    fn paths_are_relative_to_the_file_that_holds_them() {
        let cases = [
            (
                "spec/api.yaml",
                "spec/models/pet.yaml",
                "../common.yaml",
                "spec/common.yaml",
            ),
            (
                "api.yaml",
                "api.yaml",
                "./models/pet.yaml",
                "models/pet.yaml",
            ),
            (
                "/a/api.yaml",
                "/a/api.yaml",
                "my%20pet.yaml",
                "/a/my pet.yaml",
            ),
            ("../api.yaml", "../api.yaml", "a/../pet.yaml", "../pet.yaml"),
        ];
        for (document, base, relative, expected) in cases {
            assert_eq!(resolve(document, base, relative).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn nothing_outside_the_folder_has_a_name() {
        let cases = [
            ("../secret.yaml", Refusal::Outside),
            ("a/../../secret.yaml", Refusal::Outside),
            ("%2e%2e/secret.yaml", Refusal::Outside),
            ("..%2Fsecret.yaml", Refusal::Outside),
            ("..\\secret.yaml", Refusal::Outside),
            ("/etc/passwd", Refusal::Absolute),
            ("%2Fetc/passwd", Refusal::Absolute),
            ("\\\\host\\file", Refusal::Absolute),
            ("//host/file", Refusal::Url),
            ("file:///etc/passwd", Refusal::Url),
            ("https://example.com/a.yaml", Refusal::Url),
            ("C:/secret.yaml", Refusal::Url),
        ];
        for (relative, refusal) in cases {
            let resolved = resolve("spec/api.yaml", "spec/api.yaml", relative);
            assert_eq!(resolved, Err(refusal), "{relative}");
        }
    }

    #[test]
    fn texts_of_one_file_are_told_without_reading_them() {
        assert!(!may_refer(
            "a: {$ref: '#/b'}\nc:\n  \"$ref\" : \"#/d\"\n$ref: #/e"
        ));
        assert!(!may_refer(
            r#"{"$ref": {"type": "string"}, "a": {"$ref": "https://example.com/a"}}"#
        ));
        assert!(may_refer("a: {$ref: '#/b'}\nc: {$ref: 'd.yaml'}"));
        assert!(may_refer("$ref:\n  d.yaml"));
        assert!(may_refer("{\"\\u0024ref\": \"d.json\"}"));
    }
}
