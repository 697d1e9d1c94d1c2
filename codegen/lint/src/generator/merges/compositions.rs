//! Reports schemas that are composed of themselves, or nested too deeply.

use std::collections::{HashMap, HashSet};

use document::{
    DiagnosticBuilder, Document, Kind, Node, NodeId, parts::composed, phrasing::describe,
};

use super::endless::MAX_DEPTH;
use crate::{
    cycles::{cycles, depths},
    generator::ENDLESS_MERGE,
};

/// The composed schemas of a document, with their parts.
pub(super) struct Compositions<'t> {
    schemas: Vec<Node<'t>>,
    parts: HashMap<NodeId, Vec<Part<'t>>>,
    /// The depth of each composition; cyclic schemas have none.
    depths: HashMap<NodeId, usize>,
}

/// A part as it is written, and with its reference resolved.
#[derive(Clone, Copy)]
struct Part<'t> {
    written: Node<'t>,
    schema: Node<'t>,
}

impl<'t> Compositions<'t> {
    pub(super) fn new(document: &Document<'t>) -> Self {
        let schemas: Vec<Node<'t>> = document.objects(Kind::Schema).collect();
        let parts: HashMap<_, _> =
            schemas.iter().map(|schema| (schema.id(), parts(document, *schema))).collect();
        let depths = depths(&parts, |part: &Part<'t>| part.schema.id());
        Self { schemas, parts, depths }
    }

    /// Returns true for a composition that the generator can merge: it is neither cyclic nor too deep.
    pub(super) fn is_mergeable(&self, schema: Node<'t>) -> bool {
        self.depth(schema).is_some_and(|depth| depth <= MAX_DEPTH)
    }

    /// Reports the schemas that are composed of themselves, each cycle once.
    pub(super) fn cycles(&self) -> Vec<DiagnosticBuilder<'t>> {
        let cyclic = self.schemas.iter().map(|schema| schema.id());
        let cyclic = cyclic.filter(|schema| !self.depths.contains_key(schema));
        let next = |schema| self.cyclic_part(schema).map(|part| part.schema.id());
        let cycles = cycles(cyclic, next);
        cycles.iter().filter_map(|cycle| self.cycle(cycle)).collect()
    }

    fn cycle(&self, cycle: &[NodeId]) -> Option<DiagnosticBuilder<'t>> {
        let mut parts = cycle.iter().filter_map(|schema| self.cyclic_part(*schema));
        let location = |part: Part<'t>| part.written.get("$ref").unwrap_or(part.written);
        let first = parts.next()?;
        let schema = describe(first.written.parent().and_then(Node::parent)?);
        let diagnostic = ENDLESS_MERGE
            .at(location(first), format!("{schema} is composed of itself through this part"))
            .help("remove this part, or move it into a property");
        Some(diagnostic.related(parts.next_back().map(location), "the part that closes the cycle"))
    }

    /// Returns the first part that is cyclic.
    fn cyclic_part(&self, schema: NodeId) -> Option<Part<'t>> {
        let parts = self.parts.get(&schema)?;
        parts.iter().find(|part| self.depth(part.schema).is_none()).copied()
    }

    /// Reports the outermost schemas that are composed too deeply.
    pub(super) fn too_deep(&self) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
        let deep = self.schemas.iter().filter_map(|schema| {
            Some((*schema, self.depth(*schema).filter(|depth| *depth > MAX_DEPTH)?))
        });
        let inner: HashSet<NodeId> = deep
            .clone()
            .flat_map(|(schema, _)| &self.parts[&schema.id()])
            .map(|part| part.schema.id())
            .collect();
        deep.filter(move |(schema, _)| !inner.contains(&schema.id())).map(|(schema, depth)| {
            let name = describe(schema);
            let message = format!(
                "{name} is composed in {depth} levels, but the generator supports at most {MAX_DEPTH}"
            );
            ENDLESS_MERGE.at(schema, message).help("compose it in fewer levels")
        })
    }

    fn depth(&self, schema: Node<'t>) -> Option<usize> {
        self.depths.get(&schema.id()).copied()
    }
}

fn parts<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Part<'t>> {
    composed(schema)
        .filter_map(|written| Some(Part { written, schema: document.resolve(written)? }))
        .filter(|part| document.kind(part.schema) == Some(Kind::Schema))
        .collect()
}
