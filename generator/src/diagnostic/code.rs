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
    /// A key stands twice in one object.
    DuplicateKey = "duplicate-key", Error;
    /// The document is not OpenAPI 3.0 or 3.1.
    UnsupportedVersion = "unsupported-version", Error;
    /// A keyword that the specification requires is missing.
    MissingKeyword = "missing-keyword", Error;
    /// A keyword holds a value of the wrong type.
    WrongType = "wrong-type", Error;
    /// A keyword holds a value that the specification does not allow.
    InvalidValue = "invalid-value", Error;
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
    /// A `$ref` leads nowhere.
    UnresolvedReference = "unresolved-reference", Error;
    /// A `$ref` leads to itself.
    CyclicReference = "cyclic-reference", Error;
    /// Two operations share an `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Error;
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
    /// Parts of an `allOf` contradict each other.
    ConflictingAllOf = "conflicting-all-of", Degradation;
    /// What is emitted is no Rust: a defect of the generator.
    InvalidOutput = "invalid-output", Error;
    /// A schema uses a construct that the client cannot express yet.
    UnsupportedSchema = "unsupported-schema", Degradation;
    /// A parameter uses a construct that the client cannot express yet.
    UnsupportedParameter = "unsupported-parameter", Degradation;
    /// An operation cannot be emitted.
    UnsupportedOperation = "unsupported-operation", Degradation;
    /// A media type that the client cannot encode or decode.
    UnsupportedMediaType = "unsupported-media-type", Degradation;
    /// A security scheme that the client cannot satisfy.
    UnsupportedSecurityScheme = "unsupported-security-scheme", Degradation;
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
