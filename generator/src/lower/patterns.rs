//! Which patterns clients check.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};
use crate::ir::{Constraints, Resource, Shape, TypeDef};
use crate::pattern::portable;

/// The patterns that clients check requests against, each with its spelling for them. Those that they do
/// not check are reported.
pub(super) fn checked(
    types: &[TypeDef],
    resources: &[Resource],
    document: &Document,
    diagnostics: &mut Diagnostics,
) -> HashMap<String, String> {
    let mut patterns = Patterns {
        document,
        diagnostics,
        known: HashMap::new(),
    };
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        for param in &operation.params {
            patterns.check(&param.constraints, &param.pointer);
        }
        for body in operation.bodies() {
            patterns.check(&body.constraints, &body.pointer);
        }
    }
    for definition in types.iter().filter(|definition| definition.usage.request) {
        match &definition.shape {
            Shape::Struct(shape) => {
                for field in &shape.fields {
                    patterns.check(&field.constraints, &field.pointer);
                }
                if let Some(rest) = &shape.additional {
                    patterns.check(&rest.constraints, &definition.pointer);
                }
            }
            Shape::Alias(alias) => {
                patterns.check(&alias.constraints, &definition.pointer);
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    patterns.check(&variant.constraints, &variant.pointer);
                }
            }
            Shape::StringEnum(_) | Shape::ValueEnum(_) => {}
        }
    }
    let known = patterns.known.into_iter();
    let portable =
        known.filter_map(|(pattern, portable)| Some((pattern.to_owned(), portable.ok()?)));
    portable.collect()
}

/// The patterns that have been met.
struct Patterns<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    /// Their spelling for clients, or why there is none. A document repeats few patterns at many places,
    /// and some take long to compile.
    known: HashMap<&'a str, Result<String, String>>,
}

impl<'a> Patterns<'a> {
    fn check(&mut self, constraints: &'a Constraints, pointer: &str) {
        if let Some(pattern) = &constraints.pattern {
            let known = self.known.entry(pattern);
            if let Err(reason) = known.or_insert_with(|| portable(pattern)) {
                let location = self.document.value_at(Pointer::from_text(pointer));
                let message = format!("requests are not checked against this pattern: {reason}");
                let diagnostic = Diagnostic::new(Code::UnsupportedPattern, location, message);
                self.diagnostics.push(diagnostic);
            }
        }
        if let Some(each) = &constraints.each {
            self.check(each, pointer);
        }
    }
}
