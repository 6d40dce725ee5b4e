//! What the parts of a schema say against each other.

use super::Merged;
use super::merger::{Comparison, Merger};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};
use crate::lower::node::{Node, inline, keywords};

impl<'a> Merger<'a, '_> {
    /// Alternatives that only require properties, or forbid them, shape no type.
    pub(super) fn report_requirements(&mut self, keyword: &str, place: Pointer) {
        let message = format!(
            "what the alternatives of `{keyword}` require is not checked: values that they rule out are taken too"
        );
        let location = self.document.key_at(place);
        let diagnostic = Diagnostic::new(Code::UnsupportedSchema, location, message);
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn report_types(&mut self, earlier: &str, later: &str, pointer: &Pointer) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::ConflictingAllOf,
                self.location(pointer.join("type")),
                format!("the parts of an `allOf` are of type `{earlier}` and `{later}`"),
            )
            .help("no value satisfies both; the later type is used"),
        );
    }

    /// Whether parts of an `allOf` give a property types that have no value in common.
    pub(super) fn conflict(&mut self, name: &str, earlier: &Node<'a>, later: &Node<'a>) -> bool {
        let types = [earlier, later].map(|node| shape_of(self.document, node));
        let [Some(earlier_type), Some(later_type)] = types else {
            return false;
        };
        if common_type(earlier_type, later_type).is_some() {
            return false;
        }
        let message = format!(
            "parts of an `allOf` give the property `{name}` the types `{earlier_type}` and \
             `{later_type}`"
        );
        let help = "no value satisfies both; the later definition is used";
        self.report_definitions(earlier, later, message, help);
        true
    }

    /// A component takes the place of what an earlier part says of a property. Where that has properties
    /// which the component does not have, they are lost.
    pub(super) fn report_lost(&mut self, name: &str, earlier: &Node<'a>, later: &Node<'a>) {
        let is_same = earlier.component().is_some() && earlier.component() == later.component();
        if is_same || self.comparison == Comparison::None {
            return;
        }
        let mut unsaid = Diagnostics::default();
        let [before, after] = [earlier, later]
            .map(|node| Merged::merge(self.document, node, &mut unsaid, Comparison::None));
        let lost = before.properties.keys();
        let lost = lost.filter(|property| !after.properties.contains_key(*property));
        let lost: Vec<String> = lost.map(|property| format!("`{property}`")).collect();
        if lost.is_empty() || !after.is_struct() {
            return;
        }
        let message = format!(
            "parts of an `allOf` give the property `{name}` two schemas, and the later one has no {}",
            lost.join(", ")
        );
        let help = "the later definition is used; a schema that joins both in an `allOf` of its own keeps all \
                    properties";
        self.report_definitions(earlier, later, message, help);
    }

    /// Reports that two parts of an `allOf` define a property.
    fn report_definitions(
        &mut self,
        earlier: &Node<'_>,
        later: &Node<'_>,
        message: String,
        help: &str,
    ) {
        let [earlier, later] = [earlier, later].map(|node| self.location(node.pointer.clone()));
        let diagnostic = Diagnostic::new(Code::ConflictingAllOf, later, message)
            .related(earlier, "the other definition")
            .help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// The type that a schema itself names.
fn shape_of<'a>(document: &'a Document, node: &Node<'a>) -> Option<&'a str> {
    keywords(inline(document, node)?)?.typ.as_deref()
}

/// The type of the values that two types share.
pub(super) fn common_type<'t>(one: &'t str, other: &'t str) -> Option<&'t str> {
    match (one, other) {
        _ if one == other => Some(one),
        ("integer", "number") | ("number", "integer") => Some("integer"),
        _ => None,
    }
}
