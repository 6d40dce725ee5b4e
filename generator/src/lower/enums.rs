//! Enumerations of texts, integers and scalars of several types.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::AnySchema;
use serde_json::Value;

use super::merge::Merged;
use super::names::{Scope, type_name};
use super::node::Node;
use super::scalars::is_formatted;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::{Docs, EnumValue, NamedValue, Shape, StringEnum, TypeRef, ValueEnum};

/// A value that the document names, and what it says of it.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    pub(super) value: &'a Value,
    pub(super) name: Option<&'a str>,
    pub(super) docs: Docs,
}

impl<'a> Member<'a> {
    /// A value of which the document says nothing.
    pub(super) fn plain(value: &'a Value) -> Self {
        Self {
            value,
            name: None,
            docs: Docs::default(),
        }
    }
}

/// Extensions that name the values of an enumeration.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// Extensions that describe the values of an enumeration.
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

/// The values of an enumeration, with the names and descriptions of common extensions beside it.
pub(super) fn members<'a>(
    keywords: &'a AnySchema,
    extensions: &'a IndexMap<String, Value>,
) -> Vec<Member<'a>> {
    let hint = |keys: &[&str], index: usize, value: &Value| {
        let found = keys.iter().find_map(|key| extensions.get(*key))?;
        match found {
            Value::Array(texts) if texts.len() == keywords.enumeration.len() => {
                texts.get(index)?.as_str()
            }
            Value::Object(texts) => texts.get(&plain_text(value))?.as_str(),
            _ => None,
        }
    };
    let values = keywords.enumeration.iter().enumerate();
    let members = values.map(|(index, value)| Member {
        value,
        name: hint(NAMES, index, value),
        docs: Docs {
            text: hint(DESCRIPTIONS, index, value)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            deprecated: false,
        },
    });
    members.collect()
}

/// The lists beside an enumeration that name or describe another number of values than it has, and
/// are left aside for that.
pub(super) fn unfit_hints<'a>(
    keywords: &'a AnySchema,
    extensions: &'a IndexMap<String, Value>,
) -> impl Iterator<Item = (&'a str, usize)> {
    let lists = NAMES.iter().chain(DESCRIPTIONS).filter_map(|key| {
        let (key, hints) = extensions.get_key_value(*key)?;
        Some((key.as_str(), hints.as_array()?.len()))
    });
    let due = keywords.enumeration.len();
    lists.filter(move |(_, count)| *count != due)
}

/// A scalar as a text without quotes.
fn plain_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What the values of an enumeration have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Texts,
    Integers,
    Mixed,
    /// Numbers, booleans, lists or objects: a type says more of them than names would.
    Plain,
}

fn kind(merged: &Merged<'_>, members: &[Member<'_>]) -> Kind {
    let values = || members.iter().map(|member| member.value);
    let kinds: HashSet<_> = values().map(kind_of).collect();
    let typed = |names: &[&str]| merged.type_name.is_none_or(|name| names.contains(&name));
    let kinds: Vec<Kind> = kinds.into_iter().collect();
    match kinds.as_slice() {
        [Kind::Texts] if typed(&["string"]) => Kind::Texts,
        [Kind::Integers] if typed(&["integer"]) => Kind::Integers,
        // Tools of languages without integers write enumerations of them so; others may well get a fraction.
        [Kind::Integers] if typed(&["number"]) && are_named(members) => Kind::Integers,
        [Kind::Mixed | Kind::Plain] | [] => Kind::Plain,
        kinds if kinds.len() > 1 && merged.type_name.is_none() && values().all(is_scalar) => {
            if values().all(Value::is_number) {
                Kind::Plain
            } else {
                Kind::Mixed
            }
        }
        _ => Kind::Plain,
    }
}

fn are_named(members: &[Member<'_>]) -> bool {
    members.iter().all(|member| member.name.is_some())
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::String(_) => Kind::Texts,
        Value::Number(number) if number.is_i64() => Kind::Integers,
        // Any other kind that can be told from texts and integers.
        Value::Bool(_) => Kind::Mixed,
        _ => Kind::Plain,
    }
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_))
}

/// The enumeration that a schema's own values make, where they make one.
pub(super) fn own_members<'a>(merged: &Merged<'a>) -> Option<Vec<Member<'a>>> {
    let members: Vec<Member<'a>> = merged
        .values
        .iter()
        .chain(&merged.open_values)
        .filter(|member| !member.value.is_null())
        .cloned()
        .collect();
    let named = merged.alternatives.is_empty() && kind(merged, &members) != Kind::Plain;
    named.then_some(members)
}

/// The enumeration that alternatives make, where they are all values, or texts some of which the
/// document names.
pub(super) fn members_of_alternatives<'a>(
    document: &'a Document,
    merged: &Merged<'a>,
    nodes: &[Node<'a>],
) -> Option<Vec<Member<'a>>> {
    if nodes.len() < 2 || merged.discriminator.is_some() {
        return None;
    }
    let mut members = Vec::new();
    let mut open = false;
    for node in nodes {
        let alternative = Merged::of(document, node, &mut Diagnostics::default());
        if !alternative.alternatives.is_empty() || is_formatted(&alternative) {
            return None;
        }
        let mut own = own_members(&alternative).unwrap_or_default();
        match own.as_mut_slice() {
            [] if alternative.type_name == Some("string") && alternative.values.is_empty() => {
                open = true;
            }
            [] => return None,
            [only] => {
                only.name = only.name.or(alternative.title);
                if only.docs.text.is_empty() && Some(alternative.docs.text.as_str()) != only.name {
                    only.docs = alternative.docs;
                }
            }
            _ => {}
        }
        members.extend(own);
    }
    narrow(&mut members, &merged.values);
    let kind = kind(merged, &members);
    let fits = matches!(kind, Kind::Texts) || (!open && kind != Kind::Plain);
    fits.then_some(members)
}

/// Leaves of the alternatives those whose values stand beside them, too.
fn narrow(members: &mut Vec<Member<'_>>, beside: &[Member<'_>]) {
    let holds =
        |list: &[Member<'_>], one: &Member<'_>| list.iter().any(|member| member.value == one.value);
    if !beside.is_empty() && beside.iter().all(|one| holds(members, one)) {
        members.retain(|member| holds(beside, member));
    }
}

/// The enumeration of these values.
pub(super) fn enumeration(merged: &Merged<'_>, members: &[Member<'_>]) -> Shape {
    let mut scope = Scope::with(&["Self"]);
    let mut seen: HashSet<&Value> = HashSet::new();
    let mut named = Vec::new();
    for member in members {
        if seen.insert(member.value) {
            named.push((scope.claim([variant_name(member)]), member));
        }
    }
    let catch_all = scope.claim(["Unrecognized".to_owned(), "UnrecognizedValue".to_owned()]);
    let kind = kind(merged, members);
    if kind != Kind::Texts {
        let values = named.into_iter().map(|(name, member)| NamedValue {
            name,
            value: member.value.clone(),
            docs: member.docs.clone(),
        });
        return Shape::ValueEnum(ValueEnum {
            type_ref: match kind {
                Kind::Integers => TypeRef::I64,
                _ => TypeRef::Any,
            },
            values: values.collect(),
            catch_all,
        });
    }
    let values = named.into_iter().filter_map(|(name, member)| {
        Some(EnumValue {
            name,
            wire_name: member.value.as_str()?.to_owned(),
            docs: member.docs.clone(),
        })
    });
    Shape::StringEnum(StringEnum {
        values: values.collect(),
        catch_all,
    })
}

fn variant_name(member: &Member<'_>) -> String {
    match (member.name, member.value) {
        (Some(name), _) if !name.trim().is_empty() => type_name(name),
        (_, Value::String(text)) if text.is_empty() => "Empty".to_owned(),
        (_, value) => type_name(&plain_text(value)),
    }
}
