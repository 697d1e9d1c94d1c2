//! Finds the schemas that a schema is composed of or contains, and the types that the generator infers from them.

use std::{collections::HashSet, iter};

use crate::{openapi::Document, tree::Node};

/// The keywords that combine schemas.
pub const COMPOSING: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Returns true if a schema is composed of other schemas.
pub fn is_composed(schema: Node<'_>) -> bool {
    COMPOSING.iter().any(|keyword| schema.get(keyword).is_some())
}

/// Returns the schemas under `allOf`, `oneOf` and `anyOf`, without resolving references.
pub fn composed<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    COMPOSING.into_iter().flat_map(move |keyword| schema.items_of(keyword))
}

/// Returns the schemas under `oneOf` and `anyOf`, without resolving references.
pub fn alternatives<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    ["oneOf", "anyOf"].into_iter().flat_map(move |keyword| schema.items_of(keyword))
}

/// Returns the schemas for the items and members of a value.
pub fn nested<'t>(schema: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    let others = ["items", "additionalProperties"].into_iter();
    let others = others.filter_map(move |keyword| schema.get(keyword));
    schema.entries_of("properties").map(|entry| entry.value).chain(others)
}

/// Returns true if a schema itself declares members with any name, by `additionalProperties` other than `false`.
pub fn declares_others(schema: Node<'_>) -> bool {
    schema.get("additionalProperties").is_some_and(|others| others.as_bool() != Some(false))
}

/// Returns the names of the properties that a schema requires, each with its item in `required`.
pub fn required<'t>(schema: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    schema.items_of("required").filter_map(|item| Some((item.as_str()?, item)))
}

/// Returns the resolved schema of a property that a schema itself declares.
pub fn property<'t>(document: &Document<'t>, schema: Node<'t>, name: &str) -> Option<Node<'t>> {
    document.resolve(schema.get("properties")?.get(name)?)
}

/// Returns the value in the `enum` of a property, if it lists only one.
pub fn only_value<'t>(document: &Document<'t>, schema: Node<'t>, name: &str) -> Option<Node<'t>> {
    let mut values = property(document, schema, name)?.items_of("enum");
    values.next().filter(|_| values.next().is_none())
}

/// Returns true if a schema requires a member.
pub fn requires(schema: Node<'_>, name: &str) -> bool {
    required(schema).any(|(required, _)| required == name)
}

/// Returns the first schemas and every schema that can be reached from them by `steps`, each once.
///
/// References are resolved, and dangling ones are skipped.
pub fn walk<'t, Steps: IntoIterator<Item = Node<'t>>>(
    document: &Document<'t>,
    first: impl IntoIterator<Item = Node<'t>>,
    mut steps: impl FnMut(Node<'t>) -> Steps,
) -> impl Iterator<Item = Node<'t>> {
    let mut open: Vec<Node<'t>> = first.into_iter().collect();
    open.reverse();
    let mut seen = HashSet::new();
    iter::from_fn(move || {
        loop {
            let schema = document.resolve(open.pop()?);
            if let Some(schema) = schema.filter(|schema| seen.insert(schema.id())) {
                // The last schema is taken first, so reversing the list keeps document order.
                let next: Vec<Node<'t>> = steps(schema).into_iter().collect();
                open.extend(next.into_iter().rev());
                return Some(schema);
            }
        }
    })
}

/// Returns a schema and every schema that it is composed of.
pub fn with_composed<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> impl Iterator<Item = Node<'t>> {
    walk(document, [schema], composed)
}

/// Returns a schema and every schema that `allOf` merges into it.
pub fn with_merged<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> impl Iterator<Item = Node<'t>> {
    walk(document, [schema], |schema| schema.items_of("allOf"))
}

/// The maximum number of composed schemas that a rule follows.
///
/// Nobody composes that many by hand, and the limit keeps a long chain from taking too long.
pub const MAX_COMPOSED: usize = 16;

/// Returns true if a node is the same as another node or is part of it.
pub fn is_within(node: Node<'_>, whole: Node<'_>) -> bool {
    iter::successors(Some(node), |node| node.parent()).any(|ancestor| ancestor == whole)
}

/// Returns the type of a schema, as stated or implied by its keywords, without looking at composed schemas.
pub fn kind_of<'t>(schema: Node<'t>) -> Option<&'t str> {
    let has = |names: &[&str]| names.iter().any(|name| schema.get(name).is_some());
    match schema.get("type") {
        Some(kind) => kind.as_str(),
        None if has(&["properties", "required", "additionalProperties"]) => Some("object"),
        None if has(&["items"]) => Some("array"),
        None if schema.get_str("format") == Some("decimal") => Some("number"),
        None if has(&["enum", "format", "pattern", "minLength", "maxLength"]) => Some("string"),
        None if has(&["minimum", "maximum", "multipleOf"]) => Some("number"),
        None => None,
    }
}

/// Returns true if the client's runtime sets a parameter, so the generator never sees it.
pub fn is_managed(parameter: Node<'_>) -> bool {
    parameter.is_true("x-client-managed")
}
