//! What becomes of a schema, as far as the rules about parameters and alternatives must know it.

use std::collections::HashSet;

use document::{Document, Node, NodeId};

/// The type of a schema: as it says, or as its keywords imply. That of a composed one is for those to find out
/// who look at its parts.
pub(super) fn kind_of<'t>(schema: Node<'t>) -> Option<&'t str> {
    let has = |names: &[&str]| names.iter().any(|name| schema.get(name).is_some());
    match schema.get("type") {
        Some(kind) => kind.as_str(),
        None if has(&["properties", "required", "additionalProperties"]) => Some("object"),
        None if has(&["items"]) => Some("array"),
        None if schema.get("format").and_then(Node::as_str) == Some("decimal") => Some("number"),
        None if has(&["enum", "format", "pattern", "minLength", "maxLength"]) => Some("string"),
        None if has(&["minimum", "maximum", "multipleOf"]) => Some("number"),
        None => None,
    }
}

/// The schemas written under `allOf`, `oneOf` or `anyOf`, references and all.
pub(super) fn members<'t>(schema: Node<'t>, keyword: &str) -> impl Iterator<Item = Node<'t>> {
    schema.get(keyword).into_iter().flat_map(Node::items)
}

/// The names that a schema requires.
pub(super) fn required<'t>(schema: Node<'t>) -> impl Iterator<Item = &'t str> {
    members(schema, "required").filter_map(Node::as_str)
}

/// Whether a schema is composed of others.
pub(super) fn is_composed(schema: Node<'_>) -> bool {
    ["allOf", "oneOf", "anyOf"].iter().any(|keyword| schema.get(keyword).is_some())
}

/// Every schema of which a value may be, besides the schema itself: through references and compositions, each
/// once.
pub(super) fn reachable<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    let mut seen: HashSet<NodeId> = HashSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop().and_then(|schema| document.resolve(schema)) {
        if seen.insert(schema.id()) {
            found.push(schema);
            open.extend(["allOf", "oneOf", "anyOf"].iter().flat_map(|name| members(schema, name)));
        }
    }
    found
}

/// The number of alternatives that are compared at most, because each is compared with all before it.
pub(super) const MANY: usize = 40;

/// Returns the value of a parameter's `in`.
pub(super) fn place(parameter: Node<'_>) -> Option<&str> {
    parameter.get("in")?.as_str()
}
