//! The stable codes of diagnostics.

use serde::{Serialize, Serializer};

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal, $severity:ident;)+) => {
        /// What kind of thing a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of their definition.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as it is shown and typed.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// How much a diagnostic of this code weighs.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    /// The text is not well-formed YAML or JSON.
    Syntax = "syntax", Error;
    /// A key stands twice in one object, with different values.
    DuplicateKey = "duplicate-key", Error;
    /// A key stands twice in one object, with the same value.
    RepeatedKey = "repeated-key", Note;
    /// The document is not OpenAPI 3.0 or 3.1.
    UnsupportedVersion = "unsupported-version", Error;
    /// The document, or a whole section of it, is not what the specification describes.
    InvalidDocument = "invalid-document", Error;
    /// An element lacks a keyword that the specification requires, and is left out.
    MissingKeyword = "missing-keyword", Degradation;
    /// An element holds a value of the wrong type, and is left out.
    WrongType = "wrong-type", Degradation;
    /// A keyword holds a value that the specification does not allow, and the element around it is left
    /// out.
    InvalidValue = "invalid-value", Degradation;
    /// A keyword holds a value of another type than it should, yet what it means is plain.
    CoercedValue = "coerced-value", Note;
    /// A required keyword is missing, and what it would say is assumed.
    AssumedKeyword = "assumed-keyword", Note;
    /// A keyword belongs to a later version of OpenAPI than the document's, and is understood as
    /// there.
    LaterVersion = "later-version", Note;
    /// A keyword holds a value that has no meaning, and is ignored.
    IgnoredKeyword = "ignored-keyword", Degradation;
    /// An object holds a key that the specification does not know there.
    UnknownKeyword = "unknown-keyword", Degradation;
    /// A schema of OpenAPI 3.1 or later holds a keyword that JSON Schema does not know, which is an annotation
    /// of the document's own. It is reported once for each name.
    Annotation = "annotation", Note;
    /// A `$ref` leads nowhere, by a slip that can be mended.
    UnresolvedReference = "unresolved-reference", Error;
    /// A `$ref` leads to something that the document does not have.
    MissingTarget = "missing-target", Degradation;
    /// A `$ref` leads to itself.
    CyclicReference = "cyclic-reference", Error;
    /// Two operations share an `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Degradation;
    /// Two parameters of one operation share name and location.
    DuplicateParameter = "duplicate-parameter", Degradation;
    /// A path template names a parameter that is not declared.
    UndeclaredPathParameter = "undeclared-path-parameter", Degradation;
    /// A declared path parameter is not in the path template.
    UnusedPathParameter = "unused-path-parameter", Degradation;
    /// An operation names a security scheme that does not exist.
    UnknownSecurityScheme = "unknown-security-scheme", Degradation;
    /// The overlay is not what the Overlay specification describes.
    InvalidOverlay = "invalid-overlay", Error;
    /// An overlay action matches nothing.
    UnmatchedAction = "unmatched-action", Error;
    /// An overlay action changes nothing.
    IneffectiveAction = "ineffective-action", Error;
    /// A hint of the overlay (`x-rust-name`, `x-paging`, `x-waiters`, ...) cannot be applied.
    InvalidHint = "invalid-hint", Error;
    /// The settings of a client are wrong.
    InvalidSettings = "invalid-settings", Error;
    /// Parts of an `allOf` contradict each other, or one takes the place of another.
    ConflictingAllOf = "conflicting-all-of", Degradation;
    /// What is emitted is no Rust: a defect of the generator.
    InvalidOutput = "invalid-output", Error;
    /// A schema uses a construct that the client cannot express yet.
    UnsupportedSchema = "unsupported-schema", Degradation;
    /// A parameter uses a construct that the client cannot express yet.
    UnsupportedParameter = "unsupported-parameter", Degradation;
    /// The specification does not say how a value is written in the style of a parameter or form
    /// field, and a usual way is taken.
    UndefinedStyle = "undefined-style", Note;
    /// An operation cannot be emitted.
    UnsupportedOperation = "unsupported-operation", Degradation;
    /// A media type that the client cannot encode or decode.
    UnsupportedMediaType = "unsupported-media-type", Degradation;
    /// A header of an answer whose value has a structure that the client cannot read, or whose name none can
    /// have.
    UnsupportedHeader = "unsupported-header", Degradation;
    /// A pattern that the client cannot check before it sends a request.
    UnsupportedPattern = "unsupported-pattern", Degradation;
    /// Something that is no call to the server: callbacks, links and webhooks.
    NotEmitted = "not-emitted", Note;
    /// A security scheme that the client cannot satisfy.
    UnsupportedSecurityScheme = "unsupported-security-scheme", Degradation;
}

impl Code {
    /// Whether an error of this code has a defined repair, so that it can be accepted.
    pub fn has_repair(self) -> bool {
        matches!(
            self,
            Self::DuplicateKey
                | Self::UnresolvedReference
                | Self::CyclicReference
                | Self::UnmatchedAction
                | Self::IneffectiveAction
                | Self::InvalidHint
        )
    }

    /// The page about this code, in Markdown: what it means, an example, how to mend or accept it.
    pub fn explanation(self) -> &'static str {
        let heading = format!("\n### {}\n", self.as_str());
        let page = PAGES.split_once(&heading).map_or("", |(_, page)| page);
        let end = page.find("\n### ").unwrap_or(page.len());
        page.get(..end).unwrap_or_default().trim()
    }
}

/// The pages about all codes.
const PAGES: &str = include_str!("../../DIAGNOSTICS.md");

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
