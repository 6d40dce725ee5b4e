//! Finds where JSON pointers lead in a text.

use std::collections::HashMap;
use std::ops::Range;

use super::tree::{Kind, NodeId, Tree};

/// Where a key and its value, or an item, stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The key; nothing for an item and for the root.
    pub(crate) key: Option<Range<usize>>,
    /// The value.
    pub(crate) value: Range<usize>,
}

/// A tree in which many places are looked up.
#[derive(Debug)]
pub(crate) struct Lookup<'t> {
    tree: Tree<'t>,
    /// The entries of large objects by the order of their keys, for those that were looked into.
    orders: HashMap<NodeId, Vec<usize>>,
}

/// A key, where there is one, and its value or the item.
type Child = (Option<NodeId>, NodeId);

impl<'t> Lookup<'t> {
    /// Objects of fewer entries are read from their start.
    const LARGE: usize = 32;

    pub(super) fn new(tree: Tree<'t>) -> Self {
        Self {
            tree,
            orders: HashMap::new(),
        }
    }

    /// Where a JSON pointer's segments lead, or the nearest place before it that exists.
    ///
    /// The second value tells whether it was found in full.
    pub(crate) fn locate(
        &mut self,
        segments: impl Iterator<Item = String>,
    ) -> Option<(Place, bool)> {
        let mut id = self.tree.root?;
        let mut place = Place {
            key: None,
            value: self.tree.span(id),
        };
        for segment in segments {
            let Some((key, child)) = self.child(id, &segment) else {
                return Some((place, false));
            };
            id = child;
            place = Place {
                key: key.map(|key| self.tree.span(key)),
                value: self.tree.span(child),
            };
        }
        Some((place, true))
    }

    /// The text of the scalar that a JSON pointer's segments lead to, as it is written.
    pub(crate) fn scalar(&mut self, segments: impl Iterator<Item = String>) -> Option<&str> {
        let mut id = self.tree.root?;
        for segment in segments {
            id = self.child(id, &segment)?.1;
        }
        self.tree.text(id)
    }

    fn child(&mut self, id: NodeId, segment: &str) -> Option<Child> {
        let id = self.tree.unaliased(id);
        match &self.tree.node(id).kind {
            Kind::Sequence(items) => {
                let item = items.get(segment.parse::<usize>().ok()?)?;
                Some((None, *item))
            }
            Kind::Mapping(_) => self
                .entry(id, segment)
                .map(|(key, value)| (Some(key), value))
                .or_else(|| self.merged_child(id, segment)),
            Kind::Scalar(_) | Kind::Alias(_) => None,
        }
    }

    /// The first entry of an object that has a key.
    fn entry(&mut self, object: NodeId, name: &str) -> Option<(NodeId, NodeId)> {
        let Self { tree, orders } = self;
        let Kind::Mapping(entries) = &tree.node(object).kind else {
            return None;
        };
        let key = |index: usize| entries.get(index).and_then(|(key, _)| tree.text(*key));
        if entries.len() < Self::LARGE {
            let index = (0..entries.len()).find(|index| key(*index) == Some(name))?;
            return entries.get(index).copied();
        }
        let order = orders.entry(object).or_insert_with(|| {
            let mut order: Vec<usize> = (0..entries.len()).collect();
            order.sort_by_key(|index| key(*index));
            order
        });
        let index = *order.get(order.partition_point(|index| key(*index) < Some(name)))?;
        entries
            .get(index)
            .copied()
            .filter(|_| key(index) == Some(name))
    }

    /// Looks into what YAML's merge key `<<` brings.
    fn merged_child(&mut self, object: NodeId, segment: &str) -> Option<Child> {
        let (_, merged) = self.entry(object, "<<")?;
        let merged = self.tree.unaliased(merged);
        let sources = match &self.tree.node(merged).kind {
            Kind::Mapping(_) => vec![merged],
            Kind::Sequence(items) => items.clone(),
            Kind::Scalar(_) | Kind::Alias(_) => return None,
        };
        sources
            .into_iter()
            .find_map(|source| self.child(source, segment))
    }
}
