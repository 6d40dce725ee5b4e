//! Limits of values within lists and maps, which have no type of their own to say them.

use openapiv3::AdditionalProperties;

use super::node::{Merged, Node, SchemaUse};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::Constraints;

/// The limits of a schema, with those of the schema within it where that is an inline one; a
/// component says its limits itself.
pub(super) fn constraints<'a>(document: &'a Document, merged: &Merged<'a>) -> Constraints {
    let mut constraints = merged.constraints.clone();
    let each = within(document, merged);
    constraints.each = (!each.is_empty()).then(|| Box::new(each));
    constraints
}

/// The limits of the inline schema of items, or else of properties without a name.
pub(super) fn within<'a>(document: &'a Document, merged: &Merged<'a>) -> Constraints {
    let within = match (&merged.items, &merged.additional) {
        (Some(items), _) => Some(items.clone()),
        (None, Some((AdditionalProperties::Schema(schema), pointer))) => {
            Some(Node::new(schema.as_ref(), pointer.clone()))
        }
        _ => None,
    };
    let inline = within.filter(|node| matches!(node.schema, SchemaUse::Inline(_)));
    inline.map_or_else(Constraints::default, |node| {
        // What merging has to report is reported where the schema itself is lowered.
        let merged = Merged::of(document, &node, &mut Diagnostics::default());
        constraints(document, &merged)
    })
}
