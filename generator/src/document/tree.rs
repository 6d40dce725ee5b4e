//! A text as a tree whose nodes know where they stand.
//!
//! YAML is read through it. For JSON, which has a faster reader, it is built only to find positions.

use std::borrow::Cow;
use std::ops::Range;

/// Names a node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        self.node(self.unaliased(id))
    }

    /// What names that node.
    pub(super) fn unaliased(&self, mut id: NodeId) -> NodeId {
        while let Kind::Alias(target) = self.node(id).kind {
            id = target;
        }
        id
    }

    /// The text of a scalar, or of the one that an alias stands for.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.resolved(id).kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }
}
