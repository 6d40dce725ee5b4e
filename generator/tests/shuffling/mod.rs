//! Documents whose keys come in another order.

use serde_json::Value;

/// The same values, with the members of all objects in another order.
pub(crate) fn shuffle(value: &Value, random: &mut Random) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| shuffle(item, random)).collect(),
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members
                .iter()
                .map(|(key, value)| (key.clone(), shuffle(value, random)))
                .collect();
            for end in (1..members.len()).rev() {
                members.swap(end, random.below(end + 1));
            }
            Value::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// Numbers without a pattern, the same ones in every run.
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }
}
