//! Reads parameters.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};
use serde_json::Value;

use super::media::{example_or_reference, media_type};
use super::object::Object;
use super::resolve::{Section, reference_object};
use super::schema::{anything, schema};
use super::{Reader, legacy};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::pointer::Path;
use crate::media_types::is_form;

pub(super) fn parameter_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<Parameter>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::Parameters, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let mut object = reader.object(value, path)?;
    parameter(&mut object).map(ReferenceOr::Item)
}

fn parameter(object: &mut Object<'_, '_, '_, '_>) -> Option<Parameter> {
    let location = object.required_text("in");
    let name = object.required_text("name");
    let (location, name) = (location?, name?);
    let parameter = match location.as_str() {
        "query" => query(object, name),
        "querystring" => whole_query(object, name)?,
        "header" => Parameter::Header {
            style: style(object, &[("simple", HeaderStyle::Simple)]).unwrap_or_default(),
            parameter_data: data(object, name),
        },
        "path" => path_parameter(object, name),
        "cookie" => Parameter::Cookie {
            style: cookie_style(object),
            parameter_data: data(object, name),
        },
        other if object.reader.takes_bodies && legacy::is_body(other) => {
            let path = object.path.key("in");
            let taken = "a part of the request body";
            object
                .reader
                .coerced(&path, "a location of Swagger 2.0", taken);
            return None;
        }
        other => {
            unknown_location(object, other);
            return None;
        }
    };
    Some(parameter)
}

fn query(object: &mut Object<'_, '_, '_, '_>, name: String) -> Parameter {
    let styles = [
        ("form", QueryStyle::Form),
        ("spaceDelimited", QueryStyle::SpaceDelimited),
        ("pipeDelimited", QueryStyle::PipeDelimited),
        ("deepObject", QueryStyle::DeepObject),
    ];
    Parameter::Query {
        allow_reserved: object.flag("allowReserved").unwrap_or_default(),
        style: style(object, &styles).unwrap_or_default(),
        allow_empty_value: object.flag("allowEmptyValue"),
        parameter_data: data(object, name),
    }
}

/// The whole query of OpenAPI 3.2, which is one parameter. A form is what the properties of an object in the
/// query are; of other media types the client knows no way to write one.
fn whole_query(object: &mut Object<'_, '_, '_, '_>, name: String) -> Option<Parameter> {
    let mut parameter_data = data(object, name);
    let content = match &mut parameter_data.format {
        ParameterSchemaOrContent::Content(content) => std::mem::take(content),
        ParameterSchemaOrContent::Schema(_) => IndexMap::new(),
    };
    let mut forms = content.into_iter().filter(|(name, _)| is_form(name));
    let Some((media_type, form)) = forms.next() else {
        let path = object.path.key("in");
        let location = object.reader.at_value(&path);
        let message = "the client writes a whole query as a form only: the parameter is left out";
        object.reader.push(
            Diagnostic::new(Code::UnsupportedMediaType, location, message)
                .help("describe it in the `content` of `application/x-www-form-urlencoded`"),
        );
        return None;
    };
    let content = object.path.key("content");
    let origin = content.key(&media_type);
    object
        .reader
        .moved(object.path, "schema", &origin.key("schema"));
    if !form.encoding.is_empty() {
        let reason = "is about fields of bodies, and the client writes a query without it";
        object.reader.ignored(&origin.key("encoding"), reason);
    }
    let schema = form.schema.unwrap_or(ReferenceOr::Item(anything()));
    parameter_data.format = ParameterSchemaOrContent::Schema(schema);
    parameter_data.explode = Some(true);
    Some(Parameter::Query {
        parameter_data,
        allow_reserved: false,
        style: QueryStyle::Form,
        allow_empty_value: None,
    })
}

/// The style of a cookie. `cookie`, of OpenAPI 3.2, differs from `form` in what it does not encode, which are
/// no characters of cookies either.
fn cookie_style(object: &mut Object<'_, '_, '_, '_>) -> CookieStyle {
    let styles = [("form", CookieStyle::Form), ("cookie", CookieStyle::Form)];
    style(object, &styles).unwrap_or_default()
}

/// A path parameter is always required, whether it says so or not.
fn path_parameter(object: &mut Object<'_, '_, '_, '_>, name: String) -> Parameter {
    let styles = [
        ("simple", PathStyle::Simple),
        ("label", PathStyle::Label),
        ("matrix", PathStyle::Matrix),
    ];
    let style = style(object, &styles).unwrap_or_default();
    let mut parameter_data = data(object, name);
    if !parameter_data.required {
        if object.map.contains_key("required") {
            let path = object.path.key("required");
            object
                .reader
                .coerced(&path, "`false` for a part of the path", "`true`");
        } else {
            object.assumed("required", "`true`");
        }
        parameter_data.required = true;
    }
    Parameter::Path {
        parameter_data,
        style,
    }
}

fn unknown_location(object: &mut Object<'_, '_, '_, '_>, found: &str) {
    let path = object.path.key("in");
    let help = match found {
        "body" | "formData" => "OpenAPI 3 describes bodies with `requestBody`",
        _ => "the locations are `query`, `header`, `path`, `cookie` and `querystring`",
    };
    let message = format!("a parameter cannot be in `{found}`");
    object.reader.invalid(&path, message, help.to_owned());
}

fn data(object: &mut Object<'_, '_, '_, '_>, name: String) -> ParameterData {
    // What only other locations know, or is read elsewhere, is no reason for a complaint.
    for key in ["in", "name", "style", "allowReserved", "allowEmptyValue"] {
        object.value(key);
    }
    ParameterData {
        name,
        description: object.text("description"),
        required: object.flag("required").unwrap_or_default(),
        deprecated: object.flag("deprecated"),
        explode: object.flag("explode"),
        format: schema_or_content(object),
        example: object.any("example"),
        examples: object.map("examples", example_or_reference),
        extensions: object.rest(),
    }
}

/// The `schema`, or the `content` that stands in its place.
pub(super) fn schema_or_content(object: &mut Object<'_, '_, '_, '_>) -> ParameterSchemaOrContent {
    let schema = object.item("schema", schema);
    let content = object.map("content", media_type);
    match schema {
        Some(schema) => ParameterSchemaOrContent::Schema(schema),
        None if !content.is_empty() => ParameterSchemaOrContent::Content(content),
        None => {
            if !object.map.contains_key("schema") {
                object.assumed("schema", "any value");
            }
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(anything()))
        }
    }
}

/// One of the styles that fit the location; the default one otherwise.
pub(super) fn style<S: Clone>(
    object: &mut Object<'_, '_, '_, '_>,
    styles: &[(&str, S)],
) -> Option<S> {
    let name = object.text("style")?;
    let found = styles.iter().find(|(style, _)| *style == name);
    if found.is_none() {
        let path = object.path.key("style");
        let names: Vec<_> = styles.iter().map(|(name, _)| format!("`{name}`")).collect();
        let reason = format!("has to be {} here", names.join(" or "));
        object.reader.ignored(&path, &reason);
    }
    found.map(|(_, style)| style.clone())
}
