//! What other operations do on the path of one, and on those around it.

use std::collections::{HashMap, HashSet};

use super::has_telling_id;
use super::paths::{Facts, Others, Post, SEPARATORS, is_template, resource_path};
use crate::ir::HttpMethod;
use crate::lower::source::OperationSource;

/// The paths of some operations, without the names of their parameters: a document may call one ID `{id}` and
/// `{book}`.
pub(super) struct Neighbours<'g> {
    /// Methods of operations on one member of a collection, with the collection's path.
    on_members: HashSet<(&'g HttpMethod, String)>,
    /// The paths of these collections.
    collections: HashSet<String>,
    /// The paths of what takes a `POST`.
    posted: HashSet<String>,
    /// How many operations there are on a path.
    on_path: HashMap<String, usize>,
    /// Every operation is a `POST`: they are remote calls, of which the method says nothing.
    pub(super) are_remote: bool,
}

impl<'g> Neighbours<'g> {
    pub(super) fn of<'a: 'g>(sources: impl Iterator<Item = &'g OperationSource<'a>>) -> Self {
        let mut neighbours = Self {
            on_members: HashSet::new(),
            collections: HashSet::new(),
            posted: HashSet::new(),
            on_path: HashMap::new(),
            are_remote: false,
        };
        let (mut count, mut posts) = (0, 0);
        for source in sources {
            count += 1;
            *neighbours.on_path.entry(place(source.path)).or_default() += 1;
            if let Some(path) = collection(source) {
                neighbours.collections.insert(path.clone());
                neighbours.on_members.insert((&source.method, path));
            }
            if source.method == HttpMethod::Post {
                posts += 1;
                neighbours.posted.insert(place(resource_path(source.path)));
            }
        }
        neighbours.are_remote = count > 2 && posts == count;
        neighbours
    }

    pub(super) fn facts<'f, 'a>(
        &self,
        source: &'f OperationSource<'a>,
        id: Option<&'f str>,
        answers_list: bool,
    ) -> Facts<'f, 'a> {
        let collection = collection(source);
        let others = Others {
            on_path: self.on_path.get(&place(source.path)) != Some(&1),
            on_members: self.is_collection(source),
            on_collection: collection
                .as_ref()
                .is_some_and(|path| self.on_path.contains_key(path)),
        };
        let is_created = collection.is_some_and(|path| self.posted.contains(&path));
        let post = if self.are_remote {
            Post::Calls
        } else if is_created && others.on_path && !has_telling_id(source) {
            Post::Updates
        } else {
            Post::Creates
        };
        Facts {
            source,
            id,
            answers_list,
            others,
            post,
        }
    }

    /// Another operation does with one member what this one does with its path.
    pub(super) fn acts_on_members(&self, source: &OperationSource<'_>) -> bool {
        self.on_members
            .contains(&(&source.method, place(resource_path(source.path))))
    }

    fn is_collection(&self, source: &OperationSource<'_>) -> bool {
        self.collections
            .contains(&place(resource_path(source.path)))
    }
}

/// The path of a collection, where an operation acts on one of its members.
pub(super) fn collection(source: &OperationSource<'_>) -> Option<String> {
    let (collection, member) = resource_path(source.path).rsplit_once(SEPARATORS)?;
    is_template(member).then(|| place(collection))
}

/// A path without the names of its parameters.
pub(in crate::lower) fn place(path: &str) -> String {
    let mut parts = path.split('{');
    let mut place = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, behind) = part.split_once('}').unwrap_or_default();
        place.push_str("{}");
        place.push_str(behind);
    }
    place
}
