//! Rules about parameters.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, ReferenceOr,
};

use super::Report;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::nearest::nearest;
use crate::document::operations::{Model, PathOperations, telling_name};
use crate::document::pointer::Pointer;
use crate::document::reader::made_of;

/// What makes a parameter different from the others of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Identity {
    location: &'static str,
    name: String,
}

impl Identity {
    fn of(parameter: &Parameter) -> Self {
        let location = match parameter {
            Parameter::Query { .. } => "query",
            Parameter::Header { .. } => "header",
            Parameter::Path { .. } => "path",
            Parameter::Cookie { .. } => "cookie",
        };
        Self {
            location,
            name: telling_name(parameter).into_owned(),
        }
    }
}

/// The parameters among the components, for references to them.
struct Shared(HashMap<String, Identity>);

impl Shared {
    fn of(openapi: &OpenAPI) -> Self {
        let components = openapi.components.as_ref();
        let parameters = components
            .into_iter()
            .flat_map(|components| &components.parameters);
        let shared = parameters.filter_map(|(name, parameter)| {
            let reference = format!("#/components/parameters/{name}");
            Some((reference, Identity::of(parameter.as_item()?)))
        });
        Self(shared.collect())
    }

    fn identity(&self, parameter: &ReferenceOr<Parameter>) -> Option<Identity> {
        match parameter {
            ReferenceOr::Item(parameter) => Some(Identity::of(parameter)),
            ReferenceOr::Reference { reference } => self.0.get(reference).cloned(),
        }
    }
}

/// A parameter must not stand twice in one list. The first one counts.
pub(super) fn check_repeated(model: &mut Model, report: &mut Report<'_>) {
    let shared = Shared::of(&model.openapi);
    for mut path in model.path_items() {
        drop_repeated(&mut path.item.parameters, &path.place, &shared, report);
        for (place, operation) in path.operations() {
            drop_repeated(&mut operation.parameters, &place, &shared, report);
        }
    }
}

fn drop_repeated(
    parameters: &mut Vec<ReferenceOr<Parameter>>,
    place: &Pointer,
    shared: &Shared,
    report: &mut Report<'_>,
) {
    let list = place.join("parameters");
    let mut first = HashMap::new();
    let mut repeated = Vec::new();
    for (here, parameter) in parameters.iter().enumerate() {
        let Some(identity) = shared.identity(parameter) else {
            continue;
        };
        let Some(earlier) = first.get(&identity) else {
            first.insert(identity, here);
            continue;
        };
        let message = format!(
            "the {} parameter `{}` is declared twice",
            identity.location, identity.name
        );
        let [location, earlier] =
            [here, *earlier].map(|index| report.at(Place::Value(list.join(&index.to_string()))));
        report.push(
            Diagnostic::new(Code::DuplicateParameter, location, message)
                .label("ignored")
                .related(earlier, "first declared here"),
        );
        repeated.push(here);
    }
    remove(parameters, &list, &repeated, report);
}

/// Takes items out of a list of the model.
fn remove(
    parameters: &mut Vec<ReferenceOr<Parameter>>,
    list: &Pointer,
    indices: &[usize],
    report: &mut Report<'_>,
) {
    for index in indices.iter().rev() {
        report.removed(list, *index, parameters.len());
        parameters.remove(*index);
    }
}

/// The parameters of a path's template and the declared ones have to be the same. One that is not
/// declared is taken for a text; one that the template lacks is left out.
pub(super) fn check_path_parameters(model: &mut Model, report: &mut Report<'_>) {
    let shared = Shared::of(&model.openapi);
    for mut path in model.path_items() {
        let names = names(path.template);
        drop_unused(
            &mut path.item.parameters,
            &names,
            &path.place,
            &shared,
            report,
        );
        for (place, operation) in path.operations() {
            drop_unused(&mut operation.parameters, &names, &place, &shared, report);
        }
        declare_missing(&mut path, &names, &shared, report);
    }
}

/// The names in the braces of a template.
fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        names.push(name);
        rest = after;
    }
    names
}

fn drop_unused(
    parameters: &mut Vec<ReferenceOr<Parameter>>,
    names: &[&str],
    place: &Pointer,
    shared: &Shared,
    report: &mut Report<'_>,
) {
    let list = place.join("parameters");
    let mut unused = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let Some(Identity {
            location: "path",
            name,
        }) = shared.identity(parameter)
        else {
            continue;
        };
        if names.contains(&name.as_str()) {
            continue;
        }
        let location = report.at(Place::Value(list.join(&index.to_string())));
        let message = format!("the path has no parameter `{name}`, which is declared for it");
        let mut diagnostic =
            Diagnostic::new(Code::UnusedPathParameter, location, message).label("ignored");
        if let Some(nearest) = nearest(&name, names.iter().copied()) {
            diagnostic = diagnostic.help(format!("is `{nearest}` meant?"));
        }
        report.push(diagnostic);
        unused.push(index);
    }
    remove(parameters, &list, &unused, report);
}

/// Declares, for the whole path, what some operation of it lacks. An operation's own declaration
/// still comes first.
fn declare_missing(
    path: &mut PathOperations<'_>,
    names: &[&str],
    shared: &Shared,
    report: &mut Report<'_>,
) {
    let common = path_names(&path.item.parameters, shared);
    let own: Vec<_> = path
        .operations()
        .map(|(_, operation)| path_names(&operation.parameters, shared))
        .collect();
    let mut declared = HashSet::new();
    for name in names {
        // A path without operations needs no parameters.
        let is_known = common.contains(*name) || own.iter().all(|own| own.contains(*name));
        if is_known || !declared.insert(*name) {
            continue;
        }
        let location = report.at(Place::Key(path.place.clone()));
        let message =
            format!("the path's parameter `{name}` is not declared; it is taken for a text");
        let help = format!("add a parameter `{name}` with `in: path`");
        report.push(
            Diagnostic::new(Code::UndeclaredPathParameter, location, message)
                .label(format!("`{name}` is not declared"))
                .help(help),
        );
        path.item
            .parameters
            .push(ReferenceOr::Item(text_parameter(name)));
    }
}

fn path_names(parameters: &[ReferenceOr<Parameter>], shared: &Shared) -> HashSet<String> {
    let identities = parameters
        .iter()
        .filter_map(|parameter| shared.identity(parameter));
    identities
        .filter(|identity| identity.location == "path")
        .map(|identity| identity.name)
        .collect()
}

fn text_parameter(name: &str) -> Parameter {
    let any = AnySchema {
        typ: Some("string".to_owned()),
        ..AnySchema::default()
    };
    let schema = made_of(any);
    Parameter::Path {
        parameter_data: ParameterData {
            name: name.to_owned(),
            description: None,
            required: true,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
            example: None,
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        },
        style: PathStyle::Simple,
    }
}
