//! Operations and what they send and receive.

use serde::Serialize;
use serde_json::Value;

use super::answers::{AnswerHeader, Failure, Success};
use super::paging::{FieldStep, Paging};
use super::types::{Constraints, Docs, TypeRef};

/// The operations of one tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The Rust module, which is also the client's method that reaches it.
    pub module: String,
    /// The Rust type that holds the methods.
    pub type_name: String,
    /// The tag, as the document spells it.
    pub tag: String,
    /// The tag's documentation.
    pub docs: Docs,
    /// Its operations, ordered by path.
    pub operations: Vec<Operation>,
}

/// One call of the API.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The document's `operationId`, or one made from method and path.
    pub id: String,
    /// Where the document defines it, as a JSON pointer.
    pub pointer: String,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path template.
    pub path: String,
    /// The Rust method.
    pub name: String,
    /// The Rust type that stands for the operation.
    pub marker: String,
    /// Its documentation: summary, then description.
    pub docs: Docs,
    /// Parameters, in the document's order.
    pub params: Vec<Param>,
    /// The request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Request bodies of other media types that say something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_bodies: Vec<OtherBody>,
    /// What a successful answer holds.
    pub success: Success,
    /// What an error answer holds.
    pub failure: Failure,
    /// The headers of its answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<AnswerHeader>,
    /// The server that it has of its own, as the document spells its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Alternatives, each a set of schemes that must all be satisfied; empty where none is needed.
    pub security: Vec<SecurityRequirement>,
    /// Whether it may be sent again when the outcome of an attempt is unknown.
    pub retry: Retry,
    /// How to fetch page after page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Goals that polling this operation can wait for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiters: Vec<Waiter>,
}

impl Operation {
    /// The bodies that it can send, the usual one first.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let others = self.other_bodies.iter().map(|other| &other.body);
        self.body.iter().chain(others)
    }
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(
    missing_docs,
    reason = "the names of the methods are all there is to say"
)]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// A method for which OpenAPI has no keyword, as HTTP spells it.
    #[serde(untagged)]
    Other(String),
}

impl HttpMethod {
    /// The method as HTTP spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Whether it may be repeated where the document says nothing: each POST may do something
    /// anew, and who knows what a method does that OpenAPI does not name; the other methods lead to
    /// the same state again. The runtime has the same rule.
    pub fn retry(&self) -> Retry {
        if matches!(self, Self::Post | Self::Other(_)) {
            Retry::NotExecuted
        } else {
            Retry::Idempotent
        }
    }
}

/// A parameter outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Param {
    /// Its Rust name.
    pub name: String,
    /// Its name in the request.
    pub wire_name: String,
    /// Where the document defines it, as a JSON pointer.
    pub pointer: String,
    /// The part of the request that carries it.
    pub location: ParamLocation,
    /// The document requires it; path parameters always are.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// How the value becomes text.
    pub style: ParamStyle,
    /// Reserved characters of the value go out as they are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_reserved: bool,
    /// The value that the server assumes where the parameter is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// What a value must satisfy.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// The part of a request that carries a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParamLocation {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// How the value of a parameter becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParamStyle {
    /// One value.
    Single,
    /// A list whose items are parameters of the same name.
    Repeated,
    /// A list whose items stand in one parameter with this character between them.
    Joined(char),
    /// A value of any structure that the client writes in a style.
    Styled(Style),
}

/// How the client writes a value of any structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(
    missing_docs,
    reason = "the names of the styles, with `Exploded` for `explode`, are all there is to say"
)]
pub enum Style {
    Form,
    FormExploded,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// The document requires it.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The media type, as the document spells it.
    pub media_type: String,
    /// How the value becomes bytes.
    pub encoding: BodyEncoding,
    /// The fields that a form writes in a way of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FormField>,
    /// The type of the value.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// What the value must satisfy.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
    /// Where the document describes it, as a JSON pointer.
    #[serde(skip)]
    pub pointer: String,
}

/// A field of a form and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormField {
    /// The property.
    pub name: String,
    /// How it is written.
    pub encoding: FieldEncoding,
}

/// How a field of a form is written, where that is not the usual way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldEncoding {
    /// As a part of this media type.
    ContentType(String),
    /// In this style.
    Style(Style),
}

/// A request body that a method of its own sends in place of the usual one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherBody {
    /// The Rust method.
    pub name: String,
    /// The body.
    pub body: Body,
}

/// How a value becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyEncoding {
    /// A JSON text.
    Json,
    /// The pairs of a form in one line, percent-encoded.
    Form,
    /// The parts of a multipart form.
    Multipart,
    /// The text itself.
    Text,
    /// The bytes themselves.
    Bytes,
}

/// Schemes that must all be satisfied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityRequirement {
    /// Names of security schemes; none means that anonymous calls are allowed.
    pub schemes: Vec<String>,
}

/// A way to show who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What is sent.
    pub kind: SecuritySchemeKind,
}

/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecuritySchemeKind {
    /// User and password in the `Authorization` header.
    Basic,
    /// A token in the `Authorization` header; OAuth 2 and OpenID Connect come down to this.
    Bearer,
    /// A certificate that the connection shows.
    MutualTls,
    /// A key in a place of its own.
    ApiKey {
        /// The name of the header, query parameter or cookie.
        key: String,
        /// Where it goes.
        location: ApiKeyLocation,
    },
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApiKeyLocation {
    /// A header field.
    Header,
    /// The query string.
    Query,
    /// A cookie.
    Cookie,
}

/// Whether an operation may be sent again when the outcome of an attempt is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retry {
    /// A second execution does no harm.
    Idempotent,
    /// Only an attempt that the server has certainly not executed may be repeated.
    NotExecuted,
}

/// A goal that polling an operation can wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiter {
    /// The Rust method.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What ends the waiting.
    pub goal: WaiterGoal,
}

/// What ends the waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaiterGoal {
    /// The resource reaches one of these states.
    State {
        /// The way from the answer to its state.
        state: Vec<FieldStep>,
        /// States that end the waiting with success, as the document spells them.
        success: Vec<String>,
        /// States that end it with an error.
        failure: Vec<String>,
    },
    /// The resource is gone: the server answers 404.
    Gone {
        /// The way from the answer to its state, for the progress; empty where it has none.
        state: Vec<FieldStep>,
    },
}
