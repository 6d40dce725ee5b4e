//! What callers hand over: the one place that decides it, for emission and for comparison.

use super::{Api, Body, BodyEncoding, Param, ParamStyle, Shape, Struct, TypeDef, TypeRef};

/// What a method takes for a parameter or a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A text that stays the caller's.
    Text,
    /// A secret text that stays the caller's.
    Secret,
    /// Any one of the values that are written without a structure.
    Plain,
    /// A value of this type.
    Value(&'a TypeRef),
    /// A value of this type that stays the caller's.
    Borrowed(&'a TypeRef),
    /// Values of this type, in one piece that stays the caller's.
    Slice(&'a TypeRef),
    /// Any value that can be serialised.
    Serialisable,
    /// One argument after the other.
    Items(Box<Argument<'a>>),
    /// Whatever becomes a text.
    IntoText,
    /// Whatever becomes a file.
    IntoFile,
}

impl Api {
    /// The type behind aliases.
    pub fn resolved<'a>(&'a self, type_ref: &'a TypeRef) -> &'a TypeRef {
        self.types.resolved(type_ref)
    }

    /// What a method takes for a parameter.
    pub fn argument<'a>(&'a self, param: &'a Param) -> Argument<'a> {
        match param.style {
            ParamStyle::Single => self.single(&param.type_ref),
            ParamStyle::Repeated | ParamStyle::Joined(_) => {
                let item = match self.resolved(&param.type_ref) {
                    TypeRef::List(item) => item,
                    other => other,
                };
                Argument::Items(Box::new(self.item(item)))
            }
            ParamStyle::Styled(_) => self.styled(&param.type_ref),
        }
    }

    fn single<'a>(&'a self, type_ref: &'a TypeRef) -> Argument<'a> {
        match self.resolved(type_ref) {
            TypeRef::String => Argument::Text,
            TypeRef::Secret => Argument::Secret,
            // A union of scalars takes any of them as it is.
            other if self.is_union(other) => Argument::Plain,
            other => Argument::Value(other),
        }
    }

    /// Texts of a list may be the caller's or not.
    fn item<'a>(&'a self, type_ref: &'a TypeRef) -> Argument<'a> {
        match self.single(type_ref) {
            Argument::Text | Argument::Secret => Argument::Plain,
            other => other,
        }
    }

    /// A value of any structure, which the client writes.
    fn styled<'a>(&'a self, type_ref: &'a TypeRef) -> Argument<'a> {
        match self.resolved(type_ref) {
            TypeRef::Any => Argument::Serialisable,
            TypeRef::String => Argument::Text,
            TypeRef::Secret => Argument::Secret,
            TypeRef::List(item) => Argument::Slice(item),
            TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Base64 | TypeRef::Named(_) => {
                Argument::Borrowed(type_ref)
            }
            scalar => Argument::Value(scalar),
        }
    }

    fn is_union(&self, type_ref: &TypeRef) -> bool {
        let TypeRef::Named(name) = type_ref else {
            return false;
        };
        let definition = self.type_named(name);
        definition.is_some_and(|definition| matches!(definition.shape, Shape::Union(_)))
    }
}

impl Body {
    /// What a method takes for the body.
    pub fn argument(&self) -> Argument<'_> {
        match self.encoding {
            BodyEncoding::Json | BodyEncoding::Form | BodyEncoding::Multipart => {
                match &self.type_ref {
                    TypeRef::List(item) => Argument::Slice(item),
                    TypeRef::String => Argument::Text,
                    other => Argument::Borrowed(other),
                }
            }
            BodyEncoding::Text => Argument::IntoText,
            BodyEncoding::Bytes => Argument::IntoFile,
        }
    }
}

/// How a caller makes a value of a struct. Either way the compiler finds a missing property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Construction<'a> {
    /// Only the server makes it.
    None,
    /// Nothing is required: `new` takes nothing, or `Default`, then setters.
    Default,
    /// `new` takes what is required.
    Arguments,
    /// `new` takes a struct of what is required.
    Required(&'a str),
}

impl<'a> Construction<'a> {
    /// How a caller makes a value of this struct.
    pub fn of(definition: &TypeDef, shape: &'a Struct) -> Self {
        if definition.usage.response && !definition.usage.request {
            return Self::None;
        }
        match (&shape.required_type, shape.required().next()) {
            (Some(name), _) => Self::Required(name),
            (None, Some(_)) => Self::Arguments,
            (None, None) => Self::Default,
        }
    }
}
