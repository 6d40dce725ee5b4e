//! What operations are answered with.

use serde::Serialize;

use super::types::{Docs, TypeRef};

/// What a successful answer holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Success {
    /// The status codes that the document names, for the documentation; any 2xx is accepted.
    pub statuses: Vec<String>,
    /// The operation is called for a redirect: answers of 3xx are successes, too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub redirects: bool,
    /// The media types that the client asks for, where JSON is not all there is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// What the body holds.
    pub payload: Payload,
    /// What the body holds where the caller asks for other media types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// Another way to be answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// What tells the way from the usual one.
    pub way: Way,
    /// The media types that the client asks for.
    pub accept: Vec<String>,
    /// What the body holds.
    pub payload: Payload,
}

/// A way to be answered that is not the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// By a text.
    Text,
    /// By a stream of events or items.
    Stream,
    /// By bytes.
    Download,
}

impl Way {
    /// The call's method that chooses the way.
    pub fn method(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Stream => "stream",
            Self::Download => "download",
        }
    }
}

/// What an error answer holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The status codes and ranges that the document names, and `default`.
    pub statuses: Vec<String>,
    /// What the body holds.
    pub payload: Payload,
}

/// A header of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerHeader {
    /// The Rust constant; headers of the same name and type share one.
    pub constant: String,
    /// The header's name.
    pub wire_name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of its value.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// The value is a JSON text.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_json: bool,
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payload {
    /// Nothing, or nothing that the document describes.
    Empty,
    /// A JSON text of this type.
    Json(TypeRef),
    /// A text of this type where there is one; some of the success answers have no body.
    OptionalJson(TypeRef),
    /// Text.
    Text,
    /// Bytes, all at once.
    Bytes,
    /// Bytes as they arrive.
    ByteStream,
    /// Server-sent events as they arrive.
    Events(EventData),
    /// JSON texts of this type as they arrive.
    Items(TypeRef),
    /// Something else for some status codes than for others.
    ByStatus(StatusEnum),
}

/// What an event holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventData {
    /// Its data are a text.
    Text,
    /// Its data are a JSON text of this type.
    Json(TypeRef),
    /// All of it is an object of this type, of which the data are a member.
    Whole(TypeRef),
}

/// What bodies hold whose type depends on the status code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusEnum {
    /// The Rust type, which stands beside the operation's marker.
    pub name: String,
    /// The possible bodies, each once.
    pub variants: Vec<StatusVariant>,
}

/// One of the bodies of a [`StatusEnum`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusVariant {
    /// Its Rust variant.
    pub name: String,
    /// The status codes that announce it.
    pub statuses: Vec<StatusPattern>,
    /// What it holds.
    pub payload: Payload,
}

/// Status codes that announce a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusPattern {
    /// This one.
    Code(u16),
    /// Those of this hundred.
    Range(u16),
    /// Those that no other pattern names.
    Default,
}

impl StatusPattern {
    /// The code, where it is a single one.
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code),
            Self::Range(_) | Self::Default => None,
        }
    }

    /// The pattern as the document spells it.
    pub fn text(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(hundred) => format!("{hundred}XX"),
            Self::Default => "default".to_owned(),
        }
    }
}

impl Success {
    /// The types that bodies hold, in whatever way the caller is answered.
    pub fn types(&self) -> Vec<&TypeRef> {
        let others = self.alternatives.iter().map(|other| &other.payload);
        std::iter::once(&self.payload)
            .chain(others)
            .flat_map(Payload::types)
            .collect()
    }
}

impl Payload {
    /// The type of a JSON body, also of one that may be absent.
    pub fn json(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(type_ref) | Self::OptionalJson(type_ref) => Some(type_ref),
            _ => None,
        }
    }

    /// The types that bodies hold.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Json(type_ref)
            | Self::OptionalJson(type_ref)
            | Self::Items(type_ref)
            | Self::Events(EventData::Json(type_ref) | EventData::Whole(type_ref)) => {
                vec![type_ref]
            }
            Self::ByStatus(by_status) => {
                let payloads = by_status.variants.iter().map(|variant| &variant.payload);
                payloads.flat_map(Self::types).collect()
            }
            Self::Empty
            | Self::Text
            | Self::Bytes
            | Self::ByteStream
            | Self::Events(EventData::Text) => Vec::new(),
        }
    }

    /// It is handed out as it arrives.
    pub fn streams(&self) -> bool {
        match self {
            Self::ByteStream | Self::Events(_) | Self::Items(_) => true,
            Self::ByStatus(by_status) => {
                let mut variants = by_status.variants.iter();
                variants.any(|variant| variant.payload.streams())
            }
            _ => false,
        }
    }
}
