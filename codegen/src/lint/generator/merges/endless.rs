//! Schemas whose `allOf` the generator would merge without end.
//!
//! Where two parts of an `allOf` declare the same property, the generator merges its two schemas, and so
//! on. If that comes back to where it began, the process ends for lack of stack, which nothing can catch.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::{
    diagnostic::Severity,
    lint::{
        generator::parts::members,
        openapi::Document,
        rule::{Finding, Rule},
        tree::{Node, NodeId},
        words::called,
    },
};

pub(in crate::lint::generator) static ENDLESS_MERGE: Rule = Rule {
    id: "endless-merge",
    severity: Severity::Error,
    summary: "merging the parts of an `allOf` comes to an end",
    why: "Where two parts declare the same property, the generator merges its schemas, too. If that comes \
          back to where it began, or leads too far, the generator dies.",
    wrong: "\
components:
  schemas:
    Order:
      type: object
      properties: { next: { $ref: '#/components/schemas/LaterOrder' } }
    LaterOrder:
      allOf:
        - $ref: '#/components/schemas/Order'
        - { type: object, properties: { next: { $ref: '#/components/schemas/Order' } } }
",
    right: "\
components:
  schemas:
    Order:
      type: object
      properties: { next: { $ref: '#/components/schemas/LaterOrder' } }
    LaterOrder:
      allOf:
        - $ref: '#/components/schemas/Order'
        - { type: object, properties: { last: { $ref: '#/components/schemas/Order' } } }
",
};

/// How deep the generator can go; it recurses, and has only so much stack.
const DEEPEST: usize = 250;

/// A merge is known by its parts.
type Parts = BTreeSet<NodeId>;

/// The merges of a document, as far as they have been followed.
pub(super) struct Merges<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Parts>,
    done: HashSet<Parts>,
}

impl<'d, 't> Merges<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        Self { document, open: Vec::new(), done: HashSet::new() }
    }

    /// A component that cannot be merged.
    pub(super) fn endless(&mut self, schema: Node<'t>) -> Option<Finding<'t>> {
        self.open.clear();
        self.is_endless(&[schema]).then(|| {
            let message = format!("merging the parts of {} comes to no end", called(schema));
            ENDLESS_MERGE
                .at(schema, message)
                .help("declare the property that refers back in one part only")
        })
    }

    /// Whether merging these schemas into one never ends.
    fn is_endless(&mut self, schemas: &[Node<'t>]) -> bool {
        let mut parts = Collected::default();
        if schemas.iter().any(|schema| parts.collect(self.document, *schema)) {
            return true;
        }
        let merge: Parts = parts.found.keys().copied().collect();
        if merge.len() < 2 || self.done.contains(&merge) {
            return false;
        }
        if self.open.contains(&merge) || self.open.len() > DEEPEST {
            return true;
        }
        self.open.push(merge.clone());
        let shared = self.shared_properties(parts.found.values().copied());
        let is_endless = shared.iter().any(|schemas| self.is_endless(schemas));
        self.open.pop();
        if !is_endless {
            self.done.insert(merge);
        }
        is_endless
    }

    /// The schemas of each property that more than one part declares.
    fn shared_properties(&self, parts: impl Iterator<Item = Node<'t>>) -> Vec<Vec<Node<'t>>> {
        let mut shared: BTreeMap<&str, Vec<Node<'t>>> = BTreeMap::new();
        for property in parts.flat_map(properties) {
            let schema = self.document.resolve(property.1);
            shared.entry(property.0).or_default().extend(schema);
        }
        shared.into_values().filter(|schemas| schemas.len() > 1).collect()
    }
}

/// The parts of which schemas are composed.
#[derive(Default)]
struct Collected<'t> {
    found: BTreeMap<NodeId, Node<'t>>,
    seen: HashSet<NodeId>,
    path: HashSet<NodeId>,
}

impl<'t> Collected<'t> {
    /// Collects the parts of a schema; whether it is composed of itself.
    fn collect(&mut self, document: &Document<'t>, schema: Node<'t>) -> bool {
        let Some(schema) = document.resolve(schema) else { return false };
        if self.path.contains(&schema.id()) || self.path.len() > DEEPEST {
            return self.path.len() > 1;
        }
        if !self.seen.insert(schema.id()) {
            return false;
        }
        let mut composing = composing(schema).peekable();
        if properties(schema).next().is_some() || composing.peek().is_none() {
            self.found.insert(schema.id(), schema);
        }
        self.path.insert(schema.id());
        let is_endless = composing.any(|part| self.collect(document, part));
        self.path.remove(&schema.id());
        is_endless
    }
}

/// The schemas of which a schema is composed.
fn composing<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    ["allOf", "anyOf", "oneOf"].into_iter().flat_map(move |keyword| members(schema, keyword))
}

/// The properties that a schema itself declares.
fn properties<'t>(schema: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    let entries = schema.get("properties").into_iter().flat_map(Node::entries);
    entries.map(|entry| (entry.name(), entry.value))
}
