//! Lists that are fetched page by page.

use serde::Serialize;

use super::{Holder, TypeRef};

/// How a list is fetched page by page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The part of the request that says which page is wanted.
    #[serde(skip_serializing_if = "is_query")]
    pub place: PagingPlace,
    /// What tells where a page starts.
    pub position: Position,
    /// What limits the items of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The way from the answer to the items; empty where it is the list.
    pub items: Vec<FieldStep>,
    /// The type of an item.
    pub item: TypeRef,
    /// What the answer tells of the next page, beside a cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continuation: Option<Continuation>,
}

/// The part of a request that says which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagingPlace {
    /// Query parameters.
    Query,
    /// Properties of a JSON body.
    Body,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn is_query(place: &PagingPlace) -> bool {
    *place == PagingPlace::Query
}

/// What tells where a page starts: a parameter, which is a property where the body says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// It skips items.
    Offset {
        /// The parameter.
        parameter: String,
    },
    /// It is the number of a page.
    Number {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// It repeats a text from the page before.
    Cursor {
        /// The parameter.
        parameter: String,
        /// Where that text is.
        next: CursorSource,
    },
}

impl Position {
    /// The parameter.
    pub fn parameter(&self) -> &str {
        match self {
            Self::Offset { parameter }
            | Self::Number { parameter, .. }
            | Self::Cursor { parameter, .. } => parameter,
        }
    }

    /// The Rust method that tells where the next page starts.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Offset { .. } => "offset",
            Self::Number { .. } => "number",
            Self::Cursor { .. } => "cursor",
        }
    }
}

/// Where a page holds the cursor of the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CursorSource {
    /// At this way from the answer.
    Answer(Vec<FieldStep>),
    /// At this way from the last item.
    LastItem(Vec<FieldStep>),
    /// In the query of the link at this way from the answer, as the value of the same parameter.
    Link(Vec<FieldStep>),
}

/// A parameter that limits the items of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The parameter.
    pub parameter: String,
    /// The greatest page size that the document allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

/// What an answer tells of the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Continuation {
    /// At this way there is a text, such as a link, unless it is the last page.
    Text(Vec<FieldStep>),
    /// At this way there is a flag.
    Flag(Vec<FieldStep>),
}

/// A step from a value to one of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldStep {
    /// The Rust field.
    pub field: String,
    /// How the field holds its value.
    pub holder: Holder,
}
