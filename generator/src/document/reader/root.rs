//! Reads the document itself and its small parts.

use openapiv3::{
    Contact, Info, License, OpenAPI, SecurityRequirement, Server, ServerVariable, Tag,
};
use serde_json::Value;

use super::object::Object;
use super::schema::external_docs;
use super::{Reader, Version, components, path_item};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::pointer::Path;

pub(super) fn document<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<OpenAPI> {
    let mut object = reader.object(value, path)?;
    // The version has been checked; a number is a slip that the check takes as it is meant.
    let openapi = object.text("openapi").unwrap_or_default();
    if !object.map.contains_key("info") {
        object.assumed("info", "an empty one");
    }
    let has_parts = ["paths", "webhooks", "components"];
    let is_bare = !has_parts.iter().any(|key| object.map.contains_key(*key));
    if is_bare {
        let location = object.reader.at_value(path);
        let message = "the document describes nothing: it lacks `paths`";
        let diagnostic = Diagnostic::new(Code::InvalidDocument, location, message)
            .label("`paths` is missing")
            .help("add `paths`");
        object.reader.push(diagnostic);
    } else if object.reader.version == Version::V3_0 && !object.map.contains_key("paths") {
        object.assumed("paths", "an empty one");
    }
    let kept = ["webhooks", "jsonSchemaDialect"].map(|key| (key, object.any(key)));
    object.value("$self");
    let mut openapi = OpenAPI {
        openapi,
        info: object.item("info", info).unwrap_or_default(),
        servers: object.list("servers", server),
        paths: object.item("paths", path_item::paths).unwrap_or_default(),
        components: object.item("components", components::components),
        security: security(&mut object),
        tags: object.list("tags", tag),
        external_docs: object.item("externalDocs", external_docs),
        extensions: object.finish(),
    };
    for (key, value) in kept {
        if let Some(value) = value {
            openapi.extensions.insert(key.to_owned(), value);
        }
    }
    Some(openapi)
}

fn info<'v>(reader: &mut Reader<'_, 'v>, value: &'v Value, path: &Path<'_>) -> Option<Info> {
    let mut object = reader.object(value, path)?;
    let summary = object.text("summary");
    Some(Info {
        title: object.text_or("title", ""),
        description: object.text("description").or(summary),
        terms_of_service: object.text("termsOfService"),
        contact: object.item("contact", contact),
        license: object.item("license", license),
        version: object.text_or("version", ""),
        extensions: object.finish(),
    })
}

fn contact<'v>(reader: &mut Reader<'_, 'v>, value: &'v Value, path: &Path<'_>) -> Option<Contact> {
    let mut object = reader.object(value, path)?;
    Some(Contact {
        name: object.text("name"),
        url: object.text("url"),
        email: object.text("email"),
        extensions: object.finish(),
    })
}

fn license<'v>(reader: &mut Reader<'_, 'v>, value: &'v Value, path: &Path<'_>) -> Option<License> {
    let mut object = reader.object(value, path)?;
    let identifier = object.text("identifier");
    Some(License {
        name: match identifier {
            Some(identifier) => object.text("name").unwrap_or(identifier),
            None => object.text_or("name", ""),
        },
        url: object.text("url"),
        extensions: object.finish(),
    })
}

pub(super) fn server<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Server> {
    let mut object = reader.object(value, path)?;
    object.value("name");
    let url = object.required_text("url");
    let url = url.map(|url| with_scheme(&mut object, url));
    let variables = object.map("variables", server_variable);
    Some(Server {
        url: url?,
        description: object.text("description"),
        variables: (!variables.is_empty()).then_some(variables),
        extensions: object.finish(),
    })
}

/// The URL of a server, which begins with its host in some documents: what has a port, or a name as those of
/// hosts with two dots or more, is no folder beside the document.
fn with_scheme(object: &mut Object<'_, '_, '_, '_>, url: String) -> String {
    let authority = url.split('/').next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.iter().all(|label| {
        let mut letters = label.chars();
        !label.is_empty() && letters.all(|one| one.is_ascii_alphanumeric() || one == '-')
    });
    let has_port = !port.is_empty() && port.chars().all(|one| one.is_ascii_digit());
    let ends_as_host = authority.ends_with(|last: char| last.is_ascii_alphabetic());
    if !is_host || !(has_port || labels.len() > 2 && ends_as_host) {
        return url;
    }
    let is_here = host == "localhost" || host.starts_with("127.");
    let whole = format!("{}://{url}", if is_here { "http" } else { "https" });
    let path = object.path.key("url");
    let taken = format!("`{whole}`");
    object
        .reader
        .coerced(&path, "a URL without a scheme", &taken);
    whole
}

fn server_variable<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ServerVariable> {
    let mut object = reader.object(value, path)?;
    let enumeration = object.texts("enum");
    let first = enumeration.first().cloned().unwrap_or_default();
    Some(ServerVariable {
        default: object.text_or("default", &first),
        enumeration,
        description: object.text("description"),
        extensions: object.finish(),
    })
}

/// The security requirements; absent and empty mean different things.
pub(super) fn security(object: &mut Object<'_, '_, '_, '_>) -> Option<Vec<SecurityRequirement>> {
    object.take("security")?;
    Some(object.list("security", security_requirement))
}

fn security_requirement<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<SecurityRequirement> {
    if let Value::String(name) = value {
        reader.coerced(path, "a text", "the name of a scheme");
        return Some(SecurityRequirement::from([(name.clone(), Vec::new())]));
    }
    reader.object(value, path)?;
    Some(reader.map(value, path, |reader, value, path| {
        Some(reader.list(value, path, Reader::text))
    }))
}

fn tag<'v>(reader: &mut Reader<'_, 'v>, value: &'v Value, path: &Path<'_>) -> Option<Tag> {
    if let Value::String(name) = value {
        reader.coerced(path, "a text", "the tag's `name`");
        return Some(Tag {
            name: name.clone(),
            ..Tag::default()
        });
    }
    let mut object = reader.object(value, path)?;
    for key in ["summary", "parent", "kind"] {
        object.value(key);
    }
    let name = object.required_text("name");
    Some(Tag {
        name: name?,
        description: object.text("description"),
        external_docs: object.item("externalDocs", external_docs),
        extensions: object.finish(),
    })
}
