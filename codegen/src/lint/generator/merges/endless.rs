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
        tree::{Node, NodeId},
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
#[derive(Clone, PartialEq, Eq, Hash)]
struct Merge {
    parts: BTreeSet<Choice>,
    /// Whether each part is merged with itself, too.
    is_doubled: bool,
}

/// The merges of a document, as far as they have been followed.
pub(super) struct Merges<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Merge>,
    /// How many merges follow from each.
    depths: HashMap<Merge, Option<usize>>,
    findings: Vec<Finding<'t>>,
    is_too_deep: bool,
}

/// Where a part speaks of a property, and its schema if it declares that.
#[derive(Clone, Copy)]
struct Property<'t> {
    place: Node<'t>,
    schema: Option<Node<'t>>,
}

/// A property of which more than one part speaks.
struct Shared<'t> {
    name: &'t str,
    first: Node<'t>,
    last: Node<'t>,
    merge: Merge,
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
        let parts = self.parts([Choice::from([schema.id()])]);
        self.follow(Merge { parts, is_doubled: false });
        std::mem::take(&mut self.findings)
    }

    /// How many merges follow from one; no number if they come to no end because a schema is merged with itself,
    /// which is for those to tell who began with that.
    fn follow(&mut self, merge: Merge) -> Option<usize> {
        if merge.parts.len() < 2 && !merge.is_doubled {
            return Some(0);
        }
        if let Some(depth) = self.depths.get(&merge) {
            return *depth;
        }
        let (shared, is_doubled) = (self.shared(&merge), merge.is_doubled);
        self.open.push(merge);
        let mut depth = Some(0);
        for property in shared {
            let next = self.follow_property(property, is_doubled);
            depth = depth.zip(next).map(|(depth, next)| depth.max(next));
        }
        self.depths.extend(self.open.pop().map(|merge| (merge, depth)));
        depth
    }

    fn follow_property(&mut self, shared: Shared<'t>, is_doubled: bool) -> Option<usize> {
        let Shared { name, first, last, merge } = shared;
        let depth = match self.open.contains(&merge) {
            true => None,
            false if self.open.len() > DEEPEST => Some(0),
            false => self.follow(merge),
        };
        let finding = |message: String| {
            let finding = ENDLESS_MERGE.at(last, message).related(first, "the other one");
            finding.help("declare the property in one part only")
        };
        match depth {
            None if is_doubled => None,
            None => {
                let message =
                    format!("merging two schemas of `{name}` leads back to where it began");
                self.findings.push(finding(message));
                Some(0)
            }
            Some(depth) if self.open.len() + depth > DEEPEST => {
                let message = format!(
                    "merging two schemas of `{name}` leads on for more than {DEEPEST} times"
                );
                self.findings.extend((!self.is_too_deep).then(|| finding(message)));
                self.is_too_deep = true;
                Some(0)
            }
            Some(depth) => Some(depth + 1),
        }
    }

    /// Takes apart what is composed.
    fn parts(&self, schemas: impl IntoIterator<Item = Choice>) -> BTreeSet<Choice> {
        let mut parts = BTreeSet::new();
        let mut seen = HashSet::new();
        let mut open: Vec<Choice> = schemas.into_iter().collect();
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

    /// The properties of which more than one part speaks.
    fn shared(&self, merge: &Merge) -> Vec<Shared<'t>> {
        let mut named: BTreeMap<&str, Vec<Vec<Property<'t>>>> = BTreeMap::new();
        for part in &merge.parts {
            for (name, properties) in self.named(part) {
                named.entry(name).or_default().push(properties);
            }
        }
        let several = named.iter().filter(|(_, parts)| merge.is_doubled || parts.len() > 1);
        several.filter_map(|(name, parts)| self.merged(name, parts, merge.is_doubled)).collect()
    }

    /// What a part, or any of its alternatives, says of each property.
    fn named(&self, part: &Choice) -> BTreeMap<&'t str, Vec<Property<'t>>> {
        let alternatives = part.iter().map(|schema| self.document.tree.node(*schema));
        let schemas: Vec<Node<'t>> = match self.only(part) {
            Some(schema) => vec![schema],
            None => alternatives.flat_map(|schema| reachable(self.document, schema)).collect(),
        };
        let mut named: BTreeMap<&str, Vec<Property<'t>>> = BTreeMap::new();
        for (name, property) in schemas.into_iter().flat_map(properties) {
            named.entry(name).or_default().push(property);
        }
        named
    }

    fn merged(
        &self,
        name: &'t str,
        parts: &[Vec<Property<'t>>],
        is_doubled: bool,
    ) -> Option<Shared<'t>> {
        let places = || parts.iter().flatten().map(|property| property.place);
        let schemas = parts.iter().map(|part| self.choice(part.iter().filter_map(|it| it.schema)));
        let schemas: Vec<Choice> = schemas.filter(|schemas| !schemas.is_empty()).collect();
        let is_same = schemas.iter().all(|schema| Some(schema) == schemas.first());
        let is_composed = schemas.first().and_then(|it| self.only(it)).is_some_and(is_composed);
        // A schema that is not composed is recognised as the same.
        let is_doubled = is_same && is_composed && (is_doubled || schemas.len() > 1);
        Some(Shared {
            name,
            first: places().min_by_key(|place| place.id())?,
            last: places().max_by_key(|place| place.id())?,
            merge: Merge { parts: self.parts(schemas), is_doubled },
        })
    }
}

/// The properties that a schema itself declares, and those that it requires only: the generator takes any value
/// for these.
fn properties<'t>(schema: Node<'t>) -> impl Iterator<Item = (&'t str, Property<'t>)> {
    let declared = schema.get("properties");
    let is_declared = move |name: &str| declared.is_some_and(|it| it.get(name).is_some());
    let entries = declared.into_iter().flat_map(Node::entries);
    let required = members(schema, "required").filter_map(|item| Some((item.as_str()?, item)));
    entries
        .map(|entry| (entry.name(), Property { place: entry.key, schema: Some(entry.value) }))
        .chain(
            required
                .filter(move |(name, _)| !is_declared(name))
                .map(|(name, place)| (name, Property { place, schema: None })),
        )
}
