//! The width of the integers that a schema describes.

use document::{
    Node,
    integers::{Bounds, Width},
};

/// The width for which the format or the bounds of a schema ask, if they ask for one.
pub(super) fn of(schema: Node<'_>) -> Option<Width> {
    bounds(schema).width()
}

/// What a schema says of the integers that it admits.
pub(super) fn bounds(schema: Node<'_>) -> Bounds<'_> {
    let number = |keyword| schema.get(keyword).and_then(Node::as_number);
    let is_set = |flag| schema.get(flag).and_then(Node::as_bool) == Some(true);
    Bounds {
        format: schema.get("format").and_then(Node::as_str),
        minimum: number("minimum"),
        maximum: number("maximum"),
        excludes_minimum: is_set("exclusiveMinimum"),
        excludes_maximum: is_set("exclusiveMaximum"),
    }
}
