//! Where parts stand that the stages before have moved.

use std::collections::HashMap;

use super::pointer::Pointer;
use super::source::FileId;

/// A file and a pointer into it.
pub(super) type Origin = (FileId, Pointer);

/// What stands elsewhere than its pointer says.
///
/// A pointer is followed segment by segment from the root. Wherever a move is known for the way so
/// far, the rest is looked for where it leads. So a move is entered once, for the part that was
/// moved, and whatever is within the part comes with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Moves(HashMap<Origin, Origin>);

impl Moves {
    /// The place that a pointer means.
    pub(super) fn origin(&self, file: FileId, pointer: &Pointer) -> Origin {
        if self.0.is_empty() {
            return (file, pointer.clone());
        }
        let root = (file, Pointer::root());
        pointer
            .segments()
            .fold(root, |place, segment| self.member(&place, &segment))
    }

    /// The place of a member or an item of what stands at a place.
    pub(super) fn member(&self, (file, parent): &Origin, segment: &str) -> Origin {
        let place = (*file, parent.join(segment));
        self.0.get(&place).cloned().unwrap_or(place)
    }

    /// Enters where a member or an item of what stands at a place comes from.
    pub(super) fn insert(&mut self, (file, parent): &Origin, segment: &str, origin: Origin) {
        self.insert_at((*file, parent.join(segment)), origin);
    }

    /// Enters where what stands at a place comes from.
    pub(super) fn insert_at(&mut self, place: Origin, origin: Origin) {
        if place == origin {
            self.0.remove(&place);
        } else {
            self.0.insert(place, origin);
        }
    }

    /// An item goes to the beginning of a list that had a number of items so far.
    pub(super) fn insert_first(&mut self, list: &Origin, length: usize, origin: Origin) {
        for index in (0..length).rev() {
            let before = self.member(list, &index.to_string());
            self.insert(list, &(index + 1).to_string(), before);
        }
        self.insert(list, "0", origin);
    }

    /// An item leaves a list that had a number of items so far; those behind it move up.
    pub(super) fn remove_item(&mut self, list: &Origin, removed: usize, length: usize) {
        for index in removed + 1..length {
            let origin = self.member(list, &index.to_string());
            self.insert(list, &(index - 1).to_string(), origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moves;
    use crate::document::{Pointer, Sources};

    #[test]
    fn what_is_within_a_moved_part_comes_with_it() {
        let mut sources = Sources::default();
        let (main, other) = (sources.add("main", ""), sources.add("other", ""));
        let mut moves = Moves::default();
        let at = Pointer::from_text;
        moves.insert(&(main, at("/a")), "b", (other, at("/x")));
        moves.insert(&(other, at("/x")), "0", (other, at("/x/1")));
        assert_eq!(moves.origin(main, &at("/a")), (main, at("/a")));
        assert_eq!(moves.origin(main, &at("/a/b/c")), (other, at("/x/c")));
        assert_eq!(moves.origin(main, &at("/a/b/0/d")), (other, at("/x/1/d")));
    }

    #[test]
    fn items_move_up_and_down() {
        let mut sources = Sources::default();
        let file = sources.add("main", "");
        let list = Pointer::from_text("/list");
        let item = |index: usize| list.join(&index.to_string());
        let place = (file, list.clone());
        let mut moves = Moves::default();
        moves.remove_item(&place, 1, 4);
        assert_eq!(moves.origin(file, &item(0)), (file, item(0)));
        assert_eq!(moves.origin(file, &item(1)), (file, item(2)));
        assert_eq!(moves.origin(file, &item(2)), (file, item(3)));
        moves.insert_first(&place, 3, (file, Pointer::from_text("/first")));
        assert_eq!(
            moves.origin(file, &item(0)),
            (file, Pointer::from_text("/first"))
        );
        assert_eq!(moves.origin(file, &item(1)), (file, item(0)));
        assert_eq!(moves.origin(file, &item(3)), (file, item(3)));
    }
}
