//! Schemas.

use serde_json::{Map, Value, json};

use super::Outline;
use super::choices::{Choices, object};
use super::names;

/// What a schema among the components is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    /// An object whose property `kind` tells it from others.
    Tagged,
    /// Like this, and others are made from it with `allOf`.
    Base,
    AllOf,
    OneOf,
    Enum,
    Scalar,
    Array,
    Map,
    Reference,
    Anything,
}

impl Kind {
    pub(super) fn some(choices: &mut Choices<'_>) -> Self {
        *choices.pick(&[
            Self::Object,
            Self::Enum,
            Self::Tagged,
            Self::AllOf,
            Self::OneOf,
            Self::Base,
            Self::Scalar,
            Self::Array,
            Self::Map,
            Self::Object,
            Self::AllOf,
            Self::OneOf,
            Self::Reference,
            Self::Anything,
        ])
    }

    fn is_object(self) -> bool {
        matches!(self, Self::Object | Self::Tagged | Self::Base | Self::AllOf)
    }

    fn is_tagged(self) -> bool {
        matches!(self, Self::Tagged | Self::Base)
    }
}

/// Makes schemas.
pub(super) struct Schemas<'o, 'd, 'c> {
    pub(super) outline: &'o Outline,
    pub(super) choices: &'d mut Choices<'c>,
    /// How many components the schema may be; more of them would make it contain itself and nothing
    /// else.
    limit: usize,
    /// How many more levels it may have.
    levels: usize,
}

impl<'o, 'd, 'c> Schemas<'o, 'd, 'c> {
    pub(super) fn new(outline: &'o Outline, choices: &'d mut Choices<'c>) -> Self {
        Self::below(outline, choices, outline.schemas.len())
    }

    pub(super) fn below(outline: &'o Outline, choices: &'d mut Choices<'c>, limit: usize) -> Self {
        Self {
            outline,
            choices,
            limit,
            levels: 4,
        }
    }

    /// A schema of a kind.
    pub(super) fn component(&mut self, kind: Kind) -> Value {
        let schema = match kind {
            Kind::Object => self.object(),
            Kind::Tagged => self.tagged(),
            Kind::Base => {
                let mut schema = self.tagged();
                schema.insert("discriminator".to_owned(), json!({"propertyName": "kind"}));
                schema
            }
            Kind::AllOf => self.all_of(),
            Kind::OneOf => self.one_of(),
            Kind::Enum => self.enumeration(),
            Kind::Scalar => self.scalar(),
            Kind::Array => self.array(),
            Kind::Map => self.map(),
            Kind::Reference => return self.reference(|_| true).unwrap_or_else(|| json!({})),
            Kind::Anything => Map::new(),
        };
        self.described(schema)
    }

    /// Any schema that may hold itself.
    pub(super) fn held(&mut self) -> Value {
        let (limit, levels) = (self.limit, self.levels);
        self.limit = self.outline.schemas.len();
        self.levels = levels.saturating_sub(1);
        let schema = self.any();
        (self.limit, self.levels) = (limit, levels);
        schema
    }

    fn any(&mut self) -> Value {
        if self.choices.chance(3)
            && let Some(reference) = self.reference(|_| true)
        {
            return self.referring(reference);
        }
        if self.outline.later && self.choices.chance(20) {
            return Value::Bool(true);
        }
        let kind = if self.levels == 0 {
            *self.choices.pick(&[Kind::Scalar, Kind::Enum])
        } else {
            *self.choices.pick(&[
                Kind::Scalar,
                Kind::Scalar,
                Kind::Enum,
                Kind::Array,
                Kind::Object,
                Kind::Map,
                Kind::AllOf,
                Kind::OneOf,
                Kind::Anything,
            ])
        };
        self.component(kind)
    }

    /// A reference to a component that the schema may be.
    fn reference(&mut self, accepts: fn(Kind) -> bool) -> Option<Value> {
        let names = self.names(accepts);
        let name = (!names.is_empty()).then(|| self.choices.pick(&names).clone())?;
        Some(json!({"$ref": format!("#/components/schemas/{name}")}))
    }

    fn names(&self, accepts: fn(Kind) -> bool) -> Vec<String> {
        let candidates = self.outline.schemas.iter().take(self.limit);
        let fitting = candidates.filter(|(_, kind)| accepts(*kind));
        fitting.map(|(name, _)| name.clone()).collect()
    }

    /// A reference, in one of the ways in which documents describe it or make it nullable.
    fn referring(&mut self, reference: Value) -> Value {
        match self.choices.below(8) {
            5 => json!({"allOf": [reference], "description": self.choices.pick(names::TEXTS)}),
            6 if self.outline.later => json!({"anyOf": [reference, {"type": "null"}]}),
            6 => json!({"allOf": [reference], "nullable": true, "readOnly": true}),
            7 if self.outline.later => {
                let mut reference = object(reference);
                reference.insert("description".to_owned(), json!("A \"sibling\"."));
                Value::Object(reference)
            }
            _ => reference,
        }
    }

    /// With what any schema may say of itself.
    fn described(&mut self, mut schema: Map<String, Value>) -> Value {
        let keywords = [
            ("description", json!(self.choices.pick(names::TEXTS))),
            ("title", json!(self.choices.pick(names::COMPONENTS))),
            ("deprecated", json!(true)),
            ("readOnly", json!(true)),
            ("writeOnly", json!(true)),
            ("example", json!({"any": [1, null]})),
            ("externalDocs", json!({"url": "https://example.com"})),
            ("x-odd", json!(null)),
        ];
        for (keyword, value) in self.choices.some(&keywords, 2) {
            schema.insert(keyword.to_owned(), value);
        }
        // Both at once would mean that it is nowhere.
        if schema.contains_key("writeOnly") {
            schema.remove("readOnly");
        }
        if self.choices.chance(6) {
            self.make_nullable(&mut schema);
        }
        Value::Object(schema)
    }

    fn make_nullable(&mut self, schema: &mut Map<String, Value>) {
        let Some(kind @ Value::String(_)) = schema.get("type").cloned() else {
            return;
        };
        if self.outline.later {
            schema.insert("type".to_owned(), json!([kind, "null"]));
        } else {
            schema.insert("nullable".to_owned(), json!(true));
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
        }
    }

    /// An object without a discriminator.
    pub(super) fn object(&mut self) -> Map<String, Value> {
        let count = self.choices.below(6);
        let names = names::distinct(self.choices, names::MEMBERS, count);
        let mut required = self.choices.some(&names, names.len());
        let properties: Map<String, Value> = names
            .into_iter()
            .filter(|name| name != "kind")
            .map(|name| (name, self.held()))
            .collect();
        required.retain(|name| name != "kind");
        if self.choices.chance(12) {
            required.push("not declared".to_owned());
        }
        let mut schema = object(json!({"type": "object", "properties": properties}));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        match self.choices.below(8) {
            4 => schema.insert("additionalProperties".to_owned(), json!(false)),
            5 => schema.insert("additionalProperties".to_owned(), json!(true)),
            6 => schema.insert("additionalProperties".to_owned(), self.held()),
            7 => schema.insert("maxProperties".to_owned(), json!(9)),
            _ => None,
        };
        if self.choices.chance(10) {
            schema.remove("type");
        }
        if self.outline.later && self.choices.chance(10) {
            schema.insert(
                "patternProperties".to_owned(),
                json!({"^x-": {"type": "string"}}),
            );
            schema.insert("propertyNames".to_owned(), json!({"maxLength": 9}));
        }
        schema
    }

    fn tagged(&mut self) -> Map<String, Value> {
        let mut schema = self.object();
        let kind = if self.choices.chance(3) {
            json!({"type": "string", "enum": names::distinct(self.choices, names::COMPONENTS, 1)})
        } else {
            json!({"type": "string"})
        };
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.insert("kind".to_owned(), kind);
        }
        let required = schema.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            required.push(json!("kind"));
        }
        schema
    }

    fn all_of(&mut self) -> Map<String, Value> {
        let count = 1 + self.choices.below(3);
        let mut parts = Vec::new();
        for _ in 0..count {
            let reference = self.reference(Kind::is_object);
            match reference {
                Some(reference) if !parts.contains(&reference) => parts.push(reference),
                _ => parts.push(Value::Object(self.object())),
            }
        }
        let mut schema = if self.choices.chance(4) {
            self.object()
        } else {
            Map::new()
        };
        schema.insert("allOf".to_owned(), Value::Array(parts));
        schema
    }

    fn one_of(&mut self) -> Map<String, Value> {
        let keyword = *self.choices.pick(&["oneOf", "anyOf"]);
        let tagged = self.names(Kind::is_tagged);
        let members = self.choices.some(&tagged, 3);
        if members.len() > 1 && self.choices.chance(2) {
            return self.discriminated(keyword, &members);
        }
        let mut members = Vec::new();
        for _ in 0..=self.choices.below(4) {
            let member = if self.choices.chance(2) {
                self.reference(|_| true)
            } else {
                None
            };
            let member = member.unwrap_or_else(|| self.inline_member());
            if !members.contains(&member) {
                members.push(member);
            }
        }
        object(json!({keyword: members}))
    }

    /// A member that is no component.
    fn inline_member(&mut self) -> Value {
        let levels = self.levels;
        self.levels = levels.saturating_sub(1);
        let kinds = [
            Kind::Scalar,
            Kind::Array,
            Kind::Object,
            Kind::Enum,
            Kind::Map,
        ];
        let kind = if levels == 0 {
            Kind::Scalar
        } else {
            *self.choices.pick(&kinds)
        };
        let member = self.component(kind);
        self.levels = levels;
        member
    }

    fn discriminated(&mut self, keyword: &str, members: &[String]) -> Map<String, Value> {
        let pointer = |name: &String| format!("#/components/schemas/{name}");
        let references: Vec<Value> = members
            .iter()
            .map(|name| json!({"$ref": pointer(name)}))
            .collect();
        let mut discriminator = object(json!({"propertyName": "kind"}));
        if self.choices.chance(2) {
            let tags = names::distinct(self.choices, names::MEMBERS, members.len());
            let targets = members.iter().map(pointer);
            let mapping: Map<String, Value> =
                tags.into_iter().zip(targets.map(Value::String)).collect();
            discriminator.insert("mapping".to_owned(), Value::Object(mapping));
        }
        object(json!({keyword: references, "discriminator": discriminator}))
    }

    pub(super) fn array(&mut self) -> Map<String, Value> {
        let mut schema = object(json!({"type": "array", "items": self.held()}));
        match self.choices.below(6) {
            3 => schema.insert("minItems".to_owned(), json!(1)),
            4 => schema.insert("maxItems".to_owned(), json!(3)),
            5 if self.outline.later => {
                let first = vec![self.held(), self.held()];
                schema.insert("prefixItems".to_owned(), json!(first))
            }
            5 => schema.insert("uniqueItems".to_owned(), json!(true)),
            _ => None,
        };
        schema
    }

    fn map(&mut self) -> Map<String, Value> {
        let values = self.held();
        object(json!({"type": "object", "additionalProperties": values}))
    }
}
