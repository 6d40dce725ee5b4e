//! Headers of answers, with the types that the document names.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::value::Error as ValueError;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::{ApiError, Response};

/// A header of an answer: its name, and the type of its value.
pub struct Header<T> {
    name: &'static str,
    is_json: bool,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header whose value is written as such; the items of a list stand between commas.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            is_json: false,
            value: PhantomData,
        }
    }

    /// A header whose value is a JSON text.
    pub const fn json(name: &'static str) -> Self {
        Self {
            is_json: true,
            ..Self::new(name)
        }
    }

    /// The name, as the document spells it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Header<T> {
    /// Reads the header of an answer; nothing where the answer has none.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, HeaderError> {
        let texts: Result<Vec<&str>, _> = headers
            .get_all(self.name)
            .iter()
            .map(|value| value.to_str().map(str::trim))
            .collect();
        let texts =
            texts.map_err(|_| self.fault("it holds characters that no text of HTTP has"))?;
        let Some(first) = texts.first() else {
            return Ok(None);
        };
        let value = if self.is_json {
            serde_json::from_str(first).map_err(|error| error.to_string())
        } else {
            let values = Values {
                lines: &texts,
                are_one: !self.name.eq_ignore_ascii_case(SET_COOKIE.as_str()),
            };
            T::deserialize(values).map_err(|error| error.to_string())
        };
        value.map(Some).map_err(|reason| self.fault(&reason))
    }

    fn fault(&self, reason: &str) -> HeaderError {
        HeaderError {
            name: self.name,
            reason: reason.to_owned(),
        }
    }
}

impl<T> Response<T> {
    /// A header with the type that the document names; nothing where the answer has none.
    pub fn header<V: DeserializeOwned>(&self, header: Header<V>) -> Result<Option<V>, HeaderError> {
        header.read(self.headers())
    }
}

impl<B> ApiError<B> {
    /// A header with the type that the document names; nothing where the answer has none.
    pub fn header<V: DeserializeOwned>(&self, header: Header<V>) -> Result<Option<V>, HeaderError> {
        header.read(self.headers())
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Header").field(&self.name).finish()
    }
}

/// A header whose value is not what the document describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
    reason: String,
}

impl HeaderError {
    /// The header, as the document spells it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the header `{}` is not what the document describes: {}",
            self.name, self.reason
        )
    }
}

impl std::error::Error for HeaderError {}

/// The values of a header, one for each line of it. Only a list and a text take more than the first.
#[derive(Clone, Copy)]
struct Values<'h> {
    lines: &'h [&'h str],
    /// Several lines mean the same as one with commas between them. Cookies hold commas of their own.
    are_one: bool,
}

impl<'h> Values<'h> {
    fn first(self) -> &'h str {
        self.lines.first().copied().unwrap_or_default()
    }

    fn parsed<T: std::str::FromStr>(self, wanted: &str) -> Result<T, ValueError> {
        let text = self.first();
        let reason = || ValueError::custom(format_args!("{text:?} is no {wanted}"));
        text.parse().map_err(|_| reason())
    }
}

macro_rules! parsed {
    ($($deserialize:ident $visit:ident $wanted:literal;)+) => {
        $(
            fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
                visitor.$visit(self.parsed($wanted)?)
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = ValueError;

    parsed! {
        deserialize_bool visit_bool "boolean";
        deserialize_i8 visit_i8 "number of this size";
        deserialize_i16 visit_i16 "number of this size";
        deserialize_i32 visit_i32 "number of this size";
        deserialize_i64 visit_i64 "number of this size";
        deserialize_u8 visit_u8 "number of this size";
        deserialize_u16 visit_u16 "number of this size";
        deserialize_u32 visit_u32 "number of this size";
        deserialize_u64 visit_u64 "number of this size";
        deserialize_f32 visit_f32 "number";
        deserialize_f64 visit_f64 "number";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_str(self.first())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_enum(self.first().into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let are_one = self.are_one;
        let items = self.lines.iter().flat_map(|line| {
            let most = if are_one { usize::MAX } else { 1 };
            line.splitn(most, ',')
        });
        let items = items.map(str::trim).filter(|item| !item.is_empty());
        visitor.visit_seq(Items(items))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if self.are_one {
            visitor.visit_string(self.lines.join(", "))
        } else {
            visitor.visit_str(self.first())
        }
    }

    forward_to_deserialize_any! {
        i128 u128 char str bytes byte_buf unit unit_struct tuple tuple_struct map struct
        identifier ignored_any
    }
}

struct Items<I>(I);

impl<'de, 'h, I: Iterator<Item = &'h str>> SeqAccess<'de> for Items<I> {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ValueError> {
        let item = self.0.next();
        item.map(|item| {
            seed.deserialize(Values {
                lines: &[item],
                are_one: true,
            })
        })
        .transpose()
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::Header;
    use crate::runtime::{Date, DateTime, Uuid};

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-value", HeaderValue::from_static(value));
        }
        headers
    }

    fn read<T: serde::de::DeserializeOwned>(values: &[&'static str]) -> Option<T> {
        let header = Header::<T>::new("X-Value");
        let value = header.read(&headers(values));
        value.expect("it is what it should be")
    }

    #[test]
    fn values_are_what_their_type_says() {
        assert_eq!(read::<i64>(&[]), None);
        assert_eq!(read(&["-12"]), Some(-12_i64));
        assert_eq!(read(&["1.5"]), Some(1.5_f64));
        assert_eq!(read(&["true"]), Some(true));
        assert_eq!(read(&["12"]), Some("12".to_owned()));
        assert_eq!(read(&["a, b"]), Some("a, b".to_owned()));
        assert_eq!(read(&["2026-01-02"]), "2026-01-02".parse::<Date>().ok());
        assert_eq!(
            read(&["Sun, 01 Mar 2026 12:00:00 GMT"]),
            "2026-03-01T12:00:00Z".parse::<DateTime>().ok()
        );
        let id = "498ae72f-411f-11eb-9d07-046c59cc737e";
        assert_eq!(read(&[id]), id.parse::<Uuid>().ok());
        assert_eq!(read(&["1, 2", "3,"]), Some(vec![1, 2, 3]));
        assert_eq!(read(&[""]), Some(Vec::<String>::new()));
    }

    #[test]
    fn several_lines_are_one_value_unless_they_are_cookies() {
        let links = ["<a>; rel=next", "<b>; rel=prev"];
        assert_eq!(
            read(&links),
            Some("<a>; rel=next, <b>; rel=prev".to_owned())
        );
        assert_eq!(read(&["3", "3"]), Some(3_i64));
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append("set-cookie", HeaderValue::from_static(cookie));
        }
        let list = Header::<Vec<String>>::new("Set-Cookie").read(&headers);
        assert_eq!(list, Ok(Some(cookies.map(str::to_owned).to_vec())));
        let first = Header::<String>::new("Set-Cookie").read(&headers);
        assert_eq!(first, Ok(Some(cookies[0].to_owned())));
    }

    #[test]
    fn a_value_of_another_type_is_an_error_of_its_own() {
        let header = Header::<u8>::new("X-Value");
        let error = header
            .read(&headers(&["300"]))
            .expect_err("it is too large");
        assert_eq!(
            error.to_string(),
            "the header `X-Value` is not what the document describes: \"300\" is no number of \
             this size"
        );
        let json = Header::<Vec<u8>>::json("X-Value");
        assert_eq!(json.read(&headers(&["[1,2]"])), Ok(Some(vec![1, 2])));
        assert!(json.read(&headers(&["1,2"])).is_err());
    }
}
