//! Schemas whose `allOf` the generator would merge without end.
//!
//! Where two parts of an `allOf` declare the same property, the generator merges its two schemas, and so
//! on. If that comes back to where it began, the process ends for lack of stack, which nothing can catch.
//! Alternatives are merged with what stands beside them, but not with each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use document::{DiagnosticBuilder, Document, Node, NodeId, phrasing::describe};

use crate::generator::{
    ENDLESS_MERGE,
    parts::{is_composed, members, reachable},
};

/// How deep the generator can go; it recurses, and has only so much stack.
pub(super) const DEEPEST: usize = 250;

/// Schemas of one of which a value is.
type Choice = BTreeSet<NodeId>;

/// What a value is at once, so that the generator merges it, and whether it is that twice, so that the generator
/// merges it with itself.
type Merge = BTreeMap<Choice, bool>;

/// The merges of a document, as far as they have been followed.
pub(super) struct Merges<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Merge>,
    /// How many merges follow from each.
    depths: HashMap<Merge, Option<usize>>,
    diagnostics: Vec<DiagnosticBuilder<'t>>,
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
            diagnostics: Vec::new(),
            is_too_deep: false,
        }
    }

    /// The properties for which the merging of a schema's parts comes to no end, but for those that another
    /// schema has led to.
    pub(super) fn endless(&mut self, schema: Node<'t>) -> Vec<DiagnosticBuilder<'t>> {
        let parts = self.parts(Merge::from([(Choice::from([schema.id()]), false)]));
        if self.follow(parts).is_none() {
            let message = format!("merging the parts of {} comes to no end", describe(schema));
            let diagnostic = ENDLESS_MERGE.at(schema, message);
            self.diagnostics.push(diagnostic.help("let no part be there twice by way of others"));
        }
        std::mem::take(&mut self.diagnostics)
    }

    /// How many merges follow from one; no number if a part that is merged with itself comes to no end, which is
    /// for those to tell that have two places to show.
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
            false if self.open.len() > DEEPEST => Some(0),
            false => self.follow(merge),
        };
        let diagnostic = |message: String| {
            let diagnostic = ENDLESS_MERGE.at(last, message).related(first, "the other one");
            diagnostic.help("declare the property in one part only")
        };
        match depth {
            None if first == last => None,
            None => {
                let message =
                    format!("merging two schemas of `{name}` leads back to where it began");
                self.diagnostics.push(diagnostic(message));
                Some(0)
            }
            Some(depth) if self.open.len() + depth > DEEPEST => {
                let message = format!(
                    "merging two schemas of `{name}` leads on for more than {DEEPEST} times"
                );
                self.diagnostics.extend((!self.is_too_deep).then(|| diagnostic(message)));
                self.is_too_deep = true;
                Some(0)
            }
            Some(depth) => Some(depth + 1),
        }
    }

    /// Takes apart what is composed.
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
            // References to the same schema beside each other are recognised as such.
            let all_of = self.choice(members(schema, "allOf"));
            open.extend(all_of.into_iter().map(|part| (Choice::from([part]), is_twice)));
            let alternatives = ["oneOf", "anyOf"].map(|name| self.choice(members(schema, name)));
            open.extend(alternatives.map(|choice| (choice, is_twice)));
            parts.extend(properties(schema).next().map(|_| (choice, is_twice)));
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
        for (part, is_twice) in merge {
            for (name, properties) in self.named(part) {
                let spoken =
                    if *is_twice { vec![properties.clone(), properties] } else { vec![properties] };
                named.entry(name).or_default().extend(spoken);
            }
        }
        let several = named.iter().filter(|(_, parts)| parts.len() > 1);
        several.filter_map(|(name, parts)| self.merged(name, parts)).collect()
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

    fn merged(&self, name: &'t str, parts: &[Vec<Property<'t>>]) -> Option<Shared<'t>> {
        let places = || parts.iter().flatten().map(|property| property.place);
        let mut schemas = Merge::new();
        for part in parts {
            let choice = self.choice(part.iter().filter_map(|property| property.schema));
            // A schema that is not composed is recognised as the same.
            let is_plain = self.only(&choice).is_some_and(|schema| !is_composed(schema));
            schemas.entry(choice).and_modify(|twice| *twice = !is_plain).or_insert(false);
        }
        Some(Shared {
            name,
            first: places().min_by_key(|place| place.id())?,
            last: places().max_by_key(|place| place.id())?,
            merge: self.parts(schemas),
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
