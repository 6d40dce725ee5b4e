//! What a caller's code can name, item by item: the check on the rules of the other modules.
//!
//! Each rule explains a change in terms of the API. Whether code still compiles is decided by what
//! emitted code exposes, so a difference here that no rule has explained is reported all the same.

use std::collections::BTreeMap;

use super::words::Speaker;
use crate::ir::{
    Construction, Operation, Param, Payload, Shape, StatusVariant, Struct, TypeDef, WaiterGoal,
};

/// Public items and their signatures.
pub(super) type Surface = BTreeMap<String, String>;

/// The items of the older state that the newer one lacks or has with another signature.
pub(super) fn broken(old: &Surface, new: &Surface) -> Vec<(String, String, Option<String>)> {
    old.iter()
        .filter(|(item, signature)| new.get(*item) != Some(signature))
        .map(|(item, signature)| (item.clone(), signature.clone(), new.get(item).cloned()))
        .collect()
}

/// What a type exposes; items are named without the type's own name.
pub(super) fn of_type(speaker: Speaker<'_>, definition: &TypeDef) -> Surface {
    let mut surface = Surface::new();
    match &definition.shape {
        Shape::Struct(shape) => of_struct(speaker, definition, shape, &mut surface),
        Shape::StringEnum(shape) => {
            surface.insert("the type".to_owned(), "an enumeration".to_owned());
            for value in &shape.values {
                surface.insert(format!("the variant `{}`", value.name), String::new());
            }
            let catch_all = format!("the variant `{}`", shape.catch_all);
            surface.insert(catch_all, "String".to_owned());
        }
        Shape::ValueEnum(shape) => {
            surface.insert("the type".to_owned(), "an enumeration".to_owned());
            for value in &shape.values {
                surface.insert(format!("the variant `{}`", value.name), String::new());
            }
            let catch_all = format!("the variant `{}`", shape.catch_all);
            surface.insert(catch_all, speaker.value(&shape.type_ref));
        }
        Shape::Union(shape) => {
            surface.insert("the type".to_owned(), "a union".to_owned());
            for variant in &shape.variants {
                let mut held = speaker.value(&variant.type_ref);
                if variant.boxed {
                    held = format!("Box<{held}>");
                }
                surface.insert(format!("the variant `{}`", variant.name), held);
            }
            let catch_all = format!("the variant `{}`", shape.catch_all);
            surface.insert(catch_all, "Value".to_owned());
            for source in speaker.sources(definition, shape) {
                surface.insert(format!("`From<{source}>`"), String::new());
            }
        }
        Shape::Alias(alias) => {
            surface.insert("the type".to_owned(), speaker.value(&alias.target));
        }
    }
    surface
}

fn of_struct(speaker: Speaker<'_>, definition: &TypeDef, shape: &Struct, surface: &mut Surface) {
    surface.insert("the type".to_owned(), "a struct".to_owned());
    for field in &shape.fields {
        let held = speaker.held(definition, field);
        surface.insert(format!("the field `{}`", field.name), held);
    }
    if let Some(additional) = &shape.additional {
        let value = speaker.value(&additional.type_ref);
        surface.insert(format!("the field `{}`", additional.name), value);
    }
    if shape.required().next().is_none() {
        surface.insert("`Default`".to_owned(), String::new());
    }
    let construction = Construction::of(definition, shape);
    let required = || {
        let fields = shape.required();
        fields.map(|field| speaker.held(definition, field))
    };
    match construction {
        Construction::None => return,
        Construction::Default => {
            surface.insert("the constructor".to_owned(), "new()".to_owned());
        }
        Construction::Arguments => {
            let arguments = required().collect::<Vec<_>>().join(", ");
            surface.insert("the constructor".to_owned(), format!("new({arguments})"));
        }
        Construction::Required(name) => {
            surface.insert("the constructor".to_owned(), format!("new({name})"));
            let mut fields: Vec<String> = shape
                .required()
                .map(|field| format!("{}: {}", field.name, speaker.held(definition, field)))
                .collect();
            fields.sort();
            surface.insert(format!("the struct `{name}`"), fields.join(", "));
        }
    }
    for field in shape.fields.iter().filter(|field| field.is_optional()) {
        let held = speaker.held(definition, field);
        surface.insert(format!("the setter `{}`", field.name), held);
    }
}

/// What an operation exposes, with the words for the argument of a parameter; items are named without
/// the group that holds them.
pub(super) fn of_operation(
    speaker: Speaker<'_>,
    operation: &Operation,
    param_words: impl Fn(&Param) -> String,
) -> Surface {
    let mut surface = Surface::new();
    let required = operation.params.iter().filter(|param| param.required);
    let path: Vec<String> = required.map(&param_words).collect();
    let mut arguments = path.clone();
    let body = operation.body.as_ref();
    arguments.extend(
        body.filter(|body| body.required)
            .map(|body| speaker.body(body)),
    );
    surface.insert(
        "the method".to_owned(),
        format!("({})", arguments.join(", ")),
    );
    let success = speaker.payload(&operation.success.payload);
    surface.insert("the answer".to_owned(), success);
    let failure = speaker.payload(&operation.failure.payload);
    surface.insert("the error body".to_owned(), failure);
    for alternative in &operation.success.alternatives {
        let method = alternative.way.method();
        let payload = speaker.payload(&alternative.payload);
        surface.insert(format!("the method `{method}` of the call"), payload);
    }
    for header in &operation.headers {
        let item = format!("the header `{}`", header.constant);
        surface.insert(item, speaker.value(&header.type_ref));
    }
    surface.extend(by_status(speaker, &operation.success.payload));
    surface.extend(by_status(speaker, &operation.failure.payload));
    for param in operation.params.iter().filter(|param| !param.required) {
        surface.insert(format!("the setter `{}`", param.name), param_words(param));
    }
    if let Some(body) = body.filter(|body| !body.required) {
        surface.insert("the setter `body`".to_owned(), speaker.body(body));
    }
    for other in &operation.other_bodies {
        let mut arguments = path.clone();
        arguments.push(speaker.body(&other.body));
        let signature = format!("({})", arguments.join(", "));
        surface.insert(format!("the method `{}`", other.name), signature);
    }
    for waiter in &operation.waiters {
        let result = match waiter.goal {
            WaiterGoal::State { .. } => "Wait",
            WaiterGoal::Gone { .. } => "WaitGone",
        };
        let signature = format!("({}) -> {result}", path.join(", "));
        surface.insert(format!("the waiter `{}`", waiter.name), signature);
    }
    if let Some(paging) = &operation.paging {
        let (place, item) = (paging.position.method(), speaker.value(&paging.item));
        surface.insert("paging".to_owned(), format!("{item} by {place}"));
    }
    surface
}

/// The variants of an enumeration of bodies.
pub(super) fn by_status(speaker: Speaker<'_>, payload: &Payload) -> Surface {
    let Payload::ByStatus(by_status) = payload else {
        return Surface::new();
    };
    let variant = |variant: &StatusVariant| {
        let item = format!("the variant `{}::{}`", by_status.name, variant.name);
        (item, speaker.payload(&variant.payload))
    };
    by_status.variants.iter().map(variant).collect()
}
