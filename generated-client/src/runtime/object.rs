//! Conversions of objects.
//!
//! A type adds no more than a table of its properties, and the code that goes through it is compiled once
//! for each kind of value. Conversions that are derived take the compiler several times as long, which
//! would be most of the work for a large document.

mod kind;
mod read;
mod write;

pub use kind::{Assumed, NullableText, Optional, OptionalText, Patched, PatchedText, Required};
pub use read::{Object, deserialize, read, taken};
pub use write::write;

#[allow(unused_macros, reason = "not every document has objects")]
/// Implements the conversions of an object.
///
/// Its properties stand behind their kinds, each with its name in JSON where that is another one. A field
/// behind two dots holds those that the document does not name.
macro_rules! object {
    (
        $name:ident;
        $($kind:ident: $($field:ident $(= $property:literal)?),+;)*
        $(..$unnamed:ident)?
    ) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::object::deserialize(deserializer)
            }
        }

        impl<'de> $crate::runtime::object::Object<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTIES: &'static [&'static str] =
                &[$($($crate::runtime::property_name!($field $($property)?),)+)*];

            $(const KEEPS_UNNAMED: bool = !stringify!($unnamed).is_empty();)?

            fn read<A: serde::de::MapAccess<'de>>(entries: A) -> Result<Self, A::Error> {
                $($(let mut $field = $crate::runtime::object::$kind(None);)+)*
                $(let mut $unnamed = std::collections::BTreeMap::new();)?
                $crate::runtime::object::read(
                    entries,
                    Self::PROPERTIES,
                    &mut [$($(&mut $field),+),*],
                    $crate::runtime::unnamed!($(&mut $unnamed)?),
                )?;
                Ok(Self {
                    $($($field: $crate::runtime::object::taken($field.0),)+)*
                    $($unnamed)?
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::object::write(
                    serializer,
                    <Self as $crate::runtime::object::Object<'_>>::PROPERTIES,
                    &[$($(&$crate::runtime::object::$kind(Some(&self.$field))),+),*],
                    $crate::runtime::unnamed!($(&self.$unnamed)?),
                )
            }
        }
    };
}

#[allow(unused_macros, reason = "not every document has objects")]
/// The name of a property in JSON, which is that of its field unless it is given.
macro_rules! property_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $property:literal) => {
        $property
    };
}

#[allow(unused_macros, reason = "not every document has objects")]
/// The properties that the document does not name, or nothing where an object does not keep them.
macro_rules! unnamed {
    () => {
        None
    };
    ($properties:expr) => {
        Some($properties)
    };
}

#[allow(unused_imports, reason = "not every document has objects")]
pub(crate) use {object, property_name, unnamed};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use crate::runtime::{DateTime, Patch};

    #[derive(Debug, PartialEq)]
    struct Place {
        name: String,
        note: Option<String>,
        since: Option<DateTime>,
        owner: Patch<String>,
        label: Option<String>,
    }

    super::object! {
        Place;
        Required: name, note = "Note";
        OptionalText: since;
        Patched: owner;
        Optional: label;
    }

    #[derive(Debug, PartialEq)]
    struct Tags {
        count: u8,
        others: BTreeMap<String, u8>,
    }

    super::object! { Tags; Required: count; ..others }

    fn place(json: &str) -> Result<Place, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn properties_come_in_any_order_beside_unknown_ones() {
        let expected = Place {
            name: "a".to_owned(),
            note: Some("b".to_owned()),
            since: None,
            owner: Patch::Null,
            label: Some("c".to_owned()),
        };
        for json in [
            r#"{"name": "a", "Note": "b", "since": "", "owner": null, "label": "c"}"#,
            r#"{"label": "c", "new": [1, {}], "owner": null, "Note": "b", "name": "a"}"#,
        ] {
            assert_eq!(place(json).as_ref(), Ok(&expected), "{json}");
        }
    }

    #[test]
    fn only_what_is_required_and_never_null_has_to_be_there() {
        let place = place(r#"{"name": "a"}"#).expect("nothing more is required");
        assert_eq!(place.note, None);
        assert_eq!(place.owner, Patch::Absent);
        assert_eq!(place.label, None);
    }

    #[derive(Debug, PartialEq)]
    struct Stay {
        kind: bool,
        from: Option<DateTime>,
        until: Patch<DateTime>,
    }

    super::object! { Stay; Assumed: kind; NullableText: from; PatchedText: until; }

    #[test]
    fn an_empty_text_of_a_format_is_null_where_null_is_possible() {
        let stay = |value| serde_json::from_value::<Stay>(value).expect("it is a stay");
        let empty = stay(json!({"kind": true, "from": "", "until": ""}));
        assert_eq!((empty.from, &empty.until), (None, &Patch::Null));
        let nulls = json!({"kind": true, "from": null, "until": null});
        assert_eq!(serde_json::to_value(&empty).ok(), Some(nulls));
        let absent = stay(json!({}));
        assert_eq!((absent.kind, absent.from), (false, None));
        assert_eq!(absent.until, Patch::Absent);
        let moment =
            json!({"kind": false, "from": "2030-01-02T03:04:05Z", "until": "2031-01-02T03:04:05Z"});
        let written = serde_json::to_value(stay(moment.clone()));
        assert_eq!(written.ok(), Some(moment));
    }

    #[derive(Debug, PartialEq)]
    struct Alike {
        ab: Option<u8>,
        cd: Option<u8>,
        month: Option<u8>,
        mouth: Option<u8>,
        created_at: Option<u8>,
        creased_at: Option<u8>,
        the_first_day_of_the_week: Option<u8>,
        the_first_day_off_he_week: Option<u8>,
    }

    super::object! {
        Alike;
        Optional: ab, cd, month, mouth, created_at, creased_at, the_first_day_of_the_week,
            the_first_day_off_he_week;
    }

    #[test]
    fn names_that_differ_in_one_letter_are_told_apart() {
        let value = json!({
            "the_first_day_off_he_week": 6, "the_first_day_of_the_week": 5, "creased_at": 4,
            "created_at": 3, "mouth": 8, "month": 7, "cd": 2, "ab": 1,
        });
        let alike: Alike = serde_json::from_value(value.clone()).expect("all are numbers");
        assert_eq!(serde_json::to_value(&alike).ok(), Some(value));
        let others = json!({
            "the_first_day_offthe_week": 5, "crea ed_at": 4, "ac": 2, "": 1, "creased_at ": 1, "monta": 1,
        });
        let none: Alike = serde_json::from_value(others).expect("nothing is required");
        assert_eq!(serde_json::to_value(&none).ok(), Some(json!({})));
    }

    macro_rules! long {
        ($($name:ident),*) => {
            #[derive(Debug)]
            struct Long { $($name: Option<u8>,)* last: u8 }
            super::object! { Long; Optional: $($name),*; Required: last; }
        };
    }

    #[rustfmt::skip]
    long!(
        a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4,
        c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9,
        f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3, g4, g5, g6, g7, g8, g9
    );

    #[test]
    fn an_object_may_have_many_properties() {
        let whole = json!({"a0": 1, "g2": 2, "g9": 3, "last": 4});
        let long: Long = serde_json::from_value(whole.clone()).expect("nothing is missing");
        assert_eq!((long.a1, long.g3), (None, None));
        assert_eq!(serde_json::to_value(&long).ok(), Some(whole));
        let error = serde_json::from_value::<Long>(json!({"a0": 1})).expect_err("one is missing");
        assert_eq!(error.to_string(), "missing field `last`");
        let error = serde_json::from_str::<Long>(r#"{"g9": 1, "last": 2, "g9": 3}"#);
        assert!(error.is_err_and(|error| error.to_string().starts_with("duplicate field `g9`")));
    }

    #[test]
    fn what_is_no_such_object_is_an_error() {
        for (json, message) in [
            ("{}", "missing field `name`"),
            (r#"{"name": null}"#, "invalid type: null, expected a string"),
            (r#"{"name": "a", "name": "b"}"#, "duplicate field `name`"),
            (r#"["a"]"#, "invalid type: sequence, expected struct Place"),
            (r#"{"name": "a", "since": "soon"}"#, "`soon` is not a date"),
        ] {
            let error = place(json).expect_err(json);
            assert!(error.starts_with(message), "{json}: {error}");
        }
    }

    #[test]
    fn what_is_absent_is_not_written_and_null_is() {
        let mut place = place(r#"{"name": "a"}"#).expect("the place is read");
        let written = |place: &Place| serde_json::to_value(place).expect("the place is written");
        assert_eq!(written(&place), json!({"name": "a", "Note": null}));
        place.owner = Patch::Null;
        place.label = Some("c".to_owned());
        assert_eq!(
            written(&place),
            json!({"name": "a", "Note": null, "owner": null, "label": "c"})
        );
    }

    #[test]
    fn properties_without_a_field_are_kept_where_there_is_a_place_for_them() {
        let value = json!({"one": 1, "count": 2, "two": 3});
        let tags: Tags = serde_json::from_value(value.clone()).expect("the tags are read");
        assert_eq!(
            tags.others,
            BTreeMap::from([("one".to_owned(), 1), ("two".to_owned(), 3)])
        );
        assert_eq!(serde_json::to_value(&tags).ok(), Some(value));
        let fault = serde_json::from_value::<Tags>(json!({"count": 2, "two": "three"}));
        assert!(fault.is_err());
    }
}
