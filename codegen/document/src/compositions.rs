//! Groups of schemas that are composed with each other and therefore describe the same values.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    model::Kind,
    openapi::Document,
    parts::composed,
    tree::{Node, NodeId},
};

/// A map from the schemas of a document to their compositions.
pub struct Compositions<'t> {
    of: HashMap<NodeId, usize>,
    all: Vec<Composition<'t>>,
}

/// Schemas that contain each other in `allOf`, `anyOf`, `oneOf` or `not`, by reference or inline.
///
/// A property that one of them declares counts as declared for all of them. This is more lenient than OpenAPI, so a
/// mistake can be missed, but a correct document is never reported.
#[derive(Default)]
pub struct Composition<'t> {
    schemas: Vec<Node<'t>>,
    properties: BTreeMap<&'t str, Vec<Node<'t>>>,
    is_open: bool,
}

impl<'t> Compositions<'t> {
    pub fn new(document: &Document<'t>) -> Self {
        let neighbors = neighbors(document);
        let mut compositions = Self { of: HashMap::new(), all: Vec::new() };
        for schema in document.objects(Kind::Schema) {
            if !compositions.of.contains_key(&schema.id()) {
                compositions.add(document, schema, &neighbors);
            }
        }
        compositions
    }

    fn add(&mut self, document: &Document<'t>, schema: Node<'t>, neighbors: &Neighbors<'t>) {
        let mut composition = Composition::default();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if self.of.insert(schema.id(), self.all.len()).is_none() {
                composition.add(document, schema);
                open.extend(neighbors.get(&schema.id()).into_iter().flatten());
            }
        }
        self.all.push(composition);
    }

    /// Returns all schemas of the composition that a schema belongs to, and marks the composition as taken. Returns
    /// none if it was taken before.
    pub fn take(&self, schema: Node<'_>, taken: &mut HashSet<usize>) -> &[Node<'t>] {
        let index = self.of.get(&schema.id()).filter(|index| taken.insert(**index));
        index.map_or(&[], |index| &self.all[*index].schemas)
    }

    /// Returns the composition that a schema belongs to.
    pub fn of(&self, schema: Node<'_>) -> Option<&Composition<'t>> {
        self.of.get(&schema.id()).map(|index| &self.all[*index])
    }
}

impl<'t> Composition<'t> {
    fn add(&mut self, document: &Document<'t>, schema: Node<'t>) {
        self.schemas.push(schema);
        self.is_open |= is_open(document, schema);
        for entry in schema.entries_of("properties") {
            self.properties.entry(entry.name()).or_default().push(entry.value);
        }
    }

    /// Returns the schemas that are declared for a property.
    pub fn property(&self, name: &str) -> &[Node<'t>] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns the names of the declared properties.
    pub fn properties(&self) -> impl Iterator<Item = &'t str> {
        self.properties.keys().copied()
    }

    /// Returns true if undeclared properties are allowed, or if a part of the composition is unknown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }
}

fn is_open<'t>(document: &Document<'t>, schema: Node<'t>) -> bool {
    let others = schema.get("additionalProperties");
    let is_misspelled = |key| schema.get(key).is_none() && !document.lacks(schema, key);
    others.is_some_and(|others| others.as_bool() != Some(false))
        || is_misspelled("properties")
        || is_misspelled("additionalProperties")
        || parts(schema).any(|part| document.resolve(part).is_none())
}

type Neighbors<'t> = HashMap<NodeId, Vec<Node<'t>>>;

fn neighbors<'t>(document: &Document<'t>) -> Neighbors<'t> {
    let mut neighbors = Neighbors::new();
    for schema in document.objects(Kind::Schema) {
        for part in parts(schema).filter_map(|part| document.resolve(part)) {
            neighbors.entry(schema.id()).or_default().push(part);
            neighbors.entry(part.id()).or_default().push(schema);
        }
    }
    neighbors
}

fn parts<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    composed(schema).chain(schema.get("not"))
}
