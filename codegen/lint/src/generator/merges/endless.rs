//! Reports schemas whose `allOf` typify would never finish merging.
//!
//! If two parts of an `allOf` declare the same property, typify merges the two schemas of the property, and so on. If
//! this leads back to the first merge, the process overflows its stack, which cannot be caught. Alternatives are merged
//! with their siblings, but not with each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use document::{
    DiagnosticBuilder, Document, Node, NodeId,
    parts::{is_composed, required, with_composed},
    phrasing::describe,
};

use crate::generator::ENDLESS_MERGE;

/// The maximum depth that the generator supports, because it is recursive and its stack is limited.
pub(super) const MAX_DEPTH: usize = 250;

/// Alternative schemas. A value matches one of them.
type Choice = BTreeSet<NodeId>;

/// The choices that a value must match at the same time, so the generator merges them.
///
/// A choice that maps to true occurs twice, so the generator merges it with itself.
type Merge = BTreeMap<Choice, bool>;

/// The merges in a document that have been followed so far.
pub(super) struct Merges<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Merge>,
    /// The depth of the nested merges that follow from each merge; `None` if they never end.
    depths: HashMap<Merge, Option<usize>>,
    diagnostics: Vec<DiagnosticBuilder<'t>>,
    is_too_deep: bool,
}

/// A property that a part declares with a schema, or only requires.
#[derive(Clone, Copy)]
struct Property<'t> {
    at: Node<'t>,
    schema: Option<Node<'t>>,
}

/// A property that more than one part declares or requires.
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
            diagnostics: Vec::new(),
            is_too_deep: false,
        }
    }

    /// Reports the properties of a schema whose merging never ends, unless they were already reported for another
    /// schema.
    pub(super) fn endless(&mut self, schema: Node<'t>) -> Vec<DiagnosticBuilder<'t>> {
        let parts = self.parts(Merge::from([(Choice::from([schema.id()]), false)]));
        if self.follow(parts).is_none() {
            let message = format!("merging the parts of {} never ends", describe(schema));
            let diagnostic = ENDLESS_MERGE.at(schema, message);
            self.diagnostics.push(diagnostic.help("remove the part that is included twice"));
        }
        std::mem::take(&mut self.diagnostics)
    }

    /// Returns the depth of the nested merges that follow from a merge.
    ///
    /// Returns `None` if merging a part with itself never ends. Such a part has only one location, so a caller with two
    /// locations reports it.
    fn follow(&mut self, merge: Merge) -> Option<usize> {
        if merge.len() < 2 && merge.values().all(|is_twice| !is_twice) {
            return Some(0);
        }
        if let Some(depth) = self.depths.get(&merge) {
            return *depth;
        }
        let shared = self.shared(&merge);
        self.open.push(merge);
        let mut depth = Some(0);
        for property in shared {
            let next = self.follow_property(property);
            depth = depth.zip(next).map(|(depth, next)| depth.max(next));
        }
        self.depths.extend(self.open.pop().map(|merge| (merge, depth)));
        depth
    }

    fn follow_property(&mut self, shared: Shared<'t>) -> Option<usize> {
        let Shared { name, first, last, merge } = shared;
        let depth = match self.open.contains(&merge) {
            true => None,
            false if self.open.len() > MAX_DEPTH => Some(0),
            false => self.follow(merge),
        };
        let diagnostic = |message: String| {
            let diagnostic =
                ENDLESS_MERGE.at(last, message).related(first, "the other declaration");
            diagnostic.help("declare the property in only one part")
        };
        match depth {
            None if first == last => None,
            None => {
                let message = format!("merging two schemas of `{name}` never ends");
                self.diagnostics.push(diagnostic(message));
                Some(0)
            }
            Some(depth) if self.open.len() + depth > MAX_DEPTH => {
                let message =
                    format!("merging two schemas of `{name}` takes more than {MAX_DEPTH} steps");
                self.diagnostics.extend((!self.is_too_deep).then(|| diagnostic(message)));
                self.is_too_deep = true;
                Some(0)
            }
            Some(depth) => Some(depth + 1),
        }
    }

    /// Replaces composed schemas with their parts.
    fn parts(&self, schemas: Merge) -> Merge {
        let (mut parts, mut seen) = (Merge::new(), HashMap::new());
        let mut open: Vec<(Choice, bool)> = schemas.into_iter().collect();
        while let Some((choice, is_twice)) = open.pop() {
            let Some(schema) = self.only(&choice).filter(|schema| is_composed(*schema)) else {
                if !choice.is_empty() {
                    parts.entry(choice).and_modify(|twice| *twice = true).or_insert(is_twice);
                }
                continue;
            };
            let earlier = seen.get(&schema.id()).copied();
            let is_twice = is_twice || earlier.is_some();
            if earlier == Some(true) {
                continue;
            }
            seen.insert(schema.id(), is_twice);
            // typify recognizes that references in the same list point to the same schema.
            let all_of = self.choice(schema.items_of("allOf"));
            open.extend(all_of.into_iter().map(|part| (Choice::from([part]), is_twice)));
            let alternatives = ["oneOf", "anyOf"].map(|name| self.choice(schema.items_of(name)));
            open.extend(alternatives.map(|choice| (choice, is_twice)));
            parts.extend(properties(schema).next().map(|_| (choice, is_twice)));
        }
        parts
    }

    fn choice(&self, schemas: impl IntoIterator<Item = Node<'t>>) -> Choice {
        let schemas = schemas.into_iter().filter_map(|schema| self.document.resolve(schema));
        schemas.map(Node::id).collect()
    }

    /// Returns the schema of a choice without alternatives.
    fn only(&self, choice: &Choice) -> Option<Node<'t>> {
        let only = choice.first().filter(|_| choice.len() == 1);
        only.map(|schema| self.document.tree.node(*schema))
    }

    /// Returns the properties that more than one part declares or requires.
    fn shared(&self, merge: &Merge) -> Vec<Shared<'t>> {
        let mut named: BTreeMap<&str, Vec<Vec<Property<'t>>>> = BTreeMap::new();
        for (part, is_twice) in merge {
            for (name, properties) in self.named(part) {
                let mentions =
                    if *is_twice { vec![properties.clone(), properties] } else { vec![properties] };
                named.entry(name).or_default().extend(mentions);
            }
        }
        let several = named.iter().filter(|(_, parts)| parts.len() > 1);
        several.filter_map(|(name, parts)| self.merged(name, parts)).collect()
    }

    /// Returns the properties of a part, including the properties of all its alternatives.
    fn named(&self, part: &Choice) -> BTreeMap<&'t str, Vec<Property<'t>>> {
        let alternatives = part.iter().map(|schema| self.document.tree.node(*schema));
        let schemas: Vec<Node<'t>> = match self.only(part) {
            Some(schema) => vec![schema],
            None => alternatives.flat_map(|schema| with_composed(self.document, schema)).collect(),
        };
        let mut named: BTreeMap<&str, Vec<Property<'t>>> = BTreeMap::new();
        for (name, property) in schemas.into_iter().flat_map(properties) {
            named.entry(name).or_default().push(property);
        }
        named
    }

    fn merged(&self, name: &'t str, parts: &[Vec<Property<'t>>]) -> Option<Shared<'t>> {
        let locations = || parts.iter().flatten().map(|property| property.at);
        let mut schemas = Merge::new();
        for part in parts {
            let choice = self.choice(part.iter().filter_map(|property| property.schema));
            // typify does not merge a schema with itself, unless it is composed.
            let is_plain = self.only(&choice).is_some_and(|schema| !is_composed(schema));
            schemas.entry(choice).and_modify(|twice| *twice = !is_plain).or_insert(false);
        }
        Some(Shared {
            name,
            first: locations().min_by_key(|at| at.id())?,
            last: locations().max_by_key(|at| at.id())?,
            merge: self.parts(schemas),
        })
    }
}

/// Returns the properties that a schema itself declares, and the properties that it only requires, which accept any
/// value.
fn properties<'t>(schema: Node<'t>) -> impl Iterator<Item = (&'t str, Property<'t>)> {
    let declared = schema.get("properties");
    let is_declared = move |name: &str| declared.is_some_and(|it| it.get(name).is_some());
    let entries = schema.entries_of("properties");
    let others = required(schema).filter(move |(name, _)| !is_declared(name));
    entries
        .map(|entry| (entry.name(), Property { at: entry.key, schema: Some(entry.value) }))
        .chain(others.map(|(name, at)| (name, Property { at, schema: None })))
}
