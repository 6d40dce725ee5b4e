//! Multipart bodies.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::Serialize;
use zeroize::Zeroizing;

use super::call::with_body;
use super::escape::Escape;
use super::media_type;
use super::request_body::{Body, Content};
use super::style::add_pairs;
use super::value::{Tree, tree};
use super::wiped::WipedBuffer;
use super::{Call, Endpoint, FieldEncoding, FileUpload};

impl<E: Endpoint, M> Call<E, M> {
    /// Sets the body to the parts of a multipart form, files among them.
    pub fn multipart<T: Serialize + ?Sized>(
        self,
        media_type: &'static str,
        value: &T,
        encodings: &[(&str, FieldEncoding)],
    ) -> Self {
        let body = multipart(media_type, value, encodings);
        with_body(self, media_type, value, body)
    }
}

thread_local! {
    /// The files of the value that is being serialised; nothing outside of that.
    static FILES: RefCell<Option<Vec<FileUpload>>> = const { RefCell::new(None) };
}

/// The property that stands for a file in a serialised value. No document can name it.
const MARK: &str = "\0file";

/// Keeps a file while a form is being written, and gives what stands for it.
pub(super) fn collect(file: &FileUpload) -> Option<HashMap<&'static str, usize>> {
    FILES.with_borrow_mut(|files| {
        let files = files.as_mut()?;
        files.push(file.clone());
        Some(HashMap::from([(MARK, files.len() - 1)]))
    })
}

/// Serialises a value, its files apart.
fn tree_and_files<T: Serialize + ?Sized>(value: &T) -> Result<(Tree, Vec<FileUpload>), String> {
    let outer = FILES.replace(Some(Vec::new()));
    let tree = tree(value);
    let files = FILES.replace(outer);
    Ok((tree?, files.unwrap_or_default()))
}

/// A body of parts: one for each property, and one for each item of a list.
fn multipart<T: Serialize + ?Sized>(
    media_type: &str,
    value: &T,
    encodings: &[(&str, FieldEncoding)],
) -> Result<Body, String> {
    let (tree, files) = tree_and_files(value)?;
    let Tree::Object(members) = &tree else {
        return Err("only an object can be sent as parts".to_owned());
    };
    let mut writer = Writer {
        files: &files,
        boundary: format!("{:032x}", fastrand::u128(..)),
        text: WipedBuffer::default(),
        pieces: Vec::new(),
    };
    for (name, member) in members {
        let encoding = encodings.iter().find(|(known, _)| known == name);
        writer.field(name, member, encoding.map(|(_, encoding)| *encoding))?;
    }
    let media_type = format!("{media_type}; boundary={}", writer.boundary);
    Ok(Body::of(media_type, writer.finish()))
}

struct Writer<'f> {
    files: &'f [FileUpload],
    boundary: String,
    /// What follows the last piece.
    text: WipedBuffer,
    pieces: Vec<Content>,
}

impl Writer<'_> {
    fn field(
        &mut self,
        name: &str,
        value: &Tree,
        encoding: Option<FieldEncoding>,
    ) -> Result<(), String> {
        let content_type = match encoding {
            Some(FieldEncoding::Style(style)) => {
                let mut pairs = Vec::new();
                add_pairs(name, value, style, Escape::Nothing, &mut pairs);
                for (name, text) in pairs {
                    let text = Zeroizing::new(text);
                    self.part(&name, None, &text);
                }
                return Ok(());
            }
            Some(FieldEncoding::ContentType(content_type)) => Some(content_type),
            None => None,
        };
        match value {
            Tree::Null => {}
            Tree::List(items) if !content_type.is_some_and(is_json) => {
                for item in items {
                    self.field(name, item, encoding)?;
                }
            }
            value => match self.file_of(value) {
                Some(file) => self.file(name, file, content_type),
                None if holds_file(value) => {
                    return Err(format!("the field `{name}` holds a file within an object"));
                }
                None => {
                    let is_composite = matches!(value, Tree::List(_) | Tree::Object(_));
                    let content_type = content_type.or(is_composite.then_some("application/json"));
                    let text = Zeroizing::new(if content_type.is_some_and(is_json) {
                        value.json()
                    } else {
                        value.text().unwrap_or_default()
                    });
                    self.part(name, content_type, &text);
                }
            },
        }
        Ok(())
    }

    fn file_of(&self, value: &Tree) -> Option<FileUpload> {
        let index = mark(value)?.parse::<usize>().ok()?;
        self.files.get(index).cloned()
    }

    fn file(&mut self, name: &str, file: FileUpload, content_type: Option<&str>) {
        let (content, file_name, own_type) = file.into_parts();
        let file_name = file_name.unwrap_or_else(|| name.to_owned());
        let content_type = own_type.as_deref().or(content_type);
        let content_type = content_type.unwrap_or("application/octet-stream");
        self.head(name, Some(&file_name), Some(content_type));
        let head = std::mem::take(&mut self.text);
        self.pieces.push(Content::Bytes(head.into_bytes()));
        self.pieces.push(content);
        self.text.push("\r\n");
    }

    fn part(&mut self, name: &str, content_type: Option<&str>, text: &str) {
        self.head(name, None, content_type);
        self.text.push(text);
        self.text.push("\r\n");
    }

    fn head(&mut self, name: &str, file_name: Option<&str>, content_type: Option<&str>) {
        let lines = [
            Some(format!("--{}", self.boundary)),
            Some(match file_name {
                Some(file_name) => format!(
                    "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"",
                    quoted(name),
                    quoted(file_name)
                ),
                None => format!("Content-Disposition: form-data; name=\"{}\"", quoted(name)),
            }),
            content_type.map(|media_type| format!("Content-Type: {}", one_line(media_type))),
        ];
        for line in lines.into_iter().flatten() {
            self.text.push(&line);
            self.text.push("\r\n");
        }
        self.text.push("\r\n");
    }

    fn finish(mut self) -> Vec<Content> {
        let end = format!("--{}--\r\n", self.boundary);
        self.text.push(&end);
        self.pieces.push(Content::Bytes(self.text.into_bytes()));
        self.pieces
    }
}

/// What stands for a file.
fn mark(value: &Tree) -> Option<&str> {
    match value {
        Tree::Object(members) => match members.as_slice() {
            [(name, Tree::Literal(index))] if name == MARK => Some(index),
            _ => None,
        },
        _ => None,
    }
}

fn holds_file(value: &Tree) -> bool {
    mark(value).is_some()
        || match value {
            Tree::List(items) => items.iter().any(holds_file),
            Tree::Object(members) => members.iter().any(|(_, value)| holds_file(value)),
            _ => false,
        }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    media_type::is_json(essence.trim())
}

/// A name within quotes, as browsers write it.
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A line break would start another header.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}
