//! A node and its surroundings.

use std::{fmt, ops::Range};

use super::{Content, Data, NodeId, Scalar, Step, Tree, Value};
use crate::pointer;

/// A node: a key, a value, an item or the root.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

/// Nodes of one tree are equal if they are the same.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}", self.value().describe(), self.pointer())
    }
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    /// The key.
    pub key: Node<'t>,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Entry<'t> {
    /// The key's text; nothing for a key that is no scalar.
    pub fn name(&self) -> &'t str {
        self.key.text().unwrap_or_default()
    }
}

impl<'t> Node<'t> {
    /// What tells the node from all others of its tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What the node is.
    pub fn value(self) -> Value<'t> {
        match &self.data().content {
            Content::Scalar(scalar) => scalar.value(self.data().tag.as_deref()),
            Content::Sequence(_) => Value::Array,
            Content::Mapping(_) | Content::Alias(_) => Value::Object,
        }
    }

    /// Whether it has the same value as another node, whatever the order of members.
    pub fn has_value_of(self, other: Node<'_>) -> bool {
        let has_member = |entry: Entry<'_>| {
            other.get(entry.name()).is_some_and(|value| entry.value.has_value_of(value))
        };
        self.value() == other.value()
            && self.items().count() == other.items().count()
            && self.items().zip(other.items()).all(|(one, other)| one.has_value_of(other))
            && self.entries().count() == other.entries().count()
            && self.entries().all(has_member)
    }

    /// The text of a string; a plain number, boolean or null is none.
    pub fn as_str(self) -> Option<&'t str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.value() {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a number, to the digit.
    pub fn as_number(self) -> Option<&'t str> {
        match self.value() {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub fn is_object(self) -> bool {
        self.value() == Value::Object
    }

    /// Whether it is a sequence.
    pub fn is_array(self) -> bool {
        self.value() == Value::Array
    }

    /// The scalar with its text and style, whatever its type.
    pub fn scalar(self) -> Option<&'t Scalar> {
        match &self.data().content {
            Content::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a scalar, whatever its type: for keys, where `200` and `'200'` mean the same.
    pub fn text(self) -> Option<&'t str> {
        self.scalar().map(|scalar| scalar.text.as_str())
    }

    /// The value of a mapping's key; of the first, if it stands there twice.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// A mapping's entry; the first, if the key stands there twice.
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        let Content::Mapping(mapping) = &self.data().content else { return None };
        mapping.first.get(key).map(|index| self.entry_of(mapping.entries[*index]))
    }

    /// A mapping's entries in their order, a repeated key included; nothing for other nodes.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = Entry<'t>> + use<'t> {
        let entries = match &self.data().content {
            Content::Mapping(mapping) => mapping.entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(move |entry| self.entry_of(*entry))
    }

    /// A sequence's items; nothing for other nodes.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'t>> + use<'t> {
        let items = match &self.data().content {
            Content::Sequence(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |id| self.tree.node(*id).resolved())
    }

    /// The mapping or sequence in which it stands; the root has none.
    pub fn parent(self) -> Option<Node<'t>> {
        match self.data().step {
            Step::Root => None,
            _ => Some(self.tree.node(self.data().parent)),
        }
    }

    /// Returns true for a key of a mapping.
    pub fn is_key(self) -> bool {
        matches!(self.data().step, Step::Key)
    }

    /// The key whose value it is.
    pub fn key(self) -> Option<Node<'t>> {
        match self.data().step {
            Step::Value(key) => Some(self.tree.node(key)),
            _ => None,
        }
    }

    /// The text of the key whose value it is.
    pub fn name(self) -> Option<&'t str> {
        self.key().and_then(Node::text)
    }

    /// Its JSON pointer; a key has that of its value.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let step = match node.data().step {
                Step::Item(index) => index.to_string(),
                Step::Value(key) => escaped(self.tree.node(key)),
                _ => escaped(node),
            };
            steps.push(step);
            node = parent;
        }
        steps.iter().rev().map(|step| format!("/{step}")).collect()
    }

    /// All the text that it takes.
    pub fn span(self) -> Range<usize> {
        self.data().span.clone()
    }

    /// The text to point at: a scalar's first line, and for a collection the key that leads to it, or else
    /// what comes first in it.
    pub fn primary_span(self) -> Range<usize> {
        let data = self.data();
        let first = match (&data.content, data.step) {
            (Content::Scalar(_) | Content::Alias(_), _) if !data.span.is_empty() => None,
            (_, Step::Value(key)) => Some(key),
            (Content::Mapping(mapping), _) => mapping.entries.first().map(|(key, _)| *key),
            (Content::Sequence(items), _) => items.first().copied(),
            _ => None,
        };
        match first {
            Some(id) => self.tree.node(id).primary_span(),
            None if data.span.is_empty() => self.tree.neighbour(data.span.start),
            None => self.first_line(),
        }
    }

    fn first_line(self) -> Range<usize> {
        let start = self.data().span.start;
        let length = self.source().find(['\n', '\r']).unwrap_or(self.source().len());
        start..start + length.max(1)
    }

    /// The text as it stands in the document, quotes and all.
    pub fn source(self) -> &'t str {
        &self.tree.text[self.span()]
    }

    /// The name of a tag such as `!!str`.
    pub fn tag(self) -> Option<&'t str> {
        self.data().tag.as_deref()
    }

    /// The entries whose key has stood in the mapping before, each after its number and before the first.
    pub fn repeated(self) -> impl Iterator<Item = (usize, Entry<'t>, Entry<'t>)> + use<'t> {
        self.entries().enumerate().filter_map(move |(index, entry)| {
            let first = self.entry(entry.key.text()?)?;
            (first.key != entry.key).then_some((index, entry, first))
        })
    }

    /// Whether a key stands in the mapping twice, so that readers differ in what it says.
    pub fn is_ambiguous(self) -> bool {
        matches!(&self.data().content, Content::Mapping(mapping) if mapping.is_ambiguous)
    }

    pub(super) fn is_alias(self) -> bool {
        self.repeats().is_some()
    }

    /// What an alias stands for.
    pub(super) fn repeats(self) -> Option<NodeId> {
        match self.data().content {
            Content::Alias(target) => Some(target),
            _ => None,
        }
    }

    fn resolved(self) -> Self {
        self.repeats().map_or(self, |target| self.tree.node(target))
    }

    fn entry_of(self, (key, value): (NodeId, NodeId)) -> Entry<'t> {
        Entry { key: self.tree.node(key).resolved(), value: self.tree.node(value).resolved() }
    }

    pub(super) fn data(self) -> &'t Data {
        &self.tree.nodes[self.id.0]
    }
}

fn escaped(key: Node<'_>) -> String {
    pointer::escape(key.text().unwrap_or_default())
}
