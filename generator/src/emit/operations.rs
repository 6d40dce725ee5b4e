//! Operations: a method, a marker type with the facts of the call, setters and waiters.

use std::fmt::Write;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::{alternatives, alternatives_text, facts, receiver};
use super::arguments::argument;
use super::docs::{code, deprecation, markdown, markdown_or, value_text};
use super::paging::{borrowed, paged};
use super::rules::Limited;
use super::security::SecurityConstants;
use super::statuses::status_enum;
use super::types::ident;
use crate::format::{Comments, Invocation, Item, Statement, lines, visible};
use crate::ir::{
    Api, Body, BodyEncoding, FieldEncoding, FieldStep, FormField, HttpMethod, Operation, Param,
    ParamLocation, ParamStyle, Payload, Retry, Style, Waiter, WaiterGoal,
};

/// The methods of an operation: the call and its waiters.
pub(super) fn methods(api: &Api, operation: &Operation, comments: &Comments) -> Vec<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.required);
    let mut methods = vec![call(api, operation, &operation.name, body, comments)];
    for other in &operation.other_bodies {
        let body = Some(&other.body);
        methods.push(call(api, operation, &other.name, body, comments));
    }
    methods.extend(
        operation
            .waiters
            .iter()
            .map(|waiter| wait(api, operation, waiter, comments)),
    );
    methods
}

/// The method that starts the call, with the body that it takes.
fn call(
    api: &Api,
    operation: &Operation,
    name: &str,
    body: Option<&Body>,
    comments: &Comments,
) -> TokenStream {
    let deprecated = deprecation(operation.docs.deprecated && operation.waiters.is_empty());
    let docs = comments.attribute(call_text(operation, body));
    let name = ident(name);
    let marker = ident(&operation.marker);
    let parameters = required_params(operation).map(|param| parameter(api, param));
    let steps = required_params(operation).map(step);
    let body_parameter = body.map(|body| {
        let value = argument(&body.argument());
        quote!(body: #value)
    });
    let body_step = body.map(body_step);
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#parameters,)* #body_parameter) -> Call<#marker, M> {
            Call::new(self.client) #(#steps)* #body_step
        }
    }
}

fn required_params(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

/// The document's text, then what it says of the arguments.
fn call_text(operation: &Operation, body: Option<&Body>) -> String {
    let mut text = markdown_or(&operation.docs.text, || {
        let request = format!("{} {}", operation.method.as_str(), operation.path);
        format!("{}.", code(&request))
    });
    if !operation.success.alternatives.is_empty() {
        let _ = write!(text, "\n\n{}", alternatives_text(&operation.success));
    }
    let params = required_params(operation).map(|param| {
        let default = param.default.as_ref();
        let sentence = value_text(&param.docs, &param.constraints, default, String::new);
        (param.name.as_str(), sentence)
    });
    let body = body.map(|body| ("body", markdown(&body.docs.text)));
    let mut items = params
        .chain(body)
        .map(|(name, sentence)| (name, one_paragraph(&sentence)))
        .filter(|(_, sentence)| !sentence.is_empty())
        .peekable();
    if items.peek().is_some() {
        text.push_str("\n\n# Arguments\n");
    }
    for (name, sentence) in items {
        let _ = write!(text, "\n- `{name}`: {sentence}");
    }
    text
}

fn location_word(param: &Param) -> &'static str {
    match param.location {
        ParamLocation::Path => "path",
        ParamLocation::Query => "query",
        ParamLocation::Header => "headers",
        ParamLocation::Cookie => "cookies",
    }
}

/// Text for an item of a list. Its paragraphs end as sentences do, so that none runs into the next one.
fn one_paragraph(text: &str) -> String {
    let is_open = |last: char| last.is_alphanumeric() || matches!(last, ')' | '"' | '`');
    let mut joined = String::with_capacity(text.len());
    for paragraph in text.split("\n\n") {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(if joined.ends_with(is_open) { ". " } else { " " });
        }
        joined.push_str(&words.join(" "));
    }
    joined
}

fn parameter(api: &Api, param: &Param) -> TokenStream {
    let name = ident(&param.name);
    let value = argument(&api.argument(param));
    quote!(#name: #value)
}

/// The call's method that takes a parameter.
fn step(param: &Param) -> TokenStream {
    let name = ident(&param.name);
    let step = taker(param, Some(&name));
    quote!(.#step)
}

/// The name of that method, with the name of the parameter, the value where one is at hand, and the style
/// where the method needs it.
fn taker(param: &Param, value: Option<&Ident>) -> TokenStream {
    let method = ident(step_method(param));
    let wire_name = &param.wire_name;
    let value = value.map(|value| quote!(, #value));
    let style = match param.style {
        ParamStyle::Joined(separator) if param.location == ParamLocation::Query => {
            Some(quote!(, #separator))
        }
        ParamStyle::Single | ParamStyle::Repeated | ParamStyle::Joined(_) => None,
        ParamStyle::Styled(style) => {
            let style = ident(style_variant(style));
            Some(quote!(, Style::#style))
        }
    };
    quote!(#method(#wire_name #value #style))
}

fn step_method(param: &Param) -> &'static str {
    match (param.location, param.style) {
        (ParamLocation::Path, ParamStyle::Single) => "path",
        (ParamLocation::Path, ParamStyle::Styled(_)) => "path_styled",
        (ParamLocation::Path, _) => "path_joined",
        (ParamLocation::Query, ParamStyle::Single) => "query",
        (ParamLocation::Query, ParamStyle::Repeated) => "query_all",
        (ParamLocation::Query, ParamStyle::Joined(_)) => "query_joined",
        (ParamLocation::Query, ParamStyle::Styled(_)) if param.allow_reserved => "query_reserved",
        (ParamLocation::Query, ParamStyle::Styled(_)) => "query_styled",
        (ParamLocation::Header, ParamStyle::Single) => "header_param",
        (ParamLocation::Header, ParamStyle::Styled(_)) => "header_param_styled",
        (ParamLocation::Header, _) => "header_param_joined",
        (ParamLocation::Cookie, ParamStyle::Styled(_)) => "cookie_styled",
        (ParamLocation::Cookie, _) => "cookie",
    }
}

fn style_variant(style: Style) -> &'static str {
    match style {
        Style::Form => "Form",
        Style::FormExploded => "FormExploded",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Simple => "Simple",
        Style::SimpleExploded => "SimpleExploded",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
        Style::Json => "Json",
    }
}

fn body_step(body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    match body.encoding {
        BodyEncoding::Json if media_type == "application/json" => quote!(.json(body)),
        BodyEncoding::Json => quote!(.json_as(#media_type, body)),
        BodyEncoding::Form if body.fields.is_empty() => quote!(.form(body)),
        BodyEncoding::Form => {
            let fields = body.fields.iter().map(field_encoding);
            quote!(.form_encoded(body, &[#(#fields),*]))
        }
        BodyEncoding::Multipart => {
            let fields = body.fields.iter().map(field_encoding);
            quote!(.multipart(#media_type, body, &[#(#fields),*]))
        }
        BodyEncoding::Text => quote!(.bytes(#media_type, body.into().into_bytes())),
        BodyEncoding::Bytes => quote!(.file(#media_type, body.into())),
    }
}

fn field_encoding(field: &FormField) -> TokenStream {
    let name = &field.name;
    match &field.encoding {
        FieldEncoding::ContentType(media_type) => {
            quote!((#name, FieldEncoding::ContentType(#media_type)))
        }
        FieldEncoding::Style(style) => {
            let style = ident(style_variant(*style));
            quote!((#name, FieldEncoding::Style(Style::#style)))
        }
    }
}

fn wait(api: &Api, operation: &Operation, waiter: &Waiter, comments: &Comments) -> TokenStream {
    let docs = comments.attribute(wait_text(waiter));
    let name = ident(&waiter.name);
    let marker = ident(&operation.marker);
    let call = ident(&operation.name);
    let parameters = required_params(operation).map(|param| parameter(api, param));
    let arguments = required_params(operation).map(|param| ident(&param.name));
    let (result, step) = match &waiter.goal {
        WaiterGoal::State {
            state,
            success,
            failure,
        } => {
            let state = state_reader(state);
            let goal = quote!(StateGoal {
                state: #state,
                success: &[#(#success),*],
                failure: &[#(#failure),*]
            });
            (quote!(Wait), quote!(.wait(#goal)))
        }
        WaiterGoal::Gone { state } => {
            let state = state_reader(state);
            (quote!(WaitGone), quote!(.wait_gone(#state)))
        }
    };
    quote! {
        #docs
        pub fn #name(&self, #(#parameters),*) -> #result<#marker, M> {
            self.#call(#(#arguments),*) #step
        }
    }
}

fn wait_text(waiter: &Waiter) -> String {
    let mut text = markdown_or(&waiter.docs.text, || {
        "Waits until the goal is reached.".to_owned()
    });
    if let WaiterGoal::State {
        success, failure, ..
    } = &waiter.goal
    {
        let _ = write!(text, "\n\nSuccess: {}.", states(success));
        if !failure.is_empty() {
            let _ = write!(text, " Failure: {}.", states(failure));
        }
    }
    text
}

fn states(states: &[String]) -> String {
    states
        .iter()
        .map(|state| code(state))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A closure from the answer to the text of its state.
fn state_reader(steps: &[FieldStep]) -> TokenStream {
    if steps.is_empty() {
        return quote!(|_| None);
    }
    let path = borrowed(steps);
    quote!(|answer| Some(answer #path .as_str()))
}

/// The marker type and the facts of the call.
pub(super) fn endpoint(
    operation: &Operation,
    security: &SecurityConstants<'_>,
    limited: &Limited<'_>,
) -> Vec<Item> {
    let marker = ident(&operation.marker);
    let here = TokenStream::new();
    let success = receiver(&operation.success.payload, &here);
    let failure = receiver(&operation.failure.payload, &here);
    let (id, path) = (&operation.id, &operation.path);
    let method = method(&operation.method);
    let mut statements = vec![
        quote!(#marker -> Result<#success, #failure>),
        quote!(#method #path as #id),
    ];
    statements.extend(visible_docs(operation).map(|docs| quote!(doc = #docs)));
    statements.extend((operation.retry != operation.method.retry()).then(
        || match operation.retry {
            Retry::Idempotent => quote!(retry = Idempotent),
            Retry::NotExecuted => quote!(retry = NotExecuted),
        },
    ));
    let security = security.name(&operation.security).map(ident);
    statements.extend(security.map(|name| quote!(security = super::#name)));
    let server = operation.server.as_ref();
    statements.extend(server.map(|server| quote!(server = #server)));
    statements.extend(facts(&operation.success));
    statements.extend(limited.operation(operation));
    let mut items = vec![Item::Invocation(Invocation::new("endpoint", statements))];
    items.extend(alternatives(operation).into_iter().map(Item::Code));
    let paging = operation.paging.as_ref();
    items.extend(paging.map(|paging| paged(operation, paging)));
    items
}

/// A method, as the runtime's macro takes it.
fn method(method: &HttpMethod) -> TokenStream {
    match method {
        HttpMethod::Other(name) => quote!(#name),
        known => {
            let name = ident(known.as_str());
            quote!(#name)
        }
    }
}

/// The documentation of the marker type, where the one that the macro makes would hold characters that
/// change the order of the others.
fn visible_docs(operation: &Operation) -> Option<String> {
    let (method, path, id) = (operation.method.as_str(), &operation.path, &operation.id);
    let usual = format!("`{method} {path}`: the operation `{id}`.");
    let request = format!("{method} {path}");
    let docs = format!("{}: the operation {}.", code(&request), code(id));
    Some(visible(&docs).into_owned()).filter(|docs| *docs != usual)
}

/// The bodies of an operation whose type depends on the status code.
pub(super) fn status_enums(operation: &Operation) -> Vec<Item> {
    [&operation.success.payload, &operation.failure.payload]
        .into_iter()
        .filter_map(|payload| match payload {
            Payload::ByStatus(by_status) => Some(status_enum(by_status)),
            _ => None,
        })
        .collect()
}

/// Setters of what is optional.
pub(super) fn setters(api: &Api, operation: &Operation, comments: &Comments) -> Vec<Item> {
    let marker = ident(&operation.marker);
    let mut items = Vec::new();
    let optional = operation.params.iter().filter(|param| !param.required);
    let parameters: Vec<Statement> = optional.map(|param| parameter_setter(api, param)).collect();
    if !parameters.is_empty() {
        let marker = Statement::new(quote!(#marker));
        items.push(Item::Invocation(Invocation {
            name: "parameters",
            statements: [marker].into_iter().chain(parameters).collect(),
        }));
    }
    let body = operation.body.as_ref().filter(|body| !body.required);
    items.extend(body.map(|body| {
        let setter = body_setter(body, comments);
        Item::Code(quote!(impl<M> Call<#marker, M> { #setter }))
    }));
    items
}

fn parameter_setter(api: &Api, param: &Param) -> Statement {
    let otherwise = || {
        let place = location_word(param);
        format!("The parameter {} of the {place}.", code(&param.wire_name))
    };
    let text = value_text(
        &param.docs,
        &param.constraints,
        param.default.as_ref(),
        otherwise,
    );
    let mut attributes = lines(&text);
    if param.docs.deprecated {
        attributes.push("#[deprecated]".to_owned());
    }
    let parameter = parameter(api, param);
    let taker = taker(param, None);
    Statement {
        attributes,
        ..Statement::new(quote!(#parameter = #taker))
    }
}

fn body_setter(body: &Body, comments: &Comments) -> TokenStream {
    let text = markdown_or(&body.docs.text, || "What is sent.".to_owned());
    let docs = comments.attribute(text);
    let value = argument(&body.argument());
    let step = body_step(body);
    quote! {
        #docs
        pub fn body(self, body: #value) -> Self {
            self #step
        }
    }
}
