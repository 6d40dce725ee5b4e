//! The types of schemas that need no name: scalars, lists, tuples and maps.

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::shapes::Kind;
use super::{Schemas, TypeUse};
use crate::ir::TypeRef;
use crate::lower::merge::Merged;
use crate::lower::node::Node;
use crate::lower::scalars::{integer_type, string_type};
use crate::lower::unions::report_product;
use crate::lower::usage::View;
use crate::media_types::is_file_format;
use crate::singular::singular;

impl<'a> Schemas<'a, '_> {
    /// The type of a schema that needs no name.
    pub(super) fn plain_type(
        &mut self,
        merged: &Merged<'a>,
        node: &Node<'a>,
        view: View,
        offer: &str,
    ) -> TypeRef {
        match self.kind(merged) {
            Kind::Only(only) => return self.type_use(&only, view, offer).type_ref,
            Kind::Product => return report_product(self, node),
            _ => {}
        }
        match merged.type_name {
            Some("string") | None
                if self.holds_files && merged.format.is_some_and(is_file_format) =>
            {
                TypeRef::File
            }
            Some("string") => string_type(merged),
            Some("boolean") => TypeRef::Bool,
            Some("integer") => integer_type(merged.format, &merged.constraints),
            Some("number") => TypeRef::F64,
            Some("array") => self.list_type(merged, view, offer),
            Some("object") => {
                TypeRef::Map(Box::new(match self.additional_type(merged, view, offer) {
                    // A part that is an object is JSON, in which there are no files.
                    TypeRef::FormPart => TypeRef::Any,
                    value => value,
                }))
            }
            Some(_) => TypeRef::Any,
            None if self.holds_files && merged.constraints.allowed.is_empty() => TypeRef::FormPart,
            None => type_of_values(&merged.constraints.allowed),
        }
    }

    fn list_type(&mut self, merged: &Merged<'a>, view: View, offer: &str) -> TypeRef {
        match tuple_items(merged) {
            Some(items) => {
                let types = items.iter().enumerate().map(|(index, item)| {
                    let offer = format!("{offer}Item{}", index + 1);
                    nullable_type(self.type_use(item, view, &offer))
                });
                TypeRef::Tuple(types.collect())
            }
            None => TypeRef::List(Box::new(self.item_type(merged, view, offer))),
        }
    }

    fn item_type(&mut self, merged: &Merged<'a>, view: View, offer: &str) -> TypeRef {
        let Some(items) = &merged.items else {
            return TypeRef::Any;
        };
        nullable_type(self.type_use(items, view, &name_of_item(offer)))
    }

    pub(super) fn additional_type(
        &mut self,
        merged: &Merged<'a>,
        view: View,
        offer: &str,
    ) -> TypeRef {
        match &merged.additional {
            Some((AdditionalProperties::Schema(schema), pointer)) => {
                let node = Node::new(schema.as_ref(), pointer.clone());
                nullable_type(self.type_use(&node, view, &name_of_value(offer)))
            }
            _ => TypeRef::Any,
        }
    }
}

/// The name of a list's items, made of the name that the list would have itself.
pub(in crate::lower) fn name_of_item(list: &str) -> String {
    let one = singular(list).filter(|one| one != list);
    one.unwrap_or_else(|| format!("{list}Item"))
}

/// The name of a map's values, made of the name that the map would have itself.
pub(in crate::lower) fn name_of_value(map: &str) -> String {
    format!("{map}Value")
}

/// The items of a tuple, where there are always as many.
pub(in crate::lower) fn tuple_items<'a>(merged: &Merged<'a>) -> Option<Vec<Node<'a>>> {
    /// Longer ones have neither `Debug` nor `PartialEq`.
    const MAX_ITEMS: usize = 12;
    let items = merged.prefix_items.as_slice();
    let count = Some(items.len() as u64);
    let bounds = merged.constraints.items;
    let fixed = bounds.minimum == count && bounds.maximum == count;
    (fixed && (1..=MAX_ITEMS).contains(&items.len())).then(|| items.to_vec())
}

/// The type of values that are numbers only or booleans only.
fn type_of_values(values: &[Value]) -> TypeRef {
    match values {
        [] => TypeRef::Any,
        _ if values.iter().all(Value::is_boolean) => TypeRef::Bool,
        _ if values.iter().all(Value::is_number) => TypeRef::F64,
        _ => TypeRef::Any,
    }
}

/// The type of a value that has no presence of its own.
pub(in crate::lower) fn nullable_type(used: TypeUse) -> TypeRef {
    if used.nullable && used.type_ref != TypeRef::Any {
        TypeRef::Nullable(Box::new(used.type_ref))
    } else {
        used.type_ref
    }
}
