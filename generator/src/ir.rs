//! The intermediate representation: what a client needs to know of an API, with every name settled.
//!
//! It is plain, serialisable data. Lowering writes it from an OpenAPI document,
//! emission reads it to write Rust, and a comparison of two documents compares it.
//! Nothing here mentions OpenAPI's own model or Rust's syntax trees.

mod answers;
mod arguments;
mod index;
mod operation;
mod paging;
mod types;
mod unions;

pub use answers::{
    Alternative, AnswerHeader, EventData, Failure, Payload, StatusEnum, StatusPattern,
    StatusVariant, Success, Way,
};
pub use arguments::{Argument, Construction};
pub use index::Types;
pub use operation::{
    ApiKeyLocation, Body, BodyEncoding, FieldEncoding, FormField, HttpMethod, Operation, OtherBody,
    Param, ParamLocation, ParamStyle, Resource, Retry, SecurityRequirement, SecurityScheme,
    SecuritySchemeKind, Style, Waiter, WaiterGoal,
};
pub use paging::{Continuation, CursorSource, FieldStep, Limit, Paging, PagingPlace, Position};
pub use types::{
    Additional, Alias, Bounds, Constraints, Docs, EnumValue, Field, Holder, NamedValue, Presence,
    Shape, StringEnum, Struct, TypeDef, TypeRef, Union, UnionVariant, Usage, ValueEnum,
};

use std::collections::HashMap;

use serde::Serialize;

/// A whole API: the input of emission and of comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The document's `info.title`.
    pub title: String,
    /// The document's `info.version`.
    pub version: String,
    /// The document's `info.description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The servers of the document, in its order.
    pub servers: Vec<Server>,
    /// The servers that operations have of their own, ordered by URL.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operation_servers: Vec<Server>,
    /// The security schemes that operations refer to, ordered by name.
    pub security_schemes: Vec<SecurityScheme>,
    /// Groups of operations, one per tag: first those that the document lists, then others by name.
    pub resources: Vec<Resource>,
    /// The patterns that requests are checked against, as the document spells them, each with the spelling
    /// for `regex-lite`.
    #[serde(skip)]
    pub patterns: HashMap<String, String>,
    /// Types of the models, in the order of their names, inline ones behind the type that holds them.
    pub types: Types,
}

impl Api {
    /// The title, with the version where the document tells one; `API` where it has no title.
    pub fn title_and_version(&self) -> String {
        let title = match self.title.trim().trim_end_matches('.') {
            "" => "API",
            title => title,
        };
        match self.version.trim() {
            "" => title.to_owned(),
            version => format!("{title}, version {version}"),
        }
    }

    /// The operations of all resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources
            .iter()
            .flat_map(|resource| &resource.operations)
    }

    /// The type of the body of all errors, where all operations share it.
    pub fn shared_error(&self) -> Option<&TypeRef> {
        let mut bodies = self
            .operations()
            .map(|operation| &operation.failure.payload);
        let first = bodies.next()?;
        let Payload::Json(body @ TypeRef::Named(_)) = first else {
            return None;
        };
        bodies.all(|other| other == first).then_some(body)
    }

    /// The type with this Rust name.
    pub fn type_named(&self, name: &str) -> Option<&TypeDef> {
        self.types.named(name)
    }
}

/// A base URL that the document offers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The URL, with the default values of its variables filled in.
    pub url: String,
    /// The URL as the document spells it, with its variables in braces.
    pub template: String,
    /// The variables of the URL.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ServerVariable>,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// Its name, as it stands between the braces.
    pub name: String,
    /// The value where the caller gives none.
    pub default: String,
    /// The only values that the document allows; none where it allows all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// What the document says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
