//! Inline types that requests share with responses.

use std::collections::HashMap;

use super::{Occurrence, Schemas};
use crate::ir::{TypeRef, Usage};
use crate::lower::merge::Merged;
use crate::lower::node::{Node, Others, SchemaUse};
use crate::lower::usage::{View, is_same_both_ways};

/// What requests share with responses of one component.
#[derive(Debug, Default)]
pub(super) struct Shared<'a> {
    /// The component has a type for each direction.
    is_split: bool,
    /// Its type for requests may hold files.
    holds_files: bool,
    /// The types of responses that requests can use.
    types: HashMap<Occurrence<'a>, TypeRef>,
}

impl Shared<'_> {
    pub(super) fn of(is_split: bool, holds_files: bool) -> Self {
        Self {
            is_split,
            holds_files,
            types: HashMap::new(),
        }
    }
}

impl<'a> Schemas<'a, '_> {
    /// The type of an inline schema: where it is the same in both directions, there is one for both.
    pub(super) fn shared_type(
        &mut self,
        merged: &mut Merged<'a>,
        node: &Node<'a>,
        view: View,
        offer: &str,
    ) -> TypeRef {
        if !self.shared.is_split || !self.is_same_both_ways(node) {
            return self.inline_type(merged, node, view, offer);
        }
        let occurrence = Occurrence::new(node, View::Response);
        if view == View::Request
            && let Some(type_ref) = self.shared.types.get(&occurrence)
        {
            return type_ref.clone();
        }
        let both = Usage {
            request: true,
            response: true,
        };
        let usage = std::mem::replace(&mut self.usage, both);
        let type_ref = self.inline_type(merged, node, view, offer);
        self.usage = usage;
        self.shared.types.insert(occurrence, type_ref.clone());
        type_ref
    }

    fn is_same_both_ways(&self, node: &Node<'a>) -> bool {
        match (node.schema, &node.others) {
            (SchemaUse::Inline(schema), Others::None) => {
                let data = &schema.schema_data;
                let goes_both_ways = !data.read_only && !data.write_only;
                let Self {
                    document,
                    usages,
                    shared,
                    ..
                } = self;
                goes_both_ways
                    && is_same_both_ways(&document.openapi, usages, schema, shared.holds_files)
            }
            _ => false,
        }
    }
}
