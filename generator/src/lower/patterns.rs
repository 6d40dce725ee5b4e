//! Patterns that clients cannot check.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};
use crate::ir::{Constraints, Resource, Shape, TypeDef};
use crate::pattern::portable;

/// Reports the patterns of requests that clients do not check.
pub(super) fn report(
    types: &[TypeDef],
    resources: &[Resource],
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        for param in &operation.params {
            check(&param.constraints, &param.pointer, document, diagnostics);
        }
        for body in operation.bodies() {
            check(&body.constraints, &body.pointer, document, diagnostics);
        }
    }
    for definition in types.iter().filter(|definition| definition.usage.request) {
        match &definition.shape {
            Shape::Struct(shape) => {
                for field in &shape.fields {
                    check(&field.constraints, &field.pointer, document, diagnostics);
                }
                if let Some(rest) = &shape.additional {
                    check(
                        &rest.constraints,
                        &definition.pointer,
                        document,
                        diagnostics,
                    );
                }
            }
            Shape::Alias(alias) => {
                check(
                    &alias.constraints,
                    &definition.pointer,
                    document,
                    diagnostics,
                );
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    check(
                        &variant.constraints,
                        &variant.pointer,
                        document,
                        diagnostics,
                    );
                }
            }
            Shape::StringEnum(_) | Shape::ValueEnum(_) => {}
        }
    }
}

fn check(
    constraints: &Constraints,
    pointer: &str,
    document: &Document,
    diagnostics: &mut Diagnostics,
) {
    if let Some(Err(reason)) = constraints.pattern.as_deref().map(portable) {
        let location = document.value_at(Pointer::from_text(pointer));
        let message = format!("requests are not checked against this pattern: {reason}");
        diagnostics.push(Diagnostic::new(Code::UnsupportedPattern, location, message));
    }
    if let Some(each) = &constraints.each {
        check(each, pointer, document, diagnostics);
    }
}
