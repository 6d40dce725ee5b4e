//! Values of the models, from what the generator says about them.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, any};
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Strategy};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The models by their names.
pub(crate) type Models = BTreeMap<String, Model>;

#[derive(Debug, Deserialize)]
pub(crate) struct Model {
    shape: Shape,
    usage: Usage,
}

#[derive(Debug, Deserialize)]
struct Usage {
    request: bool,
}

/// What a model is. A shape that is not here has to be added before such a model can be tested.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Struct {
        fields: Vec<Field>,
        additional: Option<Additional>,
    },
    StringEnum {
        values: Vec<EnumValue>,
    },
    Alias {
        target: Type,
    },
}

#[derive(Debug, Deserialize)]
struct Field {
    wire_name: String,
    #[serde(rename = "type")]
    type_ref: Type,
    presence: Presence,
}

#[derive(Debug, Deserialize)]
struct Additional {
    #[serde(rename = "type")]
    type_ref: Type,
}

#[derive(Debug, Deserialize)]
struct EnumValue {
    wire_name: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Presence {
    Required,
    RequiredNullable,
    Optional,
    OptionalNullable,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Type {
    Named(String),
    String,
    Secret,
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    DateTime,
    Any,
    Nullable(Box<Type>),
    List(Box<Type>),
    Map(Box<Type>),
}

/// A JSON value, and what is left of it once a model has read and written it.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) sent: Value,
    /// Nothing where it counts as absent.
    pub(crate) kept: Option<Value>,
}

impl Sample {
    fn same(value: impl Into<Value>) -> Self {
        let sent = value.into();
        let kept = Some(sent.clone());
        Self { sent, kept }
    }
}

type Samples = BoxedStrategy<Sample>;

/// How deep lists and objects go; a model may contain itself.
const DEPTH: u32 = 6;

/// Values of a model.
pub(crate) fn sample(name: &str, models: &Models) -> Samples {
    named(name, models, DEPTH)
}

fn named(name: &str, models: &Models, depth: u32) -> Samples {
    let model = &models[name];
    match &model.shape {
        Shape::Struct { fields, additional } => {
            let is_request = model.usage.request;
            let known = fields.iter();
            let known = known.map(|field| member(field, is_request, models, depth));
            let known: Vec<_> = known.collect();
            let unknown = match additional {
                Some(additional) => value(&additional.type_ref, models, depth - 1),
                None => json().prop_map(|sent| Sample { sent, kept: None }).boxed(),
            };
            (known, btree_map(unknown_name(), unknown, 0..3))
                .prop_map(|(known, unknown)| object(known.into_iter().flatten().chain(unknown)))
                .boxed()
        }
        Shape::StringEnum { values } => {
            let known = values.iter().map(|value| value.wire_name.clone());
            let known = proptest::sample::select(known.collect::<Vec<_>>());
            prop_oneof![known, any::<String>()]
                .prop_map(Sample::same)
                .boxed()
        }
        Shape::Alias { target } => value(target, models, depth),
    }
}

/// A name that no property of a model has.
fn unknown_name() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| format!("\u{2603}{text}"))
}

type Member = Option<(String, Sample)>;

fn member(field: &Field, is_request: bool, models: &Models, depth: u32) -> BoxedStrategy<Member> {
    let name = field.wire_name.clone();
    let named = move |sample| Some((name.clone(), sample));
    let null = |kept| Sample {
        sent: Value::Null,
        kept,
    };
    let absent = Just(None);
    let null = match field.presence {
        Presence::Required => {
            return value(&field.type_ref, models, depth - 1)
                .prop_map(named)
                .boxed();
        }
        Presence::RequiredNullable => null(Some(Value::Null)),
        Presence::OptionalNullable if is_request => null(Some(Value::Null)),
        Presence::Optional | Presence::OptionalNullable => null(None),
    };
    let may_be_absent = !matches!(field.presence, Presence::RequiredNullable);
    let mut nothing = vec![null];
    if matches!(field.type_ref, Type::DateTime) {
        // Some servers write an empty text for what is not there.
        let kept = nothing[0].kept.clone();
        let sent = Value::from("");
        nothing.push(Sample { sent, kept });
    }
    let nothing = proptest::sample::select(nothing).prop_map(named.clone());
    if depth == 0 {
        return if may_be_absent {
            absent.boxed()
        } else {
            nothing.boxed()
        };
    }
    let some = value(&field.type_ref, models, depth - 1).prop_map(named);
    if may_be_absent {
        prop_oneof![1 => absent, 1 => nothing, 4 => some].boxed()
    } else {
        prop_oneof![1 => nothing, 4 => some].boxed()
    }
}

fn object(members: impl Iterator<Item = (String, Sample)>) -> Sample {
    let (mut sent, mut kept) = (Map::new(), Map::new());
    for (name, sample) in members {
        if let Some(value) = sample.kept {
            kept.insert(name.clone(), value);
        }
        sent.insert(name, sample.sent);
    }
    Sample {
        sent: sent.into(),
        kept: Some(kept.into()),
    }
}

fn value(type_ref: &Type, models: &Models, depth: u32) -> Samples {
    match type_ref {
        Type::Named(name) => named(name, models, depth),
        Type::String | Type::Secret => any::<String>().prop_map(Sample::same).boxed(),
        Type::Bool => any::<bool>().prop_map(Sample::same).boxed(),
        Type::I32 => any::<i32>().prop_map(Sample::same).boxed(),
        Type::I64 => any::<i64>().prop_map(Sample::same).boxed(),
        Type::U32 => any::<u32>().prop_map(Sample::same).boxed(),
        Type::U64 => any::<u64>().prop_map(Sample::same).boxed(),
        // Eighths are the same in binary and in decimal.
        Type::F64 => any::<i32>()
            .prop_map(|eighths| Sample::same(f64::from(eighths) / 8.0))
            .boxed(),
        Type::DateTime => moment().boxed(),
        Type::Any => json().prop_map(Sample::same).boxed(),
        Type::Nullable(inner) => {
            let some = value(inner, models, depth);
            prop_oneof![1 => Just(Sample::same(Value::Null)), 4 => some].boxed()
        }
        Type::List(inner) => {
            let most = if depth == 0 { 0 } else { 3 };
            vec(value(inner, models, depth.saturating_sub(1)), 0..=most)
                .prop_map(list)
                .boxed()
        }
        Type::Map(inner) => {
            let inner = value(inner, models, depth.saturating_sub(1));
            btree_map(any::<String>(), inner, 0..3)
                .prop_map(|members| object(members.into_iter()))
                .boxed()
        }
    }
}

fn list(items: Vec<Sample>) -> Sample {
    let (sent, kept): (Vec<_>, Vec<_>) =
        items.into_iter().map(|item| (item.sent, item.kept)).unzip();
    let kept: Vec<_> = kept.into_iter().flatten().collect();
    Sample {
        sent: sent.into(),
        kept: Some(kept.into()),
    }
}

/// A moment as servers write it: with an offset, with `Z`, or without a zone.
fn moment() -> impl Strategy<Value = Sample> {
    let offset = prop_oneof![Just(None), (-18 * 60..=18 * 60_i64).prop_map(Some)];
    // From the year 1 to 9998.
    let seconds = -62_000_000_000..253_000_000_000_i64;
    (seconds, offset, any::<bool>()).prop_map(|(seconds, offset, names_zone)| {
        let moment = |seconds| jiff::Timestamp::from_second(seconds).expect("it is in range");
        let utc = moment(seconds).to_string();
        let local = |offset: i64| moment(seconds + offset * 60).to_string().replace('Z', "");
        let sent = match offset {
            None if names_zone => utc.clone(),
            None => local(0),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.abs();
                let (hours, minutes) = (minutes / 60, minutes % 60);
                format!("{}{sign}{hours:02}:{minutes:02}", local(offset))
            }
        };
        Sample {
            sent: sent.into(),
            kept: Some(utc.into()),
        }
    })
}

/// Any JSON.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
