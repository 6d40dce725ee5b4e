//! Types and arguments as a caller writes them.

use generator::ir::{Argument, EventData, Payload, TypeRef};

/// The type in full.
pub(super) fn written(type_ref: &TypeRef) -> String {
    let plain = match type_ref {
        TypeRef::Named(name) => return format!("models::{name}"),
        TypeRef::Nullable(inner) => return format!("Option<{}>", written(inner)),
        TypeRef::List(inner) => return format!("Vec<{}>", written(inner)),
        TypeRef::Map(inner) => {
            return format!("std::collections::BTreeMap<String, {}>", written(inner));
        }
        TypeRef::Tuple(items) => {
            let items: String = items.iter().map(|item| written(item) + ", ").collect();
            return format!("({items})");
        }
        TypeRef::String => "String",
        TypeRef::Secret => "runtime::Secret",
        TypeRef::Bool => "bool",
        TypeRef::I8 => "i8",
        TypeRef::I16 => "i16",
        TypeRef::I32 => "i32",
        TypeRef::I64 => "i64",
        TypeRef::U8 => "u8",
        TypeRef::U16 => "u16",
        TypeRef::U32 => "u32",
        TypeRef::U64 => "u64",
        TypeRef::F64 => "f64",
        TypeRef::DateTime => "runtime::DateTime",
        TypeRef::Date => "runtime::Date",
        TypeRef::Time => "runtime::Time",
        TypeRef::Duration => "runtime::IsoDuration",
        TypeRef::Uuid => "runtime::Uuid",
        TypeRef::Base64 => "runtime::Base64",
        TypeRef::Ip => "std::net::IpAddr",
        TypeRef::Ipv4 => "std::net::Ipv4Addr",
        TypeRef::Ipv6 => "std::net::Ipv6Addr",
        TypeRef::Any => "serde_json::Value",
        TypeRef::Bytes => "Vec<u8>",
        TypeRef::File => "runtime::FileUpload",
        TypeRef::FormPart => "runtime::FormPart",
        TypeRef::FormParts => "runtime::FormParts",
    };
    plain.to_owned()
}

/// A value for an argument. Texts are literals, as most callers have them.
pub(super) fn value(argument: &Argument<'_>) -> String {
    match argument {
        Argument::Text | Argument::Plain | Argument::IntoText => "\"text\"".to_owned(),
        Argument::Secret => "&any::<runtime::Secret>()".to_owned(),
        Argument::Value(type_ref) => format!("any::<{}>()", written(type_ref)),
        Argument::Borrowed(type_ref) => format!("&any::<{}>()", written(type_ref)),
        Argument::Slice(item) => format!("&any::<Vec<{}>>()", written(item)),
        Argument::Serialisable => "any::<serde_json::Value>()".to_owned(),
        Argument::Items(item) => format!("[{}]", value(item)),
        Argument::IntoFile => "any::<runtime::FileUpload>()".to_owned(),
    }
}

/// The type of what an answer of an operation in this module holds.
pub(super) fn held(payload: &Payload, module: &str) -> String {
    match payload {
        Payload::Empty => "()".to_owned(),
        Payload::Json(type_ref) => written(type_ref),
        Payload::OptionalJson(type_ref) => format!("Option<{}>", written(type_ref)),
        Payload::Text => "String".to_owned(),
        Payload::Bytes => "<runtime::Bytes as runtime::Decode>::Value".to_owned(),
        Payload::ByteStream => "runtime::ByteStream".to_owned(),
        Payload::Items(type_ref) => format!("runtime::ItemStream<{}>", written(type_ref)),
        Payload::Events(EventData::Text) => "runtime::EventStream<runtime::Text>".to_owned(),
        Payload::Events(EventData::Json(type_ref)) => {
            format!("runtime::EventStream<runtime::Json<{}>>", written(type_ref))
        }
        Payload::Events(EventData::Whole(type_ref)) => {
            format!(
                "runtime::EventStream<runtime::WholeEvent<{}>>",
                written(type_ref)
            )
        }
        Payload::ByStatus(by_status) => format!("api::{module}::{}", by_status.name),
    }
}
