//! Request bodies.

use openapiv3::{Encoding, MediaType, OpenAPI, QueryStyle, ReferenceOr, RequestBody, Schema};
use serde_json::Value;

use super::contents::{
    content_type, is_binary_schema, is_text_schema, is_value_in_text, may_hold_file, requires_file,
    says_nothing, unsupported,
};
use super::names::{type_name, value_name};
use super::schemas::Schemas;
use super::source::Located;
use super::usage::View;
use crate::document::Pointer;
use crate::ir::{
    Body, BodyEncoding, Constraints, Docs, FieldEncoding, FormField, Shape, Style, TypeRef,
};
use crate::media_types::{
    essence, is_form, is_json, is_opaque, is_patch, is_plain_text, is_text, is_xml, preference,
};

/// The bodies of an operation, the preferred one first. A media type that would send the same value
/// in another spelling is left out, unless it alone can carry the files in it. Texts in different languages
/// are different values.
pub(super) fn request_bodies<'a>(
    schemas: &mut Schemas<'a, '_>,
    body: &Located<'a, RequestBody>,
    operation_name: &str,
) -> Vec<Body> {
    let (content, only_form) = by_preference(&schemas.document.openapi, body);
    let mut bodies: Vec<Body> = Vec::new();
    let mut described: Vec<&MediaType> = Vec::new();
    let mut seen: Vec<(BodyEncoding, &str, &MediaType)> = Vec::new();
    for (encoding, name, media_type) in content {
        let written_in = match encoding {
            BodyEncoding::Text => language(concrete(encoding, name)),
            _ => "",
        };
        let spelling = (encoding, written_in, media_type);
        if seen.contains(&spelling) && !is_patch(name) {
            continue;
        }
        let is_repeated = seen
            .iter()
            .any(|(_, _, known)| known.schema == media_type.schema);
        seen.push(spelling);
        let offer = {
            let usual = usual(encoding, &bodies);
            let word = usual.map(|usual| type_name(&suffix(encoding, name, usual)));
            let suffix = word.unwrap_or_default() + "Body";
            let own_offer = || format!("{operation_name}{suffix}");
            body.shared_name(&suffix).unwrap_or_else(own_offer)
        };
        let place = body.pointer.join("content").join(name);
        let head = head(body.value, name, encoding, &place);
        let known = bodies.iter().zip(described.iter().copied());
        let value = match type_of_twin(schemas, encoding, media_type, known) {
            Some(value) => value,
            None => body_type(schemas, media_type, &place, &head, &offer),
        };
        let one = one_body(schemas, media_type, &place, head, value);
        if is_repeated && one.type_ref == TypeRef::FormParts {
            continue;
        }
        if is_no_object(&one) && !bodies.is_empty() {
            let message = format!("only an object can be sent as `{name}`: it is left out");
            unsupported(schemas, place, &message);
            continue;
        }
        if bodies.iter().all(|known| says_more(schemas, known, &one)) {
            report(schemas, &one, &place);
            bodies.push(one);
            described.push(media_type);
        } else if is_unfit(encoding, media_type, only_form) {
            let message =
                format!("`{name}` cannot carry the file that is required: it is left out");
            unsupported(schemas, place, &message);
        } else if bodies.iter().any(|known| is_lost(known, &one)) {
            let message = format!(
                "another media type is sent in place of `{name}`, which is written in the same way and \
                 describes another value"
            );
            unsupported(schemas, place, &message);
        }
    }
    bodies
}

/// A media type, and how the client writes it.
type Content<'a> = (BodyEncoding, &'a String, &'a MediaType);

/// The media types of a body, the preferred one first, and the schema of a form that alone can carry the files
/// in it.
fn by_preference<'a>(
    openapi: &OpenAPI,
    body: &Located<'a, RequestBody>,
) -> (Vec<Content<'a>>, Option<&'a ReferenceOr<Schema>>) {
    let content = &body.value.content;
    let is_like_json = |media_type: &MediaType| {
        let mut json = content.iter().filter(|(name, _)| is_json(name));
        json.all(|(_, json)| json.schema == media_type.schema)
    };
    let content = content.iter().map(|(name, media_type)| {
        let is_value = || is_value_in_text(openapi, name, media_type) && is_like_json(media_type);
        let encoding = match encoding(openapi, name, media_type) {
            // A value that is no text is spelled as JSON in one.
            BodyEncoding::Text if is_value() => BodyEncoding::Json,
            encoding => encoding,
        };
        (encoding, name, media_type)
    });
    let mut content: Vec<Content<'a>> = content.collect();
    let only_form = content
        .iter()
        .find(|(encoding, _, media_type)| {
            *encoding == BodyEncoding::Multipart && requires_file(openapi, media_type)
        })
        .and_then(|(_, _, media_type)| media_type.schema.as_ref());
    content.sort_by_key(|(encoding, name, media_type)| {
        let is_unfit = is_unfit(*encoding, media_type, only_form);
        // Bytes are JSON only where they can be nothing else, and a text only where nothing else is.
        let is_mislabelled = (*encoding == BodyEncoding::Json) != is_json(name);
        // Plain text is what most callers have.
        let is_special = *encoding == BodyEncoding::Text && !is_plain_text(name);
        let order = (rank(*encoding), is_mislabelled, is_special);
        (is_unfit, order, preference(name))
    });
    (content, only_form)
}

/// Whether a media type holds the very same file as a form that alone can carry it, in another way.
fn is_unfit(
    encoding: BodyEncoding,
    media_type: &MediaType,
    only_form: Option<&ReferenceOr<Schema>>,
) -> bool {
    encoding != BodyEncoding::Multipart
        && only_form.is_some()
        && media_type.schema.as_ref() == only_form
}

/// Whether a body that says no more than one which is known describes another value all the same.
fn is_lost(known: &Body, one: &Body) -> bool {
    let differ = known.type_ref != one.type_ref || is_no_object(known) || is_no_object(one);
    known.encoding == one.encoding && differ
}

/// Whether a body says something that one which is known cannot.
fn says_more(schemas: &Schemas<'_, '_>, known: &Body, one: &Body) -> bool {
    match (known.encoding, one.encoding) {
        (BodyEncoding::Json, BodyEncoding::Json) => {
            let differs = known.type_ref != one.type_ref
                || is_patch(&known.media_type) && is_patch(&one.media_type);
            differs && known.media_type != one.media_type
        }
        (BodyEncoding::Text, BodyEncoding::Text) => {
            language(&known.media_type) != language(&one.media_type)
        }
        (known_encoding, encoding) if known_encoding == encoding => false,
        (_, BodyEncoding::Multipart) if holds_file(schemas, &one.type_ref) => true,
        _ => known.type_ref != one.type_ref,
    }
}

/// The order of preference.
fn rank(encoding: BodyEncoding) -> usize {
    match encoding {
        BodyEncoding::Json => 0,
        BodyEncoding::Form => 1,
        BodyEncoding::Multipart => 2,
        BodyEncoding::Text => 3,
        BodyEncoding::Bytes => 4,
    }
}

fn encoding(openapi: &OpenAPI, name: &str, media_type: &MediaType) -> BodyEncoding {
    let is_any = essence(name) == "*/*";
    if is_form(name) {
        BodyEncoding::Form
    } else if is_multipart(name) {
        BodyEncoding::Multipart
    } else if is_binary_schema(openapi, media_type)
        || is_any && (says_nothing(media_type) || is_text_schema(openapi, media_type))
    {
        // A lone text or nothing under any media type is a file, as answers have it, too.
        BodyEncoding::Bytes
    } else if is_json(name) {
        BodyEncoding::Json
    } else if is_text(name) || is_xml(name) {
        BodyEncoding::Text
    } else {
        BodyEncoding::Bytes
    }
}

pub(super) fn is_multipart(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.starts_with("multipart/")
}

/// What is sent for a media type, which may stand for many.
fn concrete(encoding: BodyEncoding, media_type: &str) -> &str {
    if !media_type.contains('*') {
        return media_type;
    }
    match encoding {
        BodyEncoding::Json => "application/json",
        BodyEncoding::Form => media_type,
        BodyEncoding::Multipart => "multipart/form-data",
        BodyEncoding::Text => "text/plain",
        BodyEncoding::Bytes => "application/octet-stream",
    }
}

/// What a text is written in: a caller's text in one of them is none in another, though both are texts.
fn language(media_type: &str) -> &str {
    if is_xml(media_type) {
        "xml"
    } else {
        essence(media_type)
    }
}

/// The words for the methods of all bodies but the first.
pub(super) fn suffixes<'b>(bodies: impl Iterator<Item = &'b Body>) -> Vec<String> {
    let mut words = Vec::new();
    let mut known: Vec<&Body> = Vec::new();
    for body in bodies {
        let usual = usual(body.encoding, known.iter().copied());
        words.extend(usual.map(|usual| suffix(body.encoding, &body.media_type, usual)));
        known.push(body);
    }
    words
}

/// What a body has to be told from: the first that is written alike, or else the first of all.
fn usual<'b>(
    encoding: BodyEncoding,
    known: impl IntoIterator<Item = &'b Body, IntoIter: Clone>,
) -> Option<&'b Body> {
    let mut known = known.into_iter();
    let mut alike = known.clone().filter(|known| known.encoding == encoding);
    alike.next().or_else(|| known.next())
}

/// The words that tell the method of a body from that of the usual one.
fn suffix(encoding: BodyEncoding, media_type: &str, usual: &Body) -> String {
    let word = match encoding {
        BodyEncoding::Json | BodyEncoding::Text if usual.encoding == encoding => {
            let subtype = essence(concrete(encoding, media_type));
            let subtype = subtype.rsplit('/').next().unwrap_or_default();
            subtype.strip_suffix("+json").unwrap_or(subtype)
        }
        BodyEncoding::Json => "json",
        BodyEncoding::Form => "form",
        BodyEncoding::Multipart => "multipart",
        BodyEncoding::Text => "text",
        BodyEncoding::Bytes => "file",
    };
    value_name(word)
}

/// A body without what its schema says.
fn head(body: &RequestBody, name: &str, encoding: BodyEncoding, place: &Pointer) -> Body {
    let description = body.description.as_deref().unwrap_or_default();
    Body {
        required: body.required,
        docs: Docs {
            text: description.trim().to_owned(),
            deprecated: false,
        },
        media_type: concrete(encoding, name).to_owned(),
        encoding,
        type_ref: TypeRef::Bytes,
        constraints: Constraints::default(),
        pointer: place.as_str().to_owned(),
        fields: Vec::new(),
    }
}

/// The type of a body that is known and has the very same schema. Parts are of another one where the schema may
/// hold files, which only they can carry as such, and where it does not name them.
fn type_of_twin<'b>(
    schemas: &Schemas<'_, '_>,
    encoding: BodyEncoding,
    media_type: &MediaType,
    mut known: impl Iterator<Item = (&'b Body, &'b MediaType)>,
) -> Option<(TypeRef, Constraints)> {
    let has_parts = encoding == BodyEncoding::Multipart;
    let is_structured = |encoding| !matches!(encoding, BodyEncoding::Text | BodyEncoding::Bytes);
    if !is_structured(encoding)
        || media_type.schema.is_none()
        || has_parts && may_hold_file(&schemas.document.openapi, media_type)
    {
        return None;
    }
    let (twin, _) = known.find(|(body, described)| {
        is_structured(body.encoding) && described.schema == media_type.schema
    })?;
    let fits = !has_parts || names_parts(schemas, &twin.type_ref);
    fits.then(|| (twin.type_ref.clone(), twin.constraints.clone()))
}

fn one_body(
    schemas: &mut Schemas<'_, '_>,
    media_type: &MediaType,
    place: &Pointer,
    head: Body,
    (type_ref, constraints): (TypeRef, Constraints),
) -> Body {
    if matches!(head.encoding, BodyEncoding::Form | BodyEncoding::Multipart)
        && !may_be_object(schemas, &type_ref)
    {
        return Body {
            encoding: BodyEncoding::Bytes,
            type_ref: TypeRef::Bytes,
            ..head
        };
    }
    if head.encoding == BodyEncoding::Multipart {
        report_part_headers(schemas, media_type, place);
    }
    let fields = match head.encoding {
        BodyEncoding::Form | BodyEncoding::Multipart => media_type
            .encoding
            .iter()
            .filter_map(|(name, encoding)| {
                Some(FormField {
                    name: name.clone(),
                    encoding: field_encoding(encoding, head.encoding)?,
                })
            })
            .collect(),
        _ => Vec::new(),
    };
    Body {
        fields,
        type_ref,
        constraints,
        ..head
    }
}

fn body_type<'a>(
    schemas: &mut Schemas<'a, '_>,
    media_type: &'a MediaType,
    place: &Pointer,
    head: &Body,
    offer: &str,
) -> (TypeRef, Constraints) {
    let (type_ref, constraints) = match head.encoding {
        BodyEncoding::Json | BodyEncoding::Form => {
            content_type(schemas, media_type, place, View::Request, offer)
        }
        BodyEncoding::Multipart => schemas
            .with_files(|schemas| content_type(schemas, media_type, place, View::Request, offer)),
        BodyEncoding::Text => (TypeRef::String, Constraints::default()),
        BodyEncoding::Bytes => (TypeRef::Bytes, Constraints::default()),
    };
    let type_ref = match type_ref {
        // Whoever has nothing to send leaves it out.
        TypeRef::Nullable(inner) if !head.required => *inner,
        type_ref => type_ref,
    };
    let is_form_data = essence(&head.media_type).eq_ignore_ascii_case("multipart/form-data");
    if is_form_data && !names_parts(schemas, &type_ref) {
        return (TypeRef::FormParts, Constraints::default());
    }
    (type_ref, constraints)
}

/// How a field is written, where the document says it. A style comes before a media type, as the
/// specification has it; a media type of several, or one of a file that names its own, says nothing.
fn field_encoding(encoding: &Encoding, body: BodyEncoding) -> Option<FieldEncoding> {
    let explode = encoding.extensions.get("explode").and_then(Value::as_bool);
    if encoding.style.is_some() || explode.is_some() {
        let style = encoding.style.clone().unwrap_or_default();
        let explode = explode.unwrap_or(style == QueryStyle::Form);
        return Some(FieldEncoding::Style(match style {
            QueryStyle::DeepObject => Style::DeepObject,
            _ if explode => Style::FormExploded,
            QueryStyle::Form => Style::Form,
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
        }));
    }
    let media_type = encoding.content_type.as_deref()?;
    match body {
        BodyEncoding::Form => is_json(media_type).then_some(FieldEncoding::Style(Style::Json)),
        _ if media_type.contains([',', '*']) => None,
        _ => Some(FieldEncoding::ContentType(media_type.to_owned())),
    }
}

fn report_part_headers(schemas: &mut Schemas<'_, '_>, media_type: &MediaType, place: &Pointer) {
    for (name, encoding) in &media_type.encoding {
        if encoding.headers.is_empty() {
            continue;
        }
        let place = place.join("encoding").join(name).join("headers");
        let message = format!("the headers of the part `{name}` are not sent");
        unsupported(schemas, place, &message);
    }
}

/// A form whose value has no names: the caller gives its bytes.
fn is_no_object(body: &Body) -> bool {
    let is_form = is_form(&body.media_type) || is_multipart(&body.media_type);
    is_form && body.encoding == BodyEncoding::Bytes
}

/// Whether a schema says anything on the parts of a form.
fn names_parts(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> bool {
    match type_ref {
        TypeRef::Map(value) => **value != TypeRef::Any,
        TypeRef::Nullable(inner) => names_parts(schemas, inner),
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::Alias(alias)) => names_parts(schemas, &alias.target),
            _ => may_be_object(schemas, type_ref),
        },
        _ => false,
    }
}

/// Whether a value has names and values, as all forms are made of.
fn may_be_object(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> bool {
    match type_ref {
        TypeRef::Any | TypeRef::Map(_) | TypeRef::FormParts => true,
        TypeRef::Nullable(inner) => may_be_object(schemas, inner),
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::Alias(alias)) => may_be_object(schemas, &alias.target),
            Some(Shape::StringEnum(_) | Shape::ValueEnum(_)) => false,
            _ => true,
        },
        _ => false,
    }
}

fn holds_file(schemas: &Schemas<'_, '_>, type_ref: &TypeRef) -> bool {
    let is_file = |type_ref: &TypeRef| match type_ref {
        TypeRef::File => true,
        TypeRef::List(item) => **item == TypeRef::File,
        _ => false,
    };
    match type_ref {
        TypeRef::Named(name) => match schemas.shape_named(name) {
            Some(Shape::Struct(structure)) => structure
                .fields
                .iter()
                .any(|field| is_file(&field.type_ref)),
            _ => false,
        },
        _ => false,
    }
}

fn report(schemas: &mut Schemas<'_, '_>, body: &Body, place: &Pointer) {
    let name = &body.media_type;
    let message = match body.encoding {
        BodyEncoding::Text if is_xml(name) => {
            format!("the client cannot write `{name}`: the caller gives the text of the body")
        }
        BodyEncoding::Bytes if is_form(name) || is_multipart(name) => {
            format!(
                "only an object can be sent as `{name}`: the caller gives the bytes of the body"
            )
        }
        BodyEncoding::Bytes if !is_opaque(name) => {
            format!("the client cannot encode `{name}`: the caller gives the bytes of the body")
        }
        _ => return,
    };
    unsupported(schemas, place.clone(), &message);
}
