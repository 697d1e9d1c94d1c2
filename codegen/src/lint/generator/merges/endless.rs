//! Schemas whose `allOf` the generator would merge without end.
//!
//! Where two parts of an `allOf` declare the same property, the generator merges its two schemas, and so
//! on. If that comes back to where it began, the process ends for lack of stack, which nothing can catch.
//! Alternatives are merged with what stands beside them, but not with each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::{
    diagnostic::Severity,
    lint::{
        generator::parts::{is_composed, members, reachable},
        openapi::Document,
        rule::{Finding, Rule},
        tree::{Entry, Node, NodeId},
    },
};

pub(in crate::lint::generator) static ENDLESS_MERGE: Rule = Rule {
    id: "endless-merge",
    severity: Severity::Error,
    summary: "merging the parts of an `allOf` comes to an end",
    why: "Where two parts declare the same property, the generator merges its schemas, too. If that comes \
          back to where it began, or leads too far, the generator dies; so it does if a schema is a part \
          of itself.",
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
pub(super) const DEEPEST: usize = 250;

/// Schemas of one of which a value is.
type Choice = BTreeSet<NodeId>;

/// What a value is at once, so that the generator merges it.
type Merge = BTreeSet<Choice>;

/// The merges of a document, as far as they have been followed.
pub(super) struct Merges<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Merge>,
    /// How many merges follow from each.
    depths: HashMap<Merge, usize>,
    findings: Vec<Finding<'t>>,
    is_too_deep: bool,
}

/// A property that more than one part declares.
struct Shared<'t> {
    first: Entry<'t>,
    last: Entry<'t>,
    schemas: Merge,
}

impl<'d, 't> Merges<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            open: Vec::new(),
            depths: HashMap::new(),
            findings: Vec::new(),
            is_too_deep: false,
        }
    }

    /// The properties for which the merging of a schema's parts comes to no end, but for those that another
    /// schema has led to.
    pub(super) fn endless(&mut self, schema: Node<'t>) -> Vec<Finding<'t>> {
        let parts = self.parts(Merge::from([Choice::from([schema.id()])]));
        self.follow(parts);
        std::mem::take(&mut self.findings)
    }

    /// How many merges follow from one.
    fn follow(&mut self, merge: Merge) -> usize {
        if merge.len() < 2 {
            return 0;
        }
        if let Some(depth) = self.depths.get(&merge) {
            return *depth;
        }
        let shared = self.shared(&merge);
        self.open.push(merge);
        let depth = shared.into_iter().map(|property| self.follow_property(property)).max();
        let depth = depth.unwrap_or_default();
        self.depths.extend(self.open.pop().map(|merge| (merge, depth)));
        depth
    }

    fn follow_property(&mut self, Shared { first, last, schemas }: Shared<'t>) -> usize {
        let merge = self.parts(schemas);
        let name = last.name();
        let finding = |message: String| {
            let finding = ENDLESS_MERGE.at(last.key, message).related(first.key, "the other one");
            finding.help("declare the property in one part only")
        };
        if self.open.contains(&merge) {
            let message = format!("merging two schemas of `{name}` leads back to where it began");
            self.findings.push(finding(message));
            return 0;
        }
        let depth = if self.open.len() > DEEPEST { 0 } else { self.follow(merge) };
        if self.open.len() + depth > DEEPEST {
            let message =
                format!("merging two schemas of `{name}` leads on for more than {DEEPEST} times");
            self.findings.extend((!self.is_too_deep).then(|| finding(message)));
            self.is_too_deep = true;
            return 0;
        }
        depth + 1
    }

    /// Takes apart what is composed.
    fn parts(&self, merge: Merge) -> Merge {
        let mut parts = Merge::new();
        let mut seen = HashSet::new();
        let mut open: Vec<Choice> = merge.into_iter().collect();
        while let Some(choice) = open.pop() {
            match self.only(&choice).filter(|schema| is_composed(*schema)) {
                None => parts.extend((!choice.is_empty()).then_some(choice)),
                Some(schema) if seen.insert(schema.id()) => {
                    open.extend(members(schema, "allOf").map(|part| self.choice([part])));
                    open.extend(["oneOf", "anyOf"].map(|name| self.choice(members(schema, name))));
                    parts.extend(properties(schema).next().map(|_| choice));
                }
                Some(_) => {}
            }
        }
        parts
    }

    fn choice(&self, schemas: impl IntoIterator<Item = Node<'t>>) -> Choice {
        let schemas = schemas.into_iter().filter_map(|schema| self.document.resolve(schema));
        schemas.map(Node::id).collect()
    }

    /// The schema of a choice that leaves none.
    fn only(&self, choice: &Choice) -> Option<Node<'t>> {
        let only = choice.first().filter(|_| choice.len() == 1);
        only.map(|schema| self.document.tree.node(*schema))
    }

    /// The properties that more than one part declares.
    fn shared(&self, parts: &Merge) -> Vec<Shared<'t>> {
        let mut declared: BTreeMap<&str, Vec<Vec<Entry<'t>>>> = BTreeMap::new();
        for part in parts {
            for (name, entries) in self.declared(part) {
                declared.entry(name).or_default().push(entries);
            }
        }
        let several = declared.into_values().filter(|of_parts| of_parts.len() > 1);
        several.filter_map(|of_parts| self.merged(&of_parts)).collect()
    }

    /// What a part, or any of its alternatives, declares for each property.
    fn declared(&self, part: &Choice) -> BTreeMap<&'t str, Vec<Entry<'t>>> {
        let alternatives = part.iter().map(|schema| self.document.tree.node(*schema));
        let schemas: Vec<Node<'t>> = match self.only(part) {
            Some(schema) => vec![schema],
            None => alternatives.flat_map(|schema| reachable(self.document, schema)).collect(),
        };
        let mut declared: BTreeMap<&str, Vec<Entry<'t>>> = BTreeMap::new();
        for entry in schemas.into_iter().flat_map(properties) {
            declared.entry(entry.name()).or_default().push(entry);
        }
        declared
    }

    fn merged(&self, of_parts: &[Vec<Entry<'t>>]) -> Option<Shared<'t>> {
        let entries = || of_parts.iter().flatten();
        let values = |entries: &Vec<Entry<'t>>| self.choice(entries.iter().map(|it| it.value));
        Some(Shared {
            first: *entries().min_by_key(|entry| entry.key.id())?,
            last: *entries().max_by_key(|entry| entry.key.id())?,
            schemas: of_parts.iter().map(values).collect(),
        })
    }
}

/// The properties that a schema itself declares.
fn properties<'t>(schema: Node<'t>) -> impl Iterator<Item = Entry<'t>> {
    schema.get("properties").into_iter().flat_map(Node::entries)
}
