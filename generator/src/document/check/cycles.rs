//! Finds components that are nothing but references to themselves, or to too many others in turn.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind};

use super::Report;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::limits::MAX_REFERENCE_CHAIN;
use crate::document::pointer::Pointer;
use crate::document::reader::anything;

/// A component that refers, in the end, to itself describes nothing, and neither does a schema that
/// is part of its own `allOf`. The former is left out, the latter loses that part.
pub(super) fn check(openapi: &mut OpenAPI, report: &mut Report<'_>) {
    let Some(components) = &mut openapi.components else {
        return;
    };
    check_schemas(&mut components.schemas, report);
    check_section(&mut components.responses, "responses", report);
    check_section(&mut components.parameters, "parameters", report);
    check_section(&mut components.examples, "examples", report);
    check_section(&mut components.request_bodies, "requestBodies", report);
    check_section(&mut components.headers, "headers", report);
    check_section(&mut components.security_schemes, "securitySchemes", report);
    check_section(&mut components.links, "links", report);
    check_section(&mut components.callbacks, "callbacks", report);
}

fn report_cycle(pointer: Pointer, name: &str, report: &mut Report<'_>) {
    let location = report.at(Place::Value(pointer));
    let message = format!("`{name}` leads to itself");
    report.push(
        Diagnostic::new(Code::CyclicReference, location, message)
            .label("comes back to where it started")
            .help("describe the thing itself in one of the places"),
    );
}

fn check_section<T>(
    section: &mut IndexMap<String, ReferenceOr<T>>,
    kind: &str,
    report: &mut Report<'_>,
) {
    let edges = section.iter().map(|(name, component)| {
        let target = match component {
            ReferenceOr::Reference { reference } => vec![target(reference).to_owned()],
            ReferenceOr::Item(_) => Vec::new(),
        };
        (name.clone(), target)
    });
    for (name, _) in walk(&edges.collect()).back_edges {
        let place = Pointer::of_component(kind, &name);
        report_cycle(place.join("$ref"), &name, report);
        section.shift_remove(&name);
    }
}

fn check_schemas(schemas: &mut IndexMap<String, ReferenceOr<Schema>>, report: &mut Report<'_>) {
    let edges = schemas.iter().map(|(name, schema)| {
        let mut targets = Vec::new();
        collect(schema, &mut targets);
        (name.clone(), targets)
    });
    let graph = edges.collect();
    let walk = walk(&graph);
    let long_edges = long_edges(&graph, &walk.finished);
    let pointer = Pointer::root().join("components").join("schemas");
    for (name, target) in &walk.back_edges {
        let place = pointer.join(name);
        let Some(schema) = schemas.get_mut(name) else {
            continue;
        };
        match schema {
            ReferenceOr::Reference { .. } => {
                report_cycle(place.join("$ref"), name, report);
                schemas.shift_remove(name);
            }
            ReferenceOr::Item(schema) => {
                report_cycle(place.join("allOf"), name, report);
                cut(schema, target);
            }
        }
    }
    for (name, target) in long_edges {
        if let Some(schema) = schemas.get_mut(name) {
            shorten(schema, target, &pointer.join(name), report);
        }
    }
}

/// Takes out what a schema leads to, so that no later stage has to follow it without end.
fn shorten(
    schema: &mut ReferenceOr<Schema>,
    target: &str,
    place: &Pointer,
    report: &mut Report<'_>,
) {
    let keyword = match schema {
        ReferenceOr::Reference { .. } => {
            *schema = ReferenceOr::Item(anything());
            "$ref"
        }
        ReferenceOr::Item(schema) => {
            cut(schema, target);
            "allOf"
        }
    };
    let message = format!(
        "more than {MAX_REFERENCE_CHAIN} schemas lead from one to the next: `{target}` is left out here"
    );
    let location = report.at(Place::Value(place.join(keyword)));
    report.push(Diagnostic::new(Code::UnsupportedSchema, location, message));
}

/// The component that a reference names.
fn target(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or_default()
}

/// The schemas that a schema is, or is made of.
fn collect(schema: &ReferenceOr<Schema>, targets: &mut Vec<String>) {
    match schema {
        ReferenceOr::Reference { reference } => targets.push(target(reference).to_owned()),
        ReferenceOr::Item(schema) => {
            if let SchemaKind::Any(any) = &schema.schema_kind {
                any.all_of.iter().for_each(|part| collect(part, targets));
            }
        }
    }
}

fn cut(schema: &mut Schema, name: &str) {
    let SchemaKind::Any(any) = &mut schema.schema_kind else {
        return;
    };
    any.all_of.retain_mut(|part| match part {
        ReferenceOr::Reference { reference } => target(reference) != name,
        ReferenceOr::Item(schema) => {
            cut(schema, name);
            true
        }
    });
}

/// What a walk through a graph finds.
struct Walk<'g> {
    /// The edges that close a cycle.
    back_edges: Vec<(String, String)>,
    /// The nodes, each behind those that it leads to, the edges that close a cycle aside.
    finished: IndexSet<&'g str>,
}

/// Walks through a graph depth first, with a stack of its own.
fn walk(graph: &IndexMap<String, Vec<String>>) -> Walk<'_> {
    let mut back_edges = Vec::new();
    let mut finished: IndexSet<&str> = IndexSet::new();
    for start in graph.keys() {
        let mut stack: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_stack: HashSet<&str> = HashSet::from([start.as_str()]);
        while let Some((node, next)) = stack.pop() {
            if finished.contains(node) {
                on_stack.remove(node);
                continue;
            }
            let Some(target) = graph.get(node).and_then(|targets| targets.get(next)) else {
                finished.insert(node);
                on_stack.remove(node);
                continue;
            };
            stack.push((node, next + 1));
            if on_stack.contains(target.as_str()) {
                back_edges.push((node.to_owned(), target.clone()));
            } else if !finished.contains(target.as_str()) {
                on_stack.insert(target);
                stack.push((target, 0));
            }
        }
    }
    Walk {
        back_edges,
        finished,
    }
}

/// The edges without which no chain is longer than the limit.
fn long_edges<'g>(
    graph: &'g IndexMap<String, Vec<String>>,
    finished: &IndexSet<&'g str>,
) -> Vec<(&'g str, &'g str)> {
    let mut lengths: HashMap<&str, usize> = HashMap::with_capacity(finished.len());
    let mut found = Vec::new();
    for &node in finished {
        let mut longest = 0;
        for target in graph.get(node).into_iter().flatten() {
            match lengths.get(target.as_str()).copied() {
                Some(MAX_REFERENCE_CHAIN..) => found.push((node, target.as_str())),
                Some(length) => longest = longest.max(length),
                None => {}
            }
        }
        lengths.insert(node, longest + 1);
    }
    found
}
