//! Types and facts as reports write them.

use super::Context;
use super::matching::Matches;
use crate::ir::{
    Api, Argument, Body, EventData, Field, FieldStep, Holder, Operation, Param, ParamLocation,
    Payload, Resource, Shape, TypeDef, TypeRef, Union,
};

/// The operation as reports call it, for example `GET /clusters`.
pub(super) fn operation(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// The method as callers reach it, for example `clusters().list`.
pub(super) fn method(resource: &Resource, operation: &Operation) -> String {
    format!("{}().{}", resource.module, operation.name)
}

/// The part of a request that carries a parameter.
pub(super) fn location(location: ParamLocation) -> &'static str {
    match location {
        ParamLocation::Path => "path",
        ParamLocation::Query => "query",
        ParamLocation::Header => "headers",
        ParamLocation::Cookie => "cookies",
    }
}

/// The way from an answer to one of its parts, by the fields that lead there.
pub(super) fn way(steps: &[FieldStep]) -> String {
    let fields: Vec<&str> = steps.iter().map(|step| step.field.as_str()).collect();
    match fields.as_slice() {
        [] => "the whole answer".to_owned(),
        fields => format!("`{}`", fields.join(".")),
    }
}

/// One of the two states, which writes types as the newer one names them.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    api: &'a Api,
    /// Where the state is the older one, what its names have become.
    matches: Option<&'a Matches<'a>>,
}

impl<'a> Speaker<'a> {
    pub(super) fn of_old(context: &'a Context<'a>) -> Self {
        Self {
            api: context.old,
            matches: Some(&context.matches),
        }
    }

    pub(super) fn of_new(context: &'a Context<'a>) -> Self {
        Self {
            api: context.new,
            matches: None,
        }
    }

    /// Whether a type has methods that make values of it, where callers send these.
    pub(super) fn is_made(self, definition: &TypeDef) -> bool {
        match &definition.shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => !self.sources(definition, union).is_empty(),
            _ => false,
        }
    }

    /// The types that become a union.
    pub(super) fn sources(self, definition: &TypeDef, union: &Union) -> Vec<String> {
        let variants = self.api.variants_by_type(definition, union).into_iter();
        variants
            .map(|variant| self.value(&variant.type_ref))
            .collect()
    }

    /// The type as Rust sees it: aliases are transparent.
    pub(super) fn value(self, type_ref: &TypeRef) -> String {
        match self.api.resolved(type_ref) {
            TypeRef::Named(name) => match self.matches {
                Some(matches) => matches.newer_name(name),
                None => name.clone(),
            },
            TypeRef::String => "String".to_owned(),
            TypeRef::Secret => "Secret".to_owned(),
            TypeRef::Bool => "bool".to_owned(),
            TypeRef::I32 => "i32".to_owned(),
            TypeRef::I64 => "i64".to_owned(),
            TypeRef::U32 => "u32".to_owned(),
            TypeRef::U64 => "u64".to_owned(),
            TypeRef::F64 => "f64".to_owned(),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.value(inner)),
            TypeRef::List(inner) => format!("Vec<{}>", self.value(inner)),
            TypeRef::Map(inner) => format!("BTreeMap<String, {}>", self.value(inner)),
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                format!("({})", items.join(", "))
            }
            TypeRef::Any => "Value".to_owned(),
            // Whatever else a type is written as, its name in the representation tells it apart.
            other => format!("{other:?}"),
        }
    }

    /// The type of a field with what its presence adds.
    pub(super) fn held(self, definition: &TypeDef, field: &Field) -> String {
        let content = self.content(field);
        match field.holder(definition.usage) {
            Holder::Plain => content,
            Holder::Option => format!("Option<{content}>"),
            Holder::Patch => format!("Patch<{content}>"),
        }
    }

    fn content(self, field: &Field) -> String {
        let value = self.value(&field.type_ref);
        if field.boxed {
            format!("Box<{value}>")
        } else {
            value
        }
    }

    /// The type of an argument of a method.
    pub(super) fn argument(self, argument: &Argument<'_>) -> String {
        match argument {
            Argument::Text => "&str".to_owned(),
            Argument::Secret => "&Secret".to_owned(),
            Argument::Plain => "impl ParamValue".to_owned(),
            Argument::Value(type_ref) => self.value(type_ref),
            Argument::Borrowed(type_ref) => format!("&{}", self.value(type_ref)),
            Argument::Slice(item) => format!("&[{}]", self.value(item)),
            Argument::Serialisable => "impl Serialize".to_owned(),
            Argument::Items(item) => {
                format!("impl IntoIterator<Item = {}>", self.argument(item))
            }
            Argument::IntoText => "impl Into<String>".to_owned(),
            Argument::IntoFile => "impl Into<FileUpload>".to_owned(),
        }
    }

    /// The type of the argument for a parameter.
    pub(super) fn param(self, param: &Param) -> String {
        self.argument(&self.api.argument(param))
    }

    /// The type of the argument that is the request body.
    pub(super) fn body(self, body: &Body) -> String {
        self.argument(&body.argument())
    }

    /// What a caller gets from an answer.
    pub(super) fn payload(self, payload: &Payload) -> String {
        match payload {
            Payload::Empty => "()".to_owned(),
            Payload::Json(type_ref) => self.value(type_ref),
            Payload::OptionalJson(type_ref) => format!("Option<{}>", self.value(type_ref)),
            Payload::Text => "String".to_owned(),
            Payload::Bytes => "Bytes".to_owned(),
            Payload::ByteStream => "ByteStream".to_owned(),
            Payload::Items(type_ref) => format!("ItemStream<{}>", self.value(type_ref)),
            Payload::Events(EventData::Text) => "EventStream<String>".to_owned(),
            Payload::Events(EventData::Json(type_ref)) => {
                format!("EventStream<{}>", self.value(type_ref))
            }
            Payload::Events(EventData::Whole(type_ref)) => {
                format!("EventStream<WholeEvent<{}>>", self.value(type_ref))
            }
            Payload::ByStatus(by_status) => by_status.name.clone(),
        }
    }
}
