//! Diagnostics in SARIF 2.1.0, which code hosts show beside the lines of a pull request.

use serde_json::{Value, json};

use super::position::Positions;
use super::{Code, Diagnostic, Location, Place, Severity};
use crate::document::Sources;

/// Turns diagnostics into a log with one run, its results in the order of the texts.
///
/// Names of files become relative references, unless they are absolute. Columns count characters.
pub fn to_sarif(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let mut positions = Positions::new(sources);
    let sorted = positions.sorted(diagnostics);
    let mut codes: Vec<Code> = Vec::new();
    let mut results = Vec::with_capacity(sorted.len());
    for diagnostic in sorted {
        let index = codes.iter().position(|code| *code == diagnostic.code);
        let index = index.unwrap_or_else(|| {
            codes.push(diagnostic.code);
            codes.len() - 1
        });
        results.push(result(diagnostic, index, sources, &mut positions));
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.into_iter().map(rule).collect::<Value>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    let page = code.explanation();
    let first = page.split("\n\n").next().unwrap_or_default();
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": first.replace('\n', " ")},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Degradation => "warning",
        Severity::Note => "note",
    }
}

fn result(
    diagnostic: &Diagnostic,
    rule: usize,
    sources: &Sources,
    positions: &mut Positions<'_>,
) -> Value {
    let mut text = diagnostic.message.clone();
    for more in [&diagnostic.label, &diagnostic.help].into_iter().flatten() {
        text.push_str("; ");
        text.push_str(more);
    }
    let related = diagnostic.related.iter().map(|related| {
        let mut location = location(&related.location, sources, positions);
        location["message"] = json!({"text": related.message});
        location
    });
    let related: Value = related.collect();
    json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": rule,
        "level": level(diagnostic.severity()),
        "message": {"text": text},
        "locations": [location(&diagnostic.location, sources, positions)],
        "relatedLocations": related,
    })
}

fn location(location: &Location, sources: &Sources, positions: &mut Positions<'_>) -> Value {
    let span = positions.span(location);
    let start = positions.position(location.file, span.start);
    let end = positions.position(location.file, span.end);
    let mut value = json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&sources.get(location.file).name)},
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    }});
    if let Place::Key(pointer) | Place::Value(pointer) = &location.place {
        value["logicalLocations"] = json!([{"fullyQualifiedName": format!("#{pointer}")}]);
    }
    value
}

/// The name of a file as a reference, with everything escaped that is not plain there.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            other => uri.extend(escaped(other)),
        }
    }
    uri
}

fn escaped(byte: u8) -> [char; 3] {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    let digits = [byte >> 4, byte & 0xf].map(|value| digit(value).to_ascii_uppercase());
    ['%', digits[0], digits[1]]
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_references() {
        assert_eq!(uri("spec/a b.yaml"), "spec/a%20b.yaml");
        assert_eq!(uri("/a/ö:.yaml"), "file:///a/%C3%B6%3A.yaml");
    }
}
