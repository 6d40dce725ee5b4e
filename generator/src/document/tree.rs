//! A text as a tree whose nodes know where they stand.
//!
//! YAML is read through it. For JSON, which has a faster reader, it is built only to find positions.

use std::borrow::Cow;
use std::ops::Range;

/// Names a node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(pub(super) usize);

/// The nodes of a text.
#[derive(Debug, Default)]
pub(crate) struct Tree<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) root: Option<NodeId>,
    /// Given where spans count characters other than bytes.
    pub(super) offsets: Option<Offsets<'t>>,
}

/// A node and where it stands: in bytes, or in characters where the tree has [`Offsets`].
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind<'t>,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind<'t> {
    /// A value without parts.
    Scalar(Scalar<'t>),
    /// An array.
    Sequence(Vec<NodeId>),
    /// An object: its keys and values in the order of the text.
    Mapping(Vec<(NodeId, NodeId)>),
    /// A YAML alias and what it stands for.
    Alias(NodeId),
}

/// A value without parts.
#[derive(Debug)]
pub(crate) struct Scalar<'t> {
    /// The text, without quotes and with escapes replaced.
    pub(super) text: Cow<'t, str>,
    /// How it is to be understood.
    pub(super) notation: Notation,
}

/// How a scalar is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// Text, as quotes or a tag say.
    Text,
    /// Whatever it looks like.
    Plain,
}

/// Translates positions that count characters to bytes.
#[derive(Debug)]
pub(crate) struct Offsets<'t> {
    text: &'t str,
    /// The byte at which every [`Self::STEP`]th character starts.
    samples: Vec<usize>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    pub(super) fn new(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(offset, _)| offset);
        Self {
            text,
            samples: starts.step_by(Self::STEP).collect(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        let Some(sample) = self.samples.get(character / Self::STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(*sample..).unwrap_or_default();
        rest.char_indices()
            .nth(character % Self::STEP)
            .map_or(self.text.len(), |(offset, _)| sample + offset)
    }
}

/// Where a key and its value, or an item, stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The key; nothing for an item and for the root.
    pub(crate) key: Option<Range<usize>>,
    /// The value.
    pub(crate) value: Range<usize>,
}

impl<'t> Tree<'t> {
    pub(super) fn add(&mut self, span: Range<usize>, kind: Kind<'t>) -> NodeId {
        self.nodes.push(Node { span, kind });
        NodeId(self.nodes.len() - 1)
    }

    /// The node that an id names. Ids come from this tree only.
    pub(super) fn node(&self, id: NodeId) -> &Node<'t> {
        &self.nodes[id.0]
    }

    /// The bytes that hold a node.
    pub(super) fn span(&self, id: NodeId) -> Range<usize> {
        let span = &self.node(id).span;
        self.byte(span.start)..self.byte(span.end)
    }

    pub(super) fn byte(&self, offset: usize) -> usize {
        let offsets = self.offsets.as_ref();
        offsets.map_or(offset, |offsets| offsets.byte(offset))
    }

    /// What is left after following aliases.
    pub(super) fn resolved(&self, id: NodeId) -> &Node<'t> {
        let mut node = self.node(id);
        while let Kind::Alias(target) = node.kind {
            node = self.node(target);
        }
        node
    }

    /// Where a JSON pointer's segments lead, or the nearest place before it that exists.
    ///
    /// The second value tells whether it was found in full.
    pub(crate) fn locate(&self, segments: impl Iterator<Item = String>) -> Option<(Place, bool)> {
        let mut id = self.root?;
        let mut place = Place {
            key: None,
            value: self.span(id),
        };
        for segment in segments {
            let Some((key, child)) = self.child(id, &segment) else {
                return Some((place, false));
            };
            id = child;
            place = Place {
                key: key.map(|key| self.span(key)),
                value: self.span(child),
            };
        }
        Some((place, true))
    }

    /// The text of the scalar that a JSON pointer's segments lead to, as it is written.
    pub(crate) fn scalar(&self, segments: impl Iterator<Item = String>) -> Option<&str> {
        let mut id = self.root?;
        for segment in segments {
            id = self.child(id, &segment)?.1;
        }
        match &self.resolved(id).kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    fn child(&self, id: NodeId, segment: &str) -> Option<(Option<NodeId>, NodeId)> {
        match &self.resolved(id).kind {
            Kind::Sequence(items) => {
                let item = items.get(segment.parse::<usize>().ok()?)?;
                Some((None, *item))
            }
            Kind::Mapping(entries) => entries
                .iter()
                .find(|(key, _)| self.is_key(*key, segment))
                .map(|(key, value)| (Some(*key), *value))
                .or_else(|| self.merged_child(entries, segment)),
            Kind::Scalar(_) | Kind::Alias(_) => None,
        }
    }

    fn is_key(&self, key: NodeId, segment: &str) -> bool {
        matches!(&self.resolved(key).kind, Kind::Scalar(scalar) if scalar.text == segment)
    }

    /// Looks into what YAML's merge key `<<` brings.
    fn merged_child(
        &self,
        entries: &[(NodeId, NodeId)],
        segment: &str,
    ) -> Option<(Option<NodeId>, NodeId)> {
        let (_, merged) = entries.iter().find(|(key, _)| self.is_key(*key, "<<"))?;
        match &self.resolved(*merged).kind {
            Kind::Mapping(_) => self.child(*merged, segment),
            Kind::Sequence(items) => items.iter().find_map(|item| self.child(*item, segment)),
            Kind::Scalar(_) | Kind::Alias(_) => None,
        }
    }
}
