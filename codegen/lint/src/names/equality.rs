//! Schemas that become the same type.

use std::collections::BTreeSet;

use document::Node;

use crate::widths;

/// What makes the type of a schema; prose, bounds and examples do not.
const PARTS: [&str; 11] = [
    "$ref",
    "type",
    "enum",
    "x-extensible-enum",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// Whether two schemas become the same type; that it may be absent or null does not belong to it.
pub(super) fn of_types(one: Node<'_>, other: Node<'_>) -> bool {
    PARTS.iter().all(|part| of_parts(part, one.get(part), other.get(part)))
        && format(one) == format(other)
}

/// The format, if it is one for which the client has a type, or stands for the type itself.
fn format<'t>(schema: Node<'t>) -> Option<&'t str> {
    const KNOWN: [&str; 2] = ["decimal", "uuid"];
    let kind = schema.get("type").and_then(Node::as_str);
    if kind.is_none_or(|kind| matches!(kind, "integer" | "number"))
        && let Some(width) = widths::of(schema)
    {
        return Some(width.format);
    }
    let is_typed = kind.is_some();
    let format = schema.get("format").and_then(Node::as_str);
    format.filter(|format| !is_typed || KNOWN.contains(format))
}

fn of_schemas(one: Node<'_>, other: Node<'_>) -> bool {
    of_parts("nullable", one.get("nullable"), other.get("nullable")) && of_types(one, other)
}

fn of_parts(part: &str, one: Option<Node<'_>>, other: Option<Node<'_>>) -> bool {
    let (one, other) = match (one, other) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.is_none() && other.is_none(),
    };
    match part {
        "properties" => of_members(one, other, of_schemas),
        "items" | "additionalProperties" => one.value() == other.value() && of_schemas(one, other),
        "allOf" | "oneOf" | "anyOf" => of_items(one, other, of_schemas),
        "required" | "enum" => of_sets(one, other),
        _ => one.has_value_of(other),
    }
}

/// Lists whose order says nothing.
fn of_sets<'t>(one: Node<'t>, other: Node<'t>) -> bool {
    let texts = |list: Node<'t>| list.items().map(Node::text).collect::<BTreeSet<_>>();
    texts(one) == texts(other)
}

fn of_items(one: Node<'_>, other: Node<'_>, same: fn(Node<'_>, Node<'_>) -> bool) -> bool {
    one.items().count() == other.items().count()
        && one.items().zip(other.items()).all(|(one, other)| same(one, other))
}

fn of_members(one: Node<'_>, other: Node<'_>, same: fn(Node<'_>, Node<'_>) -> bool) -> bool {
    one.entries().count() == other.entries().count()
        && one
            .entries()
            .all(|entry| other.get(entry.name()).is_some_and(|value| same(entry.value, value)))
}
