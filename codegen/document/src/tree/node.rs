//! A node of the tree, with access to its value, its relatives and its location.

use std::{fmt, ops::Range};

use super::{Content, Data, Mapping, NodeId, Scalar, Step, Tree, Value};
use crate::pointer;

/// A node of a tree: a key, a value, an item or the root.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

/// Compares nodes of the same tree by identity, not by value.
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

/// An entry of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    pub key: Node<'t>,
    pub value: Node<'t>,
}

impl<'t> Entry<'t> {
    /// Returns the text of the key, or an empty string if the key is not a scalar.
    pub fn name(&self) -> &'t str {
        self.key.text().unwrap_or_default()
    }
}

impl<'t> Node<'t> {
    /// Returns the ID of the node within its tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Returns the value of the node.
    pub fn value(self) -> Value<'t> {
        match &self.data().content {
            Content::Scalar(scalar) => scalar.value(self.data().tag.as_deref()),
            Content::Sequence(_) => Value::Array,
            Content::Mapping(_) | Content::Alias(_) => Value::Object,
        }
    }

    /// Returns true if another node has the same value, regardless of the order of members.
    pub fn has_same_value_as(self, other: Node<'_>) -> bool {
        let has_member = |entry: Entry<'_>| {
            other.get(entry.name()).is_some_and(|value| entry.value.has_same_value_as(value))
        };
        self.value() == other.value()
            && self.items().count() == other.items().count()
            && self.items().zip(other.items()).all(|(one, other)| one.has_same_value_as(other))
            && self.entries().count() == other.entries().count()
            && self.entries().all(has_member)
    }

    /// Returns the text of a string. A plain number, boolean or null is not a string.
    pub fn as_str(self) -> Option<&'t str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.value() {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the text of a number as it is written.
    pub fn as_number(self) -> Option<&'t str> {
        match self.value() {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Returns true for a mapping.
    pub fn is_object(self) -> bool {
        self.value() == Value::Object
    }

    /// Returns true for a sequence.
    pub fn is_array(self) -> bool {
        self.value() == Value::Array
    }

    /// Returns the text and style of a scalar of any type.
    pub fn scalar(self) -> Option<&'t Scalar> {
        match &self.data().content {
            Content::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Returns the text of a scalar of any type. The text identifies a key, so `200` and `'200'` are the same key.
    pub fn text(self) -> Option<&'t str> {
        self.scalar().map(|scalar| scalar.text.as_str())
    }

    /// Returns the value of a key of the mapping, or of the first of duplicate keys.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// Returns the entry of a key of the mapping, or of the first of duplicate keys.
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        let Content::Mapping(Mapping { entries, by_key, .. }) = &self.data().content else {
            return None;
        };
        let text = |index: usize| self.tree.node(entries[index].0).text();
        // A linear search is faster for few keys, because most of them already differ in length.
        const FEW: usize = 16;
        if entries.len() <= FEW {
            let index = (0..entries.len()).find(|index| text(*index) == Some(key))?;
            return Some(self.entry_of(entries[index]));
        }
        let first = by_key.partition_point(|index| text(*index) < Some(key));
        let index = *by_key.get(first)?;
        (text(index) == Some(key)).then(|| self.entry_of(entries[index]))
    }

    /// Returns the node at a JSON pointer relative to this node.
    pub fn at(self, pointer: &str) -> Option<Node<'t>> {
        let mut steps = pointer.split('/');
        if steps.next() != Some("") {
            return None;
        }
        steps.try_fold(self, |node, step| {
            let step = pointer::unescape(step);
            match node.data().content {
                Content::Sequence(_) => node.items().nth(step.parse().ok()?),
                _ => node.get(&step),
            }
        })
    }

    /// Returns the entries of a mapping in document order, including duplicate keys.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = Entry<'t>> + use<'t> {
        let entries = match &self.data().content {
            Content::Mapping(mapping) => mapping.entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(move |entry| self.entry_of(*entry))
    }

    /// Returns the items of a sequence.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'t>> + use<'t> {
        let items = match &self.data().content {
            Content::Sequence(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |id| self.tree.node(*id).resolved())
    }

    /// Returns the mapping or sequence that contains the node; `None` for the root.
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

    /// Returns the key of the node, if the node is a value in a mapping.
    pub fn key(self) -> Option<Node<'t>> {
        match self.data().step {
            Step::Value(key) => Some(self.tree.node(key)),
            _ => None,
        }
    }

    /// Returns the text of the node's key, if the node is a value in a mapping.
    pub fn name(self) -> Option<&'t str> {
        self.key().and_then(Node::text)
    }

    /// Returns the JSON pointer of the node. A key has the same pointer as its value.
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

    /// Returns the span of the whole node.
    pub fn span(self) -> Range<usize> {
        self.data().span.clone()
    }

    /// Returns the span that a diagnostic points at: the first line of a scalar, or the key of a collection. For a
    /// collection without a key, this is its first key or item.
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
            None if data.span.is_empty() => self.tree.visible_before(data.span.start),
            None => self.first_line(),
        }
    }

    fn first_line(self) -> Range<usize> {
        let start = self.data().span.start;
        let length = self.source().find(['\n', '\r']).unwrap_or(self.source().len());
        start..start + length.max(1)
    }

    /// Returns the source text of the node, including quotes.
    pub fn source(self) -> &'t str {
        &self.tree.text[self.span()]
    }

    /// Returns the name of the node's tag, such as `!!str`.
    pub fn tag(self) -> Option<&'t str> {
        self.data().tag.as_deref()
    }

    /// Returns the entries with a duplicate key, each with its index and the first entry that has the key.
    pub fn duplicate_entries(
        self,
    ) -> impl Iterator<Item = (usize, Entry<'t>, Entry<'t>)> + use<'t> {
        self.entries().enumerate().filter_map(move |(index, entry)| {
            let first = self.entry(entry.key.text()?)?;
            (first.key != entry.key).then_some((index, entry, first))
        })
    }

    /// Returns true for a mapping with a duplicate key, whose value depends on the parser.
    pub fn is_ambiguous(self) -> bool {
        matches!(&self.data().content, Content::Mapping(mapping) if mapping.has_duplicate_keys)
    }

    pub(super) fn is_alias(self) -> bool {
        self.alias_target().is_some()
    }

    /// Returns the node that an alias refers to.
    pub(super) fn alias_target(self) -> Option<NodeId> {
        match self.data().content {
            Content::Alias(target) => Some(target),
            _ => None,
        }
    }

    fn resolved(self) -> Self {
        self.alias_target().map_or(self, |target| self.tree.node(target))
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
