//! Limits of values within lists and maps, which have no type of their own to say them.

use openapiv3::AdditionalProperties;

use super::merge::Merged;
use super::node::{Node, SchemaUse};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer};
use crate::ir::Constraints;

/// The limits of a schema, with those of the schema within it where that is an inline one; a
/// component says its limits itself.
pub(super) fn constraints<'a>(document: &'a Document, merged: &Merged<'a>) -> Constraints {
    with_those_within(document, merged, &mut Vec::new())
}

/// The limits of the inline schema of items, or else of properties without a name.
pub(super) fn within<'a>(document: &'a Document, merged: &Merged<'a>) -> Constraints {
    those_within(document, merged, &mut Vec::new())
}

fn with_those_within<'a>(
    document: &'a Document,
    merged: &Merged<'a>,
    around: &mut Vec<Pointer>,
) -> Constraints {
    let mut constraints = fitting(merged);
    let each = those_within(document, merged, around);
    constraints.each = (!each.is_empty()).then(|| Box::new(each));
    constraints
}

/// The limits within, unless the schema there is one of those around it: by `allOf`, the items of a
/// list may be such lists again.
fn those_within<'a>(
    document: &'a Document,
    merged: &Merged<'a>,
    around: &mut Vec<Pointer>,
) -> Constraints {
    let within = match (&merged.items, &merged.additional) {
        (Some(items), _) => Some(items.clone()),
        (None, Some((AdditionalProperties::Schema(schema), pointer))) => {
            Some(Node::new(schema.as_ref(), pointer.clone()))
        }
        _ => None,
    };
    let inline = within.filter(|node| matches!(node.schema, SchemaUse::Inline(_)));
    match inline {
        Some(node) if !around.contains(&node.pointer) => {
            // What merging has to report is reported where the schema itself is lowered.
            let merged = Merged::of(document, &node, &mut Diagnostics::default());
            around.push(node.pointer);
            with_those_within(document, &merged, around)
        }
        _ => Constraints::default(),
    }
}

/// The limits that values of the schema's type can have: all others say nothing of them, though tools write
/// them.
fn fitting(merged: &Merged<'_>) -> Constraints {
    let mut all = merged.constraints.clone();
    let allowed = std::mem::take(&mut all.allowed);
    let none = Constraints::default();
    match merged.type_name {
        Some("string") => Constraints {
            length: all.length,
            pattern: all.pattern,
            allowed,
            ..none
        },
        Some("integer" | "number") => Constraints {
            minimum: all.minimum,
            exclusive_minimum: all.exclusive_minimum,
            maximum: all.maximum,
            exclusive_maximum: all.exclusive_maximum,
            multiple_of: all.multiple_of,
            allowed,
            ..none
        },
        Some("boolean") => Constraints { allowed, ..none },
        Some("array") => Constraints {
            items: all.items,
            unique_items: all.unique_items,
            ..none
        },
        Some("object") => Constraints {
            properties: all.properties,
            ..none
        },
        _ => Constraints { allowed, ..all },
    }
}
