//! References that lead nowhere, and what to do about it.

use serde_json::Value;

use super::Target;
use crate::diagnostic::Code;
use crate::document::external::Refusal;
use crate::document::nearest::nearest;

/// Why a reference leads nowhere.
pub(super) struct Unresolved {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Unresolved {
    /// What is referred to does not exist.
    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self {
            code: Code::MissingTarget,
            message: message.into(),
            help: None,
        }
    }

    /// The reference, or what is around the document, can be mended.
    pub(super) fn slip(message: impl Into<String>) -> Self {
        Self {
            code: Code::UnresolvedReference,
            ..Self::missing(message)
        }
    }
}

pub(super) fn refused(refusal: Refusal) -> Unresolved {
    let (message, help) = match refusal {
        Refusal::Url => (
            "nothing is fetched over a network",
            "store the file beside the document and refer to its path",
        ),
        Refusal::Absolute => (
            "only paths relative to this file are followed",
            "store the file in the document's folder, and begin the path with its name",
        ),
        Refusal::Outside => (
            "the file is outside the document's folder",
            "store the file in the document's folder, or below it",
        ),
    };
    Unresolved {
        code: match refusal {
            Refusal::Url => Code::MissingTarget,
            Refusal::Absolute | Refusal::Outside => Code::UnresolvedReference,
        },
        message: message.to_owned(),
        help: Some(help.to_owned()),
    }
}

pub(super) fn no_such_member(parent: &Target<'_>, segment: &str) -> Unresolved {
    let mut unresolved = Unresolved::missing(match parent.segments.last() {
        Some(last) => format!("there is no `{segment}` in `{last}`"),
        None => format!("the document has no `{segment}`"),
    });
    let keys = match parent.value {
        Value::Object(map) => map.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    if let Some(nearest) = nearest(segment, keys) {
        let pointer = parent.pointer().join(nearest);
        unresolved.code = Code::UnresolvedReference;
        unresolved.help = Some(format!("is `#{pointer}` meant?"));
    } else if matches!(segment, "definitions" | "parameters" | "responses")
        && parent.segments.is_empty()
    {
        unresolved.help = Some("OpenAPI 3 keeps these in `#/components`".to_owned());
    }
    unresolved
}
