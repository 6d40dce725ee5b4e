//! Parameters outside the body.

use indexmap::IndexMap;
use openapiv3::{MediaType, Parameter, ParameterSchemaOrContent};

use super::contents::content_type;
use super::headers::report_name;
use super::hints::rust_name;
use super::names::{Scope, type_name, value_name, with_word};
use super::node::Node;
use super::scalars::named_type;
use super::schemas::{Schemas, TypeUse};
use super::source::Located;
use super::styles::style;
use super::usage::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::http_token::is_token;
use crate::ir::{Constraints, Docs, Param, ParamLocation, ParamStyle, Style, TypeRef};
use crate::media_types::{is_json, is_text};

/// What a body is called, among the arguments of a method as well as among the setters.
const BODY: &str = "body";

/// Names that a call's methods have already; a setter that took one would not compile. What is required has no
/// setter.
const CALL_METHODS: &[&str] = &[
    "borrow",
    BODY,
    "bytes",
    "clone",
    "cookie",
    "cookie_styled",
    "file",
    "fmt",
    "form",
    "form_encoded",
    "from",
    "from_draft",
    "header_param",
    "header_param_joined",
    "header_param_styled",
    "into",
    "into_future",
    "items",
    "json",
    "json_as",
    "multipart",
    "new",
    "pages",
    "path",
    "path_joined",
    "path_styled",
    "query",
    "query_all",
    "query_joined",
    "query_reserved",
    "query_styled",
    "raw_answer",
    "send",
    "send_with_response",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "wait",
    "wait_gone",
    "with_attempt_timeout",
    "with_deadline",
    "with_header",
    "with_idle_timeout",
    "with_max_attempts",
];

/// Headers that the client sets itself: those that the specification takes out of the parameters, and those
/// that tell the server where the body ends.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "transfer-encoding",
];

/// Turns the parameters of an operation, in the document's order, path parameters in that of the
/// template.
pub(super) fn params<'a>(
    schemas: &mut Schemas<'a, '_>,
    parameters: Vec<Located<'a, Parameter>>,
    operation_name: &str,
    is_shown: impl Fn(&Parameter) -> bool,
) -> Vec<Param> {
    let mut scope = Scope::with(&[BODY]);
    let mut params = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        if is_own_header(parameter.value) || is_unsendable(schemas, &parameter) {
            continue;
        }
        let is_path = matches!(parameter.value, Parameter::Path { .. });
        let is_required = is_path || parameter.value.parameter_data_ref().required;
        let required = is_required && !is_shown(parameter.value);
        params.push(param(
            schemas,
            &parameter,
            operation_name,
            required,
            &mut scope,
        ));
    }
    params
}

fn is_own_header(parameter: &Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    matches!(parameter, Parameter::Header { .. })
        && OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a parameter is a header by a name that none can have, which is reported.
fn is_unsendable(schemas: &mut Schemas<'_, '_>, parameter: &Located<'_, Parameter>) -> bool {
    let name = &parameter.value.parameter_data_ref().name;
    if !matches!(parameter.value, Parameter::Header { .. }) || is_token(name) {
        return false;
    }
    let place = parameter.pointer.join("name");
    report_name(schemas, Code::UnsupportedParameter, place, name);
    true
}

fn param<'a>(
    schemas: &mut Schemas<'a, '_>,
    parameter: &Located<'a, Parameter>,
    operation_name: &str,
    required: bool,
    scope: &mut Scope,
) -> Param {
    let data = parameter.value.parameter_data_ref();
    let location = match parameter.value {
        Parameter::Path { .. } => ParamLocation::Path,
        Parameter::Query { .. } => ParamLocation::Query,
        Parameter::Header { .. } => ParamLocation::Header,
        Parameter::Cookie { .. } => ParamLocation::Cookie,
    };
    let own_offer = || format!("{operation_name}{}", type_name(&data.name));
    let offer = parameter.shared_name("Param").unwrap_or_else(own_offer);
    let (used, style) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            let node = Node::new(schema, parameter.pointer.join("schema"));
            let mut used = schemas.operation_use(&node, View::Request, &offer);
            let type_ref = without_null(used.type_ref);
            used.type_ref = named_type(schemas.document, &data.name, &node, type_ref);
            let style = style(schemas, parameter, &used.type_ref);
            (used, style)
        }
        ParameterSchemaOrContent::Content(content) => {
            content_use(schemas, content, parameter, &offer)
        }
    };
    let chosen = rust_name(&data.extensions);
    let offer = value_name(chosen.unwrap_or(&data.name));
    let longer = with_word(&offer, "param");
    let is_taken = !required && CALL_METHODS.contains(&offer.as_str());
    let name = if is_taken {
        scope.claim([longer])
    } else {
        scope.claim([offer, longer])
    };
    let parameter_docs = data.description.as_deref().unwrap_or_default().trim();
    Param {
        name,
        wire_name: data.name.clone(),
        pointer: parameter.pointer.as_str().to_owned(),
        location,
        required,
        docs: Docs {
            text: match parameter_docs {
                "" => used.docs.text,
                text => text.to_owned(),
            },
            deprecated: data.deprecated.unwrap_or(false),
        },
        type_ref: used.type_ref,
        style,
        allow_reserved: matches!(
            parameter.value,
            Parameter::Query {
                allow_reserved: true,
                ..
            }
        ),
        default: used.default,
        constraints: used.constraints,
    }
}

/// No place outside a JSON body can tell null from a text.
fn without_null(type_ref: TypeRef) -> TypeRef {
    match type_ref {
        TypeRef::Nullable(inner) => without_null(*inner),
        TypeRef::List(item) => TypeRef::List(Box::new(without_null(*item))),
        other => other,
    }
}

/// A value in a media type: a JSON text, or a text that the caller writes.
fn content_use<'a>(
    schemas: &mut Schemas<'a, '_>,
    content: &'a IndexMap<String, MediaType>,
    parameter: &Located<'a, Parameter>,
    offer: &str,
) -> (TypeUse, ParamStyle) {
    let Some((name, media_type)) = content.first() else {
        return (text_use(), ParamStyle::Single);
    };
    if is_json(name) {
        let place = parameter.pointer.join("content").join(name);
        let (type_ref, constraints) =
            content_type(schemas, media_type, &place, View::Request, offer);
        let used = TypeUse {
            type_ref,
            constraints,
            ..text_use()
        };
        return (used, ParamStyle::Styled(Style::Json));
    }
    if !is_text(name) {
        let location = schemas.location(parameter.pointer.clone());
        let message = format!("the client cannot write `{name}`: the caller gives the text");
        schemas.diagnostics.push(Diagnostic::new(
            Code::UnsupportedParameter,
            location,
            message,
        ));
    }
    (text_use(), ParamStyle::Single)
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
