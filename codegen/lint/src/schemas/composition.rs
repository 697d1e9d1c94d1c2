//! Which schemas share their values.

use std::collections::{BTreeMap, HashMap, HashSet};

use document::{Document, Kind, Node, NodeId};

/// The schemas of a document, each with those that are composed with it.
pub(crate) struct Compositions<'t> {
    of: HashMap<NodeId, usize>,
    all: Vec<Composition<'t>>,
}

/// Schemas that stand in each other's `allOf`, `anyOf`, `oneOf` or `not`, by reference or by themselves.
///
/// A property that one of them declares may be there for another, which is more than holds for each of them:
/// it is for those who would rather miss a mistake than report what is none.
#[derive(Default)]
pub(crate) struct Composition<'t> {
    schemas: Vec<Node<'t>>,
    properties: BTreeMap<&'t str, Vec<Node<'t>>>,
    is_open: bool,
}

impl<'t> Compositions<'t> {
    pub(crate) fn new(document: &Document<'t>) -> Self {
        let neighbours = neighbours(document);
        let mut compositions = Self { of: HashMap::new(), all: Vec::new() };
        for schema in document.objects(Kind::Schema) {
            if !compositions.of.contains_key(&schema.id()) {
                compositions.add(document, schema, &neighbours);
            }
        }
        compositions
    }

    fn add(&mut self, document: &Document<'t>, schema: Node<'t>, neighbours: &Neighbours<'t>) {
        let mut composition = Composition::default();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if self.of.insert(schema.id(), self.all.len()).is_none() {
                composition.take(document, schema);
                open.extend(neighbours.get(&schema.id()).into_iter().flatten());
            }
        }
        self.all.push(composition);
    }

    /// Takes out all that is composed with a schema, itself included; nothing if that has been done.
    pub(super) fn take(&self, schema: Node<'_>, taken: &mut HashSet<usize>) -> &[Node<'t>] {
        let index = self.of.get(&schema.id()).filter(|index| taken.insert(**index));
        index.map_or(&[], |index| &self.all[*index].schemas)
    }

    /// All that is composed with a schema, itself included.
    pub(crate) fn of(&self, schema: Node<'_>) -> Option<&Composition<'t>> {
        self.of.get(&schema.id()).map(|index| &self.all[*index])
    }
}

impl<'t> Composition<'t> {
    fn take(&mut self, document: &Document<'t>, schema: Node<'t>) {
        self.schemas.push(schema);
        self.is_open |= is_open(document, schema);
        for entry in schema.get("properties").into_iter().flat_map(Node::entries) {
            self.properties.entry(entry.name()).or_default().push(entry.value);
        }
    }

    /// The schemas that it declares for a property.
    pub(crate) fn property(&self, name: &str) -> &[Node<'t>] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of the properties that it declares.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &'t str> {
        self.properties.keys().copied()
    }

    /// Whether there may be properties beside those that it declares.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a property is `readOnly`, or `writeOnly`, in any of its declarations.
    pub(crate) fn is_marked(&self, document: &Document<'t>, name: &str, mark: &str) -> bool {
        self.property(name).iter().any(|property| is_marked(document, *property, mark))
    }
}

/// Whether a schema, or what it refers to, has a flag.
pub(crate) fn is_marked<'t>(document: &Document<'t>, schema: Node<'t>, mark: &str) -> bool {
    let schema = document.resolve(schema);
    schema.and_then(|schema| schema.get(mark)).and_then(Node::as_bool) == Some(true)
}

fn is_open<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let others = schema.get("additionalProperties");
    let is_misspelled = |key| schema.get(key).is_none() && !document.lacks(schema, key);
    others.is_some_and(|others| others.as_bool() != Some(false))
        || is_misspelled("properties")
        || is_misspelled("additionalProperties")
        || parts(schema).any(|part| document.resolve(part).is_none())
}

type Neighbours<'t> = HashMap<NodeId, Vec<Node<'t>>>;

fn neighbours<'t>(document: &Document<'t>) -> Neighbours<'t> {
    let mut neighbours = Neighbours::new();
    for schema in document.objects(Kind::Schema) {
        for part in parts(schema).filter_map(|part| document.resolve(part)) {
            neighbours.entry(schema.id()).or_default().push(part);
            neighbours.entry(part.id()).or_default().push(schema);
        }
    }
    neighbours
}

/// The schemas of the same value.
fn parts<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    let listed = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(move |key| schema.get(key));
    listed.flat_map(Node::items).chain(schema.get("not"))
}
