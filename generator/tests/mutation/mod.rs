//! Changes a document in one place: the best hostile input is a real document with one thing changed.

use serde_json::{Value, json};

/// Numbers that look random, the same for the same seed.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of the `SplitMix64` sequence.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("a length fits");
        usize::try_from(self.next() % limit).expect("it is below a length")
    }

    fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }
}

/// Changes one node of a document.
pub(crate) fn mutate(document: &mut Value, random: &mut Random) {
    let mut pointers = Vec::new();
    collect(document, &mut String::new(), &mut pointers);
    let pointer = random.pick(&pointers).clone();
    let other = random.pick(&pointers).clone();
    let graft = document.pointer(&other).cloned().unwrap_or_default();
    match random.below(8) {
        0 => remove(document, &pointer),
        1 => rename(document, &pointer, random),
        2 => set(document, &pointer, graft),
        3 => add(document, &pointer, graft, random),
        4 => set(document, &pointer, json!({"$ref": format!("#{other}")})),
        5 => {
            let node = document.pointer(&pointer).cloned().unwrap_or_default();
            let wrapped = match random.below(4) {
                0 => json!([node]),
                1 => json!({"allOf": [node]}),
                2 => json!({"type": "array", "items": node}),
                _ => json!({"oneOf": [node, {"type": "string"}]}),
            };
            set(document, &pointer, wrapped);
        }
        _ => {
            let value = random.pick(&hostile_values()).clone();
            set(document, &pointer, value);
        }
    }
}

/// Values that are rarely what is due.
fn hostile_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("type"),
        json!("null"),
        json!("r#self"),
        json!("*/ \u{0} \u{202e} \" \\ }{"),
        json!("a\nb\r\n\tc"),
        json!("{"),
        json!("{a}{b}{"),
        json!("#/components/schemas/Nothing"),
        json!("9"),
        json!("é-Ünïcödé 漢字 🛢"),
        json!([]),
        json!({}),
        json!([null]),
        json!([[[]]]),
        json!({"": {}}),
        json!(["string", "integer", "null"]),
        json!({"type": "object", "properties": {"type": {}, "Type": {}, "self": {}, "": {}}}),
        json!({"enum": ["", "a", "A", null, 1, "-1", "1"]}),
    ]
}

fn collect(value: &Value, pointer: &mut String, pointers: &mut Vec<String>) {
    pointers.push(pointer.clone());
    let length = pointer.len();
    let mut visit = |segment: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        collect(value, pointer, pointers);
        pointer.truncate(length);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| visit(key, value)),
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                visit(&index.to_string(), value);
            }
        }
        _ => {}
    }
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    if let Some(node) = document.pointer_mut(pointer) {
        *node = value;
    }
}

/// The parent of a node, and the key or index that it has there.
fn parent<'v>(document: &'v mut Value, pointer: &str) -> Option<(&'v mut Value, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    Some((document.pointer_mut(parent)?, last))
}

fn remove(document: &mut Value, pointer: &str) {
    match parent(document, pointer) {
        Some((Value::Object(map), key)) => drop(map.shift_remove(&key)),
        Some((Value::Array(items), index)) => {
            let index: usize = index.parse().expect("an index of a list is a number");
            items.remove(index);
        }
        _ => {}
    }
}

fn rename(document: &mut Value, pointer: &str, random: &mut Random) {
    if let Some((Value::Object(map), key)) = parent(document, pointer)
        && let Some(value) = map.shift_remove(&key)
    {
        let names = [
            key.to_uppercase(),
            format!("{key} "),
            key.chars().rev().collect(),
            String::new(),
            "type".to_owned(),
            "9".to_owned(),
            "{x}".to_owned(),
            "漢字".to_owned(),
            "self".to_owned(),
            "$ref".to_owned(),
            "default".to_owned(),
        ];
        map.insert(random.pick(&names).clone(), value);
    }
}

/// Adds a copy of another node.
fn add(document: &mut Value, pointer: &str, graft: Value, random: &mut Random) {
    match document.pointer_mut(pointer) {
        Some(Value::Object(map)) => {
            let keys = ["items", "allOf", "properties", "schema", "get", "x", "200"];
            map.insert((*random.pick(&keys)).to_owned(), graft);
        }
        Some(Value::Array(items)) => items.push(graft),
        _ => {}
    }
}
