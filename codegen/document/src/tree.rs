//! A YAML or JSON document as a tree of nodes with locations.
//!
//! The tree is lossless: it contains duplicate keys, and each scalar keeps its text and its style. It is at most
//! [`MAX_DEPTH`] levels deep, even through aliases, so callers can recurse.

mod build;
mod input;
mod members;
mod node;
mod numerals;
mod resolutions;
mod scalar;
mod value;

use std::{collections::HashSet, iter, ops::Range};

use serde::{Deserialize, Serialize};

pub(crate) use build::MAX_EXPANSION;
pub use build::{ParseError, ParseErrorKind};
pub(crate) use input::Replacement;
pub(crate) use members::json_with;
pub use node::{Entry, Node};
pub use resolutions::Resolution;
pub use scalar::{Scalar, Size, Style};
pub use value::Value;
pub(crate) use value::split_radix;

/// The maximum nesting depth of collections, which keeps recursive functions from overflowing the stack.
pub const MAX_DEPTH: usize = 100;

/// The first document of a YAML stream.
#[derive(Deserialize, Serialize)]
pub struct Tree {
    text: String,
    replacements: Vec<Replacement>,
    nodes: Vec<Data>,
    anchored: Vec<NodeId>,
    aliases: Vec<NodeId>,
    second_document: Option<Range<usize>>,
}

/// The ID of a node within its tree, for use in sets and maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
pub struct NodeId(usize);

#[derive(Deserialize, Serialize)]
struct Data {
    content: Content,
    step: Step,
    parent: NodeId,
    span: Range<usize>,
    tag: Option<Box<str>>,
}

/// The step from a node's parent to the node.
#[derive(Clone, Copy, Deserialize, Serialize)]
enum Step {
    Root,
    Key,
    /// The node is the value of this key.
    Value(NodeId),
    Item(usize),
}

#[derive(Deserialize, Serialize)]
enum Content {
    Scalar(Scalar),
    Mapping(Mapping),
    Sequence(Vec<NodeId>),
    Alias(NodeId),
}

#[derive(Default, Deserialize, Serialize)]
struct Mapping {
    /// The key and the value of each entry, in document order.
    entries: Vec<(NodeId, NodeId)>,
    /// The indices of the entries with a scalar key, sorted by the text of the key; duplicates are in document order.
    ///
    /// A sorted list needs one allocation per mapping. A hash map would copy every key.
    by_key: Vec<usize>,
    has_duplicate_keys: bool,
}

impl Tree {
    /// Parses the first document of a stream. Returns `None` if the stream is empty.
    pub fn parse(text: &str) -> Result<Option<Self>, ParseError> {
        build::tree(text, &[])
    }

    /// Parses a text in which some characters are replaced. Spans refer to the original text.
    pub(crate) fn parse_with(
        text: &str,
        replacements: &[Replacement],
    ) -> Result<Option<Self>, ParseError> {
        build::tree(text, replacements)
    }

    /// Serializes the tree for another process, because deserializing it is much faster than parsing the text again.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("writing to a vector cannot fail")
    }

    /// Deserializes a tree from the bytes that [`to_bytes`](Self::to_bytes) returns.
    ///
    /// Any other bytes can result in a tree whose nodes refer to nodes that do not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a serialized tree.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// Returns the characters that were replaced before the text was parsed.
    pub(crate) fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Returns the original text of the whole stream.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the root node.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId(0))
    }

    /// Returns every node in document order, including keys but not aliases.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|id| self.node(NodeId(id))).filter(|node| !node.is_alias())
    }

    /// Returns the number of nodes, including keys and aliases.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// Returns the nodes with an anchor, such as `&name`, that no alias refers to.
    pub fn unused_anchors(&self) -> impl Iterator<Item = Node<'_>> {
        let used: HashSet<NodeId> = self.aliases().filter_map(Node::alias_target).collect();
        let unused = self.anchored.iter().filter(move |id| !used.contains(id));
        unused.map(|id| self.node(*id))
    }

    /// Returns the aliases, such as `*name`, as nodes. All other methods return their targets instead.
    pub fn aliases(&self) -> impl Iterator<Item = Node<'_>> {
        self.aliases.iter().map(|id| self.node(*id))
    }

    /// Returns the span of the marker that begins a second document in the stream.
    pub fn second_document(&self) -> Option<Range<usize>> {
        self.second_document.clone()
    }

    /// Returns the span of the last visible character before an offset, such as the dash of an empty item.
    fn visible_before(&self, offset: usize) -> Range<usize> {
        let before = self.text[..offset].trim_end();
        match before.char_indices().next_back() {
            Some((start, char)) => start..start + char.len_utf8(),
            None => 0..self.text.chars().next().map_or(0, char::len_utf8),
        }
    }

    /// Returns the node at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<Node<'_>> {
        self.root().at(pointer)
    }

    /// Returns the node at a JSON pointer, or else its nearest ancestor.
    pub fn nearest(&self, pointer: &str) -> Option<Node<'_>> {
        let mut pointers = iter::successors(Some(pointer), |pointer| {
            pointer.rfind('/').map(|slash| &pointer[..slash])
        });
        pointers.find_map(|pointer| self.at(pointer))
    }
}

impl NodeId {
    /// Returns the position of the node among all nodes of its tree.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}
