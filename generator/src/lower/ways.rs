//! Ways from an answer to its parts.

use super::schemas::Schemas;
use crate::document::Pointer;
use crate::ir::{FieldStep, Shape, Struct, TypeDef, TypeRef};

/// A part of an answer, and the way to it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) steps: Vec<FieldStep>,
    pub(super) type_ref: TypeRef,
}

impl Part {
    /// The answer itself.
    pub(super) fn whole(answer: &TypeRef) -> Self {
        Self {
            steps: Vec::new(),
            type_ref: answer.clone(),
        }
    }

    /// The part to which a pointer leads.
    pub(super) fn at(
        schemas: &Schemas<'_, '_>,
        answer: &TypeRef,
        pointer: &Pointer,
    ) -> Result<Self, String> {
        let mut here = Self::whole(answer);
        for segment in pointer.segments() {
            let mut fields = here
                .fields(schemas)
                .ok_or_else(|| format!("there is no object that could hold `{segment}`"))?;
            here = fields
                .find(|(name, _)| *name == segment)
                .map(|(_, part)| part)
                .ok_or_else(|| format!("the answer has no property `{segment}` at `{pointer}`"))?;
        }
        Ok(here)
    }

    /// The fields of an object, by their names in JSON; nothing where it is none.
    pub(super) fn fields<'s>(
        &self,
        schemas: &'s Schemas<'_, '_>,
    ) -> Option<impl Iterator<Item = (&'s str, Self)> + use<'s>> {
        let (definition, structure) = structure(schemas, &self.type_ref)?;
        let steps = self.steps.clone();
        let fields = structure.fields.iter();
        Some(fields.map(move |field| {
            let mut steps = steps.clone();
            steps.push(FieldStep {
                field: field.name.clone(),
                holder: field.holder(definition.usage),
            });
            let type_ref = field.type_ref.clone();
            (field.wire_name.as_str(), Self { steps, type_ref })
        }))
    }

    /// The type of an item, where the part is a list.
    pub(super) fn item(&self, schemas: &Schemas<'_, '_>) -> Option<TypeRef> {
        match unaliased(schemas, &self.type_ref) {
            TypeRef::List(item) => Some((**item).clone()),
            _ => None,
        }
    }
}

/// The struct behind a type and its aliases.
pub(super) fn structure<'s>(
    schemas: &'s Schemas<'_, '_>,
    type_ref: &TypeRef,
) -> Option<(&'s TypeDef, &'s Struct)> {
    let TypeRef::Named(name) = unaliased(schemas, type_ref) else {
        return None;
    };
    let definition = schemas.definition(name)?;
    match &definition.shape {
        Shape::Struct(structure) => Some((definition, structure)),
        _ => None,
    }
}

/// The type behind aliases.
pub(super) fn unaliased<'s>(schemas: &'s Schemas<'_, '_>, type_ref: &'s TypeRef) -> &'s TypeRef {
    let mut here = type_ref;
    // Aliases may lead to each other for ever.
    for _ in 0..=schemas.types.len() {
        let TypeRef::Named(name) = here else {
            break;
        };
        match schemas.shape_named(name) {
            Some(Shape::Alias(alias)) => here = &alias.target,
            _ => break,
        }
    }
    here
}
