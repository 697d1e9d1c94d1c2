//! Members of an object, read in one step.

use super::{Entry, Node};

impl<'t> Node<'t> {
    /// Returns the text of a member, if it is a string.
    pub fn get_str(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// Returns true if a member is `true`.
    pub fn is_true(self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Returns the items of a member; none if it is absent or not an array.
    pub fn items_of(self, key: &str) -> impl DoubleEndedIterator<Item = Node<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(Node::items)
    }

    /// Returns the entries of a member; none if it is absent or not an object.
    pub fn entries_of(self, key: &str) -> impl DoubleEndedIterator<Item = Entry<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(Node::entries)
    }
}
