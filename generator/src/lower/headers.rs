//! Headers of answers.

use openapiv3::{Header, OpenAPI, ParameterSchemaOrContent, ReferenceOr, Response, Schema};

use super::names::{Scope, type_name, value_name};
use super::node::Node;
use super::schemas::Schemas;
use super::source::{Located, OperationSource, resolve};
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::http_token::is_token;
use crate::ir::{AnswerHeader, Docs, Shape, TypeRef};
use crate::media_types::is_json;

/// The headers of a whole document. What several operations are answered with is described once.
pub(super) struct Headers<'a> {
    known: Vec<Known<'a>>,
    names: Scope,
}

struct Known<'a> {
    format: &'a ParameterSchemaOrContent,
    header: AnswerHeader,
}

impl<'a> Headers<'a> {
    pub(super) fn new() -> Self {
        Self {
            known: Vec::new(),
            names: Scope::with(&["HEADER", "SELF"]),
        }
    }

    /// The headers of an operation's answers, in the order of the document.
    pub(super) fn of(
        &mut self,
        schemas: &mut Schemas<'a, '_>,
        source: &OperationSource<'a>,
    ) -> Vec<AnswerHeader> {
        let openapi = &schemas.document.openapi;
        let mut headers: Vec<AnswerHeader> = Vec::new();
        for (_, response) in source.responses(openapi) {
            for (name, header) in described(openapi, &response) {
                if !is_token(name) {
                    report_name(schemas, Code::UnsupportedHeader, header.pointer, name);
                    continue;
                }
                let header = self.header(schemas, name, &header);
                if !headers.contains(&header) {
                    headers.push(header);
                }
            }
        }
        headers
    }

    fn header(
        &mut self,
        schemas: &mut Schemas<'a, '_>,
        name: &'a str,
        header: &Located<'a, Header>,
    ) -> AnswerHeader {
        let format = &header.value.format;
        let same = |known: &&Known<'a>| {
            known.format == format && known.header.wire_name.eq_ignore_ascii_case(name)
        };
        if let Some(known) = self.known.iter().find(same) {
            return known.header.clone();
        }
        let (type_ref, own_docs, is_json) = header_use(schemas, name, header);
        let description = header.value.description.as_deref().unwrap_or_default();
        let mut docs = Docs {
            text: description.trim().to_owned(),
            deprecated: header.value.deprecated.unwrap_or(false),
        };
        if docs.text.is_empty() {
            docs.text = own_docs.text;
        }
        let constant = value_name(name).to_uppercase();
        let header = AnswerHeader {
            constant: String::new(),
            wire_name: name.to_owned(),
            docs,
            type_ref,
            is_json,
        };
        // Schemas that are written differently may say the same.
        let told_apart = |known: &&Known<'a>| {
            let known = &known.header;
            known.type_ref == header.type_ref
                && known.is_json == header.is_json
                && known.wire_name.eq_ignore_ascii_case(name)
        };
        let header = match self.known.iter().find(told_apart) {
            Some(known) => known.header.clone(),
            None => AnswerHeader {
                constant: self.names.claim([constant]),
                ..header
            },
        };
        self.known.push(Known {
            format,
            header: header.clone(),
        });
        header
    }
}

/// Reports a header of an answer or of a request whose name is no token.
pub(super) fn report_name(schemas: &mut Schemas<'_, '_>, code: Code, place: Pointer, name: &str) {
    let message = format!("no header can have the name `{name}`: it is left out");
    let location = schemas.location(place);
    let diagnostic = Diagnostic::new(code, location, message);
    schemas.diagnostics.push(diagnostic);
}

/// The headers that a response describes. OpenAPI takes `Content-Type` out.
fn described<'a>(
    openapi: &'a OpenAPI,
    response: &Located<'a, Response>,
) -> Vec<(&'a str, Located<'a, Header>)> {
    let headers = response.value.headers.iter();
    headers
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
        .filter_map(|(name, header)| {
            let place = response.pointer.join("headers").join(name);
            let header = resolve(header, place, openapi, "headers", |components, name| {
                components.headers.get(name)
            })?;
            Some((name.as_str(), header))
        })
        .collect()
}

/// The schemas of the headers that a response describes.
pub(super) fn schemas<'a>(
    openapi: &'a OpenAPI,
    response: &Located<'a, Response>,
) -> impl Iterator<Item = &'a ReferenceOr<Schema>> {
    let headers = described(openapi, response).into_iter();
    headers.filter_map(|(_, header)| match &header.value.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.values().next()?.schema.as_ref(),
    })
}

/// The type of a header, and whether its value is a JSON text. What the client cannot read is a text.
fn header_use<'a>(
    schemas: &mut Schemas<'a, '_>,
    name: &str,
    header: &Located<'a, Header>,
) -> (TypeRef, Docs, bool) {
    let offer = format!("{}Header", type_name(name));
    let (schema, is_json, place) = match &header.value.format {
        ParameterSchemaOrContent::Schema(schema) => {
            (Some(schema), false, header.pointer.join("schema"))
        }
        ParameterSchemaOrContent::Content(content) => {
            let first = content.iter().next();
            let place = header.pointer.join("content");
            let schema = first.and_then(|(_, media_type)| media_type.schema.as_ref());
            let name = first.map_or("", |(name, _)| name);
            (schema, is_json(name), place.join(name).join("schema"))
        }
    };
    let Some(schema) = schema else {
        return (TypeRef::String, Docs::default(), false);
    };
    let mut used = schemas.operation_use(&Node::new(schema, place.clone()), View::Response, &offer);
    if let TypeRef::Nullable(inner) = used.type_ref {
        used.type_ref = *inner;
    }
    if is_json || is_readable(schemas, &used.type_ref, true) {
        return (used.type_ref, used.docs, is_json);
    }
    if used.type_ref != TypeRef::Any {
        let message = format!("the client cannot read the header `{name}`: it gives its text");
        let location = schemas.location(place);
        schemas
            .diagnostics
            .push(Diagnostic::new(Code::UnsupportedHeader, location, message));
    }
    (TypeRef::String, used.docs, false)
}

/// A value that can be told from its text alone: one without a structure, or a list of such.
fn is_readable(schemas: &Schemas<'_, '_>, type_ref: &TypeRef, may_be_list: bool) -> bool {
    match type_ref {
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::StringEnum(_)) => true,
            Some(Shape::Alias(alias)) => is_readable(schemas, &alias.target, may_be_list),
            _ => false,
        },
        TypeRef::List(item) => may_be_list && is_readable(schemas, item, false),
        TypeRef::Any
        | TypeRef::Bytes
        | TypeRef::File
        | TypeRef::FormPart
        | TypeRef::FormParts
        | TypeRef::Nullable(_)
        | TypeRef::Map(_)
        | TypeRef::Tuple(_) => false,
        _ => true,
    }
}
