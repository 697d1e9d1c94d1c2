//! Reports schemas that require themselves, so they have no finite value.

use std::collections::HashMap;

use document::{
    DiagnosticBuilder, Document, Kind, Node, NodeId, Report, parts::requires, phrasing::describe,
};

use super::CYCLIC_REFERENCE;
use crate::cycles::{cycles, depths};

/// A schema that every value of another schema contains or matches.
#[derive(Clone, Copy)]
struct Part<'t> {
    /// The key of the required property; `None` for a part of an `allOf`.
    property: Option<Node<'t>>,
    schema: Node<'t>,
}

/// Reports each cycle of required properties once.
pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let schemas = document.objects(Kind::Schema);
    let parts: HashMap<NodeId, Vec<Part<'_>>> =
        schemas.map(|schema| (schema.id(), parts(document, schema))).collect();
    let finite = depths(&parts, |part| part.schema.id());
    let endless = |schema: NodeId| {
        let mut parts = parts.get(&schema)?.iter();
        parts.find(|part| !finite.contains_key(&part.schema.id()))
    };
    let mut starts: Vec<NodeId> = parts.keys().copied().collect();
    starts.retain(|schema| !finite.contains_key(schema));
    starts.sort_unstable();
    for cycle in cycles(starts, |schema| Some(endless(schema)?.schema.id())) {
        report.extend(diagnostic(cycle.into_iter().filter_map(endless)));
    }
}

/// Returns the diagnostic for a cycle; `None` for a cycle without a property, which another rule reports.
fn diagnostic<'a, 't: 'a>(
    cycle: impl Iterator<Item = &'a Part<'t>>,
) -> Option<DiagnosticBuilder<'t>> {
    let mut properties = cycle.filter_map(|part| part.property);
    let first = properties.next()?;
    let schema = describe(first.parent()?.parent()?);
    let message =
        format!("{schema} has no finite value, because this required property leads back to it");
    let diagnostic = CYCLIC_REFERENCE.at(first, message);
    let help = "do not require it, or write `nullable: true`";
    Some(diagnostic.related(properties.last(), "the property that closes the cycle").help(help))
}

fn parts<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Part<'t>> {
    if schema.is_true("nullable") {
        return Vec::new();
    }
    let properties = schema.entries_of("properties");
    let required = properties
        .filter(|property| requires(schema, property.name()))
        .map(|property| (Some(property.key), property.value));
    let all_of = schema.items_of("allOf").map(|part| (None, part));
    required
        .chain(all_of)
        .filter_map(|(property, part)| Some(Part { property, schema: document.resolve(part)? }))
        .filter(|part| document.kind(part.schema) == Some(Kind::Schema))
        .collect()
}
