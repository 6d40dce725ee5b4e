//! Parameters outside the body.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};
use serde_json::Value;

use super::names::{Scope, type_name, value_name};
use super::node::Node;
use super::schemas::{Schemas, TypeUse};
use super::source::Located;
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Pointer;
use crate::ir::{
    Constraints, Docs, Param, ParamLocation, ParamStyle, Shape, TypeRef, Union, UnionVariant,
};

/// Names that a call's methods have already; a setter that took one would not compile.
const CALL_METHODS: &[&str] = &[
    "borrow",
    "body",
    "bytes",
    "client",
    "clone",
    "cookie",
    "fmt",
    "form",
    "from",
    "from_draft",
    "header_param",
    "header_param_joined",
    "into",
    "into_draft",
    "into_future",
    "items",
    "json",
    "json_as",
    "new",
    "pages",
    "path",
    "path_joined",
    "query",
    "query_all",
    "query_joined",
    "send",
    "send_blocking",
    "send_with_response",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "wait",
    "wait_gone",
    "with_deadline",
    "with_header",
    "with_max_attempts",
];

/// Headers that the specification takes out of the parameters: the client sets them itself.
const OWN_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

/// Turns the parameters of an operation, in the document's order, path parameters in that of the
/// template.
pub(super) fn params<'a>(
    schemas: &mut Schemas<'a, '_>,
    parameters: Vec<Located<'a, Parameter>>,
    operation_name: &str,
) -> Vec<Param> {
    let mut scope = Scope::with(CALL_METHODS);
    let mut params = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        if is_own_header(parameter.value) {
            continue;
        }
        params.extend(param(schemas, &parameter, operation_name, &mut scope));
    }
    params
}

fn is_own_header(parameter: &Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    matches!(parameter, Parameter::Header { .. })
        && OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn param<'a>(
    schemas: &mut Schemas<'a, '_>,
    parameter: &Located<'a, Parameter>,
    operation_name: &str,
    scope: &mut Scope,
) -> Option<Param> {
    let data = parameter.value.parameter_data_ref();
    let location = match parameter.value {
        Parameter::Path { .. } => ParamLocation::Path,
        Parameter::Query { .. } => ParamLocation::Query,
        Parameter::Header { .. } => ParamLocation::Header,
        Parameter::Cookie { .. } => ParamLocation::Cookie,
    };
    let mut used = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            let node = Node::new(schema, parameter.pointer.join("schema"));
            let offer = format!("{operation_name}{}", type_name(&data.name));
            schemas.operation_use(&node, View::Request, &offer)
        }
        ParameterSchemaOrContent::Content(_) => {
            report(
                schemas,
                &parameter.pointer,
                data.required,
                "has its value in a media type",
            );
            text_use()
        }
    };
    used.type_ref = without_null(used.type_ref);
    let style = match style(schemas, parameter.value, &used.type_ref) {
        Ok(style) => style,
        Err(construct) => {
            report(schemas, &parameter.pointer, data.required, construct);
            if !data.required {
                return None;
            }
            used.type_ref = TypeRef::String;
            ParamStyle::Single
        }
    };
    let chosen = data.extensions.get("x-rust-name").and_then(Value::as_str);
    let offer = value_name(chosen.unwrap_or(&data.name));
    let parameter_docs = data.description.as_deref().unwrap_or_default().trim();
    Some(Param {
        name: scope.claim([offer.clone(), format!("{offer}_param")]),
        wire_name: data.name.clone(),
        pointer: parameter.pointer.as_str().to_owned(),
        location,
        required: data.required || location == ParamLocation::Path,
        docs: Docs {
            text: match parameter_docs {
                "" => used.docs.text,
                text => text.to_owned(),
            },
            deprecated: data.deprecated.unwrap_or(false),
        },
        type_ref: used.type_ref,
        style,
        default: used.default,
        constraints: used.constraints,
    })
}

/// No place outside a JSON body can tell null from a text.
fn without_null(type_ref: TypeRef) -> TypeRef {
    match type_ref {
        TypeRef::Nullable(inner) => without_null(*inner),
        TypeRef::List(item) => TypeRef::List(Box::new(without_null(*item))),
        other => other,
    }
}

/// A parameter that the client cannot build takes its text as it goes out.
fn text_use() -> TypeUse {
    TypeUse {
        type_ref: TypeRef::String,
        nullable: false,
        docs: Docs::default(),
        default: None,
        constraints: Constraints::default(),
    }
}

/// How a parameter's value becomes text, or the words for what the client cannot express.
fn style(
    schemas: &Schemas<'_, '_>,
    parameter: &Parameter,
    type_ref: &TypeRef,
) -> Result<ParamStyle, &'static str> {
    let plain_path = !matches!(
        parameter,
        Parameter::Path {
            style: PathStyle::Label | PathStyle::Matrix,
            ..
        }
    );
    match structure(schemas, type_ref) {
        Structure::Single if plain_path => Ok(ParamStyle::Single),
        Structure::Single => Err("has the style `label` or `matrix`"),
        Structure::List => match parameter {
            Parameter::Query {
                style,
                parameter_data,
                ..
            } => list_style(style, parameter_data.explode),
            Parameter::Path { .. } if plain_path => Ok(ParamStyle::Joined(',')),
            Parameter::Header { .. } => Ok(ParamStyle::Joined(',')),
            Parameter::Path { .. } => Err("has the style `label` or `matrix`"),
            Parameter::Cookie { .. } => Err("sends a list in a cookie"),
        },
        Structure::Other => Err("has a value that is neither a scalar nor a list of scalars"),
    }
}

fn list_style(style: &QueryStyle, explode: Option<bool>) -> Result<ParamStyle, &'static str> {
    match style {
        QueryStyle::Form if explode.unwrap_or(true) => Ok(ParamStyle::Repeated),
        QueryStyle::Form => Ok(ParamStyle::Joined(',')),
        QueryStyle::SpaceDelimited => Ok(ParamStyle::Joined(' ')),
        QueryStyle::PipeDelimited => Ok(ParamStyle::Joined('|')),
        QueryStyle::DeepObject => Err("has the style `deepObject` and yet is a list"),
    }
}

enum Structure {
    Single,
    List,
    Other,
}

fn structure(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> Structure {
    match type_ref {
        TypeRef::List(item) => match structure(schemas, item) {
            Structure::Single => Structure::List,
            Structure::List | Structure::Other => Structure::Other,
        },
        TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Any => Structure::Other,
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::StringEnum(_) | Shape::ValueEnum(_)) => Structure::Single,
            Some(Shape::Alias(alias)) => structure(schemas, &alias.target),
            Some(Shape::Union(union)) => scalar_union(schemas, union),
            Some(Shape::Struct(_)) | None => Structure::Other,
        },
        _ => Structure::Single,
    }
}

/// Alternatives that are all scalars are one value in a text.
fn scalar_union(schemas: &Schemas<'_, '_>, union: &Union) -> Structure {
    let is_scalar = |variant: &UnionVariant| {
        // A union that holds itself is none of scalars, and must not be followed for ever.
        let plain = !matches!(&variant.type_ref, TypeRef::Named(name) if matches!(
            schemas.shape_named(name),
            Some(Shape::Union(_))
        ));
        plain && matches!(structure(schemas, &variant.type_ref), Structure::Single)
    };
    if union.variants.iter().all(is_scalar) {
        Structure::Single
    } else {
        Structure::Other
    }
}

fn report(schemas: &mut Schemas<'_, '_>, pointer: &Pointer, required: bool, construct: &str) {
    let consequence = if required {
        "its text is passed as it goes out"
    } else {
        "it is left out"
    };
    let location = schemas.location(pointer.clone());
    schemas.diagnostics.push(Diagnostic::new(
        Code::UnsupportedParameter,
        location,
        format!("the parameter {construct}, which the client cannot build: {consequence}"),
    ));
}
