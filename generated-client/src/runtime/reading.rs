//! Reads values that are in memory, and counts what their types leave aside.
//!
//! What is not written as the document describes it gets a second, lenient reading, where there is no doubt
//! about what it means: languages without integers write them as `1.0`, which is the same number to JSON. Go
//! writes lists and maps that nobody has filled as null, and PHP writes a map without members as a list
//! without items. An integer has one spelling, so it is that text where one is due: Flask-AppBuilder describes
//! the IDs of all lists as texts and sends integers. Nothing else is taken for something that it is not.

use std::cell::Cell;
use std::iter::empty;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Number, Value};

use super::tally::{is_tallied, note_dropped, size};

thread_local! {
    /// Whether the value that is being read is read leniently. What holds a union hands it over as a
    /// value, which does not say so.
    static IS_LENIENT: Cell<bool> = const { Cell::new(false) };
}

/// Whether the value around is read leniently.
pub(super) fn is_lenient() -> bool {
    IS_LENIENT.get()
}

/// Reads leniently whatever is [`read`] meanwhile.
pub(super) fn leniently<R>(reading: impl FnOnce() -> R) -> R {
    let around = IS_LENIENT.replace(true);
    let result = reading();
    IS_LENIENT.set(around);
    result
}

/// Reads a value as the value around it is read: strictly, or leniently. To try both at each level
/// would double the work with each of them.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Reading {
        value,
        is_lenient: is_lenient(),
    })
}

/// A value that is read.
#[derive(Clone, Copy)]
struct Reading<'v> {
    value: &'v Value,
    is_lenient: bool,
}

impl<'v> Reading<'v> {
    /// A part of the value.
    fn of(self, value: &'v Value) -> Self {
        Self { value, ..self }
    }

    /// The integer, where the value is one that is written with a fraction of nothing. Larger ones than
    /// these may have been others before they became a number in double precision.
    fn whole_number(self) -> Option<Number> {
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        let number = self.value.as_number().filter(|number| number.is_f64())?;
        let whole = number.as_f64().filter(|number| number.fract() == 0.0)?;
        let is_exact = whole.abs() < LARGEST;
        let digits = is_exact.then(|| format!("{whole:.0}"))?;
        digits.parse::<i64>().map(Number::from).ok()
    }

    fn integer<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.whole_number().filter(|_| self.is_lenient) {
            Some(number) => number.deserialize_any(visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn text<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
        // A union keeps a number that none of its types is.
        let is_text = self.is_lenient && !is_tallied();
        match self.value {
            Value::Number(number) if is_text && !number.is_f64() => {
                visitor.visit_string(number.to_string())
            }
            _ => self.deserialize_any(visitor),
        }
    }

    /// Whether the value is taken for a list or map without content, as which it is not written.
    fn stands_for_nothing(self, value: &Value) -> bool {
        let stands = self.is_lenient && self.value == value;
        if stands {
            note_dropped(1);
        }
        stands
    }
}

impl<'v> IntoDeserializer<'v, Error> for Reading<'v> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! read_as {
    ($reader:ident: $($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                self.$reader(visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Reading<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(items) => {
                let items = items.iter().map(|item| self.of(item));
                let mut items = SeqDeserializer::new(items);
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.as_str(), self.of(value)));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end().map(|()| value)
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    read_as! {
        integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    read_as! { text: deserialize_str deserialize_string }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.stands_for_nothing(&Value::Null) {
            return visitor.visit_seq(SeqDeserializer::new(empty::<Self>()));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        const NO_ITEMS: Value = Value::Array(Vec::new());
        if self.stands_for_nothing(&Value::Null) || self.stands_for_nothing(&NO_ITEMS) {
            return visitor.visit_map(MapDeserializer::new(empty::<(&str, Self)>()));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.value.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Null counts as what is not there.
        if is_tallied() && !self.value.is_null() {
            note_dropped(size(self.value));
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct struct
        identifier
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::{leniently, read};

    struct Basket {
        items: Vec<u8>,
        label: Option<String>,
    }

    crate::runtime::object! { Basket; Required: items; Optional: label; }

    struct Open {
        label: Option<String>,
        rest: BTreeMap<String, Value>,
    }

    crate::runtime::object! { Open; Optional: label; ..rest }

    fn lenient<T: DeserializeOwned>(value: &Value) -> Option<T> {
        leniently(|| read(value)).ok()
    }

    #[test]
    fn a_whole_number_is_an_integer_where_one_is_asked_for() {
        assert_eq!(lenient(&json!([1.0, -2.0, -0.0])), Some(vec![1, -2, 0]));
        let large = 9_007_199_254_740_991_i64;
        assert_eq!(lenient(&json!(9_007_199_254_740_991.0)), Some(large));
        // These may have been other integers.
        assert_eq!(lenient::<i64>(&json!(9_007_199_254_740_992.0)), None);
        assert_eq!(lenient::<i64>(&json!(-9_223_372_036_854_775_808.0)), None);
        assert_eq!(lenient::<u64>(&json!(1e300)), None);
        assert_eq!(lenient::<u8>(&json!(300.0)), None);
        assert_eq!(lenient::<i64>(&json!(2.5)), None);
        assert_eq!(lenient::<i64>(&json!("1")), None);
        assert_eq!(lenient(&json!(1.0)), Some(json!(1.0)));
        assert_eq!(lenient(&json!([1, 2.0])), Some(vec![1.0, 2.0]));
    }

    #[test]
    fn an_integer_is_a_text_where_one_is_asked_for() {
        let texts = Some(vec!["1".to_owned(), "a".to_owned()]);
        assert_eq!(lenient(&json!([1, "a"])), texts);
        let largest = Some(u64::MAX.to_string());
        assert_eq!(lenient(&json!(u64::MAX)), largest);
        let found = lenient::<Basket>(&json!({"items": [1], "label": -7}));
        assert!(found.is_some_and(|found| found.label.as_deref() == Some("-7")));
        // Others have several spellings.
        for value in [json!(1.0), json!(true), json!([1])] {
            assert_eq!(lenient::<String>(&value), None, "{value}");
        }
        assert_eq!(lenient(&json!({"1": 1})), Some(json!({"1": 1})));
    }

    #[test]
    fn an_enumeration_of_serde_is_read_as_it_is() {
        let either = lenient::<Result<u8, String>>(&json!({"Ok": 1}));
        assert_eq!(either, Some(Ok(1)));
    }

    #[test]
    fn null_is_an_empty_list_or_map() {
        assert_eq!(lenient::<Vec<u8>>(&json!(null)), Some(Vec::new()));
        let lists = BTreeMap::from([("a".to_owned(), Vec::<u8>::new())]);
        assert_eq!(lenient(&json!({"a": null})), Some(lists));
        let maps: Option<Vec<BTreeMap<String, u8>>> = lenient(&json!([null]));
        assert_eq!(maps, Some(vec![BTreeMap::new()]));
        let found = lenient::<Basket>(&json!({"items": null, "label": null}));
        assert!(found.is_some_and(|found| found.items.is_empty() && found.label.is_none()));
        assert_eq!(lenient::<Option<Vec<u8>>>(&json!(null)), Some(None));
        assert_eq!(lenient(&json!(null)), Some(json!(null)));
    }

    #[test]
    fn a_list_without_items_is_an_empty_map() {
        let numbers: Option<BTreeMap<String, u8>> = lenient(&json!([]));
        assert_eq!(numbers, Some(BTreeMap::new()));
        assert_eq!(lenient::<BTreeMap<String, u8>>(&json!([1])), None);
        assert_eq!(lenient::<Vec<u8>>(&json!({})), None);
    }

    #[test]
    fn an_object_is_neither_null_nor_a_list() {
        for value in [json!(null), json!([])] {
            assert!(lenient::<Basket>(&value).is_none(), "{value}");
            assert!(lenient::<Open>(&value).is_none(), "{value}");
        }
        let open = lenient::<Open>(&json!({"label": "a", "more": 1.0}));
        let open = open.expect("it is an object");
        assert_eq!(open.label.as_deref(), Some("a"));
        assert_eq!(open.rest["more"], json!(1.0));
    }

    #[test]
    fn nothing_is_read_leniently_without_being_asked_to() {
        assert!(read::<Vec<u8>>(&json!(null)).is_err());
        assert_eq!(lenient::<String>(&json!(null)), None);
        assert_eq!(lenient::<bool>(&json!(0)), None);
        assert_eq!(lenient::<Vec<u8>>(&json!("")), None);
        assert!(read::<Vec<u8>>(&json!(null)).is_err());
    }
}
