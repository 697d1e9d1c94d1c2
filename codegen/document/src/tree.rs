//! The document as a tree in which everything has its place, be it YAML or JSON.
//!
//! Nothing is lost or decided here: a key that stands twice is in the tree twice, and a scalar keeps its text
//! and its style. The tree is at most [`MAX_DEPTH`] deep, aliases included, so that whoever walks it may
//! recurse.

mod build;
mod input;
mod json;
mod members;
mod node;
mod numerals;
mod readings;
mod scalar;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::pointer;

pub use build::{ParseError, ParseErrorKind};
pub(crate) use input::Repair;
pub use node::{Entry, Node};
pub use readings::Reading;
pub use scalar::{Scalar, Size, Style, Value};

/// How deep collections may lie within each other.
pub const MAX_DEPTH: usize = 100;

/// A document of a YAML stream.
pub struct Tree {
    text: String,
    repairs: Vec<Repair>,
    nodes: Vec<Data>,
    anchored: Vec<NodeId>,
    aliases: Vec<NodeId>,
    second_document: Option<Range<usize>>,
}

/// The identity of a node, for sets and maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(usize);

struct Data {
    content: Content,
    step: Step,
    parent: NodeId,
    span: Range<usize>,
    tag: Option<String>,
}

/// How a node is reached from its parent.
#[derive(Clone, Copy)]
enum Step {
    Root,
    /// The node is a key of the mapping.
    Key,
    /// The node is the value of the key.
    Value(NodeId),
    Item(usize),
}

enum Content {
    Scalar(Scalar),
    Mapping(Mapping),
    Sequence(Vec<NodeId>),
    Alias(NodeId),
}

#[derive(Default)]
struct Mapping {
    entries: Vec<(NodeId, NodeId)>,
    /// The first entry of each key that is a scalar.
    first: HashMap<String, usize>,
    /// Whether a key stands there twice.
    is_ambiguous: bool,
}

impl Tree {
    /// Reads the first document of a stream; there is none in an empty one.
    ///
    /// # Errors
    ///
    /// What keeps the text from being read.
    pub fn parse(text: &str) -> Result<Option<Self>, ParseError> {
        build::tree(text, &[])
    }

    /// Reads the first document of a stream, and some characters as others.
    ///
    /// # Errors
    ///
    /// What keeps the text from being read.
    pub(crate) fn repaired(text: &str, repairs: &[Repair]) -> Result<Option<Self>, ParseError> {
        build::tree(text, repairs)
    }

    /// The characters that were read as others.
    pub(crate) fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The outermost node.
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, id: NodeId(0) }
    }

    /// Every node in the document's order, keys included, aliases not.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        let ids = (0..self.nodes.len()).map(NodeId);
        ids.map(|id| Node { tree: self, id }).filter(|node| !node.is_alias())
    }

    /// The node with an identity.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// Every node that has an anchor, such as `&name`, and no alias.
    pub fn anchored_in_vain(&self) -> impl Iterator<Item = Node<'_>> {
        let repeated: HashSet<NodeId> = self.aliases().filter_map(Node::repeats).collect();
        let anchored = self.anchored.iter().filter(move |id| !repeated.contains(id));
        anchored.map(|id| self.node(*id))
    }

    /// Every alias itself, such as `*name`; elsewhere an alias is what it stands for.
    pub fn aliases(&self) -> impl Iterator<Item = Node<'_>> {
        self.aliases.iter().map(|id| self.node(*id))
    }

    /// Where a second document of the stream begins, if there is one.
    pub fn second_document(&self) -> Option<Range<usize>> {
        self.second_document.clone()
    }

    /// The sign before a place where nothing stands, such as the dash of an empty item.
    fn neighbour(&self, at: usize) -> Range<usize> {
        let before = self.text[..at].trim_end();
        match before.char_indices().next_back() {
            Some((start, sign)) => start..start + sign.len_utf8(),
            None => 0..self.text.chars().next().map_or(0, char::len_utf8),
        }
    }

    /// The node at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<Node<'_>> {
        let mut steps = pointer.split('/');
        if steps.next() != Some("") {
            return None;
        }
        steps.try_fold(self.root(), |node, step| {
            let step = pointer::unescape(step);
            match node.data().content {
                Content::Sequence(_) => node.items().nth(step.parse().ok()?),
                _ => node.get(&step),
            }
        })
    }
}
