//! Schemas that become the same type.

use crate::lint::tree::Node;

/// What makes the type of a schema; prose, bounds and examples do not.
const PARTS: [&str; 12] = [
    "$ref",
    "type",
    "format",
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
        _ => of_values(one, other),
    }
}

fn of_values(one: Node<'_>, other: Node<'_>) -> bool {
    one.value() == other.value()
        && of_items(one, other, of_values)
        && of_members(one, other, of_values)
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
