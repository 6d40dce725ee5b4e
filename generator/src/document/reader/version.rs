//! Which version of OpenAPI a document is written in.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::pointer::Pointer;
use crate::document::source::FileId;

/// The version of OpenAPI that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::document) enum Version {
    /// 3.0
    V3_0,
    /// 3.1
    V3_1,
    /// 3.2
    V3_2,
}

/// Finds out the version; reports one that is not understood.
pub(super) fn check(
    document: &Value,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Version> {
    let root = Pointer::root();
    let at = |place| Location { file, place };
    let Value::Object(map) = document else {
        let location = at(Place::Value(root));
        diagnostics.push(
            Diagnostic::new(
                Code::UnsupportedVersion,
                location,
                "this is no OpenAPI document",
            )
            .label("expected an object that begins with `openapi`"),
        );
        return None;
    };
    if let Some(swagger) = map.get("swagger") {
        let message = format!("this is Swagger {}, not OpenAPI 3", plain(swagger));
        let location = at(Place::Key(root.join("swagger")));
        diagnostics.push(
            Diagnostic::new(Code::UnsupportedVersion, location, message).help(
                "convert it first, for example with `npx swagger2openapi swagger.yaml -o openapi.yaml`; \
                 where that stumbles over the YAML, it reads the document as JSON",
            ),
        );
        return None;
    }
    let Some(version) = map.get("openapi") else {
        let location = at(Place::Value(root));
        diagnostics.push(
            Diagnostic::new(
                Code::UnsupportedVersion,
                location,
                "the document lacks `openapi`",
            )
            .help("add the version of the specification, for example `openapi: 3.0.3`"),
        );
        return None;
    };
    let version = plain(version);
    if version.starts_with("3.0") {
        Some(Version::V3_0)
    } else if version.starts_with("3.1") {
        Some(Version::V3_1)
    } else if version.starts_with("3.2") {
        Some(Version::V3_2)
    } else {
        let message = format!("OpenAPI {version} is not supported");
        let location = at(Place::Value(root.join("openapi")));
        diagnostics.push(
            Diagnostic::new(Code::UnsupportedVersion, location, message)
                .help("the supported versions are 3.0, 3.1 and 3.2"),
        );
        None
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number.to_string(),
        other => other.to_string(),
    }
}
