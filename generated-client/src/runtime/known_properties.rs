//! The properties that a type names.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// Whether an error's body can be meant by a type. An object that has none of the properties which the type
/// names is not: where all of them are optional, it would be read as an object without any.
pub(super) fn is_meant<T: DeserializeOwned>(body: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    match (body.as_object(), known_properties::<T>()) {
        (Some(body), Some(names)) => body.is_empty() || has_any(body, names),
        _ => true,
    }
}

fn has_any(body: &Map<String, Value>, names: &[&str]) -> bool {
    names.iter().any(|name| body.contains_key(*name))
}

/// The names, where the type is an object with no others.
pub(super) fn known_properties<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut names = None;
    // What it cannot read is not what matters here.
    let _ = T::deserialize(Asked { names: &mut names });
    names
}

/// Notes which properties it is asked for, and has none.
struct Asked<'n> {
    names: &'n mut Option<&'static [&'static str]>,
}

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.names = Some(fields);
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::is_meant;

    struct Problem {
        detail: Option<Value>,
    }

    crate::runtime::object! { Problem; Optional: detail; }

    #[test]
    fn an_object_with_other_properties_is_not_meant() {
        assert!(is_meant::<Problem>(br#"{"detail": [], "more": 1}"#));
        assert!(is_meant::<Problem>(b"{}"));
        assert!(!is_meant::<Problem>(br#"{"error": {"detail": "no"}}"#));
        assert!(!is_meant::<Option<Problem>>(br#"{"error": 1}"#));
        assert!(!is_meant::<Problem>(b""));
        assert!(!is_meant::<Problem>(b"<html>"));
        let problem = serde_json::from_str::<Problem>(r#"{"error": 1}"#);
        assert!(problem.is_ok_and(|problem| problem.detail.is_none()));
    }

    #[test]
    fn a_type_without_names_takes_any_object() {
        assert!(is_meant::<Value>(br#"{"error": 1}"#));
        assert!(is_meant::<BTreeMap<String, Value>>(br#"{"error": 1}"#));
    }
}
