//! How a caller uses an operation.

use generator::ir::{Api, Body, Operation, Param, Payload, Resource, StatusEnum, WaiterGoal};

use super::function;
use super::types::{held, value, written};

/// A function that makes a call in every way that there is.
pub(super) fn uses(api: &Api, resource: &Resource, operation: &Operation) -> String {
    let module = &resource.module;
    let marker = format!("api::{module}::{}", operation.marker);
    let group = format!("client.{module}()");
    let mut lines = vec![
        format!("is::<api::{module}::{}<'_>>({group});", resource.type_name),
        format!("is::<runtime::Operation>(<{marker} as runtime::Endpoint>::OPERATION);"),
    ];
    let required: Vec<String> = required(operation)
        .map(|param| value(&api.argument(param)))
        .collect();
    let call = |name: &str, body: Option<&Body>| {
        let mut arguments = required.clone();
        arguments.extend(body.map(|body| value(&body.argument())));
        format!("{group}.{name}({})", arguments.join(", "))
    };
    let body = operation.body.as_ref();
    let first = call(&operation.name, body.filter(|body| body.required));
    lines.push(format!("let mut call: runtime::Call<{marker}> = {first};"));
    for param in operation.params.iter().filter(|param| !param.required) {
        let argument = value(&api.argument(param));
        lines.push(format!("call = call.{}({argument});", param.name));
    }
    if let Some(body) = body.filter(|body| !body.required) {
        lines.push(format!("call = call.body({});", value(&body.argument())));
    }
    for other in &operation.other_bodies {
        let call = call(&other.name, Some(&other.body));
        lines.push(format!("is::<runtime::Call<{marker}>>({call});"));
    }
    answers(operation, module, &mut lines);
    for other in &operation.success.alternatives {
        let success = held(&other.payload, module);
        let failure = held(&operation.failure.payload, module);
        let call = format!("{first}.{}().await", other.way.method());
        lines.push(format!(
            "is::<Result<{success}, runtime::Error<{failure}>>>({call});"
        ));
    }
    for header in &operation.headers {
        let value = written(&header.type_ref);
        lines.push(format!(
            "is::<runtime::Header<{value}>>(client::headers::{});",
            header.constant
        ));
    }
    if let Some(paging) = &operation.paging {
        let item = written(&paging.item);
        lines.push(format!("paged::<{marker}, {item}>();"));
        lines.push(format!("is::<runtime::Pages<{marker}>>({first}.pages());"));
        lines.push(format!("is::<runtime::Items<{marker}>>({first}.items());"));
        let place = paging.position.method();
        lines.push(format!("let _ = {first}.pages().{place}();"));
    }
    for waiter in &operation.waiters {
        let result = match waiter.goal {
            WaiterGoal::State { .. } => "Wait",
            WaiterGoal::Gone { .. } => "WaitGone",
        };
        let call = call(&waiter.name, None);
        lines.push(format!("is::<runtime::{result}<{marker}>>({call});"));
    }
    let name = format!("call_{module}_{}", operation.name);
    function(&name, "client: &client::Client", &lines)
}

fn required(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

/// Sends the call, and reads what comes back.
fn answers(operation: &Operation, module: &str, lines: &mut Vec<String>) {
    let success = held(&operation.success.payload, module);
    let failure = held(&operation.failure.payload, module);
    lines.push(format!(
        "let result: Result<{success}, runtime::Error<{failure}>> = call.await;"
    ));
    lines.push(format!(
        "if let Err(runtime::Error::Api(error)) = &result {{ is::<Option<&{failure}>>(error.body()); }}"
    ));
    for payload in [&operation.success.payload, &operation.failure.payload] {
        if let Payload::ByStatus(by_status) = payload {
            bodies(by_status, module, lines);
        }
    }
}

/// Tells the bodies of different status codes apart.
fn bodies(by_status: &StatusEnum, module: &str, lines: &mut Vec<String>) {
    let own = format!("api::{module}::{}", by_status.name);
    for variant in &by_status.variants {
        let name = &variant.name;
        lines.push(match &variant.payload {
            Payload::Empty | Payload::ByStatus(_) => {
                format!("if let {own}::{name} = any::<{own}>() {{}}")
            }
            payload => {
                let held = match payload {
                    Payload::OptionalJson(type_ref) => written(type_ref),
                    other => held(other, module),
                };
                format!("if let {own}::{name}(body) = any::<{own}>() {{ is::<{held}>(body); }}")
            }
        });
    }
}
