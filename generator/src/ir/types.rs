//! Types of the models.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

/// Text for rustdoc.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// Markdown of the document, trimmed; empty where the document says nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The document marks it as deprecated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
}

/// A named type of the models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// Its Rust name.
    pub name: String,
    /// The module that holds it: the one tag that uses it, or `shared`.
    pub module: String,
    /// Where the document defines it, as a JSON pointer.
    pub pointer: String,
    /// The place that readers of the document's text find it at, as a JSON pointer: what a reference has
    /// made a component is none there.
    #[serde(skip)]
    pub place: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether requests, responses or both hold it.
    pub usage: Usage,
    /// What it is.
    pub shape: Shape,
}

/// The directions in which a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// A request holds it.
    pub request: bool,
    /// A response holds it.
    pub response: bool,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// A set of strings that the server may extend.
    StringEnum(StringEnum),
    /// A set of integers, or of scalars of several types, that the server may extend.
    ValueEnum(ValueEnum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Struct {
    /// The properties: first those that are required, in the order in which the document requires
    /// them, then the others by name.
    pub fields: Vec<Field>,
    /// The properties that the document does not name, where it gives them a type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional: Option<Additional>,
    /// The struct that names the required properties, where a constructor would have too many
    /// arguments to tell them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_type: Option<String>,
}

impl Struct {
    /// The properties that a caller has to give.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_required())
    }
}

/// Properties of an object that the document does not name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Additional {
    /// The Rust field that holds them.
    pub name: String,
    /// The type of each.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// What each must satisfy beside what its type says.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its Rust name.
    pub name: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// Where the document defines it, as a JSON pointer.
    pub pointer: String,
    /// Its documentation.
    pub docs: Docs,
    /// Its type, without the `Option` that its presence may add.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// It is held in a `Box`, since the type contains itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub boxed: bool,
    /// The value that the server assumes where the property is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// What a value must satisfy.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

impl Field {
    /// A caller has to give it, though it may be null.
    pub fn is_required(&self) -> bool {
        matches!(
            self.presence,
            Presence::Required | Presence::RequiredNullable
        )
    }

    /// A caller may give it.
    pub fn is_optional(&self) -> bool {
        matches!(
            self.presence,
            Presence::Optional | Presence::OptionalNullable
        )
    }

    /// How it is held in a type that travels in these directions: only a request tells null from nothing.
    pub fn holder(&self, usage: Usage) -> Holder {
        match self.presence {
            Presence::Required | Presence::Fixed | Presence::Assumed => Holder::Plain,
            Presence::OptionalNullable if usage.request => Holder::Patch,
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
                Holder::Option
            }
        }
    }

    /// It is held as it is, for there is always a value.
    pub fn is_plain(&self) -> bool {
        matches!(
            self.presence,
            Presence::Required | Presence::Fixed | Presence::Assumed
        )
    }
}

/// How a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// As it is.
    Plain,
    /// In an `Option`.
    Option,
    /// In a `Patch`, which tells null from nothing.
    Patch,
}

/// Whether a property may be absent or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, may be null.
    RequiredNullable,
    /// Always there, with the only value that it can have.
    Fixed,
    /// May be absent, which stands for the only value that it can have.
    Assumed,
    /// May be absent, never null.
    Optional,
    /// May be absent or null, and the two differ.
    OptionalNullable,
}

/// A set of strings that the server may extend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StringEnum {
    /// The values that the document names.
    pub values: Vec<EnumValue>,
    /// The variant that keeps any other value.
    pub catch_all: String,
}

/// A value that the document names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnumValue {
    /// Its Rust variant.
    pub name: String,
    /// The string in JSON.
    pub wire_name: String,
    /// Its documentation.
    pub docs: Docs,
}

/// A set of integers, or of scalars of several types, that the server may extend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueEnum {
    /// The type of any other value: an integer, or any JSON.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// The values that the document names.
    pub values: Vec<NamedValue>,
    /// The variant that keeps any other value.
    pub catch_all: String,
}

/// A value that the document names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedValue {
    /// Its Rust variant.
    pub name: String,
    /// The scalar in JSON.
    pub value: Value,
    /// Its documentation.
    pub docs: Docs,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    /// The property whose value tells which one it is; without one, the content does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<String>,
    /// The types.
    pub variants: Vec<UnionVariant>,
    /// The variant that is meant where the property is absent, or has a value that stands for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The variant that keeps any other value.
    pub catch_all: String,
}

impl Union {
    /// A value of the discriminator stands for several variants, so that the content has to tell as well.
    pub fn has_shared_tags(&self) -> bool {
        let mut seen = HashSet::new();
        let mut tags = self.variants.iter().flat_map(|variant| &variant.tags);
        self.discriminator.is_some() && !tags.all(|tag| seen.insert(tag))
    }
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionVariant {
    /// Its Rust variant.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// The values of the discriminator that stand for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// It is held in a `Box`, since the type contains itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub boxed: bool,
    /// Where the document defines it, as a JSON pointer.
    #[serde(skip)]
    pub pointer: String,
    /// What a value must satisfy beside what its type says.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// Another name for a type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alias {
    /// The type it stands for.
    pub target: TypeRef,
    /// What a value must satisfy.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeRef {
    /// A type of the models, by its Rust name.
    Named(String),
    /// Text.
    String,
    /// Text that must never show.
    Secret,
    /// True or false.
    Bool,
    /// An 8-bit integer.
    I8,
    /// A 16-bit integer.
    I16,
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A non-negative 8-bit integer.
    U8,
    /// A non-negative 16-bit integer.
    U16,
    /// A non-negative 32-bit integer.
    U32,
    /// A non-negative 64-bit integer.
    U64,
    /// A number, in double precision.
    F64,
    /// A moment in time.
    DateTime,
    /// A day of the calendar.
    Date,
    /// A time of a day.
    Time,
    /// A length of time.
    Duration,
    /// A universally unique identifier.
    Uuid,
    /// Bytes that JSON holds as a text in base64.
    Base64,
    /// An address of the Internet protocol, of either version.
    Ip,
    /// An address of version 4 of the Internet protocol.
    Ipv4,
    /// An address of version 6 of the Internet protocol.
    Ipv6,
    /// Any JSON value.
    Any,
    /// Bytes; only a body as a whole is made of them.
    Bytes,
    /// A file, as a part of a multipart body.
    File,
    /// A part of a multipart body that may be a file or any JSON value.
    FormPart,
    /// The parts of a multipart form that the document does not name; only a body as a whole is made of them.
    FormParts,
    /// A value or null, within a list, a map or a body. A property has a [`Presence`] instead.
    Nullable(Box<TypeRef>),
    /// A list.
    List(Box<TypeRef>),
    /// An object whose property names are data.
    Map(Box<TypeRef>),
    /// A list whose items have a type each, and of which there are always as many.
    Tuple(Vec<TypeRef>),
}

impl TypeRef {
    /// The types that it is made of.
    pub fn parts(&self) -> &[TypeRef] {
        match self {
            Self::Nullable(inner) | Self::List(inner) | Self::Map(inner) => {
                std::slice::from_ref(inner.as_ref())
            }
            Self::Tuple(items) => items,
            _ => &[],
        }
    }

    /// JSON holds it as a text of which an empty one is no value.
    pub fn is_formatted_text(&self) -> bool {
        matches!(
            self,
            Self::DateTime
                | Self::Date
                | Self::Time
                | Self::Duration
                | Self::Uuid
                | Self::Ip
                | Self::Ipv4
                | Self::Ipv6
        )
    }
}

/// What a value must satisfy, as the document limits it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Constraints {
    /// Lower limit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// The lower limit itself is not allowed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive_minimum: bool,
    /// Upper limit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// The upper limit itself is not allowed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive_maximum: bool,
    /// A number must be a multiple of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<f64>,
    /// Limits of a text's length, in characters.
    #[serde(skip_serializing_if = "Bounds::is_empty")]
    pub length: Bounds,
    /// Limits of a list's number of items.
    #[serde(skip_serializing_if = "Bounds::is_empty")]
    pub items: Bounds,
    /// Limits of an object's number of properties.
    #[serde(skip_serializing_if = "Bounds::is_empty")]
    pub properties: Bounds,
    /// The items of a list must differ.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique_items: bool,
    /// A regular expression that a text must match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The values that a number or boolean may have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Value>,
    /// What each item of a list, or each value of a map, must satisfy beside what its type says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<Box<Constraints>>,
}

impl Constraints {
    /// Nothing is limited.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Inclusive limits of a count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The least count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<u64>,
    /// The greatest count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u64>,
}

impl Bounds {
    /// Nothing is limited.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
