//! How the values of parameters become text.

use std::collections::HashSet;

use openapiv3::{Parameter, PathStyle, QueryStyle};

use super::schemas::Schemas;
use super::source::Located;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ParamStyle, Shape, Style, TypeRef, Union, UnionVariant};

/// How a parameter's value becomes text. Where the specification leaves it open, a note says what the
/// client does.
pub(super) fn style(
    schemas: &mut Schemas<'_, '_>,
    parameter: &Located<'_, Parameter>,
    type_ref: &TypeRef,
) -> ParamStyle {
    let structure = structure(schemas, type_ref);
    let explode = parameter.value.parameter_data_ref().explode;
    let style = match parameter.value {
        Parameter::Path { style, .. } => path_style(style, structure, explode.unwrap_or(false)),
        Parameter::Query {
            style,
            allow_reserved,
            ..
        } => query_style(style, structure, explode, *allow_reserved),
        Parameter::Header { .. } => match structure {
            Structure::Single => ParamStyle::Single,
            Structure::List => ParamStyle::Joined(','),
            Structure::Other if explode.unwrap_or(false) => {
                ParamStyle::Styled(Style::SimpleExploded)
            }
            Structure::Other => ParamStyle::Styled(Style::Simple),
        },
        Parameter::Cookie { .. } => match structure {
            Structure::Single => ParamStyle::Single,
            _ if explode.unwrap_or(true) => ParamStyle::Styled(Style::FormExploded),
            _ => ParamStyle::Styled(Style::Form),
        },
    };
    if let ParamStyle::Styled(written) = style {
        note_undefined(schemas, parameter, written, type_ref);
    }
    style
}

fn path_style(style: &PathStyle, structure: Structure, explode: bool) -> ParamStyle {
    ParamStyle::Styled(match (style, explode) {
        (PathStyle::Label, false) => Style::Label,
        (PathStyle::Label, true) => Style::LabelExploded,
        (PathStyle::Matrix, false) => Style::Matrix,
        (PathStyle::Matrix, true) => Style::MatrixExploded,
        (PathStyle::Simple, explode) => match (structure, explode) {
            (Structure::Single, _) => return ParamStyle::Single,
            (Structure::List, _) => return ParamStyle::Joined(','),
            (Structure::Other, false) => Style::Simple,
            (Structure::Other, true) => Style::SimpleExploded,
        },
    })
}

/// `explode` is on for the style `form` and off for the others, where the document does not say.
fn query_style(
    style: &QueryStyle,
    structure: Structure,
    explode: Option<bool>,
    allow_reserved: bool,
) -> ParamStyle {
    let separator = match style {
        QueryStyle::Form => ',',
        QueryStyle::SpaceDelimited => ' ',
        QueryStyle::PipeDelimited => '|',
        QueryStyle::DeepObject if structure == Structure::Single => ',',
        QueryStyle::DeepObject => return ParamStyle::Styled(Style::DeepObject),
    };
    let explode = explode.unwrap_or(*style == QueryStyle::Form);
    match structure {
        Structure::Single if !allow_reserved => ParamStyle::Single,
        Structure::List if !allow_reserved && explode => ParamStyle::Repeated,
        Structure::List if !allow_reserved => ParamStyle::Joined(separator),
        _ if explode => ParamStyle::Styled(Style::FormExploded),
        _ => ParamStyle::Styled(match separator {
            ' ' => Style::SpaceDelimited,
            '|' => Style::PipeDelimited,
            _ => Style::Form,
        }),
    }
}

fn note_undefined(
    schemas: &mut Schemas<'_, '_>,
    parameter: &Located<'_, Parameter>,
    style: Style,
    type_ref: &TypeRef,
) {
    let is_nested = depth(schemas, type_ref, 2) == 2;
    let is_list = matches!(structure(schemas, type_ref), Structure::List);
    let message = if style == Style::DeepObject {
        if !is_nested && !is_list {
            return;
        }
        "the style `deepObject` is not defined for lists and for objects within objects: they are \
         written as `name[index]` and `name[outer][inner]`"
    } else {
        if !is_nested {
            return;
        }
        "no style is defined for lists and objects within others: they are written as JSON texts, but \
         lists in an object whose members stand for themselves repeat their name"
    };
    let location = schemas.location(parameter.pointer.clone());
    schemas
        .diagnostics
        .push(Diagnostic::new(Code::UndefinedStyle, location, message));
}

/// How many lists and objects stand within one another, up to so many levels.
fn depth(schemas: &Schemas<'_, '_>, type_ref: &TypeRef, levels: usize) -> usize {
    let mut deepest = 0;
    let mut visited = HashSet::new();
    let mut open = vec![(type_ref, 0)];
    while let Some((type_ref, above)) = open.pop() {
        deepest = deepest.max(above);
        if above == levels {
            break;
        }
        match type_ref {
            TypeRef::List(item) | TypeRef::Map(item) => open.push((item, above + 1)),
            TypeRef::Tuple(items) => {
                deepest = deepest.max(above + 1);
                open.extend(items.iter().map(|item| (item, above + 1)));
            }
            TypeRef::Nullable(item) => open.push((item, above)),
            TypeRef::Named(name) if visited.insert((name, above)) => {
                match schemas.shape_named(name) {
                    Some(Shape::Alias(alias)) => open.push((&alias.target, above)),
                    Some(Shape::Union(union)) => {
                        let variants = union.variants.iter();
                        open.extend(variants.map(|variant| (&variant.type_ref, above)));
                    }
                    Some(Shape::Struct(structure)) => {
                        deepest = deepest.max(above + 1);
                        let fields = structure.fields.iter();
                        open.extend(fields.map(|field| (&field.type_ref, above + 1)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    deepest
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Structure {
    Single,
    List,
    Other,
}

fn structure(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> Structure {
    match type_ref {
        TypeRef::List(item) => match structure(schemas, item) {
            Structure::Single => Structure::List,
            Structure::List | Structure::Other => Structure::Other,
        },
        TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Any => Structure::Other,
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::StringEnum(_) | Shape::ValueEnum(_)) => Structure::Single,
            Some(Shape::Alias(alias)) => structure(schemas, &alias.target),
            Some(Shape::Union(union)) => scalar_union(schemas, union),
            Some(Shape::Struct(_)) | None => Structure::Other,
        },
        _ => Structure::Single,
    }
}

/// Alternatives that are all scalars are one value in a text.
fn scalar_union(schemas: &Schemas<'_, '_>, union: &Union) -> Structure {
    let is_scalar = |variant: &UnionVariant| {
        // A union that holds itself is none of scalars, and must not be followed for ever.
        let plain = !matches!(&variant.type_ref, TypeRef::Named(name) if matches!(
            schemas.shape_named(name),
            Some(Shape::Union(_))
        ));
        plain && matches!(structure(schemas, &variant.type_ref), Structure::Single)
    };
    if union.variants.iter().all(is_scalar) {
        Structure::Single
    } else {
        Structure::Other
    }
}
