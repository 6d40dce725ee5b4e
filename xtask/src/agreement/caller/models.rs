//! How a caller uses the types of the models.

use generator::ir::{Api, Construction, Field, Presence, Shape, Struct, TypeDef, TypeRef, Union};

use super::{function, types::written};

/// A function that uses all of a type.
pub(super) fn uses(api: &Api, definition: &TypeDef) -> String {
    let name = &definition.name;
    let own = format!("models::{name}");
    let mut lines = Vec::new();
    match &definition.shape {
        Shape::Struct(shape) => {
            lines.push(format!("model::<{own}>();"));
            fields(definition, shape, &mut lines);
            construction(api, definition, shape, &mut lines);
        }
        Shape::StringEnum(shape) => {
            lines.push(format!("model::<{own}>();"));
            lines.push(format!("named::<{own}>();"));
            lines.push("is::<&str>(value.as_str());".to_owned());
            lines.push(format!("is::<{own}>({own}::from(\"text\"));"));
            let values = shape.values.iter().map(|value| value.name.as_str());
            variants(&own, values, &mut lines);
            catch_all(&own, &shape.catch_all, "String", &mut lines);
        }
        Shape::ValueEnum(shape) => {
            lines.push(format!("model::<{own}>();"));
            let held = written(&shape.type_ref);
            let values = shape.values.iter().map(|value| value.name.as_str());
            variants(&own, values, &mut lines);
            catch_all(&own, &shape.catch_all, &held, &mut lines);
        }
        Shape::Union(shape) => {
            lines.push(format!("model::<{own}>();"));
            alternatives(&own, shape, &mut lines);
            for variant in api.variants_by_type(definition, shape) {
                let held = written(&variant.type_ref);
                lines.push(format!("value = {own}::from(any::<{held}>());"));
            }
        }
        Shape::Alias(alias) => {
            lines.push(format!("is::<{}>(value);", written(&alias.target)));
        }
    }
    function(
        &format!("type_{name}"),
        &format!("mut value: {own}"),
        &lines,
    )
}

/// Reads and sets each field.
fn fields(definition: &TypeDef, shape: &Struct, lines: &mut Vec<String>) {
    for field in &shape.fields {
        let held = held(definition, field);
        lines.push(format!("value.{} = any::<{held}>();", field.name));
        lines.push(format!("is::<{held}>(value.clone().{});", field.name));
    }
    if let Some(additional) = &shape.additional {
        let held = written(&TypeRef::Map(Box::new(additional.type_ref.clone())));
        lines.push(format!("value.{} = any::<{held}>();", additional.name));
        lines.push(format!("is::<{held}>(value.clone().{});", additional.name));
    }
}

fn content(field: &Field) -> String {
    let value = written(&field.type_ref);
    if field.boxed {
        format!("Box<{value}>")
    } else {
        value
    }
}

fn held(definition: &TypeDef, field: &Field) -> String {
    let content = content(field);
    match field.presence {
        Presence::Required | Presence::Fixed | Presence::Assumed => content,
        Presence::OptionalNullable if definition.usage.request => {
            format!("runtime::Patch<{content}>")
        }
        Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
            format!("Option<{content}>")
        }
    }
}

/// Makes a value, and sets what is optional.
fn construction(api: &Api, definition: &TypeDef, shape: &Struct, lines: &mut Vec<String>) {
    let own = format!("models::{}", definition.name);
    if shape.required().next().is_none() {
        lines.push(format!("value = {own}::default();"));
    }
    match Construction::of(definition, shape) {
        Construction::None => return,
        Construction::Default => lines.push(format!("value = {own}::new();")),
        Construction::Arguments => {
            let arguments: Vec<String> = shape
                .required()
                .map(|field| argument(api, definition, field))
                .collect();
            lines.push(format!("value = {own}::new({});", arguments.join(", ")));
        }
        Construction::Required(name) => {
            let fields: Vec<String> = shape
                .required()
                .map(|field| format!("{}: any::<{}>()", field.name, held(definition, field)))
                .collect();
            let fields = fields.join(", ");
            lines.push(format!(
                "value = {own}::new(models::{name} {{ {fields} }});"
            ));
        }
    }
    for field in shape.fields.iter().filter(|field| field.is_optional()) {
        let argument = argument(api, definition, field);
        lines.push(format!("value = value.{}({argument});", field.name));
    }
    if shape.fields.iter().all(|field| field.name != "validate") {
        lines.push("is::<bool>(value.validate().is_ok());".to_owned());
    }
}

/// What a constructor or a setter is given for a field.
fn argument(api: &Api, definition: &TypeDef, field: &Field) -> String {
    let nullable = field.presence == Presence::RequiredNullable;
    let converts = matches!(
        api.resolved(&field.type_ref),
        TypeRef::String | TypeRef::Secret
    );
    if nullable {
        format!("any::<{}>()", held(definition, field))
    } else if converts && !field.boxed && field.presence != Presence::OptionalNullable {
        "\"text\"".to_owned()
    } else if field.presence == Presence::OptionalNullable && definition.usage.request {
        format!("any::<{}>()", content(field))
    } else {
        format!("any::<{}>()", written(&field.type_ref))
    }
}

/// Makes each variant that holds nothing, and tells it from the others.
fn variants<'v>(own: &str, names: impl Iterator<Item = &'v str>, lines: &mut Vec<String>) {
    for name in names {
        lines.push(format!("value = {own}::{name};"));
        lines.push(format!("if let {own}::{name} = &value {{}}"));
    }
}

fn catch_all(own: &str, name: &str, held: &str, lines: &mut Vec<String>) {
    lines.push(format!("value = {own}::{name}(any::<{held}>());"));
    lines.push(format!(
        "if let {own}::{name}(other) = value {{ is::<{held}>(other); }}"
    ));
}

fn alternatives(own: &str, shape: &Union, lines: &mut Vec<String>) {
    for variant in &shape.variants {
        let mut held = written(&variant.type_ref);
        if variant.boxed {
            held = format!("Box<{held}>");
        }
        let name = &variant.name;
        lines.push(format!("value = {own}::{name}(any::<{held}>());"));
        lines.push(format!(
            "if let {own}::{name}(one) = value.clone() {{ is::<{held}>(one); }}"
        ));
    }
    catch_all(own, &shape.catch_all, "serde_json::Value", lines);
}
