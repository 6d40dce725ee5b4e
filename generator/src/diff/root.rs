//! What belongs to the API as a whole: version, servers, the error type and groups of operations.

use std::collections::BTreeMap;

use super::Context;
use super::change::{Draft, Effect, Kind, Subject};
use super::words::Speaker;
use crate::document::Pointer;
use crate::ir::{Resource, SecurityScheme, Server};

pub(super) fn compare(context: &mut Context<'_>) {
    version(context);
    documentation(context);
    servers(context);
    error_type(context);
    security_schemes(context);
    groups(context);
}

fn draft(kind: Kind, effect: Effect, what: impl Into<String>, meaning: &str) -> Draft {
    Draft::new(kind, effect, Subject::Api, what, meaning)
}

fn version(context: &mut Context<'_>) {
    let (old, new) = (&context.old.version, &context.new.version);
    if old != new {
        let what = format!("the document's version is `{new}`, no longer `{old}`");
        let meaning = "`API_VERSION` says so";
        let draft = draft(Kind::VersionChanged, Effect::Nothing, what, meaning);
        context.push(draft.at("/info/version", "/info/version"));
    }
}

fn documentation(context: &mut Context<'_>) {
    let (old, new) = (context.old, context.new);
    let pairs = [
        ("title", Some(&old.title), Some(&new.title)),
        (
            "description",
            old.description.as_ref(),
            new.description.as_ref(),
        ),
    ];
    for (name, old, new) in pairs {
        if old != new {
            let place = format!("/info/{name}");
            let mut change = draft(
                Kind::DocumentationChanged,
                Effect::Nothing,
                format!("the {name} of the document reads differently"),
                "the documentation changes",
            );
            change.old = old.map(|_| place.clone());
            change.new = new.map(|_| place);
            context.push(change);
        }
    }
}

fn servers(context: &mut Context<'_>) {
    let (old, new) = (&context.old.servers, &context.new.servers);
    if old == new {
        return;
    }
    let url = |servers: &[Server]| servers.first().map(|server| server.url.clone());
    let mut change = match (url(old), url(new)) {
        (Some(old), Some(new)) if old != new => draft(
            Kind::ServerChanged,
            Effect::Behaviour,
            format!("the first server is `{new}`, no longer `{old}`"),
            "clients that set no base URL of their own call another server",
        ),
        (Some(old), None) => draft(
            Kind::ServerChanged,
            Effect::CompileError,
            format!("there is no server any more, it was `{old}`"),
            "`DEFAULT_BASE_URL` is gone, and a client has to set a base URL",
        ),
        (None, Some(new)) => draft(
            Kind::ServerChanged,
            Effect::Recompile,
            format!("there is a server now: `{new}`"),
            "`DEFAULT_BASE_URL` names it, and a client need not set a base URL",
        ),
        _ => draft(
            Kind::ServerChanged,
            Effect::Nothing,
            "the list of servers differs behind the first one, or its description does",
            "the documentation changes at most",
        ),
    };
    // What is not there has no place.
    let place = |servers: &[Server]| (!servers.is_empty()).then(|| "/servers".to_owned());
    change.old = place(old);
    change.new = place(new);
    context.push(change);
}

fn error_type(context: &mut Context<'_>) {
    let old = context
        .old
        .shared_error()
        .map(|one| Speaker::of_old(context).value(one));
    let new = context
        .new
        .shared_error()
        .map(|one| Speaker::of_new(context).value(one));
    let change = match (old, new) {
        (Some(old), Some(new)) if old != new => draft(
            Kind::ErrorTypeChanged,
            Effect::CompileError,
            format!("error answers hold `{new}`, no longer `{old}`"),
            "`Error` is another type",
        ),
        (Some(old), None) => draft(
            Kind::ErrorTypeChanged,
            Effect::CompileError,
            format!("not all error answers hold `{old}` any more"),
            "the type `Error` is gone: `runtime::Error<..>` names the body of each operation",
        ),
        (None, Some(new)) => draft(
            Kind::ErrorTypeChanged,
            Effect::Recompile,
            format!("all error answers hold `{new}`"),
            "there is a type `Error` for all operations",
        ),
        _ => return,
    };
    context.push(change);
}

fn security_schemes(context: &mut Context<'_>) {
    let by_name = |schemes: &'_ [SecurityScheme]| -> BTreeMap<String, SecurityScheme> {
        let schemes = schemes.iter();
        schemes
            .map(|scheme| (scheme.name.clone(), scheme.clone()))
            .collect()
    };
    let (old, new) = (
        by_name(&context.old.security_schemes),
        by_name(&context.new.security_schemes),
    );
    let schemes = Pointer::root().join("components").join("securitySchemes");
    for (name, old) in old {
        let place = schemes.join(&name);
        let place = place.as_str();
        match new.get(&name) {
            Some(new) if new.kind != old.kind => context.push(
                draft(
                    Kind::SecurityChanged,
                    Effect::Behaviour,
                    format!("the security scheme `{name}` sends something else"),
                    "credentials are sent in another way, and others may be needed",
                )
                .at(place, place),
            ),
            Some(new) if new.docs != old.docs => context.push(
                draft(
                    Kind::DocumentationChanged,
                    Effect::Nothing,
                    format!("the documentation of the security scheme `{name}` reads differently"),
                    "the documentation changes at most",
                )
                .at(place, place),
            ),
            _ => {}
        }
    }
}

/// Groups whose module or type has another name though the operations are the same.
fn groups(context: &mut Context<'_>) {
    let mut partners: BTreeMap<&str, BTreeMap<&str, (&Resource, &Resource)>> = BTreeMap::new();
    for ((old, _), (new, _)) in &context.matches.operations {
        let partners = partners.entry(&old.module).or_default();
        partners.insert(&new.module, (old, new));
    }
    let mut drafts = Vec::new();
    for (module, partners) in partners {
        let still_there = context.new.resources.iter().any(|one| one.module == module);
        let Some((old, new)) = partners.values().next().copied() else {
            continue;
        };
        let is_whole = partners.len() == 1;
        if is_whole && !still_there {
            drafts.push(draft(
                Kind::GroupRenamed,
                Effect::CompileError,
                format!("the tag `{}` is called `{}`", old.tag, new.tag),
                &format!("`{}()` becomes `{}()`", old.module, new.module),
            ));
        } else if let Some((old, new)) = partners.get(module)
            && old.type_name != new.type_name
        {
            drafts.push(draft(
                Kind::GroupRenamed,
                Effect::CompileError,
                format!("the tag `{}` is spelled `{}`", old.tag, new.tag),
                &format!("the type `{}` becomes `{}`", old.type_name, new.type_name),
            ));
        }
        if let Some((old, new)) = partners.get(module)
            && old.docs != new.docs
        {
            drafts.push(draft(
                Kind::DocumentationChanged,
                Effect::Nothing,
                format!(
                    "the documentation of the tag `{}` reads differently",
                    new.tag
                ),
                "the documentation changes",
            ));
        }
    }
    context.drafts.extend(drafts);
}

/// Whether the group of operations has another name as a whole, which is said once.
pub(super) fn is_renamed(context: &Context<'_>, old: &Resource, new: &Resource) -> bool {
    let still_there = context
        .new
        .resources
        .iter()
        .any(|one| one.module == old.module);
    let mut pairs = context.matches.operations.iter();
    !still_there
        && pairs
            .all(|((one, _), (other, _))| one.module != old.module || other.module == new.module)
}
