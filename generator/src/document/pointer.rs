//! JSON pointers (RFC 6901).

use std::fmt;

use serde::Serialize;

/// A JSON pointer in its textual form.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Takes a text that is a pointer already, for example the fragment of a `$ref`, decoded.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The pointer to a component of a section, for example `schemas`.
    pub fn of_component(section: &str, name: &str) -> Self {
        const SECTIONS: &str = "/components";
        let length = SECTIONS.len() + 1 + section.len() + 1 + name.len();
        let mut text = String::with_capacity(length);
        text.push_str(SECTIONS);
        push_escaped(&mut text, section);
        push_escaped(&mut text, name);
        Self(text)
    }

    /// The pointer to a member or an item of what this one leads to.
    #[must_use]
    pub fn join(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + segment.len());
        text.push_str(&self.0);
        push_escaped(&mut text, segment);
        Self(text)
    }

    /// The segments, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The section and the name of the component to which this leads; nothing for what is within one, or
    /// elsewhere.
    pub(crate) fn component(&self) -> Option<(&str, String)> {
        let (section, name) = self.0.strip_prefix("/components/")?.split_once('/')?;
        (!name.contains('/')).then(|| (section, unescape(name)))
    }

    /// The pointer to what holds the place, and the last segment; nothing for the root.
    pub fn split_last(&self) -> Option<(Self, String)> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some((Self(parent.to_owned()), self.segments().last()?))
    }

    /// The textual form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn push_escaped(text: &mut String, segment: &str) {
    text.push('/');
    let mut rest = segment;
    let is_special = |byte| byte == b'~' || byte == b'/';
    while let Some(special) = rest.bytes().position(is_special) {
        let (plain, escaped) = rest.split_at(special);
        text.push_str(plain);
        text.push_str(if escaped.starts_with('~') { "~0" } else { "~1" });
        rest = &escaped[1..];
    }
    text.push_str(rest);
}

/// A segment as it is, without the escapes of a pointer's text.
pub(super) fn unescape(segment: &str) -> String {
    if !segment.contains('~') {
        return segment.to_owned();
    }
    segment.replace("~1", "/").replace("~0", "~")
}

/// The way from the root to a node, kept on the stack while a document is walked.
///
/// It costs nothing until a [`Pointer`] is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy, Default)]
enum Segment<'a> {
    #[default]
    Root,
    Key(&'a str),
    Index(usize),
    Prefix(&'a Pointer),
}

impl<'a> Path<'a> {
    /// The way to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Starts at a node other than the root.
    pub fn at(pointer: &'a Pointer) -> Self {
        Self {
            parent: None,
            segment: Segment::Prefix(pointer),
        }
    }

    /// The way to a member.
    #[must_use]
    pub fn key(&'a self, key: &'a str) -> Self {
        Self {
            parent: Some(self),
            segment: Segment::Key(key),
        }
    }

    /// The way to an item.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// The way as a pointer.
    pub fn to_pointer(self) -> Pointer {
        let mut text = String::with_capacity(self.length());
        self.write(&mut text);
        Pointer(text)
    }

    /// The last key or index; nothing for the root.
    pub fn last(&self) -> Option<String> {
        match self.segment {
            Segment::Root => None,
            Segment::Key(key) => Some(key.to_owned()),
            Segment::Index(index) => Some(index.to_string()),
            Segment::Prefix(pointer) => pointer.segments().last(),
        }
    }

    /// Whether it leads to the member of this name.
    pub fn ends_with(&self, name: &str) -> bool {
        match self.segment {
            Segment::Key(key) => key == name,
            Segment::Prefix(pointer) => pointer.segments().last().is_some_and(|last| last == name),
            Segment::Root | Segment::Index(_) => false,
        }
    }

    /// The key of the list to whose item it leads.
    pub fn list(&self) -> Option<String> {
        match self.segment {
            Segment::Index(_) => self.parent?.last(),
            _ => None,
        }
    }

    /// About how long the pointer is: a little more where keys have escapes, or lists many items.
    fn length(self) -> usize {
        let parent = self.parent.map_or(0, |parent| parent.length());
        let segment = match self.segment {
            Segment::Root => 0,
            Segment::Key(key) => 1 + key.len(),
            Segment::Index(_) => 3,
            Segment::Prefix(pointer) => pointer.as_str().len(),
        };
        parent + segment
    }

    fn write(self, text: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(text);
        }
        match self.segment {
            Segment::Root => {}
            Segment::Key(key) => push_escaped(text, key),
            Segment::Index(index) => push_escaped(text, &index.to_string()),
            Segment::Prefix(pointer) => text.push_str(pointer.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Pointer};

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let pointer = Pointer::root().join("paths").join("/a~b");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), ["paths", "/a~b"]);
    }

    #[test]
    fn a_component_is_found_by_its_section_and_name() {
        let pointer = Pointer::of_component("schemas", "a/b");
        let joined = ["components", "schemas", "a/b"];
        let joined = joined.iter().fold(Pointer::root(), |at, key| at.join(key));
        assert_eq!(pointer, joined);
        assert_eq!(pointer.component(), Some(("schemas", "a/b".to_owned())));
    }

    #[test]
    fn what_looks_like_an_escape_is_kept() {
        for segment in ["~1", "~01", "/~0", "~"] {
            let pointer = Pointer::root().join(segment);
            assert_eq!(pointer.segments().collect::<Vec<_>>(), [segment]);
        }
    }

    #[test]
    fn a_path_starts_at_the_root_or_at_a_pointer() {
        let start = Pointer::root().join("components");
        let root = Path::at(&start);
        let items = root.key("items");
        assert_eq!(items.index(3).to_pointer().as_str(), "/components/items/3");
        assert_eq!(Path::root().to_pointer(), Pointer::root());
    }
}
