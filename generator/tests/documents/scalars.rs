//! Schemas of scalars and enumerations.

use serde_json::{Map, Value, json};

use super::choices::object;
use super::names;
use super::schemas::Schemas;

impl Schemas<'_, '_, '_> {
    pub(super) fn scalar(&mut self) -> Map<String, Value> {
        match self.choices.below(4) {
            0 | 1 => self.string(),
            2 => self.number(),
            _ => {
                let mut schema = object(json!({"type": "boolean"}));
                if self.choices.chance(3) {
                    schema.insert("default".to_owned(), json!(true));
                }
                schema
            }
        }
    }

    fn string(&mut self) -> Map<String, Value> {
        let formats = [
            "",
            "date-time",
            "date",
            "uuid",
            "byte",
            "binary",
            "password",
            "email",
            "uri",
            "ipv4",
            "ipv6",
            "time",
            "duration",
            "hostname",
            "int64",
            "Größe",
            "decimal",
            "ip",
            "unix-time",
        ];
        let mut schema = object(json!({"type": "string"}));
        let format = *self.choices.pick(&formats);
        if !format.is_empty() {
            schema.insert("format".to_owned(), json!(format));
            return schema;
        }
        let patterns = [
            "^[a-z]+$",
            "(?=x)y",
            "\\p{L}+",
            "^\\d{3}-\\w+$",
            "[^\\s/]*",
            "^$",
            "\\/\\-\"#",
        ];
        match self.choices.below(8) {
            4 => schema.insert("pattern".to_owned(), json!(self.choices.pick(&patterns))),
            5 => schema.insert("minLength".to_owned(), json!(1)),
            6 => schema.insert("maxLength".to_owned(), json!(4_294_967_296_u64)),
            7 => schema.insert(
                "default".to_owned(),
                json!(self.choices.pick(names::MEMBERS)),
            ),
            _ => None,
        };
        schema
    }

    fn number(&mut self) -> Map<String, Value> {
        let kind = *self.choices.pick(&["integer", "number"]);
        let mut schema = object(json!({"type": kind}));
        let formats: &[&str] = match kind {
            "integer" => &["", "int32", "int64", "uint64", "uint8", "int8", "odd"],
            _ => &["", "float", "double", "decimal"],
        };
        let format = *self.choices.pick(formats);
        if !format.is_empty() {
            schema.insert("format".to_owned(), json!(format));
        }
        let limits = [
            json!(0),
            json!(-1),
            json!(100),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e30),
        ];
        match self.choices.below(9) {
            4 => schema.insert("minimum".to_owned(), self.choices.pick(&limits).clone()),
            5 => schema.insert("maximum".to_owned(), self.choices.pick(&limits).clone()),
            6 => schema.insert("multipleOf".to_owned(), json!(2)),
            7 => schema.insert("default".to_owned(), json!(7)),
            8 => {
                schema.insert("minimum".to_owned(), json!(0));
                let exclusive = if self.outline.later {
                    json!(10)
                } else {
                    json!(true)
                };
                schema.insert("exclusiveMinimum".to_owned(), exclusive)
            }
            _ => None,
        };
        schema
    }

    pub(super) fn enumeration(&mut self) -> Map<String, Value> {
        let count = 1 + self.choices.below(5);
        match self.choices.below(6) {
            0..=2 => {
                let pool = *self
                    .choices
                    .pick(&[names::COMPONENTS, names::MEMBERS, names::TAGS]);
                let values = names::distinct(self.choices, pool, count);
                let mut schema = object(json!({"type": "string", "enum": values}));
                if self.choices.chance(4) {
                    schema.insert("default".to_owned(), json!(values[0]));
                }
                schema
            }
            3 => {
                let numbers = [
                    json!(0),
                    json!(-1),
                    json!(1),
                    json!(i64::MAX),
                    json!(i64::MIN),
                    json!(10),
                ];
                let values: Vec<Value> = numbers.into_iter().take(count).collect();
                object(json!({"type": "integer", "enum": values}))
            }
            4 => {
                let numbers = [json!(1.5), json!(-0.5), json!(2), json!(1e20), json!(0)];
                let values: Vec<Value> = numbers.into_iter().take(count).collect();
                object(json!({"type": "number", "enum": values}))
            }
            _ if self.outline.later => match self.choices.below(3) {
                0 => object(json!({"const": self.choices.pick(names::MEMBERS)})),
                1 => object(json!({"enum": ["a", 1, true, null]})),
                _ => object(json!({"type": ["string", "integer"]})),
            },
            _ => object(json!({"type": "boolean", "enum": [true]})),
        }
    }
}
