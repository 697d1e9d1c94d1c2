//! Schemas that are composed of themselves, or of too many within each other.

use std::collections::{HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Kind, Node, NodeId, phrasing::describe};

use super::endless::DEEPEST;
use crate::{
    cycles::cycles,
    generator::{ENDLESS_MERGE, parts::members},
};

/// What the schemas of a document are composed of.
pub(super) struct Compositions<'t> {
    schemas: Vec<Node<'t>>,
    parts: HashMap<NodeId, Vec<Part<'t>>>,
    /// How many schemas lie within each other in a schema; none in one that is composed without end.
    depths: HashMap<NodeId, usize>,
}

/// A part as it is written, and the schema that it is.
#[derive(Clone, Copy)]
struct Part<'t> {
    written: Node<'t>,
    schema: Node<'t>,
}

impl<'t> Compositions<'t> {
    pub(super) fn new(document: &Document<'t>) -> Self {
        let schemas: Vec<Node<'t>> = document.objects(Kind::Schema).collect();
        let parts = schemas.iter().map(|schema| (schema.id(), parts(document, *schema))).collect();
        let mut compositions = Self { schemas, parts, depths: HashMap::new() };
        compositions.depths = compositions.depths();
        compositions
    }

    /// Whether a schema is composed of others so that the generator can follow.
    pub(super) fn end(&self, schema: Node<'t>) -> bool {
        self.depth(schema).is_some_and(|depth| depth <= DEEPEST)
    }

    /// The schemas that are composed of themselves, each cycle once.
    pub(super) fn cycles(&self) -> Vec<DiagnosticBuilder<'t>> {
        let endless = self.schemas.iter().map(|schema| schema.id());
        let endless = endless.filter(|schema| !self.depths.contains_key(schema));
        let next = |schema| self.endless_part(schema).map(|part| part.schema.id());
        let cycles = cycles(endless, next);
        cycles.iter().filter_map(|cycle| self.cycle(cycle)).collect()
    }

    fn cycle(&self, cycle: &[NodeId]) -> Option<DiagnosticBuilder<'t>> {
        let mut parts = cycle.iter().filter_map(|schema| self.endless_part(*schema));
        let place = |part: Part<'t>| part.written.get("$ref").unwrap_or(part.written);
        let first = parts.next()?;
        let schema = describe(first.written.parent().and_then(Node::parent)?);
        let diagnostic = ENDLESS_MERGE
            .at(place(first), format!("by this part {schema} is composed of itself"))
            .help("remove it, or put it into a property");
        Some(match parts.next_back() {
            None => diagnostic,
            Some(last) => diagnostic.related(place(last), "the part that leads back"),
        })
    }

    /// The first part that is composed without end.
    fn endless_part(&self, schema: NodeId) -> Option<Part<'t>> {
        let parts = self.parts.get(&schema)?;
        parts.iter().find(|part| self.depth(part.schema).is_none()).copied()
    }

    /// The schemas that are composed too deep, but for those that are parts of such.
    pub(super) fn too_deep(&self) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
        let deep = self.schemas.iter().filter_map(|schema| {
            Some((*schema, self.depth(*schema).filter(|depth| *depth > DEEPEST)?))
        });
        let inner: HashSet<NodeId> = deep
            .clone()
            .flat_map(|(schema, _)| &self.parts[&schema.id()])
            .map(|part| part.schema.id())
            .collect();
        deep.filter(move |(schema, _)| !inner.contains(&schema.id())).map(|(schema, depth)| {
            let name = describe(schema);
            let message =
                format!("{name} is composed in {depth} steps, and the generator follows {DEEPEST}");
            ENDLESS_MERGE.at(schema, message).help("compose it in fewer")
        })
    }

    fn depth(&self, schema: Node<'t>) -> Option<usize> {
        self.depths.get(&schema.id()).copied()
    }

    /// From those that are not composed up to those that are composed of them, for chains may be long.
    fn depths(&self) -> HashMap<NodeId, usize> {
        let mut wholes: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for (schema, parts) in &self.parts {
            parts.iter().for_each(|part| wholes.entry(part.schema.id()).or_default().push(*schema));
        }
        let counts = || self.parts.iter().map(|(schema, parts)| (*schema, parts.len()));
        let mut unknown: HashMap<NodeId, usize> = counts().collect();
        let mut open: Vec<NodeId> =
            counts().filter(|(_, count)| *count == 0).map(|(schema, _)| schema).collect();
        let mut depths = HashMap::new();
        while let Some(schema) = open.pop() {
            let parts = self.parts[&schema].iter();
            let deepest = parts.filter_map(|part| depths.get(&part.schema.id())).max();
            depths.insert(schema, deepest.map_or(0, |deepest| deepest + 1));
            for whole in wholes.remove(&schema).unwrap_or_default() {
                let count = unknown.entry(whole).or_default();
                *count -= 1;
                open.extend((*count == 0).then_some(whole));
            }
        }
        depths
    }
}

/// The schemas of which a schema is composed.
fn parts<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Part<'t>> {
    let written = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|name| members(schema, name));
    written
        .filter_map(|written| Some(Part { written, schema: document.resolve(written)? }))
        .filter(|part| document.kind(part.schema) == Some(Kind::Schema))
        .collect()
}
