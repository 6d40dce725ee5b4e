//! Paths and operations.

use serde_json::{Map, Value, json};

use super::choices::{Choices, object};
use super::{Outline, bodies, names, parameters, security};

/// Servers, with variables and without.
pub(super) fn servers(choices: &mut Choices<'_>) -> Value {
    let servers = [
        json!({"url": "https://example.com/v1"}),
        json!({"url": "/relative", "description": "Here."}),
        json!({"url": "/"}),
        json!({"url": "https://{region}.example.com:{port}/{v 1}", "variables": {
            "region": {"default": "eu", "enum": ["eu", "us"]},
            "port": {"default": "443"},
            "v 1": {"default": ""},
        }}),
    ];
    Value::Array(choices.some(&servers, 3))
}

/// The paths, and the components that they refer to.
pub(super) struct Paths {
    pub(super) paths: Map<String, Value>,
    pub(super) components: Map<String, Value>,
}

/// Makes operations.
pub(super) struct Operations<'o, 'd, 'c> {
    outline: &'o Outline,
    choices: &'d mut Choices<'c>,
    /// Identifiers that no operation has yet.
    identifiers: Vec<String>,
    components: Map<String, Value>,
}

impl<'o, 'd, 'c> Operations<'o, 'd, 'c> {
    pub(super) fn new(outline: &'o Outline, choices: &'d mut Choices<'c>) -> Self {
        let identifiers = names::distinct(choices, names::OPERATIONS, 20);
        Self {
            outline,
            choices,
            identifiers,
            components: Map::new(),
        }
    }

    pub(super) fn paths(mut self) -> Paths {
        let mut paths = Map::new();
        for index in 0..self.choices.below(4) {
            let (path, names) = self.template(index);
            let item = self.item(&names);
            paths.insert(path, item);
        }
        Paths {
            paths,
            components: self.components,
        }
    }

    /// A path that no other one equals, and the names in it.
    fn template(&mut self, index: usize) -> (String, Vec<String>) {
        let count = self.choices.below(3);
        let names = names::distinct(self.choices, names::SEGMENTS, count);
        let fixed = [
            "things", "type", "v1", "日本", "a:b", "a.json", "a+b", "%20", "~", "self",
        ];
        let mut path = match index {
            0 => String::new(),
            _ => format!("/{index}"),
        };
        for name in &names {
            let segment = match self.choices.below(4) {
                0 | 1 => format!("/{}/{{{name}}}", self.choices.pick(&fixed)),
                2 => format!("/x-{{{name}}}.json"),
                _ => format!("/{{{name}}}"),
            };
            path.push_str(&segment);
        }
        if path.is_empty() || self.choices.chance(8) {
            path.push('/');
        }
        (path, names)
    }

    fn item(&mut self, names: &[String]) -> Value {
        let methods = [
            "get", "post", "put", "delete", "patch", "head", "options", "trace",
        ];
        let mut item = Map::new();
        let is_shared = self.choices.chance(2);
        if is_shared {
            let shared = parameters::of_path(self.outline, self.choices, names);
            item.insert("parameters".to_owned(), Value::Array(shared));
        }
        for method in self.choices.some(&methods, 4) {
            let own = if is_shared { &[] } else { names };
            let operation = self.operation(method, own);
            item.insert(method.to_owned(), operation);
        }
        match self.choices.below(8) {
            5 => item.insert("servers".to_owned(), servers(self.choices)),
            6 => item.insert("summary".to_owned(), json!("A path.")),
            7 => item.insert("x-y".to_owned(), json!({})),
            _ => None,
        };
        Value::Object(item)
    }

    fn operation(&mut self, method: &str, names: &[String]) -> Value {
        let parameters = self.parameters(names);
        let responses = self.responses();
        let mut operation = object(json!({"parameters": parameters, "responses": responses}));
        if !self.choices.chance(4)
            && let Some(identifier) = self.identifiers.pop()
        {
            operation.insert("operationId".to_owned(), json!(identifier));
        }
        if !self.choices.chance(3) {
            let tags = self.choices.some(names::TAGS, 2);
            operation.insert("tags".to_owned(), json!(tags));
        }
        if matches!(method, "post" | "put" | "patch") && !self.choices.chance(4) {
            let body = bodies::request(self.outline, self.choices);
            let body = self.shared("requestBodies", body);
            operation.insert("requestBody".to_owned(), body);
        }
        match self.choices.below(8) {
            3 => operation.insert(
                "security".to_owned(),
                security::demands(self.outline, self.choices),
            ),
            4 => operation.insert("deprecated".to_owned(), json!(true)),
            5 => operation.insert("summary".to_owned(), json!(self.choices.pick(names::TEXTS))),
            6 => operation.insert(
                "description".to_owned(),
                json!(self.choices.pick(names::TEXTS)),
            ),
            7 => {
                let answer = json!({"post": {"responses": {"200": {"description": ""}}}});
                let callbacks = json!({"done": {"{$request.query.url}": answer}});
                operation.insert("callbacks".to_owned(), callbacks)
            }
            _ => None,
        };
        Value::Object(operation)
    }

    fn parameters(&mut self, names: &[String]) -> Vec<Value> {
        let mut parameters = parameters::of_path(self.outline, self.choices, names);
        parameters.extend(parameters::others(self.outline, self.choices));
        let parameters = parameters.into_iter();
        parameters
            .map(|parameter| self.shared("parameters", parameter))
            .collect()
    }

    fn responses(&mut self) -> Map<String, Value> {
        let responses = bodies::responses(self.outline, self.choices).into_iter();
        responses
            .map(|(status, response)| (status, self.shared("responses", response)))
            .collect()
    }

    /// The value itself, or a reference to it among the components.
    fn shared(&mut self, section: &str, value: Value) -> Value {
        if !self.choices.chance(6) {
            return value;
        }
        let section_values = self.components.entry(section).or_insert_with(|| json!({}));
        let name = match section_values.as_object() {
            Some(values) => format!("{section}.{}", values.len()),
            None => return value,
        };
        section_values[&name] = value;
        json!({"$ref": format!("#/components/{section}/{name}")})
    }
}
