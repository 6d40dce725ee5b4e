//! Reads paths.

use openapiv3::{Parameter, PathItem, Paths, ReferenceOr};
use serde_json::{Map, Value};

use super::Reader;
use super::object::Object;
use super::operation::operation;
use super::parameter::parameter_or_reference;
use super::resolve::{Section, reference_object};
use super::root::server;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::moves::Origin;
use crate::document::operations::{ADDITIONAL, OtherOperation, QUERY};
use crate::document::pointer::Path;
use crate::http_token::is_token;

pub(super) fn paths<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<Paths> {
    let entries = reader.object(value, path)?.map;
    let paths_place = path;
    let mut paths = Paths::default();
    for (template, value) in entries {
        let path = paths_place.key(template);
        if template.starts_with("x-") {
            paths.extensions.insert(template.clone(), value.clone());
            continue;
        }
        let key = if template.starts_with('/') {
            template.clone()
        } else {
            let key = format!("/{template}");
            if entries.contains_key(&key) {
                reader.ignored(&path, &format!("names the same path as `{key}`"));
                continue;
            }
            let taken = format!("`{key}`");
            reader.coerced(&path, "a path that does not begin with `/`", &taken);
            reader.moved(paths_place, &key, &path);
            key
        };
        if let Some(item) = path_item(reader, value, &path) {
            let plain = with_plain_parameters(&key, &item);
            let is_alone = !entries.contains_key(&plain) && !paths.paths.contains_key(&plain);
            let key = if plain != key && is_alone {
                let taken = format!("`{plain}`");
                reader.coerced(&path, "a path with the marks of a router", &taken);
                reader.moved(paths_place, &plain, &path);
                plain
            } else {
                key
            };
            if !item.others.is_empty() {
                reader.others.insert(key.clone(), item.others);
            }
            paths.paths.insert(key, ReferenceOr::Item(item.model));
        }
    }
    Some(paths)
}

/// The name of the parameter that a `*` at the end of a path stands for.
const REST: &str = "rest";

/// A path without the marks of routers that let a parameter match several segments, as in `{rest*}`, `{proxy+}`
/// and `{*rest}`, where the parameter is declared without them. A `*` at the end stands for one without a name.
fn with_plain_parameters(template: &str, item: &WholePathItem) -> String {
    let is_declared = |name: &str| {
        let operations = item.model.iter().map(|(_, operation)| operation);
        let others = item.others.iter().map(|other| &other.operation);
        let own = operations.chain(others);
        let own = own.flat_map(|operation| &operation.parameters);
        let mut declared = own.chain(&item.model.parameters);
        declared.any(|one| match one {
            ReferenceOr::Item(Parameter::Path { parameter_data, .. }) => {
                parameter_data.name == name
            }
            _ => false,
        })
    };
    let named = template
        .strip_suffix("/*")
        .filter(|before| !before.contains(&format!("{{{REST}}}")))
        .map(|before| format!("{before}/{{{REST}}}"));
    let template = named.as_deref().unwrap_or(template);
    let mut parts = template.split('{');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find('}').unwrap_or_default();
        let (name, behind) = part.split_at(end);
        let without_marks = name.trim_matches(['*', '+']);
        let is_marked = without_marks != name
            && !is_declared(name)
            && is_declared(without_marks)
            && !template.contains(&format!("{{{without_marks}}}"));
        plain.push('{');
        plain.push_str(if is_marked { without_marks } else { name });
        plain.push_str(behind);
    }
    plain
}

/// A path item and its operations for which the model has no field.
#[derive(Default)]
pub(super) struct WholePathItem {
    pub(super) model: PathItem,
    others: Vec<OtherOperation>,
}

/// The keys of a path item's operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", QUERY,
];

/// A path item. A reference is followed, for the model's readers expect none here.
pub(super) fn path_item<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<WholePathItem> {
    if value.is_null() {
        reader.coerced(path, "null", "an empty object");
        return Some(WholePathItem::default());
    }
    let Some(map) = reference_object(value) else {
        let object = reader.object(value, path)?;
        return Some(path_item_object(object));
    };
    let mut object = Object::new(reader, map, path);
    object.value("$ref");
    let mut own = path_item_object(object);
    if let Some((other, origin)) = reader.referenced_path_item(map, path) {
        reader.moved_members(&own, &other, path, &origin);
        own.fill(other);
    }
    Some(own)
}

impl WholePathItem {
    /// Takes over what the item itself does not say.
    fn fill(&mut self, other: Self) {
        let own = std::mem::take(&mut self.model);
        let known: Vec<String> = self.others.iter().map(|one| one.method.clone()).collect();
        let new = other.others.into_iter();
        self.others
            .extend(new.filter(|one| !known.contains(&one.method)));
        let other = other.model;
        self.model = PathItem {
            summary: own.summary.or(other.summary),
            description: own.description.or(other.description),
            get: own.get.or(other.get),
            put: own.put.or(other.put),
            post: own.post.or(other.post),
            delete: own.delete.or(other.delete),
            options: own.options.or(other.options),
            head: own.head.or(other.head),
            patch: own.patch.or(other.patch),
            trace: own.trace.or(other.trace),
            servers: first_filled(own.servers, other.servers),
            parameters: first_filled(own.parameters, other.parameters),
            extensions: other.extensions.into_iter().chain(own.extensions).collect(),
        };
    }
}

fn first_filled<T>(first: Vec<T>, second: Vec<T>) -> Vec<T> {
    if first.is_empty() { second } else { first }
}

fn path_item_object(mut object: Object<'_, '_, '_, '_>) -> WholePathItem {
    object.read_in_any_case(&METHODS);
    let query = object.item(QUERY, operation);
    let query = query.map(|operation| OtherOperation {
        method: QUERY.to_ascii_uppercase(),
        operation,
    });
    let others = query.into_iter().chain(additional_operations(&mut object));
    WholePathItem {
        others: others.collect(),
        model: PathItem {
            summary: object.text("summary"),
            description: object.text("description"),
            get: object.item("get", operation),
            put: object.item("put", operation),
            post: object.item("post", operation),
            delete: object.item("delete", operation),
            options: object.item("options", operation),
            head: object.item("head", operation),
            patch: object.item("patch", operation),
            trace: object.item("trace", operation),
            servers: object.list("servers", server),
            parameters: object.list("parameters", parameter_or_reference),
            extensions: object.finish(),
        },
    }
}

/// The operations of methods that have no keyword of their own.
fn additional_operations(object: &mut Object<'_, '_, '_, '_>) -> Vec<OtherOperation> {
    let read = object.map(ADDITIONAL, |reader, value, path| {
        let method = path.last().unwrap_or_default();
        if let Err((message, help)) = check_method(&method) {
            let location = reader.at_key(path);
            reader.push(Diagnostic::new(Code::InvalidValue, location, message).help(help));
            return None;
        }
        operation(reader, value, path)
    });
    let others = read.into_iter();
    others
        .map(|(method, operation)| OtherOperation { method, operation })
        .collect()
}

/// A method is a token of HTTP, and those that have a keyword stand there.
fn check_method(method: &str) -> Result<(), (String, String)> {
    if !is_token(method) {
        let message = format!("`{method}` is no method of HTTP");
        let help = "a method consists of letters, such as `COPY`";
        return Err((message, help.to_owned()));
    }
    let keyword = METHODS.iter().find(|one| one.eq_ignore_ascii_case(method));
    match keyword {
        Some(keyword) => Err((
            format!("operations of the method `{method}` have a keyword of their own"),
            format!("move it to `{keyword}` of the path"),
        )),
        None => Ok(()),
    }
}

/// The keys of what a path item holds.
fn members(item: &PathItem) -> Vec<&'static str> {
    let mut members: Vec<_> = [
        ("get", item.get.is_some()),
        ("put", item.put.is_some()),
        ("post", item.post.is_some()),
        ("delete", item.delete.is_some()),
        ("options", item.options.is_some()),
        ("head", item.head.is_some()),
        ("patch", item.patch.is_some()),
        ("trace", item.trace.is_some()),
        ("servers", !item.servers.is_empty()),
        ("parameters", !item.parameters.is_empty()),
    ]
    .into();
    members.retain(|(_, present)| *present);
    members.into_iter().map(|(key, _)| key).collect()
}

impl<'v> Reader<'_, 'v> {
    /// The path item that a reference leads to, and where it stands.
    fn referenced_path_item(
        &mut self,
        map: &'v Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<(WholePathItem, Origin)> {
        let (file, pointer, value) = self.follow(Section::PathItems, map, path)?;
        let item = self.within(file, |reader| {
            let start = Path::at(&pointer);
            let mut object = reader.object(value, &start)?;
            object.value("$ref");
            Some(path_item_object(object))
        });
        Some((item?, (file, pointer)))
    }

    /// Enters what a path item has from the one that it refers to.
    fn moved_members(
        &mut self,
        own: &WholePathItem,
        other: &WholePathItem,
        path: &Path<'_>,
        origin: &Origin,
    ) {
        let place = path.to_pointer();
        let parent = (self.file, place.clone());
        let kept = members(&own.model);
        let new = members(&other.model).into_iter();
        for key in new.filter(|key| !kept.contains(key)) {
            self.moves
                .insert(&parent, key, (origin.0, origin.1.join(key)));
        }
        for one in &other.others {
            if !own.others.iter().any(|known| known.method == one.method) {
                let (from, to) = (one.pointer(&origin.1), one.pointer(&place));
                self.moves.insert_at((self.file, to), (origin.0, from));
            }
        }
    }
}
