//! Operations in their groups.

use openapiv3::{OpenAPI, Parameter, RequestBody};

use super::bodies::answers;
use super::groups::Grouping;
use super::headers::Headers;
use super::method_names::{Candidate, method_names};
use super::names::{Scope, module_name, snake_words, type_name, with_word};
use super::operation_names::OperationNames;
use super::paging::paging;
use super::params::params;
use super::requests::{request_bodies, suffixes};
use super::schemas::Schemas;
use super::security::SecuritySchemes;
use super::servers;
use super::source::{Located, OperationSource};
use super::streams;
use super::waiters::waiters;
use super::ways::{structure, unaliased};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    Docs, HttpMethod, Operation, OtherBody, Param, ParamLocation, Payload, Resource, Retry,
    Success, TypeRef,
};
use crate::media_types::is_json_patch;
use crate::runtime_names;

/// Modules and methods that the emitted client has already. A module within one of its name confuses readers.
const CLIENT_METHODS: &[&str] = &["api", "builder", "from", "new", "runtime", "shared"];

/// Names that the emitted modules use beside those of the runtime; a marker that took one of them would hide it.
const USED: &[&str] = &[
    "Into",
    "IntoIterator",
    "M",
    "None",
    "Option",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Lowers all operations and groups them.
pub(super) fn resources<'a>(
    schemas: &mut Schemas<'a, '_>,
    security: &SecuritySchemes<'a>,
    sources: &[OperationSource<'a>],
    operations: &OperationNames<'_>,
) -> Vec<Resource> {
    let openapi = &schemas.document.openapi;
    let mut context = Context {
        operations,
        headers: Headers::new(),
        schemas,
        security,
    };
    let mut modules = Scope::with(CLIENT_METHODS);
    let mut groups = Grouping::of(sources).groups(sources);
    // The tags that the document lists, in its order, then all others by name, so that an operation
    // more moves no group.
    let listed = |name: &str| openapi.tags.iter().position(|tag| tag.name == name);
    groups.sort_by_key(|(tag, _)| (listed(tag).unwrap_or(usize::MAX), *tag));
    groups
        .into_iter()
        .map(|(tag, members)| {
            let module = module_name(tag);
            let mut types = Scope::with(&[runtime_names::IMPORTED, USED].concat());
            let name = type_name(tag);
            Resource {
                module: modules.claim([module.clone(), with_word(&module, "operations")]),
                type_name: types.claim([name.clone(), format!("{name}Operations")]),
                tag: tag.to_owned(),
                docs: tag_docs(openapi, tag),
                operations: group(&mut context, &mut types, tag, &members),
            }
        })
        .collect()
}

fn tag_docs(openapi: &OpenAPI, name: &str) -> Docs {
    let tag = openapi.tags.iter().find(|tag| tag.name == name);
    let text = tag
        .and_then(|tag| tag.description.as_deref())
        .unwrap_or_default();
    Docs {
        text: text.trim().to_owned(),
        deprecated: false,
    }
}

/// What operations are made with.
struct Context<'c, 'a, 'd> {
    schemas: &'c mut Schemas<'a, 'd>,
    security: &'c SecuritySchemes<'a>,
    operations: &'c OperationNames<'c>,
    headers: Headers<'a>,
}

fn group<'a>(
    context: &mut Context<'_, 'a, '_>,
    markers: &mut Scope,
    tag: &str,
    members: &[&OperationSource<'a>],
) -> Vec<Operation> {
    let mut operations: Vec<Operation> = members
        .iter()
        .map(|source| operation(context, source))
        .collect();
    let candidates: Vec<Candidate<'_, 'a>> = members
        .iter()
        .zip(&operations)
        .map(|(source, operation)| Candidate {
            source,
            answer: operation.success.payload.json(),
            answers_list: operation.paging.is_some()
                || answers_list(context.schemas, source, &operation.success),
        })
        .collect();
    let names = method_names(tag, context.operations.functions().ids(), &candidates);
    let mut other_names = Scope::with(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (operation, name) in operations.iter_mut().zip(names) {
        let marker = type_name(&name);
        let longer = format!("{marker}Operation");
        // In a script without capitals, the marker would hide a parameter of the same name.
        let short = if marker == name { &longer } else { &marker };
        operation.marker = markers.claim([short.clone(), longer]);
        for (payload, suffix) in [
            (&mut operation.success.payload, "Response"),
            (&mut operation.failure.payload, "Failure"),
        ] {
            if let Payload::ByStatus(by_status) = payload {
                by_status.name = markers.claim([format!("{marker}{suffix}")]);
            }
        }
        let suffixes = suffixes(operation.bodies());
        for (other, suffix) in operation.other_bodies.iter_mut().zip(suffixes) {
            other.name = other_names.claim([with_word(&name, &suffix)]);
        }
        operation.name = name;
        for waiter in &mut operation.waiters {
            waiter.name = other_names.claim([waiter.name.clone()]);
        }
    }
    operations
}

fn operation<'a>(context: &mut Context<'_, 'a, '_>, source: &OperationSource<'a>) -> Operation {
    let Context {
        schemas,
        security,
        operations,
        headers,
    } = context;
    let openapi = &schemas.document.openapi;
    let offer = operations.type_name(source);
    let is_shown = |parameter: &Parameter| security.shows(source, parameter);
    let mut params = in_template_order(
        params(schemas, source.parameters(openapi), &offer, is_shown),
        source.template,
    );
    let body = source.request_body(openapi);
    let retry = retry(schemas, source, body.as_ref());
    let bodies = body.map(|body| request_bodies(schemas, &body, &offer));
    let mut bodies = bodies.unwrap_or_default().into_iter();
    let body = bodies.next();
    let other_bodies = bodies.map(|body| OtherBody {
        name: String::new(),
        body,
    });
    let other_bodies = other_bodies.collect();
    let (mut success, failure) = answers(schemas, source, &offer);
    let promised = body
        .as_ref()
        .and_then(|body| streams::promised(schemas, body, &success));
    success.alternatives.extend(promised);
    keep_apart(&mut params, &success);
    let paging = paging(schemas, source, &params, body.as_ref(), &success);
    let waiters = waiters(schemas, source, body.as_ref(), &success);
    Operation {
        id: OperationNames::id(source),
        pointer: source.pointer.as_str().to_owned(),
        method: source.method.clone(),
        path: source.template.to_owned(),
        name: String::new(),
        marker: String::new(),
        docs: docs(source),
        params,
        body,
        other_bodies,
        success,
        failure,
        headers: headers.of(schemas, source),
        server: servers::own(schemas.document, source).map(|server| server.url.clone()),
        security: security.requirements(source, schemas.diagnostics),
        retry,
        paging,
        waiters,
    }
}

fn docs(source: &OperationSource<'_>) -> Docs {
    let part = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let summary = part(&source.operation.summary);
    let description = part(&source.operation.description);
    let text = match (summary.is_empty(), description.is_empty()) {
        (false, false) if !begins_with(&description, &summary) => {
            format!("{summary}\n\n{description}")
        }
        (_, false) => description,
        _ => summary,
    };
    Docs {
        text,
        deprecated: source.operation.deprecated,
    }
}

/// Whether a summary is the first sentence or the first line of a description, where some tools take it from.
fn begins_with(description: &str, summary: &str) -> bool {
    let behind = description.strip_prefix(summary.trim_end_matches('.'));
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '\n']))
}

/// The methods that choose another way to be answered come before setters of the same name.
fn keep_apart(params: &mut [Param], success: &Success) {
    for alternative in &success.alternatives {
        let method = alternative.way.method();
        let taken: Vec<String> = params.iter().map(|param| param.name.clone()).collect();
        if let Some(param) = params
            .iter_mut()
            .find(|param| !param.required && param.name == method)
        {
            let names: Vec<&str> = taken.iter().map(String::as_str).collect();
            param.name = Scope::with(&names).claim([format!("{method}_param")]);
        }
    }
}

/// Path parameters first, in the order of the template, then the others in the document's order.
fn in_template_order(mut params: Vec<Param>, path: &str) -> Vec<Param> {
    params.sort_by_key(|param| match param.location {
        ParamLocation::Path => path
            .find(&format!("{{{}}}", param.wire_name))
            .unwrap_or(path.len()),
        _ => usize::MAX,
    });
    params
}

/// Every method that OpenAPI names but `POST` is taken as safe to repeat: HTTP says so of most, and a
/// `PATCH` sets the same values again, unless it is a list of changes to make. The hint `x-idempotent` says
/// otherwise for one operation.
fn retry(
    schemas: &mut Schemas<'_, '_>,
    source: &OperationSource<'_>,
    body: Option<&Located<'_, RequestBody>>,
) -> Retry {
    let Some(hint) = source.operation.extensions.get("x-idempotent") else {
        let may_list_changes =
            body.is_some_and(|body| body.value.content.keys().any(|name| is_json_patch(name)));
        return match source.method {
            HttpMethod::Patch if may_list_changes => Retry::NotExecuted,
            _ => source.method.retry(),
        };
    };
    if hint.as_bool() == Some(true) {
        return Retry::Idempotent;
    }
    if !hint.is_boolean() {
        let location = schemas.location(source.pointer.join("x-idempotent"));
        let message = "`x-idempotent` is neither `true` nor `false`";
        schemas
            .diagnostics
            .push(Diagnostic::new(Code::InvalidHint, location, message));
    }
    Retry::NotExecuted
}

/// The answer is a list, or an object that holds one by a name that pages have for it, such as the `value` of
/// `OData`, or by the last word of the path.
fn answers_list(
    schemas: &Schemas<'_, '_>,
    source: &OperationSource<'_>,
    success: &Success,
) -> bool {
    let Some(answer) = success.payload.json() else {
        return false;
    };
    let is_list = |type_ref| matches!(unaliased(schemas, type_ref), TypeRef::List(_));
    let last = snake_words(source.path.rsplit('/').next().unwrap_or_default());
    // What is uploaded is answered as the entries of a list, though they be only one.
    let is_list_name = |name| match name {
        "data" | "items" | "value" => true,
        "entries" | "results" | "values" => source.method == HttpMethod::Get,
        _ => false,
    };
    is_list(answer)
        || structure(schemas, answer).is_some_and(|(_, structure)| {
            structure.fields.iter().any(|field| {
                is_list(&field.type_ref)
                    && (is_list_name(field.wire_name.as_str())
                        || snake_words(&field.wire_name) == last)
            })
        })
}
